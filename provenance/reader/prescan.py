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
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ONE = lazily.compile(_ATTRIBUTE)
_RAW = "|".join(
    rf"<{name}(?=[\s/>])(?:{_ATTRIBUTE}){{0,{ATTRIBUTES}}}+>(?:[^<]++|<(?!/{name}))*+"
    for name in ("script", "style", "textarea", "title")
)
_ORDINARY = lazily.compile(
    rf"""(?:[^<]++
    | <!--(?:[^-]++|-(?!->))*+(?:-->)?+
    | {_RAW}
    | <[a-z][^\s/>]*+(?:{_ATTRIBUTE}|["'=]){{0,{ATTRIBUTES}}}+(?:>|\Z)
    | <(?![a-z]|!--)
    )*+""",
    re.IGNORECASE | re.VERBOSE,
)
"""As much of a page as holds nothing remarkable, in one step."""


def thin_attributes(characters: str) -> tuple[str, int]:
    """Return the page with no tag of more than `ATTRIBUTES` attributes, and how many tags were cut.

    All that is ordinary, on most pages the whole of them, is stepped over at once.
    """
    pieces: list[str] = []
    cut = done = position = 0
    while (position := _after_ordinary(characters, position)) < len(characters):
        token = _TOKEN.match(characters, position)
        if token is None:
            position += 1
            continue
        position = token.end()
        if token["raw"]:
            position = _end_of_raw(characters, position, token["name"])
        elif token["tag"] and len(token["attributes"]) > ATTRIBUTES:
            kept = _first(token["attributes"])
            if kept is not None:
                pieces += (characters[done : token.start("attributes")], kept)
                cut, done = cut + 1, token.end("attributes")
    return ("".join((*pieces, characters[done:])), cut) if cut else (characters, 0)


def _after_ordinary(characters: str, position: int) -> int:
    ordinary = _ORDINARY.match(characters, position)
    return ordinary.end() if ordinary else position


def _end_of_raw(characters: str, start: int, name: str) -> int:
    end = re.compile(rf"</{name}", re.IGNORECASE).search(characters, start)
    return len(characters) if end is None else end.start()


def _first(attributes: str) -> str | None:
    """Return the first `ATTRIBUTES` attributes, or None where there are not more."""
    for count, attribute in enumerate(_ONE.finditer(attributes)):
        if count == ATTRIBUTES:
            return attributes[: attribute.start()]
    return None
