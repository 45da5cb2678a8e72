"""Datelines: the place and the day a report was filed from, and the agency, as printed before its first sentence."""

from __future__ import annotations

import re

import attrs

from provenance.model.quotation import Span
from provenance.reader.dates import MONTH, MonthDay, Printed, find_date, find_month_day
from provenance.reader.outlets import entry_named, looks_like_outlet

REACH = 160
"""Characters within which a dateline ends."""

_UPPER = "[A-ZÀ-ÖØ-ÞŁŚŻŹĆŃŠČŘŽĐİĞŞŐŰА-ЯЁІЇЄҐΑ-Ω]"
_CAPS = rf"{_UPPER}(?:{_UPPER}|[.'’-])+"
_PLACE = (
    rf"(?:{_CAPS}(?:(?:,?\s|/|\sand\s|\s&\s)(?:{_CAPS}|and\s{_CAPS}|de\s{_CAPS}))*"
    r"(?:,\s[A-Z][a-z]+\.?(?:\s[A-Z][a-z]+)?)?)"
)
_TITLE_PLACE = r"[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2}"
_DATE = (
    rf"(?:(?:[A-Z][a-z]+day,?\s)?(?:{MONTH}\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|\.)?\s{MONTH})"
    r"(?:,?\s(?:19|20)\d\d)?)"
)
_DASH = r"(?:--|[-–—―])"
_AGENCY = r"[A-Z][\w.& -]{1,30}?"

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "dateline.agency-slash",
        re.compile(
            rf"(?:(?P<place>{_PLACE}|{_TITLE_PLACE})(?:[,.]\s{{1,2}})?)?(?:(?P<date>{_DATE})[,.]?\s{{0,2}})?"
            rf"/(?P<agency>{_AGENCY})/(?:\.|\s{{0,2}}{_DASH}|\s)",
            re.IGNORECASE,
        ),
    ),
    (
        "dateline.paren-date",
        re.compile(rf"(?:(?P<place>{_PLACE})\s{{1,2}})?\((?P<date>{_DATE})\)\s{{0,2}}{_DASH}"),
    ),
    (
        "dateline.agency-paren",
        re.compile(
            rf"(?P<place>{_PLACE}|{_TITLE_PLACE})(?:[,.]\s{{1,2}}(?P<date>{_DATE})[,.]?)?\s{{1,2}}"
            rf"\((?P<agency>{_AGENCY})\)\s{{0,2}}(?:{_DASH}|\.\s|:)"
        ),
    ),
    (
        "dateline.place-date",
        re.compile(rf"(?P<place>{_PLACE}),\s{{1,2}}(?P<date>{_DATE})[,.]?\s{{0,2}}(?:{_DASH}|:)"),
    ),
    ("dateline.bare", re.compile(rf"(?P<place>{_PLACE})\s{{0,2}}(?:--|[–—]|\s-\s)\s?")),
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


@attrs.frozen
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
    for rule, pattern in _RULES:
        match = pattern.match(characters, start, reach)
        if match is not None and _credible(rule, match):
            return PrintedDateline(
                rule, match.span(), _span(match, "place"), _date(characters, match), _span(match, "agency")
            )
    return None


def _credible(rule: str, match: re.Match[str]) -> bool:
    groups = match.groupdict()
    place, agency = groups.get("place"), groups.get("agency")
    if place and place.upper() in _NO_PLACE:
        return False
    if not agency:
        return True
    if place and not place.isupper() and rule == "dateline.agency-paren":
        return entry_named(agency) is not None
    return agency.isupper() or looks_like_outlet(agency) or bool(groups.get("date"))


def _span(match: re.Match[str], name: str) -> Span | None:
    if not match.groupdict().get(name):
        return None
    start, end = match.span(name)
    stripped = (
        match[name].rstrip(" .,") if name == "place" and not match[name].endswith("D.C.") else match[name]
    )
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
