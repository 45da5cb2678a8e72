"""What an article's claims say against each other: every code in an article that has the contradiction, and in one that has not."""

from __future__ import annotations

import pytest

from provenance.model.article import Article
from provenance.model.outlet import Role
from provenance.reader import read

PROSE = "<p>The council of Ostermoor voted to repair the old harbour wall before the winter storms arrive in the town this year.</p>"
ID = "1049027471233241088"
"""A tweet of 7 October 2018."""
EMBED = f'<blockquote class="twitter-tweet"><p>It will hold.</p>— Ada (@ada) <a href="https://twitter.com/ada/status/{ID}">October 7, 2018</a></blockquote>'


def article(
    body: str = "",
    *,
    published: str = "2018-10-08",
    modified: str | None = None,
    url: str | None = None,
    headline: str = "Harbour wall will be repaired",
) -> Article:
    """Return the article of a page with this date, this address and this in its body."""
    head = f'<meta property="article:published_time" content="{published}">'
    head += f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    page = f"<html lang='en'><head>{head}</head><body><article><h1>{headline}</h1>{PROSE}{body}{PROSE * 2}</article></body></html>"
    (only,) = read(page.encode(), url=url, name="x.html").articles
    return only


def codes(found: Article) -> list[str]:
    """Return the codes of an article's findings."""
    return [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("published", "modified", "headline", "url", "fires"),
    [
        ("2018-10-05", None, "Harbour wall will be repaired", None, True),
        ("2018-10-05", "2018-10-08", "Harbour wall will be repaired", None, False),
        ("2018-10-06", None, "Harbour wall will be repaired", None, False),
        ("2018-10-09", None, "Harbour wall will be repaired", None, False),
        ("2018-10-05", None, "Storm: live updates", None, False),
        (
            "2018-10-05",
            None,
            "Harbour wall will be repaired",
            "https://paper.example/liveblog/harbour",
            False,
        ),
    ],
)
def test_posts_later_than_the_article(
    published: str, modified: str | None, headline: str, url: str | None, fires: bool
) -> None:
    """A post made two days after the last stated day is found; a day later, stated changes and live blogs are not."""
    found = article(EMBED, published=published, modified=modified, headline=headline, url=url)
    assert ("tweet.later-than-article" in codes(found)) is fires


@pytest.mark.parametrize(
    ("printed", "fires"), [("October 7, 2018", False), ("October 8, 2018", False), ("October 17, 2018", True)]
)
def test_printed_dates_of_posts(printed: str, fires: bool) -> None:
    """The date printed under a tweet is that of its id, a day aside for the zones."""
    found = article(EMBED.replace("October 7, 2018", printed))
    assert ("tweet.printed-date-disagrees" in codes(found)) is fires


@pytest.mark.parametrize(
    ("words", "fires"),
    [
        ("On Sunday, 7 October 2018, the wall fell down in the night of the storm.", False),
        ("On Monday, 7 October 2018, the wall fell down in the night of the storm.", True),
        ("Am Sonntag, 7. Oktober 2018, fiel die Mauer in der Nacht des Sturmes um.", False),
        ("Am Dienstag, 7. Oktober 2018, fiel die Mauer in der Nacht des Sturmes um.", True),
        ("В воскресенье, 7 октября 2018 года, стена упала в ночь большой бури.", False),
        ("В среду, 7 октября 2018 года, стена упала в ночь большой бури у моря.", True),
        ("El domingo, 7 de octubre de 2018, el muro cayó en la noche de la tormenta.", False),
        ("El lunes, 7 de octubre de 2018, el muro cayó en la noche de la tormenta.", True),
        ("In the Sunday Times of 8 October 2018 the mayor wrote that the wall fell.", False),
        ("On Sunday, October 7, the wall fell down in the night of the great storm.", False),
        ("On Friday, October 7, the wall fell down in the night of the great storm.", True),
    ],
)
def test_weekdays_agree_with_dates(words: str, fires: bool) -> None:
    """A weekday that the calendar does not give to its date is found, in every language; a right one is not."""
    assert ("date.weekday-disagrees" in codes(article(f"<p>{words}</p>"))) is fires


@pytest.mark.parametrize(
    ("modified", "fires"), [("2018-10-01", True), ("2018-10-07", False), ("2018-10-08", False), (None, False)]
)
def test_changes_follow_publication(modified: str | None, fires: bool) -> None:
    """A change two days before publication is found; a day before is what zones can make."""
    assert ("date.modified-before-published" in codes(article(modified=modified))) is fires


@pytest.mark.parametrize(
    ("url", "fires"),
    [
        ("https://paper.example/2018/10/01/harbour-wall-repaired", True),
        ("https://paper.example/2018/10/09/harbour-wall-repaired", False),
        ("https://paper.example/2018/10/08/harbour-wall-repaired", False),
        ("https://paper.example/harbour-wall-repaired", False),
    ],
)
def test_the_day_of_the_address(url: str, fires: bool) -> None:
    """The day in the address is that of publication, a day aside."""
    assert ("date.url-disagrees" in codes(article(url=url))) is fires


@pytest.mark.parametrize(
    ("url", "fires"),
    [
        ("https://paper.example/news/prime-minister-visits-northern-islands", True),
        ("https://paper.example/news/harbour-wall-will-be-repaired-soon", False),
        ("https://paper.example/news/wall", False),
    ],
)
def test_the_words_of_the_address(url: str, fires: bool) -> None:
    """The words of the address are those of the headline, where it has enough of them."""
    assert ("url.slug-differs-from-headline" in codes(article(url=url))) is fires


def roles(found: Article) -> list[tuple[str, str]]:
    """Return the outlets of an article with their roles."""
    return [(each.outlet.name, each.role.value) for each in found.participants]


def plain(text: str) -> Article:
    """Return the one article of a plain text."""
    (only,) = read(text.encode(), name="x.txt").articles
    return only


WORDS = "The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive there."


def test_an_outlet_that_published_itself_is_the_publisher() -> None:
    """The outlet at whose address the article stands published it."""
    assert roles(article(url="https://www.theguardian.com/world/2018/oct/08/harbour-wall")) == [
        ("The Guardian", Role.PUBLISHER)
    ]


def test_an_agency_is_one_at_its_own_address() -> None:
    """An agency's report at its own address is an agency's."""
    assert roles(article(url="https://tass.com/world/900573")) == [("TASS", Role.AGENCY)]


def test_the_agency_of_a_dateline_gave_the_report() -> None:
    """A paper that prints an agency's report is the publisher, and the agency named in the dateline the agency."""
    page = f"<html><body><article><h1>Harbour wall will be repaired</h1><p>OSTERMOOR, Oct 8 (Reuters) - {WORDS}</p>{PROSE * 2}</article></body></html>"
    (only,) = read(page.encode(), url="https://www.theguardian.com/world/1", name="x.html").articles
    assert roles(only) == [("The Guardian", Role.PUBLISHER), ("Reuters", Role.AGENCY)]


def test_who_is_credited_below_contributed() -> None:
    """Agencies credited below an article contributed to it."""
    found = plain(
        f"Harbour Wall Will Be Repaired\nOctober 8, 2018\n\n{WORDS}\n\n{WORDS}\n\nKyodo and Anadolu Agency contributed to this report.\n"
    )
    assert [r for r in roles(found) if r[1] == "contributor"] == [
        ("Kyodo", "contributor"),
        ("Anadolu Agency", "contributor"),
    ]


def test_an_aggregator_republishes() -> None:
    """A page that names another outlet's article as its original republishes it; that outlet published it."""
    note = '<p>This article was originally published on <a href="https://www.theguardian.com/world/2018/oct/08/wall">The Guardian</a>.</p>'
    page = f"<html><body><article><h1>Harbour wall will be repaired</h1>{PROSE * 4}{note}</article></body></html>"
    (only,) = read(page.encode(), url="https://www.antiwar.com/wall", name="x.html").articles
    assert roles(only) == [("AntiWar.com", Role.REPUBLISHER), ("The Guardian", Role.PUBLISHER)]
