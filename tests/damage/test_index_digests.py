"""Digests in an index: of whatever algorithm and form, compared with the bytes of the very record that the line is about."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path

import packages
import pytest
from damage import forge
from damage.forge import BLOCKS, INDEX, MANIFEST, WARC

import archive
from archive.engines import compression
from archive.findings import Report
from archive.warc.record import NewRecord

DATE = "2026-01-01T00:00:00Z"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n"
BODIES = (
    b"a line\r\n\r\nand another\r\n\r\nbehind it",
    b"x" * 70_000 + b"\r\n\r\n" + b"y" * 70_000,
    b"z" * (65_536 - len(HEAD)),
)
TEXT = b"The bridge opened.\r\n\r\nOn Sunday."


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the members of a package of pages whose bodies have empty lines in them, are long, or just fill a buffer."""
    path = Path(tmp_path_factory.mktemp("made"), "made.wacz")
    kind = "application/http;msgtype=response"
    with archive.PackageWriter(path, created=DATE, packing=compression("zlib")) as writer:
        for number, body in enumerate(BODIES):
            writer.write(NewRecord("response", DATE, HEAD + body, f"https://daily.example/{number}", kind))
        writer.write(NewRecord("resource", DATE, TEXT, "urn:x-text:1", "text/plain"))
    return forge.members(path.read_bytes())


def verified(parts: dict[str, bytes], digests: dict[str, dict[str, str]], **manifest: str) -> Report:
    """Return the report on the package with these fields in the lines of these addresses."""
    lines, parts = [], dict(parts)
    for line in forge.lines_of(parts):
        head, _, tail = line.partition(b"{")
        values = json.loads(b"{" + tail)
        lines.append(head + json.dumps({**values, **digests.get(values["url"], {})}).encode() + b"\n")
    forge.set_index(parts, lines)
    forge.set_manifest(parts, {**json.loads(parts[MANIFEST]), **manifest})
    forge.rehash(parts)
    forge.redigest(parts)
    return packages.verify(forge.pack(parts))


def sha1(data: bytes) -> str:
    """Return a SHA-1 in base 32, as most indexes have it, without a label."""
    return base64.b32encode(hashlib.sha1(data).digest()).decode()


@pytest.mark.parametrize("label", ["", "sha1:"])
def test_bodies(parts: dict[str, bytes], label: str) -> None:
    """A SHA-1 of what stands behind the HTTP head is right for each record; that of another record is wrong for it."""
    urls = [f"https://daily.example/{number}" for number in range(len(BODIES))]
    right = {url: {"digest": label + sha1(body)} for url, body in zip(urls, BODIES, strict=True)}
    turned = {url: {"digest": label + sha1(body)} for url, body in zip(urls, BODIES[::-1], strict=True)}

    assert {} == packages.codes(verified(parts, right))
    assert {"index.differs": 2} == packages.codes(verified(parts, turned))


def test_blocks(parts: dict[str, bytes]) -> None:
    """A SHA-1 of the whole block is right too, which is what a record without an HTTP head has; a part of it is not."""
    right = {
        f"https://daily.example/{number}": {"digest": sha1(HEAD + body)} for number, body in enumerate(BODIES)
    }
    right["urn:x-text:1"] = {"digest": sha1(TEXT)}
    wrong = {
        "urn:x-text:1": {"digest": sha1(TEXT[:-1])},
        "https://daily.example/0": {"digest": sha1(BODIES[0].rpartition(b"\r\n\r\n")[2])},
        "https://daily.example/1": {"digest": sha1(BODIES[1][:65_536])},
    }

    assert {} == packages.codes(verified(parts, right))
    assert {"index.differs": 3} == packages.codes(verified(parts, wrong))


def test_stored_records(parts: dict[str, bytes]) -> None:
    """The digests of the stored records are right each for its own line, and wrong for any other."""
    stored = [forge.sha256(record) for record in forge.records(parts)[1:]]
    urls = [*(f"https://daily.example/{number}" for number in range(len(BODIES))), "urn:x-text:1"]
    right = {url: {"recordDigest": digest} for url, digest in zip(urls, stored, strict=True)}
    turned = {
        url: {"recordDigest": digest} for url, digest in zip(urls, stored[1:] + stored[:1], strict=True)
    }

    assert {} == packages.codes(verified(parts, right))
    assert {"index.differs": len(urls)} == packages.codes(verified(parts, turned))


@pytest.mark.parametrize(("cut", "wrong"), [(0, 0), (4, 0), (2, 2), (8, 2)])
def test_stored_records_of_others(parts: dict[str, bytes], cut: int, wrong: int) -> None:
    """Of a WARC that is not compressed others leave the two line ends behind a record out, and nothing else."""
    plain, lines = b"", []
    packed = dict(zip((json.loads(b"{" + line.partition(b"{")[2])["offset"] for line in forge.lines_of(parts)),
                      forge.lines_of(parts), strict=True))  # fmt: skip
    offset_bytes = 0
    for record in forge.records(parts):
        data = gzip.decompress(record)
        if line := packed.get(str(offset_bytes)):
            head, _, tail = line.partition(b"{")
            values = json.loads(b"{" + tail)
            values |= {"offset": str(len(plain)), "length": str(len(data)), "filename": "data.warc"}
            if len(lines) < 2:
                values["recordDigest"] = forge.sha256(data[: len(data) - cut])
            lines.append(head + json.dumps(values).encode() + b"\n")
        plain += data
        offset_bytes += len(record)
    others = {name: data for name, data in parts.items() if name not in (WARC, INDEX, BLOCKS)}
    others |= {"archive/data.warc": plain, "indexes/index.cdx": b"".join(sorted(lines))}
    forge.set_manifest(others, {**json.loads(others[MANIFEST]), "software": "other"})
    others[MANIFEST] = others[MANIFEST].replace(b"provenance:records", b"else:records")
    forge.rehash(others)
    forge.redigest(others)

    assert ({"index.differs": wrong} if wrong else {}) == packages.codes(packages.verify(forge.pack(others)))


def test_whose_header_is_wrong() -> None:
    """A line that repeats a wrong digest of the record's header says what the record says: the header is what is found."""
    base = forge.members(packages.build())
    at = forge.records(base)[1]
    record = gzip.decompress(at)
    stated = record.partition(b"WARC-Payload-Digest: ")[2].partition(b"\r\n")[0]
    wrong = b"sha1:" + b"A" * 32
    base[WARC] = base[WARC].replace(at, forge.repack(record.replace(stated, wrong)))
    forge.reindex(base)
    lines = forge.lines_of(base)
    assert any(wrong in line for line in lines)
    forge.reroot(base)
    forge.rehash(base)
    forge.redigest(base)

    assert {"warc.digest-mismatch": 1} == packages.codes(packages.verify(forge.pack(base)))


def test_a_digest_that_is_none_of_its_algorithm() -> None:
    """A digest of a known algorithm in no known spelling cannot be compared: of ours a fault, of others unchecked."""
    base = forge.members(packages.build())
    url = "https://daily.example/0"
    said = {url: {"digest": "sha1:tooshort"}}

    assert {"index.differs": 1} == packages.codes(verified(base, said))
    assert {"index.digest-not-checked": 1} == packages.codes(verified(base, said, software="other"))
