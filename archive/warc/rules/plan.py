"""The table of fields made ready for one edition of the standard and one record type, and records held against it.

A sound record costs a dictionary and a pattern a field. Only where something is odd is the table gone through again
to say what.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.warc.record import Header
from archive.warc.rules.table import BY_NAME, FIELDS, TYPES, Field

Fields = dict[str, list[str]]
"""Values by lower-case field name."""

_Quick = tuple[str, Callable[[str], object], bool]
_SHOWN = 200
_NEVER_QUICK = {"warc-segment-number"}
"""Fields of which the standard says more than the table: a record with one is always looked at closely."""


@attrs.frozen
class Plan:
    """What is asked of a record of one type in one edition."""

    kind: str
    older: bool
    needed: frozenset[str]
    quick: dict[str, _Quick]
    """By field name, as usually spelled and in lower case: the lower-case name, what its values match (nothing where it
    does not belong), and whether it may stand only once."""

    def passes(self, header: Header, block_bytes: int | None) -> bool:
        """Say whether nothing is odd about the fields. False says nothing yet: `findings` will tell."""
        quick, seen = self.quick, set[str]()
        for name, value in header.fields:
            row = quick.get(name) or quick.get(name.lower())
            if row is None:
                continue
            lower, matches, once = row
            if not matches(value) or (once and lower in seen):
                return False
            seen.add(lower)
        if block_bytes and "content-type" not in seen and self.kind != "continuation":
            return False
        return self.needed <= seen

    def findings(self, fields: Fields, block_bytes: int | None, where: Location) -> Iterator[Finding]:
        """Find what is odd about the fields of one record."""
        for lower in self.needed:
            if not fields.get(lower, [""])[0]:
                field = BY_NAME[lower]
                at, clause = where.within(field=field.name), field.clause_of(older=self.older)
                yield found("warc.field-missing", f"{field.name} is missing", where=at, clause=clause)
        for lower, values in fields.items():
            if field_or_none := BY_NAME.get(lower):
                yield from self._of_field(field_or_none, values, where)
        if block_bytes and not fields.get("content-type", [""])[0] and self.kind != "continuation":
            at = where.within(field="Content-Type")
            yield found("warc.content-type", "the block has no Content-Type", where=at)

    def _of_field(self, field: Field, values: list[str], where: Location) -> Iterator[Finding]:
        form = (field.older_form or field.form) if self.older else field.form
        belongs = self.kind in field.types or self.kind not in TYPES
        if belongs and len(values) == 1 and form.quick.fullmatch(values[0]):
            return
        clause, where = field.clause_of(older=self.older), where.within(field=field.name)
        if field.once and len(values) > 1:
            message, count = f"{field.name} is given {len(values)} times", len(values)
            yield found("warc.field-repeated", message, where=where, expected=1, actual=count)
        if not belongs:
            status = None if field.misplaced is Status.FAILED else field.misplaced
            message = f"{field.name} is not for records of type {self.kind}"
            yield found(
                "warc.field-forbidden",
                message,
                where=where,
                status=status,
                clause=clause,
                actual=values[0][:_SHOWN],
            )
        for value in filter(None, values):
            if problem := form.problem(value):
                message, gravity = problem
                code = "warc.digest-algorithm" if gravity is Status.NOT_CHECKED else form.code
                text, shown = f"{field.name}: {message}", value[:_SHOWN]
                yield found(code, text, where=where, status=gravity, actual=shown, clause=clause)


def _plan(kind: str, *, older: bool) -> Plan:
    needed, quick = set[str](), dict[str, _Quick]()
    for field in FIELDS:
        lower = field.name.lower()
        if kind in field.needed or field.needed == TYPES:
            needed.add(lower)
        form = (field.older_form or field.form) if older else field.form
        matches = form.quick.fullmatch if kind in field.types and lower not in _NEVER_QUICK else _never
        quick[lower] = quick[field.name] = (lower, matches, field.once)
    return Plan(kind, older, frozenset(needed), quick)


def _never(value: str) -> None:  # noqa: ARG001 - what a pattern that matches nothing would do, at less cost
    return None


_KINDS = (*sorted(TYPES), "")
_PLANS = {(kind, older): _plan(kind, older=older) for kind in _KINDS for older in (True, False)}


def plan_of(header: Header) -> Plan:
    """Return the plan for this record. Types that the standard does not have share one, which nothing passes."""
    kind = header.get("WARC-Type") or ""
    older = not header.version.endswith("1.1")
    return _PLANS.get((kind, older)) or _PLANS.get((kind.lower(), older)) or _PLANS["", older]
