"""Memory does not grow with a record: measured in processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
HEAD = (
    b"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\n"
    b"WARC-Date: 2024-01-01T00:00:00Z\r\nWARC-Target-URI: https://daily.example/\r\n"
    b"Content-Type: application/octet-stream\r\nContent-Length: %d\r\n\r\n"
)
PIECE = bytes(range(256)) * 4096
ALLOWED_MB = 24
"""How much more a large record may take than a small one."""


def most_memory(path: Path) -> float:
    """Return the most memory that surveying a file takes, in MB."""
    code = "import sys, archive; p = archive.open(sys.argv[1]); print(len(p.survey(p.warc_names[0]).placed))"
    given = [sys.executable, "-c", code, str(path)]
    process = subprocess.Popen(given, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    told = process.stdout.read()
    process.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert (0, b"1\n") == (process.returncode, told)
    return usage.ru_maxrss / 1024


def write(path: Path, megabytes: int, *, packed: bool) -> None:
    """Write a WARC with one record of so many MB."""
    with path.open("wb") as file:
        deflater = zlib.compressobj(0, zlib.DEFLATED, 31)
        parts = [HEAD % (megabytes * len(PIECE)), *[PIECE] * megabytes, b"\r\n\r\n"]
        file.writelines(deflater.compress(part) if packed else part for part in parts)
        file.write(deflater.flush() if packed else b"")


@pytest.mark.parametrize("packed", [True, False], ids=["gzip", "plain"])
def test_a_large_record(tmp_path: Path, packed: bool) -> None:
    """A record of three hundred megabytes takes hardly more memory than one of one."""
    small, large = tmp_path / "small.warc", tmp_path / "large.warc"
    write(small, 1, packed=packed)
    write(large, 300, packed=packed)

    assert most_memory(large) < most_memory(small) + ALLOWED_MB
