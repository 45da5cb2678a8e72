"""Filing: every input of a corpus read once and indexed; inputs that did not change are passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs

from archive.digest import digest
from archive.errors import Error
from archive.limits import DEFAULT, Limits
from provenance.corpus.body import Held
from provenance.corpus.index import IndexWriter
from provenance.corpus.reading import Reading, readings
from provenance.corpus.segment import Document
from provenance.corpus.texts import source_of
from provenance.inputs import AddressGiven, Expander, Given, Input, Noticed, Refused, json_lines
from provenance.model.trace import Source
from provenance.reader import VERSION as READER

TEXTS = ".jsonl"
"""How the name of a text corpus ends."""
_KNOWN_ELSEWHERE = {"characters", "span", "quotations"}
"""Fields of a source that are not filed beside its text: they lie elsewhere, or are read again when they are asked for."""


@attrs.frozen
class FiledInput:
    """An input that is in the corpus now. `sources` is None where it had not changed and was not read again."""

    name: str
    sources: int | None


def file_inputs(
    arguments: Iterable[str], folder: Path, *, expander: Expander | None = None, limits: Limits = DEFAULT
) -> Iterator[FiledInput | Refused | Noticed]:
    """Index inputs into a corpus, new or not, and yield what became of each; the corpus changes when all are through.

    Raises UsageError where the folder is something else or is being written.
    """
    expand = expander or Expander(limits=limits)
    with IndexWriter(folder) as writer:
        for argument in arguments:
            if argument.endswith(TEXTS) and Path(argument).is_file():
                yield from _file_texts(argument, writer)
            else:
                for item in expand.expand([argument]):
                    yield from _file(item, writer, limits)


def _file_texts(path: str, writer: IndexWriter) -> Iterator[FiledInput | Refused]:
    fingerprint = _fingerprint_of(Path(path))
    if writer.is_filed(path, fingerprint):
        yield FiledInput(path, None)
        return
    documents = (document_of(source_of(row, path)) for row in json_lines(path))
    try:
        yield FiledInput(path, writer.add(path, fingerprint, documents))
    except Error as error:
        yield Refused(path, error.within(package=path))


def _file(item: Input, writer: IndexWriter, limits: Limits) -> Iterator[FiledInput | Refused | Noticed]:
    if isinstance(item, Refused | Noticed):
        yield item
        return
    fingerprint = _fingerprint(item)
    if fingerprint is not None and writer.is_filed(item.name, fingerprint):
        yield FiledInput(item.name, None)
        return
    aside: list[Refused | Noticed] = []
    added = writer.add(item.name, fingerprint or "", _documents(readings([item], limits=limits), aside))
    yield from aside
    if any(isinstance(noted, Refused) for noted in aside):
        writer.doubt(item.name)
    else:
        yield FiledInput(item.name, added)


def _documents(
    outcomes: Iterable[Reading | Refused | Noticed], aside: list[Refused | Noticed]
) -> Iterator[Document]:
    """Yield the articles read, and put what else happened aside."""
    for outcome in outcomes:
        if not isinstance(outcome, Reading):
            aside.append(outcome)
        elif outcome.document is not None:
            held = Held(outcome.given.name, outcome.given.record, outcome.document)
            yield from (document_of(held.source(article)) for article in outcome.document.articles)


def document_of(source: Source) -> Document:
    """Return a source as it is filed."""
    about: dict[str, Any] = {
        field.name: getattr(source, field.name)
        for field in attrs.fields(Source)
        if field.name not in _KNOWN_ELSEWHERE
    }
    return Document(source.id, source.characters, source.span, {k: v for k, v in about.items() if v})


def _fingerprint(item: Input) -> str | None:
    """Return what tells whether an input changed, under this reader; None for what has to be asked every time."""
    if isinstance(item, AddressGiven):
        return None
    if isinstance(item, Given):
        return f"{digest(item.data)} {item.url or ''} reader {READER}"
    assert not isinstance(item, Refused | Noticed)
    return _fingerprint_of(item.path) if isinstance(item.path, Path) else None


def _fingerprint_of(path: Path) -> str:
    """Return what tells whether a large file changed without reading it all: its size and when it was written."""
    about = path.stat()
    return f"{about.st_size} bytes of {about.st_mtime_ns} reader {READER}"
