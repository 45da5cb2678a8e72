"""Dates as machines write them in metadata: ISO 8601, RFC 2822, JavaScript's and Unix's forms. Never a guess."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from archive import lazily
from provenance.model.dates import Date, Precision

_ISO = lazily.compile(
    r"(?P<year>\d{4})(?P<sep>[-/.]?)(?P<month>\d\d)(?P=sep)(?P<day>\d\d)"
    r"(?:(?:T|\s+|\s*,\s*)(?P<hour>\d\d):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,:]\d+)?)?"
    r"\s*(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?Z?",
    re.IGNORECASE | re.ASCII,
)
_MONTHS = {m: n for n, m in enumerate(str.split("jan feb mar apr may jun jul aug sep oct nov dec"), 1)}
_MAIL = lazily.compile(
    r"(?:[a-z]{3},?\s+)?(?P<day>\d{1,2})[\s-](?P<month>[a-z]{3})[\s-](?P<year>\d{4})\s+(?P<hour>\d\d):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d))?(?:\s+(?P<zone>GMT|UTC|UT|Z|[+-]\d\d:?\d\d|[a-z]{3,5}))?",
    re.IGNORECASE | re.ASCII,
)
_SCRIPT = lazily.compile(
    r"[a-z]{3}\s+(?P<month>[a-z]{3})\s+(?P<day>\d{1,2})\s+(?:(?P<year1>\d{4})\s+)?(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
    r"(?:\s+(?P<zone>(?:GMT|UTC)?[+-]\d\d:?\d\d|[a-z]{3,5}))?(?:\s+(?P<year2>\d{4}))?(?:\s+\([^)]*\))?",
    re.IGNORECASE | re.ASCII,
)
_EPOCH = lazily.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
_EPOCH_START = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def parse_stamp(raw: str) -> Date | None:
    """Return the date a machine wrote, or None where the string is nothing but such a date in no known form.

    Midnight to the second is how systems write "a day": it becomes a date with day precision. A zone is kept only as
    a numeric offset or UTC; an abbreviation such as CEST names no offset by itself.
    """
    text = raw.strip()
    if len(text) > 80:
        return None
    if _EPOCH.fullmatch(text):
        return _epoch(int(text[:10]))
    for form in (_ISO, _MAIL, _SCRIPT):
        match = form.fullmatch(text)
        if match is not None:
            return _date(match.groupdict())
    return None


def _epoch(seconds: int) -> Date:
    at = _EPOCH_START + dt.timedelta(seconds=seconds)
    return Date(at.year, at.month, at.day, at.hour, at.minute, at.second, "Z")


def _date(parts: dict[str, str | None]) -> Date | None:
    month = _MONTHS.get((parts["month"] or "").lower()) or _number(parts["month"])
    year = _number(parts.get("year") or parts.get("year1") or parts.get("year2"))
    if month is None or year is None or not 1800 <= year <= 2200:
        return None
    hour, minute, second = (_number(parts[name]) for name in ("hour", "minute", "second"))
    if not (hour or minute or second):
        hour = minute = second = None
    offset = None if hour is None else _offset(parts["zone"])
    try:
        return Date(year, month, _number(parts["day"]), hour, minute, second, offset)
    except ValueError:  # a day or an hour that does not exist
        return None


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None


def _offset(zone: str | None) -> str | None:
    if zone is None:
        return None
    digits = re.sub(r"(?i)^(?:GMT|UTC)(?=[+-])|:", "", zone)
    if digits[0] in "+-":
        return f"{digits[:3]}:{digits[3:] or '00'}"
    return "Z" if digits.upper() in ("Z", "UTC", "GMT", "UT") else None


def instant(date: Date) -> dt.datetime | None:
    """Return the instant in UTC, where the date is known to the minute and has a zone."""
    if date.minute is None or date.offset is None or date.month is None or date.day is None:
        return None
    zone = dt.UTC if date.offset == "Z" else dt.timezone(_delta(date.offset))
    at = dt.datetime(
        date.year, date.month, date.day, date.hour or 0, date.minute, date.second or 0, tzinfo=zone
    )
    try:
        return at.astimezone(dt.UTC)
    except OverflowError:
        return None


def _delta(offset: str) -> dt.timedelta:
    sign = -1 if offset[0] == "-" else 1
    minutes = min(int(offset[1:3]) * 60 + int(offset[4:6]), 24 * 60 - 1)
    return sign * dt.timedelta(minutes=minutes)


def same_date(a: Date, b: Date) -> bool:
    """Say whether two stamps mean the same: the same instant where both have one, else the same day as far as known."""
    first, second = instant(a), instant(b)
    if first is not None and second is not None and abs(first - second) < dt.timedelta(minutes=2):
        return True
    if a.day_date is not None and b.day_date is not None:
        return a.day_date == b.day_date
    return a.agrees_with(b)


def most_precise(dates: Sequence[Date]) -> Date:
    """Return the date that says most: the finest precision, then the publisher's own zone, then the first."""
    order = list(Precision)
    return max(
        dates,
        key=lambda date: (
            min(order.index(date.precision), 3),
            date.offset not in (None, "Z", "+00:00"),
            date.offset is not None,
        ),
    )
