"""What a build has acknowledged, record by record: written down as it goes, gone through again when it is resumed.

1. The first row of the journal says what the build was begun with; a resumed build must be begun with the same.
2. A row for each record: where it lies in the unfinished file, the digests of its header and of its stored bytes.
3. A note for each input that is done. `commit` makes the records durable, then their rows, then returns: what is
   acknowledged then outlives a crash.
4. Resumed, the file is cut to the last record acknowledged, and every record that is given again is compared with its
   row; what lies in the file is kept.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from archive import disk
from archive.digest import ALGORITHM
from archive.errors import Location, ResumeRefused
from archive.journal.log import Journal, Row, read
from archive.wacz.output import Output, journal_path
from archive.wacz.zipwriter import MemberSink
from archive.warc.reader import Record, read_at
from archive.warc.record import Placed

COMMIT_BYTES = 16 << 20
"""So many bytes are committed in the middle of an input that can be gone through again."""
_AFRESH = "start over by asking for it to be overwritten, or give what was given before"


@attrs.frozen
class Kept:
    """One row of a record: `at` is the offset of its stored bytes in the unfinished file."""

    at: int
    length_bytes: int
    header: str
    digest: str

    @property
    def end(self) -> int:
        """The place behind it."""
        return self.at + self.length_bytes


class Ledger:
    """The journal of one package being built. Raises ResumeRefused where it was begun with other settings."""

    def __init__(self, output: Output, settings: Mapping[str, Any]) -> None:
        self._output = output
        self._name = Location(package=str(output.unfinished))
        with disk.failing_as_output(output.path):
            self._journal = Journal(output.journal)
        try:
            self._begin(settings)
        except BaseException:
            self._journal.close()
            raise

    def _begin(self, settings: Mapping[str, Any]) -> None:
        rows = self._journal.rows
        self.begun: Row = rows[0] if rows else dict(settings)
        self._compare_settings(settings)
        self.acknowledged = sum("at" in row for row in rows)
        """Number of records that a crash cannot take any more."""
        self._waiting = deque(map(_parsed, rows[1:]))
        self._pending: list[Mapping[str, Any]] = [] if rows else [dict(settings)]
        self._uncommitted_bytes = 0
        self._recover(max((row.end for row in self._waiting if isinstance(row, Kept)), default=0))
        if not rows:
            self._append()
            with disk.failing_as_output(self._output.path):
                disk.sync_folder(self._output.journal.parent)

    def _recover(self, end: int) -> None:
        """Cut the file to the last whole record; what lies behind it was promised to nobody."""
        if self._output.size_bytes < end:
            hint = "rescue the records with `provenance salvage`, or start over by asking for it to be overwritten"
            raise self._refused(f"{end - self._output.size_bytes} bytes of it have been cut off", hint)
        if self._output.size_bytes > end:
            self._output.cut(end)

    @property
    def replaying(self) -> bool:
        """True while there are rows of an earlier run that were not gone through."""
        return bool(self._waiting)

    def take(self, draft: Placed, sink: MemberSink) -> Placed:
        """Compare a record that is given again with its row, and keep what the file holds of it.

        Raises ResumeRefused where it is another record, or where the file was altered meanwhile.
        """
        row = self._waiting[0]
        if not isinstance(row, Kept) or row.header != _digest(draft.header.raw):
            raise self._refused(
                f"the record of {draft.target_uri} is not the one that was written before", _AFRESH
            )
        if row.at != self._output.tell():
            raise self._refused(f"a record was written at byte {row.at} before", _AFRESH)
        state, size_bytes = hashlib.sha256(), 0
        for chunk in self._output.kept(row.length_bytes):
            state.update(chunk)
            sink.keep(chunk)
            size_bytes += len(chunk)
        if f"{ALGORITHM}:{state.hexdigest()}" != row.digest:
            hint = "rescue the records with `provenance salvage`, or start over by asking for it to be overwritten"
            raise self._refused(f"it is damaged at byte {row.at}", hint)
        self._waiting.popleft()
        return attrs.evolve(draft, length_bytes=row.length_bytes)

    def wrote(self, placed: Placed, digest: str, end: int) -> None:
        """Note a record that was just written, and ends there in the file."""
        at = end - placed.length_bytes
        self._pending.append(
            {
                "at": at,
                "length": placed.length_bytes,
                "header": _digest(placed.header.raw),
                "digest": digest,
            }
        )
        self._uncommitted_bytes += placed.length_bytes

    def checkpoint(self) -> None:
        """Commit in the middle of an input, where much has been written since the last commit."""
        if self._uncommitted_bytes >= COMMIT_BYTES:
            self.commit()

    def note(self) -> Mapping[str, Any] | None:
        """Return the note that stands behind the records to come, or None where they are not acknowledged as a whole."""
        return next((row for row in self._waiting if not isinstance(row, Kept)), None)

    def records(self) -> Iterator[Record]:
        """Yield the records up to that note out of the unfinished file; each lives until the next is asked for."""
        rows = list[Kept]()
        for row in self._waiting:
            if not isinstance(row, Kept):
                break
            rows.append(row)
        self._output.flush()
        with self._output.unfinished.open("rb") as file:
            for row in rows:
                yield read_at(file, row.at, row.length_bytes)

    def commit(self, note: Mapping[str, Any] | None = None) -> None:
        """Acknowledge: make durable every record written so far, and then that they are there, with a note if given."""
        if self._waiting:
            self._pass_note(note)
            return
        if note is not None:
            self._pending.append(dict(note))
        if self._pending:
            self._output.sync()
            self._append()

    def finish(self) -> None:
        """Say that no record follows. Raises ResumeRefused where an earlier run had more."""
        if self._waiting:
            row = next((each for each in self._waiting if not isinstance(each, Kept)), {})
            what = row.get("input") if isinstance(row, Mapping) else None
            raise self._refused(f"it holds more than is given now: {what or 'further records'}", _AFRESH)

    def close(self) -> None:
        """Close the journal."""
        self._journal.close()

    def _pass_note(self, note: Mapping[str, Any] | None) -> None:
        if note is None:
            return
        there = self._waiting[0]
        if isinstance(there, Kept):
            raise self._refused(f"{note.get('input')} held more before", _AFRESH)
        self._waiting.popleft()

    def _append(self) -> None:
        with disk.failing_as_output(self._output.path):
            self._journal.append(self._pending)
        self.acknowledged += sum("at" in row for row in self._pending)
        self._pending, self._uncommitted_bytes = [], 0

    def _compare_settings(self, settings: Mapping[str, Any]) -> None:
        names = [name for name in settings if name != "began_at"]
        other = [name for name in names if self.begun.get(name) != settings[name]]
        if other:
            was, now = self.begun.get(other[0]), settings[other[0]]
            raise self._refused(f"it was begun with another {other[0]}: {was!r}, now {now!r}", _AFRESH)

    def _refused(self, why: str, hint: str) -> ResumeRefused:
        return ResumeRefused(f"the unfinished build cannot be gone on with: {why}", self._name, hint)


def begun(path: Path) -> Row | None:
    """Return what an unfinished build of this package was begun with, or None where there is none."""
    rows = read(journal_path(path))
    return rows[0] if rows else None


def _parsed(row: Row) -> Kept | Row:
    return Kept(row["at"], row["length"], row["header"], row["digest"]) if "at" in row else row


def _digest(data: bytes) -> str:
    return f"{ALGORITHM}:{hashlib.sha256(data).hexdigest()}"
