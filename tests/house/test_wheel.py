"""The wheel holds the two storeys and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import house
import pytest


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Return the names of the members of a wheel built here, without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=house.ROOT,
        check=True,
        capture_output=True,
    )
    (path,) = folder.glob("*.whl")
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def test_only_the_storeys(wheel: list[str]) -> None:
    """At the wheel's top lie `provenance`, `archive` and the metadata."""
    tops = {Path(name).parts[0] for name in wheel}
    (metadata,) = {top for top in tops if top.endswith(".dist-info")}

    assert {"provenance", "archive", metadata} == tops


def test_nothing_is_left_behind(wheel: list[str]) -> None:
    """Every file of the two packages is in the wheel, and so is the licence."""
    ours = {str(path.relative_to(house.ROOT)) for path in house.our_files()}
    packaged = {name for name in ours if name.startswith(("provenance/", "archive/"))}

    assert set() == packaged - set(wheel)
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
