"""The commands of the README work as they are printed, one after another, in a folder with the samples."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
SHOWN = re.compile(r"<!-- output: (provenance build .+?) -->")
ELSEWHERE = re.compile(r"^make |https://")
"""Lines that make an environment of their own, or ask a server."""


def commands(readme: str) -> list[str]:
    """Return what a reader types: the build whose output is shown, then the consoles' lines."""
    told = [line for block in CONSOLE.findall(readme) for line in block.splitlines()]
    typed = [line.removeprefix("$ ") for line in told if line.startswith("$ ")]
    return [*SHOWN.findall(readme), *(line for line in typed if not ELSEWHERE.search(line))]


def test_every_command_works_as_printed(project: Path, tmp_path: Path) -> None:
    """Every command of the README ends well, given the ones before it."""
    pytest.importorskip("cryptography")
    shutil.copytree(project / "seeds", tmp_path / "seeds")
    typed = commands((project / "README.md").read_text(encoding="utf-8"))
    name = 'provenance() { "$PYTHON" -m provenance "$@"; }'
    run = subprocess.run(
        ["bash", "-ex", "-o", "pipefail", "-c", "\n".join([name, *typed])],
        cwd=tmp_path,
        env={**os.environ, "PYTHON": sys.executable, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert len(typed) > 15
    assert run.returncode == 0, run.stderr[-2000:]
