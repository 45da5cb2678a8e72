"""The compressed index of a package: gzip members of up to 1024 CDXJ lines, and a list of where each begins."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

import attrs

from archive.cdxj import parse as parse_line
from archive.digest import digest, digest_of
from archive.jsontext import parse as parse_json
from archive.limits import DEFAULT, Limits
from archive.wacz.lines import gzip_members

LINES_A_BLOCK = 1024
BLOCK_BYTES = 1 << 20
"""A block ends once it holds so much, inflated: long addresses that are alike would else pass what a reader inflates."""
FORMAT = "cdxj-gzip-1.0"
_CHUNK_BYTES = 1 << 16


@attrs.frozen
class Block:
    """One gzip member of the index. `key` is the SURT key and timestamp of its first line."""

    key: str
    offset_bytes: int
    length_bytes: int
    digest: str | None


def write_blocks(lines: Iterable[bytes], write: Callable[[bytes], object]) -> tuple[Block, ...]:
    """Write sorted lines as gzip members and return the list of blocks. Without a line: one empty member."""
    blocks, offset_bytes = list[Block](), 0
    for run in _runs(lines):
        packed = gzip_member(b"".join(run))
        write(packed)
        blocks.append(Block(_key(run[0]), offset_bytes, len(packed), digest(packed)))
        offset_bytes += len(packed)
    if not blocks:
        write(gzip_member(b""))
    return tuple(blocks)


def _runs(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Yield the lines block by block: so many lines, or fewer where they are long, so that every block stays small."""
    run, size_bytes = list[bytes](), 0
    for line in lines:
        run.append(line)
        size_bytes += len(line)
        if len(run) == LINES_A_BLOCK or size_bytes >= BLOCK_BYTES:
            yield run
            run, size_bytes = [], 0
    if run:
        yield run


def gzip_member(data: bytes) -> bytes:
    """Return `data` as one gzip member with no time, no name and the operating system unknown (RFC 1952 §2.3)."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    trailer = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + body + trailer


def block_list(blocks: Iterable[Block], *, filename: str = "index.cdx.gz") -> bytes:
    """Return the text of `index.idx` as wabac and py-wacz read it."""
    rows = [f"!meta 0 {json.dumps({'format': FORMAT, 'filename': filename})}\n"]
    for block in blocks:
        place = {"offset": block.offset_bytes, "length": block.length_bytes, "digest": block.digest}
        rows.append(f"{block.key} {json.dumps(place)}\n")
    return "".join(rows).encode("utf-8", "surrogateescape")


def blocks_of(stream: BinaryIO, *, limits: Limits = DEFAULT) -> Iterator[Block]:
    """Yield the blocks that a compressed index really has. Raises ValueError where it cannot be inflated."""
    head = b""
    for start, behind, data in gzip_members(stream, limits):
        if len(head) < limits.header_bytes:
            head += data
        if behind is not None:
            if head:
                yield Block(_prefix(head), start, behind - start, _digest_at(stream, start, behind))
            head = b""


def _prefix(head: bytes) -> str:
    return head.partition(b"\n")[0].partition(b"{")[0].strip().decode("utf-8", "surrogateescape")


def _digest_at(stream: BinaryIO, start: int, behind: int) -> str:
    """Return the digest of a part of the stream, and leave the stream where it was."""
    position = stream.tell()
    stream.seek(start)
    digest = digest_of(iter_bytes(stream, behind - start))[0]
    stream.seek(position)
    return digest


def iter_bytes(stream: BinaryIO, length_bytes: int) -> Iterator[bytes]:
    """Yield the next `length_bytes` of a stream in chunks, or as many as there are."""
    while length_bytes > 0 and (chunk := stream.read(min(length_bytes, _CHUNK_BYTES))):
        length_bytes -= len(chunk)
        yield chunk


def parse_block(raw: bytes, *, limits: Limits = DEFAULT) -> Block:
    """Return the block that a line of `index.idx` names. Raises ValueError, whose text says what is wrong.

    The key of a block without lines is empty, as py-wacz writes it.
    """
    key, gap, place = raw.rpartition(b" {")
    parsed = parse_json(b"{" + place, limits=limits)
    if not gap or parsed.repeated:
        raise ValueError("not a key and a JSON object with each field once")
    offset_bytes, length_bytes = parsed.value.get("offset"), parsed.value.get("length")
    if not (_is_count(offset_bytes) and _is_count(length_bytes)):
        raise ValueError("offset and length are not both whole numbers")
    stated = parsed.value.get("digest")
    if stated is not None and not isinstance(stated, str):
        raise ValueError("the digest is no string")
    return Block(key.decode("utf-8", "surrogateescape"), offset_bytes, length_bytes, stated)


def parse_meta(raw: bytes, *, limits: Limits = DEFAULT) -> str | None:
    """Return the name of the index that the first line of `index.idx` gives, or None. Raises ValueError if it is broken."""
    value = parse_json(raw.split(b" ", 2)[-1], limits=limits).value
    name = value.get("filename") if isinstance(value, dict) else None
    if name is not None and not isinstance(name, str):
        raise ValueError("the name of the index is no string")
    return name


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _key(raw: bytes) -> str:
    first = parse_line(raw)
    return f"{first.key} {first.timestamp}"
