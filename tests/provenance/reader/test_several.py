"""Several articles on one page: live blogs and articles in a row are split, everything else is left whole."""

from __future__ import annotations

import gzip
import html
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.article import Document
from provenance.model.evidence import Layer
from provenance.reader import read

URL = "https://paper.example.com/harbour/wall"
P1 = "Paragraph one of story {0} is long enough to be a paragraph of prose in a newspaper, and has words about the wall that fell in the night of the great storm of the year."
P2 = "Paragraph two of story {0} tells what the mayor said of it: “We shall build it up again number {0},” Ada Holm said on Tuesday in Ostermoor, where the council had met for a vote."
P3 = "Paragraph three of story {0} is long enough to be a paragraph of prose too, and ends with what comes next in the town when the harbour opens again for the boats in spring."
SITE = '<meta property="og:site_name" content="Ostermoor Echo">'


def whole(number: int, *, tag: str = "article", inside: str = "", marks: str = "") -> str:
    """Return a whole article with a linked heading, a date and three paragraphs."""
    return (
        f"<{tag} {marks}><h2><a href='https://paper.example.com/2024/03/0{number}/story-{number}'>Headline of story number {number}</a></h2>"
        f"<time datetime='2024-03-0{number}T10:00:00Z'>March {number}, 2024</time>"
        f"<p>{P1.format(number)}</p><p>{P2.format(number)}</p>{inside}<p>{P3.format(number)}</p></{tag}>"
    )


def update(number: int, *, marks: str = 'class="live-blog-post"', body: str = "") -> str:
    """Return an update of a live blog: a time, a heading, a paragraph."""
    words = (
        body
        or f"<p>The pump of basin {number} has stopped working, says the port authority, and boats are on their way to Rope Lane now.</p>"
    )
    return f"<div {marks}><time datetime='2024-03-04T1{number}:00:00Z'>1{number}:00</time><h3>Pump number {number} stops</h3>{words}</div>"


def document(body: str, *, head: str = "", url: str | None = URL) -> Document:
    """Read a page."""
    return read(
        f"<html lang='en'><head>{SITE}{head}</head><body><main>{body}</main></body></html>".encode(),
        url=url,
        name="x.html",
    )


MAIN = f"<article><h1>Harbour Wall To Be Repaired</h1><time datetime='2024-03-01T09:00:00Z'>March 1</time>{''.join(f'<p>{p.format(0)}</p>' for p in (P1, P2, P3) * 3)}</article>"
LIVE_HEAD = f"<h1>Storm at Ostermoor: live updates</h1><p>{P1.format(0)}</p>"
TEASER = "<article class='{1}'><h3><a href='https://paper.example.com/2024/other-{0}'>Another story number {0}</a></h3><time datetime='2024-02-0{0}'>Feb {0}</time><p>The first words of another story that is told elsewhere, for {0} readers.</p></article>"
COMMENT = "<article class='comment-body' id='div-comment-{0}'><h4>Ola {0}</h4><time datetime='2024-03-0{0}T11:00:00Z'>March {0}</time><p>{1}</p><p>{2}</p><p>{3}</p></article>"


def assert_tiled(read_document: Document) -> None:
    """Parts are numbered, their spans tile the text, and everything of a part lies in its span."""
    spans = [article.span for article in read_document.articles]
    assert [article.part for article in read_document.articles] == list(range(len(spans)))
    assert [spans[0][0], *(end for _, end in spans)] == [
        *(start for start, _ in spans),
        len(read_document.text),
    ]
    for article in read_document.articles:
        inside = [
            *article.body,
            *((q.start, q.end) for q in article.quotations),
            *(t.span for t in article.tweets if t.span),
        ]
        assert all(article.span[0] <= start <= end <= article.span[1] for start, end in inside)


def test_articles_in_a_row_are_split() -> None:
    """Each article of a row has its own headline, date, address, body and quotations; the outlet is inherited, and says so."""
    found = document("".join(map(whole, (1, 2, 3))), url="https://paper.example.com/blog/")
    assert_tiled(found)
    assert [a.headline for a in found.articles] == [f"Headline of story number {n}" for n in (1, 2, 3)]
    assert [str(a.published) for a in found.articles] == [f"2024-03-0{n}T10:00:00Z" for n in (1, 2, 3)]
    assert [a.original_url for a in found.articles] == [
        f"https://paper.example.com/2024/03/0{n}/story-{n}" for n in (1, 2, 3)
    ]
    assert [[q.exact for q in a.quotations] for a in found.articles] == [
        [f"We shall build it up again number {n},"] for n in (1, 2, 3)
    ]
    for article in found.articles:
        assert article.outlet is not None
        assert article.outlet.name == "Ostermoor Echo"
        assert {e.layer for e in article.fields.outlet.evidence} == {Layer.INHERITED}


def test_a_second_article_below_the_first_is_another() -> None:
    """A page that prints the next article below its own keeps its own values for the first, and gives the second its own."""
    found = document(MAIN + whole(2), head=f'<link rel="canonical" href="{URL}">')
    assert_tiled(found)
    first, second = found.articles
    assert (first.headline, first.original_url) == ("Harbour Wall To Be Repaired", URL)
    assert {e.layer for e in first.fields.outlet.evidence} != {Layer.INHERITED}
    assert (second.headline, second.original_url) == (
        "Headline of story number 2",
        "https://paper.example.com/2024/03/02/story-2",
    )
    assert not any("story 2" in first.text[span] for span in first.body)


def test_live_blogs_are_split_at_their_updates() -> None:
    """The blog's head is the first part; each update has its own moment, and takes outlet and address from the blog."""
    found = document(LIVE_HEAD + "".join(map(update, range(5))))
    assert_tiled(found)
    assert [a.headline for a in found.articles] == [
        "Storm at Ostermoor: live updates",
        *(f"Pump number {n} stops" for n in range(5)),
    ]
    assert [str(a.published) for a in found.articles[1:]] == [f"2024-03-04T1{n}:00:00Z" for n in range(5)]
    assert {a.original_url for a in found.articles} == {URL}
    assert {e.layer for a in found.articles[1:] for e in a.fields.original_url.evidence} == {Layer.INHERITED}


@pytest.mark.parametrize(
    "marks",
    [
        'class="liveblog-entry"',
        'class="lb-post x"',
        'itemprop="liveBlogUpdate"',
        'class="ticker__item"',
        'class="c-live-update"',
    ],
)
def test_updates_are_known_by_their_marks(marks: str) -> None:
    """Microdata and the class names of live blogs mark updates."""
    assert len(document(LIVE_HEAD + "".join(update(n, marks=marks) for n in range(4))).articles) == 5


def test_structured_data_states_the_updates() -> None:
    """A LiveBlogPosting's updates are parts where the text shows their words, with the moments that it states."""
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"Pump number {n} stops",
            "datePublished": f"2024-03-04T1{n}:30:00+01:00",
            "articleBody": "The pump …",
        }
        for n in range(3)
    ]
    missing = {
        "@type": "BlogPosting",
        "headline": "An update that the page does not show",
        "datePublished": "2024-03-04T09:00:00Z",
    }
    data = json.dumps(
        {
            "@type": "LiveBlogPosting",
            "headline": "Storm at Ostermoor: live updates",
            "liveBlogUpdate": [*updates, missing],
        }
    )
    found = document(
        LIVE_HEAD + "".join(update(n, marks="class=x") for n in range(3)),
        head=f'<script type="application/ld+json">{data}</script>',
    )
    assert_tiled(found)
    assert [str(a.published) for a in found.articles[1:]] == [
        f"2024-03-04T1{n}:30:00+01:00" for n in range(3)
    ]


@pytest.mark.parametrize(
    "body",
    [
        MAIN + "".join(TEASER.format(n, "related-story") for n in range(1, 9)),
        MAIN + "".join(TEASER.format(n, "post") for n in range(1, 9)),
        MAIN + "".join(COMMENT.format(n, P1.format(n), P2.format(n), P3.format(n)) for n in range(1, 5)),
        MAIN + f"<aside>{whole(2)}{whole(3)}</aside>",
        MAIN + f"<div class='related'>{whole(2)}{whole(3)}</div>",
        MAIN
        + "<div class='liveblog-timeline'>"
        + "".join(
            f"<div class='liveblog-item'><span>4:0{n} pm</span><a href='/l/{n}'>Stocks open higher after a rout of {n} days on fears</a></div>"
            for n in range(5)
        )
        + "</div>",
        MAIN.replace("</article>", whole(2, tag="section") + "</article>"),
        MAIN.replace("<p>", "<div class='live-video-item'><p>", 1).replace("</p>", "</p></div>", 1),
        f"<article><h1>Wall</h1>{whole(2, marks='class=card')}{whole(3, marks='class=card')}<p>{P1}</p></article>",
        LIVE_HEAD + update(1) + update(2),
        "".join(whole(1) for _ in range(2)),
        MAIN,
    ],
)
def test_one_article_stays_one(body: str) -> None:
    """Teasers, comments, margins, tickers of headlines, sections, and the same article twice make no second article."""
    assert len(document(body).articles) == 1


def test_lists_of_teasers_are_said_to_be_such() -> None:
    """A page of headlines that lead elsewhere is no article, and the finding says so; an article with teasers raises none."""
    teasers = "".join(TEASER.format(n, "teaser") for n in range(1, 10))
    assert "page.lists-articles" in [
        f.code for f in document(teasers, url="https://paper.example.com/").findings
    ]
    assert "page.lists-articles" not in [f.code for f in document(MAIN + teasers).findings]


def test_posts_go_with_their_part() -> None:
    """An embed belongs to the article it stands in, and its words to nobody's body."""
    embed = '<blockquote class="twitter-tweet"><p>The wall will hold, they say.</p>— Ada (@ada) <a href="https://twitter.com/ada/status/1049027471233241088">x</a></blockquote>'
    found = document(whole(1) + whole(2, inside=embed))
    assert_tiled(found)
    assert [[t.id for t in a.tweets] for a in found.articles] == [[], ["1049027471233241088"]]
    assert not any("wall will hold" in a.text[span] for a in found.articles for span in a.body)


@given(
    st.lists(
        st.sampled_from(
            [
                whole(1),
                whole(2),
                whole(3),
                update(1),
                update(2),
                update(3),
                MAIN,
                LIVE_HEAD,
                TEASER.format(1, "x"),
                "<p>word</p>",
            ]
        ),
        max_size=6,
    )
)
def test_parts_always_tile(pieces: list[str]) -> None:
    """Whatever stands on a page, its articles tile its text."""
    found = document("".join(pieces))
    if found.articles:
        assert_tiled(found)


def test_pages_of_one_article_are_not_split(gold: Path) -> None:
    """None of the annotated pages, each of one article, is split."""
    pages = sorted((gold / "pages").glob("*.html.gz"))
    assert pages
    split = [
        path.name
        for path in pages
        if len(read(gzip.decompress(path.read_bytes()), name="x.html").articles) > 1
    ]
    assert split == []


def test_escaped_words_of_an_update_are_found() -> None:
    """An update whose structured data holds markup and entities is still placed by its words."""
    updates = [
        {
            "@type": "BlogPosting",
            "articleBody": html.escape(
                f"<p>The pump of basin {n} has stopped working, says the port authority</p>"
            ),
        }
        for n in range(3)
    ]
    data = json.dumps(
        {
            "@type": "LiveBlogPosting",
            "headline": "Storm at Ostermoor: live updates",
            "liveBlogUpdate": updates,
        }
    )
    found = document(
        LIVE_HEAD + "".join(update(n, marks="class=x") for n in range(3)),
        head=f'<script type="application/ld+json">{data}</script>',
    )
    assert len(found.articles) == 4
