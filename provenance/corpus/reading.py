"""Documents from any input: files, folders, seed lists, URLs, and the records of archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

import archive
from archive.errors import Error, InputError
from archive.findings import Finding
from archive.limits import DEFAULT, Limits
from archive.warc.http import entity
from archive.warc.record import Header
from provenance import reader
from provenance.errors import NotAText
from provenance.inputs import AddressGiven, ArchiveGiven, Expander, Given, Item, Noticed, Refused
from provenance.model.article import Document
from provenance.records import STATED_BY

_READ_TYPES = {"text/plain", "text/html", "application/xhtml+xml", "text/markdown"}
_CAPTURES = {"resource", "response"}


@attrs.frozen
class Reading:
    """A document that was read, and what it was read from. `document` is None for bytes that are no text or page."""

    given: Given
    document: Document | None
    findings: tuple[Finding, ...] = ()


def read_given(given: Given) -> Reading:
    """Read one document. What is no text is archived all the same, with the finding that says so."""
    try:
        document = reader.read(
            given.data, url=given.url, media_type=given.media_type, charset=given.charset, name=given.name
        )
    except NotAText as error:
        finding = reader.not_read(error)
        return Reading(given, None, (*given.findings, finding))
    return Reading(given, document, (*given.findings, *document.findings))


def readings(
    items: Iterable[Item], *, limits: Limits = DEFAULT, allow_private: bool = False
) -> Iterator[Reading | Refused | Noticed]:
    """Read every document the items hold. What cannot be read is passed on as `Refused`; the rest follows."""
    for item in items:
        try:
            yield from _readings_of(item, limits, allow_private=allow_private)
        except Error as error:
            yield Refused(item.name, error.within(package=item.name))


def _readings_of(
    item: Item, limits: Limits, *, allow_private: bool
) -> Iterator[Reading | Refused | Noticed]:
    if isinstance(item, Refused | Noticed):
        yield item
    elif isinstance(item, Given):
        yield read_given(item)
    elif isinstance(item, ArchiveGiven):
        yield from map(read_given, archived(item, limits))
    elif isinstance(item, AddressGiven):
        yield from map(read_given, captured(item, limits, allow_private=allow_private))


def archived(item: ArchiveGiven, limits: Limits) -> Iterator[Given]:
    """Yield the documents of an archive: captured or archived text and pages, redirects and errors left out."""
    with archive.open(item.path, name=item.name, limits=limits) as package:
        for record in package.records():
            given = given_of(item.name, record.header, record.read(limits.document_bytes + 1), limits)
            if given is not None:
                yield given


def given_of(name: str, header: Header, block: bytes, limits: Limits) -> Given | None:
    """Return the document a record holds, or None where it holds none that can be read."""
    if header.get("WARC-Type") not in _CAPTURES or len(block) > limits.document_bytes:
        return None
    data, media_type, charset, status = entity(header, block, limits=limits)
    if media_type not in _READ_TYPES or not 200 <= (status or 200) < 300:
        return None
    uri = header.get("WARC-Target-URI") or ""
    stated = header.get(STATED_BY, ) not in ("document", "nobody") and uri.startswith(("http://", "https://"))
    return Given(
        name=name,
        data=data,
        url=uri if stated else None,
        media_type=media_type,
        charset=charset,
        captured_at=header.get("WARC-Date"),
        record=header.get("WARC-Record-ID"),
    )


def captured(item: AddressGiven, limits: Limits, *, allow_private: bool = False) -> Iterator[Given]:
    """Capture a URL and yield the document that answered."""
    from provenance.capture.http import fetch

    exchange = fetch(item.name, limits=limits, allow_private=allow_private)
    raise InputError(str(exchange))


def only_articles(read: Iterable[Reading | Refused | Noticed]) -> Iterator[tuple[Given, Document]]:
    """Yield the documents among readings."""
    for item in read:
        if isinstance(item, Reading) and item.document is not None:
            yield item.given, item.document


def expander(arguments: Iterable[str]) -> Iterator[Item]:
    """Expand arguments with the defaults."""
    return Expander().expand(arguments)
