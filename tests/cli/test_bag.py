"""`provenance bag`: bags that the library of the Library of Congress finds valid, and that say only what is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.command import run

bagit = pytest.importorskip("bagit", reason="bags are made with the extra `bag`")


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Build a package with a statement about the collection."""
    (tmp_path / "ferry.txt").write_text("The Halvern Courier\n\nThe ferry turned back.\n", encoding="utf-8")
    (tmp_path / "about.toml").write_text(
        'collector = "Ilse Brandt"\norganization = "Halvern Archive"\npurpose = "flood\\ninquiry"\n',
        encoding="utf-8",
    )
    path = tmp_path / "ferry.wacz"
    ran = run(
        "build", tmp_path / "ferry.txt", "-o", path, "--about", tmp_path / "about.toml", "--title", "Ferry"
    )
    assert ran.status == 0
    return path


def test_a_valid_bag(package: Path, tmp_path: Path) -> None:
    """The bag is valid, holds the packages byte for byte, and its two manifests agree with them."""
    other = tmp_path / "bridges.wacz"
    other.write_bytes(package.read_bytes())
    ran = run("bag", package, other, "-o", tmp_path / "bag", "--json")
    made = bagit.Bag(str(tmp_path / "bag"))

    assert (ran.status, ran.last["files"]) == (0, 2)
    assert made.is_valid()
    assert set(made.algorithms) == {"sha256", "sha512"}
    assert (tmp_path / "bag" / "data" / "ferry.wacz").read_bytes() == package.read_bytes()
    assert not list(tmp_path.glob("*.unfinished"))


def test_only_what_is_known(package: Path, tmp_path: Path) -> None:
    """The information of the bag is what the package states; what nobody stated is not there."""
    run("bag", package, "-o", tmp_path / "bag")
    info = bagit.Bag(str(tmp_path / "bag")).info

    assert info["Source-Organization"] == "Halvern Archive"
    assert (info["Collector"], info["Purpose"]) == ("Ilse Brandt", "flood inquiry")
    assert info["External-Description"] == "Ferry"
    assert info["External-Identifier"].startswith("sha256:")
    assert not {"Method", "Contact", "Contact-Name", "Organization-Address"} & set(info)


def test_a_damaged_bag(package: Path, tmp_path: Path) -> None:
    """A package that is changed inside the bag makes it invalid."""
    run("bag", package, "-o", tmp_path / "bag")
    inside = tmp_path / "bag" / "data" / "ferry.wacz"
    inside.write_bytes(inside.read_bytes() + b"x")

    assert not bagit.Bag(str(tmp_path / "bag")).is_valid()


def test_an_unsound_package(package: Path, tmp_path: Path) -> None:
    """A package that is unsound is bagged as it is, and the status says so."""
    data = package.read_bytes()
    package.write_bytes(data[:400] + bytes([data[400] ^ 1]) + data[401:])
    ran = run("bag", package, "-o", tmp_path / "bag", "--json")

    assert (ran.status, ran.last["verdicts"]) == (1, {str(package): "unsound"})
    assert bagit.Bag(str(tmp_path / "bag")).is_valid()


def test_refused(package: Path, tmp_path: Path) -> None:
    """Nothing is replaced, nothing that is no archive is bagged, and names are not mixed up."""
    (tmp_path / "bag").mkdir()
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "ferry.wacz").write_bytes(package.read_bytes())
    (tmp_path / "notes.txt").write_text("no archive", encoding="utf-8")

    assert run("bag", package, "-o", tmp_path / "bag").status == 2
    assert run("bag", package, tmp_path / "more" / "ferry.wacz", "-o", tmp_path / "other").status == 2
    assert run("bag", tmp_path / "notes.txt", "-o", tmp_path / "other").status == 3
    assert not (tmp_path / "other").exists()


def test_recorded(package: Path, tmp_path: Path) -> None:
    """The export is told to a custody log."""
    assert (
        run("bag", package, "-o", tmp_path / "bag", "--record", tmp_path / "log", "--actor", "me").status == 0
    )
    line = (tmp_path / "log").read_text(encoding="utf-8")

    assert '"event":"exported"' in line
    assert '"bag":"bag"' in line
