"""Which records go with a record: what else of an archive would tell what it was, if it stayed.

1. What refers to it: what was derived from it, revisits of it, its segments, metadata about it.
2. The other records of its capture event: the request, by `WARC-Concurrent-To` or by the same address and date.
3. Records of the same page, and revisits that give the digest of its payload.

Each of these may bring further ones. A warcinfo describes a file and goes with no record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.warc.record import Placed

_NAMED = ("WARC-Refers-To", "WARC-Concurrent-To", "WARC-Segment-Origin-ID")
_BOTH_WAYS = ("WARC-Concurrent-To", "WARC-Segment-Origin-ID")
_EVENT = ("request", "metadata")
_CAPTURES = ("response", "resource", "revisit")


def belonging(placed: Sequence[Placed], chosen: Iterable[int]) -> tuple[int, ...]:
    """Return the records (by place among `placed`) that go with the chosen ones, these included, in order."""
    by_key = dict[tuple[str, ...], list[int]]()
    for number, each in enumerate(placed):
        for key in _keys(each):
            by_key.setdefault(key, []).append(number)
    found, waiting = set[int](), list(chosen)
    while waiting:
        number = waiting.pop()
        if number in found or placed[number].type == "warcinfo":
            continue
        found.add(number)
        for key in _pulls(placed[number]):
            waiting += by_key.pop(key, ())  # once is enough: all of them are waiting now
    return tuple(sorted(found))


def _keys(placed: Placed) -> Iterator[tuple[str, ...]]:
    """Yield under what a record is pulled along."""
    header = placed.header
    yield "id", _bare(placed.record_id)
    for name in _NAMED:
        for value in header.all(name):
            yield "names", _bare(value)
    if placed.type in _EVENT and placed.target_uri:
        yield "event", placed.target_uri, placed.date
    if page := header.get("WARC-Page-ID"):
        yield "page", page
    if placed.type == "revisit":
        yield (
            "revisits",
            header.get("WARC-Refers-To-Target-URI") or "",
            header.get("WARC-Refers-To-Date") or "",
        )
        yield "payload", header.get("WARC-Payload-Digest") or ""


def _pulls(placed: Placed) -> Iterator[tuple[str, ...]]:
    """Yield what a withheld record pulls along."""
    header = placed.header
    yield "names", _bare(placed.record_id)
    for name in _BOTH_WAYS:
        for value in header.all(name):
            yield "id", _bare(value)
            yield "names", _bare(value)
    if placed.type not in _CAPTURES:
        return
    yield "event", placed.target_uri or "", placed.date
    if page := header.get("WARC-Page-ID"):
        yield "page", page
    yield "revisits", placed.target_uri or "", placed.date
    if claimed := header.get("WARC-Payload-Digest"):
        yield "payload", claimed


def _bare(record_id: str) -> str:
    return record_id.removeprefix("<").removesuffix(">")
