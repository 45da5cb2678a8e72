"""One WARC surveyed by several processes, with the same outcome in the same order as by one.

1. Find places in the file where a gzip member begins that holds the begin of a record.
2. Survey what lies between two of them as a file of its own, in whichever process is free.
3. Where every part ends just where the next begins, and nothing is wrong with the framing anywhere, one process would have
   come by these places in the same state: then the parts together are the survey. Else there is none, and one has to go
   through the whole file.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, ClassVar, cast

import attrs

from archive.errors import InputError, NotAnArchive, Unreadable
from archive.findings import Covered, Finding
from archive.limits import MIB, Limits
from archive.wacz.member import Window
from archive.warc.frame import MAGIC, PROBE_BYTES, holds_record
from archive.warc.record import Placed
from archive.warc.survey import Tally, survey

if TYPE_CHECKING:
    from concurrent.futures import Future

PART_BYTES = 16 * MIB
"""How much of a file is given to a process at once."""
_SOUGHT_BYTES = 2 * MIB
"""How far behind the end of a part the begin of the next is looked for."""
_FRAMING = ("gzip.", "warc.bytes-skipped", "warc.record-", "warc.header-cut", "warc.limit-exceeded")
"""What is found where the next record may not be where it seems: one process might have gone on elsewhere."""


@attrs.frozen
class WorkerLost(InputError):
    """A process that did a part of the work was ended from outside."""

    code: ClassVar[str] = "worker-lost"


@attrs.frozen
class Place:
    """A WARC in a file: from `begin_bytes` on, `size_bytes` long. `identity` tells the file from one put in its place."""

    path: Path
    identity: tuple[int, int]
    begin_bytes: int
    size_bytes: int
    member: str

    @classmethod
    def of(cls, path: Path, file: BinaryIO, begin_bytes: int, size_bytes: int, member: str) -> Place:
        """Return the place of a WARC in an open file. Raises OSError where the file has no descriptor."""
        return cls(path, _identity(file), begin_bytes, size_bytes, member)


@attrs.frozen
class _Part:
    place: Place
    start_bytes: int
    length_bytes: int
    limits: Limits
    canonical: bool
    own_digests: bool


@attrs.frozen
class _Surveyed:
    outcomes: tuple[Placed | Finding, ...]
    tally: Tally
    clean: bool


def survey_in_parts(
    place: Place, file: BinaryIO, *, jobs: int, limits: Limits, canonical: bool, own_digests: bool
) -> tuple[Placed | Finding | Covered, ...] | None:
    """Return what `survey` yields, worked out by so many processes; None where that is only to be had by one.

    `file` is the open file. Raises WorkerLost where a process was ended, and
    Unreadable where the file was replaced.
    """
    starts = (0, *_boundaries(file, place))
    if len(starts) == 1:
        return None
    lengths = [behind - start for start, behind in zip(starts, (*starts[1:], place.size_bytes), strict=True)]
    parts = [
        _Part(place, start, length, limits, canonical, own_digests)
        for start, length in zip(starts, lengths, strict=True)
    ]
    outcomes, total = list[Placed | Finding | Covered](), Tally()
    for surveyed in _in_order(parts, jobs):
        if not surveyed.clean:
            return None
        outcomes += surveyed.outcomes
        total.join(surveyed.tally)
    return (*outcomes, *total.covered())


def _boundaries(file: BinaryIO, place: Place) -> Iterator[int]:
    """Yield where parts begin behind the first, counted from the begin of the WARC."""
    for wanted in range(PART_BYTES, place.size_bytes - _SOUGHT_BYTES, PART_BYTES):
        file.seek(place.begin_bytes + wanted)
        window = file.read(min(_SOUGHT_BYTES, place.size_bytes - wanted))
        at = window.find(MAGIC)
        while at >= 0 and not holds_record(window[at : at + PROBE_BYTES]):
            at = window.find(MAGIC, at + 1)
        if at >= 0:
            yield wanted + at


def _in_order(parts: list[_Part], jobs: int) -> Iterator[_Surveyed]:
    """Yield what becomes of each part, in their order, with only a few done ahead."""
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"))
    waiting: deque[Future[_Surveyed]] = deque()
    left = iter(parts)
    try:
        waiting.extend(pool.submit(_survey_part, part) for part in islice(left, jobs + 1))
        while waiting:
            yield waiting.popleft().result()
            waiting.extend(pool.submit(_survey_part, part) for part in islice(left, 1))
    except BrokenProcessPool as error:
        raise WorkerLost(
            "a process that checked a part of the file was ended before it had finished",
            hint="where memory is short, use fewer --jobs",
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _survey_part(part: _Part) -> _Surveyed:
    """Survey one part. Runs in a process of its own."""
    outcomes, tally = list[Placed | Finding](), Tally()
    place = part.place
    with place.path.open("rb") as file:
        if _identity(file) != place.identity:
            raise Unreadable("the file was replaced while it was read")
        try:
            for outcome in _part_outcomes(part, file, tally):
                if not isinstance(outcome, Covered):
                    outcomes.append(outcome)
        except NotAnArchive:
            return _Surveyed((), tally, clean=False)
    clean = not any(isinstance(each, Finding) and each.code.startswith(_FRAMING) for each in outcomes)
    return _Surveyed(tuple(outcomes), tally, clean)


def _part_outcomes(part: _Part, file: BinaryIO, tally: Tally) -> Iterator[Placed | Finding | Covered]:
    place = part.place
    window = Window(file, place.begin_bytes, place.size_bytes)
    return survey(
        cast("BinaryIO", window),
        member=place.member,
        limits=part.limits,
        canonical=part.canonical,
        own_digests=part.own_digests,
        part=(part.start_bytes, part.length_bytes),
        tally=tally,
    )


def _identity(file: BinaryIO) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_dev, status.st_ino
