"""Edits: what stands between the blocks that a quotation and its source have in common, each judged by its kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import attrs

from archive import lazily
from provenance.model.trace import AlterationKind, Verdict
from provenance.tracer.align import Block
from provenance.tracer.fold import without_accents
from provenance.tracer.lexicons import Lexicon
from provenance.tracer.marks import (
    MOST_REPLACED,
    bracket_verdict,
    hidden_verdict,
    lettered_beside_mark,
    lettered_verdict,
    put_in_brackets,
    turned,
)
from provenance.tracer.numbers import other_number, same_number
from provenance.tracer.sides import Edit, Gap, Sides, gaps_of
from provenance.tracer.speech import (
    leads_in,
    narrator_between,
    parts_of,
    sentence_ends,
)

_FARTHEST = 25
"""Words that may be left out inside a sentence before two parts are a splice."""
_FARTHEST_ACROSS = 6
"""Words that may be left out where a sentence ends between."""
_NEAR = 40
"""Words around a difference among which a name may stand on the other side."""
_LONGEST_NARRATOR = 40
_FEW = 6
"""Words at an end of a quotation that may be written otherwise in fewer words."""
_LONGEST_TURN = 12
"""Words on both sides of a difference up to which one negation among them is what makes the difference."""
_CAPITALISED = lazily.compile(r"[^\W\d_a-z][^\W\d_]")


def edits_of(blocks: Sequence[Block], sides: Sides) -> list[Edit]:
    """Return every edit between a quotation and its source, in order, marked ones and mere typography among them."""
    edits = [edit for gap in gaps_of(blocks, sides) for edit in _edits_at(gap, sides)]
    edits += _unmoved_marks(blocks, sides)
    edits.sort(key=lambda edit: (edit.gap.quoted, edit.gap.quoted_end))
    return _reordered(_with_units_in_place(edits, sides), sides)


def _with_units_in_place(edits: list[Edit], sides: Sides) -> list[Edit]:
    """Take a unit on the other side of its number for what it is: "$20 million" is "20 million dollars", not "euros"."""
    kept = list(edits)
    for i, (edit, following) in enumerate(pairwise(edits)):
        units = _units_around(edit.gap, following.gap, sides)
        if len(units) == 1:
            kept[i : i + 2] = [attrs.evolve(each, verdict=None) for each in (edit, following)]
        elif units:
            number = (AlterationKind.NUMBER, Verdict.NUMBER)
            kept[i : i + 2] = [Edit(each.gap, *number) for each in (edit, following)]
    return kept


def _units_around(gap: Gap, following: Gap, sides: Sides) -> set[str]:
    """Return the units that stand before a number on one side and behind it on the other, none where it is no such place."""
    rows = [*sides.words(gap), *sides.words(following)]
    number = sides.wording.words[gap.quoted_end : following.quoted]
    if [len(row) for row in rows] not in ([0, 1, 1, 0], [1, 0, 0, 1]) or not number:
        return set()
    if not all(word[0].isdecimal() or word in sides.lexicon.values for word in number):
        return set()
    units = [sides.lexicon.units.get(row[0], "") for row in rows if row]
    return set(units) if all(units) else set()


def _unmoved_marks(blocks: Sequence[Block], sides: Sides) -> Iterator[Edit]:
    """Yield the marks inside blocks, where nothing is missing: brackets put in, letters in brackets, idle ellipses."""
    wording = sides.wording
    for block in blocks:
        shift = block.original - block.quoted
        for word in range(block.quoted, block.quoted + block.size):
            gap = Gap(word, word, word + shift, word + shift)
            inside = word > block.quoted or not word
            if inside and word in wording.brackets:
                yield put_in_brackets(gap, sides)
            elif inside and word in wording.ellipses:
                yield Edit(gap, AlterationKind.ELLIPSIS, Verdict.MARKED)
            if word in wording.lettered:
                lettered = attrs.evolve(gap, quoted_end=word + 1, original_end=word + shift + 1)
                yield Edit(lettered, AlterationKind.BRACKET, Verdict.MARKED)
    end = len(wording.words)
    last = blocks[-1]
    if last.quoted + last.size == end and (end in wording.ellipses or end in wording.brackets):
        gap = Gap(end, end, last.original + last.size, last.original + last.size)
        if end in wording.ellipses:
            yield Edit(gap, AlterationKind.ELLIPSIS, Verdict.MARKED)
        else:
            yield put_in_brackets(gap, sides)


def _edits_at(gap: Gap, sides: Sides) -> Iterator[Edit]:
    wording = sides.wording
    gap = _trimmed(gap, sides)
    inner = gap.quoted > 0 and gap.quoted_end < len(wording.words)
    places = range(gap.quoted, gap.quoted_end + 1)
    lettered = lettered_beside_mark(gap, sides)
    if lettered is not None:
        yield Edit(lettered, AlterationKind.BRACKET, lettered_verdict(lettered, sides))
        rest = (
            attrs.evolve(gap, quoted=lettered.quoted_end, original=lettered.original_end)
            if lettered.original == gap.original
            else attrs.evolve(gap, quoted_end=lettered.quoted, original_end=lettered.original)
        )
        yield from _edits_at(rest, sides)
    elif inner and any(place in wording.ellipses for place in places):
        yield from _around_ellipsis(gap, sides)
    elif any(place in wording.brackets for place in places):
        yield from _around_bracket(gap, sides)
    elif any(place in wording.lettered for place in places[:-1]) and len(places) == 2:
        yield Edit(gap, AlterationKind.BRACKET, lettered_verdict(gap, sides))
    else:
        yield _plain(gap, sides)


def _trimmed(gap: Gap, sides: Sides) -> Gap:
    """Return a gap at either end with fewer words of the source, where just those are its words otherwise written."""
    if not 0 < gap.quoted_end - gap.quoted <= _FEW:
        return gap
    places = range(gap.original + 1, gap.original_end)
    trimmed: Iterable[Gap] = ()
    if gap.quoted_end == len(sides.wording.words):
        trimmed = (attrs.evolve(gap, original_end=place) for place in places)
    elif not gap.quoted:
        trimmed = (attrs.evolve(gap, original=place) for place in places)
    return next((each for each in trimmed if _same_but_typography(*sides.words(each), sides)), gap)


def _around_ellipsis(gap: Gap, sides: Sides) -> Iterator[Edit]:
    """Judge what an ellipsis hides; words that were put in beside it count by themselves."""
    if gap.quoted < gap.quoted_end:
        yield _plain(attrs.evolve(gap, original_end=gap.original), sides)
    hidden = attrs.evolve(gap, quoted=gap.quoted_end)
    yield Edit(hidden, AlterationKind.ELLIPSIS, hidden_verdict(hidden, sides))


def _around_bracket(gap: Gap, sides: Sides) -> Iterator[Edit]:
    if gap.quoted < gap.quoted_end or gap.original_end - gap.original > MOST_REPLACED:
        yield _plain(gap, sides)
    else:
        yield Edit(gap, AlterationKind.BRACKET, bracket_verdict(gap, sides))


def _plain(gap: Gap, sides: Sides) -> Edit:
    quoted, original = sides.words(gap)
    if _same_but_typography(quoted, original, sides):
        return Edit(gap, AlterationKind.SUBSTITUTION, None)
    if not quoted:
        return _left_out(gap, original, sides)
    if not original:
        return _put_in(gap, quoted, sides)
    return _replaced(gap, quoted, original, sides)


def _same_but_typography(quoted: Sequence[str], original: Sequence[str], sides: Sides) -> bool:
    """Say whether two rows of words are the same: joined or apart, in figures or words, with or without accents."""
    if not quoted or not original:
        return not quoted and not original
    here, there = "".join(quoted), "".join(original)
    if here == there or (sides.quotation.isascii() and here == without_accents(there)):
        return True
    return same_number(quoted, original, sides.lexicon)


def _left_out(gap: Gap, original: Sequence[str], sides: Sides) -> Edit:
    """Judge words that are missing without a mark: an interruption by a narrator, an omission, or two places made one."""
    between = sides.between(gap.original, gap.original_end)
    narrator = narrator_between(between)
    if narrator is not None and len(original) <= _LONGEST_NARRATOR:
        if _other_speaker(narrator, between, sides.lexicon):
            return Edit(gap, AlterationKind.SPLICE, Verdict.SPLICE)
        return Edit(gap, AlterationKind.OMISSION, Verdict.INTERRUPTED)
    if gap.quoted in sides.wording.seams and len(original) <= _LONGEST_NARRATOR:
        return Edit(gap, AlterationKind.OMISSION, Verdict.INTERRUPTED)
    if is_far(gap, sides):
        return Edit(gap, AlterationKind.SPLICE, Verdict.SPLICE)
    if any(map(sides.lexicon.negates, original)):
        return Edit(gap, AlterationKind.NEGATION, Verdict.NEGATION)
    return Edit(gap, AlterationKind.OMISSION, Verdict.OMISSION)


def is_far(gap: Gap, sides: Sides) -> bool:
    """Say whether a quotation jumps over so much of its source that two places were made one."""
    left_out = gap.original_end - gap.original
    if left_out > _FARTHEST:
        return True
    between = sides.between(gap.original, gap.original_end)
    return left_out > _FARTHEST_ACROSS and sentence_ends(between) > 0


def _other_speaker(narrator: str, between: str, lexicon: Lexicon) -> bool:
    """Say whether a narrator gives the word to somebody else: "…,” A said. B answered: “…"."""
    parts = parts_of(narrator)
    if len(parts) < 2 or not leads_in(between):
        return False
    before, announced = " ".join(parts[:-1]), parts[-1]
    names, others = (_names_in(part, lexicon) for part in (before, announced))
    return bool(names and others) and not names & others


def _names_in(text: str, lexicon: Lexicon) -> set[str]:
    words = re.findall(r"[^\W\d_]+", text)
    return {w.lower() for w in words if w[0].isupper() and len(w) > 2 and w.lower() not in lexicon.function}


def _put_in(gap: Gap, quoted: Sequence[str], sides: Sides) -> Edit:
    if any(map(sides.lexicon.negates, quoted)) and len(quoted) <= _LONGEST_TURN:
        return Edit(gap, AlterationKind.NEGATION, Verdict.NEGATION)
    if any(word[0].isdecimal() for word in quoted):
        return Edit(gap, AlterationKind.NUMBER, Verdict.NUMBER)
    return Edit(gap, AlterationKind.INSERTION, Verdict.SUBSTITUTION)


def _replaced(gap: Gap, quoted: Sequence[str], original: Sequence[str], sides: Sides) -> Edit:
    lexicon = sides.lexicon
    if len(quoted) <= 2 and is_far(gap, sides):
        return Edit(gap, AlterationKind.SPLICE, Verdict.SPLICE)
    if len(quoted) + len(original) <= _LONGEST_TURN and turned(quoted, original, lexicon):
        return Edit(gap, AlterationKind.NEGATION, Verdict.NEGATION)
    if other_number(quoted, original, lexicon):
        return Edit(gap, AlterationKind.NUMBER, Verdict.NUMBER)
    if _other_name(gap, sides):
        return Edit(gap, AlterationKind.NAME, Verdict.NAME)
    return Edit(gap, AlterationKind.SUBSTITUTION, Verdict.SUBSTITUTION)


def _other_name(gap: Gap, sides: Sides) -> bool:
    """Say whether a proper name stands in the place of another, and neither is named by both sides, in whatever order.

    Where nouns are capitalised, nobody can tell.
    """
    if sides.lexicon.nouns_capitalised:
        return False
    here = _names(sides.quoted_text(sides.quoted_span(gap)), sides, first=gap.quoted == 0)
    start, end = sides.original_span(gap)
    there = _names(sides.characters[start:end], sides, first=sides.is_boundary(gap.original))
    around = sides.source.words[max(0, gap.original - _NEAR) : gap.original_end + _NEAR]
    return bool(here - set(around)) and bool(there - set(sides.wording.words))


def _names(text: str, sides: Sides, *, first: bool) -> set[str]:
    """Return the capitalised words of a stretch; its first word only where no sentence begins with it."""
    function = sides.lexicon.function | sides.lexicon.negators
    words = [m for m in _WORDS.finditer(text) if _CAPITALISED.match(m[0])]
    return {m[0].lower() for m in words if not (first and not m.start()) and m[0].lower() not in function}


_WORDS = lazily.compile(r"[^\W\d_]+")


def _reordered(edits: list[Edit], sides: Sides) -> list[Edit]:
    """Take words that are missing in one place and put in at another for what they are: another order of the same words."""
    plain = [
        edit for edit in edits if edit.verdict in (Verdict.OMISSION, Verdict.SUBSTITUTION, Verdict.SPLICE)
    ]
    missing: Counter[str] = Counter()
    for edit in plain:
        quoted, original = sides.words(edit.gap)
        missing.update(original)
        missing.subtract(quoted)
    if len(plain) < 2 or any(missing.values()):
        return edits
    return [attrs.evolve(edit, kind=AlterationKind.ORDER) if edit in plain else edit for edit in edits]
