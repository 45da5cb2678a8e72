"""A page to a document: bytes, characters, tree, canonical text, fields, tweets, quotations.

1. Decode the bytes (BOM, HTTP, meta, detection).
2. Look the page over, and parse it once; where the parser lost text, the forgiving one reads it again.
3. Lay out the canonical text, block by block.
4. Find the tweets: their words are not the article's.
5. Choose the blocks of the article itself.
6. Gather the candidates of every field, and decide each.
7. Find the quotations in the article's blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

import attrs

from archive import lazily
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from provenance.model.article import Article, Document, Fields
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer, Place
from provenance.model.outlet import Outlet
from provenance.model.quotation import Quotation
from provenance.model.text import Text
from provenance.reader import (
    body,
    html_codes,  # noqa: F401 (registers the codes found here)
    identity,
    jsonld,
    metadata,
    origin,
    second_reading,
    several,
    urls,
    weak_dates,
)
from provenance.reader.blocks import Block, Container, Page, lay_out
from provenance.reader.byline_names import is_handle
from provenance.reader.bylines import printed_line
from provenance.reader.candidates import Candidates, evidence_at, joined, publishers_and_agencies
from provenance.reader.charset import Decoded, decode_page
from provenance.reader.coherence import article_findings
from provenance.reader.dom import Dom, parse, text_of
from provenance.reader.embeds import Embeds, could_refer, find_tweets
from provenance.reader.fields import LAYER_ORDER, decide
from provenance.reader.metadata import Source, gather
from provenance.reader.page_head import Head, dateline_of, read_head
from provenance.reader.prescan import thin_attributes
from provenance.reader.quotes import find_quotations, is_too_many
from provenance.reader.set_apart import Element, set_apart, with_markup
from provenance.reader.stamps import most_precise, same_date

MEDIA_TYPE = "text/html"
_SETS_APART = lazily.compile(r"^(?:blockquote|figcaption)\b|pull-?_?quote", re.IGNORECASE | re.MULTILINE)
_VISIBLE_FIRST = (
    Layer.HUMAN, Layer.DOM, Layer.JSON_LD, Layer.META, Layer.MICRODATA, Layer.MASTHEAD, Layer.BYLINE, Layer.DATELINE,
    Layer.FOOTER, Layer.URL, Layer.HTTP_HEADER, Layer.TWEET, Layer.INHERITED,
)  # fmt: skip
"""For headlines: what the reader of the page saw outranks what search engines were told."""
_STATED_FIRST = tuple(dict.fromkeys((Layer.HUMAN, Layer.JSON_LD, Layer.META, *LAYER_ORDER)))
"""For authors: a list that was made to be read by programs is whole, a printed line may be cut."""


def read_html(
    data: bytes,
    *,
    url: str | None = None,
    charset: str | None = None,
    limits: Limits = DEFAULT,
    accept_weak: bool = False,
) -> Document:
    """Read a page. `url` is where it was captured, `charset` what HTTP said; neither is looked up.

    With `accept_weak`, a date that nothing states is guessed, and the guess has tier E or F.

    Never raises for bad markup: what could not be read is a finding. A page over `limits.html_bytes` is not read.
    """
    if len(data) > limits.html_bytes:
        size = found("html.too-large", "the page is not read", expected=limits.html_bytes, actual=len(data))
        return Document(Text("", exact=False), MEDIA_TYPE, (), findings=(size,))
    decoded = decode_page(data, charset)
    markup = _as_utf8(data, decoded)
    dom, noted = read_tree(markup, limits)
    page = lay_out(dom, language=_root_language(dom))
    tweets = find_tweets(page, mentioned=could_refer(markup))
    source = gather(dom, page, _main_graph(dom))
    text = Text(page.characters, decoded.encoding, decoded.bom_bytes, exact=False)
    address = decide(identity.addresses(source, url), same=identity.same_url)
    guesses = weak_dates.guess if accept_weak else _no_guess
    article = _article(source, text, tweets, url or address.value, given=url, guess=guesses)
    if address.value is None and article.original_url is not None:
        address = article.fields.original_url
    articles, said = several.split(article, page, source.graph)
    findings = (*decoded.findings, *noted, *source.graph.findings, *said)
    if not (page.characters or article.headline):
        articles = ()
    return Document(text, MEDIA_TYPE, articles, address, findings)


def _as_utf8(data: bytes, decoded: Decoded) -> bytes:
    """Return the page's characters as UTF-8: its own bytes, where these are."""
    sound = decoded.encoding == "utf-8" and not any(f.code == "html.bytes-replaced" for f in decoded.findings)
    return data[decoded.bom_bytes :] if sound else decoded.characters.encode("utf-8", errors="replace")


def read_tree(page: bytes | str, limits: Limits = DEFAULT) -> tuple[Dom, list[Finding]]:
    """Parse a page (its characters, or these as UTF-8) within its limits.

    Tags are thinned out before, and where the parser lost text the page is read again.
    """
    thinned, cut = thin_attributes(
        page if isinstance(page, bytes) else page.encode("utf-8", errors="replace")
    )
    noted = [found("html.attributes-dropped", f"{cut} tags were cut", actual=cut)] if cut else []
    dom = parse(thinned, limits=limits)
    if dom.lost:
        flat = second_reading.flatten(thinned.decode("utf-8", errors="replace"))
        if flat is None:
            return dom, [*noted, found("html.too-deep", "the text after the depth limit is missing")]
        return parse(flat, limits=limits), [*noted, found("html.read-again", "the tree was flattened")]
    return dom, noted


def _root_language(dom: Dom) -> str:
    return "" if dom.root is None else dom.root.get("lang") or ""


def _main_graph(dom: Dom) -> jsonld.Graph:
    """Return the page's JSON-LD with only the nodes that describe its own article: by headline, else the first."""
    graph = jsonld.read_graph(dom)
    if len(graph.articles) < 2:
        return graph
    titles = [text_of(node) for tag in ("h1", "title") for node in dom.iter(tag)][:10]
    shown = " ".join(identity.fold(title) for title in titles)
    heads = [
        identity.fold(str(node.get("headline") or node.get("name") or "")) for node, _, _ in graph.articles
    ]
    own = tuple(a for a, head in zip(graph.articles, heads, strict=True) if head and head in shown)
    return attrs.evolve(graph, articles=own or graph.articles[:1])


def _no_guess(_page: Page, _modified: Field[Date], _after: int) -> Field[Date]:
    return Field()


def _article(
    source: Source,
    text: Text,
    tweets: Embeds,
    url: str | None,
    *,
    given: str | None,
    guess: Callable[[Page, Field[Date], int], Field[Date]] = _no_guess,
) -> Article:
    page = source.page
    chosen = _body(page, tweets)
    original = origin.original_url(source, chosen, given)
    address = urls.unwrap(url) if url else original.value
    head = read_head(page, chosen)
    published = decide(_published(source, head, address), same=same_date, refine=most_precise)
    modified = decide((*metadata.modified(source), *head.modified), same=same_date, refine=most_precise)
    if published.value is None:
        published = guess(page, modified, _below(head))
    publishers, agencies = publishers_and_agencies(
        list(identity.publishers(source, address)), list(_agencies(page, head))
    )
    outlet = decide(publishers, same=identity.same_publisher, refine=identity.best_named)
    language = decide(metadata.languages(source), same=_same_language, refine=lambda tags: max(tags, key=len))
    article = Article(
        text,
        (0, len(text)),
        fields=Fields(
            headline=_headline(source, outlet, address),
            outlet=outlet,
            authors=_authors(source, head, outlet),
            published=published,
            modified=modified,
            original_url=original,
            language=language,
            section=decide(metadata.sections(source), same=lambda a, b: a.casefold() == b.casefold()),
            dateline=decide(dateline_of(page, head.dateline, published.value)) if head.dateline else Field(),
            agencies=joined(agencies),
        ),
        body=body.spans(chosen),
        tweets=tweets.references,
        quotations=_quotations(page, chosen, head, tweets, language.value),
    )
    coherence = article_findings(article, Candidates(), too_many=is_too_many(article.quotations))
    return attrs.evolve(article, findings=(*tweets.findings, *coherence))


def _agencies(page: Page, head: Head) -> Iterator[Evidence[tuple[str, ...]]]:
    """Yield the agency that the dateline names."""
    if head.dateline is not None and head.dateline.agency is not None:
        name = page.characters[slice(*head.dateline.agency)]
        yield evidence_at(page.characters, (name,), head.dateline.rule, Layer.DATELINE, head.dateline.agency)


def _quotations(
    page: Page, chosen: tuple[Block, ...], head: Head, tweets: Embeds, language: str | None
) -> tuple[Quotation, ...]:
    """Find the quotations of the headline and the body. A tweet's words are not the article's."""
    paragraphs = sorted({*body.spans(chosen), *((head.headline,) if head.headline else ())})
    found = find_quotations(
        page.characters, paragraphs, headline=head.headline, tweets=tweets.spans, language=language
    )
    around = _around(page, chosen)
    if not _SETS_APART.search("\n".join([page.containers[number].tag for number in around])):
        return found
    place = {number: at for at, number in enumerate(around)}
    blocks = [(block.start, block.end, place[block.container]) for block in chosen]
    apart = set_apart(blocks, [_element(page.containers[number], place) for number in around])
    return with_markup(page.characters, found, apart) if apart else found


def _around(page: Page, chosen: tuple[Block, ...]) -> list[int]:
    """Return the numbers of the block elements in which the blocks stand, in document order: few of a page's."""
    around = {-1}
    for block in chosen:
        number = block.container
        while number not in around:
            around.add(number)
            number = page.containers[number].parent
    return sorted(around - {-1})


def _element(container: Container, place: dict[int, int]) -> Element:
    """Return a block element as what sets quotations apart; its parent by its place among those that are looked at."""
    parent = place.get(container.parent, -1)
    return Element(
        container.name, _attribute(container.tag, "class"), _attribute(container.tag, "cite"), parent
    )


def _attribute(tag: str, name: str) -> str:
    """Return an attribute of a start tag as it is written, or nothing where there is none."""
    return unescape(tag.partition(f' {name}="')[2].partition('"')[0])


def _body(page: Page, tweets: Embeds) -> tuple[Block, ...]:
    """Choose the article's blocks; neither its headline nor the words of embedded tweets are among them."""
    left_out = {number for number, block in enumerate(page.blocks) if block.tag == "h1"}
    if tweets.spans:
        left_out |= {number for number, block in enumerate(page.blocks) if tweets.cover(block.start)}
    return body.body_of(page, leave_out=left_out)


def _headline(source: Source, outlet: Field[Outlet], address: str | None) -> Field[str]:
    names = [evidence.value.name for evidence in (*outlet.evidence, *outlet.conflicts)]
    domain = urls.registrable_domain(address) if address else None
    names += [domain, domain.split(".")[0]] if domain else []
    return decide(
        identity.headlines(source, names),
        same=lambda a, b: identity.fold(a) == identity.fold(b),
        order=_VISIBLE_FIRST,
    )


def _authors(source: Source, head: Head, outlet: Field[Outlet]) -> Field[tuple[str, ...]]:
    """Decide the authors; a reading that only repeats the outlet's name is none."""
    houses = {identity.fold(e.value.name) for e in (*outlet.evidence, *outlet.conflicts)}
    named = [*metadata.authors(source), *head.authors, *printed_line(source.page, _below(head))]
    people = [
        attrs.evolve(evidence, value=kept)
        for evidence in named
        if (kept := tuple(name for name in evidence.value if identity.fold(name) not in houses))
    ] or [evidence for evidence in named if evidence.layer is Layer.BYLINE]
    if not all(map(_signs_in, people)):  # what somebody signs in with counts where nothing else is given
        people = [evidence for evidence in people if not _signs_in(evidence)]
    return decide(people, same=_same_people, order=_STATED_FIRST)


def _below(head: Head) -> int:
    return head.headline[1] if head.headline else 0


def _signs_in(evidence: Evidence[tuple[str, ...]]) -> bool:
    return all(map(is_handle, evidence.value))


def _same_people(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two readings name the same people, or one of them only some of the other's."""
    first, second = ({identity.fold(name.split(",")[0]) for name in names} for names in (one, other))
    return first <= second or second <= first


def _same_language(one: str, other: str) -> bool:
    return one.split("-", maxsplit=1)[0] == other.split("-", maxsplit=1)[0]


def _published(source: Source, head: Head, address: str | None) -> Iterator[Evidence[Date]]:
    yield from metadata.published(source)
    named = urls.path_date(address) if address else None
    if named is not None and address is not None:
        raw = address[named.start : named.end]
        yield Evidence(named.date, "url.path", Layer.URL, raw, Place(component="path"))
    yield from head.published
