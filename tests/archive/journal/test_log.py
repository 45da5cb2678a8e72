"""The journal: what was appended is read back up to the first line that is torn, foreign or out of order."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from archive.journal.log import Journal, read

ROWS = [{"a": 1}, {"b": "ж"}, {"c": [1, 2]}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return a journal of three rows, written in two goes."""
    made = tmp_path / "x.journal"
    with closing(Journal(made)) as journal:
        journal.append(ROWS[:1])
        journal.append(ROWS[1:])
    return made


def test_read_back(path: Path) -> None:
    """All rows are read back, in order."""
    assert ROWS == read(path)


def test_every_cut(path: Path) -> None:
    """Cut anywhere, the journal holds just the whole lines, and goes on from there."""
    data = path.read_bytes()
    for at in range(len(data)):
        path.write_bytes(data[:at])
        whole = data[:at].count(b"\n")
        assert ROWS[:whole] == read(path)
        with closing(Journal(path)) as journal:
            assert ROWS[:whole] == journal.rows
            journal.append([{"d": 4}])
        assert [*ROWS[:whole], {"d": 4}] == read(path)


def test_a_torn_end_is_cut_off(path: Path) -> None:
    """Opening a journal takes away what is torn, so that nothing of it can follow a shorter line."""
    sound = path.read_bytes()
    path.write_bytes(sound + b"x" * 4096)
    with closing(Journal(path)):
        assert sound == path.read_bytes()


def test_every_flip(path: Path) -> None:
    """A flipped bit ends the journal at that line or the next: no altered row is read, but for the last line of all."""
    data = path.read_bytes()
    for at in range(data.rfind(b"\n", 0, -1) + 1):
        altered = bytearray(data)
        altered[at] ^= 1
        path.write_bytes(bytes(altered))
        assert len(read(path)) <= data.count(b"\n", 0, at) + 1 < 3


def test_a_line_that_does_not_follow_ends_it(path: Path) -> None:
    """A line that was taken out, or stands twice, ends the journal there."""
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(lines[0] + lines[2])
    assert ROWS[:1] == read(path)
    path.write_bytes(lines[0] + lines[0] + lines[1])
    assert ROWS[:1] == read(path)


def test_no_journal(tmp_path: Path) -> None:
    """Where there is no file there are no rows, and none is made by reading."""
    assert [] == read(tmp_path / "none")
    assert [] == list(tmp_path.iterdir())
