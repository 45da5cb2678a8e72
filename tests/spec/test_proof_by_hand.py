"""The program in the documentation of proofs: the standard library alone comes to the same conclusion."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import harbour
import pytest

PAGE = Path(__file__).parents[2] / "docs" / "format" / "proof.md"
PROGRAM = re.search(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[1]


def by_hand(tmp_path: Path, data: bytes) -> subprocess.CompletedProcess[str]:
    """Run the program on a proof, without anything of ours in reach."""
    path = tmp_path / "proof.json"
    path.write_bytes(data)
    command = [sys.executable, "-I", "-S", "-c", PROGRAM, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)


def test_it_is_short() -> None:
    """The program has 40 lines at most."""
    assert 40 >= sum(bool(line.strip()) for line in PROGRAM.splitlines())


@pytest.mark.parametrize("wanted", ["1", "2", "3"])
def test_a_proof_by_hand(tmp_path: Path, wanted: str) -> None:
    """It accepts our proofs and names the records."""
    run = by_hand(tmp_path, harbour.proof(wanted))

    assert (0, "") == (run.returncode, run.stderr)
    assert ["source", "text", "articles", "proven"] == [line.split()[0] for line in run.stdout.splitlines()]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (b'"index": 4', b'"index": 3', "not under the root"),
        (b'"records": 10', b'"records": 11', "another tree"),
        (b"Harbour", b"Harbor", "another manifest"),
        (b' "part"', b'  "part"', "spelled"),
        (b'"number": 4', b'"number": 5', "not under the root"),
        (b'"header": "V', b'"header": "W', "another record"),
    ],
)
def test_a_damaged_proof_by_hand(tmp_path: Path, old: bytes, new: bytes, reason: str) -> None:
    """It refuses what `check-proof` refuses."""
    assert old in harbour.proof()
    run = by_hand(tmp_path, harbour.proof().replace(old, new, 1))

    assert 0 != run.returncode
    assert reason in run.stderr
