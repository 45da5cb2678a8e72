"""Runs the command line in this process and keeps what it printed."""

from __future__ import annotations

import contextlib
import io
import json
from typing import Any

import attrs

from provenance.cli import main


@attrs.frozen
class Ran:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """The JSON lines of the answer."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def last(self) -> dict[str, Any]:
        """The last JSON line."""
        return self.lines[-1]

    def of(self, kind: str) -> list[dict[str, Any]]:
        """Return the JSON lines of a type."""
        return [line for line in self.lines if line["type"] == kind]


def run(*arguments: object) -> Ran:
    """Run `provenance` with these arguments."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([str(argument) for argument in arguments])
    return Ran(status, out.getvalue(), err.getvalue())
