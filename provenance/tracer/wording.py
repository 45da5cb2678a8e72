"""The wording of a quotation: its words, and what it marks as changed: ellipses, brackets, seams between its segments."""

from __future__ import annotations

import re
from collections.abc import Sequence

import attrs

from archive import lazily
from provenance.model.quotation import Span
from provenance.model.trace import Query
from provenance.tracer.fold import Folded, fold_word, folded

MOST_WORDS = 20_000
"""Words of a quotation that are compared; no quotation of an article has as many."""
_ELLIPSIS = lazily.compile(
    r"[\[(]\s*(?:…|\.\s?\.\s?\.)\s*[\])]|…|\.[ \u00a0]?\.[ \u00a0]?\.(?:[ \u00a0]?\.)?|\[\s*\]|\*\s\*\s\*"
)
_MARKED = lazily.compile(r"[\[(…*]|\.[ \u00a0]?\.")
"""Found in every text that marks something as changed."""
_WRITTEN_ON = lazily.compile(r"['’]?[^\W_]")
_BRACKET = lazily.compile(r"\[([^\[\]]{1,200})\]|\(\s*sic\s*!?\s*\)", re.IGNORECASE)


@attrs.frozen
class Wording:
    """The words that are claimed to have been said, in order, without those in brackets.

    `spans` are their code points in the quotation's coordinates (those of its article's text, or of `exact`).
    `ellipses` holds the number of each word before which something is marked as left out, `brackets` of each word before
    which something stands in brackets, with its span, `seams` of each word that begins a new segment.
    `lettered` are words of which a letter stands in brackets ("[T]he"), by their span.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    ellipses: dict[int, Span]
    brackets: dict[int, Span]
    seams: frozenset[int]
    lettered: dict[int, Span]
    everything: tuple[str, ...]
    """All words, those in brackets too: a source may have the brackets itself."""

    @property
    def marks(self) -> bool:
        """Say whether the quotation marks that something was changed."""
        return bool(self.ellipses or self.brackets or self.lettered)


def wording_of(query: Query) -> Wording:
    """Return the wording of a quotation, segment by segment where an attribution interrupts it."""
    pieces = _pieces(query)
    return _Builder().build(pieces)


def _pieces(query: Query) -> list[tuple[str, int]]:
    """Return the segments of a quotation, and what is to be added to their offsets."""
    start = query.start or 0
    segments = query.quotation.segments if query.quotation and query.start is not None else ()
    if len(segments) < 2:
        return [(query.exact, start)]
    return [(query.exact[s - start : e - start], s) for s, e in segments]


class _Builder:
    """Puts a wording together out of segments."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.spans: list[Span] = []
        self.everything: list[str] = []
        self.ellipses: dict[int, Span] = {}
        self.brackets: dict[int, Span] = {}
        self.lettered: dict[int, Span] = {}
        self.seams: set[int] = set()

    def build(self, pieces: Sequence[tuple[str, int]]) -> Wording:
        for text, shift in pieces:
            if self.words:
                self.seams.add(len(self.words))
            self._add(text, shift)
        return Wording(
            tuple(self.words),
            tuple(self.spans),
            self.ellipses,
            self.brackets,
            frozenset(self.seams),
            self.lettered,
            tuple(self.everything),
        )

    def _add(self, text: str, shift: int) -> None:
        whole = folded(text)
        self.everything += whole.words
        if not _MARKED.search(text) and len(whole) <= MOST_WORDS:
            self.words += whole.words
            self.spans += [(s + shift, e + shift) for s, e in zip(whole.starts, whole.ends, strict=True)]
            return
        brackets = [b.span() for b in _BRACKET.finditer(text) if not _ELLIPSIS.fullmatch(b[0])]
        marks = [(m.start(), m.end(), True) for m in _ELLIPSIS.finditer(text)]
        marks += [(s, e, False) for s, e in brackets]
        marks.sort()
        at = 0
        for number in range(min(len(whole), MOST_WORDS)):
            start, end = whole.starts[number], whole.ends[number]
            while at < len(marks) and marks[at][1] <= start:
                self._mark(text, marks[at], shift)
                at += 1
            if at < len(marks) and marks[at][0] <= start < marks[at][1]:
                continue
            if not self._is_rest_of_lettered(text, whole, number, shift):
                self.words.append(whole.words[number])
                self.spans.append((start + shift, end + shift))
        for mark in marks[at:]:
            self._mark(text, mark, shift)

    def _mark(self, text: str, mark: tuple[int, int, bool], shift: int) -> None:
        start, end, is_ellipsis = mark
        place = self.ellipses if is_ellipsis else self.brackets
        if is_ellipsis or not _touches_word(text, start, end):
            place.setdefault(len(self.words), (start + shift, end + shift))

    def _is_rest_of_lettered(self, text: str, whole: Folded, number: int, shift: int) -> bool:
        """Join a word to the letters in brackets that touch it: "[T]he", "want[ed]". Say whether it was joined."""
        start, end = whole.starts[number], whole.ends[number]
        close = start - 2 if text[start - 2 : start] in ("]'", "]’") else start - 1
        before, after = close >= 0 and text[close] == "]", text.startswith("[", end)
        if before and number and whole.ends[number - 1] == close:
            first = text.rfind("[", 0, start)
            if first > 0 and text[first - 1].isalnum():
                return False
            letters = text[first + 1 : close] + text[close + 1 : end]
        elif after and (close := text.find("]", end)) > 0 and text[end + 1 : close].isalnum():
            first, letters, end = start, text[start:end] + text[end + 1 : close], close + 1
        else:
            return False
        self.lettered[len(self.words)] = (first + shift, end + shift)
        self.words.append(fold_word(letters))
        self.spans.append((first + shift, end + shift))
        return True


def _touches_word(text: str, start: int, end: int) -> bool:
    """Say whether brackets touch a word, or what is written on to one ("[The board]'s"): then they are part of that word."""
    return (start > 0 and text[start - 1].isalnum()) or _WRITTEN_ON.match(text, end) is not None
