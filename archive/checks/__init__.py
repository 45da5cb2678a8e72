"""The checks: a tuple of functions, each `(Package, Policy) -> Iterator[Finding | Covered]`."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checks import codes as codes
from archive.checks.container import check_container
from archive.checks.fixity import check_fixity
from archive.checks.index import check_index
from archive.checks.package import check_package
from archive.checks.policy import Check, Outcome, Policy
from archive.checks.records import check_records
from archive.checks.signatures import check_signatures
from archive.checks.structure import check_structure
from archive.checks.timestamps import check_timestamps
from archive.checks.tree import check_tree
from archive.checks.withheld import check_withheld
from archive.errors import Error, NotAnArchive
from archive.findings import Count, Covered, found
from archive.wacz.package import Package

__all__ = ["CHECKS", "Check", "Outcome", "Policy", "check_all"]

CHECKS: tuple[Check, ...] = (
    check_container,
    check_fixity,
    check_records,
    check_structure,
    check_tree,
    check_withheld,
    check_index,
    check_package,
    check_signatures,
    check_timestamps,
)


def check_all(package: Package, policy: Policy | None = None) -> Iterator[Outcome]:
    """Run every check over a package. What stops one of them is a finding, and leaves something unchecked.

    Raises NotAnArchive for a bare file in which nothing is a record: then there is nothing to report on.
    """
    policy = policy or Policy(limits=package.limits)
    for check in CHECKS:
        try:
            yield from check(package, policy)
        except Error as error:
            if isinstance(error, NotAnArchive):
                raise
            message = f"{check.__name__.replace('_', ' ')} was stopped: {error.message}"
            yield found("check.stopped", message, where=error.where)
            yield Covered("members", Count(0, 1))
