"""What an OpenTimestamps proof proves: nothing while it is pending, and a block's time where the caller has its header."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import attrs

from archive.errors import TrustError
from archive.signing.bitcoin import SLACK, Headers
from archive.signing.opentimestamps import SHA256, Node, Proof, read_proof
from archive.signing.timestamp import Stamped

AUTHORITY = "Bitcoin"


@attrs.frozen
class Anchor:
    """A message that is said to be the root of a Bitcoin block. `message` is None beyond a hash not relied on."""

    height: int
    message: bytes | None


def anchors(tree: Node) -> Iterator[Anchor]:
    """Yield every place where a proof ends in a Bitcoin block."""
    for node in tree.walk():
        for attestation in node.attestations:
            if (height := attestation.height) is not None:
                yield Anchor(height, node.message)


def calendars(tree: Node) -> tuple[str, ...]:
    """Return the addresses of the calendars that promised an attestation, each once."""
    found = (each.calendar for node in tree.walk() for each in node.attestations)
    return tuple(dict.fromkeys(address for address in found if address is not None))


def check_proof(data: bytes, message: bytes, headers: Headers) -> Stamped:
    """Return what a proof proves of `message`. Raises TrustError, whose `finding` is one of archive.signing.timecodes.

    The time is that of the earliest of the blocks whose headers are given. A root that is another one than the proof
    leads to is wrong whatever else the proof says. Promises of calendars are no time.
    """
    proof = _about(data, message)
    ends = list(anchors(proof.tree))
    known = [end for end in ends if end.height in headers and end.message is not None]
    for end in known:
        if headers[end.height].root != end.message:
            text = f"the proof does not lead to the root of Bitcoin block {end.height}"
            raise TrustError(text, finding="time.block-differs")
    if known:
        return _stamped(min(known, key=lambda end: headers[end.height].at), headers)
    raise _unproven(proof, ends)


def _about(data: bytes, message: bytes) -> Proof:
    try:
        proof = read_proof(data)
    except ValueError as error:
        raise TrustError(f"the proof cannot be read: {error}", finding="time.token-broken") from error
    if proof.hash != SHA256:
        raise TrustError(f"the proof is over a digest in {proof.hash_name}", finding="time.weak")
    if proof.digest != hashlib.sha256(message).digest():
        raise TrustError("the proof is over something else than this", finding="time.other-content")
    return proof


def _stamped(end: Anchor, headers: Headers) -> Stamped:
    header = headers[end.height]
    authority = f"{AUTHORITY}, block {end.height} ({header.name})"
    return Stamped(header.at, authority, header.name, frozenset({AUTHORITY}), SLACK)


def _unproven(proof: Proof, ends: list[Anchor]) -> TrustError:
    """Return why a proof that is about the right thing proves no time."""
    heights = ", ".join(str(height) for height in sorted({end.height for end in ends})[:5])
    if any(end.message is not None for end in ends):
        hint = "give the header of that block with --bitcoin-headers"
        return TrustError(f"not checked: block {heights}", hint=hint, finding="time.block-not-checked")
    if ends:
        text = f"the way to block {heights} goes by a hash that is not relied on"
        return TrustError(text, finding="time.weak")
    if waiting := calendars(proof.tree):
        text = f"pending: promised by {', '.join(waiting[:5])}, in no block yet"
        hint = "ask for it with `provenance stamp --upgrade`"
        return TrustError(text, hint=hint, finding="time.pending")
    return TrustError("attested in ways that are unknown here", finding="time.form-unknown")
