"""A journal: JSON lines, each with the digest of the line before it, so that a torn or foreign end is seen and dropped."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from archive import disk
from archive.jsontext import parse
from archive.limits import DEFAULT, Limits

Row = dict[str, Any]
_START = hashlib.sha256(b"").hexdigest()
_LINE_BYTES = 1 << 20
"""A line that is longer was not written by us."""


class Journal:
    """A journal file. `rows` are the sound lines it held when it was opened; `append` is durable when it returns.

    Raises OSError as the system does: the caller knows what the file is about.
    """

    def __init__(self, path: Path, *, limits: Limits = DEFAULT) -> None:
        self.path = path
        self._descriptor = disk.create(path)
        try:
            self.rows, self._last, self._end = _sound(path, limits)
            if os.fstat(self._descriptor).st_size > self._end:
                disk.cut(self._descriptor, self._end)
        except BaseException:
            self.close()
            raise

    def append(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Write rows, each chained to the one before it, and make them durable."""
        data, last = bytearray(), self._last
        for row in rows:
            line = _line(row, last)
            data += line
            last = hashlib.sha256(line).hexdigest()
        disk.write_all(self._descriptor, self._end, data)
        disk.sync(self._descriptor)
        self._end += len(data)
        self._last = last

    def close(self) -> None:
        """Close the file."""
        if self._descriptor >= 0:
            with contextlib.suppress(OSError):
                os.close(self._descriptor)
            self._descriptor = -1


def read(path: Path, *, limits: Limits = DEFAULT) -> list[Row]:
    """Return the sound rows of a journal; none where there is no such file."""
    try:
        return _sound(path, limits)[0]
    except OSError:
        return []


def _line(row: Mapping[str, Any], last: str) -> bytes:
    return (json.dumps({**row, "prev": last}, separators=(",", ":")) + "\n").encode("ascii")


def _sound(path: Path, limits: Limits) -> tuple[list[Row], str, int]:
    """Return the rows up to the first line that is torn or does not follow, the digest of the last, and its end."""
    rows, last, end = list[Row](), _START, 0
    with path.open("rb") as file:
        while line := file.readline(_LINE_BYTES):
            row = _row(line, last, limits)
            if row is None:
                break
            rows.append(row)
            last, end = hashlib.sha256(line).hexdigest(), end + len(line)
    return rows, last, end


def _row(line: bytes, last: str, limits: Limits) -> Row | None:
    if not line.endswith(b"\n"):
        return None
    try:
        value = parse(line, limits=limits).value
    except ValueError:
        return None
    return value if isinstance(value, dict) and value.pop("prev", None) == last else None
