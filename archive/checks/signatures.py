"""Who vouches for the package: so far only whether somebody does."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checks.policy import Outcome, Policy
from archive.errors import Location
from archive.findings import Count, Covered, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH
from archive.wacz.reader import Kind, Package


def check_signatures(package: Package, policy: Policy) -> Iterator[Outcome]:  # noqa: ARG001 - the shape of a check
    """Yield whether the package is signed. What is signed is not verified yet, and says so."""
    if package.kind is not Kind.WACZ:
        return
    if _signed(package):
        where = Location(member=DIGEST_PATH, field="signedData")
        yield found(
            "signature.not-checked", "the package is signed; the signature was not checked", where=where
        )
        yield Covered("signatures", Count(0, 1))
    else:
        yield found("signature.absent", "the package is not signed", where=Location(member=DIGEST_PATH))
        yield Covered("signatures", Count(0, 0))


def _signed(package: Package) -> bool:
    entry = package.entries.get(DIGEST_PATH)
    if entry is None or not entry.readable:
        return False
    try:
        value = parse_json(package.read_member(DIGEST_PATH), limits=package.limits).value
    except ValueError:
        return False
    return isinstance(value, dict) and "signedData" in value
