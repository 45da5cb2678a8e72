"""What every finding about an archive has to say, by its code: where it is, and what was expected and found there.

Every report that is made in a test is held against this table (tests/conftest.py), so that a finding which loses its
place or one of its values fails wherever it is found. The table follows from what a code is about: a record is named by
its member and offset and, if it has one, its id; a field by the name the standard spells; what disagrees has two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive.findings import Finding
from archive.warc.rules.table import FIELDS

FILE, BYTE, MEMBER, FIELD_OF_MEMBER = "", "offset_bytes", "member", "member field"
LINE, FIELD_OF_LINE = "member offset_bytes", "member offset_bytes field"
RECORD, FIELD_OF_RECORD = "member offset_bytes record?", "member offset_bytes record? field"

NOTHING, ACTUAL, BOTH, MAYBE = "nothing", "actual", "both", "maybe"

FORMS: dict[str, tuple[str, str]] = {
    "check.findings-counted": (MEMBER, BOTH),
    "check.stopped": ("member? offset_bytes? field?", MAYBE),
    **dict.fromkeys(("gzip.crc", "gzip.length"), (RECORD, BOTH)),
    **dict.fromkeys(
        (
            "gzip.cut",
            "gzip.damaged",
            "gzip.limit-exceeded",
            "gzip.not-canonical",
            "gzip.record-split",
            "gzip.reserved-flags",
            "gzip.several-records",
            "gzip.trailing-bytes",
        ),
        (RECORD, NOTHING),
    ),
    **dict.fromkeys(("http.head-in-resource", "http.head-unreadable"), (RECORD, ACTUAL)),
    "http.msgtype": (FIELD_OF_RECORD, BOTH),
    **dict.fromkeys(
        ("http.coding-damaged", "http.coding-unknown"), ("member? offset_bytes? record?", NOTHING)
    ),
    "http.limit-exceeded": ("member? offset_bytes? record?", BOTH),
    "index.block-differs": ("member offset_bytes? field?", MAYBE),
    **dict.fromkeys(("index.blocks-unlisted", "index.damaged"), (MEMBER, NOTHING)),
    "index.differs": (FIELD_OF_LINE, "expected"),
    "index.digest-not-checked": (FIELD_OF_LINE, NOTHING),
    **dict.fromkeys(
        ("index.line-broken", "index.line-repeated", "index.no-record", "index.unsorted"), (LINE, NOTHING)
    ),
    "index.record-missing": (RECORD, NOTHING),
    **dict.fromkeys(("page.broken", "page.not-indexed"), (LINE, NOTHING)),
    **dict.fromkeys(("page.date-broken", "page.id-repeated"), (LINE, ACTUAL)),
    "page.header-missing": ("member offset_bytes?", NOTHING),
    "page.main-unlisted": (FIELD_OF_MEMBER, NOTHING),
    "page.unlisted": (RECORD, ACTUAL),
    "structure.dates-differ": (FIELD_OF_RECORD, BOTH),
    "structure.id-repeated": (RECORD, NOTHING),
    "structure.reference-missing": (FIELD_OF_RECORD, "actual"),
    "structure.reference-wrong": (FIELD_OF_RECORD, ACTUAL),
    **dict.fromkeys(("structure.revisit-differs", "structure.revisit-reference"), (FIELD_OF_RECORD, BOTH)),
    "structure.segment-missing": (FIELD_OF_RECORD, NOTHING),
    "structure.segments-differ": (FIELD_OF_RECORD, MAYBE),
    "structure.warcinfo-absent": (LINE, NOTHING),
    **dict.fromkeys(("tree.absent", "tree.broken", "tree.form-unknown"), (FIELD_OF_MEMBER, NOTHING)),
    **dict.fromkeys(("tree.count-differs", "tree.root-differs"), (FIELD_OF_MEMBER, BOTH)),
    **dict.fromkeys(
        ("wacz.archive-missing", "wacz.collection", "wacz.index-missing", "wacz.pages-missing"),
        (FILE, NOTHING),
    ),
    "wacz.date-broken": (FIELD_OF_MEMBER, ACTUAL),
    **dict.fromkeys(
        ("wacz.digest-mismatch", "wacz.hash-doubled", "wacz.hash-weak", "wacz.size-mismatch"), (MEMBER, BOTH)
    ),
    "wacz.hash-mismatch": (MEMBER, MAYBE),
    **dict.fromkeys(
        ("wacz.home-broken", "wacz.key-repeated", "wacz.listed-twice", "wacz.resource-broken"),
        (FIELD_OF_MEMBER, NOTHING),
    ),
    **dict.fromkeys(
        (
            "wacz.digest-broken",
            "wacz.digest-missing",
            "wacz.manifest-broken",
            "wacz.manifest-missing",
            "wacz.member-misplaced",
            "wacz.member-missing",
            "wacz.member-unlisted",
            "wacz.not-canonical",
            "wacz.recompressed",
            "wacz.version-unknown",
            "wacz.warc-name",
            "wacz.warc-unreadable",
        ),
        (MEMBER, NOTHING),
    ),
    "warc.bytes-skipped": (LINE, ACTUAL),
    "warc.foreign-unreadable": (LINE, NOTHING),
    "warc.read-by-warcio": (MEMBER, NOTHING),
    "warc.content-length": ("member offset_bytes record? field?", MAYBE),
    "warc.content-type": (FIELD_OF_RECORD, MAYBE),
    **dict.fromkeys(("warc.digest-mismatch", "warc.field-repeated"), (FIELD_OF_RECORD, BOTH)),
    **dict.fromkeys(
        (
            "warc.date",
            "warc.digest-algorithm",
            "warc.digest-syntax",
            "warc.field-forbidden",
            "warc.field-value",
            "warc.header-encoding",
            "warc.payload-digest-form",
            "warc.profile-unknown",
            "warc.segment-number",
            "warc.target-uri",
            "warc.type-unknown",
            "warc.warcinfo-type",
        ),
        (FIELD_OF_RECORD, ACTUAL),
    ),
    **dict.fromkeys(
        (
            "warc.digest-absent",
            "warc.digest-weak",
            "warc.field-missing",
            "warc.payload-elsewhere",
            "warc.revisit-unreferred",
            "warc.revisit-untruncated",
        ),
        (FIELD_OF_RECORD, NOTHING),
    ),
    **dict.fromkeys(("warc.header-cut", "warc.line-ends"), (RECORD, NOTHING)),
    **dict.fromkeys(("warc.header-line", "warc.version"), (RECORD, ACTUAL)),
    **dict.fromkeys(("warc.limit-exceeded", "warc.record-cut"), (RECORD, BOTH)),
    "warc.record-end": (RECORD, MAYBE),
    "zip.comment": ("member? offset_bytes?", NOTHING),
    **dict.fromkeys(("zip.cut", "zip.not-canonical"), ("member? offset_bytes", NOTHING)),
    "zip.directory-broken": ("offset_bytes?", MAYBE),
    "zip.overlap": ("member? offset_bytes", NOTHING),
    **dict.fromkeys(
        (
            "zip.encrypted",
            "zip.link",
            "zip.member-damaged",
            "zip.method",
            "zip.name-collides",
            "zip.name-duplicate",
            "zip.name-unsafe",
            "zip.ratio",
        ),
        (LINE, NOTHING),
    ),
    **dict.fromkeys(("zip.gap", "zip.leading-bytes", "zip.trailing-bytes"), (BYTE, ACTUAL)),
    "zip.local-differs": ("member offset_bytes field?", MAYBE),
}
"""Code -> (the parts of its place, those with a `?` where they are known; which of expected and actual it states)."""

PARTS = ("member", "offset_bytes", "record", "field", "start", "end")
STATED = {
    NOTHING: {(False, False)},
    ACTUAL: {(False, True)},
    BOTH: {(True, True)},
    "expected": {(True, True), (True, False)},
    MAYBE: {(False, False), (False, True), (True, True), (True, False)},
}
NAMED = re.compile(r"(?:WARC|Content)-\S+", re.IGNORECASE)
SPELLINGS = frozenset(field.name for field in FIELDS)
"""The names of the fields as ISO 28500 spells them."""


def hold(findings: Iterable[Finding]) -> None:
    """Assert that findings say all that their codes have to say; a count of further ones stands for many places."""
    for finding in findings:
        if finding.code in FORMS and not finding.message.endswith("(limit findings)"):
            _hold(finding)


def _hold(finding: Finding) -> None:
    place, stated = FORMS[finding.code]
    known = {part for part in PARTS if getattr(finding.where, part) is not None}
    names = place.split()
    assert {name for name in names if not name.endswith("?")} <= known, finding
    assert known <= {name.rstrip("?") for name in names}, finding
    assert (finding.expected is not None, finding.actual is not None) in STATED[stated], finding
    assert isinstance(finding.message, str), finding
    assert finding.message.strip(), finding
    field = finding.where.field
    if field is not None and NAMED.fullmatch(field) and field not in SPELLINGS:
        assert field.lower() not in {spelled.lower() for spelled in SPELLINGS}, finding
