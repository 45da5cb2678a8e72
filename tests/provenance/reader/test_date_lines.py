"""Dates that stand alone on a line: the day of publication, or the day of something else."""

from __future__ import annotations

import pytest

from provenance.model.article import Article
from provenance.reader import read

HEADLINE = "Karsk closes its oldest bridge"
BODY = (
    "The bridge over the Orla was closed to lorries after engineers found cracks in two of its piers, "
    "the port authority of Karsk announced."
)


def only(*paragraphs: str) -> Article:
    """Read paragraphs of one article."""
    (article,) = read("\n\n".join(paragraphs).encode(), name="story.txt").articles
    return article


@pytest.mark.parametrize(
    "line",
    [
        "Deadline: March 1, 2024",
        "Deadline March 1, 2024",
        "Registered: 12 May 1990",
        "Registered 12 May 1990",
        "Born: 3 June 1950",
        "When: Saturday, 12 December 2026",
        "Recorded on 5 June 2019",
        "Start date: 5 June 2019",
        "Released: 5 June 2019",
        "By-election result, May 6, 2021",
        "April 5th, 2018 - by car we went to Lyon.",
        "April 5th, 2018 - by train to Lyon",
    ],
)
def test_the_day_of_something_else_is_no_day_of_publication(line):
    """A date under another label than that of publication, or in words of prose, is not the article's."""
    assert only(HEADLINE, line, BODY).published is None


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Date: 5 June 2019", "2019-06-05"),
        ("Posted on 5 June 2019", "2019-06-05"),
        ("Middle East June 5, 2019, 14:05", "2019-06-05T14:05"),
        ("Politics | Published: 5 June 2019", "2019-06-05"),
        ("By Lena Quist on June 5, 2019", "2019-06-05"),
        ("June 5, 2019 - by Lena Quist", "2019-06-05"),
        ("June 5th, 2019 - by admin", "2019-06-05"),
    ],
)
def test_the_known_forms_of_a_date_line_are_read(line, published):
    """A bare date, a section, a known label and a poster beside it leave it the day of publication."""
    assert published == str(only(HEADLINE, line, BODY).published)


def test_by_and_on_names_the_author_and_no_section():
    """`By X on DATE` gives its person as author, and nothing as section."""
    article = only(HEADLINE, "By Lena Quist on June 5, 2019", BODY)

    assert (("Lena Quist",), None) == (article.authors, article.section)


def test_a_line_that_runs_on_into_a_date_takes_it():
    """A date that ends the sentence of the line above it is the day of what that line tells."""
    assert only(HEADLINE, "The fair of the port takes place on\nFriday, 3 May 2030", BODY).published is None
    assert "2030-05-03" == str(only(HEADLINE, "Published on\nFriday, 3 May 2030", BODY).published)


def test_the_entries_of_a_chronicle_give_no_date():
    """Several bare days are a chronicle's; one of them alone would have been taken."""
    first, second = ("March 1, 2019", "The water rose."), ("March 3, 2019", "The water fell.")

    assert only("The flood of Karsk day by day", *first, *second, BODY).published is None
    assert "2019-03-01" == str(only("The flood of Karsk day by day", *first, BODY).published)


def test_the_day_of_a_meeting_is_not_that_of_its_minutes():
    """The bare day below the title of minutes is the day of the meeting."""
    assert only("Minutes of the harbour council", "March 1, 2019", BODY).published is None
    assert "2019-03-01" == str(only("Minutes lost on the harbour bridge", "March 1, 2019", BODY).published)
