"""Packages made to exhaust their reader: each is reported on, in little memory, by its own code or a limit that is named."""

from __future__ import annotations

import gzip
import os
import resource

import packages
import pytest
from damage import hostile

from archive.findings import Verdict

MEMORY_BYTES = 1 << 28


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_hostile(name: str) -> None:
    """A hostile package is never sound; reading it takes less than 256 MB more than there was before."""
    data = hostile.HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = os.fork()
    if not child:
        outcome = 9  # an error that is not ours
        try:
            report = packages.verify(data)
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
            outcome = 2 * (grown >= MEMORY_BYTES) + (report.verdict is Verdict.SOUND)
        finally:
            os._exit(outcome)
    _, status = os.waitpid(child, 0)

    assert 0 == os.waitstatus_to_exitcode(status)


def test_more_lines_than_records() -> None:
    """An index of far more lines than its records can have is checked up to the limit that is told, and no further.

    The line behind the limit counts as present and unchecked, so the index is not passed for whole.
    """
    report = packages.verify(hostile.indexed(gzip.compress(hostile.lines(5_000), 1)))
    stopped = [finding.message for finding in report.findings if finding.code == "check.stopped"]

    assert ["lines_a_record" in message for message in stopped] == [True]
    assert report.coverage["index_lines"].present > report.coverage["index_lines"].checked > 1000
    fewer = packages.verify(hostile.indexed(gzip.compress(hostile.lines(1_000), 1)))
    assert "check.stopped" not in packages.codes(fewer)
