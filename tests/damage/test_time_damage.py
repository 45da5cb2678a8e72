"""Packages with proofs of time, sound ones and damaged or forged ones: what is found of each, and the verdict."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import io
import json
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import authorities
import keys_made_to_fit
import packages
import pytest
import signers
import tsa
from damage import forge

from archive.checks import Policy
from archive.findings import Count, Report, Status, Verdict
from archive.signing import pem
from archive.signing.bitcoin import Header
from archive.signing.opentimestamps import (
    BITCOIN,
    PENDING,
    SHA256,
    Attestation,
    Node,
    Operation,
    Proof,
    write_proof,
)
from archive.signing.trust import Roots, Trust
from archive.wacz.attesting import attest
from archive.wacz.evidence import KEY, MOST_ROWS, Kind, Row, read_row, with_rows

TRUST = Trust(timestamp_roots=Roots((tsa.root().der,)))
BOTH = Trust(timestamp_roots=Roots((tsa.root().der, tsa.second().chain[-1])))
EARLY = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
Change = Callable[[dict[str, Any]], Mapping[str, Any]]


@functools.cache
def made(created: bool = True) -> bytes:
    """Return the small package without any proof of time."""
    if created:
        return packages.build()
    return packages.tiny()


def manifest(data: bytes) -> bytes:
    """Return the bytes of the manifest of a package."""
    return zipfile.ZipFile(io.BytesIO(data)).read("datapackage.json")


def attested(change: Change, data: bytes | None = None) -> bytes:
    """Return the package with something else beside its manifest's digest."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.wacz")
        path.write_bytes(data or made())
        attest(path, path, change)
        return path.read_bytes()


def stamped(*rows: Row, data: bytes | None = None) -> bytes:
    """Return the package with these proofs."""
    return attested(lambda value: with_rows(value, rows), data)


def token(data: bytes | None = None, **options: Any) -> Row:
    """Return a token over the manifest of the package."""
    return Row(Kind.RFC3161, tsa.token(manifest(data or made()), **options))


def proof(attestation: Attestation, message: bytes | None = None) -> Row:
    """Return a proof of OpenTimestamps over the manifest, of one hash, that ends in an attestation."""
    import hashlib

    digest = hashlib.sha256(message or manifest(made())).digest()
    tree = Node(digest)
    tree.then(Operation(SHA256)).attestations.append(attestation)
    return Row(Kind.OTS, write_proof(Proof(SHA256, digest, tree)))


def header(row: Row) -> Header:
    """Return a header of the block that a proof leads to."""
    from archive.signing.opentimestamps import read_proof

    (leaf,) = read_proof(row.data).tree.branches.values()
    assert leaf.message is not None
    return Header(leaf.message, tsa.AT, "00ab")


def report(data: bytes, *, required: tuple[str, ...] = (), **policy: Any) -> Report:
    """Return the report on a package, with the trusted authority's root."""
    return packages.verify(data, policy=Policy(**{"trust": TRUST, **policy}), required=required)


def codes(told: Report) -> list[str]:
    """Return the codes about time, notes and all, in order."""
    return [finding.code for finding in told.findings if finding.code.startswith("time.")]


PROMISE = Attestation(PENDING, b"\x11https://a.example")
BLOCK = Attestation(BITCOIN, b"\x05")


class TestSound:
    """What a proof that holds says."""

    def test_a_package_without_any(self) -> None:
        """Where there is no proof of time nothing is found, and nought of nought were checked."""
        told = report(made())

        assert [] == codes(told)
        assert Count(0, 0) == told.coverage["timestamps"]

    def test_a_package_that_was_stamped(self) -> None:
        """A token of the trusted authority is told with its time, and counts; the package is canonical still."""
        told = report(stamped(token()), required=("timestamps",))

        assert ["time.stamped"] == codes(told)
        assert (Verdict.SOUND, Count(1, 1)) == (told.verdict, told.coverage["timestamps"])
        assert "the manifest existed at 2026-03-01 12:00:00 UTC, says Test TSA" in [
            finding.message for finding in told.findings
        ]

    def test_a_package_that_states_no_time(self) -> None:
        """A package that does not say when it was made contradicts no token."""
        data = made(created=False)

        assert ["time.stamped"] == codes(report(stamped(token(data), data=data)))

    def test_a_block_at_hand(self) -> None:
        """A proof by Bitcoin counts where the block's header is given."""
        row = proof(BLOCK)
        told = report(stamped(row), required=("timestamps",), blocks={5: header(row)})

        assert (["time.stamped"], Verdict.SOUND) == (codes(told), told.verdict)

    def test_clocks_need_not_agree_to_the_minute(self) -> None:
        """A package that was made by a clock some minutes fast is not accused."""
        created = dt.datetime.fromisoformat(packages.CREATED)

        assert ["time.stamped"] == codes(report(stamped(token(at=created - dt.timedelta(minutes=10)))))
        too_early = report(stamped(token(at=created - dt.timedelta(minutes=10, seconds=1))))
        # the warcinfo record is dated as the package is
        assert ["time.stamped", "time.before-creation", "time.record-after-token"] == codes(too_early)


@attrs.frozen
class Case:
    """A package, and what is found of its proof of time."""

    data: Callable[[], bytes]
    code: str
    status: Status = Status.FAILED


def _other_package() -> bytes:
    return stamped(token(packages.build(3)))


def _altered_token() -> bytes:
    changed = tsa.token(manifest(made()), content_after=lambda info: info.replace(b"20260301", b"20260201"))
    return stamped(Row(Kind.RFC3161, changed))


def _edited(**changes: Any) -> bytes:
    return attested(lambda value: {**value, KEY: [{**token().to_json(), **changes}]})


CASES = {
    "a token of another package": Case(_other_package, "time.other-content"),
    "a token over SHA-1": Case(lambda: stamped(token(algorithm="sha1")), "time.weak", Status.NOT_CHECKED),
    "rubbish": Case(lambda: stamped(Row(Kind.RFC3161, b"rubbish")), "time.token-broken"),
    "no base64": Case(lambda: _edited(token="?"), "time.token-broken"),
    "no text": Case(lambda: _edited(token=1), "time.token-broken"),
    "base64 with loose bits": Case(lambda: _edited(token="MB=="), "time.token-broken"),
    "a further key": Case(lambda: _edited(note="x"), "time.token-broken"),
    "of an unknown type": Case(lambda: _edited(type="x"), "time.form-unknown", Status.NOT_CHECKED),
    "of a type that is none": Case(lambda: _edited(type=[]), "time.form-unknown", Status.NOT_CHECKED),
    "over something else": Case(lambda: _edited(over="x"), "time.form-unknown", Status.NOT_CHECKED),
    "no list": Case(
        lambda: attested(lambda value: {**value, KEY: "x"}), "time.form-unknown", Status.NOT_CHECKED
    ),
    "an altered time": Case(_altered_token, "time.signature-broken"),
    "a domain's certificate": Case(
        lambda: stamped(token(signer=tsa.stamper("x", critical_extended=False), at=EARLY)),
        "time.certificate-unfit",
    ),
    "a rogue authority": Case(
        lambda: stamped(token(signer=tsa.rogue(), certificates=tsa.rogue().chain)),
        "time.root-unknown",
        Status.NOT_CHECKED,
    ),
    "no certificate": Case(
        lambda: stamped(token(certificates=())), "time.certificate-missing", Status.NOT_CHECKED
    ),
    "somebody else's certificate": Case(
        lambda: stamped(token(certificates=(tsa.rogue().der,))), "time.certificate-other"
    ),
    "a certificate that had ended": Case(
        lambda: stamped(token(signer=tsa.stamper("x", end=EARLY))), "time.certificate-expired"
    ),
    "an issuer that is none": Case(
        lambda: stamped(token(signer=tsa.stamper("x", tsa.stamper("leaf")))),
        "time.chain-broken",
    ),
    "a promise": Case(lambda: stamped(proof(PROMISE)), "time.pending", Status.NOT_CHECKED),
    "a block that is not at hand": Case(
        lambda: stamped(proof(BLOCK)), "time.block-not-checked", Status.NOT_CHECKED
    ),
    "a promise over something else": Case(
        lambda: stamped(proof(PROMISE, b"something else")), "time.other-content"
    ),
    "a proof that is none": Case(lambda: stamped(Row(Kind.OTS, b"rubbish")), "time.token-broken"),
}


class TestDamaged:
    """Each way of being wrong has its one code."""

    @pytest.mark.parametrize("name", CASES)
    def test_it_is_found(self, name: str) -> None:
        """Exactly this is found about the time, and it decides the verdict where it is something wrong."""
        case = CASES[name]
        told = report(case.data())
        found = [finding for finding in told.findings if finding.code.startswith("time.")]

        assert [(case.code, case.status)] == [(finding.code, finding.status) for finding in found]
        assert (Verdict.UNSOUND if case.status is Status.FAILED else Verdict.SOUND) == told.verdict
        assert (found[0].where.field or "").startswith(KEY)

    @pytest.mark.parametrize("name", CASES)
    def test_it_is_never_counted(self, name: str) -> None:
        """Where a timestamp is required, none of these will do."""
        case = CASES[name]
        told = report(case.data(), required=("timestamps",))

        assert (Verdict.UNSOUND if case.status is Status.FAILED else Verdict.UNDECIDED) == told.verdict

    def test_a_block_with_another_root(self) -> None:
        """A proof that does not lead to the root of the block it names is wrong."""
        told = report(stamped(proof(BLOCK)), blocks={5: Header(b"\1" * 32, tsa.AT, "00ab")})

        assert (["time.block-differs"], Verdict.UNSOUND) == (codes(told), told.verdict)

    def test_a_back_dated_token(self) -> None:
        """A token from before the package and its records were made contradicts both."""
        told = report(stamped(token(at=EARLY)))

        assert ["time.stamped", "time.before-creation", "time.record-after-token"] == codes(told)
        assert Verdict.UNSOUND == told.verdict

    def test_a_record_from_after_the_token(self) -> None:
        """A record that is dated later than the package was stamped is named, with its place; the others are counted."""
        data = made(created=False)
        told = report(stamped(token(data, at=dt.datetime(2025, 12, 31, 23, 0, tzinfo=dt.UTC)), data=data))
        (finding,) = (each for each in told.findings if each.code == "time.record-after-token")

        assert ("WARC-Date", "2026-01-01T00:00:00Z") == (finding.where.field, finding.actual)
        assert finding.message.endswith(", and 1 more are")  # the description of its WARC
        assert finding.where.member is not None
        assert finding.where.record is not None

    def test_records_from_after_the_token_are_counted(self) -> None:
        """Of several records the latest is named, and the others are counted: six of the package, and its description."""
        told = report(stamped(token(at=EARLY)))
        (finding,) = (each for each in told.findings if each.code == "time.record-after-token")

        assert finding.message.endswith(", and 5 more are")
        assert packages.CREATED == finding.actual

    def test_too_many_proofs(self) -> None:
        """A package with more proofs than are looked at says so."""
        told = report(stamped(*[proof(PROMISE)] * (MOST_ROWS + 1)))

        assert {"time.pending": MOST_ROWS, "time.not-checked": 1} == dict(packages.codes(told))

    def test_without_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Without what checks tokens it is said what to install, and nothing is counted."""
        monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)
        told = report(stamped(token()), required=("timestamps",))
        (finding,) = (each for each in told.findings if each.code.startswith("time."))

        assert ("time.not-checked", Verdict.UNDECIDED) == (finding.code, told.verdict)
        assert "source-provenance[sign]" in finding.message


class TestSigned:
    """The token over a signature."""

    def found(self, parts: dict[str, bytes], **policy: Any) -> list[str]:
        """Return the codes about time of a signed package, with the test roots trusted."""
        return codes(report(forge.pack(parts), **{"trust": signers.trust(), **policy}))

    def changed(self, parts: dict[str, bytes], **fields: Any) -> dict[str, bytes]:
        """Return the members with other fields under `signedData`."""
        stated = json.loads(parts[forge.DIGEST])["signedData"]
        return signers.with_signature(parts, {**stated, **fields})

    def test_it_is_over_the_text_of_the_signature(self) -> None:
        """The token is checked against the base64 text, as other clients do, and the time is the package's."""
        assert ["time.stamped"] == self.found(signers.signed(signers.newsroom()))
        assert ["time.stamped"] == self.found(
            signers.signed(signers.newsroom(), certificates=tsa.tsa().chain)
        )

    def test_an_exchanged_certificate(self) -> None:
        """A timestampCert that is not the signer's is found, though the token brings the right one."""
        other = pem.written((tsa.stamper("Other").der, tsa.root().der))

        assert ["time.certificate-other"] == self.found(
            self.changed(signers.signed(signers.newsroom()), timestampCert=other)
        )

    def test_an_exchanged_token(self) -> None:
        """A rogue authority's token beside the certificate of the trusted one is found, and with its own it is unknown."""
        theirs = signers.signed(signers.newsroom(), by=tsa.rogue())
        ours = json.loads(signers.signed(signers.newsroom())[forge.DIGEST])["signedData"]

        assert ["time.root-unknown"] == self.found(theirs)
        exchanged = self.changed(theirs, timestampCert=ours["timestampCert"])
        assert ["time.certificate-other"] == self.found(exchanged)

    @pytest.mark.parametrize("signer", [tsa.rogue, tsa.by_rsa])
    def test_an_exchanged_token_with_its_own_certificate(self, signer: Callable[[], Any]) -> None:
        """Another's token that brings its certificate is found beside the named one's, whether it is known or not."""
        parts = signers.signed(signers.newsroom())
        signature = json.loads(parts[forge.DIGEST])["signedData"]["signature"].encode()
        other = tsa.token(signature, at=signers.AT, signer=signer())

        assert ["time.certificate-other"] == self.found(
            self.changed(parts, timeSignature=base64.b64encode(other).decode())
        )

    def test_a_token_by_a_domain(self) -> None:
        """A token made with an ordinary certificate of the trusted root is no token."""
        forged = signers.signed(signers.newsroom(), by=authorities.host(tsa.root()))

        assert ["time.certificate-unfit"] == self.found(forged)

    def test_a_token_of_another_signature(self) -> None:
        """A token over another signature is not one over this."""
        assert ["time.other-content"] == self.found(signers.signed(signers.newsroom(), imprint=b"\1" * 32))

    @pytest.mark.parametrize("text", ["?", ""])
    def test_a_token_that_is_none(self, text: str) -> None:
        """What is no base64, or nothing, cannot be read."""
        assert ["time.token-broken"] == self.found(
            self.changed(signers.signed(signers.newsroom()), timeSignature=text)
        )

    def test_an_old_signature_on_a_new_package(self) -> None:
        """A genuine old signature fits a new package under a key that is worked out for it: its age is not the package's."""
        old = json.loads(signers.signed(signers.newsroom())[forge.DIGEST])["signedData"]
        parts = signers.altered()
        digest = forge.sha256(parts[forge.MANIFEST])
        public = keys_made_to_fit.public_key(base64.b64decode(old["signature"]), digest.encode())
        issuer = authorities.issue("Nobody")
        holder = authorities.host(issuer, key=keys_made_to_fit.Holding(public))
        forged = signers.with_signature(
            parts, {**old, "hash": digest, "domainCert": pem.written(holder.chain)}
        )
        told = report(forge.pack(forged), trust=signers.trust(), required=("timestamps",))

        assert "signature.wrong" not in packages.codes(told)
        assert (["time.signature-unbound"], Verdict.UNDECIDED) == (codes(told), told.verdict)

    def test_whose_key_counts(self) -> None:
        """The time of a signature is the package's where its root is trusted, or its key is named; else not."""
        nobody = authorities.host(authorities.issue("Nobody"))
        parts = signers.signed(signers.key(nobody))

        assert ["time.signature-unbound"] == self.found(parts)
        assert ["time.stamped"] == self.found(parts, trust=signers.trust(nobody.fingerprint))
        assert ["time.stamped"] == self.found(parts, trust=signers.trust(roots=(nobody_root(nobody),)))


def nobody_root(holder: Any) -> Any:
    """Return the issuer at the end of a holder's chain."""
    return attrs.make_class("Root", ["der"])(holder.chain[-1])


class TestAuthorities:
    """So many authorities as are asked for."""

    @pytest.mark.parametrize(
        ("rows", "trust", "verdict", "status"),
        [
            (lambda: [token(), token(signer=tsa.second())], BOTH, Verdict.SOUND, None),
            (lambda: [token(), token()], BOTH, Verdict.UNSOUND, Status.FAILED),
            (lambda: [token(), token(signer=tsa.by_rsa())], BOTH, Verdict.UNSOUND, Status.FAILED),
            (lambda: [token(), token(signer=tsa.second())], TRUST, Verdict.UNDECIDED, Status.NOT_CHECKED),
            (lambda: [token(), proof(BLOCK)], TRUST, Verdict.UNDECIDED, Status.NOT_CHECKED),
            (lambda: [token()], BOTH, Verdict.UNSOUND, Status.FAILED),
        ],
        ids=["two", "one twice", "two of one root", "one unknown", "one not at hand", "one"],
    )
    def test_two_are_asked_for(
        self, rows: Callable[[], list[Row]], trust: Trust, verdict: Verdict, status: Status | None
    ) -> None:
        """Two are enough, one twice is not, and one that could not be checked leaves it open."""
        told = report(stamped(*rows()), trust=trust, timestamps=2, required=("timestamps",))
        found = [finding.status for finding in told.findings if finding.code == "time.too-few"]

        assert verdict == told.verdict
        assert ([status] if status else []) == found

    def test_bitcoin_is_an_authority(self) -> None:
        """A token and a block are two."""
        row = proof(BLOCK)
        told = report(stamped(token(), row), timestamps=2, required=("timestamps",), blocks={5: header(row)})

        assert Verdict.SOUND == told.verdict

    def test_a_promise_beside_a_token_does_no_harm(self) -> None:
        """Taking a promise away does not make the verdict better, so leaving it in does not make it worse."""
        with_promise = report(stamped(token(), proof(PROMISE)), required=("timestamps",))

        assert Verdict.SOUND == with_promise.verdict
        assert Count(1, 2) == with_promise.coverage["timestamps"]

    def test_taking_a_proof_away_never_helps(self) -> None:
        """Whatever is taken out of a list of proofs, the verdict is none the better for it."""
        order = list(Verdict)
        rows = [token(), token(signer=tsa.second()), proof(PROMISE), token(signer=tsa.rogue())]
        for required in ((), ("timestamps",)):
            before = report(stamped(*rows), required=required).verdict
            for index in range(len(rows)):
                left = rows[:index] + rows[index + 1 :]
                after = report(stamped(*left), required=required).verdict
                assert order.index(after) >= order.index(before)


def test_a_row_is_written_as_it_is_read() -> None:
    """A proof that is put in is the one that is taken out, and keeps its place behind those that were there."""
    rows = (token(), proof(PROMISE))
    value = json.loads(zipfile.ZipFile(io.BytesIO(stamped(*rows))).read("datapackage-digest.json"))

    assert list(rows) == [read_row(row) for row in value[KEY]]
    assert ["path", "hash", KEY] == list(value)
