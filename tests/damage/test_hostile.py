"""Packages made to exhaust their reader: each is reported on, in little memory, by its own code or a limit that is named."""

from __future__ import annotations

import os
import resource

import packages
import pytest
from damage import hostile

from archive.errors import LimitExceeded
from archive.findings import Verdict

MEMORY_BYTES = 1 << 28


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_hostile(name: str) -> None:
    """A hostile package is never sound; reading it takes less than 256 MB more than there was before."""
    data = hostile.HOSTILE[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = os.fork()
    if not child:
        report = packages.verify(data)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
        stopped = report.stopped_by is None or isinstance(report.stopped_by, LimitExceeded)
        unsound = report.verdict is not Verdict.SOUND and (stopped or name.startswith("no end"))
        os._exit(0 if unsound and grown < MEMORY_BYTES else 1 + (grown >= MEMORY_BYTES))
    _, status = os.waitpid(child, 0)

    assert 0 == os.waitstatus_to_exitcode(status)
