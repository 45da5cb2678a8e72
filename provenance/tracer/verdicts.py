"""Verdicts: what can honestly be said of a quotation, given the places that its words may come from.

1. Read the quotation: its words, and what it marks as changed.
2. Look for just these words; where they stand, nothing was altered, but what bounds them may have been cut off.
3. Where its source is named and at hand, compare with that source; what stands elsewhere is a lead, not a source.
4. Else compare with the stretches of the body that share most with it; below the evidence gate nobody is accused.
5. Ask whether the same speaker is named.
6. Say what is missing.
7. Follow the words from source to source, as far back as the body goes (tracer.chains).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from math import log2

import attrs

from provenance.model.trace import (
    Passage,
    Query,
    Relation,
    Severity,
    Source,
    SpeakerAgreement,
    Trace,
    Verdict,
)
from provenance.tracer import reasons
from provenance.tracer.candidates import Candidates, Region
from provenance.tracer.chains import Enrich, chained
from provenance.tracer.compare import Comparison
from provenance.tracer.cuts import cuts
from provenance.tracer.doubts import (
    doubt,
    hides,
    is_later,
    is_mostly_other,
    is_rendering,
    is_too_short,
    quotes_less,
    trims,
)
from provenance.tracer.evidence import gate, gate_within, lacking
from provenance.tracer.faithful import MOST_CANDIDATES, faithful, rank
from provenance.tracer.fold import spoken
from provenance.tracer.lexicons import UNKNOWN
from provenance.tracer.memory import MemoryCandidates
from provenance.tracer.places import (
    Asked,
    compared_places,
    compared_within,
    exact_places,
    is_headline,
    is_speech,
    relation_of,
)
from provenance.tracer.sides import alteration_of
from provenance.tracer.speakers import agreement, claimed_speaker, speaker_in
from provenance.tracer.splices import (
    Elsewhere,
    alteration_elsewhere,
    find_elsewhere,
    other_place,
    shown,
    spliced,
)
from provenance.tracer.translations import is_other_language, original_of

SHORTEST = 3
"""Words a quotation needs before finding them in another article means anything by itself."""
SHORTEST_SELF = 2
"""Words needed where a headline repeats a quotation of its own article, or a named source is asked."""
SHORTEST_CUT = 5
"""Words a quotation needs before it is said to be cut short in a source that nobody named: fewer are said by many."""
LEAST_WEIGHT = 0.25
"""Share of a quotation's information that a place has to hold: less is a phrase that two statements share."""
_HARMLESS = (Severity.FAITHFUL, Severity.MARKED)


def trace_all(
    queries: Iterable[Query], sources: Iterable[Source] | Candidates, *, enrich: Enrich | None = None
) -> Iterator[Trace]:
    """Trace each quotation in the sources, in order. Scare quotes and titles quote nobody and are left out.

    `sources` may be an index of them. `enrich` is asked for the quotations around a passage.
    """
    asked = [query for query in queries if is_speech(query)]
    body = MemoryCandidates(sources) if isinstance(sources, Iterable) else sources
    tracer = Tracer(body, enrich)
    for query in asked:
        yield tracer.trace(query)


@attrs.frozen
class Tracer:
    """A body of sources to trace in."""

    body: Candidates
    enrich: Enrich | None = None

    def trace(self, query: Query) -> Trace:
        """Trace one quotation."""
        asked = Asked.of(query, self.body)  # 1
        count = spoken(asked.wording.everything)
        if count < SHORTEST_SELF:
            return reasons.unchecked(query, count)
        cited = self.body.number(query.cited) if query.cited is not None else None
        outcome = self._exact(asked, cited)  # 2
        if outcome is None and count < SHORTEST:
            return reasons.unchecked(query, count)
        if outcome is None and asked.wording.words:
            outcome = self._compared(asked, cited)
        if outcome is None:
            return self._untraced(asked, cited)  # 6
        return chained(self._attributed(outcome), self.body, self.enrich)  # 5, 7

    def _exact(self, asked: Asked, cited: int | None) -> Trace | None:
        """Return the trace of words that stand somewhere just so."""
        places = exact_places(asked, self.body)
        pool = [passage for region, passage in places if region.document == cited]
        pool = pool or [passage for region, passage in places if self._proves(asked, region, passage)]
        if not pool:
            return None
        pool = [self._enriched(passage, len(pool)) for passage in pool]
        ranked = sorted(pool, key=lambda passage: rank(asked.query, passage))
        if cited is None and self._is_ambiguous(asked, ranked):
            return reasons.ambiguous(asked.query, ranked, MOST_CANDIDATES)
        outcome = faithful(asked, ranked, self.body)
        if cited is None and outcome.verdict is Verdict.TRUNCATED and not self._accuses(asked, outcome):
            return reasons.stands_bounded(asked.query, ranked[:MOST_CANDIDATES])
        return outcome

    def _accuses(self, asked: Asked, cut: Trace) -> bool:
        """Say whether words that were cut short were beyond doubt taken from where they stand, and not just said twice."""
        if cut.passage is None or cut.relation is Relation.SELF:
            return True
        if spoken(asked.wording.everything) < SHORTEST_CUT or is_later(cut.passage, asked.query):
            return False
        return asked.carried >= gate(self.body) + doubt(asked.query, cut.passage)

    def _enriched(self, passage: Passage, among: int) -> Passage:
        """Return a passage whose source's quotations were read; where very many are asked for, as it is."""
        return passage if self.enrich is None or among > MOST_CANDIDATES else self.enrich(passage)

    def _proves(self, asked: Asked, region: Region, passage: Passage) -> bool:
        """Say whether finding just these words says that they come from there."""
        if spoken(asked.wording.everything) >= SHORTEST:
            return True
        if is_headline(asked.query) and passage.quoted_in is not None:
            return relation_of(asked.query, passage) is Relation.SELF
        return asked.query.quotation is None and region.bits > log2(self.body.size + 2) + 2

    def _is_ambiguous(self, asked: Asked, ranked: Sequence[Passage]) -> bool:
        """Say whether few and common words stand in several sources that have nothing to do with one another."""
        if any(relation_of(asked.query, passage) is Relation.SELF for passage in ranked):
            return False
        documents = {passage.source.text_digest or passage.source.id for passage in ranked}
        return len(documents) > 2 and asked.carried < log2(self.body.size + 2) + 2

    def _compared(self, asked: Asked, cited: int | None) -> Trace | None:
        """Return the trace of words that stand somewhere with changes."""
        if cited is not None:  # 3
            within = compared_within(asked, self.body, cited)
            least = gate_within(len(self.body.folded(cited)))
            accepted = [c for c in within if c.bits >= least and c.weight >= LEAST_WEIGHT]
        else:  # 4
            accepted = [c for c in compared_places(asked, self.body) if self._passes(asked, c)]
        if not accepted:
            return None
        best, *others = sorted(accepted, key=lambda c: self._order(asked, c))
        elsewhere = find_elsewhere(asked, best, self.body)
        leads = [self._bare(c) for c in others]
        own = relation_of(asked.query, self._bare(best)) is Relation.SELF and not is_headline(asked.query)
        if elsewhere is not None and own:
            return None  # an article may quote twice what was said alike: its own words are no splice of one another
        if elsewhere is not None:
            best = shown(spliced(elsewhere), elsewhere)
            leads = [other_place(best, elsewhere, self.body), *leads]
        elif cited is None and (quotes_less(best) or is_mostly_other(best)):
            say = reasons.quoted_shorter if quotes_less(best) else reasons.mostly_other
            return say(asked.query, [self._bare(best), *leads][:MOST_CANDIDATES])
        elif best.verdict is Verdict.SPLICE:
            best = shown(best, None)
        if best.sides.lexicon.language == UNKNOWN and hides(best):
            return reasons.unjudged(asked.query, [self._bare(best), *leads][:MOST_CANDIDATES])
        return _judged(asked, best, leads, self, elsewhere)

    def passage(self, comparison: Comparison) -> Passage:
        """Return the passage of a comparison, with the quotations around it."""
        return self._enriched(self._bare(comparison), 1)

    def _bare(self, comparison: Comparison) -> Passage:
        return Passage(self.body.source(comparison.document), comparison.start, comparison.end)

    def _order(self, asked: Asked, comparison: Comparison) -> tuple[object, ...]:
        """Order comparisons: most evidence, fewest changes, then as passages are."""
        passage = self._bare(comparison)
        changed = sum(edit.verdict is not None for edit in comparison.edits)
        return (-round(comparison.bits), changed, *rank(asked.query, passage))

    def _passes(self, asked: Asked, comparison: Comparison) -> bool:
        """Say whether the evidence is beyond chance, and beyond the doubt that the context raises."""
        if is_headline(asked.query) and trims(asked, comparison, self.body):
            return True
        least = gate(self.body) + lacking(comparison.weight)
        if comparison.bits < least or comparison.weight < LEAST_WEIGHT:
            return False
        passage = self._bare(comparison)
        if claimed_speaker(asked.query):
            passage = self._enriched(passage, 1)
        if relation_of(asked.query, passage) is Relation.SELF:
            return is_rendering(asked, comparison, passage)
        if comparison.verdict.severity not in _HARMLESS and is_later(passage, asked.query):
            return False  # what was published afterwards is no source: there the words may have been altered
        return comparison.bits >= least + doubt(asked.query, passage)

    def _untraced(self, asked: Asked, cited: int | None) -> Trace:
        query = asked.query
        if cited is not None and is_other_language(asked, self.body, cited):
            return reasons.in_other_language(query, original_of(asked, self.body, cited))
        if cited is not None:
            leads = [c for c in compared_places(asked, self.body) if self._passes(asked, c)]
            return reasons.untraced_in(query, [self._bare(c) for c in leads[:MOST_CANDIDATES]])
        via = query.quotation.via if query.quotation else None
        return reasons.untraced_out(query, via or query.cited, short=is_too_short(asked, self.body))

    def _attributed(self, trace: Trace) -> Trace:
        """Add whether the same speaker is named; faithful words in another's mouth are MISATTRIBUTED."""
        if trace.passage is None:
            return trace
        status = agreement(trace.query, trace.passage)
        trace = attrs.evolve(trace, speaker_status=status)
        faithful = trace.verdict.severity in _HARMLESS
        enough = dict(trace.evidence).get("bits", 0.0) >= gate(self.body)
        if status is SpeakerAgreement.DIFFERENT and faithful and enough:
            names_it = speaker_in(trace.passage) if trace.passage else None
            return reasons.misattributed(trace, claimed_speaker(trace.query), names_it)
        return trace


def _judged(
    asked: Asked, best: Comparison, others: Sequence[Passage], tracer: Tracer, elsewhere: Elsewhere | None
) -> Trace:
    """Return the trace of a comparison that is beyond chance."""
    verdict = best.verdict
    alterations = []
    for edit in best.edits:
        alteration = alteration_of(edit, best.sides)
        if elsewhere is not None and edit.gap == elsewhere.edit.gap:
            alteration = alteration_elsewhere(alteration, best, elsewhere)
        alterations += [alteration] if edit.verdict is not None else []
    whole = best.blocks[0].quoted == 0 and best.blocks[-1].quoted + best.blocks[-1].size == len(
        asked.wording.words
    )
    cut = cuts(asked, best.sides, best.first, best.last) if whole else ()
    if cut and verdict.severity in (*_HARMLESS, Severity.ALTERED):
        hidden = asked.wording.ellipses.keys() & {0, len(asked.wording.words)}
        verdict = Verdict.ELLIPSIS_HIDES if hidden else Verdict.TRUNCATED
        alterations += cut
    passage = tracer.passage(best)
    reason = reasons.of_compared(verdict, relation_of(asked.query, passage), len(alterations))
    return Trace(
        query=asked.query,
        verdict=verdict,
        passage=passage,
        relation=relation_of(asked.query, passage),
        alterations=tuple(alterations),
        candidates=tuple(others[:MOST_CANDIDATES]),
        evidence=(
            ("coverage", round(best.coverage, 3)),
            ("weight", round(best.weight, 3)),
            ("bits", round(best.bits, 1)),
            ("idf_mass", round(best.bits, 1)),
        ),
        reason=reasons.without_lists(reason, best.sides.lexicon.language),
    )
