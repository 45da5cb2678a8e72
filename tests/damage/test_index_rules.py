"""What is wrong with an index, by whose it is: the place, both sides, the gravity, and how many lines were checked."""

from __future__ import annotations

import gzip
import io
import json
from typing import Any

import packages
import pytest
from damage import forge
from damage.forge import BLOCKS, INDEX, MANIFEST

import archive
from archive.checks import check_all
from archive.errors import Location
from archive.findings import Count, Finding, Report, Status
from archive.limits import Limits
from archive.wacz.zipnum import block_list, blocks_of, gzip_member

PARTS = forge.members(packages.build())
LINES = forge.lines_of(PARTS)
FAILED, WARNED = Status.FAILED, Status.WARNED
OURS, OTHERS = "source-provenance/1.0", "other 1.0"
BOTH = pytest.mark.parametrize(("software", "status"), [(OURS, FAILED), (OTHERS, WARNED)])


def reported(
    lines: list[bytes],
    *,
    software: str = OURS,
    limits: Limits | None = None,
    parts: dict[str, bytes] | None = None,
) -> Report:
    """Return the report on a package with these lines for its index, in one block."""
    parts = {**(parts or PARTS), INDEX: gzip_member(b"".join(lines))}
    if BLOCKS in parts:
        parts[BLOCKS] = block_list(blocks_of(io.BytesIO(parts[INDEX])))
    forge.set_manifest(parts, {**json.loads(parts[MANIFEST]), "software": software})
    forge.rehash(parts)
    forge.redigest(parts)
    with archive.open(io.BytesIO(forge.pack(parts)), name="x.wacz", limits=limits or Limits()) as package:
        return Report.of("x.wacz", check_all(package))


def told(lines: list[bytes], **options: Any) -> list[Finding]:
    """Return what is found of the index."""
    return [
        each for each in reported(lines, **options).findings if each.code.startswith(("index.", "check."))
    ]


def named(findings: list[Finding]) -> list[tuple[str, Status, str | None]]:
    """Return codes, statuses and fields."""
    return [(each.code, each.status, each.where.field) for each in findings]


def at(number: int, lines: list[bytes], field: str | None = None) -> Location:
    """Return the place of a line."""
    return Location("x.wacz", INDEX, sum(map(len, lines[:number])), None, field)


def edited(number: int, **fields: object) -> list[bytes]:
    """Return the index with fields of a line replaced, or taken out where the value is None."""
    head, _, tail = LINES[number].partition(b"{")
    values = {**json.loads(b"{" + tail), **fields}
    line = (
        head + json.dumps({key: value for key, value in values.items() if value is not None}).encode() + b"\n"
    )
    return [*LINES[:number], line, *LINES[number + 1 :]]


def value(number: int, field: str) -> str:
    """Return a field of a line as it was written."""
    return str(json.loads(b"{" + LINES[number].partition(b"{")[2])[field])


class TestCounts:
    """How many lines were checked, of how many."""

    def test_all(self) -> None:
        """Every line of a right index is checked, and a header in front of it is none."""
        for lines in (LINES, [b" CDX N b a m s k r M S V g\n", *LINES], [b"!OpenWayback-CDXJ 1.0\n", *LINES]):
            report = reported(lines, software=OTHERS)
            assert Count(len(LINES), len(LINES)) == report.coverage["index_lines"]
            assert {} == packages.codes(report)

    def test_a_line_of_another_is_checked(self) -> None:
        """A wrong line was checked; one whose digest could not be compared was not."""
        wrong = reported(edited(0, mime="image/png"), software=OTHERS)
        unknown = reported(edited(0, digest="crc32:1"), software=OTHERS)

        assert Count(len(LINES), len(LINES)) == wrong.coverage["index_lines"]
        assert Count(len(LINES) - 1, len(LINES)) == unknown.coverage["index_lines"]

    def test_more_lines_than_records_can_have(self) -> None:
        """As many lines are gone through as the records allow; at the next one the check stops, and it is said there."""
        records = 6
        limits = Limits(lines_a_record=2)
        allowed = 1000 + records * 2
        full = [*LINES, *[LINES[-1]] * (allowed - len(LINES))]

        assert [] == [f for f in told(full, software=OTHERS, limits=limits) if f.code == "check.stopped"]
        report = reported([*full, LINES[-1], LINES[-1]], software=OTHERS, limits=limits)
        (stopped,) = [f for f in report.findings if f.code == "check.stopped"]
        assert (allowed, Location("x.wacz", INDEX)) == (stopped.expected, stopped.where)
        assert Count(allowed, allowed + 1) == report.coverage["index_lines"]


class TestLines:
    """A line and the one in front of it."""

    @BOTH
    def test_repeated(self, software: str, status: Status) -> None:
        """The second of two equal lines is told where it stands."""
        lines = [LINES[0], *LINES]
        (found,) = told(lines, software=software)

        assert ("index.line-repeated", status, at(1, lines)) == (found.code, found.status, found.where)

    @pytest.mark.parametrize(
        ("software", "status"),
        [(OURS, FAILED), (OTHERS, FAILED), ("js-wacz 0.1", WARNED), ("Scoop 1", WARNED)],
    )
    def test_unsorted(self, software: str, status: Status) -> None:
        """A line that belongs before the one in front of it is told where it stands."""
        lines = [LINES[1], LINES[0], *LINES[2:]]
        (found,) = told(lines, software=software)

        assert ("index.unsorted", status, at(1, lines)) == (found.code, found.status, found.where)

    def test_every_further_one(self) -> None:
        """Each line is held against the one in front of it, whatever was found before."""
        assert ["index.unsorted"] * 2 == [
            each.code for each in told([LINES[2], LINES[1], LINES[0], *LINES[3:]])
        ]

    def test_what_is_in_order(self) -> None:
        """The order is that of keys and times alone: keys may begin with anything, and what follows is not ordered."""
        line = b'1)/ 20260101000000 {"url": "http://%b/", "x": {}, "offset": "7", "length": "9", "filename": "x"}\n'

        assert ["index.no-record"] * 2 == [each.code for each in told([line % b"b", line % b"a", *LINES])]

    @pytest.mark.parametrize("field", ["url", "offset", "length", "filename"])
    def test_what_a_line_needs(self, field: str) -> None:
        """A line without one of the fields that it needs cannot be relied on, and its record has no line."""
        found = told(edited(0, **{field: None}))

        assert ["index.line-broken", "index.record-missing"] == [each.code for each in found]
        assert at(0, LINES) == found[0].where

    @pytest.mark.parametrize("filename", ["data.warc.gz", "archive/data.warc.gz", "../x/data.warc.gz"])
    def test_names_of_the_file(self, filename: str) -> None:
        """The WARC is found by its name alone, behind `archive/`, and behind any other folder."""
        assert [] == told(edited(0, filename=filename), software=OTHERS)

    def test_no_record(self) -> None:
        """A line that points at nothing is told where it stands."""
        found = told(edited(1, offset="7"))

        assert [at(1, LINES)] == [each.where for each in found if each.code == "index.no-record"]


class TestFields:
    """A line and its record."""

    @pytest.mark.parametrize(
        ("field", "value_there", "others"),
        [
            ("mime", "image/png", WARNED),
            ("status", "404", FAILED),
            ("length", "1", FAILED),
            ("digest", "sha256:" + "0" * 64, FAILED),
            ("recordDigest", "sha256:" + "0" * 64, FAILED),
            ("recordId", "<urn:uuid:7>", None),
            ("digest", None, WARNED),
        ],
    )
    def test_each(self, field: str, value_there: str | None, others: Status | None) -> None:
        """A field that differs is told with its name and both sides; some of others gently."""
        lines = edited(0, **{field: value_there})
        records = forge.records(PARTS)
        right = {
            "recordDigest": forge.sha256(records[1]),
            "recordId": gzip.decompress(records[1])
            .partition(b"WARC-Record-ID: ")[2]
            .partition(b"\r\n")[0]
            .decode(),
        }.get(field) or value(0, field)
        (ours,) = told(lines)

        assert ("index.differs", FAILED, at(0, LINES, field)) == (ours.code, ours.status, ours.where)
        assert (right, value_there) == (ours.expected, ours.actual)
        assert [("index.differs", others, field)] * (others is not None) == named(
            told(lines, software=OTHERS)
        )

    def test_a_media_type_in_capitals(self) -> None:
        """The case of a media type means nothing."""
        assert [] == told(edited(0, mime=value(0, "mime").upper()))

    def test_a_status_left_out(self) -> None:
        """Of a page that was answered the status belongs in its line."""
        (found,) = told(edited(0, status=None), software=OTHERS)

        assert ("200", "", FAILED) == (found.expected, found.actual, found.status)

    def test_a_digest_that_cannot_be_compared(self) -> None:
        """A digest of an unknown algorithm is a fault of ours; of others it is said, in its field, to be unchecked."""
        lines = edited(0, digest="crc32:1")

        assert [("index.differs", FAILED, "digest")] == named(told(lines))
        assert [("index.digest-not-checked", Status.NOT_CHECKED, "digest")] == named(
            told(lines, software=OTHERS)
        )

    @pytest.mark.parametrize("field", ["method", "requestBody"])
    def test_keys_of_posts(self, field: str) -> None:
        """The key of a request with a body is made of that too, and is not compared."""
        (line, *rest) = edited(0, **{field: "POST"})

        assert [] == told([line.replace(b")/0 ", b")/! ", 1), *rest], software=OTHERS)

    def test_keys(self) -> None:
        """A key that differs is told with the one that the address makes."""
        key = LINES[0].partition(b" ")[0].decode()
        (found,) = told([LINES[0].replace(b")/0 ", b")/! ", 1), *LINES[1:]])

        assert ("key", key, key.replace(")/0", ")/!")) == (found.where.field, found.expected, found.actual)

    def test_times(self) -> None:
        """A time that differs is told with the record's."""
        (found,) = told([LINES[0].replace(b" 2026", b" 2025", 1), *LINES[1:]])

        assert ("timestamp", "20260101000000", "20250101000000") == (
            found.where.field,
            found.expected,
            found.actual,
        )


class TestRecords:
    """A record and its line."""

    @pytest.mark.parametrize(
        ("number", "software", "status"),
        [(0, OURS, FAILED), (0, OTHERS, FAILED), (2, OURS, FAILED), (2, OTHERS, WARNED)],
    )
    def test_none(self, number: int, software: str, status: Status) -> None:
        """A record without a line is told where it is: of others gravely only where a reader would look for it."""
        offset_bytes = int(value(number, "offset"))
        (found,) = told([*LINES[:number], *LINES[number + 1 :]], software=software)

        assert ("index.record-missing", status) == (found.code, found.status)
        assert ("archive/data.warc.gz", offset_bytes) == (found.where.member, found.where.offset_bytes)

    def test_a_line_of_what_need_not_be_listed(self) -> None:
        """A line about a record that an index need not list is held against that record too."""
        base = dict(PARTS)
        info = len(forge.records(PARTS)[0])
        line = b'a)/ 20260101000000 {"url": "http://a/", "offset": "0", "length": "%d", "filename": "data.warc.gz"}\n'
        assert ["index.no-record"] == [each.code for each in told([line % info, *LINES], parts=base)]


class TestBlocks:
    """The list of the blocks of a compressed index."""

    @staticmethod
    def listed(listing: bytes | None, software: str = OURS) -> list[Finding]:
        """Return what is found with this list of blocks."""
        parts = (
            {**PARTS, BLOCKS: listing}
            if listing is not None
            else {k: v for k, v in PARTS.items() if k != BLOCKS}
        )
        forge.set_manifest(parts, {**json.loads(parts[MANIFEST]), "software": software})
        forge.rehash(parts)
        forge.redigest(parts)
        return [
            each for each in packages.verify(forge.pack(parts)).findings if each.code.startswith("index.")
        ]

    @BOTH
    def test_none(self, software: str, status: Status) -> None:
        """A compressed index without its list is told by its own name."""
        (found,) = self.listed(None, software)

        assert ("index.blocks-unlisted", status, INDEX) == (found.code, found.status, found.where.member)

    @pytest.mark.parametrize(
        ("old", "new", "field"),
        [
            (b"sha256:", b"sha256:0", "digest"),
            (b'"offset": 0', b'"offset": 1', "offset_bytes"),
            (b'"length": ', b'"length": 1', "length_bytes"),
            (b"daily", b"dail", "key"),
        ],
    )
    def test_a_block(self, old: bytes, new: bytes, field: str) -> None:
        """A block that is otherwise is told in the row that names it, with its field and both sides."""
        header = PARTS[BLOCKS].splitlines(keepends=True)[0]
        (found,) = self.listed(header + PARTS[BLOCKS].removeprefix(header).replace(old, new, 1))

        assert Location("made.wacz", BLOCKS, len(header), None, field) == found.where
        assert None is not found.expected != found.actual

    def test_about_another_index(self) -> None:
        """A list that names another index is told with both names, and its blocks are compared all the same."""
        listing = PARTS[BLOCKS].replace(b'"index.cdx.gz"', b'"other.cdx.gz"').replace(b"sha256:", b"sha256:0")
        first, second = self.listed(listing)

        assert (INDEX, "other.cdx.gz", "filename") == (first.expected, first.actual, first.where.field)
        assert "digest" == second.where.field

    def test_a_number_of_blocks(self) -> None:
        """A list with another number of blocks is told as a whole."""
        (found,) = self.listed(PARTS[BLOCKS].splitlines(keepends=True)[0])

        assert Location("made.wacz", BLOCKS) == found.where
