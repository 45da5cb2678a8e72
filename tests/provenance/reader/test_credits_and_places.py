"""Datelines, bylines and footers that name nobody: what they do not print stays unknown."""

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
    ("opening", "place", "outlet"),
    [
        ("Paris, Texas, October 3. /A new bakery/. ", None, None),
        ("KARSK, May 28. /The Old Harbour/. ", None, None),
        ("KARSK, May 28. /NORDA/. ", "KARSK", "NORDA"),
        ("KARSK, May 28. /Norda Wire/. ", "KARSK", "Norda Wire"),
        ("GAZA CITY, May 27. (Unit 8) - ", "GAZA CITY", None),
        ("KARSK, May 28. (Interfax) - ", "KARSK", "Interfax"),
        ("SPRINGFIELD, Ill. (AP) — ", "SPRINGFIELD, Ill.", "AP"),
        ("SPRINGFIELD, Ill. — ", "SPRINGFIELD, Ill.", None),
        ("KARSK. — ", "KARSK", None),
    ],
)
def test_a_dateline_names_an_agency_only_where_it_is_one(opening, place, outlet):
    """Common words between strokes and unknown words in parentheses are no outlet; a state keeps its full stop."""
    article = only(HEADLINE, "May 28, 2018", opening + BODY)

    assert outlet == (article.outlet and article.outlet.name)
    assert place == (article.dateline and article.dateline.place)


def test_a_day_far_from_the_header_gets_no_year():
    """A day five weeks after the header's is of no year that the text gives; one of the week before is."""
    assert only(HEADLINE, "May 28, 2018", "KARSK, July 2. /NORDA/. " + BODY).dateline.date is None
    assert "2018-05-22" == only(HEADLINE, "May 28, 2018", "KARSK, May 22. /NORDA/. " + BODY).dateline.date


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("Dana Orlov / Ilse Brandt", None, None),
        ("Dana Orlov / Page Two", None, None),
        ("Dana Orlov / Velm", ("Dana Orlov",), None),
        ("Dana Orlov / The Velm", ("Dana Orlov",), "The Velm"),
        ("Dana Orlov / Velm Times", ("Dana Orlov",), "Velm Times"),
    ],
)
def test_what_stands_behind_a_stroke_is_an_outlet_only_by_its_form(line, authors, outlet):
    """Another person or unknown words behind a stroke are no outlet."""
    article = only(f"{HEADLINE}\n{line}", "(May 28, 2018) — " + BODY)

    assert (authors, outlet) == (article.authors, article.outlet and article.outlet.name)


def test_who_signed_a_motto_did_not_write_the_article():
    """A name below a quotation is that of whom it quotes, above the article and at its end."""
    motto = "“Bridges are the longest way to a neighbour.”"

    assert only(HEADLINE, motto, "— Ilse Brandt", BODY).authors is None
    assert only(HEADLINE, "“Bridges and neighbours”", "— Ilse Brandt", BODY).authors is None
    assert only(HEADLINE, BODY, motto, "— Ilse Brandt").authors is None
    assert only(BODY, "— Ilse Brandt").authors is None


def test_who_signed_the_article_wrote_it():
    """A name at the article's end, in its masthead, and above its place of publication is the author's."""
    footer = "Published in The Karsk Echo May 28, 2018 in Publication Bridges"

    for paragraphs in (
        (HEADLINE, BODY, "— Ilse Brandt"),
        (HEADLINE, "— Ilse Brandt", BODY),
        (HEADLINE, BODY, "“Wait.”", "— Ilse Brandt", footer),
    ):
        assert ("Ilse Brandt",) == only(*paragraphs).authors


def test_words_of_a_dedication_are_no_outlet():
    """What `Published in` is followed by must be written as a name."""
    article = only(HEADLINE, BODY, "Published in honor of May 5, 2010 in Publication Hall.")
    assert (None, None) == (article.outlet, article.published)

    article = only(HEADLINE, BODY, "Published in The Karsk Echo May 5, 2010 in Publication Hall")
    assert ("The Karsk Echo", "2010-05-05") == (article.outlet.name, str(article.published))


def test_a_byline_that_ends_like_an_office_names_no_outlet() -> None:
    """Whether "Dana Reporter" is a person, an office or a paper nobody knows; a paper's own name stays one."""
    text = "Harbour to close in May\n\nBy {}\n\nKARSK, May 3, 2031 - The harbour will close."
    (doubtful,) = read(text.format("Dana Reporter").encode(), media_type="text/plain").articles
    (paper,) = read(text.format("The Karsk Reporter").encode(), media_type="text/plain").articles
    assert doubtful.outlet is None
    assert paper.outlet is not None
    assert paper.outlet.name == "The Karsk Reporter"
