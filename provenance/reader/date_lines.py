"""Lines that are a date: bare, or with nothing beside it but a section, a known label, a poster or an update."""

from __future__ import annotations

import re

import attrs

from archive import lazily
from archive.values import frozen
from provenance.model.dates import Date
from provenance.model.quotation import Span
from provenance.reader.clock import find_time
from provenance.reader.dates import MONTHS, Printed, find_date
from provenance.reader.words import word_set

_ROLE = lazily.compile(
    r"(?P<modified>(?:last\s)?(?:updated|modified|edited)|aktualisiert|mis à jour|actualizado|обновлено)"
    r"|(?P<published>(?:first\s|originally\s)?(?:published|posted)|date|veröffentlicht|publié|publicado|опубликовано)",
    re.IGNORECASE,
)
_ROLE_TAIL = lazily.compile(r"(?:\s?(?:on|at|am|le|el|um)\b)?\s?[:,]?\s{0,3}", re.IGNORECASE)
_SECTION = lazily.compile(r"[^\W\d_][^\W\d_&’'/ -]*(?:[ &’'/-]{1,3}[^\W\d_]+){0,3}")
_SEPARATOR = lazily.compile(r"[\s,|•·;–—-]*")
_JOINING = " ,|•·–—-\t"
_POSTER = lazily.compile(r"(?:posted\s)?by:?\s(?P<poster>[^\d|•]{2,40}?)\s*(?=$|[|•])", re.IGNORECASE)
_POSTED_BY = lazily.compile(
    r"(?:(?:posted|published|written)\s)?by:?\s(?P<poster>[^\d|•:]{2,40}?)(?:\s+on|\s*[,|•·–—-])?",
    re.IGNORECASE,
)
_READING_TIME = lazily.compile(
    r"\d{1,3}\s?(?:min(?:ute)?s?(?:\s?read)?|comments?|views|shares)\b", re.IGNORECASE
)
_SMALL = word_set("of the and de du la et und y news affairs world")
_POSTING = word_set("the our staff web site news team desk editor editors reporter reporters writer writers")
_EVENTS = word_set(
    "by on at in from to until till since before after when where deadline due born died dies begins starts start ends "
    "end opens closes valid expires expiry effective meeting minutes next between circa about today tomorrow yesterday "
    "result results visit easter christmas open close event arrival departure"
)
"""Words that make a date the day of something else than publication."""
_LEADS_IN = lazily.compile(
    r"(?:[,:]|\b(?:on|at|until|till|by|from|before|after|since|to|for|of|the|and|or|in|between|is|was|born|died))\Z",
    re.IGNORECASE,
)


@frozen
class DateLine:
    """A line that is a date: when published, when modified, the section before it, and who posted it (no author).

    `is_bare` says that nothing but a day is printed: such a line can also be the entry of a chronicle.
    """

    published: Printed | None = None
    modified: Printed | None = None
    section: Span | None = None
    poster: Span | None = None
    is_bare: bool = False


def read_date_line(characters: str, start: int, end: int, *, order: str | None = None) -> DateLine | None:
    """Return the date line that the whole line `[start, end)` is, or None.

    `order` is that of day and month in numbers, where the document tells it.
    A date under any other label (`Deadline:`, `Born:`) or in words of prose is none: it is the day of something else.
    """
    first = find_date(characters, start, end, order=order) if end - start <= 160 else None
    if first is None:
        return None
    before = _before(characters, start, first.start)
    after = _after(characters, first, end)
    if before is None or after is None:
        return None
    role, head = before
    if role == "modified" and after.modified is None:
        return DateLine(None, first, head.section, after.poster)
    bare = (first.start, first.end) == (start, end) and first.date.hour is None
    return DateLine(first, after.modified, head.section or after.section, head.poster or after.poster, bare)


def leads_in(line: str) -> bool:
    """Say whether a line runs on into the date below it (`takes place on`), and is no label of a date line."""
    role = _ROLE.match(line)
    if role is not None and _ROLE_TAIL.fullmatch(line, role.end()):
        return False
    return _LEADS_IN.search(line) is not None


def _before(characters: str, start: int, date_at: int) -> tuple[str | None, DateLine] | None:
    """Read what stands before a date: a role, a section, a poster or nothing; None where it is something else."""
    end = start + len(characters[start:date_at].rstrip(_JOINING + ":"))
    if end <= start:
        return None, DateLine()
    posted = _POSTED_BY.fullmatch(characters, start, end)
    if posted is not None:
        is_named = _is_poster(posted["poster"])
        return ("published", DateLine(poster=posted.span("poster"))) if is_named else None
    role = _ROLE.search(characters, start, end)
    if role is not None and _ROLE_TAIL.fullmatch(characters, role.end(), end):
        section_end = start + len(characters[start : role.start()].rstrip(_JOINING))
        if section_end <= start:
            return role.lastgroup, DateLine()
        apart = characters[section_end : role.start()].strip() or role[0].lower() != "date"
        section = _section(characters, start, section_end) if apart else None
        return (role.lastgroup, DateLine(section=section)) if section else None
    if ":" in characters[end:date_at]:
        return None
    section = _section(characters, start, end)
    return (None, DateLine(section=section)) if section else None


def _section(characters: str, start: int, end: int) -> Span | None:
    """Return the place of a section's name: one to four words as names are written, none that tells of an event."""
    text = characters[start:end]
    words = re.split(r"[ /-]+", text)
    if not _SECTION.fullmatch(text) or len(text) > 30 or not text[0].isupper() or text.lower() in MONTHS:
        return None
    if any(word.lower() in _EVENTS for word in words) or (len(words) == 1 and text.lower().endswith("ed")):
        return None
    named = all(not word[:1].islower() or word in _SMALL for word in words)
    return (start, end) if named else None


def _is_poster(name: str) -> bool:
    """Say whether `by …` names somebody: one word, or two or three as names are written, to the line's end."""
    words = name.split()
    if not 0 < len(words) <= 3 or (words[-1][-1] in ".!?" and len(words[-1]) > 2):
        return False
    return len(words) == 1 or all(word[0].isupper() or word.lower() in _POSTING for word in words)


def _after(characters: str, first: Printed, end: int) -> DateLine | None:
    """Read what stands after a date; None where it is neither a poster, nor an update, nor a section."""
    position, line = first.end, DateLine()
    for _ in range(4):
        gap = _SEPARATOR.match(characters, position, end)
        position = gap.end() if gap else position
        if position >= end:
            return line
        step = _piece_after(characters, position, end, line, first.date)
        if step is None:
            return None
        line, position = step
    return line if position >= end else None


def _piece_after(
    characters: str, position: int, end: int, line: DateLine, day: Date
) -> tuple[DateLine, int] | None:
    poster = _POSTER.match(characters, position, end)
    if poster:
        named = _is_poster(poster["poster"])
        return (attrs.evolve(line, poster=poster.span("poster")), poster.end()) if named else None
    role = _ROLE.match(characters, position, end)
    if role and role.lastgroup == "modified":
        tail = _ROLE_TAIL.match(characters, role.end(), end)
        at = tail.end() if tail else role.end()
        date = find_date(characters, at, end)
        time = None if date and date.start == at else find_time(characters, at, end, day)
        printed = Printed(time[0], at, time[1]) if time else date
        if printed is None or printed.start != at:
            return None
        return attrs.evolve(line, modified=printed), printed.end
    noise = _READING_TIME.match(characters, position, end)
    return (line, noise.end()) if noise else None
