"""Other people's tools and our proofs of time: each makes what the other accepts, and refuses what the other refuses."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import tsa
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import TrustError
from archive.signing import pem
from archive.signing.anchored import check_proof
from archive.signing.bitcoin import read_header
from archive.signing.opentimestamps import SHA256, read_proof, write_proof
from archive.signing.timestamp import check_token, query, read_token, request_token
from archive.signing.trust import Roots, Trust
from archive.wacz.evidence import KEY, read_row
from archive.wacz.stamping import Stamping, stamp, upgrade
from provenance.capture.posting import ask_calendar, post_query

MESSAGE = b"the manifest of a package"
needs_openssl = pytest.mark.skipif(tsa.OPENSSL is None, reason="there is no openssl on this machine")


def openssl(*arguments: object, status: int = 0) -> str:
    """Run openssl and return what it says."""
    assert tsa.OPENSSL is not None
    ran = subprocess.run(
        [tsa.OPENSSL, *map(str, arguments)], capture_output=True, text=True, check=False, timeout=30
    )
    assert (ran.returncode == 0) == (status == 0), ran.stderr
    return ran.stdout + ran.stderr


@needs_openssl
class TestOpenssl:
    """`openssl ts`, as an authority and as a verifier."""

    def test_its_token_is_believed(self, tmp_path: Path) -> None:
        """A token that it makes, asked for over the network, is read and believed."""
        with tsa.loopback(tmp_path) as service:
            response = request_token(service.url, MESSAGE, post=post_query)

        assert "Test TSA" == check_token(response, MESSAGE, [tsa.root().der]).authority
        assert 1 == read_token(response).accuracy.seconds  # type: ignore[union-attr]

    def test_it_reads_our_request(self, tmp_path: Path) -> None:
        """Our request says to it what it should."""
        (tmp_path / "q").write_bytes(query(hashlib.sha256(MESSAGE).digest(), 0x1234))
        told = openssl("ts", "-query", "-in", tmp_path / "q", "-text")

        assert "Hash Algorithm: sha256" in told
        assert "Nonce: 0x1234" in told
        assert "Certificate required: yes" in told

    def test_it_verifies_a_stamped_package(self, tmp_path: Path) -> None:
        """With unzip, base64 and openssl alone, anybody checks the token over the manifest of a stamped package."""
        path = _stamped(tmp_path)
        with zipfile.ZipFile(path) as archive:
            (tmp_path / "datapackage.json").write_bytes(archive.read("datapackage.json"))
            row = json.loads(archive.read("datapackage-digest.json"))[KEY][0]
        (tmp_path / "t.tsr").write_bytes(base64.b64decode(row["token"]))
        (tmp_path / "root.pem").write_text(pem.written((tsa.root().der,)))
        check = ("ts", "-verify", "-in", tmp_path / "t.tsr", "-CAfile", tmp_path / "root.pem", "-data")

        assert "Verification: OK" in openssl(*check, tmp_path / "datapackage.json")
        (tmp_path / "other").write_bytes(b"something else")
        assert "FAILED" in openssl(*check, tmp_path / "other", status=1)

    def test_it_agrees_on_tokens_made_here(self, tmp_path: Path) -> None:
        """What the tests make by hand are tokens to it as well, so what they make wrong is wrong for one reason."""
        (tmp_path / "data").write_bytes(MESSAGE)
        (tmp_path / "root.pem").write_text(pem.written((tsa.root().der,)))
        for number, signer in enumerate((tsa.tsa(), tsa.by_rsa())):
            (tmp_path / f"{number}").write_bytes(tsa.token(MESSAGE, signer=signer, nonce=5))
            openssl(
                "ts",
                "-verify",
                "-in",
                tmp_path / f"{number}",
                "-CAfile",
                tmp_path / "root.pem",
                "-data",
                tmp_path / "data",
            )


def _stamped(folder: Path) -> Path:
    """Return a package that an authority on the loopback interface stamped."""
    import packages

    path = folder / "a.wacz"
    path.write_bytes(packages.build())
    with tsa.loopback(folder / "tsa") as service:
        asked = Stamping((service.url,), (), Trust(timestamp_roots=Roots((tsa.root().der,))))
        (made,) = stamp(path, path, asked, post=post_query, ask=ask_calendar)
    assert made.stamped is not None
    return path


class TestRfc3161Client:
    """rfc3161-client reads what we read, and asks as we ask."""

    def test_it_asks_the_same(self) -> None:
        """Our request is its request, but for the nonce."""
        client = pytest.importorskip("rfc3161_client")
        theirs = (
            client.TimestampRequestBuilder().data(MESSAGE).hash_algorithm(client.HashAlgorithm.SHA256).build()
        )

        assert theirs.as_bytes() == query(hashlib.sha256(MESSAGE).digest(), theirs.nonce)

    def test_it_reads_the_same(self) -> None:
        """Time, digest, serial number, nonce and certificates of a token are the same to both."""
        client = pytest.importorskip("rfc3161_client")
        raw = tsa.token(MESSAGE, nonce=99, accuracy_s=2)
        theirs, ours = client.decode_timestamp_response(raw), read_token(raw)
        info = theirs.tst_info

        assert (info.gen_time, info.serial_number, info.nonce) == (ours.at, ours.serial, ours.nonce)
        assert (info.message_imprint.message, info.policy.dotted_string) == (ours.digest, ours.policy)
        assert theirs.signed_data.certificates == set(ours.certificates)

    def test_it_refuses_a_root_that_a_token_brings(self) -> None:
        """The version that is installed does not believe a rogue authority's own root; older ones did."""
        client = pytest.importorskip("rfc3161_client")
        rogue = tsa.rogue()
        response = client.decode_timestamp_response(
            tsa.token(MESSAGE, signer=rogue, certificates=rogue.chain)
        )
        verifier = client.VerifierBuilder(roots=[tsa.root().certificate]).build()

        with pytest.raises(client.VerificationError):
            verifier.verify_message(response, MESSAGE)


class TestRealTokens:
    """A token of a public authority, in a package that somebody else signed."""

    def test_a_signed_package(self, gold: Path) -> None:
        """The time-stamp in a package signed in 2022 holds with the root that it brings, and with no other."""
        path = gold / "warc" / "files" / "08d4c4b515_valid_signed_example_1.wacz"
        with zipfile.ZipFile(path) as archive:
            signed = json.loads(archive.read("datapackage-digest.json"))["signedData"]
        response, chain = base64.b64decode(signed["timeSignature"]), pem.blocks(signed["timestampCert"])
        message = signed["signature"].encode()

        stamped = check_token(response, message, chain[-1:], chain)
        assert ("2022-01-18T19:00:12+00:00", True) == (
            stamped.at.isoformat(),
            read_token(response).signer.is_named_by(chain[0]),
        )
        for roots, text, code in (
            ([], message, "time.root-unknown"),
            (chain[-1:], message + b"x", "time.other-content"),
        ):
            with pytest.raises(TrustError) as caught:
                check_token(response, text, roots, chain)
            assert code == caught.value.finding


class TestOpenTimestamps:
    """The library of OpenTimestamps reads what we write, and we read what it writes."""

    @given(st.data())
    def test_both_read_both(self, data: st.DataObject) -> None:
        """A proof that the library writes is read here as the same messages and attestations, and written back."""
        raw, attested = _made_by_the_library(data)
        proof = read_proof(raw)
        ours = {
            (node.message, each.height, each.calendar)
            for node in proof.tree.walk()
            for each in node.attestations
        }

        assert attested == ours
        assert _attested(_read_by_the_library(write_proof(proof))) == attested

    def test_a_calendar_of_the_library(self, tmp_path: Path) -> None:
        """A calendar that answers with the library's bytes is understood: a promise, later the way to a block."""
        notary = pytest.importorskip("opentimestamps.core.notary")
        import packages

        known: set[bytes] = set()
        where = {"address": ""}

        def answer(path: str, body: bytes) -> tuple[int, str, bytes]:
            message = body or bytes.fromhex(path.rpartition("/")[2])
            later = not body
            known.add(message)
            return 200, "application/octet-stream", _calendar_says(message, where["address"], later, notary)

        path = tmp_path / "a.wacz"
        path.write_bytes(packages.build())
        with tsa.serving(answer) as address:
            where["address"] = address
            (made,) = stamp(path, path, Stamping((), (address,)), post=post_query, ask=ask_calendar)
            asked = upgrade(path, path, [address], ask=ask_calendar)
        with zipfile.ZipFile(path) as archive:
            row = read_row(json.loads(archive.read("datapackage-digest.json"))[KEY][0])
            manifest = archive.read("datapackage.json")

        assert ((1, 0, (358391,)), 1) == ((asked.kept, asked.pending, asked.complete), len(known))
        theirs = _read_by_the_library(row.data)
        assert hashlib.sha256(manifest).digest() == theirs.file_digest
        assert 358391 in {height for _, height, _ in _attested(theirs)}
        assert made.row.data != row.data

    def test_both_take_the_same_header(self) -> None:
        """The library's own header of the first block says to it what it says here, and it attests the same message."""
        notary = pytest.importorskip("opentimestamps.core.notary")
        core = pytest.importorskip("bitcoin.core")
        first = core.CBlockHeader.deserialize(core.CoreMainParams.GENESIS_BLOCK.get_header().serialize())
        ours = read_header(first.serialize())

        assert (
            notary.BitcoinBlockHeaderAttestation(0).verify_against_blockheader(ours.root, first)
            == ours.at.timestamp()
        )
        assert first.hashMerkleRoot == ours.root


def _timestamp() -> Any:
    return pytest.importorskip("opentimestamps.core.timestamp")


def _made_by_the_library(data: st.DataObject) -> tuple[bytes, set[tuple[Any, ...]]]:
    timestamp, op = _timestamp(), pytest.importorskip("opentimestamps.core.op")
    notary = pytest.importorskip("opentimestamps.core.notary")
    tree = timestamp.Timestamp(data.draw(st.binary(min_size=32, max_size=32)))
    for _ in range(data.draw(st.integers(1, 4))):
        node = tree
        for _ in range(data.draw(st.integers(0, 5))):
            argument = data.draw(st.binary(min_size=1, max_size=9))
            step = data.draw(
                st.sampled_from(
                    (op.OpAppend(argument), op.OpPrepend(argument), op.OpSHA256(), op.OpHexlify())
                )
            )
            node = node.ops.add(step)
        height = data.draw(st.integers(0, 1_000_000))
        made = (
            notary.BitcoinBlockHeaderAttestation(height),
            notary.PendingAttestation(f"https://c{height}.example"),
        )
        node.attestations.add(data.draw(st.sampled_from(made)))
    detached = timestamp.DetachedTimestampFile(op.OpSHA256(), tree)
    return _serialised(detached), _attested(detached)


def _serialised(value: Any) -> bytes:
    serialize = pytest.importorskip("opentimestamps.core.serialize")
    context = serialize.BytesSerializationContext()
    value.serialize(context)
    return bytes(context.getbytes())


def _read_by_the_library(raw: bytes) -> Any:
    serialize = pytest.importorskip("opentimestamps.core.serialize")
    context = serialize.BytesDeserializationContext(raw)
    return _timestamp().DetachedTimestampFile.deserialize(context)


def _attested(detached: Any) -> set[tuple[Any, ...]]:
    return {
        (message, getattr(each, "height", None), getattr(each, "uri", None))
        for message, each in detached.timestamp.all_attestations()
    }


def _calendar_says(message: bytes, address: str, later: bool, notary: Any) -> bytes:
    op = pytest.importorskip("opentimestamps.core.op")
    tree = _timestamp().Timestamp(message)
    if later:
        end = tree.ops.add(op.OpPrepend(b"left")).ops.add(op.OpSHA256())
        end.attestations.add(notary.BitcoinBlockHeaderAttestation(358391))
    else:
        tree.attestations.add(notary.PendingAttestation(address))
    return _serialised(tree)


def test_the_library_and_we_agree_on_a_wrong_root() -> None:
    """A message that is not the block's root is refused by both."""
    notary = pytest.importorskip("opentimestamps.core.notary")
    core = pytest.importorskip("bitcoin.core")
    genesis = core.CoreMainParams.GENESIS_BLOCK.get_header()
    first = read_header(genesis.serialize())
    with pytest.raises(notary.VerificationError):
        notary.BitcoinBlockHeaderAttestation(0).verify_against_blockheader(b"\1" * 32, genesis)
    from archive.signing.opentimestamps import BITCOIN, Attestation, Node, Proof

    digest = hashlib.sha256(MESSAGE).digest()
    tree = Node(digest)
    tree.attestations.append(Attestation(BITCOIN, b"\0"))

    with pytest.raises(TrustError) as caught:
        check_proof(write_proof(Proof(SHA256, digest, tree)), MESSAGE, {0: first})
    assert "time.block-differs" == caught.value.finding
