"""Weak guesses at a publication date: dates the page shows that need not be its own. Only on demand become values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive import lazily
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer, Place, Tier
from provenance.reader import dates
from provenance.reader.blocks import Page, stands_aside
from provenance.reader.candidates import evidence_at

_SHORT = 120
"""Characters of a block that can be a date with what belongs to it; what is longer is prose."""
_RIGHTS = lazily.compile(r"©|\(c\)|copyright|all rights|comment|reply", re.IGNORECASE)
_SINCE = 1990
_LATEST = "2100-01-01"
"""What the other library takes for the future: its own answer is the clock's, and a reader has no clock."""


def guess(page: Page, modified: Field[Date], after: int) -> Field[Date]:
    """Return the best guess, tier E (printed near the headline, or the day of the last change) or F (elsewhere).

    `after` is where the headline ends in the text. Whoever asks accepts that one guess in
    two is wrong at tier E, and nearly every one at tier F: `confidences.json` has the shares.
    """
    printed = list(_printed(page))
    below = [evidence for evidence in printed if (evidence.place.start or 0) >= after]
    for tier, guesses in (
        (Tier.E, below),
        (Tier.E, modified.evidence),
        (Tier.F, printed),
        (Tier.F, _elsewhere(page)),
    ):
        first = next(iter(guesses), None)
        if first is not None:
            against = tuple(other for other in printed[:_KEPT] if other.value != first.value)
            return Field(first.value, tier, (first,), against)
    return Field()


_KEPT = 5


def _printed(page: Page) -> Iterator[Evidence[Date]]:
    """Yield the full dates in short blocks that do not stand beside the article."""
    for block in page.blocks:
        text = page.characters[block.start : block.end]
        if len(text) > _SHORT or not any(map(str.isdigit, text)) or _RIGHTS.search(text):
            continue
        for found in dates.find_dates(page.characters, block.start, block.end):
            if found.date.year >= _SINCE and not stands_aside(page, block):
                place = (found.start, found.end)
                yield evidence_at(page.characters, found.date, "weak.printed", Layer.BODY, place)


def _elsewhere(page: Page) -> Iterator[Evidence[Date]]:
    """Yield what htmldate finds, where it is installed (extra `dates`): it does not say where."""
    try:
        from htmldate import find_date
    except ImportError:
        return
    found = (
        find_date(page.dom.markup.decode(), original_date=True, max_date=_LATEST) if page.dom.markup else None
    )
    if found is not None:
        yield Evidence(Date.parse(found), "weak.htmldate", Layer.BODY, found, Place())
