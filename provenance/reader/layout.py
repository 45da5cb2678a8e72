"""The layout of a plain text: its lines without the blank ones, the blocks they form, and its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from archive import lazily
from archive.errors import LimitExceeded
from provenance.model.quotation import Span

MAX_LINES = 2_000_000
"""More lines than any article, any collection of articles and any hundred megabytes of prose has."""
SHORT = 300
"""Characters a line of a masthead or a footer has at most; longer lines are never tried as one."""

_LINE = lazily.compile(r"\S[^\r\n]*")
_SENTENCE_END = lazily.compile(r"[.!?…。][\"'”’»)\]*]*$")
_WRAPPED_SHARE = 0.6
_WRAP_WIDTH = range(50, 101)


@attrs.frozen
class Line:
    """One line that is not blank, without the white space around it. `gap` counts the blank lines before it."""

    start: int
    end: int
    gap: int

    @property
    def span(self) -> Span:
        """The characters of the line."""
        return (self.start, self.end)


@attrs.frozen
class Layout:
    """A text and its lines. `wrapped` says that paragraphs were broken into lines of equal width."""

    characters: str
    lines: tuple[Line, ...]
    wrapped: bool

    def string(self, index: int) -> str:
        """Return the characters of a line."""
        line = self.lines[index]
        return self.characters[line.start : line.end]

    def is_sentence(self, index: int) -> bool:
        """Say whether a line reads as prose: it ends as a sentence does, or is too long to be a heading."""
        line = self.lines[index]
        return line.end - line.start > SHORT or bool(
            _SENTENCE_END.search(self.characters, max(line.start, line.end - 8), line.end)
        )

    def blocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return the ranges of lines `[i, j)` in `[first, last)` that no blank line divides."""
        starts = [i for i in range(first, last) if i == first or self.lines[i].gap]
        return list(zip(starts, [*starts[1:], last], strict=True))

    def paragraphs(self, first: int, last: int) -> list[Span]:
        """Return the paragraphs of the lines `[first, last)`: blocks where lines are wrapped, else lines."""
        if not self.wrapped:
            return [line.span for line in self.lines[first:last]]
        return [(self.lines[i].start, self.lines[j - 1].end) for i, j in self.blocks(first, last)]


def lay_out(characters: str) -> Layout:
    """Divide a text into lines. Linear in its length. Raises LimitExceeded for more than `MAX_LINES` lines."""
    lines: list[Line] = []
    before = 0
    for match in _LINE.finditer(characters):
        start, stop = match.span()
        if len(lines) == MAX_LINES:
            raise LimitExceeded(
                "the text has too many lines to be an article",
                limit="lines",
                allowed=MAX_LINES,
                seen=MAX_LINES + 1,
            )
        end = start + len(match[0].rstrip())
        lines.append(Line(start, end, _blank_lines(characters, before, start) if lines else 0))
        before = stop
    return Layout(characters, tuple(lines), _is_wrapped(lines))


def _blank_lines(characters: str, start: int, end: int) -> int:
    if end - start == 1:
        return 0
    line_feeds = characters.count("\n", start, end)
    returns = characters.count("\r", start, end) - characters.count("\r\n", start, end)
    return max(0, line_feeds + returns - 1)


def _is_wrapped(lines: Sequence[Line]) -> bool:
    inner = [a.end - a.start for a, b in pairwise(lines) if not b.gap]
    if len(inner) < 3 or max(inner) > _WRAP_WIDTH[-1]:
        return False
    return sum(length in _WRAP_WIDTH for length in inner) >= _WRAPPED_SHARE * len(inner)
