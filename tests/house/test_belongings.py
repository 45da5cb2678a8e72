"""What lies in the project is ours: no other people's text, no path of one machine, no package source named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import house

RUN = 8
"""As many words in a row as nobody writes twice by chance."""
NOT_TEXT = re.compile(r"https?://\S+|View image on Twitter")
"""Addresses are facts; the second are words of an embed's frame, which no author wrote."""
MACHINE = re.compile(r"(?<![\w./:>-])/(?:home|root|tmp|work|Users|mnt)/\w")
SOURCES = re.compile(r"\b(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com|net)\b")


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Give every run of words of a text, without what is no text."""
    words = re.findall(r"\w+", NOT_TEXT.sub(" ", text).casefold())
    return zip(*(words[i:] for i in range(RUN)), strict=False)


def text_of(path: Path) -> str:
    """Return a file's characters, whatever they are."""
    return path.read_text(encoding="utf-8", errors="replace")


def test_no_text_of_others(seed_texts: Path) -> None:
    """No eight words in a row of the real seeds stand in any file of the project."""
    theirs = {run for path in seed_texts.glob("*.txt") for run in runs(text_of(path))}
    assert theirs
    found = {
        f"{path.relative_to(house.ROOT)}: {' '.join(run)}"
        for path in house.our_files()
        for run in runs(text_of(path))
        if run in theirs
    }

    assert set() == found


def test_runs_are_seen_through_punctuation_and_case() -> None:
    """A run of words is found again in other type, and an address is no run of words."""
    plain = "one two three four five six seven eight"

    assert list(runs(plain)) == list(runs("One, “two” three\nfour — FIVE six: seven eight."))
    assert [] == list(runs("see https://example.org/one-two-three-four-five-six-seven-eight-nine"))


def test_no_path_of_one_machine() -> None:
    """No file of the project names a folder that only one machine has."""
    found = {
        f"{path.relative_to(house.ROOT)}: {hit[0]}"
        for path in house.our_files()
        for hit in MACHINE.finditer(text_of(path))
    }

    assert set() == found
    assert MACHINE.search('open("' + "/" + 'home/me/x.txt")')


def test_no_package_source_is_named() -> None:
    """Packages are asked for by name; where they come from is the machine's business."""
    found = {
        f"{path.relative_to(house.ROOT)}: {hit[0]}"
        for path in house.our_files()
        for hit in SOURCES.finditer(text_of(path))
    }

    assert set() == found
    assert SOURCES.search("py" + "pi.org")
