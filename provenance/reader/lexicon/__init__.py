"""The words by which a language says who speaks, as data: verbs, pronouns, small words and offices, a module a language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType

import attrs

from archive.values import frozen
from provenance.reader.words import word_set

LANGUAGES = ("de", "en", "es", "fr", "it", "pt", "ru")
"""Languages with a module of their own; all others are read with the English one."""

_CLASSES = (
    ("N", "KEPT"),
    ("d", "TIMES"),
    ("R", "ADVERBS"),
    ("w", "NOUNS"),
    ("v", "VERBS"),
    ("D", "DETERMINERS"),
    ("I", "PREPOSITIONS"),
    ("O", "OF"),
    ("C", "COORDINATORS"),
    ("T", "SUBORDINATORS"),
    ("W", "RELATIVES"),
    ("A", "AUXILIARIES"),
    ("E", "PASSIVE"),
    ("M", "WEAK"),
    ("b", "BASE"),
    ("G", "GERUNDS"),
    ("V", "CUES"),
    ("P", "PRONOUNS"),
)
"""What each class of words is called in a language's module; a later class outranks an earlier one."""


@frozen
class Lexicon:
    """One language's words. `classes` says of a lower-case word which part it plays; see `clauses` for the letters."""

    language: str
    classes: dict[str, str]
    offices: frozenset[str]
    """Words of office and rank, lower case: they stand before a name and are no part of it."""
    honorifics: frozenset[str]
    """Forms of address, lower case and without a full stop."""
    groups: frozenset[str]
    """Words that begin a sentence with a capital letter and name nobody: `police`, `critics`."""
    bodies: frozenset[str]
    """Words in the names of organisations."""
    nominal: frozenset[str]
    """Forms that are a noun behind a determiner or an adjective: `his remarks`, `a hearing`."""
    indefinite: frozenset[str]
    """Pronouns that name nobody in particular: what `anybody` says is said by nobody."""
    speech: frozenset[str]
    """Nouns for what is said: `his claim that …`."""
    definite: frozenset[str]
    """Determiners that point back: `the`, `his`."""
    documents: frozenset[str]
    """Things that speak for who made them: `statement`, `report`."""
    according: tuple[str, ...]
    """Ways to say `according to`, lower case, each a run of words."""
    feminine: frozenset[str]
    masculine: frozenset[str]
    neuter: frozenset[str]
    plural: frozenset[str]
    """Pronouns by whom they can stand for."""
    also_verbs: frozenset[str] = frozenset()
    """Forms that are a noun elsewhere and a verb of saying behind a pronoun: `he promises`."""
    trailing: frozenset[str] = frozenset()
    """-ing forms of weaker verbs: they say whose words follow behind a comma only (`, citing “…”`)."""
    pronominal: frozenset[str] = frozenset()
    """Determiners that stand for a noun before a verb: `another said`."""
    turned: Mapping[str, str] = attrs.field(factory=dict)
    """Verbs that are of saying with the word behind them: `put it`, `shot back`."""
    views: frozenset[str] = frozenset()
    """Nouns in whose possessor's name something is said: `in his view`."""
    elisions: tuple[str, ...] = ()
    """Small words that lose their vowel to the next word, lower case: `l`, `qu`."""
    genitive: str = ""
    """An article that behind a word of office says whose it is: `der`."""
    nouns_capital: bool = False
    """Whether every noun has a capital letter, so that one alone is no name."""


@cache
def lexicon_of(language: str | None) -> Lexicon:
    """Return the words of a language (an ISO 639-1 code), the English ones where there is no module for it."""
    code = (language or "en").split("-", maxsplit=1)[0]
    code = code if code in LANGUAGES else "en"
    module = import_module(f"provenance.reader.lexicon.{code}")
    classes: dict[str, str] = {}
    for letter, name in _CLASSES:
        classes.update(dict.fromkeys(_words(module, name), letter))
    turned: Mapping[str, str] = getattr(module, "TURNED", {})
    for word in turned:
        classes.setdefault(word, "v")
    return Lexicon(
        code,
        classes,
        offices=_words(module, "OFFICES"),
        honorifics=_words(module, "HONORIFICS"),
        groups=_words(module, "GROUPS"),
        bodies=_words(module, "BODIES"),
        nominal=_words(module, "NOMINAL"),
        indefinite=_words(module, "INDEFINITE"),
        speech=_words(module, "SPEECH"),
        definite=_words(module, "DEFINITE"),
        documents=_words(module, "DOCUMENTS"),
        according=tuple(getattr(module, "ACCORDING", ())),
        feminine=_words(module, "FEMININE"),
        masculine=_words(module, "MASCULINE"),
        neuter=_words(module, "NEUTER"),
        plural=_words(module, "PLURAL"),
        also_verbs=_words(module, "ALSO_VERBS"),
        trailing=_words(module, "TRAILING"),
        pronominal=_words(module, "PRONOMINAL"),
        turned=turned,
        views=_words(module, "VIEWS"),
        elisions=tuple(getattr(module, "ELISIONS", "").split()),
        genitive=getattr(module, "GENITIVE", ""),
        nouns_capital=bool(getattr(module, "NOUNS_CAPITAL", False)),
    )


def _words(module: ModuleType, name: str) -> frozenset[str]:
    value = getattr(module, name, "")
    return word_set(value) if isinstance(value, str) else frozenset(value)
