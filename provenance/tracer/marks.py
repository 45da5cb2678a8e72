"""Marks: what a quotation owns to have changed, judged by what its ellipses hide and its brackets say."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from archive import lazily
from provenance.model.trace import AlterationKind, Verdict
from provenance.tracer.fold import fold_word
from provenance.tracer.lexicons import Lexicon
from provenance.tracer.numbers import numbers_in
from provenance.tracer.sides import Edit, Gap, Sides
from provenance.tracer.speech import ends_clause

MOST_REPLACED = 6
"""Words of the source for which one pair of brackets may stand."""
_SAID = lazily.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def put_in_brackets(gap: Gap, sides: Sides) -> Edit:
    """Judge brackets for which no word is missing; at either end, what they may stand for lies beyond the words.

    "By [2019]" for "by 2012", "It [has]" for "it hasn't": as many words of the clause are looked at as the brackets hold.
    """
    span = sides.wording.brackets[gap.quoted]
    count = len(_SAID.findall(sides.quoted_text(span)))
    beyond = gap
    if count > MOST_REPLACED:
        pass  # a remark, which stands for nothing
    elif gap.quoted == len(sides.wording.words):
        beyond = attrs.evolve(gap, original_end=_clause_from(gap.original, count, 1, sides))
    elif not gap.quoted:
        beyond = attrs.evolve(gap, original=_clause_from(gap.original, count, -1, sides))
    verdict = bracket_verdict(beyond, sides)
    return Edit(gap if verdict is Verdict.MARKED else beyond, AlterationKind.BRACKET, verdict)


def _clause_from(place: int, count: int, step: int, sides: Sides) -> int:
    """Return where at most some words from a place on, or back from it, end within its clause."""
    for _ in range(count):
        if sides.is_boundary(place) or ends_clause(sides.between(place, place)):
            break
        place += step
    return place


def lettered_beside_mark(gap: Gap, sides: Sides) -> Gap | None:
    """Return what a lone word with letters in brackets stands for, where an ellipsis or other brackets stand beside it."""
    if gap.quoted_end - gap.quoted != 1 or gap.quoted not in sides.wording.lettered:
        return None
    marks = sides.wording.ellipses.keys() | sides.wording.brackets.keys()
    if gap.original_end - gap.original < 2 or not marks & {gap.quoted, gap.quoted_end}:
        return None
    if gap.quoted_end in marks:
        return attrs.evolve(gap, original_end=gap.original + 1)
    return attrs.evolve(gap, original=gap.original_end - 1)


def bracket_verdict(gap: Gap, sides: Sides) -> Verdict:
    """Judge brackets by what they say and what they stand for: a negation or another number is no clarification."""
    span = sides.wording.brackets[gap.quoted]
    said = [fold_word(m[0]) for m in _SAID.finditer(sides.quoted_text(span))]
    _, hidden = sides.words(gap)
    lexicon = sides.lexicon
    if any(map(lexicon.negates, said)) != any(map(lexicon.negates, hidden)):
        return Verdict.NEGATION
    here, there = (numbers_in(words, lexicon.values, {}) for words in (said, hidden))
    return Verdict.ELLIPSIS_HIDES if there and here != there else Verdict.MARKED


def lettered_verdict(gap: Gap, sides: Sides) -> Verdict:
    """Judge a word of which letters stand in brackets: "[un]likely" for "likely" and "[Nobody]'s" for "it's" turn it."""
    quoted, original = sides.words(gap)
    said = [fold_word(m[0]) for m in _SAID.finditer(sides.quoted_text(sides.quoted_span(gap)))]
    negates = sides.lexicon.negates
    if turned(quoted, original, sides.lexicon) or any(map(negates, said)) != any(map(negates, original)):
        return Verdict.NEGATION
    return hidden_verdict(gap, sides)


def hidden_verdict(gap: Gap, sides: Sides) -> Verdict:
    """Judge words that are marked as left out: a negation, a limiter or a number among them changes what was said."""
    _, hidden = sides.words(gap)
    lexicon = sides.lexicon
    holds = (
        any(map(lexicon.negates, hidden))
        or lexicon.limiters.within(hidden)
        or any(word[0].isdecimal() or lexicon.values.get(word, 0) >= 2 for word in hidden)
    )
    return Verdict.ELLIPSIS_HIDES if holds else Verdict.MARKED


def turned(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
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
