"""What pages print or carry without meaning it: placeholders, notices, a program's own names, coded bytes."""

from __future__ import annotations

import gzip
import json

import pytest

from provenance.errors import NotAText
from provenance.model.article import Article
from provenance.reader import read

HEADLINE = "Karsk closes its oldest bridge"
BODY = (
    "The bridge over the Orla was closed to lorries after engineers found cracks in two of its piers, "
    "the port authority of Karsk announced on the day after the inspection."
)


def page(*, head: str = "", near: str = "", foot: str = "") -> Article:
    """Read a page with something in its head, below its headline, or below its text."""
    markup = f"<html><head>{head}</head><body><article><h1>{HEADLINE}</h1>{near}<p>{BODY}</p></article>{foot}</body></html>"
    (article,) = read(markup.encode(), media_type="text/html").articles
    return article


@pytest.mark.parametrize(
    "near",
    [
        "<div>Last visit: 5 May 2019</div>",
        "<div>Today is Sunday, 5 May 2019</div>",
        "<div>Deadline: May 5, 2019</div>",
        "<div>Born 5 May 1979</div>",
        "<div>© Karsk Echo, 5 May 2019</div>",
        "<aside><div>5 May 2019</div></aside>",
        "<nav><div>5 May 2019</div></nav>",
        "<div class='related-posts'><div>5 May 2019</div></div>",
        "<footer><div>5 May 2019</div></footer>",
    ],
)
def test_a_date_of_something_else_near_the_headline_is_none(near):
    """A visit, today, a notice of rights, and what surrounds the article say nothing of its publication."""
    assert page(near=near).published is None


@pytest.mark.parametrize(
    "near",
    [
        "<div>5 May 2019</div>",
        "<div>Published: 5 May 2019</div>",
        "<div>By Dana Orlov on May 5, 2019</div>",
        "<div>Dana Orlov, Correspondent | May 5, 2019 | 3 min read</div>",
        "<footer class='post-meta'>May 5, 2019</footer>",
    ],
)
def test_a_date_line_below_the_headline_is_read(near):
    """A bare date, a known label and a byline with a date give the day."""
    assert "2019-05-05" == str(page(near=near).published)


@pytest.mark.parametrize(
    ("stamp", "published"),
    [
        ("1970-01-01T00:00:00Z", None),
        ("1970-01-01T01:00:00+01:00", None),
        ("0001-01-01T00:00:00Z", None),
        ("1989-12-31", None),
        ("1999-12-31", "1999-12-31"),
    ],
)
def test_placeholders_are_no_dates(stamp, published):
    """A day before there were pages is what a system writes for none."""
    date = page(head=f'<meta property="article:published_time" content="{stamp}">').published
    assert published == (date and str(date))


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("WordPress", None),
        ("Squarespace", None),
        ("My Blog", None),
        ("Medium", "Medium"),
        ("Wix Herald", "Wix Herald"),
    ],
)
def test_the_name_of_the_program_is_no_outlet(name, outlet):
    """A site that still bears its program's name has none of its own."""
    article = page(head=f'<meta property="og:site_name" content="{name}">')
    assert outlet == (article.outlet and article.outlet.name)


def test_entities_in_structured_data_are_read_and_kept_raw():
    """Names and headlines in JSON-LD are read without their entities; the evidence has them as they stand."""
    data = {
        "@type": "NewsArticle", "headline": "Cracks &amp;amp; closures", "author": {"name": "Dana O&#39;Rlov"},
        "publisher": {"name": "Karsk &amp; Velm Echo"},
    }  # fmt: skip
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    (article,) = read(f"<html><head>{script}</head><body><p>{BODY}".encode(), media_type="text/html").articles

    assert ("Cracks & closures", ("Dana O'Rlov",)) == (article.headline, article.authors)
    assert "Karsk & Velm Echo" == article.outlet.name
    assert "Cracks &amp;amp; closures" == article.fields.headline.evidence[0].raw


@pytest.mark.parametrize("media_type", ["text/html", "text/plain", None])
def test_bytes_still_in_their_coding_are_no_text(media_type):
    """A body that is still compressed is refused, whatever it was declared; undone, it is read."""
    plain = f"<html><body><h1>{HEADLINE}</h1><p>{BODY}</p></body></html>".encode()

    for coded in (gzip.compress(plain), b"\x28\xb5\x2f\xfd" + bytes(range(256)), bytes(range(32)) * 9):
        with pytest.raises(NotAText):
            read(coded, media_type=media_type)
    assert 1 == len(read(plain, media_type=media_type).articles)
