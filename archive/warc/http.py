"""An `application/http` block taken apart: start line, header fields and body as they stand, and the codings undone.

Read tolerantly, nothing invented: what the message does not say is None, and what cannot be decoded stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum

import attrs

from archive import lazily
from archive.errors import InputError, LimitExceeded
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from archive.warc import codes as codes
from archive.warc.codings import ContentDecoder, Dechunker
from archive.warc.record import Header

_HTTP_TYPES = frozenset({"application/http", "message/http"})
_STATUS = lazily.compile(rb"HTTP/\d+(?:\.\d+)?[ \t]+(\d{3})(?!\d)")
_REQUEST = lazily.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]+\S")
_EMPTY_LINE = lazily.compile(rb"\r?\n\r?\n")
_FOLD = lazily.compile(rb"\r?\n[ \t]+")
_MEDIA_TYPE = lazily.compile(r"[!#$%&'*+\-.^_`|~0-9a-z]+/[!#$%&'*+\-.^_`|~0-9a-z]+")
_CHARSET = lazily.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]+)""", re.IGNORECASE)


class Payload(Enum):
    """What the payload of a record is (ISO 28500 §6)."""

    NONE = "none"
    """The record has no payload of its own: warcinfo, metadata, revisit, continuation, a segment."""

    BLOCK = "block"
    HTTP = "http"
    """The entity body of the HTTP message in the block."""


@attrs.frozen
class Head:
    """The head of an HTTP message. `raw` are its bytes up to and with the empty line; `start_line` has no line end.

    Field names and values are bytes as they stand, values without the white space around them, folded lines joined.
    Lines that are no fields are only in `raw`.
    """

    raw: bytes
    start_line: bytes
    fields: tuple[tuple[bytes, bytes], ...]

    @property
    def status(self) -> int | None:
        """Status code of a response; None for a request and where there is none."""
        parts = _STATUS.match(self.start_line)
        return int(parts[1]) if parts else None

    @property
    def is_response(self) -> bool:
        """Say whether the message begins like a response."""
        return self.start_line.startswith(b"HTTP/")

    @property
    def is_request(self) -> bool:
        """Say whether the message begins like a request: a method, white space, a target."""
        return _REQUEST.match(self.start_line) is not None

    @property
    def media_type(self) -> str | None:
        """Media type as `type/subtype` in lower case; None where there is none that is well-formed."""
        return media_type(self.get("Content-Type"))

    @property
    def charset(self) -> str | None:
        """The charset parameter of the media type as it is given, in lower case."""
        return charset(self.get("Content-Type"))

    @property
    def chunked(self) -> bool:
        """Say whether the head announces a chunked body (the body itself may already be de-chunked)."""
        return "chunked" in self._codings("Transfer-Encoding")

    @property
    def content_codings(self) -> tuple[str, ...]:
        """The content codings in the order in which they were applied, without `identity`."""
        return tuple(name for name in self._codings("Content-Encoding") if name != "identity")

    def get(self, name: str) -> str | None:
        """Return the first value of a field, read as Latin-1 (RFC 9110 §5.5), or None."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all values of a field, in order, read as Latin-1."""
        wanted = name.lower().encode("ascii")
        return tuple(value.decode("latin-1") for field, value in self.fields if field.lower() == wanted)

    def _codings(self, name: str) -> tuple[str, ...]:
        listed = ",".join(self.all(name)).lower().split(",")
        return tuple(coding.strip() for coding in listed if coding.strip())


@attrs.frozen
class Message:
    """An HTTP message: its head, and its body as it stands in the block."""

    head: Head
    body: bytes


@attrs.frozen
class Body:
    """A body with its codings undone: `undone` names those that were, in the order of undoing."""

    data: bytes
    undone: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()


@attrs.frozen
class Entity:
    """What a record holds, ready to be read: the payload with its codings undone, and what is said of it.

    `status` is that of an HTTP response. `media_type`, `charset` are as declared, None where nothing is declared.
    """

    body: bytes
    media_type: str | None = None
    charset: str | None = None
    status: int | None = None
    findings: tuple[Finding, ...] = ()


def head_end(block: bytes) -> int | None:
    """Return the length of the head with its empty line; None where the block has no empty line."""
    strict = block.find(b"\r\n\r\n")
    bare = block.find(b"\n\n", 0, strict if strict >= 0 else len(block))
    if strict >= 0 and bare < 0:
        return strict + 4
    end = _EMPTY_LINE.search(block)
    return end.end() if end else None


def parse_head(raw: bytes) -> Head:
    """Take a head apart. Any bytes are taken; lines that are no fields are passed over."""
    first, _, rest = raw.partition(b"\n")
    fields = tuple(_fields(_FOLD.sub(b" ", rest)))
    return Head(raw, first.rstrip(b"\r"), fields)


def split(block: bytes) -> Message:
    """Take an `application/http` block apart. Without an empty line it is all head."""
    end = head_end(block)
    end = len(block) if end is None else end
    return Message(parse_head(block[:end]), block[end:])


def media_type(value: str | None) -> str | None:
    """Return `type/subtype` in lower case from the value of a Content-Type field, or None."""
    name = (value or "").partition(";")[0].strip().lower()
    return name if _MEDIA_TYPE.fullmatch(name) else None


def charset(value: str | None) -> str | None:
    """Return the charset parameter of a Content-Type field in lower case, or None."""
    parts = _CHARSET.search(value or "")
    return parts[1].lower() if parts else None


def dechunk(body: bytes) -> bytes | None:
    """Return a chunked body without its framing, a cut one as far as it goes; None where it has no such framing."""
    dechunker = Dechunker()
    data = dechunker.feed(body)
    return None if dechunker.broken else data


def decode_body(message: Message, *, limits: Limits = DEFAULT) -> Body:
    """Undo transfer and content codings. What cannot be undone is left as it is, and a finding says why.

    At most `limits.document_bytes` come out, and at most `limits.inflate_ratio` times what goes in.
    """
    data, undone = message.body, []
    if message.head.chunked:
        plain = dechunk(data)
        if plain is not None:
            data, undone = plain, ["chunked"]
    codings = message.head.content_codings
    if not codings or not data:
        return Body(data, tuple(undone))
    try:
        decoder = ContentDecoder(codings, limits)
        decoded = decoder.feed(data)
        decoder.finish()
    except InputError as error:
        return Body(data, tuple(undone), (_undecoded(error),))
    return Body(decoded, (*undone, *reversed(codings)))


def payload_of(header: Header) -> tuple[Payload, bool]:
    """Return what the payload of this record is, and whether the block is an HTTP message.

    By Content-Type; where it is missing from a capture of an http address the message is taken for granted
    (ISO 28500 §5.6 lets a reader guess only then).
    """
    kind = (header.get("WARC-Type") or "").lower()
    content_type = header.get("Content-Type")
    is_http = kind in ("response", "request", "revisit") and media_type(content_type) in _HTTP_TYPES
    if kind in ("response", "request") and not content_type:
        is_http = (header.get("WARC-Target-URI") or "").lower().lstrip("<").startswith(("http:", "https:"))
    if kind not in ("response", "resource", "request", "conversion") or header.get("WARC-Segment-Number"):
        return Payload.NONE, is_http
    return (Payload.HTTP if is_http else Payload.BLOCK), is_http


def entity_of(header: Header, block: bytes, *, limits: Limits = DEFAULT) -> Entity:
    """Return what the block of a record holds: the body of an HTTP message decoded, or else the block itself."""
    if not payload_of(header)[1]:
        declared = header.get("Content-Type")
        return Entity(block, media_type(declared), charset(declared))
    message = split(block)
    body = decode_body(message, limits=limits)
    head = message.head
    return Entity(body.data, head.media_type, head.charset, head.status, body.findings)


def _undecoded(error: InputError) -> Finding:
    if isinstance(error, LimitExceeded):
        return found("http.limit-exceeded", error.message, expected=error.allowed, actual=error.seen)
    return found("http.coding-unknown" if error.hint else "http.coding-damaged", error.message)


def _fields(lines: bytes) -> Iterator[tuple[bytes, bytes]]:
    for line in lines.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and name.strip():
            yield name.strip(), value.strip()
