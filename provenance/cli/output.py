"""Where a verb's words go: the answer to stdout (words, or JSON lines), progress and the summary to stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from archive.errors import Error, OutputError
from provenance.contract import error_json, line
from provenance.progress import SILENT, Reporter
from provenance.reports.visible import one_line


class Output:
    """The two streams of a run."""

    def __init__(self, *, json: bool = False, quiet: bool = False) -> None:
        self.json = json
        self.quiet = quiet
        self._bar: Any = None
        self._deaf = False
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")

    def answer(self, kind: str, body: Mapping[str, Any], words: str) -> None:
        """Print one part of the answer: a JSON line of a type, or words (nothing where there are none)."""
        text = line(kind, body) if self.json else words
        if text:
            self._say(text)

    def summary(self, body: Mapping[str, Any], words: str) -> None:
        """Print the last line of the answer; words go to stderr, so that stdout holds the answer alone."""
        self.close()
        if self.json:
            self._say(line("summary", body))
        elif not self.quiet:
            print(words, file=sys.stderr)
        self.flush()

    def refused(self, name: str, error: Error) -> None:
        """Say that one input could not be read; the run goes on."""
        if self.json:
            self._say(line("error", {"input": name, **error_json(error)}))
        self._complain(error)

    def stopped(self, error: Error) -> None:
        """Say what ended the run."""
        self.close()
        self._complain(error)
        if self.json and not self._deaf:
            self._say(line("error", error_json(error)))

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

    def flush(self) -> None:
        """Make sure that the answer has gone out. Raises OutputError where nobody can take it."""
        self._write("")

    def _say(self, text: str) -> None:
        self._write(text + "\n")

    def _write(self, text: str) -> None:
        try:
            sys.stdout.write(text)
            if self.json or not text:
                sys.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            self._deaf = True
            # What is left in the buffer would be tried once more at the end, and fail once more.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise OutputError(f"the answer cannot be written: {error.strerror or error}") from error

    def _complain(self, error: Error) -> None:
        print(f"provenance: {one_line(str(error))}", file=sys.stderr)
        if error.hint:
            print(f"  {one_line(error.hint)}", file=sys.stderr)
