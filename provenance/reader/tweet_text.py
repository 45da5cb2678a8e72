"""What a tweet's address, id and embed markup say: handle, moment, words, printed date."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

import attrs

from archive import lazily
from provenance.model.dates import Date
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reader import dates

SIGNS = ("/status", "tweet", "Tweet", "tatus%2F", "tatus%252F", "u002Fstatus", "u002fstatus")
"""Words without which an attribute or a script holds no reference."""
STATUS = lazily.compile(
    r"(?:(?:https?:)?//)?(?<![\w.@-])(?:www\.|mobile\.|m\.)?"
    r"(?:twitter\.com|x\.com|(?:[\w-]+\.){0,2}nitter(?:\.[\w-]+){1,4}|xcancel\.com|(?:fx|vx)twitter\.com|fixupx\.com|fixvx\.com"
    r"|twittpr\.com|twitter3e4tixl4xyajtrzo62zg5vztmjuricljdp2c5kshju4avyoid\.onion)(?::\d{2,5})?"
    r"/(?:#!/)?(?:i/web|(?P<handle>\w{1,20}))/status(?:es)?/(?P<id>[1-9]\d{0,18})(?!\d|(?<!\d{10})[a-z])",
    re.IGNORECASE | re.ASCII,
)
SIGNATURE = lazily.compile(
    r"(?:—|–|―|&mdash;|-)\s*(?P<author>[^—–―()\n]{0,100}?)\s*\(@(?P<handle>\w{1,20})\)"
)
_SCRIPT_ID = lazily.compile(
    r"""(?:["']?\btweet[_-]?id["']?\s*[:=]\s*|createTweet(?:Embed)?\(\s*)["']?(?P<id>\d{5,19})(?!\d)""",
    re.IGNORECASE,
)
_ESCAPE = lazily.compile(
    r"\\(?:u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u(?P<unit>[0-9a-fA-F]{4})|(?P<sign>[/\"'nrt\\]))"
)
_BLOCKQUOTE = lazily.compile(r"<blockquote\b[^>]*twitter-(?:tweet|video)", re.IGNORECASE)
_FIRST_SNOWFLAKE = 29_700_859_247
"""The first id that holds its moment, of 2010-11-04; smaller ids are only numbers."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_MS = 1_288_834_974_657
_LARGEST = (1 << 63) - 1
_FRAGMENT_CHARACTERS = 20_000
_FRAGMENTS = 200


@attrs.frozen
class Fragment:
    """The parts of an embed: its words, all its text, its own link and what is printed in that link."""

    text: str
    whole: str
    href: str
    link_text: str


def posted_at(id_: str) -> dt.datetime | None:
    """Return the UTC moment in an id, or None for ids from before they held one, or that lie in the far future."""
    number = int(id_)
    if not _FIRST_SNOWFLAKE <= number <= _LARGEST:
        return None
    return _EPOCH + dt.timedelta(milliseconds=(number >> 22) + _EPOCH_MS)


def made(id_: str, kind: TweetKind, rule: str) -> TweetReference:
    """Return a reference of which only the id is known."""
    return TweetReference(kind, id=id_, posted_at=_stamp(id_), rules=(rule,))


def _stamp(id_: str | None) -> str | None:
    moment = posted_at(id_) if id_ else None
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z" if moment else None


def linked(match: re.Match[str], kind: TweetKind, rule: str) -> TweetReference:
    """Return the reference that a status address gives."""
    url = match[0]
    if not url.lower().startswith("http"):
        url = "https://" + url.lstrip("/")
    handle = match["handle"] if (match["handle"] or "i").lower() not in ("i", "statuses", "web") else None
    return TweetReference(
        kind, id=match["id"], url=url, handle=handle, posted_at=_stamp(match["id"]), rules=(rule,)
    )


def reference_of(fragment: Fragment, kind: TweetKind, rule: str) -> TweetReference:
    """Return the reference of an embed. Without a status link it has no id."""
    match = STATUS.search(unescape(fragment.href)) if fragment.href else None
    reference = linked(match, kind, rule) if match else TweetReference(kind, rules=(rule,))
    signatures = list(SIGNATURE.finditer(fragment.whole[-1000:]))
    signed = signatures[-1] if signatures else None
    return attrs.evolve(
        reference,
        handle=reference.handle or (signed["handle"] if signed else None),
        author=(signed["author"].strip() or None) if signed else None,
        printed_date=_printed(fragment.link_text),
        text=fragment.text,
    )


def _printed(text: str) -> Date | None:
    printed = dates.find_date(text, 0, len(text))
    return printed.date if printed is not None else None


def fragments(text: str, kind: TweetKind, rule: str) -> Iterator[TweetReference]:
    """Yield the embeds whose markup stands inside a script or an attribute; read by the forgiving parser."""
    for count, start in enumerate(match.start() for match in _BLOCKQUOTE.finditer(text)):
        if count >= _FRAGMENTS:
            return
        end = text.find("</blockquote", start, start + _FRAGMENT_CHARACTERS)
        markup = text[start : end + 13 if end >= 0 else start + _FRAGMENT_CHARACTERS // 4]
        yield reference_of(_read(markup), kind, rule)


def _read(markup: str) -> Fragment:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(markup, "html.parser")
    links = [link for link in soup.find_all("a") if STATUS.search(unescape(str(link.get("href") or "")))]
    words = " ".join(" ".join(p.get_text().split()) for p in soup.find_all("p"))
    href = str(links[-1].get("href")) if links else ""
    return Fragment(words, soup.get_text(), href, links[-1].get_text() if links else "")


_MEDIA = lazily.compile(r"(?<![\w.])pic\.(?:twitter|x)\.com/\w{6,20}", re.ASCII)
_SHORT = lazily.compile(r"(?:https?://)?(?<![\w.])t\.co/\w{6,20}", re.ASCII)


def with_short_links(reference: TweetReference) -> TweetReference:
    """Return a reference with the addresses of pictures and the short links in its words: no ids, and no statuses."""
    if "t.co/" not in reference.text and "pic." not in reference.text:
        return reference
    media = tuple(dict.fromkeys(match[0] for match in _MEDIA.finditer(reference.text)))
    short = tuple(dict.fromkeys(match[0] for match in _SHORT.finditer(reference.text)))
    return attrs.evolve(reference, media=media, short_links=short)


def ids_in(text: str) -> Iterator[str]:
    """Yield the ids that a script names as a tweet's."""
    for match in _SCRIPT_ID.finditer(text):
        yield match["id"]


def unescape(text: str) -> str:
    """Undo JSON, HTML and percent escapes, as often as they are nested (at most thrice). Linear."""
    for _ in range(3):
        before = text
        if "\\" in text:
            text = _ESCAPE.sub(_unescaped, text)
        if "&" in text:
            text = html.unescape(text)
        if "%2" in text or "%3" in text:
            text = unquote(text)
        if text == before:
            break
    return text


def _unescaped(match: re.Match[str]) -> str:
    if match["high"]:  # two escapes that are one character (RFC 8259 §7)
        return chr(0x10000 + ((int(match["high"], 16) & 0x3FF) << 10) + (int(match["low"], 16) & 0x3FF))
    if match["unit"]:
        return chr(int(match["unit"], 16))
    return {"n": "\n", "r": "\r", "t": "\t"}.get(match["sign"], match["sign"])
