"""What the copies of a package say it was made of: the one manifest that agrees with a digest beside it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import attrs

from archive.copies import codes as codes
from archive.copies.rows import read_range
from archive.copies.splicing import splice
from archive.digest import ALGORITHM, digest
from archive.errors import Location
from archive.findings import Finding, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH, PATH, is_ours, manifest_digest
from archive.wacz.package import Package
from archive.wacz.zipentry import STORED


@attrs.frozen
class Authority:
    """The manifest that decides, the file with its digest, and the copies (by number) that have this manifest."""

    manifest: bytes
    digest_file: bytes
    backers: frozenset[int]
    findings: tuple[Finding, ...]

    @property
    def digest(self) -> str:
        """The labelled digest of the manifest."""
        return digest(self.manifest)


@attrs.frozen
class _Statement:
    """One copy's manifest and digest file, as far as they can be read. `whole`: with the CRC that the ZIP gives."""

    copy: int
    manifest: bytes | None
    digest_file: bytes | None
    stated: str | None
    whole: bool


def authority_of(copies: Sequence[Package]) -> Authority | Finding:
    """Return what decides, or the finding that says why nothing does.

    A manifest is believed where any copy has a digest for it, and none has a whole digest of another; what is damaged
    everywhere is put together from the copies, if manifest and digest then agree.
    """
    statements = _statements(copies)
    stated = {each.stated for each in statements if each.stated}
    proven = {each.manifest: None for each in statements if each.manifest and digest(each.manifest) in stated}
    if len(proven) > 1:
        names = [copies[each.copy].name for each in statements if each.manifest in proven]
        message = f"{' and '.join(names)} have different manifests, each with its own digest"
        return found("repair.manifest-conflict", message, where=Location(member=PATH))
    manifest = next(iter(proven), None) or _spliced(statements, stated)
    digest_file = _digest_file(manifest, statements)
    if manifest is None or digest_file is None:
        message = "no copy has a manifest that agrees with a digest of it"
        return found("repair.manifest-lost", message, where=Location(member=PATH))
    others = [each for each in statements if each.whole and each.stated not in (None, digest(manifest))]
    if others:
        message = f"the manifest of {copies[others[0].copy].name} was another one, as its digest says, which is whole"
        return found("repair.manifest-conflict", message, where=Location(member=PATH))
    backers = frozenset(each.copy for each in statements if each.manifest == manifest)
    told = tuple(_told(manifest, digest_file, statements, copies))
    return Authority(manifest, digest_file, backers, told)


def _statements(copies: Sequence[Package]) -> list[_Statement]:
    """Return what each copy states, first as its own ZIP has it, then where the ZIPs of the others have it.

    Copies are of one file, so a member whose header is broken in one lies where it lies in another.
    """
    ranges = [tuple(_range(package, name) for name in (PATH, DIGEST_PATH)) for package in copies]
    statements = list[_Statement]()
    for places_of in (0, *range(1, len(copies))):
        for number, package in enumerate(copies):
            manifest, digest_file = (
                _read(package, place) for place in ranges[(number + places_of) % len(copies)]
            )
            own = not places_of and digest_file is not None
            whole = own and package.measure(DIGEST_PATH).damage is None
            statements.append(_Statement(number, manifest, digest_file, _stated(digest_file), whole))
    return statements


def _range(package: Package, name: str) -> tuple[int, int] | None:
    """Return where a member is stored, or None where that cannot be told."""
    entry = package.entries.get(name)
    if entry is None or not entry.readable or entry.method != STORED:
        return None
    return entry.data_offset_bytes, entry.size_bytes


def _read(package: Package, place: tuple[int, int] | None) -> bytes | None:
    """Return what a copy has in a range, if it is not beyond all reason."""
    if place is None or place[1] > package.limits.manifest_bytes:
        return None
    return b"".join(read_range(package.file, *place))


def _stated(raw: bytes | None) -> str | None:
    """Return the digest that a digest file gives of the manifest, or None."""
    if raw is None:
        return None
    try:
        value = parse_json(raw).value
    except ValueError:
        return None
    if not isinstance(value, dict) or value.get("path") != PATH:
        return None
    stated = value.get("hash")
    return stated.lower() if isinstance(stated, str) and stated.startswith(f"{ALGORITHM}:") else None


def _spliced(statements: Sequence[_Statement], stated: set[str]) -> bytes | None:
    """Return the manifest put together from damaged ones, or one that a digest file put together is about."""
    versions = [each.manifest for each in statements if each.manifest]
    spliced = splice(versions, lambda data: digest(data) in stated) if stated else None
    return spliced or next((each for each in versions if _digest_file(each, statements) is not None), None)


def _digest_file(manifest: bytes | None, statements: Sequence[_Statement]) -> bytes | None:
    """Return the digest file for a manifest: the first that is whole, else the first that fits, else put together."""
    if manifest is None:
        return None
    right = [each for each in statements if each.digest_file and _is_of(each.digest_file, manifest)]
    right.sort(key=lambda each: not each.whole)  # stable: the first copy first
    if right:
        return right[0].digest_file
    versions = [each.digest_file for each in statements if each.digest_file]
    return splice(versions, lambda data: _is_of(data, manifest))


def _is_of(digest_file: bytes, manifest: bytes) -> bool:
    """Say whether a digest file is about this manifest, and in the form in which ours are written, if it is ours."""
    try:
        value, stated = parse_json(digest_file).value, parse_json(manifest).value
    except ValueError:
        return False
    if _stated(digest_file) != digest(manifest):
        return False
    rest = {key: part for key, part in value.items() if key not in ("path", "hash")}
    return not is_ours(stated) or digest_file == manifest_digest(digest(manifest), rest=rest)


def _told(
    manifest: bytes, digest_file: bytes, statements: Sequence[_Statement], copies: Sequence[Package]
) -> Iterator[Finding]:
    """Yield where manifest and digest file come from, and where other copies have another digest file."""
    for name, chosen, versions in (
        (PATH, manifest, [each.manifest for each in statements]),
        (DIGEST_PATH, digest_file, [each.digest_file for each in statements]),
    ):
        if versions[0] != chosen:
            yield (
                taken(name, copies[statements[versions.index(chosen)].copy].name)
                if chosen in versions
                else found("repair.bytes-joined", f"{name}: put together", where=Location(member=name))
            )
    for each in statements:
        other = each.digest_file
        if each.whole and other and other != digest_file and _is_of(other, manifest):
            message = f"{copies[each.copy].name} has another signature or timestamp: it was not kept"
            yield found("repair.digest-differs", message, where=Location(member=DIGEST_PATH))


def taken(member: str, name: str) -> Finding:
    """Return that a member was taken whole from a copy."""
    return found("repair.member-taken", f"{member}: taken from {name}", where=Location(member=member))


def fits(data_digest: bytes, stated: object) -> bool:
    """Say whether a SHA-256 is the one that a row of a manifest states."""
    return isinstance(stated, str) and stated.lower() == f"{ALGORITHM}:{data_digest.hex()}"


def sha256(data: bytes) -> bytes:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).digest()
