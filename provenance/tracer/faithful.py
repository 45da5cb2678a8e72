"""Faithful: words that stand somewhere just so; which of the places is shown, and what standing there amounts to."""

from __future__ import annotations

from collections.abc import Sequence

from provenance.model.trace import Passage, Query, Relation, Trace, Verdict
from provenance.tracer import reasons
from provenance.tracer.candidates import Candidates
from provenance.tracer.cuts import cut_around, is_part, sides_of
from provenance.tracer.places import Asked, is_headline, relation_of

MOST_CANDIDATES = 5
"""Further places that a trace names; how many more there are stands in its reason."""
LONGEST_PART = 8
"""Words up to which a piece of a sentence is called PARTIAL."""


def rank(query: Query, passage: Passage) -> tuple[object, ...]:
    """Order passages: another article's own words first, then the same letters, then the earliest.

    A headline takes its words from its own article, so there it is looked for first.
    """
    relation = relation_of(query, passage)
    order = (Relation.PRIMARY, Relation.SECONDARY, Relation.SELF).index(relation)
    if relation is Relation.SELF and is_headline(query) and passage.quoted_in is not None:
        order = -1
    published = passage.source.published
    return (order, not _is_verbatim(query, passage), published is None, published or "", passage.start)


def _is_verbatim(query: Query, passage: Passage) -> bool:
    exact = query.exact.strip().rstrip(",.").strip()
    characters = passage.source.characters
    return exact in characters[max(0, passage.start - 3) : passage.end + 3]


def faithful(asked: Asked, ranked: Sequence[Passage], body: Candidates) -> Trace:
    """Return the trace of words that stand there just so; of several places one where nothing was cut off."""
    query = asked.query
    best, cut = ranked[0], cut_around(asked, ranked[0], body)
    if cut:
        whole = next((p for p in ranked[1:MOST_CANDIDATES] if not cut_around(asked, p, body)), None)
        best, cut = (whole, ()) if whole else (best, cut)
    others = [passage for passage in ranked if passage is not best]
    verdict = Verdict.VERBATIM if _is_verbatim(query, best) else Verdict.NORMALISED
    if cut:
        verdict = Verdict.TRUNCATED
    elif len(asked.wording.everything) <= LONGEST_PART and is_part(asked, best, body):
        verdict = Verdict.PARTIAL if verdict is Verdict.VERBATIM else verdict
    bits = asked.carried
    language = sides_of(asked, best, body)[0].lexicon.language
    relation = relation_of(query, best)
    reason = reasons.of_faithful(verdict, relation, len(others), another=query.input is not None)
    return Trace(
        query=query,
        verdict=verdict,
        passage=best,
        relation=relation,
        alterations=cut,
        candidates=tuple(others[:MOST_CANDIDATES]),
        evidence=(("coverage", 1.0), ("bits", round(bits, 1)), ("idf_mass", round(bits, 1))),
        reason=reasons.without_lists(reason, language),
    )
