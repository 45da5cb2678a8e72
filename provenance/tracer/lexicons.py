"""Lexicons: words that turn or bound a statement, by language, as data."""

from __future__ import annotations

import pkgutil
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import attrs

from archive import lazily
from provenance.tracer.fold import fold_quotation, fold_word

VERSION = "4"
"""Of the data in the folder beside this module; part of what a trace depends on."""
LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "ru")
UNKNOWN = "und"
"""Stands for the languages of scripts of which there is no lexicon: nothing is known of their words (BCP 47)."""
_KNOWN_SCRIPTS = lazily.compile(r"[0-9a-z\u00aa-\u024f\u0400-\u052f\u1e00-\u1eff]")
_LONGEST_PHRASE = 5
_LEAST_FUNCTION_WORDS = 2
_PLAIN = 0.3
"""Share of function words of a language that leaves no doubt that a text is written in it."""
_WRITTEN = 0.17
"""Share of function words below which a text is not written in a language. Of running text in the languages with a lexicon,
a sixth and more are function words; texts in Polish, Turkish, Dutch or Romanian share fewer with any of them by chance."""
_FEWEST_WORDS = 36
"""Words of a text from which on that can be told."""
_DISTINCT = 3
"""Function words that a quotation has to have, each another one, to show its language by itself."""


class Dozen(float):
    """What a word counts by that is less than a hundred: "two dozen" is 24, and "two twelve" is two numbers."""


@attrs.frozen
class Phrases:
    """Words and rows of words, to be found at a place in a row of folded words."""

    rows: frozenset[tuple[str, ...]]
    firsts: frozenset[str]

    @classmethod
    def of(cls, phrases: Iterable[str]) -> Phrases:
        """Return phrases, folded."""
        rows = frozenset(fold_quotation(phrase) for phrase in phrases)
        return cls(rows, frozenset(row[0] for row in rows if row))

    def at(self, words: Sequence[str], place: int) -> bool:
        """Say whether one of the phrases begins at a word."""
        if place >= len(words) or words[place] not in self.firsts:
            return False
        return any(tuple(words[place : place + n]) in self.rows for n in range(1, _LONGEST_PHRASE + 1))

    def within(self, words: Sequence[str]) -> bool:
        """Say whether one of the phrases stands in a row of words."""
        return any(self.at(words, place) for place in range(len(words)))


@attrs.frozen
class Lexicon:
    """What one language has to say.

    `limiters` bound a statement wherever they stand, `closers` where they follow it,
    `denial_closers` where they follow a denial ("not without", "not before"); in `similes` ("as if") and behind `lists`
    ("not only") they bound nothing. `heads` take a statement back before
    it is made ("I doubt that"), with `links` between; `claims` do so only with a `that` behind them ("they claim that").
    `values` and `units` are for `tracer.numbers`; months and weekdays are units.
    """

    language: str
    function: frozenset[str]
    negators: frozenset[str]
    contracted: str
    prefixes: tuple[str, ...]
    limiters: Phrases
    closers: Phrases
    denial_closers: Phrases
    similes: Phrases
    lists: Phrases
    heads: frozenset[str]
    claims: frozenset[str]
    that: frozenset[str]
    links: frozenset[str]
    speech: frozenset[str]
    values: Mapping[str, float]
    digits: frozenset[str]
    units: Mapping[str, str]
    nouns_capitalised: bool

    def negates(self, word: str) -> bool:
        """Say whether a word negates."""
        return word in self.negators or (bool(self.contracted) and word.endswith(self.contracted))

    def counts(self, word: str) -> bool:
        """Say whether a word is a number, a unit, a month or a weekday."""
        return word[0].isdecimal() or word in self.values or word.removesuffix("'s") in self.units

    def is_spoken(self, words: Sequence[str]) -> bool:
        """Say whether words show by themselves that they are of this language, and not by chance of another."""
        there = [word for word in words if word in self.function]
        return len(set(there)) >= _DISTINCT and len(there) >= _WRITTEN * len(words)


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language of LANGUAGES, or the empty one of UNKNOWN."""
    import tomllib

    if language == UNKNOWN:
        return _read(UNKNOWN, defaultdict(str))
    data = pkgutil.get_data("provenance.tracer", f"lexicons/{language}.toml")
    assert data is not None, "the lexicons are part of the package"
    return _read(language, tomllib.loads(data.decode()))


def _read(language: str, table: Mapping[str, Any]) -> Lexicon:
    return Lexicon(
        language=language,
        function=_words(table["function"]),
        negators=_words(table["negators"]),
        contracted=table.get("contracted", ""),
        prefixes=tuple(table["prefixes"].split()),
        limiters=Phrases.of(table["limiters"]),
        closers=Phrases.of(table["closers"]),
        denial_closers=Phrases.of(table["denial_closers"]),
        similes=Phrases.of(table["similes"]),
        lists=Phrases.of(table["lists"]),
        heads=_words(table["heads"]),
        claims=_words(table["claims"]),
        that=_words(table["that"]),
        links=_words(table["links"]),
        speech=_words(table["speech"]),
        values=_valued(table["numbers"]),
        digits=_words(table.get("digits", "")),
        units=_named((*table["units"], *table["months"])),
        nouns_capitalised=table.get("nouns_capitalised", False),
    )


def _words(words: str) -> frozenset[str]:
    return frozenset(map(fold_word, words.split()))


def _valued(words: str) -> dict[str, float]:
    """Return number words with what they count, from "two=2 dozen=x12"."""
    pairs = (word.split("=") for word in words.split())
    return {
        fold_word(word): Dozen(value[1:]) if value.startswith("x") else float(value) for word, value in pairs
    }


def _named(rows: Iterable[str]) -> dict[str, str]:
    """Return words by the first of their row."""
    return {fold_word(word): row.split()[0] for row in rows for word in row.split()}


def language_of(words: Sequence[str], default: str = "en") -> str:
    """Return the language that most words are function words of; else `default`, or UNKNOWN in a script without lexicons."""
    counts: dict[str, int] = {}
    for language in LANGUAGES:
        function = lexicon(language).function
        counts[language] = sum(word in function for word in words)
        if counts[language] > len(words) * _PLAIN:
            return language
    best = max(LANGUAGES, key=counts.__getitem__)
    if counts[best] >= _LEAST_FUNCTION_WORDS:
        return best
    known = sum(_KNOWN_SCRIPTS.match(word) is not None for word in words)
    return default if 2 * known >= len(words) else UNKNOWN


def written_in(words: Sequence[str], default: str = "en") -> str:
    """Return the language of a stretch of text, UNKNOWN where it has no lexicon; `default` where too few words tell."""
    language = language_of(words, default)
    if language == UNKNOWN or len(words) < _FEWEST_WORDS:
        return language
    function = lexicon(language).function
    return language if sum(word in function for word in words) >= _WRITTEN * len(words) else UNKNOWN
