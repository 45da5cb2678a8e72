"""A build whose machine loses power at any moment: unsynchronised writes and names are lost, torn or out of order."""

from __future__ import annotations

from pathlib import Path

import pytest
from builds import NAME, finished, promised, write_records
from faults import Op, Recorder, lay_out, states


def test_every_state_of_the_disk(tmp_path: Path) -> None:
    """Whatever of the unsynchronised part a disk holds, what was acknowledged is there, and the build can go on."""
    (tmp_path / "whole").mkdir()
    recorder = Recorder()
    with recorder.installed():
        expected = write_records(tmp_path / "whole", ack=recorder.mark).read_bytes()
    seen: set[tuple[object, ...]] = set()

    for behind in range(len(recorder.ops) + 1):
        acknowledged = {what for before, what in recorder.marks if before <= behind}
        for state in states(recorder.ops[:behind]):
            key = (frozenset(acknowledged), *sorted(state.items()))
            if key in seen:
                continue
            seen.add(key)
            folder = tmp_path / str(len(seen))
            folder.mkdir()
            lay_out(state, folder)

            assert (folder / NAME).exists() or acknowledged <= promised(folder), behind
            assert expected == finished(folder, write_records), behind
    assert len(seen) > 100


@pytest.mark.parametrize(("synced", "expected"), [(True, {b"ab"}), (False, {b"", b"a", b"ab", b"\0b"})])
def test_the_simulation_itself(synced: bool, expected: set[bytes]) -> None:
    """Of two writes that nobody synchronised either, both or none may be there; behind a sync both are."""
    ops = [Op("create", 0, name="x"), Op("sync_folder"), Op("write", 0, 0, b"a"), Op("write", 0, 1, b"b")]
    ops += [Op("sync", 0)] if synced else []

    assert expected == {state["x"][1] for state in states(ops)}


def test_a_name_that_was_not_synchronised_may_be_gone() -> None:
    """A file whose folder was not synchronised may have no name when power is back."""
    ops = [Op("create", 0, name="x"), Op("write", 0, 0, b"a"), Op("sync", 0)]

    assert [True, False] == [bool(state) for state in list(states(ops))[:2]]
