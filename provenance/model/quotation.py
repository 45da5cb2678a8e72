"""Quotations: the words between the marks, who is said to have said them, and W3C selectors to find them again."""

from __future__ import annotations

from enum import StrEnum

from archive.values import frozen

Span = tuple[int, int]
CONTEXT = 32
"""Characters of prefix and suffix in a TextQuoteSelector."""


class QuotationKind(StrEnum):
    """What a pair of quotation marks is for."""

    DIRECT = "direct"
    PARTIAL = "partial"
    BLOCK = "block"
    HEADLINE = "headline"
    TWEET = "tweet"
    SCARE = "scare"
    TITLE = "title"


NOT_SPEECH = frozenset({QuotationKind.SCARE, QuotationKind.TITLE})
"""Kinds that quote nobody: kept in the record, left out of tracing."""


class SpeakerStatus(StrEnum):
    """How the speaker is known."""

    NAMED = "named"
    DESCRIBED = "described"
    PRONOUN = "pronoun"
    NONE = "none"


@frozen
class Speaker:
    """Who is said to speak. `surface` is what stands at `span`; `name` is what it was resolved to, over `resolved_from`."""

    surface: str
    span: Span
    status: SpeakerStatus
    name: str | None = None
    role: str | None = None
    resolved_from: tuple[str, ...] = ()


@frozen
class Quotation:
    """One quotation. `start`/`end` exclude the marks; `segments` are its parts where an attribution interrupts it."""

    exact: str
    start: int
    end: int
    prefix: str
    suffix: str
    segments: tuple[Span, ...]
    kind: QuotationKind
    nested_in: int | None = None
    """Index, in the article's quotations, of the quotation this one stands in."""
    speaker: Speaker | None = None
    via: str | None = None
    """The outlet or agency that the article took the words from: the first of `carriers`."""
    cue: Span | None = None
    unattributed: str | None = None
    """Why there is no speaker: `nobody-named`, or that it quotes nobody (`scare`, `title`)."""
    cited: str | None = None
    """The address that the page itself gives as the source of the words."""
    carriers: tuple[str, ...] = ()
    """The outlets and agencies that the words came through: whom the article names as its source, whom that one cites."""
    notes: tuple[str, ...] = ()
    """What was odd: `unclosed`, `paragraph-open`, `limit-reached`; where it stood: `blockquote`, `pull-quote`, `caption`."""

    @property
    def span(self) -> Span:
        """The characters between the marks."""
        return (self.start, self.end)


def quote_at(characters: str, start: int, end: int) -> dict[str, str | int]:
    """Return the TextQuoteSelector and TextPositionSelector values of `[start, end)` (Web Annotation §4.2.4-5)."""
    return {
        "exact": characters[start:end],
        "start": start,
        "end": end,
        "prefix": characters[max(0, start - CONTEXT) : start],
        "suffix": characters[end : end + CONTEXT],
    }
