"""A table of the forms in which pages embed, play, link and mention posts of all networks, with the ids worked out by hand."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from provenance.model.tweet import TweetReference
from provenance.reader.html import read_html
from provenance.reader.networks import address_in, addresses_in, made_at
from provenance.reader.tweet_text import STATUS, unescape

PROSE = "<p>The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive.</p>"
TWEET = "1049027471233241088"
STATUS_URL = f"https://twitter.com/adaholm/status/{TWEET}"
TOOT = "109372843234234234"
TIKTOK = "6718335390845095173"
TUBE = "dQw4w9WgXcQ"
GRAM = "CODE1234abc"
KEY = "3jwdwj2ctlk26"
FACE = "10154009990506729"
PFBID = "pfbid02Kc8jvQ3abcdefghijklmnopqrstuvwxyz"
JSON_URL = STATUS_URL.replace("/", "\\/")
PERCENT = quote(STATUS_URL, safe="")

# Each form: its markup, the network, the id, and how the page refers to the post.
TWITTER = [
    (f'<blockquote class="twitter-tweet"><p>Words</p>— A (@adaholm) <a href="{host}/adaholm/status/{TWEET}{end}">x</a></blockquote>', "twitter", TWEET, "embed")
    for host in (
        "https://twitter.com", "http://twitter.com", "//twitter.com", "https://www.twitter.com", "https://mobile.twitter.com", "https://x.com",
        "https://nitter.net", "https://nitter.privacydev.net", "https://xcancel.com", "https://fxtwitter.com", "https://vxtwitter.com",
        "https://fixupx.com", "https://fixvx.com", "https://web.archive.org/web/20181008120000/https://twitter.com",
        "https://web.archive.org/web/20181008120000if_/https://x.com", "https://archive.ph/2018.10.08-120000/https://twitter.com",
        "https://archive.today/newest/https://twitter.com", "https://www.google.com/amp/s/twitter.com",
        "https://twitter-com.cdn.ampproject.org/c/s/twitter.com",
    )
    for end in ("", "?ref_src=twsrc%5Etfw", "/photo/1")
]  # fmt: skip
ATTRIBUTES = [
    (f'<{tag} {name}="{value}"></{tag}>', "twitter", TWEET, "embed")
    for tag, name, value in (
        ("div", "data-tweet-id", TWEET), ("div", "data-tweetid", TWEET), ("iframe", "data-tweet-id", TWEET), ("twitter-widget", "tweet-id", TWEET),
        ("amp-twitter", "data-tweetid", TWEET), ("amp-twitter", "data-tweetid", STATUS_URL), ("div", "data-oembed-url", STATUS_URL),
        ("div", "data-href", STATUS_URL), ("div", "data-resourceurl", STATUS_URL), ("div", "data-url", STATUS_URL),
        ("iframe", "data-embedded-url", STATUS_URL), ("div", "data-src", STATUS_URL), ("div", "data-lazy-partial-path-value", PERCENT),
        ("div", "data-lazy", quote(PERCENT, safe="")), ("div", "data-x", html.escape(json.dumps({"u": JSON_URL}))),
        ("iframe", "src", f"https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id={TWEET}"),
        ("iframe", "src", f"https://platform.x.com/embed/index.html?id={TWEET}"),
        ("iframe", "src", f"https://twitframe.com/show?url={PERCENT}"), ("img", "src", f"https://media.example/social?u={PERCENT}"),
    )
]  # fmt: skip
SCRIPTS = [
    (f"<script>{script}</script>", "twitter", TWEET, "script")
    for script in (
        json.dumps({"url": STATUS_URL}), json.dumps({"url": JSON_URL}), json.dumps({"tweetId": TWEET}), json.dumps({"tweet_id": TWEET}),
        json.dumps({"url": STATUS_URL}).replace("/", "\\u002F"), f"twttr.widgets.createTweet('{TWEET}', el)",
        f"var u = '{PERCENT}'",
    )
]  # fmt: skip
LINKS = [
    (f'<p>As <a href="{STATUS_URL}">she wrote</a>.</p>', "twitter", TWEET, "link"),
    (f"<p>See {STATUS_URL} for it.</p>", "twitter", TWEET, "link"),
    (f"<p>See twitter.com/adaholm/statuses/{TWEET} for it.</p>", "twitter", TWEET, "link"),
    (f'<a href="https://twitter.com/intent/like?tweet_id={TWEET}">Like</a>', "twitter", TWEET, "share"),
]
OTHERS = [
    (f'<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/{GRAM}/?utm_source=ig_embed"><p>Words</p></blockquote>', "instagram", GRAM, "embed"),
    (f'<blockquote class="instagram-media"><a href="https://www.instagram.com/reel/{GRAM}/">A post</a></blockquote>', "instagram", GRAM, "embed"),
    (f'<iframe src="https://www.instagram.com/p/{GRAM}/embed/captioned/"></iframe>', "instagram", GRAM, "embed"),
    (f'<amp-instagram data-shortcode="{GRAM}"></amp-instagram>', "instagram", GRAM, "embed"),
    (f'<a href="https://instagram.com/nasa/p/{GRAM}">x</a>', "instagram", GRAM, "link"),
    (f'<a href="https://instagr.am/p/{GRAM}/">x</a>', "instagram", GRAM, "link"),
    (f'<a href="https://web.archive.org/web/2020/https://www.instagram.com/tv/{GRAM}/">x</a>', "instagram", GRAM, "link"),
    (f'<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@scout/video/{TIKTOK}" data-video-id="{TIKTOK}"><section>Words</section></blockquote>', "tiktok", TIKTOK, "embed"),
    (f'<iframe src="https://www.tiktok.com/embed/v2/{TIKTOK}"></iframe>', "tiktok", TIKTOK, "embed"),
    (f'<iframe data-src="https://www.tiktok.com/player/v1/{TIKTOK}"></iframe>', "tiktok", TIKTOK, "embed"),
    (f'<a href="https://www.tiktok.com/@scout/photo/{TIKTOK}">x</a>', "tiktok", TIKTOK, "link"),
    (f'<iframe src="https://www.youtube.com/embed/{TUBE}?rel=0"></iframe>', "youtube", TUBE, "embed"),
    (f'<iframe src="//www.youtube-nocookie.com/embed/{TUBE}"></iframe>', "youtube", TUBE, "embed"),
    (f'<iframe data-src="https://www.youtube.com/embed/{TUBE}"></iframe>', "youtube", TUBE, "embed"),
    (f'<embed src="https://www.youtube.com/v/{TUBE}&amp;hl=en">', "youtube", TUBE, "embed"),
    (f'<amp-youtube data-videoid="{TUBE}"></amp-youtube>', "youtube", TUBE, "embed"),
    (f'<lite-youtube videoid="{TUBE}"></lite-youtube>', "youtube", TUBE, "embed"),
    (f'<div data-oembed-url="https://youtu.be/{TUBE}"></div>', "youtube", TUBE, "embed"),
    (f'<a href="https://www.youtube.com/watch?v={TUBE}&amp;t=30s">x</a>', "youtube", TUBE, "link"),
    (f'<a href="https://m.youtube.com/watch?app=desktop&amp;v={TUBE}">x</a>', "youtube", TUBE, "link"),
    (f'<a href="https://www.youtube.com/shorts/{TUBE}">x</a>', "youtube", TUBE, "link"),
    (f'<a href="https://www.youtube.com/live/{TUBE}?feature=share">x</a>', "youtube", TUBE, "link"),
    ('<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/worldnews/comments/abc123/title/">A post</a></blockquote>', "reddit", "abc123", "embed"),
    ('<blockquote class="reddit-card"><a href="https://www.reddit.com/r/worldnews/comments/abc123/title/?ref=share">A post</a></blockquote>', "reddit", "abc123", "embed"),
    ('<iframe src="https://www.redditmedia.com/r/worldnews/comments/abc123/title/?embed=true"></iframe>', "reddit", "abc123", "embed"),
    ('<iframe src="https://embed.reddit.com/r/worldnews/comments/abc123/title/"></iframe>', "reddit", "abc123", "embed"),
    ('<a href="https://old.reddit.com/r/worldnews/comments/abc123/">x</a>', "reddit", "abc123", "link"),
    ('<a href="https://redd.it/abc123">x</a>', "reddit", "abc123", "link"),
    ('<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="harbour/68" data-width="100%"></script>', "telegram", "harbour/68", "embed"),
    ('<iframe src="https://t.me/harbour/68?embed=1"></iframe>', "telegram", "harbour/68", "embed"),
    ('<a href="https://t.me/harbour/68">x</a>', "telegram", "harbour/68", "link"),
    ('<a href="https://t.me/s/harbour/68">x</a>', "telegram", "harbour/68", "link"),
    ('<a href="https://telegram.me/harbour/68">x</a>', "telegram", "harbour/68", "link"),
    (f'<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abcdefghijklmnop/app.bsky.feed.post/{KEY}" data-bluesky-cid="bafy"><p>Words</p></blockquote>', "bluesky", KEY, "embed"),
    (f'<blockquote class="bluesky-embed"><p>Words</p><a href="https://bsky.app/profile/did:plc:abcdef/post/{KEY}?ref_src=embed">May 22</a></blockquote>', "bluesky", KEY, "embed"),
    (f'<a href="https://bsky.app/profile/adaholm.bsky.social/post/{KEY}">x</a>', "bluesky", KEY, "link"),
    (f'<iframe src="https://embed.bsky.app/embed/did:plc:abcdef/app.bsky.feed.post/{KEY}?uri=at%3A%2F%2Fdid%3Aplc%3Aabcdef%2Fapp.bsky.feed.post%2F{KEY}"></iframe>', "bluesky", KEY, "embed"),
    (f'<iframe class="mastodon-embed" src="https://mastodon.social/@adaholm/{TOOT}/embed"></iframe>', "mastodon", TOOT, "embed"),
    (f'<blockquote class="mastodon-embed" data-embed-url="https://mstdn.example/@adaholm/{TOOT}/embed"><a href="https://mstdn.example/@adaholm/{TOOT}">Post by @adaholm</a></blockquote>', "mastodon", TOOT, "embed"),
    (f'<a href="https://mastodon.social/@adaholm/{TOOT}">x</a>', "mastodon", TOOT, "link"),
    (f'<a href="https://mastodon.social/@adaholm@other.example/{TOOT}">x</a>', "mastodon", TOOT, "link"),
    (f'<div class="fb-post" data-href="https://www.facebook.com/20531316728/posts/{FACE}/"></div>', "facebook", FACE, "embed"),
    (f'<div class="fb-video" data-href="https://www.facebook.com/harbour/videos/{FACE}/"></div>', "facebook", FACE, "embed"),
    (f'<iframe src="https://www.facebook.com/plugins/post.php?href={quote(f"https://www.facebook.com/harbour/posts/{PFBID}", safe="")}&amp;width=500"></iframe>', "facebook", PFBID, "embed"),
    (f'<iframe src="https://www.facebook.com/plugins/video.php?href={quote(f"https://www.facebook.com/harbour/videos/{FACE}/", safe="")}"></iframe>', "facebook", FACE, "embed"),
    (f'<amp-facebook data-href="https://www.facebook.com/harbour/posts/{FACE}"></amp-facebook>', "facebook", FACE, "embed"),
    (f'<a href="https://www.facebook.com/permalink.php?story_fbid={FACE}&amp;id=99">x</a>', "facebook", FACE, "link"),
    (f'<a href="https://m.facebook.com/story.php?story_fbid={FACE}&amp;id=99">x</a>', "facebook", FACE, "link"),
    (f'<a href="https://www.facebook.com/photo.php?fbid={FACE}&amp;set=a.1">x</a>', "facebook", FACE, "link"),
    (f'<a href="https://www.facebook.com/groups/harbour/permalink/{FACE}/">x</a>', "facebook", FACE, "link"),
    (f'<a href="https://www.facebook.com/watch/?v={FACE}">x</a>', "facebook", FACE, "link"),
    (f'<a href="https://www.facebook.com/reel/{FACE}">x</a>', "facebook", FACE, "link"),
    ('<a href="https://fb.watch/abcDEF_123/">x</a>', "facebook", "abcDEF_123", "link"),
    ('<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@adaholm/post/CuVdfsNtmvh"><p>Words</p></blockquote>', "threads", "CuVdfsNtmvh", "embed"),
    ('<a href="https://www.threads.com/@adaholm/post/CuVdfsNtmvh">x</a>', "threads", "CuVdfsNtmvh", "link"),
    ('<a href="https://vk.com/wall-1_395554">x</a>', "vk", "-1_395554", "link"),
    ('<a href="https://vk.com/harbour?w=wall-1_395554">x</a>', "vk", "-1_395554", "link"),
]  # fmt: skip
FORMS = [*TWITTER, *ATTRIBUTES, *SCRIPTS, *LINKS, *OTHERS]
TRAPS = [
    f'<article data-id="{TWEET}"></article>',
    f'<div data-article-id="{TWEET}" data-ga="{TWEET}"></div>',
    f'<script>ga("send", "{TWEET}"); var postId = {TWEET};</script>',
    f'<a href="https://paper.example/news/status/{TWEET}">x</a>',
    f'<a href="https://status.paper.example/adaholm/status/{TWEET}">x</a>',
    f'<a href="https://nottwitter.com/adaholm/status/{TWEET}">x</a>',
    f'<a href="https://twitter.com.evil.example/adaholm/status/{TWEET}">x</a>',
    f'<a href="https://netflix.com/adaholm/status/{TWEET}">x</a>',
    f'<a href="https://www.facebook.com/sharer/sharer.php?u={PERCENT}">Share</a>',
    f'<a href="https://twitter.com/intent/tweet?url={PERCENT}">Share</a>',
    f'<a href="https://api.whatsapp.com/send?text={PERCENT}">Share</a>',
    f'<a href="https://t.me/share/url?url={PERCENT}">Share</a>',
    '<a href="https://twitter.com/adaholm">Follow</a>',
    '<a href="https://pic.twitter.com/AbCdEf1234">pic.twitter.com/AbCdEf1234</a>',
    '<a href="https://t.co/AbCdEf1234">t.co/AbCdEf1234</a>',
    '<a href="https://www.instagram.com/nasa/">Instagram</a>',
    '<a href="https://www.facebook.com/harbour">Facebook</a>',
    '<a href="https://www.facebook.com/harbour/posts/">Facebook</a>',
    '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fharbour"></iframe>',
    '<iframe src="https://www.facebook.com/plugins/like.php?href=https%3A%2F%2Fwww.facebook.com%2Fharbour%2Fposts%2F123456789"></iframe>',
    '<a href="https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv">YouTube</a>',
    '<a href="https://www.youtube.com/@harbour">YouTube</a>',
    '<iframe src="https://www.youtube.com/embed/videoseries?list=PL123"></iframe>',
    '<iframe src="https://www.youtube.com/embed/live_stream?channel=UC1"></iframe>',
    f'<a href="https://fakeyoutube.com/watch?v={TUBE}">x</a>',
    f'<a href="https://youtube.com.evil.example/watch?v={TUBE}">x</a>',
    '<a href="https://www.reddit.com/r/worldnews/">Reddit</a>',
    '<a href="https://www.reddit.com/submit?url=https://paper.example/r/x/comments/abc123/">Reddit</a>',
    '<a href="https://t.me/harbour">Telegram</a>',
    '<a href="https://bsky.app/profile/adaholm.bsky.social">Bluesky</a>',
    '<a href="https://mastodon.social/@adaholm">Mastodon</a>',
    '<a href="https://medium.com/@adaholm/123456789012345678">Medium</a>',
    '<a href="https://www.tiktok.com/@scout">TikTok</a>',
    '<a href="https://www.threads.net/@adaholm">Threads</a>',
    '<a href="https://vk.com/harbour">VK</a>',
]


def references(markup: str) -> tuple[TweetReference, ...]:
    """Return the references of a page that has this in its article."""
    (article,) = read_html(
        f"<html><body><article>{PROSE}{markup}{PROSE}</article></body></html>".encode()
    ).articles
    return article.tweets


def test_there_are_more_than_a_hundred_forms() -> None:
    """The table holds at least a hundred forms, and none twice."""
    assert len({markup for markup, *_ in FORMS}) == len(FORMS) >= 100


@pytest.mark.parametrize(("markup", "network", "id_", "kind"), FORMS)
def test_each_form_gives_its_post(markup: str, network: str, id_: str, kind: str) -> None:
    """A form gives just one reference: its network, its id, and how the page refers to it."""
    assert [(t.network, t.id, t.kind.value) for t in references(markup)] == [(network, id_, kind)]


@pytest.mark.parametrize("markup", TRAPS)
def test_nothing_is_invented(markup: str) -> None:
    """Ids of other things, other hosts, profiles and buttons for sharing are no posts."""
    assert references(markup) == ()


def test_words_of_an_embed_are_not_the_articles() -> None:
    """The words of another network's embed stand in the text, in the reference's span, and not in the body."""
    markup = f'<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abcdef/app.bsky.feed.post/{KEY}"><p>“The wall will hold,” they say.</p></blockquote>'
    (article,) = read_html(
        f"<html><body><article>{PROSE}{markup}{PROSE}</article></body></html>".encode()
    ).articles
    (post,) = article.tweets
    assert post.span is not None
    assert article.text[post.span] == post.text == "“The wall will hold,” they say."
    assert all(end <= post.span[0] or post.span[1] <= start for start, end in article.body)
    assert article.quotations == ()


def test_pictures_and_short_links_are_kept_as_what_they_are() -> None:
    """`pic.twitter.com` and `t.co` addresses in a tweet's words are its media and its short links."""
    (tweet,) = references(
        '<blockquote class="twitter-tweet"><p>Look https://t.co/AbCdEf1234 pic.twitter.com/XyZ12345</p>'
        f'— A (@adaholm) <a href="{STATUS_URL}">x</a></blockquote>'
    )
    assert (tweet.short_links, tweet.media) == (("https://t.co/AbCdEf1234",), ("pic.twitter.com/XyZ12345",))


@pytest.mark.parametrize(
    ("network", "id_", "moment"),
    [
        # 100254678717223630 >> 16 = 1529764995075 ms
        ("mastodon", "100254678717223630", "2018-06-23T14:43:15"),
        # 6718335390845095173 >> 32 = 1564234353 s
        ("tiktok", TIKTOK, "2019-07-27T13:32:33"),
    ],
)
def test_moments_in_ids(network: str, id_: str, moment: str) -> None:
    """Ids of Mastodon hold milliseconds above 16 bits, those of TikTok seconds above 32."""
    shift, a_second = {"mastodon": (16, 1000), "tiktok": (32, 1)}[network]
    made = made_at(network, id_)
    assert made is not None
    assert made.isoformat()[:19] == moment
    assert int(made.timestamp()) == (int(id_) >> shift) // a_second


def test_a_key_of_bluesky_holds_its_microseconds() -> None:
    """A TID is 53 bits of microseconds and 10 of a clock's number, in a sortable base 32 (AT protocol, record keys)."""
    letters = "234567abcdefghijklmnopqrstuvwxyz"
    micros = 1_700_000_000_123_456
    number, key = micros << 10 | 5, ""
    while number:
        number, digit = divmod(number, 32)
        key = letters[digit] + key
    made = made_at("bluesky", key.rjust(13, "2"))
    assert made is not None
    assert round(made.timestamp() * 1_000_000) == micros


def test_a_code_of_instagram_holds_its_milliseconds() -> None:
    """An Instagram code is the id in base 64: milliseconds since its epoch of 2011, above 23 bits."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    number, code = (1_600_000_000_000 - 1_314_220_021_721) << 23, ""
    while number:
        number, digit = divmod(number, 64)
        code = letters[digit] + code
    made = made_at("instagram", code.rjust(11, "A"))
    assert made is not None
    assert round(made.timestamp()) == 1_600_000_000


@pytest.mark.parametrize(
    ("network", "id_"),
    [
        ("mastodon", "1"),
        ("tiktok", "1"),
        ("bluesky", "zzzzzzzzzzzzz"),
        ("instagram", "short"),
        ("youtube", TUBE),
        ("reddit", "abc123"),
    ],
)
def test_other_ids_hold_no_moment(network: str, id_: str) -> None:
    """An id that cannot be of its network's time, or of a network without moments in ids, gives none."""
    assert made_at(network, id_) is None


ESCAPES = st.lists(
    st.sampled_from(
        [
            lambda s: json.dumps(s)[1:-1],
            lambda s: s.replace("/", "\\/"),
            lambda s: s.replace("/", "\\u002F"),
            html.escape,
            lambda s: quote(s, safe=""),
        ]
    ),
    max_size=3,
)


@given(
    st.integers(10**17, 2 * 10**18),
    st.from_regex(r"[A-Za-z_]\w{0,14}", fullmatch=True).filter(str.isascii),
    ESCAPES,
)
def test_escaped_statuses_are_found(id_: int, handle: str, escapes) -> None:
    """However a status address was escaped, up to three times over, it is found again with its id."""
    text = f"https://twitter.com/{handle}/status/{id_}"
    for escape in escapes:
        text = escape(text)
    assert [match["id"] for match in STATUS.finditer(unescape(text))] == [str(id_)]


@given(st.sampled_from([m for m in OTHERS if "href=" in m[0] and m[3] == "link"]), ESCAPES)
def test_escaped_posts_are_found(form, escapes) -> None:
    """However the address of a post elsewhere was escaped, up to three times over, it is found again."""
    text = html.unescape(form[0].partition('href="')[2].partition('"')[0])
    for escape in escapes:
        text = escape(text)
    address = address_in(unescape(text))
    assert address is not None
    assert (address.network, address.id) == form[1:3]


@given(st.text(max_size=300))
def test_any_text_can_be_searched(text: str) -> None:
    """Whatever stands in a text, what is found stands in it, too."""
    for address in addresses_in(text):
        assert text[address.start : address.end] in text
        assert address.id in text


def test_a_name_in_capitals_is_the_same_attribute():
    """An attribute is read however the page writes its name (HTML §13.1.2.3)."""
    (post,) = references('<div DATA-HREF="https://www.facebook.com/harbour/posts/1234567890123"></div>')
    assert (post.network, post.id) == ("facebook", "1234567890123")
