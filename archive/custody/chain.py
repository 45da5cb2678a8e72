"""How the lines of a log hang together: each gives the digest of the one before it, its number, and its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from archive.custody.breaks import Break, told, where
from archive.custody.events import START, Line, digest_of_line
from archive.custody.reading import Read
from archive.findings import Finding, found

MOST = 1000
"""Places of a kind that are told one by one."""


class Chain:
    """Takes the lines of a log, one after another, and keeps where they do not follow each other."""

    def __init__(self) -> None:
        self.breaks: list[Break] = []
        self.further = 0
        self._misnumbered: list[tuple[int, Finding]] = []
        self._times: list[Finding] = []
        self._digest, self._offset, self._seq, self._blind, self._time = START, 0, -1, 0, ""
        self._is_misnumbered = self._damaged = False

    def see(self, read: Read) -> None:
        """Take the next line that has a line end."""
        digest, line = (
            (digest_of_line(read.raw), None) if read.line is None else (read.line.digest, read.line)
        )
        if line is None:
            self._blind += 1
            self._damaged |= not read.other_form
        else:
            self._compare(read, line)
            self._seq, self._blind, self._time = line.seq, 0, line.time
        self._digest, self._offset = digest, read.offset_bytes

    def _compare(self, read: Read, line: Line) -> None:
        if line.prev != self._digest:
            self._keep(read, line)
            return
        expected = self._seq + self._blind + 1
        self._is_misnumbered = line.seq != expected
        if self._is_misnumbered and len(self._misnumbered) < MOST:
            self._misnumbered.append((read.number, _misnumbered(read, line.seq, expected)))
        if line.time < self._time and len(self._times) < MOST:  # all in one form, so they compare as text
            message = "the time of this line is before that of the line in front of it"
            place = where(read.number, read.offset_bytes)
            self._times.append(
                found("custody.time-backwards", message, where=place, expected=self._time, actual=line.time)
            )

    def _keep(self, read: Read, line: Line) -> None:
        if len(self.breaks) >= MOST:
            self.further += 1
            return
        before = (self._digest, self._offset, self._seq, self._blind, self._is_misnumbered)
        self.breaks.append(Break(read.number, read.offset_bytes, line, *before))
        self._is_misnumbered = False

    def findings(self, places: Mapping[str, int]) -> Iterator[Finding]:
        """Yield what was done to the lines. `places` says in which lines of the file the digests are that were not met."""
        broken = {each.at for each in self.breaks}
        yield from (finding for at, finding in self._misnumbered if at + 1 not in broken)
        signs = list(told(self.breaks, places))
        yield from signs
        if self.breaks and not signs and not self._damaged:  # each left it to its neighbour to tell
            at = where(self.breaks[0].at, self.breaks[0].offset_bytes)
            yield found("custody.line-edited", "this line does not follow the one before it", where=at)
        if self.further:
            yield found(
                "custody.line-edited",
                f"and {self.further} further places where a line follows no line before it",
            )
        yield from self._times


def _misnumbered(read: Read, seq: int, expected: int) -> Finding:
    place = where(read.number, read.offset_bytes)
    if seq == expected - 1:
        message = f"two lines have the number {seq}"
        return found("custody.sequence-repeated", message, where=place, expected=expected, actual=seq)
    return found(
        "custody.sequence-wrong", f"the line has the number {seq}", where=place, expected=expected, actual=seq
    )
