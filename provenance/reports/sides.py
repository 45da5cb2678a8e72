"""A quotation beside its passage: both cut into pieces at the edits between them, and the chain of the words over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import attrs

from provenance.model.quotation import Span
from provenance.model.trace import Alteration, AlterationKind, Link, Trace

MOST_CHARACTERS = 1_500
"""Characters of one side that are shown."""
MOST_POINTS = 12
"""Places of a chain that are drawn."""
WIDTH, ROW, LEFT = 640, 26, 150
"""Of the picture of a chain: its width, the height of a row, and where the line of time begins (units of the picture)."""


@attrs.frozen
class Piece:
    """Words of one side; `kind` is the edit they belong to, None where both sides are the same."""

    text: str
    kind: AlterationKind | None


@attrs.frozen
class Sides:
    """Both sides of a comparison. `more` is true where a side was cut short."""

    quoted: tuple[Piece, ...]
    original: tuple[Piece, ...]
    more: bool


def sides_of(trace: Trace) -> Sides | None:
    """Return a quotation and its passage in pieces, or None where there is nothing to compare."""
    if trace.passage is None or not trace.alterations:
        return None
    query, passage = trace.query, trace.passage
    shift = query.start or 0
    quoted = _pieces(
        query.exact, shift, (shift, shift + len(query.exact)), _marks(trace.alterations, "quotation")
    )
    start = min(
        [passage.start, *(a.passage[0] for a in trace.alterations if _is_near(a, passage.start, passage.end))]
    )
    end = max(
        [passage.end, *(a.passage[1] for a in trace.alterations if _is_near(a, passage.start, passage.end))]
    )
    original = _pieces(
        passage.source.characters[start:end], start, (start, end), _marks(trace.alterations, "passage")
    )
    more = len(query.exact) > MOST_CHARACTERS or end - start > MOST_CHARACTERS
    return Sides(tuple(quoted), tuple(original), more)


def _is_near(alteration: Alteration, start: int, end: int) -> bool:
    """Say whether an edit touches the passage: what was cut off beside it is shown with it."""
    first, last = alteration.passage
    return first <= end + 2 and last >= start - 2


def _marks(alterations: Iterable[Alteration], side: str) -> list[tuple[Span, AlterationKind]]:
    marks: list[tuple[Span, AlterationKind]] = [(getattr(a, side), a.kind) for a in alterations]
    return sorted(mark for mark in marks if mark[0][0] < mark[0][1])


def _pieces(
    text: str, shift: int, span: Span, marks: Sequence[tuple[Span, AlterationKind]]
) -> Iterator[Piece]:
    """Yield the pieces of `text`, which begins at `shift`; marks that overlap an earlier one give way."""
    reach, last = span[0], min(span[1], shift + MOST_CHARACTERS)
    for (start, stop), kind in marks:
        if start < reach or start >= last:
            continue
        end = min(stop, last)
        if start > reach:
            yield Piece(text[reach - shift : start - shift], None)
        yield Piece(text[start - shift : end - shift], kind)
        reach = end
    if reach < last:
        yield Piece(text[reach - shift : last - shift], None)


@attrs.frozen
class Point:
    """One place of a chain in the picture: where it is drawn, and what is written beside it."""

    x: float
    y: float
    outlet: str
    date: str
    copies: int
    first: bool


@attrs.frozen
class Timeline:
    """The picture of a chain: its points from the earliest to the latest, its size, and how many places are not drawn."""

    points: tuple[Point, ...]
    height: int
    hidden: int


def timeline_of(trace: Trace) -> Timeline | None:
    """Return the picture of a chain, or None where it has fewer than two places."""
    links = [link for link in reversed(trace.chain) if link.passage.source.published]
    if len(links) < 2:
        return None
    shown = links[:MOST_POINTS]
    days = [_day(link) for link in shown]
    length = max(1.0, days[-1] - days[0])
    points = tuple(
        Point(
            x=round(LEFT + (WIDTH - LEFT - 170) * (day - days[0]) / length, 1),
            y=ROW * (row + 0.5),
            outlet=link.passage.source.outlet or link.passage.source.title or link.passage.source.id,
            date=link.passage.source.published or "",
            copies=len(link.copies),
            first=link == trace.first,
        )
        for row, (link, day) in enumerate(zip(shown, days, strict=True))
    )
    return Timeline(points, ROW * len(points), len(trace.chain) - len(points))


def _day(link: Link) -> float:
    """Return a date as a number that grows with it: years of 372 days, which is exact enough to draw."""
    parts = [int(part) for part in (link.passage.source.published or "")[:10].split("-") if part.isdecimal()]
    year, month, day = (*parts, 1, 1, 1)[:3] if parts else (0, 1, 1)
    return year * 372 + (month - 1) * 31 + day - 1
