"""Doubts: what speaks against calling a likeness an alteration, though it is beyond chance."""

from __future__ import annotations

from provenance.model.dates import Date
from provenance.model.trace import Passage, Query, Relation, Severity, Verdict
from provenance.tracer.candidates import Candidates
from provenance.tracer.compare import Comparison
from provenance.tracer.evidence import Floor, gate
from provenance.tracer.places import Asked, is_headline, relation_of
from provenance.tracer.sides import Edit, Sides
from provenance.tracer.speakers import claimed_speaker, names, speaker_in
from provenance.tracer.speech import holds_mark

_HALF = 0.5
_RENDERED = 0.75
"""Share of a quotation's words that another quotation of the same article has, where both render one statement."""
_DAYS_APART = 14
_APART = 10.0
"""Bits more that an alteration needs where quotation and source lie more than some days apart; twice that for a year."""
_OTHER_SPEAKER = 24.0
"""Bits more that it needs where both name other people."""


def trims(asked: Asked, comparison: Comparison, body: Candidates) -> bool:
    """Say whether a headline has all its words, in order, from one quotation of its own article, and leaves some out."""
    source = body.source(comparison.document)
    passage = Passage(source, comparison.start, comparison.end)
    left_out = comparison.last - comparison.first - len(asked.wording.words)
    return (
        relation_of(asked.query, passage) is Relation.SELF
        and passage.quoted_in is not None
        and comparison.coverage == 1.0
        and left_out <= 2 * len(asked.wording.words)
    )


def quotes_less(best: Comparison) -> bool:
    """Say whether a source has only a part of the words, unchanged, and ends its sentence there: it may just quote less."""
    words, ends = len(best.sides.wording.words), (best.edits[0], best.edits[-1]) if best.edits else ()
    beyond = [edit for edit in ends if _is_beyond_marks(edit, best.sides, words)]
    changed = [edit for edit in best.edits if edit.verdict is not None and edit not in beyond]
    return bool(beyond) and not changed


def hides(best: Comparison) -> bool:
    """Say whether all that differs is marked, and a mark stands for words of the source."""
    marked = [edit for edit in best.edits if edit.verdict is Verdict.MARKED]
    return best.verdict is Verdict.MARKED and any(e.gap.original < e.gap.original_end for e in marked)


def is_mostly_other(best: Comparison) -> bool:
    """Say whether less than half of the words stand in a source: nothing says that the others were put in their place."""
    return best.coverage < _HALF and best.verdict.severity is Severity.DISTORTED


def _is_beyond_marks(edit: Edit, sides: Sides, words: int) -> bool:
    gap = edit.gap
    outer = gap.quoted == 0 or gap.quoted_end == words
    empty = gap.original == gap.original_end and gap.quoted_end - gap.quoted > 2
    between = sides.between(gap.original, gap.original)
    return outer and empty and (holds_mark(between) or sides.is_boundary(gap.original))


def is_too_short(asked: Asked, body: Candidates) -> bool:
    """Say whether the words of a quotation carry too little for a change of any one of them to be told from chance."""
    return not Floor.of(asked.wording.words, body, gate(body)).is_reached_without_any_one()


def is_later(passage: Passage, query: Query) -> bool:
    """Say whether a passage was published on a later day than the quotation."""
    apart = _days_between(passage.source.published, query.quoted_at)
    return apart is not None and apart > 0


def doubt(query: Query, passage: Passage) -> float:
    """Return the bits that evidence has to exceed the gate by, where the context speaks against a common origin."""
    doubt = 0.0
    apart = _days_between(query.quoted_at, passage.source.published)
    if apart is not None and apart > _DAYS_APART:
        doubt += _APART if apart <= 366 else 2 * _APART
    claimed, found = claimed_speaker(query), speaker_in(passage)
    if claimed and found:
        mine, theirs = names(claimed), names(found)
        if len(mine) > 1 and len(theirs) > 1 and not mine & theirs:
            doubt += _OTHER_SPEAKER
    return doubt


def _days_between(quoted_at: str | None, published: str | None) -> int | None:
    """Return by how many days the first of two dates is the later one, where both are known to the day."""
    try:
        days = [Date.parse(date or "").day_date for date in (quoted_at, published)]
    except ValueError:
        return None
    return (days[0] - days[1]).days if days[0] and days[1] else None


def is_rendering(asked: Asked, comparison: Comparison, passage: Passage) -> bool:
    """Say whether a place in the same article renders the same statement: another of its quotations, nearly whole."""
    quoted = any(s < passage.end and passage.start < e for s, e in passage.source.quoted)
    if not quoted:
        return False
    if comparison.verdict.severity is Severity.DISTORTED and not is_headline(asked.query):
        return False  # two statements of one form: other numbers, other names, a denial
    return comparison.coverage >= _RENDERED
