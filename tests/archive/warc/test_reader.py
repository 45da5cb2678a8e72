"""Records read: exact places, raw headers, and going on behind what is broken."""

from __future__ import annotations

import gzip
import io
import zlib

import pytest
import warcs

from archive.errors import NotAnArchive, Unreadable, WarcSyntaxError
from archive.findings import Finding
from archive.limits import Limits
from archive.warc.reader import Record, read_at, read_records

ONE, TWO, THREE = (warcs.record(number=number) for number in (1, 2, 3))


def read(data: bytes | io.BytesIO, **options: object) -> tuple[list[tuple[str, bytes, int, int]], list[str]]:
    """Return id, block, offset and length of each record, and the codes of what was found."""
    file = io.BytesIO(data) if isinstance(data, bytes) else data
    records, found = [], []
    for event in read_records(file, **options):  # type: ignore[arg-type]
        if isinstance(event, Finding):
            found.append(event.code)
        else:
            block = b"".join(event.chunks())
            event.finish()
            name = event.header.get("WARC-Record-ID") or ""
            records.append((name, block, event.offset_bytes, event.length_bytes or 0))
    return records, found


def numbers(data: bytes, **options: object) -> list[int]:
    """Return the numbers of the records that are read."""
    return [int(name[-5:-1]) for name, *_ in read(data, **options)[0]]


class TestPlaces:
    """Offsets and lengths are those of the file."""

    def test_plain(self) -> None:
        """In a plain file a record lies from its version line to its last line end."""
        records, found = read(ONE + TWO)
        assert [(0, len(ONE)), (len(ONE), len(TWO))] == [(offset, length) for *_, offset, length in records]
        assert [] == found

    def test_compressed(self) -> None:
        """In a compressed file a record lies where its gzip member lies."""
        first, second = gzip.compress(ONE, mtime=0), gzip.compress(TWO, mtime=0)
        records, found = read(first + second)
        assert [(0, len(first)), (len(first), len(second))] == [place[2:] for place in records]
        assert [] == found

    def test_raw_header(self) -> None:
        """The header is kept byte for byte, as far as the empty line."""
        data = warcs.record(more="X-Name:  Ωmega \r\n folded\t\r\n".encode())
        (record,) = [event for event in read_records(io.BytesIO(data)) if isinstance(event, Record)]
        assert data.startswith(record.header.raw + b"\r\n" + warcs.HTML)
        assert "Ωmega folded" == record.header.get("x-name")

    def test_a_block_that_is_not_read(self) -> None:
        """The next record is found whether or not the block before it was read."""
        assert [1, 2, 3] == [
            int((event.header.get("WARC-Record-ID") or "")[-5:-1])
            for event in read_records(io.BytesIO(ONE + TWO + THREE))
            if isinstance(event, Record)
        ]

    def test_members_with_name_and_extra(self) -> None:
        """The optional parts of a gzip head are passed over (RFC 1952 §2.3)."""
        body = zlib.compressobj(6, zlib.DEFLATED, -15)
        deflated = body.compress(ONE) + body.flush()
        trailer = zlib.crc32(ONE).to_bytes(4, "little") + len(ONE).to_bytes(4, "little")
        head = b"\x1f\x8b\x08\x1e\0\0\0\0\0\x03" + b"\x04\0abcd" + b"name\0" + b"comment\0" + b"\x12\x34"
        records, found = read(head + deflated + trailer + gzip.compress(TWO))
        assert [0, len(head + deflated + trailer)] == [place[2] for place in records]
        assert [] == found

    def test_several_records_in_one_member(self) -> None:
        """Records that share a member are read, without a length: they cannot be looked up."""
        records, found = read(gzip.compress(ONE + TWO) + gzip.compress(THREE))
        assert [warcs.HTML] * 3 == [block for _, block, *_ in records]
        assert [True, True, False] == [length == 0 for *_, length in records]
        assert ["gzip.several-records"] == found

    def test_a_record_over_several_members(self) -> None:
        """A file that was compressed in blocks is read as one stream."""
        data = ONE + TWO
        members = [gzip.compress(data[at : at + 97]) for at in range(0, len(data), 97)]
        records, found = read(b"".join(members))
        assert [warcs.HTML] * 2 == [block for _, block, *_ in records]
        assert {"gzip.record-split", "gzip.several-records"} == set(found)

    def test_a_file_that_cannot_go_back(self) -> None:
        """A pipe is read in one pass."""

        class Pipe(io.BytesIO):
            def seekable(self) -> bool:
                return False

            def seek(self, *_: object) -> int:
                raise io.UnsupportedOperation("seek")

        assert 2 == len(read(Pipe(ONE + TWO))[0])
        assert 2 == len(read(Pipe(warcs.members([ONE, TWO])))[0])


class TestAfterDamage:
    """What comes behind a broken record is read."""

    def test_junk_between(self) -> None:
        """Bytes between records are counted, and the next record is found."""
        assert [1, 2] == numbers(ONE + b"garbage\n\n" + TWO)
        assert ["warc.bytes-skipped"] == read(b"garbage\n" + ONE)[1]

    def test_a_block_shorter_than_it_says(self) -> None:
        """A record that was broken off swallows the next one, which is found inside it."""
        assert [1, 2, 3] == numbers(ONE[:-40] + TWO + THREE)

    def test_an_endless_length(self) -> None:
        """A length beyond the end of the file hides nothing."""
        long = warcs.record({"Content-Length": "1999999999"})
        records, found = read(long + TWO + THREE)
        assert 3 == len(records)
        assert ["warc.record-cut"] == found

    def test_no_length(self) -> None:
        """Without a length the next record is looked for by its first line."""
        assert [1, 2] == numbers(warcs.record({"Content-Length": None}) + TWO)

    def test_damaged_member(self) -> None:
        """A gzip member that cannot be inflated costs its own record only."""
        broken = bytearray(gzip.compress(TWO))
        broken[14:40] = b"\xff" * 26
        data = gzip.compress(ONE) + bytes(broken) + gzip.compress(THREE)
        records, found = read(data)
        assert {1, 3} <= {int(name[-5:-1]) for name, *_ in records}
        assert "gzip.damaged" in found

    def test_a_crash_and_then_more(self) -> None:
        """A member that was broken off when its writer crashed does not hide what was appended later."""
        data = gzip.compress(ONE) + gzip.compress(TWO)[:60] + gzip.compress(THREE)
        assert {1, 3} <= set(numbers(data))

    def test_a_record_inside_a_sound_record(self) -> None:
        """A WARC that is the content of a record is not taken for records."""
        assert [9] == numbers(warcs.record({"Content-Type": "application/warc"}, ONE + TWO, number=9))


class TestNoArchive:
    """A file in which nothing is a record."""

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\r\n",
            b"hello",
            b"WARC",
            gzip.compress(b""),
            gzip.compress(b"hello"),
            b"\x1f\x8b",
            b"PK\x03\x04" * 99,
        ],
    )
    def test_is_refused(self, data: bytes) -> None:
        """Empty, text, an empty gzip, a ZIP: no archive."""
        with pytest.raises(NotAnArchive):
            read(data)

    def test_what_the_system_refuses(self) -> None:
        """An error of the operating system becomes ours."""

        class Broken(io.BytesIO):
            def read(self, *_: object) -> bytes:
                raise OSError(5, "Input/output error")

        with pytest.raises(Unreadable):
            read(Broken(ONE))


class TestLimits:
    """Nothing is read without a bound."""

    def test_header(self) -> None:
        """A header larger than the limit is not read, and the next record is."""
        data = warcs.record(more=b"X: " + b"y" * 70_000 + b"\r\n") + TWO
        records, found = read(data)
        assert 2 == len(records)
        assert "warc.limit-exceeded" in found

    def test_header_without_an_end(self) -> None:
        """A header line without an end costs no more than the limit."""
        assert "warc.limit-exceeded" in read(b"WARC/1.1\r\nX: " + b"y" * 3_000_000)[1]

    def test_fields(self) -> None:
        """More fields than the limit are not kept."""
        assert "warc.limit-exceeded" in read(warcs.record(more=b"X: y\r\n" * 600))[1]

    @pytest.mark.parametrize("pack", [b"".join, warcs.members])
    def test_record(self, pack: object) -> None:
        """A record larger than the limit is passed over, and the next one is read."""
        big = warcs.record(block=b"x" * 5000)
        data = pack([big, TWO])  # type: ignore[operator]
        records, found = read(data, limits=Limits(record_bytes=4999))
        assert [b"", warcs.HTML] == [block for _, block, *_ in records]
        assert "warc.limit-exceeded" in found

    def test_growth(self) -> None:
        """A member that inflates too much is given up, and the next one is read."""
        data = warcs.members([warcs.record(block=bytes(3_000_000)), TWO])
        records, found = read(data, limits=Limits(inflate_ratio_from_bytes=1_000_000))
        assert warcs.HTML == records[-1][1]
        assert "gzip.limit-exceeded" in found
        assert 3_000_000 == len(read(data)[0][0][1])


class TestOneRecord:
    """`read_at`: what an index points to."""

    @pytest.mark.parametrize("compress", [True, False])
    def test_every_record(self, compress: bool) -> None:
        """Every record is found again at the place that the writer told."""
        data, placed = warcs.written(warcs.collection(), compress=compress)
        for place in placed:
            record = read_at(io.BytesIO(data), place.offset_bytes, place.length_bytes)
            block = b"".join(record.chunks())
            record.finish()
            assert (place.header, place.length_bytes, []) == (
                record.header,
                record.length_bytes,
                record.findings,
            )
            assert warcs.sha256(block) == place.block_digest

    @pytest.mark.parametrize("place", [(1, 50), (10**6, 10), (-1, 10), (0, -3), (1 << 70, 1)])
    def test_no_record_there(self, place: tuple[int, int]) -> None:
        """A place where no record begins is refused."""
        with pytest.raises(WarcSyntaxError):
            read_at(io.BytesIO(ONE + TWO), *place)

    def test_nothing_behind_the_range(self) -> None:
        """What lies behind the range is not read: a range too short cuts the record."""
        record = read_at(io.BytesIO(ONE + TWO), 0, len(ONE) - 10)
        record.finish()
        assert ["warc.record-cut"] == [finding.code for finding in record.findings]
