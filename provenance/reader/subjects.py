"""The subject of a verb of saying, by the letters around it: to its left, behind a comma, at the head of the sentence."""

from __future__ import annotations

import re

import attrs

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Span
from provenance.reader.letters import Lettered
from provenance.reader.patterns import (
    ADDRESSED,
    ADVERBS,
    AFTER_SMALL,
    BEFORE_COLON,
    COUPLED,
    INSIDE,
    INVERTED,
    LEFT_INSIDE,
    LEFTS,
    MADE,
    NAME_BEFORE,
    OPENING,
    PASSIVE,
    PROGRESSIVE,
    QUOTED,
    RELATIVE,
    SUBJECT,
)

QUOTING = ("quoted", "quotes", "quoting", "cited", "cites", "citing")
_WITH = frozenset(["with", "of", "by", "from", "without", "mit", "avec", "con", "com"])
_SHORTENED = lazily.compile(r"[’'](?:s|re|m|ve|d|ll)\Z")
WINDOW = 60
"""Words on either side of a quotation among which its verb and subject are looked for."""


@frozen
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


class Subjects(Lettered):
    """A stretch of text as letters, and the subjects of its verbs."""

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
                return self._clause(
                    leading.span("np"), (cue, cue + 1), leading.span("gap"), weak=letter == "M"
                )
        if letter == "b" and not self._is_verb(cue, floor):
            return None
        coupled = letter == "b" and COUPLED.search(letters, floor, cue)
        if not coupled and (letter in "Gb" or self._is_joined(cue, floor)):
            return self._outer(cue, floor)
        if letters[cue + 1 : cue + 2] == "Q" and self._names_a_work(cue, floor):
            return None
        found = (
            RELATIVE.search(letters, floor, cue) or self._left(floor, cue) or self._left_inside(floor, cue)
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
        return (
            found
            if found and (found.start() <= floor or self.letters[found.start() - 1] not in "Mv")
            else None
        )

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
        return (
            first > floor and self.letters[first - 1] in "TW" and self._word(first - 1).endswith(("’s", "'s"))
        )

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
        if quoted and self._word(quoted.start()) in QUOTING:
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

    def _owner(self, first: int, stop: int, cue: Span) -> Clause:
        """Return the clause of an owner, without what makes it a possessive: `Orlov’s`, `his`."""
        start, end = self._span((first, stop))
        if self.letters[stop - 1] == "S":
            end -= 2 if self.characters[end - 1] in "sS" and self.characters[end - 2] in "’'" else 1
        return Clause((start, end), "P" if self.letters[stop - 1] == "D" else "N", self._span(cue))

    def _clause(self, np: Span, cue: Span, gap: Span, *, weak: bool = False) -> Clause:
        classes = self.letters[slice(*np)]
        if (longer := ADDRESSED.match(classes)) and self.lexicon.language != "en":
            np = (np[0], np[0] + longer.end("name"))
            classes = self.letters[slice(*np)]
        if (
            self.lexicon.nouns_capital
            and (rest := len(classes) - len(classes.rstrip("w")))
            and "N" in classes
        ):
            np = (np[0], np[1] - rest)  # what is written small behind a noun is no noun
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
