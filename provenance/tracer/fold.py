"""Fold: typography taken out of the comparison, with the way back to the characters.

One definition of a word for every engine. Two texts that differ only in quotation marks, dashes, spaces, punctuation,
ligatures, width, soft hyphens, hyphens at line ends or case fold to the same words.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from functools import lru_cache

import attrs

from archive import lazily

VERSION = "3"
"""The rules of this fold. A trace is only comparable with one made under the same rules."""

SINGLES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff66-\uff9f\U00020000-\U0003ffff"
)
"""Scripts written without spaces (Thai, Lao, Myanmar, Khmer, kana, Han): one word a code point."""
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f"
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0963\u0966-\u096f\u0971-\u0dff"
)
"""Combining marks and vowel signs, which are no letters to `re` and yet part of their word."""
_LETTER = f"[^\\W_ʼ{SINGLES}]"
_WORD = lazily.compile(
    f"{_LETTER}++(?:[{_INVISIBLE}{_MARKS}]++{_LETTER}*+|['’ʼ＇]{_LETTER}++|(?<=\\d)[.,](?=\\d){_LETTER}++"
    f"|[-\u2010]\\r?\\n[ \\t]*+(?=[^\\W\\d_ʼA-Z{SINGLES}]){_LETTER}++)*+"
    f"|[{SINGLES}]|[%‰$€£¥₽₹]"
)
_SINGLE = lazily.compile(f"[{SINGLES}]")
_JOINED = lazily.compile(f"[-\u2010]\\r?\\n[ \\t]*|[{_INVISIBLE}]")
_APOSTROPHES = str.maketrans("’ʼ＇", "'''")

Place = tuple[str, int, int]
"""A folded word, and the code points of the original at which it starts and ends."""


@attrs.frozen
class Folded:
    """The folded words of a text in order, and where each starts and ends in it (code points)."""

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.words)


def fold(text: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Yield the folded words of `text[start:end]`, with their places in the whole text."""
    for token in _WORD.finditer(text, start, len(text) if end is None else end):
        yield fold_word(token[0]), *token.span()


def folded(text: str, start: int = 0, end: int | None = None, words: Sequence[str] | None = None) -> Folded:
    """Return the folded words of `text[start:end]`, with their places in the whole text; `words`, where they are known."""
    stop = len(text) if end is None else end
    spans = [token.span() for token in _WORD.finditer(text, start, stop)]
    if words is None:
        words = [fold_word(text[s:e]) for s, e in spans]
    starts, ends = zip(*spans, strict=True) if spans else ((), ())
    return Folded(words, array("q", starts), array("q", ends))


def raw_words(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """Return the words of `text[start:end]` as they stand there: one for each that `fold` yields, the fast way."""
    return _WORD.findall(text, start, len(text) if end is None else end)


def fold_quotation(exact: str) -> tuple[str, ...]:
    """Return a quotation's folded words."""
    return tuple(map(fold_word, raw_words(exact)))


def spoken(words: Sequence[str]) -> int:
    """Return how many words folded words are by ear: in scripts without spaces a code point is about half a word."""
    singles = sum(not word.isascii() and _SINGLE.fullmatch(word) is not None for word in words)
    return len(words) - singles + (singles + 1) // 2


@lru_cache(maxsize=1 << 16)
def fold_word(letters: str) -> str:
    """Return one word folded: never empty. Texts repeat their words, so what was folded is kept."""
    if letters.isascii() and "\n" not in letters:
        return letters.lower()
    bare = _JOINED.sub("", letters).translate(_APOSTROPHES)
    wide = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", bare).casefold())
    return wide.replace(" ", "") or letters


def without_accents(word: str) -> str:
    """Return a word without its accents: as a keyboard that lacks them writes it."""
    if word.isascii():
        return word
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
