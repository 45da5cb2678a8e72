"""Where the words of links and `<time>`s stand in the canonical text: the page is walked again, with marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.blocks import INLINE, Page, Writer

_BEGIN, _END = "\1", "\2"
_MARKS = lazily.compile(r"([\1\2])")
_BETWEEN = lazily.compile(r"(?<= )([\1\2]+) ")
_AT_EDGES = lazily.compile(r"\A[\1\2 \n]+|[\1\2 \n]+\Z")


def spans_of(page: Page) -> dict[int, Span]:
    """Return the place of each link and `<time>` that is shown, by the number of its element.

    This is asked of few pages (those with posts), so that all others are walked once, without marks.
    """
    writer = _Marker(page.language)
    writer.read(page.pieces)
    elements = iter([page.dom.element_numbers[piece] for piece in writer.begun])
    spans: dict[int, Span] = {}
    opened: list[tuple[int, int]] = []
    starts = [block.start for block in page.blocks]
    for start, text in zip(
        (*starts, len(page.characters)), (*writer.texts, b"".join(writer.pieces).decode()), strict=True
    ):
        position = start
        for piece in _MARKS.split(text):
            if piece == _BEGIN:
                opened.append((next(elements), position))
            elif piece == _END:
                element, began = opened.pop()
                spans[element] = _trim(page.characters, (began, position))
            else:
                position += len(piece)
    return spans


def _trim(characters: str, span: Span) -> Span:
    """Return the span without white space around it; never reversed, never outside the text."""
    text = characters[span[0] : span[1]]
    start = span[0] + len(text) - len(text.lstrip())
    return (min(start, len(characters)), min(start + len(text.strip()), len(characters)))


def _only_marks(edge: re.Match[str]) -> str:
    return edge[0].replace(" ", "").replace("\n", "")


class _Marker(Writer):
    """A writer that marks in its text where links and times begin and end. `begun` are the tags that begin them."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.begun: list[int] = []

    def begin(self, _tag: bytes, number: int) -> None:
        """Mark a beginning."""
        self.pieces.append(_BEGIN.encode())
        self.begun.append(number)

    def end(self, _tag: bytes, _number: int) -> None:
        """Mark an end."""
        self.pieces.append(_END.encode())

    def _shown(self) -> Iterator[str]:
        """Yield the pieces of the block at hand without the white space before its first word, as if no mark stood there."""
        leading = True
        for piece in map(bytes.decode, self.pieces):
            is_mark = piece in (_BEGIN, _END)
            leading = leading and (is_mark or piece.isspace())
            if is_mark or not leading:
                yield piece

    def flush(self) -> None:
        """End the block at hand; where it holds nothing but marks, the next one begins with them."""
        raw = "".join(self._shown())
        marks = "".join(_MARKS.findall(raw))
        if not marks:
            return super().flush()
        self.pieces.clear()
        bare = _MARKS.sub("", raw)
        if not bare.isspace() and self.collapsed(bare):
            text = _BETWEEN.sub(r"\1", self.collapsed(raw))
            self.texts.append(_AT_EDGES.sub(_only_marks, text))
        else:
            self.pieces.append(marks.encode())
        return None

    actions: ClassVar[Mapping[bytes, Any]] = {
        **Writer.actions,
        **dict.fromkeys((name.encode() for name in INLINE), begin),
        **dict.fromkeys((f"/{name}".encode() for name in INLINE), end),
    }
