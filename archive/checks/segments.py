"""Records that were cut into segments: numbered without gap, of one address, and as long together as they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from archive.warc.record import Placed

_NUMBER = lazily.compile(r"[0-9]{1,18}")
_OF_SEGMENTS = {"WARC-Segment-Origin-ID", "WARC-Segment-Number"}
_ORIGIN, _COUNT, _TOTAL = "WARC-Segment-Origin-ID", "WARC-Segment-Number", "WARC-Segment-Total-Length"


def check_segments(records: Iterable[Placed], known: Callable[[str], Placed | None]) -> Iterator[Finding]:
    """Find where segments contradict one another (ISO 28500 §7), and those whose other parts are not here.

    `known` returns the one record with an id, or None.
    """
    series: dict[str, list[Placed]] = {}
    begun: list[Placed] = []
    for placed in records:
        for name, _ in placed.header.fields:
            if name in _OF_SEGMENTS:
                break
        else:
            continue
        if placed.type.lower() == "continuation":
            origin = (placed.header.get(_ORIGIN) or "").removeprefix("<").removesuffix(">")
            series.setdefault(origin, []).append(placed)
        elif _number(placed, _COUNT) == 1:
            begun.append(placed)
    for origin, parts in series.items():
        yield from _series(known(origin), sorted(parts, key=lambda part: _number(part, _COUNT) or 0))
    for first in begun:
        if first.record_id.removeprefix("<").removesuffix(">") not in series:
            yield _missing(first, "the segments that continue this record are not in this archive")


def _series(first: Placed | None, parts: list[Placed]) -> Iterator[Finding]:
    numbers = [_number(part, _COUNT) for part in parts]
    for part, number, before in zip(parts[1:], numbers[1:], numbers[:-1], strict=True):
        if number == before:
            yield _differs(part, _COUNT, "two segments of one record have this number", number)
    for part in parts[:-1]:
        if part.header.get(_TOTAL) is not None:
            yield _differs(part, _TOTAL, "a segment that is not the last gives the total length", None)
    if first is None:
        yield _missing(parts[0], "the first segment of this record is not in this archive")
        return
    yield from _of_first(first, parts)
    yield from _whole(first, parts, numbers)


def _of_first(first: Placed, parts: list[Placed]) -> Iterator[Finding]:
    if _number(first, _COUNT) != 1:
        message = "the record that is continued does not say that it is the first segment"
        yield _differs(first, _COUNT, message, first.header.get(_COUNT))
    for part in parts:
        if part.target_uri != first.target_uri:
            message = "a segment has another address than the first one"
            yield _differs(part, "WARC-Target-URI", message, part.target_uri)


def _whole(first: Placed, parts: list[Placed], numbers: list[int | None]) -> Iterator[Finding]:
    """Compare the length of all segments with the one that the last gives; say where one is not here."""
    total = _number(parts[-1], _TOTAL)
    if numbers != list(range(2, len(parts) + 2)) or total is None:
        if len(set(numbers)) == len(numbers):
            yield _missing(first, "segments of this record are not in this archive")
        return
    actual = first.block_bytes + sum(part.block_bytes for part in parts)
    if actual != total:
        message = "the segments together have another length than the last one gives"
        yield _differs(parts[-1], _TOTAL, message, actual)


def _number(placed: Placed, field: str) -> int | None:
    value = placed.header.get(field) or ""
    return int(value) if _NUMBER.fullmatch(value) else None


def _at(placed: Placed, field: str | None = None) -> Location:
    where = Location(member=placed.member, offset_bytes=placed.offset_bytes, record=placed.record_id or None)
    return where.within(field=field)


def _differs(placed: Placed, field: str, message: str, actual: object) -> Finding:
    return found("structure.segments-differ", message, where=_at(placed, field), actual=actual)


def _missing(placed: Placed, message: str) -> Finding:
    return found("structure.segment-missing", message, where=_at(placed, _ORIGIN))
