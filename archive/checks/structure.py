"""What only all records together can show: ids, references, capture events, revisits, segments, descriptions of files.

Nothing here opens a file: the surveys have kept of each header what is needed. A reference may lead out of the
archive, which is allowed and only told; one that leads to the wrong kind of record is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.checks.policy import Outcome, Policy
from archive.checks.revisits import Captures, check_revisit
from archive.checks.segments import check_segments
from archive.errors import Location
from archive.findings import Status, found
from archive.wacz.package import Package
from archive.warc.record import Placed

_WARCINFO = "WARC-Warcinfo-ID"
_REFERENCES = ("WARC-Concurrent-To", "WARC-Refers-To", _WARCINFO)
_NO_FRACTION = str.maketrans("tz", "TZ")

Known = dict[str, Placed]
"""The first record with each id, without its angle brackets."""


def check_structure(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what the records of an archive say of one another and what is not so.

    1. An id stands for one record (ISO 28500 §5.2); a record that is there twice is told apart.
    2. References lead to a record of the kind that is meant, or out of the archive (§5.7, §5.11, §5.16).
    3. The records of one capture event have one date (§5.4).
    4. A revisit has the payload of the record that it refers to (§6.7).
    5. Segments follow without gap and make up the length they give (§7).
    6. A file begins with its description (§4).
    """
    files = [(name, surveyed(package, name, policy)) for name in package.warc_names]
    records = [placed for _, placed_here in files for placed in placed_here]
    known = Known()
    yield from _ids(records, known, strict=policy.demands_canonical(package))
    for placed in records:
        yield from _references(placed, known)
        yield from _dates(placed, known)
    captures = Captures.of(records)
    for placed in records:
        if placed.type.lower() == "revisit":
            yield from check_revisit(placed, known, captures)
    yield from check_segments(records, known)
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


def _ids(records: Iterable[Placed], known: Known, *, strict: bool) -> Iterator[Outcome]:
    for placed in records:
        own = bare(placed.record_id)
        if not own:
            continue
        first = known.setdefault(own, placed)
        if first is placed:
            continue
        same = (first.block_digest, first.date, first.type) == (placed.block_digest, placed.date, placed.type)
        what = "this record is here twice" if same else "another record has this id too"
        status = None if strict else Status.WARNED
        message = f"{what}: {first.member}, byte {first.offset_bytes}"
        yield found("structure.id-repeated", message, where=place(placed), status=status)


def _references(placed: Placed, known: Known) -> Iterator[Outcome]:
    for field in _REFERENCES:
        for value in placed.header.all(field):
            where = place(placed).within(field=field)
            target = known.get(bare(value))
            if target is None:
                message = f"{field} names a record that is not in this archive"
                yield found("structure.reference-missing", message, where=where, actual=value)
            elif wrong := _wrong(field, placed, target):
                yield found("structure.reference-wrong", wrong, where=where, actual=target.type)


def _wrong(field: str, placed: Placed, target: Placed) -> str | None:
    """Say what keeps the record that a field names from being the one that is meant."""
    kind = target.type.lower()
    if field == _WARCINFO:
        return None if kind == "warcinfo" else f"{field} names a record that is no warcinfo"
    if target.record_id == placed.record_id:
        return f"{field} names the record itself"
    if field == "WARC-Concurrent-To" and kind in ("warcinfo", "conversion", "continuation"):
        return f"{field} names a record that is no part of a capture"
    return None


def _dates(placed: Placed, known: Known) -> Iterator[Outcome]:
    for value in placed.header.all("WARC-Concurrent-To"):
        other = known.get(bare(value))
        if other is None or other is placed or _instant(other.date) == _instant(placed.date):
            continue
        where = place(placed).within(field="WARC-Date")
        message = f"the records of one capture have two dates; the other is {bare(value)[:80]}"
        yield found("structure.dates-differ", message, where=where, expected=other.date, actual=placed.date)


def _instant(date: str) -> str:
    """Return a date so that two spellings of one instant are equal: without the zeros of its fraction."""
    plain = date.translate(_NO_FRACTION).removesuffix("+00:00").removesuffix("Z")
    return plain.rstrip("0").removesuffix(".") if "." in plain else plain


def _described(placed: tuple[Placed, ...]) -> Iterator[Outcome]:
    if (
        placed
        and placed[0].type.lower() != "warcinfo"
        and placed[0].header.version.startswith(("WARC", "warc"))
    ):
        where = Location(member=placed[0].member, offset_bytes=placed[0].offset_bytes)
        yield found(
            "structure.warcinfo-absent", "the file does not begin with a warcinfo record", where=where
        )
