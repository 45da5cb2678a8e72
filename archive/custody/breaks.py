"""What was done to the lines of a log, told from where they do not follow each other.

A line names the digest of the one before it. Where that is another one, the digest that it names is looked for in the
whole log; where it lies, and the numbers of the lines, tell an edited line from one that was removed, put in or moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from archive.custody.events import Line
from archive.errors import Location
from archive.findings import Finding, found


@attrs.frozen
class Break:
    """A line that does not follow the one before it: `at` is its number in the file, `before` the digest of that line.

    `seq_before` is the number that the line before gives itself, as far as it can be read; `blind` says how many lines
    between the two could not be. `misnumbered`: that number does not follow the one before it, though its line does.
    """

    at: int
    offset_bytes: int
    line: Line
    before: str
    before_offset_bytes: int
    seq_before: int
    blind: int = 0
    misnumbered: bool = False

    @property
    def expected(self) -> int:
        """The number that the line should have."""
        return self.seq_before + self.blind + 1


def told(breaks: Sequence[Break], places: Mapping[str, int]) -> Iterator[Finding]:
    """Yield what the breaks are signs of. `places` gives the lines of the file that have the digests named there.

    Lines count from 0; the beginning, which the first line names, is at -1.
    A break whose neighbour tells the same better yields nothing.
    """
    wanted = {each.line.prev for each in breaks}
    for number, each in enumerate(breaks):
        earlier = breaks[number - 1] if number else None
        later = breaks[number + 1] if number + 1 < len(breaks) else None
        place = places.get(each.line.prev)
        if place is not None and place >= each.at:
            yield _moved(each, place)
        elif _is_skipped(each, later, places, wanted):
            continue  # the line behind it follows the one in front of it, and there that is told
        elif place is None:
            yield from _follows_nothing(each, later, places)
        elif each.before in wanted:
            yield _moved(each, place)
        elif earlier is None or earlier.at != place + 1 or places.get(earlier.line.prev, -1) < earlier.at:
            yield from _put_in(each, place)


def where(at: int, offset_bytes: int | None) -> Location:
    """Return the place of a line by its number in the file."""
    return Location(offset_bytes=offset_bytes, record=f"line {at}")


def _is_skipped(each: Break, later: Break | None, places: Mapping[str, int], wanted: set[str]) -> bool:
    if later is None or later.before in wanted:
        return False
    return places.get(later.line.prev) == each.at - 1


def _moved(each: Break, place: int) -> Finding:
    message = f"line {each.line.seq} does not stand behind the line that it follows"
    at = where(each.at, each.offset_bytes)
    return found(
        "custody.line-moved", message, where=at, expected=f"line {place + 1}", actual=f"line {each.at}"
    )


def _put_in(each: Break, place: int) -> Iterator[Finding]:
    """Yield what stands between a line and the earlier one that it follows."""
    count = each.at - place - 1
    if each.line.seq == each.seq_before:
        message = f"two lines have the number {each.line.seq}, and both follow the same line"
        at = where(each.at, each.offset_bytes)
        expected, actual = each.expected, each.line.seq
        yield found("custody.sequence-repeated", message, where=at, expected=expected, actual=actual)
    elif count > each.blind:  # what cannot be read was told already
        message = f"{count} line{'s' * (count > 1)} between two that follow each other"
        at = where(place + 1, each.before_offset_bytes if count == 1 else None)
        yield found("custody.line-inserted", message, where=at)


def _follows_nothing(each: Break, later: Break | None, places: Mapping[str, int]) -> Iterator[Finding]:
    """Yield what is the matter where the line that this one follows is not in the log."""
    at, seq = where(each.at, each.offset_bytes), each.line.seq
    if each.misnumbered or seq == each.expected:
        yield from _edited(each, later, places)
    elif seq > each.expected:
        last = seq - 1
        message = (
            f"line {last} is not here"
            if last == each.expected
            else f"lines {each.expected} to {last} are not here"
        )
        yield found("custody.line-removed", message, where=at, expected=each.expected, actual=seq)
    else:
        message = f"line {seq} follows no line of this log"
        yield found("custody.line-inserted", message, where=at, expected=each.expected, actual=seq)


def _edited(each: Break, later: Break | None, places: Mapping[str, int]) -> Iterator[Finding]:
    """Yield the line that was edited: that in front, unless the next line does not know this one either."""
    itself = later is not None and later.at == each.at + 1 and later.line.prev not in places
    if each.blind or (itself and not each.misnumbered):
        return
    at = max(0, each.at - 1)
    message = f"line {at} is not what it was when the line behind it was written"
    place = where(at, each.before_offset_bytes)
    yield found("custody.line-edited", message, where=place, expected=each.line.prev, actual=each.before)
