"""Folding: the words of a long text told apart by whole arrays, and each folded only when it is asked for.

Gives just the words that `tracer.fold` gives. A question looks at a few dozen words of a source that has thousands.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, overload

import numpy as np

from provenance.corpus.keys import folded as spelt
from provenance.corpus.keys import starts_of
from provenance.corpus.tables import Table
from provenance.tracer.fold import Folded, fold_word, folded, raw_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

_OTHER, _LETTER, _DIGIT, _APOSTROPHE, _POINT, _SIGN, _ODD = range(1, 8)

_FEW = 32
"""Words of a slice up to which they are folded one by one."""
_LONGER = "\u0130"
"""The one letter that is two in lower case."""


class _Words(Sequence[str]):
    """The folded words of a text, made when they are asked for."""

    def __init__(self, text: str, starts: array[int], ends: array[int]) -> None:
        self._text, self._starts, self._ends = text, starts, ends
        self._lower: str | None = None

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        text = self._text
        if isinstance(at, int):
            return fold_word(text[self._starts[at] : self._ends[at]])
        starts, ends = self._starts[at], self._ends[at]
        if len(starts) < _FEW or _LONGER in text:
            return [fold_word(text[start:end]) for start, end in zip(starts, ends, strict=True)]
        lower = self._lower = self._lower or text.lower()
        return [
            word if (word := lower[start:end]).isascii() else fold_word(text[start:end])
            for start, end in zip(starts, ends, strict=True)
        ]


def folded_late(text: str, start: int, end: int) -> tuple[Folded, Sequence[int]]:
    """Return what `tracer.fold.folded` returns, with words that are folded when they are asked for.

    And beside it at which code points the words that keys know begin (`keys.starts_of`): "don't" is two of them.
    """
    part = text[start:end]
    kinds = _kinds(part)
    if kinds is None:
        return folded(text, start, end), _numbers(starts_of(part) + start)
    *spans, keyed = _spans(kinds)
    starts, ends = (_numbers(places + start) for places in spans)
    return Folded(_Words(text, starts, ends), starts, ends), _numbers(keyed + start)


def _kinds(part: str) -> NDArray[np.uint8] | None:
    """Return what kind of character each one is; None where a word may hold more than letters, points and apostrophes."""
    if "-\n" in part or "-\r" in part:
        return None
    kinds = _table().translate(part)
    return None if _ODD in kinds else np.frombuffer(kinds, np.uint8)


def _spans(kinds: NDArray[np.uint8]) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Return where each word starts and ends, and where each begins that keys know."""
    inside = np.zeros(len(kinds) + 2, np.bool_)
    body = inside[1:-1]
    np.less_equal(kinds - np.uint8(_LETTER), _DIGIT - _LETTER, out=body)
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    keyed = edges[::2]
    odd = (kinds > _DIGIT).nonzero()[0]
    joints = odd[(odd > 0) & (odd < len(kinds) - 1) & (kinds[odd] != _SIGN)]
    if len(joints):
        before, after = kinds[joints - 1], kinds[joints + 1]
        joined = (kinds[joints] == _APOSTROPHE) & body[joints - 1] & body[joints + 1]
        joined |= (kinds[joints] == _POINT) & (before == _DIGIT) & (after == _DIGIT)
        if joined.any():
            body[joints[joined]] = True
            edges = (inside[1:] != inside[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    signs = odd[kinds[odd] == _SIGN]
    if len(signs):
        starts, ends = np.sort(np.concatenate((starts, signs))), np.sort(np.concatenate((ends, signs + 1)))
    return starts, ends, keyed


def _numbers(places: NDArray[Any]) -> array[int]:
    numbers = array("q")
    numbers.frombytes(places.astype(np.int64).tobytes())
    return numbers


@cache
def _table() -> Table:
    """Return the kind of every UTF-16 unit, as `tracer.fold` sees its character."""
    return Table(lambda unit: _kind(chr(unit)))


def _kind(character: str) -> int:
    if "\ud800" <= character <= "\udfff" or character == "\u2010" or _joins(character):
        return _ODD
    if len(raw_words(character)) == 1:
        if not character.isalnum():
            return _SIGN if spelt(character).isspace() else _ODD
        if _is_single(character) or not spelt(character) or b" " in spelt(character):
            return _ODD  # to the index it is no letter, or several words
        return _DIGIT if character.isdecimal() else _LETTER
    if raw_words(f"a{character}a") == [f"a{character}a"]:
        return _APOSTROPHE
    return _POINT if raw_words(f"1{character}1") == [f"1{character}1"] else _OTHER


def _is_single(character: str) -> bool:
    return len(raw_words(character * 2)) == 2


def _joins(character: str) -> bool:
    """Say whether a character is part of a word without being a letter: a mark, or something unseen."""
    return not character.isalnum() and raw_words(f"a{character} ") == [f"a{character}"]
