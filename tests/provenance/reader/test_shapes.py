"""Short documents of invented outlets, in the shapes that outlets, agencies and aggregators print: each value by hand."""

from __future__ import annotations

import pytest

from provenance.model.article import Article, Document
from provenance.reader import read

BODY = (
    "The bridge over the Orla was closed to lorries after engineers found cracks in two of its piers, "
    "the port authority of Karsk announced."
)
MORE = "Ferries will run every twenty minutes until the work is finished, the authority added in its notice."


def document(*paragraphs: str) -> Document:
    """Read paragraphs, divided by blank lines."""
    return read("\n\n".join(paragraphs).encode(), name="story.txt")


def only(*paragraphs: str) -> Article:
    """Read paragraphs of one article."""
    (article,) = document(*paragraphs).articles
    return article


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("March 03, 2019", "2019-03-03"),
        ("3 March 2019", "2019-03-03"),
        ("3rd of March 2019", "2019-03-03"),
        ("Sunday, March 3, 2019", "2019-03-03"),
        ("Sun 3 Mar 2019 14:05 GMT", "2019-03-03T14:05Z"),
        ("Published: Mar. 3, 2019 at 5:04 p.m. EST", "2019-03-03T17:04-05:00"),
        ("Economy March 3, 2019, 14:05", "2019-03-03T14:05"),
        ("14:05, 3 March 2019", "2019-03-03T14:05"),
        ("2019-03-03 14:05:09", "2019-03-03T14:05:09"),
        ("2019-03-03T14:05:09+02:00", "2019-03-03T14:05:09+02:00"),
        ("March 3, 2019 14:05 Moscow time", "2019-03-03T14:05+03:00"),
        ("March 3, 2019 12:05 AM", "2019-03-03T00:05"),
        ("3. März 2019", "2019-03-03"),
        ("3 марта 2019", "2019-03-03"),
        ("3 de marzo de 2019", "2019-03-03"),
        ("13/03/2019", "2019-03-13"),
    ],
)
def test_a_line_that_is_a_date_says_when_it_was_published(line, published):
    """Every order, language and precision is read as printed, with a zone only where one is printed."""
    article = only("Karsk closes its oldest bridge", line, BODY)
    assert str(article.published) == published
    assert article.headline == "Karsk closes its oldest bridge"


@pytest.mark.parametrize(
    "line",
    [
        "03/04/2019",
        "March 32, 2019",
        "The strike of March 3, 2019 is over",
        "Rooms 12.30.2019 and 14",
        "1/2 2019",
    ],
)
def test_what_is_not_clearly_a_date_is_none(line):
    """A day and month that could be swapped, a day no calendar has, and a date in a sentence give no date."""
    assert only("Karsk closes its oldest bridge", line, BODY).published is None


def test_a_poster_is_no_author_and_a_section_is_no_outlet():
    """`by admin` names nobody, and the word before a date is the section."""
    article = only("Karsk closes its oldest bridge", "Harbour May 29th, 2018 - by admin", BODY)
    assert (str(article.published), article.authors, article.section) == ("2018-05-29", None, "Harbour")
    assert article.outlet is None


def test_published_and_updated_are_two_dates():
    """An update beside the date of publication is another role, not a conflict."""
    article = only("Karsk closes its oldest bridge", "May 29, 2018 | Updated 5:04 pm", BODY)
    assert (str(article.published), str(article.modified)) == ("2018-05-29", "2018-05-29T17:04")
    assert article.fields.published.conflicts == ()


@pytest.mark.parametrize(
    ("opening", "place", "day", "outlet"),
    [
        ("KARSK, May 28. /NORDA/. ", "KARSK", "2018-05-28", "NORDA"),
        ("KARSK (May 28, 2018) — ", "KARSK", "2018-05-28", None),
        ("KARSK and VELM (May 28, 2018) — ", "KARSK and VELM", "2018-05-28", None),
        ("(May 28, 2018) — ", None, "2018-05-28", None),
        ("KARSK (Reuters) - ", "KARSK", None, "Reuters"),
        ("Karsk (AFP) - ", "Karsk", None, "AFP"),
        ("KARSK, Orlovia, May 28 (AP) — ", "KARSK, Orlovia", "2018-05-28", "AP"),
        ("KARSK. May 28 (Interfax) - ", "KARSK", "2018-05-28", "Interfax"),
        ("ST. VELM — ", "ST. VELM", None, None),
    ],
)
def test_datelines_give_place_day_and_agency(opening, place, day, outlet):
    """A dateline's day without a year takes it from the header; its agency is the outlet where nobody else is."""
    article = only("Karsk closes its oldest bridge", "May 28, 2018", opening + BODY)
    assert article.dateline is not None or place is None
    assert (article.dateline and article.dateline.place) == place
    assert (article.dateline and article.dateline.date) == day
    assert (article.outlet and article.outlet.name) == outlet
    assert str(article.published) == "2018-05-28"
    assert article.fields.published.tier == ("A" if day else "C")


def test_a_dateline_without_a_year_stays_without_one_where_no_header_gives_it():
    """Nothing is added that is not printed."""
    article = only("Karsk closes its oldest bridge", "KARSK, May 28. /NORDA/. " + BODY)
    assert article.published is None
    assert (article.dateline.place, article.dateline.date) == ("KARSK", None)


def test_a_dateline_in_the_middle_is_a_sentence():
    """Only the first paragraph has a dateline, and one later does not begin another article."""
    article = only(
        "Karsk closes its oldest bridge", "May 28, 2018", BODY, MORE, "VELM (May 20, 2018) — " + BODY, MORE
    )
    assert (article.dateline, str(article.published)) == (None, "2018-05-28")


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Dana Orlov", ("Dana Orlov",), None),
        ("By DANA ORLOV and Ilse van Brandt", ("DANA ORLOV", "Ilse van Brandt"), None),
        ("By Dana Orlov, The Velm Courier", ("Dana Orlov",), "The Velm Courier"),
        ("Dana Orlov / The Velm Courier", ("Dana Orlov",), "The Velm Courier"),
        ("Dana Orlov /Velmnet.org", ("Dana Orlov",), "Velmnet.org"),
        ("The Velm Courier", None, "The Velm Courier"),
        ("By the time of closing", None, None),
        ("By Staff Writer", None, None),
    ],
)
def test_bylines_name_authors_and_outlets(line, authors, outlet):
    """The line under the headline names persons and outlets, and a line of words names neither."""
    article = only(f"Karsk closes its oldest bridge\n{line}", "(May 28, 2018) — " + BODY)
    assert article.authors == authors
    assert (article.outlet and article.outlet.name) == outlet


def test_a_signature_at_the_end_names_the_author():
    """`— Name` alone below the last paragraph is a byline."""
    assert only("Karsk closes its oldest bridge", BODY, MORE, "— Ilse Brandt").authors == ("Ilse Brandt",)


def test_agencies_that_contributed_are_no_publishers():
    """Known agencies are listed; persons who contributed are not agencies."""
    body = ("Karsk closes its oldest bridge\nThe Velm Courier", "KARSK (May 28, 2018) — " + BODY)
    article = only(*body, "Reuters and Agence France-Presse contributed to this report.")
    assert article.agencies == ("Reuters", "Agence France-Presse")
    assert article.outlet.name == "The Velm Courier"
    assert only(*body, "Dana Orlov contributed to this report.").agencies is None


def test_the_address_below_gives_outlet_and_day():
    """`Original url:` gives the address; its domain names the outlet, and its path agrees with the header: tier A."""
    address = "https://www.velmcourier.example.org/2018/05/28/karsk-closes-its-oldest-bridge"
    article = only("# Karsk closes its oldest bridge", "28 May 2018", BODY, "Original url:", f"<{address}>")
    assert (article.original_url, article.outlet.name) == (address, "example.org")
    assert article.fields.published.tier == "A"
    assert article.findings == ()


def test_an_address_of_another_day_and_headline_is_noted():
    """A path that names another day, and a slug of other words, are found and both dates are kept."""
    address = "https://velm.example.org/2018/may/11/minister-resigns-after-harbour-scandal-vote"
    article = only("Karsk closes its oldest bridge", "28 May 2018", BODY, f"Original url: {address}")
    assert [f.code for f in article.findings] == ["date.url-disagrees", "url.slug-differs-from-headline"]
    assert (str(article.published), article.fields.published.tier) == ("2018-05-28", "D")
    assert [str(e.value) for e in article.fields.published.conflicts] == ["2018-05-11"]


def test_a_weekday_that_the_calendar_denies_is_found():
    """28 May 2018 was a Monday: `Tuesday, May 28` is found, in the header and in the lead; Monday is not."""
    head = "Karsk closes its oldest bridge"
    for line, codes in (("Tuesday, May 28, 2018", ["date.weekday-disagrees"]), ("Monday, May 28, 2018", [])):
        assert [f.code for f in only(head, line, BODY).findings] == codes
    for day, codes in (("Tuesday", ["date.weekday-disagrees"]), ("Monday", [])):
        lead = f"The bridge was closed on {day}, May 28, after engineers found cracks in two of its piers."
        assert [f.code for f in only(head, "May 29, 2018", lead, MORE).findings] == codes


def test_a_weekday_by_itself_is_possible():
    """`on Sunday` is the last Sunday, whatever day the article is of."""
    lead = "The bridge was closed on Sunday after engineers found cracks, and opens again on Friday."
    assert only("Karsk closes its oldest bridge", "May 29, 2018", lead, MORE).findings == ()


def test_the_undated_text_of_sentences_has_no_values():
    """No headline, no date, no outlet: nothing is made up."""
    article = only(BODY, MORE)
    assert (article.headline, article.published, article.outlet, article.authors) == (None, None, None, None)


def test_a_column_signed_in_its_footer():
    """`Published in X DATE in Publication Y` names the outlet, the day and the series."""
    article = only(
        "Karsk closes its oldest bridge",
        BODY,
        "Published in The Velm Post May 28, 2018 in Publication On the Water",
    )
    assert (article.outlet.name, str(article.published), article.section) == (
        "The Velm Post",
        "2018-05-28",
        "On the Water",
    )


def test_a_live_blog_of_two_posts_is_two_articles():
    """Repeated footers cut a document; each part has its own headline, and the parts tile the text."""
    footer = "Published in The Velm Post May 28, 2018 in Publication On the Water"
    read_ = document("Bridge Shut To Lorries", BODY, f"{footer}\nFerries Take Over", MORE, footer)
    assert [a.headline for a in read_.articles] == ["Bridge Shut To Lorries", "Ferries Take Over"]
    assert read_.articles[0].span[1] < read_.articles[1].span[0]


def test_a_digest_is_divided_and_keeps_its_own_date():
    """Each article has its day, the page its own; its lone address goes to the article that fits, and to no other."""
    address = "https://velmpost.example.net/2018/may/20/ferries-take-over-the-river"
    parts = document(
        "Ferries Take Over", "May 29th, 2018 - by admin", address,
        "Ferries Take Over\nvelmpost.example.net", "VELM (May 20, 2018) — " + MORE,
        "What else happened? (The Karsk Echo, May 2, 2018)",
        "Bridge Shut To Lorries\nDana Orlov / The Karsk Echo", "KARSK (May 28, 2018) — " + BODY,
        "All rights reserved.",
    )  # fmt: skip
    assert [str(a.published) for a in parts.articles] == ["2018-05-20", "2018-05-28"]
    assert [str(a.reposted) for a in parts.articles] == ["2018-05-29"] * 2
    assert parts.text[parts.articles[0].span].endswith(MORE)
    assert parts.text[parts.articles[1].span].endswith(BODY)


def test_an_address_that_fits_nobody_is_given_to_nobody():
    """An address of another outlet than any of the parts' is noted and guessed for none."""
    parts = document(
        "Ferries Take Over", "May 29th, 2018 - by admin", "https://elsewhere.example.com/2018/may/20/ferries",
        "Ferries Take Over\nThe Velm Post", "VELM (May 20, 2018) — " + MORE,
        "Bridge Shut To Lorries\nDana Orlov / The Karsk Echo", "KARSK (May 28, 2018) — " + BODY,
    )  # fmt: skip
    assert [a.original_url for a in parts.articles] == [None, None]
    assert [f.code for f in parts.findings] == ["url.unassigned"]


def test_subheadings_do_not_divide_an_article():
    """Lines without a full stop between paragraphs are headings of the same article."""
    article = only(
        "Karsk closes its oldest bridge",
        "May 28, 2018",
        BODY,
        "Ferries instead",
        MORE,
        "A long repair ahead",
        BODY,
    )
    assert len(article.body) == 5


def test_the_captured_address_is_the_articles_own():
    """The URL that the bytes came from is evidence, named as such."""
    url = "https://velmpost.example.net/2018/05/28/karsk"
    (article,) = read(f"Karsk closes its oldest bridge\n\n{BODY}".encode(), url=url).articles
    assert article.original_url == url
    assert article.fields.original_url.evidence[0].rule == "captured-from"


@pytest.mark.parametrize("line", ["Introduction", "Key facts", "This post is an advert. It earns us money"])
def test_labels_and_sentences_are_no_headlines(line):
    """A label of a word or two, or a line of two sentences, does not become a headline."""
    assert only(line, BODY, MORE).headline is None
