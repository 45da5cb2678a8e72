"""Since when the package has been what it is: whether there is any proof of time in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archive.checks.policy import Outcome, Policy
from archive.findings import Count, Covered
from archive.jsontext import parse as parse_json
from archive.wacz.datapackage import DIGEST_PATH
from archive.wacz.member import MemberDamaged
from archive.wacz.package import Kind, Package


def check_timestamps(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what proofs of time prove, what is wrong with them, and which dates contradict them (archive.checks.proven).

    They are the token over the signature, and the list of further proofs over the manifest. Without any there is
    nothing to check, and nothing that checks is imported.
    """
    if package.kind is not Kind.WACZ:
        return
    stated = _stated(package)
    signed = stated.get("signedData")
    stamped = isinstance(signed, Mapping) and signed.get("timeSignature") is not None
    if not stamped and stated.get("evidence") is None:
        yield Covered("timestamps", Count(0, 0))
        return
    from archive.checks.proven import check_proofs

    yield from check_proofs(package, stated, policy)


def _stated(package: Package) -> Mapping[str, Any]:
    """Return what stands beside the manifest's digest; nothing where that cannot be read, which others say."""
    entry = package.entries.get(DIGEST_PATH)
    if entry is None or not entry.readable:
        return {}
    try:
        value = parse_json(package.read_member(DIGEST_PATH), limits=package.limits).value
    except (ValueError, MemberDamaged):
        return {}
    return value if isinstance(value, Mapping) else {}
