"""A custody log that is killed, refused, or loses power at any call of an append: no acknowledged line is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import logs
import pytest
from faults import Faults, Killed, Op, Recorder, lay_out, states, taking_little

from archive.custody.log import Log
from archive.errors import OutputError

NAME = "custody.jsonl"
Ack = Callable[[str], None]
TORN = b'{"actor":"Ana Holt","event":"coll'


def append(folder: Path, ack: Ack) -> None:
    """Append three events, acknowledging each by the digest of its line."""
    log = Log(folder / NAME)
    for number in range(3):
        ack(log.append(logs.event(10 + number)).digest)


def nothing(folder: Path) -> None:
    """Begin with no log."""


def torn(folder: Path) -> None:
    """Begin with a log that a crash has torn."""
    path = folder / NAME
    logs.grow(path, 2)
    with path.open("ab") as file:
        file.write(TORN)


BEGINNINGS = [nothing, torn]


def acknowledged_are_there(folder: Path, acknowledged: set[str]) -> bool:
    """Say whether every line that was acknowledged is in the log, which hangs together but for a torn end."""
    path = folder / NAME
    if not path.exists():
        return not acknowledged
    assert {"custody.line-torn"} >= set(logs.check(path))
    from archive.custody.reading import read_log

    return acknowledged <= {read.line.digest for read in read_log(path) if read.line}


def goes_on(folder: Path, begin: Callable[[Path], None]) -> None:
    """Append one more event; the log is clean then, and what was torn at the beginning is kept."""
    Log(folder / NAME).append(logs.event(50))
    assert not logs.check(folder / NAME)
    if begin is torn:
        assert any(TORN in path.read_bytes() for path in folder.iterdir() if ".torn-" in path.name)
        assert b'"event":"recovered"' in (folder / NAME).read_bytes()


def calls(folder: Path, begin: Callable[[Path], None]) -> int:
    """Return how many calls the appends make."""
    folder.mkdir()
    begin(folder)
    with Faults().installed() as counted:
        append(folder, lambda _: None)
    return len(counted.made)


@pytest.mark.parametrize("begin", BEGINNINGS)
def test_killed_at_every_call(tmp_path: Path, begin: Callable[[Path], None]) -> None:
    """Killed at any call, what was acknowledged is in the log, and the log can be gone on with."""
    for at in range(calls(tmp_path / "whole", begin)):
        folder, acknowledged = tmp_path / str(at), set[str]()
        folder.mkdir()
        begin(folder)
        with Faults(at, Killed()).installed(), pytest.raises(Killed):
            append(folder, acknowledged.add)

        assert acknowledged_are_there(folder, acknowledged), at
        goes_on(folder, begin)
        assert acknowledged_are_there(folder, acknowledged), at


@pytest.mark.parametrize("begin", BEGINNINGS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_refused_at_every_call(tmp_path: Path, begin: Callable[[Path], None], number: int) -> None:
    """Whatever call the disk refuses, the error names the log and what to do, and the log holds what was acknowledged."""
    for at in range(calls(tmp_path / "whole", begin)):
        folder, acknowledged = tmp_path / str(at), set[str]()
        folder.mkdir()
        begin(folder)
        before = len(logs.lines(folder / NAME)) if begin is torn else 0
        with Faults(at, OSError(number, os.strerror(number))).installed():
            raised = _stopped_by(folder, acknowledged)

        assert raised is not None, at
        assert NAME in str(raised.where)
        assert raised.hint
        assert acknowledged_are_there(folder, acknowledged), at
        if begin is nothing and (folder / NAME).exists():
            assert len(acknowledged) + before == len(logs.lines(folder / NAME)), (
                at
            )  # what was refused is not there
        goes_on(folder, begin)


def _stopped_by(folder: Path, acknowledged: set[str]) -> OutputError | None:
    try:
        append(folder, acknowledged.add)
    except OutputError as error:
        return error
    return None


@pytest.mark.parametrize("begin", BEGINNINGS)
def test_every_state_of_the_disk(tmp_path: Path, begin: Callable[[Path], None]) -> None:
    """Whatever of the unsynchronised part a disk holds when power is lost, no acknowledged line is gone."""
    start = tmp_path / "start"
    start.mkdir()
    begin(start)
    known: list[Op] = []
    if begin is torn:
        known = [Op("create", 0, name=NAME), Op("write", 0, 0, (start / NAME).read_bytes())]
        known += [Op("sync", 0), Op("sync_folder")]
    recorder = Recorder()
    if known:  # the file that is there already has the first number
        of = (start / NAME).stat()
        recorder._files[(of.st_dev, of.st_ino)] = 0
    with recorder.installed():
        append(start, recorder.mark)
    seen = set()

    for behind in range(len(recorder.ops) + 1):
        acknowledged = {what for before, what in recorder.marks if before <= behind}
        for state in states([*known, *recorder.ops[:behind]]):
            key = (frozenset(acknowledged), *sorted(state.items()))
            if key in seen:
                continue
            seen.add(key)
            folder = tmp_path / str(len(seen))
            folder.mkdir()
            lay_out(state, folder)

            assert acknowledged_are_there(folder, acknowledged), behind
            goes_on(folder, begin)
            assert acknowledged_are_there(folder, acknowledged), behind
    assert len(seen) > 10


@pytest.mark.parametrize("most", [1, 100])
def test_short_writes(tmp_path: Path, most: int) -> None:
    """A system that takes a few bytes at a time gets every line in the end."""
    with taking_little(most):
        append(tmp_path, lambda _: None)

    assert len(logs.lines(tmp_path / NAME)) == 3
    assert not logs.check(tmp_path / NAME)


def test_an_unsynchronised_log_would_lose_lines(tmp_path: Path) -> None:
    """The simulation does lose what nobody synchronised: without that call, an acknowledged line is gone in some state."""
    recorder = Recorder()
    with recorder.installed():
        append(tmp_path, recorder.mark)
    careless = [op for op in recorder.ops if op.kind != "sync"]

    assert any(NAME not in state or not state[NAME][1] for state in states(careless))
