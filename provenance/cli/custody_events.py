"""Showing the events of a custody log, and appending one."""

from __future__ import annotations

import argparse
import datetime as dt
from pathlib import Path
from typing import Any

import archive.custody.codes  # noqa: F401 (registers the codes that are found here)
from archive import lazily
from archive.custody.events import Event, EventKind, Line, Subject
from archive.custody.reading import read_log
from archive.custody.subjects import Search, name_of, subject_of
from archive.errors import Location, UsageError
from archive.findings import Finding
from provenance.cli import custody_writing as writing
from provenance.cli.output import Output
from provenance.cli.recording import actor_of
from provenance.contract import finding_json
from provenance.reports.custody import event_words
from provenance.reports.words import finding_words

_DIGEST = lazily.compile(r"(?:sha256:)?[0-9a-f]{64}")
SOUND, UNSOUND = 0, 1


def log(args: argparse.Namespace, output: Output) -> int:
    """Show every event of a log. The exit status is 1 where a line cannot be read: `check` says more."""
    from archive.custody.checks import unread

    search = None if args.subject is None else Search(str(args.subject), subject_of(args.subject))
    shown = wrong = 0
    for read in read_log(args.log):
        if read.line is None:
            wrong += 1
            finding: Finding = unread(read)
            output.answer("finding", finding_json(finding), finding_words(finding))
        elif search is None or search.is_about(read.line):
            shown += 1
            output.answer("event", event_json(read.line), event_words(read.line))
    words = f"{args.log}: {shown} events" + (f", {wrong} lines that cannot be read" if wrong else "")
    output.summary({"log": str(args.log), "events": shown, "unreadable": wrong}, words)
    return UNSOUND if wrong else SOUND


def append(args: argparse.Namespace, output: Output) -> int:
    """Append an event, and say which line it became."""
    event = Event(
        _kind(args.event),
        _at(args.time),
        _subject(args),
        actor_of(args),
        args.reason,
        writing.tool(),
        tuple(subject_of_package(source) for source in args.sources),
        origin=args.origin,
    )
    line = writing.append(args.log, event)
    output.answer("event", event_json(line), event_words(line))
    output.summary(
        {"log": str(args.log), "seq": line.seq, "digest": line.digest},
        f"{args.log}: line {line.seq}, {line.digest}",
    )
    return SOUND


def event_json(line: Line) -> dict[str, Any]:
    """Return an event as it stands in the log, with the digest of its line."""
    return {**{key: value for key, value in line.body.items() if key != "v"}, "digest": line.digest}


def subject_of_package(name: str) -> Subject:
    """Return a package that is at hand. Raises Unreadable where it is not: its digest is what the event is about."""
    subject = writing.package_subject(name)
    if subject.digest is None:
        subject = subject_of(Path(name))  # which says why
    return subject


def _kind(name: str) -> EventKind:
    kinds = [kind for kind in EventKind if kind is not EventKind.RECOVERED]
    if name not in map(str, kinds):
        raise UsageError(f"there is no event {name!r}", hint=f"it is one of {', '.join(map(str, kinds))}")
    return EventKind(name)


def _subject(args: argparse.Namespace) -> Subject | None:
    if args.digest is None:
        return None if args.subject is None else subject_of_package(args.subject)
    if args.subject is None or not _DIGEST.fullmatch(args.digest):
        hint = "give the name with --subject, and the digest as sha256: and 64 digits"
        raise UsageError("a digest goes with the name of a package", hint=hint)
    return Subject(name_of(args.subject), f"sha256:{args.digest.removeprefix('sha256:')}")


def _at(text: str | None) -> dt.datetime:
    if text is None:
        return writing.now()
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--time: {error}", Location(), "write it as 2026-01-31T23:59:59Z") from error
    if moment.tzinfo is None:
        raise UsageError("--time needs a zone", hint="end it with Z for UTC")
    try:
        return moment.astimezone(dt.UTC)
    except OverflowError as error:
        raise UsageError(f"--time: {error}") from error
