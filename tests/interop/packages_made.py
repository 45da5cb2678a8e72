"""Packages built for other people's tools to look at: what is known of them, and what is in them."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
import zlib
from pathlib import Path
from typing import Any

import attrs
import pytest

from provenance.cli import main

WARC = "archive/data.warc.gz"
INDEX = "indexes/index.cdx.gz"


@attrs.frozen
class Original:
    """A document with an address, as it lies on the disk, and a passage that a reader of it must see."""

    url: str
    data: bytes
    passage: str
    media_type: str = "text/plain"

    @property
    def digest(self) -> str:
        """The digest of its bytes, as `sha256:` and lower-case hexadecimal digits."""
        return "sha256:" + hashlib.sha256(self.data).hexdigest()


@attrs.frozen
class Made:
    """A package, the summary that `build --json` printed, and the documents in it that have an address."""

    path: Path
    summary: dict[str, Any]
    documents: int
    originals: tuple[Original, ...]

    def member(self, name: str) -> bytes:
        """Return the bytes of a member, read by the standard library."""
        with zipfile.ZipFile(self.path) as package:
            return package.read(name)

    def unpack_warc(self, folder: Path) -> Path:
        """Write the package's WARC into a folder, under its own name, and return its path."""
        return write(folder / "data.warc.gz", self.member(WARC))

    def index_lines(self) -> list[str]:
        """Return the lines of the package's CDXJ index."""
        return members_of(self.member(INDEX)).decode().splitlines()


def make(seed_list: Path, texts: Path, folder: Path, originals: dict[str, str]) -> Made:
    """Build a package from a seed list, as a user does; `originals` says which passage to see in which file."""
    path = folder / f"{seed_list.stem}.wacz"
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        status = main(["build", str(seed_list), "--texts", str(texts), "-o", str(path), "--json", "--quiet"])
    assert 0 == status, printed.getvalue()
    summary = json.loads(printed.getvalue().splitlines()[-1])
    listed = {row["file"]: row for row in tomllib.loads(seed_list.read_text("utf-8"))["document"]}
    found = tuple(_original(listed[name], texts / name, passage) for name, passage in originals.items())
    return Made(path, summary, len(listed), found)


def _original(row: dict[str, Any], path: Path, passage: str) -> Original:
    url = row.get("url") or row["article"][0]["original_url"]
    return Original(url, path.read_bytes(), passage, "text/html" if path.suffix == ".html" else "text/plain")


def records_of(warc: bytes) -> list[bytes]:
    """Return the records of a WARC, each of which is a gzip member of its own."""
    records, rest = [], warc
    while rest:
        member = zlib.decompressobj(31)
        records.append(member.decompress(rest) + member.flush())
        rest = member.unused_data
    return records


def members_of(compressed: bytes) -> bytes:
    """Return what a file of several gzip members holds."""
    return b"".join(records_of(compressed))


def altered(warc: bytes) -> bytes:
    """Return a WARC with one byte of the first resource changed, and the gzip checksum put right behind it."""
    records = records_of(warc)
    number = next(i for i, record in enumerate(records) if b"WARC-Type: resource\r\n" in record)
    head, gap, block = records[number].partition(b"\r\n\r\n")
    middle = len(block) // 2
    changed = block[:middle] + bytes([block[middle] ^ 1]) + block[middle + 1 :]
    records[number] = head + gap + changed
    return b"".join(_member(record) for record in records)


def _member(record: bytes) -> bytes:
    packer = zlib.compressobj(wbits=31)
    return packer.compress(record) + packer.flush()


def repack(source: Path, target: Path, changed: dict[str, bytes]) -> Path:
    """Write a package again by the standard library's ZIP writer, some of its members with other bytes."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, changed.get(name, old.read(name)))
    return target


def write(path: Path, data: bytes) -> Path:
    """Write bytes to a file and return its path."""
    path.write_bytes(data)
    return path


def tool(name: str, *, folder: str | None = None) -> str:
    """Return the path of a command: from `folder`, or beside our interpreter, or on the PATH. Skip where there is none."""
    places = [folder] if folder else [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    found = shutil.which(name, path=os.pathsep.join(places))
    if found is None:
        pytest.skip(f"{name} is not installed: see .ci/run")
    return found


def run(*command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command of somebody else to its end, without our code on its path; stderr stands behind stdout."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=foreign_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )


def foreign_environment() -> dict[str, str]:
    """Return our environment without what concerns our own interpreter."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
