"""Fold: typography taken out of the comparison, with the way back to the characters.

Two texts that differ only in quotation marks, dashes, spaces, ligatures, width, soft hyphens or case fold to the same
tokens. Everything else, punctuation included, still counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

VERSION = "1"
"""The rules of this fold. A trace is only comparable with one made under the same rules."""

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(rf"[\w{_INVISIBLE}]+(?:['’ʼ＇][\w{_INVISIBLE}]+)*|[^\w\s{_INVISIBLE}]")
_CLASSES = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»‹›「」『』＂‘’‚‛′″`´ʼ＇'", '"'),
        **dict.fromkeys("‐‑‒–—―−－", "-"),
        **dict.fromkeys(_INVISIBLE, None),
        "…": "...",
    }
)
_APOSTROPHES = str.maketrans(dict.fromkeys("’ʼ＇", "'") | dict.fromkeys(_INVISIBLE, None))
_STRAIGHT = {"'", "`"}
_TERMINAL = {".", ","}


Place = tuple[str, int, int]
"""A folded word, and the code points of the original at which it starts and ends."""


def fold(text: str, start: int = 0, end: int | None = None) -> Iterator[Place]:
    """Yield the folded words of `text[start:end]`, with their places in the whole text."""
    for token in _TOKEN.finditer(text, start, len(text) if end is None else end):
        for word in _fold_token(token[0]):
            yield word, token.start(), token.end()


def fold_quotation(exact: str) -> tuple[str, ...]:
    """Return a quotation's words: as `fold`, without the comma or full stop that style puts inside the marks."""
    words = [word for word, _, _ in fold(exact)]
    while words and words[-1] in _TERMINAL:
        words.pop()
    return tuple(words)


@lru_cache(maxsize=1 << 16)
def _fold_token(letters: str) -> tuple[str, ...]:
    """Return the words of one token. Texts repeat their words, so what was folded is kept."""
    if letters.isascii():
        return ('"' if letters in _STRAIGHT else letters.lower(),)
    if len(letters) == 1 and not letters.isalnum():
        folded = letters.translate(_CLASSES)
        return (".",) * len(folded) if folded == "..." else (folded,) if folded else ()
    return tuple(unicodedata.normalize("NFKC", letters.translate(_APOSTROPHES)).casefold().split())
