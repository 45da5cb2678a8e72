"""Opening archives of every kind, reading members in part and in whole, and saying no."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import packages
import pytest
from damage import forge

import archive
from archive.errors import LimitExceeded, NotAnArchive, Unreadable, UsageError
from archive.findings import Verdict
from archive.jsontext import parse
from archive.limits import Limits
from archive.wacz.lines import lines_of
from archive.wacz.member import MemberDamaged
from archive.wacz.reader import Kind

GOOD = packages.build()
PARTS = forge.members(GOOD)


def opened(data: bytes = GOOD, name: str = "x.wacz", **options: object) -> archive.wacz.reader.Package:
    """Open some bytes."""
    return archive.open(io.BytesIO(data), name=name, **options)


def test_members() -> None:
    """Every member is listed with its size and read back as it was."""
    with opened() as package:
        assert {name: len(data) for name, data in PARTS.items()} == {
            m.name: m.size_bytes for m in package.members
        }
        assert PARTS == {name: package.open_member(name).read() for name in PARTS}
        assert PARTS == {m.name: GOOD[m.offset_bytes :][: m.stored_bytes] for m in package.members}


def test_records_pages_lines() -> None:
    """Records, pages and index lines are given in the order in which they stand."""
    with opened() as package:
        kinds = [record.header.get("WARC-Type") for record in package.records()]
        assert ["warcinfo", "response", "response", "resource", "conversion", "metadata"] == kinds
        assert ["Part 0", "Part 1"] == [page.title for page in package.pages()]
        assert 4 == len(list(package.index_lines()))
        assert "Bridges" == (package.datapackage or {})["title"]
        assert () == package.container_findings
        assert package.ours


@pytest.mark.parametrize("name", ["data.warc.gz", "data.warc", "data"])
def test_a_bare_warc_is_a_package(name: str) -> None:
    """A WARC by itself, compressed or not, is a package of one member without a manifest, and can be sound."""
    warc = PARTS[forge.WARC] if name.endswith("gz") else gzip.decompress(PARTS[forge.WARC])
    with opened(warc, name) as package:
        assert (Kind.WARC, (name,), None) == (package.kind, package.warc_names, package.datapackage)
        assert 6 == len(list(package.records()))
        assert warc == package.open_member(name).read()
    report = packages.verify(warc, name=name)
    assert Verdict.SOUND is report.verdict
    assert (6, 6) == (report.coverage["records"].checked, report.coverage["records"].present)


def test_by_path(tmp_path: Path) -> None:
    """An archive is opened by its path, and what cannot be opened is unreadable."""
    path = tmp_path / "x.wacz"
    path.write_bytes(GOOD)
    with archive.open(path) as package, archive.open(str(path)) as same:
        assert package.members == same.members
    for missing in (tmp_path / "none.wacz", tmp_path):
        with pytest.raises(Unreadable):
            archive.open(missing)


def test_from_a_pipe() -> None:
    """What cannot be sought in is kept in a temporary file."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    with archive.open(Pipe(GOOD), name="-") as package:
        assert 7 == len(package.members)


def test_seeking() -> None:
    """A member is read from any place, stored or deflated, several at once."""
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        writer.writestr("a/b.txt", bytes(range(256)) * 1000)
    for data in (forge.pack({"a/b.txt": bytes(range(256)) * 1000}), packed.getvalue()):
        with opened(data) as package:
            one, other = package.open_member("a/b.txt"), package.open_member("a/b.txt")
            assert 256_000 == one.seek(0, io.SEEK_END)
            one.seek(100_003)
            other.seek(7)
            assert (bytes([100_003 % 256]), b"\x07") == (one.read(1), other.read(1))
            one.seek(1)
            assert b"\x01\x02" == one.read(2)
            assert bytes(range(256)) * 1000 == package.open_member("a/b.txt").read()


def test_a_wrong_crc() -> None:
    """Reading a damaged member to its end raises, unless one asks for it as it is; a part of it is just read."""
    raw = bytearray(forge.pack({"a/b.txt": b"hello world"}))
    raw[raw.index(b"world")] ^= 1
    with opened(bytes(raw)) as package:
        with pytest.raises(MemberDamaged) as caught:
            package.open_member("a/b.txt").read()
        assert "a/b.txt" == caught.value.where.member
        assert b"hello vorld" == package.open_member("a/b.txt", check=False).read()


def test_a_broken_stream() -> None:
    """A deflated member that cannot be inflated, or that holds less or more than it says, is found to be damaged."""
    good = forge.raw_zip([(b"a", b"data" * 100)], method=8)
    broken = bytearray(good)
    broken[31] ^= 0xFF
    for data in (bytes(broken), good.replace((400).to_bytes(4, "little"), (390).to_bytes(4, "little"))):
        assert 1 == packages.codes(packages.verify(data))["zip.member-damaged"]
    assert 0 == packages.codes(packages.verify(good))["zip.member-damaged"]


def test_a_member_that_is_not_there() -> None:
    """A name that is not in the archive is the caller's mistake."""
    with opened() as package, pytest.raises(UsageError):
        package.open_member("none")


def test_what_is_no_archive() -> None:
    """Anything else is refused, with a hint."""
    for data in (b"", b"hello", b"\x1f\x8b\x08hello", gzip.compress(b"hello")):
        with pytest.raises(NotAnArchive):
            opened(data)


def test_a_warc_that_is_none() -> None:
    """A file that is only named like a WARC can be opened, and the checks say that there is nothing in it."""
    assert Verdict.UNREADABLE is packages.verify(b"hello", name="x.warc").verdict
    report = packages.verify(forge.pack({**PARTS, forge.WARC: b"hello"}))
    assert 1 == packages.codes(report)["wacz.warc-unreadable"]


def test_a_manifest_beyond_the_limit() -> None:
    """A manifest larger than allowed stops the checks that need it, and the package is not sound."""
    from archive.checks import check_all
    from archive.findings import Report

    with opened(limits=Limits(manifest_bytes=1000)) as package:
        with pytest.raises(LimitExceeded):
            package.read_member("datapackage.json", allowed=10)
        report = Report.of("x", check_all(package))

    assert 0 < packages.codes(report)["check.stopped"]
    assert "members" in report.unchecked
    assert Verdict.UNDECIDED is report.verdict


def test_lines() -> None:
    """Lines come with their offsets, whichever line end they have, and over all gzip members."""
    packed = gzip.compress(b"one\ntw") + gzip.compress(b"o\r\nthree")
    expected = [(0, b"one"), (4, b"two"), (9, b"three")]

    assert expected == list(lines_of(io.BytesIO(packed), packed=True, limits=Limits()))
    assert expected == list(lines_of(io.BytesIO(b"one\ntwo\r\nthree"), packed=False, limits=Limits()))


def test_lines_without_end() -> None:
    """A line without an end, and gzip that grows beyond all reason, are given up in time."""
    with pytest.raises(LimitExceeded):
        list(lines_of(io.BytesIO(bytes(1 << 20)), packed=False, limits=Limits(header_bytes=1000)))
    bomb = gzip.compress(bytes(30 << 20))
    with pytest.raises(ValueError, match="beyond"):
        list(lines_of(io.BytesIO(bomb), packed=True, limits=Limits(header_bytes=1 << 30)))


@pytest.mark.parametrize(
    "raw", [b"", b"{", b"\xff", b"NaN", b"[" * 65 + b"]" * 65, b"[Infinity]", b"1" * 5000, b'{"a": 1} x']
)
def test_json_that_is_refused(raw: bytes) -> None:
    """JSON that is none, nests too deep or has numbers beyond reason is refused with a reason."""
    with pytest.raises(ValueError, match=r"\w"):
        parse(raw)


def test_json_that_is_read() -> None:
    """Brackets inside strings do not nest; a repeated key is read and named."""
    assert ["[" * 100] == parse(b'["' + b"[" * 100 + b'"]').value
    assert ({"a": 2}, ("a",)) == (parse(b'{"a": 1, "a": 2}').value, parse(b'{"a": 1, "a": 2}').repeated)


@pytest.mark.parametrize("linked", [False, True])
def test_what_is_no_file(tmp_path: Path, linked: bool) -> None:
    """A pipe, a folder, or a link to one is refused by its path without waiting for anybody to write into it."""
    pipe, folder = tmp_path / "pipe.wacz", tmp_path / "folder.wacz"
    os.mkfifo(pipe)
    folder.mkdir()
    for there in (pipe, folder):
        path = tmp_path / f"link-to-{there.name}" if linked else there
        if linked:
            path.symlink_to(there)
        with pytest.raises(Unreadable) as caught:
            archive.open(path)
        assert caught.value.hint
        assert str(path) == caught.value.where.package


def test_a_name_that_no_file_has() -> None:
    """A path that the system does not take at all is unreadable, like one that is not there."""
    with pytest.raises(Unreadable):
        archive.open("a\0b")


@pytest.mark.parametrize("unit", [b"\0", b"\n"])
def test_a_member_that_grows(unit: bytes) -> None:
    """A member that grows a thousand times costs no more than the limits, whether it is one line or all line ends.

    Of 20 MB, with limits in proportion to the usual ones, as much is inflated as of 600 MB with those.
    """
    size, limits = 20_000_000, Limits(inflate_ratio=20, inflate_ratio_from_bytes=100_000)
    data = forge.raw_zip([(b"pages/pages.jsonl", unit * size)], method=8)
    with opened(data, limits=limits) as package:
        (member,) = package.members
        lines = 0
        with pytest.raises((LimitExceeded, MemberDamaged)):  # noqa: PT012 - counts what came before
            for _ in package.lines(member.name):
                lines += 1
        measured = package.measure(member.name)

    assert size == member.size_bytes
    allowed = member.stored_bytes * limits.inflate_ratio + (1 << 18)
    assert lines <= allowed < size // 10
    assert measured.size_bytes <= allowed
    assert "inflate_ratio" in (measured.damage or "")
