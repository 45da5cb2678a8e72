"""Progress: what a long run tells whoever started it. Silent unless a reporter is given."""

from __future__ import annotations

from typing import Protocol


class Reporter(Protocol):
    """Receives progress. Stages follow one another; `done` counts units (documents, records, bytes)."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say that a stage begins, and how many units it has where that is known."""

    def advance(self, done: int = 1, what: str | None = None) -> None:
        """Say that units of the stage were done, and which was the last."""


class Silent:
    """The reporter that says nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Say nothing."""

    def advance(self, done: int = 1, what: str | None = None) -> None:
        """Say nothing."""


SILENT = Silent()
