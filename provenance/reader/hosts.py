"""The host of an address: the domain somebody registered, what it shows in other scripts, and what it only looks like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive import lazily
from provenance.reader.suffixes import registrable, rules
from provenance.reader.words import word_set

if TYPE_CHECKING:
    import tldextract

PLAIN_SUFFIXES = word_set(
    "com org net info de edu gov mil eu nl ch ru cz sk tv news media press online site today world live biz dk si md is lu "
    "li co.uk org.uk gov.uk ac.uk com.au net.au org.au co.nz co.za com.br com.tr com.ua com.mx com.ar"
)
"""Public suffixes below which the list has no others: names under them are told without loading it (a test compares)."""
_ADDRESS = lazily.compile(r"[\d.]+|\[.*|.*:.*")
_RESERVED = (".example", ".test", ".invalid", ".localhost", ".local", ".internal", ".onion", ".arpa")
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
"""Scripts that one language writes together (Unicode UTS #39 §5.2, "Highly Restrictive")."""
_LIKE = str.maketrans(
    "аеорсхуіјѕԁԛԝһӏгкмнтвԍѡοανρτυικγєωջցոսօհ01ıɡɑʟ",
    "aeopcxyijsdqwhlrkmhtbgwoavptuikyewjgnuoholigal",
)
"""Letters and digits that are drawn like a letter of ASCII, after Unicode UTS #39."""
_DRAWN = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_FEW = 4
_MAY_DECEIVE = lazily.compile(r"[^\x00-\x7f]|[01]|rn|vv|cl")


def host(url: str) -> str | None:
    """Return the host of `url` in lower case, or None where it has none."""
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


_PLAIN_LABEL = lazily.compile(r"(?!xn--)[a-z0-9_-]+", re.ASCII)


@cache
def _suffixes() -> tldextract.TLDExtract:
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def registrable_domain(url: str) -> str | None:
    """Return the domain that somebody registered (`theguardian.com`, `bbc.co.uk`), by the Public Suffix List."""
    name = host(url)
    return _registrable(name) if name else None


@cache
def _registrable(name: str) -> str | None:
    labels = name.split(".")
    for length in (2, 1):
        if len(labels) > length and ".".join(labels[-length:]) in PLAIN_SUFFIXES and all(labels):
            return ".".join(labels[-length - 1 :])
    known = rules()
    if known is None or not all(map(_PLAIN_LABEL.fullmatch, labels)):
        return _suffixes().extract_str(name).top_domain_under_public_suffix or None
    return registrable(labels, known)


def is_public_name(name: str | None) -> bool:
    """Say whether a host can be looked up by everybody: two labels or more, and no number. Asks no list."""
    return bool(name and "." in name.strip(".") and not _ADDRESS.fullmatch(name))


def is_reserved(name: str) -> bool:
    """Say whether a host lies in a domain that nobody can publish in (RFC 6761): `.example`, `.local` and the like."""
    return name.endswith(_RESERVED)


def is_under(name: str, domains: Iterable[str]) -> bool:
    """Say whether a host is one of the domains or lies in one."""
    return any(name == domain or name.endswith(f".{domain}") for domain in domains)


def shown(name: str) -> str:
    """Return a host as a browser may show it: its `xn--` labels in their own script (RFC 3492), others untouched."""
    return ".".join(_shown(label) for label in name.split("."))


def _shown(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def written(name: str) -> str:
    """Return a host as it is asked for: labels outside ASCII as `xn--`, others untouched."""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii")
        for label in unicodedata.normalize("NFC", name).split(".")
    )


def mixes_scripts(name: str) -> bool:
    """Say whether a label of a shown host mixes scripts that no language writes together, as `tаss` with a Cyrillic а."""
    return any(_is_mixed(label) for label in name.split(".") if not label.isascii())


def _is_mixed(label: str) -> bool:
    scripts = {unicodedata.name(c, "UNKNOWN").split()[0] for c in label if c.isalpha()}
    return len(scripts) > 1 and not any(scripts <= together for together in _TOGETHER)


def drawn(name: str) -> str:
    """Return what a shown host looks like: every letter by the one of ASCII it is drawn like. Equal for look-alikes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name.lower()) if not unicodedata.combining(c))
    like = bare.translate(_LIKE)
    for pair, letter in _DRAWN:
        like = like.replace(pair, letter)
    return like


def looks_like(name: str, domains: Iterable[str]) -> str | None:
    """Return the domain that a shown host is drawn like without being in it, or None."""
    if not _MAY_DECEIVE.search(name):
        return None
    labels = name.split(".")
    tails = {drawn(".".join(labels[i:])) for i in range(len(labels) - 1)}
    return next(
        (d for d in domains if _drawn_once(d) in tails and not is_under(name, (d,)) and _is_told(name, d)),
        None,
    )


def _is_told(name: str, domain: str) -> bool:
    """Say whether a likeness tells something: of a label of few letters of ASCII another honest one is soon drawn alike."""
    return not name.isascii() or len(domain.split(".", 1)[0]) >= _FEW


_drawn_once = lru_cache(maxsize=4096)(drawn)
"""For the domains that a host is compared with: they are always the same."""
