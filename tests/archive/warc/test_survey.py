"""What a survey finds, code by code: once where it fires, and never in a sound file."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import zlib

import pytest
import warcs

from archive.errors import NotAnArchive
from archive.findings import Covered, Finding, Status
from archive.limits import Limits
from archive.warc.codes import DIGESTS, GZIP, RULES, SYNTAX
from archive.warc.record import Placed
from archive.warc.survey import survey

SOUND = warcs.record()
PACKED = gzip.compress(SOUND, mtime=0)
HTTP = warcs.HTTP.replace(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n")
BODY = b"4\r\nabcd\r\n0\r\n\r\n"
CHUNKED = HTTP[: -len(warcs.HTML)] + BODY
ENCODED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(warcs.HTML, mtime=0)

IDENTICAL = {
    "WARC-Profile": "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest",
    "WARC-Payload-Digest": warcs.sha256(warcs.HTML),
}


def field(name: str, value: str | None, **others: str) -> bytes:
    """Return a resource record with one header field replaced."""
    return warcs.record({name: value, **others})


def truncated_trailer(data: bytes) -> bytes:
    """Return a gzip member without the last bytes of its trailer."""
    return data[:-3]


FIRES: dict[str, bytes] = {
    "gzip.damaged": PACKED[:12] + b"\xff" * 9 + PACKED[21:] + PACKED,
    "gzip.crc": PACKED[:-8] + bytes([PACKED[-8] ^ 1]) + PACKED[-7:],
    "gzip.length": PACKED[:-4] + bytes([PACKED[-4] ^ 1]) + PACKED[-3:],
    "gzip.reserved-flags": PACKED[:3] + b"\x80" + PACKED[4:],
    "gzip.cut": PACKED + truncated_trailer(PACKED),
    "gzip.trailing-bytes": PACKED + b"\0\0\0",
    "gzip.several-records": gzip.compress(SOUND + warcs.record(number=2)),
    "gzip.record-split": gzip.compress(SOUND[:90]) + gzip.compress(SOUND[90:]),
    "warc.version": warcs.record(version=b"WARC/2.0"),
    "warc.header-cut": SOUND + SOUND[:60],
    "warc.header-line": warcs.record(more=b"no colon here\r\n"),
    "warc.header-encoding": warcs.record(more=b"X-Name: caf\xe9\r\n"),
    "warc.line-ends": warcs.record(more=b"X-Name: a\n"),
    "warc.content-length": field("Content-Length", "+3"),
    "warc.record-cut": SOUND[:-20],
    "warc.record-end": SOUND[:-2],
    "warc.bytes-skipped": SOUND + b"trailing",
    "warc.limit-exceeded": warcs.record(more=b"X: y\r\n" * 600),
    "warc.field-missing": field("WARC-Date", None),
    "warc.field-repeated": warcs.record(more=b"warc-date: 2016-09-18T18:02:00Z\r\n"),
    "warc.field-forbidden": field("WARC-Filename", "a.warc"),
    "warc.field-value": field("WARC-Record-ID", "no scheme"),
    "warc.date": field("WARC-Date", "2008-10-294T05:21:46-0700"),
    "warc.target-uri": field("WARC-Target-URI", "https://daily.example/a b"),
    "warc.content-type": field("Content-Type", "html"),
    "warc.type-unknown": field("WARC-Type", "screenshot"),
    "warc.segment-number": field("WARC-Segment-Number", "2"),
    "warc.warcinfo-type": field("WARC-Type", "warcinfo", **{"WARC-Target-URI": ""}),
    "warc.profile-unknown": field("WARC-Type", "revisit", **{"WARC-Profile": "urn:x:y"}),
    "warc.revisit-untruncated": field("WARC-Type", "revisit", **IDENTICAL),
    "warc.revisit-unreferred": field("WARC-Type", "revisit", **IDENTICAL),
    "warc.digest-absent": field("WARC-Block-Digest", None),
    "warc.digest-mismatch": field("WARC-Block-Digest", warcs.sha256(b"other")),
    "warc.digest-syntax": field("WARC-Block-Digest", "sha256:zz"),
    "warc.digest-algorithm": field("WARC-Block-Digest", "xxh3:99aa06d3014798d8"),
    "warc.digest-weak": field("WARC-Block-Digest", "md5:" + hashlib.md5(warcs.HTML).hexdigest()),
    "warc.payload-digest-form": warcs.response(CHUNKED, {"WARC-Payload-Digest": warcs.sha256(BODY)}),
    "warc.payload-elsewhere": warcs.record(
        {"WARC-Type": "revisit", "WARC-Profile": "urn:x:y", "WARC-Payload-Digest": warcs.sha256(b"")}
    ),
    "http.head-unreadable": warcs.response(b"<html>no head</html>"),
    "http.msgtype": warcs.response(fields={"Content-Type": "application/http;msgtype=request"}),
    "http.head-in-resource": warcs.record(block=warcs.HTTP),
}
ELSEWHERE = {"gzip.not-canonical", "gzip.limit-exceeded", "warc.read-by-warcio", "warc.foreign-unreadable"}
"""Codes with tests of their own: they need an option, a limit, or another format."""


@pytest.mark.parametrize("code", sorted(FIRES))
def test_fires(code: str) -> None:
    """Each fault is found under its own code."""
    assert warcs.codes(FIRES[code])[code] >= 1


@pytest.mark.parametrize("code", sorted(FIRES))
def test_found_where_it_is(code: str) -> None:
    """Each finding says in which member it is, and at which offset."""
    (finding, *_) = [
        outcome
        for outcome in warcs.surveyed(FIRES[code])
        if isinstance(outcome, Finding) and outcome.code == code
    ]
    assert "data.warc" == finding.where.member
    assert finding.where.offset_bytes is not None


def test_every_code_is_tried() -> None:
    """There is no code of this room without a file in which it fires."""
    names = {code.name for code in GZIP + SYNTAX + RULES + DIGESTS}
    assert names == {code for code in FIRES if not code.startswith("http.")} | ELSEWHERE


class TestSound:
    """Nothing is found in what is as it should be."""

    @pytest.mark.parametrize("compress", [True, False])
    def test_what_we_write(self, compress: bool) -> None:
        """In a file of ours nothing is found but that the payload of a revisit lies elsewhere, and nobody says where."""
        data, _ = warcs.written(warcs.collection(), compress=compress)
        expected = {"warc.payload-elsewhere": 1, "warc.revisit-unreferred": 1}
        assert expected == warcs.codes(data, canonical=True)

    @pytest.mark.parametrize(
        "data",
        [
            SOUND,
            PACKED,
            warcs.response(),
            warcs.record(version=b"WARC/1.0"),
            warcs.record(version=b"warc/1.1"),
            field("WARC-Type", "RESOURCE"),
            field("WARC-Date", "2016"),
            field("WARC-Date", "2016-09-18t18:02:00.123456789z"),
            warcs.record(more=b"WARC-Concurrent-To: <urn:x:1>\r\nWARC-Concurrent-To: <urn:x:2>\r\n"),
            warcs.record(more=b"X-Own: 1\r\nX-Own: 2\r\n"),
            warcs.record(
                {
                    "WARC-Type": "continuation",
                    "WARC-Segment-Number": "2",
                    "WARC-Segment-Origin-ID": "<urn:x:1>",
                    "WARC-Segment-Total-Length": "99",
                    "Content-Type": None,
                }
            ),
            field("WARC-IP-Address", "2001:db8::1"),
        ],
    )
    def test_what_the_standard_allows(self, data: bytes) -> None:
        """What is unusual and allowed is not found fault with."""
        assert {} == warcs.codes(data)


class TestRules:
    """The clauses on fields, one by one."""

    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("WARC-Type", None, "warc.field-missing"),
            ("WARC-Record-ID", None, "warc.field-missing"),
            ("WARC-Target-URI", None, "warc.field-missing"),
            ("WARC-Date", "", "warc.field-missing"),
            ("WARC-Date", "2016-13-01T00:00:00Z", "warc.date"),
            ("WARC-Date", "2016-09-18T18:02:00", "warc.date"),
            ("WARC-Date", "٢٠١٦", "warc.date"),
            ("WARC-IP-Address", "256.1.1.1", "warc.field-value"),
            ("WARC-Record-ID", "<urn:uuid:a b>", "warc.field-value"),
            ("WARC-Concurrent-To", "no-scheme", "warc.field-value"),
            ("WARC-Segment-Number", "2", "warc.segment-number"),
            ("WARC-Segment-Number", "one", "warc.field-value"),
            ("WARC-Segment-Origin-ID", "<urn:x:1>", "warc.field-forbidden"),
            ("WARC-Refers-To", "<urn:x:1>", "warc.field-forbidden"),
            ("WARC-Target-URI", "daily.example", "warc.target-uri"),
            ("Content-Length", "1_0", "warc.content-length"),
            ("Content-Length", "-1", "warc.content-length"),
            ("Content-Length", "0x10", "warc.content-length"),
            ("Content-Length", "１０", "warc.content-length"),
            ("Content-Length", "1" * 19, "warc.content-length"),
            ("Content-Length", None, "warc.content-length"),
        ],
    )
    def test_fails(self, name: str, value: str | None, code: str) -> None:
        """A field that breaks a clause fails under the code of that clause."""
        assert warcs.failures(field(name, value))[code] >= 1

    @pytest.mark.parametrize("kind", ["warcinfo", "conversion", "continuation"])
    def test_capture_fields(self, kind: str) -> None:
        """What is said of a capture event does not belong on records that are none (ISO 28500 §5.7, §5.10)."""
        record = warcs.record({"WARC-Type": kind, "WARC-IP-Address": "1.2.3.4"})
        assert warcs.failures(record)["warc.field-forbidden"] >= 1

    def test_two_lengths(self) -> None:
        """Two lengths that differ leave the block unknown; two that agree are found all the same."""
        differ = warcs.record(more=b"content-length: 3\r\n")
        agree = warcs.record(more=f"Content-Length: {len(warcs.HTML)}\r\n".encode())
        assert 1 == warcs.failures(differ)["warc.content-length"]
        assert {"warc.field-repeated": 1} == warcs.failures(agree)

    @pytest.mark.parametrize(
        "value",
        [
            "<https://daily.example/>",
            "https://daily.example/новости",
            "https://daily.example/a b",
            "https://daily.example/a|b",
            "https://daily.example/100%",
        ],
    )
    def test_addresses_of_known_writers(self, value: str) -> None:
        """Brackets around an address, and what ought to be escaped in it, are told and do not fail."""
        data = field("WARC-Target-URI", value)
        assert {} == warcs.failures(data)
        assert {"warc.target-uri": 1} == warcs.codes(data)

    def test_metadata_with_payload_digest(self) -> None:
        """A payload digest on metadata, as a writer in wide use puts it there, is warned of and does not fail."""
        record = warcs.record({"WARC-Type": "metadata", "WARC-Payload-Digest": warcs.sha256(warcs.HTML)})
        assert {} == warcs.failures(record)
        assert 1 == warcs.codes(record)["warc.field-forbidden"]


class TestDigests:
    """Both digests are compared with every reading of the bytes that is in use."""

    @pytest.mark.parametrize(
        "spelled",
        [
            "sha1:" + base64.b32encode(hashlib.sha1(warcs.HTML).digest()).decode(),
            "SHA-1:" + base64.b32encode(hashlib.sha1(warcs.HTML).digest()).decode().lower(),
            "sha-256:" + hashlib.sha256(warcs.HTML).hexdigest().upper(),
            "sha512:" + hashlib.sha512(warcs.HTML).hexdigest(),
            "blake2b:" + hashlib.blake2b(warcs.HTML).hexdigest(),
        ],
    )
    def test_spellings(self, spelled: str) -> None:
        """Any algorithm and spelling in use can vouch for a block."""
        data = field("WARC-Block-Digest", spelled)
        assert {} == warcs.codes(data)
        assert (1, 1) == warcs.coverage(data)["records"]

    @pytest.mark.parametrize(
        ("block", "payload", "form"),
        [
            (warcs.HTTP, warcs.HTML, None),
            (CHUNKED, b"abcd", None),
            (CHUNKED, BODY, "body"),
            (HTTP, warcs.HTML, None),
            (ENCODED, warcs.HTML, "content-decoded"),
            (ENCODED, gzip.compress(warcs.HTML, mtime=0), None),
        ],
    )
    def test_readings_of_the_payload(self, block: bytes, payload: bytes, form: str | None) -> None:
        """A payload digest over any reading in use is right, and the finding says which it was over."""
        outcomes = warcs.surveyed(warcs.response(block, {"WARC-Payload-Digest": warcs.sha256(payload)}))
        findings = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
        assert ([] if form is None else [form]) == [finding.actual for finding in findings]

    def test_a_payload_digest_of_nothing_here(self) -> None:
        """A payload digest that fits no reading fails, and says what was tried."""
        outcomes = warcs.surveyed(warcs.response(CHUNKED, {"WARC-Payload-Digest": warcs.sha256(b"?")}))
        (finding,) = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
        assert "warc.digest-mismatch" == finding.code
        assert "WARC-Payload-Digest" == finding.where.field
        assert {"body": warcs.sha256(BODY), "de-chunked": warcs.sha256(b"abcd")} == finding.actual

    def test_payload_of_a_resource_is_its_block(self) -> None:
        """A resource whose payload digest is right needs no block digest (ISO 28500 §6.4)."""
        data = field("WARC-Block-Digest", None, **{"WARC-Payload-Digest": warcs.sha256(warcs.HTML)})
        assert {} == warcs.codes(data)

    def test_whole_and_part(self) -> None:
        """A payload digest alone leaves the HTTP head unchecked: the body counts as bytes, the record does not."""
        data = warcs.response(
            warcs.HTTP, {"WARC-Block-Digest": None, "WARC-Payload-Digest": warcs.sha256(warcs.HTML)}
        )
        assert {"warc.digest-absent": 1} == warcs.codes(data)
        assert {"records": (0, 1), "bytes": (len(warcs.HTML), len(warcs.HTTP))} == warcs.coverage(data)

    def test_nothing_is_not_a_whole(self) -> None:
        """An empty block under a payload digest alone was not compared whole: nothing says what it was."""
        data = warcs.response(b"", {"WARC-Block-Digest": None, "WARC-Payload-Digest": warcs.sha256(b"")})
        assert (0, 1) == warcs.coverage(data)["records"]

    def test_unreadable_digest_checks_nothing(self) -> None:
        """A record whose digest cannot be read or computed counts as not checked."""
        for value in ("sha256:zz", "xxh3:99aa06d3014798d8"):
            assert (0, 1) == warcs.coverage(field("WARC-Block-Digest", value))["records"]


class TestCoverage:
    """What was not checked is said."""

    def test_of_everything(self) -> None:
        """Records and bytes are counted over the whole file."""
        bare = field("WARC-Block-Digest", None)
        size = len(warcs.HTML)
        expected = {"records": (1, 2), "bytes": (size, 2 * size + 4)}
        assert expected == warcs.coverage(SOUND + b"junk" + bare)

    def test_a_broken_record_is_present(self) -> None:
        """A record of unknown length is present and not checked."""
        assert (1, 2) == warcs.coverage(field("Content-Length", None) + SOUND)["records"]

    def test_taking_a_digest_away(self) -> None:
        """Without its digest a record is no longer checked."""
        assert (0, 1) == warcs.coverage(field("WARC-Block-Digest", None))["records"]


class TestCanonical:
    """What we wrote can be asked to be framed as we frame it."""

    @pytest.mark.parametrize("at", [4, 5, 8, 9])
    def test_time_flags_system(self, at: int) -> None:
        """A byte of the head that decompressors ignore is found on demand."""
        data = bytearray(warcs.written(warcs.collection())[0])
        data[at] ^= 1
        assert "gzip.not-canonical" not in warcs.codes(bytes(data))
        assert 1 == warcs.codes(bytes(data), canonical=True)["gzip.not-canonical"]

    def test_foreign_frames_are_not_asked_for_it(self) -> None:
        """A file from another program is sound without the demand."""
        assert {} == warcs.codes(gzip.compress(SOUND))
        assert 1 == warcs.codes(gzip.compress(SOUND), canonical=True)["gzip.not-canonical"]

    def test_padding(self) -> None:
        """Bits behind the last code of a stream, which decompressors ignore, are found on demand."""
        for extra in range(64):
            packer = zlib.compressobj(6, zlib.DEFLATED, -15)
            deflated = packer.compress(warcs.record(block=b"x" * extra)) + packer.flush()
            plain = warcs.record(block=b"x" * extra)
            trailer = zlib.crc32(plain).to_bytes(4, "little") + len(plain).to_bytes(4, "little")
            head = bytes.fromhex("1f8b08000000000000ff")
            assert {} == warcs.codes(head + deflated + trailer, canonical=True)
            flipped = deflated[:-1] + bytes([deflated[-1] ^ 0x80])
            assert warcs.codes(head + flipped + trailer, canonical=True)


def test_growth_is_not_checked() -> None:
    """What grows beyond the limit is not checked, which is not the same as wrong."""
    data = warcs.members([warcs.record(block=bytes(3_000_000))])
    limits = Limits(inflate_ratio_from_bytes=1_000_000)
    (finding,) = [
        outcome
        for outcome in warcs.surveyed(data, limits=limits)
        if isinstance(outcome, Finding) and outcome.code == "gzip.limit-exceeded"
    ]
    assert Status.NOT_CHECKED is finding.status
    assert (0, 1) == warcs.coverage(data, limits=limits)["records"]


def test_no_archive() -> None:
    """A file without a record is refused, not surveyed."""
    with pytest.raises(NotAnArchive):
        list(survey(io.BytesIO(b"plain text"), member="a.txt"))


def test_order() -> None:
    """Each record is placed in the order of the file, and coverage comes last."""
    outcomes = warcs.surveyed(SOUND + warcs.record(number=2))
    assert [Placed, Placed, Covered, Covered] == [type(outcome) for outcome in outcomes]


def test_a_header_full_of_odd_lines() -> None:
    """Odd lines of one header are told one by one up to ten, so that a report cannot be flooded."""
    assert {3: 3, 10: 10, 300: 10} == {
        count: warcs.codes(warcs.record(more=b"odd\r\n" * count))["warc.header-line"]
        for count in (3, 10, 300)
    }
