"""Operators: ways to change a quotation, each with what must be said of it afterwards.

They share no list of words with the tracer, and go beyond what its lists know: a test that knows only what is tested finds
nothing. Which word is struck is chance; chance is seeded, so that a run can be repeated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import StrEnum
from random import Random

import attrs

FEWEST_WORDS = 8
"""Words that a quotation has to have to be changed: of fewer, nothing may be left to know it by."""
_TURNS = (
    "never", "hardly", "scarcely", "barely", "seldom", "nowhere", "not", "no longer", "by no means", "in no way",
    "anything but", "far from", "allegedly", "supposedly", "almost", "perhaps", "only", "without", "unless asked",
)  # fmt: skip
_TRIES = 20
_CLOSING = ".,;:!?”’\"'»"


class Expected(StrEnum):
    """What must be said of a changed quotation: that it is faithful, that it was changed, or that it stands nowhere."""

    FAITHFUL = "faithful"
    CHANGED = "changed"
    ABSENT = "absent"


@attrs.frozen
class Material:
    """What changes are made from: a quotation's words, words and names of other sources, and another quotation's words."""

    words: tuple[str, ...]
    others: tuple[str, ...]
    names: tuple[str, ...]
    second: tuple[str, ...]


Change = Callable[[Material, Random], str | None]
"""Returns the changed quotation, or None where this cannot be done to it."""


@attrs.frozen
class Operator:
    """A way to change a quotation. `name` says it in a few words."""

    name: str
    expected: Expected
    change: Change


def bare(word: str) -> str:
    """Return the letters and digits of a word, in small letters."""
    return "".join(filter(str.isalnum, word)).casefold()


def _joined(words: Sequence[str]) -> str:
    return " ".join(words)


def _inner(words: Sequence[str], make: Random) -> int | None:
    """Choose a word that has letters and a neighbour with other letters on each side."""
    places = [
        i
        for i in range(1, len(words) - 1)
        if bare(words[i]) and bare(words[i]) not in (bare(words[i - 1]), bare(words[i + 1]))
    ]
    return make.choice(places) if places else None


def _new(others: Sequence[str], words: Sequence[str], make: Random) -> str | None:
    """Choose a word that is not among these, or None where chance finds none soon."""
    known = set(map(bare, words))
    return next((word for word in make.choices(others, k=_TRIES) if bare(word) not in known), None)


def _as_it_is(material: Material, _: Random) -> str:
    return _joined(material.words)


def _typography(material: Material, _: Random) -> str:
    table = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "—": "-", "–": "-", "'": "’", '"': "”"})
    return _joined(material.words).translate(table).replace(" ", "\u00a0", 2)


def _capitals(material: Material, _: Random) -> str | None:
    text = _joined(material.words)
    return text.upper() if text.upper().casefold() == text.casefold() else None


def _line_ends(material: Material, make: Random) -> str:
    words = list(material.words)
    at = make.randrange(1, len(words))
    words[at] = "\n" + words[at]
    long = [i for i, word in enumerate(words) if re.fullmatch(r"[a-z]{7,}", word)]
    if long:
        i = make.choice(long)
        words[i] = f"{words[i][:4]}-\n{words[i][4:]}"
    return _joined(words)


def _soft_hyphens(material: Material, _: Random) -> str:
    return _joined(
        [
            f"{word[:3]}\u00ad{word[3:]}" if word[:5].isalpha() and len(word) > 6 else word
            for word in material.words
        ]
    )


def _other_end(material: Material, _: Random) -> str:
    return _joined(material.words).rstrip(_CLOSING) + ","


def _sic(material: Material, make: Random) -> str:
    at = make.randrange(2, len(material.words))
    return _joined([*material.words[:at], "[sic]", *material.words[at:]])


def _left_out(material: Material, make: Random) -> str | None:
    at = _inner(material.words, make)
    return None if at is None else _joined([*material.words[:at], *material.words[at + 1 :]])


def _several_left_out(material: Material, make: Random) -> str | None:
    size = len(material.words) // 4
    at = make.randrange(2, len(material.words) - size - 1)
    return _joined([*material.words[:at], *material.words[at + size :]])


def _put_in(material: Material, make: Random) -> str | None:
    at, word = make.randrange(1, len(material.words)), _new(material.others, material.words, make)
    if word is None:
        return None
    return _joined([*material.words[:at], word, *material.words[at:]])


def _replaced(material: Material, make: Random, count: int = 1) -> str | None:
    words = list(material.words)
    for _ in range(count):
        at, word = _inner(words, make), _new(material.others, words, make)
        if at is None or word is None:
            return None
        words[at] = word
    return _joined(words)


def _three_replaced(material: Material, make: Random) -> str | None:
    return _replaced(material, make, 3)


def _turned(material: Material, make: Random) -> str:
    at = make.randrange(1, len(material.words))
    return _joined([*material.words[:at], make.choice(_TURNS), *material.words[at:]])


def _other_number(material: Material, make: Random) -> str | None:
    places = [i for i, word in enumerate(material.words) if re.search(r"\d", word)]
    if not places:
        return None
    words, at = list(material.words), make.choice(places)
    digits = [i for i, letter in enumerate(words[at]) if letter in "0123456789"]
    if not digits:
        return None
    i = digits[0]
    digit = make.choice([d for d in "123456789" if d != words[at][i]])
    words[at] = words[at][:i] + digit + words[at][i + 1 :]
    return _joined(words)


def _other_name(material: Material, make: Random) -> str | None:
    places = [i for i, word in enumerate(material.words) if i and word[:1].isupper() and len(bare(word)) > 2]
    name = make.choice(material.names) if material.names else ""
    if not places or not name or bare(name) in map(bare, material.words):
        return None
    words, at = list(material.words), make.choice(places)
    words[at] = name
    return _joined(words)


def _swapped(material: Material, make: Random) -> str | None:
    at = _inner(material.words, make)
    if at is None or not bare(material.words[at + 1]):
        return None
    words = list(material.words)
    words[at], words[at + 1] = words[at + 1], words[at]
    return _joined(words)


def _spliced(material: Material, _: Random) -> str | None:
    half, other = len(material.words) // 2, len(material.second) // 2
    if half < 5 or len(material.second) - other < 5:
        return None
    return _joined([*material.words[:half], *material.second[other:]])


def _made_up(material: Material, make: Random) -> str:
    return _joined(make.choices(material.others, k=len(material.words)))


OPERATORS = (
    Operator("as it is", Expected.FAITHFUL, _as_it_is),
    Operator("other quotation marks, dashes and spaces", Expected.FAITHFUL, _typography),
    Operator("in capitals", Expected.FAITHFUL, _capitals),
    Operator("wrapped and hyphenated", Expected.FAITHFUL, _line_ends),
    Operator("with soft hyphens", Expected.FAITHFUL, _soft_hyphens),
    Operator("ends in a comma", Expected.FAITHFUL, _other_end),
    Operator("with [sic]", Expected.FAITHFUL, _sic),
    Operator("a word left out", Expected.CHANGED, _left_out),
    Operator("a quarter left out", Expected.CHANGED, _several_left_out),
    Operator("a word put in", Expected.CHANGED, _put_in),
    Operator("a word replaced", Expected.CHANGED, _replaced),
    Operator("three words replaced", Expected.CHANGED, _three_replaced),
    Operator("turned or hedged", Expected.CHANGED, _turned),
    Operator("another number", Expected.CHANGED, _other_number),
    Operator("another name", Expected.CHANGED, _other_name),
    Operator("two words swapped", Expected.CHANGED, _swapped),
    Operator("joined with another", Expected.CHANGED, _spliced),
    Operator("made up", Expected.ABSENT, _made_up),
)
