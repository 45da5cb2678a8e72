"""Who is said to speak: local rules around a quotation, and abstaining where they do not answer."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import attrs

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Quotation, Span, Speaker, SpeakerStatus
from provenance.reader.clauses import Sentences
from provenance.reader.denials import is_unsaid
from provenance.reader.letters import known_of
from provenance.reader.lexicon import LANGUAGES, lexicon_of
from provenance.reader.outlets import known_outlet
from provenance.reader.persons import Persons, Topic
from provenance.reader.subjects import Clause
from provenance.reader.via import Carriers

_LABEL = lazily.compile(r"(?P<who>[A-Z][A-Z .’'-]{1,40}[A-Z]):\s")
_OPENING, _CLOSING = " \t\xa0“\"„«‘'`»”’", " \t\xa0”\"»’'“.,"
_SENTENCE_END = lazily.compile(r"[.!?](?<!\b[A-Z].)[\"”’)]*\s")
_REACH = 400
_COLON = 8
"""Characters at a paragraph's end among which the colon stands that leads to the next."""
_NEAR = 2
"""Paragraphs back in which the last speaker can be who goes on."""


def attribute(
    characters: str,
    paragraphs: Sequence[Span],
    quotations: Sequence[Quotation],
    *,
    language: str | None = None,
    silent: frozenset[int] = frozenset(),
) -> list[Said]:
    """Return of each quotation who is said to speak, where the words around it name somebody.

    `silent` are the numbers of those that quote nobody, such as titles.
    """
    if not quotations or not paragraphs:
        return [Said()] * len(quotations)
    return _Attribution(characters, paragraphs, quotations, language).run(silent)


@frozen
class Said:
    """Who is said to speak, by which word, and where the article took it from."""

    speaker: Speaker | None = None
    cue: Span | None = None
    carriers: tuple[str, ...] = ()


class _Attribution:
    """One article's quotations on their way to speakers: `done` grows in order."""

    def __init__(
        self,
        characters: str,
        paragraphs: Sequence[Span],
        quotations: Sequence[Quotation],
        language: str | None,
    ) -> None:
        self.characters = characters
        self.paragraphs = paragraphs
        self.starts = [start for start, _ in paragraphs]
        self.quotations = quotations
        self.lexicon = lexicon_of(language)
        self.foreign = language is not None and language.split("-", maxsplit=1)[0] not in LANGUAGES
        """Whether nothing is known of the language's words: then only a name can be told from the verb beside it."""
        self.persons = Persons(characters, (paragraphs[0][0], paragraphs[-1][1]), self.lexicon)
        self.of_paragraph: dict[int, list[int]] = {}
        for index, quotation in enumerate(quotations):
            if quotation.nested_in is None:
                for number in {self.number(start) for start, _ in quotation.segments}:
                    self.of_paragraph.setdefault(number, []).append(index)
        self.carriers = Carriers(characters)
        self.sentences: dict[int, Sentences] = {}
        self.known = known_of(self.lexicon)
        self.done: list[Said] = []

    def number(self, position: int) -> int:
        return max(0, bisect_right(self.starts, position) - 1)

    def run(self, silent: frozenset[int]) -> list[Said]:
        for index, quotation in enumerate(self.quotations):
            if index in silent:
                self.done.append(Said())
            elif quotation.nested_in is not None:
                self.done.append(self._nested(index, quotation))
            else:
                self.done.append(self._attributed(index, quotation))
        return self.done

    def _nested(self, index: int, quotation: Quotation) -> Said:
        """Attribute a quotation inside another by the words of the outer one."""
        outer = self.quotations[quotation.nested_in or 0]
        start, end = next((s for s in outer.segments if s[0] <= quotation.start < s[1]), outer.span)
        start, end = max(start, quotation.start - _REACH), min(end, quotation.end + _REACH)
        around = (max(start, quotation.start - 1), min(end, quotation.end + 1))
        sentences = Sentences(self.characters, (start, end), [(index, around)], self.known)
        after = sentences.after(index)
        clause = after if after and not after.weak and self._leads_on(quotation) else sentences.before(index)
        if clause is None or clause.weak:
            return Said()
        return Said(self.persons.resolve(clause, None), clause.cue)

    def read(self, number: int) -> Sentences:
        """Return a paragraph as letters, with its quotations."""
        if number not in self.sentences:
            start, end = self.paragraphs[number]
            inside = []
            for index in self.of_paragraph.get(number, ()):
                for first, last in self.quotations[index].segments:
                    if start <= first < end:
                        inside.append((index, (max(start, first - 1), min(end, last + 1))))
            self.sentences[number] = Sentences(self.characters, (start, end), inside, self.known)
        return self.sentences[number]

    def _attributed(self, index: int, quotation: Quotation) -> Said:
        number = self.number(quotation.start)
        colon = self.characters.find(":", quotation.start, quotation.start + 60) >= 0
        label = colon and _LABEL.match(self.characters, quotation.start, quotation.start + 60)
        if label:
            who = label.span("who")
            return Said(Speaker(label["who"], who, SpeakerStatus.NAMED, label["who"]))
        sentences = self.read(number)
        clause = self._clause(sentences, index, quotation, number) or self._led_in(sentences, index, number)
        if clause is not None and (
            (self.foreign and "N" not in clause.classes)
            or is_unsaid(self.characters, clause.who, clause.cue, quotation.span, self.lexicon.language)
        ):
            return Said(None, None, self._carriers(quotation, number))
        if clause is not None:
            speaker = self.persons.resolve(
                clause, self._latest(index, number), lambda: self._context(sentences, index, number)
            )
            return Said(speaker, clause.cue, self._carriers(quotation, number, speaker.span))
        speaker_on = self._continued(sentences, index, number)
        return Said(speaker_on, None, self._carriers(quotation, number))

    def _context(self, sentences: Sentences, index: int, number: int) -> Topic | None:
        """Return what the sentence before a quotation's own is about, in the paragraph or at the end of the one before."""
        near = sentences.floor(index) > 0
        clause = sentences.topic_before(index) if near else self.read(number - 1).last() if number else None
        return Topic(clause, near) if clause else None

    def _carriers(self, quotation: Quotation, number: int, speaker: Span | None = None) -> tuple[str, ...]:
        """Return what the sentence around a quotation, or the paragraph before it, says it was taken from."""
        paragraph = self.paragraphs[number]
        rest = (
            quotation.end + 1,
            _sentence_end(self.characters, quotation.end + 1, max(quotation.end + 1, paragraph[1])),
        )
        lead = (paragraph[0], quotation.start)
        if number and self._opens(quotation, number):
            lead = self.paragraphs[number - 1]
        return self.carriers.of(lead, rest, speaker)

    def _clause(self, sentences: Sentences, index: int, quotation: Quotation, number: int) -> Clause | None:
        after = sentences.after(index)
        if after and not after.weak and quotation.end and self._leads_on(quotation):
            return self._behind(after, sentences, index)
        before = sentences.before(index)
        label = sentences.labelled(index, named=True) or sentences.called_by(index) or sentences.closed(index)
        if label:
            return label
        if before and not before.weak:
            return before
        clause = sentences.around(index) or sentences.labelled(index)
        if clause:
            return clause
        if after and not after.weak and self._alone_before(sentences, index):
            return after
        if before or (after and self._leads_on(quotation)):
            return before or after
        last = self._last_segment(quotation)
        return sentences.signed(index) if last == number else self.read(last).after(index)

    def _behind(self, after: Clause, sentences: Sentences, index: int) -> Clause:
        """Return the clause behind a quotation, or the one before it for words that an outlet only passes on."""
        is_pronoun = after.classes == "P"
        if not is_pronoun and not self._carries(after):
            return after
        before = sentences.before(index)
        if before is None or before.classes == "P":
            return after
        if is_pronoun:
            return attrs.evolve(after, outer=before)
        return after if before.weak else before

    def _led_in(self, sentences: Sentences, index: int, number: int) -> Clause | None:
        """Return who speaks by the paragraph before, where that ends in a colon and this one begins with the quotation."""
        if not number or sentences.place[index]:
            return None
        start, end = self.paragraphs[number - 1]
        return (
            self.read(number - 1).leads_on()
            if ":" in self.characters[max(start, end - _COLON) : end]
            else None
        )

    def _carries(self, clause: Clause) -> bool:
        """Say whether an outlet only passes words on: `WHO said it was “…,” Reuters reported`."""
        verb = self.characters[slice(*clause.cue)].lower()
        return (
            verb in ("reported", "reports") and known_outlet(self.characters[slice(*clause.who)]) is not None
        )

    def _last_segment(self, quotation: Quotation) -> int:
        return self.number(quotation.segments[-1][0])

    def _leads_on(self, quotation: Quotation) -> bool:
        """Say whether a quotation ends as one does that its attribution follows."""
        return any(
            (self.characters[end - 2 : end].rstrip("’'”") or " ")[-1] in ",?!—–-…"
            or "," in self.characters[end : end + 2]
            for _, end in quotation.segments
        )

    def _alone_before(self, sentences: Sentences, index: int) -> bool:
        at = sentences.place[index]
        return at == 0 or sentences.letters[at - 1] in ".!"

    def _opens(self, quotation: Quotation, number: int) -> bool:
        return not self.characters[self.paragraphs[number][0] : quotation.start].strip(_OPENING)

    def _latest(self, index: int, number: int) -> Speaker | None:
        """Return the speaker of the last attributed quotation a few paragraphs back."""
        floor = self.paragraphs[max(0, number - _NEAR)][0]
        for earlier in range(index - 1, max(-1, index - 5), -1):
            if self.quotations[earlier].end < floor:
                return None
            if self.done[earlier].speaker is not None:
                return self.done[earlier].speaker
        return None

    def _continued(self, sentences: Sentences, index: int, number: int) -> Speaker | None:
        """Return the speaker of the turn that goes on; None inside a sentence in which nobody is said to speak."""
        if not self._alone_before(sentences, index):
            return None
        if sentences.place[index] > 1:
            same = index and self.quotations[index - 1].start >= self.paragraphs[number][0]
            spoken = same and sentences.is_in_sentence_before(index - 1, index)
            clause = None if spoken and self.done[index - 1].speaker else sentences.sentence_before(index)
            if clause is not None:
                return _again(self.persons.resolve(clause, self._latest(index, number)))
            before = self._latest(index, number) if same else None
            return _again(before) if before else None
        return self._from_before(index, number)

    def _from_before(self, index: int, number: int) -> Speaker | None:
        """Return who speaks in a paragraph of nothing but quotation: whoever spoke, or was said to, just before."""
        if not number or self.read(number).letters.strip("Q.!,"):
            return None
        previous = self.read(number - 1)
        mine = self.of_paragraph.get(number - 1)
        clause = previous.last()
        last = self.done[mine[-1]] if mine else None
        if last is not None and last.speaker is not None:
            return _again(last.speaker)
        if clause is not None:
            return _again(self.persons.resolve(clause, self._latest(index, number)))
        return None


def _sentence_end(characters: str, start: int, end: int) -> int:
    found = _SENTENCE_END.search(characters, start, min(end, start + 400))
    return found.start() if found else min(end, start + 400)


def _again(speaker: Speaker) -> Speaker:
    """Return a speaker who goes on."""
    if speaker.resolved_from[-1:] == ("continued",):
        return speaker
    return attrs.evolve(speaker, resolved_from=(speaker.surface, "continued"))
