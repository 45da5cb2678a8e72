"""Edits: what stands between the blocks that a quotation and its source have in common, each judged by its kind."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from archive import lazily
from provenance.model.trace import AlterationKind, Verdict
from provenance.tracer.align import Block
from provenance.tracer.fold import without_accents
from provenance.tracer.lexicons import Lexicon
from provenance.tracer.numbers import numbers_in
from provenance.tracer.sides import Edit, Gap, Sides, gaps_of
from provenance.tracer.speech import (
    leads_in,
    narrator_between,
    parts_of,
    sentence_ends,
)

MOST_REPLACED = 6
"""Words of the source for which one pair of brackets may stand."""
_FARTHEST = 25
"""Words that may be left out inside a sentence before two parts are a splice."""
_FARTHEST_ACROSS = 6
"""Words that may be left out where a sentence ends between."""
_LONGEST_NARRATOR = 40
_LONGEST_TURN = 12
"""Words on both sides of a difference up to which one negation among them is what makes the difference."""
_CAPITALISED = lazily.compile(r"[^\W\d_a-z][^\W\d_]")


def edits_of(blocks: Sequence[Block], sides: Sides) -> list[Edit]:
    """Return every edit between a quotation and its source, in order, marked ones and mere typography among them."""
    edits = [edit for gap in gaps_of(blocks, sides) for edit in _edits_at(gap, sides)]
    edits += _unmoved_marks(blocks, sides)
    edits.sort(key=lambda edit: (edit.gap.quoted, edit.gap.quoted_end))
    return _reordered(edits, sides)


def _unmoved_marks(blocks: Sequence[Block], sides: Sides) -> Iterator[Edit]:
    """Yield the marks inside blocks, where nothing is missing: brackets put in, letters in brackets, idle ellipses."""
    wording = sides.wording
    for block in blocks:
        shift = block.original - block.quoted
        for word in range(block.quoted, block.quoted + block.size):
            gap = Gap(word, word, word + shift, word + shift)
            inside = word > block.quoted or not word
            if inside and word in wording.brackets:
                yield Edit(gap, AlterationKind.BRACKET, _bracket_verdict(gap, sides))
            elif inside and word in wording.ellipses:
                yield Edit(gap, AlterationKind.ELLIPSIS, Verdict.MARKED)
            if word in wording.lettered:
                lettered = attrs.evolve(gap, quoted_end=word + 1, original_end=word + shift + 1)
                yield Edit(lettered, AlterationKind.BRACKET, Verdict.MARKED)
    end = len(wording.words)
    last = blocks[-1]
    if last.quoted + last.size == end and (end in wording.ellipses or end in wording.brackets):
        gap = Gap(end, end, last.original + last.size, last.original + last.size)
        kind = AlterationKind.ELLIPSIS if end in wording.ellipses else AlterationKind.BRACKET
        yield Edit(gap, kind, Verdict.MARKED)


def _edits_at(gap: Gap, sides: Sides) -> Iterator[Edit]:
    wording = sides.wording
    inner = gap.quoted > 0 and gap.quoted_end < len(wording.words)
    places = range(gap.quoted, gap.quoted_end + 1)
    if inner and any(place in wording.ellipses for place in places):
        yield from _around_ellipsis(gap, sides)
    elif any(place in wording.brackets for place in places):
        yield from _around_bracket(gap, sides)
    elif any(place in wording.lettered for place in places[:-1]) and len(places) == 2:
        yield Edit(gap, AlterationKind.BRACKET, _hidden_verdict(gap, sides))
    else:
        yield _plain(gap, sides)


def _around_ellipsis(gap: Gap, sides: Sides) -> Iterator[Edit]:
    """Judge what an ellipsis hides; words that were put in beside it count by themselves."""
    if gap.quoted < gap.quoted_end:
        yield _plain(attrs.evolve(gap, original_end=gap.original), sides)
    hidden = attrs.evolve(gap, quoted=gap.quoted_end)
    yield Edit(hidden, AlterationKind.ELLIPSIS, _hidden_verdict(hidden, sides))


def _around_bracket(gap: Gap, sides: Sides) -> Iterator[Edit]:
    if gap.quoted < gap.quoted_end or gap.original_end - gap.original > MOST_REPLACED:
        yield _plain(gap, sides)
    else:
        yield Edit(gap, AlterationKind.BRACKET, _bracket_verdict(gap, sides))


def _bracket_verdict(gap: Gap, sides: Sides) -> Verdict:
    """Judge brackets by what they say and what they stand for: a negation or another number is no clarification."""
    span = sides.wording.brackets[gap.quoted]
    said = [word.lower() for word in re.findall(r"[^\W_]+(?:['’][^\W_]+)?", sides.quoted_text(span))]
    _, hidden = sides.words(gap)
    lexicon = sides.lexicon
    if any(map(lexicon.negates, said)) != any(map(lexicon.negates, hidden)):
        return Verdict.NEGATION
    figures = [word for word in hidden if word[0].isdecimal()]
    return (
        Verdict.ELLIPSIS_HIDES
        if figures and figures != [w for w in said if w[0].isdecimal()]
        else Verdict.MARKED
    )


def _hidden_verdict(gap: Gap, sides: Sides) -> Verdict:
    """Judge words that are marked as left out: a negation, a limiter or a number among them changes what was said."""
    _, hidden = sides.words(gap)
    lexicon = sides.lexicon
    holds = (
        any(map(lexicon.negates, hidden))
        or lexicon.limiters.within(hidden)
        or any(word[0].isdecimal() or lexicon.values.get(word, 0) >= 2 for word in hidden)
    )
    return Verdict.ELLIPSIS_HIDES if holds else Verdict.MARKED


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
    return _same_number(quoted, original, sides.lexicon)


def _same_number(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
    if not all(map(lexicon.counts, (*quoted, *original))):
        return False
    return numbers_in(quoted, lexicon.values, lexicon.units) == numbers_in(
        original, lexicon.values, lexicon.units
    )


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
    if len(quoted) + len(original) <= _LONGEST_TURN and _turned(quoted, original, lexicon):
        return Edit(gap, AlterationKind.NEGATION, Verdict.NEGATION)
    if _other_number(quoted, original, lexicon):
        return Edit(gap, AlterationKind.NUMBER, Verdict.NUMBER)
    if _other_name(gap, sides):
        return Edit(gap, AlterationKind.NAME, Verdict.NAME)
    return Edit(gap, AlterationKind.SUBSTITUTION, Verdict.SUBSTITUTION)


def _turned(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether one side negates and the other does not, by a word or by a prefix ("likely", "unlikely")."""
    if any(map(lexicon.negates, quoted)) != any(map(lexicon.negates, original)):
        return True
    here, there = set(quoted), set(original)
    return any(
        prefix + word in other
        for prefix in lexicon.prefixes
        for mine, other in ((here, there), (there, here))
        for word in mine
        if len(word) > 3
    )


def _other_number(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
    here = numbers_in(quoted, lexicon.values, lexicon.units)
    there = numbers_in(original, lexicon.values, lexicon.units)
    if here == there:
        return False
    figures = any(word[0].isdecimal() for word in (*quoted, *original))
    return figures or bool(here and there)


def _other_name(gap: Gap, sides: Sides) -> bool:
    """Say whether a proper name stands in the place of another. Where nouns are capitalised, nobody can tell."""
    if sides.lexicon.nouns_capitalised:
        return False
    here = _names(sides.quoted_text(sides.quoted_span(gap)), sides, first=gap.quoted == 0)
    start, end = sides.original_span(gap)
    there = _names(sides.characters[start:end], sides, first=sides.is_boundary(gap.original))
    return bool(here and there) and here != there


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
