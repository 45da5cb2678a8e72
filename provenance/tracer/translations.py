"""Translations: a quotation in one language, its named source in another: only numbers and names can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive import lazily
from provenance.model.quotation import Span
from provenance.model.trace import Passage
from provenance.tracer.candidates import Candidates
from provenance.tracer.fold import fold_word, folded, without_accents
from provenance.tracer.lexicons import UNKNOWN, Lexicon, lexicon, written_in
from provenance.tracer.numbers import numbers_in
from provenance.tracer.places import Asked
from provenance.tracer.speech import sentence_spans

FEWEST = 2
"""Numbers and names that have to agree before a sentence is shown as the original of a translation."""
_SHOWN_WORDS = 400
_SHARE = 0.15
"""Share of function words from which on a text is plainly written in a language."""
_NAME = lazily.compile(r"(?<=[^\W\d_][ ,])[^\W\d_a-z][^\W\d_]{2,}")


def is_other_language(asked: Asked, body: Candidates, document: int) -> bool:
    """Say whether a source is plainly written in another language than a quotation."""
    words = body.folded(document).words[:_SHOWN_WORDS]
    theirs, mine = written_in(words), asked.lexicon.language
    plain = all(
        language == UNKNOWN
        or sum(word in lexicon(language).function for word in row) >= max(2, _SHARE * len(row))
        for language, row in ((theirs, words), (mine, asked.wording.words))
    )
    return plain and theirs != mine


def original_of(asked: Asked, body: Candidates, document: int) -> Passage | None:
    """Return the sentence of a source in another language that has all numbers and names of a quotation, or None."""
    source = body.source(document)
    language = lexicon(written_in(body.folded(document).words[:_SHOWN_WORDS]))
    wanted = _fixed(asked.query.exact, asked.lexicon)
    if len(wanted) < FEWEST:
        return None
    for start, end in _sentences(source.characters, source.span):
        sentence = source.characters[start:end]
        words = {without_accents(fold_word(word)) for word in re.findall(r"[^\W_]+", sentence)}
        if wanted <= words | set(_numbers(sentence, language)):
            return Passage(source, start, end)
    return None


def _fixed(text: str, language: Lexicon) -> set[str]:
    """Return what a translation leaves as it is: numbers, and names in the middle of a sentence."""
    names = (
        set() if language.nouns_capitalised else {without_accents(fold_word(n)) for n in _NAME.findall(text)}
    )
    return names | set(_numbers(text, language))


def _numbers(text: str, language: Lexicon) -> list[str]:
    found = numbers_in(folded(text).words, language.values, {})
    return [number for number in found if number[0].isdecimal()]


def _sentences(characters: str, span: Span) -> Iterator[Span]:
    for start, end in sentence_spans(characters, *span):
        if characters[start:end].strip():
            yield (start, end)
