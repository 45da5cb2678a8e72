"""Finding passages: all places of all wordings in one pass, the same that a plain search finds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.model.trace import Source
from provenance.tracer.fold import fold
from provenance.tracer.passages import MOST_PASSAGES, find

few_words = st.lists(st.sampled_from(["a", "b", "ab", "ba"]), max_size=30)


def source(text: str, id: str = "s") -> Source:  # noqa: A002
    """Return a source that holds a text."""
    return Source(id=id, characters=text, input=id, span=(0, len(text)))


@given(few_words, st.lists(few_words.filter(bool).map(lambda words: tuple(words[:4])), max_size=6))
def test_every_place_is_found_once(text: list[str], patterns: list[tuple[str, ...]]) -> None:
    """The places of each wording are those where its words stand in a row, overlapping ones too."""
    characters = " ".join(text)
    folded = list(fold(characters))
    for pattern, passages in find(patterns, [source(characters)]).items():
        size = len(pattern)
        expected = [
            (folded[i][1], folded[i + size - 1][2])
            for i in range(len(text) - size + 1)
            if tuple(text[i : i + size]) == pattern
        ]
        assert [(passage.start, passage.end) for passage in passages] == expected


def test_a_span_of_a_larger_text_keeps_its_offsets() -> None:
    """A source that is a part of a document gives places in the document, and finds nothing outside its part."""
    text = "the gate is shut. the gate is shut. the gate is shut."
    part = Source(id="p", characters=text, input="p", span=(18, 35))
    (passage,) = find([("gate", "is", "shut")], [part])["gate", "is", "shut"]
    assert (passage.start, passage.exact) == (22, "gate is shut")


def test_a_wording_that_stands_everywhere_is_kept_up_to_a_limit() -> None:
    """Words in very many places are kept only so often: they tell nothing of where they came from."""
    many = source("so it goes " * (MOST_PASSAGES + 5))
    assert len(find([("so", "it", "goes")], [many])["so", "it", "goes"]) == MOST_PASSAGES
