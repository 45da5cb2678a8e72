"""Dates as documents give them: with just the precision that is known, and a zone only where one is printed."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import Self

from archive import lazily
from archive.values import frozen


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


_FORM = lazily.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?",
    re.ASCII,
)


@frozen
class Date:
    """A date claim in the form of W3CDTF, cut where knowledge ends: `2016`, `2016-09-18`, `2016-09-18T18:02`.

    Never a datetime at midnight. `offset` ("Z" or "+03:00") is None where the document prints no zone.
    Raises ValueError for a day that no calendar has.
    """

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    offset: str | None = None

    def __attrs_post_init__(self) -> None:
        dt.datetime(  # noqa: DTZ001 (only asked whether the calendar has it)
            self.year, self.month or 1, self.day or 1, self.hour or 0, self.minute or 0, self.second or 0
        )

    @classmethod
    def parse(cls, value: str) -> Self:
        """Read the form that `str` writes. Raises ValueError for anything else."""
        form = _FORM.fullmatch(value)
        if form is None:
            raise ValueError(f"no date of the form YYYY[-MM[-DD[Thh:mm[:ss][zone]]]]: {value!r}")
        numbers = {k: int(v) for k, v in form.groupdict().items() if v is not None and k != "zone"}
        return cls(**numbers, offset=form["zone"])

    @property
    def precision(self) -> Precision:
        """Say how much of the date is known."""
        known = (self.month, self.day, self.hour, self.second)
        return list(Precision)[next((i for i, part in enumerate(known) if part is None), len(known))]

    @property
    def zone(self) -> str:
        """Say whether the document gives the zone: `known` or `unknown`."""
        return "known" if self.offset else "unknown"

    @property
    def day_date(self) -> dt.date | None:
        """The calendar day, where the date is known to the day."""
        return None if self.month is None or self.day is None else dt.date(self.year, self.month, self.day)

    def agrees_with(self, other: Date) -> bool:
        """Say whether both could mean the same moment: equal as far as both are known, zones left aside."""
        mine = (self.year, self.month, self.day, self.hour, self.minute, self.second)
        theirs = (other.year, other.month, other.day, other.hour, other.minute, other.second)
        return all(a is None or b is None or a == b for a, b in zip(mine, theirs, strict=True))

    def __str__(self) -> str:
        text = f"{self.year:04}"
        if self.month is not None:
            text += f"-{self.month:02}"
        if self.day is not None:
            text += f"-{self.day:02}"
        if self.hour is not None:
            text += f"T{self.hour:02}:{self.minute or 0:02}"
        if self.second is not None:
            text += f":{self.second:02}"
        return text + (self.offset or "")


@frozen
class RelativeDay:
    """A weekday at `[start, end)` of the text, Monday being 0, and the days it can be: one, two where nothing tells which.

    `days` are counted from the dateline of the part that the weekday stands in, else from its publication; there are none
    where neither is known to the day.
    """

    start: int
    end: int
    weekday: int
    days: tuple[dt.date, ...] = ()
