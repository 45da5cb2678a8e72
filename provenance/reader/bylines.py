"""Bylines of a page: elements that say by their names, links or words that an author's name stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from provenance.model.evidence import Evidence, Layer, Place
from provenance.reader.blocks import Page, attributes_of, stands_aside, unwritten
from provenance.reader.dom import Dom, Tag, text_of
from provenance.reader.names import bylined, bylined_line

_HINTS = (
    "uthor",
    "yline",
    "osted-by",
    "osted_by",
    "osted-on",
    "ritten",
    "ontributor",
    "nterviewer",
    "/people/",
    "/staff/",
    "vcard",
)
"""What stands in every start tag that is asked, however its name is spelled."""
_CLASS = re.compile(
    r"(?:^|[\s_-])(?:author|byline|posted-?by|posted-?on|written-?by|contributor|interviewer)s?(?=$|[\s_-])"
    r"|(?:^|[\s_-]|[a-z])(?:Author|Byline|ByLine)s?(?=$|[A-Z\s_-])"
    r"|(?:^|[\s_-])(?:article|post|entry|blog|story|news|page)(?:author|byline)(?=$|[\s_-])"
    r"|(?:^|[\s_-])(?:author|byline)[-_]?(?:name|link|s|info|details|meta)(?=$|[\s_-])"
)
_NAMED = re.compile(r"name|(?:^|[\s_-])fn(?=$|[\s_-])", re.IGNORECASE)
_NOT_THE_NAME = re.compile(
    r"avatar|image|img|photo|picture|thumb|(?:^|[\s_-])bio|biography|descr|(?:^|[\s_-])about|social|follow|title|role|position|job|"
    r"comment|twitter|facebook|icon|count|date|schema|widget|box|archive|has-author|no-author|without|category",
    re.IGNORECASE,
)
_PAGE_OF_AN_AUTHOR = re.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|writers?|contributors?|people|staff|journalists?|reporters?|columnists?|by|byline|"
    r"profiles?|redaktion|interviewer)/[^/?#\s]{2,}/?(?:[?#]|$)|/author/|[?&]author=",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"comment|related|recommend|sidebar|footer|popular|latest|recent|teaser|promo|trending|reply|respond|more-|carousel|widget|"
    r"(?:^|[\s_-])(?:card|cards|feed|list|listing|grid|menu|nav|next|prev|pagination|testimonials?|reviews?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_LEVELS_UP = 12
_ASKED = 60
_LONGEST = 200
_TOGETHER = 2000
"""Characters of the written tree within which a further name can belong to the same byline."""
_RIGHT_BELOW = 3000
"""Below the headline, no name of an element around it says that it is something else's."""
_BEFORE, _AFTER = 4000, 20_000
"""How far from the headline, in the written tree, a byline stands."""


@attrs.frozen
class _Named:
    """An element with the names that stand in it; `kind` is how it was recognised, `rank` how far it can be trusted."""

    tag: Tag
    names: tuple[str, ...]
    kind: str
    rank: int


def printed_bylines(dom: Dom) -> Iterator[Evidence[tuple[str, ...]]]:
    """Yield the page's byline: the best of the elements near the headline, else of all that stand nowhere else."""
    found = list(_named(dom))
    if not found:
        return
    heading = _heading_at(dom.markup)
    near = [one for one in found if -_BEFORE <= one.tag.start - heading <= _AFTER] if heading >= 0 else []
    near = near or [one for one in found if one.rank > 1]
    rank = max((one.rank for one in near), default=0)
    best = [one for one in near if one.rank == rank]
    if not best:
        return
    first = next((one for one in best if one.tag.start > heading), best[-1])
    names = tuple(dict.fromkeys(name for one in _together(dom.markup, first, best) for name in one.names))
    node = dom.nodes[first.tag.number]
    yield Evidence(names, f"byline.{first.kind}", Layer.BYLINE, text_of(node), Place(xpath=dom.path(node)))


def _together(markup: str, first: _Named, others: list[_Named]) -> Iterator[_Named]:
    """Yield the first and those that follow it with nothing but an `and` or a comma between."""
    yield first
    last = first
    for other in others:
        if last.tag.start < other.tag.start <= last.tag.end + _TOGETHER:
            between = _TAG.sub(" ", markup[last.tag.end + 1 : other.tag.start])
            for name in last.names:
                between = between.replace(name, " ")
            if not _BETWEEN.fullmatch(between):
                return
            yield other
            last = other


_TAG = re.compile(r"<[^>]*>")
_BETWEEN = re.compile(r"[\s,;|&·•/]*(?:and|und|et|y|e|with|amp;)?[\s,;]*", re.IGNORECASE)


def _heading_at(markup: str) -> int:
    """Return where the headline stands in the written tree: the last `<h1>` is the article's on pages with two."""
    first = markup.find("<h1")
    second = markup.find("<h1", first + 3)
    return second if first >= 0 and second >= 0 and markup.find("<h1", second + 3) < 0 else first


def _named(dom: Dom) -> Iterator[_Named]:
    heading = _heading_at(dom.markup)
    for asked, tag in enumerate(dom.tags_holding(*_HINTS)):
        if asked == _ASKED:
            return
        recognised = _recognised(dom.markup[tag.start + 1 : tag.end])
        if recognised is None:
            continue
        kind, rank = recognised
        text = _text_in(dom.markup, tag)
        names = bylined(text, strict=rank < 3) if text else ()
        if names and (0 < tag.start - heading < _RIGHT_BELOW or not _stands_elsewhere(dom, tag.number)):
            yield _Named(tag, names, kind, rank)


def _recognised(written: str) -> tuple[str, int] | None:
    """Return by what a start tag shows that it holds an author's name, and how surely: 3 a name, 2 an author, 1 a link."""
    attributes = attributes_of(written)
    names = f"{attributes.get('class', '')} {attributes.get('id', '')} {attributes.get('data-testid', '')}"
    if "author" in attributes.get("rel", "").split():
        return "rel", 3
    if "author" in attributes.get("itemprop", ""):
        return "itemprop", 3
    if _CLASS.search(names) and not _NOT_THE_NAME.search(names):
        return ("name", 3) if _NAMED.search(names) else ("class", 2)
    if written.startswith("a ") and _PAGE_OF_AN_AUTHOR.search(attributes.get("href", "")):
        return "link", 1
    return None


def _text_in(markup: str, tag: Tag) -> str:
    """Return the words of an element, its pieces apart; nothing where they are more than a byline has."""
    if markup[tag.end - 1] == "/":
        return ""
    depth, words = 1, []
    for number, piece in enumerate(markup[tag.end : tag.end + 4 * _LONGEST + 2000].split("<")):
        inside, _, text = piece.partition(">")
        if number:
            depth += -1 if inside[:1] == "/" else inside[-1:] != "/"
        if depth <= 0:
            break
        if text.strip() and not inside.startswith(("script", "style", "svg", "noscript")):
            words.append(text.strip())
    else:
        return ""
    joined = " \n ".join(words)
    return unwritten(joined) if len(joined) <= _LONGEST else ""


def _stands_elsewhere(dom: Dom, number: int) -> bool:
    current = dom.nodes[number].getparent()
    for _ in range(_LEVELS_UP):
        if current is None or current.tag in ("body", "main", "article"):
            return False
        if current.tag in ("nav", "aside", "footer"):
            return True
        if _ELSEWHERE.search(f"{current.get('class') or ''} {current.get('id') or ''}"):
            return True
        current = current.getparent()
    return False


def printed_line(page: Page, after: int) -> Iterator[Evidence[tuple[str, ...]]]:
    """Yield the first line of its own, below the headline at `after`, that says by whom the article is."""
    for block in page.blocks:
        if block.start < after or block.end - block.start > _LONGEST_LINE or block.tag in _NO_BYLINE:
            continue
        text = page.characters[block.start : block.end]
        if names := bylined_line(text):
            if not stands_aside(page, block):
                yield Evidence(names, "byline.line", Layer.BYLINE, text, Place(block.start, block.end))
            return


_LONGEST_LINE = 120
_NO_BYLINE = frozenset({"figcaption", "li", "dd", "td"})
