"""Does a proof show what it says: that its records are under a root, and the root in a manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

import attrs

from archive.checks.policy import Outcome, Policy
from archive.checks.statements import differs
from archive.digest import ALGORITHM, digest, spell
from archive.errors import Location
from archive.findings import Count, Covered, Finding, found
from archive.jsontext import parse as parse_json
from archive.limits import Limits
from archive.wacz.committed import stated_in
from archive.wacz.datapackage import resources_of
from archive.wacz.prooffile import ProofFile, Proven
from archive.wacz.tree import Stated
from archive.wacz.withheld import Statement
from archive.warc.reader import Record

_MANIFEST, DIGEST = Location(field="manifest"), Location(field="manifest_digest")
"""Where in a proof the manifest and its digest are."""


@attrs.frozen
class Expected:
    """What somebody who checks a proof has by another way: a root, or the digest of a manifest, labelled."""

    root: str | None = None
    manifest_digest: str | None = None


@attrs.frozen
class Shown:
    """Header and block digest of a record that somebody has, and the block where it is small enough to be read."""

    header: bytes
    block_digest: str
    block: bytes | None = None


def shown(record: Record, keep_bytes: int) -> Shown:
    """Read a record to its end and return what is compared with a proof; blocks beyond `keep_bytes` are not kept."""
    state, kept, size_bytes = hashlib.sha256(), list[bytes](), 0
    for chunk in record.chunks():
        state.update(chunk)
        size_bytes += len(chunk)
        if size_bytes <= keep_bytes:
            kept.append(chunk)
        else:
            kept.clear()
    block = b"".join(kept) if size_bytes <= keep_bytes else None
    return Shown(record.header.raw, spell(ALGORITHM, state.digest()), block)


def check_proof(proof: ProofFile, expected: Expected, policy: Policy) -> Iterator[Outcome]:
    """Yield where a proof does not lead from its records to its manifest, and to the digest of that.

    Who vouches for that digest is for `check_vouching` to say.

    1. It is spelled as it is written.
    2. The manifest is the one whose digest is here, and the one that is expected.
    3. Each record's leaf leads to the root in the manifest, in a tree of as many records, from a WARC in the manifest.
    4. Header and block, where they are here, are those that the leaf commits to.
    """
    if not proof.canonical:
        yield found("proof.not-canonical", "the proof is spelled in another way than it is written")
    yield from _check_statement(proof.statement, expected, policy)
    stated, listed = _stated(proof.statement, policy.limits)
    if stated is None:
        yield found("proof.manifest-broken", "the manifest states no root that can be read", where=_MANIFEST)
    elif expected.root is not None and expected.root != stated.root:
        message = "the root is not the one that is expected"
        yield found("proof.other-root", message, where=_MANIFEST, expected=expected.root, actual=stated.root)
    for number, record in enumerate(proof.records):
        where = Location(field=f"records/{number}")
        if stated is not None:
            yield from _check_way(record, stated, listed, where)
        if record.header is not None and record.block is not None:
            yield from check_content(record, Shown(record.header, digest(record.block)), where)


def _check_statement(statement: Statement, expected: Expected, policy: Policy) -> Iterator[Outcome]:
    if reason := differs(statement, policy.limits):
        yield found("proof.manifest-differs", reason, where=DIGEST)
    actual = digest(statement.manifest)
    if expected.manifest_digest is not None and expected.manifest_digest != actual:
        yield found(
            "proof.other-manifest", "the manifest is not the one that is expected", where=_MANIFEST,
            expected=expected.manifest_digest, actual=actual,
        )  # fmt: skip


def _stated(statement: Statement, limits: Limits) -> tuple[Stated | None, frozenset[str]]:
    """Return what the manifest says of its records, and the members that it lists."""
    try:
        stated = stated_in(statement)
    except ValueError:
        return None, frozenset()
    rows = resources_of(parse_json(statement.manifest, limits=limits).value)
    paths = (row.get("path") for row in rows if isinstance(row, Mapping))
    return stated, frozenset(path for path in paths if isinstance(path, str))


def _check_way(record: Proven, stated: Stated, listed: Iterable[str], where: Location) -> Iterator[Finding]:
    """Follow a record's way from its leaf to the root."""
    proof = record.proof
    if proof.content.member not in listed:
        yield found(
            "proof.member-unlisted", "the manifest has no such WARC", where=where, actual=proof.content.member
        )
    if proof.size != stated.records:
        message = "the proof is about a tree of another size"
        yield found("proof.size-differs", message, where=where, expected=stated.records, actual=proof.size)
        return
    reached = proof.root
    if reached is None:
        message = "the path is too long or too short for its place in the tree"
        yield found("proof.path-broken", message, where=where, actual=len(proof.path))
    elif reached != stated.root:
        message = "the record's leaf does not lead to the root in the manifest"
        yield found("proof.root-differs", message, where=where, expected=stated.root, actual=reached)


def check_content(record: Proven, given: Shown, where: Location) -> Iterator[Finding]:
    """Yield where header or block are others than the record's leaf commits to."""
    content = record.proof.content
    for name, stated, actual in (
        ("header", content.header_digest, digest(given.header)),
        ("block", content.block_digest, given.block_digest),
    ):
        if stated != actual:
            message = f"the {name} is not that of the record that is proven"
            yield found(f"proof.{name}-differs", message, where=where, expected=stated, actual=actual)


def content_covered(records: Iterable[bool]) -> Covered:
    """Return how many records of a proof were compared with their bytes."""
    compared = list(records)
    return Covered("records", Count(sum(compared), len(compared)))
