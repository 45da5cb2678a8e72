"""Joining archives record by record.

1. Every record is copied byte for byte, with its id; only its gzip frame is made anew.
2. The same record in two archives is written once. Another record under a known id is a conflict: it is left out.
3. Damaged records are left out, and found.
4. Page lists are joined in order, each page once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

import attrs

from archive.errors import Location
from archive.findings import Finding, found
from archive.merge import codes as codes
from archive.salvage.loss import Fate, Loss
from archive.salvage.rescue import Rescued, loss_of, rescue
from archive.wacz.package import Package
from archive.wacz.pages import Page, page_id
from archive.warc.record import Header

_CHUNK_BYTES = 1 << 18


@attrs.frozen
class Joined:
    """A record that belongs into the result. Its block lives until the next one is asked for."""

    header: Header
    block: BinaryIO


class Joiner:
    """What is known of all archives joined so far: digests of their records by id, and their pages.

    `leave_out` says of a record by header and block (and leaves the block at its begin) that it has no place in another
    archive.
    """

    def __init__(self, leave_out: Callable[[Header, BinaryIO], bool]) -> None:
        self._leave_out = leave_out
        self._records: dict[bytes, bytes] = {}
        self._pages: dict[str, Page] = {}
        self.doubled = 0
        """Number of records that were there already."""

    def records(self, package: Package) -> Iterator[Joined | Finding]:
        """Yield the records of an archive that are not there yet, and what speaks against others."""
        for name in package.warc_names:
            with package.open_member(name, check=False) as stream:
                for outcome in rescue(stream, member=name, limits=package.limits):
                    if isinstance(outcome, Loss):
                        yield _left_out(outcome)
                    else:
                        yield from self._join(outcome, name)

    def pages(self, package: Package) -> Iterator[Page | Finding]:
        """Yield the pages of an archive's lists that are not there yet."""
        for page in package.pages():
            known = self._pages.setdefault(page.id, page)
            if known is page:
                yield page
            elif known != page:
                own = attrs.evolve(page, id=page_id(page.url, page.ts))
                message = f"{page.url} and {known.url} have the same page id"
                yield found("merge.page-conflict", message, where=Location(field=page.id))
                if self._pages.setdefault(own.id, own) is own:
                    yield own

    def _join(self, rescued: Rescued, member: str) -> Iterator[Joined | Finding]:
        if rescued.judged.fate not in (None, Fate.AS_IT_WAS):
            yield _left_out(loss_of(rescued, member))
            return
        block = cast("BinaryIO", rescued.block)
        if self._leave_out(rescued.header, block):
            return
        record_id = rescued.header.get("WARC-Record-ID") or ""
        key, digest = (
            hashlib.sha256(record_id.encode("utf-8", "surrogateescape")).digest()[:16],
            _digest(rescued),
        )
        known = self._records.setdefault(key, digest) if record_id else digest
        if known is digest:
            yield Joined(rescued.header, block)
        elif known == digest:
            self.doubled += 1
        else:
            where = Location(member=member, offset_bytes=rescued.offset_bytes, record=record_id)
            message = "another record of this id was taken from an archive before"
            yield found("merge.id-conflict", message, where=where)


def _left_out(loss: Loss) -> Finding:
    where = Location(member=loss.member, offset_bytes=loss.offset_bytes, record=loss.record or None)
    return found(
        "merge.record-left-out",
        f"{loss.message} ({loss.length_bytes} bytes)",
        where=where,
        actual=loss.reason,
    )


def _digest(rescued: Rescued) -> bytes:
    """Return a digest of the whole record, and leave its block at its begin."""
    state = hashlib.sha256(rescued.header.raw + b"\r\n")
    while chunk := rescued.block.read(_CHUNK_BYTES):
        state.update(chunk)
    rescued.block.seek(0)
    return state.digest()[:16]
