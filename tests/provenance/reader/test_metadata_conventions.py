"""Every convention in which pages state their facts gives the same fields, and what is no statement gives none."""

# ruff: noqa: E501 (markup stands as pages have it)
from __future__ import annotations

import json

import pytest

from provenance.model.article import Article
from provenance.model.dates import Date
from provenance.reader.byline_names import names_of
from provenance.reader.html import read_html
from provenance.reader.identity import clean_url, same_url, strip_site
from provenance.reader.metadata import language_of
from provenance.reader.stamps import most_precise, parse_stamp, same_date
from provenance.reader.urls import unwrap

TEXT = "<p>The ferry between the two islands will not run on Sundays from the first of May, its owner announced.</p>"


def article_of(head: str = "", body: str = TEXT, *, url: str | None = None) -> Article:
    """Read a page made of these pieces and return its article."""
    (article,) = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), url=url).articles
    return article


def ld(**values: object) -> str:
    """Return a JSON-LD script with a NewsArticle of these values."""
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **values})}</script>'


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2016-09-18", "2016-09-18"),
        ("2016/09/18", "2016-09-18"),
        ("20160918", "2016-09-18"),
        ("20160918T180200Z", "2016-09-18T18:02:00Z"),
        ("2016-09-18T18:02", "2016-09-18T18:02"),
        ("2016-09-18 18:02:33", "2016-09-18T18:02:33"),
        ("2016-09-18T18:02:33.123+0300", "2016-09-18T18:02:33+03:00"),
        ("2016-09-18T18:02:33-05", "2016-09-18T18:02:33-05:00"),
        ("2016-09-18 18:02:33 UTC", "2016-09-18T18:02:33Z"),
        ("2016-09-18T00:00:00Z", "2016-09-18"),
        ("Sun, 18 Sep 2016 18:02:33 GMT", "2016-09-18T18:02:33Z"),
        ("Sun, 18 Sep 2016 18:02:33 +0200", "2016-09-18T18:02:33+02:00"),
        ("Sun Sep 18 18:02:33 CEST 2016", "2016-09-18T18:02:33"),
        ("Sun Sep 18 2016 18:02:33 GMT+0200 (CEST)", "2016-09-18T18:02:33+02:00"),
        ("1474221753", "2016-09-18T18:02:33Z"),
        ("1474221753000", "2016-09-18T18:02:33Z"),
    ],
)
def test_stamps(raw, value):
    """Machines' forms of a date give what they say: no zone that is not there, no midnight that was never meant."""
    assert str(parse_stamp(raw)) == value


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "today",
        "2016",
        "2016-13-01",
        "2016-02-30",
        "18/09/2016",
        "0000-00-00",
        "12345",
        "2016-09-18 until 2017",
        "x" * 99,
    ],
)
def test_no_stamps(raw):
    """What is no whole date, or could be read in two ways, is none."""
    assert parse_stamp(raw) is None


def test_same_instant_in_two_zones():
    """One instant in two zones is one date; two days are two; the publisher's own zone is kept."""
    utc, local = Date.parse("2021-05-03T23:30:00Z"), Date.parse("2021-05-04T01:30:00+02:00")
    assert same_date(utc, local)
    assert not same_date(Date.parse("2021-05-03"), Date.parse("2021-05-04"))
    assert most_precise([utc, local]) == local
    assert most_precise([Date.parse("2021-05-03"), utc]) == utc


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2021-03-04T10:00:00+01:00">',
        '<meta name="article:published_time" content="2021-03-04">',
        '<meta name="DC.date.issued" content="2021-03-04">',
        '<meta name="dcterms.created" content="20210304">',
        '<meta name="parsely-pub-date" content="2021-03-04T09:00:00Z">',
        '<meta name="sailthru.date" content="Thu, 04 Mar 2021 09:00:00 +0000">',
        '<meta name="cXenseParse:recs:publishtime" content="2021-03-04T10:00:00">',
        '<meta itemprop="datePublished" content="2021-03-04">',
        '<meta name="pubdate" content="1614852000">',
        '<meta name="date" content="4 March 2021">',
        '<meta name="citation_publication_date" content="2021/03/04">',
        ld(datePublished="2021-03-04T10:00"),
        ld(datePublished=["2021-03-04"]),
        '<script type="application/ld+json">[{"@type":"BreadcrumbList"},{"@type":["NewsArticle"],"datePublished":"2021-03-04"}]</script>',
        '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2021-03-04"}]}</script>',
        '<script type="application/ld+json">{"@type":"WebPage","mainEntity":{"@type":"http://schema.org/Report","datePublished":"2021-03-04"}}</script>',
        '<script type="application/ld+json">//<![CDATA[\n{"@type":"Article","datePublished":"2021-03-04"}\n//]]></script>',
        '<script type="application/ld+json">{"@type":"Article","headline":"two\nlines","datePublished":"2021-03-04"};</script>',
    ],
)
def test_published_in_the_head(head):
    """Each convention alone gives the day, at tier C: one kind of source says it."""
    published = article_of(head).fields.published
    assert str(published.value)[:10] == "2021-03-04"
    assert published.tier == "C"


@pytest.mark.parametrize(
    "body",
    [
        '<h1>Ferry stops</h1><time datetime="2021-03-04T10:00Z">x</time>',
        '<h1>Ferry stops</h1><span itemprop="datePublished" content="2021-03-04">x</span>',
        '<h1>Ferry stops</h1><time itemprop="datePublished" datetime="2021-03-04">x</time>',
        "<h1>Ferry stops</h1><p>Thursday, March 4, 2021, 10:00</p>",
        "<h1>Ferry stops</h1><div>By Ida Brandt<br>4. März 2021</div>",
    ],
)
def test_published_in_the_page(body):
    """What is marked or printed at the headline gives the day."""
    assert str(article_of(body=body + TEXT).published)[:10] == "2021-03-04"


@pytest.mark.parametrize(
    "page",
    [
        "<p>On March 4, 2021 the ferry still ran, and nobody thought that it would ever stop doing so.</p>",
        '<aside><time datetime="2021-03-04">other story</time></aside>',
        '<ul><li><time datetime="2021-03-04">other story</time></ul>',
        '<div class="comments"><time datetime="2021-03-04">a comment</time></div>',
        '<div itemscope itemtype="https://schema.org/Comment"><meta itemprop="datePublished" content="2021-03-04"></div>',
        "<footer><p>© 2021 All rights reserved</p></footer>",
        '<meta name="date" content="sometime in 2021">',
        ld(comment={"@type": "Comment", "datePublished": "2021-03-04"}),
        ld(hasPart=[{"@type": "NewsArticle", "datePublished": "2021-03-04"}]),
        '<script type="application/ld+json">{"@type":"ItemList","itemListElement":[{"@type":"NewsArticle","datePublished":"2021-03-04"}]}</script>',
    ],
)
def test_no_date_is_made_up(page):
    """Dates in prose, of comments, of other stories, and years in footers are not the article's."""
    assert article_of(body=f"<h1>Ferry stops</h1>{TEXT}{page}{TEXT}").published is None


def test_published_and_modified_are_two():
    """Both dates are kept, each in its field."""
    article = article_of(ld(datePublished="2021-03-04", dateModified="2021-03-06T08:00Z"))
    assert (str(article.published), str(article.modified)) == ("2021-03-04", "2021-03-06T08:00Z")
    assert article.findings == ()


def test_changed_before_published_is_found():
    """A change before the publication is said; both values stay."""
    article = article_of(ld(datePublished="2021-03-04", dateModified="2021-02-01"))
    assert [f.code for f in article.findings] == ["date.modified-before-published"]
    assert str(article.modified) == "2021-02-01"


def test_conflict_is_kept():
    """Two days from two kinds of source: the nearer to the article wins, at tier D, and the other is kept."""
    meta = '<meta property="article:published_time" content="2021-03-09">'
    published = article_of(meta + ld(datePublished="2021-03-04")).fields.published
    assert (str(published.value), published.tier) == ("2021-03-04", "D")
    assert [str(e.value) for e in published.conflicts] == ["2021-03-09"]


def test_broken_json_ld_is_said():
    """A script that is no JSON is a finding, and the next one is still read."""
    broken = '<script type="application/ld+json">{"@type": "NewsArticle", </script>'
    document = read_html((broken + ld(datePublished="2021-03-04") + TEXT).encode())
    assert [f.code for f in document.findings] == ["html.json-ld-broken"]
    assert str(document.articles[0].published) == "2021-03-04"
    evidence = document.articles[0].fields.published.evidence[0]
    assert (evidence.place.script, evidence.place.pointer) == (1, "/datePublished")


def test_own_node_among_several():
    """Of several article nodes the one with the page's headline counts."""
    other = ld(headline="Something else", datePublished="2020-01-01")
    own = ld(headline="Ferry stops on Sundays", datePublished="2021-03-04")
    assert str(article_of(other + own, f"<h1>Ferry stops on Sundays</h1>{TEXT}").published) == "2021-03-04"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("<title>Ferry stops on Sundays</title>", ""),
        (
            "<title>Ferry stops on Sundays | Island Courier</title><meta property=og:site_name content='Island Courier'>",
            "",
        ),
        (
            "<title>Island Courier: Ferry stops on Sundays</title><meta property=og:site_name content='Island Courier'>",
            "",
        ),
        (
            "<meta property=og:title content='Ferry stops on Sundays - Island Courier'>"
            + ld(publisher={"name": "The Island Courier"}),
            "",
        ),
        ("<title>Something for search engines</title>", "<h1>\n Ferry stops\n on Sundays</h1>"),
        ("", "<h1>Island Courier</h1><h1>Ferry stops on Sundays</h1>"),
        (
            "<meta name=twitter:title content='Ferry stops on Sundays'>",
            "<h1>Island</h1><h1>Ferry stops on Sundays</h1>",
        ),
        (ld(headline="Ferry stops on Sundays"), ""),
        ("", '<h2 itemprop="headline">Ferry stops on Sundays</h2>'),
    ],
)
def test_headline(head, body):
    """The headline comes without the site's name, from wherever it stands."""
    if body.startswith("<h1>Island Courier</h1>"):
        head += "<title>Ferry stops on Sundays</title>"
    assert article_of(head, body + TEXT).headline == "Ferry stops on Sundays"


def test_title_is_cut_only_at_the_site():
    """A headline with a dash of its own is left whole."""
    assert (
        strip_site("Ferry – the end of an era", frozenset({"islandcourier"})) == "Ferry – the end of an era"
    )


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (ld(author="Ida Brandt"), ("Ida Brandt",)),
        (ld(author={"@type": "Person", "name": "Ida Brandt"}), ("Ida Brandt",)),
        (ld(author=[{"name": "Ida Brandt"}, {"name": "Olaf Reuter"}]), ("Ida Brandt", "Olaf Reuter")),
        ('<meta name="author" content="By Ida Brandt and Olaf Reuter">', ("Ida Brandt", "Olaf Reuter")),
        (
            '<meta name="citation_author" content="Ida Brandt"><meta name="citation_author" content="Olaf Reuter">',
            ("Ida Brandt", "Olaf Reuter"),
        ),
        ('<meta property="article:author" content="https://social.example/ida">', None),
        ('<meta name="author" content="admin">', None),
        (
            ld(
                author={"@type": "Organization", "name": "Island Courier"},
                publisher={"name": "Island Courier"},
            ),
            None,
        ),
        (
            '<meta name="author" content="Island Courier"><meta property="og:site_name" content="Island Courier">',
            None,
        ),
    ],
)
def test_authors(head, names):
    """People are named one by one; addresses, posters and the outlet itself are no authors."""
    assert article_of(head).authors == names


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="author" href="/ida">Ida Brandt</a>',
        '<span itemprop="author"><b itemprop="name">Ida Brandt</b></span>',
        "<h1>Ferry stops</h1><p>By Ida Brandt</p>",
    ],
)
def test_bylines(body):
    """A byline in the page names the author."""
    assert article_of(body=body + TEXT).authors == ("Ida Brandt",)


def test_names_are_told_apart():
    """What joins names is no part of them, and what is too long to be one is none."""
    assert names_of("von Ida Brandt, Olaf Reuter und Ada Holm") == ("Ida Brandt", "Olaf Reuter", "Ada Holm")
    assert names_of("one two three four five six seven") is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="Island Courier">', "Island Courier"),
        (ld(publisher={"@type": "Organization", "name": "Island Courier"}), "Island Courier"),
        (
            '<script type="application/ld+json">{"@graph":[{"@id":"#o","@type":"Organization","name":"Island Courier"},'
            '{"@type":"NewsArticle","publisher":{"@id":"#o"}}]}</script>',
            "Island Courier",
        ),
        ("", "islandcourier.co.uk"),
    ],
)
def test_outlet(head, name):
    """The outlet is named by the publisher, the site's name, or at last by its domain; the domain is filled in."""
    outlet = article_of(head, url="https://www.islandcourier.co.uk/ferry").outlet
    assert outlet is not None
    assert (outlet.name, outlet.domain) == (name, "islandcourier.co.uk")


def test_no_outlet_without_a_word_of_it():
    """A page that names nobody, from nowhere, has no outlet."""
    assert article_of().outlet is None


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.islandcourier.co.uk/ferry">',
        '<link rel="Canonical" href="/ferry#top">',
        '<meta property="og:url" content="https://www.islandcourier.co.uk/ferry?utm_source=x&amp;fbclid=y">',
        ld(url="https://www.islandcourier.co.uk/ferry"),
        ld(mainEntityOfPage={"@type": "WebPage", "@id": "https://www.islandcourier.co.uk/ferry"}),
        '<link rel="canonical" href="https://web.archive.org/web/20210304000000/https://www.islandcourier.co.uk/ferry">',
        '<link rel="canonical" href="https://www.islandcourier.co.uk/"><meta property="og:url" content="/ferry">',
    ],
)
def test_original_url(head):
    """Every convention gives the address, absolute, unwrapped and without tracking."""
    article = article_of(head, url="https://www.islandcourier.co.uk/amp/ferry-1")
    assert article.original_url == "https://www.islandcourier.co.uk/ferry"


def test_urls_as_addresses():
    """What is no http address is none; what is the same page is the same."""
    assert clean_url("javascript:alert(1)", None) is None
    assert clean_url("/relative", None) is None
    assert unwrap("https://web.archive.org/web/2016id_/http:/paper.example/a") == "http://paper.example/a"
    assert same_url("http://www.paper.example/a/", "https://paper.example/a")
    assert not same_url("https://paper.example/a", "https://paper.example/b")


class TestAddress:
    """Where the copy was taken: the saving program's word, then the given one, then the page's own."""

    URL = "https://www.islandcourier.co.uk/ferry"

    def address(self, markup: str, url: str | None = None):
        return read_html(markup.encode(), url=url).address

    def test_saved_from(self):
        """Browsers write the address and its length before it."""
        address = self.address(
            f"<!DOCTYPE html>\n<!-- saved from url=({len(self.URL):04}){self.URL} -->\n<html><body>{TEXT}"
        )
        assert (address.value, address.evidence[0].rule) == (self.URL, "comment.saved-from")

    def test_single_file(self):
        """SingleFile writes it in a comment inside the root."""
        comment = f"<!--\n Page saved with SingleFile \n url: {self.URL} \n saved date: Thu Mar 04 2021\n-->"
        address = self.address(f"<!DOCTYPE html><html>{comment}<head></head><body>{TEXT}")
        assert (address.value, address.evidence[0].rule) == (self.URL, "comment.singlefile")

    def test_given(self):
        """The address that the caller gives is the page's."""
        assert self.address(TEXT, self.URL).value == self.URL

    def test_canonical_at_last(self):
        """Without anything else, the page's own address stands in."""
        assert self.address(f'<link rel="canonical" href="{self.URL}">{TEXT}').value == self.URL

    def test_nowhere(self):
        """A page that says nothing of it has no address; a comment of another kind gives none."""
        assert self.address(f"<!-- saved by hand --><p>{TEXT}").value is None


@pytest.mark.parametrize(
    ("raw", "tag"), [("en_GB", "en-GB"), ("de", "de"), ("zh-Hans-CN", "zh-CN"), ("english", None), ("", None)]
)
def test_languages(raw, tag):
    """Tags come in their usual case; words are no tags."""
    assert language_of(raw) == tag
