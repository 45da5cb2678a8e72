"""The story of a verification.

1. Open what is given: a package, a WARC or an ARC, anybody's. What cannot be opened at all is `unreadable`.
2. Let the archive storey check it: container, fixity, index, package, signatures.
3. Read every document again from its bytes, and compare text and articles with the records beside it.
4. Compare the table of articles with what was read.
5. Trace every quotation again, and compare with what the package says.
6. Say what was required and is not there.

The verdict is computed from what was found and from what was covered (archive.findings.Report), nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Any

import attrs

import archive
import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.checks import Policy, check_all
from archive.errors import Error, InputError, Location, Unreadable
from archive.findings import Count, Covered, Finding, Report, found
from archive.limits import DEFAULT, Limits
from archive.wacz.reader import Package
from archive.warc.record import NewRecord, Placed
from provenance import records
from provenance.corpus.body import Body, Held, article_lines, trace_lines
from provenance.corpus.reading import Reading, given_of, read_given
from provenance.progress import SILENT, Reporter

REQUIREMENTS = {"signature": "signatures", "timestamp": "timestamps"}
"""What `require` may name, and the aspect of coverage that shows it."""
MOST_DIFFERENCES = 20
"""Differing lines that are named one by one; the rest is counted."""

Outcome = Finding | Covered


def verify(
    path: str, *, require: Iterable[str] = (), reporter: Reporter = SILENT, limits: Limits = DEFAULT
) -> Report:
    """Verify one package, WARC or ARC. What is wrong with it is in the report; only misuse raises."""
    try:
        with archive.open(path, limits=limits) as package:  # 1
            report = Report.of(path, _outcomes(package, limits, reporter))
            return Report.of(path, [*_again(report), *_missing(report, require)])  # 6
    except InputError as error:
        return Report(path, stopped_by=error.within(package=path))
    except OSError as error:
        return Report(path, stopped_by=Unreadable(f"cannot be read: {error.strerror or error}", Location(path)))


def _outcomes(package: Package, limits: Limits, reporter: Reporter) -> Iterator[Outcome]:
    reporter.stage("checking the archive")
    yield from check_all(package, Policy(limits=limits))  # 2
    if not records.is_ours(package):
        return
    reporter.stage("reading again")
    body = Body()
    yield from _read_again(package, limits, body, reporter)  # 3
    yield from _compare(package, "provenance/articles.jsonl", article_lines(body), "article.table-differs")  # 4
    reporter.stage("tracing again")
    yield from _trace_again(package, body)  # 5


def _read_again(package: Package, limits: Limits, body: Body, reporter: Reporter) -> Iterator[Outcome]:
    """Read each document again, put it into `body`, and yield where its records say something else."""
    derived = _Derived.of(package.placed)
    for placed in package.placed:
        if placed.type not in ("resource", "response"):
            continue
        record = package.read(placed)
        given = given_of(str(package.name), record.header, record.read_all(), limits)
        read = read_given(given) if given is not None else None
        if read is not None and read.document is not None:
            yield from _compare_records(placed, read, derived, body)
        reporter.advance(1, placed.target_uri)
    yield from derived.orphans()


@attrs.frozen
class _Derived:
    """The records of a package that were derived from others, by the id of what they were derived from."""

    texts: dict[str, Placed]
    articles: dict[str, Placed]

    @classmethod
    def of(cls, placed: Iterable[Placed]) -> _Derived:
        derived = cls({}, {})
        for record in placed:
            source = record.header.get("WARC-Refers-To") or ""
            if records.is_text(record.header):
                derived.texts[source] = record
            elif records.is_metadata(record.header):
                derived.articles[source] = record
        return derived

    def orphans(self) -> Iterator[Finding]:
        """Yield the derived records that belong to no document that can be read here."""
        for placed in (*self.texts.values(), *self.articles.values()):
            yield found("article.without-source", "derived from a record that is not here", where=_where(placed))
