"""Names of persons as they are compared: without case, accents, titles, and the choices of a transliteration."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from archive import lazily

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґў",
        [
            "a",
            "b",
            "v",
            "g",
            "e",
            "e",
            "e",
            "zh",
            "z",
            "i",
            "i",
            "k",
            "l",
            "m",
            "n",
            "o",
            "p",
            "r",
            "s",
            "t",
            "u",
            "f",
            "kh",
            "ts",
            "ch",
            "sh",
            "shch",
            "",
            "i",
            "",
            "e",
            "iu",
            "ia",
            "i",
            "i",
            "e",
            "g",
            "u",
        ],
        strict=True,
    )
)
_LATIN = str.maketrans(
    {"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"} | _CYRILLIC
)
_ALIKE = (
    ("gue", "ge"),
    ("gui", "gi"),
    ("tsch", "ch"),
    ("tch", "ch"),
    ("shch", "sh"),
    ("sch", "sh"),
    ("kh", "h"),
    ("ph", "f"),
    ("gh", "g"),
    ("dj", "j"),
    ("dzh", "j"),
    ("zh", "j"),
    ("ck", "k"),
    ("ts", "z"),
    ("tz", "z"),
    ("ks", "x"),
    ("yu", "u"),
    ("iu", "u"),
    ("ju", "u"),
    ("ya", "a"),
    ("ia", "a"),
    ("ja", "a"),
    ("ye", "e"),
    ("je", "e"),
    ("ie", "e"),
    ("ei", "i"),
    ("ey", "i"),
    ("ij", "i"),
    ("iy", "i"),
    ("yi", "i"),
    ("y", "i"),
    ("j", "i"),
    ("w", "v"),
    ("ou", "u"),
    ("oo", "u"),
    ("ff", "v"),
    ("q", "k"),
)
"""Spellings between which transliterations choose; each turns into one of them."""
_DOUBLED = lazily.compile(r"(.)\1+")
_PARTS = lazily.compile(r"[^\W\d_]+")
_PARTICLES = frozenset(
    {
        "al",
        "el",
        "de",
        "da",
        "di",
        "du",
        "van",
        "von",
        "der",
        "den",
        "bin",
        "ibn",
        "la",
        "le",
        "jr",
        "sr",
        "ii",
        "iii",
        "dos",
        "del",
    }
)


@lru_cache(maxsize=4096)
def parts_of(name: str) -> tuple[str, ...]:
    """Return a name's parts in plain small letters, without accents and particles; Cyrillic ones transliterated."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name.casefold())
        if not unicodedata.combining(letter) or letter == "\u0306"
    )
    plain = unicodedata.normalize("NFC", plain).translate(_LATIN).replace("’", "").replace("'", "")
    return tuple(part for part in _PARTS.findall(plain) if part not in _PARTICLES)


@lru_cache(maxsize=4096)
def _fold(part: str) -> str:
    part = _DOUBLED.sub(r"\1", part)
    for spelling, same in _ALIKE:
        part = part.replace(spelling, same)
    return _DOUBLED.sub(r"\1", part)


def same_person(one: str, other: str) -> bool:
    """Say whether two full names can be one person's: one surname, and first names equal or one the other's initial.

    A surname alone is nobody in particular: it is the same only as itself.
    """
    first, second = parts_of(one), parts_of(other)
    if not first or not second or _fold(first[-1]) != _fold(second[-1]):
        return False
    if len(first) == 1 or len(second) == 1:
        return len(first) == len(second)
    return _agree(first[0], second[0])


def _agree(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    return _fold(one) == _fold(other)


def surname(name: str) -> str:
    """Return the folded last part of a name, by which people are looked up; empty for no name."""
    return _fold((parts_of(name) or ("",))[-1])
