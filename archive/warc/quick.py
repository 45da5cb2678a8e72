"""The straight way through a survey: a record about which nothing is odd, read, hashed and placed in one step.

Whatever is not just as the usual writers leave it is refused here, and goes the long way (`archive.warc.survey`), which
alone decides what is wrong with it. So nothing is found here but that a digest is absent, as in whole archives it is.
"""

from __future__ import annotations

import functools
import hashlib

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from archive.limits import MIB, Limits
from archive.warc import codes as codes
from archive.warc.http import Payload, media_type
from archive.warc.octets import Octets
from archive.warc.record import Header, Placed
from archive.warc.shapes import Keep, Shape, Shapes

_WHOLE_BYTES = 1 * MIB
"""Larger blocks go the long way, where they are never in memory as a whole."""
_HEAD_BYTES = 64 * 1024
_TOKEN = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]++"
_LINES = rb"[^\r\n]*+\r\n(?:" + _TOKEN + rb":[^\r\n]*+\r\n)*+\r\n"
_HEADS = {
    "response": lazily.compile(rb"HTTP/\d(?:\.\d)? (\d{3})(?!\d)" + _LINES),
    "request": lazily.compile(_TOKEN + rb" [!-~]()" + _LINES),
}
"""Heads of messages in which every line is a field: there the first empty line is that of the standard."""
_BASE_32 = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789abcdefghijklmnopqrstuv")
_ABSENT = "nothing says what the block was when it was written"

Quickly = tuple[Placed, Finding | None]
_Payload = tuple[int, str | None, int | None]
"""Where the payload begins in the block, its media type and the status of the answer."""


class Quick:
    """Takes records the straight way. `own_digests` and `keep` as in `survey`."""

    def __init__(self, member: str, limits: Limits, *, own_digests: bool, keep: Keep | None = None) -> None:
        self._member, self._limits, self._own = member, limits, own_digests
        self._most = min(_WHOLE_BYTES, limits.record_bytes)
        self._shapes = Shapes(limits, keep)

    def take(self, octets: Octets) -> Quickly | None:
        """Use up the next record and return it in its place, or use up nothing and return None."""
        span = octets.span()
        if span is None:
            return None
        data, begin, end = span
        stop = data.find(b"\r\n\r\n", begin, begin + self._limits.header_bytes)
        read = self._shapes.read(data[begin : stop + 2]) if stop > 0 else None
        if read is None:
            return None
        shape, values = read
        size = int(values[shape.places[0]])
        if size > self._most or (size and shape.places[1] < 0):
            return None
        if end < 0:  # the file goes on, and it is the record that says where it ends
            behind = stop + 4 + size + 4
            if behind >= len(data) or data[behind] in b"\r\n":
                return None
            end = behind
        if stop + 8 + size != end or data[end - 4 : end] != b"\r\n\r\n":
            return None
        return self._placed(
            octets, shape, values, data[begin : stop + 2], data[stop + 4 : end - 4], end - begin
        )

    def _placed(
        self, octets: Octets, shape: Shape, values: tuple[str, ...], raw: bytes, block: bytes, used: int
    ) -> Quickly | None:
        payload = _payload(shape, values, block)
        digests = None if payload is None else self._digests(shape, values, block, payload[0])
        place = None if payload is None or digests is None else octets.pass_by(used)
        if payload is None or digests is None or place is None:
            return None
        if shape.kept is None:
            header = Header(shape.version, tuple(zip(shape.names, values, strict=True)), raw)
        else:
            header = Header(shape.version, tuple([(name, values[at]) for name, at in shape.kept]))
        placed = Placed(
            self._member, *place, header, len(block), digests[0], digests[1], payload[1], payload[2]
        )
        if shape.places[3] >= 0:
            return placed, None
        record = values[shape.places[2]]
        where = Location(member=self._member, offset_bytes=place[0], record=record, field="WARC-Block-Digest")
        return placed, found("warc.digest-absent", _ABSENT, where=where)

    def _digests(
        self, shape: Shape, values: tuple[str, ...], block: bytes, begin: int
    ) -> tuple[str, str | None] | None:
        """Return the digests of block and payload; None where one is not as the header has it."""
        places = shape.places
        block_claim = values[places[3]] if places[3] >= 0 else None
        payload_claim = values[places[4]] if places[4] >= 0 else None
        if block_claim is None and payload_claim is not None:
            return None
        told = self._told(block_claim, block)
        if told is None or shape.payload is Payload.NONE:
            return None if told is None else (told, None)
        if begin == 0 and payload_claim == block_claim:
            return told, told
        of_payload = self._told(payload_claim, memoryview(block)[begin:])
        return None if of_payload is None else (told, of_payload)

    def _told(self, claim: str | None, data: bytes | memoryview) -> str | None:
        """Return the digest of data as a survey tells it; None where it is not the one that is claimed."""
        if claim is not None and claim[3] == "1":  # sha1, in base 32
            value = hashlib.sha1(data, usedforsecurity=False).digest()
            if int(claim[5:].encode().translate(_BASE_32), 32).to_bytes(20, "big") != value:
                return None
            if not self._own:
                return f"sha1:{value.hex()}"
            claim = None
        told = f"sha256:{hashlib.sha256(data).hexdigest()}"
        return told if claim is None or claim == told else None


def _payload(shape: Shape, values: tuple[str, ...], block: bytes) -> _Payload | None:
    """Look at the head of an HTTP message; None where there is more to be said of the block."""
    if not shape.is_http:
        if block.startswith(b"HTTP/"):
            return None
        return 0, _media_type(values[shape.places[1]] if shape.places[1] >= 0 else None), None
    head = _HEADS[shape.kind].match(block)
    if head is None or head.end() > _HEAD_BYTES:
        return None
    lines = block[: head.end()].lower()
    if b"chunked" in lines:
        return None
    at = lines.find(b"\ncontent-type:")
    declared = lines[at + 14 : lines.find(b"\r\n", at)].decode("latin-1") if at >= 0 else None
    return head.end(), _media_type(declared), int(head[1]) if head[1] else None


@functools.lru_cache(maxsize=256)
def _media_type(value: str | None) -> str | None:
    return media_type(value)
