"""Indexes and page lists that say something else than the records, with every hash re-fixed around them."""

from __future__ import annotations

import gzip
import json
from typing import Any

import packages
import pytest
from damage import forge
from damage.forge import BLOCKS, INDEX, PAGES

from archive.findings import Report, Verdict

PARTS = forge.members(packages.build())
LINES = forge.lines_of(PARTS)


def verified(**changed: bytes) -> Report:
    """Return the report on a package with other members under all hashes."""
    return rebuilt({**PARTS, **{globals()[name]: data for name, data in changed.items()}})


def rebuilt(parts: dict[str, bytes], *, software: str | None = None) -> Report:
    """Return the report on these members; `software` makes it somebody else's package."""
    parts = dict(parts)
    if software:
        manifest = json.loads(parts[forge.MANIFEST])
        forge.set_manifest(parts, {**manifest, "software": software})
    forge.rehash(parts)
    forge.redigest(parts)
    return packages.verify(forge.pack(parts))


def with_lines(lines: list[bytes], **options: Any) -> Report:
    """Return the report on a package with this index."""
    parts = dict(PARTS)
    forge.set_index(parts, lines)
    return rebuilt(parts, **options)


def edited(number: int, **fields: str | None) -> list[bytes]:
    """Return the index with fields of one line replaced, or taken out where the value is None."""
    head, _, tail = LINES[number].partition(b"{")
    values = {**json.loads(b"{" + tail), **fields}
    line = (
        head + json.dumps({key: value for key, value in values.items() if value is not None}).encode() + b"\n"
    )
    return [*LINES[:number], line, *LINES[number + 1 :]]


def test_the_index_as_written() -> None:
    """The index as it was written is right in every line."""
    report = with_lines(LINES)

    assert Verdict.SOUND is report.verdict
    assert len(LINES) == report.coverage["index_lines"].checked


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("url", "https://other.example/0"),
        ("mime", "text/plain"),
        ("status", "404"),
        ("digest", "sha256:" + 64 * "0"),
        ("digest", "sha1:" + 32 * "A"),
        ("digest", "what is this"),
        ("digest", None),
        ("length", "1"),
        ("status", None),
        ("recordDigest", "sha256:" + 64 * "0"),
    ],
)
def test_a_field_differs(field: str, value: str | None) -> None:
    """43: a line that says something else than its record is found, in each of its fields."""
    report = with_lines(edited(0, **{field: value}))
    places = {finding.where.field for finding in report.findings if finding.code == "index.differs"}

    assert Verdict.UNSOUND is report.verdict
    assert field in places
    assert places <= {field, "key"}


def test_the_key_differs() -> None:
    """A line under another key than its URL's is never found by a reader, so it is found here."""
    report = with_lines(
        [LINES[0].replace(b"com,", b"com,", 1).replace(b"example,daily)", b"example,daila)", 1), *LINES[1:]]
    )

    assert {"index.differs": 1} == dict(packages.codes(report))
    assert ["key"] == [f.where.field for f in report.findings if f.code == "index.differs"]


def test_the_time_differs() -> None:
    """A line with another time than its record is found, and so is the page that is no longer captured then."""
    report = with_lines([LINES[0].replace(b" 2026", b" 2025", 1), *LINES[1:]])

    assert {"index.differs": 1, "page.not-indexed": 1} == dict(packages.codes(report))


def test_a_right_record_digest() -> None:
    """A line may carry the digest of the stored record, if it is right."""
    record = forge.records(PARTS)[1]

    assert Verdict.SOUND is with_lines(edited(0, recordDigest=forge.sha256(record))).verdict


def test_a_digest_of_another_algorithm() -> None:
    """A SHA-1 in a line is compared with the bytes of the record, though the record gives SHA-256."""
    import base64
    import hashlib

    body = gzip.decompress(forge.records(PARTS)[1]).removesuffix(b"\r\n\r\n").rpartition(b"\r\n\r\n")[2]
    digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()

    assert Verdict.SOUND is with_lines(edited(0, digest=digest)).verdict


@pytest.mark.parametrize(
    ("label", "algorithm"), [("sha-224", "sha224"), ("sha3-512", "sha3_512"), ("blake2b", "blake2b")]
)
def test_a_digest_in_any_spelling_of_records(label: str, algorithm: str) -> None:
    """What a record's header may give as a digest a line may give too: compared it is, in base 64 as well."""
    import base64
    import hashlib

    body = gzip.decompress(forge.records(PARTS)[1]).removesuffix(b"\r\n\r\n").rpartition(b"\r\n\r\n")[2]
    right, wrong = (
        f"{label}:{base64.b64encode(hashlib.new(algorithm, data).digest()).decode()}" for data in (body, b"x")
    )

    assert Verdict.SOUND is with_lines(edited(0, digest=right)).verdict
    assert {"index.differs": 1} == dict(packages.codes(with_lines(edited(0, digest=wrong))))


def test_an_unknown_digest_in_a_foreign_index() -> None:
    """A digest in an unknown spelling is not checked, and then the package is not sound; it is no accusation."""
    report = with_lines(edited(0, digest="crc32:abcd"), software="another")

    assert Verdict.UNDECIDED is report.verdict
    assert {"index.digest-not-checked": 1} == dict(packages.codes(report))


def test_a_line_that_points_nowhere() -> None:
    """40: a line with another offset points at nothing, and its record has no line."""
    assert {"index.no-record": 1, "index.record-missing": 1} == dict(
        packages.codes(with_lines(edited(0, offset="99999")))
    )


def test_a_line_that_points_at_another_record() -> None:
    """40: a line with the offset of another record says everything wrong of it."""
    offset = json.loads(LINES[1].partition(b" ")[2].partition(b" ")[2])["offset"]
    report = with_lines(edited(0, offset=offset))

    assert {"index.differs", "index.record-missing"} == set(packages.codes(report))


@pytest.mark.parametrize("number", range(len(LINES)))
def test_a_line_removed(number: int) -> None:
    """41: a record without a line cannot be reached; whichever line it is."""
    codes = packages.codes(with_lines([*LINES[:number], *LINES[number + 1 :]]))

    assert 1 == codes["index.record-missing"]


def test_a_phantom_line() -> None:
    """42: a line about a capture that never was points at nothing."""
    phantom = b'aaa)/ 20260101000000 {"url": "http://aaa/", "digest": "", "offset": "7", "length": "9", "filename": "x"}\n'

    assert {"index.no-record": 1} == dict(packages.codes(with_lines([phantom, *LINES])))


def test_lines_out_of_order() -> None:
    """44: an index that is not sorted by its bytes is found line by line."""
    report = with_lines([LINES[1], LINES[0], *LINES[2:]])

    assert {"index.unsorted": 1} == dict(packages.codes(report))


@pytest.mark.parametrize(
    "line",
    [
        b"no json here\n",
        b"a)/ 2026 [1]\n",
        b"a)/ when {}\n",
        b'a)/ 2026 {"url": "http://a/"}\n',
        b'a)/ 2026 {"url": "a", "url": "b", "offset": "0", "length": "1", "filename": "x"}\n',
        b"\xff\xfe\n",
        b"a)/ 2026 {" + b'"a": [' * 1000 + b"\n",
    ],
)
def test_a_line_that_cannot_be_read(line: bytes) -> None:
    """A line that is no key, time and object with the needed fields, each once, is found and not guessed at."""
    import io

    from archive.wacz.zipnum import block_list, blocks_of, gzip_member

    parts = {**PARTS, INDEX: gzip_member(line + b"".join(LINES))}
    parts[BLOCKS] = block_list(blocks_of(io.BytesIO(parts[INDEX])))
    codes = packages.codes(rebuilt(parts))

    assert 1 == codes["index.line-broken"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"sha256:", b"sha256:0"),
        (b'"offset": 0', b'"offset": 1'),
        (b'"length": ', b'"length": 1'),
        (b"daily", b"dail"),
    ],
)
def test_block_list_differs(old: bytes, new: bytes) -> None:
    """45: a block list with another digest, offset, length or key than its blocks have is found."""
    assert {"index.block-differs": 1} == dict(
        packages.codes(verified(BLOCKS=PARTS[BLOCKS].replace(old, new, 1)))
    )


@pytest.mark.parametrize(
    "listing", [PARTS[BLOCKS].splitlines(keepends=True)[0], PARTS[BLOCKS] + b"x {}\n", b"\xff {"]
)
def test_block_list_of_another_length(listing: bytes) -> None:
    """A block list that leaves a block out, names one too many, or cannot be read, is found."""
    assert {"index.block-differs": 1} == dict(packages.codes(verified(BLOCKS=listing)))


def test_block_list_removed() -> None:
    """Our compressed index comes with its block list; of other packages the lack is a warning."""
    without = {name: data for name, data in PARTS.items() if name != BLOCKS}

    assert Verdict.UNSOUND is rebuilt(without).verdict
    foreign = rebuilt(without, software="another")
    assert Verdict.SOUND is foreign.verdict
    assert {"index.blocks-unlisted": 1} == dict(packages.codes(foreign))


def test_index_cut() -> None:
    """An index whose compression breaks off is found, and so are the records that are no longer listed."""
    codes = packages.codes(verified(INDEX=PARTS[INDEX][:-30]))

    assert 1 == codes["index.damaged"]


def test_index_of_somebody_else() -> None:
    """An index that is not compressed needs no block list, and may leave metadata out with a warning."""
    parts = {name: data for name, data in PARTS.items() if name not in (INDEX, BLOCKS)}
    plain = b"".join(line for line in LINES if b"article" not in line)
    report = rebuilt({**parts, "indexes/index.cdxj": plain}, software="another")

    assert {"index.record-missing": 1} == dict(packages.codes(report))
    assert Verdict.SOUND is report.verdict


ROWS = PARTS[PAGES].splitlines(keepends=True)


@pytest.mark.parametrize("number", [1, 2])
def test_page_removed(number: int) -> None:
    """A page that was taken out of the list is missed by the records that belong to it."""
    codes = packages.codes(verified(PAGES=b"".join([*ROWS[:number], *ROWS[number + 1 :]])))

    assert 1 == codes["page.unlisted"]


def test_page_of_another_time() -> None:
    """A page at a time at which it was not captured is found in our packages, and forgiven in those of others."""
    listed = PARTS[PAGES].replace(b"2026-01-01T00:00:00Z", b"2026-01-01T00:00:07Z")

    assert {"page.not-indexed": 1} == dict(packages.codes(verified(PAGES=listed)))
    assert Verdict.SOUND is rebuilt({**PARTS, PAGES: listed}, software="another").verdict


@pytest.mark.parametrize(
    "row", [b"[]\n", b'{"url": "x"}\n', b"{\n", b'{"url": "x", "ts": "2026", "ts": "2025"}\n']
)
def test_page_that_cannot_be_read(row: bytes) -> None:
    """A line of the page list that is no page is found."""
    assert {"page.broken": 1} == dict(packages.codes(verified(PAGES=PARTS[PAGES] + row)))


@pytest.mark.parametrize("rows", [b"".join(ROWS[1:]), b""])
def test_page_list_without_header(rows: bytes) -> None:
    """A page list without its header is told; the pages in it are read all the same."""
    assert 1 == packages.codes(verified(PAGES=rows))["page.header-missing"]


def test_unsigned() -> None:
    """23: an unsigned package says so, in a note and in its coverage: no byte betrays that a signature is gone."""
    report = packages.verify(forge.pack(PARTS))

    assert {"signature.absent": 1} == dict(packages.codes(report, notes=True))
    assert (0, 0) == (report.coverage["signatures"].checked, report.coverage["signatures"].present)
