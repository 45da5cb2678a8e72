"""Numbers: what a row of words counts, so that "2.6million", "2.6 million" and "2,6 Mio." are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from archive import lazily
from provenance.tracer.lexicons import Dozen, Lexicon

_DIGITS = lazily.compile(r"(\d+(?:[.,]\d+)*)(\D*)")
_GROUPED = lazily.compile(r"\d{1,3}(?:[.,]\d{3})+")
_FIGURES = lazily.compile(r"\d+")
_MOST_FIGURES = 15
"""Figures of a number that is counted with; a longer one stands for itself, figure by figure."""
_SMALL_WORDS = 2
"""Words that may stand between a part and what it is a part of."""
_ORDINAL_ENDS = frozenset(
    {"st", "nd", "rd", "th", "er", "re", "e", "ème", "º", "ª", "o", "a", "й", "я", "го", "s"}
)


def numbers_in(words: Sequence[str], values: Mapping[str, float], units: Mapping[str, str]) -> list[str]:
    """Return what the words count, sorted: each number in figures, each unit by its name.

    `values` are number words ("five", "million"), `units` are words for units ("percent", "dollars") and their names.
    """
    found: list[str] = []
    total: float | None = None
    for at, word in enumerate(words):
        value = number_of(word, values)
        if total is not None and total < 1 and _leads_to_scale(words, at, values):
            continue
        if value is None:
            found += [] if total is None else [_spelled(total)]
            found += [word] if word[:1].isdecimal() else []
            total = None
            unit = units.get(word.removesuffix("'s"))  # "Friday's", "this year's"
            found += [unit] if unit else []
            continue
        unit = _unit_after(word, units)
        found += [unit] if unit else []
        total = _joined(total, value, found, word, scaled=word in values)
    found += [] if total is None else [_spelled(total)]
    return sorted(found)


def _leads_to_scale(words: Sequence[str], at: int, values: Mapping[str, float]) -> bool:
    """Say whether a small word stands between a part and what it is a part of: "half a million"."""
    if values.get(words[at], 1) != 1 or words[at][:1].isdecimal():
        return False
    following = next((word for word in words[at + 1 : at + _SMALL_WORDS + 1] if values.get(word, 1) != 1), "")
    return _multiplies(values.get(following, 0.0))


def _multiplies(value: float) -> bool:
    return value >= 100 or isinstance(value, Dozen)


def _spelled(number: float) -> str:
    return f"{number:.15g}"


def _joined(total: float | None, value: float, found: list[str], word: str, *, scaled: bool) -> float:
    """Take one more number of a row into the number that the row makes: "two hundred", "twenty one", "10 000"."""
    if total is None or (total == 1 and value < 1):  # "one half", "a quarter"
        return value
    if scaled and _multiplies(value) and (part := _part_for(total, value)):
        return total - part + part * value
    if scaled and _follows(total, value):
        return total + value
    if not scaled and len(word) == 3 and word.isdecimal() and 0 < total < 1000:
        return total * 1000 + value
    found.append(_spelled(total))
    return value


def _part_for(total: float, scale: float) -> float:
    """Return what a scale multiplies of the number before it, or 0: in "two thousand five hundred" only the five."""
    part = total % (1000 if scale < 1000 else scale * 1000)
    return part if part < scale or scale >= 1000 else 0


def _follows(total: float, value: float) -> bool:
    """Say whether a number word goes on with a number: "twenty one", "two hundred fifty"."""
    if total >= 100 and total % 100 == 0:
        return 0 < value < 100
    return 0 < value < 10 and total % 10 == 0 and total % 100 >= 20


def number_of(word: str, values: Mapping[str, float]) -> float | None:
    """Return the number that one word is: figures, figures with a scale ("2.6million"), or a number word."""
    if word in values:
        return values[word]
    figures = _DIGITS.fullmatch(word)
    if figures is None:
        return None
    value = _figures(figures[1])
    return value * values.get(figures[2], 1) if value is not None else None


def _figures(figures: str) -> float | None:
    if sum(map(str.isdecimal, figures)) > _MOST_FIGURES:
        return None  # an account, a telephone: no amount, and not to be rounded
    if _GROUPED.fullmatch(figures):
        return float(re.sub("[.,]", "", figures))
    *groups, last = re.split("[.,]", figures)
    return float("".join(groups) + "." + last) if groups else float(last)


def _unit_after(word: str, units: Mapping[str, str]) -> str | None:
    """Return the unit that is written on to a number: "5km"."""
    figures = _DIGITS.fullmatch(word)
    if figures is None or figures[2] in _ORDINAL_ENDS:
        return None
    return units.get(figures[2])


def same_number(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether two rows of words count the same and say nothing else: "2.6million", "2.6 million"; "one", "1"."""
    return _only_counts(quoted, original, lexicon) and _counted(quoted, lexicon) == _counted(
        original, lexicon
    )


def other_number(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether two rows of words count something else, where both count, or either has figures."""
    if _only_counts(quoted, original, lexicon):
        return _counted(quoted, lexicon) != _counted(original, lexicon)
    here = numbers_in(quoted, lexicon.values, lexicon.units)
    there = numbers_in(original, lexicon.values, lexicon.units)
    if here == there:
        mine, theirs = _odd_figures(quoted, lexicon), _odd_figures(original, lexicon)
        return bool(mine and theirs) and mine != theirs
    figures = any(word[0].isdecimal() for word in (*quoted, *original))
    return figures or bool(here and there)


def _odd_figures(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    """Return the figures in words that are no numbers by themselves: "v2", "72x66"."""
    odd = (word for word in words if number_of(word, lexicon.values) is None)
    return [figures for word in odd for figures in _FIGURES.findall(word)]


def _only_counts(quoted: Sequence[str], original: Sequence[str], lexicon: Lexicon) -> bool:
    """Say whether all words count something; those that are 1 or an article ("one", "a") do beside a plain number."""
    words = (*quoted, *original)
    return any(map(lexicon.counts, words)) and all(
        lexicon.counts(word) or word in lexicon.digits for word in words
    )


def _counted(words: Sequence[str], lexicon: Lexicon) -> list[str]:
    return numbers_in(words, {**dict.fromkeys(lexicon.digits, 1.0), **lexicon.values}, lexicon.units)
