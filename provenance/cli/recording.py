"""Writing what a verb did into a custody log: who, when, with which package, and what came of it."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from archive.errors import Error, InputError, Location, OutputError
from archive.findings import Report, Status

if TYPE_CHECKING:
    from archive.custody.events import Event, EventKind, Line, Subject

_CHUNK_BYTES = 1 << 20


def add_record(parser: argparse.ArgumentParser, what: str) -> None:
    """Declare `--record` and `--actor`; `what` says what gets recorded."""
    parser.add_argument("--record", type=Path, metavar="LOG", help=f"append {what} to this custody log")
    add_actor(parser)


def add_actor(parser: argparse.ArgumentParser) -> None:
    """Declare `--actor`."""
    parser.add_argument(
        "--actor",
        metavar="NAME",
        help="who does this, for the custody log (else the variable PROVENANCE_ACTOR)",
    )


def actor_of(args: argparse.Namespace) -> str | None:
    """Return who acts: as the arguments say, else the environment; None where nobody is named."""
    named: str | None = args.actor or os.environ.get("PROVENANCE_ACTOR")
    return named.strip() or None if named else None


@attrs.frozen
class Recorded:
    """A verification, and what came of writing it down: its line, or what went wrong. Neither where no log is kept."""

    report: Report
    line: Line | None = None
    failed: Error | None = None

    def json(self, log: Path | None) -> dict[str, Any]:
        """Return what the summary says of it."""
        if self.line is None:
            return {}
        return {"recorded": {"log": str(log), "seq": self.line.seq, "digest": self.line.digest}}

    def words(self, log: Path | None) -> str:
        """Return what the report in words says of it, a line or nothing."""
        return "" if self.line is None else f"recorded as line {self.line.seq} of {log}\n"


def verified(args: argparse.Namespace, name: str, verify: Callable[[], Report]) -> Recorded:
    """Verify a package, and where a log is named append that to it, with what was checked and what was found."""
    if args.record is None:
        return Recorded(verify())
    before = _state(name)
    subject = package_subject(name)
    report = verify()
    try:
        if _state(name) != before:
            hint = "wait until it is finished, and verify it again"
            raise OutputError(
                "not recorded: the package was written to while it was verified", Location(name), hint
            )
        line = append(args.record, _verification(subject, actor_of(args), report))
    except Error as error:
        return Recorded(report, failed=error)
    return Recorded(report, line)


def record(
    log: Path,
    kind: EventKind,
    package: str | Path,
    *,
    actor: str | None,
    reason: str | None = None,
    sources: Sequence[str | Path] = (),
    details: Mapping[str, Any] | None = None,
) -> Line:
    """Append that something was done with a package, at this moment. `sources` are what the package was made from.

    Raises what `archive.custody.log.Log.append` raises.
    """
    from archive.custody.events import Event

    event = Event(
        kind,
        now(),
        package_subject(str(package)),
        actor,
        reason,
        tool(),
        tuple(package_subject(str(source)) for source in sources),
        details or {},
    )
    return append(log, event)


def append(log: Path, event: Event) -> Line:
    """Append an event. Raises OutputError also for an event that no line can hold."""
    from archive.custody.log import Log

    try:
        return Log(log).append(event)
    except ValueError as error:
        raise OutputError(f"the event cannot be written: {error}", Location(package=str(log))) from error


def now() -> dt.datetime:
    """Return the time by this machine's clock."""
    return dt.datetime.now(dt.UTC)


def tool() -> Any:
    """Return how this program names itself in a log."""
    from archive.custody.events import Tool
    from archive.wacz.datapackage import SOFTWARE
    from provenance.version import VERSION

    return Tool(SOFTWARE, VERSION)


def package_subject(source: str) -> Subject:
    """Return a package as a log names it. What cannot be read has a name and no digest."""
    from archive.custody.events import Subject
    from archive.custody.subjects import name_of, subject_of
    from archive.remote import is_address

    try:
        if is_address(source) and not os.path.lexists(source):
            return _remote(source)
        return subject_of(Path(source), manifest=_manifest(source))
    except InputError:
        return Subject(name_of(source))


def _remote(address: str) -> Subject:
    """Fetch all of what lies at an address, since the digest is of all of it."""
    import hashlib

    from archive.custody.events import Subject
    from archive.custody.subjects import name_of
    from archive.remote import open_remote

    state, size = hashlib.sha256(), 0
    try:
        with open_remote(address) as file:
            while chunk := file.read(_CHUNK_BYTES):
                state.update(chunk)
                size += len(chunk)
    except (Error, OSError):
        return Subject(name_of(address))
    return Subject(name_of(address), f"sha256:{state.hexdigest()}", size, _manifest(address))


def _manifest(source: str) -> str | None:
    """Return the digest of a package's manifest, or None where there is none that can be read."""
    import archive
    from archive.wacz.datapackage import PATH

    try:
        with archive.open(source) as package:
            entry = package.entries.get(PATH)
            if entry is None or not entry.readable:
                return None
            measured = package.measure(PATH)
            return None if measured.damage else measured.digest
    except (Error, OSError):
        return None


def _state(name: str) -> tuple[int, ...] | None:
    """Return what changes where a file is written to or replaced; None where there is no file."""
    try:
        of = os.stat(name)  # noqa: PTH116 - a name with a zero byte must not stop a path from being made
    except (OSError, ValueError):
        return None
    return of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns


def _verification(subject: Subject, actor: str | None, report: Report) -> Event:
    from archive.custody.events import Event, EventKind

    return Event(
        EventKind.VERIFIED, now(), subject, actor, None, tool(), details={"checked": checked_json(report)}
    )


def checked_json(report: Report) -> dict[str, Any]:
    """Return what a verification checked: verdict, coverage, how often each code, and by which rules it was read."""
    from provenance import reader
    from provenance.tracer.rules import RULES

    counts: dict[str, dict[str, int]] = {}
    for finding in report.findings:
        of_status = counts.setdefault(str(finding.status), {})
        of_status[finding.code] = of_status.get(finding.code, 0) + 1
    stopped = report.stopped_by
    return {
        "verdict": str(report.verdict),
        "coverage": {
            aspect: {"checked": count.checked, "present": count.present}
            for aspect, count in report.coverage.items()
        },
        "findings": {status: counts[status] for status in map(str, Status) if status in counts},
        "required": sorted(report.required),
        "rules": {"reader": reader.VERSION, "tracer": RULES},
        **({"stopped_by": stopped.code} if stopped else {}),
    }
