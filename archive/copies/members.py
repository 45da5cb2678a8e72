"""Members of two packages that differ: where first, which one its manifest vouches for, and what manifests say otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archive.copies.details import first_difference
from archive.errors import Error, Location
from archive.findings import Finding, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import resources_of
from archive.wacz.package import Package
from archive.wacz.zipnum import iter_bytes


def readable(package: Package, name: str) -> bool:
    """Say whether a member is there, and can be read at all."""
    return name in package.entries and package.entries[name].readable


def member_differs(name: str, first: Package, second: Package) -> Finding:
    """Return that a member differs, where first, and which of the two is the one that its manifest vouches for."""
    vouched = [
        package.name for package in (first, second) if readable(package, name) and vouches(package, name)
    ]
    at = _first_in_member(name, first, second)
    by = f"; only that of {vouched[0]} is the one its manifest vouches for" if len(vouched) == 1 else ""
    by = by or ("; neither is the one its manifest vouches for" if not vouched else "")
    digests = [
        package.measure(name).digest if readable(package, name) else None for package in (first, second)
    ]
    return found(
        "compare.member-differs",
        f"{name!r} is another one in {second.name}{by}",
        where=Location(first.name, name, at),
        expected=digests[0],
        actual=digests[1],
    )


def _first_in_member(name: str, first: Package, second: Package) -> int | None:
    try:
        with (
            first.open_member(name, check=False) as mine,
            second.open_member(name, check=False) as theirs,
        ):
            sizes = first.entries[name].size_bytes, second.entries[name].size_bytes
            return first_difference(iter_bytes(mine, sizes[0]), iter_bytes(theirs, sizes[1]))
    except Error:
        return None


def vouches(package: Package, name: str) -> bool:
    """Say whether a package's manifest has the digest of a member as it is here."""
    for row in resources_of(package.datapackage):
        if isinstance(row, Mapping) and row.get("path") == name:
            return bool(row.get("hash") == package.measure(name).digest)
    return False


def statements_differ(name: str, first: Package, second: Package) -> Iterator[Finding]:
    """Yield which keys of a statement differ: of the manifest, of its digest."""
    mine, theirs = _flat(name, first), _flat(name, second)
    told = False
    for key in dict.fromkeys((*mine, *theirs)):
        if mine.get(key) != theirs.get(key):
            told = True
            message = f"{name!r}: {key} is another one in {second.name}"
            where = Location(first.name, name, field=key)
            yield found(
                "compare.manifest-differs",
                message,
                where=where,
                expected=mine.get(key),
                actual=theirs.get(key),
            )
    if not told:
        yield member_differs(name, first, second)


def _flat(name: str, package: Package) -> dict[str, Any]:
    """Return a statement key by key, each resource by its path; nothing where it cannot be read."""
    try:
        value = parse_json(package.read_member(name), limits=package.limits).value
    except (Error, ValueError):
        return {}
    if not isinstance(value, Mapping):
        return {}
    flat = {str(key): part for key, part in value.items() if key != "resources"}
    for row in resources_of(value):
        path = row.get("path") if isinstance(row, Mapping) else None
        flat[f"resources: {path}"] = row
    return flat
