"""Verdicts: what can honestly be said of a quotation, given the passages that hold its words.

So far three things are told apart: the same words (VERBATIM), the same but for typography (NORMALISED), and words that
were not found. Nothing here accuses: altered wording counts as not found.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence

from provenance.model.quotation import NOT_SPEECH, QuotationKind
from provenance.model.trace import Passage, Query, Relation, Source, Trace, Verdict
from provenance.tracer.fold import fold_quotation
from provenance.tracer.passages import MOST_PASSAGES, Words, find

SHORTEST = 3
"""Words a quotation needs before finding them in another article means anything."""
SHORTEST_SELF = 2
"""Words needed where a headline repeats a quotation of its own article."""
MOST_CANDIDATES = 5
"""Further places that a trace names; how many more there are stands in its reason."""


def trace_all(queries: Iterable[Query], sources: Iterable[Source]) -> Iterator[Trace]:
    """Trace each quotation in the sources, in order. Scare quotes and titles quote nobody and are left out."""
    asked = [query for query in queries if query.quotation is None or query.quotation.kind not in NOT_SPEECH]
    body = _Body(sources)
    wordings = [fold_quotation(query.exact) for query in asked]
    found = find((words for words in wordings if _length(words) >= SHORTEST_SELF), body)
    for query, words in zip(asked, wordings, strict=True):
        yield _trace(query, _length(words), found.get(words, ()), body.ids)


class _Body:
    """Sources on their way through: their ids stay behind, to tell a cited source that is here from one that is not."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = sources
        self.ids: set[str] = set()

    def __iter__(self) -> Iterator[Source]:
        for source in self._sources:
            self.ids.add(source.id)
            yield source


def _trace(query: Query, length: int, found: Sequence[Passage], ids: Collection[str]) -> Trace:
    if length < SHORTEST_SELF:
        return _unchecked(query, length)
    others = [passage for passage in found if not _is_itself(query, passage)]
    usable = [passage for passage in others if length >= SHORTEST or _repeats_own_quotation(query, passage)]
    if usable:
        return _traced(query, usable)
    if length < SHORTEST:
        return _unchecked(query, length)
    return _untraced(query, ids)


def _length(words: Words) -> int:
    """Count the words of a wording, punctuation left aside."""
    return sum(word[0].isalnum() for word in words)


def _traced(query: Query, found: Sequence[Passage]) -> Trace:
    best, *others = sorted(found, key=lambda passage: _rank(query, passage))
    relation = _relation(query, best)
    exactly = _bare(query.exact) in best.source.characters[best.start : best.end + 1]
    return Trace(
        query=query,
        verdict=Verdict.VERBATIM if exactly else Verdict.NORMALISED,
        passage=best,
        relation=relation,
        candidates=tuple(others[:MOST_CANDIDATES]),
        evidence=(("coverage", 1.0),),
        reason=_reason(
            exactly=exactly, relation=relation, others=len(others), another=query.input is not None
        ),
    )


def _reason(*, exactly: bool, relation: Relation, others: int, another: bool) -> str:
    how = "the same words" if exactly else "the same words in other typography"
    where = {
        Relation.SELF: "elsewhere in the same article, which corroborates nothing",
        Relation.SECONDARY: "inside a quotation of another article, which is second-hand itself",
        Relation.PRIMARY: "in another source" if another else "in a source",
    }[relation]
    least = "at least " if others >= MOST_PASSAGES - 1 else ""
    more = f"; {least}{others} further place{'s' if others > 1 else ''}" if others else ""
    return f"{how} stand {where}{more}"


def _untraced(query: Query, ids: Collection[str]) -> Trace:
    via = query.quotation.via if query.quotation else None
    if query.cited in ids:
        return Trace(
            query, Verdict.UNTRACED_IN, reason="the cited source is at hand and does not hold these words"
        )
    missing = via or query.cited
    reason = "no source at hand holds these words"
    if missing:
        reason += f"; {missing} is named as where they come from and is not among the sources"
    return Trace(query, Verdict.UNTRACED_OUT, missing=missing, reason=reason)


def _unchecked(query: Query, count: int) -> Trace:
    reason = f"{count} word{'' if count == 1 else 's'}: too short to decide"
    return Trace(query, Verdict.UNCHECKED, reason=reason)


def _is_itself(query: Query, passage: Passage) -> bool:
    if not _same_text(query, passage.source) or query.start is None or query.end is None:
        return False
    return passage.start < query.end and query.start < passage.end


def _same_text(query: Query, source: Source) -> bool:
    """Say whether a source is the text the quotation stands in: the same record, or the same text wherever it lies."""
    if query.text_digest is not None and query.text_digest == source.text_digest:
        return True
    return query.input == source.input and query.record == source.record


def _relation(query: Query, passage: Passage) -> Relation:
    if _same_text(query, passage.source) and query.part == passage.source.part:
        return Relation.SELF
    return Relation.SECONDARY if _quoted(passage) else Relation.PRIMARY


def _repeats_own_quotation(query: Query, passage: Passage) -> bool:
    kind = query.quotation.kind if query.quotation else None
    return kind is QuotationKind.HEADLINE and _relation(query, passage) is Relation.SELF and _quoted(passage)


def _quoted(passage: Passage) -> bool:
    """Say whether a passage stands inside a quotation of its source (whose quotations come in order)."""
    quoted = passage.source.quoted
    index = bisect_right(quoted, (passage.start, len(passage.source.characters))) - 1
    return index >= 0 and passage.end <= quoted[index][1] + 1


def _rank(query: Query, passage: Passage) -> tuple[int, bool, bool, str, int]:
    """Order passages: another article's own words first, then the same letters, then the earliest.

    A headline takes its words from its own article, so there it is looked for first.
    """
    order = (Relation.PRIMARY, Relation.SECONDARY, Relation.SELF).index(_relation(query, passage))
    if _repeats_own_quotation(query, passage):
        order = -1
    exactly = _bare(query.exact) in passage.source.characters[passage.start : passage.end + 1]
    published = passage.source.published
    return (order, not exactly, published is None, published or "", passage.start)


def _bare(exact: str) -> str:
    return exact.strip().rstrip(",.")
