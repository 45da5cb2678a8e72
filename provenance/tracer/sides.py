"""Sides: a quotation beside the source it is compared with, word by word, and the gaps between what they share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import attrs

from provenance.model.quotation import Span
from provenance.model.trace import Alteration, AlterationKind, Verdict
from provenance.tracer.align import Block
from provenance.tracer.fold import Folded
from provenance.tracer.lexicons import Lexicon
from provenance.tracer.speech import ends_sentence, holds_mark
from provenance.tracer.wording import Wording

_LONGEST_BETWEEN = 200
"""Characters between two words that are looked at; whatever has no word for so long ends a sentence."""


@attrs.frozen
class Gap:
    """Words `[quoted, quoted_end)` of a quotation in the place of words `[original, original_end)` of its source."""

    quoted: int
    quoted_end: int
    original: int
    original_end: int


@attrs.frozen
class Edit:
    """A gap, what was done there, and the verdict it argues for: None where nothing but typography differs."""

    gap: Gap
    kind: AlterationKind
    verdict: Verdict | None


@attrs.frozen
class Sides:
    """A quotation beside the source it is compared with, and the lexicon of their language."""

    wording: Wording
    source: Folded
    characters: str
    quotation: str
    shift: int
    """What is to be taken from the quotation's coordinates for offsets in `quotation`."""
    lexicon: Lexicon

    def words(self, gap: Gap) -> tuple[Sequence[str], Sequence[str]]:
        """Return the words of both sides of a gap."""
        return self.wording.words[gap.quoted : gap.quoted_end], self.source.words[
            gap.original : gap.original_end
        ]

    def between(self, first: int, last: int) -> str:
        """Return the characters of the source between the end of word `first` - 1 and the start of word `last`."""
        start = self.source.ends[first - 1] if first else 0
        end = self.source.starts[last] if last < len(self.source) else start + _LONGEST_BETWEEN
        return self.characters[start:end]

    def is_boundary(self, place: int) -> bool:
        """Say whether a sentence ends right before a word of the source, or the source begins or ends there."""
        if not 0 < place < len(self.source):
            return True
        start, end = self.source.starts[place - 1], self.source.starts[place] + 1
        return end - start > _LONGEST_BETWEEN or ends_sentence(self.characters[start:end])

    def quoted_span(self, gap: Gap) -> Span:
        """Return the characters of the quotation's side; an empty side lies where the words would stand."""
        return _span(self.wording.spans, gap.quoted, gap.quoted_end)

    def original_span(self, gap: Gap) -> Span:
        """Return the characters of the source's side; an empty side lies where the words would stand."""
        if gap.original < gap.original_end:
            return (self.source.starts[gap.original], self.source.ends[gap.original_end - 1])
        if gap.original:
            return (self.source.ends[gap.original - 1],) * 2
        return (self.source.starts[0],) * 2 if len(self.source) else (0, 0)

    def quoted_text(self, span: Span) -> str:
        """Return characters of the quotation."""
        return self.quotation[span[0] - self.shift : span[1] - self.shift]


def _span(spans: Sequence[Span], first: int, last: int) -> Span:
    if first < last:
        return (spans[first][0], spans[last - 1][1])
    if first:
        return (spans[first - 1][1],) * 2
    return (spans[0][0],) * 2 if spans else (0, 0)


def gaps_of(blocks: Sequence[Block], sides: Sides) -> Iterator[Gap]:
    """Yield what lies before, between and after the blocks; seams and marks without a word between are gaps too."""
    first, last = blocks[0], blocks[-1]
    if first.quoted:
        yield Gap(0, first.quoted, _back(first, sides), first.original)
    for block, following in pairwise(blocks):
        yield Gap(
            block.quoted + block.size, following.quoted, block.original + block.size, following.original
        )
    quoted, original = last.quoted + last.size, last.original + last.size
    if quoted < len(sides.wording.words):
        yield Gap(quoted, len(sides.wording.words), original, _on(original, quoted, sides))


def _back(block: Block, sides: Sides) -> int:
    """Return from where on words of the source stand in for quoted words before the first block: as many, one sentence."""
    original = block.original
    while original > max(0, block.original - block.quoted):
        if _ends(original, sides):
            break
        original -= 1
    return original


def _on(original: int, quoted: int, sides: Sides) -> int:
    last = min(len(sides.source), original + len(sides.wording.words) - quoted)
    while original < last and not _ends(original, sides):
        original += 1
    return original


def _ends(place: int, sides: Sides) -> bool:
    return sides.is_boundary(place) or holds_mark(sides.between(place, place))


def alteration_of(edit: Edit, sides: Sides) -> Alteration:
    """Return an edit with the characters of both sides. A mark in the quotation is part of the quotation's side."""
    quoted = sides.quoted_span(edit.gap)
    place = edit.gap.quoted_end
    marks = {
        AlterationKind.ELLIPSIS: sides.wording.ellipses,
        AlterationKind.BRACKET: sides.wording.brackets,
    }.get(edit.kind, {})
    if place in marks and edit.gap.quoted == place:
        quoted = marks[place]
    original = sides.original_span(edit.gap)
    return Alteration(
        kind=edit.kind,
        quotation=quoted,
        passage=original,
        quoted=sides.quoted_text(quoted),
        original=sides.characters[slice(*original)],
    )
