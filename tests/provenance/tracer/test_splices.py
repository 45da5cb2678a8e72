"""Splices: what is shown of words that stand in two places."""

from __future__ import annotations

import pytest

from provenance.model.trace import AlterationKind, Source, Trace, Verdict
from provenance.model.trace import Query as Asked
from provenance.tracer.verdicts import trace_all

FIRST = "Shall reopen old harbour inside northern bay after springtime storms end"
SECOND = "ferries will carry grain from upper valley down towards distant coast"
BETWEEN = "Nobody asked when that mayor would come back at all."
LONG = " ".join(f"Then k{n} l{n} m{n} n{n} o{n}." for n in range(30))


def traced(exact: str, *texts: str) -> Trace:
    """Trace words in sources named by their number, of which the first is cited."""
    sources = [
        Source(id=str(n), characters=text, input=str(n), span=(0, len(text))) for n, text in enumerate(texts)
    ]
    (outcome,) = trace_all([Asked(exact=exact, id="q", cited="0")], sources)
    return outcome


def shown(outcome: Trace) -> tuple[Verdict, str | None]:
    """Return a verdict and the passage shown for it."""
    return outcome.verdict, outcome.passage and outcome.passage.exact


SPLICED = f"{FIRST}. The {SECOND}."


def test_near_places_are_shown_as_one() -> None:
    """11 words, 10 that were left out and 12 are 33: less than 1.6 times the 23 of the quotation."""
    outcome = traced(SPLICED, f"{LONG} {FIRST}. {BETWEEN} The {SECOND}. {LONG}")
    assert shown(outcome) == (Verdict.SPLICE, f"{FIRST}. {BETWEEN} The {SECOND}")


def test_of_far_places_the_first_is_shown() -> None:
    """With 180 words between them, the place of the first words is shown, and the other one first among further places."""
    outcome = traced(SPLICED, f"{LONG} {FIRST}. {LONG} The {SECOND}. {BETWEEN}")
    assert shown(outcome) == (Verdict.SPLICE, FIRST)
    assert outcome.candidates[0].exact == f"The {SECOND}"
    (splice,) = [a for a in outcome.alterations if a.kind is AlterationKind.SPLICE]
    assert outcome.passage is not None
    assert outcome.passage.source.characters[slice(*splice.passage)] == splice.original == splice.quoted


def test_the_other_way_round_the_first_words_are_shown_too() -> None:
    """What the quotation begins with is shown, though its source says it last."""
    outcome = traced(f"The {SECOND}. {FIRST}.", f"{LONG} {FIRST}. {LONG} The {SECOND}. {BETWEEN}")
    assert shown(outcome) == (Verdict.SPLICE, f"The {SECOND}")
    assert outcome.candidates[0].exact == FIRST


@pytest.mark.parametrize(("count", "is_first"), [(5, False), (6, True)])
def test_a_small_part_is_not_shown(count: int, is_first: bool) -> None:
    """Less than half the words of the larger part (12) give way to it; half of them do not."""
    small = " ".join(FIRST.split()[:count])
    outcome = traced(f"{small}. The {SECOND}.", f"{LONG} {FIRST}. {LONG} The {SECOND}. {BETWEEN}")
    assert shown(outcome) == (Verdict.SPLICE, small if is_first else f"The {SECOND}")


def test_a_place_in_another_source_is_a_lead() -> None:
    """The cited source shows nothing for those words; the other source comes first among what is named beside it."""
    outcome = traced(
        SPLICED, f"{LONG} {FIRST}. {BETWEEN}", f"Once more: The {SECOND}. {LONG.replace('k', 'p')}"
    )
    assert shown(outcome) == (Verdict.SPLICE, FIRST)
    (splice,) = [a for a in outcome.alterations if a.kind is AlterationKind.SPLICE]
    assert (splice.quoted, splice.original) == (f"The {SECOND}", "")
    assert splice.passage[0] == splice.passage[1]
    assert [(p.source.id, p.exact) for p in outcome.candidates] == [("1", f"The {SECOND}")]
    assert dict(outcome.evidence)["coverage"] == 1.0


def test_words_that_stand_nowhere_are_no_splice() -> None:
    """Twelve words more that no source has are put in, not taken from elsewhere."""
    outcome = traced(SPLICED, f"{LONG} {FIRST}. {BETWEEN}", LONG.replace("k", "p"))
    assert outcome.verdict is not Verdict.SPLICE
    assert dict(outcome.evidence)["coverage"] < 0.6
