"""An open archive: its members, records, pages and index lines, and each pass over its bytes made only once."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

import attrs

from archive.cdxj import Line
from archive.cdxj import parse as parse_line
from archive.digest import ALGORITHM
from archive.errors import LimitExceeded, Location, NotAnArchive, Unreadable, UsageError
from archive.findings import Count, Covered, Finding, Status, found
from archive.jsontext import Parsed
from archive.jsontext import parse as parse_json
from archive.limits import DEFAULT, Limits
from archive.wacz.datapackage import PATH, is_ours
from archive.wacz.lines import lines_of
from archive.wacz.member import Inflated, MemberDamaged, Window, open_entry
from archive.wacz.pages import Page, is_header, parse_page
from archive.wacz.parallel import Place, survey_in_parts
from archive.wacz.tree import Content, content
from archive.wacz.zipdir import Directory, read_directory
from archive.wacz.zipentry import STORED, Entry
from archive.warc.reader import Record, read_records
from archive.warc.record import Header, Placed
from archive.warc.survey import survey

WARC_SUFFIXES = (".warc", ".warc.gz")
INDEX_SUFFIXES = (".cdx", ".cdxj", ".cdx.gz", ".cdxj.gz")
_CHUNK_BYTES = 1 << 18
_OWN_FIELD_CHARACTERS = 256
KEPT = {
    name.lower(): name
    for name in (
        "WARC-Type",
        "WARC-Record-ID",
        "WARC-Date",
        "WARC-Target-URI",
        "WARC-Payload-Digest",
        "WARC-Concurrent-To",
        "WARC-Refers-To",
        "WARC-Refers-To-Target-URI",
        "WARC-Refers-To-Date",
        "WARC-Profile",
        "WARC-Segment-Number",
        "WARC-Segment-Origin-ID",
        "WARC-Segment-Total-Length",
        "WARC-Warcinfo-ID",
        "WARC-Page-ID",
        "Content-Type",
    )
}
"""Header fields that a survey keeps, by their lower-case name: what the checks of all records together ask for."""
_KEPT_NAMES = frozenset(KEPT.values())


class Kind(StrEnum):
    """What was opened."""

    WACZ = "wacz"
    WARC = "warc"
    ARC = "arc"


@attrs.frozen
class Member:
    """A file inside an archive. `offset_bytes` is where its data begins in the file, -1 where that is unknown."""

    name: str
    size_bytes: int
    stored_bytes: int
    offset_bytes: int
    readable: bool = True


@attrs.frozen
class Measured:
    """One pass over a member's bytes: what they are, and `damage` where they cannot be what the ZIP says."""

    digest: str
    size_bytes: int
    damage: str | None = None


@attrs.frozen
class Survey:
    """One pass over a WARC: its records in their places, and everything that was found on the way."""

    placed: tuple[Placed, ...]
    findings: tuple[Finding, ...]
    covered: tuple[Covered, ...]
    contents: tuple[Content, ...] = ()
    """What the leaves of the record tree say of these records; only of a package."""


class Package(AbstractContextManager["Package"]):
    """An open archive. It never extracts, never follows a name out of the file, and believes nothing it reads."""

    def __init__(self, file: BinaryIO, kind: Kind, name: str, *, limits: Limits = DEFAULT) -> None:
        self.file, self.kind, self.name, self.limits = file, kind, name, limits
        self.path: Path | None = None
        """Where the file lies, if it was opened by its path: other processes can then open it too."""
        self.jobs = 1
        """How many processes may work on a survey."""
        self.directory: Directory | None = None
        self.size_bytes = file.seek(0, io.SEEK_END)
        self._stack = ExitStack()
        self._measured: dict[str, Measured] = {}
        self.digests: dict[tuple[str, int, str], tuple[str, ...]] = {}
        """Digests of stored records that were computed already, by member, offset and algorithm: many hostile lines
        may name one huge record."""
        self._surveys: dict[tuple[str, bool], Survey] = {}
        if kind is Kind.WACZ:
            self.directory = read_directory(file, limits=limits)
            if not self.directory.entries:
                raise NotAnArchive("the ZIP has no member that could be read", Location(package=name))

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file if it was opened here."""
        self._stack.close()

    @property
    def container_findings(self) -> tuple[Finding, ...]:
        """What is wrong with the container itself."""
        return self.directory.findings if self.directory else ()

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """The members of a ZIP by name, without folders. Of two with one name the first counts."""
        entries: dict[str, Entry] = {}
        for entry in self.directory.entries if self.directory else ():
            if not entry.is_folder:
                entries.setdefault(entry.name, entry)
        return entries

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """The files inside, in their order."""
        if self.directory is None:
            return (Member(self.name.rpartition("/")[2], self.size_bytes, self.size_bytes, 0),)
        return tuple(
            Member(e.name, e.size_bytes, e.stored_bytes, e.data_offset_bytes, e.readable)
            for e in self.entries.values()
        )

    @property
    def warc_names(self) -> tuple[str, ...]:
        """The members that hold records: those of `archive/` with a WARC's name, or the file itself."""
        if self.directory is None:
            return (self.members[0].name,)
        return tuple(
            name for name in self.entries if name.startswith("archive/") and name.endswith(WARC_SUFFIXES)
        )

    @property
    def index_names(self) -> tuple[str, ...]:
        """The members that are CDXJ indexes, compressed or not."""
        return tuple(
            name for name in self.entries if name.startswith("indexes/") and name.endswith(INDEX_SUFFIXES)
        )

    @property
    def page_lists(self) -> tuple[str, ...]:
        """The members that are page lists."""
        return tuple(name for name in self.entries if name.startswith("pages/") and name.endswith(".jsonl"))

    def open_member(self, name: str, *, check: bool = True) -> BinaryIO:
        """Return a member's data as a seekable stream. Several may be open at once.

        With `check`, reading to the end raises MemberDamaged when the CRC is wrong. Raises UsageError for a name
        that is not there, Unreadable for an encrypted member or an unknown compression.
        """
        if self.directory is None and name == self.members[0].name:
            return io.BufferedReader(Window(self.file, 0, self.size_bytes))
        entry = self.entries.get(name)
        if entry is None:
            raise UsageError(f"there is no member named {name!r}", Location(package=self.name))
        if not entry.readable:
            raise Unreadable("the member is encrypted, missing or oddly packed", Location(self.name, name))
        return open_entry(self.file, entry, check=check, limits=self.limits)

    def read_member(self, name: str, *, allowed: int | None = None) -> bytes:
        """Return the whole of a small member. Raises LimitExceeded beyond `allowed` (limits.manifest_bytes)."""
        allowed = self.limits.manifest_bytes if allowed is None else allowed
        with self.open_member(name, check=False) as stream:
            data = stream.read(allowed + 1)
        if len(data) > allowed:
            where = Location(self.name, name)
            raise LimitExceeded(
                "the member is larger than allowed",
                where,
                limit="manifest_bytes",
                allowed=allowed,
                seen=len(data),
            )
        return data

    @cached_property
    def manifest(self) -> Parsed | None:
        """The parsed `datapackage.json` with its repeated keys, or None where there is none or it is no JSON."""
        if PATH not in self.entries or not self.entries[PATH].readable:
            return None
        try:
            return parse_json(self.read_member(PATH), limits=self.limits)
        except (ValueError, MemberDamaged):
            return None

    @property
    def datapackage(self) -> dict[str, Any] | None:
        """The manifest's object, or None."""
        value = self.manifest.value if self.manifest else None
        return value if isinstance(value, dict) else None

    @property
    def ours(self) -> bool:
        """True when the package says that this software wrote it; then its canonical form is demanded."""
        return is_ours(self.datapackage)

    def records(self) -> Iterator[Record]:
        """Yield the records of all WARCs, in order. What is wrong with them is for the checks to say."""
        for name in self.warc_names:
            with self.open_member(name, check=False) as stream:
                for outcome in read_records(stream, limits=self.limits):
                    if not isinstance(outcome, Finding):
                        yield outcome

    def measure(self, name: str) -> Measured:
        """Return the digest of a member, computed once, and whether its CRC and sizes are right."""
        if name not in self._measured:
            self._measured[name] = self._measure(name)
        return self._measured[name]

    def _measure(self, name: str) -> Measured:
        state, size_bytes, crc, damage = hashlib.sha256(), 0, 0, None
        with self.open_member(name, check=False) as stream:
            try:
                while chunk := stream.read(_CHUNK_BYTES):
                    state.update(chunk)
                    crc, size_bytes = zlib.crc32(chunk, crc), size_bytes + len(chunk)
            except MemberDamaged as error:
                damage = error.message
            raw = getattr(stream, "raw", None)
            entry = self.entries.get(name)
            if entry and not damage:
                whole = raw.complete if isinstance(raw, Inflated) else size_bytes == entry.size_bytes
                damage = None if whole else "its data has another length than its header says"
                damage = damage or (None if crc == entry.crc else "its CRC-32 is wrong")
        return Measured(f"{ALGORITHM}:{state.hexdigest()}", size_bytes, damage)

    def survey(self, name: str, *, canonical: bool = False) -> Survey:
        """Return the survey of one WARC; it is made once, and of each header only what `_compact` keeps."""
        key = (name, canonical)
        if key not in self._surveys:
            self._surveys[key] = self._survey(name, canonical=canonical)
        return self._surveys[key]

    def _survey(self, name: str, *, canonical: bool) -> Survey:
        placed, findings, covered = list[Placed](), list[Finding](), list[Covered]()
        contents = list[Content]()
        if self.kind is Kind.WACZ and not self.entries[name].readable:  # the container's findings say why
            return Survey((), (), (Covered("records", Count(0, 1)),))
        try:
            self._run_survey(name, placed, findings, covered, contents, canonical=canonical)
        except (NotAnArchive, MemberDamaged) as error:
            if self.kind is not Kind.WACZ:
                raise
            findings.append(found("wacz.warc-unreadable", error.message, where=Location(member=name)))
            covered.append(Covered("records", Count(0, 1)))
        return Survey(tuple(placed), tuple(findings), tuple(covered), tuple(contents))

    def _run_survey(
        self,
        name: str,
        placed: list[Placed],
        findings: list[Finding],
        covered: list[Covered],
        contents: list[Content],
        *,
        canonical: bool,
    ) -> None:
        told = Counter[tuple[str, Status]]()
        with self.open_member(name, check=False) as stream:
            outcomes = self._in_parts(name, canonical=canonical)
            if outcomes is None:
                own = self.kind is Kind.WACZ
                outcomes = survey(
                    stream, member=name, limits=self.limits, canonical=canonical, own_digests=own
                )
            for outcome in outcomes:
                if isinstance(outcome, Placed):
                    if self.kind is Kind.WACZ:
                        raw, digest = outcome.header.raw, outcome.block_digest
                        contents.append(content(name, len(placed), raw, digest))
                    placed.append(attrs.evolve(outcome, header=_compact(outcome.header)))
                elif isinstance(outcome, Finding):
                    told[outcome.code, outcome.status] += 1
                    if told[outcome.code, outcome.status] <= self.limits.findings:
                        findings.append(outcome.within(member=name))
                else:
                    covered.append(outcome)
        findings += _untold(told, name, self.limits.findings)

    def _in_parts(self, name: str, *, canonical: bool) -> Iterable[Placed | Finding | Covered] | None:
        """Return a survey made by several processes; None where one has to make it."""
        entry = self.entries.get(name)
        if self.jobs < 2 or self.path is None or (entry is not None and entry.method != STORED):
            return None
        begin, size = (0, self.size_bytes) if entry is None else (entry.data_offset_bytes, entry.stored_bytes)
        place = Place.of(self.path, self.file, begin, size, name)
        own = self.kind is Kind.WACZ
        return survey_in_parts(
            place, self.file, jobs=self.jobs, limits=self.limits, canonical=canonical, own_digests=own
        )

    def pages(self) -> Iterator[Page]:
        """Yield the pages of all page lists that can be read."""
        for name in self.page_lists:
            if not self.entries[name].readable:
                continue
            for number, (_, raw) in enumerate(self.lines(name)):
                if number == 0 and is_header(raw):
                    continue
                try:
                    yield parse_page(raw, limits=self.limits)
                except ValueError:
                    continue

    def index_lines(self) -> Iterator[Line]:
        """Yield the lines of all indexes that can be read."""
        for name in self.index_names:
            if not self.entries[name].readable:
                continue
            with contextlib.suppress(ValueError):  # what cannot be inflated ends this index, and is a finding
                for _, raw in self.lines(name):
                    if not raw.startswith((b" CDX ", b"!")):
                        with contextlib.suppress(ValueError):
                            yield parse_line(raw, limits=self.limits)

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield offset and bytes of each line of a member (inflated, if it is gzip), without its line end.

        Raises LimitExceeded for a line longer than limits.header_bytes times 16, ValueError for broken gzip.
        """
        with self.open_member(name, check=False) as stream:
            yield from lines_of(stream, packed=name.endswith(".gz"), limits=self.limits)


def _untold(told: Counter[tuple[str, Status]], member: str, allowed: int) -> Iterator[Finding]:
    """Say how many findings of each kind were only counted."""
    for (code, _), count in told.items():
        if count > allowed:
            message = f"and {count - allowed} further findings {code} (limit findings)"
            yield found(
                "check.findings-counted",
                message,
                where=Location(member=member),
                expected=allowed,
                actual=count,
            )


def _compact(header: Header) -> Header:
    """Return a header without its bytes and without the standard's fields that no check asks for.

    Fields of a maker's own stay, for whoever knows them, as long as they are short: a package may hold many records.
    """
    fields = []
    for name, value in header.fields:
        kept = _kept(name)
        if kept is not None and (kept in _KEPT_NAMES or len(name) + len(value) <= _OWN_FIELD_CHARACTERS):
            fields.append((kept, value))
    return Header(header.version, tuple(fields))


@functools.lru_cache(maxsize=1024)
def _kept(name: str) -> str | None:
    """Return under which name a field is kept; None where it is not."""
    lower = name.lower()
    if lower in KEPT:
        return KEPT[lower]
    return None if lower.startswith(("warc-", "content-length")) else name
