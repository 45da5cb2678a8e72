"""Quotations from pairs of marks: what each pair is for, its selectors, and who is said to speak."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import attrs

from provenance.model.quotation import Quotation, QuotationKind, Span, quote_at
from provenance.reader.cues import CUE
from provenance.reader.marks import MAX_PAIRS, Pair, pair_marks
from provenance.reader.speakers import attribute
from provenance.reader.words import word_set

LIMIT_REACHED = "limit-reached"
"""Note on the last quotation that was read of a text with more marks than are read."""

SCARE_WORDS = 3
"""A quotation of so few words that nobody is said to have spoken is taken for a word held at arm's length."""
_REACH = 200
_WORK = re.compile(
    r"\b(?:film|movie|book|novel|song|single|album|play|series|show|programme|program|documentary|poem|magazine|painting|opera"
    r"|entitled|titled|called|named|headlined|dubbed|column|essay|paper|report)s?,?\s*\Z",
    re.IGNORECASE,
)
_SPEECH_LEAD = re.compile(r"[:,—–]\s*\Z")
_SENTENCE_START = re.compile(r"(?:\A|[.!?…][\"'”’)]*)\s*\Z")
_NESTED_SPEECH = re.compile(rf"(?:\b(?:{CUE})(?:\s\w+){{0,3}}[,:]|:)\s*\Z", re.IGNORECASE)
_SMALL = word_set("a an the of in on at for to and or with from by is as")


def find_quotations(
    characters: str,
    paragraphs: Sequence[Span],
    *,
    headline: Span | None = None,
    tweets: Sequence[Span] = (),
) -> tuple[Quotation, ...]:
    """Return the quotations in the given paragraphs (spans of `characters`, in order), the headline's among them.

    Marks inside `tweets` are the posts' own and are left out. Words in single marks inside a quotation are kept,
    with `nested_in`, where somebody is said to have spoken them; else they belong to the quotation around them.
    """
    own = [p for p in paragraphs if not any(t[0] < p[1] and p[0] < t[1] for t in _near(tweets, p))]
    pairs = pair_marks(characters, own)
    quotations: list[Quotation] = []
    place: dict[int, int] = {}
    for index, pair in enumerate(pairs):
        if pair.parent is not None and not (pair.parent in place and _is_nested_speech(characters, pair)):
            continue
        paragraph = own[pair.paragraph]
        before = own[pair.paragraph - 1] if pair.paragraph else None
        place[index] = len(quotations)
        quotations.append(
            Quotation(
                **quote_at(characters, pair.start, pair.end),  # type: ignore[arg-type]
                segments=pair.segments,
                kind=_kind(characters, pair, paragraph, before, headline),
                nested_in=place[pair.parent] if pair.parent is not None else None,
                notes=pair.notes,
            )
        )
    if len(pairs) >= MAX_PAIRS and quotations:
        quotations[-1] = attrs.evolve(quotations[-1], notes=(*quotations[-1].notes, LIMIT_REACHED))
    return attribute(characters, own, quotations)


def is_too_many(quotations: Sequence[Quotation]) -> bool:
    """Say whether reading stopped at the limit."""
    return bool(quotations) and LIMIT_REACHED in quotations[-1].notes


def _near(tweets: Sequence[Span], paragraph: Span) -> Sequence[Span]:
    """Return the posts that can touch a paragraph: those around its place in the ordered list."""
    at = bisect_left(tweets, paragraph)
    return tweets[max(0, at - 1) : at + 2]


def _is_nested_speech(characters: str, pair: Pair) -> bool:
    lead = characters[max(0, pair.opened - 40) : pair.opened]
    return _NESTED_SPEECH.search(lead) is not None


def _kind(
    characters: str, pair: Pair, paragraph: Span, before: Span | None, headline: Span | None
) -> QuotationKind:
    if headline and headline[0] <= pair.opened < headline[1]:
        return QuotationKind.HEADLINE
    lead = characters[max(paragraph[0], pair.opened - _REACH) : pair.opened]
    if (
        len(pair.segments) == 1
        and not lead.strip()
        and not characters[pair.closed + 1 : paragraph[1]].strip(" .,")
    ):
        led_in = before is not None and characters[before[1] - 1] == ":"
        return QuotationKind.BLOCK if led_in or pair.end - pair.start > 2 * _REACH else QuotationKind.DIRECT
    if len(pair.segments) > 1:
        return QuotationKind.DIRECT
    return _kind_in_sentence(characters, pair, paragraph, lead)


def _kind_in_sentence(characters: str, pair: Pair, paragraph: Span, lead: str) -> QuotationKind:
    words = characters[pair.start : min(pair.end, pair.start + 400)].split()
    after = characters[pair.closed + 1 : min(paragraph[1], pair.closed + _REACH)]
    if _is_title(words) and (_WORK.search(lead) or (len(words) > 1 and not _cued(lead, after))):
        return QuotationKind.TITLE
    if len(words) <= SCARE_WORDS and not _cued(lead, after) and not _starts_sentence(lead):
        return QuotationKind.SCARE
    whole = words[0][0].isupper() or words[0][0] in "[(0123456789…"
    ends = characters[pair.end - 1] in ".,!?…—–" or after[:1] in (",", ".")
    if whole and ends and (_SPEECH_LEAD.search(lead) or _starts_sentence(lead)):
        return QuotationKind.DIRECT
    return QuotationKind.PARTIAL


def _starts_sentence(lead: str) -> bool:
    return _SENTENCE_START.search(lead[-12:] if len(lead) > 12 else lead) is not None


def _cued(lead: str, after: str) -> bool:
    """Say whether somebody is said to speak in the sentence around a pair of marks."""
    sentence = re.split(r"[.!?]\s", lead)[-1] + " " + re.split(r"[.!?]\s", after)[0]
    return re.search(rf"(?<![\w-])(?:{CUE})\b", sentence) is not None


def _is_title(words: Sequence[str]) -> bool:
    heavy = [word for word in words if word.lower() not in _SMALL]
    return (
        bool(heavy)
        and len(words) <= 10
        and all(word[0].isupper() for word in heavy)
        and words[-1][-1] not in ".!,"
    )
