"""The story of a repair.

1. Open the damaged archive and its other copies: all of them packages, or all of them WARCs.
2. Restore it byte for byte (archive.copies): what a digest proves is taken, wherever it lies; index, page list and
   tables that are lost are made again from the records.
3. Where that cannot be, and copies do not contradict each other, and every record is sound in some copy: make a new
   package of these records, and say that it is a new one.
4. Verify what came out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path

import attrs

import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.copies.bare import lost_everywhere, restore_warc
from archive.copies.restoring import Restored, restore
from archive.disk import is_same
from archive.errors import UsageError
from archive.findings import Finding, Report, found
from archive.limits import DEFAULT, Limits
from archive.wacz.package import Kind, Package
from archive.wacz.pages import PATH as PAGES
from archive.wacz.pages import page_list
from archive.wacz.reader import open_package
from provenance import records
from provenance.corpus.body import ARTICLES, TRACES, Body, Held, article_lines, trace_lines
from provenance.corpus.reading import reading_of
from provenance.merger import merge
from provenance.progress import SILENT, Reporter
from provenance.verifier import verify


class Outcome(StrEnum):
    """What became of a repair."""

    RESTORED = "restored"
    """The file is byte for byte the one that was written, as far as anything can prove that."""
    REBUILT = "rebuilt"
    """A new package holds every record; nothing that vouched for the old one holds for it."""
    REFUSED = "refused"
    """Nothing was written: something is lost, or copies contradict each other."""


@attrs.frozen
class Repaired:
    """What a repair came to. `report` is the verification of the result; None where there is none."""

    outcome: Outcome
    path: Path
    findings: tuple[Finding, ...]
    manifest_digest: str | None = None
    size_bytes: int = 0
    report: Report | None = None


def repair(
    source: str | Path,
    others: Iterable[str | Path],
    path: Path,
    *,
    overwrite: bool = False,
    reporter: Reporter = SILENT,
    limits: Limits = DEFAULT,
) -> Repaired:
    """Put together a sound archive from a damaged one and its other copies.

    Raises InputError where one of them cannot be read at all, UsageError where they cannot be copies of each other.
    """
    sources = (source, *others)
    if len(sources) < 2:
        raise UsageError("a repair needs another copy", hint="name it with --from")
    if any(is_same(path, each) for each in sources):
        raise UsageError("the result would replace one of the copies", hint="give it another name with -o")
    with ExitStack() as stack:
        copies = [stack.enter_context(open_package(each, limits=limits)) for each in sources]
        reporter.stage("restoring")
        restored = _restored(copies, path, overwrite=overwrite)  # 2
        may_rebuild = not restored.written and not restored.conflict and copies[0].kind is Kind.WACZ
        against = tuple(lost_everywhere(copies)) if may_rebuild else ()
    if restored.written:
        reporter.stage("verifying")
        return _answer(Outcome.RESTORED, path, restored, verify(str(path), limits=limits))  # 4
    if not may_rebuild or against:
        return _answer(Outcome.REFUSED, path, attrs.evolve(restored, findings=_all(restored, against)), None)
    return _rebuilt(sources, path, restored, overwrite=overwrite, reporter=reporter, limits=limits)  # 3


def _restored(copies: Sequence[Package], path: Path, *, overwrite: bool) -> Restored:
    kinds = {package.kind for package in copies}
    if kinds == {Kind.WACZ}:
        return restore(copies, path, overwrite=overwrite, derive=_Derived())
    if kinds == {Kind.WARC}:
        return restore_warc(copies, path, overwrite=overwrite)
    raise UsageError(
        "these are no copies of one archive: packages and WARCs, or an ARC",
        hint="give packages only, or WARCs only; `provenance merge` joins archives of all kinds",
    )


class _Derived:
    """Makes page list and tables of a package from its records, as a build does. They are read once."""

    def __init__(self) -> None:
        self._body: Body | None = None

    def __call__(self, package: Package, name: str) -> Iterable[bytes] | None:
        if name not in (PAGES, ARTICLES, TRACES):
            return None
        body = self._body = self._body or _read(package)
        if name == PAGES:
            return (page_list([held.page for held in body.held if held.page is not None]),)
        return article_lines(body) if name == ARTICLES else trace_lines(body.traces())


def _read(package: Package) -> Body:
    """Read every document of a package that has only its records."""
    body = Body()
    for name in package.warc_names:
        for source in package.survey(name).placed:
            read = reading_of(package, source, package.limits)
            if read is not None and read.document is not None:
                page = records.page_of(source, read.document)
                body.add(Held(source.target_uri or "", source.record_id, read.document, page))
    return body


def _all(restored: Restored, against: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings of both ways, each once."""
    return tuple(dict.fromkeys((*restored.findings, *against)))


def _rebuilt(
    sources: Sequence[str | Path],
    path: Path,
    restored: Restored,
    *,
    overwrite: bool,
    reporter: Reporter,
    limits: Limits,
) -> Repaired:
    """Make a new package of the sound records of all copies."""
    merge(sources, path, overwrite=overwrite, reporter=reporter, limits=limits)
    report = verify(str(path), limits=limits)
    lost = ", ".join(dict.fromkeys(_what(finding) for finding in restored.findings if _lost(finding)))
    message = f"a new package: lost in every copy were {lost or 'parts of it'}, and were made anew"
    made = attrs.evolve(restored, findings=(*restored.findings, found("repair.rebuilt", message)))
    return _answer(Outcome.REBUILT, path, made, report)


def _lost(finding: Finding) -> bool:
    return finding.code.endswith("-lost")


def _what(finding: Finding) -> str:
    return finding.where.member or "the container"


def _answer(outcome: Outcome, path: Path, restored: Restored, report: Report | None) -> Repaired:
    return Repaired(outcome, path, restored.findings, restored.manifest_digest, restored.size_bytes, report)
