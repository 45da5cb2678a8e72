"""WARC files for tests: written by hand line by line, so that they owe nothing to the writer under test."""

from __future__ import annotations

import gzip
import hashlib
import io
from collections import Counter
from collections.abc import Iterable
from typing import Any

from archive.findings import Covered, Finding, Status
from archive.warc.record import NewRecord, Placed
from archive.warc.survey import survey
from archive.warc.writer import WarcWriter, warcinfo

DATE = "2016-09-18T18:02:00Z"
URI = "https://daily.example/world/1"
ID = "<urn:uuid:00000000-0000-4000-8000-%012d>"
HTML = b"<!doctype html><title>A bridge opened</title><p>The bridge opened on Sunday.</p>"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=UTF-8\r\n\r\n" + HTML


def sha256(data: bytes) -> str:
    """Return a digest as we write it, made without our code."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def record(
    fields: dict[str, str | None] | None = None,
    block: bytes = HTML,
    *,
    number: int = 1,
    more: bytes = b"",
    version: bytes = b"WARC/1.1",
    end: bytes = b"\r\n\r\n",
) -> bytes:
    """Return a sound `resource` record; `fields` replaces header fields, None takes one away."""
    lines: dict[str, str | None] = {
        "WARC-Type": "resource",
        "WARC-Record-ID": ID % number,
        "WARC-Date": DATE,
        "WARC-Target-URI": URI,
        "WARC-Block-Digest": sha256(block),
        "Content-Type": "text/html",
        "Content-Length": str(len(block)),
        **(fields or {}),
    }
    head = b"".join(f"{name}: {value}\r\n".encode() for name, value in lines.items() if value is not None)
    return version + b"\r\n" + head + more + b"\r\n" + block + end


def response(block: bytes = HTTP, fields: dict[str, str | None] | None = None, *, number: int = 1) -> bytes:
    """Return a sound `response` record with this HTTP message."""
    own: dict[str, str | None] = {
        "WARC-Type": "response",
        "Content-Type": "application/http;msgtype=response",
    }
    return record({**own, **(fields or {})}, block, number=number)


def members(records: Iterable[bytes]) -> bytes:
    """Return the records as gzip members, one each."""
    return b"".join(gzip.compress(data, mtime=0) for data in records)


def surveyed(data: bytes, **options: Any) -> list[Placed | Finding | Covered]:
    """Return the whole survey of these bytes."""
    return list(survey(io.BytesIO(data), member="data.warc", **options))


def codes(data: bytes, **options: Any) -> Counter[str]:
    """Return the codes that a survey finds, and how often."""
    return Counter(outcome.code for outcome in surveyed(data, **options) if isinstance(outcome, Finding))


def failures(data: bytes, **options: Any) -> Counter[str]:
    """Return the codes of what fails."""
    outcomes = surveyed(data, **options)
    return Counter(
        outcome.code
        for outcome in outcomes
        if isinstance(outcome, Finding) and outcome.status is Status.FAILED
    )


def coverage(data: bytes, **options: Any) -> dict[str, tuple[int, int]]:
    """Return how much was checked, of how much, by aspect."""
    return {
        outcome.aspect: (outcome.count.checked, outcome.count.present)
        for outcome in surveyed(data, **options)
        if isinstance(outcome, Covered)
    }


def written(records: Iterable[NewRecord], **options: Any) -> tuple[bytes, list[Placed]]:
    """Return what our writer makes of these records."""
    file = io.BytesIO()
    writer = WarcWriter(file, member="data.warc", **options)
    placed = [writer.write(new) for new in records]
    return file.getvalue(), placed


def collection() -> list[NewRecord]:
    """Return one record of every type, and blocks that are awkward: odd heads, no body, chunks, bytes of all values."""
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n2;x=y\r\nfg\r\n0\r\n\r\n"
    http = "application/http;msgtype=response"
    revisit = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
    return [
        warcinfo(
            {"software": "example/1", "format": "WARC File Format 1.1"}, filename="data.warc", date=DATE
        ),
        NewRecord("response", DATE, HTTP, target_uri=URI, content_type=http),
        NewRecord("response", DATE, chunked, target_uri=URI + "?c", content_type=http),
        NewRecord(
            "request",
            DATE,
            b"GET /world/1 HTTP/1.1\r\nHost: daily.example\r\n\r\n",
            target_uri=URI,
            content_type="application/http;msgtype=request",
        ),
        NewRecord(
            "resource", DATE, bytes(range(256)) * 3, target_uri="urn:example:b", content_type="image/png"
        ),
        NewRecord(
            "conversion",
            DATE,
            "Привет, “мир”".encode(),
            target_uri=URI,
            content_type="text/plain; charset=utf-8",
            fields=(("WARC-Refers-To", ID % 7),),
        ),
        NewRecord(
            "metadata",
            DATE,
            b'{"a": 1}',
            target_uri="urn:example:m",
            content_type="application/json",
            record_id=ID % 9,
        ),
        NewRecord(
            "revisit",
            DATE,
            b"HTTP/1.1 200 OK\r\nServer:x\r\n\r\n",
            target_uri=URI,
            content_type=http,
            fields=(
                ("WARC-Profile", revisit),
                ("WARC-Payload-Digest", sha256(HTML)),
                ("WARC-Truncated", "length"),
            ),
        ),
        NewRecord("resource", DATE, b"", target_uri="urn:example:empty", content_type="text/plain"),
    ]
