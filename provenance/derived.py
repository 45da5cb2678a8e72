"""The records that were derived from a document, held against those that are derived from it again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from archive.digest import digest
from archive.errors import Location
from archive.findings import Count, Covered, Finding, found
from archive.wacz.tree import SALT_FIELD
from archive.warc.record import NewRecord, Placed
from provenance import reader, records
from provenance.model.article import Document

_WRITTEN = {"warc-type", "warc-record-id", "warc-block-digest", "warc-payload-digest", "content-length"}
_WRITTEN |= {SALT_FIELD.lower()}
Outcome = Finding | Covered


class Derived:
    """The records of a package that were derived from others, by the id of what they were derived from."""

    def __init__(self) -> None:
        self.texts: dict[str, Placed] = {}
        self.articles: dict[str, Placed] = {}

    @classmethod
    def of(cls, placed: Iterable[Placed]) -> Derived:
        """Pick the derived records out of all. A second one of the same document is an orphan: nobody asks for it."""
        derived = cls()
        for record in placed:
            source = record.header.get("WARC-Refers-To") or ""
            if records.is_text(record.header):
                derived.texts[record.record_id if source in derived.texts else source] = record
            elif records.is_metadata(record.header):
                derived.articles[record.record_id if source in derived.articles else source] = record
        return derived

    def orphans(self) -> Iterator[Finding]:
        """Yield the derived records that nobody asked for: what they were derived from cannot be read here."""
        for placed in (*self.texts.values(), *self.articles.values()):
            message = "what this was derived from is not here, or cannot be read"
            yield found("article.without-source", message, where=place_of(placed))


def compare_records(
    source: Placed, document: Document, source_digest: str, derived: Derived
) -> Iterator[Outcome]:
    """Compare text and articles of a document with those that it gives when it is read again."""
    text, articles = derived.texts.pop(source.record_id, None), derived.articles.pop(source.record_id, None)
    quotations = sum(len(article.quotations) for article in document.articles)
    if text is None or articles is None:
        yield Covered("quotations", Count(0, quotations))
        yield found(
            "article.record-missing", "a document without its text and articles", where=place_of(source)
        )
        return
    if text.header.get(records.READER) != reader.VERSION:
        yield Covered("quotations", Count(0, quotations))
        yield found(
            "article.other-reader",
            "read by other rules than ours; text and articles were not compared",
            where=place_of(articles),
            expected=text.header.get(records.READER),
            actual=reader.VERSION,
        )
        return
    yield Covered("quotations", Count(quotations, quotations))
    yield from _differences(source, document, source_digest, text, articles)


def _differences(
    source: Placed, document: Document, source_digest: str, text: Placed, articles: Placed
) -> Iterator[Finding]:
    """Derive both records again as the builder made them, and compare their blocks."""
    uri = source.target_uri or ""
    conversion = records.conversion(document, source_id=source.record_id, uri=uri, date=source.date)
    metadata = records.metadata(
        document,
        source_id=source.record_id,
        source_digest=source_digest,
        text_id=text.record_id,
        uri=uri,
        date=source.date,
    )
    for code, recorded, again in (
        ("text.differs", text, conversion),
        ("article.differs", articles, metadata),
    ):
        actual = _block_digest(again)
        if recorded.block_digest != actual:
            message = "read again, the document says something else than this record"
            yield found(
                code, message, where=place_of(recorded), expected=recorded.block_digest, actual=actual
            )
        elif odd := sorted(_said(recorded) ^ _told(again)):
            message = "a header field of the record is not as it is derived"
            where = attrs.evolve(place_of(recorded), field=odd[0][0])
            yield found(code, message, where=where, actual=odd[0][1])


def _said(recorded: Placed) -> set[tuple[str, str]]:
    """Return what a record's header says, without what every writer derives."""
    return {(name.lower(), value) for name, value in recorded.header.fields if name.lower() not in _WRITTEN}


def _told(again: NewRecord) -> set[tuple[str, str]]:
    """Return what the header of a record says as it is derived."""
    fields = (
        ("WARC-Date", again.date),
        ("WARC-Target-URI", again.target_uri or ""),
        ("Content-Type", again.content_type or ""),
        *again.fields,
    )
    return {(name.lower(), value) for name, value in fields}


def _block_digest(record: NewRecord) -> str:
    assert isinstance(record.block, bytes)
    return digest(record.block)


def place_of(placed: Placed) -> Location:
    """Return where a record lies, for findings about it."""
    return Location(member=placed.member, offset_bytes=placed.offset_bytes, record=placed.record_id)
