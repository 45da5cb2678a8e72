"""Real WARC files of eight public repositories, with what their authors say of them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from archive.errors import NotAnArchive
from archive.findings import Finding, Status
from archive.warc.survey import survey

NOT_YET = {
    "invalid-warcrecord-2.warc",  # an HTTP head in it is malformed
    "example-bad.warc.gz.bad",  # several records in one gzip member: warned
    "example-wget-bad-target-uri.warc.gz",  # addresses in angle brackets: warned
}
"""Files called invalid or bad by their authors in which nothing fails, and why."""


@pytest.fixture(scope="module")
def outcomes(gold: Path) -> list[tuple[dict[str, Any], str]]:
    """Return each file's entry and its outcome: sound, failed, or no archive. No other error escapes."""
    manifest = gold / "warc" / "manifest.json"
    if not manifest.exists():
        pytest.skip("PROVENANCE_GOLD holds no archives")
    return [
        (about, outcome(gold / "warc" / "files" / about["file"]))
        for about in json.loads(manifest.read_text())
    ]


def outcome(path: Path) -> str:
    """Survey a file."""
    with path.open("rb") as file:
        try:
            found = [item for item in survey(file, member=path.name) if isinstance(item, Finding)]
        except NotAnArchive:
            return "no archive"
    return "failed" if any(finding.status is Status.FAILED for finding in found) else "sound"


def test_valid(outcomes: list[tuple[dict[str, Any], str]]) -> None:
    """Nothing fails in a WARC that its authors call valid."""
    labelled = [result for about, result in outcomes if about["label"] == "valid" and "verdicts" in about]
    assert labelled
    assert {"sound"} == set(labelled)


def test_invalid(outcomes: list[tuple[dict[str, Any], str]]) -> None:
    """In every WARC that its authors call invalid or bad something fails, but for those that are named above."""
    passed = {
        about["file"].partition("_")[2]
        for about, result in outcomes
        if about["label"] in ("invalid", "bad") and "verdicts" in about and result == "sound"
    }
    assert NOT_YET == passed


def test_everybody_agrees(gold: Path, outcomes: list[tuple[dict[str, Any], str]]) -> None:
    """Nothing fails where five other validators agree that nothing does, and the file is the one they saw."""
    agreed = [
        (about["file"], result)
        for about, result in outcomes
        if all(
            str(verdict).lower().startswith("ok") for verdict in about.get("verdicts", {"": "no"}).values()
        )
        and hashlib.sha256((gold / "warc" / "files" / about["file"]).read_bytes()).hexdigest()
        == about["sha256"]
    ]
    assert agreed
    assert {"sound": len(agreed)} == Counter(result for _, result in agreed)
