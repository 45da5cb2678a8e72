"""Offices that contradict each other across inputs: `show`, `build` and `report` say so, at the later place."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.command import run

HEAD = (
    "The Ferry Stops in Karsk\nBy Petra Holm / The Karsk Echo\n\n"
    "KARSK (May 28, 2018) — The ferry stopped on Monday, and nobody knows why.\n\n"
)


@pytest.fixture
def two(tmp_path: Path) -> list[Path]:
    """Return two articles of one day that give one spokesman two ministries."""
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    for path, ministry in zip(paths, ("Foreign", "Defense"), strict=True):
        path.write_text(
            f"{HEAD}“It sails,” Karsk {ministry} Ministry spokesman Igor Velm said.\n", encoding="utf-8"
        )
    return paths


def codes(lines: list[dict[str, object]]) -> list[object]:
    """Return the codes of the finding lines."""
    return [
        line["code"] for line in lines if line["type"] == "finding" and line["code"] != "seed.contradicts"
    ]


def test_show_says_so_after_the_articles(two: list[Path]) -> None:
    """One finding, at the second input, that names the first."""
    ran = run("show", *two, "--json")
    (finding,) = ran.of("finding")
    assert finding["code"] == "speaker.role-conflict"
    assert finding["where"]["package"] == str(two[1])
    assert str(two[0]) in finding["message"]


def test_show_says_nothing_of_one_article(two: list[Path]) -> None:
    """An article alone contradicts nobody."""
    assert run("show", two[0], "--json").of("finding") == []


def test_build_and_report_say_so(two: list[Path], tmp_path: Path) -> None:
    """The build answers with the finding, and the page shows it with its explanation."""
    package, page = tmp_path / "two.wacz", tmp_path / "two.html"
    built = run("build", *two, "-o", package, "--json")
    assert codes(built.lines) == ["speaker.role-conflict"]
    assert run("verify", package).status == 0
    run("report", package, "-o", page)
    assert "speaker.role-conflict" in page.read_text(encoding="utf-8")
