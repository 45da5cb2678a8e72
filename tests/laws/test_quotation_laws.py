"""Laws of quotations: spans are exact and inside, work grows with the text, selectors are found where they were made."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model.selectors import anchor, code_point_span, select, utf16_span
from provenance.model.text import Text
from provenance.reader.quotes import find_quotations

PIECES = st.sampled_from(
    [
        "“",
        "”",
        "„",
        "‟",
        "«",
        "»",
        "‹",
        "›",
        "「",
        "」",
        "『",
        "』",
        "《",
        "》",
        '"',
        "'",
        "''",
        "``",
        "‘",
        "’",
        "‚",
        "— ",
        " – ",
        "\n",
        "\n\n",
        " ",
        "Dana Orlov said ",
        "said Dana Orlov, ",
        "she added. ",
        "It sails",
        " at noon.",
        ", ",
        ": ",
        "? ",
        "the '90s ",
        "dogs’ ",
        "6'3\" ",
        "according to police",
        "sagte Orlov",
        "сказала Орлова",
        "a déclaré",
        "ORLOV: ",
        "🛶",
        "\xa0",
        "U.S. ",
        "(D-Velm) ",
        "who ",
        "…",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)
LANGUAGES = st.sampled_from([None, "en", "de", "fr", "es", "it", "pt", "ru", "sv", "da", "pl", "ja", "xx"])


def paragraphs_of(text: str) -> list[tuple[int, int]]:
    """Return the places of the lines."""
    return [found.span() for found in re.finditer(r"[^\n]+", text)]


@given(TEXTS, LANGUAGES)
@settings(deadline=None, max_examples=300)
def test_quotations_are_exact_and_inside(text, language):
    """Words stand at their places, parts lie inside and in order, speakers and cues stand in the text."""
    paragraphs = paragraphs_of(text)
    found = find_quotations(text, paragraphs, language=language)
    for number, quotation in enumerate(found):
        assert quotation.exact == text[quotation.start : quotation.end]
        assert 0 <= quotation.start < quotation.end <= len(text)
        places = [place for segment in quotation.segments for place in segment]
        assert places == sorted(places)
        assert (places[0], places[-1]) == quotation.span
        assert all(any(a <= s and e <= b for a, b in paragraphs) for s, e in quotation.segments)
        assert quotation.nested_in is None or quotation.nested_in < number
        if quotation.nested_in is not None:
            outer = found[quotation.nested_in]
            assert outer.start <= quotation.start
            assert quotation.end <= outer.end
        assert (quotation.speaker is None) == (quotation.unattributed is not None)
        if quotation.speaker is not None:
            assert quotation.speaker.surface == text[quotation.speaker.span[0] : quotation.speaker.span[1]]
            assert quotation.speaker.surface


@given(TEXTS, LANGUAGES)
@settings(deadline=None, max_examples=50)
def test_the_same_text_has_the_same_quotations(text, language):
    """Reading twice gives equal values."""
    paragraphs = paragraphs_of(text)
    assert find_quotations(text, paragraphs, language=language) == find_quotations(
        text, paragraphs, language=language
    )


@given(st.text(max_size=200), st.data())
@settings(deadline=None)
def test_a_selector_is_found_where_it_was_made(characters, data):
    """In its own text a selector is in its place."""
    text = Text(characters)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = anchor(select(text, (start, end)), characters)
    assert (found is None) == (start == end)
    assert found is None or (found.start, found.end) == (start, end)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab ", max_size=20), st.data())
@settings(deadline=None)
def test_text_put_before_moves_a_selector(characters, before, data):
    """Words put before a text never lose a selection, and what is found are the words."""
    text = Text(characters)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    selector = select(text, (start, end))
    found = anchor(selector, before + characters)
    if selector.exact:
        assert found is not None
        assert (before + characters)[found.start : found.end] == selector.exact


@given(st.text(max_size=80), st.data())
def test_units_of_browsers_go_there_and_back(characters, data):
    """Code points to UTF-16 units and back are the same places."""
    start = data.draw(st.integers(0, len(characters)))
    end = data.draw(st.integers(start, len(characters)))
    assert code_point_span(characters, utf16_span(characters, (start, end))) == (start, end)


def work(text: str, language: str) -> int:
    """Return how many of our own lines of code are run to find quotations: a count, not a time."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace if "provenance" in frame.f_code.co_filename else None

    paragraphs = paragraphs_of(text)
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_quotations(text, paragraphs, language=language)
    finally:
        sys.settrace(before)
    return count


UNITS = (
    ("“", "en"),
    ("”", "sv"),
    ("“a” ", "en"),
    ("‘a’ ", "en"),
    ('"a" ', "en"),
    ("“a ‘b", "en"),
    ("«„", "ru"),
    ("»a« ", "da"),
    ("„a“ ", "de"),
    ("— a, — сказал Б. — в.\n", "ru"),
    ("“A,” he said, “b.” ", "en"),
    ("“a\n\n", "en"),
    ("Orlov said “a,” who said ", "en"),
    ("said, ", "en"),
    ("“a” said A, ", "en"),
    ("(, - ", "en"),
    ("«»", "fr"),
    ("「", "ja"),
    ("the spokesman A B, “a,” the spokesman said. ", "en"),
    ("“a,” A said.\n“b,” she said.\n", "en"),
    ("“x” A’s claim that ", "en"),
    ("According to PTI, “a.” ", "en"),
    ("A Orlov met B Orlov. “a,” Orlov said. ", "en"),
    ("The plan was described as “a” by A Orlov. ", "en"),
    ("A said it was “a,” Reuters reported, citing TASS. ", "en"),
    ("if A B said it, it called “a” what it called ", "en"),
    ("l’A d’B, « a », a dit l’A. ", "fr"),
    ("eine Sprecherin der B sagte „a“. ", "de"),
    ("She put it so: “a.”\n\nIt shot back, “b.”\n\n", "en"),
)


@pytest.mark.parametrize(("unit", "language"), UNITS)
def test_work_grows_with_the_text(unit, language):
    """Four times as much of anything costs at most about four times as many steps."""
    small, large = work(unit * 80, language), work(unit * 320, language)
    assert large < 6 * small + 4000


HOSTILE = {
    "a hundred thousand marks": ("“a” ", 100_000),
    "marks of many kinds in turn": ("“«„‘\"'", 20_000),
    "a megabyte without a paragraph": ("word, and ", 100_000),
    "a megabyte of verbs": ("said ", 200_000),
    "a megabyte of names": ("Orlov ", 170_000),
    "closing marks": ("a’ ", 200_000),
    "brackets": ("(", 300_000),
    "one word": ("a", 1_000_000),
    "names and commas with marks": ("Orlov, “a,” ", 10_000),
    "letters of an agency": ("According to PTI, “a.” ", 20_000),
    "two with one surname": ("Ada Orlov met Bo Orlov. “a,” Orlov said. ", 10_000),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_is_read(name):
    """A megabyte of one thing is read without going back over it: this returns at all."""
    unit, times = HOSTILE[name]
    find_quotations(unit * times, paragraphs_of(unit * times), language="en")
