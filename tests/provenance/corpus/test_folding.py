"""Whole arrays and plain numbers say of words just what the tracer's fold and the index's keys say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.corpus.folding import folded_late
from provenance.corpus.keys import code_points, keys, starts_of, words
from provenance.corpus.keys import folded as bytes_of
from provenance.corpus.questions import sought
from provenance.corpus.tables import Table
from provenance.tracer.fold import fold_quotation, folded

CHARACTERS = st.sampled_from(" \n.,'’ʼ-‐–\"“”%$€_()aZéßİ09½²٣мЖשع東かไทย\u0301\u00ad\u200b😀\U00020001ﬁＡ＇")
TEXTS = st.text(st.one_of(CHARACTERS, st.characters()), max_size=60)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS, cut=st.integers(0, 5))
def test_words_folded_late_are_the_words(text: str, cut: int) -> None:
    """Words that are told apart by arrays, and folded when they are asked for, are those of the fold, in their places."""
    start, end = min(cut, len(text)), max(min(cut, len(text)), len(text) - cut)
    expected, (actual, keyed) = folded(text, start, end), folded_late(text, start, end)
    assert list(expected.words) == list(actual.words[:])
    assert list(expected.starts) == list(actual.starts)
    assert list(expected.ends) == list(actual.ends)
    assert [actual.words[i] for i in range(len(actual))] == list(expected.words)
    assert list(keyed) == (starts_of(text[start:end]) + start).tolist()


def test_many_words_are_folded_as_one_by_one() -> None:
    """A long slice gives the words that each place gives, also where a letter is two in lower case."""
    for text in ("Straße K２ ÉTÉ don’t ΣΑΣ " * 12, "İstanbul Çay " * 40):
        words = folded_late(text, 0, len(text))[0].words
        assert len(words) > 32
        assert words[:] == list(folded(text).words)


def test_words_begin_at_every_character_as_keys_know_them() -> None:
    """Between letters, every character of the basic plane parts the words of a text as keys part them."""
    for page in range(0, 0x10000, 0x400):
        characters = [chr(c) for c in range(page, page + 0x400) if not 0xD800 <= c < 0xE000]
        for character in characters:
            text = f"a{character}b {character}c"
            assert list(folded_late(text, 0, len(text))[1]) == starts_of(text).tolist(), hex(ord(character))


@pytest.mark.parametrize(
    "text",
    ["don’t stop", "2.6 million, 5.", "a'b''c", ".5 5. 1,000,000", "$3.2bn 5% _a_b", "x² ¼ a.1 1.a", ""],
)
def test_joints_join_only_what_the_fold_joins(text: str) -> None:
    """Apostrophes between letters and points between digits join words, and no others do."""
    assert list(folded(text).words) == list(folded_late(text, 0, len(text))[0].words[:])


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_plain_numbers_and_arrays_make_the_same_keys(text: str) -> None:
    """A quotation is asked for under the keys under which its words were filed."""
    quotation = fold_quotation(text)
    run = sought(quotation)
    numbers = words(bytes_of(" ".join(quotation))).numbers
    assert len(run) == len(numbers)
    if len(numbers):
        filed = keys(numbers, np.array([len(numbers) - 1]))
        assert run.keys() == (filed.buckets.tolist(), filed.tags.tolist())


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_words_begin_where_the_index_says(text: str) -> None:
    """Where words begin is told without making their numbers, and is the same."""
    assert starts_of(text).tolist() == code_points(text, words(bytes_of(text)).starts).tolist()


def test_scripts_without_spaces_are_split() -> None:
    """Each letter of a script without spaces is a word, beside its neighbours of any script, in every plane."""
    text = "A東京B か\U00020001x ไท"
    assert [text[i] for i in starts_of(text)] == ["A", "東", "京", "B", "か", "\U00020001", "x", "ไ", "ท"]


def test_a_table_is_worked_out_where_it_is_needed() -> None:
    """Only units around those that were seen are asked for, once."""
    asked: list[int] = []
    table = Table(lambda unit: asked.append(unit) or 1 + unit % 2)
    assert table.translate("ab") == bytes([2, 1])
    assert table.translate("a\u2019") == bytes([2, 2])
    assert table.translate("\u2018") == bytes([1])
    assert asked == [*range(256), *range(0x2000, 0x2100)]
