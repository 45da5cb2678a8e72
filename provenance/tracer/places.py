"""Places: of all stretches that share words with a quotation, the one it was taken from, or the ones it may have been."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress

import attrs

from provenance.model.quotation import NOT_SPEECH, QuotationKind, Span
from provenance.model.trace import Passage, Query, Relation, Source
from provenance.tracer.candidates import SLACK, Candidates, Region
from provenance.tracer.compare import Comparison, compare
from provenance.tracer.evidence import Floor, gate
from provenance.tracer.fold import Folded, fold_quotation
from provenance.tracer.lexicons import UNKNOWN, Lexicon, language_of, lexicon, written_in
from provenance.tracer.wording import Wording, wording_of

MOST_COMPARED = 6
"""Stretches that a quotation is compared with."""
MOST_EXACT = 64
"""Places that are kept of one wording; words that stand in more places than this tell nothing of where they came from."""
_AROUND = 100
"""Words on either side of a stretch that show in which language it is written."""


@attrs.frozen
class Asked:
    """A quotation on its way: its wording, its language, and the words right before and behind it in its article."""

    query: Query
    wording: Wording
    lexicon: Lexicon
    before: tuple[str, ...]
    behind: tuple[str, ...]
    carried: float
    """Bits of all its words, those in brackets too."""
    own: Span | None = None
    """Where it stands itself, in the text of its article (code points)."""

    @classmethod
    def of(cls, query: Query, body: Candidates) -> Asked:
        """Read a quotation. Where only the source that it stands in is named, it is found there."""
        wording = wording_of(query)
        quotation = query.quotation
        return cls(
            query,
            wording,
            lexicon(language_of(wording.everything[:400])),
            fold_quotation(quotation.prefix) if quotation else (),
            fold_quotation(quotation.suffix) if quotation else (),
            sum(map(body.bits, wording.everything)),
            _own_place(query, wording, body),
        )

    def is_own(self, source: Source, start: int, end: int) -> bool:
        """Say whether a passage touches the place where the quotation itself stands."""
        return (
            self.own is not None
            and start < self.own[1]
            and self.own[0] < end
            and is_same_text(self.query, source)
        )

    def lexicon_beside(self, body: Candidates, document: int, stretch: Span) -> Lexicon:
        """Return the lexicon of a quotation's language; where its words do not show that, of the text around a stretch."""
        if self.lexicon.language == UNKNOWN or self.lexicon.is_spoken(self.wording.everything):
            return self.lexicon
        around = slice(max(0, stretch[0] - _AROUND), stretch[1] + _AROUND)
        return lexicon(written_in(body.folded(document).words[around], self.lexicon.language))

    def compare(
        self, body: Candidates, document: int, stretch: Span, least: float = 0.0, among: int | None = None
    ) -> Comparison | None:
        """Compare the quotation with a stretch of words of a source: see `compare.compare`."""
        prepared = (
            self.wording,
            self.query.exact,
            self.query.start or 0,
            self.lexicon_beside(body, document, stretch),
        )
        return compare(prepared, body, document, stretch, least, among)


def _own_place(query: Query, wording: Wording, body: Candidates) -> Span | None:
    if query.start is not None and query.end is not None:
        return (query.start, query.end)
    document = body.number(query.within) if query.within is not None else None
    if document is None:
        return None
    regions = [r for r in body.exact(wording.everything, MOST_EXACT) if r.document == document]
    words = body.folded(document)
    return (words.starts[regions[0].first], words.ends[regions[0].last - 1]) if regions else None


def is_same_text(query: Query, source: Source) -> bool:
    """Say whether a source is the text the quotation stands in: the same record, or the same text wherever it lies."""
    if query.within is not None and query.within == source.id:
        return True
    if query.text_digest is not None and query.text_digest == source.text_digest:
        return True
    return query.input is not None and query.input == source.input and query.record == source.record


def relation_of(query: Query, passage: Passage) -> Relation:
    """Say how a passage stands to a quotation."""
    same_part = query.part is None or query.part == passage.source.part
    if is_same_text(query, passage.source) and same_part:
        return Relation.SELF
    return Relation.SECONDARY if passage.quoted_in is not None else Relation.PRIMARY


def exact_places(asked: Asked, body: Candidates) -> list[tuple[Region, Passage]]:
    """Return where just the quotation's words stand in a row, but for the place where it stands itself."""
    found = []
    for region in body.exact(asked.wording.everything, MOST_EXACT):
        source, words = body.source(region.document), body.folded(region.document)
        passage = Passage(source, words.starts[region.first], words.ends[region.last - 1])
        if not asked.is_own(source, passage.start, passage.end):
            found.append((region, passage))
    return found


def compared_places(asked: Asked, body: Candidates) -> list[Comparison]:
    """Return comparisons with the stretches that share most with a quotation, the best first.

    Those below the evidence gate are left out, but for a headline, which may trim a quotation of its own article.
    """
    least = 0.0 if is_headline(asked.query) else gate(body)
    words = asked.wording.words
    floor = Floor.of(words, body, least) if least else None
    regions = body.near(words, MOST_COMPARED + (2 if asked.own else 0), floor)
    found: list[Comparison] = []
    for region in regions:
        if any(comparison.bits > region.bits for comparison in found):
            break  # no later one can share as much
        for stretch in _stretches(asked, body, region.document, region.first - SLACK, region.last + SLACK):
            comparison = asked.compare(body, region.document, stretch, least)
            if comparison is not None:
                found.append(comparison)
    own = body.number(asked.query.within) if is_headline(asked.query) and asked.query.within else None
    if own is not None:
        found += compared_within(asked, body, own)
    return sorted(found, key=lambda comparison: -comparison.bits)


def compared_within(asked: Asked, body: Candidates, document: int) -> list[Comparison]:
    """Return comparisons with the densest stretches of one source, the best first."""
    words = body.folded(document)
    size = len(asked.wording.words)
    found = []
    for first in _densest(asked.wording.words, words, body):
        for stretch in _stretches(asked, body, document, first - SLACK, first + 3 * size + SLACK):
            comparison = asked.compare(body, document, stretch, among=len(words))
            if comparison is not None:
                found.append(comparison)
    return sorted(found, key=lambda comparison: -comparison.bits)


def _stretches(asked: Asked, body: Candidates, document: int, first: int, last: int) -> Iterator[Span]:
    """Yield a stretch of words, or what is left of it on both sides of the quotation's own place."""
    words = body.folded(document)
    if asked.own is None or not is_same_text(asked.query, body.source(document)):
        yield (first, last)
        return
    own_first = bisect_right(words.ends, asked.own[0])
    own_last = bisect_left(words.starts, asked.own[1])
    if first < own_first:
        yield (first, min(last, own_first))
    if last > own_last:
        yield (max(first, own_last), last)


def _densest(quoted: Sequence[str], words: Folded, body: Candidates) -> list[int]:
    """Return where the quotation would begin in the stretches of a source that share most bits with it."""
    width = max(16, len(quoted))
    offsets = {word: i for i, word in reversed(list(enumerate(quoted)))}
    bits = {word: body.bits(word) for word in offsets}
    shared: dict[int, float] = {}
    there = words.words[:]
    for place, word in compress(enumerate(there), map(offsets.__contains__, there)):
        bucket = (place - offsets[word]) // width
        shared[bucket] = shared.get(bucket, 0.0) + bits[word]
    joined = {bucket: bits + shared.get(bucket + 1, 0.0) for bucket, bits in shared.items()}
    return [bucket * width for bucket in sorted(joined, key=lambda b: (-joined[b], b))[: MOST_COMPARED // 2]]


def is_headline(query: Query) -> bool:
    """Say whether a quotation stands in a headline."""
    return query.quotation is not None and query.quotation.kind is QuotationKind.HEADLINE


def is_speech(query: Query) -> bool:
    """Say whether a quotation quotes somebody: scare quotes and titles quote nobody."""
    return query.quotation is None or query.quotation.kind not in NOT_SPEECH
