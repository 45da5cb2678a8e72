"""ECDSA signatures as WACZ packages carry them: DER beside a certificate, r‖s beside a bare key; made and verified."""

from __future__ import annotations

import warnings
from enum import StrEnum
from typing import Any

import attrs
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_public_key

from archive.errors import TrustError
from archive.signing.certificates import load
from archive.signing.signed import Form, Signed
from archive.signing.trust import fingerprint

CURVES: dict[Form, type[ec.EllipticCurve]] = {Form.DOMAIN: ec.SECP256R1, Form.ANONYMOUS: ec.SECP384R1}
ORDERS = {
    "secp256r1": 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
    "secp384r1": 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
}
"""The orders of the two groups (SEC 2 §2.4.2, §2.5.1): with s, also order minus s is a signature."""
_NAMES = {Form.DOMAIN: "P-256", Form.ANONYMOUS: "P-384"}
_UNFIT = "signature.key-unfit"


class Spelling(StrEnum):
    """How the two numbers of a signature are written."""

    DER = "der"
    PLAIN = "r|s"


SPELLINGS = {Form.DOMAIN: Spelling.DER, Form.ANONYMOUS: Spelling.PLAIN}


@attrs.frozen
class Verified:
    """A signature that is right: whose key, by its fingerprint, and how it was written."""

    key: str
    usual_spelling: bool
    canonical: bool
    """Whether it is the one way in which this software writes a signature, so that no byte of it could be another."""


def verify(signed: Signed) -> Verified:
    """Verify the signature over `hash` with the key that is stated. Raises TrustError with the code of what is wrong."""
    key = _public_key(signed)
    width = (key.curve.key_size + 7) // 8
    usual = SPELLINGS[signed.form]
    other = next(encoding for encoding in Spelling if encoding is not usual)
    for encoding in (usual, other):
        der = signed.signature if encoding is Spelling.DER else _as_der(signed.signature, width)
        if der is not None and _verifies(key, der, signed.hash):
            whole = signed.form is Form.DOMAIN or signed.public_key == spki(key)
            canonical = encoding is usual and whole and _is_low(der, key.curve)
            return Verified(fingerprint(spki(key)), encoding is usual, canonical)
    raise TrustError("the signature is not one of this hash by this key", finding="signature.wrong")


def sign(key: ec.EllipticCurvePrivateKey, form: Form, message: bytes) -> bytes:
    """Return the signature over a message, encoded as its form wants it, with the lower of its two second numbers."""
    r, s = decode_dss_signature(_made(key, message))
    order = ORDERS[key.curve.name]
    s = min(s, order - s)
    if SPELLINGS[form] is Spelling.DER:
        return encode_dss_signature(r, s)
    width = (key.curve.key_size + 7) // 8
    return r.to_bytes(width) + s.to_bytes(width)


def _made(key: ec.EllipticCurvePrivateKey, message: bytes) -> bytes:
    """Return a signature that depends on key and message alone (RFC 6979), where the library can make one."""
    try:
        return key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))
    except UnsupportedAlgorithm:  # OpenSSL before 3.2
        return key.sign(message, ec.ECDSA(SHA256()))


def spki(key: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as SubjectPublicKeyInfo in DER, the one way that it is written here."""
    return key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def leaf_key(der: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key of a certificate that may sign packages. Raises TrustError."""
    certificate = load(der)
    key = _elliptic(certificate.public_key(), Form.DOMAIN)
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return key
    if not usage.digital_signature:
        raise TrustError("the certificate's key is not for signing, as it says itself", finding=_UNFIT)
    return key


def _public_key(signed: Signed) -> ec.EllipticCurvePublicKey:
    if signed.form is Form.DOMAIN:
        return leaf_key(signed.chain[0])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a curve that is deprecated is refused below
            key = load_der_public_key(signed.public_key)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise TrustError(f"the public key cannot be read: {error}", finding=_UNFIT) from None
    return _elliptic(key, Form.ANONYMOUS)


def _elliptic(key: Any, form: Form) -> ec.EllipticCurvePublicKey:
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, CURVES[form]):
        return key
    kind = key.curve.name if isinstance(key, ec.EllipticCurvePublicKey) else type(key).__name__
    message = (
        f"the key of a signature of the {form} form is one of ECDSA on {_NAMES[form]}, and not of {kind}"
    )
    raise TrustError(message, finding=_UNFIT)


def _verifies(key: ec.EllipticCurvePublicKey, der: bytes, text: str) -> bool:
    try:
        key.verify(der, text.encode(), ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError):  # UnicodeEncodeError is one: half a character cannot be signed
        return False
    return True


def _as_der(plain: bytes, width: int) -> bytes | None:
    if len(plain) != 2 * width:
        return None
    return encode_dss_signature(int.from_bytes(plain[:width]), int.from_bytes(plain[width:]))


def _is_low(der: bytes, curve: ec.EllipticCurve) -> bool:
    return decode_dss_signature(der)[1] <= ORDERS[curve.name] // 2
