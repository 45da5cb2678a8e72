"""Writing a package: records first, then what is derived from them, then the manifest; it appears when whole."""

from __future__ import annotations

import io
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, BinaryIO, cast

import attrs

from archive import lazily
from archive.cdxj import SORT_IN_MEMORY, Line, line
from archive.cdxj import sort as sort_lines
from archive.digest import digest, digest_of
from archive.engines import Compression, compression
from archive.errors import Location, OutputError, UsageError
from archive.limits import GIB, MIB
from archive.wacz.datapackage import (
    DIGEST_PATH,
    PATH,
    SOFTWARE,
    Description,
    Resource,
    manifest,
    manifest_digest,
)
from archive.wacz.ledger import Ledger
from archive.wacz.output import Output
from archive.wacz.pages import PATH as PAGES_PATH
from archive.wacz.pages import Page, page_list
from archive.wacz.saltkey import LEAST_BYTES as SALT_KEY_BYTES
from archive.wacz.saltkey import trace_of
from archive.wacz.split import most_bytes, warc_name
from archive.wacz.tree import KEY, Content, RecordTree, content, salted
from archive.wacz.zipnum import block_list, write_blocks
from archive.wacz.zipwriter import MemberSink, ZipWriter
from archive.warc.record import NewRecord, Placed, Verbatim
from archive.warc.rules import is_date
from archive.warc.writer import WarcWriter, warcinfo

if TYPE_CHECKING:
    from archive.signing.keys import Key
    from archive.signing.sealing import Stamp
    from archive.signing.trust import Roots

WARC_BYTES = 1 * GIB
"""A WARC that has grown to this size is followed by another one."""
_MEMBER_NAME = lazily.compile(r"[a-z0-9][a-z0-9_-]*/[a-z0-9][a-z0-9_.-]*\.[a-z0-9-]+")
_RESERVED = ("archive", "indexes", "pages")
_BASE_NAMES = {"index.cdx.gz", "index.idx", "pages.jsonl"}
_CREATED = lazily.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SPOOL_BYTES = 1 * MIB


class PackageWriter(AbstractContextManager["PackageWriter"]):
    """One package, written once. On leaving the block it has its name; on an error nothing is left behind.

    1. `write` puts records into `archive/`; each WARC opens with its own warcinfo record.
    2. `add_page` and `add_member` collect what stands beside them.
    3. `close` writes index, page list, further members, manifest and the manifest's digest, in this order.

    The bytes depend on what was added and on what deflates it (`packing`, by itself the fastest engine that is
    installed), which the warcinfo records name; on nothing else. Raises OutputExists before any work where the
    output exists and `overwrite` was not asked for, OutputError where the file system refuses.
    With a `salt_key` (secret, 16 bytes or more) each record gets a field that nobody else can guess, so that a record
    can be withheld later without its digests telling what it was; the same key makes the same bytes. Its manifest then
    names no main page: nothing can be taken out of a manifest that was signed.

    With `warc_bytes`, no WARC grows beyond that size, unless a single record does, and they are numbered.

    With `survive`, what `commit` has acknowledged outlives whatever stops the writer: it stays beside the output
    as NAME.unfinished, and a writer with `resume` that is given the same records goes on from there.
    `settings` are what these records depend on: a build that is gone on with must have the same. `dated` dates the
    warcinfo records where `created` is not given and a record that is copied has no date.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        overwrite: bool = False,
        title: str | None = None,
        description: str | None = None,
        created: str | None = None,
        software: str = SOFTWARE,
        warc_bytes: int | None = None,
        survive: bool = False,
        resume: bool = False,
        settings: Mapping[str, Any] | None = None,
        dated: str | None = None,
        salt_key: bytes | None = None,
        packing: Compression | None = None,
    ) -> None:
        if created is not None and not _CREATED.fullmatch(created):
            raise UsageError(f"created is not of the form YYYY-MM-DDTHH:MM:SSZ: {created!r}")
        if salt_key is not None and len(salt_key) < SALT_KEY_BYTES:
            raise UsageError(f"a salt key has {SALT_KEY_BYTES} bytes or more")
        self._packing = compression() if packing is None else packing
        self._output = Output(Path(path), overwrite=overwrite, resume=resume)
        self._description = Description(software, title, description, created)
        self._warc_bytes = warc_bytes
        self._dated = dated
        self._salt_key = salt_key
        self._contents: list[Content] = []
        self._warc_records = 0
        self._ledger: Ledger | None = None
        if survive or resume:
            begun_with = {
                **attrs.asdict(self._description),
                "warc_bytes": warc_bytes,
                "compression": str(self._packing),
                "salt_key": trace_of(salt_key),
                **(settings or {}),
            }
            try:
                self._ledger = Ledger(self._output, begun_with)
            except BaseException:
                self._output.close()
                raise
        self._pages: list[Page] = []
        self._lines = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - closed on leaving the block
        self._members: dict[str, IO[bytes]] = {}
        self._warc: WarcWriter | None = None
        self._alike = Counter[str]()
        self._attesting: list[Callable[[str], Mapping[str, Any]]] = []
        self._sink: MemberSink | None = None
        self._open_member = ExitStack()
        self._warcs = self._warc_records = 0
        self._unfinished = self._published = False
        self.records = 0
        self.manifest_digest = ""
        self.size_bytes = 0
        self._zip = ZipWriter(cast("BinaryIO", self._output))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            if self.survives:
                self._output.keep()
            else:
                self._output.discard()
            if self._ledger is not None:
                self._ledger.close()
            self._lines.close()
            for kept in self._members.values():
                kept.close()

    def write(self, record: NewRecord | Verbatim) -> Placed:
        """Append a record to `archive/` and return it in its place."""
        if self._sink is None or self._is_full(record):
            self._next_warc(record.date)
        return self._write(record)

    @property
    def survives(self) -> bool:
        """True while there is something acknowledged that is in no package yet."""
        return self._ledger is not None and self._ledger.acknowledged > 0 and not self._published

    @property
    def replaying(self) -> bool:
        """True while there are records of an earlier run that were not given again."""
        return self._ledger is not None and self._ledger.replaying

    @property
    def ledger(self) -> Ledger:
        """What was acknowledged, for whoever goes on with it. Only for a writer that survives."""
        assert self._ledger is not None
        return self._ledger

    def commit(self, note: Mapping[str, Any] | None = None) -> None:
        """Make everything written so far outlive a crash, with a note on what it was; nothing without `survive`."""
        if self._ledger is not None:
            self._ledger.commit(note)

    def checkpoint(self) -> None:
        """Commit in the middle of an input, where much was written since the last commit."""
        if self._ledger is not None:
            self._ledger.checkpoint()

    def add_page(self, page: Page) -> None:
        """List a page as a way into the package. The first one is the main page, unless there is a salt key."""
        if not self._pages and self._salt_key is None:
            self._description = attrs.evolve(self._description, main_page=page)
        self._pages.append(page)

    def add_member(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Keep a further file, `folder/name.extension` in lower-case ASCII, to stand behind the page list.

        Other tools take `.json`, `.jsonl` and `.csv` for tables: all their rows must have the same keys.
        """
        self._check_name(name)
        kept = tempfile.SpooledTemporaryFile(_SPOOL_BYTES)  # noqa: SIM115 - closed on leaving the block
        self._members[name] = kept
        for chunk in (data,) if isinstance(data, bytes) else data:
            kept.write(chunk)

    def attest(self, make: Callable[[str], Mapping[str, Any]]) -> None:
        """Have further keys put beside the manifest's digest: `make` gets that labelled digest, last of all."""
        self._attesting.append(make)

    def sign(
        self,
        key: Key,
        *,
        stamp: Stamp | None = None,
        timestamp_roots: Roots | None = None,
        created: str | None = None,
    ) -> None:
        """Have the package signed when it is closed; the signature for a host is stamped as well (archive.signing.sealing).

        `created` dates a package that does not say when it was made yet. Raises SigningError, at once where it can be
        known: there is no such date, or the key lacks something.
        """
        from archive.signing.sealing import NONE, check_ready, signed_data

        created, software = self._description.created or created, self._description.software
        check_ready(key, created=created, stamped=stamp is not None)
        assert created is not None
        self._description = attrs.evolve(self._description, created=created)
        self.attest(
            lambda digest: {
                "signedData": signed_data(
                    key,
                    digest,
                    created=created,
                    software=software,
                    stamp=stamp,
                    timestamp_roots=timestamp_roots or NONE,
                )
            }
        )

    def close(self) -> None:
        """Write everything that is derived from the records, and give the package its name."""
        if self.manifest_digest:
            return
        if self._unfinished:
            raise OutputError("a record was left unfinished, so there can be no package")
        if self._sink is None:
            raise UsageError("a package needs at least one record", hint="write a record first")
        if self._ledger is not None:
            self._ledger.finish()
        self._end_warc()
        with self._zip.member("indexes/index.cdx.gz") as sink:
            blocks = write_blocks(sort_lines(self._stored_lines(), in_memory=SORT_IN_MEMORY), sink.write)
        self._put("indexes/index.idx", block_list(blocks))
        self._put(PAGES_PATH, page_list(self._pages))
        for name, kept in sorted(self._members.items()):
            kept.seek(0)
            with self._zip.member(name) as sink:
                shutil.copyfileobj(kept, sink)
        resources = [Resource(sink.name, sink.digest, sink.size_bytes) for sink in self._zip.sinks]
        tree = RecordTree.of(self._contents).statement()
        self.manifest_digest = self._put(PATH, manifest(self._description, resources, own={KEY: tree}))
        said = {key: part for make in self._attesting for key, part in make(self.manifest_digest).items()}
        self._put(DIGEST_PATH, manifest_digest(self.manifest_digest, rest=said))
        self.size_bytes = self._zip.finish()
        self._output.publish()
        self._published = True

    def _write(self, record: NewRecord | Verbatim) -> Placed:
        assert self._warc is not None
        assert self._sink is not None
        before = self._sink.size_bytes
        try:
            record = self._salted(record)
            placed = self._kept(record) or self._written(record)
        except BaseException:
            self._unfinished = self._unfinished or self._sink.size_bytes != before
            raise
        self.records += 1
        self._contents.append(
            content(placed.member, self._warc_records, placed.header.raw, placed.block_digest)
        )
        self._warc_records += 1
        if (entry := line(placed)) is not None:
            self._lines.write(bytes(self._with_id(entry, placed)))
        return placed

    def _salted(self, record: NewRecord | Verbatim) -> NewRecord | Verbatim:
        """Return the record with its salt, where there is a key to make it with; a copy stays as it is."""
        if self._salt_key is None or isinstance(record, Verbatim):
            return record
        if isinstance(record.block, bytes):
            return salted(record, digest(record.block), self._salt_key)
        start = record.block.tell()
        block_digest, _ = digest_of(iter(lambda: record.block.read(MIB), b""))  # type: ignore[union-attr]
        record.block.seek(start)
        return salted(record, block_digest, self._salt_key)

    def _with_id(self, entry: Line, placed: Placed) -> Line:
        """Return the index line with the record's id where records are salted: else a guess of a line could be tested."""
        if self._salt_key is None:
            return entry
        return attrs.evolve(entry, fields={**entry.fields, "recordId": placed.record_id})

    def _written(self, record: NewRecord | Verbatim) -> Placed:
        assert self._warc is not None
        assert self._sink is not None
        if self._ledger is None:
            return _put(self._warc, record)
        self._sink.begin_part()
        placed = _put(self._warc, record)
        self._ledger.wrote(placed, self._sink.part_digest, self._output.tell())
        return placed

    def _kept(self, record: NewRecord | Verbatim) -> Placed | None:
        """Return a record that an earlier run wrote, in its place, or None where none is left. Nothing is compressed."""
        if not self.replaying:
            return None
        assert self._ledger is not None
        assert self._warc is not None
        assert self._sink is not None
        rehearsal = WarcWriter(
            cast("BinaryIO", _Nowhere()),
            member=self._sink.name,
            compress=False,
            offset_bytes=self._warc.offset_bytes,
            alike=self._alike,
        )
        draft = _put(rehearsal, record)
        placed = self._ledger.take(draft, self._sink)
        self._warc.offset_bytes += placed.length_bytes
        return placed

    def _is_full(self, record: NewRecord | Verbatim) -> bool:
        """Say whether the WARC could grow too large with this record, even if nothing of it can be compressed."""
        assert self._sink is not None
        if self._warc_bytes is None:
            return self._sink.size_bytes >= WARC_BYTES
        if (
            self._warc_records <= 1
        ):  # behind the warcinfo there must be room for one record, whatever its size
            return False
        return self._sink.size_bytes + most_bytes(record) > self._warc_bytes

    def _next_warc(self, date: str) -> None:
        """Begin a WARC with its warcinfo record, dated like the package or else like the first record in it."""
        self._end_warc()
        self._warcs += 1
        name = warc_name(self._warcs, split=self._warc_bytes is not None)
        self._warc_records = 0
        self._sink = self._open_member.enter_context(self._zip.member(f"archive/{name}"))
        self._warc = WarcWriter(
            cast("BinaryIO", self._sink), member=f"archive/{name}", packing=self._packing, alike=self._alike
        )
        info = {
            "software": self._description.software,
            "format": "WARC File Format 1.1",
            "compression": str(self._packing),
        }
        dated = self._description.created or (date if is_date(date) else self._dated or date)
        self._write(warcinfo(info, filename=name, date=dated))

    def _end_warc(self) -> None:
        self._open_member.close()

    def _put(self, name: str, data: bytes) -> str:
        with self._zip.member(name) as sink:
            sink.write(data)
        return sink.digest

    def _stored_lines(self) -> Iterator[bytes]:
        self._lines.seek(0)
        yield from self._lines

    def _check_name(self, name: str) -> None:
        folder, _, base = name.rpartition("/")
        taken = {known.rpartition("/")[2] for known in self._members} | _BASE_NAMES
        if not _MEMBER_NAME.fullmatch(name) or folder in _RESERVED or ".." in name:
            message = f"not the name of a further member: {name!r}"
            raise UsageError(message, Location(member=name), "use folder/name.extension in lower-case ASCII")
        if base in taken:
            raise UsageError(f"a member of this name was added already: {base!r}", Location(member=name))


def _put(warc: WarcWriter, record: NewRecord | Verbatim) -> Placed:
    return warc.copy(record) if isinstance(record, Verbatim) else warc.write(record)


class _Nowhere(io.RawIOBase):
    """Takes bytes and keeps none."""

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        return len(data)
