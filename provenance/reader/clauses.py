"""Sentences as strings of word classes: who is said to speak in them, found without a parser.

A stretch of text is cut into words; each word becomes one letter by the part it plays, a quotation becomes `Q`, and short
patterns over the letters find the verb of saying that leads to a quotation or follows it, and its subject.
The letters are explained in `letters`, the patterns stand in `patterns`, a verb's subject is found in `subjects`.
"""

from __future__ import annotations

import re

import attrs

from provenance.reader.patterns import (
    ACCORDING,
    AGENT,
    AS_SAID,
    CALLED,
    DIRECT,
    INVERTED,
    LABEL,
    NAME_LABEL,
    OPENING,
    PARENTHETICAL,
    QUOTED_BEHIND,
    SAYING,
    SIGNED,
    SUBJECT,
    SUBJECT_OF_VIEW,
    VIEW,
)
from provenance.reader.subjects import QUOTING, WINDOW, Clause, Subjects

_NOT_ON = frozenset(".;:()!TIOCWEGgQKd") | {""}
"""What no attribution begins with: most quotations are followed by one of these."""
NEAR = 8
"""Words between a weaker verb and the quotation that it can lead to."""
_BY = frozenset(["by", "von", "par", "por", "da", "pelo", "pela"])


class Sentences(Subjects):
    """A stretch of text as letters, and who is said to speak in it."""

    def before(self, number: int) -> Clause | None:
        """Return the nearest verb of saying that leads to a quotation, in its sentence, with its subject."""
        return self._leading(self.place[number])

    def leads_on(self) -> Clause | None:
        """Return who speaks in what follows the stretch, where it ends in a colon."""
        at = len(self.letters)
        if not self.letters.endswith(":"):
            return None
        return self._labelled(at, named=True) or self._leading(at) or self._labelled(at, named=False)

    def _leading(self, at: int) -> Clause | None:
        floor = self._floor(at)
        nearest: Clause | None = None
        for cue in [found.start() for found in SAYING.finditer(self.letters, floor, at)][::-1]:
            letter = self.letters[cue]
            if letter == "M" and at - cue > NEAR:
                continue
            clause = self._noun_of_speech(cue, floor, at) if letter == "w" else self._subject_of(cue, floor)
            if clause is None or self._is_nobody(clause):
                continue
            if nearest is None or (nearest.weak and not clause.weak):
                nearest = clause
                if clause.classes != "P":
                    break
            elif clause.classes != "P" and not clause.weak:
                return attrs.evolve(nearest, outer=clause)
            if not nearest.weak and nearest.classes != "P":
                break
        return nearest

    def _is_nobody(self, clause: Clause) -> bool:
        """Say whether a subject is anybody, or only what is left of an article: `comme l’a dit WHO`."""
        surface = self.characters[slice(*clause.who)].lower()
        return surface in self.lexicon.indefinite or surface.endswith(("’", "'"))

    def floor(self, number: int) -> int:
        """Return where the sentence of a quotation begins among the letters."""
        return self._floor(self.place[number])

    def topic_before(self, number: int) -> Clause | None:
        """Return the subject of the sentence before a quotation's own, in the same stretch, whatever its verb."""
        stop = self.floor(number) - 1
        first = self._floor(stop)
        found = SUBJECT_OF_VIEW.search(self.letters, first, stop) or SUBJECT.match(self.letters, first, stop)
        return (
            self._clause(found.span("np"), (found.end(), found.end() + 1), found.span("gap"))
            if found
            else None
        )

    def _noun_of_speech(self, cue: int, floor: int, at: int) -> Clause | None:
        """Return whose claim it is in `Orlov’s claim that …` or `the claim by …`."""
        if (
            cue <= floor
            or at - cue > 12
            or self.letters[at - 1] in "ER"
            or self._word(cue) not in self.lexicon.speech
        ):
            return None
        owner = cue - 1 - (self.letters[cue - 1] in "wv")
        if owner < floor or not (self.letters[owner] == "S" or self._word(owner) in ("his", "her", "their")):
            return None
        first = owner
        while self.letters[owner] == "S" and first > floor and self.letters[first - 1] == "N":
            first -= 1
        clause = self._owner(first, owner + 1, (cue, cue + 1))
        if clause.classes == "P":
            found = SUBJECT.match(self.letters, floor, first)
            if found and self.letters[slice(*found.span("np"))] != "P":
                return attrs.evolve(
                    clause, outer=self._clause(found.span("np"), (cue, cue + 1), found.span("gap"))
                )
        return clause

    def after(self, number: int) -> Clause | None:
        """Return the clause right behind a part of a quotation: `said WHO`, `WHO said`."""
        letters = self.letters
        found = (
            self._following(place + 1, alone=place == 0 or letters[place - 1] in ".!,:;-T")
            for place in self.places[number]
        )
        return next(filter(None, found), None)

    def closed(self, number: int) -> Clause | None:
        """Return the subject of a verb that closes the sentence behind a quotation: `hat es „…“ genannt`."""
        at = self.place[number]
        if not self.lexicon.nouns_capital or self.letters[at + 1 : at + 2] != "V":
            return None
        floor = self._floor(at)
        helping = self.letters.rfind("A", floor, at)
        found = self._left(floor, helping) if helping > floor else None
        return self._clause(found.span("np"), (at + 1, at + 2), found.span("gap")) if found else None

    def called_by(self, number: int) -> Clause | None:
        """Return the agent behind a quotation that a passive leads to: `described as “…” by WHO`."""
        at = self.place[number]
        if self.letters[at + 1 : at + 2] != "I" or self._word(at + 1) not in _BY:
            return None
        found = AGENT.match(self.letters, at + 1)
        called = CALLED.search(self.letters, max(0, at - 2), at)
        if not found or not called:
            return None
        return self._clause(found.span("np"), (called.start(), called.start() + 1), (-1, -1))

    def _following(self, at: int, *, alone: bool = True) -> Clause | None:
        letters = self.letters
        soft = letters[at : at + 1] == "!"
        at += soft
        if letters[at : at + 1] in _NOT_ON:
            return None
        stop = min(len(letters), at + WINDOW)
        for pattern in (INVERTED, DIRECT):
            found = pattern.match(letters, at, stop)
            if found and letters[found.start("cue")] == "v" and not alone:
                continue  # `in “The Last Ferry,” WHO sailed` is no attribution
            if (
                found
                and pattern is INVERTED
                and letters[found.start("cue")] == "b"
                and DIRECT.match(letters, at, stop)
            ):
                continue  # `state` in `“…,” state senator WHO said` is no verb
            if found and not (soft and pattern is DIRECT and self._begins(found)):
                weak = letters[found.start("cue")] == "M"
                if self._word(found.start("cue")) in QUOTING:
                    quoted = QUOTED_BEHIND.match(letters, found.end("cue"), stop)
                    if quoted and self._word(quoted.end("np")) == "as":
                        return self._clause(quoted.span("np"), (quoted.end() - 1, quoted.end()), (-1, -1))
                return self._clause(found.span("np"), found.span("cue"), found.span("gap"), weak=weak)
        return None

    def _begins(self, found: re.Match[str]) -> bool:
        """Say whether a subject and its verb behind a finished quotation begin a sentence of their own."""
        stop = found.end("cue")
        return self.letters[stop - 1] == "b" or self.letters[stop : stop + 1] in ("T", "Q")

    def around(self, number: int) -> Clause | None:
        """Return who it is according to, or who is named in `, WHO said` further on in the sentence."""
        at = self.place[number]
        floor = self._floor(at)
        ends = [place for mark in ".!" if (place := self.letters.find(mark, at, at + WINDOW)) >= 0]
        stop = min([len(self.letters), at + WINDOW, *(end + 1 for end in ends)])
        found = PARENTHETICAL.search(self.letters, at + 1, stop)
        if found:
            np, cue = ("np", "cue") if found["np"] else ("np2", "cue2")
            return self._clause(found.span(np), found.span(cue), found.span("gap"))
        if self.lexicon.language != "en" and (said := AS_SAID.match(self.letters, floor, at)):
            who = said.span("np" if said["np"] else "np2")
            verb = who[0] - 1 if said["np"] else who[1]
            return self._clause(who, (verb, verb + 1), (-1, -1))
        found = ACCORDING.search(self.letters, at + 1, stop) or ACCORDING.search(self.letters, floor, at)
        if found:
            return self._clause(found.span("np"), (found.start(), found.start() + 1), found.span("gap"))
        return self._in_view(at + 1, stop) or self._in_view(floor, at)

    def _in_view(self, start: int, stop: int) -> Clause | None:
        """Return whose view it is in `in WHO’s view`."""
        for found in VIEW.finditer(self.letters, start, stop) if self.lexicon.views else ():
            if self._word(found.end() - 1) in self.lexicon.views and self._word(found.start()) == "in":
                return self._owner(found.start("np"), found.end("np"), (found.end() - 1, found.end()))
        return None

    def labelled(self, number: int, *, named: bool = False) -> Clause | None:
        """Return who is named before a colon: `WHO: “…”`, `WHO had one message: “…”`."""
        return self._labelled(self.place[number], named=named)

    def _labelled(self, at: int, *, named: bool) -> Clause | None:
        if self.letters[max(0, at - 1) : at] != ":":
            return None
        floor = self._floor(at)
        found = NAME_LABEL.search(self.letters, floor, at)
        if found:
            return self._clause(found.span("np"), (at - 1, at), found.span("gap"))
        found = None if named else LABEL.match(self.letters, floor, at)
        if found is None and not named:
            found = SUBJECT.match(self.letters, floor, at) or OPENING.match(self.letters, floor, at)
        return self._clause(found.span("np"), (at - 1, at), found.span("gap")) if found else None

    def signed(self, number: int) -> Clause | None:
        """Return the name behind a dash after a quotation that fills its paragraph: `“…” — Dana Orlov`."""
        at = self.place[number] + 1
        at += self.letters[at : at + 1] in (".", "!")
        found = SIGNED.match(self.letters, at)
        return self._clause(found.span("np"), (at, at + 1), (-1, -1)) if found else None

    def subject(self, number: int) -> Clause | None:
        """Return the subject of the sentence a quotation stands in, whatever its verb."""
        at = self.place[number]
        floor = self._floor(at)
        found = SUBJECT.match(self.letters, floor, at)
        if found is None:
            return None
        return self._clause(found.span("np"), (found.end(), found.end() + 1), found.span("gap"), weak=True)

    def last(self, floor: int = 0, *, weak: bool = False) -> Clause | None:
        """Return the last verb of saying of the stretch with its subject, from the last sentence back."""
        for cue in range(len(self.letters) - 1, max(floor, len(self.letters) - 2 * WINDOW) - 1, -1):
            if self.letters[cue] in ("VM" if weak else "V"):
                clause = self._subject_of(cue, self._floor(cue))
                if clause:
                    return clause
        return None

    def is_in_sentence_before(self, earlier: int, number: int) -> bool:
        """Say whether one quotation stands in the sentence before another's own."""
        at = self.place.get(earlier, -1)
        return at >= 0 and at >= self._floor(self._floor(self.place[number]) - 1)

    def sentence_before(self, number: int) -> Clause | None:
        """Return the clause of saying in the sentence before a quotation's own, in the same stretch."""
        at = self.place[number]
        stop = self._floor(at) - 1
        if stop <= 0:
            return None
        floor = self._floor(stop)
        for cue in range(floor, stop):
            if self.letters[cue] == "V":
                clause = self._subject_of(cue, floor)
                if clause:
                    return clause
        return None
