"""What only all records together can show: ids, references, capture events, revisits, segments, descriptions of files.

Nothing here opens a file: the surveys have kept of each header what is needed. A reference may lead out of the
archive, which is allowed and only told; one that leads to the wrong kind of record is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from archive.checks.bounded import Bounded
from archive.checks.policy import Outcome, Policy
from archive.checks.revisits import Captures, check_revisit
from archive.checks.segments import check_segments
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.wacz.package import Package
from archive.warc.record import Placed

_WARCINFO = "WARC-Warcinfo-ID"
_REFERS_TO = "WARC-Refers-To"
_CONCURRENT_TO = "WARC-Concurrent-To"
_REFERENCES = frozenset({_CONCURRENT_TO, _REFERS_TO, _WARCINFO})
_NO_CAPTURE = ("warcinfo", "conversion", "continuation")
_NO_FRACTION = str.maketrans("tz", "TZ")


@attrs.define
class Known:
    """The records by id, without its angle brackets: the first with each, and which ids are not of one record only."""

    first: dict[str, Placed] = attrs.field(factory=dict)
    ambiguous: set[str] = attrs.field(factory=set)

    def get(self, record_id: str | None) -> Placed | None:
        """Return the record with this id."""
        return self.first.get(bare(record_id or ""))

    def only(self, record_id: str | None) -> Placed | None:
        """Return the record with this id where there is but one."""
        return None if bare(record_id or "") in self.ambiguous else self.get(record_id)


def check_structure(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what the records of an archive say of one another and what is not so.

    1. An id stands for one record (ISO 28500 §5.2); a record that is there twice is told apart.
    2. References lead to a record of the kind that is meant, or out of the archive (§5.7, §5.11, §5.16).
    3. The records of one capture event have one date (§5.4).
    4. A revisit has the payload of the record that it refers to (§6.7).
    5. Segments follow without gap and make up the length they give (§7).
    6. A file begins with its description (§4).
    """
    told = Bounded(policy.limits.findings)
    yield from (finding for finding in _found(package, policy) if told.admits(finding))
    yield from told.rest()


def _found(package: Package, policy: Policy) -> Iterator[Finding]:
    files = [(name, surveyed(package, name, policy)) for name in package.warc_names]
    records = [placed for _, placed_here in files for placed in placed_here]
    known = Known()
    yield from _ids(records, known, strict=policy.demands_canonical(package))
    revisits = []
    for placed in records:
        for name, value in placed.header.fields:
            if name in _REFERENCES:
                yield from _reference(placed, name, value, known)
            elif name == "WARC-Type" and value.lower() == "revisit":
                revisits.append(placed)
    captures = Captures.of(records if revisits else ())
    for placed in revisits:
        yield from check_revisit(placed, known.only(placed.header.get(_REFERS_TO)), captures)
    yield from check_segments(records, known.only)
    for _, placed_here in files:
        yield from _described(placed_here)


def surveyed(package: Package, name: str, policy: Policy) -> tuple[Placed, ...]:
    """Return the records of one WARC in their places; none where the member cannot be read."""
    return package.survey(name, canonical=policy.demands_canonical(package)).placed


def place(placed: Placed) -> Location:
    """Return where a record is."""
    return Location(member=placed.member, offset_bytes=placed.offset_bytes, record=placed.record_id or None)


def bare(record_id: str) -> str:
    """Return an id without its angle brackets: readers take both spellings for the same (annotation to §5.2)."""
    return record_id.removeprefix("<").removesuffix(">")


def _ids(records: Iterable[Placed], known: Known, *, strict: bool) -> Iterator[Finding]:
    for placed in records:
        own = bare(placed.record_id)
        if not own:
            continue
        first = known.first.setdefault(own, placed)
        if first is placed:
            continue
        known.ambiguous.add(own)
        same = (first.block_digest, first.date, first.type) == (placed.block_digest, placed.date, placed.type)
        what = "this record is here twice" if same else "another record has this id too"
        status = None if strict else Status.WARNED
        message = f"{what}: {first.member}, byte {first.offset_bytes}"
        yield found("structure.id-repeated", message, where=place(placed), status=status)


def _reference(placed: Placed, field: str, value: str, known: Known) -> Iterator[Finding]:
    """Find where one reference of a record leads. The survey has kept the names of fields in their usual spelling."""
    if known.get(value) is None:
        where, message = (
            place(placed).within(field=field),
            f"{field} names a record that is not in this archive",
        )
        yield found("structure.reference-missing", message, where=where, actual=value)
        return
    target = known.only(value)
    if target is None:
        return
    if wrong := _wrong(field, placed, target):
        where, (message, status) = place(placed).within(field=field), wrong
        yield found("structure.reference-wrong", message, where=where, status=status, actual=target.type)
    elif field == _CONCURRENT_TO:
        yield from _dates(placed, target)


def _wrong(field: str, placed: Placed, target: Placed) -> tuple[str, Status] | None:
    """Say what keeps the record that a field names from being the one that is meant, and how grave it is.

    A capture that counts itself, or the description of its file, among the records of its event is only odd.
    """
    kind = target.type.lower()
    if field == _WARCINFO and kind != "warcinfo":
        return f"{field} names a record that is no warcinfo", Status.FAILED
    if field == _REFERS_TO and target is placed:
        return f"{field} names the record itself", Status.FAILED
    if field == _CONCURRENT_TO and (target is placed or kind in _NO_CAPTURE):
        return f"{field} names a record that is no other part of a capture", Status.WARNED
    return None


def _dates(placed: Placed, other: Placed) -> Iterator[Finding]:
    if other.date != placed.date and _instant(other.date) != _instant(placed.date):
        where = place(placed).within(field="WARC-Date")
        message = f"the records of one capture have two dates; the other is {other.record_id[:80]}"
        yield found("structure.dates-differ", message, where=where, expected=other.date, actual=placed.date)


def _instant(date: str) -> str:
    """Return a date so that two spellings of one instant are equal: without the zeros of its fraction."""
    plain = date.translate(_NO_FRACTION).removesuffix("+00:00").removesuffix("Z")
    return plain.rstrip("0").removesuffix(".") if "." in plain else plain


def _described(placed: tuple[Placed, ...]) -> Iterator[Finding]:
    if (
        placed
        and placed[0].type.lower() != "warcinfo"
        and placed[0].header.version.startswith(("WARC", "warc"))
    ):
        where = Location(member=placed[0].member, offset_bytes=placed[0].offset_bytes)
        yield found(
            "structure.warcinfo-absent", "the file does not begin with a warcinfo record", where=where
        )
