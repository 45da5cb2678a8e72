"""A text corpus: a `.jsonl` of `{"id", "text", …}`, one text a line, as other tools keep them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.errors import InputError, LimitExceeded, Location, Unreadable
from provenance.model.trace import Source

ENDING = ".jsonl"
MOST_CHARACTERS = 64 * 1024 * 1024
"""Of one line."""
_STATED = ("original_url", "published", "outlet", "title")


def text_sources(path: str) -> Iterator[Source]:
    """Yield the texts of a text corpus. Raises InputError naming the line that is none."""
    where = Location(package=path)
    try:
        with Path(path).open(encoding="utf-8") as file:
            for number, text in enumerate(iter(lambda: file.readline(MOST_CHARACTERS), ""), 1):
                if len(text) == MOST_CHARACTERS:
                    message = f"line {number} is too long"
                    raise LimitExceeded(message, where, limit="line", allowed=MOST_CHARACTERS)
                if text.strip():
                    yield _source(text, path, number)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"cannot be read: {error}", where) from error


def _source(text: str, path: str, number: int) -> Source:
    try:
        row: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number} is not JSON: {error}", Location(package=path)) from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str) or "id" not in row:
        raise InputError(f'line {number} has no "id" or no string "text"', Location(package=path))
    stated: dict[str, str | None] = {name: row.get(name) for name in _STATED}
    for name, value in stated.items():
        if not isinstance(value, str | None):
            raise InputError(f"line {number}: {name!r} is no string", Location(package=path))
    authors = row.get("authors") or ()
    return Source(
        id=str(row["id"]),
        characters=row["text"],
        input=path,
        span=(0, len(row["text"])),
        authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
        original_url=stated["original_url"],
        published=stated["published"],
        outlet=stated["outlet"],
        title=stated["title"],
    )
