"""The selftest changes what it says it changes, finds a tracer that lies, and can be repeated."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

import attrs
import pytest
from cli.command import run

from provenance.model.trace import Query, Severity, Source, Trace, Verdict
from provenance.selftest import table as table_room
from provenance.selftest.operators import OPERATORS, Expected, Material, bare
from provenance.selftest.table import rows, trials
from provenance.tracer.fold import fold_quotation
from provenance.tracer.memory import MemoryCandidates

SENTENCE = (
    "The 12 pilots of Lindau will never again sail after dark, said their spokesman Remo Falk to the council."
)
OTHER = (
    "Nobody in the whole valley had expected that the old mill would burn down twice within a single year."
)
MATERIAL = Material(
    tuple(SENTENCE.split()),
    ("window", "copper", "slowly", "gather"),
    ("Oslo", "Bertha"),
    tuple(OTHER.split()),
)
BY_NAME = {operator.name: operator for operator in OPERATORS}


def candidates() -> MemoryCandidates:
    """Return the sentences as sources."""
    return MemoryCandidates(
        Source(id=str(n), characters=text, input="made here", span=(0, len(text)))
        for n, text in enumerate((SENTENCE, OTHER))
    )


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
@pytest.mark.parametrize("seed", range(5))
def test_an_operator_does_what_it_expects(operator: object, seed: int) -> None:
    """Words stay the same where faithfulness is expected, but for what stands in brackets, and change where it is not."""
    assert isinstance(operator, type(OPERATORS[0]))
    changed = operator.change(MATERIAL, Random(seed))
    assert changed is not None
    words = [word for word in fold_quotation(changed) if word != "sic"]
    same = words == list(fold_quotation(SENTENCE))
    assert same == (operator.expected is Expected.FAITHFUL)


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.name)
def test_changes_can_be_repeated(operator: object) -> None:
    """The same seed makes the same change."""
    assert isinstance(operator, type(OPERATORS[0]))
    assert operator.change(MATERIAL, Random("a")) == operator.change(MATERIAL, Random("a"))


def test_what_cannot_be_done_is_left_undone() -> None:
    """Without a number, a name or a second quotation nothing of that kind is changed."""
    plain = Material(("nobody", "here", "has", "ever", "seen", "such", "a", "thing"), ("window",), (), ())
    for name in ("another number", "another name", "joined with another"):
        assert BY_NAME[name].change(plain, Random(1)) is None


def test_the_tracer_is_found_faithful_on_plain_material() -> None:
    """Of two plain sentences nothing is missed, and nobody is accused."""
    table = rows(list(trials([MATERIAL], candidates(), 3)))
    assert [(row.operator.name, row.missed, row.accused) for row in table if row.missed or row.accused] == []
    assert {row.operator for row in table} == set(OPERATORS)


@pytest.mark.parametrize("verdict", [Verdict.VERBATIM, Verdict.NEGATION])
def test_a_tracer_that_lies_is_found(monkeypatch: pytest.MonkeyPatch, verdict: Verdict) -> None:
    """A tracer that calls everything faithful misses every change; one that accuses everybody accuses the faithful."""

    def lying(queries: Sequence[Query], _: object) -> list[Trace]:
        return [Trace(query=query, verdict=verdict) for query in queries]

    monkeypatch.setattr(table_room, "trace_all", lying)
    for row in rows(list(trials([MATERIAL], candidates(), 3))):
        expected = row.operator.expected
        harmless = verdict.severity is Severity.FAITHFUL
        assert row.missed == (row.tested if harmless and expected is not Expected.FAITHFUL else 0)
        assert row.accused == (0 if harmless or expected is Expected.CHANGED else row.tested)


def test_words_that_stand_there_by_chance_are_no_test() -> None:
    """A change that makes words which another source has is not asked for."""
    exchanged = attrs.evolve(MATERIAL, others=("window",))
    changed = BY_NAME["a word put in"].change(exchanged, Random("3/0/a word put in"))
    assert changed is not None
    both = MemoryCandidates(
        Source(id=str(n), characters=text, input="made here", span=(0, len(text)))
        for n, text in enumerate((SENTENCE, changed))
    )
    names = {each.operator.name for each in trials([exchanged], both, 3)}
    assert "a word put in" not in names
    assert "a word left out" in names


def test_letters_and_digits_of_a_word() -> None:
    """What stands around the letters of a word does not make it another one."""
    assert bare("“Karsk’s,") == "karsks"


class TestCommand:
    """`provenance selftest`."""

    def test_own_quotations_come_first(self, tmp_path: Path) -> None:
        """Quotations that are traced word for word are changed before any sentence is, and the table adds up."""
        (tmp_path / "wire.txt").write_text(f"Pilots strike\n\n{OTHER}\n\nThe speaker said: “{SENTENCE}”\n")
        (tmp_path / "story.txt").write_text(
            f"Row in Lindau\n\n“{SENTENCE}” the speaker said, and {OTHER.lower()}\n"
        )
        ran = run("selftest", tmp_path / "wire.txt", tmp_path / "story.txt", "--most", 3, "--json")
        assert (ran.status, ran.last["own"]) == (0, 1)
        assert ran.last["quotations"] >= 2
        table = ran.of("row")
        assert sum(row["tested"] for row in table) == ran.last["tested"] > 10
        assert all(sum(row["severities"].values()) == row["tested"] for row in table)
        assert len(ran.of("case")) == ran.last["missed"] + ran.last["accused"]

    def test_a_run_can_be_repeated(self, tmp_path: Path) -> None:
        """Two runs with one seed say the same; the table is for people too."""
        (tmp_path / "wire.txt").write_text(f"Pilots strike\n\n{SENTENCE}\n\n{OTHER}\n")
        first, second = (run("selftest", tmp_path / "wire.txt", "--seed", 4) for _ in range(2))
        assert first.out == second.out
        assert "as it is" in first.out

    def test_a_corpus_is_material(self, tmp_path: Path) -> None:
        """Of a corpus, sentences of its sources are changed."""
        (tmp_path / "wire.txt").write_text(f"Pilots strike\n\n{SENTENCE}\n\n{OTHER}\n")
        run("index", tmp_path / "wire.txt", "-o", tmp_path / "corpus")
        ran = run("selftest", tmp_path / "corpus", "--json")
        assert (ran.status, ran.last["own"]) == (0, 0)
        assert ran.last["quotations"] == 2

    def test_nothing_to_test_is_no_success(self, tmp_path: Path) -> None:
        """Where no source has a sentence that is long enough, nothing was tested, and the exit status says so."""
        (tmp_path / "short.txt").write_text("Too short\n\nNothing here.\n")
        ran = run("selftest", tmp_path / "short.txt", "--json")
        assert (ran.status, ran.last["tested"]) == (4, 0)
        assert run("selftest", tmp_path / "short.txt", "--most", 0, "--json").status == 2
