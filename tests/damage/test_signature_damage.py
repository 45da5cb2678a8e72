"""Signatures with one thing wrong, or by somebody nobody should believe: each with the one code that says what."""

from __future__ import annotations

import base64
import datetime as dt
import json
import sys
from collections.abc import Callable

import attrs
import authorities
import packages
import pytest
import signers
import tsa
from authorities import DOMAIN, host, intermediate, issue, newsroom, rogue, root
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from damage import forge
from signers import changed, codes, signed, stated, trust, unsigned, verify, with_signature

from archive.checks import Policy
from archive.findings import Count, Status, Verdict
from archive.signing import pem
from archive.signing.keys import key_of
from archive.signing.signature import ORDERS
from archive.signing.trust import Roots

P256, P384 = ec.SECP256R1(), ec.SECP384R1()
NAMED = trust(DOMAIN)
CHECKED, OPEN = Count(1, 1), Count(0, 1)


def spki(key: object) -> str:
    """Return the public half of a key in base64, as an anonymous signature states it."""
    public = key.public_key()  # type: ignore[attr-defined]
    return base64.b64encode(public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()


def b64(data: bytes) -> str:
    """Return base64."""
    return base64.b64encode(data).decode()


def forged(holder: authorities.Holder, **options: object) -> signers.Parts:
    """Return an altered package that the holder of some certificate has signed anew."""
    return signed(signers.key(holder), signers.altered(), **options)


class TestGood:
    """What is right is not accused of anything, and counts as checked where the signer was named."""

    @pytest.mark.parametrize("how", ["host", "key", "certificate"])
    def test_by_the_newsroom(self, how: str) -> None:
        """`signature.verified`: signed for a host, and named by the host, by its key, or by its certificate."""
        names = {
            "host": DOMAIN,
            "key": newsroom().fingerprint,
            "certificate": authorities.fingerprint(newsroom().der),
        }
        report = verify(signed(signers.newsroom()), trust(names[how]))

        assert (Verdict.SOUND, CHECKED) == (report.verdict, report.coverage["signatures"])
        assert ["signature.verified"] == codes(report, *Status)

    def test_anonymously(self) -> None:
        """`signature.verified`: signed with a bare key, and named by its fingerprint."""
        report = verify(signed(signers.anonymous()), trust(signers.anonymous().fingerprint))

        assert (Verdict.SOUND, CHECKED) == (report.verdict, report.coverage["signatures"])
        assert ["signature.verified"] == codes(report, *Status)

    @pytest.mark.parametrize("named", [True, False])
    def test_by_someone_unknown(self, named: bool) -> None:
        """`signature.signer-unknown`: a right signature by nobody who was named is said, and does not count as checked."""
        for key in (signers.newsroom(), signers.anonymous()):
            report = verify(signed(key), required=named)

            assert ["signature.signer-unknown"] == codes(report, *Status)
            assert OPEN == report.coverage["signatures"]
            assert (Verdict.UNDECIDED if named else Verdict.SOUND) is report.verdict

    def test_written_with_the_package(self) -> None:
        """A package that is signed while it is written has the very bytes of one signed afterwards."""
        key = signers.anonymous()
        while_written = packages.build(software=signers.SOFTWARE)

        assert forge.pack(signed(key)) == forge.pack(signed(key, forge.members(while_written)))


def zeros(value: dict[str, object]) -> dict[str, object]:
    """Return the signature with a hash of zeros."""
    return {**value, "hash": f"sha256:{'0' * 64}"}


def self_made() -> signers.Parts:
    """Return a package signed with a certificate that nobody but itself has signed."""
    return forged(issue(DOMAIN, domains=(DOMAIN,), extended=authorities.TLS))


def minted_by_a_leaf() -> signers.Parts:
    """Return a package signed with a certificate for the newsroom that another host's certificate has issued."""
    attacker = host(intermediate(), "attacker.example")
    return forged(host(attacker))


def cut_to_the_leaf() -> signers.Parts:
    """Return a package whose chain of certificates was cut off behind the first."""
    return changed(signers.newsroom(), domainCert=pem.written(newsroom().chain[:1]))


def another_key() -> signers.Parts:
    """Return a package whose second chain is for another key."""
    return changed(signers.newsroom(), crossSignedCert=host(root()).pem)


def a_strangers_with_the_known_root() -> signers.Parts:
    """Return a package whose chain is of a stranger's certificate and the known root, which did not issue it."""
    holder = host(issue("Nobody's Root"))
    return signed(key_of(holder.key, (holder.der, root().der)))


def an_unfit_leaf() -> signers.Parts:
    """Return a package signed with a key whose certificate says that it is for agreeing on keys."""
    key = ec.generate_private_key(P256)
    fit = key_of(key, host(intermediate(), key=key).chain)
    unfit = host(intermediate(), key=key, usages=("key_agreement",))
    parts = unsigned()
    return with_signature(parts, {**stated(parts, fit), "domainCert": unfit.pem})


def _claiming(holder: authorities.Holder) -> signers.Parts:
    parts = signers.altered()
    return with_signature(parts, {**stated(parts, signers.key(holder)), "domain": DOMAIN})


FAILED: dict[str, tuple[Callable[[], signers.Parts], str]] = {
    "70 one bit of the signature": (
        lambda: changed(
            signers.newsroom(),
            signature=signers.flipped(str(stated(unsigned(), signers.newsroom())["signature"])),
        ),
        "signature.wrong",
    ),
    "71 another host claimed": (
        lambda: changed(signers.newsroom(), domain="bbc.example"),
        "signature.other-domain",
    ),
    "75 no host at all": (lambda: changed(signers.newsroom(), domain="news room"), "signature.other-domain"),
    "74 without the time-stamp": (
        lambda: changed(signers.newsroom(), timeSignature=None),
        "signature.incomplete",
    ),
    "74b without the time-stamp's certificate": (
        lambda: changed(signers.newsroom(), timestampCert=None),
        "signature.incomplete",
    ),
    "76 a stranger's certificate, the newsroom claimed": (
        lambda: _claiming(host(intermediate(), "attacker.example")),
        "signature.other-domain",
    ),
    "77 minted by a leaf": (minted_by_a_leaf, "signature.chain-broken"),
    "77b by a root of the known name": (lambda: forged(host(rogue())), "signature.chain-broken"),
    "77c by an issuer below a root of the known name": (
        lambda: forged(host(issue("Test Issuer", rogue()))),
        "signature.chain-broken",
    ),
    "77d by an issuer who may issue for none below": (
        lambda: forged(host(issue("Below", intermediate()))),
        "signature.chain-broken",
    ),
    "77e by an issuer who may not sign certificates": (
        lambda: forged(host(issue("Odd", root(), usages=("digital_signature",)))),
        "signature.chain-broken",
    ),
    "77f the known root at the end of a stranger's chain": (
        a_strangers_with_the_known_root,
        "signature.chain-broken",
    ),
    "80 chain cut to the leaf": (cut_to_the_leaf, "signature.chain-broken"),
    "80b nobody's word but its own": (self_made, "signature.chain-broken"),
    "80c a link cut out": (
        lambda: changed(signers.newsroom(), domainCert=pem.written(newsroom().chain[::2])),
        "signature.chain-broken",
    ),
    "only for signing code": (
        lambda: forged(host(intermediate(), extended=(ExtendedKeyUsageOID.CODE_SIGNING,))),
        "signature.chain-broken",
    ),
    "only for agreeing on keys": (
        an_unfit_leaf,
        "signature.key-unfit",
    ),
    "an authority for tests": (
        lambda: forged(host(issue("(STAGING) Pretend Pear X1"))),
        "signature.test-authority",
    ),
    "the second chain for another key": (another_key, "signature.cross-signed-differs"),
    "the second chain unreadable": (
        lambda: changed(signers.newsroom(), crossSignedCert=pem.written([b"x" * 40])),
        "signature.cross-signed-differs",
    ),
    "no object": (lambda: with_signature(unsigned(), "signed, honestly"), "signature.malformed"),
    "a certificate that is none": (
        lambda: changed(signers.newsroom(), domainCert=pem.written([b"x" * 40])),
        "signature.chain-broken",
    ),
    "no PEM": (lambda: changed(signers.newsroom(), domainCert="newsroom.example"), "signature.malformed"),
    "a key in PEM": (
        lambda: changed(signers.newsroom(), domainCert=newsroom().key_pem.decode()),
        "signature.malformed",
    ),
    "a chain of hundreds": (
        lambda: changed(signers.newsroom(), domainCert=pem.written(newsroom().chain * 100)),
        "signature.malformed",
    ),
    "a chain of megabytes": (
        lambda: changed(signers.newsroom(), domainCert=" " * (1 << 21)),
        "signature.malformed",
    ),
    "no base64": (lambda: changed(signers.newsroom(), signature="§" * 20), "signature.malformed"),
    "a number": (lambda: changed(signers.anonymous(), publicKey=7), "signature.malformed"),
    "both forms": (
        lambda: changed(signers.anonymous(), domain=DOMAIN, domainCert=newsroom().pem),
        "signature.malformed",
    ),
    "neither form": (lambda: changed(signers.anonymous(), publicKey=None), "signature.incomplete"),
    "no signature": (lambda: changed(signers.anonymous(), signature=None), "signature.incomplete"),
    "an empty signature": (lambda: changed(signers.anonymous(), signature=""), "signature.incomplete"),
    "another's public key": (
        lambda: changed(signers.anonymous(), publicKey=spki(authorities.anonymous())),
        "signature.wrong",
    ),
    "zeros for a signature": (
        lambda: changed(signers.anonymous(), signature=b64(bytes(96))),
        "signature.wrong",
    ),
    "the order of the group for a signature": (
        lambda: changed(signers.anonymous(), signature=b64(ORDERS["secp384r1"].to_bytes(48) * 2)),
        "signature.wrong",
    ),
    "a signature that is too short": (
        lambda: changed(signers.anonymous(), signature=b64(bytes(95))),
        "signature.wrong",
    ),
    "an anonymous key on P-256": (
        lambda: changed(signers.anonymous(), publicKey=spki(ec.generate_private_key(P256))),
        "signature.key-unfit",
    ),
    "an anonymous key on secp256k1": (
        lambda: changed(signers.anonymous(), publicKey=spki(ec.generate_private_key(ec.SECP256K1()))),
        "signature.key-unfit",
    ),
    "an anonymous RSA key": (
        lambda: changed(signers.anonymous(), publicKey=spki(rsa.generate_private_key(65537, 2048))),
        "signature.key-unfit",
    ),
    "an anonymous Ed25519 key": (
        lambda: changed(signers.anonymous(), publicKey=spki(ed25519.Ed25519PrivateKey.generate())),
        "signature.key-unfit",
    ),
    "a key that is none": (
        lambda: changed(signers.anonymous(), publicKey=b64(b"key")),
        "signature.key-unfit",
    ),
    "a certificate on P-384": (
        lambda: changed(
            signers.newsroom(), domainCert=host(intermediate(), key=ec.generate_private_key(P384)).pem
        ),
        "signature.key-unfit",
    ),
    "an RSA certificate": (
        lambda: changed(
            signers.newsroom(), domainCert=host(intermediate(), key=rsa.generate_private_key(65537, 2048)).pem
        ),
        "signature.key-unfit",
    ),
}


@pytest.mark.parametrize("case", FAILED)
def test_what_is_wrong_is_refused_without_asking(case: str) -> None:
    """One thing is wrong: exactly its code fails, whether or not a signer was named, and no signature counts."""
    make, code = FAILED[case]
    parts = make()
    for trusted in (trust(), NAMED):
        report = verify(parts, trusted)

        assert [code] == codes(report)
        assert (Verdict.UNSOUND, OPEN) == (report.verdict, report.coverage["signatures"])
        assert {"signature.verified", "signature.signer-unknown"} & set(codes(report, *Status)) == set()


@pytest.mark.parametrize(("begin", "end"), [(2027, 2028), (2024, 2025)])
def test_a_certificate_that_was_not_valid(begin: int, end: int) -> None:
    """`signature.certificate-not-valid`: a certificate that runs out before the token's time, or begins behind it."""
    times = {"begin": dt.datetime(begin, 1, 1, tzinfo=dt.UTC), "end": dt.datetime(end, 1, 1, tzinfo=dt.UTC)}
    key = ec.generate_private_key(P256)
    fit, other = (host(intermediate(), key=key, **options) for options in ({}, times))
    parts = unsigned()
    value = stated(parts, key_of(key, fit.chain))
    report = verify(with_signature(parts, {**value, "domainCert": other.pem}), NAMED)

    assert ["signature.certificate-not-valid"] == codes(report)
    assert ["signature.verified"] == codes(verify(with_signature(parts, value), NAMED), *Status)


class TestOtherContent:
    """`signature.other-content`: a signature that is right, and over something else."""

    def test_rewritten_under_an_old_signature(self) -> None:
        """21: everything is put right but what is signed, which other programs do not compare."""
        signature = stated(unsigned(), signers.newsroom())
        report = verify(with_signature(signers.altered(), signature), NAMED)

        assert ["signature.other-content"] == codes(report)
        assert (Verdict.UNSOUND, OPEN) == (report.verdict, report.coverage["signatures"])
        assert "signature.verified" not in codes(report, *Status)

    def test_another_packages_signature(self) -> None:
        """56: the signature of another package, pasted in, with its date."""
        other = forge.members(packages.build(3))
        report = verify(with_signature(unsigned(), stated(other, signers.newsroom())), NAMED)

        assert ["signature.other-content"] == codes(report)

    def test_a_hash_of_zeros(self) -> None:
        """72: the signed hash replaced is found as another hash, and as one that was never signed."""
        report = verify(with_signature(unsigned(), zeros(stated(unsigned(), signers.newsroom()))), NAMED)

        assert ["signature.other-content", "signature.wrong"] == codes(report)

    def test_a_hash_that_is_no_text(self) -> None:
        """A hash with half a character in it is another hash, and nothing can be a signature of it."""
        report = verify(changed(signers.newsroom(), hash="sha256:\ud800"), NAMED)

        assert ["signature.other-content", "signature.wrong"] == codes(report)

    def test_another_date(self) -> None:
        """58: the date beside the signature is not the manifest's."""
        report = verify(changed(signers.newsroom(), created="2016-01-02T03:04:05Z"), NAMED)

        assert ["signature.other-content"] == codes(report)

    def test_the_same_instant_written_otherwise(self) -> None:
        """A date in another spelling is the same date: in packages of others that is nothing wrong."""
        parts = foreign()
        value = stated(parts, signers.newsroom())
        report = verify(with_signature(parts, {**value, "created": "2026-01-02T03:04:05.000+00:00"}), NAMED)

        assert [] == codes(report)


def foreign() -> signers.Parts:
    """Return the members of a package that other software says it made."""
    parts = unsigned()
    manifest = json.loads(parts[forge.MANIFEST])
    forge.set_manifest(parts, {**manifest, "software": "somebodys-archiver 1.0"})
    return parts


class TestSomebodyElse:
    """`signature.other-signer`: a right signature, and not by whom the caller named."""

    def test_the_attackers_own_certificate(self) -> None:
        """75: altered and signed with a valid certificate for a host of the attacker's own."""
        attacker = host(intermediate(), "attacker.example")
        for trusted, verdict in ((NAMED, Verdict.UNSOUND), (trust(), Verdict.SOUND)):
            report = verify(forged(attacker), trusted)

            assert verdict is report.verdict
            assert OPEN == report.coverage["signatures"]
            assert (["signature.other-signer"] if trusted.signers else []) == codes(report)

    def test_who_it_was_is_told(self) -> None:
        """The report names who signed, when and by whose word, beside everybody who was expected."""
        attacker = host(intermediate(), "attacker.example")
        report = verify(forged(attacker), trust(DOMAIN, "paper.example"))
        (finding,) = (each for each in report.findings if each.code == "signature.other-signer")
        who = (
            f"'attacker.example', as 'Test Root' has it, at 2026-01-02 03:04:09 UTC ({attacker.fingerprint})"
        )

        assert (f"{DOMAIN}, paper.example", who) == (finding.expected, finding.actual)

    @pytest.mark.parametrize("named", [DOMAIN, f"sha256:{'0' * 64}"])
    def test_a_fresh_key(self, named: str) -> None:
        """78: altered and signed with a key that was made for it."""
        report = verify(signed(key_of(authorities.anonymous()), signers.altered()), trust(named))

        assert ["signature.other-signer"] == codes(report)
        assert (Verdict.UNSOUND, OPEN) == (report.verdict, report.coverage["signatures"])

    def test_required_and_nobody_named(self) -> None:
        """78: where only some signature is required, one by a fresh key is never enough."""
        report = verify(signed(key_of(authorities.anonymous()), signers.altered()), required=True)

        assert (Verdict.UNDECIDED, OPEN) == (report.verdict, report.coverage["signatures"])

    def test_an_unknown_authority(self) -> None:
        """`signature.authority-unknown`: a chain to a root that nobody knows leaves open who signed."""
        unknown = issue("Nobody's Root")
        below = host(issue("Nobody's Issuer", unknown))
        for holder, chain in ((host(unknown), 2), (below, 3), (below, 2)):
            report = verify(signed(key_of(holder.key, holder.chain[:chain])), NAMED)

            assert ["signature.authority-unknown"] == codes(report, Status.NOT_CHECKED, Status.FAILED)
            assert (Verdict.UNDECIDED, OPEN) == (report.verdict, report.coverage["signatures"])

    def test_an_unknown_authority_whose_name_is_not_asked_for(self) -> None:
        """A host that nobody named and nobody knows is somebody else, whoever vouches for it."""
        holder = host(issue("Nobody's Root"), "attacker.example")
        report = verify(signed(signers.key(holder)), NAMED)

        assert ["signature.other-signer"] == codes(report)

    def test_an_unknown_authority_and_a_known_key(self) -> None:
        """Where the key itself was named, nobody needs to vouch for it."""
        holder = host(issue("Nobody's Root"))
        report = verify(signed(signers.key(holder)), trust(holder.fingerprint))

        assert ["signature.authority-unknown", "signature.verified"] == codes(report, *Status)
        assert (Verdict.SOUND, CHECKED) == (report.verdict, report.coverage["signatures"])

    def test_a_root_by_its_fingerprint(self) -> None:
        """A root that is named by its fingerprint is known where the chain brings it, and not where it is cut off."""
        pinned = attrs.evolve(
            NAMED, domain_roots=Roots(fingerprints=frozenset({authorities.fingerprint(root().der)}))
        )
        whole = verify(signed(signers.newsroom()), pinned)
        cut = verify(
            with_signature(
                foreign(), {**_foreign_signature(), "domainCert": pem.written(newsroom().chain[:2])}
            ),
            pinned,
        )

        assert (Verdict.SOUND, CHECKED) == (whole.verdict, whole.coverage["signatures"])
        assert (Verdict.UNDECIDED, OPEN) == (cut.verdict, cut.coverage["signatures"])

    def test_a_second_chain(self) -> None:
        """Where nothing is known of the first authority, a second chain for the same key is enough."""
        key = ec.generate_private_key(P256)
        first, second = host(issue("Nobody's Root"), key=key), host(root(), key=key)
        parts = foreign()
        value = {
            **stated(parts, key_of(key, first.chain)),
            "crossSignedCert": second.pem,
            "software": "authsigner",
        }

        assert ["signature.verified"] == codes(verify(with_signature(parts, value), NAMED), *Status)


def _foreign_signature() -> dict[str, object]:
    return {**stated(foreign(), signers.newsroom()), "software": "authsigner 0.6.1"}


class TestTime:
    """When a host's signature was made decides what its certificate was worth."""

    def test_a_token_over_something_else(self) -> None:
        """73: a token over other data fails as such; of the signature it is said that its time is not known."""
        value = stated(unsigned(), signers.newsroom(), imprint=b"\1" * 32)
        report = verify(with_signature(unsigned(), value), NAMED)

        assert ["time.other-content"] == [
            each.code for each in report.findings if each.status is Status.FAILED
        ]
        assert "signature.time-unknown" in codes(report, Status.NOT_CHECKED)
        assert (Verdict.UNSOUND, OPEN) == (report.verdict, report.coverage["signatures"])

    def test_no_token_at_all(self) -> None:
        """A token that cannot be read fails as such; the certificates are then judged at the time that is stated."""
        for created, codes_ in (
            (packages.CREATED, []),
            ("2019-01-01T00:00:00Z", ["signature.certificate-not-valid"]),
        ):
            parts = unsigned()
            manifest = json.loads(parts[forge.MANIFEST])
            forge.set_manifest(parts, {**manifest, "created": created})
            value = {**stated(parts, signers.newsroom()), "timeSignature": b64(b"token")}
            report = verify(with_signature(parts, value), NAMED)

            assert ["time.token-broken"] == [
                each.code for each in report.findings if each.status is Status.FAILED and each.level == "time"
            ]
            assert codes_ == codes(report)
            assert ["signature.time-unknown"] == codes(report, Status.NOT_CHECKED)
            assert OPEN == report.coverage["signatures"]

    @pytest.mark.parametrize(
        ("names", "code"), [((), "signature.signer-unknown"), (("paper.example",), "signature.other-signer")]
    )
    def test_without_any_time(self, names: tuple[str, ...], code: str) -> None:
        """A key whose certificate nobody can date only claims its host, and is told without a time."""
        parts = unsigned()
        value = {**stated(parts, signers.newsroom()), "timeSignature": b64(b"token")}
        report = verify(with_signature(parts, value), trust(*names))
        (finding,) = (each for each in report.findings if each.code == code)

        assert f"a key that claims '{DOMAIN}' ({newsroom().fingerprint})" in finding.message
        assert (Verdict.UNSOUND, OPEN) == (report.verdict, report.coverage["signatures"])

    def test_no_time_is_stated_either(self) -> None:
        """Where neither token nor package gives a time, no certificate is judged, and the signer stays unknown."""
        parts = unsigned()
        manifest = json.loads(parts[forge.MANIFEST])
        forge.set_manifest(parts, {**manifest, "created": "lately"})
        value = {**stated(parts, signers.newsroom()), "timeSignature": b64(b"token")}
        report = verify(with_signature(parts, value), trust())

        assert ["signature.time-unknown", "signature.signer-unknown"] == codes(report, *Status)
        assert OPEN == report.coverage["signatures"]

    def test_an_authority_that_nobody_knows(self) -> None:
        """`signature.time-unknown`: a time-stamp by nobody who is trusted leaves open when, and so whose it is."""
        value = stated(unsigned(), signers.newsroom(), by=tsa.rogue())
        for trusted in (NAMED, authorities.trust(DOMAIN)):
            report = verify(with_signature(unsigned(), {**value, "timestampCert": tsa.rogue().pem}), trusted)

            assert "signature.time-unknown" in codes(report, Status.NOT_CHECKED)
            assert report.verdict in {Verdict.UNDECIDED, Verdict.UNSOUND}
            assert OPEN == report.coverage["signatures"]

    @pytest.mark.parametrize(("seconds", "apart"), [(-61, True), (-60, False), (600, False), (601, True)])
    def test_signed_at_another_time(self, seconds: int, apart: bool) -> None:
        """`signature.time-apart`: more than ten minutes after it was made, or before; clocks may differ by a minute."""
        made = signers.AT - dt.timedelta(seconds=4)
        report = verify(signed(signers.newsroom(), at=made + dt.timedelta(seconds=seconds)), NAMED)

        assert (["signature.time-apart"] if apart else []) == codes(report, Status.WARNED)
        assert [] == codes(report)
        told = [
            (each.expected, each.actual) for each in report.findings if each.code == "signature.time-apart"
        ]
        assert [("2026-01-02T03:04:05+00:00", (made + dt.timedelta(seconds=seconds)).isoformat())][
            : int(apart)
        ] == told


class TestWriting:
    """One way of writing for ours; others may write otherwise, and it is told where that matters."""

    def test_the_other_spelling(self) -> None:
        """`signature.encoding`: r‖s beside a certificate, and DER beside a bare key, are right and unusual."""
        parts = foreign()
        key = newsroom().key
        hash_ = forge.sha256(parts[forge.MANIFEST])
        r, s = decode_dss_signature(key.sign(hash_.encode(), ec.ECDSA(SHA256())))
        plain = b64(r.to_bytes(32) + s.to_bytes(32))
        token = tsa.token(plain.encode(), at=signers.AT)
        host_value = {**_foreign_signature(), "signature": plain, "timeSignature": b64(token)}
        bare = stated(parts, signers.anonymous())
        raw = base64.b64decode(str(bare["signature"]))
        der = encode_dss_signature(int.from_bytes(raw[:48]), int.from_bytes(raw[48:]))
        bare_value = {**bare, "signature": b64(der), "software": "somebody"}

        for value, named in ((host_value, DOMAIN), (bare_value, signers.anonymous().fingerprint)):
            report = verify(with_signature(parts, value), trust(named))
            assert ["signature.encoding", "signature.verified"] == codes(report, *Status)

    def test_a_further_part(self) -> None:
        """`signature.key-unlisted`: what no signature has is told; nothing covers it."""
        parts = foreign()
        value = {**stated(parts, signers.anonymous()), "software": "somebody", "signedBy": "the king"}
        report = verify(with_signature(parts, value), trust(signers.anonymous().fingerprint))

        assert ["signature.key-unlisted"] == codes(report, Status.WARNED)
        assert Verdict.SOUND is report.verdict

    @pytest.mark.parametrize(
        ("field", "change"),
        [
            ("software", lambda text: text + " "),
            ("version", lambda text: "0.1.1"),
            ("domain", str.upper),
            ("domainCert", lambda text: text.replace("-----\n\n-----", "-----\n-----")),
            ("timestampCert", lambda text: text + "\n"),
        ],
    )
    def test_ours_in_another_way(self, field: str, change: Callable[[str], str]) -> None:
        """`signature.not-canonical`: our own signature, the same to every program, with some byte another."""
        value = stated(unsigned(), signers.newsroom())
        report = verify(with_signature(unsigned(), {**value, field: change(value[field])}), NAMED)

        assert ["signature.not-canonical"] == codes(report)

    def test_a_token_with_certificates(self) -> None:
        """`signature.not-canonical`: our own token brings no certificates, whose bytes no signature would cover."""
        value = stated(unsigned(), signers.newsroom())
        token = tsa.token(str(value["signature"]).encode(), at=signers.AT)
        report = verify(with_signature(unsigned(), {**value, "timeSignature": b64(token)}), NAMED)

        assert ["signature.not-canonical"] == codes(report)

    def test_the_other_of_two_signatures(self) -> None:
        """Of the two signatures that are one to ECDSA, ours are the one with the lower number."""
        value = stated(unsigned(), signers.anonymous())
        raw = base64.b64decode(str(value["signature"]))
        mirrored = raw[:48] + (ORDERS["secp384r1"] - int.from_bytes(raw[48:])).to_bytes(48)
        trusted = trust(signers.anonymous().fingerprint)
        ours = verify(with_signature(unsigned(), {**value, "signature": b64(mirrored)}), trusted)
        parts = foreign()
        other = {**stated(parts, signers.anonymous()), "software": "somebody"}
        raw = base64.b64decode(str(other["signature"]))
        mirrored = raw[:48] + (ORDERS["secp384r1"] - int.from_bytes(raw[48:])).to_bytes(48)
        theirs = verify(with_signature(parts, {**other, "signature": b64(mirrored)}), trusted)

        assert ["signature.not-canonical"] == codes(ours)
        assert ["signature.verified"] == codes(theirs, *Status)

    def test_bits_that_no_decoder_looks_at(self) -> None:
        """Where the last bit of a certificate's signature is 0, it may be said to be unused: not in ours."""
        holder = next(
            each
            for each in iter(lambda: host(intermediate()), None)
            if not each.certificate.signature[-1] & 1
        )
        own = holder.certificate.signature
        other = holder.der.removesuffix(b"\0" + own) + b"\1" + own
        parts = unsigned()
        value = stated(parts, signers.key(holder))
        chain = pem.written((other, *holder.chain[1:]))

        assert [] == codes(verify(with_signature(parts, value), NAMED))
        assert ["signature.not-canonical"] == codes(
            verify(with_signature(parts, {**value, "domainCert": chain}), NAMED)
        )

    def test_a_root_that_did_not_sign_itself(self) -> None:
        """In our own signature the last certificate, which nobody needs, is whole as well."""
        last = bytearray(newsroom().chain[-1])
        last[-1] ^= 1
        chain = (*newsroom().chain[:-1], bytes(last))
        report = verify(changed(signers.newsroom(), domainCert=pem.written(chain)), NAMED)

        assert ["signature.not-canonical"] == codes(report)

    def test_a_stranger_in_the_chain_of_the_token(self) -> None:
        """In our own signature nothing stands in a chain that is not of it."""
        chain = (*pem.blocks(stated(unsigned(), signers.newsroom())["timestampCert"]), rogue().der)
        report = verify(changed(signers.newsroom(), timestampCert=pem.written(chain)), NAMED)

        assert ["signature.not-canonical"] == codes(report)

    def test_signed_with_other_software(self) -> None:
        """`signature.other-software`: a package of ours that others have signed is told, and nothing is wrong with it."""
        report = verify(changed(signers.newsroom(), software="authsigner 0.6.1"), NAMED)

        assert ["signature.verified", "signature.other-software"] == codes(report, *Status)
        assert Verdict.SOUND is report.verdict


def test_the_library_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """`signature.not-checked`: without the extra, a signature is said not to be checked, with what to install."""
    parts = signed(signers.newsroom())
    monkeypatch.setitem(sys.modules, "cryptography", None)
    report = verify(parts, NAMED)

    assert ["signature.not-checked"] == codes(report, *Status)
    assert (Verdict.UNDECIDED, OPEN) == (report.verdict, report.coverage["signatures"])
    assert any("source-provenance[sign]" in each.message for each in report.findings)


def test_nothing_is_trusted() -> None:
    """A policy that trusts nobody at all calls nobody's signature checked, and no right one wrong."""
    report = packages.verify(
        forge.pack(signed(signers.newsroom())),
        policy=Policy(trust=authorities.Trust()),
        required={"signatures"},
    )

    assert Verdict.UNDECIDED is report.verdict
    assert [] == codes(report)
