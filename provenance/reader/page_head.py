"""What is printed around the headline of a page: dates, a byline, the dateline of the first paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import attrs

from archive import lazily
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Layer
from provenance.model.outlet import Dateline
from provenance.model.quotation import Span
from provenance.reader import dates, masthead, metadata
from provenance.reader.blocks import Block, Page, stands_aside
from provenance.reader.candidates import evidence_at
from provenance.reader.date_lines import read_date_line
from provenance.reader.datelines import PrintedDateline, read_dateline

_BEFORE = 2
_AFTER = 12
"""Blocks around the headline in which its dates and bylines stand."""
_LONGEST = 100
"""Characters of a line that is a date or a byline; what is longer is a paragraph, and ends the head."""
_RIGHTS = lazily.compile(r"©|\(c\)|copyright|all rights", re.IGNORECASE)
_LABELLED = lazily.compile(
    r"(?:\b(?:published|posted|date|written|veröffentlicht|publié|publicado|опубликовано)(?:\s(?:on|at|am|le|el))?\s?:?"
    r"|\bby:?\s[^:]{2,50}\s(?:on|at))\s*\Z",
    re.IGNORECASE,
)
_APART = lazily.compile(
    r"\s*(?:[|•·・/,;—–-]|\(|\d|\bby\b|\bin\b|\bat\b|updated|last|\s{2}|\n|[A-Z])", re.IGNORECASE
)
_SPLIT = lazily.compile(r"[|•·・,;/—–]\s*(?=[A-Z]|\Z)")
_ANY_DAY = "1 March 2019"
_OPENING = 2
"""Paragraphs at the start of the body that can bear the dateline."""


@attrs.frozen
class Head:
    """The printed candidates of a page, each at its place in the canonical text. `headline` is the heading's place."""

    headline: Span | None = None
    published: tuple[Evidence[Date], ...] = ()
    modified: tuple[Evidence[Date], ...] = ()
    authors: tuple[Evidence[tuple[str, ...]], ...] = ()
    dateline: PrintedDateline | None = None


def read_head(page: Page, body: Sequence[Block]) -> Head:
    """Read the short lines around the first `<h1>`, and the opening of the body."""
    heading = next((n for n, block in enumerate(page.blocks) if block.tag == "h1"), None)
    lines = list(_lines(page, heading)) if heading is not None else []
    found = [e for span in lines for e in _dates(page, span)]
    first = page.blocks[heading] if heading is not None else None
    return Head(
        (first.start, first.end) if first else None,
        tuple(e for e in found if e.rule == "masthead.date-line")[:1],
        tuple(e for e in found if e.rule == "masthead.updated")[:1],
        tuple(e for span in lines for e in _bylines(page, span))[:1],
        _dateline(page, body),
    )


def _lines(page: Page, heading: int) -> Iterator[Span]:
    for number in range(max(0, heading - _BEFORE), min(len(page.blocks), heading + _AFTER)):
        block = page.blocks[number]
        long = block.end - block.start > _LONGEST
        if long and number > heading and block.tag == "p":
            return
        if not long and number != heading and not stands_aside(page, block):
            yield from _split(page.characters, (block.start, block.end))


def _split(characters: str, span: Span) -> Iterator[Span]:
    """Divide a block at its line breaks."""
    start = span[0]
    for piece in characters[slice(*span)].split("\n"):
        if piece.strip():
            yield (start, start + len(piece))
        start += len(piece) + 1


def _dates(page: Page, span: Span) -> Iterator[Evidence[Date]]:
    if _RIGHTS.search(page.characters, *span):
        return
    for printed in dates.find_dates(page.characters, *span):
        before = page.characters[span[0] : printed.start]
        updated = metadata.says_updated(before)
        if not updated and not _is_of_publication(before, page.characters[printed.end : span[1]]):
            continue
        rule = "masthead.updated" if updated else "masthead.date-line"
        yield evidence_at(page.characters, printed.date, rule, Layer.MASTHEAD, (printed.start, printed.end))


def _is_of_publication(before: str, after: str) -> bool:
    """Say whether a date in a short line is that of publication: bare between separators, labelled, or a byline's."""
    if _LABELLED.search(before):
        return True
    line = f"{_SPLIT.split(before)[-1]}{_ANY_DAY}"
    is_date_line = read_date_line(line, 0, len(line)) is not None
    return is_date_line and (not after.strip() or _APART.match(after) is not None)


def _bylines(page: Page, span: Span) -> Iterator[Evidence[tuple[str, ...]]]:
    byline = masthead.read_byline(page.characters, *span)
    if byline is not None and byline.names and byline.rule != "byline.dash":
        names = tuple(page.characters[slice(*name)] for name in byline.names)
        place = (byline.names[0][0], byline.names[-1][1])
        yield evidence_at(page.characters, names, byline.rule, Layer.MASTHEAD, place)


def _dateline(page: Page, body: Sequence[Block]) -> PrintedDateline | None:
    opening = [block for block in body if block.end - block.start > 40][:_OPENING]
    for block in opening:
        printed = read_dateline(page.characters, block.start, block.end)
        if printed is not None:
            return printed
    return None


def dateline_of(page: Page, printed: PrintedDateline, published: Date | None) -> Iterator[Evidence[Dateline]]:
    """Yield the dateline's evidence; a day without its year takes the year of the publication date."""
    date: Date | None = None
    if isinstance(printed.date, dates.Printed):
        date = printed.date.date
    elif printed.date is not None:
        date = dates.complete(printed.date, published)
    place = page.characters[slice(*printed.place)] if printed.place else None
    if place or date:
        value = Dateline(place, str(date) if date else None)
        yield evidence_at(page.characters, value, printed.rule, Layer.DATELINE, printed.span)
