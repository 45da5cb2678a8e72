"""Names of members that must not be trusted: duplicates, collisions, paths that lead out, links."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from archive.wacz.zipentry import Entry

_DRIVE = lazily.compile(r"[A-Za-z]:")
_CONTROL = lazily.compile(r"[\x00-\x1f\x7f\\]")


def check_names(entries: Iterable[Entry]) -> Iterator[Finding]:
    """Yield what is wrong with the names of a directory's entries, in their order."""
    exact: set[str] = set()
    folded: dict[str, str] = {}
    for entry in entries:
        where = Location(member=entry.name, offset_bytes=entry.offset_bytes)
        if reason := unsafe(entry.name):
            yield found("zip.name-unsafe", f"the name {entry.name!r} {reason}", where=where)
        if entry.is_link:
            yield found("zip.link", f"{entry.name!r} is stored as a link or device", where=where)
        if entry.name in exact:
            yield found("zip.name-duplicate", f"there is a second member named {entry.name!r}", where=where)
            continue
        exact.add(entry.name)
        plain = unicodedata.normalize("NFC", unicodedata.normalize("NFC", entry.name).casefold())
        if plain in folded:
            message = f"{entry.name!r} and {folded[plain]!r} are one name on some systems"
            yield found("zip.name-collides", message, where=where)
        folded.setdefault(plain, entry.name)


def unsafe(name: str) -> str | None:
    """Return why a name must not be used as a path, or None."""
    parts = name.removesuffix("/").split("/")
    if not name:
        return "is empty"
    if name.startswith("/") or _DRIVE.match(name):
        return "is absolute"
    if _CONTROL.search(name):
        return "has a backslash or control character"
    if any(part in ("", ".", "..") for part in parts):
        return "leads out of its folder or has empty parts"
    return None
