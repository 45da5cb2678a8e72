"""The addresses of posts on nine networks: which post an address names, whose it is, and when its id was made."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import attrs

from archive import lazily

_BEFORE = r"(?<![\w.@-])(?:[a-z0-9-]+\.){0,2}?"
_FORMS: tuple[tuple[str, str], ...] = (
    (
        "instagram",
        rf"{_BEFORE}(?:instagram\.com|instagr\.am)/(?:(?P<handle>[\w.]{{1,30}})/)?(?:p|reels?|tv)/(?P<id>[\w-]{{8,40}})(?![\w-])",
    ),
    (
        "tiktok",
        rf"{_BEFORE}tiktok\.com/(?:@(?P<handle>[\w.]{{1,40}})/(?:video|photo)|embed(?:/v[23])?|player/v1|v)/(?P<id>\d{{15,20}})(?!\d)",
    ),
    (
        "youtube",
        rf"{_BEFORE}(?:youtube(?:-nocookie)?\.com/(?:watch/?\?(?:[^\s\"'<>#]{{0,300}}?&)?v=|embed/|shorts/|live/|v/|e/)|youtu\.be/)"
        r"(?P<id>(?!videoseries|live_stream)[\w-]{11})(?![\w-])",
    ),
    (
        "reddit",
        rf"{_BEFORE}(?:reddit|redditmedia)\.com/(?:r|user)/(?P<handle>[\w-]{{2,40}})/comments/(?P<id>[a-z0-9]{{4,10}})(?![a-z0-9])",
    ),
    ("reddit", r"(?<![\w.@-])redd\.it/(?P<id>[a-z0-9]{4,10})(?![\w.])"),
    (
        "telegram",
        r"(?<![\w.@-])(?:t|telegram)\.me/(?:s/)?(?P<id>(?P<handle>(?!share\b|joinchat\b|addstickers\b|proxy\b|iv\b|c/)[A-Za-z]\w{2,40})/\d{1,12})(?![\w/])",
    ),
    (
        "bluesky",
        rf"{_BEFORE}(?:bsky\.app|bskye\.app|bsyy\.app|fxbsky\.app)/profile/(?P<handle>[\w.:-]{{3,120}})/post/(?P<id>[a-z2-7]{{13}})(?![a-z0-9])",
    ),
    (
        "bluesky",
        r"at://(?P<handle>[\w.:-]{3,120})/app\.bsky\.feed\.post/(?P<id>[a-z2-7]{13})(?![a-z0-9])",
    ),
    (
        "facebook",
        rf"{_BEFORE}facebook\.com/(?:(?:groups/)?(?P<handle>[\w.-]{{2,80}})/(?:posts|permalink|videos)/(?:[\w.%-]{{1,200}}/)?"
        r"|(?:permalink|story|photo|video)\.php\?(?:[^\s\"'<>#]{0,300}?&)?(?:story_fbid|fbid|v)=|photo/?\?(?:[^\s\"'<>#]{0,300}?&)?fbid="
        r"|watch/?\?(?:[^\s\"'<>#]{0,300}?&)?v=|reel/)(?P<id>pfbid\w{20,120}|\d{6,20})(?!\w)",
    ),
    ("facebook", r"(?<![\w.@-])fb\.watch/(?P<id>[\w-]{8,14})(?![\w-])"),
    (
        "threads",
        rf"{_BEFORE}threads\.(?:net|com)/@(?P<handle>[\w.]{{1,30}})/post/(?P<id>[\w-]{{8,40}})(?![\w-])",
    ),
    ("vk", rf"{_BEFORE}vk\.(?:com|ru)/(?:[\w.]{{1,60}}\?w=)?wall(?P<id>-?\d{{1,12}}_\d{{1,12}})(?!\d)"),
    (
        "mastodon",
        r"(?<![\w.@-])(?!(?:www\.)?(?:medium|tiktok|youtube|threads|twitter|x|t)\.(?:com|net|me)/)(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,24})"
        r"/(?:web/)?@(?P<handle>\w{1,40}(?:@[\w.-]{3,80})?)/(?P<id>\d{17,19})(?![\w])",
    ),
)
_ADDRESSES = tuple((network, lazily.compile(form, re.IGNORECASE | re.ASCII)) for network, form in _FORMS)
SIGNS = (
    "facebook.com", "instagr", "youtu", "tiktok.com", "reddit", "redd.it", "t.me/", "telegram", "bsky", "fb.watch",
    "threads.", "vk.com", "/@",
)  # fmt: skip
"""What an address of a post holds, one of them; the commonest first."""
_OF_NETWORK = {
    "instagram": ("instagr",), "tiktok": ("tiktok.com",), "youtube": ("youtu",), "reddit": ("reddit", "redd.it"),
    "telegram": ("t.me/", "telegram"), "bluesky": ("bsky", "bsyy", "at://"), "facebook": ("facebook.com", "fb.watch"),
    "threads": ("threads.",), "vk": ("wall",), "mastodon": ("/@",),
}  # fmt: skip
"""What every address of a network's posts holds, one of them: a word is found faster than a form."""
_MASTODON_SINCE = dt.datetime(2016, 1, 1, tzinfo=dt.UTC)
_TIKTOK_SINCE = dt.datetime(2014, 1, 1, tzinfo=dt.UTC)
_BLUESKY_SINCE = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
_LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_SORTABLE = "234567abcdefghijklmnopqrstuvwxyz"
_TID = lazily.compile(r"[2-7a-j][2-7a-z]{12}")
_BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_INSTAGRAM_MS = 1_314_220_021_721
_INSTAGRAM_CODE = 11
"""Characters of a public post's code; a longer one ends in a private key."""


@attrs.frozen
class PostAddress:
    """An address that names a post, at `[start, end)` of the text searched. `handle` is a user, a channel or a community."""

    network: str
    id: str
    url: str
    handle: str | None
    start: int
    end: int


def addresses_in(text: str) -> Iterator[PostAddress]:
    """Yield the addresses of posts in an unescaped text, network by network."""
    low = text.lower()
    if not any(map(low.__contains__, SIGNS)):
        return
    taken: list[tuple[int, int]] = []
    for network, form in _ADDRESSES:
        for match in form.finditer(text) if any(map(low.__contains__, _OF_NETWORK[network])) else ():
            if any(start < match.end() and match.start() < end for start, end in taken[-50:]):
                continue
            taken.append(match.span())
            yield _address(network, match)


def address_in(text: str) -> PostAddress | None:
    """Return the first address of a post, or None."""
    return next(addresses_in(text), None)


def _address(network: str, match: re.Match[str]) -> PostAddress:
    handle: str | None = match.groupdict().get("handle")
    if handle is not None and handle.startswith("did:"):
        handle = None
    shown = match[0]
    url = shown if shown.startswith("at://") else f"https://{shown}"
    return PostAddress(network, match["id"], url, handle, match.start(), match.end())


def made_at(network: str, id_: str) -> dt.datetime | None:
    """Return the UTC moment that an id holds, where the network's ids hold one; None where it cannot be a real one.

    Mastodon: milliseconds above 16 bits. TikTok: seconds above 32 bits. Bluesky: the microseconds of an AT-protocol TID.
    Instagram: milliseconds since 2011-08-24 above 23 bits, in the code's base 64.
    """
    if network == "mastodon" and id_.isdecimal():
        return _within(int(id_) >> 16, 1000, _MASTODON_SINCE)
    if network == "tiktok" and id_.isdecimal():
        return _within(int(id_) >> 32, 1, _TIKTOK_SINCE)
    if network == "bluesky" and _TID.fullmatch(id_):
        number = 0
        for letter in id_:
            number = number << 5 | _SORTABLE.index(letter)
        return _within(number >> 10, 1_000_000, _BLUESKY_SINCE)
    if network == "instagram" and len(id_) == _INSTAGRAM_CODE:
        number = 0
        for letter in id_:
            number = number << 6 | _BASE64.index(letter)
        return _within((number >> 23) + _INSTAGRAM_MS, 1000, _EPOCH)
    return None


def _within(count: int, a_second: int, since: dt.datetime) -> dt.datetime | None:
    try:
        moment = _EPOCH + dt.timedelta(microseconds=count * 1_000_000 // a_second)
    except OverflowError:
        return None
    return moment if since <= moment < _LAST else None
