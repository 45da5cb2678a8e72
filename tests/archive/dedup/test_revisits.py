"""Payloads kept once: a later capture of the same payload is a revisit as WARC 1.1 §6.7.2 has it, and can be read."""

from __future__ import annotations

from pathlib import Path

import attrs
import packages
import pytest
import warcs

import archive
from archive.dedup.payload import entity_in, original_of
from archive.dedup.revisits import PROFILE, Deduplicator
from archive.errors import UsageError
from archive.warc.record import NewRecord

HTTP = "application/http;msgtype=response"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nDate: today\r\n\r\n"
OTHER_HEAD = HEAD.replace(b"today", b"later")
BODY = b"<p>The bridge opened.</p>"
ONE, TWO = "https://daily.example/1", "https://daily.example/2"
FIRST, LATER = "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z"


def capture(head: bytes, body: bytes, url: str, date: str) -> NewRecord:
    """Return a capture that says it is a page."""
    return NewRecord("response", date, head + body, url, HTTP, fields=(("WARC-Page-ID", "p"),))


def written(path: Path, *records: NewRecord) -> Path:
    """Write the records, each payload once."""
    known = Deduplicator()
    with archive.PackageWriter(path) as writer:
        for record in records:
            known.remember(writer.write(known.revisit(record) or record))
    return path


def test_the_header_of_a_revisit(tmp_path: Path) -> None:
    """It names profile, digest, and the earlier record by id, address and date; its block is its own HTTP head."""
    path = written(
        tmp_path / "x.wacz", capture(HEAD, BODY, ONE, FIRST), capture(OTHER_HEAD, BODY, TWO, LATER)
    )
    with archive.open(path) as package:
        _, response, revisit = ((record.header, b"".join(record.chunks())) for record in package.records())

    assert ["revisit", TWO, LATER] == [revisit[0].get(f"WARC-{n}") for n in ("Type", "Target-URI", "Date")]
    assert [PROFILE] == list(revisit[0].all("WARC-Profile"))
    assert [warcs.sha256(BODY)] == list(revisit[0].all("WARC-Payload-Digest"))
    assert response[0].get("WARC-Record-ID") == revisit[0].get("WARC-Refers-To")
    assert [ONE, FIRST] == [revisit[0].get(f"WARC-Refers-To-{n}") for n in ("Target-URI", "Date")]
    assert ["length", HTTP] == [revisit[0].get("WARC-Truncated"), revisit[0].get("Content-Type")]
    assert revisit[0].get("WARC-Page-ID") is None
    assert OTHER_HEAD == revisit[1]


def test_a_package_with_revisits_is_sound(tmp_path: Path) -> None:
    """Nothing is found wrong with it."""
    records = [
        NewRecord("response", date, HEAD + BODY, url, HTTP) for url, date in ((ONE, FIRST), (TWO, LATER))
    ]
    path = written(tmp_path / "x.wacz", *records)
    report = packages.verify(path.read_bytes())

    assert "sound" == report.verdict
    assert {} == packages.codes(report)


@pytest.mark.parametrize("by", ["id", "address"])
def test_the_payload_is_read_through_the_revisit(tmp_path: Path, by: str) -> None:
    """The body of a revisit is that of the record it refers to, found by its id or else by address and date."""
    known = Deduplicator()
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        known.remember(writer.write(capture(HEAD, BODY, ONE, FIRST)))
        revisit = known.revisit(capture(OTHER_HEAD, BODY, TWO, LATER))
        assert revisit is not None
        dropped = "WARC-Refers-To" if by == "address" else "WARC-Refers-To-Target-URI"
        fields = tuple(field for field in revisit.fields if field[0] != dropped)
        writer.write(attrs.evolve(revisit, fields=fields))
    with archive.open(tmp_path / "x.wacz") as package:
        placed = package.survey(package.warc_names[0]).placed

        assert [BODY, BODY] == [entity_in(package, each).body for each in placed[1:]]
        assert placed[1] == original_of(package, placed[2])


def test_a_revisit_that_leads_nowhere(tmp_path: Path) -> None:
    """Where the earlier record is not in the package, its payload is not made up."""
    known = Deduplicator()
    with archive.PackageWriter(tmp_path / "other.wacz") as writer:
        known.remember(writer.write(capture(HEAD, BODY, ONE, FIRST)))
    revisit = known.revisit(capture(HEAD, BODY, TWO, LATER))
    assert revisit is not None
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        writer.write(revisit)
    with archive.open(tmp_path / "x.wacz") as package, pytest.raises(UsageError):
        entity_in(package, package.survey(package.warc_names[0]).placed[1])


@pytest.mark.parametrize(
    "record",
    [
        capture(HEAD, b"<p>Another.</p>", TWO, LATER),
        capture(HEAD, b"", TWO, LATER),
        NewRecord("response", LATER, BODY, TWO, "text/html"),
        NewRecord("resource", LATER, BODY, TWO, "text/html"),
        NewRecord(
            "request", LATER, b"GET / HTTP/1.1\r\n\r\n" + BODY, TWO, "application/http;msgtype=request"
        ),
    ],
)
def test_what_is_no_revisit(tmp_path: Path, record: NewRecord) -> None:
    """Another payload, an empty one, and records that are no HTTP responses are kept as they are."""
    known = Deduplicator()
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        known.remember(writer.write(capture(HEAD, BODY, ONE, FIRST)))
        known.remember(writer.write(capture(HEAD, b"", ONE, LATER)))

        assert known.revisit(record) is None
        writer.write(record)


def test_chunks_are_no_part_of_a_payload(tmp_path: Path) -> None:
    """The same body sent in chunks is the same payload: digests are over the body without its framing."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (
        len(BODY),
        BODY,
    )
    known = Deduplicator()
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        known.remember(writer.write(capture(HEAD, BODY, ONE, FIRST)))
        revisit = known.revisit(NewRecord("response", LATER, chunked, TWO, HTTP))

    assert revisit is not None
    assert b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" == revisit.block
