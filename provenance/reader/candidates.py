"""The candidates for an article's values, collected with their evidence before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import attrs

from provenance.model.dates import Date, Precision
from provenance.model.evidence import Evidence, Layer, Place
from provenance.model.outlet import Dateline, Outlet
from provenance.model.quotation import Span
from provenance.reader.fields import decide
from provenance.reader.outlets import is_agency, most_telling, outlet_at, same_outlet
from provenance.reader.urls import host, path_date

T = TypeVar("T")


@attrs.define
class Candidates:
    """What speaks for each value of one article. `lines` are the lines that were taken, `headings` the headlines' places."""

    headline: list[Evidence[str]] = attrs.field(factory=list)
    outlet: list[Evidence[Outlet]] = attrs.field(factory=list)
    agencies: list[Evidence[tuple[str, ...]]] = attrs.field(factory=list)
    authors: list[Evidence[tuple[str, ...]]] = attrs.field(factory=list)
    published: list[Evidence[Date]] = attrs.field(factory=list)
    modified: list[Evidence[Date]] = attrs.field(factory=list)
    dateline: list[Evidence[Dateline]] = attrs.field(factory=list)
    original_url: list[Evidence[str]] = attrs.field(factory=list)
    section: list[Evidence[str]] = attrs.field(factory=list)
    lines: set[int] = attrs.field(factory=set)
    headings: list[Span] = attrs.field(factory=list)
    weekdays: list[tuple[Date, int, Span]] = attrs.field(factory=list)
    """Dates whose weekday is printed with them, as read: the day, the weekday named, and the place."""

    def fields(self) -> dict[str, Any]:
        """Decide every field."""
        outlets, agencies = publishers_and_agencies(self.outlet, self.agencies)
        return {
            "headline": decide(self.headline),
            "outlet": decide(outlets, same=same_outlet, refine=lambda values: most_telling(tuple(values))),
            "agencies": joined(agencies),
            "authors": decide(self.authors, same=lambda a, b: set(a) == set(b)),
            "published": decide(self.published, same=Date.agrees_with, refine=most_precise),
            "modified": decide(self.modified, same=Date.agrees_with, refine=most_precise),
            "dateline": decide(self.dateline),
            "original_url": decide(self.original_url),
            "section": decide(self.section),
        }


def evidence_at(characters: str, value: T, rule: str, layer: Layer, span: Span) -> Evidence[T]:
    """Return evidence whose raw form is what stands at `span` of the text."""
    return Evidence(value, rule, layer, characters[span[0] : span[1]], Place(*span))


def most_precise(dates: Sequence[Date]) -> Date:
    """Return the date that says most: the first of the highest precision."""
    order = list(Precision)
    return max(dates, key=lambda date: (order.index(date.precision), date.offset is not None))


def publishers_and_agencies(
    outlets: Sequence[Evidence[Outlet]], agencies: Sequence[Evidence[tuple[str, ...]]]
) -> tuple[list[Evidence[Outlet]], list[Evidence[tuple[str, ...]]]]:
    """Tell the outlet that published from the agencies it used: an agency is the outlet where nobody else is."""
    others = [e for e in outlets if not is_agency(e.value.name)]
    if not others:
        return list(outlets), list(agencies)
    used = [
        Evidence((e.value.name,), e.rule, e.layer, e.raw, e.place) for e in outlets if is_agency(e.value.name)
    ]
    return others, [*agencies, *used]


def joined(agencies: Sequence[Evidence[tuple[str, ...]]]) -> Any:
    """Return the field of all agencies that are named: several are no conflict."""
    names = tuple(dict.fromkeys(name for evidence in agencies for name in evidence.value))
    everything = [attrs.evolve(evidence, value=names) for evidence in agencies]
    return decide(everything)


def url_candidates(into: Candidates, characters: str, place: Span, rule: str, layer: Layer) -> None:
    """Add what an address in the text says: itself, its outlet by its domain, and the day in its path."""
    url = characters[place[0] : place[1]]
    into.original_url.append(evidence_at(characters, url, rule, layer, place))
    outlet, name, day = outlet_at(url), host(url), path_date(url)
    if outlet and name:
        at = characters.lower().find(name, *place) if len(characters.lower()) == len(characters) else -1
        span = (at, at + len(name)) if at >= 0 else place
        into.outlet.append(evidence_at(characters, outlet, "url.domain", Layer.URL, span))
    if day:
        span = (place[0] + day.start, place[0] + day.end)
        into.published.append(evidence_at(characters, day.date, "url.path-date", Layer.URL, span))
