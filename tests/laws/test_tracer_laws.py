"""What always holds of tracing, whatever the words are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from newsroom import Newsroom, queries
from perturbations import Case

from provenance.model.trace import AlterationKind, Query, Severity, Source, Trace, Verdict
from provenance.tracer.fold import fold_quotation, folded
from provenance.tracer.memory import MemoryCandidates
from provenance.tracer.verdicts import trace_all

ROOM = Newsroom()
BODY = MemoryCandidates(ROOM.sources())
CASES = ROOM.cases(each=4)
UNCHANGED = {Verdict.VERBATIM, Verdict.NORMALISED, Verdict.PARTIAL, Verdict.TRUNCATED, Verdict.AMBIGUOUS}
"""What words that stand in a source may be called: cut where they are bounded, or common, but never changed."""


def traced(exact: str, **more: str) -> Trace:
    """Trace words in the newsroom."""
    (outcome,) = trace_all([Query(exact=exact, id="q", **more)], BODY)  # type: ignore[arg-type]
    return outcome


@given(st.data())
def test_a_slice_of_a_source_is_never_called_changed(data: st.DataObject) -> None:
    """Any three or more words in a row of any source stand there, and nothing about them was altered."""
    report = data.draw(st.sampled_from(ROOM.reports))
    words = folded(report.text)
    first = data.draw(st.integers(0, len(words) - 3))
    last = data.draw(st.integers(first + 2, min(len(words), first + 60) - 1))
    outcome = traced(report.text[words.starts[first] : words.ends[last]], cited=report.id)
    assert outcome.verdict in UNCHANGED


@given(st.text(min_size=1), st.text(max_size=40), st.text(max_size=40))
def test_any_text_stands_in_itself(words: str, before: str, behind: str) -> None:
    """Text of any script that a source holds between spaces is found there, or is too short."""
    text = f"{before}\n\n{words}\n\n{behind}"
    source = Source(id="s", characters=text, input="s", span=(0, len(text)))
    (outcome,) = trace_all([Query(exact=words, id="q", cited="s")], [source])
    assert outcome.verdict in UNCHANGED | {Verdict.UNCHECKED}


TYPOGRAPHY = [
    lambda words: words.upper(),
    lambda words: words.replace(" ", "\u00a0 "),
    lambda words: words.replace("’", "'").replace("“", '"'),
    lambda words: words.replace("e", "e\u00ad"),
    lambda words: words.replace(",", ""),
    lambda words: f" {words.rstrip('.')} , ",
]


@given(st.sampled_from([case for case in CASES if "[" not in case.exact]), st.sampled_from(TYPOGRAPHY))
def test_typography_changes_no_verdict(case: Case, typography) -> None:  # type: ignore[no-untyped-def]
    """However words are set, they are as faithful, as altered or as unknown as before."""
    before, after = traced(case.exact), traced(typography(case.exact))
    grave = (Severity.ALTERED, Severity.DISTORTED)
    assert (before.verdict.severity in grave) == (after.verdict.severity in grave)
    assert (before.verdict.severity is Severity.UNVERIFIED) == (after.verdict.severity is Severity.UNVERIFIED)


def test_removing_a_source_accuses_nobody() -> None:
    """Words that are unverified stay so when a source is taken away."""
    made = [
        *CASES[::3],
        *(Case(str(n), words, "UNTRACED_OUT", None, None) for n, words in enumerate(UNKNOWN)),
    ]
    sources = ROOM.sources()
    unverified = [
        t.query for t in trace_all(queries(made), sources) if t.verdict.severity is Severity.UNVERIFIED
    ]
    assert len(unverified) >= len(UNKNOWN)
    for left_out in range(0, len(sources), 4):
        fewer = sources[:left_out] + sources[left_out + 1 :]
        for outcome in trace_all(unverified, fewer):
            assert outcome.verdict.severity in (Severity.UNVERIFIED, Severity.FAITHFUL, Severity.MARKED)


UNKNOWN = (
    "Whoever paints a lighthouse green has never been out in fog with a cargo of eggs",
    "The choir will sing in the quarry whether it rains or not",
    "My grandfather never told us where the silver was",
)


@settings(max_examples=60)
@given(st.sampled_from(CASES))
def test_edits_replayed_on_the_passage_give_the_quotation(case: Case) -> None:
    """Putting each alteration's quoted words in the place of its original ones turns the passage into the quotation."""
    outcome = traced(case.exact, cited=case.source or "")
    skipped = {AlterationKind.TRUNCATION, AlterationKind.SPLICE}
    if outcome.passage is None or any(a.kind in skipped for a in outcome.alterations):
        return
    characters = outcome.passage.source.characters
    replayed, reach = "", outcome.passage.start
    for alteration in sorted(outcome.alterations, key=lambda a: (a.passage, a.quotation)):
        replayed += f"{characters[reach : alteration.passage[0]]} {alteration.quoted} "
        reach = max(reach, alteration.passage[1])
    replayed += characters[reach : outcome.passage.end]
    assert "".join(fold_quotation(replayed)) == "".join(fold_quotation(case.exact))


@pytest.mark.parametrize(
    ("exact", "text"),
    [
        ("a " * 30_000 + "b", "a " * 300_000),
        ('"' * 20_000 + " a b c d", '"' * 200_000),
        ("[a]" * 5_000, "a " * 5_000),
        ("a b … " * 5_000, "a b c " * 5_000),
        ("x" * 100_000, "x" * 100_000 + " y"),
        ("1." * 20_000, "1." * 20_000),
        ("a\u0301" * 20_000, "a" + "\u0301" * 20_000),
        ("北方" * 5_000, "北方口岸" * 5_000),
    ],
)
def test_hostile_words_come_to_an_end(exact: str, text: str) -> None:
    """Words made to take long are answered all the same."""
    source = Source(id="s", characters=text, input="s", span=(0, len(text)))
    (outcome,) = trace_all([Query(exact=exact, id="q")], [source])
    assert isinstance(outcome.verdict, Verdict)
