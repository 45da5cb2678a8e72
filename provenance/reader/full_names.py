"""Full names in one article: which of them a surname stands for, and whom a word of office introduces."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.lexicon import Lexicon
from provenance.reader.names import same_person

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŘŚŞŠŤŪŮŰŲŹŻŽΑ-ΩЀ-Я"
NAME_WORD = rf"[{_UPPER}](?:[’'][{_UPPER}])?[\w-]*\w(?:-[{_UPPER}]\w+)*"
PARTICLE = r"(?:de|da|do|dos|du|van|von|der|den|ten|al|bin|ibn|el|la|le|di|del|della|zu|y|e|[A-Z]\.)"
_FULL_NAME = rf"{NAME_WORD}(?:[ \xa0](?:{PARTICLE}[ \xa0]){{0,2}}{NAME_WORD})+(?![’'\w])"
NAME = lazily.compile(_FULL_NAME)
_NAMED_BEHIND = lazily.compile(rf"[ \xa0](?P<name>{_FULL_NAME})")
_NAMED_BEFORE = lazily.compile(rf"(?P<name>{_FULL_NAME}),\s(?:[Tt]he\s)?(?:\w+\s){{0,3}}\Z")
_APPOSED = 120
_OF_OFFICE = lazily.compile(
    r"(?i:minister|secretary|ministre|ministro|ministra|ministerin)[ \xa0](?:of|for|de|für|da|do)[ \xa0]\Z"
)
_OF = tuple(word + space for word in ("of", "for", "de", "für", "da", "do") for space in " \xa0")
"""How that ends: most names need not be looked at for it."""
SPLIT = lazily.compile(
    r"\s(?:of|for|to|in|at|from|on|with|behind|near|outside|about|against|around|above|beside|von|für|im|der|des|de|du|del|della|da|do|dei|degli|delle|dello|dos|das|des|para)\s"
)
_LONGEST_NAME = 80
_MOST_NAMES = 20
_MOST_WORDS = 6
_NEXT = 800
"""Characters behind a description in which the name that goes with it may still be introduced."""


class FullNames:
    """The full names in the characters `[start, end)` of a text."""

    def __init__(self, characters: str, span: Span, lexicon: Lexicon) -> None:
        self.characters = characters
        self.span = span
        self.lexicon = lexicon
        self._heads: dict[str, list[tuple[int, str]]] = {}
        self._leading: dict[str, tuple[bool, str | None]] = {}

    def _offices(self, run: list[str]) -> int:
        """Return how many words at the head of a run of names are offices or forms of address, with what stands before."""
        count = 0
        for index, word in enumerate(run):
            low = word.lower().rstrip(".")
            if low in self.lexicon.offices or low in self.lexicon.honorifics:
                count = index + 1
        return count

    @cached_property
    def _by_surname(self) -> dict[str, list[tuple[int, str]]]:
        """Where full names stand, by their last word, in order: read once."""
        table: dict[str, list[tuple[int, str]]] = {}
        known: dict[str, tuple[str, str] | None] = {}
        for match in NAME.finditer(self.characters, *self.span):
            run = match[0]
            at = match.start()
            if (
                run.count(" ") > 1
                and self.characters.endswith(_OF, 0, at)
                and _OF_OFFICE.search(self.characters, max(0, at - 40), at)
            ):
                run = " ".join(run.split()[-2:])  # `Minister of Waterways X Y` is X Y
            if run not in known:
                words = run[-_LONGEST_NAME:].split()
                words = words[self._offices(words) :]
                full = 1 < len(words) <= _MOST_WORDS and self._can_name(words)
                known[run] = (words[-1], " ".join(words)) if full else None
            named = known[run]
            if named:
                table.setdefault(named[0], []).append((at, named[1]))
        return {surname: _shortest(mentions) for surname, mentions in table.items()}

    def _can_name(self, words: list[str]) -> bool:
        """Say whether capitalised words can be a name: those of a headline have small words among them."""
        classes = self.lexicon.classes
        return words[0].lower() not in classes and not any(
            classes.get(word.lower(), "N") in "IOCTDAEWP" for word in words[1:] if word[0].isupper()
        )

    def full_name(self, surname: str, before: int) -> str | None:
        """Return the last full name before a place that ends with this surname.

        Of two people with one surname the one that is named twice as often as anybody else; None where there is none.
        """
        last = _last_before(self._by_surname.get(surname, []), before)
        if last is None:
            return None
        several, leader = self._shared(surname)
        return last if not several or (leader and same_person(last, leader)) else leader

    def is_shared(self, surname: str) -> bool:
        """Say whether several people of the text bear a surname."""
        return surname in self._by_surname and self._shared(surname)[0]

    def _shared(self, surname: str) -> tuple[bool, str | None]:
        if surname not in self._leading:
            self._leading[surname] = self._leader(surname)
        return self._leading[surname]

    def _leader(self, surname: str) -> tuple[bool, str | None]:
        """Return whether several people bear a surname, and the one who is named twice as often as any other."""
        people: Counter[str] = Counter()
        times = Counter(name for _, name in self._by_surname[surname])
        for name, count in times.most_common(_MOST_NAMES):
            people[next((other for other in people if _is_same(other, name)), name)] += count
        ranked = people.most_common(2)
        if len(ranked) == 1:
            return False, None
        return True, ranked[0][0] if ranked[0][1] >= 2 * ranked[1][1] else None

    def _introduced(self, surface: str, before: int) -> str | None:
        """Return whom `the spokesman` means: the only name that the same word of office introduced before."""
        words = SPLIT.split(surface)[0].split()
        head = words[-1].lower() if words else ""
        if (
            len(words) < 2
            or words[0].lower() not in self.lexicon.definite
            or head not in self.lexicon.offices
        ):
            return None
        names = {name.split()[-1]: name for at, name in self._introductions(head) if at < before + _NEXT}
        return next(iter(names.values())) if len(names) == 1 else None

    def _introductions(self, head: str) -> list[tuple[int, str]]:
        """Return where a word of office stands right before a full name: `spokesman General X Y`."""
        if head not in self._heads:
            office = re.compile(rf"\b{re.escape(head)}\b", re.IGNORECASE)
            runs = (
                self._beside_office(found, head) for found in office.finditer(self.characters, *self.span)
            )
            first: dict[str, tuple[int, str]] = {}
            for run in runs:
                words = run["name"].split() if run else []
                words = words[self._offices(words) :]
                if run and words:
                    first.setdefault(words[-1], (run.start(), " ".join(words)))
                if len(first) > 1:
                    break  # two people: from here on the word means neither
            self._heads[head] = list(first.values())
        return self._heads[head]

    def _beside_office(self, office: re.Match[str], head: str) -> re.Match[str] | None:
        """Return the name right behind a word of office, or before it in `X Y, the head`."""
        behind = _NAMED_BEHIND.match(self.characters, office.end(), self.span[1])
        if behind or office[0] != head:
            return behind
        return _NAMED_BEFORE.search(
            self.characters, max(self.span[0], office.start() - _APPOSED), office.start()
        )


def _is_same(one: str, other: str) -> bool:
    """Say whether two names are one person's, or one is the other behind a word that ran into it: `ByDana Orlov`."""
    return one.endswith(other) or other.endswith(one) or same_person(one, other)


def _shortest(mentions: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return mentions of one surname, each without the words before a full name that also stands alone."""
    names = sorted({name for _, name in mentions}, key=len)[:_MOST_NAMES]
    short = {name: next(n for n in names if name == n or name.endswith(f" {n}")) for name in names}
    return [(at, short.get(name, name)) for at, name in mentions]


def _last_before(mentions: list[tuple[int, str]], position: int) -> str | None:
    at = bisect_left(mentions, (position, ""))
    return mentions[at - 1][1] if at else None
