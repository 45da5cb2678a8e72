"""Are the records themselves sound: one pass over each WARC, and what only all records together can show."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checks.policy import Outcome, Policy
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.wacz.package import Kind, Package
from archive.warc.record import Placed

_LINES_ANYWAY = 1000
_REFERENCES = ("WARC-Concurrent-To", "WARC-Refers-To", "WARC-Warcinfo-ID")


def check_records(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what the surveys of all WARCs found, and how many records they reached.

    The bytes of a WARC inside a package were counted with the container already.
    """
    canonical = policy.demands_canonical(package)
    for name in package.warc_names:
        survey = package.survey(name, canonical=canonical)
        yield from survey.findings
        for covered in survey.covered:
            if covered.aspect != "bytes" or package.kind is not Kind.WACZ:
                yield covered


def check_structure(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield record ids that are used twice, and references to records that are not here."""
    first: dict[str, Placed] = {}
    records = [placed for name in package.warc_names for placed in surveyed(package, name, policy)]
    for placed in records:
        if not placed.record_id:
            continue
        if placed.record_id in first:
            message = f"another record has this id too: {first[placed.record_id].member}"
            status = None if policy.demands_canonical(package) else Status.WARNED
            yield found("structure.id-repeated", message, where=place(placed), status=status)
        first.setdefault(placed.record_id, placed)
    for placed in records:
        yield from _check_references(placed, first)


def surveyed(package: Package, name: str, policy: Policy) -> tuple[Placed, ...]:
    """Return the records of one WARC in their places; none where the member cannot be read."""
    return package.survey(name, canonical=policy.demands_canonical(package)).placed


def most_lines(package: Package, policy: Policy) -> int:
    """Return how many lines an index of this package may have: a few kilobytes can hold millions of them."""
    records = sum(len(surveyed(package, name, policy)) for name in package.warc_names)
    return _LINES_ANYWAY + records * package.limits.lines_a_record


def place(placed: Placed) -> Location:
    """Return where a record is."""
    return Location(member=placed.member, offset_bytes=placed.offset_bytes, record=placed.record_id or None)


def _check_references(placed: Placed, known: dict[str, Placed]) -> Iterator[Finding]:
    for field in _REFERENCES:
        for value in placed.header.all(field):
            if value not in known:
                where = place(placed).within(field=field)
                message = f"{field} names a record that is not in this archive"
                yield found("structure.reference-missing", message, where=where, actual=value)
