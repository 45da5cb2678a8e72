"""A strict grammar of printed dates: what is not clearly a date is none, and nothing is added that is not printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from provenance.model.dates import Date

_NAMES = """
january jan januar janvier enero gennaio janeiro januari января січня
february feb februar février fevrier febrero febbraio fevereiro februari февраля лютого
march mar märz maerz mrz mars marzo março maart марта березня
april apr avril abril aprile апреля квітня
may mai mayo maggio maio mei мая травня
june jun juni juin junio giugno junho июня червня
july jul juli juillet julio luglio julho июля липня
august aug août aout agosto augustus августа серпня
september sept sep septembre septiembre settembre setembro сентября вересня
october oct oktober okt octobre octubre ottobre outubro октября жовтня
november nov novembre noviembre novembro ноября листопада
december dec dezember dez décembre decembre diciembre dicembre dezembro december декабря грудня
"""
MONTHS = {name: number for number, line in enumerate(_NAMES.split("\n")[1:-1], 1) for name in line.split()}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = "(?i:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?![^\W\d_])\.?"
WEEKDAY = r"(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"

_DAY = r"\d{1,2}(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_DATE = re.compile(
    rf"""(?<![\w.,/-])(?:(?P<weekday>{WEEKDAY}),?\s{{1,2}}(?:the\s)?)?(?:
      (?P<m1>{MONTH})\s{{1,2}}(?P<d1>{_DAY})(?:st|nd|rd|th)?(?:,\s{{0,2}}|\s{{1,2}})(?P<y1>{_YEAR})
    | (?P<d2>{_DAY})(?:st|nd|rd|th|er|º|\.)?(?:\sof|\sde)?[\s-]{{1,2}}(?P<m2>{MONTH}),?(?:\sdel?)?[\s-]{{1,2}}(?P<y2>{_YEAR})
    | (?P<y3>{_YEAR})(?P<s3>[-/.])(?P<m3>\d{{1,2}})(?P=s3)(?P<d3>\d{{1,2}})(?!\d)
    | (?P<d4>{_DAY})\.\s?(?P<m4>\d{{1,2}})\.\s?(?P<y4>{_YEAR})
    | (?P<a5>{_DAY})/(?P<b5>\d{{1,2}})/(?P<y5>{_YEAR})
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_MONTH_DAY = re.compile(
    rf"(?:(?P<m1>{MONTH})\s{{1,2}}(?P<d1>{_DAY})(?:st|nd|rd|th)?|(?P<d2>{_DAY})(?:st|nd|rd|th|\.)?\s{{1,2}}(?P<m2>{MONTH}))"
    rf"(?!,?\s{{0,2}}\d)",
    re.IGNORECASE,
)
_ZONES = {
    "z": "Z", "gmt": "Z", "utc": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00",
    "eest": "+03:00", "msk": "+03:00", "moscow time": "+03:00", "est": "-05:00", "edt": "-04:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00",
}  # fmt: skip
"""Zone names with one offset. Left out are those that mean several (CST, IST) or change with the season (ET)."""
_FILED_BEFORE = 31
"""Days that a report is filed at most before it is published."""
_MOSCOW_SINCE = 2015
"""Moscow has kept +03:00 since 26 October 2014; for earlier years the name does not give the offset."""
_ZONE = r"(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d|[A-Z]{1,4}T?\b|Moscow time"
_TIME = re.compile(
    rf"(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{{1,6}})?)?)?(?!\d)"
    rf"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?(?:\s?\(?(?P<zone>{_ZONE})\)?)?(?![\w])"
)
_JOINT = re.compile(r"(?:\s{0,2}[,|@•·–—-])?\s{0,2}(?:at\s|um\s|à\s|T)?", re.IGNORECASE)


@attrs.frozen
class Printed:
    """A date as printed at `[start, end)`. `weekday` is the day named with it (Monday is 0), not computed."""

    date: Date
    start: int
    end: int
    weekday: int | None = None


@attrs.frozen
class MonthDay:
    """A date without its year, as datelines print it."""

    month: int
    day: int
    start: int
    end: int


def month_number(name: str) -> int:
    """Return the number of a month by its printed name, with or without the full stop of an abbreviation."""
    return MONTHS[name.rstrip(".").lower()]


def weekday_number(name: str | None) -> int | None:
    """Return 0 for any spelling of Monday and so on; None for None."""
    if not name:
        return None
    return next(i for i, day in enumerate(WEEKDAYS) if day.startswith(name[:3].lower()))


def find_dates(characters: str, start: int, end: int) -> Iterator[Printed]:
    """Yield every printed date in `[start, end)`, each with the time that stands beside it."""
    position = start
    while match := _DATE.search(characters, position, end):
        position = match.end()
        printed = _with_time(characters, start, end, match)
        if printed is not None:
            position = printed.end
            yield printed


def find_date(characters: str, start: int, end: int) -> Printed | None:
    """Return the first printed date in `[start, end)`."""
    return next(find_dates(characters, start, end), None)


def find_month_day(characters: str, start: int, end: int) -> MonthDay | None:
    """Return the month and day printed at `start`, where no year follows."""
    match = _MONTH_DAY.match(characters, start, end)
    if match is None:
        return None
    month, day = month_number(match["m1"] or match["m2"]), int(match["d1"] or match["d2"])
    return MonthDay(month, day, match.start(), match.end()) if _real(2000, month, day) else None


def complete(partial: MonthDay, by: Date | None) -> Date | None:
    """Give a month and day the year of another date of the document, where that makes them neighbours.

    A report is filed at most a day after the date it is published under and not long before it; what lies further
    away is the day of something else, and gets no year.
    """
    if by is None or by.day_date is None:
        return None
    for year in (by.year + 1, by.year, by.year - 1):
        date = _real(year, partial.month, partial.day)
        if date and date.day_date and -_FILED_BEFORE <= (date.day_date - by.day_date).days <= 1:
            return date
    return None


def find_time(characters: str, start: int, end: int, day: Date) -> tuple[Date, int] | None:
    """Read a time of day at `start` and return it joined to `day`, and where it ends."""
    match = _TIME.match(characters, start, end)
    if match is None or not (match["minute"] or match["half"]):
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"] in "Pp" else 0)
    second = int(match["second"]) if match["second"] else None
    offset, stop = _offset(match["zone"], day), match.end()
    if match["zone"] and offset is None:
        stop = match.start("zone")
    minute = int(match["minute"] or 0)
    try:
        return Date(day.year, day.month, day.day, hour, minute, second, offset), stop
    except ValueError:
        return None


def _with_time(characters: str, start: int, end: int, match: re.Match[str]) -> Printed | None:
    date = _day(match)
    if date is None:
        return None
    weekday = weekday_number(match["weekday"])
    joint = _JOINT.match(characters, match.end(), end)
    after = find_time(characters, joint.end() if joint else match.end(), end, date)
    if after and not _year_follows(characters, after[1], end):
        return Printed(after[0], match.start(), after[1], weekday)
    return _time_before(characters, start, match, date) or Printed(date, match.start(), match.end(), weekday)


def _year_follows(characters: str, position: int, end: int) -> bool:
    return characters[position : min(position + 1, end)].isalnum()


def _time_before(characters: str, start: int, match: re.Match[str], date: Date) -> Printed | None:
    window = max(start, match.start() - 24)
    for time in re.finditer(r"(?<![\w:.])\d{1,2}[:.]\d\d", characters[window : match.start()]):
        read = find_time(characters, window + time.start(), match.start(), date)
        if read and not characters[read[1] : match.start()].strip(" ,|•·–—-\t"):
            return Printed(read[0], window + time.start(), match.end(), weekday_number(match["weekday"]))
    return None


def _day(match: re.Match[str]) -> Date | None:
    if match["y1"] or match["y2"]:
        month = month_number(match["m1"] or match["m2"])
        return _real(int(match["y1"] or match["y2"]), month, int(match["d1"] or match["d2"]))
    if match["y3"]:
        return _real(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    if match["y4"]:
        return _real(int(match["y4"]), int(match["m4"]), int(match["d4"]))
    first, second, year = int(match["a5"]), int(match["b5"]), int(match["y5"])
    if first > 12:
        return _real(year, second, first)
    return _real(year, first, second) if second > 12 or first == second else None


def _real(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None


def _offset(zone: str | None, day: Date) -> str | None:
    if not zone:
        return None
    name = zone.lower()
    if name in ("msk", "moscow time") and day.year < _MOSCOW_SINCE:
        return None
    if name in _ZONES:
        return _ZONES[name]
    digits = re.fullmatch(r"(?:gmt|utc)?\s?([+-])\s?(\d{1,2}):?(\d\d)?", name)
    return f"{digits[1]}{int(digits[2]):02}:{digits[3] or '00'}" if digits and int(digits[2]) < 15 else None
