"""Reasons: the sentence that a trace gives for its verdict, and the traces that say that nothing was found."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from provenance.model.trace import Passage, Query, Relation, Trace, Verdict
from provenance.tracer.lexicons import UNKNOWN
from provenance.tracer.places import MOST_EXACT

_WHERE = {
    Relation.SELF: "elsewhere in the same article, which corroborates nothing",
    Relation.SECONDARY: "inside a quotation of another article, which is second-hand itself",
    Relation.PRIMARY: "in another source",
}
_HOW = {
    Verdict.VERBATIM: "the same words stand",
    Verdict.NORMALISED: "the same words in other typography or punctuation stand",
    Verdict.PARTIAL: "a piece of a sentence, word for word, stands",
    Verdict.INTERRUPTED: "the same words, interrupted by a narrator, stand",
    Verdict.TRUNCATED: "the words stand, without what bounds them in their sentence,",
}


def without_lists(reason: str, language: str) -> str:
    """Return a reason with what could not be checked, where there are no lists of words of the language."""
    if language != UNKNOWN:
        return reason
    reason += "; there are no lists of denials, limits and number words in this language: whether a difference turns what"
    return reason + " was said, or what bounds it was cut off, was not checked"


def of_faithful(verdict: Verdict, relation: Relation, others: int, *, another: bool) -> str:
    """Return why words that stand somewhere just so got their verdict; `others` counts further places."""
    where = _WHERE[relation] if another or relation is not Relation.PRIMARY else "in a source"
    least = "at least " if others >= MOST_EXACT - 1 else ""
    more = f"; {least}{others} further place{'s' if others > 1 else ''}" if others else ""
    return f"{_HOW[verdict]} {where}{more}"


def of_compared(verdict: Verdict, relation: Relation, changes: int) -> str:
    """Return why words that stand somewhere with changes got their verdict."""
    if verdict in _HOW:
        return f"{_HOW[verdict]} {_WHERE[relation]}"
    return (
        f"a wording close to it stands {_WHERE[relation]}; {changes} difference{'s' if changes != 1 else ''}"
    )


def unchecked(query: Query, count: int) -> Trace:
    """Return the trace of too few words."""
    words = f"{count} word{'' if count == 1 else 's'}: too short to decide"
    return Trace(query, Verdict.UNCHECKED, reason=words)


def ambiguous(query: Query, places: Sequence[Passage], most: int) -> Trace:
    """Return the trace of common words that stand in several places of equal right."""
    reason = f"common words that stand in {len(places)} places; nothing says which of them was quoted"
    return Trace(query, Verdict.AMBIGUOUS, candidates=tuple(places[:most]), reason=reason)


def untraced_in(query: Query, leads: Sequence[Passage]) -> Trace:
    """Return the trace of words that their cited source does not hold; `leads` are similar words elsewhere."""
    reason = "the cited source is at hand and does not hold these words"
    if leads:
        reason += "; similar words stand elsewhere"
    return Trace(query, Verdict.UNTRACED_IN, candidates=tuple(leads), reason=reason)


def untraced_out(query: Query, missing: str | None, *, short: bool) -> Trace:
    """Return the trace of words that no source holds; of few words, that a change in them could not be seen."""
    if short and not missing:
        reason = "too short to decide: no source at hand holds just these words, and with one of them changed nothing"
        return Trace(query, Verdict.UNCHECKED, reason=f"{reason} could tell them from a coincidence")
    reason = "no source at hand holds these words"
    if missing:
        before = f", published by {query.quoted_at[:10]}," if query.quoted_at else ""
        reason += f"; {missing}{before} is named as where they come from and is not among the sources"
    return Trace(query, Verdict.UNTRACED_OUT, missing=missing, reason=reason)


def misattributed(trace: Trace, claimed: str | None, found: str | None) -> Trace:
    """Return a trace of faithful words that the source gives to somebody else."""
    reason = f"{trace.reason}; the source names {found} for them, not {claimed}"
    return attrs.evolve(trace, verdict=Verdict.MISATTRIBUTED, reason=reason)


def quoted_shorter(query: Query, places: Sequence[Passage]) -> Trace:
    """Return the trace of words of which sources quote a part, unchanged, and no source at hand has the rest."""
    reason = "a part of these words is quoted elsewhere, unchanged; no source at hand holds the rest"
    return Trace(query, Verdict.UNTRACED_OUT, candidates=tuple(places), reason=reason)


def unjudged(query: Query, places: Sequence[Passage]) -> Trace:
    """Return the trace of words whose marks hide others, in a language whose denials and limits are not known here."""
    reason = "the words stand in a source, but for what is marked as left out or replaced; there are no lists of denials"
    reason += " and limits in this language, so nothing can be said of what the marks hide"
    return Trace(query, Verdict.UNCHECKED, candidates=tuple(places), reason=reason)


def mostly_other(query: Query, places: Sequence[Passage]) -> Trace:
    """Return the trace of words of which a source has less than half, beside other words."""
    reason = "less than half of these words stand together in a source at hand, which says too little of the others"
    return Trace(query, Verdict.UNTRACED_OUT, candidates=tuple(places), reason=reason)


def stands_bounded(query: Query, places: Sequence[Passage]) -> Trace:
    """Return the trace of words that stand in a source only with what bounds them, which may be another statement."""
    reason = "these words stand elsewhere with what bounds them there; that they were taken from there is not certain"
    return Trace(query, Verdict.UNTRACED_OUT, candidates=tuple(places), reason=reason)


def in_other_language(query: Query, original: Passage | None) -> Trace:
    """Return the trace of words whose named source is in another language: the sentence they may translate, or undecided."""
    if original is None:
        reason = "the cited source is in another language; its words cannot be compared with these"
        return Trace(query, Verdict.UNCHECKED, reason=reason)
    reason = "the cited source is in another language; a sentence of it has the same numbers and names"
    return Trace(query, Verdict.TRANSLATION, passage=original, relation=Relation.PRIMARY, reason=reason)
