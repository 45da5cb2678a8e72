"""Fold: typography taken out of the comparison, with the way back to the characters.

Two texts that differ only in quotation marks, dashes, spaces, ligatures, width, soft hyphens or case fold to the same
tokens. Everything else, punctuation included, still counts.
"""

from __future__ import annotations

import re
import unicodedata
from array import array

import attrs

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


@attrs.frozen
class Folded:
    """A text's words, folded, and the code points of the original at which each of them starts and ends."""

    words: list[str]
    starts: array[int]
    ends: array[int]


def fold(text: str, offset: int = 0) -> Folded:
    """Fold a text; `offset` is added to every place (for a span cut out of a larger text)."""
    words: list[str] = []
    starts, ends = array("q"), array("q")
    for token in _TOKEN.finditer(text):
        for word in _fold_token(token[0]):
            words.append(word)
            starts.append(token.start() + offset)
            ends.append(token.end() + offset)
    return Folded(words, starts, ends)


def fold_quotation(exact: str) -> tuple[str, ...]:
    """Return a quotation's words: as `fold`, without the comma or full stop that style puts inside the marks."""
    words = fold(exact).words
    while words and words[-1] in _TERMINAL:
        words.pop()
    return tuple(words)


def _fold_token(letters: str) -> list[str]:
    if letters.isascii():
        return ['"' if letters in _STRAIGHT else letters.lower()]
    if len(letters) == 1 and not letters.isalnum():
        folded = letters.translate(_CLASSES)
        return ["."] * len(folded) if folded == "..." else [folded] if folded else []
    plain = unicodedata.normalize("NFKC", letters.translate(_APOSTROPHES)).casefold()
    return plain.split()
