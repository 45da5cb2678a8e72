"""The page list and the tables of a package, held against what its documents say when they are read again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from archive import lazily
from archive.errors import Error, Location
from archive.findings import Count, Covered, Finding, found
from archive.wacz.pages import PATH as PAGES
from archive.wacz.pages import Page
from archive.wacz.reader import Package
from provenance.corpus.body import ARTICLES, TRACES, Body, trace_lines

MOST_DIFFERENCES = 20
"""Differing lines that are named one by one; the rest is counted."""
_CODES = {ARTICLES: "article.table-differs", TRACES: "trace.differs"}
_RULES = lazily.compile(rb'"rules":"([^"\\]{1,80})"')
Outcome = Finding | Covered


def compare_pages(package: Package, body: Body) -> Iterator[Finding]:
    """Compare the page list of a package of ours with the pages that its documents are, titles and all."""
    if not package.ours:
        return
    derived = [held.page for held in body.held if held.page is not None]
    for number, (listed, again) in enumerate(zip_longest(_pages(package), derived), 1):
        if listed != again:
            where = Location(member=PAGES, field=f"page {number}")
            message = "the page list is not what the documents say"
            yield found(
                "page.list-differs", message, where=where, expected=_title(again), actual=_title(listed)
            )
            return


def _pages(package: Package) -> Iterator[Page]:
    """Yield the listed pages, as far as they can be read."""
    try:
        yield from package.pages()
    except (Error, ValueError):
        return  # the page that is missing differs, and the checks of the archive say why


def _title(page: Page | None) -> str | None:
    return None if page is None else f"{page.title} ({page.url})"


def compare_traces(package: Package, body: Body) -> Iterator[Outcome]:
    """Compare the traces with those made again; traces that name other rules than ours cannot be compared."""
    from provenance.tracer.chains import circle_of
    from provenance.tracer.rules import RULES

    recorded = next(_lines(package, TRACES), b"") if TRACES in package.entries else b""
    named = _RULES.search(recorded)
    if named is not None and named[1] != RULES.encode():
        where = Location(member=TRACES)
        message = "made by other rules than ours; the traces were not compared"
        yield Covered("traces", Count(0, sum(1 for _ in _lines(package, TRACES))))
        yield found("trace.other-rules", message, where=where, expected=_shown(named[1]), actual=RULES)
        return
    traces = list(body.traces())
    yield from compare_table(package, TRACES, list(trace_lines(traces)))
    for trace in traces:
        yield from circle_of(trace)


def compare_table(package: Package, name: str, derived: Sequence[bytes]) -> Iterator[Finding]:
    """Compare a member of lines with the lines derived again."""
    if name not in package.entries:
        if derived and package.ours:
            yield found("package.table-missing", f"{name} is not here", where=Location(member=name))
        return
    if not package.entries[name].readable:  # said by the checks of the container and of fixity
        return
    differing = 0
    for number, (recorded, again) in enumerate(zip_longest(_lines(package, name), derived), 1):
        if recorded == again:
            continue
        differing += 1
        if differing <= MOST_DIFFERENCES:
            yield found(
                _CODES[name],
                f"line {number} is not what the records say",
                where=Location(member=name, field=f"line {number}"),
                expected=_shown(again),
                actual=_shown(recorded),
            )
    if differing > MOST_DIFFERENCES:
        message = f"and {differing - MOST_DIFFERENCES} further lines"
        yield found(_CODES[name], message, where=Location(member=name))


def _lines(package: Package, name: str) -> Iterator[bytes]:
    """Yield the lines of a member with their line ends, as far as they can be read."""
    try:
        for _, raw in package.lines(name):
            yield raw + b"\n"
    except (Error, ValueError):
        return  # the line that is missing differs, and the checks of the archive say why


def _shown(line: bytes | None) -> str | None:
    return None if line is None else line[:2000].decode("utf-8", errors="replace").rstrip("\n")
