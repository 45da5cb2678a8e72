"""A bound on how many findings of a kind are told one by one: an archive may have as many as it has records."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from archive.findings import Finding, Status


class Bounded:
    """Lets so many findings of a kind through and counts the rest: a file may have as many as it has records."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._seen: dict[tuple[str, Status], int] = {}
        self._last: dict[tuple[str, Status], Finding] = {}

    def admits(self, finding: Finding) -> bool:
        """Count a finding; say whether it is to be told by itself."""
        kind = (finding.code, finding.status)
        count = self._seen[kind] = self._seen.get(kind, 0) + 1
        if count > self._most:
            self._last[kind] = finding
        return count <= self._most

    def rest(self) -> Iterator[Finding]:
        """Yield a finding for each kind of which there were more, saying how many."""
        for (code, status), last in self._last.items():
            more = self._seen[code, status] - self._most
            message = f"and {more} more of this kind, of which this is the last (limit findings)"
            yield attrs.evolve(last, message=message, expected=self._most, actual=self._seen[code, status])
