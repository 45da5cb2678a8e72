"""What can be said only when a document is read: who had which part in it, open dates, and what the capture tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import attrs

from archive.findings import Finding, found
from provenance.model.article import Article, Document
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer
from provenance.model.outlet import Outlet, Participant, Role
from provenance.model.quotation import Span
from provenance.reader.candidates import evidence_at
from provenance.reader.coherence import capture_findings
from provenance.reader.date_lines import read_date_line
from provenance.reader.dates import DAY_FIRST, MONTH_FIRST, numeric_order
from provenance.reader.outlets import Kind, outlet_at, outlet_named, registered, same_outlet
from provenance.reader.relative import relative_days

_ABOVE, _LONGEST = 1500, 100
"""Characters above the first paragraph in which the date is printed, and those of a line that is one."""
_MONTH_FIRST_TAGS = ("en", "en-US", "en-PH", "en-CA", "es-US", "fil", "tl", "sw")
"""Languages that say nothing of the order: some of those who write them put the month first."""


def settle(document: Document, *, url: str | None = None, captured_at: str | None = None) -> Document:
    """Complete a document that was read: open dates, the roles of its outlets, dates against the capture.

    `captured_at` (W3CDTF, UTC) is when the copy was made, as its record states it; unknown, nothing is concluded from it.
    """
    captured = dt.date.fromisoformat(captured_at[:10]) if captured_at and len(captured_at) >= 10 else None
    articles = tuple(_settled(article, url, captured) for article in document.articles)
    return attrs.evolve(document, articles=articles)


def _settled(article: Article, url: str | None, captured: dt.date | None) -> Article:
    findings = [*article.findings]
    if article.published is None and not article.fields.published.evidence:
        published, said = _open_date(article, captured)
        findings += said
        article = attrs.evolve(article, fields=attrs.evolve(article.fields, published=published))
    if captured is not None:
        findings += capture_findings(article, captured)
    return attrs.evolve(
        article,
        participants=tuple(participants(article, url)),
        findings=tuple(findings),
        weekdays=tuple(relative_days(article.text.characters, article.body, _anchor(article))),
    )


def _anchor(article: Article) -> Date | None:
    """Return the day from which weekdays are counted: that of the part's dateline, else that of its publication."""
    dateline = article.dateline
    if dateline is not None and dateline.date is not None:
        return Date.parse(dateline.date)
    return article.published


def _open_date(article: Article, captured: dt.date | None) -> tuple[Field[Date], list[Finding]]:
    """Read a date line in numbers above the body: by the order that the document tells, else keep both readings."""
    characters = article.text.characters
    for span in _lines_above(article):
        readings = [
            (order, line.published)
            for order in (DAY_FIRST, MONTH_FIRST)
            if (line := read_date_line(characters, *span, order=order)) is not None
            and line.published is not None
        ]
        if len(readings) == 2 and readings[0][1].date != readings[1][1].date:
            evidence = [
                evidence_at(
                    characters,
                    printed.date,
                    f"header.date-line.{order}",
                    Layer.MASTHEAD,
                    (printed.start, printed.end),
                )
                for order, printed in readings
            ]
            return _chosen(article, evidence, captured)
    return article.fields.published, []


def _chosen(
    article: Article, readings: list[Evidence[Date]], captured: dt.date | None
) -> tuple[Field[Date], list[Finding]]:
    """Choose the reading that other dates of the document, its language or the capture leave; else choose none."""
    order = numeric_order(article.text.characters, *article.span) or _order_of(article.language)
    left = [e for e in readings if order is None or e.rule.endswith(order)]
    if captured is not None and len(left) > 1:
        latest = captured + dt.timedelta(days=1)
        left = [e for e in left if e.value.day_date is not None and e.value.day_date <= latest]
    if len(left) == 1:
        from provenance.reader.fields import decide

        return decide(left), []
    days = " or ".join(str(evidence.value) for evidence in readings)
    return Field(conflicts=tuple(readings)), [found("date.day-month-open", f"{readings[0].raw} is {days}")]


def _order_of(language: str | None) -> str | None:
    """Return the order that everybody who writes a language uses, or None where some put the month first."""
    return None if language is None or language in _MONTH_FIRST_TAGS else DAY_FIRST


def _lines_above(article: Article) -> Iterator[Span]:
    """Yield the short lines above the first paragraph of the body, and that paragraph's own first line."""
    if not article.body:
        return
    end = article.body[0][0]
    start = max(article.span[0], end - _ABOVE)
    for line in article.text.characters[start : article.body[0][1]].split("\n"):
        stripped = line.strip()
        if 6 <= len(stripped) <= _LONGEST:
            at = start + line.index(stripped)
            yield (at, at + len(stripped))
        start += len(line) + 1


def participants(article: Article, url: str | None) -> Iterator[Participant]:
    """Yield the outlets that had a part in an article, each with its role; the roles are read from the page.

    The publisher is the outlet of the original. A page at another outlet's address, or of one that only republishes, is a
    republication. An agency named in the dateline gave the report; one that is credited below it contributed.
    """
    outlet = article.outlet
    source = outlet_at(article.original_url) if article.original_url else None
    here = outlet_at(url) if url else None
    if outlet is not None:
        yield Participant(outlet, _role(outlet, source))
    for other in (source, here):
        if other is None or (outlet is not None and same_outlet(other, outlet)):
            continue
        if other is source and other.id is not None:
            yield Participant(other, Role.PUBLISHER)
        elif other is here and source is not None and not same_outlet(other, source):
            yield Participant(other, Role.REPUBLISHER)
    yield from _agencies(article)


def _role(outlet: Outlet, source: Outlet | None) -> Role:
    known = registered(outlet.id) if outlet.id else None
    if known is not None and known.kind is Kind.AGENCY:
        return Role.AGENCY
    elsewhere = source is not None and source.id is not None and not same_outlet(outlet, source)
    return (
        Role.REPUBLISHER
        if elsewhere or (known is not None and known.kind is Kind.AGGREGATOR)
        else Role.PUBLISHER
    )


def _agencies(article: Article) -> Iterator[Participant]:
    seen: set[str] = set()
    field = article.fields.agencies
    for evidence in (*field.evidence, *field.conflicts):
        role = Role.CONTRIBUTOR if evidence.layer is Layer.FOOTER else Role.AGENCY
        for name in evidence.value:
            if name not in seen and (role is Role.AGENCY or _names(evidence.raw, name)):
                seen.add(name)
                yield Participant(outlet_named(name), role)
    for name in field.value or ():
        if name not in seen:
            yield Participant(outlet_named(name), Role.AGENCY)


def _names(raw: str, name: str) -> bool:
    return name in raw
