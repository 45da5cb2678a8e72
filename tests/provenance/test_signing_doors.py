"""Signing and naming signers from a program: `package.sign(key)`, `provenance.verify(..., signer=…, trust=…)`."""

from __future__ import annotations

from pathlib import Path

import packages
import pytest
import signers
import tsa
from authorities import DOMAIN

import provenance
from archive.errors import UsageError
from provenance.signing import make_key


def built(path: Path, **signing: object) -> Path:
    """Build a small package that is signed so."""
    key = signing.pop("key")
    with provenance.build(path, created_at=packages.CREATED) as package:
        package.add(b"Nothing is known of the gate.\n", name="gate.txt")
        package.sign(key, **signing)
    return path


def test_with_a_key_in_a_file(tmp_path: Path) -> None:
    """A package is signed with the key in a file, and sound for who names its fingerprint, in any usual spelling."""
    key = make_key(tmp_path / "key.pem")
    path = built(tmp_path / "x.wacz", key=tmp_path / "key.pem")
    for name in (key.fingerprint, key.fingerprint.removeprefix("sha256:").upper(), [key.fingerprint, DOMAIN]):
        assert "sound" == provenance.verify(path, signer=name).verdict
    assert "unsound" == provenance.verify(path.read_bytes(), signer=DOMAIN).verdict
    assert "undecided" == provenance.verify(path, require={"signature"}).verdict


def test_for_a_host(tmp_path: Path) -> None:
    """A package is signed for a host with a stamp of the program's own, and believed by the trust it gives."""
    path = built(
        tmp_path / "x.wacz",
        key=signers.newsroom(),
        timestamp=lambda message: tsa.token(message, at=signers.AT),
        trust=signers.trust(),
    )

    assert "sound" == provenance.verify(path, trust=signers.trust(DOMAIN)).verdict
    assert "sound" == provenance.verify(path, trust=signers.trust(), signer=DOMAIN).verdict
    assert "unsound" == provenance.verify(path, trust=signers.trust("other.example")).verdict


def test_a_package_without_a_date(tmp_path: Path) -> None:
    """A package that is signed says when it was made: where nobody gave a date, it is that of its begin."""
    path = tmp_path / "x.wacz"
    with provenance.build(path) as package:
        package.add(b"Nothing is known of the gate.\n", name="gate.txt")
        package.sign(signers.anonymous())
    report = provenance.verify(path, signer=signers.anonymous().fingerprint)

    assert "sound" == report.verdict
    assert "1" == str(report.coverage["signatures"].checked)


def test_who_is_nobody(tmp_path: Path) -> None:
    """A name that names no signer is a mistake of the caller, not a package without one."""
    with pytest.raises(UsageError, match="names no signer"):
        provenance.verify(b"", signer="the newsroom")
