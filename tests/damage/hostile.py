"""Packages made to exhaust who reads them: small files that grow, lie and repeat, each made here from nothing."""

from __future__ import annotations

import gzip
import json
import struct
import zlib
from collections.abc import Callable

import packages
from damage import forge
from damage.forge import BLOCKS, DIGEST, INDEX, MANIFEST, PAGES, WARC

BOMB_BYTES = 1 << 26
"""What the bombs inflate to: a thousand times what they are, and several times what is allowed at that size."""


def zeros(size_bytes: int, *, wbits: int = -15, first: bytes = b"") -> bytes:
    """Return so many spaces behind `first`, deflated without ever holding them."""
    deflate, chunk = zlib.compressobj(9, zlib.DEFLATED, wbits), b" " * (1 << 20)
    return (
        deflate.compress(first)
        + b"".join(deflate.compress(chunk) for _ in range(size_bytes >> 20))
        + deflate.flush()
    )


def parts(**changed: bytes) -> dict[str, bytes]:
    """Return the members of a small package, some replaced, under right hashes."""
    own = {**forge.members(packages.build()), **{globals()[name]: data for name, data in changed.items()}}
    forge.rehash(own)
    forge.redigest(own)
    return own


def deflated(name: str, first: bytes = b"", *, claimed: int | None = None) -> bytes:
    """Return a package whose member `name` inflates a thousandfold, whatever its headers claim."""
    rows = [(other.encode(), data) for other, data in parts().items() if other != name]
    raw, size = zeros(BOMB_BYTES, first=first), BOMB_BYTES + len(first)
    return with_raw(rows, name.encode(), raw, size if claimed is None else claimed)


def with_raw(rows: list[tuple[bytes, bytes]], name: bytes, raw: bytes, size: int) -> bytes:
    """Return a ZIP of stored rows and one deflated member of these bytes and this claimed size."""
    out, listing = b"", b""
    for own, data, method, held in [*((n, d, 0, len(d)) for n, d in rows), (name, raw, 8, size)]:
        crc = zlib.crc32(data) if method == 0 else 0
        shared = (20, 0, method, 0, 0x21, crc, len(data), held, len(own), 0)
        listing += (
            struct.pack("<4sH5H3L5H2L", b"PK\x01\x02", 0x314, *shared, 0, 0, 0, 0o100600 << 16, len(out))
            + own
        )
        out += struct.pack("<4s5H3L2H", b"PK\x03\x04", *shared) + own + data
    end = (0, 0, len(rows) + 1, len(rows) + 1, len(listing), len(out), 0)
    return out + listing + struct.pack("<4s4H2LH", b"PK\x05\x06", *end)


def quoted(count: int = 3_000) -> bytes:
    """Return a ZIP whose members all lie over one piece of data (the overlapped bomb)."""
    raw, name = zeros(16 << 20), b"archive/%05d.warc"
    body = (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0x21, 0, len(raw), 16 << 20, 18, 0)
        + name % 0
        + raw
    )
    shared = (20, 0, 8, 0, 0x21, 0, len(raw), 16 << 20, 18, 0, 0, 0, 0, 0o100600 << 16, 0)
    listing = b"".join(
        struct.pack("<4sH5H3L5H2L", b"PK\x01\x02", 0x314, *shared) + name % number for number in range(count)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(listing), len(body), 0)
    return body + listing + end


def lines(count: int, **fields: str) -> bytes:
    """Return an index of so many lines, all about one record."""
    first = forge.lines_of(parts())[0]
    key, when, text = first.split(b" ", 2)
    line = b" ".join((key, when, json.dumps({**json.loads(text), **fields}).encode())) + b"\n"
    return line * count


def indexed(data: bytes) -> bytes:
    """Return a package with this index, compressed."""
    own = {name: value for name, value in parts().items() if name != BLOCKS}
    own[INDEX] = data
    forge.rehash(own)
    forge.redigest(own)
    return forge.pack(own)


def manifest(text: bytes) -> bytes:
    """Return a package with this manifest, its digest right."""
    own = parts()
    own[MANIFEST] = text
    forge.redigest(own)
    return forge.pack(own)


def many_rows(count: int) -> bytes:
    """Return a manifest that lists one member over and over."""
    return b'{"profile": "data-package", "resources": [' + b",".join([b'{"path": "a/b"}'] * count) + b"]}"


def records(count: int) -> bytes:
    """Return a package of very many small records that nothing indexes."""
    return forge.pack(parts(WARC=forge.members(packages.build())[WARC] + forge.records(parts())[3] * count))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "83 a WARC that inflates a thousandfold": lambda: forge.pack(
        parts(WARC=zeros(BOMB_BYTES, wbits=31, first=b"WARC/1.1\r\nContent-Length: 67108864\r\n\r\n"))
    ),
    "83b a WARC without an end of line": lambda: forge.pack(
        parts(WARC=zeros(BOMB_BYTES, wbits=31, first=b"WARC/1.1\r\nX: "))
    ),
    "83c a member that inflates a thousandfold": lambda: deflated(WARC),
    "83d a manifest that does": lambda: deflated(MANIFEST, b'{"a": "'),
    "83e a page list that does": lambda: deflated(PAGES, b'{"url": "'),
    "83f a digest that does": lambda: deflated(DIGEST, b'{"hash": "'),
    "83g a member that claims to be small": lambda: deflated(WARC, claimed=100),
    "83h a member that claims to be huge": lambda: deflated(PAGES, claimed=0xFFFFFFF0),
    "83i an index that does": lambda: indexed(zeros(BOMB_BYTES, wbits=31)),
    "83j an index with one line of it": lambda: indexed(zeros(BOMB_BYTES, wbits=31, first=b"a)/ 2026 {")),
    "83k a list of blocks that does": lambda: deflated(BLOCKS, b"!meta 0 {"),
    "109 members over members": quoted,
    "109b 4,000 members of one name": lambda: forge.raw_zip([(b"archive/a.warc", b"")] * 4_000),
    "109c 4,000 names that collide": lambda: forge.raw_zip(
        [(b"a/" + b"%05x" % n, b"") for n in range(4_000)]
    ),
    "110 JSON nested 10,000 deep": lambda: manifest(b"[" * 10_000),
    "110b JSON with a number of a million digits": lambda: manifest(
        b'{"resources": ' + b"9" * 1_000_000 + b"}"
    ),
    "110c a manifest of 150,000 rows": lambda: manifest(many_rows(150_000)),
    "110d a manifest of 200,000 repeated keys": lambda: manifest(
        b"{" + b",".join([b'"a": 1'] * 200_000) + b"}"
    ),
    "42 5,000 lines about one record": lambda: indexed(gzip.compress(lines(5_000), 1)),
    "43 5,000 lines with digests to be computed": lambda: indexed(
        gzip.compress(lines(5_000, digest="sha512:" + "0" * 128), 1)
    ),
    "42b 10,000 pages": lambda: forge.pack(
        parts(PAGES=b'{"url": "http://a/", "ts": "2026-01-01T00:00:00Z"}\n' * 10_000)
    ),
    "28 2,000 records that nothing indexes": lambda: records(2_000),
    "no end of central directories": lambda: b"PK\x03\x04" + b"PK\x05\x06" * 200_000,
    "local headers all the way": lambda: (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) * 10_000
    ),
    "described members without descriptors": lambda: (
        struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 8, 0, 0, 0, 0, 0, 0, 1, 0) * 20_000
    ),
}
"""Hostile packages by what is hostile about them; the numbers are those of the catalogue they were collected in."""
