"""A progress bar on stderr (rich), for runs at a terminal."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)


class Bar:
    """Shows the current stage, how far it is, and the last thing done."""

    def __init__(self) -> None:
        self._progress = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[what]}"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task: TaskID | None = None
        self._progress.start()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage."""
        if self._task is not None:
            self._progress.remove_task(self._task)
        self._task = self._progress.add_task(name, total=total, what="")

    def advance(self, done: int = 1, what: str | None = None) -> None:
        """Count units done."""
        if self._task is not None:
            self._progress.update(self._task, advance=done, what=escape((what or "")[-50:]))

    def close(self) -> None:
        """Take the bar away."""
        self._progress.stop()
