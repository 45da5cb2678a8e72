"""Selectors of the W3C Web Annotation Data Model: a quotation's words with their surroundings, and finding them again.

A `TextQuoteSelector` (§4.2.4) holds the words and what stands around them, a `TextPositionSelector` (§4.2.5) their place in
one text; digest and reader's version say in which. Positions are code points; browsers count UTF-16 units: see `utf16_span`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

import attrs

from archive import lazily
from provenance.model.quotation import CONTEXT, Span, quote_at
from provenance.model.refined import parts_at, parts_from, positions_of, quotes_of
from provenance.model.text import Text

SIMILAR = 0.75
"""Share of the words, in order, that an approximate place has in common with the selected ones."""
FEWEST_WORDS = 4
"""Selections of fewer words are only found again as they are: of so few, too much is like them."""
_OCCURRENCES = 2_000
_CANDIDATES = 8
_WORD = lazily.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_]+(?:[’'][^\W_]+)*")
_SEED = 2
"""Words in a run that two texts must share for a place to be looked at."""


class Found(StrEnum):
    """How a selection was found again, from the surest to the least sure."""

    IN_PLACE = "in-place"
    MOVED = "moved"
    IN_CONTEXT = "in-context"
    APPROXIMATE = "approximate"


@attrs.frozen
class Selector:
    """A selection. `start`/`end` are None where only the words are known.

    `digest` and `reader` say in which text they stand, by the reader of which version.
    """

    exact: str
    prefix: str = ""
    suffix: str = ""
    start: int | None = None
    end: int | None = None
    digest: str | None = None
    reader: str | None = None
    parts: tuple[Span, ...] = ()
    """The parts of a selection that something else interrupts, counted from its start; none for one of a piece."""


@attrs.frozen
class Anchor:
    """Where a selection stands in a text.

    `score` is the share of it that is there; `ambiguous` says that it stands elsewhere as well.
    """

    start: int
    end: int
    how: Found
    score: float = 1.0
    ambiguous: bool = False
    parts: tuple[Span, ...] = ()
    """Where the parts of the selection stand, where it has parts and all of them are still there."""


def select(text: Text, span: Span, *, segments: Sequence[Span] = (), reader: str | None = None) -> Selector:
    """Return the selector of a span of a text, with the text's digest. Raises ValueError for a span outside it.

    `segments` are the parts of a quotation that is interrupted (`Quotation.segments`); one alone is the whole.
    """
    start, end = span
    if not 0 <= start <= end <= len(text):
        raise ValueError(f"no span of the text: {span}")
    if any(not start <= first <= last <= end for first, last in segments):
        raise ValueError(f"no segments of {span}: {segments}")
    parts = tuple((first - start, last - start) for first, last in segments) if len(segments) > 1 else ()
    return Selector(
        **quote_at(text.characters, start, end),  # type: ignore[arg-type]
        digest=text.digest,
        reader=reader,
        parts=parts,
    )


def selector_json(selector: Selector, *, source: str) -> dict[str, Any]:
    """Return a selection as a SpecificResource (JSON-LD, Web Annotation Data Model §4): `source` is the text's IRI."""
    selectors: list[dict[str, Any]] = [
        {
            "type": "TextQuoteSelector",
            "exact": selector.exact,
            "prefix": selector.prefix,
            "suffix": selector.suffix,
        }
    ]
    if selector.start is not None:
        selectors.append({"type": "TextPositionSelector", "start": selector.start, "end": selector.end})
    if selector.parts:
        for each, refined in zip(
            selectors, (quotes_of(selector.exact, selector.parts), positions_of(selector.parts)), strict=False
        ):
            each["refinedBy"] = refined
    body: dict[str, Any] = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "type": "SpecificResource",
        "source": source,
        "selector": selectors,
    }
    stated = {"digest": selector.digest, "reader": selector.reader}
    return body | {name: value for name, value in stated.items() if value is not None}


def selector_from(body: Mapping[str, Any]) -> Selector:
    """Return the selection of a SpecificResource, of an annotation's target, or of a bare selector, whoever wrote it.

    Raises ValueError where no TextQuoteSelector is among its selectors.
    """
    given = body.get("target", body)
    target = given[0] if isinstance(given, list) and given else given
    if not isinstance(target, Mapping):
        raise ValueError("no target that can be selected in")  # noqa: TRY004 (the JSON is of another kind, not the call)
    selectors = target.get("selector", target)
    listed = [
        each
        for each in (selectors if isinstance(selectors, list) else [selectors])
        if isinstance(each, Mapping)
    ]
    quote = next((each for each in listed if each.get("type") == "TextQuoteSelector"), None)
    if quote is None or not isinstance(quote.get("exact"), str):
        raise ValueError("no TextQuoteSelector with the words it selects")
    position = next((each for each in listed if each.get("type") == "TextPositionSelector"), {})
    start, end = position.get("start"), position.get("end")
    placed = type(start) is int and type(end) is int and 0 <= start <= end
    parts = parts_from(quote["exact"], position, quote)
    return Selector(
        quote["exact"],
        str(quote.get("prefix") or ""),
        str(quote.get("suffix") or ""),
        start if placed else None,
        end if placed else None,
        target.get("digest"),
        target.get("reader"),
        parts,
    )


def anchor(selector: Selector, characters: str) -> Anchor | None:
    """Find a selection again in a text, or return None: it is gone.

    1. At its position, where the words still stand there.
    2. Elsewhere word for word: where what stands around it fits best, then nearest to its position.
    3. Between its prefix and its suffix, where what stands there is similar.
    4. Where most of its words stand in their order.

    Linear in the text for 1 to 3, and for 4 with the few places that share runs of words.
    """
    found = _anchor(selector, characters)
    if found is None or not selector.parts:
        return found
    return attrs.evolve(
        found, parts=parts_at(selector.exact, selector.parts, characters, (found.start, found.end))
    )


def _anchor(selector: Selector, characters: str) -> Anchor | None:
    exact, start, end = selector.exact, selector.start, selector.end
    if not exact:
        return None
    if start is not None and end == start + len(exact) and characters.startswith(exact, start):
        return Anchor(start, start + len(exact), Found.IN_PLACE)
    return (
        _moved(selector, characters)
        or _in_context(selector, characters)
        or _approximate(selector, characters)
    )


def utf16_span(characters: str, span: Span) -> Span:
    """Return a span of code points in UTF-16 code units, as browsers count."""
    start, end = span
    before = len(characters[:start].encode("utf-16-le", errors="surrogatepass")) // 2
    return (before, before + len(characters[start:end].encode("utf-16-le", errors="surrogatepass")) // 2)


def code_point_span(characters: str, span: Span) -> Span:
    """Return a span of UTF-16 code units, as browsers count, in code points."""
    units = characters.encode("utf-16-le", errors="surrogatepass")
    start, end = (len(units[: 2 * place].decode("utf-16-le", errors="surrogatepass")) for place in span)
    return (start, end)


def _moved(selector: Selector, characters: str) -> Anchor | None:
    places = list(_places(selector.exact, characters))
    if not places:
        return None
    length = len(selector.exact)
    fits = [_context_fit(selector, characters, at, at + length) for at in places]
    best = max(fits)
    leading = [at for at, fit in zip(places, fits, strict=True) if fit == best]
    near = selector.start if selector.start is not None else 0
    at = min(leading, key=lambda place: abs(place - near))
    return Anchor(at, at + length, Found.MOVED, ambiguous=len(leading) > 1)


def _places(words: str, characters: str) -> Iterator[int]:
    at = characters.find(words)
    for _ in range(_OCCURRENCES):
        if at < 0:
            return
        yield at
        at = characters.find(words, at + 1)


def _context_fit(selector: Selector, characters: str, start: int, end: int) -> int:
    """Return how many characters of prefix and suffix stand where they should, counted from the selection outwards."""
    before = characters[max(0, start - CONTEXT) : start]
    after = characters[end : end + CONTEXT]
    return _common(reversed(before), reversed(selector.prefix)) + _common(after, selector.suffix)


def _common(one: Iterator[str] | str, other: Iterator[str] | str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _in_context(selector: Selector, characters: str) -> Anchor | None:
    """Return what stands between prefix and suffix, where both are there and it is about as long and similar."""
    prefix, suffix = selector.prefix.strip(), selector.suffix.strip()
    if len(prefix) < CONTEXT // 4 or len(suffix) < CONTEXT // 4:
        return None
    longest = 2 * len(selector.exact) + CONTEXT
    for at in _places(prefix, characters):
        start = at + len(prefix)
        end = characters.find(suffix, start, start + longest + len(suffix))
        if end < 0:
            continue
        start, end = _trimmed(characters, start, end)
        score = _similarity(_words(selector.exact), _words(characters[start:end]))
        if end > start and score >= SIMILAR / 2:
            return Anchor(start, end, Found.IN_CONTEXT, round(score, 3))
    return None


def _trimmed(characters: str, start: int, end: int) -> Span:
    piece = characters[start:end]
    start += len(piece) - len(piece.lstrip())
    return (start, max(start, start + len(piece.strip())))


def _words(text: str) -> list[str]:
    return [found[0].casefold() for found in _WORD.finditer(text)]


def _similarity(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return 0.0
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(one) + len(other))


def _approximate(selector: Selector, characters: str) -> Anchor | None:
    """Return the place that shares the most words in their order, where that is most of them."""
    wanted = _words(selector.exact)
    if len(wanted) < FEWEST_WORDS:
        return None
    spans = [found.span() for found in _WORD.finditer(characters)]
    words = [characters[start:end].casefold() for start, end in spans]
    best: Anchor | None = None
    for first in _seeded(wanted, words):
        window = words[max(0, first) : first + len(wanted) + len(wanted) // 2 + 2]
        blocks = [
            b for b in SequenceMatcher(None, wanted, window, autojunk=False).get_matching_blocks() if b.size
        ]
        if not blocks:
            continue
        low, high = max(0, first) + blocks[0].b, max(0, first) + blocks[-1].b + blocks[-1].size
        score = 2 * sum(block.size for block in blocks) / (len(wanted) + high - low)
        if score >= SIMILAR and (best is None or score > best.score):
            best = Anchor(spans[low][0], spans[high - 1][1], Found.APPROXIMATE, round(score, 3))
    return best


def _seeded(wanted: Sequence[str], words: Sequence[str]) -> list[int]:
    """Return the places in a text where a selection could begin: those that the most shared runs of words point to."""
    runs: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(wanted) - _SEED + 1):
        runs.setdefault(tuple(wanted[at : at + _SEED]), []).append(at)
    votes: Counter[int] = Counter()
    step = max(1, len(wanted) // 4)
    for at in range(len(words) - _SEED + 1):
        for place in runs.get(tuple(words[at : at + _SEED]), ())[:_CANDIDATES]:
            votes[(at - place) // step] += 1
    starts = sorted(
        {(bucket - side) * step for bucket, _ in votes.most_common(_CANDIDATES) for side in (0, 1)}
    )
    return starts[: bisect_left(starts, len(words))]
