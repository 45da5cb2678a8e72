"""The clauses of ISO 28500 on header fields, as tables (`table`, `clauses`), and records held against them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from archive.errors import Location
from archive.findings import Finding
from archive.warc.record import Header
from archive.warc.rules.across import check_fields
from archive.warc.rules.forms import is_date, uri_problem
from archive.warc.rules.plan import plan_of
from archive.warc.rules.table import TYPES

__all__ = ["TYPES", "check", "is_date", "uri_problem"]

_ASKS_MORE = frozenset({"", "revisit", "warcinfo", "continuation"})
"""Types (and the lack of a known one) of which the standard says more than field by field."""


def check(header: Header, block_bytes: int | None, where: Location) -> Iterable[Finding]:
    """Find where the fields of one record break a clause. `block_bytes` is None where the length is not known."""
    plan = plan_of(header)
    passes = plan.passes(header, block_bytes)
    if passes and plan.kind not in _ASKS_MORE:
        return ()
    return _all(header, block_bytes, where, passes=passes)


def _all(header: Header, block_bytes: int | None, where: Location, *, passes: bool) -> Iterator[Finding]:
    fields = header.by_name()
    if not passes:
        yield from plan_of(header).findings(fields, block_bytes, where)
    yield from check_fields(fields, block_bytes, where)
