"""Cutting a text at its marks: one linear sweep, whether the marks nest, overlap or keep apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from archive import lazily
from provenance.model.quotation import Span

_PARAGRAPH = lazily.compile(r"[^\n]*\n(?:\r?\n)*|[^\n]+")


@attrs.frozen
class Mark:
    """Something to be shown in the text: `kind` and `index` name it, `first` is where it begins."""

    start: int
    end: int
    kind: str
    index: int
    first: bool = True


@attrs.frozen
class Piece:
    """A stretch of text over which nothing changes. `opens` begin here; the others are innermost."""

    start: int
    end: int
    opens: tuple[Mark, ...]
    quotation: Mark | None
    tweet: Mark | None


@attrs.frozen
class Paragraph:
    """A line of the text with the line ends after it. `own` says whether it is of the article's body."""

    start: int
    end: int
    pieces: tuple[Piece, ...]
    own: bool


class _Open:
    """The marks of one kind that are open: the innermost is the one opened last that has not ended."""

    def __init__(self) -> None:
        self._stack: list[Mark] = []

    def add(self, mark: Mark) -> None:
        self._stack.append(mark)

    def innermost(self, position: int) -> Mark | None:
        while self._stack and self._stack[-1].end <= position:
            self._stack.pop()
        return self._stack[-1] if self._stack else None


def paragraphs(
    characters: str, span: Span, marks: Iterable[Mark], body: Sequence[Span] = ()
) -> list[Paragraph]:
    """Cut `span` of the text into paragraphs and pieces that tile it.

    Marks are clipped to the span; one that starts outside of it is left out. A body that is not known makes
    every paragraph the article's own.
    """
    start, end = span
    kept = [attrs.evolve(m, end=max(m.start, min(m.end, end))) for m in marks if start <= m.start < end]
    ordered = sorted(kept, key=lambda m: (m.start, -m.end, m.index))
    lines = [match.span() for match in _PARAGRAPH.finditer(characters, start, end)]
    edges = sorted(
        {start, end, *(e for line in lines for e in line), *(e for m in kept for e in (m.start, m.end))}
    )
    pieces = _pieces(edges, ordered)
    owned = _owned(lines, body)
    return [_paragraph(line, pieces, own) for line, own in zip(lines, owned, strict=True)]


def _pieces(edges: Sequence[int], ordered: Sequence[Mark]) -> Iterator[Piece]:
    """Yield the pieces between the edges; `ordered` are the marks by their start, outer before inner."""
    open_marks = {"quotation": _Open(), "tweet": _Open()}
    following = 0
    for start, end in pairwise(edges):
        first = following
        while following < len(ordered) and ordered[following].start == start:
            open_marks[ordered[following].kind].add(ordered[following])
            following += 1
        opens = tuple(mark for mark in ordered[first:following] if mark.first)
        inner = {kind: marks.innermost(start) for kind, marks in open_marks.items()}
        yield Piece(start, end, opens, inner["quotation"], inner["tweet"])


def _paragraph(line: Span, pieces: Iterator[Piece], own: bool) -> Paragraph:  # noqa: FBT001 (private, a value)
    """Take a line's pieces from the stream: every line's end is an edge, so one of them ends there."""
    taken = []
    for piece in pieces:
        taken.append(piece)
        if piece.end == line[1]:
            break
    return Paragraph(*line, tuple(taken), own)


def _owned(lines: Sequence[Span], body: Sequence[Span]) -> list[bool]:
    """Say of each line whether it touches a span of the body."""
    spans = sorted(body)
    if not spans:
        return [True] * len(lines)
    owned, at, reach = [], 0, -1
    for start, end in lines:
        while at < len(spans) and spans[at][0] < end:
            reach = max(reach, spans[at][1])
            at += 1
        owned.append(reach > start)
    return owned
