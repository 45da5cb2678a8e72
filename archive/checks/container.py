"""Is the container what it seems: a strict ZIP, every byte accounted for, in canonical form where that is promised."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checks.policy import Outcome, Policy
from archive.errors import Location
from archive.findings import Count, Covered, Finding, Status, found
from archive.wacz.datapackage import DIGEST_PATH, PATH
from archive.wacz.layout import Laid, directory, end, local_header
from archive.wacz.package import Package
from archive.wacz.zipdir import Directory
from archive.wacz.zipentry import STORED, Entry

_FOLDERS = ("archive/", "indexes/", "pages/")


def check_container(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what is wrong with the container.

    1. Everything the strict reading of the directory found.
    2. Each member's data against the CRC and the sizes of its header.
    3. The canonical form: demanded of our own packages, noted of others.
    """
    if package.directory is None:
        return  # it is no package
    yield from package.container_findings
    unread = package.directory.stray_bytes
    for entry in package.entries.values():
        if not entry.readable:
            unread += entry.stored_bytes
            continue
        if damage := package.measure(entry.name).damage:
            where = Location(member=entry.name, offset_bytes=entry.offset_bytes)
            yield found("zip.member-damaged", f"{entry.name!r}: {damage}", where=where)
    deviation = not_canonical(package, package.directory)
    if deviation and policy.demands_canonical(package):
        yield deviation
    elif deviation:
        yield found("zip.not-canonical", deviation.message, where=deviation.where, status=Status.NOTE)
    size_bytes = package.size_bytes
    yield Covered("bytes", Count(max(0, size_bytes - unread), size_bytes))


def not_canonical(package: Package, listed: Directory) -> Finding | None:
    """Return where the ZIP first differs from the one that its members' names, CRCs and sizes make, or None."""
    if listed.end is None:
        return _deviates("it has no directory", listed.size_bytes)
    position = 0
    for entry, follower in zip(listed.entries, (*listed.entries[1:], None), strict=True):
        if reason := _entry_deviates(entry, position):
            return _deviates(reason, entry.offset_bytes, entry.name)
        if follower and _rank(entry.name) > _rank(follower.name):
            return _deviates("its members stand in another order", follower.offset_bytes, follower.name)
        position = entry.data_offset_bytes + entry.stored_bytes
    names = [entry.name for entry in listed.entries]
    if names[-2:] != [PATH, DIGEST_PATH]:
        return _deviates("the manifest and its digest are not the last members", position)
    laid = [Laid(e.name, e.crc, e.size_bytes, e.offset_bytes) for e in listed.entries]
    listing = directory(laid)
    expected = listing + end(len(laid), len(listing), position)
    package.file.seek(position)
    actual = package.file.read(len(expected) + 1)
    if actual != expected:
        at = next(
            (i for i, (a, b) in enumerate(zip(actual, expected, strict=False)) if a != b), len(expected)
        )
        return _deviates("its directory differs from what its members make", position + at)
    return None


def _entry_deviates(entry: Entry, position: int) -> str | None:
    if entry.offset_bytes != position:
        return "a member does not begin where the one before it ends"
    if entry.method != STORED or not entry.name.isascii():
        return "a member is not stored under an ASCII name"
    if entry.raw_header != local_header(entry.name, entry.crc, entry.size_bytes):
        return "a member's header has another form"
    return None


def _rank(name: str) -> int:
    """Return the place of a member's folder in the canonical order."""
    if name in (PATH, DIGEST_PATH):
        return len(_FOLDERS) + 1 + (name == DIGEST_PATH)
    return next((n for n, folder in enumerate(_FOLDERS) if name.startswith(folder)), len(_FOLDERS))


def _deviates(reason: str, offset_bytes: int, member: str | None = None) -> Finding:
    message = f"the ZIP is not in canonical form: {reason}"
    return found("zip.not-canonical", message, where=Location(member=member, offset_bytes=offset_bytes))
