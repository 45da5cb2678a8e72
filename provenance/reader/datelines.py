"""Datelines: the place and the day a report was filed from, and the agency, as printed before its first sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Span
from provenance.reader.dates import MONTH, MonthDay, Printed, find_date, find_month_day
from provenance.reader.outlets import known_outlet, looks_like_outlet
from provenance.reader.words import word_set

REACH = 160
"""Characters within which a dateline ends."""

_UPPER = "[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃŠČŘŽĐİĞŞŐŰА-ЯЁІЇЄҐΑ-Ω]"
_IN_CAPITALS = ".'’-"
_CAPS = rf"{_UPPER}(?:{_UPPER}|[{_IN_CAPITALS}])+"
_PLACE = (
    rf"(?:{_CAPS}(?:(?:,?\s|/|\s&\s)(?:{_CAPS}|and\s{_CAPS}|de\s{_CAPS})){{0,6}}"
    r"(?:,\s[A-Z][a-z]+\.?(?:\s[A-Z][a-z]+)?)?)"
)
"""At most seven words: `and` can be read two ways, so without a bound a row of them would be read in every combination."""
_TITLE_PLACE = r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}"
_DATE = (
    rf"(?:(?:[A-Z][a-z]+day,?\s)?(?:{MONTH}\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|\.)?\s{MONTH})"
    r"(?:,?\s(?:19|20)\d\d)?)"
)
_DASH = r"(?:--|[-–—―])"
_AGENCY = r"[A-Z][\w.& -]{1,30}?"

_RULES: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        "dateline.agency-slash",
        lazily.compile(f"/{_AGENCY}/", re.IGNORECASE),
        lazily.compile(
            rf"(?:(?P<place>{_PLACE}|{_TITLE_PLACE})(?:[,.]\s{{1,2}})?)?(?:(?P<date>{_DATE})[,.]?\s{{0,2}})?"
            rf"/(?P<agency>{_AGENCY})/(?:\.|\s{{0,2}}{_DASH}|\s)",
            re.IGNORECASE,
        ),
    ),
    (
        "dateline.paren-date",
        lazily.compile(rf"\([^()]*\d[^()]*\)\s{{0,2}}{_DASH}"),
        lazily.compile(rf"(?:(?P<place>{_PLACE})\s{{1,2}})?\((?P<date>{_DATE})\)\s{{0,2}}{_DASH}"),
    ),
    (
        "dateline.agency-paren",
        lazily.compile(rf"\({_AGENCY}\)\s{{0,2}}(?:{_DASH}|\.\s|:)"),
        lazily.compile(
            rf"(?P<place>{_PLACE}|{_TITLE_PLACE})(?:[,.]\s{{1,2}}(?P<date>{_DATE})[,.]?)?\s{{1,2}}"
            rf"\((?P<agency>{_AGENCY})\)\s{{0,2}}(?:{_DASH}|\.\s|:)"
        ),
    ),
    (
        "dateline.place-date",
        lazily.compile(r"\d[^-–—―:]*[-–—―:]"),
        lazily.compile(rf"(?P<place>{_PLACE}),\s{{1,2}}(?P<date>{_DATE})[,.]?\s{{0,2}}(?:{_DASH}|:)"),
    ),
    (
        "dateline.bare",
        lazily.compile(r"--|[–—]|\s-\s"),
        lazily.compile(rf"(?P<place>{_PLACE})\s{{0,2}}(?:--|[–—]|\s-\s)\s?"),
    ),
)
"""Each rule by its name, with what every dateline of its form holds, which is quick to find; then the form."""
_IN_CAPITALS_ONLY = ("dateline.place-date", "dateline.bare")
_ABBREVIATED = lazily.compile(
    r"\b[A-Z]\.\s?[A-Z]\.\Z|,\s(?:Ala|Ariz|Ark|Calif|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo"
    r"|Mont|Neb|Nev|Okla|Ont|Ore|Pa|Que|Tenn|Va|Vt|Wash|Wis|Wyo)\.\Z"
)
"""Names of states that end in a full stop of their own."""
_COMMON = word_set(
    "a an the new old this that our their his her its my your some all no not of and or in on at by for from with "
    "photo photos video picture update updated note unit part page exclusive archive file see read more"
)
_NO_PLACE = frozenset(
    {
        "BREAKING",
        "UPDATE",
        "UPDATED",
        "EXCLUSIVE",
        "VIDEO",
        "WATCH",
        "NOTE",
        "PHOTO",
        "PHOTOS",
        "NEWS",
        "OPINION",
    }
)


@frozen
class PrintedDateline:
    """A dateline at `span`: each part with its own place. `date` is whole or lacks its year."""

    rule: str
    span: Span
    place: Span | None
    date: Printed | MonthDay | None
    agency: Span | None

    @property
    def is_strong(self) -> bool:
        """Say whether it names a date or an agency: a bare place and a dash can also be a line of prose."""
        return self.date is not None or self.agency is not None


def read_dateline(characters: str, start: int, end: int) -> PrintedDateline | None:
    """Return the dateline that the paragraph `[start, end)` opens with, or None."""
    reach = min(end, start + REACH)
    if start >= end or not (characters[start].isupper() or characters[start] in "(/"):
        return None
    for rule, pattern in _possible(characters[start:reach]):
        match = pattern.match(characters, start, reach)
        if match is not None and _credible(rule, match):
            agency = _span(match, "agency") if _is_agency(rule, match) else None
            return PrintedDateline(
                rule, match.span(), _span(match, "place"), _date(characters, match), agency
            )
    return None


def _possible(opening: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the rules whose signs an opening holds: few paragraphs hold any, and the patterns are large."""
    capitals = opening[1:2].isupper() or opening[1:2] in _IN_CAPITALS
    for rule, sign, pattern in _RULES:
        if (capitals or rule not in _IN_CAPITALS_ONLY) and sign.search(opening):
            yield rule, pattern


def _credible(rule: str, match: re.Match[str]) -> bool:
    groups = match.groupdict()
    place, agency = groups.get("place"), groups.get("agency")
    if place and place.upper() in _NO_PLACE:
        return False
    if not agency or _is_agency(rule, match):
        return True
    return rule == "dateline.agency-paren" and bool(place and place.isupper() and groups.get("date"))


def _is_agency(rule: str, match: re.Match[str]) -> bool:
    """Say whether a dateline's mark names who reported: a known name, an outlet's words, or a short name between strokes."""
    name = match.groupdict().get("agency")
    if not name:
        return False
    if rule == "dateline.agency-paren" and not (match["place"] or "").isupper():
        return known_outlet(name) is not None
    if known_outlet(name) or looks_like_outlet(name):
        return True
    words = name.split()
    proper = all(word[0].isupper() and word.lower() not in _COMMON for word in words)
    return (
        rule == "dateline.agency-slash" and 0 < len(words) <= 3 and proper and not any(map(str.isdigit, name))
    )


def _span(match: re.Match[str], name: str) -> Span | None:
    if not match.groupdict().get(name):
        return None
    start, end = match.span(name)
    keeps_stop = name != "place" or _ABBREVIATED.search(match[name])
    stripped = match[name] if keeps_stop else match[name].rstrip(" .,")
    return (start, end - (len(match[name]) - len(stripped)))


def _date(characters: str, match: re.Match[str]) -> Printed | MonthDay | None:
    span = _span(match, "date")
    if span is None:
        return None
    whole = find_date(characters, *span)
    if whole:
        return whole
    inner = re.compile(r"(?:[A-Z][a-z]+day,?\s)?").match(characters, *span)
    return find_month_day(characters, inner.end() if inner else span[0], span[1])
