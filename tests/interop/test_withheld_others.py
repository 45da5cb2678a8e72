"""Other people's tools on a package from which records were withheld."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import harbour
import pytest


def test_py_wacz_says_valid(tmp_path: Path) -> None:
    """`wacz validate` accepts what is left of a package."""
    beside = Path(sys.executable).with_name("wacz")
    tool = str(beside) if beside.exists() else shutil.which("wacz")
    if not tool:
        pytest.skip("wacz is not installed")
    path = tmp_path / "left.wacz"
    path.write_bytes(harbour.withheld())
    run = subprocess.run([tool, "validate", "-f", path], capture_output=True, text=True, check=False)

    assert "is valid" in run.stdout
    assert 0 == run.returncode
