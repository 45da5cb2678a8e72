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
_VERB = r"(?:reports?|reported|quotes?|quoted|cites?|cited|berichtet\w*|rapporte|informa)"
_CITING = r"(?:citing|quoting|with\sreference\sto|referring\sto|unter\sBerufung\sauf|citant|citando|со\sссылкой\sна)"
_THE = r"(?:the\s|la\s|le\s|il\s|o\s|l[’'])?"
_AFTER = lazily.compile(
    rf"\b(?:(?:as\s)?(?:quoted|cited|reported|carried|published|relayed)\sby\s{_THE}(?P<by>{_NAME})(?P<a>{_AGENCY})?"
    rf"|[Aa]ccording\sto\s{_THE}(?P<to>{_NAME}\b){_PEOPLE}(?P<b>{_AGENCY})?"
    rf"|(?:told|zitiert\svon|laut|selon|según|secondo|segundo)\s{_THE}(?P<told>{_NAME}\b){_PEOPLE}(?P<c>{_AGENCY})?"
    rf"|{_CITING}\s{_THE}(?P<citing>{_NAME}\b){_PEOPLE}(?P<d>{_AGENCY})?"
    rf"|(?P<who>{_NAME})(?P<e>{_AGENCY})?\s(?:\w+ly\s)?(?:reports|reported|quotes|quoted)\b)"
)
_BEFORE = lazily.compile(
    rf"(?P<who>{_NAME})(?P<a>{_AGENCY})?(?:,\s{_CITING}\s{_THE}(?P<citing>{_NAME}\b)(?P<c>{_AGENCY})?,)?\s(?:\w+ly\s)?{_VERB}\b"
    rf"|[Aa]ccording\sto\s{_THE}(?P<to>{_NAME}\b){_PEOPLE}(?P<b>{_AGENCY})?"
    rf"(?:,\s(?:which|who)\s(?:cited|quoted)\s{_THE}(?P<cited>{_NAME}\b)(?P<d>{_AGENCY})?,)?"
)
_AFTER_WORDS = (
    *(
        "d by",
        "d\nby",
        "d\xa0by",
        "ccording",
        "told",
        "report",
        "quote",
        "citing",
        "quoting",
        "referen",
        "referring",
    ),
    *("zitiert", "laut", "Berufung", "selon", "según", "secondo", "segundo", "citan", "ссылкой"),
)
_BEFORE_WORDS = ("report", "quote", "cite", "ccording", "berichtet", "rapporte", "informa")
"""What each form holds, one of them: most sentences need not be searched."""
_PARTIES = frozenset({"PTI", "AAP", "PA", "CP", "PAP", "ANP", "UNI", "APS", "PPP", "MIA"})
"""Letters that a party, an authority or a union bears as well as an agency."""


class Carriers:
    """The agencies and outlets that one text says it took words from."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        self._agencies: dict[str, bool] = {}
        self._after = [word for word in _AFTER_WORDS if word in characters]
        self._before = [word for word in _BEFORE_WORDS if word in characters]

    def of(self, lead: Span, rest: Span, speaker: Span | None = None) -> tuple[str, ...]:
        """Return the agencies and outlets that words came through, the one that the article took them from first.

        `lead` and `rest` are the stretches before and behind the quotation that belong to it. Only a name that the
        registry of outlets knows, or one that is called an agency or a newspaper there, is taken. An outlet that is
        itself said to speak, at `speaker`, carries nothing.
        """
        chain: list[str] = []
        last = 0
        for found in self._finds(_AFTER, self._after, (rest[0], min(rest[1], rest[0] + _REACH))):
            says = speaker is not None and speaker[0] <= found.start("who") < speaker[1]
            if found["who"] and (says or not self._reports(found)):
                continue
            name = self._source(found, ("by", "a"), ("to", "b"), ("told", "c"), ("citing", "d"), ("who", "e"))
            if name and name not in chain:
                last = last + 1 if found["citing"] and chain else 0
                chain.insert(last, name)
        return tuple(chain) or self._leading(lead)

    def _leading(self, lead: Span) -> tuple[str, ...]:
        chain: tuple[str, ...] = ()
        for found in self._finds(_BEFORE, self._before, (max(lead[0], lead[1] - _REACH), lead[1])):
            name = self._source(found, ("who", "a"), ("to", "b"))
            cited = self._source(found, ("citing", "c"), ("cited", "d"))
            chain = tuple(dict.fromkeys(each for each in (name, cited) if each)) or chain
        return chain

    def _reports(self, found: re.Match[str]) -> bool:
        """Say whether a name before `reported` is that of an outlet and not of its reporter."""
        known = known_outlet(found["who"])
        return found["e"] is not None or known is not None

    def _finds(self, form: re.Pattern[str], words: Iterable[str], span: Span) -> Iterable[re.Match[str]]:
        find = self.characters.find
        for word in words:
            if find(word, *span) >= 0:
                return form.finditer(self.characters, *span)
        return ()

    def _source(self, found: re.Match[str], *forms: tuple[str, str]) -> str | None:
        """Return the outlet of the first of the groups that is there."""
        for name, agency in forms:
            if found[name]:
                source = _source(found[name], found[agency])
                doubtful = source in _PARTIES and name == "to" and not found[agency]
                if not source or not doubtful:
                    return source
                if source not in self._agencies:
                    self._agencies[source] = self._is_agency_here(source)
                return source if self._agencies[source] else None
        return None

    def _is_agency_here(self, letters: str) -> bool:
        """Say whether a text says elsewhere that letters which a party bears too are an agency's."""
        known = known_outlet(letters)
        names = known.names if known else ()
        if any(len(name) > len(letters) and name in self.characters for name in names):
            return True
        return re.search(rf"\b{letters}(?:{_AGENCY}|\sreport)", self.characters) is not None


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
