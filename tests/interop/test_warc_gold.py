"""Real WARC files of eight public repositories: what their authors say of them, what five other validators do, and we."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import attrs
import pytest

from archive.errors import Error
from archive.findings import CODES, Finding, Status, Verdict
from provenance.verifier import verify

DISAGREEMENTS = tomllib.loads((Path(__file__).parent / "disagreements.toml").read_text())
REFUSED = {Verdict.UNSOUND, Verdict.UNREADABLE}


@attrs.frozen
class Judged:
    """A file of the gold set: what is known of it, and what we find."""

    about: dict[str, Any]
    verdict: Verdict
    findings: tuple[Finding, ...]
    stopped_by: Error | None

    @property
    def refused(self) -> bool:
        """Say whether we refuse the file."""
        return self.verdict in REFUSED

    @property
    def accepted_by(self) -> int:
        """How many of the five tools accept the file."""
        return sum(str(verdict).lower().startswith("ok") for verdict in self.about["verdicts"].values())

    def has(self, sha256: str) -> bool:
        """Say whether the digest of the file begins so."""
        return str(self.about["sha256"]).startswith(sha256)


@pytest.fixture(scope="module")
def judged(gold: Path) -> list[Judged]:
    """Return every file of the gold set with what we find. No error escapes but as a report."""
    manifest = gold / "warc" / "manifest.json"
    if not manifest.exists():
        pytest.skip("PROVENANCE_GOLD holds no archives")
    return [
        Judged(about, report.verdict, report.findings, report.stopped_by)
        for about in json.loads(manifest.read_text())
        for report in [verify(str(gold / "warc" / "files" / about["file"]))]
    ]


@pytest.fixture(scope="module")
def compared(judged: list[Judged]) -> list[Judged]:
    """Return the files that the other validators were run on."""
    return [file for file in judged if "verdicts" in file.about]


def test_valid(judged: list[Judged]) -> None:
    """Nothing that its authors call valid is refused."""
    valid = [file for file in judged if file.about["label"] == "valid"]
    assert valid
    assert [] == [file.about["file"] for file in valid if file.refused]


def test_invalid(judged: list[Judged]) -> None:
    """Everything that its authors call invalid or bad is refused, but for what the list of disagreements explains."""
    bad = [file for file in judged if file.about["label"] in ("invalid", "bad")]
    passed = [file for file in bad if not file.refused]
    explained = [row for row in DISAGREEMENTS["label"] if any(file.has(row["sha256"]) for file in passed)]
    assert bad
    assert DISAGREEMENTS["label"] == explained
    assert len(explained) == len(passed)


def test_faults_have_names(judged: list[Judged]) -> None:
    """A refusal names a fault: a finding that fails, or why nothing could be read."""
    unnamed = [
        file.about["file"]
        for file in judged
        if file.refused
        and file.stopped_by is None
        and not any(finding.status is Status.FAILED for finding in file.findings)
    ]
    assert [] == unnamed


def test_everybody_agrees(gold: Path, compared: list[Judged]) -> None:
    """Nothing fails where five other validators agree that nothing does, and the file is the one they saw."""
    agreed = [
        file
        for file in compared
        if file.accepted_by == len(file.about["verdicts"])
        and file.about["sha256"]
        == hashlib.sha256((gold / "warc" / "files" / file.about["file"]).read_bytes()).hexdigest()
    ]
    assert agreed
    assert {False: len(agreed)} == Counter(file.refused for file in agreed)


def test_disagreements_are_explained(compared: list[Judged]) -> None:
    """Where we differ from most of the others the list says why, and it says nothing of where we do not."""
    differing = {
        file.about["file"]: "refused" if file.refused else "accepted"
        for file in compared
        if file.refused == (file.accepted_by * 2 > len(file.about["verdicts"]))
    }
    explained = {
        file.about["file"]: row["ours"]
        for row in DISAGREEMENTS["file"]
        for file in compared
        if file.has(row["sha256"])
    }
    assert differing == explained
    assert len(DISAGREEMENTS["file"]) == len(explained)


@pytest.mark.parametrize(
    "row", DISAGREEMENTS["file"] + DISAGREEMENTS["label"], ids=lambda row: str(row["sha256"])
)
def test_explanations(judged: list[Judged], row: dict[str, Any]) -> None:
    """Each explanation names a clause and a reason, and what it says is found is found."""
    (file,) = [file for file in judged if file.has(row["sha256"])]
    wanted = Status.FAILED if row.get("ours") == "refused" else None
    codes = {finding.code for finding in file.findings if wanted in (None, finding.status)}
    assert row["clause"].strip()
    assert len(row["reason"]) > 80
    assert set() == set(row["codes"]) - codes


@pytest.mark.parametrize("row", DISAGREEMENTS["rule"], ids=lambda row: str(row["code"]))
def test_rules(row: dict[str, Any]) -> None:
    """Each rule names a code that is registered, and what is refused by it can fail."""
    assert row["code"] in CODES
    assert row["ours"] in ("refused", "accepted")
    assert row["clause"].strip()
    assert len(row["reason"]) > 80
    assert row["ours"] == "accepted" or CODES[row["code"]].status is Status.FAILED
