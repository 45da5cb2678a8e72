"""Selectors: what they hold, and where they are found again."""

from __future__ import annotations

import json

import pytest

from provenance.model.selectors import (
    Found,
    Selector,
    anchor,
    code_point_span,
    select,
    selector_from,
    selector_json,
    utf16_span,
)
from provenance.model.text import Text

TEXT = Text(
    "The harbour of Karsk was quiet on Monday. Dana Orlov said the northern ferry would not sail before June, because"
    " its engine had failed twice in May. The town waits. The town waits for news, and nobody knows when it comes."
)
WORDS = "the northern ferry would not sail before June, because its engine had failed twice in May"


def selector_of(words: str) -> Selector:
    """Return the selector of words of the text."""
    start = TEXT.characters.index(words)
    return select(TEXT, (start, start + len(words)), reader="7")


def test_a_selector_holds_the_words_and_their_surroundings():
    """Words, thirty-two characters on each side, place, digest and reader's version."""
    selector = selector_of("Dana Orlov")
    assert selector.exact == "Dana Orlov"
    assert selector.prefix == "harbour of Karsk was quiet on Monday. "[-32:]
    assert selector.suffix == " said the northern ferry would not sail"[:32]
    assert (selector.start, selector.end) == (42, 52)
    assert (selector.digest, selector.reader) == (TEXT.digest, "7")


def test_a_span_outside_the_text_cannot_be_selected():
    """A span that ends behind the text is refused."""
    with pytest.raises(ValueError, match="no span"):
        select(TEXT, (0, len(TEXT) + 1))


def test_json_ld_is_the_model_s():
    """A SpecificResource with both selectors, which is read back as it was."""
    body = json.loads(json.dumps(selector_json(selector_of("Dana Orlov"), source="urn:uuid:1")))
    assert body["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert body["type"] == "SpecificResource"
    assert [each["type"] for each in body["selector"]] == ["TextQuoteSelector", "TextPositionSelector"]
    assert selector_from(body) == selector_of("Dana Orlov")


@pytest.mark.parametrize(
    "body",
    [
        {"type": "TextQuoteSelector", "exact": "Dana"},
        {"selector": {"type": "TextQuoteSelector", "exact": "Dana"}},
        {
            "target": [
                {
                    "source": "x",
                    "selector": [
                        {"type": "TextPositionSelector", "start": -1, "end": 9},
                        {"type": "TextQuoteSelector", "exact": "Dana"},
                    ],
                }
            ]
        },
    ],
)
def test_what_others_write_is_read(body):
    """A bare selector, one selector, or a list in a target; a position that cannot be is left out."""
    assert selector_from(body) == Selector("Dana")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"target": "x"},
        {"selector": [{"type": "CssSelector", "value": "p"}]},
        {"selector": {"type": "TextQuoteSelector", "exact": 3}},
    ],
)
def test_what_selects_no_words_is_refused(body):
    """Without a TextQuoteSelector there is nothing to find again."""
    with pytest.raises(ValueError, match="no "):
        selector_from(body)


def test_words_in_place():
    """An unchanged text has them where they were."""
    selector = selector_of(WORDS)
    found = anchor(selector, TEXT.characters)
    assert found is not None
    assert (found.start, found.end, found.how) == (selector.start, selector.end, Found.IN_PLACE)


def test_words_that_moved():
    """A text with something put before has them word for word elsewhere."""
    changed = "Corrected on Tuesday. " + TEXT.characters
    found = anchor(selector_of(WORDS), changed)
    assert found is not None
    assert (changed[found.start : found.end], found.how, found.ambiguous) == (WORDS, Found.MOVED, False)


def test_the_surroundings_decide_between_two_places():
    """Of the same words in two places, those that stand as they stood are taken."""
    start = TEXT.characters.index("The town waits for")
    selector = select(TEXT, (start, start + 14))
    changed = "X" + TEXT.characters
    found = anchor(selector, changed)
    assert found is not None
    assert (found.start, found.ambiguous) == (start + 1, False)


def test_words_that_stand_twice_without_surroundings_are_ambiguous():
    """Nothing tells the two places apart, and the anchor says so."""
    found = anchor(Selector("The town waits"), TEXT.characters)
    assert found is not None
    assert found.ambiguous


def test_changed_words_between_the_same_surroundings():
    """What stands between prefix and suffix now, where it is similar."""
    selector = selector_of("the northern ferry would not sail before June")
    changed = TEXT.characters.replace(
        "the northern ferry would not sail before June", "no ferry would sail before June"
    )
    found = anchor(selector, changed)
    assert found is not None
    assert (changed[found.start : found.end], found.how) == (
        "no ferry would sail before June",
        Found.IN_CONTEXT,
    )


def test_changed_words_elsewhere():
    """Most of the words in their order, in other surroundings, are found approximately."""
    changed = (
        "A letter. In Karsk the northern ferry will not sail before June, because its old engine"
        " had failed twice in May! Bye."
    )
    found = anchor(selector_of(WORDS), changed)
    assert found is not None
    assert (
        changed[found.start : found.end]
        == "the northern ferry will not sail before June, because its old engine had failed twice in May"
    )
    assert found.how is Found.APPROXIMATE
    assert 0.75 <= found.score < 1


@pytest.mark.parametrize(
    "changed", ["", "The harbour of Velm burnt down on Friday, and a northern wind blew.", "ferry " * 40]
)
def test_words_that_are_gone(changed):
    """A text that does not have them has no place for them."""
    assert anchor(selector_of(WORDS), changed) is None


def test_few_words_are_found_as_they_are_or_not_at_all():
    """Two words are like too much to be looked for approximately."""
    assert anchor(Selector("Dana Orlov"), "Dana Orloff said so.") is None


def test_nothing_selects_nothing():
    """An empty selection is nowhere."""
    assert anchor(Selector(""), TEXT.characters) is None


def test_browsers_count_otherwise():
    """A character beyond the first plane is one code point and two of a browser's units."""
    text = "a 🛶 b 🛶 c"
    assert utf16_span(text, (2, 5)) == (2, 6)
    assert code_point_span(text, (2, 6)) == (2, 5)


INTERRUPTED = Text("Before. “The ferry sails,” said Dana Orlov, “and it sails at noon.” After.")
SEGMENTS = ((9, 25), (45, 66))


def interrupted() -> Selector:
    """Return the selector of a quotation that an attribution interrupts."""
    return select(INTERRUPTED, (9, 66), segments=SEGMENTS, reader="7")


def test_an_interrupted_quotation_is_refined_by_its_parts():
    """Each selector is refined by the parts: by their words, and by their places counted from the selection's start."""
    quote, position = selector_json(interrupted(), source="urn:x")["selector"]
    assert [each["exact"] for each in quote["refinedBy"]] == ["The ferry sails,", "and it sails at noon."]
    assert [(each["start"], each["end"]) for each in position["refinedBy"]] == [(0, 16), (36, 57)]
    assert {each["type"] for each in quote["refinedBy"]} == {"TextQuoteSelector"}
    assert {each["type"] for each in position["refinedBy"]} == {"TextPositionSelector"}


def test_parts_survive_their_json():
    """What is written is read back, with both selectors or with the quotation's alone."""
    body = json.loads(json.dumps(selector_json(interrupted(), source="urn:x")))
    assert selector_from(body) == interrupted()
    assert selector_from(body["selector"][0]).parts == ((0, 16), (36, 57))


def test_parts_are_found_in_a_text_that_moved():
    """Where the selection moved, its parts are where they stand now."""
    moved = "Much stands before it now. " + INTERRUPTED.characters
    found = anchor(interrupted(), moved)
    assert found is not None
    assert [moved[slice(*part)] for part in found.parts] == ["The ferry sails,", "and it sails at noon."]


def test_a_part_that_is_gone_leaves_no_parts():
    """Where a part was changed the selection may be found, and its parts are not made up."""
    changed = INTERRUPTED.characters.replace("at noon", "at dusk")
    found = anchor(interrupted(), changed)
    assert found is not None
    assert found.parts == ()


@pytest.mark.parametrize(
    "refined",
    [
        "x",
        [3],
        {"type": "TextPositionSelector", "start": 5, "end": 99},
        {"type": "TextPositionSelector", "start": "0", "end": 2},
        {"type": "TextQuoteSelector", "exact": ""},
        {"type": "TextQuoteSelector", "exact": "nowhere"},
        {"type": "TextQuoteSelector", "exact": 7},
    ],
)
def test_what_is_no_part_is_left_out(refined):
    """A refinement that selects nothing of the words is no part of them."""
    assert selector_from({"type": "TextQuoteSelector", "exact": "Dana", "refinedBy": refined}).parts == ()


def test_segments_outside_their_span_are_refused():
    """A part that is not inside the selection cannot be selected."""
    with pytest.raises(ValueError, match="no segments"):
        select(INTERRUPTED, (9, 66), segments=((0, 3), (9, 20)))


def test_a_quotation_of_one_piece_has_no_parts():
    """One segment is the whole selection."""
    selector = select(INTERRUPTED, (9, 25), segments=((9, 25),))
    assert selector.parts == ()
    assert "refinedBy" not in selector_json(selector, source="urn:x")["selector"][0]
