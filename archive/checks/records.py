"""Are the records themselves sound: one pass over each WARC."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checks.policy import Outcome, Policy
from archive.checks.structure import place, surveyed
from archive.wacz.package import Kind, Package

__all__ = ["check_records", "most_lines", "place", "surveyed"]

_LINES_ANYWAY = 1000


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


def most_lines(package: Package, policy: Policy) -> int:
    """Return how many lines an index of this package may have: a few kilobytes can hold millions of them."""
    records = sum(len(surveyed(package, name, policy)) for name in package.warc_names)
    return _LINES_ANYWAY + records * package.limits.lines_a_record
