"""What a page shows of other things is not said of its article: teasers, margins, templates, telephone numbers, clocks."""

from __future__ import annotations

import pytest

import provenance
from provenance.model.article import Article
from provenance.reader.datelines import read_dateline
from provenance.reader.tweet_text import STATUS

_WORDS = (
    "The council of Ostermoor met for the third day and talked about the bridge that fell into the river. "
)
_BODY = f"<p>{_WORDS * 3}</p>" * 4


def _read(head: str = "", top: str = "", bottom: str = "", *, body: str = _BODY, lang: str = "en") -> Article:
    heading = "Bridge talks go on in Ostermoor"
    page = (
        f"<!DOCTYPE html><html lang={lang}><head><title>{heading}</title>{head}</head>"
        f"<body><h1>{heading}</h1>{top}{body}{bottom}</body></html>"
    )
    (article,) = provenance.read(page.encode(), media_type="text/html")
    return article


def test_a_byline_in_the_margin_is_somebody_elses() -> None:
    """An author named in an `<article>` within an `<aside>` did not write the page."""
    margin = '<aside><article><h3><a href="/x">Other</a></h3><span class="byline">By Jane Roe</span></article></aside>'
    assert not _read(bottom=margin).authors
    assert _read(top='<span class="byline">By Jane Roe</span>').authors == ("Jane Roe",)


@pytest.mark.parametrize("name", ["{{publisher}}", "${site}", "[object Object]", "undefined"])
def test_an_unfilled_template_names_no_outlet(name: str) -> None:
    """What a template left unfilled is no name."""
    assert _read(head=f'<meta property="og:site_name" content="{name}">').outlet is None
    assert _read(head='<meta property="og:site_name" content="Ostermoor Echo">').outlet is not None


@pytest.mark.parametrize("mark", ["today", "current-date", "weather"])
def test_the_day_on_a_clock_is_no_date_of_publication(mark: str) -> None:
    """A date in an element that calls itself today's is the day of the visit."""
    assert _read(top=f'<div class="{mark}">Sunday, November 22, 2026</div>').published is None
    assert str(_read(top='<div class="date">Sunday, November 22, 2026</div>').published) == "2026-11-22"


def test_a_number_that_goes_on_is_no_date() -> None:
    """Digits that go on behind what could be a date make it a number of another kind."""
    assert _read(top="<p>Call 2019-05-03-55 today</p>").published is None


def test_the_date_of_a_teaser_is_no_date_of_the_page() -> None:
    """Of a row of teasers, the first one's date is not that of the page."""
    teaser = '<article><h2><a href="/{0}">No {0}</a></h2><time datetime="2019-05-0{0}">{0}</time><p>Go</p></article>'
    assert _read(body="".join(teaser.format(number) for number in range(1, 7))).published is None
    single = '<article><time datetime="2019-05-01">May 1</time>' + _BODY + "</article>"
    assert str(_read(body=single).published) == "2019-05-01"


def test_without_a_language_only_a_name_can_speak() -> None:
    """Where nothing is known of a language's words, the verb beside a quotation is not taken for its speaker."""
    article = _read(lang="ar", top="<p>قال الوزير: «سنذهب غدا إلى المدينة».</p>")
    assert [quotation.speaker for quotation in article.quotations] == [None]


@pytest.mark.parametrize(
    ("address", "id_"),
    [
        ("https://twitter.com/bob/status/12x", None),
        ("https://twitter.com/bob/status/0", None),
        ("https://twitter.com/jack/status/20", "20"),
        ("https://twitter.com/bob/status/1124000000000000000Tap", "1124000000000000000"),
        ("https://x.com/bob/status/1124000000000000000?s=20", "1124000000000000000"),
    ],
)
def test_only_a_number_is_the_id_of_a_tweet(address: str, id_: str | None) -> None:
    """Zero and a number cut out of a word are no ids; words that run into a long id leave it as it is."""
    found = STATUS.search(address)
    assert (found["id"] if found else None) == id_


def test_a_row_of_ands_is_read_at_once() -> None:
    """A dateline is looked for in linear time, however many words are joined by `and`; unbounded, this would not end."""
    line = "Al Bo and " * 500
    assert read_dateline(line, 0, len(line)) is None
