"""Weekdays without a date: the most recent one, the next one, or both, counted from the part's own dateline."""

from __future__ import annotations

import datetime as dt

import pytest

from provenance.model.dates import Date
from provenance.reader import read
from provenance.reader.relative import relative_days

# The 18th of September 2016 was a Sunday.
ANCHOR = Date(2016, 9, 18)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("The convoy left on Sunday.", ["2016-09-18"]),
        ("The convoy left on Saturday.", ["2016-09-17"]),
        ("The convoy left on Monday.", ["2016-09-12"]),
        ("The convoy will leave on Monday.", ["2016-09-19"]),
        ("The convoy will leave on Sunday.", ["2016-09-25"]),
        ("They hoped to leave on Friday.", ["2016-09-23"]),
        ("The pause holds until Monday.", ["2016-09-19"]),
        ("It had been quiet since Monday.", ["2016-09-12"]),
        ("Next Tuesday is a holiday.", ["2016-09-20"]),
        ("Monday was quiet.", ["2016-09-12", "2016-09-19"]),
        ("It will rain. The convoy left on Monday.", ["2016-09-12"]),
    ],
)
def test_weekdays_are_counted_from_the_anchor(text: str, days: list[str]) -> None:
    """`on` a weekday is the latest one, the anchor's own day included; what is to come is the next; else both are kept."""
    (mention,) = relative_days(text, [(0, len(text))], ANCHOR)
    assert [day.isoformat() for day in mention.days] == days
    assert (
        text[mention.start : mention.end].lower()
        == ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")[mention.weekday]
    )


@pytest.mark.parametrize(
    "text",
    [
        "On Sunday, September 18, it rained.",
        "On Sunday, 18 September, it rained.",
        "The Sunday Times wrote.",
        "It rained.",
    ],
)
def test_dated_weekdays_and_papers_are_none(text: str) -> None:
    """A weekday with its date, and one in a paper's name, are no relative days."""
    assert list(relative_days(text, [(0, len(text))], ANCHOR)) == []


def test_without_an_anchor_there_are_no_days() -> None:
    """Where the day of the report is not known, a weekday stands for no day."""
    (mention,) = relative_days("It left on Sunday.", [(0, 18)], Date(2016, 9))
    assert mention.days == ()


def test_parts_count_from_their_own_dateline() -> None:
    """The dateline of the part outweighs the date of the page."""
    prose = "The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive there."
    text = f"Harbour Wall Will Be Repaired\nOctober 29, 2016\n\nOSTERMOOR, October 27 (Reuters) - {prose}\n\n{prose}\n"
    (article,) = read(text.encode(), name="x.txt").articles
    assert article.dateline is not None
    assert article.dateline.date == "2016-10-27"
    assert {day for mention in article.weekdays for day in mention.days} == {dt.date(2016, 10, 25)}
