"""Speakers: whether the one who is named for words is the one the source names for them."""

from __future__ import annotations

import unicodedata

from archive import lazily
from provenance.model.quotation import SpeakerStatus
from provenance.model.trace import Passage, Query, SpeakerAgreement

_WORD = lazily.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SMALL = frozenset(
    ["de", "von", "van", "der", "bin", "al", "el", "la", "le", "du", "di", "da", "of", "the", "jr", "sr"]
)
_NEAR = 1200
"""Characters around a passage in which a name may stand without being its speaker's."""


def claimed_speaker(query: Query) -> str | None:
    """Return who is named for the words of a quotation, as far as a name is known."""
    if query.speaker:
        return query.speaker
    speaker = query.quotation.speaker if query.quotation else None
    return speaker.name or speaker.surface if speaker else None


def speaker_in(passage: Passage) -> str | None:
    """Return who is named for the words of a passage in its own source."""
    quotation = passage.quotation
    speaker = quotation.speaker if quotation else None
    return speaker.name or speaker.surface if speaker else None


def names(text: str) -> frozenset[str]:
    """Return the parts of a person's name in a text, without accents and case: capitalised words, small ones left out."""
    words = _WORD.findall(text)
    return frozenset(
        part
        for word in words
        if word[0].isupper()
        for part in _bare(word).split("-")
        if part not in _SMALL and len(part) > 1
    )


def _bare(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.removesuffix("'s").removesuffix("’s"))
    return "".join(c for c in letters if not unicodedata.combining(c)).casefold()


def agreement(query: Query, passage: Passage) -> SpeakerAgreement:
    """Say whether both sides name the same speaker.

    `same` where the names share a part; `nested` where the words are quoted within other words on either side;
    `different` only between two full names of which neither stands anywhere near the other's words: else a reading
    by one person of what another wrote, or a role for a name, would be called a difference.
    """
    claimed, found = claimed_speaker(query), speaker_in(passage)
    if not claimed or not found:
        return SpeakerAgreement.UNDETERMINED
    mine, theirs = names(claimed), names(found)
    if mine & theirs:
        return SpeakerAgreement.SAME
    if _is_nested(query, passage):
        return SpeakerAgreement.NESTED
    if len(mine) < 2 or len(theirs) < 2 or not _is_named(passage):
        return SpeakerAgreement.UNDETERMINED
    around = passage.source.characters[max(0, passage.start - _NEAR) : passage.end + _NEAR]
    if mine & names(around) or theirs & _names_around(query):
        return SpeakerAgreement.UNDETERMINED
    return SpeakerAgreement.DIFFERENT


def _is_nested(query: Query, passage: Passage) -> bool:
    if query.quotation is not None and query.quotation.nested_in is not None:
        return True
    quotation = passage.quotation
    return quotation is not None and quotation.nested_in is not None


def _is_named(passage: Passage) -> bool:
    """Say whether the source names the speaker beside the words, not by a pronoun that had to be resolved."""
    quotation = passage.quotation
    return (
        quotation is not None
        and quotation.speaker is not None
        and quotation.speaker.status is SpeakerStatus.NAMED
        and quotation.via is None
    )


def _names_around(query: Query) -> frozenset[str]:
    quotation = query.quotation
    return names(f"{quotation.prefix} {query.exact} {quotation.suffix}") if quotation else names(query.exact)
