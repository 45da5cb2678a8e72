"""What always holds of proofs of time: whatever is changed is found or says the same, and nothing foreign escapes."""

from __future__ import annotations

import datetime as dt
import hashlib
import json

import packages
import pytest
import tsa
from damage import forge
from hypothesis import given
from hypothesis import strategies as st

from archive.checks import Policy
from archive.errors import TrustError
from archive.findings import CODES
from archive.signing import timecodes as timecodes
from archive.signing.anchored import check_proof
from archive.signing.bitcoin import Header
from archive.signing.opentimestamps import (
    APPEND,
    BITCOIN,
    HEXLIFY,
    PENDING,
    PREPEND,
    REVERSE,
    SHA1,
    SHA256,
    Attestation,
    Node,
    Operation,
    Proof,
    read_proof,
    write_proof,
)
from archive.signing.timestamp import Stamped, check_token, read_token
from archive.signing.trust import Roots, Trust
from archive.wacz.evidence import Kind, Row

MESSAGE = b"the manifest of a package"
ADDRESS = b"https://alice.calendar.example"
TOKENS = {
    "ecdsa": tsa.token(MESSAGE, nonce=5, accuracy_s=1),
    "rsa": tsa.token(MESSAGE, signer=tsa.by_rsa(), attribute="signing-certificate", certificates=()),
}


def told(response: bytes) -> Stamped | str:
    """Return what a token proves, or the code of what is found; anything else escapes."""
    try:
        return check_token(response, MESSAGE, [tsa.root().der], [tsa.by_rsa().der])
    except TrustError as error:
        return CODES[error.finding].name


class TestTokens:
    """Tokens of RFC 3161."""

    @pytest.mark.parametrize("kind", list(TOKENS))
    def test_every_flipped_bit_is_found(self, kind: str) -> None:
        """Of all bits two may be other ones, and mean the same: the kind of grant, and a version; neither is signed."""
        raw = TOKENS[kind]
        sound = told(raw)
        same = set()
        for place in range(len(raw) * 8):
            changed = bytearray(raw)
            changed[place // 8] ^= 1 << place % 8
            outcome = told(bytes(changed))
            if isinstance(outcome, Stamped):
                assert sound == outcome
                same.add(place)
        grant = raw.index(bytes.fromhex("3003020100")) + 4
        version = raw.index(bytes.fromhex("020103")) + 2

        assert {grant * 8, version * 8 + 1} == same

    @pytest.mark.parametrize("kind", list(TOKENS))
    def test_every_cut_is_found(self, kind: str) -> None:
        """A token that is cut short anywhere, or has anything behind it, cannot be read."""
        raw = TOKENS[kind]

        assert {"time.token-broken"} == {told(raw[:length]) for length in range(len(raw))}
        assert "time.token-broken" == told(raw + b"\0")

    @given(st.data())
    def test_nothing_foreign_escapes(self, data: st.DataObject) -> None:
        """Pieces taken out, doubled, exchanged or made up: a token is believed, or a code says why not."""
        raw = bytearray(TOKENS[data.draw(st.sampled_from(sorted(TOKENS)))])
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(raw)))
            end = data.draw(st.integers(start, min(len(raw), start + 40)))
            piece = bytes(raw[start:end])
            raw[start:end] = data.draw(st.sampled_from((b"", piece * 2, piece[::-1]))) + data.draw(
                st.binary(max_size=4)
            )

        told(bytes(raw))

    @given(st.data())
    def test_nothing_foreign_escapes_where_the_lengths_fit(self, data: st.DataObject) -> None:
        """The same where the structure around stays whole: certificates and parts of the token are made up."""
        made_up = st.binary(max_size=60) | _der()
        response = tsa.token(
            MESSAGE,
            certificates=data.draw(st.lists(made_up | st.just(tsa.tsa().der), max_size=4)),
            extra_info=data.draw(made_up),
        )

        told(response)

    @given(st.binary(max_size=200))
    def test_any_bytes_are_read_or_refused(self, raw: bytes) -> None:
        """Reading raises ValueError, and nothing else, for bytes that are no token."""
        with pytest.raises(ValueError, match=r"\w"):
            read_token(raw)


def _der() -> st.SearchStrategy[bytes]:
    """Return values in DER, nested, of any tags."""
    leaves = st.builds(tsa.tlv, st.sampled_from((1, 2, 3, 4, 5, 6, 12, 23, 24)), st.binary(max_size=20))
    tags = st.sampled_from((0x30, 0x31, 0xA0, 0xA1, 0xA3))
    return st.recursive(
        leaves,
        lambda inner: st.builds(lambda tag, parts: tsa.tlv(tag, *parts), tags, st.lists(inner, max_size=4)),
    )


HASH_OF_MESSAGE = hashlib.sha256(MESSAGE).digest()
AT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def two_ways() -> tuple[bytes, dict[int, Header]]:
    """Return a proof with a promise on one way and a block on the other, and the header of that block."""
    tree = Node(HASH_OF_MESSAGE)
    leaf = tree.then(Operation(APPEND, b"nonce")).then(Operation(SHA256))
    promised = leaf.then(Operation(PREPEND, b"left")).then(Operation(SHA256))
    promised.attestations.append(Attestation(PENDING, bytes((len(ADDRESS),)) + ADDRESS))
    root = leaf.then(Operation(APPEND, b"right")).then(Operation(SHA256))
    root.attestations.append(Attestation(BITCOIN, b"\x05"))
    assert root.message is not None
    return write_proof(Proof(SHA256, HASH_OF_MESSAGE, tree)), {5: Header(root.message, AT, "00ab")}


def proven(data: bytes, headers: dict[int, Header]) -> Stamped | str:
    """Return what a proof proves, or the code of what is found; anything else escapes."""
    try:
        return check_proof(data, MESSAGE, headers)
    except TrustError as error:
        return CODES[error.finding].name


class TestProofs:
    """Proofs of OpenTimestamps."""

    def test_a_flipped_bit_is_found_or_on_a_way_that_proves_nothing(self) -> None:
        """What is changed on the way to the block is found; the way to a promise proves nothing anyway."""
        raw, headers = two_ways()
        sound = proven(raw, headers)
        begins = raw.index(b"\xf1\x04left")
        ends = raw.index(b"\xf0\x05right")
        for place in range(len(raw) * 8):
            changed = bytearray(raw)
            changed[place // 8] ^= 1 << place % 8
            outcome = proven(bytes(changed), headers)
            if isinstance(outcome, Stamped):
                assert sound == outcome
                assert begins <= place // 8 < ends

    def test_every_cut_is_found(self) -> None:
        """A proof that is cut short anywhere, or has anything behind it, cannot be read."""
        raw, headers = two_ways()

        assert {"time.token-broken"} == {proven(raw[:length], headers) for length in range(len(raw))}
        assert "time.token-broken" == proven(raw + b"\0", headers)

    @given(st.binary(max_size=120))
    def test_any_tree_is_read_or_refused(self, tail: bytes) -> None:
        """Whatever follows the digest is a tree, or is refused."""
        raw, headers = two_ways()

        proven(raw[:65] + tail, headers)

    @given(st.data())
    def test_what_is_written_is_read(self, data: st.DataObject) -> None:
        """Any tree that can be made is the same when it was written and read again, and its bytes are too."""
        tree = Node(HASH_OF_MESSAGE)
        for _ in range(data.draw(st.integers(1, 6))):
            node = tree
            for _ in range(data.draw(st.integers(0, 6))):
                node = node.then(data.draw(_operations()))
            attestation = Attestation(
                data.draw(st.binary(min_size=8, max_size=8)), data.draw(st.binary(max_size=9))
            )
            if attestation.kind not in (BITCOIN, PENDING) and attestation not in node.attestations:
                node.attestations.append(attestation)
        written = write_proof(Proof(SHA256, HASH_OF_MESSAGE, tree)) if _is_whole(tree) else None
        if written is None:
            return
        again = read_proof(written)

        assert [node.message for node in tree.walk()] == [node.message for node in again.tree.walk()]
        assert [node.attestations for node in tree.walk()] == [
            node.attestations for node in again.tree.walk()
        ]
        assert written == write_proof(again)


def _operations() -> st.SearchStrategy[Operation]:
    with_argument = st.builds(
        Operation, st.sampled_from((APPEND, PREPEND)), st.binary(min_size=1, max_size=20)
    )
    return with_argument | st.sampled_from([Operation(tag) for tag in (SHA256, SHA1, REVERSE, HEXLIFY)])


def _is_whole(tree: Node) -> bool:
    return all(node.attestations or node.branches for node in tree.walk())


class TestPackages:
    """A stamped package of ours, whose last member nothing else covers."""

    def test_every_changed_character_is_found(self) -> None:
        """Whatever is changed beside the manifest's digest, with the ZIP put right again, is found (every third place)."""
        parts = forge.members(packages.build())
        row = Row(Kind.RFC3161, tsa.token(parts[forge.MANIFEST])).to_json()
        value = {"path": forge.MANIFEST, "hash": forge.sha256(parts[forge.MANIFEST]), "evidence": [row]}
        sound = (json.dumps(value, indent=2) + "\n").encode()
        policy = Policy(trust=Trust(timestamp_roots=Roots((tsa.root().der,))))

        def told(raw: bytes) -> list[tuple[str, str]]:
            report = packages.verify(forge.pack({**parts, forge.DIGEST: raw}), policy=policy)
            return [(finding.code, finding.status) for finding in report.findings]

        expected = told(sound)
        assert ("time.stamped", "note") in expected
        same = [
            place
            for place in range(0, len(sound), 3)
            if told(sound[:place] + bytes((sound[place] ^ 1,)) + sound[place + 1 :]) == expected
        ]

        assert [] == same
