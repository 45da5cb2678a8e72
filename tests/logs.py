"""Custody logs for tests: small ones, made by the log under test, and what is found in any."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from archive.custody.checks import Checked, check_log
from archive.custody.events import Event, EventKind, Line, Subject, Tool
from archive.custody.frontier import Frontier
from archive.custody.heads import Held
from archive.custody.log import Log
from archive.findings import Status

ORIGIN = "newsroom.example/custody"
TOOL = Tool("a-tool", "1")
DIGEST = f"sha256:{'ab' * 32}"
START_AT = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
TIME = "2026-01-02T03:04:{:02}Z"


def event(number: int = 0, **values: object) -> Event:
    """Return an event of its own second, about a package of its own name."""
    given = {
        "kind": EventKind.COLLECTED,
        "at": START_AT + dt.timedelta(seconds=number),
        "subject": Subject(f"p{number}.wacz", DIGEST, 7, None),
        "actor": "Ana Holt",
        "reason": f"reason {number}",
        "tool": TOOL,
        **values,
    }
    return Event(**given)  # type: ignore[arg-type]


def grow(path: Path, count: int, *, origin: str | None = None) -> list[Line]:
    """Append so many events to a log."""
    log = Log(path)
    return [log.append(event(number, origin=origin if not number else None)) for number in range(count)]


def made(folder: Path, count: int = 6, *, origin: str | None = None) -> Path:
    """Return a log of so many events."""
    path = folder / "custody.jsonl"
    grow(path, count, origin=origin)
    return path


def lines(path: Path) -> list[bytes]:
    """Return the lines of a log, with their line ends."""
    return path.read_bytes().splitlines(keepends=True)


def put(path: Path, parts: Iterable[bytes]) -> Path:
    """Write a log anew out of lines, and return it."""
    path.write_bytes(b"".join(parts))
    return path


def found(checked: Checked) -> Counter[str]:
    """Count what was found, but for what is said of every log that no checkpoint was held against."""
    return Counter(
        finding.code for finding in checked.report.findings if finding.code != "custody.tail-unchecked"
    )


def check(path: Path, held: Sequence[Held] = ()) -> Counter[str]:
    """Check a log and count what was found."""
    return found(check_log(path, held=held))


def failed(checked: Checked) -> bool:
    """Say whether anything failed."""
    return any(finding.status is Status.FAILED for finding in checked.report.findings)


def root(parts: Iterable[bytes]) -> tuple[int, bytes]:
    """Return the number of lines, given with line ends, and the root over them."""
    tree = Frontier()
    for part in parts:
        tree.add(part.removesuffix(b"\n"))
    return tree.size, tree.root()
