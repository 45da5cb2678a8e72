"""The outlet or agency that an article took somebody's words from, where it says so."""

from __future__ import annotations

import re
from collections.abc import Iterable

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.outlets import Kind, known_outlet

_REACH = 300
_SPEAK_THEMSELVES = (Kind.GOVERNMENT, Kind.NGO)
"""What is quoted for itself or spoken to, and carries nobody's words: `told the United Nations`."""
_PEOPLE = (
    r"(?!\s(?:leaders?|aides?|members?|officials?|allies|lawmakers?|supporters?|executives?|spokes\w+)\b)"
)
"""A party may bear the letters of an agency: `according to PTI leaders`."""
_NAME = r"[A-ZА-Я][\w.&’'-]*(?:\s(?:of\s(?:the\s)?)?[A-ZА-Я][\w.&’'-]*){0,4}"
_AGENCY = r"(?:\s(?:state\s|official\s|Russian\s|state-run\s)?(?:news\sagency|newspaper|agency|news\ssite|wire\sservice))"
_AFTER = lazily.compile(
    rf"\b(?:(?:as\s)?(?:quoted|cited|reported|carried|published|relayed)\sby\s(?:the\s)?(?P<by>{_NAME})(?P<a>{_AGENCY})?"
    rf"|[Aa]ccording\sto\s(?:the\s)?(?P<to>{_NAME}\b){_PEOPLE}(?P<b>{_AGENCY})?"
    rf"|(?:told|zitiert\svon|laut|selon|según|secondo|segundo)\s(?:the\s|la\s|le\s|il\s|o\s|l[’'])?(?P<told>{_NAME}\b){_PEOPLE}(?P<c>{_AGENCY})?)"
)
_BEFORE = lazily.compile(
    rf"(?P<who>{_NAME})(?P<a>{_AGENCY})?\s(?:\w+ly\s)?(?:reports?|reported|quotes?|quoted|cites?|cited|berichtet\w*|rapporte|informa)\b"
    rf"|[Aa]ccording\sto\s(?:the\s)?(?P<to>{_NAME}\b){_PEOPLE}(?P<b>{_AGENCY})?"
)


_AFTER_WORDS = (
    "d by",
    "d\nby",
    "d\xa0by",
    "ccording",
    "told",
    "zitiert",
    "laut",
    "selon",
    "según",
    "secondo",
    "segundo",
)
_BEFORE_WORDS = ("report", "quote", "cite", "ccording", "berichtet", "rapporte", "informa")
"""What each form holds, one of them: most sentences need not be searched."""


class Carriers:
    """The agencies and outlets that one text says it took words from."""

    def __init__(self, characters: str) -> None:
        self.characters = characters

    def of(self, lead: Span, rest: Span) -> str | None:
        """Return the agency or outlet that words were taken from, in the text that leads to them or follows them.

        `lead` and `rest` are the stretches before and behind the quotation that belong to it. Only a name that the
        registry of outlets knows, or one that is called an agency or a newspaper there, is taken.
        """
        for found in self._finds(_AFTER, _AFTER_WORDS, (rest[0], min(rest[1], rest[0] + _REACH))):
            name = _source(
                found["by"] or found["to"] or found["told"], found["a"] or found["b"] or found["c"]
            )
            if name:
                return name
        last = None
        for found in self._finds(_BEFORE, _BEFORE_WORDS, (max(lead[0], lead[1] - _REACH), lead[1])):
            last = _source(found["who"] or found["to"], found["a"] or found["b"]) or last
        return last

    def _finds(self, form: re.Pattern[str], words: tuple[str, ...], span: Span) -> Iterable[re.Match[str]]:
        find = self.characters.find
        for word in words:
            if find(word, *span) >= 0:
                return form.finditer(self.characters, *span)
        return ()


def _source(name: str, agency: str | None) -> str | None:
    """Return the part of a run of capitalised words that names an outlet."""
    name = name.rstrip(".").removeprefix("The ")
    words = name.split()
    for first in range(len(words)):
        rest = " ".join(words[first:])
        known = known_outlet(rest)
        if known is not None and known.kind not in _SPEAK_THEMSELVES:
            return rest
    return name if agency else None
