"""Mistakes that are known of a writer: each row of the table is named where it fits, and nowhere else."""

from __future__ import annotations

import base64
import gzip
import hashlib

import pytest
import warcs
from damage.warc_made import (
    HEAD,
    HTML,
    IDENTICAL,
    Change,
    again,
    block,
    both,
    drop,
    frame,
    plain,
    put,
    record_id,
    sha256,
)

from archive.findings import Covered, Finding, Status
from archive.warc.rules.writers import KNOWN

_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_BODY = b"4\r\nabcd\r\n0\r\n\r\n"
_CODED = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(HTML, mtime=0)
_ALL = ("Content-Length", "WARC-Block-Digest", "WARC-Payload-Digest")
_TWO = _ALL[:2]
_OF_NOTHING = f"sha1:{base64.b32encode(hashlib.sha1(b'').digest()).decode()}"
_REWRITTEN = block("response", HEAD.replace(b": ", b":") + HTML)

FITS: dict[str, tuple[str, Change]] = {
    "wget": ("warc.target-uri", put("resource", "WARC-Target-URI", "<urn:x:1>")),
    "wpull, grab-site": ("warc.field-forbidden", put("info", "WARC-Warcinfo-ID", record_id("info"))),
    "warcio, Common Crawl": (
        "warc.field-forbidden",
        put("metadata", "WARC-Payload-Digest", sha256(b"via: x\r\n")),
    ),
    "warcio, Webrecorder, pywb": ("warc.digest-mismatch", _REWRITTEN),
    "wget --warc-dedup": ("warc.digest-absent", put("revisit", "WARC-Block-Digest", _OF_NOTHING)),
    "Webrecorder, pywb": ("warc.digest-mismatch", block("revisit", HEAD.replace(b": ", b":"))),
    "several writers": ("warc.digest-mismatch", put("response", "WARC-Payload-Digest", sha256(HEAD + HTML))),
    "warcio, wget, Heritrix, warcprox": (
        "warc.payload-digest-form",
        both(
            block("response", _CHUNKED + _BODY, fixed=_TWO),
            put("response", "WARC-Payload-Digest", sha256(_BODY)),
        ),
    ),
    "recorders in a browser": ("warc.payload-digest-form", block("response", _CODED, fixed=_TWO)),
    "warcio.js, ArchiveWeb.page": ("http.head-unreadable", block("request", HEAD, fixed=_TWO)),
    "node-warc": ("warc.record-end", frame("metadata", end=b"\r\n" * 3)),
    "a conversion of line ends": ("warc.line-ends", frame("metadata", line_end=b"\n")),
    "warcio, pywb, Heritrix": ("warc.revisit-untruncated", drop("revisit", "WARC-Truncated")),
}
"""By writer: the code, and what the writer makes of a sound file."""

OTHERWISE: dict[str, tuple[str, Change]] = {
    "wget": ("warc.target-uri", put("resource", "WARC-Target-URI", "urn:x:<1>")),
    "wpull, grab-site": ("warc.field-forbidden", put("info", "WARC-Warcinfo-ID", record_id("other"))),
    "warcio, Common Crawl": ("warc.field-forbidden", put("metadata", "WARC-Filename", "a.warc")),
    "warcio, Webrecorder, pywb": ("warc.digest-mismatch", block("response", HEAD + HTML.upper())),
    "wget --warc-dedup": ("warc.digest-absent", drop("revisit", "WARC-Block-Digest")),
    "Webrecorder, pywb": ("warc.digest-mismatch", put("revisit", "WARC-Payload-Digest", "sha256:")),
    "several writers": ("warc.digest-mismatch", put("response", "WARC-Payload-Digest", sha256(HTML + b"?"))),
    "warcio, wget, Heritrix, warcprox": ("warc.payload-digest-form", FITS["recorders in a browser"][1]),
    "recorders in a browser": ("warc.payload-digest-form", FITS["warcio, wget, Heritrix, warcprox"][1]),
    "warcio.js, ArchiveWeb.page": ("http.head-unreadable", block("response", b"<html>", fixed=_TWO)),
    "node-warc": ("warc.record-end", frame("metadata", end=b"\r\n\r\n\r\njunk")),
    "a conversion of line ends": ("warc.line-ends", again("metadata", b"X: a\nY: b")),
    "warcio, pywb, Heritrix": ("warc.revisit-unreferred", drop("revisit", "WARC-Refers-To")),
}
"""By writer: a finding alike, which is not that writer's mistake."""


def findings(change: Change, code: str) -> list[Finding]:
    """Return what is found under a code after a change."""
    return [
        outcome
        for outcome in warcs.surveyed(plain(change))
        if isinstance(outcome, Finding) and outcome.code == code
    ]


def test_every_row_is_tried() -> None:
    """There is no row of the table without a file that it fits and one that it does not."""
    writers = [known.cause.writer for known in KNOWN]
    assert len(writers) == len(set(writers))
    assert set(writers) == set(FITS) == set(OTHERWISE)


@pytest.mark.parametrize("writer", FITS)
def test_named(writer: str) -> None:
    """The writer is named on the finding, and whether the bytes are plausible."""
    code, change = FITS[writer]
    (known,) = [known for known in KNOWN if known.cause.writer == writer]
    found = findings(change, code)
    assert [known.cause] == [finding.cause for finding in found]
    assert known.status in (None, found[0].status)


@pytest.mark.parametrize("writer", OTHERWISE)
def test_not_named(writer: str) -> None:
    """A finding that only looks alike is not put down to the writer."""
    code, change = OTHERWISE[writer]
    assert writer not in [finding.cause.writer for finding in findings(change, code) if finding.cause]


def test_a_forger_is_not_excused() -> None:
    """A known mistake takes nothing back: what failed fails, but where the field says nothing at all."""
    softened = {known.cause.writer for known in KNOWN if known.status is not None}
    assert {"wget", "wpull, grab-site", "warcio, Common Crawl"} == softened
    (finding,) = findings(_REWRITTEN, "warc.digest-mismatch")
    assert Status.FAILED is finding.status


def test_response_fields_are_not_taken_for_warcio() -> None:
    """A payload digest on a conversion is allowed, a profile on a response is nobody's known mistake."""
    assert [] == findings(
        put("conversion", "WARC-Payload-Digest", sha256(b"A bridge opened")), "warc.field-forbidden"
    )
    (finding,) = findings(put("response", "WARC-Profile", IDENTICAL), "warc.field-forbidden")
    assert finding.cause is None


def test_the_digest_of_nothing_vouches_for_nothing() -> None:
    """A revisit with wget's digest of no bytes is not refused; elsewhere that digest is wrong, as any other."""
    change = FITS["wget --warc-dedup"][1]
    assert [] == findings(change, "warc.digest-mismatch")
    (finding,) = findings(put("resource", "WARC-Block-Digest", _OF_NOTHING), "warc.digest-mismatch")
    assert Status.FAILED is finding.status
    (covered,) = (
        outcome
        for outcome in warcs.surveyed(plain(change))
        if isinstance(outcome, Covered) and outcome.aspect == "records"
    )
    assert covered.count.present - 1 == covered.count.checked
