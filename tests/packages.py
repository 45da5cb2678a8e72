"""Packages for tests: small ones, made by the writer under test, and what is found in any."""

from __future__ import annotations

import io
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import archive
from archive.checks import Policy, check_all
from archive.engines import compression
from archive.errors import Error
from archive.findings import Report, Status
from archive.wacz.pages import Page, page_id
from archive.warc.record import NewRecord

CREATED = "2026-01-02T03:04:05Z"
DATE = "2026-01-01T00:00:0{}Z"
URL = "https://daily.example/{}"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>The bridge opened, part %d.</p>"


def response(number: int, *, page: bool = True) -> NewRecord:
    """Return the capture of a page that says to which page of the list it belongs."""
    url, date = URL.format(number), DATE.format(number % 10)
    fields = (("WARC-Page-ID", page_id(url, date)),) if page else ()
    kind = "application/http;msgtype=response"
    return NewRecord("response", date, HTTP % number, url, kind, fields=fields)


def build(pages: int = 2, **options: Any) -> bytes:
    """Return a package of some pages, a text, what was derived from it, and a further member."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.wacz")
        with archive.PackageWriter(
            path, created=CREATED, title="Bridges", packing=compression("zlib"), **options
        ) as writer:
            fill(writer, pages)
        return path.read_bytes()


def tiny() -> bytes:
    """Return the smallest package there is: one short text."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.wacz")
        with archive.PackageWriter(path) as writer:
            writer.write(NewRecord("resource", DATE.format(0), b"x", "urn:x", "text/plain"))
        return path.read_bytes()


def fill(writer: Any, pages: int = 2) -> None:
    """Write the contents of the small package."""
    for number in range(pages):
        writer.write(response(number))
        writer.add_page(Page(URL.format(number), DATE.format(number % 10), f"Part {number}"))
    writer.write(NewRecord("resource", DATE.format(0), b"The bridge opened.", "urn:x-text:1", "text/plain"))
    writer.write(NewRecord("conversion", DATE.format(0), b"The bridge", "urn:x-text:1", "text/plain"))
    writer.write(
        NewRecord("metadata", DATE.format(0), b'{"a": 1}', "urn:x-text:1:article", "application/ld+json")
    )
    writer.add_member("provenance/articles.jsonl", [b'{"a": 1}\n', b'{"a": 2}\n'])


def verify(
    data: bytes, *, name: str = "made.wacz", policy: Policy | None = None, required: Iterable[str] = ()
) -> Report:
    """Return the report on some bytes; what cannot be opened is a report that says so."""
    try:
        with archive.open(io.BytesIO(data), name=name) as package:
            return Report.of(name, check_all(package, policy), required=required)
    except Error as error:
        return Report(name, stopped_by=error)


def codes(report: Report, *, notes: bool = False) -> Counter[str]:
    """Count what was found, by code; notes only if asked for."""
    return Counter(f.code for f in report.findings if notes or f.status is not Status.NOTE)
