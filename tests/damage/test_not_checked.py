"""What says of itself that it was not checked never goes with a verdict of sound (law 2)."""

from __future__ import annotations

import io
import json

import packages
import pytest
import warcs
from damage import forge

import archive
from archive.checks import check_all
from archive.findings import CODES, Report, Status, Verdict
from archive.limits import Limits

SOUND = warcs.record(number=2)
REVISIT = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
UNKNOWN = "xxh3:99aa06d3014798d8"
PARTS = forge.members(packages.build())
SMALL = Limits(record_bytes=1000)
"""Limits at which a small file is too large."""
DENSE = Limits(inflate_ratio_from_bytes=1_000_000)

WARCS = {
    "digest absent": ("warc.digest-absent", warcs.record({"WARC-Block-Digest": None})),
    "digest unknown": ("warc.digest-algorithm", warcs.record({"WARC-Block-Digest": UNKNOWN})),
    "payload digest unknown": (
        "warc.digest-algorithm",
        warcs.response(fields={"WARC-Payload-Digest": UNKNOWN}),
    ),
    "block too large": ("warc.limit-exceeded", warcs.record(block=b"x" * 1001)),
    "header too large": ("warc.limit-exceeded", warcs.record(more=b"X-N: " + b"x" * 70_000 + b"\r\n")),
    "too many fields": ("warc.limit-exceeded", warcs.record(more=b"X-N: x\r\n" * 600)),
}


def verified(data: bytes, limits: Limits = SMALL) -> Report:
    """Return the report on a WARC, made with small limits."""
    name = "x.warc"
    with archive.open(io.BytesIO(data), name=name, limits=limits) as package:
        return Report.of(name, check_all(package))


def statuses(report: Report, code: str) -> set[Status]:
    """Return with which statuses a code was found."""
    return {finding.status for finding in report.findings if finding.code == code}


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("case", WARCS)
def test_records(case: str, packed: bool) -> None:
    """A record of which something was not checked leaves a WARC undecided: not sound, and not accused either."""
    code, record = WARCS[case]
    report = verified(warcs.members([SOUND, record]) if packed else SOUND + record)

    assert {Status.NOT_CHECKED} == statuses(report, code)
    assert Verdict.UNDECIDED is report.verdict
    assert "records" in report.unchecked


@pytest.mark.parametrize("packed", [False, True])
def test_many_broken_records(packed: bool) -> None:
    """Behind more records without a length than the limit allows, the rest is left out, and that is said once."""
    broken = b"WARC/1.1\r\n\r\n"
    limits = Limits(broken_records=3)

    def told(count: int) -> Report:
        parts = [SOUND, *[broken] * count, SOUND]
        return verified(warcs.members(parts) if packed else b"".join(parts), limits)

    assert set() == statuses(told(3), "warc.limit-exceeded")
    assert 5 == told(3).coverage["records"].present
    assert [5, 5] == [told(count).coverage["records"].present for count in (4, 100)]
    assert [4, 4] == [
        finding.actual
        for count in (4, 100)
        for finding in told(count).findings
        if finding.code == "warc.limit-exceeded"
    ]
    assert Verdict.UNSOUND is told(100).verdict


@pytest.mark.parametrize("behind", [b"", SOUND])
def test_growth(behind: bytes) -> None:
    """A gzip member beyond the limit leaves a WARC undecided, whether a record or something else is in it."""
    for grown in (warcs.record(block=bytes(3_000_000)), bytes(3_000_000), SOUND + bytes(3_000_000)):
        stored = [warcs.record(), grown, behind] if behind else [warcs.record(), grown]
        report = verified(warcs.members(stored), DENSE)
        assert {Status.NOT_CHECKED} == statuses(report, "gzip.limit-exceeded")
        assert report.verdict in {Verdict.UNDECIDED, Verdict.UNSOUND}
        assert report.unchecked


def test_a_stopped_check() -> None:
    """A check that was stopped leaves the package undecided."""
    data = forge.pack(PARTS)
    with archive.open(io.BytesIO(data), name="x.wacz", limits=Limits(manifest_bytes=1000)) as package:
        report = Report.of("x.wacz", check_all(package))

    assert {Status.NOT_CHECKED} == statuses(report, "check.stopped")
    assert report.verdict is not Verdict.SOUND
    assert "members" in report.unchecked


def test_the_index() -> None:
    """A digest of the index that cannot be compared leaves the package undecided."""
    parts, manifest = dict(PARTS), json.loads(PARTS[forge.MANIFEST])
    lines = [line.replace(b"sha256:", b"xxh3:") for line in forge.lines_of(parts)]
    forge.set_index(parts, lines)
    forge.set_manifest(parts, {**manifest, "software": "other"})
    forge.rehash(parts)
    forge.redigest(parts)
    report = packages.verify(forge.pack(parts))

    assert {Status.NOT_CHECKED} == statuses(report, "index.digest-not-checked")
    assert Verdict.UNDECIDED is report.verdict


def test_a_payload_elsewhere() -> None:
    """The payload digest of a revisit is about another record: a note, as long as its own block is vouched for."""
    fields: dict[str, str | None] = {
        "WARC-Type": "revisit",
        "WARC-Profile": REVISIT,
        "WARC-Payload-Digest": warcs.sha256(b"x"),
    }
    head = b"HTTP/1.1 200 OK\r\n\r\n"
    report = verified(warcs.response(head, fields))
    assert {Status.NOTE} == statuses(report, "warc.payload-elsewhere")
    assert Verdict.SOUND is report.verdict
    bare = verified(SOUND + warcs.response(head, {**fields, "WARC-Block-Digest": None}))
    assert Verdict.UNDECIDED is bare.verdict


def test_a_root_of_another_form() -> None:
    """A root over the records in a form of the future leaves our package undecided: it is not checked, nor absent."""
    parts, manifest = dict(PARTS), json.loads(PARTS[forge.MANIFEST])
    manifest["provenance:records"] = {"form": "source-provenance-record-tree/2", "anything": 1}
    forge.set_manifest(parts, manifest)
    forge.redigest(parts)
    report = packages.verify(forge.pack(parts))

    assert {Status.NOT_CHECKED} == statuses(report, "tree.form-unknown")
    assert Verdict.UNDECIDED is report.verdict


@pytest.mark.parametrize("profile", ["multi-wacz", "multi-wacz-package"])
def test_a_collection_of_packages(profile: str) -> None:
    """A MultiWACZ is said to be one: its packages are not looked at, and nothing is held against what it lacks."""
    row = {"name": "a", "path": "https://daily.example/a.wacz", "hash": "sha256:0", "bytes": 1}
    manifest = json.dumps({"profile": profile, "resources": [row]}).encode()
    report = packages.verify(forge.pack({"a.wacz": b"PK", forge.MANIFEST: manifest}))

    assert {"wacz.collection": 1} == dict(packages.codes(report))
    assert Verdict.UNDECIDED is report.verdict
    stopped = packages.verify(manifest, name="x.json").stopped_by
    assert stopped is not None
    assert "one by one" in (stopped.hint or "")


def test_every_such_code_is_tried() -> None:
    """There is no code of the archive storey that says `not checked` and is not tried here."""
    rooms = (
        "zip",
        "wacz",
        "gzip",
        "warc",
        "http",
        "index",
        "page",
        "structure",
        "tree",
        "signature",
        "check",
        "package",
    )
    names = {
        code.name for code in CODES if code.status is Status.NOT_CHECKED and code.name.split(".")[0] in rooms
    }

    tried = {code for code, _ in WARCS.values()} | {"gzip.limit-exceeded", "check.stopped"}
    tried |= {"index.digest-not-checked", "tree.form-unknown", "wacz.collection"}
    elsewhere = {  # tests/damage/test_signature_damage.py
        "signature.not-checked",
        "signature.authority-unknown",
        "signature.time-unknown",
    }
    assert tried | elsewhere == names
