"""Writing what a verb did into a custody log: who, when, with which package, and what came of it."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs

from archive.errors import Error, Location, OutputError
from archive.findings import Report

if TYPE_CHECKING:
    from archive.custody.events import Line, Subject


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
class Seen:
    """A package as it was before it was verified, and what would have changed if it was written to since."""

    name: str
    subject: Subject
    state: tuple[int, ...] | None


@attrs.frozen
class Recorded:
    """What came of writing a verification down: its line, or what went wrong. Neither where no log is kept."""

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


def seen(args: argparse.Namespace, name: str) -> Seen | None:
    """Return a package as it is before it is verified; None where no log is named that is to know of it."""
    if args.record is None:
        return None
    state = _state(name)
    from provenance.cli.custody_writing import package_subject

    return Seen(name, package_subject(name, offline=args.offline), state)


def verified(args: argparse.Namespace, before: Seen | None, report: Report) -> Recorded:
    """Append to the log that is named that a package was verified, with what was checked and what was found."""
    if before is None:
        return Recorded()
    from provenance.cli.custody_writing import record_verification

    try:
        if _state(before.name) != before.state:
            message = "not recorded: the package was written to while it was verified"
            hint = "wait until it is finished, and verify it again"
            raise OutputError(message, Location(before.name), hint)
        asked = {"signers": sorted(args.signer), "timestamps": args.timestamps}
        return Recorded(record_verification(args.record, before.subject, actor_of(args), report, asked))
    except Error as error:
        return Recorded(failed=error)


def source(args: argparse.Namespace, package: Path) -> list[Subject]:
    """Return a package that is about to be changed in its place, for `made`; nothing where no log is named."""
    if args.record is None:
        return []
    from provenance.cli.custody_writing import package_subject

    return [package_subject(str(package))]


def made(
    args: argparse.Namespace,
    event: str,
    package: Path,
    sources: Sequence[str | Path | Subject] = (),
    reason: str | None = None,
) -> None:
    """Append to the log that is named that a package was made, out of others where `sources` names them, and why.

    Raises OutputError, which says that the package is there all the same.
    """
    if args.record is None:
        return
    from archive.custody.events import EventKind
    from provenance.cli.custody_writing import record

    try:
        record(args.record, EventKind(event), package, actor=actor_of(args), sources=sources, reason=reason)
    except Error as error:
        message = f"{package} is made, and not recorded: {error.message}"
        raise OutputError(message, error.where, error.hint) from error


def _state(name: str) -> tuple[int, ...] | None:
    """Return what changes where a file is written to or replaced; None where there is no file."""
    try:
        of = os.stat(name)  # noqa: PTH116 - a name with a zero byte must not stop a path from being made
    except (OSError, ValueError):
        return None
    return of.st_dev, of.st_ino, of.st_size, of.st_mtime_ns
