"""Signing or stamping a package that is there: a new file, the same bytes up to the one member that vouches for it.

`datapackage-digest.json` is the last member, and nothing else is covered by what it holds. So it can be written anew
behind bytes that are copied as they are; the package appears under its name when it is whole.
"""

from __future__ import annotations

import shutil
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from archive.errors import Location, SigningError
from archive.findings import Status
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH, PATH, manifest_digest
from archive.wacz.layout import Laid, directory, end, local_header
from archive.wacz.member import MemberDamaged, Window
from archive.wacz.output import Output
from archive.wacz.package import Kind, Package
from archive.wacz.reader import open_package
from archive.wacz.zipentry import parse_central

Change = Callable[[dict[str, Any]], Mapping[str, Any]]
"""Takes what the member holds, and returns what it shall hold."""
_CHUNK_BYTES = 1 << 20


def attest(source: Path, output: Path, change: Change, *, overwrite: bool = False) -> None:
    """Write `source` to `output` with what `change` makes of its `datapackage-digest.json`; both may be one file.

    Raises SigningError for what is no package whose last member that is, or whose manifest has another digest than it
    says; OutputExists where there is another file at `output` and `overwrite` was not asked for.
    """
    in_place = output.exists() and output.samefile(source)
    with open_package(source) as package:
        stated = _stated(package)
        with Output(output, overwrite=overwrite or in_place) as written:
            value = change(dict(stated))
            if (value.get("path"), value.get("hash")) != (stated["path"], stated["hash"]):
                raise SigningError("what the manifest's digest is about is not to be changed")
            rest = {key: part for key, part in value.items() if key not in ("path", "hash")}
            _write(package, cast("BinaryIO", written), manifest_digest(stated["hash"], rest=rest))
            written.publish()


def manifest_of(source: Path) -> dict[str, Any]:
    """Return the manifest of a package, or an empty one where it cannot be read."""
    with open_package(source) as package:
        return package.datapackage or {}


def _stated(package: Package) -> dict[str, Any]:
    """Return what the member holds. Raises SigningError where it, or the package around it, is not as it must be."""
    where = Location(package=package.name)
    if package.kind is not Kind.WACZ:
        raise SigningError("only packages are signed and stamped", where, "build one of it: provenance build")
    if not _ends_with_digest(package):
        hint = "provenance verify says what is wrong with it"
        raise SigningError(f"the package does not end with {DIGEST_PATH}, or is damaged", where, hint)
    try:
        parsed = parse_json(package.read_member(DIGEST_PATH), limits=package.limits)
    except (ValueError, MemberDamaged) as error:
        raise SigningError(f"{DIGEST_PATH} cannot be read: {error}", where) from None
    value = parsed.value if isinstance(parsed.value, dict) and not parsed.repeated else {}
    if (value.get("path"), value.get("hash")) != (PATH, package.measure(PATH).digest):
        raise SigningError("the manifest is not the one whose digest the package gives", where)
    return value


def _ends_with_digest(package: Package) -> bool:
    """Say whether a new end can be written behind the bytes that are there: nothing is behind the last member."""
    found = package.directory
    if found is None or found.end is None or found.stray_bytes or found.end.shift_bytes:
        return False
    if any(each.status is Status.FAILED for each in found.findings):
        return False
    names = [entry.name for entry in found.entries]
    last = max(found.entries, key=lambda entry: entry.offset_bytes)
    return (
        last is found.entries[-1]
        and last.name == DIGEST_PATH
        and names.count(DIGEST_PATH) == 1
        and PATH in names
    )


def _write(package: Package, written: BinaryIO, data: bytes) -> None:
    """Copy everything in front of the last member, then write that one, the directory and the end."""
    assert package.directory is not None
    last = package.directory.entries[-1]
    shutil.copyfileobj(Window(package.file, 0, last.offset_bytes), written, _CHUNK_BYTES)
    laid = Laid(DIGEST_PATH, zlib.crc32(data), len(data), last.offset_bytes)
    written.write(local_header(laid.name, laid.crc, laid.size_bytes) + data)
    listing = _listed(package) + directory([laid])
    offset_bytes = written.tell()
    written.write(listing + end(len(package.directory.entries), len(listing), offset_bytes))


def _listed(package: Package) -> bytes:
    """Return the directory as it stands, without its last entry."""
    assert package.directory is not None
    assert package.directory.end is not None
    found = package.directory.end
    package.file.seek(found.directory_offset_bytes)
    raw = package.file.read(found.offset_bytes - found.directory_offset_bytes)
    position = 0
    for _ in package.directory.entries[:-1]:
        _, position = parse_central(raw, position)
    return raw[:position]
