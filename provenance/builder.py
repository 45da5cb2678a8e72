"""The story of a build.

1. Open the package: it appears whole, or not at all.
2. Go through what is added; what cannot be read is kept as refused, and the rest goes on.
3. Keep the bytes: a record of their own, or an archive's own records, copied as they are.
4. Read them: the canonical text and the articles become records beside the bytes.
5. Say where a document contradicts its seed list.
6. Trace every quotation in every article of the package.
7. Write what concerns the whole collection; then index, pages and manifest (archive.wacz), and the signature and the
   time-stamps that were asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

import attrs

from archive.dedup.revisits import Deduplicator
from archive.digest import digest
from archive.engines import Compression
from archive.errors import Error, Location, OutputError, ResumeRefused, UsageError, WarcSyntaxError
from archive.findings import Finding, found
from archive.limits import DEFAULT, Limits
from archive.wacz.writer import PackageWriter
from archive.warc.record import Placed
from provenance import collection, records, resuming, seeds
from provenance.collection import Statement
from provenance.corpus import reading
from provenance.corpus.body import ARTICLES, TRACES, Body, Held, article_lines, trace_lines
from provenance.inputs import AddressGiven, ArchiveGiven, Expander, Given, Input, Noticed, Refused
from provenance.model.trace import Trace
from provenance.progress import SILENT, Reporter

if TYPE_CHECKING:
    from archive.signing.keys import Key
    from archive.signing.sealing import Stamp
    from archive.signing.timestamp import Post
    from archive.signing.trust import Trust
    from archive.wacz.stamping import Made


@attrs.frozen
class Built:
    """What a build made. `findings` are about the inputs; `refused` are inputs that could not be read."""

    package: Path
    manifest_digest: str
    size_bytes: int
    records: int
    documents: int
    articles: int
    quotations: int
    tweets: int
    findings: tuple[Finding, ...]
    refused: tuple[Refused, ...]


class Builder:
    """One package being built, written once: a context manager that leaves a whole package, or none.

    `created_at` (W3CDTF, UTC) dates the package and what is given without a date of its own. Without it the package
    states no date of its making, and two builds of the same files are the same bytes. `allow_private` lets `add_url`
    capture addresses of the own network. `warc_bytes` is the most that one WARC of the package may have.
    `packing` is what deflates the records, by itself the fastest engine installed.

    `about` is what the collector states of the collection: who, what for, how (provenance.collection).

    With `dedup`, a capture whose payload is in the package already becomes a `revisit` of the earlier one.

    With a `salt_key` (secret, 16 bytes or more) records can be withheld later and nothing tells what they were: each has a
    salt in its header, and pages have ids that only the key makes.

    With `survive`, every input that was added outlives whatever stops the build: it stays beside the output, and a
    builder with `resume` that is given the same inputs goes on from there, to the same bytes. What had been captured
    is not captured again.
    """

    def __init__(
        self,
        path: str | Path,
        *,
        overwrite: bool = False,
        title: str | None = None,
        description: str | None = None,
        created_at: str | None = None,
        allow_private: bool = False,
        warc_bytes: int | None = None,
        dedup: bool = False,
        survive: bool = False,
        resume: bool = False,
        packing: Compression | None = None,
        about: Statement | None = None,
        salt_key: bytes | None = None,
        limits: Limits = DEFAULT,
        reporter: Reporter = SILENT,
    ) -> None:
        self.path = Path(path)
        self.findings: list[Finding] = []
        self.refused: list[Refused] = []
        self.built: Built | None = None
        self._about = about
        self.stamps: tuple[Made, ...] = ()
        self._authorities: list[str] = []
        self._limits = limits
        self._allow_private = allow_private
        self._reporter = reporter
        self._created_at = created_at
        self._began_at = _now()
        self._salt_key = salt_key
        self._body = Body()
        self._seen: dict[str, str] = {}
        self._dedup = Deduplicator() if dedup else None
        self._package = PackageWriter(  # 1
            self.path,
            overwrite=overwrite,
            title=title,
            description=description,
            created=created_at,
            software=records.SOFTWARE,
            warc_bytes=warc_bytes,
            survive=survive,
            resume=resume,
            packing=packing,
            salt_key=salt_key,
            settings={"began_at": self._began_at, "dedup": dedup},
        )
        if survive or resume:
            self._began_at = str(self._package.ledger.begun["began_at"])

    @property
    def survives(self) -> bool:
        """True while there is something acknowledged that is in no package yet: it stays beside the output."""
        return self._package.survives

    def __enter__(self) -> Self:
        self._package.__enter__()
        self._reporter.stage("archiving")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            try:
                self._finish()  # 7
            except BaseException as stopped:
                self._package.__exit__(type(stopped), stopped, stopped.__traceback__)
                raise
        self._package.__exit__(kind, error, trace)
        if kind is None:
            self.built = self._summary()

    def add(
        self,
        source: str | Path | bytes | BinaryIO,
        *,
        original_url: str | None = None,
        captured_at: str | None = None,
        name: str | None = None,
    ) -> None:
        """Add a file, folder, seed list or archive by its path, or one document as bytes or as an open binary file.

        `original_url` states where the document was published. What cannot be read is in `refused` afterwards.
        """
        if isinstance(source, str | Path):
            urls = {str(source): original_url} if original_url else {}
            for item in Expander(urls, limits=self._limits).expand([str(source)]):
                self.add_input(_captured(item, captured_at))
            return
        data = source if isinstance(source, bytes) else source.read(self._limits.document_bytes + 1)
        self.add_input(Given(name or "-", data, url=original_url, captured_at=captured_at))

    def add_url(self, url: str) -> None:
        """Capture a URL and add the exchange that answered it."""
        self.add_input(AddressGiven(url))

    def add_input(self, item: Input) -> None:
        """Add one expanded input. When this returns it is acknowledged, where the builder survives.

        Raises OutputError where the output cannot be written, ResumeRefused where an unfinished build had other inputs.
        """
        refused = len(self.refused)
        done = resuming.done(self._package, item.name)
        if done is not None and done.refused is not None and not done.has_records:
            self.refused.append(
                Refused(item.name, done.refused)
            )  # a page that answers now was not there then
        else:
            self._take(item, again=done is not None)
        self._package.commit(resuming.note(item.name, self.refused[refused:]))
        self._reporter.advance(1, item.name)

    def _take(self, item: Input, *, again: bool) -> None:
        try:  # 2
            if again and isinstance(item, AddressGiven):
                self._capture_again(item)
            else:
                self._add(item)
        except (OutputError, ResumeRefused):
            raise
        except Error as error:
            self.refused.append(Refused(item.name, error.within(package=item.name)))

    def _capture_again(self, item: AddressGiven) -> None:
        """Take what was captured in an earlier run; the page may be another by now."""
        for copied in resuming.captured(self._package, item, self._limits):
            self._write(copied, item.name)

    def trace(self) -> tuple[Trace, ...]:
        """Trace every quotation added so far in every article added so far.

        A package is always traced when it is finished; this is for whoever wants to look before.
        """
        self._reporter.stage("tracing")
        return tuple(self._body.traces())  # 6

    def sign(
        self,
        key: Key | str | Path,
        *,
        certificate: str | Path | None = None,
        passphrase: bytes | None = None,
        timestamp: str | Stamp | None = None,
        trust: Trust | None = None,
    ) -> None:
        """Have the package signed when it is finished, with a key or the key in a file (provenance.signing.key_from).

        A key for a host needs `timestamp`: the address of an authority, or what asks one. `trust` completes the chain
        that its token brings. A package without `created_at` is dated now: a signature says when. Raises SigningError.
        """
        from archive.signing.trust import public_trust
        from provenance import signing

        if isinstance(key, str | Path):
            key = signing.key_from(key, certificate=certificate, passphrase=passphrase)
        stamp = signing.stamping(timestamp) if isinstance(timestamp, str) else timestamp
        roots = (trust or public_trust()).timestamp_roots
        self._package.sign(key, stamp=stamp, timestamp_roots=roots, created=self._began_at)

    def timestamp(self, authority: str, *, trust: Trust | None = None, post: Post | None = None) -> None:
        """Have the finished package stamped by a time-stamping authority (RFC 3161), over its manifest.

        `authority` is an address, which is asked when the package is closed; the proofs are in `stamps` then. May be
        called for several. `trust` is whose authorities to believe, `post` what asks. Raises SigningError then.
        """
        from archive.signing.trust import public_trust
        from archive.wacz.evidence import with_rows
        from archive.wacz.stamping import Stamping
        from provenance.capture.posting import ask_calendar, post_query

        def stamp(digest: str) -> Mapping[str, Any]:
            asked = Stamping(tuple(self._authorities), (), trust or public_trust())
            self.stamps = asked.proofs(digest, post=post or post_query, ask=ask_calendar)
            return with_rows({}, [made.row for made in self.stamps])

        if not self._authorities:
            self._package.attest(stamp)
        self._authorities.append(authority)

    def _add(self, item: Input) -> None:
        if isinstance(item, Refused):
            self.refused.append(item)
        elif isinstance(item, Noticed):
            self.findings.append(item.finding.within(package=item.name))
        elif isinstance(item, ArchiveGiven):
            self._copy(item)
        elif isinstance(item, AddressGiven):
            self._capture(item)
        else:
            self._keep(item)

    def _keep(self, given: Given) -> None:
        read = reading.read_given(given)
        address = records.address_of(given.data, read.document, given.url)
        if self._is_duplicate(f"{address.uri} {digest(given.data)}", given.name):
            return
        date = given.captured_at or self._created_at or self._began_at
        content_type = records.content_type(given.media_type, read.document)
        resource = records.resource(given.data, address, date=date, content_type=content_type)
        if read.document is not None:
            resource = records.of_page(resource, salt_key=self._salt_key)
        written = self._package.write(resource)  # 3
        self._describe(read, written)

    def _capture(self, item: AddressGiven) -> None:
        for copied in reading.captured(item, self._limits, allow_private=self._allow_private):
            self._write(copied, item.name)

    def _write(self, copied: reading.Copied, name: str) -> None:
        """Keep a record as it is, and describe the document it holds. One that no WARC may hold is left out, and named."""
        if self._kept_as_revisit(copied, name):
            return
        given = copied.given
        read = reading.read_given(given) if given is not None else None
        record = (
            records.of_page(copied.record, salt_key=self._salt_key)
            if read is not None and read.document is not None
            else copied.record
        )
        try:
            written = self._package.write(record)  # 3
        except WarcSyntaxError as error:
            where = Location(package=name, record=record.record_id)
            self.findings.append(found("input.record-left-out", str(error), where=where))
            return
        if self._dedup is not None:
            self._dedup.remember(written)
        if read is not None:
            self._describe(read, written)

    def _kept_as_revisit(self, copied: reading.Copied, name: str) -> bool:
        """Write a revisit in place of a capture whose payload is in the package already, where that is asked for."""
        revisit = self._dedup.revisit(copied.record) if self._dedup is not None else None
        if revisit is None:
            return False
        self._package.write(revisit)
        message = f"{revisit.target_uri}: kept as a revisit"
        self.findings.append(found("input.payload-kept-once", message).within(package=name))
        return True

    def _copy(self, item: ArchiveGiven) -> None:
        for copied in reading.copies(item, self._limits):
            if isinstance(copied, Finding):
                self.findings.append(copied.within(package=item.name))
                continue
            if copied.record.record_id and self._is_duplicate(copied.record.record_id, item.name):
                continue
            self._write(copied, item.name)
            self._package.checkpoint()

    def _describe(self, read: reading.Reading, source: Placed) -> None:
        """Write what was read of a document beside its bytes, and hold it for tracing."""
        name, uri, date = read.given.name, source.target_uri or "", source.date
        self.findings += [finding.within(package=name) for finding in read.findings]
        if read.document is None:
            return
        document = read.document
        if read.given.seed is not None:  # 5
            self.findings += [f.within(package=name) for f in seeds.contradictions(read.given.seed, document)]
        text = self._package.write(
            records.conversion(document, source_id=source.record_id, uri=uri, date=date)
        )  # 4
        self._package.write(
            records.metadata(
                document,
                source_id=source.record_id,
                source_digest=digest(read.given.data),
                text_id=text.record_id,
                uri=uri,
                date=date,
            )
        )
        held = Held(uri, source.record_id, document, records.page_of(source, document))
        self._body.add(held)
        if held.page is not None:
            self._package.add_page(held.page)

    def _is_duplicate(self, key: str, name: str) -> bool:
        if key not in self._seen:
            self._seen[key] = name
            return False
        first = self._seen[key]
        self.findings.append(found("input.duplicate", f"the same as {first}: kept once").within(package=name))
        return True

    def _finish(self) -> None:
        if not self._package.records:
            raise self._nothing()
        traces = self.trace()
        self.findings += self._body.role_conflicts()
        self._reporter.stage("packing")
        if self._body.held:
            self._package.add_member(ARTICLES, article_lines(self._body))
        if traces:
            self._package.add_member(TRACES, trace_lines(traces))
        if self._about is not None and not self._about.empty:
            self._package.add_member(collection.MEMBER, collection.member_of((self._about,)))

    def _nothing(self) -> Error:
        """Return why there is nothing to build: what the first input was refused for, or that there was none."""
        if not self.refused:
            return UsageError("nothing to build: no document was given")
        first, nothing = self.refused[0].error, "nothing to build: no input could be read"
        return attrs.evolve(first, hint=f"{first.hint.rstrip('.')}; {nothing}" if first.hint else nothing)

    def _summary(self) -> Built:
        articles = [article for held in self._body.held for article in held.document.articles]
        return Built(
            package=self.path,
            manifest_digest=self._package.manifest_digest,
            size_bytes=self._package.size_bytes,
            records=self._package.records,
            documents=len(self._body.held),
            articles=len(articles),
            quotations=sum(len(article.quotations) for article in articles),
            tweets=sum(len(article.tweets) for article in articles),
            findings=tuple(self.findings),
            refused=tuple(self.refused),
        )


def _captured(item: Input, captured_at: str | None) -> Input:
    return attrs.evolve(item, captured_at=captured_at) if captured_at and isinstance(item, Given) else item


def _now() -> str:
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
