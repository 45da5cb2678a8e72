"""The pieces of a page that can be articles of their own: updates of a live blog, and whole articles in a row."""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

import attrs

from archive import lazily
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Layer, Place
from provenance.model.quotation import Span
from provenance.reader import dates, jsonld
from provenance.reader.blocks import Block, Container, Page
from provenance.reader.byline_names import names_of, tidy
from provenance.reader.candidates import evidence_at
from provenance.reader.dom import Node, text_of
from provenance.reader.footers import is_teaser
from provenance.reader.jsonld import Graph
from provenance.reader.metadata import date_of
from provenance.reader.urls import could_be_article

_HEADINGS = ("h1", "h2", "h3", "h4")
_PROSE = frozenset({"p", "li", "blockquote", "pre", "dd", "td", "div"})
_NOT_ARTICLES = lazily.compile(
    r"comment|reply|replies|review|testimonial|teaser|related|recommend|promo|card|product|sidebar|widget|listing|preview",
    re.IGNORECASE,
)
_UPDATE_CLASS = lazily.compile(
    r"(?:^|[\s_-])(?:live-?(?:blog)?|ticker|liveticker|lb)[\s_-]{0,2}(?:\w+[_-])?(?:post|entry|item|update|event|block|card|story)s?(?=$|[\s_-])",
    re.IGNORECASE,
)
_UPDATE_WORDS = ("live", "ticker", "lb")
"""Of which every class of an update holds one."""
_UPDATE_TAGS = frozenset({"article", "div", "li", "section"})
_CLOCK = lazily.compile(r"\d{1,2}[:.h]\d\d(?!\d)")
_OTHER_SCOPE = lazily.compile(r"/(?:Comment|Review|UserComments|Answer|Question|Product|Event|ListItem)\b")
_LEAST_PARAGRAPHS = 3
_LEAST_PROSE = 500
_LEAST_PARAGRAPH = 60
"""What a piece must hold to be an article and no teaser: three paragraphs, five hundred characters."""
_LEAST_UPDATES = 3
_LEAST_UPDATE = 40
_MOST = 1000
_LEVELS_UP = 12
_KEY = 50
_TAGS = lazily.compile(r"<[^<>]{0,500}>")


@attrs.frozen(eq=False)
class Piece:
    """A part of a page with what it says of itself. `body` are its paragraphs; `is_update` tells a live blog's update."""

    span: Span
    body: tuple[Span, ...]
    headline: Evidence[str] | None = None
    published: tuple[Evidence[Date], ...] = ()
    authors: tuple[Evidence[tuple[str, ...]], ...] = ()
    urls: tuple[Evidence[str], ...] = ()
    is_update: bool = False


def updates(page: Page, graph: Graph) -> tuple[Piece, ...]:
    """Return the updates of a live blog: those its structured data states and the text shows, else the marked elements."""
    stated = _stated(page, graph)
    if len(stated) > 1:
        return stated
    marked = [node for node in _marked(page) if _is_update(page, node)]
    outermost = _outermost(page, marked)
    if len(outermost) < _LEAST_UPDATES:
        return ()
    return tuple(_piece(page, node, is_update=True) for node in outermost)


def articles(page: Page) -> tuple[Piece, ...]:
    """Return the whole articles that a page prints one after the other; none where there are not two.

    Each is an `<article>` with a heading above its paragraphs, a date of its own, and more prose than a teaser has.
    """
    if page.dom.markup.count(b"<article") < 2:
        return ()
    marked = (number for number, container in enumerate(page.containers) if container.name == "article")
    prose = [number for number in islice(marked, _MOST) if _holds_prose(page, page.containers[number])]
    if len(prose) < 2:
        return ()
    whole = _outermost(page, [node for node in map(page.element_of, prose) if _is_whole(page, node)])
    found = tuple(_piece(page, node, is_update=False) for node in whole)
    names = {tidy(piece.headline.value).casefold() for piece in found if piece.headline}
    return found if len(found) > 1 and len(names) == len(found) else ()


def _holds_prose(page: Page, container: Container) -> bool:
    """Say whether an element holds as much prose as an article: what most teasers do not."""
    long = _long(page.blocks[container.first : container.last])
    return len(long) >= _LEAST_PARAGRAPHS and sum(b.end - b.start for b in long) >= _LEAST_PROSE


def _long(blocks: Iterable[Block]) -> list[Block]:
    """Return the paragraphs that no teaser has."""
    return [b for b in _prose(blocks) if b.end - b.start >= _LEAST_PARAGRAPH]


def _prose(blocks: Iterable[Block]) -> list[Block]:
    """Return the blocks of prose: no headings, no links that stand alone."""
    return [b for b in blocks if b.tag in _PROSE and b.linked < 0.5 * (b.end - b.start)]


def _outermost(page: Page, nodes: Sequence[Node]) -> list[Node]:
    """Return the elements in the order of the text, without those inside another."""
    placed = sorted(
        (span, number) for number, node in enumerate(nodes) if (span := page.span_of(node)) is not None
    )
    kept: list[Node] = []
    end = -1
    for span, number in placed:
        if span[0] >= end:
            kept.append(nodes[number])
            end = span[1]
    return kept


def _marks(node: Node) -> str:
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _is_whole(page: Page, node: Node) -> bool:
    if _NOT_ARTICLES.search(_marks(node)) or _OTHER_SCOPE.search(node.get("itemtype") or ""):
        return False
    if _stands_among_others(node):
        return False
    heading = _heading(node)
    paragraphs = _paragraphs(page, node)
    if heading is None:
        return False
    place = page.span_of(heading)
    if (
        place is None
        or place[0] > _long(paragraphs)[0].start
        or is_teaser(page.characters, paragraphs[-1].start, paragraphs[-1].end)
    ):
        return False
    return bool(_times(page, node))


def _stands_among_others(node: Node) -> bool:
    """Say whether an element stands in a margin, or among comments or teasers."""
    current = node.getparent()
    for _ in range(_LEVELS_UP):
        if current is None or current.tag in ("body", "main"):
            return False
        if current.tag in ("aside", "nav", "footer") or re.search(
            r"comment|related|recommend", _marks(current), re.IGNORECASE
        ):
            return True
        current = current.getparent()
    return False


def blocks_in(page: Page, span: Span) -> tuple[Block, ...]:
    """Return the blocks that lie in a span of the text."""
    first = bisect_left(page.blocks, span[0], key=lambda block: block.start)
    last = bisect_left(page.blocks, span[1], lo=first, key=lambda block: block.start)
    return tuple(block for block in page.blocks[first:last] if block.end <= span[1])


def _paragraphs(page: Page, node: Node) -> list[Block]:
    """Return the blocks of prose in an element."""
    span = page.span_of(node)
    return [] if span is None else _prose(blocks_in(page, span))


def _heading(node: Node) -> Node | None:
    return next((h for h in islice(node.iter(*_HEADINGS), 5) if tidy(text_of(h))), None)


def _marked(page: Page) -> Iterator[Node]:
    """Yield the elements that a page itself marks as updates, by microdata or by their class."""
    for node in page.dom.having("itemprop"):
        if "liveBlogUpdate" in (node.get("itemprop") or ""):
            yield node
    read = page.containers[: _MOST * 20]
    marking = {tag for tag in {container.tag for container in read} if _marks_update(tag)}
    for number, container in enumerate(read if marking else ()):
        if container.tag in marking:
            yield page.element_of(number)


def _marks_update(tag: str) -> bool:
    """Say whether a start tag's class is that of an update."""
    name, _, behind = tag.partition(" ")
    if name not in _UPDATE_TAGS:
        return False
    low = f" {behind}".partition(' class="')[2].partition('"')[0].lower()
    return any(map(low.__contains__, _UPDATE_WORDS)) and _UPDATE_CLASS.search(low) is not None


def _is_update(page: Page, node: Node) -> bool:
    """Say whether a marked element is an update: it bears a moment, and has words that are no links."""
    span = page.span_of(node)
    if span is None or sum(b.end - b.start - b.linked for b in _paragraphs(page, node)) < _LEAST_UPDATE:
        return False
    timed = any(True for _ in islice(node.iter("time"), 1))
    return timed or _CLOCK.search(page.characters, span[0], min(span[1], span[0] + 60)) is not None


def _piece(page: Page, node: Node, *, is_update: bool) -> Piece:
    span = page.span_of(node) or (0, 0)
    heading = _heading(node)
    place = page.span_of(heading) if heading is not None else None
    headline = None
    if place is not None:
        text = page.characters[slice(*place)]
        headline = evidence_at(page.characters, tidy(text), "dom.heading", Layer.DOM, place)
    body = tuple((b.start, b.end) for b in _paragraphs(page, node))
    return Piece(
        span,
        body,
        headline,
        _times(page, node),
        _authors(page, node),
        () if is_update else _address(page, heading),
        is_update,
    )


def _times(page: Page, node: Node) -> tuple[Evidence[Date], ...]:
    """Return when a piece was published: its first `<time>`, else a date printed in its first short lines."""
    for time in islice(node.iter("time"), 3):
        raw = time.get("datetime") or ""
        date = date_of(raw)
        if date is not None and date.day is not None:
            return (
                Evidence(
                    date, "dom.time", Layer.DOM, raw, Place(xpath=page.dom.path(time), attribute="datetime")
                ),
            )
    span = page.span_of(node)
    if span is None:
        return ()
    for block in (
        b for b in blocks_in(page, (span[0], min(span[1], span[0] + 400))) if b.end - b.start <= 100
    ):
        printed = dates.find_date(page.characters, block.start, min(block.end, span[1]))
        if printed is not None:
            return (
                evidence_at(
                    page.characters, printed.date, "dom.printed-date", Layer.DOM, (printed.start, printed.end)
                ),
            )
    return ()


def _authors(page: Page, node: Node) -> tuple[Evidence[tuple[str, ...]], ...]:
    for link in islice(node.iter("a", "span"), 60):
        if "author" in f"{link.get('rel') or ''} {link.get('itemprop') or ''}".split():
            names = names_of(text_of(link))
            if names:
                return (
                    Evidence(
                        names, "byline.rel", Layer.BYLINE, text_of(link), Place(xpath=page.dom.path(link))
                    ),
                )
    return ()


def _address(page: Page, heading: Node | None) -> tuple[Evidence[str], ...]:
    """Return the address that the heading of a piece links."""
    if heading is None:
        return ()
    around = heading.getparent()
    links = [*islice(heading.iter("a"), 1), *([around] if around is not None and around.tag == "a" else [])]
    for link in links:
        raw = (link.get("href") or "").strip()
        if could_be_article(raw):
            place = Place(xpath=page.dom.path(link), attribute="href")
            return (Evidence(raw.partition("#")[0], "dom.heading-link", Layer.DOM, raw, place),)
    return ()


def _stated(page: Page, graph: Graph) -> tuple[Piece, ...]:
    """Return the updates that a LiveBlogPosting states, each at the place where the text shows its words."""
    placed: dict[int, Piece] = {}
    for node, script, pointer in graph.articles:
        stated = node.get("liveBlogUpdate")
        if "LiveBlogPosting" not in jsonld.types_of(node) or not isinstance(stated, list):
            continue
        for number, update in enumerate(stated[:_MOST]):
            if isinstance(update, dict):
                piece = _update(page, update, script, f"{pointer}/liveBlogUpdate/{number}")
                if piece is not None:
                    placed.setdefault(piece.span[0], piece)
    pieces = [placed[start] for start in sorted(placed)]
    ends = [*(later.span[0] for _, later in pairwise(pieces)), *([pieces[-1].span[1]] if pieces else [])]
    return tuple(_filled(page, piece, end) for piece, end in zip(pieces, ends, strict=True))


def _update(page: Page, update: dict[str, object], script: int, pointer: str) -> Piece | None:
    """Return one stated update, placed by its headline, else by its first words; None where the text shows neither."""
    headline = jsonld.string_at(update, "headline", script, pointer)
    words = jsonld.string_at(update, "articleBody", script, pointer)
    title = _plain(headline.raw) if headline else ""
    at = _find(page, title)
    if at is None and words is not None:
        at = _find(page, _plain(words.raw)[:_KEY])
        title = ""
    if at is None:
        return None
    number = bisect_right(page.blocks, at, key=lambda each: each.start) - 1
    block = page.blocks[number] if number >= 0 and at < page.blocks[number].end else None
    start = block.start if block is not None else at
    shown = (
        evidence_at(
            page.characters, title, "json-ld.liveBlogUpdate.headline", Layer.DOM, (at, at + len(title))
        )
        if title
        else None
    )
    stamp = jsonld.string_at(update, "datePublished", script, pointer)
    date = date_of(stamp.raw) if stamp else None
    published = (
        (Evidence(date, "json-ld.liveBlogUpdate.datePublished", Layer.JSON_LD, stamp.raw, stamp.place),)
        if date is not None and stamp is not None
        else ()
    )
    return Piece((start, block.end if block else at), (), shown, published, is_update=True)


def _plain(text: str) -> str:
    return tidy(_TAGS.sub(" ", html.unescape(text)))


def _find(page: Page, words: str) -> int | None:
    at = page.characters.find(words) if len(words) >= 15 else -1
    return at if at >= 0 else None


def _filled(page: Page, piece: Piece, end: int) -> Piece:
    """Give an update the text up to the next one, and the paragraphs in it."""
    span = (piece.span[0], max(end, piece.span[1]))
    place = piece.headline.place if piece.headline else None
    body = tuple(
        (b.start, b.end)
        for b in blocks_in(page, span)
        if b.tag in _PROSE and not (place and b.start == place.start)
    )
    return attrs.evolve(piece, span=span, body=body)
