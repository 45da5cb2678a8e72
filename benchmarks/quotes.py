"""Measure quotations and speakers: articles a CPU second on texts of our own, and precision and recall on annotated ones.

With PROVENANCE_GOLD the annotated articles in `quotes/polnear-dev.jsonl` are scored. Their annotation knows curly and
straight double marks only, so quotations in two single marks (`''`), which are read all the same, are counted apart.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from provenance.model.quotation import Quotation, Span
from provenance.reader import read
from provenance.reader.quotes import find_quotations

GOLD = os.environ.get("PROVENANCE_GOLD")
ROUNDS = 5
PROMISED = {"articles a CPU second": 300.0, "quoted F1": 0.97, "speaker F1": 0.85, "speaker precision": 0.92}
PARAGRAPHS = (
    "KARSK — The ferry stopped on Monday, and the harbour office gave no reason for several hours, officials said.",
    "“The engine failed twice in May,” said Dana Orlov, the head of the harbour. “We will not sail with it before June.”",
    "Ilse Brandt, who runs the northern crossing, called the plan “a bad joke” and told reporters that it “will sink.”",
    "According to the Karsk Transport Ministry, a new engine was ordered in March and is expected to arrive this summer.",
    "“It is what people have talked about from time to time,” she added. “They do not see you, and you do not see them.”",
    "The town waits. On the quay a few lorries stand in the rain, and the drivers’ union has put up a tent with a stove.",
    "Transport Ministry spokesman Igor Velm said on Tuesday that the “so-called experts” of the office had been warned.",
    "“We told them: ‘Wait for the engine.’ They did not,” the spokesman said in a statement quoted by a news agency.",
)
_PRONOUNS = frozenset(
    {"he", "she", "they", "it", "i", "we", "you", "him", "her", "them", "his", "their", "who"}
)


def speed() -> float:
    """Return how many articles of our own are gone through in a CPU second: the best of a few rounds."""
    text = "\n\n".join(PARAGRAPHS * 2)
    paragraphs = [found.span() for found in re.finditer(r"[^\n]+", text)]
    best = 0.0
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(50):
            find_quotations(text, paragraphs, language="en")
        best = max(best, 50 / (time.process_time() - began))
    return best


def scores(path: Path) -> Iterator[tuple[str, float]]:
    """Yield the figures of annotated articles: a span counts as found where half of it is covered."""
    right = missed = wrong = apart = named = said = speaking = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        text = gold["text"]
        found = [q for a in read(text.encode(), name="a.txt").articles for q in a.quotations]
        used: set[int] = set()
        for marked in gold["quoted_spans"]:
            span = (marked["start"], marked["end"])
            covering = [n for n, q in enumerate(found) if 2 * _overlap(q.span, span) >= span[1] - span[0]]
            used.update(covering)
            right, missed = right + bool(covering), missed + (not covering)
            sources = _sources(gold, span)
            if sources:
                speaking += 1
                speaker = next((found[n] for n in covering if found[n].speaker), None)
                said += speaker is not None
                named += speaker is not None and _agrees(speaker, sources, text)
        rest = [q for n, q in enumerate(found) if n not in used]
        apart += sum(text[max(0, q.start - 2) : q.start] == "''" for q in rest)
        wrong += sum(text[max(0, q.start - 2) : q.start] != "''" for q in rest)
    yield "quotations in two single marks, counted apart", float(apart)
    yield "quoted F1", _f1(right / (right + wrong), right / (right + missed))
    yield "speaker precision", named / max(1, said)
    yield "speaker recall", named / max(1, speaking)
    yield "speaker F1", _f1(named / max(1, said), named / max(1, speaking))


def _sources(gold: dict[str, Any], span: Span) -> list[Span]:
    return [
        (source[0], source[1])
        for each in gold["attributions"]
        if any(_overlap((part[0], part[1]), span) > 0 for part in each["content"])
        for source in each["source"]
    ]


def _agrees(quotation: Quotation, sources: list[Span], text: str) -> bool:
    speaker = quotation.speaker
    assert speaker is not None
    words = _words(f"{speaker.surface} {speaker.name or ''}")
    return any(
        _overlap(speaker.span, source) > 0 or words & _words(text[slice(*source)]) for source in sources
    )


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 2} - _PRONOUNS


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / max(1e-9, precision + recall)


def main() -> int:
    """Print a line a figure; return 1 where one is below what was promised."""
    figures = [("articles a CPU second", speed())]
    if GOLD:
        figures += scores(Path(GOLD) / "quotes" / "polnear-dev.jsonl")
    for name, value in figures:
        promised = PROMISED.get(name)
        print(
            f"{name}: {value:.3f}"
            + (f" of {promised}" if promised else "")
            + ("   <-- falls short" if promised and value < promised else "")
        )
    return int(any(value < PROMISED.get(name, 0) for name, value in figures))


if __name__ == "__main__":
    sys.exit(main())
