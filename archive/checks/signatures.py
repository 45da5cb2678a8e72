"""Who vouches for the package: whether its signature is over this very package, right, and by somebody who was named."""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from archive.checks.policy import Outcome, Policy
from archive.errors import Location, TrustError
from archive.findings import Count, Covered, Finding, Status, found
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH, PATH, is_ours
from archive.wacz.member import MemberDamaged
from archive.wacz.package import Kind, Package

if TYPE_CHECKING:
    from archive.signing.signed import Signed

_WHERE = Location(member=DIGEST_PATH, field="signedData")
_HINT = "install what checks it: pip install 'source-provenance[sign]'"


def check_signatures(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield who vouches for the package, and what is wrong with it (WACZ Signing and Verification 0.1.0).

    1. What is signed is the manifest of this package, made when the package says: no key is needed to see that.
    2. What is stated has the form of a signature, and of ours the one way to write it.
    3. The signature is right, and by somebody whom the caller named (archive.signing.verifying).

    A signature counts as checked where all of that is so: of one by somebody unknown it is left open who it is.
    """
    if package.kind is not Kind.WACZ:
        return
    stated = signed_data(package)
    if stated is None:
        yield found("signature.absent", "the package is not signed", where=Location(member=DIGEST_PATH))
        yield Covered("signatures", Count(0, 0))
        return
    bound = yield from _check_binding(package, stated)  # 1
    known = yield from _check_signature(package, stated, policy, bound=bound)
    yield Covered("signatures", Count(int(bound and known), 1))


def signed_data(package: Package) -> object:
    """Return what stands under `signedData`, or None."""
    entry = package.entries.get(DIGEST_PATH)
    if entry is None or not entry.readable:
        return None
    try:
        value = parse_json(package.read_member(DIGEST_PATH), limits=package.limits).value
    except (ValueError, MemberDamaged):
        return None
    return value.get("signedData") if isinstance(value, dict) else None


def _check_binding(package: Package, signed: object) -> Generator[Finding, None, bool]:
    """Yield where what is signed is not this package. It needs no key, and other verifiers leave it out."""
    if not isinstance(signed, Mapping):
        return False  # which is said of its form
    actual = {
        "hash": package.measure(PATH).digest if PATH in package.entries else None,
        "created": (package.datapackage or {}).get("created"),
    }
    bound = True
    for field, value in actual.items():
        if value is None and field == "created":
            continue  # a manifest that does not say when it was made contradicts no time
        if not _is_same(signed.get(field), value):
            bound = False
            message = f"the {field} that is signed is not that of this package"
            place = attrs.evolve(_WHERE, field=f"signedData/{field}")
            given = signed.get(field)
            yield found("signature.other-content", message, where=place, expected=value, actual=given)
    return bound


def _is_same(stated: object, actual: object) -> bool:
    """Say whether two values are the same, or the same instant written in two ways."""
    if stated == actual:
        return True
    if not (isinstance(stated, str) and isinstance(actual, str)):
        return False
    try:
        first, second = (dt.datetime.fromisoformat(text) for text in (stated, actual))
    except ValueError:
        return False
    return first.tzinfo is not None and second.tzinfo is not None and first == second


def _check_signature(
    package: Package, stated: object, policy: Policy, *, bound: bool
) -> Generator[Finding, None, bool]:
    """Yield what is wrong with a signature; return whether it is right and by somebody who was named."""
    from archive.signing.signed import read_signed

    try:
        signed = read_signed(stated)  # 2
    except TrustError as error:
        yield found(error.finding, error.message, where=_WHERE)
        return False
    for name in signed.unlisted:
        place = attrs.evolve(_WHERE, field=f"signedData/{name[:100]}")
        yield found("signature.key-unlisted", f"a signature has no {name[:100]!r}", where=place)
    if not _installed():
        yield found("signature.not-checked", f"the signature was not checked; {_HINT}", where=_WHERE)
        return False
    findings, known = _verified(signed, policy)
    if bound and not any(finding.status is Status.FAILED for finding in findings):
        findings += _check_writing(package, stated, signed, policy)
    for finding in findings:  # who made it is not told where it is over something else than this package
        if bound or finding.status is not Status.NOTE:
            yield attrs.evolve(finding, where=_WHERE)
    return known


def _installed() -> bool:
    """Say whether the extra is there that signatures are checked with."""
    try:
        import cryptography  # noqa: F401 (it is only asked for)
    except ImportError:
        return False
    return True


def _verified(signed: Signed, policy: Policy) -> tuple[list[Finding], bool]:
    """Return what the signature proves, and whether it is by somebody who was named."""
    from archive.signing.verifying import verify_signature

    findings, steps = list[Finding](), verify_signature(signed, policy.trusted)  # 3
    while True:
        try:
            findings.append(next(steps))
        except StopIteration as ended:
            return findings, bool(ended.value)


def _check_writing(package: Package, stated: object, signed: Signed, policy: Policy) -> Iterator[Finding]:
    """Yield where a signature of ours is right and not written as this software writes it."""
    from archive.signing.signed import rewritten
    from archive.signing.verifying import is_canonical

    if not package.ours:
        return
    if not is_ours({"software": signed.software}):
        message = f"signed with {(signed.software or 'software that gives no name')[:200]!r}"
        yield found("signature.other-software", message)
    elif stated != rewritten(signed, package.datapackage or {}) or not is_canonical(signed, policy.trusted):
        message = "the signature is written in another way than this software does"
        yield found("signature.not-canonical", message)
