"""Pages kept in a file, and given back as HTTP exchanges, so that no job has to make them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from benchmarks.making.pages import pages

_LENGTH = struct.Struct("<Q")
_FIELDS = [
    ("Server", "example"),
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "max-age=60"),
]


def make(path: Path, megabytes: float, kilobytes: float) -> tuple[int, float]:
    """Make pages, and keep them in a file. Return how many there are, and their size in MB."""
    count, size = 0, 0
    with path.open("wb") as file:
        for page in pages(megabytes, kilobytes=kilobytes):
            file.write(_LENGTH.pack(len(page)) + page)
            count, size = count + 1, size + len(page)
    return count, size / 1e6


def exchanges(source: str) -> Iterator[tuple[str, bytes, list[tuple[str, str]], bytes]]:
    """Yield URL, block, header fields and body of each kept page; of `path:5` only the first 5 MB."""
    path, _, most = source.partition(":")
    left = float(most or "inf") * 1e6
    with open(path, "rb") as file:  # noqa: PTH123 - paths are text here
        number = 0
        while left > 0 and (length := file.read(_LENGTH.size)):
            body = file.read(_LENGTH.unpack(length)[0])
            fields = [*_FIELDS, ("Content-Length", str(len(body)))]
            head = "HTTP/1.1 200 OK\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
            yield f"https://daily.example/{number}", head.encode() + body, fields, body
            number, left = number + 1, left - len(body)
