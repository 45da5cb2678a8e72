"""What an address says by itself: its outlet's domain, a date in its path, the words of its slug."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import attrs

from provenance.model.dates import Date
from provenance.reader.dates import MONTHS

if TYPE_CHECKING:
    import tldextract

URL = re.compile(r"https?://[^\s<>\"“”«»\[\]{}|\\^`]{3,2000}", re.IGNORECASE)
_TRAILING = ".,;:!?)'’…"
_ENGLISH = "|".join(name for name in MONTHS if name.isascii() and len(name) in (3, 4))
_PATH_DATE = re.compile(
    rf"(?<=/)(?P<y>(?:19|20)\d\d)[/-](?P<m>\d{{1,2}}|{_ENGLISH})[/-](?P<d>\d{{1,2}})(?=[/_-]|$)"
    r"|(?<=/)(?P<ymd>(?:19|20)\d{6})(?=[/_-]|$)",
    re.IGNORECASE,
)
_ARCHIVE_HOSTS = r"(?:web\.archive\.org|archive\.(?:today|ph|is|li|fo|md|vn))"
_ARCHIVED = re.compile(
    rf"https?://(?:www\.)?{_ARCHIVE_HOSTS}(?::\d+)?/(?:web/|o/)?[\w.*-]{{1,24}}/(?P<url>https?:/{{1,2}}.+)",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(rf"https?://(?:www\.)?{_ARCHIVE_HOSTS}(?:[:/]|\Z)", re.IGNORECASE)
_NO_ARTICLE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp[34]|pdf|css|js)$", re.IGNORECASE)
_SOCIAL = frozenset(
    {"twitter.com", "x.com", "t.co", "facebook.com", "instagram.com", "youtube.com", "youtu.be", "t.me"}
)


@attrs.frozen
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


def unwrap(url: str) -> str:
    """Return the address inside a web archive's address, or the address itself."""
    match = _ARCHIVED.fullmatch(url)
    return re.sub(r"^(https?):/+", r"\1://", match["url"], flags=re.IGNORECASE) if match else url


def is_archive(url: str) -> bool:
    """Say whether an address is a web archive's own, and so names no outlet and is no article's."""
    return _ARCHIVE.match(url) is not None


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


@cache
def _suffixes() -> tldextract.TLDExtract:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def host(url: str) -> str | None:
    """Return the host of `url` in lower case, or None where it has none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def registrable_domain(url: str) -> str | None:
    """Return the domain that somebody registered (`theguardian.com`, `bbc.co.uk`), by the Public Suffix List."""
    name = host(url)
    if not name:
        return None
    return _suffixes().extract_str(name).top_domain_under_public_suffix or None


def could_be_article(url: str) -> bool:
    """Say whether an address could be an article's: no picture, no social network, not only a home page."""
    try:
        parts = urlsplit(unwrap(url))
    except ValueError:
        return False
    domain = None if is_archive(unwrap(url)) else registrable_domain(unwrap(url))
    return bool(
        domain and domain not in _SOCIAL and len(parts.path) > 1 and not _NO_ARTICLE.search(parts.path)
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
