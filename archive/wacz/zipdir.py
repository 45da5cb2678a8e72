"""Reading a ZIP without trust: both headers of each member compared, every byte of the file accounted for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import attrs

from archive.errors import LimitExceeded, Location
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from archive.wacz.layout import DESCRIPTOR, END_FIXED
from archive.wacz.zipend import End, find_end
from archive.wacz.zipentry import (
    DEFLATED,
    DESCRIBED,
    STORED,
    Entry,
    Malformed,
    parse_central,
    read_local,
)
from archive.wacz.zipnames import check_names
from archive.wacz.zipwalk import walk


@attrs.frozen
class Directory:
    """The members of a ZIP, in the order of its directory, and everything that is wrong with the container."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    size_bytes: int
    stray_bytes: int = 0
    """Bytes of the file that belong to nothing."""
    end: End | None = None
    """None when there was no usable directory and the members were found by walking from the front."""


def read_directory(file: BinaryIO, *, limits: Limits = DEFAULT) -> Directory:
    """Return the directory of the ZIP in `file`. It never raises for damage; a limit that is passed does.

    1. Find the end record, in ZIP64 form too, and the central directory it leads to.
    2. Read each member's local header and compare it with its entry in the directory.
    3. Lay all parts side by side: nothing may overlap, nothing may be left over.
    4. Look at names, methods, flags and sizes.
    Where 1 fails, what is there is found by walking the local headers from the front.
    """
    size_bytes = file.seek(0, 2)
    end = find_end(file, size_bytes)
    if end is None:
        return _walked(
            file, size_bytes, "the file has no end of a ZIP: it is cut off or damaged", "zip.cut", limits
        )
    try:
        listed, directory_end = _read_entries(file, end, limits)
    except Malformed as malformed:
        return _walked(
            file, size_bytes, f"the directory cannot be read: {malformed}", "zip.directory-broken", limits
        )
    findings: list[Finding] = []
    entries = tuple(_locate(file, entry, size_bytes, findings) for entry in listed)
    strays, overlaps, overlapping = _account(entries, end, directory_end, size_bytes)
    # what lies over something else is not read: thousands of members over one piece of data would be read for ever
    entries = tuple(attrs.evolve(e, overlaps=True) if n in overlapping else e for n, e in enumerate(entries))
    findings += [
        *strays,
        *overlaps,
        *_check_end(end, len(entries), directory_end),
        *check_entries(entries, limits),
    ]
    stray_bytes = sum(stray.actual for stray in strays)
    return Directory(entries, tuple(findings), size_bytes, stray_bytes, end)


def _walked(file: BinaryIO, size_bytes: int, message: str, code: str, limits: Limits) -> Directory:
    entries = tuple(walk(file, size_bytes, limits))
    known = sum(entry.end_bytes - entry.offset_bytes for entry in entries)
    findings = (
        found(code, message, where=Location(offset_bytes=size_bytes)),
        *check_entries(entries, limits),
    )
    return Directory(entries, findings, size_bytes, max(0, size_bytes - known))


def _read_entries(file: BinaryIO, end: End, limits: Limits) -> tuple[list[Entry], int]:
    """Return the entries of the central directory and where it ends. Raises Malformed, LimitExceeded."""
    _within("members", limits.members, end.count)
    length_bytes = end.offset_bytes - end.directory_offset_bytes
    _within("manifest_bytes", limits.manifest_bytes, length_bytes)
    file.seek(end.directory_offset_bytes)
    raw, position, entries = file.read(length_bytes), 0, list[Entry]()
    while len(entries) < end.count:
        entry, position = parse_central(raw, position)
        entries.append(attrs.evolve(entry, offset_bytes=entry.offset_bytes + end.shift_bytes))
    return entries, end.directory_offset_bytes + position


def _within(limit: str, allowed: int, seen: int) -> None:
    if seen > allowed:
        message = f"the ZIP directory is larger than allowed: {seen} where {limit} is {allowed}"
        raise LimitExceeded(message, limit=limit, allowed=allowed, seen=seen)


def _locate(file: BinaryIO, entry: Entry, size_bytes: int, findings: list[Finding]) -> Entry:
    """Return the entry with the place of its data, and add what its local header says otherwise."""
    where = Location(member=entry.name, offset_bytes=entry.offset_bytes)
    try:
        local = _local(file, entry, size_bytes)
    except Malformed as malformed:
        message = f"the directory lists a member that is not there: {malformed}"
        findings.append(found("zip.local-differs", message, where=where))
        return entry
    data_end = local.data_offset_bytes + entry.stored_bytes
    described = bool(local.flags & DESCRIBED)
    descriptor_bytes = _descriptor_bytes(file, entry, data_end) if described else 0
    differing = [*_differences(entry, local, described=described)]
    if described and not descriptor_bytes:
        differing.append(("descriptor", None, None))
    for name, expected, actual in differing:
        message = f"the two headers of this member disagree about its {name}"
        place = attrs.evolve(where, field=name)
        findings.append(found("zip.local-differs", message, where=place, expected=expected, actual=actual))
    return attrs.evolve(
        entry,
        data_offset_bytes=local.data_offset_bytes,
        end_bytes=data_end + descriptor_bytes,
        raw_header=local.raw_header,
    )


def _local(file: BinaryIO, entry: Entry, size_bytes: int) -> Entry:
    """Return what the local header says. Raises Malformed where there is none, or the file ends in the member."""
    if entry.offset_bytes + entry.stored_bytes > size_bytes:
        raise Malformed("the file is too short to hold it")
    return read_local(file, entry.offset_bytes)


def _differences(entry: Entry, local: Entry, *, described: bool) -> Iterator[tuple[str, object, object]]:
    names = ["name", "flags", "method"]
    if not (described and (local.crc, local.stored_bytes, local.size_bytes) == (0, 0, 0)):
        names += ["crc", "stored_bytes", "size_bytes"]
    for name in names:
        expected, actual = getattr(entry, name), getattr(local, name)
        if expected != actual:
            yield name, expected, actual


def _descriptor_bytes(file: BinaryIO, entry: Entry, data_end: int) -> int:
    """Return the length of the data descriptor behind the data in whichever of its four forms, or 0."""
    file.seek(data_end)
    raw = file.read(24)
    for signature in (DESCRIPTOR, b""):
        for width in (4, 8):
            numbers = (entry.crc.to_bytes(4, "little"),)
            if max(entry.stored_bytes, entry.size_bytes) >> (8 * width):
                continue
            sizes = (size.to_bytes(width, "little") for size in (entry.stored_bytes, entry.size_bytes))
            expected = b"".join((signature, *numbers, *sizes))
            if raw.startswith(expected):
                return len(expected)
    return 0


def _account(
    entries: tuple[Entry, ...], end: End, directory_end: int, size_bytes: int
) -> tuple[list[Finding], list[Finding], set[int]]:
    """Lay the parts side by side; return what belongs to nothing, what is claimed twice, and by which members."""
    parts = sorted(
        (entry.offset_bytes, entry.end_bytes, number, entry.name)
        for number, entry in enumerate(entries)
        if entry.end_bytes >= 0
    )
    parts += [(end.directory_offset_bytes, directory_end, -1, "the directory")]
    parts += [(end.offset_bytes, size_bytes - end.trailing_bytes, -1, "the end")]
    strays, overlaps, overlapping, position = list[Finding](), list[Finding](), set[int](), 0
    for start, behind, number, name in parts:
        where = Location(offset_bytes=min(start, position))
        if start > position:
            code = "zip.leading-bytes" if position == 0 else "zip.gap"
            message = f"{start - position} bytes in front of {name} belong to nothing"
            strays.append(found(code, message, where=where, actual=start - position))
        elif start < position:
            message = f"{name} lies over what stands before it"
            place = where.within(member=name if number >= 0 else None)
            overlaps.append(found("zip.overlap", message, where=place))
            overlapping.add(number)
        position = max(position, behind)
    if end.trailing_bytes:
        message = f"{end.trailing_bytes} bytes behind the end of the ZIP belong to nothing"
        where = Location(offset_bytes=position)
        strays.append(found("zip.trailing-bytes", message, where=where, actual=end.trailing_bytes))
    return strays, overlaps, overlapping


def _check_end(end: End, count: int, directory_end: int) -> Iterator[Finding]:
    where = Location(offset_bytes=end.offset_bytes)
    listed_bytes = directory_end - end.directory_offset_bytes
    if listed_bytes != end.directory_bytes:
        message = f"the end record gives the directory of {count} members another size than it has"
        yield found(
            "zip.directory-broken", message, where=where, expected=end.directory_bytes, actual=listed_bytes
        )
    if end.contradiction:
        message = f"the end record contradicts itself: {end.contradiction}"
        yield found("zip.directory-broken", message, where=where)
    if end.comment_bytes:
        place = Location(offset_bytes=end.offset_bytes + END_FIXED.size)
        yield found("zip.comment", f"a comment of {end.comment_bytes} bytes stands at the end", where=place)


def check_entries(entries: tuple[Entry, ...], limits: Limits) -> Iterator[Finding]:
    """Yield what is wrong with names, methods, flags and sizes."""
    yield from check_names(entries)
    for entry in entries:
        where = Location(member=entry.name, offset_bytes=entry.offset_bytes)
        if entry.encrypted:
            yield found("zip.encrypted", f"{entry.name!r} is encrypted", where=where)
        if entry.method not in (STORED, DEFLATED):
            yield found("zip.method", f"{entry.name!r} is packed by method {entry.method}", where=where)
        if entry.other_name is not None:
            message = (
                f"{entry.name!r} is also named {entry.other_name!r}, by a field that some programs go by"
            )
            place = where.within(field="name")
            yield found(
                "zip.local-differs", message, where=place, expected=entry.name, actual=entry.other_name
            )
        if entry.has_comment:
            yield found("zip.comment", f"{entry.name!r} has a comment", where=where)
        too_much = entry.size_bytes > max(
            limits.inflate_ratio_from_bytes, entry.stored_bytes * limits.inflate_ratio
        )
        if too_much:
            yield found("zip.ratio", f"{entry.name!r} claims to grow beyond all reason", where=where)
        if entry.is_folder and entry.size_bytes:
            yield found("zip.name-unsafe", f"the folder {entry.name!r} has data", where=where)
