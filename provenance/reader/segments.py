"""Documents into parts: what each line is, where one article ends and the next begins, and what belongs to none."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

from archive.values import frozen
from provenance.reader import footers, masthead
from provenance.reader.date_lines import read_date_line
from provenance.reader.datelines import read_dateline
from provenance.reader.layout import SHORT, Layout
from provenance.reader.outlets import looks_like_outlet
from provenance.reader.tweets import is_lost_media

BODY_LENGTH = 80
"""Characters a line has at least to be taken for a paragraph of an article when a split hangs on it."""
_HEAD_LINES = 8


class Shape(StrEnum):
    """What a line is by its form alone."""

    PROSE = "prose"
    HEADLINE = "headline"
    DATE = "date"
    BYLINE = "byline"
    OUTLET = "outlet"
    URL = "url"
    REPOST = "repost"
    REFERENCE = "reference"
    RULE = "rule"
    RESIDUE = "residue"
    PUBLISHED_IN = "published-in"
    ORIGINAL = "original"
    CREDIT = "credit"
    TEASER = "teaser"
    BOILERPLATE = "boilerplate"
    NAVIGATION = "navigation"
    LABEL = "label"


_HEAD_SHAPES = frozenset({Shape.HEADLINE, Shape.DATE, Shape.BYLINE, Shape.OUTLET, Shape.URL, Shape.REPOST})
_OUTSIDE = frozenset({Shape.REFERENCE, Shape.RULE, Shape.BOILERPLATE, Shape.NAVIGATION})

_TESTS = (
    (Shape.RULE, 100, masthead.is_rule),
    (Shape.RESIDUE, 40, is_lost_media),
    (Shape.PUBLISHED_IN, 240, footers.read_published_in),
    (Shape.ORIGINAL, 60, footers.is_original_label),
    (Shape.ORIGINAL, 2 * SHORT, footers.read_original),
    (Shape.URL, 2 * SHORT, masthead.read_url_line),
    (Shape.REPOST, 160, masthead.read_repost),
    (Shape.DATE, 160, read_date_line),
    (Shape.REFERENCE, SHORT, masthead.is_reference),
    (Shape.LABEL, masthead.HEADLINE_LENGTH, masthead.is_label),
    (Shape.BYLINE, 120, masthead.read_byline),
    (Shape.CREDIT, 260, footers.read_contributors),
    (Shape.CREDIT, SHORT, footers.read_reporters),
    (Shape.BOILERPLATE, 2 * SHORT, footers.is_boilerplate),
    (Shape.TEASER, 80, footers.is_teaser),
    (Shape.NAVIGATION, 160, footers.is_navigation),
)
"""The shapes in the order in which they are tried, each with the characters that a line of it has at most."""


@frozen
class Part:
    """One article's lines `[first, last)`."""

    first: int
    last: int


@frozen
class Segments:
    """The parts of a document in order, and the lines above the first that are the page's own head."""

    parts: tuple[Part, ...]
    shapes: tuple[Shape, ...]
    page_head: tuple[int, int] | None = None


def segment(layout: Layout) -> Segments:
    """Divide a document into its articles. One article is the rule; several need their own heads or footers."""
    shapes = tuple(_shape(layout, index) for index in range(len(layout.lines)))
    parts = _by_footers(layout, shapes) or _by_heads(layout, shapes)
    page_head = None
    if parts and parts[0].first and any(shapes[i] in _HEAD_SHAPES for i in range(parts[0].first)):
        page_head = (0, parts[0].first)
    if not parts and layout.lines:
        parts = [Part(0, len(layout.lines))]
    trimmed = tuple(_without_margins(part, shapes) for part in parts)
    return Segments(trimmed, shapes, page_head)


def _shape(layout: Layout, index: int) -> Shape:
    line = layout.lines[index]
    if line.end - line.start > 2 * SHORT:
        return Shape.PROSE
    (start, end), markdown = masthead.bare(layout.characters, line.start, line.end)
    if start >= end:
        return Shape.RULE
    length = end - start
    for shape, longest, test in _TESTS:
        if length <= longest and test(layout.characters, start, end):
            return shape
    if markdown == "heading":
        return Shape.HEADLINE
    if looks_like_outlet(layout.characters[start:end]):
        return Shape.OUTLET
    if masthead.is_headline(layout.characters, start, end) and markdown != "emphasis":
        return Shape.HEADLINE
    return Shape.PROSE


def _by_footers(layout: Layout, shapes: Sequence[Shape]) -> list[Part]:
    """Cut after each `Published in …` (or `Original url: …`) where there are several of them."""
    for kind in (Shape.PUBLISHED_IN, Shape.ORIGINAL):
        ends = [i + 1 for i, shape in enumerate(shapes) if shape is kind]
        if kind is Shape.ORIGINAL:
            ends = [e + 1 if e < len(shapes) and shapes[e] is Shape.URL else e for e in ends]
        if len(ends) > 1:
            parts = [Part(a, b) for a, b in pairwise([0, *ends])]
            if all(_has_body(layout, shapes, part) for part in parts):
                return parts
    return []


def _by_heads(layout: Layout, shapes: Sequence[Shape]) -> list[Part]:
    """Cut before each head of an article: a headline with a dateline, a date line or a byline with its outlet."""
    starts = _head_starts(layout, shapes)
    parts = [Part(a, b) for a, b in pairwise([*starts, len(shapes)])]
    if len(parts) > 1 and all(_has_body(layout, shapes, part) for part in parts):
        opens = all(shapes[i] is not Shape.PROSE for i in range(starts[0]))
        return parts if opens else []
    return _below_page_head(layout, shapes, starts)


def _head_starts(layout: Layout, shapes: Sequence[Shape]) -> list[int]:
    starts, index = [], 0
    while index < len(shapes):
        if shapes[index] not in _HEAD_SHAPES:
            index += 1
            continue
        stop = index
        while stop < len(shapes) and shapes[stop] in _HEAD_SHAPES:
            stop += 1
        start = _own_head(layout, shapes, max(index, stop - _HEAD_LINES), stop)
        if start is not None and stop < len(shapes) and shapes[stop] is Shape.PROSE:
            starts.append(start)
        index = stop
    return starts


def _own_head(layout: Layout, shapes: Sequence[Shape], first: int, stop: int) -> int | None:
    """Return the line where the article's own head begins in a run of head lines `[first, stop)` before prose."""
    dated = _dated_prose(layout, stop)
    for index in range(stop - 1, first - 1, -1):
        if shapes[index] is not Shape.HEADLINE or (index > first and not layout.lines[index].gap):
            continue
        marks = set(shapes[index + 1 : stop]) - {Shape.HEADLINE}
        if Shape.DATE in marks or (Shape.BYLINE in marks and _has_outlet(layout, shapes, index + 1, stop)):
            return index
        if dated and (
            marks & {Shape.OUTLET, Shape.BYLINE} or index == first or shapes[index - 1] is Shape.HEADLINE
        ):
            return index
    return None


def _dated_prose(layout: Layout, index: int) -> bool:
    if index >= len(layout.lines):
        return False
    dateline = read_dateline(layout.characters, *layout.lines[index].span)
    return dateline is not None and dateline.is_strong


def _has_outlet(layout: Layout, shapes: Sequence[Shape], first: int, stop: int) -> bool:
    for index in range(first, stop):
        if shapes[index] is Shape.BYLINE:
            byline = masthead.read_byline(
                layout.characters, *masthead.bare(layout.characters, *layout.lines[index].span)[0]
            )
            if byline and byline.outlet:
                return True
    return False


def _below_page_head(layout: Layout, shapes: Sequence[Shape], starts: Sequence[int]) -> list[Part]:
    """Return the one article below an aggregator's own head: both have a headline, the article its own outlet and date."""
    if len(starts) != 1 or starts[0] == 0:
        return []
    above = shapes[: starts[0]]
    stop = next((i for i in range(starts[0], len(shapes)) if shapes[i] is Shape.PROSE), len(shapes))
    own = set(shapes[starts[0] : stop])
    page = Shape.HEADLINE in above and {Shape.DATE, Shape.REPOST} & set(above) and Shape.PROSE not in above
    if page and own & {Shape.OUTLET, Shape.BYLINE} and (_dated_prose(layout, stop) or Shape.DATE in own):
        return [Part(starts[0], len(shapes))]
    return []


def _has_body(layout: Layout, shapes: Sequence[Shape], part: Part) -> bool:
    return any(
        shapes[i] is Shape.PROSE and layout.lines[i].end - layout.lines[i].start >= BODY_LENGTH
        for i in range(part.first, part.last)
    )


def _without_margins(part: Part, shapes: Sequence[Shape]) -> Part:
    """Leave out what stands at a part's edges and is nobody's: pointers to other reports, rules, notices."""
    first, last = part.first, part.last
    while last > first + 1 and shapes[last - 1] in _OUTSIDE:
        last -= 1
    while first < last - 1 and shapes[first] in (Shape.RULE, Shape.BOILERPLATE):
        first += 1
    return Part(first, last)
