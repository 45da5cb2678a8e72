"""Reading a log from front to back, line by line, whatever it holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import attrs

from archive import disk
from archive.custody.events import LINE_BYTES, Line, OtherForm, read_line
from archive.errors import Location, Unreadable
from archive.limits import DEFAULT, Limits


@attrs.frozen
class Read:
    """A line of the file: its bytes without line end, its place, and what it says, or why it says nothing.

    `torn`: it has no line end. `other_form`: it is of a form that is not known here. Of a line that is longer than any
    that is written, `raw` is the beginning.
    """

    raw: bytes
    number: int
    offset_bytes: int
    line: Line | None
    wrong: str = ""
    torn: bool = False
    other_form: bool = False


def read_log(path: Path, *, limits: Limits = DEFAULT) -> Iterator[Read]:
    """Yield the lines of a log. Raises Unreadable where the system does not give it."""
    where = Location(package=str(path))
    try:
        with disk.open_regular(path) as file:
            number = offset = 0
            while raw := file.readline(LINE_BYTES + 2):
                yield _read(raw, number, offset, limits)
                number, offset = number + 1, offset + len(raw) + _skip(raw, file)
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}", where) from error


def _skip(raw: bytes, file: BinaryIO) -> int:
    """Go to the end of a line that is too long, and return how many bytes that was."""
    skipped = 0
    while len(raw) == LINE_BYTES + 2 and not raw.endswith(b"\n"):
        raw = file.readline(LINE_BYTES + 2)
        skipped += len(raw)
    return skipped


def _read(raw: bytes, number: int, offset: int, limits: Limits) -> Read:
    if not raw.endswith(b"\n"):
        short = len(raw) < LINE_BYTES + 2
        wrong = "no line end" if short else f"longer than {LINE_BYTES} bytes"
        return Read(raw, number, offset, None, wrong, torn=short)
    line = raw[:-1]
    try:
        return Read(line, number, offset, read_line(line, limits=limits))
    except OtherForm as error:
        return Read(line, number, offset, None, str(error), other_form=True)
    except ValueError as error:
        return Read(line, number, offset, None, str(error))
