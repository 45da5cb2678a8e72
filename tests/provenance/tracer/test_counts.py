"""Counts: what rows of words count, worked out by hand."""

from __future__ import annotations

import pytest

from provenance.tracer.lexicons import lexicon
from provenance.tracer.numbers import numbers_in, other_number, same_number

ENGLISH = lexicon("en")


def counted(words: str) -> list[str]:
    """Return what English words count."""
    return numbers_in(words.split(), ENGLISH.values, ENGLISH.units)


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("seven", ["7"]),
        ("twenty two", ["22"]),
        ("thirty nine", ["39"]),
        ("twenty ten", ["10", "20"]),
        ("twelve three", ["12", "3"]),
        ("ten three", ["10", "3"]),
        ("two hundred", ["200"]),
        ("two hundred fifty", ["250"]),
        ("two hundred five", ["205"]),
        ("two hundred fifty two", ["252"]),
        ("two hundred six hundred", ["206", "100"]),
        ("two thousand five hundred", ["2500"]),
        ("two thousand sixteen", ["2016"]),
        ("two million three hundred thousand", ["2300000"]),
        ("2.5 million", ["2500000"]),
        ("2.5million", ["2500000"]),
        ("2,500 thousand", ["2500000"]),
        ("twelve hundred", ["1200"]),
        ("two dozen", ["24"]),
        ("twelve dozen", ["12", "12"]),
        ("half a million", ["500000"]),
        ("half of the million", ["500000"]),
        ("half a dozen", ["6"]),
        ("half of seven", ["0.5", "7"]),
        ("10 000", ["10000"]),
        ("10 0000", ["0", "10"]),
        ("999 999", ["999999"]),
        ("1000 000", ["0", "1000"]),
        ("0 500", ["0", "500"]),
        ("1 half", ["0.5"]),
        ("5km", ["5", "km"]),
        ("5th", ["5"]),
        ("friday's", ["friday"]),
        ("this year's budget", ["year"]),
        ("3 days 4 hours", ["3", "4", "day", "hour"]),
        ("123456789012345", ["123456789012345"]),
        ("1234567890123456", ["1234567890123456"]),
        ("v2", []),
        ("2x4", ["2x4"]),
        ("the ferry", []),
    ],
)
def test_words_count(words: str, numbers: list[str]) -> None:
    """Words count what they count by hand, in any order."""
    assert counted(words) == sorted(numbers)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("2.6million", "2.6 million"),
        ("one", "1"),
        ("two thousand five hundred", "2,500"),
        ("two hundred fifty", "250"),
        ("half a million", "500,000"),
        ("twenty one", "21"),
        ("fri", "friday"),
    ],
)
def test_one_number_is_the_same_however_it_is_written(here: str, there: str) -> None:
    """Figures and words of one number are the same both ways, and no other number."""
    for quoted, original in ((here.split(), there.split()), (there.split(), here.split())):
        assert same_number(quoted, original, ENGLISH)
        assert not other_number(quoted, original, ENGLISH)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("two thousand six hundred", "2,500"),
        ("three", "seven"),
        ("monday", "friday"),
        ("about 5", "the ferry"),
        ("the ferry", "about 5"),
        ("about five", "nearly six"),
        ("v2", "v3"),
        ("about v2", "about v3"),
    ],
)
def test_another_number_is_one(here: str, there: str) -> None:
    """Figures on one side, or numbers on both that differ, are another number."""
    assert other_number(here.split(), there.split(), ENGLISH)
    assert not same_number(here.split(), there.split(), ENGLISH)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("five ferries", "ferries"),
        ("many ferries", "several boats"),
        ("about five", "nearly five"),
        ("v2", "version"),
        ("about v2", "nearly v2"),
    ],
)
def test_other_words_are_no_other_number(here: str, there: str) -> None:
    """A number word on one side only, or one that both have, counts nothing else."""
    assert not other_number(here.split(), there.split(), ENGLISH)
    assert not same_number(here.split(), there.split(), ENGLISH)
