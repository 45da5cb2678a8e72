"""Who is said to speak: local rules around a quotation, and abstaining where they do not answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import attrs

from provenance.model.quotation import Quotation, QuotationKind, Span, Speaker
from provenance.reader.cues import VERB
from provenance.reader.outlets import known_outlet
from provenance.reader.persons import Persons

REACH = 300
"""Characters beside a quotation in which its speaker is looked for."""

_ABBREVIATED = "".join(
    rf"(?<=\b{t})\.|" for t in ("Mr", "Ms", "Mrs", "Dr", "Sen", "Gov", "Rep", "Gen", "[A-Z]")
)
_WORDS = rf"(?:{_ABBREVIATED}[^.!?;:\"“”„«»\n])"
_STOPS = "on|in|at|during|who|after|when|as|while|to|before|about|from|by|over|last|this|with|earlier|late"
_AFTER_VERB = re.compile(
    rf"[\s,]*(?P<cue>{VERB})\s(?P<who>{_WORDS}{{2,160}}?)(?=,| (?:{_STOPS}) |[!?;:\n\"“]|\.?$)"
)
_AFTER_WHO = re.compile(rf"[\s,]*(?P<who>{_WORDS}{{1,140}}?)\s(?P<cue>{VERB})\b")
_BEFORE = re.compile(rf"(?P<who>{_WORDS}{{1,220}}?)\s(?P<cue>{VERB})\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^.!?;:,\"“”\n]{2,100})")
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bGen)(?<!\b[A-Z])[.!?][\"”’)]*\s"
)
_LEAD = re.compile(
    r"(?:[Bb]ut|[Aa]nd|[Hh]owever|[Yy]et|[Ss]o|[Tt]hen|[Ww]hile|[Mm]eanwhile|that|as|which|where)[,\s]+"
)
_VIA = re.compile(
    r"(?:as )?(?:quoted|cited|reported|carried) by (?:the )?(?P<by>[A-Z][\w. -]{1,40}?)"
    r"(?: (?:state )?news agency| agency|,|\.|\s(?:on|in|as)\s|$)"
    r"|[Aa]ccording to (?:the )?(?P<to>[A-Z][\w. -]{1,40}?)(?: news agency|[.,]|$)"
    r"|told (?:the )?(?P<told>[A-Z][\w -]{1,40}?)(?: news agency|[.,]|\s(?:on|in)\s|$)"
)
_REPORTS = re.compile(r"(?P<who>[A-Z][\w -]{1,40}?)(?: news agency)? (?:reports?|reported) (?:that )?")
_SPEECH = frozenset({QuotationKind.DIRECT, QuotationKind.PARTIAL, QuotationKind.BLOCK, QuotationKind.SCARE})
_OPENING, _CLOSING = " \t\xa0“\"„«‘'`", " \t\xa0”\"»’'“"
_SUBORDINATE = re.compile(
    r"(?:in|at|during|following|after|when|while|though|although|for|by|with|on|as|speaking|and|but|before|since|because|if"
    r"|asked|having|under|from|to|of|or|until|despite|sponsored|citing|according)\b",
    re.IGNORECASE,
)
_TURN = re.compile(r",\s(?:while|but|and|although|though|whereas|yet)\s")
"""After such a word another subject speaks than the sentence began with."""
_PERSONLESS = re.compile(r"\b(?:which|that|there|who|it was|those|these|what)\b")


@attrs.frozen
class _Clause:
    """A subject and its verb of saying: places in the text."""

    who: Span
    cue: Span


def attribute(
    characters: str, paragraphs: Sequence[Span], quotations: Sequence[Quotation]
) -> tuple[Quotation, ...]:
    """Return the quotations with their speakers where the words around them name one; the others unchanged."""
    if not quotations or not paragraphs:
        return tuple(quotations)
    starts = [start for start, _ in paragraphs]
    persons = Persons(characters, (paragraphs[0][0], paragraphs[-1][1]))
    done: list[Quotation] = []
    for index, quotation in enumerate(quotations):
        if quotation.kind not in _SPEECH or quotation.nested_in is not None:
            done.append(quotation)
            continue
        number = max(0, bisect_right(starts, quotation.start) - 1)
        following = quotations[index + 1].start if index + 1 < len(quotations) else len(characters)
        done.append(_attributed(characters, paragraphs, number, quotation, done, following, persons))
    return tuple(done)


def _attributed(
    characters: str,
    paragraphs: Sequence[Span],
    number: int,
    quotation: Quotation,
    done: Sequence[Quotation],
    following: int,
    persons: Persons,
) -> Quotation:
    paragraph = paragraphs[number]
    clause = _clause_after(characters, quotation, min(paragraph[1], following))
    clause = clause or _clause_before(characters, quotation, paragraph, done)
    if (
        clause is None
        and number
        and characters[paragraphs[number - 1][1] - 1] == ":"
        and _opens(characters, quotation, paragraph)
    ):
        clause = _last_clause(characters, *paragraphs[number - 1])
    via = _via(characters, quotation, paragraphs, number)
    if clause is not None:
        before = _latest(done, paragraphs, number, 2)
        speaker = persons.resolve(clause.who, before, paragraphs[max(0, number - 2)][0])
        return attrs.evolve(quotation, speaker=speaker, cue=clause.cue, via=via)
    return attrs.evolve(
        quotation, speaker=_continued(characters, quotation, paragraphs, number, done), via=via
    )


def _opens(characters: str, quotation: Quotation, paragraph: Span) -> bool:
    return not characters[paragraph[0] : quotation.start].strip(_OPENING)


def _clause_after(characters: str, quotation: Quotation, stop: int) -> _Clause | None:
    """Read `…,” said WHO` and `…,” WHO said`, where the quotation does not end its sentence itself."""
    last = characters[quotation.end - 1]
    at = quotation.end + 1
    if quotation.kind is QuotationKind.SCARE or (last not in ",?!—–-…" and characters[at : at + 1] != ","):
        return None
    end = _sentence_end(characters, at, min(stop, at + REACH))
    for pattern in (_AFTER_VERB, _AFTER_WHO):
        match = pattern.match(characters, at, end)
        if match and not _PERSONLESS.search(match["who"]):
            return _Clause(_trim(characters, *match.span("who")), match.span("cue"))
    return None


def _clause_before(
    characters: str, quotation: Quotation, paragraph: Span, done: Sequence[Quotation]
) -> _Clause | None:
    """Read `WHO said: “…”` and `WHO said it was “…”` in the sentence that leads to the quotation."""
    start = max(paragraph[0], quotation.start - REACH, *(q.end + 1 for q in done[-1:]))
    ends = list(_SENTENCE_END.finditer(characters, start, quotation.start))
    start = ends[-1].end() if ends else start
    if characters[start : quotation.start].strip(_OPENING) == "":
        return None
    return _last_clause(characters, start, quotation.start)


def _last_clause(characters: str, start: int, end: int) -> _Clause | None:
    """Return the last subject with a verb of saying in `[start, end)`, or who it is according to."""
    start = max(start, end - REACH)
    ends = list(_SENTENCE_END.finditer(characters, start, end - 1))
    start = ends[-1].end() if ends else start
    match = _BEFORE.match(characters, start, end)
    if match and not _PERSONLESS.search(match["who"]):
        return _Clause(_trim(characters, *match.span("who")), match.span("cue"))
    according = _ACCORDING.search(characters, start, end)
    return (
        _Clause(_trim(characters, *according.span("who")), (according.start(), according.start("who") - 1))
        if according
        else None
    )


def _sentence_end(characters: str, start: int, end: int) -> int:
    match = _SENTENCE_END.search(characters, start, end)
    return match.start() if match else end


def _trim(characters: str, start: int, end: int) -> Span:
    """Drop connectives and an opening clause before a subject, and commas around it; empty where only a clause is left."""
    while start < end and characters[start] in " ,—–-\n\xa0":
        start += 1
    for turn in _TURN.finditer(characters, start, end):
        start = turn.end()
    lead = _LEAD.match(characters, start, end)
    start = lead.end() if lead else start
    while start < end and _SUBORDINATE.match(characters, start, end):
        comma = characters.find(", ", start, end)
        start = comma + 2 if comma >= 0 else end
    return (start, start + len(characters[start:end].rstrip(" ,—–-\n")))


def _latest(done: Sequence[Quotation], paragraphs: Sequence[Span], number: int, reach: int) -> Speaker | None:
    """Return the speaker of the last attributed quotation at most `reach` paragraphs back."""
    floor = paragraphs[max(0, number - reach)][0]
    for quotation in reversed(done[-4:]):
        if quotation.start < floor:
            return None
        if quotation.speaker is not None:
            return quotation.speaker
    return None


def _continued(
    characters: str, quotation: Quotation, paragraphs: Sequence[Span], number: int, done: Sequence[Quotation]
) -> Speaker | None:
    """Return the speaker of the turn that goes on: the same paragraph's, or the one before a paragraph of only quotation."""
    if quotation.kind in (QuotationKind.SCARE, QuotationKind.PARTIAL):
        return None
    alone = _opens(characters, quotation, paragraphs[number]) and not characters[
        quotation.end : paragraphs[number][1]
    ].strip(_CLOSING + ".")
    same = bool(done) and done[-1].start >= paragraphs[number][0]
    before = _latest(done, paragraphs, number, 0 if same else 1) if (same or alone) else None
    if before is None:
        return None
    return attrs.evolve(before, resolved_from=(before.surface, "continued"))


def _via(characters: str, quotation: Quotation, paragraphs: Sequence[Span], number: int) -> str | None:
    """Return the agency or outlet that the words were taken from, where the sentence says so."""
    at = quotation.end + 1
    end = _sentence_end(characters, at, min(paragraphs[number][1], at + REACH))
    for match in _VIA.finditer(characters, at, end):
        name = match["by"] or match["to"] or match["told"]
        if known_outlet(name) or "agency" in match[0]:
            return name
    lead = (
        paragraphs[number - 1]
        if number and _opens(characters, quotation, paragraphs[number])
        else paragraphs[number]
    )
    for match in _REPORTS.finditer(
        characters, max(lead[0], min(lead[1], quotation.start) - REACH), min(lead[1], quotation.start)
    ):
        words = match["who"].split()
        for first in range(len(words)):
            if known_outlet(" ".join(words[first:])):
                return " ".join(words[first:])
    return None
