"""Findings of a kind are told one by one up to a limit, and counted beyond it: nothing is left out in silence."""

from __future__ import annotations

import io

import pytest
import warcs

import archive
from archive.checks import check_all
from archive.checks.bounded import Bounded
from archive.errors import Location
from archive.findings import Finding, Report, Status, Verdict, found
from archive.limits import Limits


def one(code: str, status: Status | None = None) -> Finding:
    """Return a finding."""
    return found(code, "said", where=Location(offset_bytes=1), status=status)


@pytest.mark.parametrize(("count", "told", "rest"), [(0, 0, 0), (2, 2, 0), (3, 3, 0), (4, 3, 1), (9, 3, 1)])
def test_count(count: int, told: int, rest: int) -> None:
    """Up to three are told where three are allowed; one more says how many there were."""
    bounded = Bounded(3)
    admitted = [finding for finding in [one("warc.date")] * count if bounded.admits(finding)]
    more = list(bounded.rest())
    assert (told, rest) == (len(admitted), len(more))
    assert [count] * rest == [finding.actual for finding in more]


def test_kinds_are_counted_apart() -> None:
    """A flood of warnings does not keep a failure of the same code from being told."""
    bounded = Bounded(1)
    assert [True, False, True] == [
        bounded.admits(one("warc.date", status)) for status in (Status.WARNED, Status.WARNED, Status.FAILED)
    ]


def test_in_an_archive() -> None:
    """An archive with more missing references than are told says how many there are."""
    lines = {"WARC-Warcinfo-ID": "<urn:x:none>"}
    data = b"".join(warcs.record(lines, number=number) for number in range(5))
    limits = Limits(findings=2)
    with archive.open(io.BytesIO(data), name="made.warc", limits=limits) as package:
        report = Report.of("made.warc", check_all(package))
    missing = [finding for finding in report.findings if finding.code == "structure.reference-missing"]
    assert 3 == len(missing)
    assert 5 == missing[-1].actual


def test_of_one_warc() -> None:
    """Records that each lack the same field are told up to the limit, and counted; the verdict is no other."""
    data = b"".join(warcs.record({"WARC-Date": None}, number=number) for number in range(5))
    with archive.open(io.BytesIO(data), name="made.warc", limits=Limits(findings=2)) as package:
        report = Report.of("made.warc", check_all(package))
    missing = [finding for finding in report.findings if finding.code == "warc.field-missing"]
    counted = [finding.actual for finding in report.findings if finding.code == "check.findings-counted"]
    assert (2, [5]) == (len(missing), counted)
    assert Verdict.UNSOUND is report.verdict
    assert 5 == report.coverage["records"].present
