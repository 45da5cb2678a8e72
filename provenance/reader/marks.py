"""Pairs of quotation marks, paragraph by paragraph, and the apostrophes that only look like them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Span
from provenance.reader.profiles import Profile, profile_of

MAX_PAIRS = 20_000
"""More quotations than any document holds; what comes after is left and said to be left."""

_MARK = lazily.compile(
    r"[“”„‟«»‹›「」『』〝〟〞《》〈〉\"'`‘‛‚’](?:(?<=[“”„‟«»‹›「」『』〝〟〞《》〈〉\"])|(?<=')'|(?<=`)`"
    r"|(?<=[‘‛‚'])(?<!\w.)(?=[^\s’'])|(?<=[’'‘])(?<=\S.)(?!\w))"
)
"""A mark. What it can begin with comes first, by itself: by that all other characters are passed over at once."""
_APOSTROPHE = lazily.compile(r"(?:s|em|tis|twas|cause|til|n|round|bout|nuff)\b|\d0s|\d\d\b", re.IGNORECASE)
_LABEL = lazily.compile(r"[\"“]?[A-Z][A-Z .’'-]{1,40}[A-Z]:\s")
"""A speaker's name in capitals at the head of a paragraph of a transcript: another turn begins."""
_PRIME = lazily.compile(r"\d\Z")
_TIGHT_LATER = lazily.compile(r"[^‘’'“”\"«»]{1,60}[^s\s‘’'“”\"«»][’'](?!\w)")
_SPEECH_LATER = lazily.compile(r"[^‘“”\"«»]{1,600}?[.,!?][’'](?!\w)")
_SINGLE = "‘"


@frozen
class Pair:
    """Two marks that belong together. `start`/`end` lie inside them; `opened`/`closed` are the marks' own places.

    `segments` are the pieces in each paragraph where the quotation runs over several. `parent` is the index of the
    pair this one stands in. `closed` is the paragraph's end where the closing mark is missing.
    """

    opened: int
    closed: int
    start: int
    end: int
    mark: str
    paragraph: int
    segments: tuple[Span, ...]
    parent: int | None = None
    notes: tuple[str, ...] = ()


@attrs.define
class _Open:
    mark: str
    at: int
    starts: list[int]
    ends: list[int]
    paragraph: int


def pair_marks(
    characters: str, paragraphs: Sequence[Span], *, language: str | None = None
) -> tuple[Pair, ...]:
    """Return the pairs in order of their opening marks. Linear in the text; at most `MAX_PAIRS`."""
    pairing = _Pairing(characters, profile_of(characters, language))
    for number, (start, end) in enumerate(paragraphs):
        pairing.read(number, start, end)
        if len(pairing.done) >= MAX_PAIRS:
            break
        following = paragraphs[number + 1] if number + 1 < len(paragraphs) else None
        pairing.end_paragraph(end, following)
    return _with_parents(pairing.done)


class _Pairing:
    """The marks that are open at one moment, innermost last."""

    def __init__(self, characters: str, profile: Profile) -> None:
        self.characters = characters
        self.profile = profile
        self.stack: list[_Open] = []
        self.done: list[Pair] = []

    def read(self, number: int, start: int, end: int) -> None:
        """Go through the marks of one paragraph."""
        for match in _MARK.finditer(self.characters, start, end):
            at = match.start()
            if self.stack and at == start and self.stack[-1].ends:
                self.stack[-1].starts.append(match.end())
            elif match[0] in "‘‛’'‚":
                self._single(match[0], at, start, end, number)
            else:
                self._double(match[0], at, start, end, number)
            if len(self.done) >= MAX_PAIRS:
                return

    def end_paragraph(self, end: int, following: Span | None) -> None:
        """Keep a double quotation open where the next paragraph opens with its mark; close what is left."""
        while self.stack and self.stack[-1].mark == _SINGLE:
            self.stack.pop()
        del self.stack[1:]
        if not self.stack:
            return
        top = self.stack[0]
        top.ends.append(end)
        again = (top.mark, "»") if top.mark == "«" else (top.mark,)
        if (
            following is None
            or not self.characters.startswith(again, following[0])
            or _LABEL.match(self.characters, following[0])
            or self.characters[end - 1] == ":"
        ):
            self.stack.pop()
            self._close(top, end, end, ("unclosed",))

    def _double(self, mark: str, at: int, start: int, end: int, number: int) -> None:
        level = next(
            (i for i in range(len(self.stack) - 1, -1, -1) if self._closes(mark, at, end, self.stack[i])),
            None,
        )
        if level is not None:
            top = self.stack[level]
            del self.stack[level:]
            top.ends.append(at)
            self._close(top, at, at + len(mark), ())
        elif (
            self._can_open(mark)
            and (mark not in self.profile.alike or self._looks_opening(at, start, end, len(mark)))
        ) or (self._looks_opening(at, start, end, len(mark)) and mark in "”“"):
            self._open(mark, at, number)

    def _can_open(self, mark: str) -> bool:
        return mark in self.profile.closers

    def _closes(self, mark: str, at: int, end: int, open_: _Open) -> bool:
        if open_.mark == "“" and mark == "“":
            return self._strictly_closing(at, end)
        if open_.mark == _SINGLE or not (self.profile.closes(mark, open_.mark) or mark == open_.mark == "”"):
            return False
        return not (
            mark in self.profile.alike and open_.mark == mark and self._strictly_opening(at, end, len(mark))
        )

    def _open(self, mark: str, at: int, number: int) -> None:
        same = next((i for i, o in enumerate(self.stack) if o.mark == mark), None)
        if same is not None:
            stale = self.stack[same]
            del self.stack[same:]
            stale.ends.append(at)
            self._close(stale, at, at, ("unclosed",))
        self.stack.append(_Open(mark, at, [at + len(mark)], [], number))

    def _single(self, mark: str, at: int, start: int, end: int, number: int) -> None:
        top = self.stack[-1] if self.stack else None
        opening = mark == "‚" or (mark != "’" and self._looks_opening(at, start, end))
        if top and top.mark == _SINGLE:
            if (
                (mark in "’'" or (mark == "‘" and not opening))
                and not (opening and mark == "'")
                and not self._is_possessive(at, end, top)
            ):
                self.stack.pop()
                top.ends.append(at)
                self._close(top, at, at + 1, ())
                return
            if opening and not _APOSTROPHE.match(self.characters, at + 1, end):
                self.stack.pop()
        if opening and not _APOSTROPHE.match(self.characters, at + 1, end):
            self.stack.append(_Open(_SINGLE, at, [at + 1], [], number))

    def _is_possessive(self, at: int, end: int, top: _Open) -> bool:
        """Say whether a closing single mark is the apostrophe of `fighters’ families`: a better one follows."""
        text = self.characters
        if (
            text[at - 1] not in "sS"
            or not text[at + 1 : at + 2].isspace()
            or not text[at + 2 : at + 3].islower()
        ):
            return False
        if _TIGHT_LATER.match(text, at + 1, min(end, at + 64)):
            return True
        lead = text[max(0, top.at - 3) : top.at].rstrip()
        speech = not lead or lead[-1] in ",:\n"
        return speech and _SPEECH_LATER.match(text, at + 1, min(end, at + 603)) is not None

    def _looks_opening(self, at: int, start: int, end: int, width: int = 1) -> bool:
        before = self.characters[at - 1] if at > start else " "
        after = self.characters[at + width] if at + width < end else " "
        return (
            not after.isspace()
            and not before.isalnum()
            and before not in ".,!?;”’)]"
            and (after not in ".,;:)" or self.characters.startswith((". .", "..."), at + width))
        )

    def _strictly_opening(self, at: int, end: int, width: int) -> bool:
        before, after = self.characters[at - 1], self.characters[at + width : at + width + 1]
        return at + width < end and before.isspace() and after.isalnum()

    def _strictly_closing(self, at: int, end: int) -> bool:
        before, after = self.characters[at - 1], self.characters[at + 1 : min(end, at + 2)]
        return not before.isspace() and not after.isalnum()

    def _close(self, open_: _Open, end: int, after: int, notes: tuple[str, ...]) -> None:
        segments = [_stripped(self.characters, a, b) for a, b in zip(open_.starts, open_.ends, strict=True)]
        segments = [(a, b) for a, b in segments if b > a]
        if not segments:
            return
        if len(open_.starts) > 1:
            notes = ("paragraph-open", *notes)
        self.done.append(
            Pair(
                open_.at,
                max(end, after - 1),
                segments[0][0],
                segments[-1][1],
                open_.mark,
                open_.paragraph,
                tuple(segments),
                None,
                notes,
            )
        )


def _stripped(characters: str, start: int, end: int) -> Span:
    piece = characters[start:end]
    left = len(piece) - len(piece.lstrip())
    return (start + left, start + max(left, len(piece.rstrip())))


def _with_parents(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Order pairs by their opening mark and name the innermost pair around each."""
    ordered: list[Pair] = []
    around: list[int] = []
    for pair in sorted(pairs, key=lambda p: (p.opened, -p.closed)):
        while around and ordered[around[-1]].closed <= pair.opened:
            around.pop()
        ordered.append(attrs.evolve(pair, parent=around[-1]) if around else pair)
        around.append(len(ordered) - 1)
    return tuple(ordered)
