"""Cuts: what a quotation leaves out right before and behind its words, where that bounds them or takes them back."""

from __future__ import annotations

from bisect import bisect_left

from archive import lazily
from provenance.model.trace import Alteration, AlterationKind, Passage
from provenance.tracer.candidates import Candidates
from provenance.tracer.compare import is_cut_after, is_cut_before, is_cut_later
from provenance.tracer.places import Asked
from provenance.tracer.sides import Sides
from provenance.tracer.speech import ends_clause, holds_mark

_FULL_STOP = lazily.compile(r"[^\W_][.!?][^\w.…]*\Z")
_MOST_CUT = 12
"""Words of what was cut off that are shown."""


def sides_of(asked: Asked, passage: Passage, body: Candidates) -> tuple[Sides, int, int]:
    """Return a passage of just a quotation's words beside it: where it begins and ends among the words of its source."""
    document = body.number_of(passage.source)
    assert document is not None, "a passage lies in a source of the body"
    source = body.folded(document)
    first = bisect_left(source.starts, passage.start)
    last = first + len(asked.wording.everything)
    sides = Sides(
        asked.wording,
        source,
        passage.source.characters,
        asked.query.exact,
        asked.query.start or 0,
        asked.lexicon_beside(body, document, (first, last)),
    )
    return sides, first, last


def cut_around(asked: Asked, passage: Passage, body: Candidates) -> tuple[Alteration, ...]:
    """Return what was cut off around a passage that holds just the quotation's words."""
    sides, first, last = sides_of(asked, passage, body)
    return cuts(asked, sides, first, last)


def cuts(asked: Asked, sides: Sides, first: int, last: int) -> tuple[Alteration, ...]:
    """Return what was cut off before and behind the words, where it bounds them or takes them back."""
    spans = asked.wording.spans
    start, end = (spans[0][0], spans[-1][1]) if spans else (0, 0)
    found = []
    if is_cut_before(sides, first, asked.before[-6:]):
        place = first
        while place and not ends_clause(sides.between(place, place)) and first - place < _MOST_CUT:
            place -= 1
        found.append(
            _truncation((start, start), (sides.source.starts[place], sides.source.ends[first - 1]), sides)
        )
    whole = _claims_whole_sentence(asked, sides, first)
    if is_cut_after(sides, last, asked.behind[:8]) or (whole and is_cut_later(sides, last, asked.behind[:8])):
        place = last + 1
        while place < len(sides.source) and place - last < _MOST_CUT and not _is_edge(sides, place):
            place += 1
        found.append(
            _truncation((end, end), (sides.source.starts[last], sides.source.ends[place - 1]), sides)
        )
    return tuple(found)


def _claims_whole_sentence(asked: Asked, sides: Sides, first: int) -> bool:
    """Say whether a quotation poses as a whole sentence: it begins one of its source, and ends with a full stop."""
    begins = sides.is_boundary(first) or holds_mark(sides.between(first, first))
    return begins and _FULL_STOP.search(asked.query.exact) is not None


def _truncation(quotation: tuple[int, int], passage: tuple[int, int], sides: Sides) -> Alteration:
    return Alteration(AlterationKind.TRUNCATION, quotation, passage, "", sides.characters[slice(*passage)])


def is_part(asked: Asked, passage: Passage, body: Candidates) -> bool:
    """Say whether words are a piece of a longer sentence: it goes on behind them, or begins before."""
    sides, first, last = sides_of(asked, passage, body)
    return not (_is_edge(sides, first) and _is_edge(sides, last))


def _is_edge(sides: Sides, place: int) -> bool:
    """Say whether a sentence, or quoted speech, begins or ends right before a word."""
    return sides.is_boundary(place) or holds_mark(sides.between(place, place))
