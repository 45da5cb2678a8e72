"""Sentences that say that somebody did not say the words, or only might: nobody speaks in them."""

from __future__ import annotations

import re

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.words import word_set

_REACH = 200
_MARKS = " ,:“”„«»\"'‘’`"
_ASIDE = lazily.compile(r",[^,]{0,120},|\([^()]{0,120}\)|[—–][^—–]{0,120}[—–]")
_NEW_START = lazily.compile(r"\b(?:but|and|then|und|aber|mais|pero|но|ma|mas)\b|[,;:]")
_BEFORE_VERB = {
    "en": r"(?:(?:(?<!if )not|never|n[’']t|nor|yet to|unlikely to|(?:wants?|wanted|refus\w+|declin\w+|fail\w+) to"
    r"|could|might|may|should|if|whether)(?! only\b)(?: (?!only\b)[a-z]+){0,2}"
    r"|(?:accused of|deni(?:es|ed)|denying|(?:alleged|rumou?red|supposed|said|claimed|believed|thought) to)"
    r"(?: (?:ever|have|having)){0,2})",
    "de": r"(?:nie|nicht|niemals)",
    "fr": r"n[’'](?:a|ai|ont|avait|avaient) (?:pas|jamais|rien)(?: \w+)?|\bne",
    "es": r"(?:no|nunca|jamás|negó)(?: ha| había| haber)?",
    "pt": r"(?:não|nunca|jamais|negou)(?: ter)?",
    "it": r"(?:non|mai)(?: ha| aveva)?(?: mai)?",
    "ru": r"не|никогда не",
}
_UNSAID = {
    language: lazily.compile(rf"\b{words} \Z|n[’']t(?: \w+)? \Z") for language, words in _BEFORE_VERB.items()
}
"""What stands right before a verb of saying where the words were not said, by language."""
_PASSIVE = lazily.compile(
    r"[abiw](?<!\w.)(?:(?<=w)(?:as|ere)|(?<=i)s|(?<=a)re|(?<=b)e(?:en|ing))"
    r" (?:\w+ly )?(?:told|asked|warned|advised|informed|assured|reminded|ordered|urged)\b"
)
_DOUBTED = lazily.compile(
    r"\b(?:not true|untrue|false|den(?:y|ies|ied)|doubt(?:s|ed)?|no (?:evidence|proof|record)|falsely claim(?:s|ed)?"
    r"|(?:reject|disput|dismiss)\w+ (?:the |a )?(?:claim|report|allegation|accusation|rumou?r)s?"
    r"|(?i:fake|false|fabricated|hoax) [^.,;]{0,40}?claim(?:s|ed)?)(?: that)?(?: (?:he|she|they))? \Z"
)
"""What stands right before a subject whose saying it denies."""
_DOUBTS = word_set(
    "true untrue false deny denies denied doubt doubts doubted evidence proof record claim claims claimed report reports "
    "allegation allegations accusation accusations rumor rumors rumour rumours that he she they"
)
"""The last words of those: where none of them stands, the form need not be tried."""
_WORD = 16
_OTHERS = lazily.compile(
    r"\b(?:shar|retweet|repost|forward|receiv|wor|carri|display)\w* (?:a|an|the|one|several) [^.;:,]{1,80}"
    r"\b(?:that|which|saying|reading|says|said|reads)\b"
)
"""Somebody passes on or shows what another wrote."""
_SUNG = lazily.compile(
    r"[\W_]{0,3} (?:was|were|is|has been|had been) (?:(?:then|never|often|also|loudly) )?"
    r"(?:heard|sung|said|chanted|shouted|yelled|spoken|uttered|whispered)\b"
)
_IF = lazily.compile(r"\bIf [^,.;:]{1,80} \w+\s?\W?\Z")
_SUPPOSED = lazily.compile(r"\b(?:[Ii]f|[Uu]nless|[Ww]hether)\s\Z")
"""What stands right before a subject whose saying is only supposed."""
_AFTER_VERB = lazily.compile(r"(?: sagte| hat)? (?:nie|nicht|niemals)(?: gesagt)?[.,;!?]")
_NOBODY = lazily.compile(
    r"(?i:neither|nobody|none|no one|the|a|an|this|that)\b(?!\s?\w)|(?i:neither|nobody|none|no one)\b"
)


def is_unsaid(characters: str, who: Span, cue: Span, quotation: Span, language: str) -> bool:
    """Say whether the words around a subject and its verb deny, suppose or turn round that it said the quotation."""
    if _NOBODY.match(characters, *who):
        return True
    lead = characters[max(0, quotation[0] - _REACH) : max(0, quotation[0] - 1)]
    if who[0] >= quotation[1]:
        supposed = "If " in lead and _IF.search(lead) is not None
        return supposed or _denied_behind(characters, who, cue, language)
    before = characters[max(0, who[0] - _REACH) : who[0]]
    if _SUPPOSED.search(before[-_WORD:]):
        return True
    if ((before[-_WORD:].split() or ("",))[-1] in _DOUBTS and _DOUBTED.search(before)) or _SUNG.match(
        characters, quotation[1], quotation[1] + 60
    ):
        return True
    between = characters[who[1] : min(quotation[0], who[1] + _REACH)]
    return _denied_between(between, characters[slice(*cue)], language)


def _denied_behind(characters: str, who: Span, cue: Span, language: str) -> bool:
    if cue[0] < who[1]:
        return False
    gap = _plain(characters[who[1] : min(cue[0], who[1] + _REACH)])
    return _unsaid(gap, language) or (language == "de" and _AFTER_VERB.match(characters, cue[1]) is not None)


def _denied_between(between: str, verb: str, language: str) -> bool:
    """Say so of the words between a subject and the quotation, up to the verb."""
    words = _plain(between)
    if _OTHERS.search(words):
        return True
    at = words.rfind(f" {verb}")
    gap = words[: at + 1] if at >= 0 else words
    told = [found.end() for found in _PASSIVE.finditer(words)]
    return _unsaid(gap, language) or bool(told and not _NEW_START.search(words.rstrip(_MARKS), told[-1]))


def _unsaid(gap: str, language: str) -> bool:
    pattern = _UNSAID.get(language)
    if pattern is None or pattern.search(gap) is None:
        return False
    start = max((found.end() for found in _NEW_START.finditer(gap)), default=0)
    return pattern.search(gap, start) is not None


def _plain(text: str) -> str:
    """Return the words without asides, each gap a single space."""
    return re.sub(r"\s+", " ", _ASIDE.sub(" ", text))
