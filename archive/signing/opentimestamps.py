"""OpenTimestamps proofs: paths of hashing from a digest to what attests it. Read with limits, replayed, written again.

A proof file is a magic number, version 1, the digest and a tree. A node of the tree is a message; from it lead
attestations (`00`, eight bytes of kind, a counted payload) and operations, each to the node whose message it makes.
Every branch but a node's last has `ff` before it. Numbers are in groups of seven bits, the lowest first.
docs/format/time.md says what of this is relied on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import attrs

MAGIC = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94"
MOST_BYTES = 64 * 1024
"""A proof; one that is complete by way of four calendars has three kilobytes."""
MOST_STEPS = 4096
"""Operations and attestations in one proof."""
MOST_DEPTH = 256
MOST_MESSAGE_BYTES = 4096
MOST_PAYLOAD_BYTES = 8192
MOST_URI_BYTES = 1000
APPEND, PREPEND, REVERSE, HEXLIFY, SHA1, RIPEMD160, SHA256, KECCAK256 = 0xF0, 0xF1, 0xF2, 0xF3, 2, 3, 8, 0x67
_ATTESTS, _MORE = 0x00, 0xFF
_DIGEST_BYTES = {SHA1: 20, RIPEMD160: 20, SHA256: 32, KECCAK256: 32}
_NAMES = {SHA1: "sha1", RIPEMD160: "ripemd160", KECCAK256: "keccak256"}
BITCOIN = bytes.fromhex("0588960d73d71901")
PENDING = bytes.fromhex("83dfe30d2ef90c8e")
_KIND_BYTES = 8
_URI = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._/:")


@attrs.frozen
class Operation:
    """A step from one message to the next: a tag, and what is appended or prepended."""

    tag: int
    argument: bytes = b""

    def apply(self, message: bytes | None) -> bytes | None:
        """Return the next message; None where a hash on the way is not relied on (sha1, ripemd160, keccak256)."""
        if message is None:
            return None
        if self.tag == SHA256:
            return hashlib.sha256(message).digest()
        made = {
            APPEND: message + self.argument,
            PREPEND: self.argument + message,
            REVERSE: message[::-1],
            HEXLIFY: message.hex().encode(),
        }.get(self.tag)
        if made is not None and not 1 <= len(made) <= MOST_MESSAGE_BYTES:
            raise ValueError(f"a message of {len(made)} bytes on the way")
        return made

    def __bytes__(self) -> bytes:
        tag = bytes((self.tag,))
        return tag + _counted(self.argument) if self.tag in (APPEND, PREPEND) else tag


@attrs.frozen
class Attestation:
    """Who attests a message: eight bytes of kind, and a payload that the kind explains."""

    kind: bytes
    payload: bytes

    @property
    def height(self) -> int | None:
        """The height of the Bitcoin block whose root the message is, or None where it is no such attestation."""
        return _Reader(self.payload).number_alone() if self.kind == BITCOIN else None

    @property
    def calendar(self) -> str | None:
        """The address of the calendar that promised to have the message attested, or None."""
        return _Reader(self.payload).uri_alone() if self.kind == PENDING else None

    def __bytes__(self) -> bytes:
        return bytes((_ATTESTS,)) + self.kind + _counted(self.payload)


@attrs.define(eq=False)
class Node:
    """A message, who attests it, and where operations lead from it. `message` is None beyond a hash not relied on."""

    message: bytes | None
    attestations: list[Attestation] = attrs.field(factory=list)
    branches: dict[Operation, Node] = attrs.field(factory=dict)

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below, each before those that it leads to."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.branches.values()))

    def then(self, operation: Operation) -> Node:
        """Return the node that an operation leads to; it is made where there is none yet."""
        if operation not in self.branches:
            self.branches[operation] = Node(operation.apply(self.message))
        return self.branches[operation]

    def join(self, other: Node) -> None:
        """Take over what attests the same message elsewhere, and where that leads. Raises ValueError for another message."""
        waiting = [(self, other)]
        while waiting:
            mine, theirs = waiting.pop()
            if mine.message != theirs.message:
                raise ValueError("a proof of another message")
            mine.attestations += [each for each in theirs.attestations if each not in mine.attestations]
            waiting += [(mine.then(operation), child) for operation, child in theirs.branches.items()]


@attrs.frozen
class Proof:
    """A proof about a file: the hash it begins with (a tag), the digest, and the tree from there."""

    hash: int
    digest: bytes
    tree: Node

    @property
    def hash_name(self) -> str:
        """The plain name of the hash over the file."""
        return "sha256" if self.hash == SHA256 else _NAMES[self.hash]


def read_proof(data: bytes) -> Proof:
    """Return the proof that a file is. Raises ValueError, whose text says what is wrong."""
    reader = _Reader(data)
    if len(data) > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES} bytes")
    if reader.take(len(MAGIC)) != MAGIC:
        raise ValueError("not an OpenTimestamps proof")
    if (version := reader.number()) != 1:
        raise ValueError(f"of version {version}, which is unknown here")
    tag = reader.byte()
    if tag not in _DIGEST_BYTES:
        raise ValueError(f"a digest of an unknown kind ({tag:#04x})")
    digest = reader.take(_DIGEST_BYTES[tag])
    return Proof(tag, digest, _read_tree(reader, digest))


def read_tree(data: bytes, message: bytes) -> Node:
    """Return the tree about a message, as calendars send it. Raises ValueError."""
    if len(data) > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES} bytes")
    return _read_tree(_Reader(data), message)


def _read_tree(reader: _Reader, message: bytes) -> Node:
    """Read nodes without recursion: `waiting` are those of which further branches follow."""
    root = node = Node(message)
    depth, waiting = 0, list[tuple[Node, int]]()
    for _ in range(MOST_STEPS):
        tag = reader.byte()
        if tag == _MORE:
            waiting.append((node, depth))
            tag = reader.byte()
        if tag != _ATTESTS:
            node, depth = _follow(reader, node, tag), depth + 1
            if depth > MOST_DEPTH:
                raise ValueError(f"more than {MOST_DEPTH} operations in a row")
            continue
        node.attestations.append(_read_attestation(reader))
        if not waiting:
            reader.expect_end()
            return root
        node, depth = waiting.pop()
    raise ValueError(f"more than {MOST_STEPS} steps")


def _follow(reader: _Reader, node: Node, tag: int) -> Node:
    argument = b""
    if tag in (APPEND, PREPEND):
        argument = reader.counted(MOST_MESSAGE_BYTES)
        if not argument:
            raise ValueError("nothing is appended or prepended")
    elif tag not in (REVERSE, HEXLIFY, *_DIGEST_BYTES):
        raise ValueError(f"an unknown operation ({tag:#04x})")
    operation = Operation(tag, argument)
    if operation in node.branches:
        raise ValueError("two branches with one operation")
    return node.then(operation)


def _read_attestation(reader: _Reader) -> Attestation:
    attestation = Attestation(reader.take(_KIND_BYTES), reader.counted(MOST_PAYLOAD_BYTES))
    _ = attestation.height, attestation.calendar  # what cannot be read is found here, not later
    return attestation


def write_proof(proof: Proof) -> bytes:
    """Return the bytes of a proof. Raises ValueError where a node leads nowhere."""
    return MAGIC + b"\x01" + bytes((proof.hash,)) + proof.digest + write_tree(proof.tree)


def write_tree(tree: Node) -> bytes:
    """Return the bytes of a tree: at every node attestations before operations, in the order in which they are held."""
    parts: list[bytes] = []
    waiting: list[Node | bytes] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, bytes):
            parts.append(node)
            continue
        count = len(node.attestations) + len(node.branches)
        if not count:
            raise ValueError("a message that nobody attests and that leads nowhere")
        more = [bytes((_MORE,))] * (count - 1) + [b""]
        own = [mark + bytes(each) for mark, each in zip(more, node.attestations, strict=False)]
        parts.append(b"".join(own))
        for mark, (operation, child) in reversed(
            [*zip(more[len(own) :], node.branches.items(), strict=True)]
        ):
            waiting += [child, mark + bytes(operation)]
    return b"".join(parts)


def _number(value: int) -> bytes:
    groups = bytearray()
    while value > 0x7F:
        groups.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes((*groups, value))


def _counted(data: bytes) -> bytes:
    return _number(len(data)) + data


class _Reader:
    """Takes a proof byte by byte. Everything raises ValueError where the bytes end too early."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, count: int) -> bytes:
        """Take so many bytes."""
        taken = self._data[self._at : self._at + count]
        if len(taken) != count:
            raise ValueError("cut off")
        self._at += count
        return taken

    def byte(self) -> int:
        """Take one byte."""
        return self.take(1)[0]

    def number(self) -> int:
        """Take a number of at most five groups, in its shortest spelling."""
        value = 0
        for place in range(5):
            group = self.byte()
            value |= (group & 0x7F) << 7 * place
            if not group & 0x80:
                if place and not group:
                    raise ValueError("a number that is spelled longer than need be")
                return value
        raise ValueError("a number that is too large")

    def counted(self, most: int) -> bytes:
        """Take a number and so many bytes."""
        count = self.number()
        if count > most:
            raise ValueError(f"{count} bytes where at most {most} can stand")
        return self.take(count)

    def expect_end(self) -> None:
        """Refuse what stands behind the end."""
        if self._at != len(self._data):
            raise ValueError(f"{len(self._data) - self._at} bytes behind the end")

    def number_alone(self) -> int:
        """Return the number that the whole is."""
        value = self.number()
        self.expect_end()
        return value

    def uri_alone(self) -> str:
        """Return the address that the whole is, counted, in the characters that addresses of calendars have."""
        uri = self.counted(MOST_URI_BYTES)
        self.expect_end()
        if not _URI.issuperset(uri) or not uri:
            raise ValueError("the address of a calendar has characters that it cannot have")
        return uri.decode("ascii")
