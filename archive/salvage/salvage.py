"""The story of a salvage.

1. Open what is broken: a WARC, or a WACZ, whose ZIP may be broken too.
2. Find the streams of bytes in which records can lie: members of `archive/`, or the file as it is.
3. Rescue the records of each (`archive.salvage.rescue`), and write them again byte for byte, each id once.
4. Put aside what is damaged: its bytes become the block of a record of their own.
5. List the pages whose records are there, and everything that was lost.
"""

from __future__ import annotations

import bisect
import contextlib
import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, BinaryIO, Protocol, cast

import attrs

from archive.cdxj import target, timestamp
from archive.digest import ALGORITHM
from archive.errors import Error
from archive.findings import Status
from archive.limits import DEFAULT, Limits
from archive.salvage.container import without_container
from archive.salvage.judge import Judged
from archive.salvage.loss import Fate, Loss
from archive.salvage.rescue import Rescued, loss_of, rescue
from archive.wacz.package import Kind, Package
from archive.wacz.pages import Page
from archive.wacz.zipentry import STORED
from archive.warc.record import NewRecord, Placed, Verbatim
from archive.warc.rules import is_date

DAMAGED = "urn:provenance:damaged:"
"""How the URI of a record begins that holds damaged bytes: the digest of these bytes follows."""
DAMAGE = "Provenance-Damage"
"""Header field of such a record: the finding code that says what is wrong."""
_SPOOL_BYTES = 1 << 20
_CHUNK_BYTES = 1 << 18
Outcome = Placed | Loss


class Target(Protocol):
    """Where rescued records go."""

    def write(self, record: NewRecord | Verbatim) -> Placed:
        """Write a record and return it in its place."""


@attrs.define
class _Stream:
    """Bytes in which records may lie. `packed` is the form of records to look for, None for whichever comes first."""

    member: str
    file: BinaryIO
    packed: bool | None = None


class Salvage:
    """One broken archive being rescued into `target`. `dated` dates records made of what has no date of its own."""

    def __init__(self, package: Package, *, target: Target, dated: str, limits: Limits = DEFAULT) -> None:
        self._package, self._target, self._dated, self._limits = package, target, dated, limits
        self._ids: dict[bytes, bytes] = {}
        self._captured: set[bytes] = set()
        self._plain: list[tuple[int, int]] = []
        """Ranges of the raw file that plain records take up: what is compressed in there is a part of them."""
        self.kept = 0
        """Number of records that are in the result as they were."""
        self.lost_bytes = 0

    def run(self) -> Iterator[Outcome]:
        """Yield each rescued record in its new place, and each loss."""
        for stream in self._streams():
            for outcome in rescue(
                stream.file, member=stream.member, packed=stream.packed, limits=self._limits
            ):
                if isinstance(outcome, Loss):
                    yield from self._lost(outcome, stream)
                elif not (stream.packed and _within(outcome.offset_bytes, self._plain)):
                    if stream.packed is False:
                        self._plain.append((outcome.offset_bytes, outcome.reach))
                    yield from self._keep(outcome, stream.member)

    def _lost(self, loss: Loss, stream: _Stream) -> Iterator[Loss]:
        """Yield a loss as it is; of a file that is gone through in both forms only once, and without its container."""
        if stream.packed is None:
            yield loss
        elif stream.packed:
            for part in without_container(loss, stream.file):
                if not _within(part.offset_bytes, self._plain):
                    yield part

    def pages(self) -> Iterator[Page]:
        """Yield the pages of the broken package whose captures were rescued, as far as they can be read, behind `run`."""
        if self._package.kind is not Kind.WACZ:
            return
        try:
            for page in self._package.pages():
                if _short(f"{page.url} {timestamp(page.ts)}") in self._captured:
                    yield page
        except (Error, ValueError):
            return

    def _streams(self) -> Iterator[_Stream]:
        """Yield where records may lie: by the directory where that is sound, and else wherever bytes are."""
        package = self._package
        if package.kind is not Kind.WACZ:
            yield _Stream(package.members[0].name, package.file)
            return
        sound = not any(each.status is Status.FAILED for each in package.container_findings)
        for name in package.warc_names:
            entry = package.entries[name]
            if entry.readable and (sound or entry.method != STORED):
                with _spooled(package, name) as copy:
                    yield _Stream(name, copy)
        if not sound:
            name = package.name.rpartition("/")[2]
            yield _Stream(name, package.file, packed=False)
            yield _Stream(name, package.file, packed=True)

    def _keep(self, rescued: Rescued, member: str) -> Iterator[Outcome]:
        fate = rescued.judged.fate
        if fate is Fate.ASIDE:
            yield from self._aside(rescued, member, fate)
            return
        digest = _identity(rescued)
        record_id = rescued.header.get("WARC-Record-ID")
        key = (
            _short(record_id) if record_id else digest
        )  # records without an id are no others under the same id
        if key in self._ids:
            doubled = self._ids[key] == digest
            message = "the same record stood here already" if doubled else "another record has its id"
            rescued.judged = Judged(fate, "record.id-repeated", message)
            if doubled:
                yield loss_of(rescued, member, fate=Fate.DOUBLED)
            else:
                yield from self._aside(rescued, member, Fate.ASIDE)
            return
        placed = self._target.write(Verbatim(rescued.header, _seekable(rescued.block)))
        self._ids[key] = digest
        self.kept += 1
        self._captured.add(_short(f"{target(placed)} {timestamp(placed.date)}"))
        yield placed
        if fate is not None:
            yield loss_of(rescued, member, kept_as=placed.record_id)

    def _aside(self, rescued: Rescued, member: str, fate: Fate) -> Iterator[Outcome]:
        """Keep what could be read of a damaged record as the block of a record that says so."""
        with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as whole:
            state = hashlib.sha256()
            for chunk in _bytes_of(rescued):
                whole.write(chunk)
                state.update(chunk)
            whole.seek(0)
            date = rescued.header.get("WARC-Date") or ""
            placed = self._target.write(
                NewRecord(
                    "resource",
                    date if is_date(date) else self._dated,
                    _seekable(whole),
                    f"{DAMAGED}{ALGORITHM}:{state.hexdigest()}",
                    "application/warc",
                    fields=((DAMAGE, rescued.judged.reason),),
                )
            )
        yield placed
        yield loss_of(rescued, member, fate=fate, kept_as=placed.record_id)


def _bytes_of(rescued: Rescued) -> Iterator[bytes]:
    """Yield a record as it was read: its header, an empty line, and what there is of its block."""
    yield rescued.header.raw + b"\r\n"
    rescued.block.seek(0)
    yield from iter(lambda: rescued.block.read(_CHUNK_BYTES), b"")


def _identity(rescued: Rescued) -> bytes:
    """Return a digest of the whole record, and leave its block at its begin."""
    state = hashlib.sha256()
    for chunk in _bytes_of(rescued):
        state.update(chunk)
    rescued.block.seek(0)
    return state.digest()[:16]


def _short(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()[:16]


def _within(offset_bytes: int, ranges: list[tuple[int, int]]) -> bool:
    """Say whether a place lies in one of the ranges, which are in order and do not overlap."""
    before = bisect.bisect_right(ranges, offset_bytes, key=lambda each: each[0])
    return before > 0 and offset_bytes < ranges[before - 1][1]


@contextmanager
def _spooled(package: Package, name: str) -> Iterator[BinaryIO]:
    """Give a member's data as a file, as far as it can be read."""
    with tempfile.TemporaryFile() as copy:
        with package.open_member(name, check=False) as stream, contextlib.suppress(Error):
            while chunk := stream.read(_CHUNK_BYTES):
                copy.write(chunk)
        copy.seek(0)
        yield copy


def _seekable(file: IO[bytes]) -> BinaryIO:
    return cast("BinaryIO", file)
