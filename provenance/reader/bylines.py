"""Bylines of a page: elements that say by their names, links or words that an author's name stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from archive import lazily
from provenance.model.evidence import Evidence, Layer, Place
from provenance.reader.blocks import Page, attributes_of, stands_aside, unwritten
from provenance.reader.byline_names import bylined, bylined_line
from provenance.reader.dom import text_of

_CLASS = lazily.compile(
    r"(?:^|[\s_-])(?:author|byline|posted-?by|posted-?on|written-?by|contributor|interviewer)s?(?=$|[\s_-])"
    r"|(?:^|[\s_-]|[a-z])(?:Author|Byline|ByLine)s?(?=$|[A-Z\s_-])"
    r"|(?:^|[\s_-])(?:article|post|entry|blog|story|news|page)(?:author|byline)(?=$|[\s_-])"
    r"|(?:^|[\s_-])(?:author|byline)[-_]?(?:name|link|s|info|details|meta)(?=$|[\s_-])"
)
_NAMED = lazily.compile(r"name|(?:^|[\s_-])fn(?=$|[\s_-])", re.IGNORECASE)
_NOT_THE_NAME = lazily.compile(
    r"avatar|image|img|photo|picture|thumb|(?:^|[\s_-])bio|biography|descr|(?:^|[\s_-])about|social|follow|title|role|position|job|"
    r"comment|twitter|facebook|icon|count|date|schema|widget|box|archive|has-author|no-author|without|category",
    re.IGNORECASE,
)
_PAGE_OF_AN_AUTHOR = lazily.compile(
    r"/(?:authors?|autor(?:es|en)?|auteurs?|writers?|contributors?|people|staff|journalists?|reporters?|columnists?|by|byline|"
    r"profiles?|redaktion|interviewer)/[^/?#\s]{2,}/?(?:[?#]|$)|/author/|[?&]author=",
    re.IGNORECASE,
)
_ELSEWHERE = lazily.compile(
    r"comment|related|recommend|sidebar|footer|popular|latest|recent|teaser|promo|trending|reply|respond|more-|carousel|widget|"
    r"(?:^|[\s_-])(?:card|cards|feed|list|listing|grid|menu|nav|next|prev|pagination|testimonials?|reviews?)(?=$|[\s_-])",
    re.IGNORECASE,
)
_OTHERS = lazily.compile(r"comment|reply|replies|respond|disqus", re.IGNORECASE)
_LEVELS_UP = 12
_ASKED = 60
_LONGEST = 200
_TOGETHER = 25
"""How many tags further a second name can belong to the same byline."""
_RIGHT_BELOW = 40
"""Within so many tags below the headline, only commenters are somebody else's authors."""
_BEFORE, _AFTER = 60, 300
"""How many tags from the headline a byline stands."""


@attrs.frozen
class _Named:
    """A start tag, by its piece, with the names that stand in its element.

    `kind` is how it was recognised, `rank` how far it can be trusted.
    """

    piece: int
    names: tuple[str, ...]
    kind: str
    rank: int


def printed_bylines(page: Page) -> Iterator[Evidence[tuple[str, ...]]]:
    """Yield the page's byline: the best of the elements near the headline, else of all that stand nowhere else."""
    if not page.noted:
        return
    heading = _heading(page)
    found = list(_named(page, heading))
    near = [one for one in found if -_BEFORE <= one.piece - heading <= _AFTER] if heading else []
    near = near or [one for one in found if one.rank > 1]
    rank = max((one.rank for one in near), default=0)
    best = [one for one in near if one.rank == rank]
    if not best:
        return
    first = next((one for one in best if one.piece > heading), best[-1])
    names = tuple(dict.fromkeys(name for one in _together(page, first, best) for name in one.names))
    node = page.element(first.piece)
    yield Evidence(
        names, f"byline.{first.kind}", Layer.BYLINE, text_of(node), Place(xpath=page.dom.path(node))
    )


def _together(page: Page, first: _Named, others: list[_Named]) -> Iterator[_Named]:
    """Yield the first and those that follow it with nothing but an `and` or a comma between."""
    yield first
    last = first
    for other in others:
        if last.piece < other.piece <= last.piece + _TOGETHER:
            words = " ".join(
                piece.partition(b">")[2].decode() for piece in page.pieces[last.piece : other.piece]
            )
            for name in last.names:
                words = words.replace(name, " ")
            if not _BETWEEN.fullmatch(words):
                return
            yield other
            last = other


_BETWEEN = lazily.compile(r"[\s,;|&·•/]*(?:and|und|et|y|e|with|amp;)?[\s,;]*", re.IGNORECASE)


def _heading(page: Page) -> int:
    """Return the piece of the headline, or 0: the second `<h1>` is the article's on pages with two."""
    headings = page.headings
    return headings[1] if len(headings) == 2 else next(iter(headings), 0)


def _named(page: Page, heading: int) -> Iterator[_Named]:
    for piece, container in page.noted[:_ASKED]:
        recognised = _recognised(page.pieces[piece].partition(b">")[0].decode())
        if recognised is None:
            continue
        kind, rank = recognised
        text = _text_in(page.pieces, piece)
        names = bylined(text, strict=rank < 3) if text else ()
        elsewhere = _OTHERS if 0 < piece - heading < _RIGHT_BELOW else _ELSEWHERE
        if names and not _stands_elsewhere(page, piece, container, elsewhere):
            yield _Named(piece, names, kind, rank)


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


def _text_in(pieces: Sequence[bytes], piece: int) -> str:
    """Return the words of an element, its parts on lines of their own; nothing where they are more than a byline has."""
    tag, _, text = pieces[piece].partition(b">")
    if tag.endswith(b"/"):
        return ""
    depth, words = 1, [text.decode().strip()]
    for following in pieces[piece + 1 : piece + 1 + _AFTER]:
        tag, _, text = following.partition(b">")
        depth += -1 if tag.startswith(b"/") else not tag.endswith(b"/")
        if depth <= 0:
            break
        if not tag.startswith(_NO_WORDS):
            words.append(text.decode().strip())
    joined = " \n ".join(filter(None, words))
    return unwritten(joined) if depth <= 0 and len(joined) <= _LONGEST else ""


_NO_WORDS = (b"script", b"style", b"svg", b"noscript")


def _stands_elsewhere(page: Page, piece: int, container: int, elsewhere: re.Pattern[str]) -> bool:
    """Say whether an element stands in something that is not the article. `container` is the first one behind its tag."""
    number, within = container - 1, False
    for _ in range(_LEVELS_UP):
        if number < 0:
            return False
        around = page.containers[number]
        if around.piece != piece and around.last > around.first:
            if around.name in ("body", "main"):
                return False
            if around.name in ("nav", "aside", "footer"):
                return True
            within = within or around.name == "article"
            attributes = attributes_of(around.tag)
            if not within and elsewhere.search(f"{attributes.get('class', '')} {attributes.get('id', '')}"):
                return True
        number = around.parent
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
