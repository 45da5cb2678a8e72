"""Chains: from a quotation to the passage it was taken from, to where that one was taken from, to the earliest there is.

All places of the same words are put together, copies of one report are counted once, and the rest is put in the order of
their dates. Who was first is only said where one date is earlier than all others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import attrs

from archive.findings import Finding, found
from provenance.model.dates import Date
from provenance.model.trace import Link, Passage, Query, Relation, Severity, Source, Trace
from provenance.tracer import codes as codes  # (registers what is found here)
from provenance.tracer.candidates import Candidates
from provenance.tracer.fold import fold_quotation
from provenance.tracer.places import MOST_EXACT, is_same_text, relation_of
from provenance.tracer.speakers import speaker_in

MOST_LINKS = 32
"""Places that are put in order; words that stand in more are nobody's."""
_COPY_WORDS = 8
_COPY_SHARE = 0.3
"""Share of rows of eight words of the shorter text from which on two texts are copies of one report."""
_SAMPLED = 4
"""Of so many rows one is compared: those whose last letter's number it divides."""
_FEWEST_WORDS = 4
_UNDATED = "9999"

Enrich = Callable[[Passage], Passage]
"""Returns a passage whose source's quotations around it were read."""


def chained(trace: Trace, body: Candidates, enrich: Enrich | None = None) -> Trace:
    """Return a trace with its chain, who was first, what is missing on the way, and who cites each other."""
    if trace.passage is None or trace.verdict.severity is Severity.UNVERIFIED:
        return trace
    query = trace.query
    passages = [trace.passage, *_others(trace, trace.passage, body, enrich)]
    links = _collapsed([_link(query, passage) for passage in passages], body)
    own = _own_source(query, body)
    first = _first(links, query.quoted_at or (own.published if own else None))
    ordered = sorted(links, key=lambda link: link.passage.source.published or _UNDATED, reverse=True)
    return attrs.evolve(
        trace,
        chain=tuple(ordered),
        first=first,
        missing=trace.missing or _missing(trace, ordered),
        circular=_circle(query, own, links),
    )


def circle_of(trace: Trace) -> Iterator[Finding]:
    """Yield the finding that sources cite each other for the words of a trace, where they do."""
    if trace.circular:
        names = " → ".join((*trace.circular, trace.circular[0]))
        yield found("trace.circular", f"cited in a circle: {names}", actual=trace.query.exact[:200])


def _others(trace: Trace, passage: Passage, body: Candidates, enrich: Enrich | None) -> list[Passage]:
    """Return the other places of a passage's words, one a source, without the article of the quotation itself."""
    words = fold_quotation(passage.exact)
    if len(words) < _FEWEST_WORDS or trace.relation is Relation.SELF:
        return []
    others: list[Passage] = []
    seen = {passage.source.id}
    for region in body.exact(words, MOST_EXACT):
        source = body.source(region.document)
        if source.id in seen or is_same_text(trace.query, source) or len(others) >= MOST_LINKS:
            continue
        seen.add(source.id)
        folded = body.folded(region.document)
        other = Passage(source, folded.starts[region.first], folded.ends[region.last - 1])
        others.append(enrich(other) if enrich is not None else other)
    return others


def _link(query: Query, passage: Passage) -> Link:
    quotation = passage.quotation
    return Link(
        passage,
        relation_of(query, passage),
        speaker=speaker_in(passage),
        via=quotation.via if quotation else None,
    )


def _collapsed(links: Sequence[Link], body: Candidates) -> list[Link]:
    """Return the links with copies of one report put together under the earliest of them."""
    if len(links) < 2:
        return list(links)
    rows = [_rows(link.passage.source, body) for link in links]
    order = sorted(range(len(links)), key=lambda i: links[i].passage.source.published or _UNDATED)
    kept: list[tuple[int, list[str]]] = []
    for i in order:
        original = next((group for group in kept if _is_copy(rows[i], rows[group[0]])), None)
        if original is None:
            kept.append((i, []))
        else:
            original[1].append(links[i].passage.source.id)
    return [attrs.evolve(links[i], copies=tuple(copies)) for i, copies in kept]


def _rows(source: Source, body: Candidates) -> frozenset[tuple[str, ...]]:
    """Return rows of words of a source: those that some letters end, which are the same ones in every copy."""
    document = body.number_of(source)
    words = body.folded(document).words[:] if document is not None else ()
    ends = range(_COPY_WORDS, len(words) + 1)
    return frozenset(
        tuple(words[end - _COPY_WORDS : end]) for end in ends if not ord(words[end - 1][-1]) % _SAMPLED
    )


def _is_copy(rows: frozenset[tuple[str, ...]], others: frozenset[tuple[str, ...]]) -> bool:
    return len(rows & others) >= _COPY_SHARE * max(1, min(len(rows), len(others)))


def _first(links: Iterable[Link], quoted_at: str | None) -> Link | None:
    """Return the link with a date that is earlier than every other's and than the quotation's own, or None."""
    dated = [(date, link) for link in links if (date := _date(link.passage.source.published))]
    if not dated:
        return None
    earliest, link = min(dated, key=lambda pair: str(pair[0]))
    rivals = [date for date, other in dated if other is not link]
    own = _date(quoted_at)
    if any(date.agrees_with(earliest) for date in rivals) or (own and str(own) < str(earliest)):
        return None
    return link


def _date(published: str | None) -> Date | None:
    try:
        return Date.parse(published) if published else None
    except ValueError:
        return None


def _own_source(query: Query, body: Candidates) -> Source | None:
    document = body.number(query.within) if query.within is not None else None
    return body.source(document) if document is not None else None


def _missing(trace: Trace, ordered: Sequence[Link]) -> str | None:
    """Return whom the earliest place took its words from, where that source is not at hand."""
    origin = trace.first or ordered[-1]
    own = trace.query.quotation.via if trace.query.quotation else None
    named = origin.via or (own if trace.relation is Relation.SELF else None)
    if named is None or any(_same_outlet(named, link.passage.source.outlet) for link in ordered):
        return None
    return named


def _same_outlet(named: str | None, outlet: str | None) -> bool:
    if not named or not outlet:
        return False
    mine, theirs = fold_quotation(named), fold_quotation(outlet)
    return mine == theirs or set(mine) <= set(theirs) or set(theirs) <= set(mine)


def _circle(query: Query, own: Source | None, links: Sequence[Link]) -> tuple[str, ...]:
    """Return the outlets of a circle: the quotation's article names one that names another … that names the first."""
    start = own.outlet if own else None
    via = query.quotation.via if query.quotation else None
    outlets: list[str] = []
    while start and via and len(outlets) <= len(links):
        link = next((each for each in links if _same_outlet(via, each.passage.source.outlet)), None)
        if link is None or link.passage.source.outlet in outlets:
            return ()
        outlets.append(link.passage.source.outlet or "")
        if _same_outlet(link.via, start):
            return (start, *outlets)
        via = link.via
    return ()
