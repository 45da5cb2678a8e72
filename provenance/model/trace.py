"""Traces: where the words of a quotation come from, and what was changed."""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum

import attrs

from provenance.model.quotation import Quotation, Span


class Severity(StrEnum):
    """What a verdict means for the reader of a quotation."""

    FAITHFUL = "faithful"
    MARKED = "marked"
    ALTERED = "altered"
    DISTORTED = "distorted"
    UNVERIFIED = "unverified"


class Verdict(StrEnum):
    """What was concluded about one quotation."""

    VERBATIM = "VERBATIM"
    NORMALISED = "NORMALISED"
    INTERRUPTED = "INTERRUPTED"
    PARTIAL = "PARTIAL"
    MARKED = "MARKED"
    OMISSION = "OMISSION"
    SUBSTITUTION = "SUBSTITUTION"
    PARAPHRASE = "PARAPHRASE"
    TRANSLATION = "TRANSLATION"
    ELLIPSIS_HIDES = "ELLIPSIS_HIDES"
    SPLICE = "SPLICE"
    NEGATION = "NEGATION"
    NUMBER = "NUMBER"
    NAME = "NAME"
    TRUNCATED = "TRUNCATED"
    MISATTRIBUTED = "MISATTRIBUTED"
    UNTRACED_IN = "UNTRACED_IN"
    UNTRACED_OUT = "UNTRACED_OUT"
    UNCHECKED = "UNCHECKED"
    AMBIGUOUS = "AMBIGUOUS"

    @property
    def severity(self) -> Severity:
        """The severity that belongs to the verdict."""
        return _SEVERITY[self]


_SEVERITY = {
    **dict.fromkeys(
        (Verdict.VERBATIM, Verdict.NORMALISED, Verdict.INTERRUPTED, Verdict.PARTIAL), Severity.FAITHFUL
    ),
    Verdict.MARKED: Severity.MARKED,
    **dict.fromkeys(
        (Verdict.OMISSION, Verdict.SUBSTITUTION, Verdict.PARAPHRASE, Verdict.TRANSLATION), Severity.ALTERED
    ),
    **dict.fromkeys(
        (
            Verdict.ELLIPSIS_HIDES,
            Verdict.SPLICE,
            Verdict.NEGATION,
            Verdict.NUMBER,
            Verdict.NAME,
            Verdict.TRUNCATED,
            Verdict.MISATTRIBUTED,
        ),
        Severity.DISTORTED,
    ),
    **dict.fromkeys(
        (Verdict.UNTRACED_IN, Verdict.UNTRACED_OUT, Verdict.UNCHECKED, Verdict.AMBIGUOUS), Severity.UNVERIFIED
    ),
}


class Relation(StrEnum):
    """How a passage stands to the quotation; a passage in the same article never corroborates it."""

    SELF = "self"
    SECONDARY = "secondary"
    PRIMARY = "primary"


@attrs.frozen
class Source:
    """A text in which quotations are looked for: an article, or a line of a text corpus.

    `id` is unique among the sources of one run; `text_digest` tells that two inputs hold the same text. `quoted` are the
    spans of the source's own quotations in order, without those nested in others: a passage inside one of them is
    second-hand.
    """

    id: str
    characters: str
    input: str
    span: Span
    part: int = 0
    record: str | None = None
    original_url: str | None = None
    published: str | None = None
    outlet: str | None = None
    title: str | None = None
    quoted: tuple[Span, ...] = ()
    text_digest: str | None = None
    authors: tuple[str, ...] = ()
    quotations: tuple[Quotation, ...] = ()
    """The source's own quotations, where they were read: who is said to speak in them, and after whom."""


@attrs.frozen
class Passage:
    """The place found: characters `[start, end)` of the source's text."""

    source: Source
    start: int
    end: int

    @property
    def exact(self) -> str:
        """The words that stand there."""
        return self.source.characters[self.start : self.end]

    @property
    def quoted_in(self) -> Span | None:
        """The quotation of its source that the passage stands inside, or None: then the words are the source's own."""
        quoted = self.source.quoted
        index = bisect_right(quoted, (self.start, len(self.source.characters))) - 1
        return quoted[index] if index >= 0 and self.end <= quoted[index][1] + 1 else None

    @property
    def quotation(self) -> Quotation | None:
        """The quotation that the passage stands inside, where the source's quotations were read."""
        span = self.quoted_in
        return next((q for q in self.source.quotations if q.span == span), None) if span else None


class AlterationKind(StrEnum):
    """What was done to the words."""

    OMISSION = "omission"
    INSERTION = "insertion"
    SUBSTITUTION = "substitution"
    NEGATION = "negation"
    NUMBER = "number"
    NAME = "name"
    BRACKET = "bracket"
    ELLIPSIS = "ellipsis"
    TRUNCATION = "truncation"
    SPLICE = "splice"
    ORDER = "order"


@attrs.frozen
class Alteration:
    """One difference: characters of the quotation, characters of the passage's source, and the words at both."""

    kind: AlterationKind
    quotation: Span
    passage: Span
    quoted: str
    original: str


@attrs.frozen
class Query:
    """A quotation to be traced. `input`, `part` and the offsets are None for words that were typed in.

    `cited` is the id of the source that is said to hold the words, `within` that of the source in which the quotation
    stands, `speaker` and `quoted_at` who is said to have spoken and when (a date as `Date` writes it).
    """

    exact: str
    id: str
    input: str | None = None
    record: str | None = None
    part: int | None = None
    start: int | None = None
    end: int | None = None
    quotation: Quotation | None = None
    cited: str | None = None
    text_digest: str | None = None
    speaker: str | None = None
    quoted_at: str | None = None
    within: str | None = None


class SpeakerAgreement(StrEnum):
    """Whether the passage's speaker is the one the quotation names."""

    SAME = "same"
    NESTED = "nested"
    UNDETERMINED = "undetermined"
    DIFFERENT = "different"


@attrs.frozen
class Link:
    """One place on the way of words from source to source: who published them when, and whom it took them from.

    `copies` are further sources that print the same report. `speaker` and `via` are as the source gives them.
    """

    passage: Passage
    relation: Relation
    speaker: str | None = None
    via: str | None = None
    copies: tuple[str, ...] = ()


@attrs.frozen
class Trace:
    """The outcome for one quotation. `missing` names a source that is cited and not at hand.

    `chain` are the places of the words by date, the earliest last; `first` is the earliest of them, None where two are as
    early. `circular` names sources that cite each other for the words.
    """

    query: Query
    verdict: Verdict
    passage: Passage | None = None
    relation: Relation | None = None
    alterations: tuple[Alteration, ...] = ()
    speaker_status: SpeakerAgreement = SpeakerAgreement.UNDETERMINED
    missing: str | None = None
    chain: tuple[Link, ...] = ()
    first: Link | None = None
    circular: tuple[str, ...] = ()
    candidates: tuple[Passage, ...] = ()
    evidence: tuple[tuple[str, float], ...] = ()
    """Figures behind the verdict: `coverage` (share of the quotation's words found), …"""
    reason: str = ""
    """Why this verdict, in a sentence."""

    @property
    def quotation(self) -> Quotation | Query:
        """What was traced: the quotation of an article, or the words that were given."""
        return self.query.quotation or self.query
