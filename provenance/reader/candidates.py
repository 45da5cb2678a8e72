"""The candidates for an article's values, collected with their evidence before anything is decided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

import attrs

from archive.values import frozen
from provenance.model.dates import Date, Precision
from provenance.model.evidence import Evidence, Field, Layer, Place
from provenance.model.outlet import Dateline, Outlet
from provenance.model.quotation import Span
from provenance.reader.fields import decide
from provenance.reader.outlets import is_agency, most_telling, outlet_at, same_outlet
from provenance.reader.urls import host, path_date, unwrap

T = TypeVar("T")


@frozen
class Address:
    """An address that stands by itself at `place`: below a label (`is_labelled`), or bare in a head."""

    place: Span
    rule: str
    layer: Layer

    @property
    def is_labelled(self) -> bool:
        """Say whether the text calls it the original."""
        return self.layer is Layer.FOOTER


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
    addresses: list[Address] = attrs.field(factory=list)
    unassigned: list[str] = attrs.field(factory=list)
    """Addresses that could be the article's as well as others of its head: they were given to nobody."""
    is_contested: bool = False
    """Whether several addresses are each called the original."""

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
            "original_url": Field(conflicts=tuple(self.original_url))
            if self.is_contested
            else decide(self.original_url),
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
    used: list[Evidence[tuple[str, ...]]] = [
        Evidence((e.value.name,), e.rule, e.layer, e.raw, e.place) for e in outlets if is_agency(e.value.name)
    ]
    return others, [*agencies, *used]


def joined(agencies: Sequence[Evidence[tuple[str, ...]]]) -> Any:
    """Return the field of all agencies that are named: several are no conflict."""
    names = tuple(dict.fromkeys(name for evidence in agencies for name in evidence.value))
    everything = [attrs.evolve(evidence, value=names) for evidence in agencies]
    return decide(everything)


def settle_addresses(into: Candidates, characters: str) -> None:
    """Choose the original among the addresses found, and take its outlet and its day; several equally good are none."""
    labelled = [address for address in into.addresses if address.is_labelled]
    chosen = labelled or into.addresses
    different = {unwrap(characters[slice(*address.place)]) for address in chosen}
    if len(different) == 1:
        for address in chosen:
            url_candidates(into, characters, address.place, address.rule, address.layer)
    elif labelled:
        into.is_contested = True
        into.original_url += [url_evidence(characters, a.place, a.rule, a.layer) for a in labelled]
    rest = [characters[slice(*address.place)] for address in into.addresses if not address.is_labelled]
    if labelled or len(different) > 1:
        into.unassigned += [url for url in rest if not labelled or unwrap(url) not in different]


def url_evidence(characters: str, place: Span, rule: str, layer: Layer) -> Evidence[str]:
    """Return evidence for an address; an archived copy's is that of the page inside."""
    return evidence_at(characters, unwrap(characters[slice(*place)]), rule, layer, place)


def url_candidates(into: Candidates, characters: str, place: Span, rule: str, layer: Layer) -> None:
    """Add what an address in the text says: itself, its outlet by its domain, and the day in its path."""
    evidence = url_evidence(characters, place, rule, layer)
    into.original_url.append(evidence)
    url = evidence.value
    start = characters.find(url, *place)
    place = (start, place[1]) if start >= 0 else place
    outlet, name, day = outlet_at(url), host(url), path_date(url)
    if outlet and name:
        at = characters.lower().find(name, *place) if len(characters.lower()) == len(characters) else -1
        span = (at, at + len(name)) if at >= 0 else place
        into.outlet.append(evidence_at(characters, outlet, "url.domain", Layer.URL, span))
    if day:
        span = (place[0] + day.start, place[0] + day.end) if start >= 0 else place
        into.published.append(evidence_at(characters, day.date, "url.path-date", Layer.URL, span))
