"""Persons in one article: who a name, a pronoun or a description stands for, by what was printed before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from provenance.model.quotation import Span, Speaker, SpeakerStatus
from provenance.reader.cues import VERB
from provenance.reader.outlets import known_outlet

MAX_DESCRIPTIONS = 200
"""Different descriptions whose introductions are looked up; a text with more is no article."""

_NAME_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČА-Я][\w’'-]*\w"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s(?:(?:de|da|van|von|der|al|bin|el|la|[A-Z]\.)\s){{0,2}}{_NAME_WORD})+")
_FULL_NAME = re.compile(
    rf"(?:{_NAME_WORD}\s(?:(?:de|da|van|von|der|al|bin|el|la|[A-Z]\.)\s){{0,2}}){_NAME_WORD}\Z"
)
_TITLE = re.compile(
    r"(?:Mr|Ms|Mrs|Dr|Sen|Gov|Rep|Gen|President|Senator|Minister|General|Secretary)\.?\s(?=[A-Z])"
)
_PRONOUN = re.compile(r"(?:he|she|they|it)\Z", re.IGNORECASE)
_NAMED_SPEAKING = re.compile(
    rf"(?:(?:Mr|Ms|Mrs|Dr|Sen)\.\s)?(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{0,2}})(?:,[^,.;:\n]{{2,120}},)?\s(?:{VERB})\b"
)
_SURNAME = re.compile(rf"{_NAME_WORD}\Z")
_LONGEST_NAME = 80
_FAR = 4000
_DESCRIPTION_WORDS = 9
_VERBISH = re.compile(r"\b(?:has|have|had|was|were|is|are|would|will|could|after|because|when)\b|[()—]")


class Persons:
    """The persons named in the characters `[start, end)` of a text."""

    def __init__(self, characters: str, span: Span) -> None:
        self.characters = characters
        self.span = span
        self._introduced: dict[str, list[tuple[int, str]]] = {}

    def resolve(self, who: Span, before: Speaker | None, floor: int) -> Speaker | None:
        """Return the speaker of a subject phrase: a name with its role, a pronoun's antecedent, or a description.

        `before` is the last speaker near by, `floor` how far back an antecedent may stand.
        """
        surface = self.characters[slice(*who)]
        if not surface:
            return None
        words = surface.split()
        if _PRONOUN.match(words[-1]) and len(words) <= 3:
            return self._antecedent(surface, who, before, floor)
        name_at, role = _name_in(self.characters, who)
        if name_at is None:
            return self._described(who)
        who = _narrowed(self.characters, who, name_at, role)
        name = self.characters[slice(*name_at)]
        full = name if " " in name else self.full_name(name, who[0])
        chain = (full,) if full and full != name else ()
        return Speaker(self.characters[slice(*who)], who, SpeakerStatus.NAMED, full or name, role, chain)

    @cached_property
    def _by_surname(self) -> dict[str, list[tuple[int, str]]]:
        """Where full names stand, by their last word, in order: read once."""
        table: dict[str, list[tuple[int, str]]] = {}
        for match in _NAME.finditer(self.characters, *self.span):
            full = _FULL_NAME.search(_TITLE.sub("", match[0][-_LONGEST_NAME:]))
            if full and not known_outlet(full[0]):
                table.setdefault(full[0].split()[-1], []).append((match.start(), full[0]))
        return table

    def full_name(self, surname: str, before: int) -> str | None:
        """Return the last full name before a place that ends with this surname."""
        return _last_before(self._by_surname.get(surname, []), before)

    def _antecedent(self, surface: str, who: Span, before: Speaker | None, floor: int) -> Speaker:
        """Resolve a pronoun: to the last speaker, else to the last person said to speak since `floor`."""
        if before and before.name and not self._others_since(before.name, before.span[1], who[0]):
            return Speaker(surface, who, SpeakerStatus.PRONOUN, before.name, before.role, (before.surface,))
        named = None
        for match in _NAMED_SPEAKING.finditer(self.characters, max(floor, who[0] - 2000), who[0]):
            named = match
        if before or named is None or self._others_since(named["name"], named.end(), who[0]):
            return Speaker(surface, who, SpeakerStatus.PRONOUN)
        name = named["name"]
        full = name if " " in name else self.full_name(name, named.start())
        return Speaker(surface, who, SpeakerStatus.PRONOUN, full or name, None, (name,))

    def _others_since(self, name: str, start: int, end: int) -> bool:
        """Say whether somebody else was named in full since `name`: then a pronoun may mean them."""
        between = _NAME.finditer(self.characters, start, min(end, start + _FAR))
        others = (m[0] for m in between if name.rsplit(maxsplit=1)[-1] not in m[0] and not known_outlet(m[0]))
        return end - start > _FAR or next(others, None) is not None

    def _described(self, who: Span) -> Speaker | None:
        """Return a description's speaker, with the name that the same word introduced before; None for a clause."""
        comma = self.characters.rfind(", ", *who)
        start = comma + 2 if comma > 0 and self.characters[comma + 2].islower() else who[0]
        surface = self.characters[start : who[1]]
        words = surface.split()
        if not 1 <= len(words) <= _DESCRIPTION_WORDS or _VERBISH.search(surface):
            return None
        head = re.split(r"\s(?:of|for|in|at|from)\s", surface)[0].split()[-1].lower()
        definite = words[0].lower() in ("the", "his", "her", "their")
        name = _last_before(self._introductions(head), start) if definite and head.isalpha() else None
        role, chain = (surface, (name,)) if name else (None, ())
        return Speaker(surface, (start, who[1]), SpeakerStatus.DESCRIBED, name, role, chain)

    def _introductions(self, head: str) -> list[tuple[int, str]]:
        """Return where a word of office stands right before a full name: `spokesman General X Y`."""
        if head not in self._introduced:
            if len(self._introduced) >= MAX_DESCRIPTIONS:
                return []
            pattern = re.compile(
                rf"(?i:\b{re.escape(head)})\s(?:(?:General|Gen\.|Major)\s)?(?P<name>{_NAME.pattern})"
            )
            matches = pattern.finditer(self.characters, *self.span)
            self._introduced[head] = [(match.start(), match["name"]) for match in matches]
        return self._introduced[head]


def _last_before(mentions: list[tuple[int, str]], position: int) -> str | None:
    at = bisect_left(mentions, (position, ""))
    return mentions[at - 1][1] if at else None


def _narrowed(characters: str, who: Span, name: Span, role: str | None) -> Span:
    """Return the part of a subject phrase that is the name and its role, without the clause before them."""
    if not role:
        return name
    at = characters.find(role, *who)
    return (min(at, name[0]), max(at + len(role), name[1])) if at >= 0 else name


def _name_in(characters: str, who: Span) -> tuple[Span | None, str | None]:
    """Return the place of the person's name in a subject phrase, nearest to the verb, and the role beside it."""
    pieces = _pieces(characters, who)
    for index in range(len(pieces) - 1, -1, -1):
        start, end = pieces[index]
        match = _FULL_NAME.search(characters, start, end) if end - start < 120 else None
        if match and not known_outlet(match[0]):
            role = characters[start : match.start()].strip() or _role_beside(characters, pieces, index)
            return match.span(), role
    start, end = pieces[0]
    title = _TITLE.match(characters, start, end)
    surname = _SURNAME.match(characters, title.end() if title else start, end)
    return (surname.span(), None) if surname else (None, None)


def _pieces(characters: str, who: Span) -> list[Span]:
    pieces, position = [], who[0]
    for comma in re.finditer(r",\s", characters[slice(*who)]):
        pieces.append((position, who[0] + comma.start()))
        position = who[0] + comma.end()
    return [*pieces, (position, who[1])]


def _role_beside(characters: str, pieces: list[Span], index: int) -> str | None:
    """Return the apposition before or behind a name: `the French president, X` or `X, head of the Office`."""
    for other in (index + 1, index - 1):
        if 0 <= other < len(pieces):
            text = characters[slice(*pieces[other])].strip()
            opens = text[:1].islower() or text.startswith(("The ", "A ", "An "))
            if text and opens and len(text.split()) <= 14:
                return text
    return None
