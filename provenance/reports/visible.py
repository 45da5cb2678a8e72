"""Making hostile text harmless to look at: hidden characters are named, links lead only to the web."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive import lazily

_HIDDEN = (
    r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, but not tab and the two line ends
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing (Unicode UAX 9)
    r"\u2028\u2029\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff"  # separators, joiners
    r"\ud800-\udfff"  # lone surrogates, which no encoding can write
    r"\U000e0000-\U000e007f"  # tags: a hidden alphabet
)
HIDDEN = lazily.compile(f"[{_HIDDEN}]")
"""Characters that show nothing, or that show other characters somewhere else."""

_LINE_ENDS = lazily.compile(r"[\t\r\n]+")
_LANGUAGE = lazily.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}", re.ASCII)


def name_of(character: str) -> str:
    """Return the visible name of a hidden character, as in `U+202E`."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """Return the text with every hidden character written as `⟨U+202E⟩`."""
    return HIDDEN.sub(lambda found: f"⟨{name_of(found[0])}⟩", text)


def one_line(text: str) -> str:
    """Return the text visible and on one line."""
    return visible(_LINE_ENDS.sub(" ", text)).strip()


def stretch(text: str) -> str:
    """Return part of a line visible and on one line, with the spaces that part it from its neighbours."""
    return visible(_LINE_ENDS.sub(" ", text))


def clip(text: str, characters: int) -> str:
    """Return at most so many characters of the text, and say how many are missing."""
    if len(text) <= characters:
        return text
    return f"{text[:characters]} … [{thousands(len(text) - characters)} more characters not shown]"


def thousands(number: int) -> str:
    """Return a number with its thousands set apart by a thin space that no line breaks at."""
    return f"{number:,}".replace(",", "\u202f")


def plural(number: int, one: str, many: str | None = None) -> str:
    """Return `1 article`, `2 articles`."""
    return f"{thousands(number)} {one if number == 1 else many or one + 's'}"


def web_link(url: str | None) -> str | None:
    """Return the URL if a page may link to it: http or https, a host, no user name, nothing hidden in it."""
    if not url or len(url) > 4096 or HIDDEN.search(url) or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # "Invalid IPv6 URL" and the like
        return None
    safe = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
    return url if safe and "\\" not in url else None


def language_tag(value: str | None) -> str | None:
    """Return the value if it can stand in a `lang` attribute (the shape of BCP 47), or None."""
    return value if value and _LANGUAGE.fullmatch(value) else None
