"""ARC and draft versions of WARC, through another library, with no error but ours."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable

import pytest
import warcs

from archive.errors import Error
from archive.findings import Finding, Status
from archive.warc.foreign import is_foreign
from archive.warc.reader import read_records
from archive.warc.record import Placed

BLOCK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>old</p>"
VERSION = b"1 0 Example\nURL IP-address Archive-date Content-type Archive-length\n"
FILEDESC = b"filedesc://old.arc 127.0.0.1 20020102030405 text/plain %d\n" % len(VERSION) + VERSION + b"\n"
DNS = b"dns:old.example 192.0.2.1 20020102030405 text/dns 4\n\x00dns\n"


def arc_line(length: int | str) -> bytes:
    """Return the line that ARC has for a header."""
    return f"http://old.example/ 192.0.2.1 20020102030405 text/html {length}\n".encode()


ARC = FILEDESC + arc_line(len(BLOCK)) + BLOCK + b"\n"


def placed(data: bytes) -> list[Placed]:
    """Return the records in their places."""
    return [outcome for outcome in warcs.surveyed(data) if isinstance(outcome, Placed)]


def pack(data: bytes) -> bytes:
    """Return an ARC file compressed record by record."""
    cut = data.index(arc_line(len(BLOCK))) if arc_line(len(BLOCK)) in data else len(FILEDESC)
    return gzip.compress(data[:cut]) + gzip.compress(data[cut:])


@pytest.mark.parametrize("packed", [bytes, pack])
def test_arc(packed: Callable[[bytes], bytes]) -> None:
    """An ARC record becomes a response with address, date, status and a computed digest, and no invented id."""
    _, record = placed(packed(ARC))
    assert ("response", "http://old.example/", "2002-01-02T03:04:05Z", "", 200, "text/html") == (
        record.type,
        record.target_uri,
        record.date,
        record.record_id,
        record.http_status,
        record.media_type,
    )
    assert (warcs.sha256(BLOCK), warcs.sha256(b"<p>old</p>")) == (record.block_digest, record.payload_digest)


def test_says_so() -> None:
    """A note says that another library read the file, and its records are not checked."""
    assert {"warc.read-by-warcio": 1, "warc.digest-absent": 2} == warcs.codes(ARC)
    assert (0, 2) == warcs.coverage(ARC)["records"]


def test_dns_is_not_http() -> None:
    """A DNS answer has no HTTP head."""
    _, record = placed(FILEDESC + DNS)
    assert (None, None) == (record.http_status, record.media_type)


def test_cut_inside() -> None:
    """A block that is shorter than its line says is found; the other library passes over it."""
    assert 1 == warcs.failures(ARC[:-8])["warc.record-cut"]


def test_no_length() -> None:
    """A length that is none is found; the other library takes it for zero."""
    assert 1 == warcs.failures(FILEDESC + arc_line("abc") + b"\n")["warc.content-length"]


def test_stops() -> None:
    """Where the other library gives up, what was read so far stays, and it is said."""
    assert 1 == warcs.failures(ARC + b"\nno arc line\n")["warc.foreign-unreadable"]
    assert 2 == len(placed(ARC + b"\nno arc line\n"))


@pytest.mark.parametrize("version", [b"WARC/0.17", b"WARC/0.18"])
def test_drafts(version: bytes) -> None:
    """Drafts of WARC are read with their digests compared and their fields looked at."""
    data = warcs.record(version=version) + warcs.record({"WARC-Date": None}, number=2, version=version)
    assert {"warc.read-by-warcio": 1, "warc.field-missing": 1} == warcs.codes(data)
    assert (2, 2) == warcs.coverage(data)["records"]


def test_no_line_end_behind_a_block() -> None:
    """Bytes behind a block that are no line end are warned of in ARC, where writers differ, and fail in a draft."""
    assert Status.WARNED in statuses(ARC[:-1] + b"x\n" + arc_line(1) + b"y\n")
    assert Status.FAILED in statuses(warcs.record(version=b"WARC/0.18", end=b"x\r\n\r\n"))


def statuses(data: bytes) -> list[Status]:
    """Return the statuses of what is found at the end of records."""
    outcomes = warcs.surveyed(data)
    return [
        outcome.status
        for outcome in outcomes
        if isinstance(outcome, Finding) and outcome.code == "warc.record-end"
    ]


def test_ours_are_not_foreign() -> None:
    """WARC 1.0 and 1.1 are read by our own reader."""
    assert {} == warcs.codes(warcs.record())
    assert [True, False, False] == [
        is_foreign(head) for head in (b"filedesc://x", b"WARC/1.0\r\n", b"WARC/1.1\r\n")
    ]


@pytest.mark.parametrize("data", [ARC, pack(ARC), warcs.record(version=b"WARC/0.18")])
def test_no_error_but_ours(data: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Every cut, and a flip in every byte, gives records, findings, or an error of ours."""
    damaged = [data[:size] for size in range(0, len(data), 3)]
    damaged += [data[:at] + bytes([data[at] ^ 0x11]) + data[at + 1 :] for at in range(0, len(data), 2)]
    for case in damaged:
        try:
            for event in read_records(io.BytesIO(case)):
                if not isinstance(event, Finding):
                    event.finish()
        except Error:
            continue
    capsys.readouterr()  # the other library prints


def test_alike_arc_records_get_ids_of_their_own() -> None:
    """Two records of an ARC that are alike in everything, which has no ids, are copied under two ids; again the same."""
    from archive.warc.record import NewRecord, Record

    def copied() -> list[str]:
        news = [
            NewRecord(
                "response",
                record.header.get("WARC-Date") or "",
                b"".join(record.chunks()),
                record.header.get("WARC-Target-URI"),
                record.header.get("Content-Type"),
            )
            for record in read_records(io.BytesIO(ARC + arc_line(len(BLOCK)) + BLOCK + b"\n"))
            if isinstance(record, Record) and record.header.get("WARC-Target-URI")
        ]
        assert 2 == len(news)
        assert news[0] == news[1]
        return [placed.record_id for placed in warcs.written(news)[1]]

    one, other = copied()
    assert one != other
    assert [one, other] == copied()
