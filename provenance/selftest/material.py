"""Material: faithful quotations of the user's own, and where they are too few, sentences cut out of the sources."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from archive import lazily
from provenance.corpus.body import Body, candidates_of
from provenance.model.trace import Source, Verdict
from provenance.selftest.operators import FEWEST_WORDS, Material, bare
from provenance.tracer.candidates import Candidates
from provenance.tracer.verdicts import trace_all

_MOST_WORDS = 40
_MARKED = lazily.compile(r"[\[\]()…*]|\.\s?\.\s?\.")
_SENTENCE = lazily.compile(r"(?<=[.!?])[”’\"']?\s+|\n+")
_MOST_SOURCES = 500
"""Sources that sentences and words are taken from: chosen by chance, so that a corpus of any size is tested in a minute."""


def materials(body: Body, most: int, make: Random) -> tuple[list[Material], int]:
    """Return what is to be changed, and how many of these are quotations of the user's own rather than sentences."""
    candidates = candidates_of(body)
    sources = list(_some(body, make))
    words, names = _vocabulary(sources)
    texts = list(dict.fromkeys(_own(body, candidates)))
    make.shuffle(texts)
    own = min(len(texts), most)
    texts = [*texts[:own], *islice(_sentences(sources, make), max(0, most - own))]
    cut = [tuple(text.split()) for text in texts]
    if not words or not cut:
        return [], 0
    seconds = [make.choice(cut) for _ in cut]
    return [
        Material(mine, words, names, second if second != mine else ())
        for mine, second in zip(cut, seconds, strict=True)
    ], own


def _own(body: Body, candidates: Candidates) -> Iterator[str]:
    """Yield quotations that stand word for word in a source, as they stand there."""
    for trace in trace_all(body.queries(), candidates):
        stands = trace.passage is not None and trace.verdict in (Verdict.VERBATIM, Verdict.NORMALISED)
        if stands and trace.passage is not None and _is_fit(trace.passage.exact):
            yield trace.passage.exact


def _is_fit(text: str) -> bool:
    return FEWEST_WORDS <= len(text.split()) <= _MOST_WORDS and not _MARKED.search(text)


def _some(body: Body, make: Random) -> Iterator[Source]:
    """Yield some sources of a body, by chance."""
    at_hand = list(body.sources())
    yield from make.sample(at_hand, min(len(at_hand), _MOST_SOURCES))
    for corpus in body.corpora:
        numbers = [make.randrange(len(corpus)) for _ in range(_MOST_SOURCES)] if len(corpus) else []
        yield from (corpus.source(number) for number in dict.fromkeys(numbers))


def _sentences(sources: list[Source], make: Random) -> Iterator[str]:
    """Yield sentences of the sources, one a source at a time, each once."""
    queues = []
    for source in sources:
        sentences = [s.strip() for s in _SENTENCE.split(source.characters[slice(*source.span)])]
        fit = list(filter(_is_fit, sentences))
        queues.append(make.sample(fit, len(fit)))
    seen: set[str] = set()
    while any(queues):
        for queue in queues:
            if queue and (sentence := queue.pop()) not in seen:
                seen.add(sentence)
                yield sentence


def _vocabulary(sources: list[Source]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of sources, and those that begin with a capital inside a sentence."""
    words: dict[str, None] = {}
    names: dict[str, None] = {}
    for source in sources:
        for sentence in _SENTENCE.split(source.characters[slice(*source.span)]):
            for number, word in enumerate(sentence.split()):
                stripped = word.strip("“”‘’\"'«».,;:!?")
                if stripped.isalpha() and len(bare(stripped)) > 2:
                    (names if number and stripped[0].isupper() else words)[stripped] = None
    return tuple(words), tuple(names)
