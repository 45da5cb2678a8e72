"""`--jobs` and `--compression`: what they take, and that the first changes nothing of what is said."""

from __future__ import annotations

from pathlib import Path

import pytest
import warcs
from cli.command import run


def test_jobs_change_nothing(tmp_path: Path) -> None:
    """`verify --jobs` prints the same lines as without."""
    path = tmp_path / "a.warc.gz"
    path.write_bytes(warcs.written(warcs.collection())[0])

    assert run("verify", path, "--json").out == run("verify", path, "--json", "--jobs", "2").out


@pytest.mark.parametrize("jobs", ["-1", "two", "1000", "1.5"])
def test_jobs_that_are_none(tmp_path: Path, jobs: str) -> None:
    """A number of processes that is none is a mistake in the command."""
    assert 2 == run("verify", tmp_path, f"--jobs={jobs}").status


@pytest.mark.parametrize(
    ("compression", "status"), [("zlib:9", 0), ("zlib", 0), ("zlib:11", 2), ("brotli", 2)]
)
def test_compression(tmp_path: Path, compression: str, status: int) -> None:
    """`build --compression` takes an engine that is here and a level that it has; the package is sound."""
    text = tmp_path / "a.txt"
    text.write_text("Ferry returns to port\n\nThe master said: “We turned back.”\n", encoding="utf-8")
    package = tmp_path / "a.wacz"

    assert status == run("build", text, "-o", package, "--compression", compression).status
    assert (status == 0) == package.exists()
    if package.exists():
        assert 0 == run("verify", package).status
