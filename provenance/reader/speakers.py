"""Who is said to speak: local rules around a quotation, and abstaining where they do not answer."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

import attrs

from provenance.model.quotation import Quotation, QuotationKind, Span, Speaker, SpeakerStatus
from provenance.reader.outlets import entry_named

REACH = 300
"""Characters beside a quotation in which its speaker is looked for."""

CUE = (
    "said|says|say|told|tells|added|adds|asked|asks|stated|states|declared|announced|announces|explained|explains"
    "|insisted|warned|warns|noted|notes|claimed|claims|argued|argues|replied|wrote|writes|tweeted|called|calls"
    "|described|accused|condemned|confirmed|denied|stressed|emphasi[sz]ed|recalled|admitted|acknowledged"
    "|concluded|continued|remarked|commented|observed|pointed out|reported|reports|vowed|pledged|urged|demanded"
    "|shouted|predicted|suggested|joked|complained|testified|asserted|alleged|alleges|maintained|responded|hailed"
    "|dismissed|branded|slammed|praised|boasted|promised"
)
_VERB = rf"(?:has |had |have |also |later |then |further |recently )?(?:{CUE})"
_ABBREVIATED = "".join(
    rf"(?<=\b{t})\.|" for t in ("Mr", "Ms", "Mrs", "Dr", "Sen", "Gov", "Rep", "Gen", "[A-Z]")
)
_WORDS = rf"(?:{_ABBREVIATED}[^.!?;:\"“”„«»\n])"
_STOPS = "on|in|at|during|who|after|when|as|while|to|before|about|from|by|over|last|this|with|earlier|late"
_AFTER_VERB = re.compile(
    rf"[\s,]*(?P<cue>{_VERB})\s(?P<who>{_WORDS}{{2,160}}?)(?=,| (?:{_STOPS}) |[!?;:\n\"“]|$)"
)
_AFTER_WHO = re.compile(rf"[\s,]*(?P<who>{_WORDS}{{1,140}}?)\s(?P<cue>{_VERB})\b")
_BEFORE = re.compile(rf"(?P<who>{_WORDS}{{1,220}}?)\s(?P<cue>{_VERB})\b")
_ACCORDING = re.compile(r"\b[Aa]ccording to (?P<who>[^.!?;:,\"“”\n]{2,100})")
_SENTENCE_END = re.compile(
    r"(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)(?<!\bSen)(?<!\bGov)(?<!\bRep)(?<!\bGen)(?<!\b[A-Z])[.!?][\"”’)]*\s"
)
_NAME_WORD = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČА-Я][\w’'-]*\w"
_NAME = re.compile(rf"{_NAME_WORD}(?:\s(?:(?:de|da|van|von|der|al|bin|el|la|[A-Z]\.)\s){{0,2}}{_NAME_WORD})+")
_FULL_NAME = re.compile(
    rf"(?:{_NAME_WORD}\s(?:(?:de|da|van|von|der|al|bin|el|la|[A-Z]\.)\s){{0,2}}){_NAME_WORD}\Z"
)
_TITLE = re.compile(
    r"(?:Mr|Ms|Mrs|Dr|Sen|Gov|Rep|Gen|President|Senator|Minister|General|Secretary)\.?\s(?=[A-Z])"
)
_PRONOUN = re.compile(r"(?:he|she|they|it)\Z", re.IGNORECASE)
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
_NAMED_SPEAKING = re.compile(
    rf"(?:(?:Mr|Ms|Mrs|Dr|Sen)\.\s)?(?P<name>{_NAME_WORD}(?:\s{_NAME_WORD}){{0,2}})(?:,[^,.;:\n]{{2,120}},)?\s(?:{_VERB})\b"
)
_DESCRIPTION_WORDS = 9
_VERBISH = re.compile(r"\b(?:has|have|had|was|were|is|are|would|will|could|after|because|when)\b|[()—]")
_SUBORDINATE = re.compile(
    r"(?:in|at|during|following|after|when|while|though|although|for|by|with|on|as|speaking|and|but|before|since|because|if|asked|having"
    r"|under|from|to|of|or|until|despite|sponsored|citing|according)\b",
    re.IGNORECASE,
)
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
    starts = [start for start, _ in paragraphs]
    done: list[Quotation] = []
    for index, quotation in enumerate(quotations):
        if quotation.kind not in _SPEECH or quotation.nested_in is not None:
            done.append(quotation)
            continue
        number = max(0, bisect_right(starts, quotation.start) - 1)
        following = quotations[index + 1].start if index + 1 < len(quotations) else len(characters)
        done.append(_attributed(characters, paragraphs, number, quotation, done, following))
    return tuple(done)


def _attributed(
    characters: str,
    paragraphs: Sequence[Span],
    number: int,
    quotation: Quotation,
    done: Sequence[Quotation],
    following: int,
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
        speaker = _resolve(characters, clause.who, done, paragraphs, number)
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
    lead = _LEAD.match(characters, start, end)
    start = lead.end() if lead else start
    while start < end and _SUBORDINATE.match(characters, start, end):
        comma = characters.find(", ", start, end)
        start = comma + 2 if comma >= 0 else end
    return (start, start + len(characters[start:end].rstrip(" ,—–-\n")))


def _resolve(
    characters: str, who: Span, done: Sequence[Quotation], paragraphs: Sequence[Span], number: int
) -> Speaker | None:
    """Return the speaker of a subject phrase: a name with its role, a pronoun's antecedent, or a description."""
    surface = characters[slice(*who)]
    if not surface:
        return None
    if _PRONOUN.match(surface.split()[-1]) and len(surface.split()) <= 3:
        return _antecedent(characters, surface, who, done, paragraphs, number)
    span, role = _name_in(characters, who)
    if span is None:
        return _described(characters, who, paragraphs[0][0])
    who = _narrowed(characters, who, span, role)
    surface = characters[slice(*who)]
    name = characters[slice(*span)]
    full = name if " " in name else _full_name(characters, name, who[0], paragraphs[0][0])
    return Speaker(
        surface, who, SpeakerStatus.NAMED, full or name, role, (full,) if full and full != name else ()
    )


def _antecedent(
    characters: str,
    surface: str,
    who: Span,
    done: Sequence[Quotation],
    paragraphs: Sequence[Span],
    number: int,
) -> Speaker:
    """Resolve a pronoun: to the last speaker, else to the last person said to speak in the two paragraphs before."""
    before = _latest(done, paragraphs, number, 2)
    if before and before.name:
        return Speaker(surface, who, SpeakerStatus.PRONOUN, before.name, before.role, (before.surface,))
    start = paragraphs[max(0, number - 2)][0]
    named = None
    for match in _NAMED_SPEAKING.finditer(characters, max(start, who[0] - 4000), who[0]):
        named = match
    if before or named is None:
        return Speaker(surface, who, SpeakerStatus.PRONOUN)
    name = named["name"]
    full = name if " " in name else _full_name(characters, name, named.start(), paragraphs[0][0])
    return Speaker(surface, who, SpeakerStatus.PRONOUN, full or name, None, (name,))


def _described(characters: str, who: Span, floor: int) -> Speaker | None:
    """Return a description's speaker, with the name that the same word introduced before; None for a long clause."""
    comma = characters.rfind(", ", *who)
    start = comma + 2 if comma > 0 and characters[comma + 2].islower() else who[0]
    surface = characters[start : who[1]]
    words = surface.split()
    if not 1 <= len(words) <= _DESCRIPTION_WORDS or _VERBISH.search(surface):
        return None
    head = re.split(r"\s(?:of|for|in|at|from)\s", surface)[0].split()[-1]
    name = None
    if words[0].lower() in ("the", "his", "her", "their") and head.isalpha():
        introduced = re.compile(
            rf"(?i:\b{re.escape(head)})\s(?:(?:General|Gen\.|Major)\s)?(?P<name>{_NAME.pattern})"
        )
        for match in introduced.finditer(characters, max(floor, start - 20_000), start):
            name = match["name"]
    return Speaker(
        surface,
        (start, who[1]),
        SpeakerStatus.DESCRIBED,
        name,
        surface if name else None,
        (name,) if name else (),
    )


def _narrowed(characters: str, who: Span, name: Span, role: str | None) -> Span:
    """Return the part of a subject phrase that is the name and its role, without the clause before them."""
    if not role:
        return name
    at = characters.find(role, *who)
    return (min(at, name[0]), max(at + len(role), name[1])) if at >= 0 else name


def _name_in(characters: str, who: Span) -> tuple[Span | None, str | None]:
    """Return the place of the person's name in a subject phrase, nearest to the verb, and the role beside it."""
    pieces, position = [], who[0]
    for comma in re.finditer(r",\s", characters[slice(*who)]):
        pieces.append((position, who[0] + comma.start()))
        position = who[0] + comma.end()
    pieces.append((position, who[1]))
    for index in range(len(pieces) - 1, -1, -1):
        start, end = pieces[index]
        match = _FULL_NAME.search(characters, start, end) if end - start < 120 else None
        if match and not entry_named(match[0]):
            role = characters[start : match.start()].strip() or _role_beside(characters, pieces, index)
            return match.span(), role
    start, end = pieces[-1] if len(pieces) == 1 else pieces[0]
    title = _TITLE.match(characters, start, end)
    surname = re.compile(rf"{_NAME_WORD}\Z").match(characters, title.end() if title else start, end)
    return (surname.span(), None) if surname else (None, None)


def _role_beside(characters: str, pieces: Sequence[Span], index: int) -> str | None:
    """Return the apposition before or behind a name: `the French president, X` or `X, head of the Office`."""
    for other in (index + 1, index - 1):
        if 0 <= other < len(pieces):
            text = characters[slice(*pieces[other])].strip()
            if (
                text
                and (text[0].islower() or text.startswith(("The ", "A ", "An ")))
                and len(text.split()) <= 14
            ):
                return text
    return None


def _full_name(characters: str, surname: str, before: int, floor: int) -> str | None:
    """Return the last full name before a surname that ends with it."""
    pattern = re.compile(rf"(?:{_NAME_WORD}\s){{1,2}}{re.escape(surname)}(?!\w)")
    found = [match[0] for match in pattern.finditer(characters, max(floor, before - 20_000), before)]
    named = [re.sub(_TITLE, "", name) for name in found]
    named = [name for name in named if " " in name]
    return _FULL_NAME.search(named[-1])[0] if named and _FULL_NAME.search(named[-1]) else None  # type: ignore[index]


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
        if entry_named(name) or "agency" in match[0]:
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
            if entry_named(" ".join(words[first:])):
                return " ".join(words[first:])
    return None
