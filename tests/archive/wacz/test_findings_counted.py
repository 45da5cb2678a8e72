"""A hostile file gives findings without end: they are told up to a limit, and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

import archive
from archive.checks import check_all
from archive.findings import Finding, Report, Verdict
from archive.limits import Limits


@pytest.mark.parametrize(("records", "told", "counted"), [(10, 10, 0), (11, 10, 1), (25, 10, 1)])
def test_findings_of_one_kind(tmp_path: Path, records: int, told: int, counted: int) -> None:
    """So many of a kind are told one by one; beyond them one finding counts the others, and the verdict stays."""
    path = tmp_path / "bare.warc"
    path.write_bytes(b"WARC/1.1\r\nContent-Length: 0\r\n\r\n\r\n\r\n" * records)
    with archive.open(path, limits=Limits(findings=10)) as package:
        outcomes = list(check_all(package))

    findings = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
    absent = [finding for finding in findings if finding.code == "warc.digest-absent"]
    others = [
        finding.actual
        for finding in findings
        if finding.code == "check.findings-counted" and "digest-absent" in finding.message
    ]
    assert told == len(absent)
    assert [records] * counted == others
    assert Verdict.UNSOUND is Report.of("a", outcomes).verdict
