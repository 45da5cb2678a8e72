"""A selection in several parts, as `refinedBy` of the Web Annotation Data Model (§4.2.9): what an attribution interrupts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from provenance.model.quotation import CONTEXT, Span

MOST_PARTS = 1_000
"""Parts of one selection that are read; nobody is interrupted so often."""


def quotes_of(exact: str, parts: Sequence[Span]) -> list[dict[str, Any]]:
    """Return the parts as TextQuoteSelectors within the selected words. A part is `[start, end)` of those."""
    return [
        {
            "type": "TextQuoteSelector",
            "exact": exact[start:end],
            "prefix": exact[max(0, start - CONTEXT) : start],
            "suffix": exact[end : end + CONTEXT],
        }
        for start, end in parts
    ]


def positions_of(parts: Sequence[Span]) -> list[dict[str, Any]]:
    """Return the parts as TextPositionSelectors, counted from where the selected words begin, as §4.2.9 says."""
    return [{"type": "TextPositionSelector", "start": start, "end": end} for start, end in parts]


def parts_from(exact: str, *selectors: Mapping[str, Any]) -> tuple[Span, ...]:
    """Return the parts that selectors are refined by, whoever wrote them: by position, else by their words, in order.

    What is no part of the selected words is left out.
    """
    refined = [each for selector in selectors for each in _listed(selector.get("refinedBy"))]
    placed = [each for each in refined if each.get("type") == "TextPositionSelector"]
    spans = [(each.get("start"), each.get("end")) for each in placed]
    good = [
        (start, end)
        for start, end in spans
        if type(start) is int and type(end) is int and 0 <= start < end <= len(exact)
    ]
    return tuple(good) or tuple(_found(exact, [each.get("exact") for each in refined]))


def parts_at(exact: str, parts: Sequence[Span], characters: str, span: Span) -> tuple[Span, ...]:
    """Return where the parts stand in a text in which the selection was found again at `span`; none where one is gone."""
    start, end = span
    found = tuple(_found(characters[start:end], [exact[slice(*part)] for part in parts]))
    return tuple((start + a, start + b) for a, b in found) if len(found) == len(parts) else ()


def _listed(refined: object) -> list[Mapping[str, Any]]:
    several = refined if isinstance(refined, list) else [refined]
    return [each for each in several[:MOST_PARTS] if isinstance(each, Mapping)]


def _found(words: str, wanted: Sequence[object]) -> Iterator[Span]:
    """Yield where pieces stand, each behind the one before it."""
    at = 0
    for piece in wanted:
        if not isinstance(piece, str) or not piece:
            continue
        start = words.find(piece, at)
        if start >= 0:
            at = start + len(piece)
            yield (start, at)
