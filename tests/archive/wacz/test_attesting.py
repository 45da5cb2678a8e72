"""Signing a package that is there: a new file, the same bytes up to the last member, whole or not at all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import packages
import pytest
import signers
from damage import forge
from damage.forge import DIGEST, MANIFEST

import archive
from archive.errors import OutputExists, SigningError
from archive.findings import Verdict
from archive.wacz.attesting import attest, manifest_of


def same(value: dict[str, Any]) -> Mapping[str, Any]:
    """Change nothing."""
    return value


def with_note(value: dict[str, Any]) -> Mapping[str, Any]:
    """Put something beside the digest."""
    return {**value, "evidence": [{"type": "note"}]}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a package of ours."""
    path = tmp_path / "made.wacz"
    path.write_bytes(packages.build())
    return path


def test_the_same_again(package: Path, tmp_path: Path) -> None:
    """A package whose digest member is written as it was is the same file."""
    attest(package, tmp_path / "again.wacz", same)

    assert package.read_bytes() == (tmp_path / "again.wacz").read_bytes()


def test_the_same_up_to_the_last_member(package: Path, tmp_path: Path) -> None:
    """What is put in stands in the last member; everything in front of it is as it was, and the package sound."""
    attest(package, tmp_path / "noted.wacz", with_note)
    before, after = package.read_bytes(), (tmp_path / "noted.wacz").read_bytes()
    start = zipfile.ZipFile(io.BytesIO(before)).getinfo(DIGEST).header_offset

    assert before[:start] == after[:start]
    assert before != after
    assert [{"type": "note"}] == json.loads(forge.members(after)[DIGEST])["evidence"]
    assert set() == {
        each.code for each in packages.verify(after).findings if each.code.startswith(("zip", "wacz"))
    }


def test_in_place(package: Path) -> None:
    """A package is signed in its place; its name leads to the old one or to the new one, and nothing is left beside."""
    before = package.read_bytes()
    attest(package, package, with_note)

    assert before != package.read_bytes()
    assert [package] == list(package.parent.iterdir())
    assert Verdict.UNREADABLE is not packages.verify(package.read_bytes()).verdict


def test_nothing_is_left_of_an_error(package: Path) -> None:
    """Where no signature can be made, the package stays as it was."""
    before = package.read_bytes()

    def refuse(_: dict[str, Any]) -> Mapping[str, Any]:
        raise SigningError("no")

    with pytest.raises(SigningError):
        attest(package, package, refuse)
    assert before == package.read_bytes()
    assert [package] == list(package.parent.iterdir())


def test_nothing_is_overwritten(package: Path, tmp_path: Path) -> None:
    """Another file is replaced only where that is asked for."""
    other = tmp_path / "other.wacz"
    other.write_bytes(b"other")
    with pytest.raises(OutputExists):
        attest(package, other, with_note)
    assert b"other" == other.read_bytes()
    attest(package, other, with_note, overwrite=True)
    assert b"other" != other.read_bytes()


@pytest.mark.parametrize("key", ["path", "hash"])
def test_what_it_is_about_stays(package: Path, tmp_path: Path, key: str) -> None:
    """Nothing can be put in that would make it a digest of something else."""
    with pytest.raises(SigningError, match="not to be changed"):
        attest(package, tmp_path / "x.wacz", lambda value: {**value, key: "x"})
    assert not (tmp_path / "x.wacz").exists()


DAMAGES = {
    "the digest in front": lambda parts: {DIGEST: parts.pop(DIGEST), **parts},
    "no digest": lambda parts: {name: data for name, data in parts.items() if name != DIGEST},
    "no manifest": lambda parts: {name: data for name, data in parts.items() if name != MANIFEST},
    "another manifest": lambda parts: {**parts, MANIFEST: parts[MANIFEST] + b" "},
    "no JSON": lambda parts: {**parts, DIGEST: b"{"},
    "a list": lambda parts: {**parts, DIGEST: b"[]"},
    "a key twice": lambda parts: {**parts, DIGEST: parts[DIGEST].replace(b'"path"', b'"path": 1, "path"')},
}


@pytest.mark.parametrize("case", DAMAGES)
def test_damaged_packages(tmp_path: Path, case: str) -> None:
    """A package that is not as it must be is not signed."""
    path = tmp_path / "x.wacz"
    path.write_bytes(forge.pack(DAMAGES[case](signers.unsigned())))
    with pytest.raises(SigningError):
        attest(path, path, with_note)


@pytest.mark.parametrize(
    "damage", [b"front" + packages.build(), packages.build() + b"behind", packages.build()[:-1]]
)
def test_damaged_files(tmp_path: Path, damage: bytes) -> None:
    """A file with something in front of the ZIP or behind it, or cut off, is not signed."""
    path = tmp_path / "x.wacz"
    path.write_bytes(damage)
    with pytest.raises(SigningError):
        attest(path, path, with_note)


def test_no_package(tmp_path: Path) -> None:
    """A bare WARC is not signed: there is no place for a signature in it."""
    path = tmp_path / "x.warc.gz"
    path.write_bytes(forge.members(packages.build())[forge.WARC])
    with pytest.raises(SigningError, match="only packages"):
        attest(path, path, with_note)


def test_packages_of_others(tmp_path: Path) -> None:
    """A package that another ZIP writer made, deflated and with its own headers, keeps all bytes but the last member's."""
    path = tmp_path / "theirs.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in signers.unsigned().items():
            made.writestr(name, data)
    attest(path, tmp_path / "signed.wacz", with_note)

    with zipfile.ZipFile(path) as before, zipfile.ZipFile(tmp_path / "signed.wacz") as after:
        assert before.namelist() == after.namelist()
        assert after.testzip() is None
        for name in before.namelist()[:-1]:
            assert before.getinfo(name).date_time == after.getinfo(name).date_time
            assert before.read(name) == after.read(name)
        assert "evidence" in json.loads(after.read(DIGEST))


def test_manifest_of(package: Path) -> None:
    """The manifest of a package can be asked for."""
    assert packages.CREATED == manifest_of(package)["created"]


class TestWriting:
    """Signing while a package is written."""

    def test_as_one(self, tmp_path: Path) -> None:
        """A package signed while it is written is, byte for byte, the one signed afterwards."""
        key, path = signers.anonymous(), tmp_path / "x.wacz"
        with archive.PackageWriter(path, created=packages.CREATED) as writer:
            writer.sign(key)
            packages.fill(writer)
        parts = forge.members(path.read_bytes())

        assert path.read_bytes() == forge.pack(signers.signed(key, parts))

    def test_undated(self, tmp_path: Path) -> None:
        """A package that does not say when it was made cannot be signed, and that is said before any work."""
        with archive.PackageWriter(tmp_path / "x.wacz") as writer:
            with pytest.raises(SigningError, match="when it was made"):
                writer.sign(signers.anonymous())
            packages.fill(writer)

    def test_without_a_time_stamp(self, tmp_path: Path) -> None:
        """A host's key needs an authority that stamps; that is said before any work."""
        with archive.PackageWriter(tmp_path / "x.wacz", created=packages.CREATED) as writer:
            with pytest.raises(SigningError, match="time-stamp"):
                writer.sign(signers.newsroom())
            packages.fill(writer)

    def test_an_authority_that_refuses(self, tmp_path: Path) -> None:
        """Where the time-stamp cannot be had there is no package: an unsigned one is not what was asked for."""

        def refuse(_: bytes) -> bytes:
            raise SigningError("closed")

        writer = archive.PackageWriter(tmp_path / "x.wacz", created=packages.CREATED)
        writer.sign(signers.newsroom(), stamp=refuse)
        packages.fill(writer)
        with pytest.raises(SigningError, match="closed"):
            writer.__exit__(None, None, None)
        assert [] == list(tmp_path.iterdir())
