"""Known writers: mistakes that a program in wide use makes in every file, told apart from what a forger would leave.

A row says what the finding looks like (its code, and a look at record and finding), who writes so, and whether the
bytes are plausible all the same. Where the record means the same without the mistake, the finding is only a warning.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from archive.findings import Cause, Finding, Status
from archive.warc.record import Header

Found = Sequence[Finding]
"""Everything found about the same record."""


@attrs.frozen
class Known:
    """One mistake that is known: `fits` looks at the finding, the header, and all that was found about the record.

    `status` replaces that of the finding where the mistake leaves nothing in doubt.
    """

    code: str
    cause: Cause
    fits: Callable[[Finding, Header, Found], bool]
    status: Status | None = None


def _field(name: str) -> Callable[[Finding, Header, Found], bool]:
    return lambda finding, header, found: finding.where.field == name  # noqa: ARG005 - the shape of a row


def _value(finding: Finding) -> str:
    return finding.actual if isinstance(finding.actual, str) else ""


def _bracketed(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001 - the shape of a row
    return _value(finding).startswith("<") and _value(finding).endswith(">")


def _about_itself(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    own = header.get("WARC-Record-ID")
    return finding.where.field == "WARC-Warcinfo-ID" and own is not None and _value(finding) == own[:200]


def _kind(header: Header) -> str:
    return (header.get("WARC-Type") or "").lower()


def _on_metadata(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return finding.where.field == "WARC-Payload-Digest" and _kind(header) in ("metadata", "warcinfo")


def _head_rewritten(finding: Finding, header: Header, found: Found) -> bool:
    """Say whether the block digest is wrong and that of the body in it is right: then only the HTTP head differs."""
    body_wrong = any(
        other.where.field == "WARC-Payload-Digest" and other.code.startswith("warc.digest-")
        for other in found
    )
    is_http = "http" in (header.get("Content-Type") or "").lower() and _kind(header) in (
        "response",
        "request",
    )
    whole = not any(other.code in ("warc.record-cut", "warc.record-end") for other in found)
    stated = header.get("WARC-Payload-Digest") is not None
    return finding.where.field == "WARC-Block-Digest" and is_http and stated and whole and not body_wrong


def _request_as_answer(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return _kind(header) == "request" and _value(finding).startswith("HTTP/")


def _revisit_block(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return finding.where.field == "WARC-Block-Digest" and _kind(header) == "revisit"


def digests_nothing(header: Header) -> bool:
    """Say whether this is a revisit that states the SHA-1 of no bytes for its block: as good as no digest.

    wget reads a shortened revisit to its end and digests what is left. Where there is a block, nothing vouches for it.
    """
    stated = (header.get("WARC-Block-Digest") or "").lower()
    return stated == _SHA1_OF_NOTHING and _kind(header) == "revisit"


def _of_nothing(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return digests_nothing(header)


def _whole_block(finding: Finding, header: Header, found: Found) -> bool:
    """Say whether the payload digest is the block digest over again, and that one is right."""
    block_wrong = any(other.where.field == "WARC-Block-Digest" for other in found)
    same = header.get("WARC-Payload-Digest") == header.get("WARC-Block-Digest")
    return finding.where.field == "WARC-Payload-Digest" and same and not block_wrong


def _raw(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return bool(finding.actual == "body")


def _decoded(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return bool(finding.actual == "content-decoded")


def _line_ends_too_many(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    behind = _value(finding)
    rest = behind.lstrip("\r\n")
    return behind.startswith("\r\n\r\n\r\n") and "WARC/".startswith(rest[:5])


def _bare_line_feeds(finding: Finding, header: Header, found: Found) -> bool:  # noqa: ARG001
    return b"\r" not in header.raw


_PLAUSIBLE, _DOUBTFUL = True, False
_SHA1_OF_NOTHING = "sha1:3i42h3s6nnfq2msvx7xzkyayscx5qbyj"

KNOWN = (
    Known(
        "warc.target-uri",
        Cause(
            "wget",
            "wget 1.19 and later put the address in angle brackets, as the grammar of WARC/1.0 has it",
            _PLAUSIBLE,
        ),
        _bracketed,
        Status.WARNED,
    ),
    Known(
        "warc.field-forbidden",
        Cause(
            "wpull, grab-site", "wpull gives a warcinfo record its own id as that of its warcinfo", _PLAUSIBLE
        ),
        _about_itself,
        Status.WARNED,
    ),
    Known(
        "warc.field-forbidden",
        Cause(
            "warcio, Common Crawl",
            "warcio puts a payload digest on metadata and warcinfo records too",
            _PLAUSIBLE,
        ),
        _on_metadata,
        Status.WARNED,
    ),
    Known(
        "warc.digest-mismatch",
        Cause(
            "warcio, Webrecorder, pywb",
            "a copy by warcio writes the HTTP head anew and keeps the old block digest; the body is that of its own"
            " digest, and nothing vouches for the head",
            _DOUBTFUL,
        ),
        _head_rewritten,
    ),
    Known(
        "warc.digest-absent",
        Cause(
            "wget --warc-dedup",
            "wget gives each revisit the digest of no bytes at all, whatever its block holds",
            _PLAUSIBLE,
        ),
        _of_nothing,
    ),
    Known(
        "warc.digest-mismatch",
        Cause(
            "Webrecorder, pywb",
            "Webrecorder gave revisits the block digest of other bytes than it wrote; nothing else vouches for them",
            _DOUBTFUL,
        ),
        _revisit_block,
    ),
    Known(
        "warc.digest-mismatch",
        Cause(
            "several writers", "the payload digest is that of the whole block, HTTP head included", _PLAUSIBLE
        ),
        _whole_block,
    ),
    Known(
        "warc.payload-digest-form",
        Cause(
            "warcio, wget, Heritrix, warcprox",
            "these take the payload digest over the body with its chunk framing",
            _PLAUSIBLE,
        ),
        _raw,
    ),
    Known(
        "warc.payload-digest-form",
        Cause(
            "recorders in a browser",
            "a browser hands out the body decoded, and the digest was taken over that",
            _PLAUSIBLE,
        ),
        _decoded,
    ),
    Known(
        "http.head-unreadable",
        Cause(
            "warcio.js, ArchiveWeb.page",
            "warcio.js of 2020 wrote requests with the first line of an answer in front of their fields",
            _PLAUSIBLE,
        ),
        _request_as_answer,
    ),
    Known(
        "warc.record-end",
        Cause(
            "node-warc",
            "node-warc ends every record with a line end too many; where the block digest is right, nothing is lost",
            _PLAUSIBLE,
        ),
        _line_ends_too_many,
    ),
    Known(
        "warc.line-ends",
        Cause(
            "a conversion of line ends",
            "every CR LF became a bare line feed, as version control or a transfer in text mode does; lengths and"
            " digests of text are then wrong too",
            _DOUBTFUL,
        ),
        _bare_line_feeds,
    ),
    Known(
        "warc.revisit-untruncated",
        Cause("warcio, pywb, Heritrix", "these leave WARC-Truncated away on every revisit", _PLAUSIBLE),
        _field("WARC-Truncated"),
    ),
)
"""In this order: the first that fits is named."""

_CODES = frozenset(known.code for known in KNOWN)


def explain(findings: Found, header: Header) -> list[Finding]:
    """Return the findings about one record, with the writer named where the mistake is known."""
    return [
        _explained(finding, findings, header) if finding.code in _CODES else finding for finding in findings
    ]


def _explained(finding: Finding, findings: Found, header: Header) -> Finding:
    for known in KNOWN:
        if known.code == finding.code and known.fits(finding, header, findings):
            return attrs.evolve(finding, cause=known.cause, status=known.status or finding.status)
    return finding
