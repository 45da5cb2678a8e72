"""Every kind of finding is explained, and is reached by a test."""

from __future__ import annotations

import re
import subprocess
import sys

import generate
import house
import pytest

from archive.findings import CODES

generate.register_all()
ALL = [code.name for code in CODES]


def test_there_are_codes() -> None:
    """The tables of codes of both storeys are registered."""
    assert ALL


def test_one_import_registers_them_all() -> None:
    """`provenance.codes` registers every table of codes there is, so `explain` knows them all."""
    code = (
        "import provenance.codes; from archive.findings import CODES; print(*[code.name for code in CODES])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=house.ROOT, capture_output=True, check=True, text=True
    )

    assert ALL == run.stdout.split()


@pytest.mark.parametrize("name", ALL)
def test_name_says_room_and_what(name: str) -> None:
    """A code is named `room.what`, in lower case with hyphens."""
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", name)


@pytest.mark.parametrize("name", ALL)
def test_explained(name: str) -> None:
    """A code says what it means for the user, in a sentence or more, and what to do."""
    code = CODES[name]

    assert code.title
    assert len(code.meaning.split()) >= 8
    assert code.remedy.endswith((".", "?", "`", ")"))


@pytest.mark.parametrize("name", ALL)
def test_reached(name: str) -> None:
    """The name of a code stands in at least one test outside this folder."""
    tests = (house.ROOT / "tests").rglob("*.py")
    outside = [path for path in tests if path.parent.name != "house"]

    assert any(
        re.search(rf"\b{re.escape(name)}\b(?!-)", path.read_text(encoding="utf-8")) for path in outside
    )
