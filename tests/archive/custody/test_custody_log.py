"""Appending to a log: one writer at a time, what is torn set aside and told, nothing hung on what cannot be read."""

from __future__ import annotations

import hashlib
import itertools
import multiprocessing
import os
from pathlib import Path

import logs
import pytest

from archive import disk
from archive.custody.events import EventKind
from archive.custody.log import Log, LogDamaged
from archive.errors import OutputBusy, OutputError, UsageError


def test_each_line_hangs_on_the_one_before(tmp_path: Path) -> None:
    """The digest that a line gives is that of the bytes of the one before it, without its line end."""
    parts = logs.lines(logs.made(tmp_path, 3))

    for before, after in itertools.pairwise(parts):
        assert f'"prev":"sha256:{hashlib.sha256(before[:-1]).hexdigest()}"'.encode() in after
    assert not logs.check(tmp_path / "custody.jsonl")


def test_the_returned_line_is_the_one_in_the_file(tmp_path: Path) -> None:
    """Appending returns number and digest of the line that is in the file now."""
    line = logs.grow(tmp_path / "x", 2)[1]

    assert line.seq == 1
    assert line.digest == f"sha256:{hashlib.sha256(logs.lines(tmp_path / 'x')[1][:-1]).hexdigest()}"


def test_every_cut_goes_on(tmp_path: Path) -> None:
    """Cut anywhere, the log goes on behind its last whole line, keeps what was torn, and says so in a line."""
    whole = logs.made(tmp_path, 3).read_bytes()
    ends = [at for at, byte in enumerate(whole) if byte == ord("\n")]
    for size in sorted({*range(0, len(whole), 13), *(end + by for end in ends for by in (0, 1, 2))}):
        path = tmp_path / f"cut{size}"
        path.write_bytes(whole[:size])
        end = whole.rfind(b"\n", 0, size) + 1
        line = Log(path).append(logs.event(9))

        kept = path.with_name(f"cut{size}.torn-{end}")
        torn = whole[end:size]
        assert whole[:end] == path.read_bytes()[:end]
        assert bool(torn) == kept.exists()
        assert torn == (kept.read_bytes() if torn else b"")
        assert line.seq == whole[:end].count(b"\n") + bool(torn)
        assert not logs.check(path)
        if torn:
            told = logs.lines(path)[-2]
            assert b'"event":"recovered"' in told
            assert f'"digest":"sha256:{hashlib.sha256(torn).hexdigest()}"'.encode() in told


def test_a_crash_between_setting_aside_and_telling(tmp_path: Path) -> None:
    """Where a crash left the torn bytes set aside and no line about them, the next event brings that line."""
    path = logs.made(tmp_path, 2)
    size = path.stat().st_size
    path.with_name(f"{path.name}.torn-{size}").write_bytes(b"torn")

    assert Log(path).append(logs.event(2)).seq == 3
    assert b'"event":"recovered"' in logs.lines(path)[2]
    assert Log(path).append(logs.event(3)).seq == 4


def test_torn_twice_at_one_place(tmp_path: Path) -> None:
    """What is torn where something was torn before is kept behind it: nothing that was set aside is overwritten."""
    path = logs.made(tmp_path, 1)
    size = path.stat().st_size
    kept = path.with_name(f"{path.name}.torn-{size}")
    kept.write_bytes(b"first")
    with path.open("ab") as file:
        file.write(b"second")
    Log(path).append(logs.event(1))

    assert kept.read_bytes() == b"firstsecond"


def test_a_torn_first_line_keeps_the_name(tmp_path: Path) -> None:
    """A log whose very first line was torn begins with the line that says so, and that has the log's name."""
    path = tmp_path / "x"
    path.write_bytes(b'{"torn')
    Log(path).append(logs.event(origin=logs.ORIGIN))
    first, second = logs.lines(path)

    assert b'"event":"recovered"' in first
    assert f'"origin":"{logs.ORIGIN}"'.encode() in first
    assert b"origin" not in second


@pytest.mark.parametrize("data", [b"PK\3\4", b"notes", b"[", b"{}"])
def test_no_log_is_made_of_another_file(tmp_path: Path, data: bytes) -> None:
    """A file without a line that does not begin as a log does is no torn log: it stays what it is, where it is."""
    path = tmp_path / "x"
    path.write_bytes(data)
    with pytest.raises(LogDamaged):
        Log(path).append(logs.event())

    assert data == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


@pytest.mark.parametrize("data", [b"", b"{", b'{"', b"\0" * 9])
def test_a_log_begins_where_a_first_line_was_torn(tmp_path: Path, data: bytes) -> None:
    """A file in which no line was ever finished, and that may be the beginning of one, becomes a log."""
    path = tmp_path / "x"
    path.write_bytes(data)

    assert bool(data) == Log(path).append(logs.event()).seq


@pytest.mark.parametrize("end", [b"nonsense\n", b"\n", b"x" * 200_000, b"x" * 200_000 + b"\n"])
def test_nothing_is_hung_on_what_cannot_be_read(tmp_path: Path, end: bytes) -> None:
    """Behind a damaged last line, or behind no line at all, nothing is appended, and the log stays as it is."""
    path = logs.made(tmp_path, 2)
    with path.open("ab") as file:
        file.write(end)
    before = path.read_bytes()

    with pytest.raises(LogDamaged) as raised:
        Log(path).append(logs.event(2))
    assert raised.value.hint
    assert before == path.read_bytes()


def test_the_log_alone_recovers(tmp_path: Path) -> None:
    """Nobody else can append that something was recovered."""
    with pytest.raises(ValueError, match="log itself"):
        Log(tmp_path / "x").append(logs.event(kind=EventKind.RECOVERED))
    assert not (tmp_path / "x").exists()


def test_what_no_line_can_hold_touches_nothing(tmp_path: Path) -> None:
    """An event that cannot be written leaves no file behind."""
    with pytest.raises(ValueError, match="characters"):
        Log(tmp_path / "x").append(logs.event(reason="x" * 5000))
    assert not (tmp_path / "x").exists()


def test_a_name_comes_first(tmp_path: Path) -> None:
    """A log that has begun takes no name any more."""
    path = logs.made(tmp_path, 1)

    with pytest.raises(UsageError, match="begun"):
        Log(path).append(logs.event(1, origin=logs.ORIGIN))
    assert len(logs.lines(path)) == 1


def test_no_log_through_a_link(tmp_path: Path) -> None:
    """A link in the place of a log is refused: nobody is led to write elsewhere."""
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OutputError):
        Log(tmp_path / "link").append(logs.event())
    assert not (tmp_path / "elsewhere").exists()


def test_who_finds_it_locked_waits_and_then_says_so(tmp_path: Path) -> None:
    """While another holds the log nothing is appended; whoever waited long enough is told."""
    path = logs.made(tmp_path, 1)
    held = disk.open_locked(path)
    try:
        with pytest.raises(OutputBusy):
            Log(path, patience_seconds=0.05).append(logs.event(1))
    finally:
        os.close(held)
    assert Log(path).append(logs.event(1)).seq == 1


def _append_many(path: Path, count: int) -> None:
    for number in range(count):
        Log(path).append(logs.event(number))


def test_several_writers(tmp_path: Path) -> None:
    """Four processes append at once; every event is there, once, in one chain."""
    path = tmp_path / "x"
    spawn = multiprocessing.get_context("fork")
    writers = [spawn.Process(target=_append_many, args=(path, 15)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)

    assert [0] * 4 == [writer.exitcode for writer in writers]
    assert len(logs.lines(path)) == 60
    assert {"custody.time-backwards"} >= set(logs.check(path))


def test_only_the_end_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Appending reads as much of a long log as of a short one."""
    path = logs.made(tmp_path, 3)
    data = path.read_bytes()
    read: list[int] = []
    real = os.read
    monkeypatch.setattr("archive.custody.log.os.read", lambda fd, size: read.append(size) or real(fd, size))
    path.write_bytes(data * 1000)  # no chain any more, but a last line
    Log(path).append(logs.event(3))

    assert max(read) < 200_000 < path.stat().st_size
