"""The blocks of a compressed index: so many lines, and never so large that a reader would refuse to inflate them."""

from __future__ import annotations

import io
import zlib

from archive.wacz.zipnum import BLOCK_BYTES, LINES_A_BLOCK, write_blocks


def inflated(lines: list[bytes]) -> list[bytes]:
    """Return the data of each block that is written of these lines."""
    out = io.BytesIO()
    blocks = write_blocks(lines, out.write)
    packed = out.getvalue()
    cut = [packed[block.offset_bytes : block.offset_bytes + block.length_bytes] for block in blocks]
    return [zlib.decompress(member, wbits=31) for member in cut]


def line(number: int, length: int) -> bytes:
    """Return an index line of some length."""
    return f"example,a)/{number:06} 20240304100000 ".encode() + b'{"url": "' + b"x" * length + b'"}\n'


def test_short_lines_fill_a_block_by_number() -> None:
    """Lines of usual length come 1024 to a block, and the rest in the last one."""
    lines = [line(number, 200) for number in range(LINES_A_BLOCK + 3)]
    assert inflated(lines) == [b"".join(lines[:LINES_A_BLOCK]), b"".join(lines[LINES_A_BLOCK:])]


def test_long_lines_end_a_block_early() -> None:
    """Long lines that are alike come in blocks of little more than a mebibyte, in order, and none is lost."""
    lines = [line(number, 60_000) for number in range(100)]
    blocks = inflated(lines)
    assert b"".join(blocks) == b"".join(lines)
    assert len(blocks) > 1
    assert max(map(len, blocks)) < BLOCK_BYTES + 61_000
