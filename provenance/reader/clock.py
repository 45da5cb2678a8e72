"""Times of day as printed beside a date, with the zone only where its offset is certain."""

from __future__ import annotations

import re

from archive import lazily
from provenance.model.dates import Date

_ZONES = {
    "z": "Z", "gmt": "Z", "utc": "Z", "bst": "+01:00", "cet": "+01:00", "cest": "+02:00", "eet": "+02:00",
    "eest": "+03:00", "msk": "+03:00", "moscow time": "+03:00", "est": "-05:00", "edt": "-04:00", "cdt": "-05:00",
    "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00", "pdt": "-07:00", "jst": "+09:00",
}  # fmt: skip
"""Zone names with one offset. Left out are those that mean several (CST, IST) or change with the season (ET)."""
_MOSCOW_SINCE = 2015
"""Moscow has kept +03:00 since 26 October 2014; for earlier years the name does not give the offset."""
_ZONE = r"(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d\d)?|[+-]\d\d:?\d\d|[A-Z]{1,4}T?\b|Moscow time"
_TIME = lazily.compile(
    rf"(?P<hour>\d{{1,2}})(?:[:.h](?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d{{1,6}})?)?)?(?!\d)"
    rf"(?:\s?(?P<half>[AaPp])\.?[Mm]\b\.?)?(?:\s?\(?(?P<zone>{_ZONE})\)?)?(?![\w])"
)


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


def time_before(characters: str, start: int, end: int, day: Date) -> tuple[Date, int] | None:
    """Read a time of day that ends at `end`, within `[start, end)`; return it joined to `day`, and where it begins."""
    window = max(start, end - 24)
    for time in re.finditer(r"(?<![\w:.])\d{1,2}[:.]\d\d", characters[window:end]):
        read = find_time(characters, window + time.start(), end, day)
        if read and not characters[read[1] : end].strip(" ,|•·–—-\t"):
            return read[0], window + time.start()
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
