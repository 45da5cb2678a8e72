"""Persons in one article: who a name, a pronoun or a description stands for, by what was printed before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property

import attrs

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Span, Speaker, SpeakerStatus
from provenance.reader.full_names import NAME, NAME_WORD, PARTICLE, SPLIT, FullNames
from provenance.reader.lexicon import Lexicon
from provenance.reader.outlets import known_outlet
from provenance.reader.subjects import Clause
from provenance.reader.words import word_set

_RUN = lazily.compile(
    rf"(?:{NAME_WORD}|[A-Z]\.)(?:[ \xa0](?:{PARTICLE}[ \xa0]){{0,2}}(?:{NAME_WORD}|[A-Z]\.))*(?:,? (?:Jr|Sr|III?)\.?)?\Z"
)
_WORD = lazily.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*\.?")
_TAG = lazily.compile(r"\s?\([^()]{0,20}\)\Z")
_ADDRESS = lazily.compile(
    r"(?P<address>[DFHMS](?<!\w.)(?:(?<=M)(?:rs?|s|iss|onsieur|adame)|(?<=H)err|(?<=F)rau|(?<=S)ir|(?<=D)ame))\b"
    r"\.?[ \xa0](?P<name>[^\W\d_a-z][\w-]+)"
)
"""A form of address and a name. Its first letter stands by itself: by that nearly all places are passed over at once."""
_FAR = 4000
_ROLE_WORDS = 14
_NO_ROLE = word_set("according unlike like not citing quoting along together including speaking through via")
"""Words that open an aside about somebody else's part, and no office."""


@frozen
class Topic:
    """What the sentence before a quotation's own is about. `near` where it stands in the same paragraph."""

    clause: Clause
    near: bool


Context = Callable[[], Topic | None]
"""Finds what the sentence before is about; only asked where a pronoun or a document needs it."""


def _nothing() -> None:
    return None


@frozen
class _Named:
    """A name in a subject phrase: its place, and the office that stands before it."""

    name: str
    role: str | None
    person: bool


class Persons(FullNames):
    """The persons named in the characters `[start, end)` of a text."""

    def __init__(self, characters: str, span: Span, lexicon: Lexicon) -> None:
        super().__init__(characters, span, lexicon)
        self._bodies: dict[str, bool] = {}
        self._met: dict[str, str] = {}
        self._names: dict[str, _Named | None] = {}

    def resolve(self, clause: Clause, before: Speaker | None, context: Context = _nothing) -> Speaker:
        """Return the speaker of a clause: a name with its role, a pronoun's antecedent, or a description.

        `before` is the last speaker near by, `context` finds the clause of the sentence before.
        """
        surface = self.characters[slice(*clause.who)]
        if clause.classes == "P":
            return self._of_pronoun(surface, clause, before, context)
        beside = self.characters[slice(*clause.beside)].strip() if clause.beside else None
        named = self._name_in(surface) if clause.classes != "D" else None
        if named is None:
            return self._document(surface, clause, context) or self._described(surface, clause, beside)
        role = " ".join(filter(None, (named.role, None))) or (beside if self._is_role(beside) else None)
        full = self.full_name(named.name, clause.who[0]) if " " not in named.name else None
        chain = (full,) if full and full != named.name else ()
        return Speaker(surface, clause.who, SpeakerStatus.NAMED, full or named.name, role, chain)

    def _document(self, surface: str, clause: Clause, context: Context) -> Speaker | None:
        """Return whose `the statement` is: the body's that the sentence before is about."""
        words = surface.lower().split()
        if len(words) != 2 or words[0] not in self.lexicon.definite or words[1] not in self.lexicon.documents:
            return None
        topic = context()
        if topic is None or topic.clause.classes == "P":
            return None
        author = self.resolve(topic.clause, None)
        if author.status is not SpeakerStatus.NAMED or not self._is_body(author.surface):
            return None
        return Speaker(surface, clause.who, SpeakerStatus.DESCRIBED, author.name, None, (author.surface,))

    def _described(self, surface: str, clause: Clause, beside: str | None) -> Speaker:
        """Return a description's speaker, with the name in apposition, or that the same words introduced before."""
        inner = self._name_in(beside) if beside else None
        if (
            inner is not None
            and clause.beside
            and self._is_person(beside or "")
            and len((beside or "").split()) < 7
        ):
            who = (clause.who[0], clause.beside[1])
            return Speaker(self.characters[slice(*who)], who, SpeakerStatus.NAMED, inner.name, surface, ())
        name = self._introduced(surface, clause.who[0])
        role, chain = (surface, (name,)) if name else (None, ())
        return Speaker(surface, clause.who, SpeakerStatus.DESCRIBED, name, role, chain)

    def _name_in(self, surface: str) -> _Named | None:
        """Return the name at which a phrase ends, before any `of …`, with its office; None where it only describes."""
        if surface not in self._names:
            self._names[surface] = self._read_name(surface)
        return self._names[surface]

    def _read_name(self, surface: str) -> _Named | None:
        words = surface.split()
        if len(words) > _ROLE_WORDS or not words:
            return None
        divided = SPLIT.split(surface)
        head = _TAG.sub("", divided[0])
        run = _RUN.search(head)
        if run is None or (len(words) == 1 and words[0].lower() in self.lexicon.groups):
            return None
        if (
            len(divided) > 1
            and not any(w in surface.lower().split() for w in self.lexicon.bodies)
            and self._offices(run[0].split()) == len(run[0].split())
        ):
            return None
        tokens = run[0].split()
        first = self._offices(tokens)
        if first == len(tokens):
            return None
        before = head[: run.start()].strip()
        if self.lexicon.nouns_capital and len(tokens) == 1 and before and not tokens[0].isupper():
            return None
        if " and " in before or self._joins_names(before):
            return _Named(surface, None, person=False)
        name = " ".join(tokens[first:])
        office = " ".join(filter(None, (before, *tokens[:first]))).strip()
        low = office.lower().rstrip(".")
        role = office if low not in self._small and low not in self.lexicon.honorifics else None
        whole = self._without_article(surface) if len(head) < len(surface) and self._is_body(head) else None
        return _Named(whole or name, role, person=not self._is_body(head))

    def _without_article(self, surface: str) -> str:
        """Return a body's name without a leading article; an outlet's own `The` stays."""
        first, _, rest = surface.partition(" ")
        bare = rest and self.lexicon.classes.get(first.lower()) == "D" and not known_outlet(surface)
        return rest if bare else surface

    def _joins_names(self, before: str) -> bool:
        """Say whether what stands before a name is another name and what joins them: `Dana Orlov and …`."""
        words = before.split()
        if len(words) < 2 or words[-1] not in ("and", "or", "nor"):
            return False
        return words[-2][0].isupper() and not self._offices(words[-2:-1])

    @cached_property
    def _small(self) -> frozenset[str]:
        return frozenset({"", "the", "a", "an", "both", "even"})

    def _is_body(self, text: str) -> bool:
        if text not in self._bodies:
            self._bodies[text] = self._names_body(text)
        return self._bodies[text]

    def _names_body(self, text: str) -> bool:
        words = {word.lower() for word in _WORD.findall(text)}
        return bool(words & self.lexicon.bodies) or known_outlet(text) is not None

    def _is_person(self, text: str) -> bool:
        return _RUN.search(text) is not None and not self._is_body(text)

    def _is_role(self, text: str | None) -> bool:
        words = (text or "").split()
        return (
            bool(words)
            and len(words) <= _ROLE_WORDS
            and words[0].lower() not in _NO_ROLE
            and not words[0][0].isdigit()
        )

    def _of_pronoun(self, surface: str, clause: Clause, before: Speaker | None, context: Context) -> Speaker:
        """Return whom a pronoun stands for; nobody who was `he` in this text is `she` later on."""
        speaker = self._antecedent_of(surface, clause, before, context)
        side = self._side(surface)
        if speaker.name is None or side is None:
            return speaker
        last = speaker.name.rsplit(maxsplit=1)[-1]
        known = self._sides.get(last) if not self.is_shared(last) else None
        if self._met.setdefault(speaker.name, known or side) == side:
            return speaker
        return Speaker(surface, clause.who, SpeakerStatus.PRONOUN)

    def _side(self, pronoun: str) -> str | None:
        """Return which of `he` and `she` a pronoun is; None for others."""
        low = re.split("[’']", pronoun.lower().removeprefix("-t"))[0].strip("-")
        both = (("m", self.lexicon.masculine), ("f", self.lexicon.feminine))
        sides = [name for name, words in both if low in words]
        return sides[0] if len(sides) == 1 else None

    @cached_property
    def _sides(self) -> dict[str, str]:
        """Of a surname, whether `he` or `she` stands for it, by its form of address."""
        known: dict[str, str] = {}
        for address in _ADDRESS.finditer(self.characters, *self.span):
            side = "m" if address["address"] in ("Mr", "Herr", "Monsieur", "Sir") else "f"
            if known.setdefault(address["name"], side) != side:
                known[address["name"]] = ""
        return {name: side for name, side in known.items() if side}

    def _antecedent_of(
        self, surface: str, clause: Clause, before: Speaker | None, context: Context
    ) -> Speaker:
        outer = self.resolve(attrs.evolve(clause.outer, outer=None), before) if clause.outer else None
        if outer is not None and self._fits(surface, outer):
            return Speaker(
                surface, clause.who, SpeakerStatus.PRONOUN, outer.name, outer.role, (outer.surface,)
            )
        found = self._antecedent(surface, clause.who, before)
        topic = context() if found.name is None else None
        if topic is not None and topic.clause.classes != "P":
            subject = self.resolve(topic.clause, None)
            alone = topic.near or (
                subject.name is not None
                and not self._others_since(subject.name, subject.span[1], clause.who[0])
            )
            if (
                alone
                and self._fits(surface, subject)
                and (subject.status is SpeakerStatus.NAMED or not topic.near)
            ):
                return Speaker(
                    surface, clause.who, SpeakerStatus.PRONOUN, subject.name, subject.role, (subject.surface,)
                )
        return found

    def _fits(self, pronoun: str, speaker: Speaker) -> bool:
        """Say whether a pronoun can stand for a speaker that is named."""
        return speaker.name is not None and self._can_be(pronoun, speaker)

    def _can_be(self, pronoun: str, speaker: Speaker) -> bool:
        """Say whether a pronoun agrees with a speaker: `she` with no ministry, `it` with no person."""
        low = re.split("[’']", pronoun.lower().removeprefix("-t"))[0].strip("-")
        if low in ("i", "you"):
            return False
        if low in self.lexicon.feminine or low in self.lexicon.masculine:
            if re.search(r" (?:and|or) ", speaker.name or ""):
                return False
            return not self._is_body(speaker.name or speaker.surface)
        if low in self.lexicon.neuter:
            return self._is_body(speaker.name or speaker.surface)
        return True

    def _antecedent(self, surface: str, who: Span, before: Speaker | None) -> Speaker:
        """Resolve a pronoun to the last speaker near by, where nobody else was named in full in between."""
        if (
            before
            and before.name
            and self._can_be(surface, before)
            and not self._others_since(before.name, before.span[1], who[0])
        ):
            return Speaker(surface, who, SpeakerStatus.PRONOUN, before.name, before.role, (before.surface,))
        return Speaker(surface, who, SpeakerStatus.PRONOUN)

    def _others_since(self, name: str, start: int, end: int) -> bool:
        """Say whether somebody else was named in full since `name`: then a pronoun may mean them."""
        if end - start > _FAR:
            return True
        last = name.rsplit(maxsplit=1)[-1]
        others = (m[0] for m in NAME.finditer(self.characters, start, end) if last not in m[0])
        return any(not self._is_body(other) for other in others)
