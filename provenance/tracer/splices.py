"""Splices: words of a quotation that are missing where the rest stands, and stand somewhere else."""

from __future__ import annotations

import attrs

from provenance.model.trace import Alteration, AlterationKind, Passage, Verdict
from provenance.tracer.candidates import Candidates
from provenance.tracer.compare import Comparison
from provenance.tracer.evidence import gate, gate_within
from provenance.tracer.places import Asked, compared_places, compared_within
from provenance.tracer.sides import Edit, Gap
from provenance.tracer.wording import Wording

_FEWEST = 5
"""Words in a row that are looked for elsewhere."""
_NEAR = 1.6
"""Times the words of a quotation that two places may lie apart, both counted, to be shown as one passage."""
_COMPARABLE = 0.5
_WHOLE = 0.8
"""Share of them that has to stand there."""


@attrs.frozen
class Elsewhere:
    """Words that stand in another place than the rest of a quotation: the edit at which they are missing, and that place."""

    edit: Edit
    place: Comparison

    def passage(self, body: Candidates) -> Passage:
        """Return where they stand."""
        return Passage(body.source(self.place.document), self.place.start, self.place.end)


def find_elsewhere(asked: Asked, best: Comparison, body: Candidates) -> Elsewhere | None:
    """Look for the longest row of words that a comparison lacks: first in the same source, then in all others."""
    lacking = [
        edit for edit in best.edits if edit.gap.quoted_end - edit.gap.quoted >= _FEWEST and edit.verdict
    ]
    if not lacking:
        return None
    edit = max(lacking, key=lambda each: each.gap.quoted_end - each.gap.quoted)
    part = attrs.evolve(asked, wording=_part(asked.wording, edit.gap))
    here = gate_within(len(body.folded(best.document)))
    for place in compared_within(part, body, best.document):
        if place.bits >= here and place.coverage >= _WHOLE:
            return Elsewhere(edit, place)
    for place in compared_places(part, body):
        if place.bits >= gate(body) and place.coverage >= _WHOLE:
            return Elsewhere(edit, place)
    return None


def _part(wording: Wording, gap: Gap) -> Wording:
    words = wording.words[gap.quoted : gap.quoted_end]
    return Wording(words, wording.spans[gap.quoted : gap.quoted_end], {}, {}, frozenset(), {}, words)


def spliced(best: Comparison, elsewhere: Elsewhere) -> Comparison:
    """Return a comparison that knows where the words stand that it lacks."""
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


def alteration_elsewhere(alteration: Alteration, best: Comparison, elsewhere: Elsewhere) -> Alteration:
    """Return the alteration of a splice with the other place, where it lies in the same source."""
    place = elsewhere.place
    if place.document != best.document:
        return attrs.evolve(alteration, original="", passage=(alteration.passage[0],) * 2)
    characters = best.sides.characters[place.start : place.end]
    return attrs.evolve(alteration, passage=(place.start, place.end), original=characters)
