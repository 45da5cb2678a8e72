"""Where a verb's words go: the answer to stdout (words, or JSON lines), progress and the summary to stderr."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

from archive.errors import Error
from provenance.contract import error_json, line
from provenance.progress import SILENT, Reporter


class Output:
    """The two streams of a run."""

    def __init__(self, *, json: bool = False, quiet: bool = False) -> None:
        self.json = json
        self.quiet = quiet
        self._bar: Any = None
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")

    def answer(self, kind: str, body: Mapping[str, Any], words: str) -> None:
        """Print one part of the answer: a JSON line of a type, or words (nothing where there are none)."""
        text = line(kind, body) if self.json else words
        if text:
            print(text, flush=self.json)

    def summary(self, body: Mapping[str, Any], words: str) -> None:
        """Print the last line of the answer; words go to stderr, so that stdout holds the answer alone."""
        self.close()
        if self.json:
            print(line("summary", body), flush=True)
        elif not self.quiet:
            print(words, file=sys.stderr)

    def refused(self, name: str, error: Error) -> None:
        """Say that one input could not be read; the run goes on."""
        if self.json:
            print(line("error", {"input": name, **error_json(error)}), flush=True)
        self._complain(error)

    def stopped(self, error: Error) -> None:
        """Say what ended the run."""
        self.close()
        if self.json:
            print(line("error", error_json(error)), flush=True)
        self._complain(error)

    def reporter(self) -> Reporter:
        """Return where progress goes: a bar where stderr is a terminal, nowhere else."""
        if self.json or self.quiet or not sys.stderr.isatty():
            return SILENT
        from provenance.cli.bar import Bar

        self._bar = Bar()
        return self._bar  # type: ignore[no-any-return]

    def close(self) -> None:
        """Take the progress bar away."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None

    def _complain(self, error: Error) -> None:
        print(f"provenance: {error}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
