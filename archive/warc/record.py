"""What a record is: the header as it stands, a record to be written, and a record in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Protocol

import attrs

from archive.errors import Location
from archive.findings import Finding

_CHUNK = 1024 * 1024


@attrs.frozen
class Header:
    """A record header as read or written: version line, fields in order, and the raw bytes up to the empty line.

    `raw` ends with the line end of the last field; the empty line is not in it.

    Field names compare without case (ISO 28500 §4). Values are decoded as UTF-8, undecodable bytes as surrogates.
    """

    version: str
    fields: tuple[tuple[str, str], ...]
    raw: bytes = b""

    _names: dict[str, list[str]] | None = attrs.field(default=None, init=False, repr=False, eq=False)

    def get(self, name: str) -> str | None:
        """Return the first value of a field, or None."""
        if self._names is not None:
            values = self._names.get(name.lower())
            return values[0] if values else None
        wanted, length = name.lower(), len(name)
        for field, value in self.fields:
            if len(field) == length and (field == name or field.lower() == wanted):
                return value
        return None

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, in order."""
        if self._names is not None:
            return tuple(self._names.get(name.lower(), ()))
        wanted = name.lower()
        return tuple(value for field, value in self.fields if field.lower() == wanted)

    def by_name(self) -> dict[str, list[str]]:
        """Return all values by lower-case name, for those who look at many fields. From then on `get` is fast."""
        if self._names is None:
            values: dict[str, list[str]] = {}
            for field, value in self.fields:
                values.setdefault(field.lower(), []).append(value)
            object.__setattr__(self, "_names", values)
            return values
        return self._names


@attrs.frozen
class NewRecord:
    """A record to be written. What is not given is derived: digests, length, and the id from all the rest.

    `date` is a W3CDTF string in UTC. `block` is bytes or a seekable binary file that is read twice (digest, copy).
    `fields` are further header fields, written in this order after the usual ones.
    """

    type: str
    date: str
    block: bytes | BinaryIO
    target_uri: str | None = None
    content_type: str | None = None
    record_id: str | None = None
    fields: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Verbatim:
    """A record to be written as it stands: its header with all bytes of it, its block as bytes or a seekable file."""

    header: Header
    block: bytes | BinaryIO

    @property
    def date(self) -> str:
        """WARC-Date, or an empty string."""
        return self.header.get("WARC-Date") or ""


@attrs.frozen
class Placed:
    """A record in its place: the same value whether it was just written or read back, so an index can be compared.

    `offset_bytes` and `length_bytes` are of the stored form (the gzip member). A length of 0 says that the record
    cannot be looked up, because it shares its gzip member with others. Both digests are computed from the
    bytes, never copied from the header; `payload_digest` is None where the type has no payload of its own.
    `media_type` and `http_status` are of the payload.
    """

    member: str
    offset_bytes: int
    length_bytes: int
    header: Header
    block_bytes: int
    block_digest: str
    payload_digest: str | None = None
    media_type: str | None = None
    http_status: int | None = None

    @property
    def type(self) -> str:
        """WARC-Type, or an empty string."""
        return self.header.get("WARC-Type") or ""

    @property
    def record_id(self) -> str:
        """WARC-Record-ID with its angle brackets, or an empty string."""
        return self.header.get("WARC-Record-ID") or ""

    @property
    def date(self) -> str:
        """WARC-Date, or an empty string."""
        return self.header.get("WARC-Date") or ""

    @property
    def target_uri(self) -> str | None:
        """WARC-Target-URI as it stands."""
        return self.header.get("WARC-Target-URI")


class Block(Protocol):
    """The bytes of one record's block, wherever they come from."""

    def read(self, count: int) -> bytes:
        """Return some bytes, `count` at most; none at the end."""

    def end(self) -> tuple[int, list[Finding]]:
        """Read to the end. Return the stored length of the record (0: it has none of its own) and what was found."""


class Record:
    """One record as it stands in the file. The block can be read once, before the next record is asked for.

    `block_bytes` is the Content-Length, or None where it is not known or too large: then there is no block to read.
    `offset_bytes` is as stored (that of the gzip member). `length_bytes` is None until `finish`, and 0 where the
    record has no stored length of its own. `findings` are about the syntax of this record; more come with `finish`.
    """

    def __init__(
        self,
        header: Header,
        offset_bytes: int,
        block_bytes: int | None,
        block: Block,
        findings: list[Finding],
    ) -> None:
        self.header = header
        self.offset_bytes = offset_bytes
        self.block_bytes = block_bytes
        self.length_bytes: int | None = None
        self.findings = findings
        self._block = block

    @property
    def where(self) -> Location:
        """The place of the record, for findings about it."""
        return Location(offset_bytes=self.offset_bytes, record=self.header.get("WARC-Record-ID"))

    def read(self, count: int = _CHUNK) -> bytes:
        """Return some bytes of the block, `count` at most; none at its end."""
        return self._block.read(count)

    def chunks(self) -> Iterator[bytes]:
        """Return the rest of the block in chunks."""
        return iter(self.read, b"")

    def finish(self) -> None:
        """Read to the end of the record. After that its length and all findings about its syntax are there."""
        if self.length_bytes is None:
            self.length_bytes, further = self._block.end()
            where = self.where
            self.findings += [
                finding.within(offset_bytes=where.offset_bytes, record=where.record) for finding in further
            ]
