"""A door for a user's own language pipeline: it is asked about the quotations for which the rules abstain.

The extra `nlp` installs spaCy; no model is downloaded or needed, and nothing here imports it: whatever is called with a
text and returns words with `text`, `idx`, `lemma_`, `dep_`, `head` and `left_edge`/`right_edge`, as spaCy's do, will serve.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

import attrs

from provenance.model.article import Article
from provenance.model.quotation import NOT_SPEECH, Quotation, Span, Speaker, SpeakerStatus
from provenance.reader.lexicon import Lexicon, lexicon_of

AROUND = 400
"""Characters on either side of a quotation that the pipeline is given."""
BY_PIPELINE = "pipeline"
"""The last link of the chain of a speaker whom the pipeline named."""
_SUBJECTS = frozenset({"nsubj", "nsubj:outer", "sb"})


class Word(Protocol):
    """A word as spaCy gives it."""

    text: str
    idx: int
    lemma_: str
    dep_: str
    pos_: str

    @property
    def head(self) -> Word:
        """The word this one depends on."""
        ...

    @property
    def left_edge(self) -> Word:
        """The first word of the phrase under this one."""
        ...

    @property
    def right_edge(self) -> Word:
        """The last word of the phrase under this one."""
        ...


Pipeline = Callable[[str], Iterable[Any]]


def attribute_with(pipeline: Pipeline, article: Article) -> Article:
    """Return the article with the speakers that a pipeline finds where the rules named none.

    A speaker that the rules named stays. One that the pipeline names has `pipeline` at the end of its chain, so that a
    reader of the record knows whose word it is. Titles and words at arm's length are not asked about.
    """
    lexicon = lexicon_of(article.language)
    quotations = tuple(
        _attributed(pipeline, article.text.characters, quotation, _bounds(article.body, quotation), lexicon)
        for quotation in article.quotations
    )
    return attrs.evolve(article, quotations=quotations)


def _bounds(body: Sequence[Span], quotation: Quotation) -> Span:
    """Return the paragraph that a quotation begins in; the quotation itself where it stands in none."""
    return next((span for span in body if span[0] <= quotation.start < span[1]), quotation.span)


def _attributed(
    pipeline: Pipeline, characters: str, quotation: Quotation, paragraph: Span, lexicon: Lexicon
) -> Quotation:
    if quotation.speaker is not None or quotation.kind in NOT_SPEECH:
        return quotation
    start, end = max(paragraph[0], quotation.start - AROUND), min(paragraph[1], quotation.end + AROUND)
    found = _subject(
        list(pipeline(characters[start:end])), (quotation.start - start, quotation.end - start), lexicon
    )
    if found is None:
        return quotation
    span = (start + found[0], start + found[1])
    surface = characters[slice(*span)]
    status = SpeakerStatus.NAMED if surface[:1].isupper() else SpeakerStatus.DESCRIBED
    name = surface if status is SpeakerStatus.NAMED else None
    return attrs.evolve(
        quotation,
        speaker=Speaker(surface, span, status, name, None, (surface, BY_PIPELINE)),
        unattributed=None,
    )


def _subject(words: Sequence[Word], inside: Span, lexicon: Lexicon) -> Span | None:
    """Return the place of the subject of the verb of saying nearest to a quotation, outside it."""
    nearest: tuple[int, Span] | None = None
    for word in words:
        if word.dep_ not in _SUBJECTS or inside[0] <= word.idx < inside[1] or word.pos_ == "PRON":
            continue
        verb = word.head
        if lexicon.classes.get(verb.text.lower()) not in ("V", "G") or inside[0] <= verb.idx < inside[1]:
            continue
        away = min(abs(verb.idx - inside[0]), abs(verb.idx - inside[1]))
        last = word.right_edge
        span = (word.left_edge.idx, last.idx + len(last.text))
        if span[0] < inside[1] and inside[0] < span[1]:
            continue
        if nearest is None or away < nearest[0]:
            nearest = (away, span)
    return nearest[1] if nearest else None
