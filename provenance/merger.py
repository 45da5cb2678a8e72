"""The story of a merge.

1. Copy the records of all packages, byte for byte and each once (archive.merge).
2. Read the documents among them, as a build does; one without its text and articles gets them, where others have theirs.
3. Join the page lists; derive tables and traces anew, over all documents.
4. Keep what each package said of itself: its manifest and the digest of that, one row a package.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import attrs

import archive
import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.dedup.revisits import Deduplicator
from archive.digest import digest, digest_of
from archive.disk import is_same
from archive.errors import Error, UsageError
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from archive.merge.joining import Joined, Joiner
from archive.wacz.datapackage import DIGEST_PATH, PATH
from archive.wacz.lines import lines_of
from archive.wacz.package import Package
from archive.wacz.reader import open_package
from archive.wacz.zipnum import iter_bytes
from archive.warc.record import Placed, Verbatim
from provenance import collection, records
from provenance.corpus import reading
from provenance.corpus.body import ARTICLES, TRACES, Body, Held, article_lines, trace_lines
from provenance.progress import SILENT, Reporter

ORIGINALS = "provenance/originals.jsonl"
"""The member of a merged package that keeps what each original said of itself, one package a line."""
MIXED = f"merge by {records.SOFTWARE}"
"""How a package says what wrote it that holds records of others too: its pages are not all derived from its records."""


@attrs.frozen
class Merged:
    """What a merge made. `doubled` counts records that several packages had."""

    package: Path
    manifest_digest: str
    size_bytes: int
    records: int
    doubled: int
    pages: int
    findings: tuple[Finding, ...]


@attrs.define
class _Document:
    """A document that was read, until its text and articles are known to be there."""

    placed: Placed
    read: reading.Reading


class Merger:
    """Packages being joined into one. A finding is about an original; its place names that one."""

    def __init__(
        self, writer: archive.PackageWriter, *, derive: bool, dedup: bool, limits: Limits = DEFAULT
    ) -> None:
        self._writer, self._derive, self._limits = writer, derive, limits
        self._joiner = Joiner(reading.is_own_warcinfo)  # that one speaks of the file its records were in
        self._dedup = Deduplicator() if dedup else None
        self._documents: list[_Document] = []
        self._texts: set[str] = set()
        self._articles: set[str] = set()
        self._revisited: set[str] = set()
        self.findings: list[Finding] = []
        self.pages = 0

    @property
    def doubled(self) -> int:
        """Number of records that were there already."""
        return self._joiner.doubled

    def add(self, package: Package) -> None:
        """Copy what an archive has."""
        for outcome in self._joiner.records(package):  # 1
            if isinstance(outcome, Finding):
                self.findings.append(outcome.within(package=package.name))
            else:
                self._copy(outcome, package.name)

    def _copy(self, joined: Joined, name: str) -> None:
        source = joined.header.get("WARC-Refers-To") or ""
        if self._revisit(joined, name) or (source in self._revisited and records.is_derived(joined.header)):
            return  # a capture that only refers to another has no text of its own
        read = self._read(joined, name)
        placed = self._writer.write(Verbatim(joined.header, joined.block))
        if self._dedup is not None:
            self._dedup.remember(placed)
        if records.is_text(joined.header):
            self._texts.add(source)
        elif records.is_metadata(joined.header):
            self._articles.add(source)
        elif read is not None and read.document is not None:
            self._documents.append(_Document(placed, read))

    def _revisit(self, joined: Joined, name: str) -> bool:
        """Write a revisit in place of a capture whose payload was kept already, if that is asked for."""
        if self._dedup is None:
            return False
        revisit = self._dedup.revisit(reading.new_record(joined.header, joined.block))
        if revisit is None:
            return False
        self._revisited.add(self._writer.write(revisit).record_id)
        self.findings.append(
            found("input.payload-kept-once", f"{revisit.target_uri}: kept as a revisit").within(package=name)
        )
        return True

    def _read(self, joined: Joined, name: str) -> reading.Reading | None:
        if not self._derive or records.is_derived(joined.header):
            return None
        given = reading.given_in(name, joined.header, joined.block, self._limits)
        joined.block.seek(0)
        return reading.read_given(given) if given is not None else None

    def finish(self, packages: Iterable[Package], *, ours: bool) -> None:
        """Write what is derived from all records, and what the packages said of themselves."""
        packages, body = tuple(packages), Body()
        for document in self._documents:  # 2
            body.add(self._held(document))
        if ours:  # 3
            for held in body.held:
                self.pages += held.page is not None
                if held.page is not None:
                    self._writer.add_page(held.page)
        else:
            self._join_pages(packages)
        if body.held:
            self._writer.add_member(ARTICLES, article_lines(body))
        if traces := tuple(body.traces()):
            self._writer.add_member(TRACES, trace_lines(traces))
        if statements := collection.joined(packages):
            self._writer.add_member(collection.MEMBER, collection.member_of(statements))
        self._writer.add_member(ORIGINALS, [row for package in packages for row in _said_by(package)])  # 4

    def _join_pages(self, packages: Iterable[Package]) -> None:
        for package in packages:
            for page in self._joiner.pages(package):
                if isinstance(page, Finding):
                    self.findings.append(page.within(package=package.name))
                else:
                    self.pages += 1
                    self._writer.add_page(page)

    def _held(self, document: _Document) -> Held:
        """Return a document for tracing; write its text and articles where no package had them."""
        placed, read = document.placed, document.read
        assert read.document is not None
        uri, source_id = placed.target_uri or "", placed.record_id
        if source_id not in self._texts and source_id not in self._articles:
            text = self._writer.write(
                records.conversion(read.document, source_id=source_id, uri=uri, date=placed.date)
            )
            self._writer.write(
                records.metadata(
                    read.document,
                    source_id=source_id,
                    source_digest=digest(read.given.data),
                    text_id=text.record_id,
                    uri=uri,
                    date=placed.date,
                )
            )
        return Held(uri, source_id, read.document, records.page_of(placed, read.document))


def merge(
    sources: Iterable[str | Path],
    path: Path,
    *,
    overwrite: bool = False,
    title: str | None = None,
    description: str | None = None,
    created: str | None = None,
    dedup: bool = False,
    warc_bytes: int | None = None,
    reporter: Reporter = SILENT,
    limits: Limits = DEFAULT,
) -> Merged:
    """Join archives, named by path or address, into one package.

    Raises InputError where one cannot be read at all: a part is no whole.
    """
    sources = tuple(sources)
    if any(is_same(path, source) for source in sources):
        raise UsageError("the result would replace one of the packages", hint="give it another name with -o")
    with ExitStack() as stack:
        packages = [stack.enter_context(open_package(source, limits=limits)) for source in sources]
        ours = all(package.ours for package in packages)
        writer = stack.enter_context(
            archive.PackageWriter(
                path,
                overwrite=overwrite,
                title=title or _agreed(packages, "title"),
                description=description or _agreed(packages, "description"),
                created=created,
                software=records.SOFTWARE if ours else MIXED,
                warc_bytes=warc_bytes,
                dated=_first_date(packages),
            )
        )
        reporter.stage("merging")
        merger = Merger(writer, derive=any(map(_holds_articles, packages)), dedup=dedup, limits=limits)
        for package in packages:
            merger.add(package)
            reporter.advance(1, package.name)
        reporter.stage("tracing")
        merger.finish(packages, ours=ours)
        writer.close()
    return Merged(
        path,
        writer.manifest_digest,
        writer.size_bytes,
        writer.records,
        merger.doubled,
        merger.pages,
        tuple(merger.findings),
    )


def _holds_articles(package: Package) -> bool:
    return package.ours or ARTICLES in package.entries or TRACES in package.entries


def _agreed(packages: Iterable[Package], key: str) -> str | None:
    """Return what all packages say of themselves, where it is the same."""
    values = {(package.datapackage or {}).get(key) for package in packages}
    value = values.pop() if len(values) == 1 else None
    return value if isinstance(value, str) else None


def _first_date(packages: Iterable[Package]) -> str | None:
    for package in packages:
        for record in package.records():
            return record.header.get("WARC-Date")
    return None


def _said_by(package: Package) -> Iterator[bytes]:
    """Yield what a package said of itself, and what the packages it was merged from did. No path is told."""
    if ORIGINALS in package.entries and package.entries[ORIGINALS].readable:
        with package.open_member(ORIGINALS, check=False) as stream:
            for _, raw in lines_of(stream, packed=False, limits=package.limits):
                yield raw + b"\n"
    package.file.seek(0)
    whole, size_bytes = digest_of(iter_bytes(package.file, package.size_bytes))
    row = {
        "name": package.name.rpartition("/")[2],
        "digest": whole,
        "bytes": size_bytes,
        "manifest": _text_of(package, PATH),
        "manifest_digest": _text_of(package, DIGEST_PATH),
    }
    yield (json.dumps(row) + "\n").encode("ascii")


def _text_of(package: Package, name: str) -> str:
    """Return a small member as it stands, or nothing where it is not there or cannot be read."""
    try:
        return package.read_member(name).decode("utf-8", "backslashreplace")
    except Error:
        return ""
