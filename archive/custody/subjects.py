"""Packages as a log knows them: the digest of a whole file, and what the log says of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive import disk
from archive.custody.events import TEXT_CHARACTERS, Line, Subject
from archive.errors import Location, Unreadable
from archive.findings import Count, Covered, Finding, found

_CHUNK_BYTES = 1 << 20
Outcome = Finding | Covered


def subject_of(path: Path, *, manifest: str | None = None) -> Subject:
    """Return a package as a log names it; `manifest` is the labelled digest of its `datapackage.json`, if it has one.

    Reads the whole file. Raises Unreadable where the system does not give it, or it was written to meanwhile.
    """
    where = Location(package=str(path))
    state, size = hashlib.sha256(), 0
    try:
        with disk.open_regular(path) as file:
            before = path.stat()
            while chunk := file.read(_CHUNK_BYTES):
                state.update(chunk)
                size += len(chunk)
            after = path.stat()
    except OSError as error:
        raise Unreadable(f"cannot be read: {error.strerror or error}", where) from error
    if size != after.st_size or before.st_mtime_ns != after.st_mtime_ns:
        raise Unreadable("it was written to while it was read", where, "wait until it is finished")
    return Subject(name_of(path.name), f"sha256:{state.hexdigest()}", size, manifest)


def name_of(source: str) -> str:
    """Return the name by which a log calls a file or an address: no folder, no host, no query, which may hold secrets."""
    last = source.rstrip("/").rpartition("/")[2].partition("?")[0].partition("#")[0]
    return last.encode("utf-8", "backslashreplace").decode("utf-8")[:TEXT_CHARACTERS]


class Search:
    """Looks for one package in the lines of a log."""

    def __init__(self, name: str, subject: Subject) -> None:
        self.name, self.subject = name, subject
        self.known: list[Line] = []
        """The first and the last line that are about these very bytes."""
        self._alike: Line | None = None
        self._alike_seen: dict[str, object] = {}

    def is_about(self, line: Line) -> bool:
        """Say whether a line names these very bytes."""
        digest = self.subject.digest
        return digest is not None and any(seen["digest"] == digest for seen in _subjects(line))

    def see(self, line: Line) -> None:
        """Take the next line."""
        if self.is_about(line):
            self.known = [*self.known[:1], line]
        for seen in _subjects(line):
            if self._is_alike(seen):
                self._alike, self._alike_seen = line, seen

    def _is_alike(self, seen: dict[str, object]) -> bool:
        same_manifest = self.subject.manifest is not None and seen["manifest"] == self.subject.manifest
        kept = self._alike_seen.get("manifest")
        better_known = kept is not None and kept == self.subject.manifest
        return same_manifest or (seen["name"] == self.subject.name and not better_known)

    def findings(self) -> Iterator[Outcome]:
        """Yield whether the log knows these very bytes; if not, what it knows that is close to them."""
        where = Location(member=self.name)
        yield Covered("subjects", Count(1, 1))
        if self.known:
            return
        if self._alike is None:
            message = "the log has no event about this package"
            yield found("custody.subject-unknown", message, where=where, actual=self.subject.digest)
            return
        if self.subject.manifest is not None and self._alike_seen["manifest"] == self.subject.manifest:
            message = (
                "the manifest is the one that the log saw, and the file is not: what differs lies where the manifest"
                " does not reach, in datapackage-digest.json or between the members"
            )
        else:
            message = "the log saw other bytes under this name"
        yield found(
            "custody.subject-changed",
            f"{message} (line {self._alike.seq})",
            where=where,
            expected=self._alike_seen["digest"],
            actual=self.subject.digest,
        )


def _subjects(line: Line) -> Iterable[dict[str, object]]:
    """Yield the packages that a line names: the one it is about, and those that one was made from."""
    subject = line.body["subject"]
    yield from ([subject] if subject else [])
    yield from line.body.get("from", [])
