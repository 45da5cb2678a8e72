"""DER (X.690 §10), read strictly: one spelling for every value, no indefinite lengths, nothing left over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

import attrs

from archive import lazily

INTEGER, BIT_STRING, OCTET_STRING, OID, UTF8, SEQUENCE, SET, TIME = (
    0x02,
    0x03,
    0x04,
    0x06,
    0x0C,
    0x30,
    0x31,
    0x18,
)
BOOLEAN = 0x01
_CONSTRUCTED = 0x20
_HIGH_TAG = 0x1F
_LONG_LENGTH = 0x80
_TIME = lazily.compile(rb"([0-9]{14})(?:\.([0-9]{0,11}[1-9]))?Z", re.ASCII)
_MOST_INTEGER_BYTES = 64
_MOST_OID_BYTES = 64


@attrs.frozen
class Node:
    """One value: its tag and where it lies in `data`. `whole` is the value with tag and length, `body` without."""

    data: bytes = attrs.field(repr=False)
    tag: int
    starts: int
    body_starts: int
    ends: int

    @property
    def body(self) -> bytes:
        """The contents octets."""
        return self.data[self.body_starts : self.ends]

    @property
    def whole(self) -> bytes:
        """Tag, length and contents."""
        return self.data[self.starts : self.ends]

    def children(self) -> tuple[Node, ...]:
        """Return the values inside a constructed one, in order. Raises ValueError."""
        if not self.tag & _CONSTRUCTED:
            raise ValueError(f"a simple value (tag {self.tag:#04x}) where others should be inside")
        nodes, at = [], self.body_starts
        while at < self.ends:
            node = _node(self.data, at, self.ends)
            nodes.append(node)
            at = node.ends
        return tuple(nodes)


def parse(data: bytes) -> Node:
    """Return the one value that `data` is. Raises ValueError, whose text says what is wrong."""
    node = _node(data, 0, len(data))
    if node.ends != len(data):
        raise ValueError(f"{len(data) - node.ends} bytes behind the end")
    return node


def _node(data: bytes, at: int, end: int) -> Node:
    if end - at < 2:
        raise ValueError("cut off in a tag or length")
    tag, length, body = data[at], data[at + 1], at + 2
    if tag & _HIGH_TAG == _HIGH_TAG:
        raise ValueError("a tag of several bytes, of which none is in use here")
    if length >= _LONG_LENGTH:
        size = length - _LONG_LENGTH
        written = data[body : min(body + size, end)]
        if not 1 <= size <= 4 or len(written) != size:
            raise ValueError("a length that is indefinite, too large or cut off")
        length, body = int.from_bytes(written), body + size
        if length < _LONG_LENGTH or not written[0]:
            raise ValueError("a length that is spelled longer than need be")
    if body + length > end:
        raise ValueError("cut off in a value")
    return Node(data, tag, at, body, body + length)


def expect(node: Node, tag: int, what: str) -> Node:
    """Return the node if it has this tag. Raises ValueError that names `what` it should have been."""
    if node.tag != tag:
        raise ValueError(f"no {what} where one should be (tag {node.tag:#04x})")
    return node


def inside(node: Node, tag: int, what: str, least: int = 0) -> tuple[Node, ...]:
    """Return the values inside a node of this tag, of which there are at least so many. Raises ValueError."""
    nodes = expect(node, tag, what).children()
    if len(nodes) < least:
        raise ValueError(f"the {what} lacks a part")
    return nodes


def integer(node: Node, what: str) -> int:
    """Return an INTEGER. Raises ValueError."""
    body = expect(node, INTEGER, what).body
    if not 1 <= len(body) <= _MOST_INTEGER_BYTES:
        raise ValueError(f"the {what} has {len(body)} bytes")
    if len(body) > 1 and body[0] == (0xFF if body[1] & 0x80 else 0):
        raise ValueError(f"the {what} is spelled longer than need be")
    return int.from_bytes(body, signed=True)


def octets(node: Node, what: str) -> bytes:
    """Return the bytes of an OCTET STRING. Raises ValueError."""
    return expect(node, OCTET_STRING, what).body


def oid(node: Node, what: str) -> str:
    """Return an OBJECT IDENTIFIER in dots. Raises ValueError."""
    body = expect(node, OID, what).body
    if not body or len(body) > _MOST_OID_BYTES or body[-1] & 0x80:
        raise ValueError(f"the {what} is no object identifier")
    arcs, value, fresh = [], 0, True
    for byte in body:
        if fresh and byte == 0x80:
            raise ValueError(f"the {what} is spelled longer than need be")
        value, fresh = value << 7 | byte & 0x7F, not byte & 0x80
        if fresh:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(map(str, (first, arcs[0] - 40 * first, *arcs[1:])))


def instant(node: Node, what: str) -> dt.datetime:
    """Return a GeneralizedTime as RFC 3161 §2.4.2 writes it: in UTC, with seconds, no needless zeros."""
    parts = _TIME.fullmatch(expect(node, TIME, what).body)
    if parts is None:
        raise ValueError(f"the {what} is no time in UTC")
    try:
        at = dt.datetime.fromisoformat(f"{parts[1][:8].decode()}T{parts[1][8:].decode()}Z")
    except ValueError as error:
        raise ValueError(f"the {what} is no time: {parts[1].decode()}") from error
    return at.replace(microsecond=int((parts[2] or b"0")[:6].ljust(6, b"0")))


def encode(tag: int, parts: Sequence[bytes]) -> bytes:
    """Return a value of this tag with these contents."""
    body = b"".join(parts)
    if len(body) < _LONG_LENGTH:
        return bytes((tag, len(body))) + body
    size = (len(body).bit_length() + 7) // 8
    return bytes((tag, _LONG_LENGTH | size)) + len(body).to_bytes(size) + body
