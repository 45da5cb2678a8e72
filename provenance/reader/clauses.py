"""Sentences as strings of word classes: who is the subject of which verb of saying, found without a parser.

A stretch of text is cut into words; each word becomes one letter by the part it plays, a quotation becomes `Q`, and short
patterns over the letters find the subject beside a verb of saying.
The letters are explained in `letters`, the patterns stand in `patterns`.
"""

from __future__ import annotations

import re

import attrs

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.letters import Lettered
from provenance.reader.patterns import (
    ACCORDING,
    ADVERBS,
    AFTER_SMALL,
    AGENT,
    BEFORE_COLON,
    CALLED,
    COUPLED,
    DIRECT,
    INSIDE,
    INVERTED,
    LABEL,
    LEFT_INSIDE,
    LEFTS,
    MADE,
    NAME_BEFORE,
    NAME_LABEL,
    OPENING,
    PARENTHETICAL,
    PASSIVE,
    PROGRESSIVE,
    QUOTED,
    QUOTED_BEHIND,
    RELATIVE,
    SAYING,
    SIGNED,
    SUBJECT,
    SUBJECT_OF_VIEW,
    VIEW,
)

_NOT_ON = frozenset(".;:()!TIOCWEGgbvQKd") | {""}
"""What no attribution begins with: most quotations are followed by one of these."""
NEAR = 8
"""Words between a weaker verb and the quotation that it can lead to."""
_QUOTING = ("quoted", "quotes", "quoting", "cited", "cites", "citing")
_WITH = frozenset("with of by from without mit avec con com".split())
_BY = frozenset("by von par por da pelo pela".split())
_SHORTENED = lazily.compile(r"[’'](?:s|re|m|ve|d|ll)\Z")
WINDOW = 60
"""Words on either side of a quotation among which its verb and subject are looked for."""


@attrs.frozen
class Clause:
    """A subject with its verb of saying: places in the text. `beside` is what stands between commas at the subject."""

    who: Span
    classes: str
    """The letters of the subject's words."""
    cue: Span
    beside: Span | None = None
    outer: Clause | None = None
    """The clause that this one stands in, where this one's subject is a pronoun."""
    weak: bool = False
    """Whether the verb only sometimes is one of saying."""


class Sentences(Lettered):
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
            if clause is None or self.characters[slice(*clause.who)].lower() in self.lexicon.indefinite:
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
                return attrs.evolve(clause, outer=self._clause(found.span("np"), (cue, cue + 1), found.span("gap")))
        return clause

    def _word(self, token: int) -> str:
        return self.words[token].lower()

    def _floor(self, at: int) -> int:
        letters = self.letters
        low = max(0, at - WINDOW)
        return max(letters.rfind(".", low, at), letters.rfind("!", low, at)) + 1 or low

    def _subject_of(self, cue: int, floor: int) -> Clause | None:
        """Return a verb's clause: its subject to the left, the clause's own for `and said` and `saying`."""
        letters = self.letters
        letter = letters[cue]
        if (cue > floor and letters[cue - 1] == "Q") or letters[max(floor, cue - 2) : cue] == "Q,":
            inverted = INVERTED.match(letters, cue)
            if inverted and letter in "VM":
                return self._clause(
                    inverted.span("np"), (cue, cue + 1), inverted.span("gap"), weak=letter == "M"
                )
        if letter in "VM" and self._is_passive(cue, floor):
            return None
        if letter in "VM" and (cue == floor or letters[cue - 1] in ",T"):
            leading = BEFORE_COLON.match(letters, cue + 1)
            if leading:
                return self._clause(leading.span("np"), (cue, cue + 1), leading.span("gap"), weak=letter == "M")
        if letter == "b" and not self._is_verb(cue, floor):
            return None
        coupled = letter == "b" and COUPLED.search(letters, floor, cue)
        if not coupled and (letter in "Gb" or self._is_joined(cue, floor)):
            return self._outer(cue, floor)
        if letters[cue + 1 : cue + 2] == "Q" and self._names_a_work(cue, floor):
            return None
        found = (
            RELATIVE.search(letters, floor, cue)
            or self._left(floor, cue)
            or self._left_inside(floor, cue)
        )
        if found is None:
            return self._outer(cue, floor)
        gap = found.span("gap") if "gap" in found.re.groupindex else (found.end() - 1, cue)
        return self._clause(found.span("np"), (cue, cue + 1), gap, weak=letter == "M")

    def _left(self, floor: int, cue: int) -> re.Match[str] | None:
        """Return the subject to the left of a verb. An apposition is none where the name it belongs to opens the clause."""
        for pattern in LEFTS:
            found = pattern.search(self.letters, floor, cue)
            if found and found["np"].strip("#") and self.letters[max(0, found.start() - 1)] not in "Mv":
                name = found["np"][0] in "wD" and NAME_BEFORE.search(self.letters, floor, found.start("np"))
                return name or found
        return None

    def _left_inside(self, floor: int, cue: int) -> re.Match[str] | None:
        """Return a subject inside a longer phrase; none that a verb stands before: `found every household warned`."""
        found = LEFT_INSIDE.search(self.letters, floor, cue)
        return found if found and (found.start() <= floor or self.letters[found.start() - 1] not in "Mv") else None

    def _names_a_work(self, cue: int, floor: int) -> bool:
        """Say whether `called` names a thing: `writing a book called “…”`."""
        word = self._word(cue)
        return (
            word in ("called", "dubbed", "titled", "labeled", "branded")
            and re.search(r"[gGvVMIA]D?[vw#]*w\Z", self.letters[floor:cue]) is not None
        )

    def _is_passive(self, cue: int, floor: int) -> bool:
        """Say whether something is what is called so: `is called`, `what’s called`."""
        if PASSIVE.search(self.letters, floor, cue):
            return True
        small = ADVERBS.search(self.letters, floor, cue)
        first = small.start() if small else cue
        return first > floor and self.letters[first - 1] in "TW" and self._word(first - 1).endswith(("’s", "'s"))

    def _is_verb(self, cue: int, floor: int) -> bool:
        """Say whether a base form is a verb: after `to`, `will`, a plural pronoun or a plural noun."""
        small = ADVERBS.search(self.letters, floor, cue)
        first = small.start() if small else cue
        before = self._word(first - 1) if first > floor else ""
        return (
            "A" in self.letters[first:cue]
            or before in ("to", "they", "we", "you", "i")
            or (before.endswith("s") and self.letters[first - 1] in "wN")
            or COUPLED.search(self.letters, floor, first) is not None
        )

    def _is_joined(self, cue: int, floor: int) -> bool:
        small = ADVERBS.search(self.letters, floor, cue)
        first = small.start() if small else cue
        return (first > floor and self.letters[first - 1] == "C") or self.letters[
            max(floor, first - 2) : first
        ] in (",C", ",T")

    def _outer(self, cue: int, floor: int) -> Clause | None:
        """Return the clause of a verb whose subject is the sentence's: the first that has a verb of its own."""
        letters = self.letters
        weak = letters[cue] == "M"
        if letters[cue] == "G":
            if clause := self._of_participle(cue, floor):
                return clause
        elif letters[cue] in "VM":
            near = max(letters.rfind(kind, floor, cue - 1) for kind in "VMv")
            found = self._left(floor, near) if near > floor else None
            if found:
                return self._clause(found.span("np"), (cue, cue + 1), (-1, -1), weak=weak)
        found = SUBJECT.match(letters, floor, cue + 1) or self._later_subject(floor, cue)
        if found is None and letters[cue] == "G":
            found = OPENING.match(letters, floor, cue)
        if found is None:
            return None
        if letters[cue] == "b" and letters[found.end()] == "V":
            cue = found.end()  # `said that the party should repeat “…”` is what was said
        return self._clause(found.span("np"), (cue, cue + 1), found.span("gap"), weak=weak)

    def _of_participle(self, cue: int, floor: int) -> Clause | None:
        """Return the clause of `saying` where its subject stands near: `with WHO saying`, `WHO is saying`."""
        letters = self.letters
        quoted = QUOTED.search(letters, max(floor, cue - 12), cue) if self._word(cue - 1) == "as" else None
        if quoted and self._word(quoted.start()) in _QUOTING:
            return self._clause(quoted.span("np"), (cue, cue + 1), (-1, -1))
        inside = INSIDE.search(letters, floor, cue)
        if inside and self._word(inside.start("np") - 1) in _WITH:
            return self._clause(inside.span("np"), (cue, cue + 1), (-1, -1))
        if paper := self._document(floor, cue):
            return self._clause(paper.span("np"), (cue, cue + 1), (-1, -1))
        if cue > floor and letters[cue - 1] == "P" and _SHORTENED.search(self.words[cue - 1]):
            return self._clause((cue - 1, cue), (cue, cue + 1), (-1, -1))
        going = PROGRESSIVE.search(letters, floor, cue)
        if going and (found := self._left(floor, going.start())):
            return self._clause(found.span("np"), (cue, cue + 1), found.span("gap"))
        if found := AFTER_SMALL.search(letters, floor, cue):
            return self._clause(found.span("np"), (cue, cue + 1), found.span("gap"))
        near = letters.rfind("V", max(floor, cue - 6), cue)
        if near >= 0 and (clause := self._subject_of(near, floor)):
            return attrs.evolve(clause, cue=self._span((cue, cue + 1)))
        return None

    def _document(self, floor: int, cue: int) -> re.Match[str] | None:
        """Return the thing that speaks in `leaflets are being dropped, warning residents`."""
        for found in MADE.finditer(self.letters, floor, cue):
            if self._word(found.end("np") - 1) in self.lexicon.documents:
                return found
        return None

    def _later_subject(self, floor: int, cue: int) -> re.Match[str] | None:
        for start in range(floor, cue):
            if self.letters[start] in "T;:-C," and (found := SUBJECT.match(self.letters, start + 1, cue + 1)):
                return found
        return None

    def after(self, number: int) -> Clause | None:
        """Return the clause right behind a part of a quotation: `said WHO`, `WHO said`."""
        letters = self.letters
        found = (
            self._following(place + 1, alone=place == 0 or letters[place - 1] in ".!,:;-T")
            for place in self.places[number]
        )
        return next(filter(None, found), None)

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
            if found and not (soft and pattern is DIRECT and self._begins(found)):
                weak = letters[found.start("cue")] == "M"
                if self._word(found.start("cue")) in _QUOTING:
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

    def _owner(self, first: int, stop: int, cue: Span) -> Clause:
        """Return the clause of an owner, without what makes it a possessive: `Orlov’s`, `his`."""
        start, end = self._span((first, stop))
        if self.letters[stop - 1] == "S":
            end -= 2 if self.characters[end - 1] in "sS" and self.characters[end - 2] in "’'" else 1
        return Clause((start, end), "P" if self.letters[stop - 1] == "D" else "N", self._span(cue))

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

    def _clause(self, np: Span, cue: Span, gap: Span, *, weak: bool = False) -> Clause:
        classes = self.letters[slice(*np)]
        who = self._span(np)
        if classes == "P" and (short := _SHORTENED.search(self.words[np[0]])):
            who = (who[0], who[0] + short.start())
        return Clause(who, classes, self._span(cue), self._beside(gap), weak=weak)

    def _beside(self, gap: Span) -> Span | None:
        """Return the apposition in a gap: what stands between its commas, where it is no relative clause."""
        letters = self.letters[gap[0] : gap[1]] if gap[0] >= 0 else ""
        first = re.search(r"[,-]", letters)
        if first is None:
            return None
        inner = letters[first.end() :].rstrip(",-RAd")
        if not inner or inner[0] in "WTIgGvVRd" or re.search(r"[VTW]", inner):
            return None
        start = gap[0] + first.end()
        return self._span((start, start + len(inner)))

    def _span(self, tokens: Span) -> Span:
        return (self.tokens[tokens[0]][0], self.tokens[tokens[1] - 1][1])
