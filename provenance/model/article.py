"""The article: what a document, or a part of one, says of itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from archive.findings import Finding
from archive.values import frozen
from provenance.model.dates import Date, RelativeDay
from provenance.model.evidence import Evidence, Field, absent
from provenance.model.outlet import Dateline, Outlet, Participant
from provenance.model.quotation import Quotation, Span
from provenance.model.text import Text
from provenance.model.tweet import TweetReference


@frozen
class Fields:
    """The values of an article, each with its evidence and conflicts, in the order in which they are shown."""

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

    def __iter__(self) -> Iterator[tuple[str, Field[Any]]]:
        return ((field.name, getattr(self, field.name)) for field in attrs.fields(Fields))


@frozen
class Article:
    """One article, in the canonical text of its document.

    `article.outlet`, `article.published` … are plain values, None where the document does not give them;
    `article.fields.outlet` is the same value with its tier, evidence and conflicts. `part` numbers the articles of a
    document from 0; `span` is the article's place in `text`; `body` are the spans of its own paragraphs. `participants`
    are the outlets that had a part in it, each with its role; `weekdays` the weekdays that its body names without a date.
    """

    text: Text
    span: Span
    part: int = 0
    fields: Fields = attrs.field(factory=Fields)
    body: tuple[Span, ...] = ()
    tweets: tuple[TweetReference, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    findings: tuple[Finding, ...] = ()
    participants: tuple[Participant, ...] = ()
    weekdays: tuple[RelativeDay, ...] = ()

    @property
    def evidence(self) -> dict[str, tuple[Evidence[Any], ...]]:
        """All evidence for each value, by the field's name."""
        return {name: field.evidence for name, field in self.fields}

    @property
    def headline(self) -> str | None:
        """The headline as the article prints it."""
        return self.fields.headline.value

    @property
    def outlet(self) -> Outlet | None:
        """Who published."""
        return self.fields.outlet.value

    @property
    def authors(self) -> tuple[str, ...] | None:
        """Who wrote it, as printed."""
        return self.fields.authors.value

    @property
    def published(self) -> Date | None:
        """When it was published, as precisely as is stated."""
        return self.fields.published.value

    @property
    def modified(self) -> Date | None:
        """When it was last changed."""
        return self.fields.modified.value

    @property
    def reposted(self) -> Date | None:
        """When an aggregator published the document it stands in (another role than `published`)."""
        return self.fields.reposted.value

    @property
    def dateline(self) -> Dateline | None:
        """Where, and when, the report was filed."""
        return self.fields.dateline.value

    @property
    def original_url(self) -> str | None:
        """The address at which it was published first."""
        return self.fields.original_url.value

    @property
    def language(self) -> str | None:
        """The language, as an ISO 639-1 code."""
        return self.fields.language.value

    @property
    def agencies(self) -> tuple[str, ...] | None:
        """News agencies that contributed."""
        return self.fields.agencies.value

    @property
    def section(self) -> str | None:
        """The section of the outlet."""
        return self.fields.section.value


@frozen
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
