"""A strict grammar of printed dates: what is not clearly a date is none, and nothing is added that is not printed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive import lazily
from archive.values import frozen
from provenance.model.dates import Date
from provenance.reader.clock import find_time, time_before
from provenance.reader.months import month_of, weekday_of

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
december dec dezember dez décembre decembre diciembre dicembre dezembro декабря грудня
"""
MONTHS = {name: number for number, line in enumerate(_NAMES.split("\n")[1:-1], 1) for name in line.split()}
"""The names that datelines and addresses print; `months.month_of` knows those of all languages."""
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTH = "(?i:" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?![^\W\d_])\.?"

DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
"""In which order a document writes day and month in numbers."""

_DAY = r"\d{1,2}(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d)"
_WORD = r"[^\W\d_][^\s\d_.,;:!?()\[\]/|«»\"“”–—•·\-]{1,13}"
_SECOND = r"(?:\s(?:الثاني|الأول|الاول))?"
_NAME = rf"{_WORD}{_SECOND}(?:\s?/\s?{_WORD}{_SECOND})?"
"""One word that may name a month, or two for one month: `تشرين الأول`, `أيلول/سبتمبر`."""
_DATE = lazily.compile(
    rf"""(?:(?<![\w.,/-])|(?<=\bב-))(?:
      (?P<y3>{_YEAR})(?P<s3>[-/.])\s?(?P<m3>\d{{1,2}})(?P=s3)\s?(?P<d3>\d{{1,2}})(?!\d|-\d{{1,4}}\b)
    | (?P<d4>{_DAY})\.\s?(?P<m4>\d{{1,2}})\.\s?(?P<y4>{_YEAR})
    | (?P<a5>{_DAY})/(?P<b5>\d{{1,2}})/(?P<y5>{_YEAR})
    | (?P<d8>{_DAY})\stháng\s(?P<m8>\d{{1,2}})(?:,?\snăm\s|,\s|\s)(?P<y8>{_YEAR})
    | (?P<d2>{_DAY})(?P<o2>st|nd|rd|th|er|º|ª|\.|-?(?:е|го|ე))?(?:\sof|\sde|\sd['’](?=\w)|\sב)?(?:[\s-]{{1,2}}|(?<=['’]))
      (?P<m2>{_NAME})\.?,?(?:\sdel?|\sdo)?[\s-]{{1,2}}(?P<y2>{_YEAR})
    | (?P<y9>{_YEAR})\.\sgada\s(?P<d9>{_DAY})\.\s(?P<m9>{_NAME})
    | (?P<y7>{_YEAR})(?:\.|\sm\.|\sг\.)?,?[\s-](?P<m7>{_NAME})\.?[\s-](?P<d7>{_DAY})
    | (?P<m1>{_NAME})\.?\s{{1,2}}(?P<d1>{_DAY})(?:st|nd|rd|th)?(?:,\s{{0,2}}|\s{{1,2}})(?P<y1>{_YEAR})
    )
    | (?<!\d)(?P<y6>{_YEAR})\s?[年년]\s?(?P<m6>\d{{1,2}})\s?[月월]\s?(?P<d6>\d{{1,2}})\s?[日일號号]?""",
    re.IGNORECASE | re.VERBOSE,
)
_FORMS = tuple((f"y{n}", f"m{n}", f"d{n}") for n in (1, 2, 3, 4, 6, 7, 8, 9))
_HAS_YEAR = lazily.compile(r"(?:19|20)\d\d")
_AROUND_YEAR = 48
"""Characters before and behind a year within which the rest of its date stands."""
_OTHER_DIGITS = str.maketrans(
    "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९০১২৩৪৫৬৭৮৯๐๑๒๓๔๕๖๗๘๙０１２３４５６７８９", "0123456789" * 6
)
_HAS_OTHER_DIGITS = lazily.compile("[٠-٩۰-۹०-९০-৯๐-๙０-９]")
_WEEKDAY_BEFORE = lazily.compile(
    r"(?:(?P<article>the)\s)?(?P<weekday>(?:יום\s)?[^\W\d_][^\s\d_.,;:!?()\[\]/|]{1,14})\.?,?\s{1,2}"
    r"(?:the\s|den\s|le\s|el\s|dia\s|día\s|de\s|יום\s|ngày\s)?\Z",
    re.IGNORECASE,
)
_WEEKDAY_AFTER = lazily.compile(
    r"\s?(?:[（(](?P<inside>[월화수목금토일月火水木金土日](?:요일|曜日?)?|(?:星期|周|週)[一二三四五六日天])[）)]"
    r"|(?P<bare>(?:星期|周|週|礼拜)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일)|\.?,?\s(?P<word>[^\W\d_]{4,12})(?=\s?(?:\Z|[,.;|)\n–—-]|\d)))"
)
_HEBREW_DAYS = frozenset(["שני", "שלישי", "רביעי", "חמישי", "שישי", "ראשון"])
"""Also the words for second, third …: weekdays only behind `יום`."""
_MONTH_DAY = lazily.compile(
    rf"(?:(?P<m1>{MONTH})\s{{1,2}}(?P<d1>{_DAY})(?:st|nd|rd|th)?|(?P<d2>{_DAY})(?:st|nd|rd|th|\.)?\s{{1,2}}(?P<m2>{MONTH}))"
    rf"(?!,?\s{{0,2}}\d)",
    re.IGNORECASE,
)
_FILED_BEFORE = 31
"""Days that a report is filed at most before it is published."""
_JOINT = lazily.compile(
    r"(?:\s{0,2}[,|@•·–—-])?\s{0,2}(?:at\s|um\s|à\s|às\s|a\slas\s|alle\s(?:ore\s)?|om\s|kl\.?\s|в\s|о\s|o\s|saat\s|ob\s|T)?",
    re.IGNORECASE,
)


@frozen
class Printed:
    """A date as printed at `[start, end)`. `weekday` is the day named with it (Monday is 0), not computed.

    `other` is the second reading of a date in numbers whose order nothing tells.
    """

    date: Date
    start: int
    end: int
    weekday: int | None = None
    other: Date | None = None


@frozen
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
    """Return 0 for any spelling of Monday and so on; None for None and for what is no weekday."""
    return weekday_of(name) if name else None


def find_dates(
    characters: str, start: int, end: int, *, order: str | None = None, both: bool = False
) -> Iterator[Printed]:
    """Yield every printed date in `[start, end)`, each with the time that stands beside it.

    A date in numbers that could be two days (`07/08/2019`) is read in the `order` that is known of the document; without
    one it is passed over, or yielded with both readings where `both` are asked for.
    """
    if _HAS_OTHER_DIGITS.search(characters, start, end):
        characters = f"{characters[:start]}{characters[start:end].translate(_OTHER_DIGITS)}"
    position = start
    while year := _HAS_YEAR.search(characters, position, end):
        from_, to = max(position, year.start() - _AROUND_YEAR), min(end, year.end() + _AROUND_YEAR)
        match = _DATE.search(characters, from_, to)
        if match is None:
            position = year.end()
            continue
        position = match.end()
        readings = _readings(match, order)
        if not readings:
            position = _next(match)
        elif len(readings) == 1 or both:
            printed = _printed(characters, start, end, match, readings)
            position = max(position, printed.end)
            yield printed


def _next(match: re.Match[str]) -> int:
    """Return where to go on behind what only looked like a date: its first word may have hidden a real one."""
    name = match["m1"] or match["m2"] or match["m7"] or match["m9"]
    if name is None:
        return match.end()
    return match.start() + max(1, len(match["m1"] or ""))


def find_date(characters: str, start: int, end: int, *, order: str | None = None) -> Printed | None:
    """Return the first printed date in `[start, end)`."""
    return next(find_dates(characters, start, end, order=order), None)


def numeric_order(characters: str, start: int, end: int) -> str | None:
    """Return the order in which a text writes its dates in numbers, told by those that only one order makes a date.

    None where there are none, or where they tell both.
    """
    orders = set()
    for match in _IN_NUMBERS.finditer(characters, start, end):
        first, second = int(match[1]), int(match[2])
        if first > 12 >= second:
            orders.add(DAY_FIRST)
        elif second > 12 >= first:
            orders.add(MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else None


_IN_NUMBERS = lazily.compile(r"(?<![\w./-])([0-3]?\d)/([0-3]?\d)/(?:19|20)\d\d(?!\d)", re.ASCII)


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


def _printed(characters: str, start: int, end: int, match: re.Match[str], readings: list[Date]) -> Printed:
    """Join to a date the weekday before or behind it and the time beside it."""
    date = readings[0]
    first, weekday = _weekday_before(characters, start, match)
    last = match.end()
    if weekday is None:
        last, weekday = _weekday_after(characters, match, end)
    other = readings[1] if len(readings) > 1 else None
    joint = _JOINT.match(characters, last, end)
    after = find_time(characters, joint.end() if joint else last, end, date)
    if after and not characters[after[1] : min(after[1] + 1, end)].isalnum():
        return Printed(after[0], first, after[1], weekday, other)
    before = time_before(characters, start, first, date)
    if before is not None:
        return Printed(before[0], before[1], last, weekday, other)
    return Printed(date, first, last, weekday, other)


def _weekday_before(characters: str, start: int, match: re.Match[str]) -> tuple[int, int | None]:
    """Return where the date begins with its weekday, and which that is."""
    window = max(start, match.start() - 32)
    named = _WEEKDAY_BEFORE.search(characters[window : match.start()])
    if named is None:
        return match.start(), None
    word = named["weekday"]
    is_paper = named["article"] and word.lower() == "sun"  # The Sun, 12 March
    number = None if is_paper or word in _HEBREW_DAYS else weekday_of(word)
    return (window + named.start("weekday"), number) if number is not None else (match.start(), None)


def _weekday_after(characters: str, match: re.Match[str], end: int) -> tuple[int, int | None]:
    named = _WEEKDAY_AFTER.match(characters, match.end(), end)
    if named is None:
        return match.end(), None
    number = weekday_of(named["inside"] or named["bare"] or named["word"])
    return (named.end(), number) if number is not None else (match.end(), None)


def _readings(match: re.Match[str], order: str | None) -> list[Date]:
    """Return the days that a match can be: one, two for numbers whose order is not known, or none."""
    if match["y5"]:
        return _in_numbers(int(match["a5"]), int(match["b5"]), int(match["y5"]), order)
    year, month, day = next(form for form in _FORMS if match[form[0]])
    printed = match[month]
    number = int(printed) if printed.isdigit() else month_of(printed, dotted_day=match["o2"] == ".")
    date = _real(int(match[year]), number, int(match[day])) if number is not None else None
    return [date] if date is not None else []


def _in_numbers(first: int, second: int, year: int, order: str | None) -> list[Date]:
    by_day, by_month = _real(year, second, first), _real(year, first, second)
    if by_day and by_month and by_day != by_month and order is not None:
        return [by_day if order == DAY_FIRST else by_month]
    return list(dict.fromkeys(date for date in (by_day, by_month) if date is not None))


def _real(year: int, month: int, day: int) -> Date | None:
    try:
        return Date(year, month, day)
    except ValueError:
        return None
