"""Dates in a package beside the times that are proven: the earliest instant that each can mean."""

from __future__ import annotations

import datetime as dt

import pytest

from archive.checks.proven import _instant


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026", (2026, 1, 1)),
        ("2026-03", (2026, 3, 1)),
        ("2026-03-02", (2026, 3, 2)),
        ("2026-03-02T04:05Z", (2026, 3, 2, 4, 5)),
        ("2026-03-02T04:05:06Z", (2026, 3, 2, 4, 5, 6)),
        ("2026-03-02T04:05:06.5Z", (2026, 3, 2, 4, 5, 6, 500_000)),
        ("2026-03-02T04:05:06.123456789Z", (2026, 3, 2, 4, 5, 6, 123_456)),
        ("2026-03-02T04:05:06+02:00", (2026, 3, 2, 2, 5, 6)),
    ],
)
def test_a_date_begins_there(text: str, value: tuple[int, ...]) -> None:
    """A date that is only a year, a month or a day may mean its first moment, so that nobody is accused for its last."""
    assert dt.datetime(*value, tzinfo=dt.UTC) == _instant(text)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    "text",
    [
        None,
        2026,
        "",
        "26",
        "2026-13",
        "2026-03-02T04:05:06",
        "0001-01-01T00:00:00+23:59",
        "ZZZZ-03-02T04:05:06Z",
        "２０２６",
    ],
)
def test_what_is_no_date_contradicts_nothing(text: object) -> None:
    """What cannot be read, or names no zone, is no instant."""
    assert None is _instant(text)
