"""The story of a restoration: a package put together from its copies, byte for byte as it was written.

1. Find the manifest that a digest vouches for. Two of them are two packages, and nothing is done.
2. Recover each member that it lists, or make it again from the records; the digest in the manifest proves each.
3. Write the container: of ours the one canonical form, of others that of a copy whose container is whole.
4. Before it appears: no copy may have a sound record that says something else, or one that is missing here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, cast

import attrs

from archive.copies import codes as codes
from archive.copies.authority import Authority, authority_of
from archive.copies.deriving import Derive, derived
from archive.copies.recovering import Recovered, Wanted, lost_member, recover, told_of, wanted_of
from archive.copies.rows import read_range, rows_of
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH, PATH, is_ours, resources_of
from archive.wacz.layout import local_header
from archive.wacz.output import Output
from archive.wacz.package import Package
from archive.wacz.reader import open_package
from archive.wacz.zipentry import STORED, Entry
from archive.wacz.zipwriter import ZipWriter


@attrs.frozen
class Restored:
    """What a restoration came to. `written`: the file is there, and is what was written once."""

    findings: tuple[Finding, ...]
    written: bool = False
    manifest_digest: str | None = None
    size_bytes: int = 0

    @property
    def conflict(self) -> bool:
        """True where copies contradict each other, so that no new package may be made of them either."""
        return any(finding.code.endswith("-conflict") for finding in self.findings)


def _nothing(package: Package, name: str) -> None:
    """Derive nothing."""


def restore(
    copies: Sequence[Package], path: Path, *, overwrite: bool = False, derive: Derive = _nothing
) -> Restored:
    """Write the package whose copies these are to `path`, or say why it cannot be done; then nothing is written.

    `derive` makes what is lost everywhere and can be had from the records; an index can be had without it.
    Raises OutputError as a writer does.
    """
    authority = authority_of(copies)  # 1
    if isinstance(authority, Finding):
        return Restored((authority,))
    run = _Restoration(copies, authority)
    with ExitStack() as files:
        recovered = run.recover(derive, files)  # 2
        if run.has_failed():
            return Restored(tuple(run.findings), manifest_digest=authority.digest)
        size_bytes = _write(run, recovered, path, overwrite=overwrite)
    findings, written = tuple(run.findings), not run.has_failed()
    return Restored(findings, written, authority.digest, size_bytes if written else 0)


def _write(run: _Restoration, recovered: Sequence[Recovered], path: Path, *, overwrite: bool) -> int:
    """Write the package; it appears where nothing speaks against it. Return its size in bytes."""
    with Output(path, overwrite=overwrite) as output:
        run.write(recovered, output)  # 3
        if not run.has_failed():
            output.flush()
            run.compare(output.unfinished)  # 4
        if run.has_failed():
            output.discard()
            return 0
        size_bytes = output.tell()
        output.publish()
    return size_bytes


class _Restoration:
    def __init__(self, copies: Sequence[Package], authority: Authority) -> None:
        self._copies, self._authority = copies, authority
        self._manifest = parse_json(authority.manifest, limits=copies[0].limits).value
        self._ours = is_ours(self._manifest)
        self.findings = list(authority.findings)

    def has_failed(self) -> bool:
        """Say whether something was found that forbids a result."""
        return any(finding.status is Status.FAILED for finding in self.findings)

    def recover(self, derive: Derive, files: ExitStack) -> list[Recovered]:
        """Return every member that the manifest lists, as far as it can be had: from the copies, or from the records."""
        outcome = dict[str, Recovered | None]()
        against = dict[Wanted, list[Finding]]()
        for wanted in self._wanted():
            recovered = recover(wanted, self._copies, self._copies[0].limits)
            if isinstance(recovered, Recovered):
                outcome[wanted.path] = recovered
                self.findings += told_of(recovered, self._copies)
            else:
                outcome[wanted.path], against[wanted] = None, recovered
        had = [each for each in outcome.values() if each is not None]
        for wanted, made in derived(had, list(against), derive, files) if self._ours and against else ():
            if made is not None:
                outcome[wanted.path] = made
                del against[wanted]
                message = f"{wanted.path}: made again from the records"
                self.findings.append(
                    found("repair.member-derived", message, where=Location(member=wanted.path))
                )
        self.findings += [finding for findings in against.values() for finding in findings]
        return [each for each in outcome.values() if each is not None]

    def _wanted(self) -> tuple[Wanted, ...]:
        try:
            wanted = wanted_of(resources_of(self._manifest))
        except ValueError as error:
            self.findings.append(found("repair.manifest-lost", str(error), where=Location(member=PATH)))
            return ()
        return _in_place(wanted) if self._ours else wanted

    def write(self, recovered: Sequence[Recovered], output: Output) -> None:
        """Write the container around the members."""
        file = cast("BinaryIO", output)
        if self._ours:
            _write_canonical(recovered, self._authority, file)
            return
        base = self._base()
        if base is None:
            message = "no copy has a ZIP that is whole"
            self.findings.append(found("repair.container-lost", message))
            return
        self._patch(base, recovered, file)

    def _base(self) -> Package | None:
        """Return the first copy whose container is whole."""
        for package in self._copies:
            if not any(finding.status is Status.FAILED for finding in package.container_findings):
                return package
        return None

    def _patch(self, base: Package, recovered: Sequence[Recovered], file: BinaryIO) -> None:
        """Copy a file of somebody else's form, with the stored bytes of its damaged members replaced."""
        patches = list[tuple[Entry, Iterator[bytes]]]()
        for member in recovered:
            patch = _patch_of(member, base, self._copies)
            if isinstance(patch, Finding):
                self.findings.append(patch)
            elif patch is not None:
                patches.append((base.entries[member.wanted.path], patch))
        for name, data in ((PATH, self._authority.manifest), (DIGEST_PATH, self._authority.digest_file)):
            entry = base.entries.get(name)
            if entry is None or entry.method != STORED or entry.size_bytes != len(data):
                if entry is None or not entry.readable or base.read_member(name) != data:
                    self.findings.append(_unfit(name))
            else:
                patches.append((entry, iter((data,))))
        if not self.has_failed():
            _copy_with(base, sorted(patches, key=lambda each: each[0].data_offset_bytes), file)

    def compare(self, path: Path) -> None:
        """Find sound records of the copies that the restored package contradicts or lacks."""
        with open_package(path, name=path.name, limits=self._copies[0].limits) as restored:
            kept: dict[str, set[bytes]] = {}
            for name in restored.warc_names:
                for row in rows_of(restored, name).rows:
                    kept.setdefault(row.record_id, set()).add(row.content)
            for number, package in enumerate(self._copies):
                for name in package.warc_names:
                    if _same_member(name, package, restored):
                        continue
                    for row in rows_of(package, name).rows:
                        if row.sound and row.content not in kept.get(row.record_id, ()):
                            self.findings.append(
                                self._contradicting(number, row.record_id, name, row.offset_bytes)
                            )

    def _contradicting(self, number: int, record_id: str, member: str, offset_bytes: int) -> Finding:
        name = self._copies[number].name
        where = Location(name, member, offset_bytes, record_id or None)
        if number in self._authority.backers:
            message = f"{name} has a record, sound in itself, that its own manifest refutes"
            return found("repair.record-refuted", message, where=where)
        message = (
            f"{name} has a record, sound in itself, that the manifest of the other copies knows nothing of"
        )
        return found("repair.record-conflict", message, where=where)


def _in_place(wanted: Sequence[Wanted]) -> tuple[Wanted, ...]:
    """Return the members of a canonical package with the place of their data."""
    placed, at = list[Wanted](), 0
    for each in wanted:
        at += len(local_header(each.path, 0, 0)) if each.path.isascii() else 0
        placed.append(attrs.evolve(each, offset_bytes=at))
        at += each.size_bytes
    return tuple(placed)


def _write_canonical(recovered: Sequence[Recovered], authority: Authority, file: BinaryIO) -> None:
    writer = ZipWriter(file)
    for member in recovered:
        with writer.member(member.wanted.path) as sink:
            for chunk in member.chunks():
                sink.write(chunk)
    for name, data in ((PATH, authority.manifest), (DIGEST_PATH, authority.digest_file)):
        with writer.member(name) as sink:
            sink.write(data)
    writer.finish()


def _patch_of(
    member: Recovered, base: Package, copies: Sequence[Package]
) -> Iterator[bytes] | Finding | None:
    """Return the stored bytes that a member of the base must have, None where it has them."""
    name = member.wanted.path
    entry = base.entries.get(name)
    if entry is None or not entry.readable:
        return _unfit(name)
    if member.copy >= 0 and copies[member.copy] is base:
        return None
    if entry.method == STORED and entry.size_bytes == member.wanted.size_bytes:
        return member.chunks()
    source = copies[member.copy] if member.copy >= 0 else None
    theirs = source.entries.get(name) if source is not None else None
    same = theirs is not None and (theirs.method, theirs.stored_bytes, theirs.crc) == (
        entry.method,
        entry.stored_bytes,
        entry.crc,
    )
    if source is None or theirs is None or not same:
        return _unfit(name)
    return read_range(source.file, theirs.data_offset_bytes, theirs.stored_bytes)


def _unfit(name: str) -> Finding:
    reason = "it is known, and does not fit into the ZIP of the copy whose container is whole"
    return lost_member(Wanted(name, "", 0), reason)


def _copy_with(base: Package, patches: Sequence[tuple[Entry, Iterator[bytes]]], file: BinaryIO) -> None:
    """Copy a file with some members' stored bytes replaced by as many others."""
    at = 0
    for entry, chunks in patches:
        file.writelines(read_range(base.file, at, entry.data_offset_bytes - at))
        file.writelines(chunks)
        at = entry.data_offset_bytes + entry.stored_bytes
    file.writelines(read_range(base.file, at, base.size_bytes - at))


def _same_member(name: str, package: Package, restored: Package) -> bool:
    if not package.entries[name].readable or name not in restored.entries:
        return False
    return package.measure(name).digest == restored.measure(name).digest
