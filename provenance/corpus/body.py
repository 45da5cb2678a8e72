"""A body of sources: the articles of many documents, the quotations in them, and where those words stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from archive.findings import Finding
from archive.values import frozen
from provenance.contract import article_json, line, trace_json
from provenance.model.article import Article, Document

if TYPE_CHECKING:
    from archive.wacz.pages import Page
    from provenance.model.trace import Query, Source, Trace
    from provenance.tracer.candidates import Candidates

ARTICLES = "provenance/articles.jsonl"
"""The member of a package that is a table of all its articles."""
TRACES = "provenance/traces.jsonl"
"""The member of a package that holds the trace of every quotation."""


@frozen
class Held:
    """A document in a body of sources. `input` is the name by which traces call it, `record` its record's id."""

    input: str
    record: str | None
    document: Document
    page: Page | None = None
    """Its line in the page list, where its record says that it is a page."""

    def source(self, article: Article) -> Source:
        """Return an article as a source for tracing."""
        from provenance.model.trace import Source

        outlet, published = article.outlet, article.published
        return Source(
            id=self.key(article),
            characters=article.text.characters,
            input=self.input,
            span=article.span,
            text_digest=article.text.digest,
            part=article.part,
            record=self.record,
            original_url=article.original_url,
            published=str(published) if published else None,
            outlet=outlet.name if outlet else None,
            title=article.headline,
            quoted=tuple(q.span for q in article.quotations if q.nested_in is None),
            authors=article.authors or (),
            quotations=article.quotations,
        )

    def queries(self) -> Iterator[Query]:
        """Yield the quotations of the document's articles, in order."""
        from provenance.model.trace import Query

        for article in self.document.articles:
            published = article.published
            for number, quotation in enumerate(article.quotations):
                yield Query(
                    exact=quotation.exact,
                    id=f"{self.key(article)}.{number}",
                    input=self.input,
                    record=self.record,
                    part=article.part,
                    text_digest=article.text.digest,
                    start=quotation.start,
                    end=quotation.end,
                    quotation=quotation,
                    within=self.key(article),
                    quoted_at=str(published) if published else None,
                )

    def key(self, article: Article) -> str:
        """Return a name for one article of this document."""
        return f"{self.record or self.input}#{article.part}"


class Body:
    """Documents held together, to be traced in one another."""

    def __init__(self, held: Iterable[Held] = ()) -> None:
        self.held: list[Held] = list(held)
        self.corpora: list[Candidates] = []
        """Corpora that were indexed before: their sources are looked in too, and are no articles of this body."""

    def __iter__(self) -> Iterator[Article]:
        return (article for held in self.held for article in held.document.articles)

    def add(self, held: Held) -> None:
        """Add a document."""
        self.held.append(held)

    def sources(self) -> Iterator[Source]:
        """Yield every article as a source."""
        return (held.source(article) for held in self.held for article in held.document.articles)

    def queries(self) -> Iterator[Query]:
        """Yield every quotation."""
        return (query for held in self.held for query in held.queries())

    def role_conflicts(self) -> tuple[Finding, ...]:
        """Return the people to whom two of the articles give offices that contradict each other."""
        from provenance.corpus.people import conflicts_of

        return conflicts_of(
            (held.input, held.record, article) for held in self.held for article in held.document.articles
        )

    def traces(self, against: Body | None = None) -> Iterator[Trace]:
        """Trace every quotation of the body in the body and in another one, in order."""
        from provenance.corpus.texts import with_quotations
        from provenance.tracer.verdicts import trace_all

        return trace_all(
            self.queries(), candidates_of(self, *([against] if against else [])), enrich=with_quotations
        )


def candidates_of(*bodies: Body, sources: Iterable[Source] = ()) -> Candidates:
    """Return what bodies of sources and further sources answer together."""
    from provenance.corpus.joined import Joined
    from provenance.tracer.memory import MemoryCandidates

    at_hand = list(chain(chain.from_iterable(body.sources() for body in bodies), sources))
    corpora = [corpus for body in bodies for corpus in body.corpora]
    if not corpora:
        return MemoryCandidates(at_hand)
    return Joined([MemoryCandidates(at_hand), *corpora] if at_hand else corpora)


def article_lines(body: Body) -> Iterator[bytes]:
    """Yield the lines of ARTICLES: a table of articles, the same columns in every row."""
    for held in body.held:
        for article in held.document.articles:
            yield _row("article", _columns(held, article))


def trace_lines(traces: Iterable[Trace]) -> Iterator[bytes]:
    """Yield the lines of TRACES: one trace a line, as the contract has it."""
    for trace in traces:
        yield _row("trace", trace_json(trace))


def _columns(held: Held, article: Article) -> dict[str, object]:
    values = article_json(article)
    outlet = values["outlet"]["value"] or {}
    return {
        "record": held.record,
        "part": article.part,
        "span": list(article.span),
        "headline": values["headline"]["value"],
        "outlet": outlet.get("name"),
        "outlet_domain": outlet.get("domain"),
        "authors": values["authors"]["value"],
        "published": values["published"]["value"],
        "original_url": values["original_url"]["value"],
        "quotations": len(article.quotations),
        "tweets": len(article.tweets),
        "findings": len(article.findings),
    }


def _row(kind: str, body: dict[str, object]) -> bytes:
    return (line(kind, body) + "\n").encode("utf-8", errors="replace")


def trace_articles(articles: Iterable[Article], *, against: Body | None = None) -> Iterator[Trace]:
    """Trace the quotations of articles, in the articles themselves and in another body of sources."""
    documents: dict[int, Held] = {}
    for article in articles:
        held = documents.get(id(article.text))
        mine = (*held.document.articles, article) if held else (article,)
        name = held.input if held else f"article {len(documents)}"
        documents[id(article.text)] = Held(name, None, Document(article.text, "", mine))
    return Body(documents.values()).traces(against)
