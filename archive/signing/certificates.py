"""Certificates: reading a chain, and building a path from its leaf to a root that is trusted (RFC 5280).

Paths are built by `cryptography.x509.verification`, which checks names, validity, key usage, basic constraints, name
constraints and the strength of keys and digests. What is added here says why there is no path: a chain that is wrong
whoever is trusted, or one that ends in an authority of which nothing is known.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import warnings
from collections.abc import Iterable, Sequence

import attrs
from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

from archive.errors import TrustError
from archive.signing.trust import Roots, fingerprint

BROKEN = "signature.chain-broken"
UNREADABLE = (
    ValueError,
    TypeError,
    KeyError,  # a name written in no kind of string that there is, with some releases
    UnsupportedAlgorithm,
    x509.DuplicateExtension,
    x509.InvalidVersion,
    x509.UnsupportedGeneralNameType,
)
"""What `cryptography` raises for certificates and names that are none."""
_TEST_PREFIXES = ("(STAGING)", "Fake LE ")
"""How the names of Let's Encrypt's authorities for tests begin: they issue to whoever asks, and say so."""
_TEST_KEYS = frozenset({"sha256:e4e7e3a972e43e75d3566c5eb5c3e3d4f11b5c7daea5365e6df4f65f7004f05c"})
"""Fingerprints of the keys of such authorities ("Bogus Broccoli X2")."""


@attrs.frozen
class Path:
    """What is known of a chain: the name of the root it leads to, and whether that root is trusted."""

    authority: str
    trusted: bool


def load(der: bytes) -> x509.Certificate:
    """Return a certificate whose parts can be read. Raises TrustError for one that cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd about a certificate is for the path to say
            certificate = x509.load_der_x509_certificate(der)
            _ = certificate.extensions, certificate.public_key(), certificate.subject, certificate.issuer
    except UNREADABLE as error:
        raise TrustError(f"a certificate cannot be read: {error}", finding=BROKEN) from None
    return certificate


def key_fingerprint(certificate: x509.Certificate) -> str:
    """Return the fingerprint of a certificate's public key."""
    spki = certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return fingerprint(spki)


def hosts_of(certificate: x509.Certificate) -> list[str]:
    """Return the hosts that a certificate names, without wildcards; first the one in its subject, where others look."""
    try:
        alternative = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    names = alternative.get_values_for_type(x509.DNSName)
    common = [
        str(part.value) for part in certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    ]
    return sorted((name for name in names if not name.startswith("*")), key=lambda name: name not in common)


def path_of(chain: Sequence[bytes], domain: str, at: dt.datetime, roots: Roots) -> Path:
    """Return how far a chain leads: to a root that is trusted, or to one of which nothing is known.

    Raises TrustError where the chain is wrong whoever is trusted, or borrows the name of a known root: `finding` says
    `signature.other-domain`, `signature.certificate-not-valid`, `signature.test-authority` or `signature.chain-broken`.
    """
    certificates = [load(der) for der in chain]
    anchors = [load(der) for der in roots.among(chain)]
    with contextlib.suppress(VerificationError):  # why there is no path is found below
        return Path(_name(_built(certificates, anchors, domain, at)[-1].subject), trusted=True)
    _refuse_tests(certificates)
    _refuse_borrowed_names(certificates, anchors)
    check_links(certificates)
    try:
        _built(certificates, certificates[-1:], domain, at)
    except VerificationError as error:
        raise _told(str(error), domain, at) from None
    if len(certificates) == 1:
        raise TrustError("the chain is the certificate alone, and no known root issued it", finding=BROKEN)
    return Path(_name(certificates[-1].issuer), trusted=False)


def _built(
    chain: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate], domain: str, at: dt.datetime
) -> Sequence[x509.Certificate]:
    """Return the path from a chain's leaf to one of the anchors. Raises VerificationError where there is none."""
    if not anchors:
        raise VerificationError("there is no known root")
    try:
        builder = PolicyBuilder().store(Store(list(anchors))).time(at)
        return builder.build_server_verifier(x509.DNSName(domain)).verify(chain[0], list(chain[1:]))
    except UNREADABLE as error:
        raise VerificationError(f"no subjectAltName is this one: {error}") from None


def _told(reason: str, domain: str, at: dt.datetime) -> TrustError:
    if "subjectAltName" in reason:
        return TrustError(
            f"the certificate is not for {domain!r}: {reason}", finding="signature.other-domain"
        )
    if "validation time" in reason:
        message = f"a certificate was not valid on {at:%Y-%m-%d at %H:%M:%S} UTC: {reason}"
        return TrustError(message, finding="signature.certificate-not-valid")
    return TrustError(f"the certificates do not vouch for one another: {reason}", finding=BROKEN)


def check_links(chain: Sequence[x509.Certificate]) -> None:
    """Refuse a chain in which a certificate was not issued by the next."""
    for number, (issued, issuer) in enumerate(itertools.pairwise(chain), 1):
        try:
            issued.verify_directly_issued_by(issuer)
        except (InvalidSignature, *UNREADABLE) as error:
            message = f"certificate {number} of the chain was not issued by the next one"
            raise TrustError(f"{message}{f': {error}' if str(error) else ''}", finding=BROKEN) from None


def ordered(ders: Iterable[bytes]) -> list[bytes]:
    """Return one chain out of certificates in any order: the one that issued none of the others, and up from there."""
    rest = {der: load(der) for der in ders}
    issuers = {
        certificate.issuer for certificate in rest.values() if certificate.subject != certificate.issuer
    }
    first = next((der for der, certificate in rest.items() if _ends(certificate, issuers)), None)
    chain = list[bytes]()
    while first is not None and first not in chain:
        chain.append(first)
        above = [der for der, each in rest.items() if issued_by(rest[first], each)]
        first = above[0] if above else None
    return chain


def _ends(certificate: x509.Certificate, issuers: set[x509.Name]) -> bool:
    return certificate.subject not in issuers and certificate.subject != certificate.issuer


def is_whole(chain: Sequence[bytes], roots: Roots) -> bool:
    """Say whether no byte of a chain could be another: each certificate is vouched for by the next, the last by a root.

    A chain that knows none of the roots may end with a certificate that others have issued. Raises TrustError.
    """
    certificates, anchors = [load(der) for der in chain], [load(der) for der in roots.among(chain)]
    check_links(certificates)
    if any(not der.endswith(b"\0" + each.signature) for der, each in zip(chain, certificates, strict=True)):
        return False  # the count of unused bits in front of the signature, which nothing covers, is not 0
    if not certificates or certificates[-1] in anchors:
        return True
    last = certificates[-1]
    if any(issued_by(last, issuer) for issuer in (last, *anchors)):
        return True
    known = {anchor.subject for anchor in anchors}
    return last.issuer != last.subject and not any(
        {each.issuer, each.subject} & known for each in certificates
    )


def _refuse_borrowed_names(chain: Sequence[x509.Certificate], anchors: Sequence[x509.Certificate]) -> None:
    """Refuse an authority that bears the name of a root that is known, and has another key."""
    for certificate in chain:
        named = [anchor for anchor in anchors if anchor.subject == certificate.issuer]
        if named and not any(issued_by(certificate, anchor) for anchor in named):
            raise _borrowed(certificate.issuer)
    for certificate in chain[1:]:
        named = [anchor for anchor in anchors if anchor.subject == certificate.subject]
        if named and not any(key_fingerprint(certificate) == key_fingerprint(anchor) for anchor in named):
            raise _borrowed(certificate.subject)


def issued_by(certificate: x509.Certificate, issuer: x509.Certificate) -> bool:
    """Say whether the issuer has the name that the certificate gives, and the key that signed it."""
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, *UNREADABLE):
        return False
    return True


def _borrowed(name: x509.Name) -> TrustError:
    message = f"the chain leads to {_name(name)!r}, whose key is known and is not the one that signed"
    return TrustError(message, finding=BROKEN)


def _refuse_tests(chain: Sequence[x509.Certificate]) -> None:
    """Refuse what was issued by an authority for tests: it is nobody's word, and says so itself."""
    for certificate in chain:
        names = [_name(certificate.issuer), _organisation(certificate.issuer)]
        if key_fingerprint(certificate) in _TEST_KEYS or any(n.startswith(_TEST_PREFIXES) for n in names):
            message = f"the certificate was issued by an authority for tests: {names[0]!r}"
            raise TrustError(message, finding="signature.test-authority")


def _organisation(name: x509.Name) -> str:
    parts = name.get_attributes_for_oid(x509.NameOID.ORGANIZATION_NAME)
    return str(parts[0].value) if parts else ""


def _name(name: x509.Name) -> str:
    """Return what an authority calls itself."""
    parts = name.get_attributes_for_oid(x509.NameOID.COMMON_NAME)
    return str(parts[0].value) if parts else name.rfc4514_string()
