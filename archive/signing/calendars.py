"""OpenTimestamps over the network: handing a digest to calendars, and asking them later for what came of it.

A calendar learns the SHA-256 of the digest and a nonce, nothing else. It is asked only where the caller named it or
where it is one of the public ones: an address in a proof is somebody else's word.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Sequence

import attrs

from archive import lazily
from archive.errors import Error, SigningError
from archive.signing.opentimestamps import (
    APPEND,
    BITCOIN,
    SHA256,
    Node,
    Operation,
    Proof,
    read_tree,
)

Ask = Callable[[str, bytes | None], bytes]
"""Posts bytes to an address, or gets it where there are none, and returns the answer. Raises archive.errors.Error."""
POOLS = (
    "https://a.pool.opentimestamps.org",
    "https://b.pool.opentimestamps.org",
    "https://a.pool.eternitywall.com",
    "https://ots.btc.catallaxy.com",
)
"""The public calendars that the tools of OpenTimestamps hand digests to."""
_PUBLIC = lazily.compile(
    r"https://(?:[a-z0-9-]{1,63}\.){1,4}calendar\.(?:opentimestamps\.org|eternitywall\.com|catallaxy\.com)"
)
"""Where those promise to have the attestation later."""
_NONCE_BYTES = 16
_MOST_ASKED = 16


def stamp(
    digest: bytes, calendars: Sequence[str], *, ask: Ask, nonce: bytes | None = None
) -> tuple[Proof, tuple[Error, ...]]:
    """Hand a SHA-256 digest to calendars. Return the proof, pending as yet, and why others gave nothing.

    `nonce` is random where none is given. Raises SigningError where no calendar answers.
    """
    tree = Node(digest)
    nonce = secrets.token_bytes(_NONCE_BYTES) if nonce is None else nonce
    leaf = tree.then(Operation(APPEND, nonce)).then(Operation(SHA256))
    assert leaf.message is not None
    errors = (_join(leaf, f"{each.rstrip('/')}/digest", leaf.message, ask) for each in calendars)
    refused = tuple(error for error in errors if error is not None)
    if len(refused) == len(calendars):
        reason = "; ".join(str(error) for error in refused) or "no calendar is named"
        raise SigningError(f"no calendar took the digest: {reason}")
    return Proof(SHA256, digest, tree), refused


def _join(node: Node, address: str, body: bytes | None, ask: Ask) -> Error | None:
    """Ask a calendar about a node's message and take over what it answers; return what went wrong."""
    assert node.message is not None
    try:
        answer = ask(address, body)
        node.join(read_tree(answer, node.message))
    except Error as error:
        return error
    except ValueError as error:
        return SigningError(f"the calendar's answer cannot be used: {error} ({address})")
    return None


@attrs.frozen
class Upgraded:
    """What came of asking: how many promises were asked after, how many were kept, and why the others were not."""

    asked: int
    kept: int
    refused: tuple[Error, ...]
    foreign: tuple[str, ...]
    """Calendars that were not asked because nobody named them."""


def upgrade(proof: Proof, calendars: Iterable[str] = (), *, ask: Ask) -> Upgraded:
    """Ask the calendars of a pending proof for what attests it, and add that to the proof.

    Asked are the public calendars and those that are named.
    """
    named = {each.rstrip("/") for each in calendars}
    asked, kept = 0, 0
    refused, foreign = list[Error](), list[str]()
    for node, address in _promises(proof)[:_MOST_ASKED]:
        if address.rstrip("/") not in named and not _PUBLIC.fullmatch(address):
            foreign.append(address)
            continue
        asked += 1
        assert node.message is not None
        error = _join(node, f"{address.rstrip('/')}/timestamp/{node.message.hex()}", None, ask)
        if error is not None:
            refused.append(error)
        kept += error is None and _is_complete(node)
    return Upgraded(asked, kept, tuple(refused), tuple(foreign))


def _promises(proof: Proof) -> list[tuple[Node, str]]:
    """Return the nodes that a calendar promised to have attested, and that nothing attests yet."""
    return [
        (node, address)
        for node in list(proof.tree.walk())
        if node.message is not None and not _is_complete(node)
        for attestation in node.attestations
        if (address := attestation.calendar) is not None
    ]


def _is_complete(node: Node) -> bool:
    return any(each.kind == BITCOIN for below in node.walk() for each in below.attestations)
