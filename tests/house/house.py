"""What the tests of the house share: where the code lies and how to read it without running it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
STOREYS = ("archive", "provenance")


def modules(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    """Give each module under the folders (both storeys, if none is named) and its syntax tree."""
    for folder in folders or STOREYS:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_bytes())


def our_files() -> list[Path]:
    """List the files that belong to the project: what git tracks and what is about to be added."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return [path for name in listing.stdout.split("\0") if name and (path := ROOT / name).is_file()]
