"""What the command line writes into a custody log, and packages as the log names them."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import archive
from archive.custody.events import Event, EventKind, Line, Subject, Tool
from archive.custody.log import Log
from archive.custody.subjects import name_of, subject_of
from archive.errors import Error, InputError, Location, OutputError
from archive.findings import Report, Status
from archive.remote import is_address, open_remote
from archive.wacz.datapackage import PATH, SOFTWARE
from provenance import reader
from provenance.tracer.rules import RULES
from provenance.version import VERSION

_CHUNK_BYTES = 1 << 20


def record(
    log: Path,
    kind: EventKind,
    package: str | Path,
    *,
    actor: str | None,
    reason: str | None = None,
    sources: Sequence[str | Path | Subject] = (),
    details: Mapping[str, Any] | None = None,
) -> Line:
    """Append that something was done with a package, at this moment. `sources` are what the package was made from.

    Raises what `archive.custody.log.Log.append` raises; OutputError also for an event that no line can hold.
    """
    event = Event(
        kind,
        now(),
        package_subject(str(package)),
        actor,
        reason,
        tool(),
        tuple(each if isinstance(each, Subject) else package_subject(str(each)) for each in sources),
        details or {},
    )
    return append(log, event)


def record_verification(
    log: Path, subject: Subject, actor: str | None, report: Report, asked: Mapping[str, Any]
) -> Line:
    """Append that a package was verified, at this moment, with what was checked; `asked`: what was wanted of it."""
    checked = checked_json(report) | {key: value for key, value in asked.items() if value}
    return append(
        log, Event(EventKind.VERIFIED, now(), subject, actor, None, tool(), details={"checked": checked})
    )


def append(log: Path, event: Event) -> Line:
    """Append an event. Raises OutputError also for an event that no line can hold."""
    try:
        return Log(log).append(event)
    except ValueError as error:
        raise OutputError(f"the event cannot be written: {error}", Location(package=str(log))) from error


def now() -> dt.datetime:
    """Return the time by this machine's clock."""
    return dt.datetime.now(dt.UTC)


def tool() -> Tool:
    """Return how this program names itself in a log."""
    return Tool(SOFTWARE, VERSION)


def package_subject(source: str, *, offline: bool = False) -> Subject:
    """Return a package as a log names it. What cannot be read, or lies elsewhere and is not to be asked, has no digest."""
    try:
        if is_address(source) and not os.path.lexists(source):
            return Subject(name_of(source)) if offline else _remote(source)
        return subject_of(Path(source), manifest=_manifest(source))
    except InputError:
        return Subject(name_of(source))


def _remote(address: str) -> Subject:
    """Fetch all of what lies at an address, since the digest is of all of it."""
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
    try:
        with archive.open(source) as package:
            entry = package.entries.get(PATH)
            if entry is None or not entry.readable:
                return None
            measured = package.measure(PATH)
            return None if measured.damage else measured.digest
    except (Error, OSError):
        return None


def checked_json(report: Report) -> dict[str, Any]:
    """Return what a verification checked: verdict, coverage, how often each code, and by which rules it was read."""
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
