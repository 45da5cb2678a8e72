"""The story of a comparison of two archives.

1. Two files that are the same byte for byte are the same; nothing else is looked at.
2. WARC by WARC: files that are the same hold the same records; of the others every record gets its counterpart.
3. Records that differ are looked at: which field, which byte, and which of the two agrees with its own digests.
4. Of packages the members too, and what the manifests say.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator

from archive.checks.bounded import Bounded
from archive.copies import codes as codes
from archive.copies.details import Difference, differences, first_difference
from archive.copies.members import member_differs, readable, statements_differ
from archive.copies.pairing import moved, pair
from archive.copies.rows import Row, read_range, rows_of
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.salvage.loss import Fate, Loss
from archive.wacz.datapackage import DIGEST_PATH, PATH
from archive.wacz.package import Package

_MOST_FIELDS = 5
"""Differing header fields of one record that are told one by one."""


class Comparison:
    """Two archives side by side. The counts are complete when all findings were taken."""

    def __init__(self, first: Package, second: Package) -> None:
        self._first, self._second = first, second
        self.records = Counter[str]()
        """`same`, `only_first`, `only_second`, `differing`, and among those of each copy `damaged_first` and `_second`."""
        self.members = Counter[str]()
        self.identical = False
        """Whether the files are the same byte for byte."""
        self._losses: tuple[list[Loss], list[Loss]] = ([], [])
        """The places of each copy in which nothing can be read, in the order of its files."""
        self.same = True
        """Whether nothing differs that was written, however it is stored."""

    def findings(self) -> Iterator[Finding]:
        """Yield every difference; of a kind of which there are very many the rest is counted."""
        bounded = Bounded(self._first.limits.findings)
        for finding in self._all():
            self.same = self.same and finding.status is Status.NOTE
            if bounded.admits(finding):
                yield finding
        yield from bounded.rest()

    def _all(self) -> Iterator[Finding]:
        self.identical = _same_bytes(self._first, self._second)  # 1
        yield from self._records()  # 2
        if self._first.directory is not None and self._second.directory is not None:
            yield from self._members()  # 4
        if self.same and not self.identical:
            at = first_difference(*map(_bytes_of, (self._first, self._second)))
            if self._first.directory is None or self._second.directory is None:
                message = "the records are the same, and the files that hold them are not"
                yield found("compare.stored-differs", message, where=Location(offset_bytes=at))
            elif not self.records["stored"]:
                message = "the members are the same, and the files that hold them are not"
                yield found("compare.container-differs", message, where=Location(offset_bytes=at))

    def _records(self) -> Iterator[Finding]:
        mine, theirs = list[Row](), list[Row]()
        for name in self._first.warc_names:
            found_here = rows_of(self._first, name)
            if self._is_same_member(name):
                self.records["same"] += len(found_here.rows)
                yield from self._damaged_in_both(found_here.rows, found_here.losses)
            else:
                mine += found_here.rows
                self._losses[0].extend(found_here.losses)
        for name in self._second.warc_names:
            if not self._is_same_member(name):
                found_here = rows_of(self._second, name)
                theirs += found_here.rows
                self._losses[1].extend(found_here.losses)
        for losses in self._losses:
            losses.sort(key=lambda loss: (loss.member, loss.offset_bytes))
        for one, other in pair(mine, theirs):
            yield from self._pair(one, other)  # 3
        yield from self._lost(self._losses[0], self._first, "first")
        yield from self._lost(self._losses[1], self._second, "second")
        if moved(mine, theirs):
            yield found("compare.order-differs", "records that are the same stand in another order")

    def _is_same_member(self, name: str) -> bool:
        """Say whether a member is in both, and the same byte for byte, so that its records need no comparison."""
        if self.identical:
            return True
        packages = self._first, self._second
        if any(package.directory is None or not readable(package, name) for package in packages):
            return False
        return self._first.measure(name) == self._second.measure(name)

    def _pair(self, one: Row | None, other: Row | None) -> Iterator[Finding]:
        self.records["damaged_first"] += one is not None and not one.sound
        self.records["damaged_second"] += other is not None and not other.sound
        if one is None or other is None:
            yield from self._only(one, other)
        elif one.content == other.content and one.kept == other.kept:
            self.records["same"] += 1
            if not one.sound:
                yield from self._damaged_in_both((one,), ())
        else:
            self.records["differing"] += 1
            yield from self._differing(one, other)

    def _only(self, one: Row | None, other: Row | None) -> Iterator[Finding]:
        row, package = (one, self._first) if one is not None else (other, self._second)
        assert row is not None
        absent, side = (self._second, 1) if one is not None else (self._first, 0)
        if row.sound and (loss := _covering(self._losses[side], row)):
            self.records["differing"] += 1
            self.records["damaged_second" if side else "damaged_first"] += 1
            message = f"{_named(row)}: nothing can be read of it; the record in {package.name} agrees with its own digests"
            where = Location(absent.name, loss.member, row.offset_bytes, row.record_id or None)
            yield found("compare.record-damaged", message, where=where, actual=loss.reason)
            return
        self.records["only_first" if side else "only_second"] += 1
        message = f"{_named(row)}: there is no such record in {absent.name}"
        yield found("compare.record-only", message, where=_place(package, row))
        if not row.sound:
            yield found("compare.record-damaged", _said(row), where=_place(package, row), actual=row.fault)

    def _differing(self, one: Row, other: Row) -> Iterator[Finding]:
        sides = (self._first, one), (self._second, other)
        told = list(differences(*sides))
        for (package, row), (counter, counterpart) in (sides, sides[::-1]):
            if not row.sound:
                yield _damaged(package, row, counter, counterpart, told)
        if one.sound and other.sound:
            for difference in told[:_MOST_FIELDS]:
                yield _differs(sides, difference)
            if not told:
                message = f"{_named(one)}: the record is another one in {self._second.name}"
                yield found("compare.record-differs", message, where=_place(self._first, one))

    def _damaged_in_both(self, rows: Iterable[Row], losses: Iterable[Loss]) -> Iterator[Finding]:
        for row in rows:
            if not row.sound:
                self.records["damaged_first"] += 1
                self.records["damaged_second"] += 1
                message = f"{_said(row)}; the other copy has the same bytes"
                where = _place(self._first, row)
                yield found(
                    "compare.record-damaged", message, where=where, actual=row.fault, status=Status.NOTE
                )
        for loss in losses:
            yield _lost(loss, self._first, status=Status.NOTE)

    def _lost(self, losses: Iterable[Loss], package: Package, side: str) -> Iterator[Finding]:
        for loss in losses:
            if loss.fate is Fate.LOST:
                self.records[f"lost_{side}"] += 1
                yield _lost(loss, package)

    def _members(self) -> Iterator[Finding]:
        first, second = self._first, self._second
        for name in dict.fromkeys((*first.entries, *second.entries)):
            if name not in first.entries or name not in second.entries:
                self.members["only_second" if name not in first.entries else "only_first"] += 1
                package, absent = (first, second) if name in first.entries else (second, first)
                message = f"{name!r} is not in {absent.name}"
                yield found("compare.member-only", message, where=Location(package.name, name))
            elif self._is_same_member(name):
                self.members["same"] += 1
            else:
                self.members["differing"] += 1
                yield from self._member(name)

    def _member(self, name: str) -> Iterator[Finding]:
        if name in self._first.warc_names:
            if self.same:
                self.records["stored"] += 1
                message = f"{name!r}: the same records in other bytes"
                yield found("compare.stored-differs", message, where=Location(self._first.name, name))
        elif name in (PATH, DIGEST_PATH):
            yield from statements_differ(name, self._first, self._second)
        else:
            yield member_differs(name, self._first, self._second)


def _same_bytes(first: Package, second: Package) -> bool:
    if first.size_bytes != second.size_bytes:
        return False
    return first_difference(*map(_bytes_of, (first, second))) is None


def _bytes_of(package: Package) -> Iterator[bytes]:
    return read_range(package.file, 0, package.size_bytes)


def _named(row: Row) -> str:
    """Return what a record is called in a message."""
    what = " ".join(part for part in (row.type, row.target_uri, row.date) if part)
    return (what or row.record_id or "a record without a name")[:300]


def _place(package: Package, row: Row, field: str | None = None) -> Location:
    return Location(package.name, row.member, row.offset_bytes, row.record_id or None, field)


def _said(row: Row) -> str:
    return f"{_named(row)}: it contradicts itself"


def _covering(losses: list[Loss], row: Row) -> Loss | None:
    """Return the place of the other copy in which nothing can be read, and where this record should lie."""
    at = bisect_right(
        losses, (row.member, row.offset_bytes), key=lambda loss: (loss.member, loss.offset_bytes)
    )
    loss = losses[at - 1] if at else None
    if loss is None or loss.fate is not Fate.LOST or loss.member != row.member:
        return None
    return loss if row.offset_bytes < loss.offset_bytes + loss.length_bytes else None


def _damaged(
    package: Package, row: Row, counter: Package, counterpart: Row, told: list[Difference]
) -> Finding:
    """Return that a record of one copy contradicts itself, and whether the other copy has it whole."""
    whole = "agrees with its own digests" if counterpart.sound else "contradicts itself too"
    at = next((each for each in told if each.field == "block"), told[0] if told else None)
    field = at.field if at else None
    where_in = f" (first differing byte: {at.offset_bytes})" if at and at.offset_bytes is not None else ""
    message = f"{_said(row)}; the record in {counter.name} {whole}{where_in}"
    return found(
        "compare.record-damaged",
        message,
        where=_place(package, row, field),
        expected=counterpart.content.hex() if counterpart.sound else None,
        actual=row.fault,
    )


def _differs(sides: tuple[tuple[Package, Row], tuple[Package, Row]], difference: Difference) -> Finding:
    (first, one), (second, _) = sides
    at = "" if difference.offset_bytes is None else f", first at byte {difference.offset_bytes}"
    message = f"{_named(one)}: {difference.field} is another one in {second.name}{at}"
    return found(
        "compare.record-differs",
        message,
        where=_place(first, one, difference.field),
        expected=difference.first,
        actual=difference.second,
    )


def _lost(loss: Loss, package: Package, *, status: Status | None = None) -> Finding:
    where = Location(package.name, loss.member, loss.offset_bytes, loss.record or None)
    message = f"{loss.length_bytes} bytes that are no record: {loss.message}"
    return found("compare.record-damaged", message, where=where, actual=loss.reason, status=status)
