"""From the signature of a token to a root that the caller trusts: the signer's certificate, its purpose, its path.

Imported only where a token is checked: it needs the extra `sign`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import warnings
from collections.abc import Iterable, Sequence
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from cryptography.x509.verification import (
    Criticality,
    ExtensionPolicy,
    Policy,
    PolicyBuilder,
    Store,
    VerificationError,
)

from archive.errors import TrustError
from archive.signing import der
from archive.signing.certificates import UNREADABLE, issued_by, key_fingerprint
from archive.signing.token import Token

MOST_CERTIFICATES = 12
"""Candidates for a path that are looked at: real tokens bring two to four."""
_MOST_STEPS = 8
_LEAST_RSA_BITS = 2048
_NOT_TAKEN = ("orbidden ", "too weak")
"""In what the verifier of paths says of keys and signatures that it does not take, though they may have been sound once."""
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
_RSA = {  # RFC 8017 A.2: plain RSA leaves the digest to the signer's digest algorithm, the others name it
    "1.2.840.113549.1.1.1": None,
    "1.2.840.113549.1.1.11": "sha256",
    "1.2.840.113549.1.1.12": "sha384",
    "1.2.840.113549.1.1.13": "sha512",
}
_ECDSA = {  # RFC 5758 §3.2
    "1.2.840.10045.4.3.2": "sha256",
    "1.2.840.10045.4.3.3": "sha384",
    "1.2.840.10045.4.3.4": "sha512",
}


def path_of(token: Token, roots: Sequence[bytes], extra: Sequence[bytes] = ()) -> list[x509.Certificate]:
    """Return the certificates from the token's signer to a trusted root. Raises TrustError with what is found instead."""
    offered = _loaded([*token.certificates, *extra])[:MOST_CERTIFICATES]
    trusted = _loaded(roots)
    signer = _signer(token, [*offered, *trusted], extra)
    _check_purpose(signer)
    _check_signature(token, signer)
    return _path(token, signer, offered, trusted)


def _loaded(ders: Iterable[bytes]) -> list[x509.Certificate]:
    """Return the certificates that can be read, each once. The others are nobody's: none of them can be on a path."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of odd certificates, which nobody relies on before they are checked
        loaded = [_load(each) for each in dict.fromkeys(ders)]
    return [each for each in loaded if each is not None]


def _load(whole: bytes) -> x509.Certificate | None:
    """Return a certificate of which all parts can be read that are asked for here, or None."""
    try:
        certificate = x509.load_der_x509_certificate(whole)
        _ = certificate.subject, certificate.issuer, certificate.not_valid_before_utc
        _ = certificate.not_valid_after_utc, certificate.signature_algorithm_oid
    except UNREADABLE:
        return None
    return certificate


def _signer(token: Token, candidates: Sequence[x509.Certificate], extra: Sequence[bytes]) -> x509.Certificate:
    """Return the certificate that the signature names by its digest, issuer and serial number."""
    algorithm, _ = token.signer.certificate_digest
    if algorithm not in ("sha1", *_HASHES):
        message = f"the signer's certificate is named by a digest in {algorithm}"
        raise TrustError(message, finding="time.form-unknown")
    for candidate in candidates:
        if token.signer.is_named_by(candidate.public_bytes(serialization.Encoding.DER)):
            _check_name(token, candidate)
            return candidate
    if token.certificates or extra:
        raise TrustError(
            "the token was not signed with any certificate that is given", finding="time.certificate-other"
        )
    raise TrustError("the certificate of the token's signer is not here", finding="time.certificate-missing")


def _check_name(token: Token, signer: x509.Certificate) -> None:
    same_issuer = signer.issuer.public_bytes() == token.signer.issuer
    if not same_issuer or signer.serial_number != token.signer.serial:
        message = "the token names its signer in two ways that are not the same"
        raise TrustError(message, finding="time.token-broken")


def _check_purpose(signer: x509.Certificate) -> None:
    """Refuse a signer that is not a time-stamping authority's (RFC 3161 §2.3): critical, and that purpose alone."""
    try:
        extensions = signer.extensions
        usage = extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except (x509.ExtensionNotFound, *UNREADABLE) as error:
        message = f"{name_of(signer)} is not certified for time-stamping: {error}"
        raise TrustError(message, finding="time.certificate-unfit") from error
    purposes = list(usage.value)
    if not usage.critical or purposes != [ExtendedKeyUsageOID.TIME_STAMPING]:
        message = f"{name_of(signer)} is not certified for time-stamping alone, and critically so"
        raise TrustError(message, finding="time.certificate-unfit")
    for extension in extensions:
        if isinstance(extension.value, x509.KeyUsage) and not (
            extension.value.digital_signature or extension.value.content_commitment
        ):
            raise TrustError(f"{name_of(signer)} may not sign", finding="time.certificate-unfit")


def _check_signature(token: Token, signer: x509.Certificate) -> None:
    """Check the digest that is signed, and the signature over it (RFC 5652 §5.4)."""
    algorithm = token.signer.digest_algorithm
    if algorithm not in _HASHES:
        raise TrustError(f"the token is signed over a digest in {algorithm}", finding="time.weak")
    content = hashlib.new(algorithm, token.content).digest()
    if not hmac.compare_digest(content, token.signer.content_digest):
        message = "what the token says was changed after it was signed"
        raise TrustError(message, finding="time.signature-broken")
    try:
        key = signer.public_key()
        if isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA_BITS:
            message = f"the token is signed with a key of {key.key_size} bits"
            raise TrustError(message, finding="time.weak")
        _verify(token, key)
    except InvalidSignature as error:
        message = "the signature of the token does not verify"
        raise TrustError(message, finding="time.signature-broken") from error
    except (UnsupportedAlgorithm, ValueError) as error:
        message = f"the token's kind of signature is unknown here: {error}"
        raise TrustError(message, finding="time.form-unknown") from error


def _verify(token: Token, key: object) -> None:
    signer = token.signer
    parts = der.inside(der.parse(signer.signature_algorithm), der.SEQUENCE, "signature algorithm", 1)
    kind = der.oid(parts[0], "signature algorithm")
    if isinstance(key, rsa.RSAPublicKey) and kind in _RSA:
        digest = _HASHES[_RSA[kind] or signer.digest_algorithm]
        key.verify(signer.signature, signer.signed, padding.PKCS1v15(), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey) and kind in _ECDSA:
        key.verify(signer.signature, signer.signed, ec.ECDSA(_HASHES[_ECDSA[kind]]))
    else:
        raise UnsupportedAlgorithm(kind)


def _path(
    token: Token,
    signer: x509.Certificate,
    offered: Sequence[x509.Certificate],
    trusted: Sequence[x509.Certificate],
) -> list[x509.Certificate]:
    """Return the path to a trusted root, by the rules of RFC 5280 at the token's time. What is trusted ends it.

    One way is looked for, and only that one is verified: whoever brings many certificates can make a search through
    all ways give up, or last. Certificates that were valid then and may issue others come first.
    """
    fit = [each for each in offered if _was_valid(each, token.at) and _is_authority(each)]
    walked = _walked(signer, [*trusted, *fit], trusted) or _walked(signer, [*trusted, *offered], trusted)
    if walked is None:
        message = f"{name_of(signer)} leads to no root that is trusted"
        raise TrustError(message, finding="time.root-unknown")
    _check_valid(token, walked)
    if signer in trusted:
        return [signer]
    builder = PolicyBuilder().store(Store([walked[-1]])).time(token.at.replace(tzinfo=None))
    builder = builder.extension_policies(ca_policy=_ca_policy(), ee_policy=ExtensionPolicy.permit_all())
    try:
        return list(builder.build_client_verifier().verify(signer, walked[1:-1]).chain)
    except VerificationError as error:
        message = f"the path from {name_of(signer)} to a trusted root does not hold: {str(error)[:200]}"
        weak = any(words in str(error) for words in _NOT_TAKEN)
        raise TrustError(message, finding="time.weak" if weak else "time.chain-broken") from error


def _check_valid(token: Token, walked: Sequence[x509.Certificate]) -> None:
    """Refuse a way by a certificate that was not valid at the token's time."""
    for each in walked:
        if not _was_valid(each, token.at):
            message = f"the certificate of {name_of(each)} was not valid at the token's time"
            raise TrustError(message, finding="time.certificate-expired")


def _was_valid(certificate: x509.Certificate, at: dt.datetime) -> bool:
    return certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except (x509.ExtensionNotFound, *UNREADABLE):
        return False


def _walked(
    signer: x509.Certificate, candidates: Sequence[x509.Certificate], trusted: Sequence[x509.Certificate]
) -> list[x509.Certificate] | None:
    """Return the shortest way that names and signatures alone lead from the signer to something trusted, or None."""
    ways, seen = [[signer]], {signer}
    for _ in range(_MOST_STEPS):
        for way in ways:
            if way[-1] in trusted:
                return way
        ways = [[*way, issuer] for way in ways for issuer in candidates if _is_new(way[-1], issuer, seen)]
    return None


def _is_new(certificate: x509.Certificate, issuer: x509.Certificate, seen: set[x509.Certificate]) -> bool:
    """Say whether a certificate issued another and was not walked to before; remember it if so."""
    if issuer in seen or not issued_by(certificate, issuer):
        return False
    seen.add(issuer)
    return True


def _ca_policy() -> ExtensionPolicy:
    """Return what is asked of the certificates that issue others: that they may (RFC 5280 §4.2.1.9, §4.2.1.3)."""
    policy = ExtensionPolicy.permit_all()
    policy = policy.require_present(x509.BasicConstraints, Criticality.AGNOSTIC, _may_issue)
    return policy.may_be_present(x509.KeyUsage, Criticality.AGNOSTIC, _may_sign)


def _may_issue(_policy: Policy, _certificate: x509.Certificate, constraints: x509.BasicConstraints) -> None:
    if not constraints.ca:
        raise ValueError("an issuer is no certificate authority")


def _may_sign(_policy: Policy, _certificate: x509.Certificate, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("an issuer may not sign certificates")


def second_opinion(client: Any, token: Token, digest: bytes, path: Sequence[x509.Certificate]) -> None:
    """Have rfc3161-client check the token again, given this path and none of the certificates that the token brings.

    Raises TrustError where it disagrees: then nobody can rely on the token, and nobody is accused. Some malformed input
    makes it panic; that is no Exception, and no verdict but a refusal. It can only take a root that issued itself: where
    the caller trusts another certificate, it is not asked.
    """
    if path[-1].issuer != path[-1].subject:
        return
    builder = client.VerifierBuilder(
        tsa_certificate=path[0], intermediates=list(path[1:-1]), roots=[path[-1]]
    )
    try:
        builder.build().verify(client.decode_timestamp_response(token.bare), digest)
    except (client.VerificationError, ValueError, AssertionError) as error:
        raise _disagrees(f"rfc3161-client refuses it: {str(error)[:200]}") from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _disagrees("rfc3161-client cannot take it") from error


def _disagrees(message: str) -> TrustError:
    return TrustError(message, finding="time.verifiers-disagree")


def name_of(certificate: x509.Certificate) -> str:
    """Return how a certificate names whom it is about: the common name, or what else there is, in one line."""
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME):
        for attribute in certificate.subject.get_attributes_for_oid(kind):
            text = str(attribute.value)
            return "".join(c if c.isprintable() else "?" for c in text[:100])
    return f"an authority without a name ({fingerprint(certificate)[:16]})"


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate in hex."""
    return certificate.fingerprint(hashes.SHA256()).hex()


def bearers(path: Sequence[x509.Certificate]) -> frozenset[str]:
    """Return who is on a path: digests of the names and of the keys of its certificates."""
    names = {hashlib.sha256(each.subject.public_bytes()).hexdigest() for each in path}
    return frozenset(names | {key_fingerprint(each) for each in path})
