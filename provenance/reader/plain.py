"""Plain text to articles: segments the document, collects the candidates for each value, and lets the evidence decide."""

from __future__ import annotations

import attrs

from archive.findings import Finding, found
from provenance.model.article import Article, Document, Fields
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer, Place
from provenance.model.quotation import Quotation, Span
from provenance.model.text import Text
from provenance.model.tweet import TweetReference
from provenance.reader import codes as codes
from provenance.reader.candidates import Address, Candidates, evidence_at, settle_addresses
from provenance.reader.coherence import article_findings
from provenance.reader.date_lines import read_date_line
from provenance.reader.fields import decide
from provenance.reader.languages import language_of
from provenance.reader.layout import Layout, lay_out
from provenance.reader.masthead import bare, read_repost, read_url_line
from provenance.reader.outlets import outlet_at, same_outlet
from provenance.reader.parts import collect
from provenance.reader.quotes import find_quotations, is_too_many
from provenance.reader.segments import Part, Segments, Shape, segment
from provenance.reader.tweets import find_tweets
from provenance.reader.urls import could_be_article, is_archive, path_date, unwrap

MEDIA_TYPE = "text/plain"
_NOT_BODY = frozenset(Shape) - {
    Shape.PROSE,
    Shape.HEADLINE,
    Shape.OUTLET,
    Shape.REFERENCE,
    Shape.DATE,
    Shape.LABEL,
}
_RAW_LENGTH = 160


def read_plain(text: Text, *, url: str | None = None, findings: tuple[Finding, ...] = ()) -> Document:
    """Return the articles of a plain text. `url` is what it was captured from, if that is known.

    Raises LimitExceeded for a text of millions of lines.
    """
    layout = lay_out(text.characters)
    segments = segment(layout)
    collected = [collect(layout, segments.shapes, part) for part in segments.parts]
    reposted: Field[Date] = Field()
    if segments.page_head:
        reposted = _reposted(layout, segments)
        findings += _assign_addresses(layout, segments, collected)
    findings += tuple(_unassigned(url) for candidates in collected for url in candidates.unassigned)
    if url and len(collected) == 1:
        _captured_from(collected[0], url)
    address = _address(url)
    articles = tuple(
        _article(text, layout, segments, number, candidates, reposted)
        for number, candidates in enumerate(collected)
    )
    return Document(text, MEDIA_TYPE, articles, address, findings)


def _article(
    text: Text, layout: Layout, segments: Segments, number: int, candidates: Candidates, reposted: Field[Date]
) -> Article:
    part = segments.parts[number]
    tweets = find_tweets(layout, part.first, part.last, candidates.lines)
    language = _language(layout, segments, part)
    quotations = _quotations(layout, segments, part, candidates, tweets, language.value)
    article = Article(
        text,
        (layout.lines[part.first].start, layout.lines[part.last - 1].end),
        number,
        Fields(reposted=reposted, language=language, **candidates.fields()),
        body=_body(layout, segments, part, candidates),
        tweets=tweets,
        quotations=quotations,
    )
    return attrs.evolve(
        article, findings=article_findings(article, candidates, too_many=is_too_many(quotations))
    )


def _body(layout: Layout, segments: Segments, part: Part, candidates: Candidates) -> tuple[Span, ...]:
    """Return the article's own paragraphs: neither its head and foot, nor the residue of what was lost."""
    spans: list[Span] = []
    for i, j in _runs(segments, part, candidates):
        spans += layout.paragraphs(i, j)
    return tuple(spans)


def _runs(segments: Segments, part: Part, candidates: Candidates) -> list[tuple[int, int]]:
    """Return the ranges of lines between those that the head, the foot or residue took."""
    runs, start = [], part.first
    for index in range(part.first, part.last + 1):
        if index == part.last or index in candidates.lines or segments.shapes[index] in _NOT_BODY:
            if index > start:
                runs.append((start, index))
            start = index + 1
    return runs


def _quotations(
    layout: Layout,
    segments: Segments,
    part: Part,
    candidates: Candidates,
    tweets: tuple[TweetReference, ...],
    language: str | None,
) -> tuple[Quotation, ...]:
    paragraphs = [*candidates.headings, *_body(layout, segments, part, candidates)]
    headline = candidates.headline[0].place if candidates.headline else None
    return find_quotations(
        layout.characters,
        sorted(paragraphs),
        headline=(headline.start, headline.end)
        if headline and headline.start is not None and headline.end
        else None,
        tweets=[tweet.span for tweet in tweets if tweet.span],
        language=language,
    )


def _language(layout: Layout, segments: Segments, part: Part) -> Field[str]:
    prose = next((i for i in range(part.first, part.last) if segments.shapes[i] is Shape.PROSE), None)
    if prose is None:
        return Field()
    start, end = layout.lines[prose].start, layout.lines[part.last - 1].end
    language = language_of(layout.characters[start : min(end, start + 20_000)])
    if language is None:
        return Field()
    stop = min(layout.lines[prose].end, start + _RAW_LENGTH)
    return decide([evidence_at(layout.characters, language, "language.words", Layer.BODY, (start, stop))])


def _reposted(layout: Layout, segments: Segments) -> Field[Date]:
    """Return the day on which the page's owner published what others wrote: the date in the page's own head."""
    candidates: list[Evidence[Date]] = []
    first, last = segments.page_head or (0, 0)
    for index in range(first, last):
        span = bare(layout.characters, *layout.lines[index].span)[0]
        if segments.shapes[index] is Shape.DATE:
            line = read_date_line(layout.characters, *span)
            printed, rule = (line.published if line else None), "header.date-line"
        elif segments.shapes[index] is Shape.REPOST:
            repost = read_repost(layout.characters, *span)
            printed, rule = (repost.stamp if repost else None), "header.repost-line"
        else:
            continue
        if printed:
            place = (printed.start, printed.end)
            candidates.append(evidence_at(layout.characters, printed.date, rule, Layer.MASTHEAD, place))
    return decide(candidates, same=Date.agrees_with)


def _assign_addresses(layout: Layout, segments: Segments, collected: list[Candidates]) -> tuple[Finding, ...]:
    """Give each lone address in the page's head to the one part whose outlet and date agree with it, or to none."""
    alone: list[str] = []
    first, last = segments.page_head or (0, 0)
    for index in range(first, last):
        place = read_url_line(layout.characters, *layout.lines[index].span)
        if place is None or not could_be_article(layout.characters[slice(*place)]):
            continue
        address = layout.characters[slice(*place)]
        fitting = [candidates for candidates in collected if _fits(candidates, address)]
        if len(fitting) == 1 and not fitting[0].original_url:
            fitting[0].addresses.append(Address(place, "header.url-line.fits", Layer.MASTHEAD))
        else:
            alone.append(address)
    for candidates in collected:
        if not candidates.original_url:
            candidates.unassigned.clear()
            settle_addresses(candidates, layout.characters)
    return tuple(_unassigned(address) for address in alone)


def _unassigned(address: str) -> Finding:
    return found("url.unassigned", "no single article of the document fits the address", actual=address)


def _fits(candidates: Candidates, address: str) -> bool:
    """Say whether an address is of a part's outlet and, as far as both name one, of its day."""
    outlet, day = outlet_at(address), path_date(unwrap(address))
    if outlet is None or not any(same_outlet(outlet, evidence.value) for evidence in candidates.outlet):
        return False
    return day is None or all(day.date.agrees_with(evidence.value) for evidence in candidates.published)


def _captured_from(candidates: Candidates, url: str) -> None:
    if is_archive(unwrap(url)):
        return
    candidates.original_url.append(
        Evidence(unwrap(url), "captured-from", Layer.URL, url, Place(component="url"))
    )


def _address(url: str | None) -> Field[str]:
    if url is None:
        return Field()
    return decide([Evidence(url, "captured-from", Layer.URL, url, Place(component="url"))])
