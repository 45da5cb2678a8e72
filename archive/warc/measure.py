"""Digests of a record's block and payload, computed while the bytes go by: the same for the writer and the survey."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from archive.digest import ALGORITHM, Hasher, hasher, spell
from archive.errors import InputError
from archive.limits import DEFAULT, Limits
from archive.warc.codings import ContentDecoder, Dechunker
from archive.warc.http import Head, Payload, head_end, media_type, parse_head, payload_of
from archive.warc.record import Header, Placed

_HEAD_BYTES = 64 * 1024


@attrs.frozen
class Measured:
    """What was measured: digests by algorithm, of the block and of each reading of the payload.

    `payload` maps the reading (`block`; or `body`, `de-chunked`, `content-decoded`) to digests by algorithm; it is
    empty where there is no payload. `reading` is the one that the standard means.
    """

    block_bytes: int
    block: dict[str, bytes]
    payload: dict[str, dict[str, bytes]]
    reading: str | None
    payload_bytes: int
    head: Head | None

    @property
    def block_digest(self) -> str:
        """Labelled digest of the block."""
        return spell(ALGORITHM, self.block[ALGORITHM])

    @property
    def payload_digest(self) -> str | None:
        """Labelled digest of the payload as the standard means it, or None where there is none."""
        return spell(ALGORITHM, self.payload[self.reading][ALGORITHM]) if self.reading else None


def place(member: str, offset_bytes: int, length_bytes: int, header: Header, measured: Measured) -> Placed:
    """Return the record in its place, as the writer and the survey both tell it."""
    head = measured.head
    return Placed(
        member=member,
        offset_bytes=offset_bytes,
        length_bytes=length_bytes,
        header=header,
        block_bytes=measured.block_bytes,
        block_digest=measured.block_digest,
        payload_digest=measured.payload_digest,
        media_type=head.media_type if head else media_type(header.get("Content-Type")),
        http_status=head.status if head else None,
    )


class Measure:
    """Takes in a block chunk by chunk. `block_too` and `payload_too` are algorithms wanted besides our own."""

    def __init__(
        self,
        header: Header,
        *,
        block_too: Iterable[str] = (),
        payload_too: Iterable[str] = (),
        decoded_too: bool = False,
        limits: Limits = DEFAULT,
    ) -> None:
        self._kind, self._is_http = payload_of(header)
        same = self._kind is Payload.BLOCK
        self._block = _Hashers({ALGORITHM, *block_too, *(payload_too if same else ())})
        self._readings: _Body | None = None
        if self._kind is Payload.HTTP:
            self._readings = _Body({ALGORITHM, *payload_too}, limits, decoded_too=decoded_too)
        self._head: Head | None = None
        self._early = b""

    def update(self, chunk: bytes) -> None:
        """Take in the next chunk of the block."""
        self._block.update(chunk)
        if not self._is_http:
            return
        if self._head is not None:
            if self._readings is not None:
                self._readings.update(chunk)
            return
        self._early += chunk
        end = head_end(self._early)
        if end is not None or len(self._early) > _HEAD_BYTES:
            self._begin_body(len(self._early) if end is None else end)

    def finish(self) -> Measured:
        """Return what was measured."""
        if self._is_http and self._head is None:
            self._begin_body(len(self._early))
        block = self._block.digests()
        if self._kind is Payload.BLOCK:
            return Measured(self._block.size, block, {"block": block}, "block", self._block.size, None)
        if self._readings is None:
            return Measured(self._block.size, block, {}, None, 0, self._head)
        readings, reading = self._readings.digests()
        return Measured(self._block.size, block, readings, reading, self._readings.size, self._head)

    def _begin_body(self, end: int) -> None:
        self._head = parse_head(self._early[:end])
        if self._readings is not None:
            self._readings.begin(self._head)
            self._readings.update(self._early[end:])
        self._early = b""


class _Hashers:
    """Several digests of the same bytes."""

    def __init__(self, algorithms: set[str]) -> None:
        self._hashers: dict[str, Hasher] = {name: hasher(name) for name in algorithms}
        self._updates = [state.update for state in self._hashers.values()]
        self.size = 0

    def update(self, chunk: bytes) -> None:
        for update in self._updates:
            update(chunk)
        self.size += len(chunk)

    def digests(self) -> dict[str, bytes]:
        return {name: state.digest() for name, state in self._hashers.items()}


class _Body:
    """The readings of an HTTP body: as it stands, without chunk framing, and with content codings undone."""

    def __init__(self, algorithms: set[str], limits: Limits, *, decoded_too: bool) -> None:
        self._algorithms = algorithms
        self._limits = limits
        self._decoded_too = decoded_too
        self._raw = _Hashers(algorithms)
        self._dechunker: Dechunker | None = None
        self._dechunked: _Hashers | None = None
        self._decoder: ContentDecoder | None = None
        self._decoded: _Hashers | None = None

    @property
    def size(self) -> int:
        """Length of the body as it stands, in bytes."""
        return self._raw.size

    def begin(self, head: Head) -> None:
        """Set up what the head announces."""
        if head.chunked:
            self._dechunker, self._dechunked = Dechunker(), _Hashers(self._algorithms)
        if self._decoded_too and head.content_codings:
            try:
                self._decoder = ContentDecoder(head.content_codings, self._limits)
            except InputError:
                return  # no decoder: this reading cannot be had
            self._decoded = _Hashers(self._algorithms)

    def update(self, chunk: bytes) -> None:
        """Take in the next chunk of the body."""
        if not chunk:
            return
        self._raw.update(chunk)
        if self._dechunker is not None and self._dechunked is not None:
            chunk = self._without_framing(chunk, self._dechunker, self._dechunked)
        if self._decoder is not None and self._decoded is not None:
            try:
                self._decoded.update(self._decoder.feed(chunk))
            except InputError:
                self._decoder = self._decoded = None

    def _without_framing(self, chunk: bytes, dechunker: Dechunker, dechunked: _Hashers) -> bytes:
        """Return what the content coding is over: the payload, or the body where it has no framing after all."""
        payload = dechunker.feed(chunk)
        dechunked.update(payload)
        if not dechunker.broken:
            return payload
        if dechunker.begun:  # broken off in the middle: what was decoded so far is no reading of it
            self._decoder = self._decoded = None
        self._dechunker = self._dechunked = None
        return chunk

    def digests(self) -> tuple[dict[str, dict[str, bytes]], str]:
        """Return the digests of each reading, and which reading the standard means (ISO 28500 §6.3.2)."""
        readings, meant = {"body": self._raw.digests()}, "body"
        if self._dechunker is not None and self._dechunked is not None and self._dechunker.begun:
            readings["de-chunked"], meant = self._dechunked.digests(), "de-chunked"
        if self._decoded is not None:
            readings["content-decoded"] = self._decoded.digests()
        return readings, meant
