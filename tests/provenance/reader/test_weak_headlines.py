"""Lines that stand above or below a text and are no part of it: forms, letters' heads, a republisher's notice."""

from __future__ import annotations

import pytest

from provenance.model.article import Article
from provenance.reader import read

HEADLINE = "Karsk closes its oldest bridge"
BODY = (
    "The bridge over the Orla was closed to lorries after engineers found cracks in two of its piers, "
    "the port authority of Karsk announced."
)
FROM = "From: Dana Orlov\nTo: All Readers"


def last_paragraph(*paragraphs: str) -> str:
    """Return the last paragraph of the body that is read."""
    article = only(*paragraphs)
    return article.text[article.body[-1]]


def only(*paragraphs: str) -> Article:
    """Read paragraphs of one article."""
    (article,) = read("\n\n".join(paragraphs).encode(), name="story.txt").articles
    return article


@pytest.mark.parametrize(
    ("above", "headline"),
    [
        (("FOR IMMEDIATE RELEASE",), None),
        (("FOR IMMEDIATE RELEASE", HEADLINE), HEADLINE),
        (("Press release", HEADLINE), HEADLINE),
        (("Press release shows cracks in the bridge",), "Press release shows cracks in the bridge"),
        ((FROM,), None),
        ((f"{FROM}\nSubject: {HEADLINE}",), HEADLINE),
        (("10 Harbour Street", HEADLINE), HEADLINE),
        (("10 Harbour Street families lose their ferry",), "10 Harbour Street families lose their ferry"),
        (("Original url: none known",), None),
    ],
)
def test_the_lines_of_a_form_are_no_headline(above, headline):
    """Release notes, senders, street addresses and empty labels are none; a letter's subject and the next line are."""
    assert headline == only(*above, BODY).headline


def test_a_republishers_notice_is_outside_the_article():
    """Why a text was republished is nobody's text; a last sentence that begins alike is the article's."""
    for notice in (
        "Reposted for readers without access to the paper, for study only.",
        "Republished by permission of the Karsk Echo.",
        "Posted in accordance with the law of Velm.",
    ):
        assert BODY == last_paragraph(HEADLINE, BODY, notice)
    ending = "Posted at the bridge, two guards turned the lorries back."
    assert last_paragraph(HEADLINE, BODY, ending) == ending
