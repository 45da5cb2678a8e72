"""What a page says of itself: candidates for every field, each with its layer, rule, raw value and place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

import attrs

from archive import lazily
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Layer, Place
from provenance.reader import dates, jsonld
from provenance.reader.blocks import Page
from provenance.reader.byline_names import names_of, tidy, turned, unescaped
from provenance.reader.bylines import printed_bylines
from provenance.reader.dom import Dom, Node, text_of
from provenance.reader.jsonld import Graph, Reading
from provenance.reader.stamps import parse_stamp

T = TypeVar("T")

PUBLISHED = str.split(
    "article:published_time article:published og:article:published_time og:published_time "
    "published_time datepublished "
    "pubdate publishdate publish-date publish_date publication_date pub_date date dc.date "
    "dc.date.issued dc.date.created dcterms.created "
    "dcterms.date dcterms.issued dcterms.available sailthru.date parsely-pub-date "
    "cxenseparse:recs:publishtime "
    "cxenseparse:publishtime citation_publication_date citation_date originalpublicationdate "
    "article_date_original "
    "iso-8601-publish-date rnews:datepublished vr:published_time last_published published published- "
    "date release_date "
    "article.published bt:pubdate dcsext.articlefirstpublished timestamp"
)
MODIFIED = str.split(
    "article:modified_time article:modified og:article:modified_time og:updated_time og:modified_time "
    "modified_time datemodified "
    "lastmod last-modified last_modified dc.date.modified dcterms.modified dc.modified bt:moddate "
    "revised updated_time article.updated"
)
AUTHORS = str.split(
    "author article:author og:article:author article:author_name dc.creator dcterms.creator "
    "dc.contributor sailthru.author parsely-author "
    "byl citation_author cxenseparse:author authors rnews:author article.author"
)
_INDEXED = frozenset({"citation_author", "dc.creator", "dcterms.creator"})
"""Meta elements in which libraries write the family name first."""
HEADLINES = str.split(
    "og:title twitter:title dc.title dcterms.title parsely-title sailthru.title headline hdl "
    "citation_title title"
)
OUTLETS = str.split(
    "og:site_name application-name dc.publisher dcterms.publisher citation_journal_title cre publisher"
)
ADDRESSES = str.split(
    "og:url twitter:url syndication-source original-source dc.identifier parsely-link sailthru.url"
)
LANGUAGES = str.split("og:locale content-language dc.language dcterms.language language")
SECTIONS = str.split(
    "article:section parsely-section og:article:section sailthru.section section cxenseparse:category"
)


@attrs.frozen(eq=False)
class Source:
    """One page's self-description, gathered once: its tree, its JSON-LD and its meta elements by name."""

    dom: Dom
    page: Page
    graph: Graph
    metas: dict[str, list[Node]]
    props: dict[str, list[Node]]
    """The first elements of each microdata property."""

    def meta(self, names: Iterable[str]) -> Iterator[tuple[str, Node, str]]:
        """Yield `(name, element, content)` of the meta elements of these names that say something."""
        for name in names:
            for node in self.metas.get(name, ()):
                content = node.get("content") or ""
                if content.strip():
                    yield name, node, content

    def at(self, node: Node, attribute: str | None = None) -> Place:
        """Return the place of an element, or of one of its attributes."""
        return Place(xpath=self.dom.path(node), attribute=attribute)


def gather(dom: Dom, page: Page, graph: Graph | None = None) -> Source:
    """Read what the field rules need, once."""
    metas: dict[str, list[Node]] = {}
    for node in dom.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("http-equiv")
        if name:
            metas.setdefault(name.strip().lower(), []).append(node)
    props: dict[str, list[Node]] = {}
    for node in dom.having("itemprop"):
        for prop in (node.get("itemprop") or "").split()[:5]:
            known = props.setdefault(prop, [])
            if len(known) < _PROPS_READ:
                known.append(node)
    return Source(dom, page, graph or jsonld.read_graph(dom), metas, props)


_PROPS_READ = 20
_LEVELS_UP = 12


def strings(
    source: Source,
    *,
    metas: Iterable[str],
    keys: Iterable[str],
    props: Iterable[str],
    read: Callable[[str], T | None],
) -> Iterator[Evidence[T]]:
    """Yield the candidates of a field from JSON-LD, meta elements and microdata, read by `read`."""
    for key in keys:
        for node, script, pointer in source.graph.described:
            given = jsonld.string_at(node, key, script, pointer)
            yield from _evidence(given, f"json-ld.{key}", read)
    for name, element, content in source.meta(metas):
        yield from _one(read(content), f"meta.{name}", Layer.META, content, source.at(element, "content"))
    for prop in props:
        yield from _microdata(source, prop, read)


_WORDS = ("json-ld.headline", "json-ld.articleSection")
"""Properties that are words, in which systems leave entities; an address keeps what looks like one."""


def _evidence(given: Reading | None, rule: str, read: Callable[[str], T | None]) -> Iterator[Evidence[T]]:
    if given is not None:
        words = unescaped(given.raw) if rule in _WORDS else given.raw
        yield from _one(read(words), rule, Layer.JSON_LD, given.raw, given.place)


def _one(value: T | None, rule: str, layer: Layer, raw: str, place: Place) -> Iterator[Evidence[T]]:
    if value is not None and value != "" and value != ():
        yield Evidence(value, rule, layer, raw, place)


def _microdata(source: Source, prop: str, read: Callable[[str], T | None]) -> Iterator[Evidence[T]]:
    for node in source.props.get(prop, ()):
        if _nested(node):
            continue
        attribute = next((a for a in ("content", "datetime", "href") if node.get(a)), None)
        raw = (node.get(attribute) or "") if attribute else text_of(node)
        yield from _one(read(raw), f"microdata.{prop}", Layer.MICRODATA, raw, source.at(node, attribute))


_OTHER_SCOPES = lazily.compile(
    r"/(?:Comment|Review|WPSideBar|WPFooter|ItemList|Product|Event|VideoObject|ImageObject)\b"
)


def _nested(node: Node) -> bool:
    """Say whether the property belongs to something in the page that is not the article."""
    parent = node.getparent()
    for _ in range(_LEVELS_UP):
        if parent is None:
            break
        kind = parent.get("itemtype")
        if kind:
            return _OTHER_SCOPES.search(kind) is not None
        parent = parent.getparent()
    return False


def date_of(raw: str) -> Date | None:
    """Read a date in metadata: a machine's stamp, or nothing but a printed date. Never one inside other words."""
    stamp = parse_stamp(raw)
    if stamp is not None or len(raw) > 80:
        return stamp
    text = raw.strip()
    printed = dates.find_date(text, 0, len(text))
    return printed.date if printed is not None and (printed.start, printed.end) == (0, len(text)) else None


_WEB_SINCE = 1990
"""No page was published before: earlier days, the first of 1970 above all, are what systems write for "unknown"."""


def _likely_date(raw: str) -> Date | None:
    date = date_of(raw)
    return date if date is not None and date.year >= _WEB_SINCE else None


def published(source: Source) -> Iterator[Evidence[Date]]:
    """Yield the candidates for the publication date from structured data and `<time>`."""
    yield from strings(
        source,
        metas=PUBLISHED,
        keys=("datePublished", "dateCreated"),
        props=("datePublished", "dateCreated"),
        read=_likely_date,
    )
    yield from _times(source, modified=False)


def modified(source: Source) -> Iterator[Evidence[Date]]:
    """Yield the candidates for the date of the last change."""
    yield from strings(
        source, metas=MODIFIED, keys=("dateModified",), props=("dateModified",), read=_likely_date
    )
    yield from _times(source, modified=True)


_UPDATED = lazily.compile(r"\b(?:updat|modif|aktualis|mise? à jour|actualiz|edited|revised)", re.IGNORECASE)
_ELSEWHERE = lazily.compile(
    r"comment|related|recommend|sidebar|footer|popular|latest|recent|teaser|promo|more-|trending|reply",
    re.IGNORECASE,
)
_TIMES_READ = 3


def _times(source: Source, *, modified: bool) -> Iterator[Evidence[Date]]:
    """Yield the first `<time>`s of the page that stand in no list of other articles."""
    count = 0
    for node in source.dom.iter("time"):
        raw = node.get("datetime") or ""
        if "itemprop" in node.attrib or not raw or _stands_elsewhere(node):
            continue
        marks = f"{node.get('class') or ''} {text_of(node)} {_text_before(node)}"
        if bool(_UPDATED.search(marks)) is not modified:
            continue
        yield from _one(_likely_date(raw), "dom.time", Layer.DOM, raw, source.at(node, "datetime"))
        count += 1
        if count == _TIMES_READ or not modified:
            return


def _text_before(node: Node) -> str:
    parent = node.getparent()
    return ((parent.text or "") if parent is not None else "")[-40:]


def _stands_elsewhere(node: Node) -> bool:
    current: Node | None = node
    for _ in range(_LEVELS_UP):
        if current is None or current.tag in ("body", "main"):
            return False
        if current.tag in ("nav", "aside", "footer", "li"):
            return True
        if _ELSEWHERE.search(f"{current.get('class') or ''} {current.get('id') or ''}"):
            return True
        if current.tag == "article" and _is_teaser(current):
            return True
        current = current.getparent()
    return False


def _is_teaser(node: Node) -> bool:
    """Say whether an `<article>` without a main heading is one of three or more in a row: a list of other pages."""
    around = node.getparent()
    beside = islice((other for other in around if other.tag == "article"), 3) if around is not None else ()
    return len(list(beside)) == 3 and next(iter(node.iter("h1")), None) is None


def authors(source: Source) -> Iterator[Evidence[tuple[str, ...]]]:
    """Yield the candidates for the authors: JSON-LD people, meta elements, microdata and bylines."""
    for node, script, pointer in source.graph.described:
        given = jsonld.names_at(source.graph, node, "author", script, pointer)
        people = [r for r in given if "Organization" not in r.type] or given
        names = tuple(dict.fromkeys(n for r in people for n in names_of(r.raw) or ()))
        if names:
            yield Evidence(names, "json-ld.author", Layer.JSON_LD, people[0].raw, people[0].place)
    for name in AUTHORS:
        said = [
            (node, content, people_named)
            for _, node, content in source.meta((name,))
            if (people_named := names_of(turned(content) if name in _INDEXED else content))
        ]
        if said:
            together = tuple(dict.fromkeys(n for _, _, people_named in said for n in people_named))
            element, raw, _ = said[0]
            yield Evidence(together, f"meta.{name}", Layer.META, raw, source.at(element, "content"))
    yield from _microdata_authors(source)
    yield from printed_bylines(source.page)


def _microdata_authors(source: Source) -> Iterator[Evidence[tuple[str, ...]]]:
    nodes = (n for n in source.props.get("author", []) if n.tag != "link" and not _stands_elsewhere(n))
    named = [(node, names) for node in islice(nodes, 6) if (names := names_of(_name_in(node)))]
    if named:
        together = tuple(dict.fromkeys(name for _, names in named for name in names))
        first = named[0][0]
        attribute = "content" if first.tag == "meta" else None
        raw = (first.get("content") or "") if attribute else text_of(first)
        yield Evidence(together, "microdata.author", Layer.MICRODATA, raw, source.at(first, attribute))


def _name_in(node: Node) -> str:
    inner = next((n for n in node.iter() if "name" in (n.get("itemprop") or "").split()), node)
    return text_of(inner) or inner.get("content") or ""


def languages(source: Source) -> Iterator[Evidence[str]]:
    """Yield the candidates for the language, as BCP 47 writes them."""
    root = source.dom.root
    raw = (root.get("lang") or root.get("xml:lang") or "") if root is not None else ""
    if root is not None and language_of(raw):
        yield Evidence(language_of(raw) or "", "dom.lang", Layer.DOM, raw, source.at(root, "lang"))
    yield from strings(source, metas=LANGUAGES, keys=("inLanguage",), props=("inLanguage",), read=language_of)


def language_of(raw: str) -> str | None:
    """Return a language tag in the usual case (`en`, `pt-BR`), or None for what is no tag."""
    parts = raw.strip().replace("_", "-").split("-")
    if not (parts[0].isalpha() and parts[0].isascii() and 2 <= len(parts[0]) <= 3):
        return None
    region = next((p.upper() for p in parts[1:] if len(p) == 2 and p.isalpha()), None)
    return parts[0].lower() + (f"-{region}" if region else "")


def sections(source: Source) -> Iterator[Evidence[str]]:
    """Yield the candidates for the section."""
    yield from strings(
        source,
        metas=SECTIONS,
        keys=("articleSection",),
        props=("articleSection",),
        read=lambda raw: tidy(raw) or None,
    )


def says_updated(text: str) -> bool:
    """Say whether the words before a date make it the date of a change."""
    return _UPDATED.search(text) is not None
