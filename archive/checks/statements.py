"""Who vouches for a manifest that lies outside of its package: in a proof, or beside what was left of its records."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import BinaryIO, cast

import attrs

from archive.checks.policy import Outcome, Policy
from archive.checks.signatures import check_signatures
from archive.checks.timestamps import check_timestamps
from archive.digest import digest
from archive.errors import Location
from archive.findings import Finding
from archive.jsontext import parse as parse_json
from archive.limits import Limits
from archive.wacz.datapackage import DIGEST_PATH, PATH, manifest_digest
from archive.wacz.package import Kind, Package, Survey
from archive.wacz.withheld import Statement
from archive.wacz.zipwriter import ZipWriter
from archive.warc.record import Placed

ELSEWHERE = "records"
"""Stands for the name of the WARC in which the records lie: they are found by their own."""


def differs(statement: Statement, limits: Limits) -> str | None:
    """Say what keeps the digest from being that of the manifest, or None where it is, in the form that is written."""
    try:
        parsed = parse_json(statement.digest, limits=limits)
    except ValueError as error:
        return f"the digest of the manifest cannot be read: {error}"
    value, actual = parsed.value, digest(statement.manifest)
    if not isinstance(value, dict) or parsed.repeated:
        return "the digest of the manifest is no JSON object with each key once"
    if value.get("path") != PATH or value.get("hash") != actual:
        return "the manifest is not the one whose digest is given"
    if statement.digest != manifest_digest(actual, rest=value):
        return "the digest of the manifest has another form than it is written in"
    return None


def check_vouching(
    statement: Statement, policy: Policy, where: Location, placed: Sequence[Placed] = ()
) -> Iterator[Outcome]:
    """Yield what the checks of signatures and time-stamps say of a manifest and its digest, and of these records' dates.

    They look at nothing else of a package, so they are given one that has nothing else.
    """
    with _Vouched(statement, placed, policy) as package:
        for check in (check_signatures, check_timestamps):
            for outcome in check(package, policy):
                yield _moved(outcome, where) if isinstance(outcome, Finding) else outcome


class _Vouched(Package):
    """A package of nothing but a manifest, its digest, and the headers of records that lie elsewhere."""

    def __init__(self, statement: Statement, placed: Sequence[Placed], policy: Policy) -> None:
        super().__init__(_alone(statement), Kind.WACZ, "", limits=policy.limits)
        self._placed = tuple(placed)

    @property
    def warc_names(self) -> tuple[str, ...]:
        """One name for all of the records."""
        return (ELSEWHERE,)

    def survey(self, name: str, *, canonical: bool = False) -> Survey:  # noqa: ARG002 - the shape of a survey
        """Return the records, surveyed elsewhere."""
        return Survey(self._placed, (), ())


def _alone(statement: Statement) -> BinaryIO:
    file = io.BytesIO()
    writer = ZipWriter(cast("BinaryIO", file))
    for name, data in ((PATH, statement.manifest), (DIGEST_PATH, statement.digest)):
        with writer.member(name) as sink:
            sink.write(data)
    writer.finish()
    return file


def _moved(finding: Finding, where: Location) -> Finding:
    """Return a finding in the place where the manifest really lies; one about a record is in its place already."""
    if finding.where.record is not None:
        return finding
    inner = "/".join(part for part in (finding.where.member, finding.where.field) if part)
    return attrs.evolve(finding, where=where.within(field=inner or None))
