"""From values to what a page shows of them: articles, fields, tweets, text and notes, all numbered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import attrs

from provenance.model.article import Article
from provenance.model.evidence import Field
from provenance.model.quotation import NOT_SPEECH, Quotation, Span
from provenance.model.trace import Passage, Severity, Source, Trace, Verdict
from provenance.model.tweet import TweetReference
from provenance.reports import phrases
from provenance.reports.sides import Sides, Timeline, sides_of, timeline_of
from provenance.reports.sweep import Mark, Paragraph, paragraphs
from provenance.reports.view import DocumentView, PackageView, PageLimits
from provenance.reports.visible import language_tag

CONTEXT_CHARACTERS = 90
"""Characters shown before and after a passage, cut at a space."""

OPENING = "“‘\"'«‹„‚”’`"
"""What may open a quotation: its number is put before it. Some languages open with what others close with."""


@attrs.frozen
class FoundPassage:
    """A passage with the words around it. `anchor` is the id of its article on this page, if it is there."""

    source: Source
    before: str
    exact: str
    after: str
    anchor: str | None


@attrs.frozen
class Note:
    """What is said of one quotation: its number in the article, its trace, and the words for both."""

    number: int
    quotation: Quotation
    trace: Trace | None
    passage: FoundPassage | None
    candidates: tuple[FoundPassage, ...]

    @property
    def sides(self) -> Sides | None:
        """The quotation beside its passage, cut at the edits; None where nothing was changed."""
        return sides_of(self.trace) if self.trace else None

    @property
    def timeline(self) -> Timeline | None:
        """The places of the words over time; None where there are fewer than two."""
        return timeline_of(self.trace) if self.trace else None

    @property
    def speech(self) -> bool:
        """False for marks that quote nobody."""
        return self.quotation.kind not in NOT_SPEECH

    @property
    def standing(self) -> str:
        """The severity of the trace, `untraced` where there is none, `nobody` where nobody is quoted."""
        if not self.speech:
            return "nobody"
        return self.trace.verdict.severity.value if self.trace else "untraced"

    @property
    def lost(self) -> bool:
        """True where the words were looked for and not found."""
        return self.trace is not None and self.trace.verdict in {Verdict.UNTRACED_IN, Verdict.UNTRACED_OUT}

    @property
    def glyph(self) -> str:
        """The sign that goes with the standing, so that colour is not needed."""
        return phrases.SEVERITY[self.trace.verdict.severity][0] if self.trace and self.speech else "·"

    @property
    def verdict(self) -> tuple[str, str]:
        """The verdict in words, and what it means."""
        if not self.speech:
            return phrases.QUOTATION_KINDS[self.quotation.kind], "Quotes nobody, so it was not traced."
        return phrases.VERDICTS[self.trace.verdict] if self.trace else phrases.NOT_TRACED


@attrs.frozen
class Numbered:
    """A tweet reference with its number in the article. `placed`: its words are in the text shown."""

    number: int
    tweet: TweetReference
    placed: bool


@attrs.frozen
class ShownParagraph:
    """A paragraph of the text, and the notes on the quotations that begin in it."""

    paragraph: Paragraph
    notes: tuple[Note, ...]
    gap: bool
    """True where an empty line follows."""


@attrs.frozen
class ArticleBlock:
    """One article as a page shows it. `id` is the root of its anchors; `hidden` tells what is left out."""

    id: str
    article: Article
    language: str | None
    given: tuple[tuple[str, Field[Any]], ...]
    not_given: tuple[str, ...]
    paragraphs: tuple[ShownParagraph, ...]
    notes: dict[int, Note]
    asides: tuple[Note, ...]
    tweets: tuple[Numbered, ...]
    standings: Counter[str]
    hidden: tuple[str, ...]

    @property
    def speech(self) -> int:
        """How many quotations quote somebody."""
        return sum(n for standing, n in self.standings.items() if standing != "nobody")

    @property
    def traced(self) -> int:
        """How many of them were found in a source, rightly quoted or not."""
        return self.speech - self.standings["unverified"] - self.standings["untraced"]


@attrs.frozen
class DocumentBlock:
    """One document as a page shows it; `loose` are the stretches of its text that belong to no article."""

    id: str
    number: int
    document: DocumentView
    articles: tuple[ArticleBlock, ...]
    loose: tuple[Span, ...]

    def words(self, span: Span) -> str:
        """Return the characters of a stretch."""
        return self.document.articles[0].text[span]


def documents(view: PackageView, limits: PageLimits) -> tuple[DocumentBlock, ...]:
    """Return all documents with their articles, numbered through the package, within the page's limits."""
    anchors = _anchors(view)
    blocks, number, left = [], 0, limits.page_characters
    for index, document in enumerate(view.documents):
        articles = []
        for article in document.articles:
            number += 1
            articles.append(_article(view, index, article, f"a{number}", anchors, limits, left))
            left -= min(article.span[1] - article.span[0], limits.article_characters)
        loose = tuple(_loose(document))
        blocks.append(DocumentBlock(f"d{index + 1}", index + 1, document, tuple(articles), loose))
    return tuple(blocks)


def standings_of(blocks: Iterable[DocumentBlock]) -> Counter[str]:
    """Count the quotations of all articles by their standing."""
    total: Counter[str] = Counter()
    for block in blocks:
        for article in block.articles:
            total.update(article.standings)
    return total


def _article(
    view: PackageView,
    document: int,
    article: Article,
    anchor: str,
    anchors: dict[tuple[str, int], str | None],
    limits: PageLimits,
    left: int,
) -> ArticleBlock:
    """Return one article; `left` is how many characters of text the page may still show."""
    start, end = article.span
    shown = (start, min(end, start + max(0, min(limits.article_characters, left))))
    within = [i for i, q in enumerate(article.quotations) if start <= q.start < shown[1]]
    kept = within[: limits.article_quotations]
    notes = {i: _note(view, document, article, i, anchors) for i in kept}
    tweets = _tweets(article, shown, limits)
    return ArticleBlock(
        id=anchor,
        article=article,
        language=language_tag(article.language),
        given=tuple((name, field) for name, field in article.fields if _said(field)),
        not_given=tuple(name for name, field in article.fields if not _said(field)),
        paragraphs=tuple(_shown(article, shown, notes, tweets)),
        notes=notes,
        asides=tuple(note for note in notes.values() if not note.speech),
        tweets=tweets,
        standings=Counter(_standing(view, document, article, q) for q in article.quotations),
        hidden=tuple(_hidden(article, shown, len(kept), len(tweets))),
    )


def _said(field: Field[Any]) -> bool:
    """Say whether a document says anything of a field, be it only against it."""
    return field.value is not None or bool(field.evidence) or bool(field.conflicts)


def _note(
    view: PackageView, document: int, article: Article, index: int, anchors: dict[tuple[str, int], str | None]
) -> Note:
    quotation = article.quotations[index]
    trace = view.trace_of(document, article, quotation)
    passage = _passage(trace.passage, anchors) if trace and trace.passage else None
    candidates = tuple(_passage(p, anchors) for p in trace.candidates) if trace else ()
    return Note(index + 1, quotation, trace, passage, candidates)


def _standing(view: PackageView, document: int, article: Article, quotation: Quotation) -> str:
    return Note(0, quotation, view.trace_of(document, article, quotation), None, ()).standing


def _passage(passage: Passage, anchors: dict[tuple[str, int], str | None]) -> FoundPassage:
    """Cut the passage and its context out of the source's text."""
    text, source = passage.source.characters, passage.source
    before = text[max(0, passage.start - CONTEXT_CHARACTERS) : passage.start]
    after = text[passage.end : passage.end + CONTEXT_CHARACTERS]
    if passage.start > CONTEXT_CHARACTERS:
        before = "… " + before.partition(" ")[2]
    if passage.end + CONTEXT_CHARACTERS < len(text):
        after = after.rpartition(" ")[0] + " …"
    anchor = anchors.get((source.record or "", source.part)) or anchors.get((source.input, source.part))
    return FoundPassage(source, before, passage.exact, after, anchor)


def _anchors(view: PackageView) -> dict[tuple[str, int], str | None]:
    """Map record id and part, and name and part, to the article's anchor; None where two share them."""
    anchors: dict[tuple[str, int], str | None] = {}
    number = 0
    for document in view.documents:
        for article in document.articles:
            number += 1
            for name in {document.record, document.input} - {None, ""}:
                key = (str(name), article.part)
                anchors[key] = None if key in anchors else f"a{number}"
    return anchors


def _tweets(article: Article, shown: Span, limits: PageLimits) -> tuple[Numbered, ...]:
    return tuple(
        Numbered(number, tweet, tweet.span is not None and shown[0] <= tweet.span[0] < shown[1])
        for number, tweet in enumerate(article.tweets[: limits.article_tweets], 1)
    )


def _shown(
    article: Article, shown: Span, notes: dict[int, Note], tweets: Sequence[Numbered]
) -> Iterator[ShownParagraph]:
    """Yield the paragraphs of the shown text with the notes that belong beside each."""
    marks = [*_quotation_marks(article, notes), *_tweet_marks(tweets)]
    for paragraph in paragraphs(article.text.characters, shown, marks, article.body):
        opened = (m for piece in paragraph.pieces for m in piece.opens if m.kind == "quotation")
        gap = article.text[paragraph.start, paragraph.end].count("\n") > 1
        beside = (notes[mark.index] for mark in opened)
        yield ShownParagraph(paragraph, tuple(n for n in beside if n.speech), gap)


def _quotation_marks(article: Article, notes: dict[int, Note]) -> Iterator[Mark]:
    """Yield each quotation's number, which goes before its opening mark, and the stretches to highlight."""
    for index, note in notes.items():
        start = note.quotation.start
        marked = start > article.span[0] and article.text[start - 1, start] in OPENING
        number = start - 1 if marked else start
        yield Mark(number, number, "quotation", index)
        for segment in note.quotation.segments or (note.quotation.span,):
            yield Mark(*segment, "quotation", index, first=False)


def _tweet_marks(tweets: Sequence[Numbered]) -> Iterator[Mark]:
    for numbered in tweets:
        if numbered.placed and numbered.tweet.span:
            yield Mark(*numbered.tweet.span, "tweet", numbered.number)


def _hidden(article: Article, shown: Span, quotations: int, tweets: int) -> Iterator[str]:
    """Yield what of the article is not on the page."""
    count: Callable[..., str] = phrases.plural
    if rest := article.span[1] - shown[1]:
        yield f"the last {count(rest, 'character')} of the text"
    if rest := len(article.quotations) - quotations:
        yield count(rest, "quotation")
    if rest := len(article.tweets) - tweets:
        yield count(rest, "tweet reference")


def _loose(document: DocumentView) -> Iterator[Span]:
    """Yield what of the document's text lies before, between and after its articles and holds any words."""
    if not document.articles:
        return
    text, reach = document.articles[0].text, 0
    for span in [*sorted(a.span for a in document.articles), (len(text), len(text))]:
        if text[reach, span[0]].strip():
            yield (reach, span[0])
        reach = max(reach, span[1])


SEVERITIES = tuple(severity.value for severity in Severity)
"""The standings of a traced quotation, from best to worst."""
