"""Documents that are made: words and stock phrases as rare as in newspapers, wire copies, and quotations whose origin is known."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import accumulate

import attrs

COMMON = [
    "the",
    "of",
    "to",
    "and",
    "a",
    "in",
    "that",
    "is",
    "for",
    "on",
    "it",
    "with",
    "as",
    "was",
    "he",
    "be",
    "by",
    "at",
    "said",
    "from",
    "are",
    "not",
    "have",
    "this",
    "but",
    "his",
    "they",
    "an",
    "which",
    "or",
    "will",
    "has",
    "had",
    "who",
    "one",
    "we",
    "their",
    "more",
    "would",
    "been",
    "were",
    "about",
    "there",
    "its",
    "her",
    "all",
    "than",
    "when",
    "up",
    "also",
    "so",
    "can",
    "new",
    "other",
    "out",
    "if",
    "two",
    "no",
    "after",
    "what",
    "into",
    "year",
    "some",
    "first",
    "last",
    "could",
    "time",
    "people",
    "over",
    "government",
]
SYLLABLES = [
    "ba",
    "ber",
    "cal",
    "dan",
    "den",
    "dor",
    "el",
    "fan",
    "gar",
    "hol",
    "in",
    "kar",
    "lan",
    "mer",
    "mon",
    "nor",
    "ost",
    "par",
    "quin",
    "ral",
    "ser",
    "sto",
    "tan",
    "ter",
    "ul",
    "van",
    "wes",
]
VOCABULARY = 60_000
PHRASES = 20_000
PHRASED = 2_000
"""Most frequent words, of which stock phrases are made."""
SHARE_OF_PHRASES = 0.06
SHARE_OF_COPIES = 0.12
SHARE_OF_NOVELTIES = 0.02
WORDS = 575


class Newspapers:
    """Makes documents: the same for the same seed, each from its number alone but for what it copies from an earlier one."""

    def __init__(self, seed: int = 7) -> None:
        self._seed = seed
        make = random.Random("vocabulary")
        self._words = [*COMMON, *(_word(make, i) for i in range(VOCABULARY - len(COMMON)))]
        self._weights = list(accumulate(1 / (rank + 2.2) for rank in range(VOCABULARY)))
        self._phrases = [
            make.choices(
                self._words[:PHRASED], cum_weights=self._weights[:PHRASED], k=make.choice((2, 3, 3, 4, 5))
            )
            for _ in range(PHRASES)
        ]
        self._phrase_weights = list(accumulate(1 / (rank + 20) for rank in range(PHRASES)))

    def document(self, number: int) -> str:
        """Return a document by its number."""
        make = random.Random(f"{self._seed}/{number}")
        paragraphs = self._paragraphs(make)
        if number and make.random() < SHARE_OF_COPIES:
            other = random.Random(f"{self._seed}/{make.randrange(number)}")
            paragraphs[make.randrange(len(paragraphs))] = self._paragraphs(other)[0]
        return "\n".join(paragraphs)

    def _paragraphs(self, make: random.Random) -> list[str]:
        words = make.choices(self._words, cum_weights=self._weights, k=WORDS)
        for _ in range(int(WORDS * SHARE_OF_NOVELTIES)):
            words[make.randrange(WORDS)] = (
                str(make.randrange(10**6)) if make.random() < 0.5 else _word(make, 10**5).title()
            )
        for phrase in make.choices(
            self._phrases, cum_weights=self._phrase_weights, k=int(WORDS * SHARE_OF_PHRASES)
        ):
            at = make.randrange(WORDS - len(phrase))
            words[at : at + len(phrase)] = phrase
        sentences = []
        while words:
            length = make.randrange(8, 30)
            sentence, words = words[:length], words[length:]
            sentences.append(" ".join(sentence).capitalize() + ".")
        return [" ".join(sentences[i : i + 4]) for i in range(0, len(sentences), 4)]

    def documents(self, count: int) -> Iterator[str]:
        """Yield so many documents."""
        return map(self.document, range(count))


def _word(make: random.Random, rank: int) -> str:
    return "".join(make.choices(SYLLABLES, k=2 if rank < 600 else make.choice((2, 3, 3, 4))))


@attrs.frozen
class Asked:
    """A quotation, how it was made (verbatim, altered or absent), and the words that it was made from."""

    kind: str
    exact: str
    original: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.exact.split())


def quotations(papers: Newspapers, count: int, asked: int) -> list[Asked]:
    """Return quotations of 4 to 60 words: 60 % verbatim, 20 % altered in one to three words, 20 % from elsewhere."""
    make = random.Random("quotations")
    absent = Newspapers(seed=8)
    made = []
    for _ in range(asked):
        kind = make.choice(("verbatim", "verbatim", "verbatim", "altered", "absent"))
        document = (absent if kind == "absent" else papers).document(make.randrange(count))
        words = max(make.sample(document.split("\n"), 2), key=len).split(" ")
        size = min(len(words), int(4 * 15 ** make.random()))
        start = make.randrange(len(words) - size + 1)
        words = words[start : start + size]
        original = " ".join(words)
        if kind == "altered":
            for at in make.sample(range(size), 1 if size < 16 else make.randrange(1, 4)):
                words[at] = _word(make, 10**5)
        made.append(Asked(kind, " ".join(words), original))
    return made
