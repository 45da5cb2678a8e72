"""Are the bytes the ones that were written: every member against the manifest, the manifest against its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Mapping, Sequence
from typing import Any

from archive.checks.policy import Outcome, Policy
from archive.errors import LimitExceeded, Location
from archive.findings import Count, Covered, Finding, Status, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH, PATH, is_collection, manifest_digest, resources_of
from archive.wacz.member import MemberDamaged
from archive.wacz.package import Kind, Package

_STRONG = ("sha256", "sha384", "sha512")
_DOUBLED_CHUNK_BYTES = 65536


def check_fixity(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what the manifest says otherwise than the members.

    1. Each row of the manifest names a member that is there, with its size and a strong digest.
    2. Each member but the manifest and its digest is named by a row.
    3. The manifest has the digest that `datapackage-digest.json` gives.

    A member counts as checked where it was compared with a digest, whatever came out.
    """
    if package.kind is not Kind.WACZ or is_collection(package.datapackage):
        return
    checked = sum(name in package.entries for name in (PATH, DIGEST_PATH))
    listed: set[str] = set()
    for number, row in enumerate(_rows(package)):
        path = row.get("path") if isinstance(row, Mapping) else None
        if isinstance(path, str) and path in listed:
            where = Location(member=PATH, field=f"resources/{number}")
            yield found("wacz.listed-twice", f"the manifest lists {path!r} twice", where=where)
            continue
        checked += yield from _check_row(package, row, number)
        if isinstance(path, str):
            listed.add(path)
    for name in package.entries:
        if name not in listed and name not in (PATH, DIGEST_PATH):
            message = f"{name!r} is in the package and not in its manifest"
            yield found("wacz.member-unlisted", message, where=Location(member=name))
    yield from _check_digest(package, policy)
    present = len(package.entries)
    yield Covered("members", Count(min(checked, present) if package.datapackage else 0, present))


def _rows(package: Package) -> Sequence[object]:
    """Return the rows of the manifest. Raises LimitExceeded where there are more than a package may have members."""
    rows, allowed = resources_of(package.datapackage), package.limits.members
    if len(rows) > allowed:
        where = Location(member=PATH, field="resources")
        raise LimitExceeded(
            "the manifest has more rows than allowed", where, limit="members", allowed=allowed, seen=len(rows)
        )
    return rows


def _check_row(package: Package, row: object, number: int) -> Generator[Finding, None, bool]:
    """Yield what is wrong with a row, or with the member it names; return whether its digest was compared."""
    where = Location(member=PATH, field=f"resources/{number}")
    path, stated, size = _stated(row)
    if not (isinstance(path, str) and isinstance(stated, str) and type(size) is int):
        yield found("wacz.resource-broken", "a resource needs path, hash and bytes", where=where)
        return False
    if path not in package.entries:
        message = f"the manifest lists {path!r}, which is not in the package"
        yield found("wacz.member-missing", message, where=Location(member=path))
        return False
    if not package.entries[path].readable:
        yield found("wacz.hash-mismatch", f"{path!r} cannot be read", where=Location(member=path))
        return False
    measured, where = package.measure(path), Location(member=path)
    if measured.size_bytes != size:
        message = f"{path!r} has another size than its manifest says"
        yield found("wacz.size-mismatch", message, where=where, expected=size, actual=measured.size_bytes)
    return (yield from _check_hash(package, path, stated))


def _stated(row: object) -> tuple[object, object, object]:
    """Return path, hash and size of a row, in the form of WACZ 1.0.0 (`stats`, `hashing`) too."""
    if not isinstance(row, Mapping):
        return None, None, None
    stats = row.get("stats")
    if isinstance(stats, Mapping) and "hash" not in row:
        return row.get("path"), f"{row.get('hashing', 'md5')}:{stats.get('hash')}", stats.get("bytes")
    return row.get("path"), row.get("hash"), row.get("bytes")


def _check_hash(package: Package, path: str, stated: str) -> Generator[Finding, None, bool]:
    where, (algorithm, _, value) = Location(member=path), stated.rpartition(":")
    algorithm = algorithm.lower().replace("-", "")
    if algorithm not in _STRONG:
        message = f"the manifest vouches for {path!r} with {algorithm or 'an unnamed algorithm'}"
        yield found("wacz.hash-weak", message, where=where, expected="sha256", actual=stated)
        return False
    measured = package.measure(path).digest
    actual = measured if algorithm == "sha256" else f"{algorithm}:{_digest(package, path, algorithm)}"
    if actual.rpartition(":")[2] == value.lower():
        return True
    if algorithm == "sha256" and _digest(package, path, "sha256", times=2) == value.lower():
        message = f"the manifest has the doubled hash of {path!r} that js-wacz up to 0.1.6 writes"
        yield found("wacz.hash-doubled", message, where=where, expected=stated, actual=actual)
        return True
    message = f"{path!r} is not what its manifest vouches for"
    yield found("wacz.hash-mismatch", message, where=where, expected=stated, actual=actual)
    return True


def _digest(package: Package, path: str, algorithm: str, *, times: int = 1) -> str:
    """Return the hex digest of a member; with `times` = 2, of each 64-KiB chunk fed in twice as js-wacz does."""
    state = hashlib.new(algorithm)
    with package.open_member(path, check=False) as stream:
        while chunk := stream.read(_DOUBLED_CHUNK_BYTES):
            for _ in range(times):
                state.update(chunk)
    return state.hexdigest()


def _check_digest(package: Package, policy: Policy) -> Iterator[Finding]:
    """Yield what is wrong with the digest of the manifest, and with the lack of one."""
    where, strict = Location(member=DIGEST_PATH), policy.demands_canonical(package)
    if DIGEST_PATH not in package.entries:
        status = Status.FAILED if strict else Status.WARNED
        yield found("wacz.digest-missing", "the manifest has no digest", where=where, status=status)
        return
    if PATH not in package.entries:
        return
    value = _read_digest(package)
    stated = value.get("hash") if value is not None else None
    if value is None or not isinstance(stated, str):
        yield found("wacz.digest-broken", "the digest of the manifest cannot be read", where=where)
        return
    actual = package.measure(PATH).digest
    if value.get("path") != PATH or stated.lower() != actual:
        message = "the manifest is not the one whose digest is given"
        yield found("wacz.digest-mismatch", message, where=where, expected=stated, actual=actual)
    elif strict and package.read_member(DIGEST_PATH) != manifest_digest(
        actual, rest={**value, "hash": actual}
    ):
        yield found("wacz.not-canonical", "the digest of the manifest has another form", where=where)


def _read_digest(package: Package) -> dict[str, Any] | None:
    if not package.entries[DIGEST_PATH].readable:
        return None
    try:
        parsed = parse_json(package.read_member(DIGEST_PATH), limits=package.limits)
    except (ValueError, MemberDamaged):
        return None
    return parsed.value if isinstance(parsed.value, dict) and not parsed.repeated else None
