"""Every form in which pages embed, link or mention a tweet is found with its kind; nothing else is."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.article import Article
from provenance.reader.html import read_html
from provenance.reader.tweet_text import STATUS, posted_at, unescape

ID = "1049027471233241088"
URL = f"https://twitter.com/adaholm/status/{ID}"
WORDS = "The wall will hold, they say. We shall see."
EMBED = (
    f'<blockquote class="twitter-tweet" lang="en"><p dir="ltr">{WORDS}</p>&mdash; Ada Holm (@adaholm) '
    f'<a href="{URL}?ref_src=twsrc">October 7, 2018</a></blockquote>'
)
PROSE = "<p>The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive.</p>"


def article_of(markup: str) -> Article:
    """Read a page with this in its article."""
    (article,) = read_html(
        f"<html><body><article>{PROSE}{markup}{PROSE}</article></body></html>".encode()
    ).articles
    return article


def found(markup: str) -> list[tuple[str | None, str]]:
    """Return the ids and kinds of the references in this markup."""
    return [(tweet.id, tweet.kind.value) for tweet in article_of(markup).tweets]


def test_moment_in_an_id():
    """The moment of id 1049027471233241088: (id >> 22) + 1288834974657 ms is 1538943694.437 s, on 7 October 2018."""
    moment = posted_at(ID)
    assert moment is not None
    assert (int(ID) >> 22) + 1288834974657 == round(moment.timestamp() * 1000)
    assert moment.date().isoformat() == "2018-10-07"


@pytest.mark.parametrize("id_", ["20", "29700859246", "9" * 19])
def test_no_moment_in_other_ids(id_):
    """Ids from before November 2010, and numbers that are no ids, hold no moment."""
    assert posted_at(id_) is None


def test_whole_embed():
    """An embed gives id, handle, author, words with their place, printed date and moment."""
    article = article_of(EMBED)
    (tweet,) = article.tweets
    assert (tweet.kind, tweet.id, tweet.handle, tweet.author) == ("embed", ID, "adaholm", "Ada Holm")
    assert tweet.text == WORDS
    assert tweet.span is not None
    assert article.text[tweet.span] == WORDS
    assert str(tweet.printed_date) == "2018-10-07"
    assert (tweet.posted_at or "").startswith("2018-10-07T")
    assert tweet.url == URL
    assert article.findings == ()


@pytest.mark.parametrize(
    "markup",
    [
        EMBED,
        EMBED.replace("twitter-tweet", "twitter-video"),
        EMBED.replace("twitter-tweet", "lazy twitter-tweet tw-align-center"),
        EMBED.replace(' class="twitter-tweet"', ""),
        EMBED.replace("twitter.com", "x.com"),
        EMBED.replace("twitter.com", "mobile.twitter.com"),
        EMBED.replace("https://", "//"),
        EMBED.replace("/status/", "/statuses/"),
        EMBED.replace("/adaholm/status/", "/i/web/status/"),
        EMBED.replace("/adaholm/status/", "/i/status/"),
        EMBED.replace("https://twitter.com", "https://twitter.com/#!"),
        EMBED.replace("https://twitter.com", "https://web.archive.org/web/20181008/https://twitter.com"),
        f'<blockquote class="twitter-tweet"><a href="{URL}"></a></blockquote>',
        f'<blockquote class="twitter-tweet"><a href="{URL}/photo/1">x</a>',
        EMBED.replace(
            "<p dir",
            "<p>A quote of <a href='https://twitter.com/other/status/1040000000000000000'>this</a></p><p dir",
        ),
        f'<div data-tweet-id="{ID}"></div>',
        f'<div class="embed" data-tweetid="{ID}"></div>',
        f'<twitter-widget class="twitter-tweet" tweet-id="{ID}"></twitter-widget>',
        f'<amp-twitter width="1" height="1" layout="responsive" data-tweetid="{ID}"></amp-twitter>',
        f'<amp-twitter data-tweetid="{URL}"></amp-twitter>',
        f'<div data-oembed-url="{URL}"></div>',
        f'<div data-href="{URL}"></div>',
        f'<div data-resourceurl="{URL}"></div>',
        f'<iframe data-embedded-url="{URL}" src="about:blank"></iframe>',
        f'<iframe src="https://cdn.embed.example/frame?url={quote(URL, safe="")}"></iframe>',
        f'<div data-lazy="{quote(quote(URL, safe=""), safe="")}"></div>',
        f'<iframe src="https://platform.twitter.com/embed/index.html?dnt=false&amp;id={ID}&amp;lang=en"></iframe>',
        f'<iframe src="https://platform.twitter.com/embed/Tweet.html?id={ID}"></iframe>',
        f'<img data-src="{URL}">',
        f'<div data-embed="{html.escape(EMBED)}"></div>',
        f"<div data-props='{html.escape(json.dumps({'html': EMBED}), quote=True)}'></div>",
        f'<div data-list="{html.escape(json.dumps([{"u": URL.replace("/", chr(92) + "/")}]))}"></div>',
        f"<blockquote><div>{EMBED}</div></blockquote>",
    ],
)
def test_embeds(markup):
    """Each of these shows the tweet in the page: an embed, with its id."""
    assert (ID, "embed") in found(markup)
    assert {id_ for id_, kind in found(markup) if kind == "embed"} == {ID}


@pytest.mark.parametrize(
    "script",
    [
        json.dumps({"html": EMBED}),
        json.dumps({"html": EMBED}).replace("/", "\\/"),
        json.dumps({"html": EMBED}).replace("<", "\\u003c").replace("/", "\\u002F"),
        json.dumps({"tweetId": ID}),
        json.dumps({"tweet_id": ID}),
        f"twttr.widgets.createTweet('{ID}', el)",
        json.dumps({"url": URL}),
        json.dumps(json.dumps({"url": URL.replace("/", "\\/")})),
        quote(URL, safe=""),
    ],
)
def test_scripts(script):
    """An id that stands only in a script is a reference of the kind script."""
    assert found(f"<script>{script}</script>") == [(ID, "script")]


def test_fragment_in_a_script_is_read():
    """An embed's markup inside JSON gives its words and its author, but no place in the text."""
    (tweet,) = article_of(f"<script>{json.dumps({'html': EMBED})}</script>").tweets
    assert (tweet.text, tweet.author, tweet.handle, tweet.span) == (WORDS, "Ada Holm", "adaholm", None)


@pytest.mark.parametrize(
    "markup",
    [
        f'<p>As she <a href="{URL}">wrote</a> then.</p>',
        f"<p>See {URL} for it.</p>",
        f"<p>See twitter.com/adaholm/status/{ID}.</p>",
    ],
)
def test_links_are_links(markup):
    """A status in prose is a citation, not an embed; its place is that of the link's words."""
    article = article_of(markup)
    (tweet,) = article.tweets
    assert (tweet.id, tweet.kind, tweet.handle) == (ID, "link", "adaholm")
    assert tweet.span is not None
    assert article.text[tweet.span] in ("wrote", URL, f"twitter.com/adaholm/status/{ID}")


def test_page_that_is_the_tweet():
    """A saved tweet's own address is a reference to itself."""
    assert (ID, "self") in [(t.id, t.kind) for t in article_of(f'<link rel="canonical" href="{URL}">').tweets]


def test_intents_are_shares():
    """A reply button of a rendered embed names an id, and is no citation."""
    assert found(f'<a href="https://twitter.com/intent/tweet?in_reply_to={ID}">Reply</a>') == [(ID, "share")]
    assert found(EMBED + f'<a href="https://twitter.com/intent/like?tweet_id={ID}">Like</a>') == [
        (ID, "embed")
    ]


@pytest.mark.parametrize(
    "markup",
    [
        f'<article data-id="{ID}"></article>',
        f'<img class="wp-image-{ID}" src="/a.jpg">',
        f'<a href="https://paper.example/status/{ID}">status</a>',
        f'<a href="https://nottwitter.com/adaholm/status/{ID}">x</a>',
        f'<a href="https://twitter.com.evil.example/adaholm/status/{ID}">x</a>',
        f'<a href="https://evil.example/@twitter.com/adaholm/status/{ID}">x</a>',
        '<a href="https://twitter.com/adaholm">profile</a>',
        '<a href="https://twitter.com/intent/tweet?text=hello&url=https%3A%2F%2Fpaper.example%2F1">Share</a>',
        f'<a href="https://twitter.com/share?url={quote(URL, safe="")}">Share</a>',
        '<a href="https://twitter.com/adaholm/status/">x</a>',
        '<a href="https://twitter.com/adaholm/status/' + "9" * 20 + '">x</a>',
        f'<script>{{"articleId": "{ID}", "id": "{ID}"}}</script>',
        "<blockquote>She said: we shall see. — Ada Holm (@adaholm)</blockquote>",
        '<a href="https://pic.twitter.com/AbCdEf">pic.twitter.com/AbCdEf</a>',
    ],
)
def test_traps(markup):
    """Ids of other things, other hosts, profiles and share buttons are no references to a tweet."""
    assert found(markup) == []


def test_embed_without_id():
    """An embed whose link was lost keeps its words, and has no id."""
    (tweet,) = article_of(
        f'<blockquote class="twitter-tweet"><p>{WORDS}</p>— Ada Holm (@adaholm)</blockquote>'
    ).tweets
    assert (tweet.id, tweet.posted_at, tweet.url, tweet.handle, tweet.text) == (
        None,
        None,
        None,
        "adaholm",
        WORDS,
    )


def test_embed_and_citation_are_two():
    """One tweet embedded and linked in prose: both references stand, script copies of it do not."""
    again = f'<p>As she <a href="{URL}">wrote</a>.</p><script>var u = "{URL}";</script>'
    assert found(EMBED + again) == [(ID, "embed"), (ID, "link")]


def test_hidden_embed_has_no_place():
    """An embed that the page hides is a reference all the same, without a place in the text."""
    (tweet,) = article_of(f'<div style="display:none">{EMBED}</div>').tweets
    assert (tweet.id, tweet.span, tweet.text) == (ID, None, "")


@pytest.mark.parametrize(
    ("printed", "codes"),
    [("October 8, 2018", []), ("October 9, 2018", ["tweet.printed-date-disagrees"]), ("yesterday", [])],
)
def test_printed_date(printed, codes):
    """A printed day more than one away from the id's is found; a day's difference is a time zone's."""
    article = article_of(EMBED.replace("October 7, 2018", printed))
    assert [f.code for f in article.findings] == codes


_LAYERS = {
    "html": html.escape,
    "json": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "unicode": lambda text: text.replace("/", "\\u002f"),
    "percent": lambda text: quote(text, safe=""),
}


@given(st.lists(st.sampled_from(sorted(_LAYERS)), max_size=3))
def test_escapes_are_undone(layers):
    """However a status address is wrapped in up to three escapes, it is found."""
    text = URL
    for layer in layers:
        text = _LAYERS[layer](text)
    match = STATUS.search(unescape(text))
    assert match is not None
    assert match["id"] == ID


def test_two_escapes_are_one_character():
    """A character outside the first plane is written as two escapes in JSON, and is one character in a post's words."""
    assert unescape(r"\ud83d\ude02 ok \u2014 \ud83d") == "\U0001f602 ok — \ud83d"


@given(st.text(alphabet=st.sampled_from("\\u0026%2F&amp;#x/<>\"'nrt0123"), max_size=200))
def test_unescape_never_fails(text):
    """Any mix of escapes is undone as far as it goes, without an exception."""
    unescape(text)
