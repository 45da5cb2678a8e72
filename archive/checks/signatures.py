"""Who vouches for the package: so far only whether somebody does."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from archive.checks.policy import Outcome, Policy
from archive.errors import Location
from archive.findings import Count, Covered, Finding, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH, PATH
from archive.wacz.member import MemberDamaged
from archive.wacz.reader import Kind, Package


def check_signatures(package: Package, policy: Policy) -> Iterator[Outcome]:  # noqa: ARG001 - the shape of a check
    """Yield whether the package is signed. What is signed is not verified yet, and says so."""
    if package.kind is not Kind.WACZ:
        return
    where = Location(member=DIGEST_PATH, field="signedData")
    if (signed := _signed_data(package)) is not None:
        yield from _check_binding(package, signed, where)
        yield found(
            "signature.not-checked", "the package is signed; the signature was not checked", where=where
        )
        yield Covered("signatures", Count(0, 1))
    else:
        yield found("signature.absent", "the package is not signed", where=Location(member=DIGEST_PATH))
        yield Covered("signatures", Count(0, 0))


def _check_binding(package: Package, signed: object, where: Location) -> Iterator[Finding]:
    """Yield where what is signed is not this package. It needs no key, and other verifiers leave it out."""
    stated = signed if isinstance(signed, dict) else {}
    actual = {"hash": package.measure(PATH).digest if PATH in package.entries else None}
    actual["created"] = (package.datapackage or {}).get("created")
    for field, value in actual.items():
        if stated.get(field) != value:
            message = f"the {field} that is signed is not that of this package"
            place = attrs.evolve(where, field=f"signedData/{field}")
            yield found(
                "signature.other-content", message, where=place, expected=value, actual=stated.get(field)
            )


def _signed_data(package: Package) -> object:
    """Return what stands under `signedData`, or None."""
    entry = package.entries.get(DIGEST_PATH)
    if entry is None or not entry.readable:
        return None
    try:
        value = parse_json(package.read_member(DIGEST_PATH), limits=package.limits).value
    except (ValueError, MemberDamaged):
        return None
    return value.get("signedData") if isinstance(value, dict) else None
