"""The article: what a document, or a part of one, says of itself."""

from __future__ import annotations

import attrs

from archive.findings import Finding
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, absent
from provenance.model.outlet import Dateline, Outlet
from provenance.model.quotation import Quotation, Span
from provenance.model.text import Text
from provenance.model.tweet import TweetReference


@attrs.frozen
class Article:
    """One article, in the canonical text of its document. A value that the document does not give is None.

    `part` numbers the articles of a document from 0; `span` is the article's place in `text`; `body` are the spans of
    its own paragraphs. `reposted` is the date on which an aggregator published the document (another role than
    `published`).
    """

    text: Text
    span: Span
    part: int = 0
    headline: Field[str] = attrs.field(factory=absent)
    outlet: Field[Outlet] = attrs.field(factory=absent)
    authors: Field[tuple[str, ...]] = attrs.field(factory=absent)
    published: Field[Date] = attrs.field(factory=absent)
    modified: Field[Date] = attrs.field(factory=absent)
    reposted: Field[Date] = attrs.field(factory=absent)
    dateline: Field[Dateline] = attrs.field(factory=absent)
    original_url: Field[str] = attrs.field(factory=absent)
    language: Field[str] = attrs.field(factory=absent)
    agencies: Field[tuple[str, ...]] = attrs.field(factory=absent)
    section: Field[str] = attrs.field(factory=absent)
    body: tuple[Span, ...] = ()
    tweets: tuple[TweetReference, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def evidence(self) -> dict[str, tuple[Evidence[object], ...]]:
        """All evidence for each value, by the field's name."""
        return {name: getattr(self, name).evidence for name in FIELDS}


FIELDS = (
    "headline",
    "outlet",
    "authors",
    "published",
    "modified",
    "reposted",
    "dateline",
    "original_url",
    "language",
    "agencies",
    "section",
)
"""The names of an article's fields that carry evidence, in the order in which they are shown."""


@attrs.frozen
class Document:
    """What was read of one input: its text, its articles in order, and the text between them.

    The articles' spans don't overlap; what lies outside them (an aggregator's head, stray lines) is the document's.
    `address` is the URL that the document itself says it was saved from or lives at.
    """

    text: Text
    media_type: str
    articles: tuple[Article, ...]
    address: Field[str] = attrs.field(factory=absent)
    findings: tuple[Finding, ...] = ()
