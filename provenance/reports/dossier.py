"""What a report shows of a package: it is verified afresh, its documents are read, its quotations traced."""

from __future__ import annotations

from pathlib import Path

import attrs

import archive
from archive.digest import digest
from archive.errors import Error
from archive.findings import Finding, Report
from archive.limits import DEFAULT, Limits
from archive.wacz.datapackage import PATH
from archive.wacz.reader import Package
from archive.warc.record import Placed
from provenance import records
from provenance.corpus.body import Body, Held
from provenance.corpus.people import People
from provenance.corpus.reading import Reading, reading_of
from provenance.model.trace import Trace
from provenance.progress import SILENT, Reporter
from provenance.reports.view import DocumentView, PackageView, Spot


def view_of(
    path: str, report: Report, *, reporter: Reporter = SILENT, limits: Limits = DEFAULT
) -> PackageView:
    """Return the view of a package that was verified with this report. One that cannot be read has a view too."""
    name = Path(path).name
    try:
        with archive.open(path, limits=limits) as package:
            return _view(package, name, report, reporter, limits)
    except Error:
        # The report says why; here there is nothing more to show.
        return PackageView(title=name, package=name, report=report, software=records.SOFTWARE)


def _view(package: Package, name: str, report: Report, reporter: Reporter, limits: Limits) -> PackageView:
    body, people = Body(), People()
    documents: list[DocumentView] = []
    reporter.stage("reading")
    for warc in package.warc_names:
        for placed in package.survey(warc).placed:
            read = reading_of(package, placed, limits)
            if read is not None and read.document is not None:
                body.add(Held(str(len(documents)), placed.record_id, read.document))
                documents.append(_document(placed, read))
                for article in read.document.articles:
                    people.add(article, input=documents[-1].input, record=placed.record_id)
            reporter.advance(1, placed.target_uri)
    reporter.stage("tracing")
    manifest = package.datapackage or {}
    title, created = manifest.get("title"), manifest.get("created")
    return PackageView(
        title=title if isinstance(title, str) else name,
        package=name,
        report=report,
        manifest_digest=_manifest_digest(package),
        created=created if isinstance(created, str) else None,
        size_bytes=package.size_bytes,
        software=records.SOFTWARE,
        documents=_with_conflicts(documents, people),
        traces={_spot(trace): trace for trace in body.traces()},
    )


def _with_conflicts(documents: list[DocumentView], people: People) -> tuple[DocumentView, ...]:
    """Return the documents, each with what another says of its people's offices."""
    of_record: dict[str | None, list[Finding]] = {}
    for finding in people.conflicts():
        of_record.setdefault(finding.where.record, []).append(finding)
    return tuple(
        attrs.evolve(each, findings=(*each.findings, *of_record.get(each.record, ()))) for each in documents
    )


def _manifest_digest(package: Package) -> str | None:
    return digest(package.read_member(PATH)) if package.datapackage is not None else None


def _document(placed: Placed, read: Reading) -> DocumentView:
    document = read.document
    assert document is not None
    return DocumentView(
        input=placed.target_uri or placed.record_id,
        articles=document.articles,
        record=placed.record_id,
        target_uri=placed.target_uri,
        media_type=document.media_type,
        digest=placed.payload_digest or placed.block_digest,
        captured_at=placed.date,
        address=document.address,
        findings=read.findings,
    )


def _spot(trace: Trace) -> Spot:
    query = trace.query
    return Spot(int(query.input or 0), query.part or 0, query.start or 0, query.end or 0)
