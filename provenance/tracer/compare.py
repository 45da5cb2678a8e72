"""Comparison: one quotation beside one stretch of one source: what they share, what was changed, how much that proves."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from provenance.model.trace import Verdict
from provenance.tracer.align import Block, align, crossing
from provenance.tracer.candidates import Candidates
from provenance.tracer.edits import edits_of, is_far
from provenance.tracer.evidence import chance, lacking
from provenance.tracer.lexicons import Lexicon
from provenance.tracer.sides import Edit, Gap, Sides
from provenance.tracer.speech import ends_clause, holds_mark
from provenance.tracer.wording import Wording

_LEAST_BITS = 6.0
"""Bits below which a comparison is not worth making."""
PARAPHRASE_BELOW = 0.72
"""Share of a quotation's words found in its source below which it is another wording rather than an edited one."""
_HEAD_REACH = 4
"""Words before a quotation among which a negation or a head may take it back."""
_CLAUSE = 25
"""Words of a clause among which a denial, or what bounds it, is looked for."""
_WORST = (
    Verdict.NEGATION,
    Verdict.NUMBER,
    Verdict.NAME,
    Verdict.ELLIPSIS_HIDES,
    Verdict.SPLICE,
    Verdict.SUBSTITUTION,
    Verdict.OMISSION,
    Verdict.MARKED,
    Verdict.INTERRUPTED,
)
"""Which edit names the verdict where there are several: the gravest."""


@attrs.frozen
class Comparison:
    """A quotation beside words `[first, last)` of a source.

    `bits` is the evidence that they belong together, `weight` its share of all bits that the quotation carries, `coverage`
    the share of the quotation's words that stand there.
    """

    document: int
    sides: Sides
    blocks: tuple[Block, ...]
    edits: tuple[Edit, ...]
    first: int
    last: int
    bits: float
    weight: float
    coverage: float
    chance: float
    """Bits that each row of shared words lost: what any two stretches share."""

    @property
    def start(self) -> int:
        """Where the passage starts, in code points of its source."""
        return self.sides.source.starts[self.first]

    @property
    def end(self) -> int:
        """Where the passage ends."""
        return self.sides.source.ends[self.last - 1]

    @property
    def verdict(self) -> Verdict:
        """What the edits amount to, without regard to what was cut off around the passage."""
        found = {edit.verdict for edit in self.edits}
        worst = next((verdict for verdict in _WORST if verdict in found), Verdict.NORMALISED)
        if self.coverage < PARAPHRASE_BELOW and worst in (Verdict.SUBSTITUTION, Verdict.OMISSION):
            return Verdict.PARAPHRASE
        return worst


def compare(
    quotation: tuple[Wording, str, int, Lexicon],
    body: Candidates,
    document: int,
    stretch: tuple[int, int],
    least: float = 0.0,
    among: int | None = None,
) -> Comparison | None:
    """Compare a quotation with a stretch of words of a source, or return None where they share nothing that counts.

    `least` is the evidence below which the answer does not matter; then the differences are not looked for. The stretch
    was looked for `among` so many words: all of the body, where nothing is said.
    """
    wording, text, shift, lexicon = quotation
    source = body.folded(document)
    first, last = max(0, stretch[0]), min(len(source), stretch[1])
    joints = {*wording.ellipses, *wording.brackets, *wording.seams, *wording.lettered}
    found = align(wording.words, source.words[first:last], body.bits, joints)
    if not found:
        return None
    by_chance = chance(body.size if among is None else among)
    crossed = crossing(found, wording.words, source.words[first:last], body.bits, by_chance)
    evidence = _bits([*found, *crossed], wording.words, body, by_chance)
    weight = evidence / max(1.0, sum(map(body.bits, wording.words)))
    if evidence < _LEAST_BITS or (
        least
        and evidence
        + _most_elsewhere([*found, *crossed], wording.words, source.words[first:last], body, by_chance)
        < least + lacking(weight)
    ):
        return None
    blocks, crossed = (
        [Block(block.quoted, block.original + first, block.size) for block in each]
        for each in (found, crossed)
    )
    sides = Sides(wording, source, body.source(document).characters, text, shift, lexicon)
    blocks = _without_stray_ends(blocks, sides, body, by_chance)
    return _compared(document, sides, (blocks, crossed), body, by_chance)


def _without_stray_ends(blocks: list[Block], sides: Sides, body: Candidates, by_chance: float) -> list[Block]:
    """Return blocks without a first or last one that is a single word, or no more than chance, far from its neighbour."""
    words, marks = sides.wording.words, {*sides.wording.ellipses, *sides.wording.seams}
    while len(blocks) > 1:
        for stray, (block, following) in ((0, blocks[:2]), (-1, blocks[-2:])):
            end = block.quoted + block.size
            gap = Gap(end, following.quoted, block.original + block.size, following.original)
            marked = marks.intersection(range(end, following.quoted + 1))
            lone = blocks[stray].size == 1 or not _bits([blocks[stray]], words, body, by_chance)
            if lone and not marked and is_far(gap, sides):
                blocks = blocks[1:] if stray == 0 else blocks[:-1]
                break
        else:
            break
    return blocks


def narrowed(best: Comparison, blocks: Sequence[Block], body: Candidates) -> Comparison:
    """Return a comparison that knows of some of its blocks only: the others are there by chance."""
    return _compared(best.document, best.sides, (blocks, ()), body, best.chance)


def _compared(
    document: int,
    sides: Sides,
    found: tuple[Sequence[Block], Sequence[Block]],
    body: Candidates,
    by_chance: float,
) -> Comparison:
    words, (blocks, crossed) = sides.wording.words, found
    there = [*blocks, *crossed]
    evidence = _bits(there, words, body, by_chance)
    edits = edits_of(blocks, sides)
    first, last = _extent(blocks, crossed, edits, sides)
    return Comparison(
        document,
        sides,
        tuple(blocks),
        tuple(edits),
        first,
        last,
        evidence + _bits_elsewhere(edits, sides, body, by_chance, crossed),
        evidence / max(1.0, sum(map(body.bits, words))),
        sum(block.size for block in there) / len(words),
        by_chance,
    )


def _extent(
    blocks: Sequence[Block], crossed: Sequence[Block], edits: Sequence[Edit], sides: Sides
) -> tuple[int, int]:
    """Return from which word to which a passage reaches; one that crosses over no quotation mark is part of it."""
    first = min([blocks[0].original, *(edit.gap.original for edit in edits)])
    last = max([blocks[-1].original + blocks[-1].size, *(edit.gap.original_end for edit in edits)])
    for block in crossed:
        end = block.original + block.size
        if end <= first and not holds_mark(sides.between(end, first)):
            first = block.original
        elif last <= block.original and not holds_mark(sides.between(last, block.original)):
            last = end
    return first, last


def _bits(blocks: Sequence[Block], words: Sequence[str], body: Candidates, by_chance: float) -> float:
    """Return the evidence of blocks: the bits of their words, less what chance gives each block."""
    carried = (sum(map(body.bits, words[block.quoted : block.quoted + block.size])) for block in blocks)
    return sum(max(0.0, each - by_chance) for each in carried)


def _most_elsewhere(
    blocks: Sequence[Block],
    quoted: Sequence[str],
    original: Sequence[str],
    body: Candidates,
    by_chance: float,
) -> float:
    """Return the most that `_bits_elsewhere` can be."""
    aligned = {i for block in blocks for i in range(block.quoted, block.quoted + block.size)}
    rest = {word for i, word in enumerate(quoted) if i not in aligned}.intersection(original)
    return sum(max(0.0, body.bits(word) - by_chance) for word in rest)


def _bits_elsewhere(
    edits: Sequence[Edit], sides: Sides, body: Candidates, by_chance: float, crossed: Sequence[Block]
) -> float:
    """Return the evidence of words that stand in the passage too, in another order, but for rows that were counted."""
    quoted: list[str] = []
    original: set[str] = set()
    for edit in edits:
        here, there = sides.words(edit.gap)
        quoted += here
        original.update(there)
    counted = {word for b in crossed for word in sides.wording.words[b.quoted : b.quoted + b.size]}
    return sum(max(0.0, body.bits(word) - by_chance) for word in (set(quoted) & original) - counted)


def is_cut_after(sides: Sides, last: int, context: Sequence[str]) -> bool:
    """Say whether the sentence goes on with what bounds it ("…, unless"), and `context` keeps silent about it."""
    source, lexicon = sides.source, sides.lexicon
    between = sides.between(last, last)
    if sides.is_boundary(last) or holds_mark(between) or "(" in between:
        return False
    goes_on = not ends_clause(sides.between(last + 1, last + 1))  # "never seen before" has no more to say
    if goes_on and lexicon.denial_closers.at(source.words, last) and _denies(sides, last):
        return not lexicon.denial_closers.within(context)
    return lexicon.closers.at(source.words, last) and not lexicon.closers.within(context)


def is_cut_later(sides: Sides, last: int, context: Sequence[str]) -> bool:
    """Say whether what bounds a statement stands further on in the clause that goes on behind it, and `context` is silent.

    "We shall open it", where the source says "We shall open it in the north if they agree".
    """
    source, closers = sides.source, sides.lexicon.closers
    for place in range(last, min(len(source), last + _CLAUSE)):
        between = sides.between(place, place)
        if sides.is_boundary(place) or ends_clause(between) or holds_mark(between):
            return False
        if closers.at(source.words, place) and not sides.lexicon.similes.at(source.words, place - 1):
            return not closers.within(context) and not _is_listed(sides, place)
    return False


def _is_listed(sides: Sides, place: int) -> bool:
    """Say whether what begins at a word only adds to what was said before in its clause: "not only here but there"."""
    for before in range(place - 1, max(0, place - _CLAUSE), -1):
        if sides.lexicon.lists.at(sides.source.words, before):
            return True
        if ends_clause(sides.between(before, before)):
            return False
    return False


def _denies(sides: Sides, last: int) -> bool:
    """Say whether the clause that ends before a word of the source denies something."""
    for place in range(last - 1, max(-1, last - 1 - _CLAUSE), -1):
        if sides.lexicon.negates(sides.source.words[place]):
            return True
        if ends_clause(sides.between(place, place)):
            return False
    return False


def is_cut_before(sides: Sides, first: int, context: Sequence[str]) -> bool:
    """Say whether a negation or a head right before the passage takes it back, and `context` keeps silent about it."""
    lexicon, words = sides.lexicon, sides.source.words
    if any(lexicon.negates(word) or word in lexicon.heads for word in context):
        return False
    for place in range(first - 1, max(-1, first - 1 - _HEAD_REACH), -1):
        between = sides.between(place + 1, place + 1)
        if sides.is_boundary(place + 1) or ends_clause(between) or holds_mark(between):
            return False
        word = words[place]
        if lexicon.negates(word) or word in lexicon.heads:
            return True
        if word in lexicon.claims:
            claimed = any(word in lexicon.claims for word in context)
            return words[place + 1] in lexicon.that and not claimed
        if word not in lexicon.links:
            return False
    return False
