"""JSON-LD in a page: every article node of every script, each value with the pointer to where it stands."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from typing import Any

import attrs

from archive import lazily
from archive.findings import Finding, found
from provenance.model.evidence import Place
from provenance.reader import html_codes  # noqa: F401 (registers the codes found here)
from provenance.reader.dom import Dom, text_of

ARTICLES = frozenset(
    str.split(
        "Article NewsArticle ReportageNewsArticle AnalysisNewsArticle OpinionNewsArticle "
        "BackgroundNewsArticle ReviewNewsArticle "
        "AskPublicNewsArticle BlogPosting LiveBlogPosting Report SatiricalArticle "
        "AdvertiserContentArticle TechArticle "
        "ScholarlyArticle MedicalScholarlyArticle SocialMediaPosting DiscussionForumPosting"
    )
)
PAGES = frozenset(
    {"WebPage", "ItemPage", "AboutPage", "FAQPage", "MedicalWebPage", "Recipe", "HowTo", "VideoObject"}
)
"""Types that stand for the page where no article is described."""
_SCRIPTS_READ = 50
_NODES_READ = 20_000
_WRAPPING = lazily.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)?\s*|\s*(?:-->|//\s*\]\]>|\]\]>)?\s*;?\s*$"
)


@attrs.frozen
class Reading:
    """A string that a script gives, letter for letter, and where: `script` counts the JSON-LD scripts from 0."""

    raw: str
    place: Place
    type: str = ""


@attrs.frozen
class Graph:
    """All JSON-LD of a page: the scripts' values, the nodes that describe the article, and every node by its `@id`."""

    articles: tuple[tuple[dict[str, Any], int, str], ...] = ()
    pages: tuple[tuple[dict[str, Any], int, str], ...] = ()
    by_id: dict[str, tuple[dict[str, Any], int, str]] = attrs.field(factory=dict)
    findings: tuple[Finding, ...] = ()

    @property
    def described(self) -> tuple[tuple[dict[str, Any], int, str], ...]:
        """The article nodes, or the page nodes where no article is described."""
        return self.articles or self.pages


def read_graph(dom: Dom) -> Graph:
    """Read all JSON-LD scripts. A broken one is a finding, and the others are still read."""
    articles: list[tuple[dict[str, Any], int, str]] = []
    pages: list[tuple[dict[str, Any], int, str]] = []
    by_id: dict[str, tuple[dict[str, Any], int, str]] = {}
    findings: list[Finding] = []
    for number, source in enumerate(scripts(dom)):
        value = load(source)
        if value is None:
            findings.append(found("html.json-ld-broken", f"JSON-LD script {number} is no JSON"))
            continue
        for node, pointer in _nodes(value):
            types = types_of(node)
            if types & ARTICLES:
                articles.append((node, number, pointer))
            elif types & PAGES:
                pages.append((node, number, pointer))
            if isinstance(node.get("@id"), str):
                known = by_id.get(node["@id"])
                if known is None or len(known[0]) < len(node):
                    by_id[node["@id"]] = (node, number, pointer)
    return Graph(tuple(articles), tuple(pages), by_id, tuple(findings))


def scripts(dom: Dom) -> Iterator[str]:
    """Yield the sources of the JSON-LD scripts, in document order."""
    count = 0
    for node in dom.iter("script"):
        if "ld+json" in (node.get("type") or "").lower() and count < _SCRIPTS_READ:
            count += 1
            yield text_of(node)


def load(source: str) -> Any:
    """Return the JSON value of a script, forgiving what browsers' own readers forgive; None where it is none."""
    stripped = (
        _WRAPPING.sub("", source[:200]) + source[200:] if len(source) > 400 else _WRAPPING.sub("", source)
    )
    for text in (source, stripped, html.unescape(source)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def types_of(node: dict[str, Any]) -> set[str]:
    """Return the node's types without their namespaces."""
    types = node.get("@type")
    names = types if isinstance(types, list) else [types]
    return {name.rsplit("/", 1)[-1].removeprefix("schema:") for name in names if isinstance(name, str)}


def _nodes(value: Any) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the nodes that speak for the page: at the top, in `@graph`, and as its main entity. Not those in lists."""
    waiting: list[tuple[Any, str]] = [(value, "")]
    seen = 0
    while waiting and seen < _NODES_READ:
        current, pointer = waiting.pop(0) if len(waiting) < 64 else waiting.pop()
        seen += 1
        if isinstance(current, list):
            waiting += [(item, f"{pointer}/{n}") for n, item in enumerate(current[:_NODES_READ])]
        elif isinstance(current, dict):
            yield current, pointer
            for key in ("@graph", "mainEntity", "mainEntityOfPage"):
                if isinstance(current.get(key), (list, dict)):
                    waiting.append((current[key], f"{pointer}/{key}"))


def string_at(node: dict[str, Any], key: str, script: int, pointer: str) -> Reading | None:
    """Return a property's string value (the first of several, or a node's `@value`, `url` or `@id`)."""
    value: Any = node.get(key)
    here = f"{pointer}/{escape(key)}"
    for step in (0, "@value", "url", "@id", 0):
        if isinstance(value, list) and value and step == 0:
            value, here = value[0], f"{here}/0"
        elif isinstance(value, dict) and isinstance(step, str) and step in value:
            value, here = value[step], f"{here}/{escape(step)}"
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    raw = str(value)
    return Reading(raw, Place(script=script, pointer=here)) if raw.strip() else None


def names_at(graph: Graph, node: dict[str, Any], key: str, script: int, pointer: str) -> list[Reading]:
    """Return the names of the people or organisations that a property gives, references followed once."""
    value = node.get(key)
    items = list(enumerate(value[:50])) if isinstance(value, list) else [(None, value)]
    names = []
    for index, item in items:
        here = f"{pointer}/{escape(key)}" + ("" if index is None else f"/{index}")
        name = _name(graph, item, script, here)
        if name is not None:
            names.append(name)
    return names


def _name(graph: Graph, item: Any, script: int, pointer: str) -> Reading | None:
    if isinstance(item, str):
        return Reading(item, Place(script=script, pointer=pointer)) if item.strip() else None
    if not isinstance(item, dict):
        return None
    if "name" not in item and item.get("@id") in graph.by_id:
        item, script, pointer = graph.by_id[item["@id"]]
    kind = next(iter(sorted(types_of(item))), "")
    value, here = item.get("name"), f"{pointer}/name"
    if isinstance(value, list) and value:
        value, here = value[0], f"{here}/0"
    if isinstance(value, dict):
        value, here = value.get("@value"), f"{here}/@value"
    return (
        Reading(value, Place(script=script, pointer=here), kind)
        if isinstance(value, str) and value.strip()
        else None
    )


def escape(key: str) -> str:
    """Escape one step of a JSON pointer (RFC 6901 §3)."""
    return key.replace("~", "~0").replace("/", "~1")
