"""What a record is: the header as it stands, a record to be written, and a record in its place."""

from __future__ import annotations

from typing import BinaryIO

import attrs


@attrs.frozen
class Header:
    """A record header as read or written: version line, fields in order, and the raw bytes up to the empty line.

    `raw` ends with the line end of the last field; the empty line is not in it.

    Field names compare without case (ISO 28500 §4). Values are decoded as UTF-8, undecodable bytes as surrogates.
    """

    version: str
    fields: tuple[tuple[str, str], ...]
    raw: bytes = b""

    def get(self, name: str) -> str | None:
        """Return the first value of a field, or None."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, in order."""
        wanted = name.lower()
        return tuple(value for field, value in self.fields if field.lower() == wanted)


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
