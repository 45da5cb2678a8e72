"""`provenance compare` and `provenance repair` as somebody at a terminal meets them."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest
from cli.command import run

TEXT = "The Halvern Courier\n\nFerry turns back\n\n“We turned back before the second wave came in,” Ilse Brandt said.\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Build a package of one text."""
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "whole.wacz"
    assert (
        run("build", tmp_path / "ferry.txt", "-o", path, "--created-at", "2031-05-01T00:00:00Z").status == 0
    )
    return path


def damaged(package: Path, name: str, member: str, *places: int, length: int = 1) -> Path:
    """Return a copy of a package in which bytes of a member are flipped."""
    data = bytearray(package.read_bytes())
    with zipfile.ZipFile(package) as opened:
        info = opened.getinfo(member)
        begin = info.header_offset + 30 + len(member)
    for place in places:
        for at in range(place, place + length):
            data[begin + at] ^= 0xFF
    path = package.with_name(name)
    path.write_bytes(data)
    return path


class TestCompare:
    """`provenance compare`."""

    def test_the_same(self, package: Path) -> None:
        """Two copies of the same bytes: status 0, and the counts say so."""
        copy = shutil.copy(package, package.with_name("copy.wacz"))
        ran = run("compare", package, copy, "--json")

        assert (ran.status, ran.last["type"], ran.last["same"], ran.last["identical"]) == (
            0,
            "summary",
            True,
            True,
        )
        assert ran.last["records"]["same"] == 4
        assert ran.of("finding") == []

    def test_differing(self, package: Path) -> None:
        """A damaged copy: status 1, and a finding that names the copy that contradicts itself."""
        copy = damaged(package, "bad.wacz", "archive/data.warc.gz", 400)
        ran = run("compare", package, copy, "--json")

        assert (ran.status, ran.last["same"]) == (1, False)
        assert {(f["code"], f["where"]["package"]) for f in ran.of("finding")} == {
            ("compare.record-damaged", str(copy))
        }
        assert "agrees with its own digests" in run("compare", package, copy).out

    def test_not_an_archive(self, package: Path) -> None:
        """What cannot be opened ends the run with status 3."""
        package.with_name("no.wacz").write_bytes(b"no")
        assert run("compare", package, package.with_name("no.wacz")).status == 3


class TestRepair:
    """`provenance repair`."""

    def test_restored(self, package: Path, tmp_path: Path) -> None:
        """Two damaged copies give the original byte for byte, with each piece named."""
        first = damaged(package, "a.wacz", "archive/data.warc.gz", 400)
        second = damaged(package, "b.wacz", "pages/pages.jsonl", 5)
        ran = run("repair", first, "--from", second, "-o", tmp_path / "out.wacz", "--json")

        assert (ran.status, ran.last["outcome"], ran.last["verdict"]) == (0, "restored", "sound")
        assert (tmp_path / "out.wacz").read_bytes() == package.read_bytes()
        assert [line["code"] for line in ran.of("finding")] == ["repair.member-taken", "repair.record-taken"]

    def test_refused(self, package: Path, tmp_path: Path) -> None:
        """The same record damaged in every copy: nothing is written, and the record is named."""
        first = damaged(package, "a.wacz", "archive/data.warc.gz", 400)
        second = shutil.copy(first, tmp_path / "b.wacz")
        ran = run("repair", first, "--from", second, "-o", tmp_path / "out.wacz", "--json")

        assert (ran.status, ran.last["outcome"], ran.last["output"]) == (1, "refused", None)
        assert not (tmp_path / "out.wacz").exists()
        assert [line["code"] for line in ran.of("finding")] == ["repair.record-lost"]

    @pytest.mark.parametrize(
        "member",
        ["indexes/index.cdx.gz", "indexes/index.idx", "pages/pages.jsonl", "provenance/articles.jsonl"],
    )
    def test_derived(self, package: Path, tmp_path: Path, member: str) -> None:
        """What is derived and lost everywhere is made again from the records: the original comes back byte for byte."""
        first = damaged(package, "a.wacz", member, 20, length=30)
        second = damaged(first, "b.wacz", "archive/data.warc.gz", 400)
        ran = run("repair", first, "--from", second, "-o", tmp_path / "out.wacz", "--json")

        assert (ran.status, ran.last["outcome"]) == (0, "restored")
        assert (tmp_path / "out.wacz").read_bytes() == package.read_bytes()
        assert [line["code"] for line in ran.of("finding")] == ["repair.member-derived"]

    def test_rebuilt(self, package: Path, tmp_path: Path) -> None:
        """A manifest that is lost everywhere: a new package of all records, sound, that says it is a new one."""
        first = damaged(package, "a.wacz", "datapackage.json", 20, length=30)
        second = damaged(first, "b.wacz", "archive/data.warc.gz", 400)
        ran = run("repair", first, "--from", second, "-o", tmp_path / "out.wacz", "--json")

        assert (ran.status, ran.last["outcome"], ran.last["verdict"]) == (1, "rebuilt", "sound")
        assert "repair.rebuilt" in [line["code"] for line in ran.of("finding")]
        compared = run("compare", package, tmp_path / "out.wacz", "--json")
        lost = [line["message"] for line in compared.of("finding") if line["code"] == "compare.record-only"]
        assert {message.split()[0] for message in lost} == {"warcinfo"}  # which speaks of its own file alone

    def test_not_copies(self, package: Path, tmp_path: Path) -> None:
        """A package and a WARC are no copies of one archive; a result may not replace a copy."""
        with zipfile.ZipFile(package) as opened:
            (tmp_path / "a.warc.gz").write_bytes(opened.read("archive/data.warc.gz"))
        assert (
            run("repair", package, "--from", tmp_path / "a.warc.gz", "-o", tmp_path / "out.wacz").status == 2
        )
        assert run("repair", package, "--from", package, "-o", package, "--force").status == 2

    def test_a_warc(self, package: Path, tmp_path: Path) -> None:
        """A WARC is repaired record by record; that nothing vouches for the whole is told."""
        with zipfile.ZipFile(package) as opened:
            data = opened.read("archive/data.warc.gz")
        (tmp_path / "a.warc.gz").write_bytes(data[:400] + b"\0" + data[401:])
        (tmp_path / "b.warc.gz").write_bytes(data)
        ran = run(
            "repair", tmp_path / "a.warc.gz", "--from", tmp_path / "b.warc.gz", "-o", tmp_path / "c.warc.gz"
        )

        assert ran.status == 0
        assert (tmp_path / "c.warc.gz").read_bytes() == data
        assert "repair.records-unvouched" in ran.out
