"""Does the index say what is so: every line against its record, every record in a line, every block in its place."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import attrs

from archive import lazily
from archive.cdxj import Line, host_of_key, indexed, is_key_of, is_time_of, line, target
from archive.cdxj import parse as parse_line
from archive.checks.digests import Comparison, compare_digest, stored_digest
from archive.checks.policy import Outcome, Policy
from archive.checks.records import most_lines, place, surveyed
from archive.errors import Location
from archive.findings import Count, Covered, Finding, Status, found
from archive.surt import surt
from archive.wacz.datapackage import software_of
from archive.wacz.package import Kind, Package
from archive.wacz.zipnum import Block, blocks_of, parse_block, parse_meta
from archive.warc.record import Placed

_UNSORTING = lazily.compile(r"\b(?:js-wacz|scoop)\b", re.IGNORECASE)
"""Writers some of whose versions are known to write an index in another order than that of its bytes."""
_RECORD_END = b"\r\n\r\n"
_NEEDED = ("url", "offset", "length", "filename")


@attrs.define
class _Records:
    """The records that an index may point at, by the name and offset by which it does."""

    by_place: dict[tuple[str, str], Placed]
    named: set[tuple[str, str]] = attrs.field(factory=set)
    last: tuple[Placed, Line | None] | None = None
    """The record that was asked about last, with its line: hostile lines may be about one record all."""

    def line_of(self, placed: Placed) -> Line | None:
        """Return the line that a record should have, also where an index need not list it."""
        if self.last is None or self.last[0] is not placed:
            self.last = placed, line(placed) or line(placed, of_any_type=True)
        return self.last[1]

    def find(self, entry: Line) -> Placed | None:
        """Return the record that a line points at, and remember that one does."""
        name = entry.fields["filename"].removeprefix("archive/")
        key = (name, entry.fields["offset"])
        if key not in self.by_place:
            key = (name.rpartition("/")[2], key[1])
        self.named.add(key)
        return self.by_place.get(key)


def check_index(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what the indexes of a package say otherwise than its records.

    1. Every line can be read, and stands behind a line that is not greater by its bytes.
    2. Every line points at a record, and says of it what is so.
    3. Every record that belongs in an index has a line.
    4. Every block of a compressed index is where the block list says, with the digest that it says.
    """
    if package.kind is not Kind.WACZ:
        return
    placed = (p for name in package.warc_names for p in surveyed(package, name, policy))
    records = _Records({(p.member.removeprefix("archive/"), str(p.offset_bytes)): p for p in placed})
    strict = policy.demands_canonical(package)
    for name in package.index_names:
        if package.entries[name].readable:
            yield from _check_lines(package, name, records, most_lines(package, policy), strict=strict)
            yield from _check_blocks(package, name, strict=strict)
    if package.index_names:
        yield from _check_complete(records, strict=strict)


def _check_lines(
    package: Package, name: str, records: _Records, allowed: int, *, strict: bool
) -> Iterator[Outcome]:
    """Yield what is wrong with the lines of one index, and how many of them could be checked."""
    checked = present = 0
    last = last_line = b""
    order = None if strict or not _UNSORTING.search(software_of(package.datapackage)) else Status.WARNED
    try:
        for offset_bytes, raw in package.lines(name):
            if raw.startswith((b"!", b" CDX ")):
                continue
            present += 1
            if present > allowed:
                yield _too_many(name, allowed)
                break
            where = Location(member=name, offset_bytes=offset_bytes)
            findings = tuple(_check_line(package, raw, records, where, strict=strict))
            checked += not any(finding.status is Status.NOT_CHECKED for finding in findings)
            yield from findings
            prefix = raw.partition(b"{")[0]
            if prefix < last:
                yield found(
                    "index.unsorted",
                    "the line belongs before the one in front of it",
                    where=where,
                    status=order,
                )
            if raw == last_line:
                status = None if strict else Status.WARNED
                yield found(
                    "index.line-repeated", "the same line stands here again", where=where, status=status
                )
            last, last_line = prefix, raw
    except ValueError as error:
        yield found("index.damaged", f"the index cannot be inflated: {error}", where=Location(member=name))
    yield Covered("index_lines", Count(checked, present))


def _too_many(name: str, allowed: int) -> Finding:
    message = f"the index has more lines than its records can have: the limit lines_a_record allows {allowed}"
    return found("check.stopped", message, where=Location(member=name), expected=allowed)


def _check_line(
    package: Package, raw: bytes, records: _Records, where: Location, *, strict: bool
) -> Iterator[Finding]:
    try:
        entry = parse_line(raw, limits=package.limits)
    except ValueError as error:
        yield found("index.line-broken", f"the line cannot be read: {error}", where=where)
        return
    missing = [field for field in _NEEDED if field not in entry.fields]
    if entry.repeated or missing:
        fault = f"{entry.repeated[0]!r} stands twice" if entry.repeated else f"{missing[0]!r} is missing"
        yield found("index.line-broken", f"the line cannot be relied on: {fault}", where=where)
        return
    placed = records.find(entry)
    if placed is None:
        yield found(
            "index.no-record", f"no record is where the line of {entry.fields['url']!r} points", where=where
        )
        return
    yield from _compare(package, entry, placed, records, where, strict=strict)


def _compare(
    package: Package, entry: Line, placed: Placed, records: _Records, where: Location, *, strict: bool
) -> Iterator[Finding]:
    """Yield where a line and its record differ. What an index adds for itself (`method`, …) is not looked at."""
    expected = records.line_of(placed)
    if expected is None:
        yield found("index.no-record", "the line points at a record that has no URL or date", where=where)
        return
    pairs = {"url": (expected.fields["url"], entry.fields["url"])}
    if strict or not is_time_of(entry.timestamp, placed.date):
        pairs["timestamp"] = (expected.timestamp, entry.timestamp)
    if strict and "recordId" in entry.fields:
        pairs["recordId"] = (placed.record_id, entry.fields["recordId"])
    if strict or not _is_plain_length(entry.fields["length"], placed):
        pairs["length"] = (expected.fields["length"], entry.fields["length"])
    for field in ("mime", "status"):
        if field in expected.fields and placed.type in ("response", "resource"):
            pairs[field] = (expected.fields[field], entry.fields.get(field, ""))
    for field, (want, have) in pairs.items():
        if want != have and not (field == "mime" and want.lower() == have.lower()):
            harmless = field == "mime" and not strict
            yield _differs(where, field, want, have, Status.WARNED if harmless else None)
    yield from _compare_key(entry, where, strict=strict)
    yield from _compare_digests(package, entry, placed, where, strict=strict)


def _is_plain_length(stated: str, placed: Placed) -> bool:
    """Say whether a length leaves out the two line ends behind a record that is not compressed, as cdxj-indexer does."""
    is_plain = not placed.member.endswith(".gz")
    return is_plain and stated == str(placed.length_bytes - len(_RECORD_END))


def _compare_key(entry: Line, where: Location, *, strict: bool) -> Iterator[Finding]:
    """Yield where the key is not that of the line's URL. Other writers' keys differ in all but the host.

    Of a POST request they make a key out of its body too, which is not looked at.
    """
    if "method" in entry.fields or "requestBody" in entry.fields:
        return
    expected = surt(entry.fields["url"])
    if expected == entry.key or (not strict and is_key_of(entry.key, entry.fields["url"])):
        return
    same_host = not strict and host_of_key(expected) == host_of_key(entry.key)
    yield _differs(where, "key", expected, entry.key, Status.WARNED if same_host else None)


def _compare_digests(
    package: Package, entry: Line, placed: Placed, where: Location, *, strict: bool
) -> Iterator[Finding]:
    stated = entry.fields.get("digest")
    if stated is None:
        expected = placed.payload_digest or placed.block_digest
        yield _differs(where, "digest", expected, None, None if strict else Status.WARNED)
    else:
        outcome = compare_digest(package, stated, placed)
        if outcome is Comparison.DIFFERS or (strict and outcome is Comparison.UNKNOWN):
            yield _differs(where, "digest", placed.payload_digest or placed.block_digest, stated, None)
        elif outcome is Comparison.UNKNOWN:
            message = f"the digest {stated!r} of the line could not be compared"
            yield found("index.digest-not-checked", message, where=where.within(field="digest"))
    stated = entry.fields.get("recordDigest")
    if stated is not None and stated.lower() not in _stored_digests(package, placed, strict=strict):
        yield _differs(where, "recordDigest", stored_digest(package, placed), stated, None)


def _stored_digests(package: Package, placed: Placed, *, strict: bool) -> tuple[str, ...]:
    """Return the digests that a record may have as it is stored: with its end, or without as cdxj-indexer counts it."""
    whole = stored_digest(package, placed)
    if strict or placed.member.endswith(".gz"):
        return (whole,)
    return whole, stored_digest(package, placed, without_bytes=len(_RECORD_END))


def _differs(where: Location, field: str, expected: object, actual: object, status: Status | None) -> Finding:
    message = f"the line says another {field} than its record"
    return found(
        "index.differs",
        message,
        where=where.within(field=field),
        expected=expected,
        actual=actual,
        status=status,
    )


def _check_complete(records: _Records, *, strict: bool) -> Iterator[Finding]:
    for key, placed in records.by_place.items():
        if indexed(placed) and key not in records.named:
            # others leave out of their indexes what nobody looks up by an address of the web, and may
            looked_up = placed.type in ("response", "revisit") and target(placed).startswith("http")
            status = None if strict or looked_up else Status.WARNED
            message = f"no line of the index points at the record of {placed.target_uri!r}"
            yield found("index.record-missing", message, where=place(placed), status=status)


def _check_blocks(package: Package, name: str, *, strict: bool) -> Iterator[Finding]:
    """Yield where the block list of a compressed index differs from the blocks that are there."""
    listing = name.removesuffix(".gz").rpartition(".")[0] + ".idx"
    if not name.endswith(".gz"):
        return
    if listing not in package.entries or not package.entries[listing].readable:
        where, status = Location(member=name), Status.FAILED if strict else None
        message = "there is no list of the blocks of this compressed index"
        yield found("index.blocks-unlisted", message, where=where, status=status)
        return
    try:
        stated = tuple(_stated_blocks(package, listing, strict=strict))
        yield from _check_meta(package, name, listing)
        with package.open_member(name, check=False) as stream:
            yield from _compare_blocks(stated, blocks_of(stream, limits=package.limits), listing)
    except ValueError as error:
        message = f"the list of blocks cannot be read: {error}"
        yield found("index.block-differs", message, where=Location(member=listing))


def _check_meta(package: Package, name: str, listing: str) -> Iterator[Finding]:
    """Yield where the list says that it is about another index. Raises ValueError where it cannot be read."""
    for _, raw in package.lines(listing):
        stated = parse_meta(raw, limits=package.limits) if raw.startswith(b"!meta") else None
        if stated is not None and stated.rpartition("/")[2] != name.rpartition("/")[2]:
            message = "the list of blocks is about another index"
            place_of = Location(member=listing, field="filename")
            yield found("index.block-differs", message, where=place_of, expected=name, actual=stated)
        return


def _stated_blocks(package: Package, listing: str, *, strict: bool) -> Iterator[tuple[Location, Block]]:
    """Yield the blocks that the list names. py-wacz names one where the index is empty, and we name none."""
    for offset_bytes, raw in package.lines(listing):
        if raw and not raw.startswith(b"!meta"):
            block = parse_block(raw, limits=package.limits)
            if block.key or strict:
                yield Location(member=listing, offset_bytes=offset_bytes), block


def _compare_blocks(
    stated: tuple[tuple[Location, Block], ...], actual: Iterator[Block], listing: str
) -> Iterator[Finding]:
    for row, block in itertools.zip_longest(stated, actual):
        if row is None or block is None:
            message = "the list has another number of blocks than the index"
            yield found("index.block-differs", message, where=Location(member=listing))
            return
        where, named = row
        for field in ("key", "offset_bytes", "length_bytes", "digest"):
            want, have = getattr(block, field), getattr(named, field)
            if have is not None and want != have:
                message = f"the list gives a block another {field.removesuffix('_bytes')} than it has"
                place_of = where.within(field=field)
                yield found("index.block-differs", message, where=place_of, expected=want, actual=have)
