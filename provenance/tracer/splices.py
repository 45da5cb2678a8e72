"""Splices: words of a quotation that are missing where the rest stands, and stand somewhere else."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import attrs

from provenance.model.quotation import Span
from provenance.model.trace import Alteration, AlterationKind, Passage, Verdict
from provenance.tracer.align import Block
from provenance.tracer.candidates import Candidates
from provenance.tracer.compare import Comparison, narrowed
from provenance.tracer.evidence import gate, gate_within
from provenance.tracer.places import Asked, compared_places, compared_within
from provenance.tracer.sides import Edit
from provenance.tracer.wording import Wording

_FEWEST = 5
"""Words in a row that are looked for elsewhere."""
_FARTHEST = 6
"""Words left out from which on a part that is much lighter may stand there by chance."""
_MOST_ROWS = 2
_NEAR = 1.6
"""Times the words of a quotation that two places may lie apart, both counted, to be shown as one passage."""
_COMPARABLE = 0.5
_WHOLE = 0.8
"""Share of them that has to stand there."""


@attrs.frozen
class Elsewhere:
    """Words that stand in another place than the rest of a quotation.

    `rest` compares the rest with where it stands, `edit` is what is missing there, and `place` where that stands.
    """

    rest: Comparison
    edit: Edit
    place: Comparison

    def is_shown_in(self, best: Comparison) -> bool:
        """Say whether a comparison shows this place, and not that of the rest."""
        place = self.place
        return (place.document, place.first, place.last) == (best.document, best.first, best.last)


def find_elsewhere(asked: Asked, best: Comparison, body: Candidates) -> Elsewhere | None:
    """Look for the longest rows of words that a comparison lacks: first in the same source, then in all others."""
    for row in _rows(best, body)[:_MOST_ROWS]:
        place = _place_of(row, asked, best, body)
        if place is None:
            continue
        first, last = row
        kept = [b for b in best.blocks if b.quoted >= last or b.quoted + b.size <= first]
        rest = narrowed(best, kept, body) if len(kept) < len(best.blocks) else best
        edit = next((e for e in rest.edits if e.gap.quoted <= first and last <= e.gap.quoted_end), None)
        if edit is not None:
            return Elsewhere(rest, edit, place)
    return None


def _rows(best: Comparison, body: Candidates) -> list[Span]:
    """Return the rows of words that a comparison lacks, the longest first.

    What stands before and behind the heaviest part is one row each, also where some of its words stand by chance in the
    source: only the least part of such a row may.
    """
    words = best.sides.wording.words
    core = max(_parts(best.blocks), key=lambda part: sum(_bits_of(block, words, body) for block in part))
    rows = {(0, core[0].quoted), (core[-1].quoted + core[-1].size, len(words))}
    rows |= {(edit.gap.quoted, edit.gap.quoted_end) for edit in best.edits if edit.verdict}
    lacking = {row: _lacking(row, best.blocks) for row in rows}
    chosen = [
        (first, last)
        for first, last in rows
        if last - first >= _FEWEST and lacking[first, last] > (last - first) * (1 - _WHOLE)
    ]
    return sorted(chosen, key=lambda row: (row[0] - row[1], row[0]))


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """Divide blocks where several words were put in, or many left out, between them."""
    parts = [[blocks[0]]]
    for block, following in pairwise(blocks):
        put_in = following.quoted - block.quoted - block.size
        left_out = following.original - block.original - block.size
        if put_in > 1 or left_out > _FARTHEST:
            parts.append([])
        parts[-1].append(following)
    return parts


def _bits_of(block: Block, words: Sequence[str], body: Candidates) -> float:
    return sum(map(body.bits, words[block.quoted : block.quoted + block.size]))


def _lacking(row: Span, blocks: Sequence[Block]) -> int:
    first, last = row
    there = sum(max(0, min(last, b.quoted + b.size) - max(first, b.quoted)) for b in blocks)
    return last - first - there


def _place_of(row: Span, asked: Asked, best: Comparison, body: Candidates) -> Comparison | None:
    """Return where a row of a quotation's words stands, nearly whole, or None."""
    part = attrs.evolve(asked, wording=_part(asked.wording, row))
    here = gate_within(len(body.folded(best.document)))
    for place in compared_within(part, body, best.document):
        if place.bits >= here and place.coverage >= _WHOLE:
            return place
    for place in compared_places(part, body):
        if place.bits >= gate(body) and place.coverage >= _WHOLE:
            return place
    return None


def _part(wording: Wording, row: Span) -> Wording:
    words = wording.words[slice(*row)]
    return Wording(words, wording.spans[slice(*row)], {}, {}, frozenset(), {}, words)


def spliced(elsewhere: Elsewhere) -> Comparison:
    """Return a comparison that knows where the words stand that it lacks."""
    best = elsewhere.rest
    edits = tuple(
        attrs.evolve(edit, kind=AlterationKind.SPLICE, verdict=Verdict.SPLICE)
        if edit is elsewhere.edit
        else edit
        for edit in best.edits
    )
    gap = elsewhere.edit.gap
    found = (gap.quoted_end - gap.quoted) / max(1, len(best.sides.wording.words))
    return attrs.evolve(best, edits=edits, coverage=min(1.0, best.coverage + found))


@attrs.frozen
class _Piece:
    """Words of a quotation that stand together: from which word of it on, how many, and where in the source."""

    quoted: int
    size: int
    first: int
    last: int


def shown(best: Comparison, elsewhere: Elsewhere | None) -> Comparison:
    """Return a comparison whose passage is what can be shown of a splice: both places where they lie near, else the first.

    The first place is left for another only where it holds but a small part of the quotation.
    """
    pieces = _pieces(best)
    if elsewhere is not None and elsewhere.place.document == best.document:
        place, gap = elsewhere.place, elsewhere.edit.gap
        pieces.append(_Piece(gap.quoted, gap.quoted_end - gap.quoted, place.first, place.last))
    first, last = min(p.first for p in pieces), max(p.last for p in pieces)
    words = len(best.sides.wording.words)
    if len(pieces) == 1 or last - first <= _NEAR * words:
        return best if len(pieces) == 1 else attrs.evolve(best, first=first, last=last)
    most = max(piece.size for piece in pieces)
    piece = next(p for p in sorted(pieces, key=lambda p: p.quoted) if p.size >= _COMPARABLE * most)
    return attrs.evolve(best, first=piece.first, last=piece.last)


def _pieces(best: Comparison) -> list[_Piece]:
    """Return the places between which a comparison jumps."""
    jumps = {edit.gap.original_end for edit in best.edits if edit.kind is AlterationKind.SPLICE}
    pieces: list[_Piece] = []
    for block in best.blocks:
        last = block.original + block.size
        if pieces and block.original not in jumps:
            piece = pieces[-1]
            size = block.quoted + block.size - piece.quoted
            pieces[-1] = attrs.evolve(piece, size=size, last=last)
        else:
            pieces.append(_Piece(block.quoted, block.size, block.original, last))
    return [
        attrs.evolve(best_piece, first=best.first) if not i else best_piece
        for i, best_piece in enumerate(pieces)
    ]


def other_place(best: Comparison, elsewhere: Elsewhere, body: Candidates) -> Passage:
    """Return the place of a splice that a comparison does not show, or shows beside the first."""
    place = elsewhere.rest if elsewhere.is_shown_in(best) else elsewhere.place
    return Passage(body.source(place.document), place.start, place.end)


def alteration_elsewhere(alteration: Alteration, best: Comparison, elsewhere: Elsewhere) -> Alteration:
    """Return the alteration of a splice with the other place, where it lies in the same source."""
    place = elsewhere.place
    if place.document != best.document:
        return attrs.evolve(alteration, original="", passage=(alteration.passage[0],) * 2)
    characters = best.sides.characters[place.start : place.end]
    return attrs.evolve(alteration, passage=(place.start, place.end), original=characters)
