"""Documents from any input: files, folders, seed lists, URLs, and the records of archives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, BinaryIO

import archive
from archive.digest import hasher
from archive.errors import Error, UsageError
from archive.findings import Finding, Status, found
from archive.limits import DEFAULT, MIB, Limits
from archive.values import frozen
from provenance import reader
from provenance.corpus.body import Body, Held
from provenance.errors import NotAText
from provenance.inputs import (
    READABLE,
    AddressGiven,
    ArchiveGiven,
    Expander,
    Given,
    Input,
    Noticed,
    Refused,
    is_corpus,
    read_limited,
)
from provenance.model.article import Document

if TYPE_CHECKING:
    from archive.wacz.reader import Package
    from archive.warc.record import Header, NewRecord, Placed
    from provenance.tracer.candidates import Candidates

_CAPTURES = ("resource", "response")
_SPOOL_BYTES = 16 * MIB
_WRITTEN_ANEW = {
    "warc-type",
    "warc-record-id",
    "warc-date",
    "warc-target-uri",
    "content-type",
    "content-length",
}
ORIGINAL_BLOCK_DIGEST = "Provenance-Original-Block-Digest"
_KEPT_AS = {
    "warc-block-digest": ORIGINAL_BLOCK_DIGEST,
    "warc-payload-digest": "Provenance-Original-Payload-Digest",
}
"""Under which names the digests stay that a copied record came with."""
_KEPT_OF_REVISITS = {"warc-block-digest": ORIGINAL_BLOCK_DIGEST}
"""A revisit is told by its payload digest, and keeps that."""


@frozen
class Reading:
    """A document that was read, and what it was read from. `document` is None for bytes that are no text or page."""

    given: Given
    document: Document | None
    findings: tuple[Finding, ...] = ()


def read_given(given: Given, *, accept_weak: bool = False) -> Reading:
    """Read one document (`accept_weak` as `reader.read` has it).

    What is no text gets the finding that says so: its bytes can be archived all the same.
    """
    if given.media_type is not None and given.media_type not in READABLE.values():
        message = f"archived as it is; {given.media_type} is not read"
        return Reading(given, None, (*given.findings, found("input.not-read", message)))
    try:
        document = reader.read(
            given.data,
            url=given.url,
            media_type=given.media_type,
            charset=given.charset,
            name=given.name,
            captured_at=given.captured_at if given.is_exchange else None,
            accept_weak=accept_weak,
        )
    except NotAText as error:
        return Reading(given, None, (*given.findings, found("text.binary", error.message)))
    return Reading(given, document, (*given.findings, *document.findings))


def readings(
    items: Iterable[Input], *, limits: Limits = DEFAULT, accept_weak: bool = False
) -> Iterator[Reading | Refused | Noticed]:
    """Read every document the items hold. What cannot be read is passed on as `Refused`; the rest follows."""
    for item in items:
        try:
            yield from _readings_of(item, limits, accept_weak=accept_weak)
        except Error as error:
            yield Refused(item.name, error.within(package=item.name))


def _readings_of(item: Input, limits: Limits, *, accept_weak: bool) -> Iterator[Reading | Refused | Noticed]:
    if isinstance(item, Refused | Noticed):
        yield item
    elif isinstance(item, Given):
        yield read_given(item, accept_weak=accept_weak)
    else:
        outcomes = copies(item, limits) if isinstance(item, ArchiveGiven) else captured(item, limits)
        for copied in outcomes:
            if isinstance(copied, Finding):
                yield Noticed(item.name, copied)
            elif copied.given is not None:
                yield read_given(copied.given, accept_weak=accept_weak)


@frozen
class Copied:
    """A record of an archive as it is to be written again, and the document it holds, where it holds one."""

    record: NewRecord
    given: Given | None


def copies(item: ArchiveGiven, limits: Limits) -> Iterator[Copied | Finding]:
    """Yield what checking an archive finds, then its records. A block lives until the next one is asked for.

    Digests are computed anew by the writer; those the record came with stay beside them under names of their own, and
    one that does not fit its bytes is found, so that copying never makes a damaged record look sound. Every other
    header field stays as it was. Records that we derived from others are left out: they are derived again, and so is
    our own warcinfo.
    """
    import tempfile

    from archive.checks import Policy, check_all
    from provenance.records import is_derived

    with archive.open(item.path, name=item.name, limits=limits) as package:
        for outcome in check_all(package, Policy(limits=limits)):
            if isinstance(outcome, Finding) and outcome.status is not Status.NOTE:
                yield outcome
        for record in package.records():
            if is_derived(record.header):
                continue
            with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as block:
                for chunk in record.chunks():
                    block.write(chunk)
                block.seek(0)
                if is_own_warcinfo(record.header, block):
                    continue
                given = given_in(item.name, record.header, block, limits)
                block.seek(0)
                yield Copied(new_record(record.header, block), given)


def is_own_warcinfo(header: Header, block: IO[bytes] | BinaryIO) -> bool:
    """Say whether a record is a warcinfo that we write; the block stands at its begin, before and afterwards."""
    from archive.wacz.datapackage import is_ours

    if header.get("WARC-Type") != "warcinfo":
        return False
    software = block.readline(1024).partition(b":")[2].strip().decode("utf-8", errors="replace")
    block.seek(0)
    return is_ours({"software": software})


def captured(item: AddressGiven, limits: Limits, *, allow_private: bool = False) -> Iterator[Copied]:
    """Capture a URL and yield the exchanges as records, redirects first. Raises CaptureError.

    Addresses of the own network are refused unless `allow_private`.
    """
    from provenance.capture.http import fetch
    from provenance.capture.records import records

    for record in records(fetch(item.name, allow_private=allow_private)):
        assert isinstance(record.block, bytes)
        is_answer = record.type == "response"
        yield Copied(
            record, given_of(item.name, _header(record), record.block, limits) if is_answer else None
        )


def _header(record: NewRecord) -> Header:
    from archive.warc.record import Header

    fields = {
        "WARC-Type": record.type,
        "WARC-Record-ID": record.record_id,
        "WARC-Date": record.date,
        "WARC-Target-URI": record.target_uri,
        "Content-Type": record.content_type,
    }
    return Header("WARC/1.1", tuple((name, value) for name, value in fields.items() if value is not None))


def new_record(header: Header, block: IO[bytes] | BinaryIO) -> NewRecord:
    """Return a record as it is to be written again: its digests are computed anew, those it came with stay beside them."""
    from archive.warc.record import NewRecord

    renamed = _KEPT_OF_REVISITS if header.get("WARC-Type") == "revisit" else _KEPT_AS
    kept = [(renamed.get(name.lower(), name), value) for name, value in header.fields]
    return NewRecord(
        type=header.get("WARC-Type") or "",
        date=header.get("WARC-Date") or "",
        block=block,  # type: ignore[arg-type]
        target_uri=header.get("WARC-Target-URI"),
        content_type=header.get("Content-Type"),
        record_id=header.get("WARC-Record-ID"),
        fields=tuple((name, value) for name, value in kept if name.lower() not in _WRITTEN_ANEW),
    )


def given_in(name: str, header: Header, block: IO[bytes] | BinaryIO, limits: Limits) -> Given | None:
    """Return the document that a capture holds, read from where its block stands, or None."""
    if header.get("WARC-Type") not in _CAPTURES:
        return None
    return given_of(name, header, block.read(limits.document_bytes + 1), limits)


def given_of(name: str, header: Header, block: bytes, limits: Limits) -> Given | None:
    """Return the document that a record holds, or None where it holds none that can be read."""
    from archive.warc.http import entity_of

    if len(block) > limits.document_bytes:
        return None
    entity = entity_of(header, block, limits=limits)
    if entity.media_type not in READABLE.values() or not 200 <= (entity.status or 200) < 300:
        return None
    return Given(
        name=name,
        data=entity.body,
        url=_stated(header),
        media_type=entity.media_type,
        charset=entity.charset,
        captured_at=header.get("WARC-Date"),
        record=header.get("WARC-Record-ID"),
        is_exchange=header.get("WARC-Type") == "response",
    )


def reading_of(package: Package, placed: Placed, limits: Limits) -> Reading | None:
    """Read the document of a record in its place, or return None: it holds none, or is too damaged to be read."""
    from archive.warc.reader import read_at

    if placed.type not in _CAPTURES or placed.media_type not in READABLE.values():
        return None  # without reading it: a film has gigabytes
    with package.open_member(placed.member, check=False) as stream:
        try:
            record = read_at(stream, placed.offset_bytes, placed.length_bytes, limits=limits)
            block = b"".join(record.chunks())
        except Error:
            return None
    given = given_of(package.name, record.header, block, limits)
    return read_given(given) if given is not None else None


def block_digest(package: Package, placed: Placed, algorithm: str, limits: Limits) -> bytes | None:
    """Return the digest of a record's block by some algorithm, or None where the block cannot be read."""
    from archive.warc.reader import read_at

    state = hasher(algorithm)
    with package.open_member(placed.member, check=False) as stream:
        try:
            for chunk in read_at(stream, placed.offset_bytes, placed.length_bytes, limits=limits).chunks():
                state.update(chunk)
        except Error:
            return None
    return state.digest()


def _stated(header: Header) -> str | None:
    """Return the address somebody other than the document itself states for a record."""
    from provenance.records import STATED_BY

    uri = header.get("WARC-Target-URI") or ""
    by_itself = header.get(STATED_BY) in ("document", "nobody")
    return uri if uri.startswith(("http://", "https://")) and not by_itself else None


def read_source(
    source: str | Path | bytes | BinaryIO,
    *,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    accept_weak: bool = False,
) -> Document:
    """Read one text or page from wherever it is. Raises Error where it cannot be read."""
    given = _of_source(source)
    return reader.read(
        given.data,
        url=url,
        media_type=media_type or given.media_type,
        charset=charset,
        name=given.name,
        accept_weak=accept_weak,
    )


def _of_source(source: str | Path | bytes | BinaryIO) -> Given:
    if isinstance(source, bytes):
        return Given("-", source)
    if not isinstance(source, str | Path):
        return Given("-", read_limited(source, DEFAULT))
    items = Expander().expand([str(source)])
    item = next(items, None)
    if isinstance(item, Refused):
        raise item.error
    if not isinstance(item, Given) or next(items, None) is not None:
        raise UsageError(
            f"not one document: {source}", hint="provenance.open takes archives, folders and seed lists"
        )
    return item


def _items_of(source: str | Path | bytes | BinaryIO) -> Iterable[Input]:
    return Expander().expand([str(source)]) if isinstance(source, str | Path) else [_of_source(source)]


def _is_corpus(source: str | Path | bytes | BinaryIO) -> bool:
    return isinstance(source, str | Path) and is_corpus(Path(source))


def opened(corpus: str) -> Candidates:
    """Open a corpus that was indexed before. Raises CorpusDamaged, or UsageError where another definition made it."""
    from provenance.corpus.indexed import IndexedCandidates  # numpy: for corpora alone

    return IndexedCandidates(Path(corpus))


def gather(sources: Iterable[str | Path | bytes | BinaryIO]) -> Body:
    """Return every article of the inputs, and the corpora among them, as a body of sources. Raises the first error."""
    body = Body()
    inputs = list(sources)
    for corpus in (source for source in inputs if _is_corpus(source)):
        body.corpora.append(opened(str(corpus)))
    documents = (source for source in inputs if not _is_corpus(source))
    for item in readings(item for source in documents for item in _items_of(source)):
        if isinstance(item, Refused):
            raise item.error
        if isinstance(item, Reading) and item.document is not None:
            body.add(Held(item.given.name, item.given.record, item.document))
    return body
