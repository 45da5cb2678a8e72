"""What every finding about an archive has to say, by its code: where it is, and what was expected and found there.

Every report that is made in a test is held against this table (tests/conftest.py), so that a finding which loses its
place or one of its values fails wherever it is found. The table follows from what a code is about: a record is named by
its member and offset and, if it has one, its id; a field by the name the standard spells; what disagrees has two sides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from archive.findings import ASPECTS, Count, Finding
from archive.warc.rules.table import FIELDS

FILE, BYTE, MEMBER, FIELD_OF_MEMBER = "", "offset_bytes", "member", "member field"
LINE, FIELD_OF_LINE = "member offset_bytes", "member offset_bytes field"
RECORD, FIELD_OF_RECORD = "member offset_bytes record?", "member offset_bytes record? field"
VOUCHED = "member? field"
"""What vouches for a manifest stands in a field: of a member, or of a proof, which has no members."""

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
    "proof.not-canonical": (FILE, NOTHING),
    "proof.record-not-here": (MEMBER, NOTHING),
    **dict.fromkeys(
        ("proof.content-not-given", "proof.manifest-broken", "proof.manifest-differs"), ("field", NOTHING)
    ),
    **dict.fromkeys(
        ("proof.member-unlisted", "proof.part-missing", "proof.path-broken", "proof.role-differs"),
        ("field", ACTUAL),
    ),
    **dict.fromkeys(
        ("proof.other-manifest", "proof.other-root", "proof.root-differs", "proof.size-differs"),
        ("field", BOTH),
    ),
    **dict.fromkeys(("proof.block-differs", "proof.header-differs"), ("member? field?", BOTH)),
    "signature.absent": ("member? field?", NOTHING),
    "signature.other-content": (VOUCHED, MAYBE),
    **dict.fromkeys(("signature.other-signer", "signature.time-apart"), (VOUCHED, BOTH)),
    **dict.fromkeys(
        (
            "signature.authority-unknown",
            "signature.certificate-not-valid",
            "signature.chain-broken",
            "signature.cross-signed-differs",
            "signature.encoding",
            "signature.incomplete",
            "signature.key-unfit",
            "signature.key-unlisted",
            "signature.malformed",
            "signature.not-canonical",
            "signature.not-checked",
            "signature.other-domain",
            "signature.other-software",
            "signature.signer-unknown",
            "signature.test-authority",
            "signature.time-unknown",
            "signature.verified",
            "signature.wrong",
        ),
        (VOUCHED, NOTHING),
    ),
    "structure.dates-differ": (FIELD_OF_RECORD, BOTH),
    "structure.id-repeated": (RECORD, NOTHING),
    "structure.reference-missing": (FIELD_OF_RECORD, "actual"),
    "structure.reference-wrong": (FIELD_OF_RECORD, ACTUAL),
    **dict.fromkeys(("structure.revisit-differs", "structure.revisit-reference"), (FIELD_OF_RECORD, BOTH)),
    "structure.segment-missing": (FIELD_OF_RECORD, NOTHING),
    "structure.segments-differ": (FIELD_OF_RECORD, MAYBE),
    "structure.warcinfo-absent": (LINE, NOTHING),
    "time.before-creation": (VOUCHED, BOTH),
    "time.record-after-token": (FIELD_OF_RECORD, BOTH),
    "time.stamped": (VOUCHED, ACTUAL),
    "time.too-few": ("member?", BOTH),
    **dict.fromkeys(
        (
            "time.block-differs",
            "time.block-not-checked",
            "time.certificate-expired",
            "time.certificate-missing",
            "time.certificate-other",
            "time.certificate-unfit",
            "time.chain-broken",
            "time.form-unknown",
            "time.not-checked",
            "time.other-content",
            "time.pending",
            "time.root-unknown",
            "time.signature-broken",
            "time.signature-unbound",
            "time.token-broken",
            "time.verifiers-disagree",
            "time.weak",
        ),
        (VOUCHED, NOTHING),
    ),
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
    **dict.fromkeys(
        ("withheld.member", "withheld.member-moved", "withheld.order-broken", "withheld.original-differs"),
        (MEMBER, NOTHING),
    ),
    **dict.fromkeys(
        (
            "withheld.count-differs",
            "withheld.record-added",
            "withheld.record-missing",
            "withheld.records",
            "withheld.root-differs",
        ),
        (MEMBER, BOTH),
    ),
    **dict.fromkeys(("withheld.broken", "withheld.form-unknown"), (FIELD_OF_MEMBER, NOTHING)),
    "withheld.manifest-differs": (FIELD_OF_MEMBER, MAYBE),
    "withheld.guessable": ("member?", NOTHING),
    "withheld.member-differs": (MEMBER, MAYBE),
    "withheld.mentioned": ("member field? record?", NOTHING),
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


ASPECTS_TOLD = {*ASPECTS, "authorities", "checkpoints", "events", "subjects", "traces"}
"""What a check may say its reach of: what every report counts, what is asked for, and what custody logs and traces have."""


def hold_reach(coverage: Mapping[str, Count]) -> None:
    """Assert that what was covered are aspects that users know, and that no more of one was checked than there is."""
    assert set(coverage) <= ASPECTS_TOLD, coverage
    assert all(0 <= count.checked <= count.present for count in coverage.values()), coverage


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
