"""Text corpora: sources from lines of JSON, and the quotations around a passage of one, read when they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from archive import lazily
from archive.errors import InputError, Location
from provenance.model.quotation import Span
from provenance.model.trace import Passage, Query, Source
from provenance.reader.quotes import find_quotations

_PARAGRAPH = lazily.compile(r"[^\n]+")
_BEFORE = 700
"""Characters before a passage in which its speaker may have been named."""
_AFTER = 300


def source_of(row: Mapping[str, Any], corpus: str) -> Source:
    """Return a line of a text corpus, `{"id", "text", "published"?, …}`, as a source. Raises InputError for any other."""
    if not isinstance(row.get("text"), str) or "id" not in row:
        raise InputError('a line has no "id" or no string "text"', Location(package=corpus))
    authors = row.get("authors")
    return Source(
        id=str(row["id"]),
        characters=row["text"],
        input=corpus,
        span=(0, len(row["text"])),
        record=None,
        part=0,
        original_url=_text(row.get("original_url")),
        published=_text(row.get("published")),
        outlet=_text(row.get("outlet")),
        title=_text(row.get("title")),
        authors=tuple(map(str, authors)) if isinstance(authors, list) else (),
    )


def query_of(row: Mapping[str, Any], path: str) -> Query:
    """Return a line of `--quotes` (docs: the contract) as a query. Raises InputError for one without words or id."""
    for key in ("exact", "id"):
        if row.get(key) is None:
            raise InputError(f"a line has no '{key}'", Location(package=path))
    return Query(
        exact=str(row["exact"]),
        id=str(row["id"]),
        cited=_text(row.get("cited")),
        speaker=_text(row.get("speaker")),
        quoted_at=_text(row.get("quoted_at")),
        within=_text(row.get("in")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def with_quotations(passage: Passage) -> Passage:
    """Return a passage whose source knows the quotations around it; one of an article that is at hand, as it is.

    Of an article that was filed in a corpus it is known which spans are quotations, and no more.
    """
    source = passage.source
    if source.quotations or (source.text_digest is not None and not source.quoted):
        return passage
    around = list(_paragraphs(source.characters, passage.start - _BEFORE, passage.end + _AFTER))
    found = find_quotations(source.characters, around)
    outer = source.quoted or tuple(quotation.span for quotation in found if quotation.nested_in is None)
    return attrs.evolve(passage, source=attrs.evolve(source, quotations=found, quoted=outer))


def _paragraphs(characters: str, start: int, end: int) -> Iterator[Span]:
    """Yield the whole paragraphs that a stretch touches."""
    first = characters.rfind("\n", 0, max(0, start)) + 1
    last = characters.find("\n", min(end, len(characters)))
    for paragraph in _PARAGRAPH.finditer(characters, first, len(characters) if last < 0 else last):
        if paragraph[0].strip():
            yield paragraph.span()


def queries_of(rows: Iterable[Mapping[str, Any]], path: str) -> Iterator[Query]:
    """Yield the lines of `--quotes`."""
    return (query_of(row, path) for row in rows)
