"""Look a page over before it is parsed: a tag with very many attributes makes every parser quadratic."""

from __future__ import annotations

import re

ATTRIBUTES = 1000
"""Attributes of one tag that are read; real pages have at most some dozens."""

_LONG = re.compile(r"<[a-zA-Z](?=[^>]{3000})")
_QUOTED_END = re.compile(r"""=\s*+(?:"[^">]*+>|'[^'>]*+>)""")
_ATTRIBUTE = r"""[\s/]++(?:=?+[^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+)?+"""
_TOKEN = re.compile(
    rf"""<!--(?:[^-]++|-(?!->))*+(?:-->)?+
    | (?P<raw><(?P<name>script|style|textarea|title)(?=[\s/>])(?:{_ATTRIBUTE})*+>)
    | (?P<tag><[a-z][^\s/>]*+)(?P<attributes>(?:{_ATTRIBUTE}|["'=])*+)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_ONE = re.compile(_ATTRIBUTE)


def thin_attributes(characters: str) -> tuple[str, int]:
    """Return the page with no tag of more than `ATTRIBUTES` attributes, and how many tags were cut.

    Two cheap questions come first, and a page that answers no to both cannot hold such a tag: is there a tag
    without an end in its first 3000 characters, and is there a `>` inside a quoted value?
    """
    if not (_LONG.search(characters) or _QUOTED_END.search(characters)):
        return characters, 0
    pieces: list[str] = []
    cut = done = position = 0
    while (token := _TOKEN.search(characters, position)) is not None:
        position = token.end()
        if token["raw"]:
            position = _end_of_raw(characters, position, token["name"])
        elif token["tag"] and len(token["attributes"]) > 3 * ATTRIBUTES:
            kept = _first(token["attributes"])
            if kept is not None:
                pieces += (characters[done : token.start("attributes")], kept)
                cut, done = cut + 1, token.end("attributes")
    return ("".join((*pieces, characters[done:])), cut) if cut else (characters, 0)


def _end_of_raw(characters: str, start: int, name: str) -> int:
    end = re.compile(rf"</{name}", re.IGNORECASE).search(characters, start)
    return len(characters) if end is None else end.start()


def _first(attributes: str) -> str | None:
    """Return the first `ATTRIBUTES` attributes, or None where there are not more."""
    for count, attribute in enumerate(_ONE.finditer(attributes)):
        if count == ATTRIBUTES:
            return attributes[: attribute.start()]
    return None
