"""A build that is killed, or that the disk refuses something, at every call it makes: nothing acknowledged is lost."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import NAME, build_texts, finished, nobody, promised, write_records
from faults import Faults, Killed, taking_little

from archive.errors import OutputError

BUILDS = [write_records, build_texts]


def whole(folder: Path, build: Callable[..., Path]) -> tuple[bytes, int]:
    """Return the package of a build that nothing stops, and how many calls that takes."""
    folder.mkdir()
    with Faults().installed() as counted:
        data = build(folder).read_bytes()
    return data, len(counted.made)


@pytest.mark.parametrize("build", BUILDS)
def test_killed_at_every_call(tmp_path: Path, build: Callable[..., Path]) -> None:
    """Killed at any call, what was acknowledged is there, and gone on with, the package is the same to the byte."""
    expected, calls = whole(tmp_path / "whole", build)

    for at in range(calls):
        folder, acknowledged = tmp_path / str(at), set[str]()
        folder.mkdir()
        with Faults(at, Killed()).installed(), pytest.raises(Killed):
            build(folder, ack=acknowledged.add)
        published = (folder / NAME).exists()

        assert published or acknowledged <= promised(folder), at
        assert not published or expected == (folder / NAME).read_bytes(), at
        assert expected == finished(folder, build), at
        assert [NAME] == [path.name for path in folder.iterdir()], at


def test_killed_twice(tmp_path: Path) -> None:
    """A build that is killed while it is gone on with loses nothing either."""
    expected, calls = whole(tmp_path / "whole", write_records)

    for first in range(5, calls, 4):
        for second in range(0, calls, 3):
            folder, acknowledged = tmp_path / f"{first} {second}", set[str]()
            folder.mkdir()
            with Faults(first, Killed()).installed(), pytest.raises(Killed):
                write_records(folder, ack=acknowledged.add)
            if (folder / NAME).exists():
                continue
            try:
                with Faults(second, Killed()).installed():
                    write_records(folder, resume=True)
            except Killed:
                assert (folder / NAME).exists() or acknowledged <= promised(folder)
            assert expected == finished(folder, write_records)


@pytest.mark.parametrize("build", BUILDS)
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_refused_at_every_call(tmp_path: Path, build: Callable[..., Path], number: int) -> None:
    """Whatever call the disk refuses, the error names the output and what to do; what was acknowledged stays."""
    expected, calls = whole(tmp_path / "whole", build)

    for at in range(calls):
        folder, acknowledged = tmp_path / str(at), set[str]()
        folder.mkdir()
        raised = _stopped_by(folder, build, Faults(at, OSError(number, os.strerror(number))), acknowledged)

        if raised is not None:
            assert NAME in str(raised.where), at
            assert raised.hint, at
            assert (folder / NAME).exists() or acknowledged <= promised(folder), at
        assert expected == finished(folder, build), at
        assert [NAME] == [path.name for path in folder.iterdir()], at


def _stopped_by(
    folder: Path, build: Callable[..., Path], faults: Faults, acknowledged: set[str]
) -> OutputError | None:
    """Build, and return the error that stopped it; None where the refused call was not needed."""
    try:
        with faults.installed():
            build(folder, ack=acknowledged.add)
    except OutputError as error:
        return error
    return None


@pytest.mark.parametrize("most", [1, 7, 4096])
def test_short_writes(tmp_path: Path, most: int) -> None:
    """A system that takes a few bytes at a time gets all of them in the end."""
    expected, _ = whole(tmp_path / "whole", write_records)

    with taking_little(most):
        assert expected == write_records(tmp_path).read_bytes()


def test_a_write_of_nothing_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that takes nothing, and says nothing, does not make the build wait for ever."""
    monkeypatch.setattr("archive.disk.write", lambda descriptor, data: 0)

    with pytest.raises(OutputError):
        write_records(tmp_path)


def test_the_faults_do_stop_something(tmp_path: Path) -> None:
    """The first call that is refused stops a build: the tests above do look at stopped builds."""
    with Faults(0, OSError(errno.EIO, "no")).installed(), pytest.raises(OutputError):
        write_records(tmp_path, ack=nobody)
