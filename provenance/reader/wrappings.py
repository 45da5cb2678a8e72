"""Addresses inside other addresses: web archives, AMP caches, translations and redirectors hold the page's own."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

from archive import lazily

_ARCHIVES = (
    r"(?:web\.archive\.org|wayback\.archive\.org|archive\.(?:today|ph|is|li|fo|md|vn)|wayback\.archive-it\.org|arquivo\.pt"
    r"|webarchive\.nationalarchives\.gov\.uk|webarchive\.loc\.gov|web\.archive\.bibalex\.org|vefsafn\.is"
    r"|(?:www\.)?webcitation\.org|perma\.cc|ghostarchive\.org|megalodon\.jp|webcache\.googleusercontent\.com)"
)
_ARCHIVE = lazily.compile(rf"https?://(?:www\.)?{_ARCHIVES}(?:[:/?]|\Z)", re.IGNORECASE)
_ARCHIVED = lazily.compile(
    rf"https?://(?:www\.)?{_ARCHIVES}(?::\d+)?/(?:[\w.*-]{{1,40}}/){{1,4}}?(?P<url>https?:/{{1,2}}.+)",
    re.IGNORECASE,
)
"""The Wayback Machine and its kin: a stamp (`20160918id_`), `newest` or `o/AbCdE`, then the address as it was."""
_CACHED = lazily.compile(
    r"https?://webcache\.googleusercontent\.com/search\?(?:[^#]*&)?q=cache(?::[\w-]{6,20})?:(?P<url>[^+&]+)",
    re.IGNORECASE,
)
_AMP_CACHE = lazily.compile(
    r"https?://(?:[\w-]+\.cdn\.ampproject\.org|(?:www\.)?google(?:\.[a-z]{2,3}){1,2}/amp|(?:www\.)?bing-amp\.com|amp\.cloudflare\.com)"
    r"/(?:[acivwr]{1,2}/)?(?P<secure>s/)?(?P<rest>[\w-]+(?:\.[\w-]+)+(?:[/?].*)?)",
    re.IGNORECASE,
)
_TRANSLATED = lazily.compile(
    r"(?P<scheme>https?)://(?P<host>[\w-]+)\.translate\.goog(?P<rest>/[^?#]*)", re.IGNORECASE
)
_REDIRECTORS = {
    "l.facebook.com": "u", "lm.facebook.com": "u", "l.instagram.com": "u", "www.google.com": "q", "google.com": "q",
    "news.google.com": "url", "out.reddit.com": "url", "www.youtube.com": "q", "translate.google.com": "u",
    "webcitation.org": "url", "www.webcitation.org": "url", "steamcommunity.com": "url", "vk.com": "to",
}  # fmt: skip
"""Hosts that lead on, and the parameter that holds where to."""
_LEADING_ON = {
    "www.google.com": "/url",
    "google.com": "/url",
    "www.youtube.com": "/redirect",
    "vk.com": "/away.php",
}
"""Hosts of which only one path leads on; the others do nothing else."""
_NESTED = 3


def unwrap(url: str) -> str:
    """Return the address inside the address of an archive, an AMP cache, a translation or a redirector, or itself.

    Wrappings in wrappings are undone, at most three. An archive's address that does not show the page's stays.
    """
    return _unwrap_once(url) if len(url) < _SHORT else _unwrap(url)


def _unwrap(url: str) -> str:
    for _ in range(_NESTED):
        inside = _inside(url)
        if inside is None:
            break
        url = re.sub(r"^(https?):/+", r"\1://", inside, flags=re.IGNORECASE)
    return url


_SHORT = 2000
"""Characters of an address that is remembered: a page says its own many times."""
_unwrap_once = lru_cache(maxsize=512)(_unwrap)


def is_archive(url: str) -> bool:
    """Say whether an address is a web archive's own, and so names no outlet and is no article's."""
    return _ARCHIVE.match(url) is not None


def _inside(url: str) -> str | None:
    low = url.lower()
    holds_address = low.find("http", 8) >= 0
    if holds_address and (archived := _ARCHIVED.match(url)):
        return archived["url"]
    if "cache" in low and (cached := _CACHED.match(url)):
        return unquote(cached["url"])
    if "amp" in low and (amp := _AMP_CACHE.fullmatch(url)):
        return f"http{'s' if amp['secure'] else ''}://{amp['rest']}"
    if ".goog/" in low and (translated := _TRANSLATED.match(url)):
        return f"{translated['scheme']}://{_host_of(translated['host'])}{translated['rest']}"
    return _redirected(url) if holds_address else None


def _host_of(label: str) -> str:
    """Undo how a translation's host is written: dots became hyphens, hyphens two."""
    return label.replace("--", "\0").replace("-", ".").replace("\0", "-")


def _redirected(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        name = parts.hostname or ""
    except ValueError:
        return None
    if name.endswith(".safelinks.protection.outlook.com"):
        parameter: str | None = "url"
    else:
        parameter = _REDIRECTORS.get(name)
    if parameter is None or parts.path != _LEADING_ON.get(name, parts.path):
        return None
    values = parse_qs(parts.query[:8000], max_num_fields=100).get(parameter, [])
    return values[0] if values and re.match(r"https?://[^\s/]+\.", values[0]) else None
