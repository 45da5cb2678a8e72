"""What a page shows: one package, as values that somebody else has read and verified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import attrs

from archive.findings import Finding, Report
from provenance.model.article import Article
from provenance.model.evidence import Field, absent
from provenance.model.quotation import Quotation
from provenance.model.trace import Trace


class Spot(NamedTuple):
    """Where a quotation stands: the document's index in the package, the article's part, its characters."""

    document: int
    part: int
    start: int
    end: int


@attrs.frozen
class DocumentView:
    """One document of a package and the articles that were read in it.

    `input` is its name as it was given, `record` the id of the WARC record that holds its bytes, `digest` the
    labelled digest of those bytes, `captured_at` an instant in UTC as the record writes it.
    """

    input: str
    articles: tuple[Article, ...] = ()
    record: str | None = None
    target_uri: str | None = None
    media_type: str | None = None
    digest: str | None = None
    captured_at: str | None = None
    address: Field[str] = attrs.field(factory=absent)
    findings: tuple[Finding, ...] = ()


@attrs.frozen
class PackageView:
    """One package: what it is, how it was verified, and what is in it.

    `package` is a file name (no folder), `manifest_digest` the labelled digest of `datapackage.json`,
    `created` the instant the package states, `software` the name and version of the program that shows it.
    A quotation without an entry in `traces` was not traced, and is shown so.
    """

    title: str
    package: str
    report: Report
    manifest_digest: str | None = None
    created: str | None = None
    size_bytes: int | None = None
    software: str = ""
    documents: tuple[DocumentView, ...] = ()
    traces: Mapping[Spot, Trace] = attrs.field(factory=dict)

    def trace_of(self, document: int, article: Article, quotation: Quotation) -> Trace | None:
        """Return the trace of a quotation, or None where it was not traced."""
        return self.traces.get(Spot(document, article.part, quotation.start, quotation.end))


@attrs.frozen
class PageLimits:
    """How much of a package one page shows. Whatever is left out is said, with its number."""

    article_characters: int = 60_000
    article_quotations: int = 1_000
    article_tweets: int = 500
    page_characters: int = 4_000_000
    """Of all the articles' texts together; the articles after that are shown without their text."""
    findings: int = 1_000
    evidence: int = 20
    """Pieces of evidence for one field, and against it."""
    value_characters: int = 2_000
    """Of a single value, raw words or message."""


PAGE_LIMITS = PageLimits()
