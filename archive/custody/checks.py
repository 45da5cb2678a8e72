"""The checks of a custody log, one pass over its lines.

1. Read every line, and see that it follows the one before it; grow the tree over them.
2. Where lines do not follow each other, read once more to find where the lines lie that they name.
3. Hold the log against each checkpoint that somebody has: signatures, name, size, root; and these against each other.
4. Look for each package that is asked for.
5. Say what nobody can see without a checkpoint.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import attrs

import archive.custody.codes  # noqa: F401 (registers the codes that are found here)
from archive.custody.chain import Chain
from archive.custody.events import START, Line, digest_of_line
from archive.custody.frontier import Frontier
from archive.custody.heads import Held, compare
from archive.custody.note import VerifierKey
from archive.custody.reading import Read, read_log
from archive.custody.subjects import Search
from archive.errors import InputError, Location
from archive.findings import Count, Covered, Finding, Report, Status, found
from archive.limits import DEFAULT, Limits

ASPECTS = ("events", "checkpoints", "subjects")
Outcome = Finding | Covered
_MOST = 1000
"""Lines of a kind that are told one by one; the rest is counted."""


@attrs.frozen
class Checked:
    """The report on a log, and what was met on the way: how many lines, the root over them, the name, the last line."""

    report: Report
    size: int = 0
    root: bytes = b""
    origin: str | None = None
    last: Line | None = None
    known: tuple[tuple[str, tuple[Line, ...]], ...] = ()
    """For each package that was asked for, the last lines that know these very bytes."""


def check_log(
    path: Path,
    *,
    held: Sequence[Held] = (),
    keys: Sequence[VerifierKey] = (),
    searches: Sequence[Search] = (),
    limits: Limits = DEFAULT,
) -> Checked:
    """Check a log against checkpoints that were read with `keys` (`archive.custody.heads.hold`), and look for packages.

    What is wrong is in the report. Where keys are named, a checkpoint that one of them signed is required.
    """
    survey = _Survey({each.checkpoint.size for each in held if each.checkpoint}, searches)
    try:
        outcomes = list(survey.outcomes(path, held, limits))
    except InputError as error:
        return Checked(Report(str(path), stopped_by=error.within(package=str(path))))
    if keys and not held:
        outcomes.append(Covered("checkpoints", Count(0, 1)))
    report = _report(path, outcomes)
    known = tuple((each.name, tuple(each.known)) for each in searches)
    tree = survey.tree
    return Checked(report, tree.size, tree.root(), survey.origin, survey.last, known)


def _report(path: Path, outcomes: Iterable[Outcome]) -> Report:
    """Return the report on a log: it has lines, checkpoints and packages to check, and nothing else."""
    coverage = dict.fromkeys(ASPECTS, Count())
    findings = list[Finding]()
    for outcome in outcomes:
        if isinstance(outcome, Covered):
            coverage[outcome.aspect] += outcome.count
        else:
            findings.append(outcome.within(package=str(path)))
    return Report(str(path), tuple(findings), coverage)


class _Survey:
    """One pass over a log."""

    def __init__(self, sizes: set[int], searches: Sequence[Search]) -> None:
        self.tree = Frontier()
        self.origin: str | None = None
        self.last: Line | None = None
        self._sizes, self._searches = sizes, searches
        self._roots = {0: self.tree.root()}
        self._chain = Chain()
        self._readable = 0

    def outcomes(self, path: Path, held: Sequence[Held], limits: Limits) -> Iterator[Outcome]:
        """Yield all that is found."""
        told = Counter[str]()
        for read in read_log(path, limits=limits):  # 1
            for finding in self._see(read):
                told[finding.code] += 1
                if told[finding.code] <= _MOST:
                    yield finding
        for code, times in told.items():
            if times > _MOST:
                yield found(code, f"and {times - _MOST} further lines")
        yield Covered("events", Count(self._readable, self.tree.size))
        yield from self._chain.findings(_places(path, self._chain, self.tree.size, limits))  # 2
        yield from compare(held, self.tree.size, self._roots, self.origin)  # 3
        for search in self._searches:  # 4
            yield from search.findings()
        yield from self._unseen(held)  # 5

    def _unseen(self, held: Sequence[Held]) -> Iterator[Finding]:
        """Yield from which line on no checkpoint speaks for the log."""
        ours = [each.checkpoint for each in held if self._is_of_this_log(each)]
        agreeing = [head.size for head in ours if head and self._roots.get(head.size) == head.root]
        reached = max(agreeing, default=0)
        where = Location(record=f"line {reached}")
        if not ours:
            yield found("custody.tail-unchecked", _UNSEEN, where=where)
        elif agreeing and reached < self.tree.size:  # what contradicts the log is told as such
            message = f"{self.tree.size - reached} lines were written since: no checkpoint speaks for them"
            yield found("custody.tail-unchecked", message, where=where, status=Status.NOTE)

    def _is_of_this_log(self, held: Held) -> bool:
        head = held.checkpoint
        return held.verified and head is not None and self.origin in (None, head.origin)

    def _see(self, read: Read) -> Iterator[Finding]:
        if not read.torn:
            self.tree.add(read.raw)
            self._chain.see(read)
            if self.tree.size in self._sizes:
                self._roots[self.tree.size] = self.tree.root()
        if read.line is None:
            yield unread(read)
            return
        line = self.last = read.line
        self._readable += 1
        if not read.number:
            self.origin = line.body.get("origin")
        for search in self._searches:
            search.see(line)
        if not line.known:
            message = f"{line.event!r} is none of the events that are known"
            where = Location(offset_bytes=read.offset_bytes, record=f"line {read.number}")
            yield found("custody.event-unknown", message, where=where, actual=line.event)


_UNSEEN = (
    "no checkpoint by a known signer was held against the log: that lines are missing at its end, or that all of it"
    " was written anew, cannot be seen without one"
)


def unread(read: Read) -> Finding:
    """Return what is the matter with a line that says nothing."""
    where = Location(offset_bytes=read.offset_bytes, record=f"line {read.number}")
    if read.torn:
        message = f"{len(read.raw)} bytes without a line end: an event that was never acknowledged, or a log that was cut"
        return found("custody.line-torn", message, where=where)
    if read.other_form:
        return found("custody.form-unknown", f"the line is {read.wrong}", where=where)
    return found("custody.line-unreadable", f"the line cannot be read: {read.wrong}", where=where)


def _places(path: Path, chain: Chain, size: int, limits: Limits) -> dict[str, int]:
    """Return in which lines of the file those are that the lines behind a break name. Line -1 is the beginning."""
    wanted = {each.line.prev for each in chain.breaks}
    places = {START: -1} if START in wanted else {}
    if not wanted:
        return places
    for read in read_log(path, limits=limits):
        digest = digest_of_line(read.raw) if read.line is None else read.line.digest
        if read.number < size and digest in wanted:
            places.setdefault(digest, read.number)
    return places
