"""Digests of a record's block and payload, computed while the bytes go by: the same for the writer and the survey."""

from __future__ import annotations

import re

import attrs

from archive import lazily
from archive.digest import ALGORITHM, WEAK, Hasher, Label, hasher, spell
from archive.errors import InputError
from archive.limits import DEFAULT, MIB, Limits
from archive.warc.codings import ContentDecoder, Dechunker
from archive.warc.http import Head, Payload, head_end, media_type, parse_head, payload_of
from archive.warc.record import Header, Placed

_HEAD_BYTES = 256 * 1024
"""Where the end of an HTTP head is looked for; a block without one is all head up to here."""
_ENDLESS_BYTES = 64 * 1024
"""How much of a head without an end is taken apart."""
WHOLE_BYTES = 1 * MIB
"""A block of this size or less is measured when it is whole, and only as far as anybody asks; a larger one on its way."""
_PIECE = 64 * 1024
_MAY_BE_CHUNKED = lazily.compile(rb"chunked", re.IGNORECASE)


@attrs.frozen
class Measured:
    """What was measured: digests by algorithm, of the block and of each reading of the payload.

    `payload` maps the reading (`block`; or `body`, `de-chunked`, `content-decoded`) to digests by algorithm; it is
    empty where there is no payload. `reading` is the one that the standard means; where that one is what the header
    claims, the others may be missing.
    """

    block_bytes: int
    block: dict[str, bytes]
    payload: dict[str, dict[str, bytes]]
    reading: str | None
    payload_bytes: int
    head: Head | None
    algorithms: tuple[str, str] = (ALGORITHM, ALGORITHM)
    """In which the digests of block and payload are told."""

    @property
    def block_digest(self) -> str:
        """Labelled digest of the block."""
        return spell(self.algorithms[0], self.block[self.algorithms[0]])

    @property
    def payload_digest(self) -> str | None:
        """Labelled digest of the payload as the standard means it, or None where there is none."""
        algorithm = self.algorithms[1]
        return spell(algorithm, self.payload[self.reading][algorithm]) if self.reading else None


def place(member: str, offset_bytes: int, length_bytes: int, header: Header, measured: Measured) -> Placed:
    """Return the record in its place, as the writer and the survey both tell it."""
    head = measured.head
    return Placed(
        member,
        offset_bytes,
        length_bytes,
        header,
        measured.block_bytes,
        measured.block_digest,
        measured.payload_digest,
        head.media_type if head else media_type(header.get("Content-Type")),
        head.status if head else None,
    )


class Measure:
    """Takes in a block chunk by chunk, and computes what is needed to compare it with what its header claims.

    Digests are of the algorithms that the claims name, and of our own where none is named or a weak one, and with
    `own_digests` in any case. `block_bytes`
    is the length that the block should have, where it is known: what is small is kept, and measured at the end.
    """

    def __init__(
        self,
        header: Header,
        *,
        block_claim: Label | None = None,
        payload_claim: Label | None = None,
        block_bytes: int | None = None,
        own_digests: bool = False,
        limits: Limits = DEFAULT,
    ) -> None:
        self._kind, self._is_http = payload_of(header)
        self._claim, self._limits = payload_claim, limits
        block, payload = (None, None) if own_digests else (block_claim, payload_claim)
        self._algorithms = (_told(block), _told(payload))
        self._wanted = (
            {self._algorithms[0], *_named(block_claim)},
            {self._algorithms[1], *_named(payload_claim)},
        )
        self._kept: list[bytes] | None = None
        if block_bytes is not None and block_bytes <= WHOLE_BYTES:
            self._kept = []
            return
        self._block = _Hashers(self._block_algorithms)
        self._readings: _Body | None = None
        if self._kind is Payload.HTTP:
            self._readings = _Body(self._wanted[1], limits, decoded_too=payload_claim is not None)
        self._head: Head | None = None
        self._early = b""

    def update(self, chunk: bytes) -> None:
        """Take in the next chunk of the block."""
        if self._kept is not None:
            self._kept.append(chunk)
            return
        self._block.update(chunk)
        if not self._is_http:
            return
        if self._head is not None:
            if self._readings is not None:
                self._readings.update(chunk)
            return
        self._early += chunk
        end = head_end(self._early[:_HEAD_BYTES])
        if end is not None or len(self._early) >= _HEAD_BYTES:
            self._begin_body(_HEAD_BYTES, _ENDLESS_BYTES) if end is None else self._begin_body(end, end)

    def finish(self) -> Measured:
        """Return what was measured."""
        if self._kept is not None:
            return self._whole(self._kept[0] if len(self._kept) == 1 else b"".join(self._kept))
        if self._is_http and self._head is None:
            self._begin_body(len(self._early), _ENDLESS_BYTES)
        block, size = self._block.digests(), self._block.size
        if self._readings is None:
            return self._measured(size, block, self._head)
        readings, reading = self._readings.digests()
        return Measured(size, block, readings, reading, self._readings.size, self._head, self._algorithms)

    @property
    def _block_algorithms(self) -> set[str]:
        same = self._kind is Payload.BLOCK
        return {*self._wanted[0], *self._wanted[1]} if same else self._wanted[0]

    def _measured(self, size: int, block: dict[str, bytes], head: Head | None) -> Measured:
        """Return what was measured of a record whose payload is its block, or that has none."""
        if self._kind is Payload.BLOCK:
            return Measured(size, block, {"block": block}, "block", size, None, self._algorithms)
        return Measured(size, block, {}, None, 0, head, self._algorithms)

    def _whole(self, data: bytes) -> Measured:
        """Measure a block that is all there. What a claim agrees with needs no other reading."""
        block = _digests(self._block_algorithms, data)
        if not self._is_http:
            return self._measured(len(data), block, None)
        end = head_end(data[:_HEAD_BYTES])
        begin = min(len(data), _HEAD_BYTES) if end is None else end
        head = parse_head(data[: _ENDLESS_BYTES if end is None else end])
        if self._kind is not Payload.HTTP:
            return self._measured(len(data), block, head)
        payload = memoryview(data)[begin:]
        plain = None
        if _MAY_BE_CHUNKED.search(head.raw) and head.chunked:
            dechunker = Dechunker()
            plain = dechunker.feed(bytes(payload))
            plain = plain if dechunker.begun and not dechunker.broken else None
        reading = "body" if plain is None else "de-chunked"
        readings = {reading: _digests(self._wanted[1], payload if plain is None else plain)}
        if self._claim is not None and readings[reading][self._claim.algorithm] != self._claim.value:
            readings = self._every(head, payload)
        return Measured(len(data), block, readings, reading, len(payload), head, self._algorithms)

    def _every(self, head: Head, payload: memoryview) -> dict[str, dict[str, bytes]]:
        """Return the digests of each reading of an HTTP body."""
        body = _Body(self._wanted[1], self._limits, decoded_too=True)
        body.begin(head)
        for at in range(0, len(payload), _PIECE):
            body.update(bytes(payload[at : at + _PIECE]))
        return body.digests()[0]

    def _begin_body(self, end: int, parsed: int) -> None:
        self._head = parse_head(self._early[:parsed])
        if self._readings is not None:
            self._readings.begin(self._head)
            self._readings.update(self._early[end:])
        self._early = b""


def _told(claim: Label | None) -> str:
    """Return the algorithm in which a digest is told: that of the claim, unless there is none or it is weak."""
    return ALGORITHM if claim is None or claim.algorithm in WEAK else claim.algorithm


def _named(claim: Label | None) -> tuple[str, ...]:
    return () if claim is None else (claim.algorithm,)


def _digests(algorithms: set[str], data: bytes | memoryview) -> dict[str, bytes]:
    digests = {}
    for name in algorithms:
        state = hasher(name)
        state.update(data)
        digests[name] = state.digest()
    return digests


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
