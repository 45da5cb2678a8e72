"""Look a page over before it is parsed: a tag with very many attributes makes every parser quadratic."""

from __future__ import annotations

import re

from archive import lazily

ATTRIBUTES = 1000
"""Attributes of one tag that are read; real pages have at most some dozens."""

_ATTRIBUTE = r"""[\s/]++(?:=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+)?+"""
_TOKEN = lazily.compile(
    rf"""<!--(?:[^-]++|-(?!->))*+(?:-->)?+
    | (?P<raw><(?P<name>script|style|textarea|title)(?=[\s/>])(?:{_ATTRIBUTE})*+>)
    | (?P<tag><[a-z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE}|["'=])*+)
    """.encode(),
    re.IGNORECASE | re.VERBOSE,
)
_ONE = lazily.compile(_ATTRIBUTE.encode())
_RAW = "|".join(
    rf"<{name}(?=[\s/>])(?:{_ATTRIBUTE}){{0,{ATTRIBUTES}}}+>(?:[^<]++|<(?!/{name}))*+"
    for name in ("script", "style", "textarea", "title")
)
_PLAIN = r"""<(?!s(?:cript|tyle)|t(?:extarea|itle))[a-z](?:[^<>="']{1,95}+(?<![\s/])="[^"]*+"){0,9}+[^<>="']{0,95}+>"""
"""A tag so short between its values in double quotes that it cannot have too many attributes: most tags are."""
_ORDINARY = lazily.compile(
    rf"""(?:[^<]++
    | </
    | {_PLAIN}
    | <!--(?:[^-]++|-(?!->))*+(?:-->)?+
    | {_RAW}
    | <[a-z][^\s/>]*+(?:{_ATTRIBUTE}|["'=]){{0,{ATTRIBUTES}}}+(?:>|\Z)
    | <(?![a-z]|!--)
    )*+""".encode(),
    re.IGNORECASE | re.VERBOSE,
)
"""As much of a page as holds nothing remarkable, in one step."""


def thin_attributes(page: bytes) -> tuple[bytes, int]:
    """Return the page, which is UTF-8, with no tag of more than `ATTRIBUTES` attributes, and how many tags were cut.

    All that is ordinary, on most pages the whole of them, is stepped over at once.
    """
    pieces: list[bytes] = []
    cut = done = position = 0
    while (position := _after_ordinary(page, position)) < len(page):
        token = _TOKEN.match(page, position)
        if token is None:
            position += 1
            continue
        position = token.end()
        if token["raw"]:
            position = _end_of_raw(page, position, token["name"])
        elif token["tag"] and len(token["attributes"]) > ATTRIBUTES:
            kept = _first(token["attributes"])
            if kept is not None:
                pieces += (page[done : token.start("attributes")], kept)
                cut, done = cut + 1, token.end("attributes")
    return (b"".join((*pieces, page[done:])), cut) if cut else (page, 0)


def _after_ordinary(page: bytes, position: int) -> int:
    ordinary = _ORDINARY.match(page, position)
    return ordinary.end() if ordinary else position


def _end_of_raw(page: bytes, start: int, name: bytes) -> int:
    end = re.compile(b"</" + name, re.IGNORECASE).search(page, start)
    return len(page) if end is None else end.start()


def _first(attributes: bytes) -> bytes | None:
    """Return the first `ATTRIBUTES` attributes, or None where there are not more."""
    for count, attribute in enumerate(_ONE.finditer(attributes)):
        if count == ATTRIBUTES:
            return attributes[: attribute.start()]
    return None
