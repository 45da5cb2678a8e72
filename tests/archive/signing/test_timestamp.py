"""Time-stamps: what is asked for, what an answer must be, and every rule by which a token is believed or not."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable
from typing import Any

import authorities
import pytest
import tsa
from authorities import Holder
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID

from archive.errors import SigningError, TrustError
from archive.signing import authority, timestamp
from archive.signing.timestamp import check_digest, check_token, distinct, query, read_token, request_token

MESSAGE = b"the manifest of a package"
URL = "http://tsa.example/"


def found(response: bytes, *, extra: tuple[bytes, ...] = (), roots: tuple[Holder, ...] = ()) -> str:
    """Return the code of what is found of a token over the message; nothing where it is believed."""
    try:
        check_token(response, MESSAGE, [holder.der for holder in roots or (tsa.root(),)], extra)
    except TrustError as error:
        return error.finding
    return ""


class TestRequest:
    """RFC 3161 §2.4.1: the request, and the answer that belongs to it."""

    def test_the_answer_is_kept_whole(self) -> None:
        """What the authority answers is returned as it is, and is a token over the message."""
        response = request_token(URL, MESSAGE, post=tsa.answering())

        assert "" == found(response)

    def test_it_goes_to_the_address(self) -> None:
        """The request is sent to the address that was named."""
        asked: list[str] = []
        answer = tsa.answering()

        request_token(URL, MESSAGE, post=lambda url, body: asked.append(url) or answer(url, body))  # type: ignore[func-returns-value]

        assert [URL] == asked

    def test_each_request_has_a_nonce_of_its_own(self) -> None:
        """Two requests over one message differ: an old answer cannot be played back."""
        asked: list[bytes] = []
        answer = tsa.answering()
        for _ in range(2):
            request_token(URL, MESSAGE, post=lambda url, body: asked.append(body) or answer(url, body))  # type: ignore[func-returns-value]

        assert asked[0] != asked[1]

    def test_the_bytes_of_a_request(self) -> None:
        """A request is version 1, the imprint in SHA-256, the nonce, and the wish for the certificate."""
        digest = bytes(range(32))
        expected = "303e0201013031300d060960864801650304020105000420" + digest.hex() + "020300ff010101ff"

        assert expected == query(digest, 0xFF01).hex()

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ({"status": 2, "words": "no such policy"}, "refused with status 2: no such policy"),
            ({"imprint": b"\1" * 32}, "something else than it was given"),
            ({"nonce": 1}, "nonce differs"),
            ({"nonce": None}, "nonce differs"),
            ({"algorithm": "sha512", "imprint": b"\1" * 64}, "something else"),
        ],
        ids=["refused", "other data", "other nonce", "no nonce", "other algorithm"],
    )
    def test_an_answer_to_something_else_is_refused(self, options: dict[str, object], says: str) -> None:
        """An authority that refuses, stamps something else, or answers an older request, gave no token."""
        with pytest.raises(SigningError, match=says):
            request_token(URL, MESSAGE, post=tsa.answering(**options))

    @pytest.mark.parametrize("answer", [b"", b"<html>busy</html>", b"\x30\x03\x02\x01\x00"])
    def test_an_answer_that_is_none_is_refused(self, answer: bytes) -> None:
        """A page, nothing at all, or a grant without a token is said to be no answer."""
        with pytest.raises(SigningError, match="cannot be used"):
            request_token(URL, MESSAGE, post=lambda *_: answer)

    def test_what_a_refusal_says_is_made_visible(self) -> None:
        """A refusal cannot paint the terminal: what is not printable stands as a question mark."""
        with pytest.raises(SigningError, match=r"\?\[31mred"):
            request_token(URL, MESSAGE, post=tsa.answering(status=2, words="\x1b[31mred"))


class TestRead:
    """RFC 3161 §2.4.2: what a token says."""

    def test_every_part_is_read(self) -> None:
        """Time, imprint, serial number, policy, nonce, accuracy and certificates are those that were written."""
        token = read_token(tsa.token(MESSAGE, nonce=77, accuracy_s=3))

        assert (tsa.AT, "sha256", 4711, "1.2.3.4.1") == (
            token.at,
            token.digest_algorithm,
            token.serial,
            token.policy,
        )
        assert (77, dt.timedelta(seconds=3)) == (token.nonce, token.accuracy)
        assert (tsa.tsa().der,) == token.certificates

    def test_a_grant_with_changes_is_a_grant(self) -> None:
        """Of both kinds of grant the token is read: the status is not signed, and says nothing of the token."""
        assert tsa.AT == read_token(tsa.token(MESSAGE, status=1)).at
        assert "" == found(tsa.token(MESSAGE, status=1))

    @pytest.mark.parametrize(
        ("cut", "says"),
        [
            (lambda raw: raw + b"\0", "behind the end"),
            (lambda raw: raw[:-1], "cut off"),
            (lambda raw: b"\x30\x80" + raw[4:] + b"\0\0", "indefinite"),
            (lambda raw: b"\0" * 300_000, "larger than"),
        ],
        ids=["too long", "too short", "BER", "huge"],
    )
    def test_what_is_not_der_is_refused(self, cut: Callable[[bytes], bytes], says: str) -> None:
        """Bytes behind the end, missing bytes, BER and enormous answers are no token."""
        with pytest.raises(ValueError, match=says):
            read_token(cut(tsa.token(MESSAGE)))

    def test_a_critical_extension_is_not_passed_over(self) -> None:
        """A token with a critical extension says something that is not known here, so nothing is said of it."""
        extension = tsa.tlv(0xA1, tsa.tlv(0x30, tsa.oid("policy"), b"\x01\x01\xff", tsa.tlv(0x04, b"")))

        assert "time.form-unknown" == found(tsa.token(MESSAGE, extra_info=extension))

    def test_an_extension_that_is_not_critical_may_stand(self) -> None:
        """An extension that is not critical changes nothing."""
        extension = tsa.tlv(0xA1, tsa.tlv(0x30, tsa.oid("policy"), tsa.tlv(0x04, b"")))

        assert "" == found(tsa.token(MESSAGE, extra_info=extension))

    def test_what_is_not_signed_may_stand(self) -> None:
        """Lists of what was revoked, and attributes behind the signature, are passed over: nobody vouches for them."""
        lists = tsa.tlv(0xA1, tsa.tlv(0x30, tsa.integer(1)))

        assert "" == found(tsa.token(MESSAGE, revocations=lists))
        assert "" == found(tsa.token(MESSAGE, revocations=lists, certificates=()), extra=tsa.tsa().chain)
        assert "" == found(
            tsa.token(MESSAGE, unsigned=tsa.tlv(0xA1, tsa.tlv(0x30, tsa.oid("policy"), tsa.tlv(0x31))))
        )

    def test_a_token_has_one_signer(self) -> None:
        """A set of signers besides, or something else there, is no token."""
        assert "time.token-broken" == found(tsa.token(MESSAGE, revocations=tsa.tlv(0x31)))

    @pytest.mark.parametrize(
        "extra", [tsa.integer(1) + tsa.integer(2), tsa.tlv(0x0C, b"x"), b"\x01\x01\xff" + tsa.tlv(0x30)]
    )
    def test_parts_stand_once_and_in_order(self, extra: bytes) -> None:
        """A TSTInfo with a part twice, an unknown part or parts in another order is broken."""
        assert "time.token-broken" == found(tsa.token(MESSAGE, extra_info=extra))


class TestImprint:
    """A token is about what it is over, by a digest that nobody can make collide."""

    @pytest.mark.parametrize("algorithm", ["sha256", "sha384", "sha512"])
    def test_a_strong_digest_counts(self, algorithm: str) -> None:
        """Imprints in SHA-2 are compared with the message."""
        assert "" == found(tsa.token(MESSAGE, algorithm=algorithm))

    def test_sha1_is_not_counted(self) -> None:
        """An imprint in SHA-1 proves nothing: a second message with the same one can be made."""
        assert "time.weak" == found(tsa.token(MESSAGE, algorithm="sha1"))

    def test_a_token_of_other_data_is_found(self) -> None:
        """A genuine token over something else is not one over this."""
        assert "time.other-content" == found(tsa.token(b"another package"))

    def test_a_digest_can_stand_for_the_message(self) -> None:
        """Who has the SHA-256 alone gets the same answer."""
        roots = [tsa.root().der]
        stamped = check_digest(tsa.token(MESSAGE), hashlib.sha256(MESSAGE).digest(), roots)

        assert check_token(tsa.token(MESSAGE), MESSAGE, roots).at == stamped.at
        with pytest.raises(TrustError) as caught:
            check_digest(tsa.token(MESSAGE, algorithm="sha512"), hashlib.sha256(MESSAGE).digest(), roots)
        assert "time.other-content" == caught.value.finding


class TestSigner:
    """The certificate that signed, and what it may."""

    def test_what_is_proven(self) -> None:
        """A believed token gives its time, the authority's name, and the fingerprint of its certificate."""
        stamped = check_token(tsa.token(MESSAGE), MESSAGE, [tsa.root().der])

        assert (tsa.AT, "Test TSA") == (stamped.at, stamped.authority)
        assert hashlib.sha256(tsa.tsa().der).hexdigest() == stamped.fingerprint
        signer = read_token(tsa.token(MESSAGE)).signer
        assert (True, False) == (signer.is_named_by(tsa.tsa().der), signer.is_named_by(tsa.root().der))

    def test_an_rsa_authority_counts(self) -> None:
        """Authorities sign with RSA as well, and name their certificate in the older way."""
        assert "" == found(tsa.token(MESSAGE, signer=tsa.by_rsa(), attribute="signing-certificate"))

    def test_the_certificate_may_stand_beside_the_token(self) -> None:
        """A token that brings no certificate is checked with those that stand beside it."""
        bare = tsa.token(MESSAGE, certificates=())

        assert "time.certificate-missing" == found(bare)
        assert "" == found(bare, extra=tsa.tsa().chain)

    def test_so_many_certificates_are_looked_at(self) -> None:
        """The signer's is the twelfth certificate at most: nobody can make us go through thousands."""
        others = [authorities.issue(f"Other {number}").der for number in range(12)]
        twelve, thirteen = ((*others[:count], tsa.tsa().der) for count in (11, 12))

        assert "" == found(tsa.token(MESSAGE, certificates=twelve, ordered=False))
        assert "time.certificate-other" == found(tsa.token(MESSAGE, certificates=thirteen, ordered=False))

    def test_an_exchanged_certificate_is_found(self) -> None:
        """A token whose only certificate is not its signer's is told apart from one without any."""
        other = authorities.host(tsa.root())

        assert "time.certificate-other" == found(tsa.token(MESSAGE, certificates=()), extra=other.chain)

    @pytest.mark.parametrize(
        "options",
        [
            {"extended": (), "critical_extended": False},
            {"critical_extended": False},
            {"extended": authorities.TLS},
            {"extended": (ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.CODE_SIGNING)},
            {"usages": ("key_encipherment",)},
        ],
        ids=["no purpose", "not critical", "TLS", "two purposes", "may not sign"],
    )
    def test_only_an_authority_may_stamp(self, options: dict[str, object]) -> None:
        """A certificate under the trusted root that is not for time-stamping alone cannot make tokens."""
        assert "time.certificate-unfit" == found(tsa.token(MESSAGE, signer=tsa.stamper("x", **options)))

    def test_a_domain_certificate_under_the_trusted_root_cannot_back_date(self) -> None:
        """An ordinary certificate of the trusted root makes a token of any date, and it is refused."""
        host = authorities.host(tsa.root())
        forged = tsa.token(MESSAGE, signer=host, at=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))

        assert "time.certificate-unfit" == found(forged)

    def test_a_key_cannot_sign_in_the_name_of_another(self) -> None:
        """A token that names the trusted authority and is signed by another key does not verify."""
        forged = tsa.token(MESSAGE, signer=tsa.rogue(), named=tsa.tsa(), certificates=(tsa.tsa().der,))

        assert "time.signature-broken" == found(forged)

    def test_a_changed_time_is_found(self) -> None:
        """A token whose time was changed after it was signed is found."""
        changed = tsa.token(MESSAGE, content_after=lambda info: info.replace(b"20260301", b"20160301"))

        assert "time.signature-broken" == found(changed)

    def test_a_second_certificate_for_the_same_key_is_not_the_signers(self) -> None:
        """The signature names one certificate by its digest: another for the same key, valid longer, cannot stand in."""
        again = tsa.stamper(key=tsa.tsa().key)

        assert "time.certificate-other" == found(tsa.token(MESSAGE, certificates=()), extra=again.chain)

    def test_a_signature_that_names_no_certificate_is_broken(self) -> None:
        """Without the digest of the certificate under the signature, any certificate of that key could be meant."""
        assert "time.token-broken" == found(tsa.token(MESSAGE, attribute=""))

    def test_the_signer_is_named_in_two_ways_that_agree(self) -> None:
        """Issuer and serial number, which no signature covers, are those of the certificate that the digest names."""
        number = tsa.tsa().certificate.serial_number

        assert "" == found(tsa.token(MESSAGE, serial=number))
        assert "time.token-broken" == found(tsa.token(MESSAGE, serial=number ^ 1))
        assert "time.token-broken" == found(tsa.token(MESSAGE, issued_as=tsa.second(), serial=number))

    def test_a_weak_digest_of_the_content_is_not_counted(self) -> None:
        """A signature that covers the time by SHA-1 alone covers a second time as well."""
        assert "time.weak" == found(tsa.token(MESSAGE, content_digest="sha1"))

    @pytest.mark.parametrize("usages", [("digital_signature",), ("content_commitment",)])
    def test_either_use_of_a_key_may_stamp(self, usages: tuple[str, ...]) -> None:
        """RFC 3161 §2.3 lets an authority's key be for signing, or for what cannot be denied."""
        assert "" == found(tsa.token(MESSAGE, signer=tsa.stamper("x", usages=usages)))

    @pytest.mark.parametrize(
        ("kind", "value"),
        [
            ("signing-certificate-v2", tsa.tlv(0x30)),
            ("signing-certificate-v2", tsa.tlv(0x30, tsa.tlv(0x30))),
            ("signing-certificate-v2", tsa.tlv(0x30, tsa.tlv(0x30, tsa.tlv(0x30)))),
            ("signing-certificate-v2", tsa.tlv(0x30, tsa.tlv(0x30, tsa.tlv(0x30, tsa.ALGORITHM)))),
            ("message-digest", tsa.tlv(0x04, bytes(32)) * 2),
            ("message-digest", tsa.tlv(0x0C, b"digest")),
            ("content-type", tsa.oid("signed-data")),
            ("content-type", b""),
        ],
    )
    def test_what_is_signed_is_said_once_and_whole(self, kind: str, value: bytes) -> None:
        """The attributes that bind certificate, content and its kind have one value each, of their own form."""
        assert "time.token-broken" == found(tsa.token(MESSAGE, values={kind: value}))

    def test_further_attributes_may_stand(self) -> None:
        """Other attributes, which nobody here knows, may have as many values as they like."""
        for value in (b"", tsa.tlv(0x0C, b"one"), tsa.tlv(0x0C, b"one") + tsa.tlv(0x0C, b"two")):
            assert "" == found(tsa.token(MESSAGE, values={"policy": value}))


class TestPath:
    """From the signer to a root that the caller named, and to no other."""

    def test_an_unknown_root_is_not_believed(self) -> None:
        """A sound token of an authority that nobody named proves nothing."""
        assert "time.root-unknown" == found(tsa.token(MESSAGE, signer=tsa.rogue()))

    def test_a_root_that_the_token_brings_is_not_believed(self) -> None:
        """A rogue authority's token with its own root inside is refused, though the root has the trusted one's name."""
        rogue = tsa.rogue()

        assert "time.root-unknown" == found(tsa.token(MESSAGE, signer=rogue, certificates=rogue.chain))
        assert "time.root-unknown" == found(tsa.token(MESSAGE, signer=rogue), extra=rogue.chain)

    def test_no_root_is_no_trust(self) -> None:
        """Where the caller names no root, nothing is believed."""
        with pytest.raises(TrustError) as caught:
            check_token(tsa.token(MESSAGE), MESSAGE, [])

        assert "time.root-unknown" == caught.value.finding

    def test_an_intermediate_may_stand_between(self) -> None:
        """An authority below an intermediate is believed where the intermediate is at hand, from wherever."""
        between = authorities.issue("TSA Issuer", tsa.root(), path_length=0)
        signer = tsa.stamper("x", between)

        assert "" == found(tsa.token(MESSAGE, signer=signer))
        assert "" == found(tsa.token(MESSAGE, signer=signer, certificates=()), extra=signer.chain)
        assert "time.root-unknown" == found(tsa.token(MESSAGE, signer=signer, certificates=(signer.der,)))

    @pytest.mark.parametrize(
        "between",
        [
            {"ca": False, "usages": ("digital_signature",)},
            {"usages": ("crl_sign",)},
        ],
        ids=["a leaf", "not for certificates"],
    )
    def test_who_may_not_issue_cannot_make_an_authority(self, between: dict[str, object]) -> None:
        """A holder of an ordinary certificate who issues himself an authority's is found."""
        issuer = authorities.issue("Somebody", tsa.root(), **between)

        assert "time.chain-broken" == found(tsa.token(MESSAGE, signer=tsa.stamper("x", issuer)))

    def test_a_path_that_is_too_long_is_found(self) -> None:
        """An intermediate that may issue no further intermediates cannot have one below it."""
        first = authorities.issue("First", tsa.root(), path_length=0)
        signer = tsa.stamper("x", authorities.issue("Second", first))

        assert "time.chain-broken" == found(tsa.token(MESSAGE, signer=signer))

    @pytest.mark.parametrize(
        "span",
        [
            {"end": tsa.AT - dt.timedelta(seconds=1)},
            {"begin": tsa.AT + dt.timedelta(seconds=1)},
        ],
        ids=["ended", "not begun"],
    )
    def test_the_certificate_was_valid_then(self, span: dict[str, dt.datetime]) -> None:
        """At the token's time the certificate was valid, or the token is not believed."""
        assert "time.certificate-expired" == found(tsa.token(MESSAGE, signer=tsa.stamper("x", **span)))

    def test_a_certificate_that_ended_later_still_counts(self) -> None:
        """What counts is the token's time, not today: old tokens stay good."""
        old = tsa.stamper("x", end=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))

        assert "" == found(tsa.token(MESSAGE, signer=old, at=dt.datetime(2020, 6, 1, tzinfo=dt.UTC)))

    def test_the_root_was_valid_then(self) -> None:
        """A root that had ended by the token's time vouches for nothing then."""
        root = authorities.issue("Old Root", end=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))

        assert "time.certificate-expired" == found(
            tsa.token(MESSAGE, signer=tsa.stamper("x", root)), roots=(root,)
        )

    def test_of_two_certificates_of_one_issuer_the_valid_one_counts(self) -> None:
        """Where an intermediate was certified again, the certificate that was valid then makes the path."""
        old = authorities.issue("TSA Issuer", tsa.root(), end=dt.datetime(2021, 1, 1, tzinfo=dt.UTC))
        new = authorities.issue("TSA Issuer", tsa.root(), key=old.key)
        signer = tsa.stamper("x", old)

        for certificates in ((signer.der, old.der, new.der), (signer.der, new.der, old.der)):
            assert "" == found(tsa.token(MESSAGE, signer=signer, certificates=certificates, ordered=False))
        assert "time.certificate-expired" == found(tsa.token(MESSAGE, signer=signer))

    def test_many_ways_that_lead_nowhere_are_not_all_gone(self) -> None:
        """Certificates that all issue one another have more ways through them than could ever be tried."""
        leaf = authorities.issue("Somebody", tsa.root(), ca=False, usages=("digital_signature",))
        maze = [authorities.issue("Maze", leaf)]
        maze += [authorities.issue("Maze", maze[0], key=maze[0].key) for _ in range(10)]
        signer = tsa.stamper("x", maze[0])
        brought = (signer.der, *(each.der for each in maze), leaf.der)

        assert "time.chain-broken" == found(
            tsa.token(MESSAGE, signer=signer, certificates=(*brought[:11], leaf.der))
        )

    def test_certificates_may_stand_in_any_order(self) -> None:
        """Some authorities write their certificates in another order than DER wants: nothing depends on it."""
        client = __import__("rfc3161_client")
        between = authorities.issue("TSA Issuer", tsa.root())
        signer = tsa.stamper("x", between)
        out_of_order = sorted((signer.der, between.der), reverse=True)
        response = tsa.token(MESSAGE, signer=signer, certificates=out_of_order, ordered=False)

        assert "" == found(response)
        with pytest.raises(ValueError, match="InvalidSetOrdering"):
            client.decode_timestamp_response(response)

    @pytest.mark.parametrize(
        ("key", "code"),
        [
            (ed25519.Ed25519PrivateKey.generate(), "time.form-unknown"),
            (ec.generate_private_key(ec.SECP384R1()), ""),
            (rsa.generate_private_key(65537, 1024), "time.weak"),
            (rsa.generate_private_key(65537, 2040), "time.weak"),
            (rsa.generate_private_key(65537, 3072), ""),
        ],
        ids=["Ed25519", "P-384", "RSA 1024", "RSA 2040", "RSA 3072"],
    )
    def test_kinds_of_keys(self, key: Any, code: str) -> None:
        """What is not taken is not checked, and that is no accusation; a key that is too short proves nothing."""
        assert code == found(tsa.token(MESSAGE, signer=tsa.stamper("x", key=key)))

    def test_an_issuer_with_a_short_key_proves_nothing(self) -> None:
        """A path by a key that is too short is one that others can have made."""
        short = authorities.issue("TSA Issuer", tsa.root(), key=rsa.generate_private_key(65537, 1024))

        assert "time.weak" == found(tsa.token(MESSAGE, signer=tsa.stamper("x", short)))

    def test_what_the_caller_trusts_ends_the_path(self) -> None:
        """An intermediate, or the authority's own certificate, may be what the caller trusts."""
        between = authorities.issue("TSA Issuer", tsa.root())
        signer = tsa.stamper("x", between)
        token = tsa.token(MESSAGE, signer=signer)

        assert ("", "") == (found(token, roots=(between,)), found(token, roots=(signer,)))

    def test_authorities_are_told_apart_by_their_roots(self) -> None:
        """Two authorities under one root are one; under two roots, of two names and keys, they are two."""
        roots = [tsa.root().der, tsa.second().chain[-1]]
        signers = (tsa.tsa(), tsa.tsa(), tsa.by_rsa(), tsa.second())
        stamps = [check_token(tsa.token(MESSAGE, signer=each), MESSAGE, roots) for each in signers]

        assert [1, 1, 1, 2] == [distinct(stamps[: count + 1]) for count in range(4)]

    def test_a_root_of_the_same_name_is_no_second_authority(self) -> None:
        """Two roots that go by one name count as one, whatever their keys."""
        roots = [tsa.root().der, tsa.rogue().chain[-1]]
        stamps = [
            check_token(tsa.token(MESSAGE, signer=each), MESSAGE, roots) for each in (tsa.tsa(), tsa.rogue())
        ]

        assert 1 == distinct(stamps)

    def test_a_root_that_another_root_has_signed_makes_nobody_two(self) -> None:
        """One authority that leads to two roots, because one root has signed the other, counts as one."""
        first, other = authorities.issue("First Root"), authorities.issue("Other Root")
        crossed = authorities.issue("First Root", other, key=first.key)
        units = [tsa.stamper(name, first) for name in ("First Unit", "Second Unit")]
        ways = [(units[0], first, first), (units[0], crossed, other), (units[1], crossed, other)]
        stamps = [
            check_token(
                tsa.token(MESSAGE, signer=unit, certificates=(unit.der, above.der)), MESSAGE, [root.der]
            )
            for unit, above, root in ways
        ]

        assert 1 == distinct(stamps)

    def test_a_further_token_never_makes_fewer(self) -> None:
        """A token under a root that bears one authority's name and another's key leaves the two that they were."""
        roots = [authorities.issue("A Root"), authorities.issue("B Root")]
        roots.append(authorities.issue("A Root", key=roots[1].key))
        stamps = [
            check_token(tsa.token(MESSAGE, signer=tsa.stamper(f"Unit {number}", root)), MESSAGE, [root.der])
            for number, root in enumerate(roots)
        ]

        assert [1, 2, 2] == [distinct(stamps[: count + 1]) for count in range(3)]
        assert 2 == distinct(stamps[::-1])

    @pytest.mark.parametrize("signs", [False, True], ids=["brought along", "the signer's"])
    def test_a_certificate_with_a_name_that_cannot_be_read(self, signs: bool) -> None:
        """A name of a kind that the library does not know stops nobody: brought along it is nobody's, of a signer unfit."""
        odd = _with_odd_name()
        brought = (odd.der,) if signs else (tsa.tsa().der, odd.der)
        token = tsa.token(MESSAGE, signer=odd if signs else tsa.tsa(), certificates=brought)

        assert ("time.certificate-unfit" if signs else "") == found(token)


def _with_odd_name() -> authorities.Holder:
    """Return somebody whose certificate has a subjectAltName of the kind x400Address."""
    sound = authorities.issue("Odd TSA")
    names = x509.UnrecognizedExtension(x509.ObjectIdentifier("2.5.29.17"), bytes.fromhex("3004a3020500"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(sound.certificate.subject)
        .issuer_name(sound.certificate.subject)
        .public_key(sound.key.public_key())
        .serial_number(1)
        .not_valid_before(authorities.BEGIN)
        .not_valid_after(authorities.END)
        .add_extension(names, critical=False)
        .sign(sound.key, hashes.SHA256())
    )
    return authorities.Holder(certificate, sound.key, (certificate.public_bytes(Encoding.DER),))


class TestSecondOpinion:
    """rfc3161-client checks each token again, and may refuse or panic."""

    def test_its_refusal_counts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the library refuses what was accepted here, the token is not believed."""
        import rfc3161_client

        def refuse(*_: object) -> None:
            raise rfc3161_client.VerificationError("not so")

        monkeypatch.setattr(rfc3161_client.verify._Verifier, "verify", refuse)

        assert "time.verifiers-disagree" == found(tsa.token(MESSAGE))

    def test_it_panics_and_that_is_no_crash(self, capfd: pytest.CaptureFixture[str]) -> None:
        """A malformed certificate makes the real library panic, which is no Exception; what comes out is a refusal."""
        import rfc3161_client

        malformed = type(
            "Malformed", (), {"issuer": "x", "subject": "x", "public_bytes": lambda *_: b"0\x03\x02\x01\x00"}
        )
        token = read_token(tsa.token(MESSAGE))

        with pytest.raises(TrustError) as caught:
            authority.second_opinion(rfc3161_client, token, token.digest, [malformed()])

        assert "time.verifiers-disagree" == caught.value.finding
        assert "PanicException" == type(caught.value.__cause__).__name__
        assert not isinstance(caught.value.__cause__, Exception)
        capfd.readouterr()  # the library says on stderr that it panicked

    def test_the_library_sees_no_certificate_of_the_token(self) -> None:
        """A malformed certificate that the token brings besides its signer's is nobody's, and does no harm."""
        broken = tsa.tlv(0x30, tsa.tlv(0x30, tsa.integer(1)), tsa.tlv(0x30), tsa.tlv(0x03, b"\0"))

        assert "" == found(tsa.token(MESSAGE, certificates=(broken, tsa.tsa().der)))

    def test_other_interrupts_go_through(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only a panic is taken for a refusal: being interrupted is being interrupted."""
        import rfc3161_client

        def interrupt(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(rfc3161_client, "decode_timestamp_response", interrupt)

        with pytest.raises(KeyboardInterrupt):
            found(tsa.token(MESSAGE))


class TestWithoutTheExtra:
    """The extra `sign` is not installed."""

    def test_what_needs_no_library_is_still_found(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A token of other data is told as such; of the rest it is said what to install."""
        monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)

        assert "time.other-content" == found(tsa.token(b"another"))
        with pytest.raises(SigningError) as caught:
            check_token(tsa.token(MESSAGE), MESSAGE, [tsa.root().der])
        assert timestamp.HINT == caught.value.hint

    def test_a_token_is_asked_for_all_the_same(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Asking needs no library."""
        monkeypatch.setitem(__import__("sys").modules, "rfc3161_client", None)

        assert tsa.AT == read_token(request_token(URL, MESSAGE, post=tsa.answering())).at


def test_a_name_is_one_line() -> None:
    """An authority's name cannot paint the terminal, and a nameless one goes by its fingerprint."""
    odd = authorities.issue("Odd\nName\x1b[31m")
    nameless = x509.Name([])

    assert "Odd?Name?[31m" == authority.name_of(odd.certificate)
    assert nameless.rdns == []
