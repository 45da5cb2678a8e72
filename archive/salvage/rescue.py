"""One pass over the bytes of a broken WARC: each record judged, and every byte accounted for.

1. Find where the first record begins, and read from there; the reader goes on behind what is broken.
2. Hold each record back until the next one begins: only then everything about it is known.
3. Kept records lie where they lay; what lies between them is lost, put aside, or repaired, and is told.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

import attrs

from archive.digest import read_label
from archive.errors import NotAnArchive
from archive.findings import Finding
from archive.limits import DEFAULT, Limits
from archive.salvage.judge import Judged, judge
from archive.salvage.loss import Fate, Loss, said_by
from archive.salvage.repair import repaired
from archive.salvage.starts import find_starts, next_start
from archive.wacz.member import Window
from archive.warc.octets import LATER_START
from archive.warc.reader import Record, read_records
from archive.warc.record import Header
from archive.warc.survey import Tally, survey_record

_SPOOL_BYTES = 1 << 20


@attrs.define
class Rescued:
    """One record as it was read. `block` is open until the next one is asked for, and stands at its begin."""

    header: Header
    block: IO[bytes]
    offset_bytes: int
    length_bytes: int
    judged: Judged
    end_bytes: int
    """Where the next record begins, or the file ends."""

    @property
    def reach(self) -> int:
        """Where what it takes up ends: it alone where its own length is known and sound, else up to the next."""
        whole = self.length_bytes and self.judged.fate is not Fate.ASIDE
        return self.offset_bytes + self.length_bytes if whole else self.end_bytes


@attrs.define
class _Held:
    """A record that waits for its judgement. Offsets of record and findings count from where reading began."""

    record: Record
    block: IO[bytes]
    findings: list[Finding]

    def settled(self, *, begin: int, end: int, packed: bool) -> Rescued:
        """Return the record with its judgement, now that it is known where the next one begins."""
        record = self.record
        judged = judge(
            self.findings,
            offset_bytes=record.offset_bytes,
            own_member=packed and bool(record.length_bytes),
            digest_right=self._digest_right(),
        )
        self.block.seek(0)
        offset_bytes = begin + record.offset_bytes
        return Rescued(record.header, self.block, offset_bytes, record.length_bytes or 0, judged, end)

    def elsewhere(self) -> list[Finding]:
        """Return what was found behind this record."""
        return [each for each in self.findings if each.where.offset_bytes != self.record.offset_bytes]

    def _digest_right(self) -> bool:
        label = read_label(self.record.header.get("WARC-Block-Digest") or "")
        wrong = any(each.code == "warc.digest-mismatch" for each in self.findings)
        return label is not None and label.value is not None and label.known and not wrong


def rescue(
    file: BinaryIO, *, member: str, packed: bool | None = None, limits: Limits = DEFAULT
) -> Iterator[Rescued | Loss]:
    """Yield what can be rescued from a WARC, and between it what is lost, in the order of the file.

    `packed` says which form of records to look for, None: whichever comes first. Blocks live until the next is asked
    for. Raises nothing for damage; a file without any record is one loss.
    """
    size_bytes = file.seek(0, 2)
    starts = find_starts(file, both=packed is not None)
    begin = starts.first if packed is None else starts.packed if packed else starts.plain
    if begin is None:
        if size_bytes:
            yield Loss(member, 0, size_bytes, "not-an-archive", "no record begins anywhere in it")
        return
    yield from _Pass(file, member, size_bytes, limits, packed=begin == starts.packed).run(begin)


class _Pass:
    """The way through the records of one form: what the reader passed over is gone through once more, place by place."""

    def __init__(self, file: BinaryIO, member: str, size_bytes: int, limits: Limits, *, packed: bool) -> None:
        self._file, self._member, self._size, self._limits = file, member, size_bytes, limits
        self._packed = packed
        self._reach = 0
        self._between: list[Finding] = []

    def run(self, begin: int) -> Iterator[Rescued | Loss]:
        """Yield everything from the start of the file on; the first record begins at `begin`."""
        again: int | None = begin
        while again is not None:
            begin, again = again, None
            for each in self._read(begin, self._size):
                again = self._hidden(each)
                if again is not None:
                    break
                yield from self._passed_over(self._reach, each.offset_bytes)
                yield from self._with_hidden(each)
        yield from self._passed_over(self._reach, self._size)
        yield from self._gap(self._size)

    def _read(self, begin: int, end: int) -> Iterator[Rescued]:
        return _judged(self._file, begin, end, self._limits, self._between, packed=self._packed)

    def _with_hidden(self, each: Rescued) -> Iterator[Rescued | Loss]:
        """Yield a record, and behind a damaged one those whose begin its damage hid."""
        end = each.end_bytes
        if _is_aside(each) and (self._packed or each.judged.unended):
            behind = each.offset_bytes + (1 if self._packed else max(1, len(each.header.raw)))
            place = next_start(self._file, behind, end, packed=self._packed)
            each.end_bytes = end if place is None else place
        yield from self._told(each)
        yield from self._passed_over(each.end_bytes, end)

    def _passed_over(self, begin: int, end: int) -> Iterator[Rescued | Loss]:
        """Yield records that a broken one in front of them hid: each place is read by itself, and once."""
        place = next_start(self._file, begin, end, packed=self._packed) if begin < end else None
        while place is not None:
            following = next_start(self._file, place + 1, end, packed=self._packed)
            for each in self._read(place, end if following is None else following):
                yield from self._told(each)
            place = following

    def _hidden(self, each: Rescued) -> int | None:
        """Return where a plain record begins behind bytes that only look like the begin of one."""
        if self._packed or each.judged.fate is None:
            return None
        place = LATER_START.search(each.header.raw, 1)
        return each.offset_bytes + place.start() if place else None

    def _told(self, each: Rescued) -> Iterator[Rescued | Loss]:
        yield from self._gap(each.offset_bytes)
        outcome = each
        if _is_aside(each) and not self._packed:
            outcome = repaired(each, self._file, limits=self._limits)
        yield outcome
        if outcome is not each:
            outcome.block.close()
        self._reach = outcome.reach

    def _gap(self, end: int) -> Iterator[Loss]:
        if end > self._reach:
            yield _gap(self._member, self._reach, end, self._between)
        self._between.clear()


def _is_aside(each: Rescued) -> bool:
    return each.judged.fate is Fate.ASIDE


def _gap(member: str, begin: int, end: int, findings: list[Finding]) -> Loss:
    """Return the loss of bytes in which no record could be read."""
    telling = next((each for each in findings if each.code != "warc.bytes-skipped"), None)
    code = telling.code if telling else "warc.bytes-skipped"
    message = telling.message if telling else f"{end - begin} bytes belong to no record"
    return Loss(member, begin, end - begin, code, message)


def _judged(
    file: BinaryIO, begin: int, size_bytes: int, limits: Limits, between: list[Finding], *, packed: bool
) -> Iterator[Rescued]:
    """Yield each record with its judgement; what was found behind it goes to `between` afterwards."""
    held: _Held | None = None
    loose = between
    for event in _events(file, begin, size_bytes, limits):
        if isinstance(event, Finding):
            loose.append(event)  # about the record before it, the one behind it, or what lies between them
            continue
        if held is not None:
            held.findings += loose
            with held.block:
                yield held.settled(begin=begin, end=begin + event.offset_bytes, packed=packed)
            between += held.elsewhere()
        held = _hold(event, limits)
        held.findings += [each for each in loose if each.where.offset_bytes == event.offset_bytes]
        loose = []
    if held is not None:
        held.findings += loose
        with held.block:
            yield held.settled(begin=begin, end=size_bytes, packed=packed)
        between += held.elsewhere()


def _events(file: BinaryIO, begin: int, size_bytes: int, limits: Limits) -> Iterator[Record | Finding]:
    window = cast("BinaryIO", Window(file, begin, size_bytes - begin))
    with contextlib.suppress(NotAnArchive):
        yield from read_records(window, limits=limits)


def _hold(record: Record, limits: Limits) -> _Held:
    """Read a record to its end, keeping its block and everything that is found about it."""
    block: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - closed when it is settled
    tee = Record(record.header, record.offset_bytes, record.block_bytes, _Tee(record, block), [])
    outcomes = list(survey_record(tee, member="", tally=Tally(), limits=limits))
    record.finish()
    return _Held(record, block, [each for each in outcomes if isinstance(each, Finding)])


class _Tee:
    """A block that is kept while it is read."""

    def __init__(self, record: Record, kept: IO[bytes]) -> None:
        self._record, self._kept = record, kept

    def read(self, count: int) -> bytes:
        data = self._record.read(count)
        self._kept.write(data)
        return data

    def end(self) -> tuple[int, list[Finding]]:
        while self.read(_SPOOL_BYTES):
            pass
        self._record.finish()
        return self._record.length_bytes or 0, []


def loss_of(rescued: Rescued, member: str, *, fate: Fate | None = None, kept_as: str = "") -> Loss:
    """Return what is told of a record that is not intact."""
    return Loss(
        member,
        rescued.offset_bytes,
        rescued.reach - rescued.offset_bytes,
        rescued.judged.reason,
        rescued.judged.message,
        fate or rescued.judged.fate or Fate.LOST,
        kept_as=kept_as,
        **said_by(rescued.header),
    )
