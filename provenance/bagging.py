"""Packages as a BagIt bag (RFC 8493), for archives that ask for one. A bag proves nothing that its packages do not.

1. Verify each package: a bag of something unsound is made, and said to be.
2. Copy them into a folder beside the final one, and let `bagit` write the manifests (sha256, sha512).
3. Compare the digests in the bag with those of the files that were copied; then the folder gets its name.

What stands in `bag-info.txt` is what the packages state. Nothing is filled in but the day and the program.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs

from archive.disk import failing_as_output
from archive.errors import Location, OutputError, OutputExists, UsageError
from archive.findings import Report
from archive.limits import DEFAULT, Limits
from archive.wacz.package import Package
from archive.wacz.reader import open_package
from provenance import collection, records
from provenance.progress import SILENT, Reporter
from provenance.verifier import verify

CHECKSUMS = ("sha256", "sha512")
_CHUNK_BYTES = 1 << 20
_LABELS = {
    "organization": "Source-Organization",
    "collector": "Collector",
    "contact": "Contact",
    "purpose": "Purpose",
    "method": "Method",
    "case": "Case",
}
"""Under which label of `bag-info.txt` a statement goes. Only the first is one that RFC 8493 reserves."""


@attrs.frozen
class Bagged:
    """A bag that was made: its folder, the sizes of its packages, and the report on each."""

    folder: Path
    files: int
    size_bytes: int
    reports: tuple[Report, ...]


def bag(
    packages: Sequence[str | Path], folder: Path, *, reporter: Reporter = SILENT, limits: Limits = DEFAULT
) -> Bagged:
    """Make a bag of packages and WARCs.

    It changes the working directory for a moment, as `bagit` does. Raises OutputExists where something is there already,
    OutputError where it cannot be written, UsageError for two files of one name, InputError for what is no archive.
    """
    sources = [Path(each) for each in packages]
    bagit = _library()
    _check_names(sources)
    if os.path.lexists(folder):
        where, hint = Location(package=str(folder)), "give the bag another name: a folder is never replaced"
        raise OutputExists("the output exists already", where, hint)
    reporter.stage("verifying", len(sources))
    reports, info = [], dict[str, list[str]]()
    for source in sources:  # 1
        with open_package(source, limits=limits) as package:
            _add_info(info, package)
        reports.append(verify(str(source), limits=limits))
        reporter.advance(1, source.name)
    with failing_as_output(folder):
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f"{folder.name}.", suffix=".unfinished", dir=folder.parent))
        try:
            size_bytes = _fill(made, sources, info, bagit)  # 2
            made.chmod(0o777 & ~_umask())
            made.rename(folder)  # 3
        except BaseException:
            shutil.rmtree(made, ignore_errors=True)
            raise
    return Bagged(folder, len(sources), size_bytes, tuple(reports))


def _library() -> Any:
    try:
        import bagit
    except ImportError as error:
        hint = "install it: pip install 'source-provenance[bag]'"
        raise UsageError(
            "bags are written by the library bagit, which is not installed", hint=hint
        ) from error
    return bagit


def _check_names(sources: Sequence[Path]) -> None:
    if not sources:
        raise UsageError("no package is named")
    names = [source.name for source in sources]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UsageError(f"two of the packages are called {twice!r}", hint="rename one, or make two bags")


def _add_info(info: dict[str, list[str]], package: Package) -> None:
    """Collect what a package says of itself, each thing once."""
    for label, value in _info_of(package):
        line = " ".join(value.split())
        if line and line not in info.setdefault(label, []):
            info[label].append(line)


def _info_of(package: Package) -> Iterator[tuple[str, str]]:
    manifest = package.datapackage or {}
    for key in ("title", "description"):
        if isinstance(manifest.get(key), str):
            yield "External-Description", manifest[key]
    if package.datapackage is not None:
        yield "External-Identifier", package.measure("datapackage.json").digest
    for statement in collection.of(package):
        for name, label in _LABELS.items():
            if value := getattr(statement, name):
                yield label, value


def _fill(made: Path, sources: Iterable[Path], info: dict[str, list[str]], bagit: Any) -> int:
    digests = {f"data/{source.name}": _copy(source, made / source.name) for source in sources}
    agent = f"{records.SOFTWARE} (bagit.py {bagit.VERSION})"
    written = bagit.make_bag(str(made), {**info, "Bag-Software-Agent": agent}, checksums=list(CHECKSUMS))
    for name, (digest, _) in digests.items():
        if written.payload_entries().get(name, {}).get("sha256") != digest:
            raise OutputError("a package changed while it was copied", Location(package=name))
    return sum(size for _, size in digests.values())


def _copy(source: Path, target: Path) -> tuple[str, int]:
    """Copy a file; return the SHA-256 of what was read, in hex, and its size."""
    state, size_bytes = hashlib.sha256(), 0
    with source.open("rb") as read, target.open("xb") as written:
        while chunk := read.read(_CHUNK_BYTES):
            state.update(chunk)
            written.write(chunk)
            size_bytes += len(chunk)
    shutil.copystat(source, target)
    return state.hexdigest(), size_bytes


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
