"""One part of a document: what its head, its dateline and its foot say, as candidates with their places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive import lazily
from archive.values import frozen
from provenance.model.dates import Date
from provenance.model.evidence import Layer
from provenance.model.outlet import Dateline
from provenance.model.quotation import Span
from provenance.reader import footers, masthead
from provenance.reader.candidates import Address, Candidates, evidence_at, settle_addresses
from provenance.reader.date_lines import DateLine, leads_in, read_date_line
from provenance.reader.datelines import PrintedDateline, read_dateline
from provenance.reader.dates import Printed, complete
from provenance.reader.layout import Layout
from provenance.reader.outlets import is_agency, known_outlet, outlet_named
from provenance.reader.segments import Part, Shape
from provenance.reader.urls import could_be_article, is_archive, unwrap

HEAD_LINES = 14
"""Lines in which a head is looked for; it ends before the second paragraph of prose."""
_LONG = 200
_LABEL_WORDS = 2
_TWO_SENTENCES = lazily.compile(r"\w{4,}[.!] [A-Z]")
_OF_A_MEETING = lazily.compile(
    r"(?:\w+\s){0,4}(?:minutes|agenda)(?:\s(?:of|for|from)\b|\W*\Z)", re.IGNORECASE
)
_ALL_QUOTED = lazily.compile(r"[\"“„«‘'>]")
_MASTHEAD = (Shape.DATE, Shape.BYLINE, Shape.OUTLET, Shape.URL)


@frozen
class _Reading:
    """One part being read: the text, the shapes of its lines, and what was found so far."""

    layout: Layout
    shapes: Sequence[Shape]
    part: Part
    into: Candidates

    @property
    def characters(self) -> str:
        return self.layout.characters

    def bare(self, index: int) -> Span:
        return masthead.bare(self.characters, *self.layout.lines[index].span)[0]


def collect(layout: Layout, shapes: Sequence[Shape], part: Part) -> Candidates:
    """Return the candidates for the values of one part."""
    reading = _Reading(layout, shapes, part, Candidates())
    head = _head(reading)
    _headline(reading, head)
    _addresses(reading)
    for index in head:
        if index not in reading.into.lines:
            _head_line(reading, index)
    settle_addresses(reading.into, reading.characters)
    _credits(reading, head)
    _dateline(reading, head)
    return reading.into


def _head(reading: _Reading) -> range:
    """Return the lines of the head: from the part's first line up to its second paragraph of prose."""
    prose = 0
    last = min(reading.part.last, reading.part.first + HEAD_LINES)
    for index in range(reading.part.first, last):
        line = reading.layout.lines[index]
        if reading.shapes[index] is Shape.PROSE:
            prose += 1 + (line.end - line.start > _LONG)
            if prose > 1:
                return range(reading.part.first, index)
    return range(reading.part.first, last)


def _headline(reading: _Reading, head: range) -> None:
    """Take the first line that is a headline, where prose follows it. A sentence before it means there is none."""
    prose_below = any(
        reading.shapes[i] is Shape.PROSE
        for i in range(head.start, min(reading.part.last, head.stop + HEAD_LINES))
    )
    candidate = None
    for index in head:
        shape = reading.shapes[index]
        if shape is Shape.PROSE:
            break
        if shape is Shape.HEADLINE:
            candidate = index
            break
    if candidate is None:
        candidate = _outlet_as_headline(reading, head)
    if candidate is None or not prose_below:
        return
    span = masthead.without_subject(reading.characters, *reading.bare(candidate))
    if not _is_titular(reading, span):
        return
    reading.into.headline.append(
        evidence_at(
            reading.characters, reading.characters[slice(*span)], "plain.headline", Layer.MASTHEAD, span
        )
    )
    reading.into.headings.append(span)
    reading.into.lines.add(candidate)


def _is_titular(reading: _Reading, span: Span) -> bool:
    """Say whether a first line is more than a label: three words or more, in one sentence, or marked as a heading."""
    text = reading.characters[slice(*span)]
    words = len(text.split()) > _LABEL_WORDS or not text.isascii()
    return (words or text != reading.layout.string(reading.part.first)) and not _TWO_SENTENCES.search(text)


def _outlet_as_headline(reading: _Reading, head: range) -> int | None:
    """Return a first line that only sounds like an outlet, where no other line can be the headline."""
    first = next((i for i in head if reading.shapes[i] in (Shape.OUTLET, Shape.PROSE)), None)
    if first is None or reading.shapes[first] is Shape.PROSE:
        return None
    return None if known_outlet(reading.layout.string(first)) else first


def _head_line(reading: _Reading, index: int) -> None:
    characters, span, into = reading.characters, reading.bare(index), reading.into
    shape = reading.shapes[index]
    if shape is Shape.DATE:
        _date_line(reading, index)
    elif shape is Shape.BYLINE:
        _byline(reading, index)
    elif shape is Shape.OUTLET and into.headline and _beside_head(reading, index):
        outlet = outlet_named(characters[slice(*span)])
        into.outlet.append(evidence_at(characters, outlet, "byline.outlet-line", Layer.BYLINE, span))
        into.lines.add(index)
    elif shape is Shape.URL:
        place = masthead.read_url_line(characters, *span)
        if place and could_be_article(characters[slice(*place)]):
            into.addresses.append(Address(place, "header.url-line", Layer.MASTHEAD))
            into.lines.add(index)


def _beside_head(reading: _Reading, index: int) -> bool:
    """Say whether a line stands among the lines of the head: beside the headline, a date line or a byline."""
    near = [i for i in (index - 1, index + 1) if reading.part.first <= i < reading.part.last]
    return any(i in reading.into.lines or reading.shapes[i] in _MASTHEAD for i in near)


def _date_line(reading: _Reading, index: int) -> None:
    characters, into = reading.characters, reading.into
    line = read_date_line(characters, *reading.bare(index))
    if line is None or _is_other_day(reading, index, line):
        return
    into.lines.add(index)
    for printed, target, rule in (
        (line.published, into.published, "header.date-line"),
        (line.modified, into.modified, "header.updated"),
    ):
        if printed:
            _date(reading, printed, target, rule, Layer.MASTHEAD)
    if line.section:
        section = characters[slice(*line.section)]
        into.section.append(evidence_at(characters, section, "header.section", Layer.MASTHEAD, line.section))
    if line.poster and masthead.is_person(characters[slice(*line.poster)]):
        name = characters[slice(*line.poster)]
        into.authors.append(evidence_at(characters, (name,), "header.poster", Layer.MASTHEAD, line.poster))


def _is_other_day(reading: _Reading, index: int, line: DateLine) -> bool:
    """Say whether a date is rather a chronicle's, a meeting's, or the end of the line before than the article's."""
    if index > reading.part.first and leads_in(reading.layout.string(index - 1)):
        return True
    if not line.is_bare:
        return False
    if reading.into.headline and _OF_A_MEETING.match(reading.into.headline[0].value):
        return True
    days = set()
    for i in range(reading.part.first, reading.part.last):
        other = (
            read_date_line(reading.characters, *reading.bare(i)) if reading.shapes[i] is Shape.DATE else None
        )
        if other is not None and other.is_bare and other.published:
            days.add(other.published.date)
    return len(days) > 1


def _date(reading: _Reading, printed: Printed, target: list, rule: str, layer: Layer) -> None:  # type: ignore[type-arg]
    span = (printed.start, printed.end)
    target.append(evidence_at(reading.characters, printed.date, rule, layer, span))
    if printed.weekday is not None:
        reading.into.weekdays.append((printed.date, printed.weekday, span))


def _byline(reading: _Reading, index: int) -> None:
    characters, into = reading.characters, reading.into
    byline = masthead.read_byline(characters, *reading.bare(index))
    if byline is None or (byline.rule == "byline.dash" and not _is_signature(reading, index)):
        return
    into.lines.add(index)
    if byline.names:
        names = tuple(characters[slice(*name)] for name in byline.names)
        span = (byline.names[0][0], byline.names[-1][1])
        into.authors.append(evidence_at(characters, names, byline.rule, Layer.BYLINE, span))
    if byline.outlet:
        outlet = outlet_named(characters[slice(*byline.outlet)])
        into.outlet.append(evidence_at(characters, outlet, byline.rule, Layer.BYLINE, byline.outlet))


def _is_signature(reading: _Reading, index: int) -> bool:
    """Say whether `— Name` signs the article, and not only the words above it, as an epigraph is signed.

    It does above a `Published in …`, at the article's end, and in its masthead; below a quotation only the first.
    """
    shapes, part = reading.shapes, reading.part
    if index + 1 < part.last and shapes[index + 1] is Shape.PUBLISHED_IN:
        return True
    if index == part.first or _ALL_QUOTED.match(reading.layout.string(index - 1)):
        return False
    if index + 1 == part.last:
        return bool(reading.into.headline)
    return index - 1 in reading.into.lines


def _addresses(reading: _Reading) -> None:
    """Read where the article was published and its address, which stand below it, or above it by their label."""
    after_label = False
    for index in range(reading.part.first, reading.part.last):
        shape = reading.shapes[index]
        if shape is Shape.PUBLISHED_IN:
            _published_in(reading, index)
        elif shape is Shape.ORIGINAL or (after_label and shape is Shape.URL):
            _original(reading, index)
        after_label = shape is Shape.ORIGINAL


def _credits(reading: _Reading, head: range) -> None:
    """Read who signed below the article and who contributed to it."""
    for index in range(reading.part.first, reading.part.last):
        shape = reading.shapes[index]
        if shape is Shape.CREDIT:
            _credit(reading, index)
        elif (
            shape is Shape.BYLINE
            and index >= max(head.stop, reading.part.last - 4)
            and not reading.into.authors
        ):
            _byline(reading, index)


def _published_in(reading: _Reading, index: int) -> None:
    characters, into = reading.characters, reading.into
    line = footers.read_published_in(characters, *reading.bare(index))
    if line is None:
        return
    into.lines.add(index)
    outlet = outlet_named(characters[slice(*line.outlet)])
    into.outlet.append(evidence_at(characters, outlet, "footer.published-in", Layer.FOOTER, line.outlet))
    _date(reading, line.date, into.published, "footer.published-in", Layer.FOOTER)
    if line.series:
        series = characters[slice(*line.series)]
        into.section.append(evidence_at(characters, series, "footer.published-in", Layer.FOOTER, line.series))


def _original(reading: _Reading, index: int) -> None:
    characters, span = reading.characters, reading.layout.lines[index].span
    reading.into.lines.add(index)
    place = footers.read_original(characters, *span) or masthead.read_url_line(characters, *span)
    if place and not is_archive(unwrap(characters[slice(*place)])):
        reading.into.addresses.append(Address(place, "footer.original-url", Layer.FOOTER))


def _credit(reading: _Reading, index: int) -> None:
    characters, into, span = reading.characters, reading.into, reading.bare(index)
    into.lines.add(index)
    agencies = [s for s in footers.read_contributors(characters, *span) if is_agency(characters[slice(*s)])]
    if agencies:
        names = tuple(characters[slice(*s)] for s in agencies)
        place = (agencies[0][0], agencies[-1][1])
        into.agencies.append(evidence_at(characters, names, "credit.contributed", Layer.FOOTER, place))
    reporters = [
        s for s in footers.read_reporters(characters, *span) if masthead.is_person(characters[slice(*s)])
    ]
    if reporters and not into.authors:
        names = tuple(characters[slice(*s)] for s in reporters)
        place = (reporters[0][0], reporters[-1][1])
        into.authors.append(evidence_at(characters, names, "footer.reporting-by", Layer.FOOTER, place))


def _dateline(reading: _Reading, head: range) -> None:
    """Read the dateline of the first paragraph of prose (short sentences before it are standfirsts)."""
    seen = 0
    for index in range(head.start, min(reading.part.last, head.stop + 3)):
        if reading.shapes[index] is not Shape.PROSE:
            continue
        line = reading.layout.lines[index]
        printed = read_dateline(reading.characters, line.start, line.end)
        if printed is not None:
            _take_dateline(reading, printed)
            return
        seen += 1
        if seen > 1 or line.end - line.start > _LONG:
            return


def _take_dateline(reading: _Reading, printed: PrintedDateline) -> None:
    characters, into = reading.characters, reading.into
    date: Date | None = None
    rule = printed.rule
    if isinstance(printed.date, Printed):
        date = printed.date.date
    elif printed.date is not None:
        known = [evidence.value for evidence in into.published if evidence.value.day_date]
        date = complete(printed.date, known[0] if known else None)
        rule = f"{printed.rule}.year-from-header"
    if printed.date and date:
        span = (printed.date.start, printed.date.end)
        into.published.append(evidence_at(characters, date, rule, Layer.DATELINE, span))
        if isinstance(printed.date, Printed) and printed.date.weekday is not None:
            into.weekdays.append((date, printed.date.weekday, span))
    if printed.agency:
        outlet = outlet_named(characters[slice(*printed.agency)])
        into.outlet.append(evidence_at(characters, outlet, printed.rule, Layer.DATELINE, printed.agency))
    if printed.place or date:
        place = characters[slice(*printed.place)] if printed.place else None
        value = Dateline(place, str(date) if date else None)
        into.dateline.append(evidence_at(characters, value, printed.rule, Layer.DATELINE, printed.span))
