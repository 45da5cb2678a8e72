"""The packages that other people's tools look at: the samples, and the real seeds where their texts are at hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from interop.packages_made import Made, make

SAMPLES = {
    "gate-pictures.txt": "under a caption that calls the failure a “stress event.”",
    "letter-page.html": "We wrote them because a hinge costs less than a street, and because you asked us to.",
}
MOSCOW_TIMES = "001_62e0a7d9fa18e34d.txt"


@pytest.fixture(scope="session")
def samples(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the package of the sample documents."""
    seeds = project / "seeds"
    return make(seeds / "samples.toml", seeds / "samples", tmp_path_factory.mktemp("samples"), SAMPLES)


@pytest.fixture(scope="session")
def aleppo(project: Path, seed_texts: Path, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Return the package of the five real documents, one of which has an address; its longest line is looked for."""
    text = (seed_texts / MOSCOW_TIMES).read_text("utf-8")
    passage = max(text.splitlines(), key=len).strip()
    folder = tmp_path_factory.mktemp("aleppo")
    return make(project / "seeds" / "aleppo-2016.toml", seed_texts, folder, {MOSCOW_TIMES: passage})


@pytest.fixture(scope="session", params=["samples", "aleppo"])
def made(request: pytest.FixtureRequest) -> Made:
    """Return each of the packages in turn."""
    package: Made = request.getfixturevalue(request.param)
    return package
