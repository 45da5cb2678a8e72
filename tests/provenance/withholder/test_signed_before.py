"""Signatures and time-stamps made before: they vouch for proofs out of a package, and for what is left of it."""

from __future__ import annotations

import datetime as dt
import functools
import json
from pathlib import Path

import authorities
import harbour
import pytest
import signers
from damage import forge

from archive.findings import Count, Report, Status, Verdict
from archive.wacz.tree import KEY as TREE
from archive.wacz.withheld import ORIGINAL
from provenance.examiner import check
from provenance.prover import prove
from provenance.verifier import verify
from provenance.withholder import Choice, withhold

AT = dt.datetime(2024, 3, 6, 10, 0, 4, tzinfo=dt.UTC)
"""When the package is stamped: four seconds after it says that it was made."""
BY = {"anonymous": signers.anonymous, "host": signers.newsroom}


@functools.cache
def signed(by: str) -> bytes:
    """Return the package of three reports, signed."""
    return forge.pack(signers.signed(BY[by](), forge.members(harbour.package()), at=AT))


def name_of(by: str) -> str:
    """Return by what the signer is named."""
    return authorities.DOMAIN if by == "host" else signers.anonymous().fingerprint


@functools.cache
def left(by: str) -> bytes:
    """Return the signed package without the report of the skipper."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.wacz").write_bytes(signed(by))
        withhold(Path(folder, "a.wacz"), Path(folder, "b.wacz"), Choice(("2",), "to protect a source"))
        return Path(folder, "b.wacz").read_bytes()


def verified(tmp_path: Path, package: bytes, *names: str) -> Report:
    """Verify a package; where signers are named, one of them must have signed it."""
    path = tmp_path / "verified.wacz"
    path.write_bytes(package)
    return verify(str(path), trust=signers.trust(*names))


def proven(tmp_path: Path, package: bytes, *names: str, of: str = "1") -> Report:
    """Prove an article out of a package and check the proof."""
    path, proof = tmp_path / "a.wacz", tmp_path / "p.json"
    path.write_bytes(package)
    prove(path, of, proof, overwrite=True)
    return check(proof, trust=signers.trust(*names)).report


def failed(report: Report) -> list[str]:
    """Return the codes of what failed."""
    return [finding.code for finding in report.findings if finding.status is Status.FAILED]


@pytest.mark.parametrize("by", BY)
def test_a_proof_leads_to_the_signer(tmp_path: Path, by: str) -> None:
    """A proof carries signature and time-stamp: with the signer named it is sound, and both count as checked."""
    report = proven(tmp_path, signed(by), name_of(by))

    assert Verdict.SOUND is report.verdict, report.findings
    assert Count(1, 1) == report.coverage["signatures"]
    assert Count(int(by == "host"), int(by == "host")) == report.coverage["timestamps"]


@pytest.mark.parametrize("by", BY)
def test_what_is_left_leads_to_the_signer(tmp_path: Path, by: str) -> None:
    """What is left is vouched for by the signature that was made before anything was withheld."""
    report = verified(tmp_path, left(by), name_of(by))

    assert Verdict.SOUND is report.verdict, report.findings
    assert Count(1, 1) == report.coverage["signatures"]
    assert "withheld.records" in [finding.code for finding in report.findings]
    assert Verdict.SOUND is proven(tmp_path, left(by), name_of(by)).verdict


@pytest.mark.parametrize("by", BY)
def test_somebody_else(tmp_path: Path, by: str) -> None:
    """Where somebody else is named, neither proof nor package is sound."""
    for report in (
        proven(tmp_path, signed(by), "other.example"),
        verified(tmp_path, left(by), "other.example"),
    ):
        assert ["signature.other-signer"] == failed(report)
        assert Verdict.UNSOUND is report.verdict


@pytest.mark.parametrize("by", BY)
def test_the_signature_is_taken_away(tmp_path: Path, by: str) -> None:
    """Without the signature what is left is unsigned, and unsound where a signer is named."""
    parts = forge.members(left(by))
    row = json.loads(parts[ORIGINAL])
    value = json.loads(row["manifest_digest"])
    del value["signedData"]
    row["manifest_digest"] = json.dumps(value, indent=2) + "\n"
    parts[ORIGINAL] = (json.dumps(row) + "\n").encode()
    stripped = forge.rebuild(parts, forge.Depth.TREE)

    assert Verdict.UNSOUND is verified(tmp_path, stripped, name_of(by)).verdict
    assert Verdict.SOUND is verified(tmp_path, stripped).verdict
    assert Verdict.UNSOUND is proven(tmp_path, stripped, name_of(by)).verdict


@pytest.mark.parametrize("by", BY)
def test_a_removal_that_was_never_signed(tmp_path: Path, by: str) -> None:
    """Who makes up a root for what he left, and puts the old signature to it, has a signature over other content."""
    parts = forge.members(left(by))
    row = json.loads(parts[ORIGINAL])
    manifest, value = json.loads(row["manifest"]), json.loads(row["manifest_digest"])
    manifest[TREE]["root"] = "sha256:" + "0" * 64
    row["manifest"] = json.dumps(manifest, indent=2) + "\n"
    value["hash"] = forge.sha256(row["manifest"].encode())
    row["manifest_digest"] = json.dumps(value, indent=2) + "\n"
    parts[ORIGINAL] = (json.dumps(row) + "\n").encode()
    report = verified(tmp_path, forge.rebuild(parts, forge.Depth.TREE), name_of(by))

    assert {"signature.other-content", "withheld.root-differs"} == set(failed(report))


def test_signed_by_who_withheld(tmp_path: Path) -> None:
    """Who withholds may sign what is left: then two signatures are there, and both are checked."""
    parts = forge.members(left("host"))
    manifest = json.loads(parts[forge.MANIFEST])
    forge.set_manifest(parts, {**manifest, "created": "2024-03-07T10:00:00Z"})
    again = forge.pack(
        signers.signed(signers.anonymous(), forge.members(forge.rebuild(parts, forge.Depth.TREE)))
    )
    report = verified(tmp_path, again, authorities.DOMAIN, signers.anonymous().fingerprint)

    assert Verdict.SOUND is report.verdict, report.findings
    assert Count(2, 2) == report.coverage["signatures"]


def test_any_byte_of_a_signed_proof(tmp_path: Path) -> None:
    """Every byte of a signed proof counts: a bit flipped at any 61st place is refused by who names the signer."""
    package, proof = tmp_path / "a.wacz", tmp_path / "p.json"
    package.write_bytes(signed("host"))
    prove(package, "1", proof)
    whole, seen = proof.read_bytes(), set[Verdict]()
    for place in range(0, len(whole), 61):
        altered = bytearray(whole)
        altered[place] ^= 1 << place % 8
        proof.write_bytes(altered)
        seen.add(check(proof, trust=signers.trust(authorities.DOMAIN)).report.verdict)

    assert Verdict.SOUND not in seen


def early() -> str:
    """Return what is beside the manifest where the token is an hour older than the records."""
    parts = signers.signed(
        signers.newsroom(), forge.members(harbour.package()), at=AT - dt.timedelta(hours=1)
    )
    return parts[forge.DIGEST].decode()


def test_records_dated_after_the_token(tmp_path: Path) -> None:
    """A record that is left, or proven, and dated later than the original was stamped, is found as in any package."""
    parts = forge.members(left("host"))
    row = json.loads(parts[ORIGINAL])
    parts[ORIGINAL] = (json.dumps({**row, "manifest_digest": early()}) + "\n").encode()
    proof = json.loads(harbour.proof("1"))
    (tmp_path / "p.json").write_bytes(harbour.dumps({**proof, "manifest_digest": early()}))
    reports = (
        verified(tmp_path, forge.rebuild(parts, forge.Depth.TREE)),
        check(tmp_path / "p.json", trust=signers.trust()).report,
    )
    for report in reports:
        found = [finding for finding in report.findings if finding.code == "time.record-after-token"]

        assert [Status.FAILED] == [finding.status for finding in found]
        assert found[0].where.record
        assert Verdict.UNSOUND is report.verdict
