"""What holds for every WARC: what is written is read back, what is damaged is found, what is hostile is survived."""

from __future__ import annotations

import io
import random

import pytest
import warcs
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.engines import Compression, installed
from archive.errors import Error, NotAnArchive
from archive.findings import Covered, Finding, Status
from archive.limits import DEFAULT, KIB, Limits
from archive.warc.reader import read_at, read_records
from archive.warc.record import NewRecord, Placed
from archive.warc.survey import survey
from archive.warc.writer import WarcWriter

LINES = st.binary(max_size=40).map(lambda line: line.replace(b"\n", b"").replace(b"\r", b""))
HTTP_HEADS = st.lists(LINES, max_size=6).map(
    lambda lines: b"\r\n".join([b"HTTP/1.1 200 OK", *lines]) + b"\r\n\r\n"
)
BLOCKS = st.one_of(st.binary(max_size=300), st.builds(bytes.__add__, HTTP_HEADS, st.binary(max_size=300)))
VALUES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Z")), min_size=1, max_size=30)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz-", min_size=1, max_size=12).map("X-{}".format)
RECORDS = st.builds(
    NewRecord,
    type=st.sampled_from(["response", "resource", "request", "conversion", "metadata"]),
    date=st.datetimes().map(lambda at: at.isoformat(timespec="seconds") + "Z"),
    block=BLOCKS,
    target_uri=st.text("abc/?&=%20#.", max_size=30).map("https://daily.example/{}".format),
    content_type=st.sampled_from(["application/http;msgtype=response", "text/html", "image/png"]),
    fields=st.lists(st.tuples(NAMES, VALUES), max_size=3).map(tuple),
)
FILES = st.lists(RECORDS, min_size=1, max_size=4)


def findings(data: bytes, *, canonical: bool = True) -> list[Finding]:
    """Return all findings; a file that is no archive at all is a finding too."""
    try:
        outcomes = list(survey(io.BytesIO(data), member="data.warc", canonical=canonical))
    except NotAnArchive as error:
        return [Finding("not-an-archive", Status.FAILED, None, error.message)]  # type: ignore[arg-type]
    return [outcome for outcome in outcomes if isinstance(outcome, Finding)]


def failed(data: bytes) -> bool:
    """Say whether something fails."""
    return any(finding.status is Status.FAILED for finding in findings(data))


class TestRoundTrip:
    """read(write(x)) == x."""

    @given(FILES, st.booleans())
    def test_byte_for_byte(self, records: list[NewRecord], compress: bool) -> None:
        """Every block is read back byte for byte, odd HTTP heads too, and nothing is found wrong with it."""
        data, placed = warcs.written(records, compress=compress)
        blocks, problems = [], []
        for event in read_records(io.BytesIO(data), canonical=True):
            if isinstance(event, Finding):
                problems.append(event)
            else:
                blocks.append(b"".join(event.chunks()))
        assert ([record.block for record in records], []) == (blocks, problems)
        assert [record.target_uri for record in records] == [place.target_uri for place in placed]

    @given(FILES, st.booleans())
    def test_survey_places_what_the_writer_placed(self, records: list[NewRecord], compress: bool) -> None:
        """The survey and the writer say the same of every record, so that an index can be compared with its file."""
        data, placed = warcs.written(records, compress=compress)
        outcomes = warcs.surveyed(data, canonical=True)
        assert placed == [outcome for outcome in outcomes if isinstance(outcome, Placed)]
        assert all(outcome.count.whole for outcome in outcomes if isinstance(outcome, Covered))

    @pytest.mark.parametrize("compress", [True, False])
    def test_every_type(self, compress: bool) -> None:
        """The same holds for one record of every type."""
        data, placed = warcs.written(warcs.collection(), compress=compress)
        assert placed == [outcome for outcome in warcs.surveyed(data) if isinstance(outcome, Placed)]

    @given(FILES)
    def test_deterministic(self, records: list[NewRecord]) -> None:
        """The same records give the same bytes."""
        assert warcs.written(records) == warcs.written(records)


class TestDamage:
    """Damage is found."""

    def test_every_flipped_bit_of_a_compressed_file(self) -> None:
        """Every single flipped bit of a .warc.gz of ours is found."""
        data, _ = warcs.written(warcs.collection()[1:3])
        missed = [
            (at, bit)
            for at in range(len(data))
            for bit in range(8)
            if not failed(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        ]
        assert [] == missed

    def test_every_flipped_bit_of_a_plain_file_outside_the_values_of_headers(self) -> None:
        """Every flipped bit of a block, a version line or a frame is found; WARC protects no header values."""
        data, placed = warcs.written(warcs.collection()[1:3], compress=False)
        covered = set(range(len(data)))
        for place in placed:
            begin = place.offset_bytes + len("WARC/1.1\r\n")
            covered -= set(range(begin, place.offset_bytes + len(place.header.raw)))
        missed = [
            (at, bit)
            for at in sorted(covered)
            for bit in range(8)
            if not failed(data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :])
        ]
        same = {(at, 5) for at in range(4)} | {
            (len("WARC/1."), 0)
        }  # `warc/1.1` and `WARC/1.0` are versions too
        case = {(place.offset_bytes + at, bit) for place in placed for at, bit in same}
        assert case == set(missed)

    @pytest.mark.parametrize("compress", [True, False])
    def test_every_cut(self, compress: bool) -> None:
        """A file that ends anywhere but between two records is found to be cut."""
        data, placed = warcs.written(warcs.collection()[1::3], compress=compress)
        between = {place.offset_bytes for place in placed[1:]}
        missed = [size for size in range(len(data)) if size not in between and not failed(data[:size])]
        assert [] == missed
        assert not any(failed(data[:size]) for size in between)

    @given(FILES, st.data())
    def test_anything_cut_out(self, records: list[NewRecord], data: st.DataObject) -> None:
        """Bytes taken out of a compressed file are found, unless they were whole records."""
        packed, placed = warcs.written(records)
        start = data.draw(st.integers(0, len(packed) - 1))
        end = data.draw(st.integers(start + 1, len(packed)))
        whole = {place.offset_bytes for place in placed} | {len(packed)}
        if not {start, end} <= whole:
            left = packed[:start] + packed[end:]
            assert failed(left) or left in {
                packed[:one] + packed[other:] for one in whole for other in whole if one < other
            }

    @given(FILES)
    def test_taking_a_digest_away_never_improves(self, records: list[NewRecord]) -> None:
        """Without its digests a file is covered less, never more."""
        data, _ = warcs.written(records, compress=False)
        bare = data.replace(b"WARC-Block-Digest", b"XXXX-Block-Digest")
        before, after = warcs.coverage(data)["records"], warcs.coverage(bare)["records"]
        assert before[0] == before[1]
        assert after[0] <= before[0]
        assert after[1] == before[1]


class TestHostile:
    """Nothing escapes but our own errors."""

    PIECES = st.sampled_from(
        [
            b"WARC/1.1\r\n",
            b"WARC/1.0\n",
            b"WARC-Type: response\r\n",
            b"Content-Length: 5\r\n",
            b"Content-Length: 99999999\r\n",
            b"Content-Type: application/http\r\n",
            b"WARC-Block-Digest: sha1:AAAA\r\n",
            b"WARC-Payload-Digest: md5:" + b"0" * 32 + b"\r\n",
            b"Transfer-Encoding: chunked\r\n",
            b"Content-Encoding: gzip, br, deflate\r\n",
            b"HTTP/1.1 200 OK\r\n",
            b"\r\n",
            b"\r\n\r\n",
            b"hello",
            b"\x1f\x8b\x08\0\0\0\0\0\0\xff",
            warcs.members([warcs.record()]),
            warcs.record(),
            b"filedesc://x 1.1.1.1 20010101000000 text/plain 3\n",
        ]
    )
    MIXED = st.lists(st.one_of(PIECES, st.binary(max_size=12)), max_size=14).map(b"".join)

    @given(st.one_of(st.binary(max_size=400), MIXED))
    def test_any_bytes(self, data: bytes) -> None:
        """Any bytes give records and findings, or an error of ours."""
        try:
            outcomes = list(survey(io.BytesIO(data), member="data.warc", canonical=True))
        except Error:
            return
        assert {"records", "bytes"} == {
            outcome.aspect for outcome in outcomes if isinstance(outcome, Covered)
        }

    @given(MIXED, st.integers(0, 300), st.integers(0, 300))
    def test_any_place(self, data: bytes, offset: int, length: int) -> None:
        """Any place in any bytes gives a record or an error of ours."""
        try:
            record = read_at(io.BytesIO(data), offset, length)
            record.finish()
        except Error:
            return
        assert record.offset_bytes == offset

    @given(st.lists(st.integers(0, 10_000), max_size=8))
    def test_damaged_files(self, places: list[int]) -> None:
        """A file of ours with bytes overwritten anywhere gives records and findings, or an error of ours."""
        data = bytearray(warcs.written(warcs.collection())[0])
        for place in places:
            data[place % len(data)] = place % 251
        findings(bytes(data))


PACKINGS = st.sampled_from([Compression(each, level) for each in installed() for level in each.levels])


@given(st.integers(0, 1 << 32), st.integers(0, 2000), PACKINGS)
@settings(max_examples=400)
def test_what_we_write_is_canonical(seed: int, words: int, packing: Compression) -> None:
    """Whatever the bytes of a record are, and however they are compressed, the member is as we write it."""
    out = io.BytesIO()
    chance = random.Random(seed)
    payload = b" ".join(chance.randbytes(chance.randint(1, 4)).hex().encode() for _ in range(words))
    record = NewRecord("resource", "2024-03-04T10:00:00Z", payload, "urn:x:1", "application/octet-stream")
    WarcWriter(out, member="a", packing=packing).write(record)
    outcomes = list(survey(io.BytesIO(out.getvalue()), member="a", canonical=True))
    assert [outcome.code for outcome in outcomes if isinstance(outcome, Finding)] == []


SMALL = Limits(inflate_ratio=40, inflate_ratio_from_bytes=1024 * KIB)
"""Limits in proportion to the usual ones, so that a few megabytes are a large record."""
DENSE = st.sampled_from([b"\0", b"a b c. ", b"The bridge opened. " * 20, random.Random(1).randbytes(4096)])
"""What a stretch of a block repeats: the first grows a thousand times, the last some hundred times."""


@given(st.lists(st.tuples(DENSE, st.integers(1, 1536)), min_size=1, max_size=4), PACKINGS)
@settings(max_examples=25, deadline=None)
def test_no_reader_is_stopped_by_what_we_write(
    stretches: list[tuple[bytes, int]], packing: Compression
) -> None:
    """However dense a record is, and wherever in it, its gzip member stays within the limits of a reader."""
    block = b"".join((unit * (size * KIB // len(unit) + 1))[: size * KIB] for unit, size in stretches)
    record = NewRecord("resource", "2024-03-04T10:00:00Z", block, "urn:x:1", "application/octet-stream")
    for canonical in (False, True):
        data, _ = warcs.written([record, record], packing=packing, limits=SMALL)
        outcomes = warcs.surveyed(data, limits=SMALL, canonical=canonical)
        assert [] == [outcome.code for outcome in outcomes if isinstance(outcome, Finding)]


@pytest.mark.parametrize("unit", [b"\0", b"a b c. "])
def test_a_large_monotonous_record(unit: bytes) -> None:
    """Twenty million bytes of one phrase are read to their end with the usual limits, and are still compressed."""
    block = unit * (20_000_000 // len(unit))
    record = NewRecord("resource", "2024-03-04T10:00:00Z", block, "urn:x:1", "text/plain")
    data, _ = warcs.written([record])

    assert {} == warcs.codes(data, canonical=True)
    assert {"records": (1, 1), "bytes": (len(block), len(block))} == warcs.coverage(data)
    assert len(data) < len(block) // 3
    assert len(block) < len(data) * DEFAULT.inflate_ratio
