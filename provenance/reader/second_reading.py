"""The forgiving parser reads a page again, and gives it back flat enough for the first one."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4.element import PageElement, Tag

DEPTH = 200
"""Levels that are kept; elements further down are opened up and their text stays."""
_CHARACTERS = 2_000_000
_TAGS = 20_000
"""What the forgiving parser is asked to read: its time grows with tags times depth."""
_VOID = frozenset(str.split("area base br col embed hr img input link meta source track wbr"))
_RAW = frozenset({"script", "style"})


def flatten(characters: str) -> str | None:
    """Return the page with elements below `DEPTH` opened up, or None for a page beyond the limits of the reading."""
    if len(characters) > _CHARACTERS or characters.count("<") > _TAGS:
        return None
    from bs4 import BeautifulSoup, ParserRejectedMarkup
    from bs4.element import NavigableString, PreformattedString, Tag

    try:
        soup = BeautifulSoup(characters, "html.parser")
    except ParserRejectedMarkup:
        return None
    pieces: list[str] = []
    waiting: list[tuple[PageElement | str, int]] = [(child, 1) for child in reversed(soup.contents)]
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, Tag):
            start, end = _tags(node) if depth <= DEPTH else (" ", " ")
            pieces.append(start)
            waiting.append((_Written(end), depth))
            waiting += [(child, depth + 1) for child in reversed(node.contents)]
        elif isinstance(node, (_Written, PreformattedString)):
            pieces.append(node if isinstance(node, _Written) else "")
        elif isinstance(node, NavigableString):
            raw = node.parent is not None and node.parent.name in _RAW
            pieces.append(str(node) if raw else html.escape(str(node), quote=False))
    return "".join(pieces)


class _Written(str):
    """Markup that is already as it shall stand."""

    __slots__ = ()


def _tags(tag: Tag) -> tuple[str, str]:
    given = (
        (name, " ".join(value) if isinstance(value, list) else value) for name, value in tag.attrs.items()
    )
    attributes = "".join(f' {name}="{html.escape(str(value))}"' for name, value in given)
    return f"<{tag.name}{attributes}>", "" if tag.name in _VOID else f"</{tag.name}>"
