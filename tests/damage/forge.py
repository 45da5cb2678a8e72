"""A forger at work: members taken out of a package, altered, and put back with as much re-fixed as asked for."""

from __future__ import annotations

import gzip
import hashlib
import hmac
import io
import json
import struct
import zipfile
from enum import IntEnum

from archive.cdxj import line, sort
from archive.wacz.layout import Laid
from archive.wacz.zipnum import block_list, write_blocks
from archive.wacz.zipwriter import ZipWriter
from archive.warc.record import Placed
from archive.warc.survey import survey

WARC = "archive/data.warc.gz"
INDEX = "indexes/index.cdx.gz"
BLOCKS = "indexes/index.idx"
PAGES = "pages/pages.jsonl"
MANIFEST = "datapackage.json"
DIGEST = "datapackage-digest.json"


class Depth(IntEnum):
    """How far the forger goes: each depth does all that those before it do."""

    CRC = 0
    """The ZIP is written anew, so its CRCs are right."""
    INDEX = 1
    """The index is derived anew from the WARC."""
    MANIFEST = 2
    """The manifest is hashed anew."""
    DIGEST = 3
    """The digest of the manifest is computed anew."""
    TREE = 4
    """The root over the records is computed anew, in front of manifest and digest: nothing inside tells any more."""


def members(package: bytes) -> dict[str, bytes]:
    """Return name and data of every member, in order, as the standard library reads them."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def rebuild(parts: dict[str, bytes], depth: Depth) -> bytes:
    """Return a package of these members with everything up to `depth` put right."""
    parts = dict(parts)
    if depth >= Depth.INDEX:
        reindex(parts)
    if depth >= Depth.TREE:
        reroot(parts)
    if depth >= Depth.MANIFEST:
        rehash(parts)
    if depth >= Depth.DIGEST:
        redigest(parts)
    return pack(parts)


def pack(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP of the members in canonical form."""
    file = io.BytesIO()
    writer = ZipWriter(file)
    for name, data in parts.items():
        with writer.member(name) as sink:
            sink.write(data)
    writer.finish()
    return file.getvalue()


def reindex(parts: dict[str, bytes]) -> None:
    """Derive index and block list from the WARC."""
    placed = survey(io.BytesIO(parts[WARC]), member=WARC)
    lines = [bytes(found) for p in placed if isinstance(p, Placed) and (found := line(p))]
    set_index(parts, list(sort(lines)))


def set_index(parts: dict[str, bytes], lines: list[bytes]) -> None:
    """Write these lines as the index, whatever their order, with a block list that fits."""
    packed = io.BytesIO()
    parts[BLOCKS] = block_list(write_blocks(lines, packed.write))
    parts[INDEX] = packed.getvalue()


def lines_of(parts: dict[str, bytes]) -> list[bytes]:
    """Return the lines of the index."""
    return gzip.decompress(parts[INDEX]).splitlines(keepends=True)


def rehash(parts: dict[str, bytes]) -> None:
    """List every member in the manifest with its size and digest."""
    manifest = json.loads(parts[MANIFEST])
    manifest["resources"] = [
        {"name": name.rpartition("/")[2], "path": name, "hash": sha256(data), "bytes": len(data)}
        for name, data in parts.items()
        if name not in (MANIFEST, DIGEST)
    ]
    set_manifest(parts, manifest)


def reroot(parts: dict[str, bytes]) -> None:
    """Give the root over the records as they are now, worked out here without the code that checks it."""
    rows, number = [], 0
    for name in (name for name in parts if name.startswith("archive/")):
        for number, packed in enumerate(records(parts, name)):
            head, _, rest = gzip.decompress(packed).partition(b"\r\n\r\n")
            own = [sha256(head + b"\r\n"), sha256(rest[:-4])]
            rows.append(" ".join([name, str(number), *own]).encode() + b"\n")
    seed = hashlib.sha256(b"source-provenance-seed/1\n" + b"".join(rows)).digest()
    leaves = []
    for index, row in enumerate(rows):
        salt = hmac.new(seed, b"%d" % index, "sha256").hexdigest().encode()
        leaves.append(hashlib.sha256(b"\0source-provenance-leaf/1\n" + salt + b"\n" + row).digest())
    manifest = json.loads(parts[MANIFEST])
    manifest["provenance:records"] = {
        "form": "source-provenance-record-tree/1",
        "records": len(rows),
        "root": "sha256:" + root(leaves).hex(),
    }
    set_manifest(parts, manifest)


def root(leaves: list[bytes]) -> bytes:
    """Return the Merkle tree hash as RFC 6962 §2.1 writes it down: by the largest power of two below."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def set_manifest(parts: dict[str, bytes], manifest: object) -> None:
    """Write a manifest in the form in which it is written."""
    parts[MANIFEST] = (json.dumps(manifest, indent=2) + "\n").encode()


def redigest(parts: dict[str, bytes]) -> None:
    """Give the manifest's digest as it is now."""
    value = {"path": MANIFEST, "hash": sha256(parts[MANIFEST])}
    parts[DIGEST] = (json.dumps(value, indent=2) + "\n").encode()


def sha256(data: bytes) -> str:
    """Return a labelled digest, made without our code."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def records(parts: dict[str, bytes], name: str = WARC) -> list[bytes]:
    """Return the gzip members of a WARC, one a record."""
    placed = [p for p in survey(io.BytesIO(parts[name]), member=name) if isinstance(p, Placed)]
    return [parts[name][p.offset_bytes : p.offset_bytes + p.length_bytes] for p in placed]


def repack(record: bytes) -> bytes:
    """Compress an altered record the way our writer does."""
    from archive.wacz.zipnum import gzip_member

    return gzip_member(record)


def raw_zip(entries: list[tuple[bytes, bytes]], *, mode: int = 0o100600, method: int = 0) -> bytes:
    """Return a ZIP with these names and data, made by hand, so that nothing forbids what is wrong with it."""
    import zlib

    out, listing = b"", b""
    for name, data in entries:
        raw = zlib.compress(data, wbits=-15) if method == 8 else data
        shared = (20, 0, method, 0, 0x21, zlib.crc32(data), len(raw), len(data), len(name), 0)
        listing += (
            struct.pack("<4sH5H3L5H2L", b"PK\x01\x02", 0x314, *shared, 0, 0, 0, mode << 16, len(out)) + name
        )
        out += struct.pack("<4s5H3L2H", b"PK\x03\x04", *shared) + name + raw
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(listing), len(out), 0)
    return out + listing + end


def laid(package: bytes) -> list[Laid]:
    """Return where the members of a package lie."""
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        return [Laid(i.filename, i.CRC, i.file_size, i.header_offset) for i in opened.infolist()]


__all__ = [name for name in dir() if not name.startswith("_") and name != "Finding"]
