"""What an address says by itself: its outlet's domain, a date in its path, the words of its slug."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive import lazily
from archive.values import frozen
from provenance.model.dates import Date
from provenance.reader.dates import MONTHS
from provenance.reader.hosts import host, is_public_name, is_reserved, is_under, registrable_domain
from provenance.reader.wrappings import is_archive, unwrap

__all__ = [
    "URL",
    "PathDate",
    "could_be_article",
    "host",
    "is_archive",
    "path_date",
    "registrable_domain",
    "slug_words",
    "trim_url",
    "unwrap",
]

URL = lazily.compile(r"https?://[^\s<>\"“”«»\[\]{}|\\^`]{3,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?)'’…"
_ENGLISH = "|".join(name for name in MONTHS if name.isascii() and len(name) in (3, 4))
_PATH_DATE = lazily.compile(
    rf"(?<=/)(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{{1,2}}|{_ENGLISH})[/-](?P<d>\d{{1,2}})(?=[/_-]|$)"
    r"|(?<=/)(?P<ymd>(?:19|20)\d{6})(?=[/_-]|$)",
    re.IGNORECASE,
)
_NO_ARTICLE = lazily.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|pdf|css|js)$", re.IGNORECASE)
_SOCIAL = frozenset(
    {"twitter.com", "x.com", "t.co", "facebook.com", "instagram.com", "youtube.com", "youtu.be", "t.me"}
)


@frozen
class PathDate:
    """A date in a URL's path: characters `[start, end)` of the URL."""

    date: Date
    start: int
    end: int


def trim_url(url: str) -> str:
    """Drop the punctuation that a sentence puts behind an address."""
    while url and (url[-1] in _TRAILING) and not (url[-1] == ")" and "(" in url):
        url = url[:-1]
    return url


def path_date(url: str) -> PathDate | None:
    """Return the day that the path of `url` names (`/2016/oct/20/`, `/2017/01/02/`, `/20160918/`), if it names one."""
    path_at = url.find("/", url.find("//") + 2)
    match = _PATH_DATE.search(url, path_at) if path_at > 0 else None
    if match is None:
        return None
    if match["ymd"]:
        year, month, day = match["ymd"][:4], match["ymd"][4:6], match["ymd"][6:]
    else:
        year, month, day = match["y"], match["m"], match["d"]
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    try:
        return PathDate(Date(int(year), number, int(day)), match.start(), match.end())
    except ValueError:
        return None


def could_be_article(url: str) -> bool:
    """Say whether an address could be an article's: no picture, no social network, not only a home page."""
    try:
        parts = urlsplit(unwrap(url))
    except ValueError:
        return False
    name = None if is_archive(unwrap(url)) else parts.hostname
    return bool(
        name
        and is_public_name(name)
        and not is_reserved(name)
        and not is_under(name, _SOCIAL)
        and len(parts.path) > 1
        and not _NO_ARTICLE.search(parts.path)
    )


def slug_words(url: str) -> list[str]:
    """Return the words of the longest hyphenated piece of the path, without file endings and identifiers."""
    try:
        pieces = urlsplit(url).path.lower().split("/")
    except ValueError:
        return []
    slug = max(pieces, key=lambda piece: piece.count("-") + piece.count("_"), default="")
    slug = re.sub(r"\.\w{2,5}$", "", slug)
    return [word for word in re.split(r"[-_]", slug) if word.isalpha()]
