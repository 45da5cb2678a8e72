"""Fill the README with what the commands and the code in it really say, run on the samples in a scratch folder.

`<!-- output: provenance … -->` stands for the command, `<!-- output: python -->` for the Python block before it; the
fenced block after the comment is the output. What differs from machine to machine (digests, sizes) is written as `…`.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"<!-- output: (?P<command>.+?) -->\n```text\n(?P<said>.*?)```\n", re.DOTALL)
CODE = re.compile(r"```python\n(?P<code>.*?)```\n", re.DOTALL)
DATE = 1_710_072_000
"""2024-03-10T12:00:00Z: when the copied samples were last changed, so that every build is of the same input."""
VARIES = (
    (re.compile(r"\b(sha256:)?[0-9a-f]{64}\b"), r"\1…"),
    (re.compile(r"\b[\d.,]+ [kKMG]i?B \(\d[\d\u202f ]* bytes\)"), "… bytes"),
    (re.compile(r"\d[\d\u202f ]* of \d[\d\u202f ]* bytes\b"), "… of … bytes"),
    (re.compile(r"^(  bytes +)\d[\d\u202f ]* of +\d[\d\u202f ]*(?=  )", re.MULTILINE), r"\1… of …"),
    (re.compile(r"[ \t]+$", re.MULTILINE), ""),
)


def filled(text: str) -> str:
    """Return the text with every output block holding what its command says now."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _lay_out_samples(folder)

        def block(match: re.Match[str]) -> str:
            said = _run(_command(match, text), folder)
            return f"<!-- output: {match['command']} -->\n```text\n{said}```\n"

        return BLOCK.sub(block, text)


def _lay_out_samples(folder: Path) -> None:
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    for path in (folder / "seeds").rglob("*"):
        os.utime(path, (DATE, DATE))


def _command(match: re.Match[str], text: str) -> list[str]:
    if match["command"] == "python":
        *_, code = CODE.finditer(text, 0, match.start())
        return [sys.executable, "-c", code["code"]]
    verb, *arguments = shlex.split(match["command"])
    if verb != "provenance":
        raise ValueError(f"only provenance and python can be shown, not {verb!r}")
    return [sys.executable, "-m", "provenance", *arguments]


def _run(command: list[str], folder: Path) -> str:
    run = subprocess.run(
        command,
        cwd=folder,
        check=False,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={
            **_surroundings(),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "COLUMNS": "110",
            "NO_COLOR": "1",
        },
    )
    if run.returncode:
        raise RuntimeError(f"{shlex.join(command)} ended with {run.returncode}:\n{run.stdout}")
    said = run.stdout
    for pattern, instead in VARIES:
        said = pattern.sub(instead, said)
    return said if said.endswith("\n") or not said else f"{said}\n"


def _surroundings() -> dict[str, str]:
    """Return the environment without what would change a build."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PROVENANCE_", "SOURCE_DATE"))
    }
