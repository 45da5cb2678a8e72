"""Weekdays without a date (`on Sunday`): the days they can be, counted from the day the report is dated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence

from archive import lazily
from provenance.model.dates import Date, RelativeDay
from provenance.model.quotation import Span
from provenance.reader.dates import find_month_day

_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MENTION = lazily.compile(
    r"day\b(?:(?<=Mon...)|(?<=Tues...)|(?<=Wednes...)|(?<=Thurs...)|(?<=Fri...)|(?<=Satur...)|(?<=Sun...))(?!\s(?:Times|Post|Herald|Mail|Mirror|Telegraph|Express|Agreement|Night\sLive))"
)
_CUE = lazily.compile(
    r"\b(?:on|by|until|till|before|since|from|after|last|next|this|early|late|the\sfollowing|the\sprevious)\s\Z",
    re.IGNORECASE,
)
_COMING = lazily.compile(
    r"\b(?:will|would|shall|is\sto|are\sto|was\sto|were\sto|due|expected|scheduled|plans?|planned|hope[sd]?|going\sto|upcoming|set\sto)\b",
    re.IGNORECASE,
)
_FORWARD = frozenset({"by", "until", "till", "next", "the following"})
_BACKWARD = frozenset({"since", "last", "after", "the previous"})
_REACH = 90
"""Characters before a weekday in which its clause can say that it is to come."""
_CLAUSE_END = lazily.compile(r"[.!?;]\s")


def relative_days(characters: str, spans: Sequence[Span], anchor: Date | None) -> Iterator[RelativeDay]:
    """Yield each weekday of the text with the days it can be, counted from `anchor`, the part's own dateline or date.

    `on Sunday` is the most recent one, the day of the report included; what is to come is the next one. Where nothing
    tells, both are kept; without an anchor there are no days.
    """
    for start, end in spans:
        for match in _MENTION.finditer(characters, start, end):
            if _has_date(characters, match.end(), end):
                continue
            weekday = next(n for n, name in enumerate(_NAMES) if characters.endswith(name, 0, match.end()))
            begin = match.end() - len(_NAMES[weekday])
            days = _days(weekday, _direction(characters, start, begin), anchor)
            yield RelativeDay(begin, match.end(), weekday, days)


def _has_date(characters: str, position: int, end: int) -> bool:
    """Say whether a weekday stands with its date: that is no relative day."""
    joint = re.compile(r",?\s(?:the\s)?").match(characters, position, end)
    at = joint.end() if joint else position
    return find_month_day(characters, at, end) is not None or characters[at : at + 1].isdigit()


def _direction(characters: str, start: int, position: int) -> str:
    """Say where the weekday at `position` lies: `past`, `coming` or, where nothing tells, `open`."""
    before = characters[max(start, position - _REACH) : position]
    named = _CUE.search(before)
    cue = " ".join(named[0].lower().split()) if named is not None else ""
    if cue in _FORWARD:
        return "coming"
    if cue in _BACKWARD:
        return "past"
    clause = _CLAUSE_END.split(before)[-1]
    if _COMING.search(clause):
        return "coming"
    return "past" if cue == "on" else "open"


def _days(weekday: int, direction: str, anchor: Date | None) -> tuple[dt.date, ...]:
    day = anchor.day_date if anchor is not None else None
    if day is None:
        return ()
    try:
        latest = day - dt.timedelta(days=(day.weekday() - weekday) % 7)
        coming = day + dt.timedelta(days=(weekday - day.weekday() - 1) % 7 + 1)
    except OverflowError:
        return ()
    return {"past": (latest,), "coming": (coming,)}.get(direction, (latest, coming))
