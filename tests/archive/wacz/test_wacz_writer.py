"""Writing a package: it appears when it is whole, or not at all; and it has just the form that was agreed."""

from __future__ import annotations

import errno
import gc
import io
import json
import os
import random
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import packages
import pytest
from damage import forge

import archive
from archive import disk
from archive.errors import LimitExceeded, OutputError, OutputExists, UsageError, WarcSyntaxError
from archive.wacz import layout
from archive.wacz.pages import Page
from archive.wacz.zipwriter import MemberSink
from archive.warc.record import NewRecord

TEXT = NewRecord("resource", "2026-01-01T00:00:00Z", b"x", "urn:x-text:1", "text/plain")


def test_layout() -> None:
    """All members are stored at the fixed time and mode, without extras, in the agreed order."""
    made = packages.build()
    with zipfile.ZipFile(io.BytesIO(made)) as opened:
        infos = opened.infolist()
        assert b"" == opened.comment

    assert [
        "archive/data.warc.gz",
        "indexes/index.cdx.gz",
        "indexes/index.idx",
        "pages/pages.jsonl",
        "provenance/articles.jsonl",
        "datapackage.json",
        "datapackage-digest.json",
    ] == [info.filename for info in infos]
    for info in infos:
        assert (0, (1980, 1, 1, 0, 0, 0), 0o100600, b"", 0) == (
            info.compress_type,
            info.date_time,
            info.external_attr >> 16,
            info.extra,
            info.flag_bits,
        )


def test_manifest() -> None:
    """The manifest says what was given, lists every other member with its digest, and nothing is made up."""
    parts = forge.members(packages.build())
    manifest = json.loads(parts["datapackage.json"])
    rows = manifest.pop("resources")
    assert "records" in manifest.pop("provenance:records")

    assert {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": "Bridges",
        "created": "2026-01-02T03:04:05Z",
        "software": "source-provenance",
        "mainPageUrl": "https://daily.example/0",
        "mainPageURL": "https://daily.example/0",
        "mainPageDate": "2026-01-01T00:00:00Z",
        "metadata": {"title": "Bridges"},
    } == manifest
    assert {row["path"]: (row["hash"], row["bytes"]) for row in rows} == {
        name: (forge.sha256(data), len(data))
        for name, data in parts.items()
        if not name.startswith("datapackage")
    }
    assert {"path": "datapackage.json", "hash": forge.sha256(parts["datapackage.json"])} == json.loads(
        parts["datapackage-digest.json"]
    )


def test_what_the_writer_tells(tmp_path: Path) -> None:
    """After closing, the writer tells the digest of the manifest, the size of the file and the number of records."""
    path = tmp_path / "x.wacz"
    with archive.PackageWriter(path) as writer:
        placed = writer.write(TEXT)
    parts = forge.members(path.read_bytes())

    assert forge.sha256(parts["datapackage.json"]) == writer.manifest_digest
    assert path.stat().st_size == writer.size_bytes
    assert 2 == writer.records
    assert ("archive/data.warc.gz", "<urn:uuid:") == (placed.member, placed.record_id[:10])
    assert "created" not in json.loads(parts["datapackage.json"])


def test_pages_have_one_shape() -> None:
    """The page list has a header, and rows with the same keys."""
    header, *rows = map(json.loads, forge.members(packages.build())["pages/pages.jsonl"].splitlines())

    assert {"format": "json-pages-1.0", "id": "pages", "title": "Pages"} == header
    assert [["id", "url", "ts", "title"]] * 2 == [list(row) for row in rows]


def test_existing_output(tmp_path: Path) -> None:
    """An output that exists is left alone, before any work, unless it may be overwritten."""
    path = tmp_path / "x.wacz"
    path.write_bytes(b"mine")

    with pytest.raises(OutputExists) as caught:
        archive.PackageWriter(path)
    assert caught.value.hint
    assert b"mine" == path.read_bytes()
    with archive.PackageWriter(path, overwrite=True) as writer:
        writer.write(TEXT)
    assert path.read_bytes().startswith(b"PK")
    assert [path] == list(tmp_path.iterdir())


def test_output_that_appears_meanwhile(tmp_path: Path) -> None:
    """An output that somebody else wrote in the meantime is not overwritten, and nothing is left behind."""
    path = tmp_path / "x.wacz"
    with pytest.raises(OutputExists), archive.PackageWriter(path) as writer:  # noqa: PT012
        writer.write(TEXT)
        path.write_bytes(b"mine")

    assert b"mine" == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize("reason", [KeyboardInterrupt, ValueError, SystemExit])
def test_nothing_is_left_behind(tmp_path: Path, reason: type[BaseException]) -> None:
    """When writing is broken off, by an error or by the user, there is no package and no other file."""
    with pytest.raises(reason), archive.PackageWriter(tmp_path / "x.wacz") as writer:  # noqa: PT012
        writer.write(TEXT)
        raise reason

    assert [] == list(tmp_path.iterdir())


def test_failing_while_closing(tmp_path: Path) -> None:
    """A package without a record is none: nothing appears."""
    with pytest.raises(UsageError), archive.PackageWriter(tmp_path / "x.wacz"):
        pass

    assert [] == list(tmp_path.iterdir())


def test_a_refused_record_does_not_spoil_the_package(tmp_path: Path) -> None:
    """A record that WARC does not allow is refused before anything of it is written."""
    path = tmp_path / "x.wacz"
    with archive.PackageWriter(path) as writer:
        writer.write(TEXT)
        with pytest.raises(WarcSyntaxError):
            writer.write(NewRecord("resource", "yesterday", b"x", "urn:x", "text/plain"))

    assert "sound" == packages.verify(path.read_bytes()).verdict


def test_an_unfinished_record_ends_the_package(tmp_path: Path) -> None:
    """A block that changes while it is copied leaves half a record: there is no package then, even if one goes on."""

    class Shrinking(io.BytesIO):
        reads = 0

        def read(self, count: int | None = -1, /) -> bytes:
            self.reads += 1
            return super().read(count) if self.reads < 12 else b""

    block = Shrinking(
        random.Random(3).randbytes(1_500_000)
    )  # measured in seven reads, and written as it is read
    with pytest.raises(OutputError), archive.PackageWriter(tmp_path / "x.wacz") as writer:  # noqa: PT012
        writer.write(TEXT)
        with pytest.raises(OutputError):
            writer.write(NewRecord("resource", "2026-01-01T00:00:00Z", block, "urn:x", "text/plain"))

    assert [] == list(tmp_path.iterdir())


def test_a_writer_that_is_forgotten(tmp_path: Path) -> None:
    """A writer that is never used as a context leaves nothing behind when it is gone."""
    archive.PackageWriter(tmp_path / "x.wacz")._lines.close()
    gc.collect()

    assert [] == list(tmp_path.iterdir())


def test_missing_folder(tmp_path: Path) -> None:
    """A folder that is not there is an error with a hint."""
    with pytest.raises(OutputError) as caught:
        archive.PackageWriter(tmp_path / "none" / "x.wacz")

    assert "folder" in (caught.value.hint or "")


def test_output_is_a_folder(tmp_path: Path) -> None:
    """A folder is not overwritten."""
    for overwrite in (False, True):
        with pytest.raises(OutputError) as caught:
            archive.PackageWriter(tmp_path, overwrite=overwrite)
        assert "folder" in (caught.value.hint or "")
    assert [] == list(tmp_path.iterdir())


def pipe(path: Path) -> None:
    """Put a named pipe there."""
    os.mkfifo(path)


def unix_socket(path: Path) -> None:
    """Put a socket there; its name stays when it is closed. The path is given from its folder: it may be long."""
    before = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


@pytest.mark.parametrize("make", [pipe, unix_socket, Path.mkdir, None])
@pytest.mark.parametrize("linked", [False, True])
@pytest.mark.parametrize("overwrite", [False, True])
def test_output_is_no_file(
    tmp_path: Path, make: Callable[[Path], None] | None, linked: bool, overwrite: bool
) -> None:
    """A pipe, a socket, a folder, a link to one of them or to nothing: refused before any work, and left as it was."""
    there, path = tmp_path / "there", tmp_path / "x.wacz" if linked or make is None else tmp_path / "there"
    if make is not None:
        make(there)
    if path != there:
        path.symlink_to(there)
    before = [(each, each.lstat()) for each in sorted(tmp_path.iterdir())]

    with pytest.raises(OutputError) as caught:
        archive.PackageWriter(path, overwrite=overwrite)

    assert caught.value.hint
    assert before == [(each, each.lstat()) for each in sorted(tmp_path.iterdir())]


def test_output_is_a_link_to_a_file(tmp_path: Path) -> None:
    """What a link leads to is replaced where it lies, if asked for, and the link stays; else nothing is touched."""
    folder, path = tmp_path / "far", tmp_path / "x.wacz"
    folder.mkdir()
    (folder / "real.wacz").write_bytes(b"mine")
    path.symlink_to(Path("far", "real.wacz"))

    with pytest.raises(OutputExists):
        archive.PackageWriter(path)
    with archive.PackageWriter(path, overwrite=True) as writer:
        writer.write(TEXT)

    assert Path("far", "real.wacz") == path.readlink()
    assert (folder / "real.wacz").read_bytes().startswith(b"PK")
    assert [folder / "real.wacz"] == list(folder.iterdir())
    assert {folder, path} == set(tmp_path.iterdir())


def test_a_pipe_that_appears_meanwhile(tmp_path: Path) -> None:
    """What is no file is not replaced either where it appears while the package is written."""
    path = tmp_path / "x.wacz"
    with pytest.raises(OutputError), archive.PackageWriter(path, overwrite=True) as writer:  # noqa: PT012
        writer.write(TEXT)
        pipe(path)

    assert path.is_fifo()
    assert [path] == list(tmp_path.iterdir())


def test_the_mode_of_the_output(tmp_path: Path) -> None:
    """A new file has the mode that the umask leaves, as any other new file."""
    path, other = tmp_path / "x.wacz", tmp_path / "other"
    before = os.umask(0o027)
    try:
        with archive.PackageWriter(path) as writer:
            writer.write(TEXT)
        other.touch()
    finally:
        os.umask(before)

    assert 0o100640 == other.stat().st_mode == path.stat().st_mode


@pytest.mark.parametrize("call", ["write", "sync", "cut", "link"])
def test_disk_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """A disk that is full, whenever it shows, is an error with a hint, and nothing is left behind."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(disk, call, full)
    if call == "link":
        monkeypatch.setattr(disk, "rename", full)
    with pytest.raises(OutputError) as caught, archive.PackageWriter(tmp_path / "x.wacz") as writer:
        writer.write(TEXT)

    assert "full" in (caught.value.hint or "")
    assert [] == list(tmp_path.iterdir())


def test_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the file system has no hard links, the package gets its name by a rename."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(disk.os, "link", refuse)
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        writer.write(TEXT)

    assert ["x.wacz"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(
    "name",
    ["x.txt", "a/b/x.txt", "archive/x.txt", "indexes/x.json", "pages/x.jsonl", "Provenance/x.txt", "provenance/x",
     "provenance/é.txt", "../x.txt", "/a/x.txt", "provenance/", "provenance/pages.jsonl", "p/a..b"],
)  # fmt: skip
def test_names_of_members(tmp_path: Path, name: str) -> None:
    """A further member has one folder of its own, an extension, and a plain name that nothing else has."""
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        writer.write(TEXT)
        with pytest.raises(UsageError):
            writer.add_member(name, b"x")


def test_a_member_twice(tmp_path: Path) -> None:
    """Two members of one name are refused."""
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        writer.write(TEXT)
        writer.add_member("provenance/a.txt", b"x")
        with pytest.raises(UsageError):
            writer.add_member("other/a.txt", b"x")


@pytest.mark.parametrize("created", ["2026", "2026-01-01", "2026-01-01T00:00:00+00:00", "now"])
def test_created_has_one_form(tmp_path: Path, created: str) -> None:
    """The time of creation is in UTC to the second, as signatures need it, or it is refused."""
    with pytest.raises(UsageError):
        archive.PackageWriter(tmp_path / "x.wacz", created=created)
    assert [] == list(tmp_path.iterdir())


def test_pages_get_ids_of_their_own() -> None:
    """A page without an id gets one from its address and time, always the same."""
    one, same, other = Page("a", "2026", "x"), Page("a", "2026", "y"), Page("b", "2026", "x")

    assert one.id == same.id
    assert one.id != other.id
    assert "mine" == Page("a", "2026", "x", id="mine").id


def test_a_member_stays_below_4_gib() -> None:
    """A member that would need 64-bit sizes is refused before it is written."""
    sink = MemberSink(io.BytesIO(), "a/b")
    sink.size_bytes = layout.U32 - 2
    with pytest.raises(LimitExceeded):
        sink.write(b"xx")


def test_members_beyond_4_gib() -> None:
    """The directory gives offsets beyond 4 GiB in 64-bit form, and so does the end (APPNOTE 4.3.14, 4.5.3)."""
    far = layout.Laid("a/b.c", 1, 2, 5 << 30)
    listing = layout.directory([far])
    end = layout.end(1, len(listing), 6 << 30)

    assert listing.endswith(struct.pack("<2HQ", 1, 8, 5 << 30))
    assert (b"PK\x06\x06", 6 << 30) == (end[:4], struct.unpack_from("<Q", end, 48)[0])
    assert struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(listing), 0xFFFFFFFF, 0) == end[-22:]


@pytest.mark.parametrize("warc_bytes", [1, 1 << 30])
def test_records_that_are_alike(tmp_path: Path, warc_bytes: int) -> None:
    """A package that was given one record twice is sound: each has its own id, also in another WARC."""
    path = tmp_path / "x.wacz"
    with archive.PackageWriter(path, warc_bytes=warc_bytes) as writer:
        ids = {writer.write(TEXT).record_id, writer.write(TEXT).record_id}

    assert 2 == len(ids)
    assert "sound" == packages.verify(path.read_bytes()).verdict
