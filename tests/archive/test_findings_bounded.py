"""Findings of a kind are told one by one up to a limit, and counted beyond it: nothing is left out in silence."""

from __future__ import annotations

from collections import Counter

import pytest
import warcs

from archive.errors import Location
from archive.findings import Bounded, Covered, Finding, Status, found
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


def test_in_a_survey() -> None:
    """A file with more faults of a kind than are told is found as wrong, counted whole, and says how many there are."""
    data = b"".join(warcs.record({"WARC-Block-Digest": None}, number=number) for number in range(5))
    outcomes = warcs.surveyed(data, limits=Limits(findings_of_a_kind=2))
    findings = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
    (records,) = [o.count for o in outcomes if isinstance(o, Covered) and o.aspect == "records"]
    assert {"warc.digest-absent": 3} == Counter(finding.code for finding in findings)
    assert 5 == findings[-1].actual
    assert (0, 5) == (records.checked, records.present)
