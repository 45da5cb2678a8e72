// Other people's anchoring on a page: reads {html, selectors, spans} from standard input, writes what each tool found or described.
// The folder with their npm packages is the first argument. Positions are UTF-16 code units, as the DOM counts.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync } from "node:fs";

const require = createRequire(pathToFileURL(process.argv[2] + "/"));
const given = JSON.parse(readFileSync(0, "utf-8"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM(given.html);
for (const name of ["document", "Node", "NodeFilter", "Range", "window"]) globalThis[name] = name === "window" ? window : window[name];
const root = window.document.querySelector("main");

const quoteAnchor = require("dom-anchor-text-quote");
const positionAnchor = require("dom-anchor-text-position");
const load = (name) => import(pathToFileURL(require.resolve(name)));
const annotator = await load("@apache-annotator/dom");
const approx = await load("approx-string-match");
const search = approx.default?.search ?? approx.default ?? approx.search;
const createMatcher = annotator.createTextQuoteSelectorMatcher ?? annotator.default.createTextQuoteSelectorMatcher;
const describe = annotator.describeTextQuote ?? annotator.default.describeTextQuote;

const found = [];
for (const { quote, position } of given.selectors) {
  const matches = [];
  for await (const range of createMatcher({ type: "TextQuoteSelector", ...quote })(root)) matches.push(range.toString());
  found.push({
    dom_anchor_text_quote: quoteAnchor.toRange(root, quote)?.toString() ?? null,
    dom_anchor_text_position: positionAnchor.toRange(root, position)?.toString() ?? null,
    apache_annotator: matches,
    approx_string_match: search(root.textContent, quote.exact, Math.min(32, quote.exact.length >> 2)).map((m) => [m.start, m.end, m.errors]),
  });
}

const described = [];
for (const [start, end] of given.spans) {
  const range = positionAnchor.toRange(root, { start, end });
  described.push({ dom_anchor_text_quote: quoteAnchor.fromRange(root, range), apache_annotator: await describe(range, root) });
}
process.stdout.write(JSON.stringify({ text: root.textContent, found, described }));
