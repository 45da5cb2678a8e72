"""Evidence: what shared words have to carry, worked out by hand, and that nothing is left out that carries it."""

from __future__ import annotations

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from provenance.model.trace import Query, Source
from provenance.tracer.align import Block, crossing
from provenance.tracer.evidence import Floor, chance, gate, lacking
from provenance.tracer.memory import MemoryCandidates
from provenance.tracer.places import Asked

FLOOR = Floor(bits=(10.0, 20.0, 10.0, 5.0), chance=8.0, least=30.0)


@attrs.frozen
class Million:
    """A body of 2^20 words in which each word carries ten bits."""

    size: int = 2**20 - 2

    def bits(self, word: str) -> float:
        """Return ten."""
        return 10.0


def test_each_row_loses_what_chance_gives() -> None:
    """All four words in a row carry 45 - 8; without the second the first carries 10 - 8, the others 15 - 8."""
    assert FLOOR.is_reached([True, True, True, True])
    assert not FLOOR.is_reached([True, False, True, True])
    assert attrs.evolve(FLOOR, least=9.0).is_reached([True, False, True, True])
    assert not attrs.evolve(FLOOR, least=9.1).is_reached([True, False, True, True])
    assert not FLOOR.is_reached([False] * 4)


def test_a_change_of_any_one_word_leaves_two_rows() -> None:
    """Without the first word 35 - 8 are left, without the second 2 + 7, the third 22 + 0, the last 40 - 8: at least 9."""
    assert attrs.evolve(FLOOR, least=9.0).is_reached_without_any_one()
    assert not attrs.evolve(FLOOR, least=9.1).is_reached_without_any_one()


def test_what_is_missing_raises_the_floor() -> None:
    """Of 40 bits, 28 are enough only where those missing are made up for: e = 28 + 55 (3/4 - e/40), so e = 29.16."""
    assert (gate(Million()), chance(Million().size)) == (28.0, 8.0)
    floor = Floor.of(("a", "b", "c", "d"), Million(), 28.0)
    assert floor.chance == 8.0
    assert floor.least == pytest.approx(69.25 / 2.375)
    assert floor.least == pytest.approx(28.0 + lacking(floor.least / 40))


def test_a_quotation_of_little_has_the_gate_for_a_floor() -> None:
    """Of 30 bits 28 are more than three quarters: nothing is lacking."""
    assert Floor.of(("a", "b", "c"), Million(), 28.0).least == 28.0


WORDS = st.lists(st.integers(0, 400).map(lambda n: f"w{n}"), min_size=4, max_size=30)


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(WORDS, min_size=2, max_size=8), start=st.integers(0, 20), changed=st.integers(0, 12))
def test_no_place_that_proves_something_is_left_out(texts: list[list[str]], start: int, changed: int) -> None:
    """Every place whose comparison passes the gate is among those that reach the floor."""
    body = MemoryCandidates(
        Source(id=str(i), characters=(text := " ".join(words)), input=str(i), span=(0, len(text)))
        for i, words in enumerate(texts)
    )
    quoted = [*texts[0][start % 3 :], *texts[1][:6]]
    quoted[changed % len(quoted)] = "other"
    asked = Asked.of(Query(exact=" ".join(quoted), id="q"), body)
    least = gate(body)
    reaching = body.near(asked.wording.words, 6, Floor.of(asked.wording.words, body, least))
    for region in body.near(asked.wording.words, 6):
        comparison = asked.compare(body, region.document, (region.first - 12, region.last + 12))
        if comparison is not None and comparison.bits >= least + lacking(comparison.weight):
            assert region in reaching


class TestCrossing:
    """Rows of words that a quotation and its source put in another order."""

    ORIGINAL = ("a", "b", "c", "d", "x", "y", "z")

    def rows(self, quoted: str, blocks: list[Block], original: tuple[str, ...] = ORIGINAL) -> list[Block]:
        """Return the rows that cross, where each word carries five bits and a row has to carry more than eight."""
        return crossing(blocks, quoted.split(), original, lambda _: 5.0, 8.0)

    def test_what_the_source_has_last_may_stand_first(self) -> None:
        """In "x y a b c d" the first two words stand behind the rest in the source."""
        assert self.rows("x y a b c d", [Block(2, 0, 4)]) == [Block(0, 4, 2)]

    def test_what_the_source_has_first_may_stand_last(self) -> None:
        """In "c d x y z a b" the last two words stand before the rest in the source."""
        assert self.rows("c d x y z a b", [Block(0, 2, 5)]) == [Block(5, 0, 2)]

    def test_one_word_is_no_row(self) -> None:
        """A lone word may stand there by chance, whatever it carries, and so may two that carry nearly nothing."""
        assert crossing([Block(1, 0, 4)], ["x", "a", "b", "c", "d"], self.ORIGINAL, lambda _: 50.0, 8.0) == []
        assert (
            crossing([Block(2, 0, 4)], ["x", "y", "a", "b", "c", "d"], self.ORIGINAL, lambda _: 4.0, 8.0)
            == []
        )

    def test_what_lies_far_is_no_part(self) -> None:
        """Of two missing words, three words of the source are looked at, and no further."""
        near, far = ("a", "b", "-", "x", "y"), ("a", "b", "-", "-", "x", "y")
        assert self.rows("x y a b", [Block(2, 0, 2)], near) == [Block(0, 3, 2)]
        assert self.rows("x y a b", [Block(2, 0, 2)], far) == []
