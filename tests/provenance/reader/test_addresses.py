"""Addresses in plain texts: which one is the article's, and what follows from it."""

from __future__ import annotations

from provenance.model.article import Document
from provenance.reader import read

HEADLINE = "Karsk closes its oldest bridge"
BODY = (
    "The bridge over the Orla was closed to lorries after engineers found cracks in two of its piers, "
    "the port authority of Karsk announced."
)
ONE = "https://karskecho.example.org/2018/05/28/bridge"
OTHER = "https://velmpost.example.net/2017/01/02/ferries"


def document(*paragraphs: str, url: str | None = None) -> Document:
    """Read paragraphs of one document."""
    return read("\n\n".join(paragraphs).encode(), name="story.txt", url=url)


def test_of_several_lone_addresses_none_is_the_articles():
    """Lone addresses of two outlets give neither address, outlet nor date, and are noted."""
    read_ = document(HEADLINE, f"{ONE}\n{OTHER}", BODY)
    (article,) = read_.articles

    assert (None, None, None) == (article.original_url, article.outlet, article.published)
    assert ["url.unassigned"] * 2 == [finding.code for finding in read_.findings]


def test_one_lone_address_gives_its_outlet_and_its_day():
    """The only lone address of a head is the article's."""
    read_ = document(HEADLINE, ONE, BODY)
    (article,) = read_.articles

    assert (ONE, "2018-05-28") == (article.original_url, str(article.published))
    assert "example.org" == article.outlet.domain
    assert () == read_.findings


def test_an_address_that_is_called_the_original_outranks_a_lone_one():
    """Outlet, date and address are those of the labelled address; the lone one is noted."""
    read_ = document(HEADLINE, OTHER, BODY, f"Original url: {ONE}")
    (article,) = read_.articles

    assert (ONE, "2018-05-28") == (article.original_url, str(article.published))
    assert "example.org" == article.outlet.domain
    assert ["url.unassigned"] == [finding.code for finding in read_.findings]


def test_two_different_originals_are_a_conflict_without_a_value():
    """Both addresses are kept as conflicting evidence, and neither is the value."""
    (article,) = document(HEADLINE, BODY, f"Original url: {ONE}", f"Original url: {OTHER}").articles

    assert [ONE, OTHER] == [evidence.value for evidence in article.fields.original_url.conflicts]
    assert (None, None, None) == (article.original_url, article.outlet, article.published)


def test_an_archived_copy_is_the_page_inside():
    """Address, outlet and day are those inside the archive's address, at their own places in the text."""
    for prefix in (
        "https://web.archive.org/web/20190101000000/",
        "https://archive.ph/20190101000000/",
        "https://archive.today/o/AbC12/",
    ):
        read_ = document(HEADLINE, BODY, f"Original url: {prefix}{ONE}")
        (article,) = read_.articles

        assert (ONE, "2018-05-28", "example.org") == (
            article.original_url, str(article.published), article.outlet.domain,
        )  # fmt: skip
        place = article.fields.published.evidence[0].place
        assert "2018/05/28" == read_.text.characters[place.start : place.end]


def test_an_archive_is_no_outlet():
    """A short archive address shows no page inside, so it gives neither address nor outlet."""
    for article in (
        *document(HEADLINE, BODY, "Original url: https://archive.is/AbC12").articles,
        *document(HEADLINE, BODY, url="https://archive.is/AbC12").articles,
        *read(
            f"<h1>{HEADLINE}</h1><p>{BODY}".encode(), url="https://archive.is/AbC12", name="a.html"
        ).articles,
    ):
        assert (None, None) == (article.original_url, article.outlet)
