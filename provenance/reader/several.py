"""Several articles on one page: a live blog's updates and articles printed one after the other, each with its own values."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from archive.findings import Finding, found
from provenance.model.article import Article, Fields
from provenance.model.evidence import Evidence, Field, Layer, Tier
from provenance.model.quotation import Span
from provenance.reader import claim_codes as claim_codes
from provenance.reader import identity, pieces
from provenance.reader.blocks import Page
from provenance.reader.candidates import Candidates
from provenance.reader.coherence import article_findings
from provenance.reader.fields import decide
from provenance.reader.jsonld import Graph
from provenance.reader.pieces import Piece
from provenance.reader.quotes import find_quotations, is_too_many
from provenance.reader.stamps import most_precise, same_date

_SHARED = ("outlet", "language", "section")
"""What all articles of a page have in common."""
_OF_A_LIVE_BLOG = (*_SHARED, "authors", "original_url", "agencies")
"""What an update has from the live blog that it belongs to, where it states none of its own."""
_SHARE = 0.5
_TEASERS = 8
_SHORT_BODY, _TEASER, _LONGEST_TEASER = 300, 120, 300
"""Characters that a page without an article of its own has at most: itself, by teaser, and in one paragraph."""


def split(article: Article, page: Page, graph: Graph) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:
    """Return the articles that a page, read as one article, holds, and what is to be said of the page.

    Their spans tile the text. Values that they share are kept as evidence of the layer `inherited`. Teasers of other
    articles are no articles: a page of nothing else is said to be one.
    """
    found_pieces = pieces.updates(page, graph) or pieces.articles(page)
    if len(found_pieces) < 2 or not _hold_body(article, found_pieces):
        return (article,), tuple(_listing(article, page, graph))
    return tuple(_parts(article, page, found_pieces)), ()


def _hold_body(article: Article, found_pieces: Sequence[Piece]) -> bool:
    """Say whether most of what was chosen as the page's body lies in the pieces: else they stand beside the article."""
    total = sum(end - start for start, end in article.body)
    inside = sum(e - s for piece in found_pieces for s, e in _within(article.body, piece.span))
    return inside >= _SHARE * total > 0


def _parts(article: Article, page: Page, found_pieces: Sequence[Piece]) -> list[Article]:
    """Cut the page at its pieces. What stands above a live blog's first update is the blog's own part."""
    is_live = found_pieces[0].is_update
    main = None if is_live else _main(article, found_pieces)
    starts = [piece.span[0] for piece in found_pieces]
    if not is_live:
        starts[0] = 0
    ends = [*starts[1:], len(article.text)]
    parts = [_lead(article, starts[0])] if is_live and starts[0] > 0 else []
    for piece, start, end in zip(found_pieces, starts, ends, strict=True):
        part = (
            attrs.evolve(article, span=(start, end)) if piece is main else _part(article, piece, (start, end))
        )
        parts.append(_cut(part, page, piece))
    without_place = tuple(tweet for tweet in article.tweets if tweet.span is None)
    at = 0 if main is None else found_pieces.index(main)
    parts[at] = attrs.evolve(parts[at], tweets=(*parts[at].tweets, *without_place), findings=article.findings)
    return [_checked(attrs.evolve(part, part=number), number == at) for number, part in enumerate(parts)]


def _main(article: Article, found_pieces: Sequence[Piece]) -> Piece | None:
    """Return the piece that the page is about: the one whose headline is the page's."""
    headline = identity.fold(article.headline or "")
    named = [p for p in found_pieces if p.headline and identity.fold(p.headline.value) == headline]
    return named[0] if headline and len(named) == 1 else None


def _lead(article: Article, end: int) -> Article:
    """Return the part above the first update: the page's own values, its standfirst and summary."""
    span = (0, end)
    return attrs.evolve(
        article,
        span=span,
        body=_within(article.body, span),
        tweets=_placed(article, span),
        quotations=tuple(q for q in article.quotations if q.end <= end),
        findings=(),
    )


def _part(article: Article, piece: Piece, span: Span) -> Article:
    """Return a piece with its own values, and those that it shares with the page."""
    shared = _OF_A_LIVE_BLOG if piece.is_update else _SHARED
    inherited = {name: _inherited(getattr(article.fields, name)) for name in shared}
    own: dict[str, Field[Any]] = {
        "headline": decide([piece.headline] if piece.headline else []),
        "published": decide(piece.published, same=same_date, refine=most_precise),
        "authors": decide(piece.authors),
        "original_url": decide(piece.urls, same=identity.same_url),
    }
    if piece.is_update and piece.headline is None:
        own["headline"] = _inherited(article.fields.headline)
    values = inherited | {name: field for name, field in own.items() if field.value is not None}
    return attrs.evolve(article, span=span, fields=Fields(**values), findings=())


def _inherited(field: Field[Any]) -> Field[Any]:
    """Return a field of the page as the part has it: the value, with the page's evidence of one layer, `inherited`."""
    if field.value is None:
        return Field()
    evidence = tuple(
        Evidence(e.value, f"inherited.{e.rule}", Layer.INHERITED, e.raw, e.place) for e in field.evidence
    )
    return Field(field.value, Tier.D if field.conflicts else Tier.C, evidence, field.conflicts)


def _cut(part: Article, page: Page, piece: Piece) -> Article:
    """Keep of the body, the posts and the quotations what lies in the part."""
    tweets = _placed(part, part.span)
    embedded = [t.span for t in tweets if t.span is not None and t.kind == "embed"]
    body = _within(part.body, piece.span) or piece.body
    body = tuple(span for span in body if not any(a < span[1] and span[0] < b for a, b in embedded))
    place = piece.headline.place if piece.headline else None
    head = (place.start, place.end) if place and place.start is not None and place.end is not None else None
    body = tuple(span for span in body if span != head)
    paragraphs = sorted({*body, *((head,) if head else ())})
    quotations = find_quotations(page.characters, paragraphs, headline=head, tweets=embedded)
    return attrs.evolve(part, body=body, tweets=tweets, quotations=quotations)


def _placed(article: Article, span: Span) -> tuple[Any, ...]:
    return tuple(t for t in article.tweets if t.span is not None and span[0] <= t.span[0] < span[1])


def _within(spans: Sequence[Span], around: Span) -> tuple[Span, ...]:
    """Return those of the spans, which are in order, that lie in another."""
    first, last = bisect_left(spans, (around[0], 0)), bisect_left(spans, (around[1], 0))
    return tuple(span for span in spans[first:last] if span[1] <= around[1])


def _checked(part: Article, is_main: bool) -> Article:  # noqa: FBT001 (of one caller)
    if is_main:
        return part
    said = article_findings(part, Candidates(), too_many=is_too_many(part.quotations))
    return attrs.evolve(part, findings=said)


def _listing(article: Article, page: Page, graph: Graph) -> Iterable[Finding]:
    """Say of a page without an article of its own that it only lists others: headlines that lead away, and little else."""
    if graph.articles:
        return
    leading = [
        b for b in page.blocks if b.tag in ("h2", "h3", "h4") and b.linked >= 0.9 * (b.end - b.start) > 0
    ]
    lengths = [end - start for start, end in article.body]
    allowed = _SHORT_BODY + _TEASER * len(leading)
    if len(leading) >= _TEASERS and sum(lengths) <= allowed and max(lengths, default=0) <= _LONGEST_TEASER:
        yield found(
            "page.lists-articles", f"{len(leading)} headlines lead to other pages", actual=len(leading)
        )
