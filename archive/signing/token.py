"""A time-stamp token (RFC 3161 §2.4.2) taken apart: what it says, who is said to have signed it. Nothing is trusted here."""

from __future__ import annotations

import datetime as dt
import hashlib

import attrs

from archive.signing import der
from archive.signing.der import Node

MOST_BYTES = 256 * 1024
"""A token with all its certificates has some kilobytes."""
ALGORITHMS = {
    "1.3.14.3.2.26": "sha1",
    "2.16.840.1.101.3.4.2.1": "sha256",
    "2.16.840.1.101.3.4.2.2": "sha384",
    "2.16.840.1.101.3.4.2.3": "sha512",
}
"""Digest algorithms by their object identifiers. A sha1 imprint is told apart in order to be refused."""
_SIGNED_DATA = "1.2.840.113549.1.7.2"
_TST_INFO = "1.2.840.113549.1.9.16.1.4"
_CONTENT_TYPE = "1.2.840.113549.1.9.3"
_MESSAGE_DIGEST = "1.2.840.113549.1.9.4"
_SIGNING_CERTIFICATE = {"1.2.840.113549.1.9.16.2.12": "sha1", "1.2.840.113549.1.9.16.2.47": "sha256"}
"""ESSCertID (RFC 2634 §5.4) and ESSCertIDv2 (RFC 5035 §3): the digest that each has where it names none."""
_CERTIFICATES, _REVOCATIONS, _SIGNED, _UNSIGNED = 0xA0, 0xA1, 0xA0, 0xA1
_BY_KEY = 0x80
_TSA, _EXTENSIONS = 0xA0, 0xA1
_VERSIONS = (1, 3, 4, 5)
"""Of signed data: 3 is right (RFC 5652 §5.1), the others are in use; the number is not signed."""
_BY_NAME = 1
GRANTED = (0, 1)
"""PKIStatus granted, and grantedWithMods: with both a token comes."""


@attrs.frozen
class Signer:
    """What a token says of its one signature. Digests and names are as they stand there, in DER where not said otherwise.

    `certificate_digest` is of the signer's whole certificate, and stands under the signature: a pair of an algorithm's
    name and the digest.
    """

    issuer: bytes
    serial: int
    digest_algorithm: str
    signature_algorithm: bytes
    signature: bytes = attrs.field(repr=False)
    signed: bytes = attrs.field(repr=False)
    """The bytes that are signed: the signed attributes as a SET."""
    certificate_digest: tuple[str, bytes]
    content_digest: bytes

    def is_named_by(self, certificate: bytes) -> bool:
        """Say whether this certificate, in DER, is the one whose digest stands under the signature."""
        algorithm, digest = self.certificate_digest
        if algorithm not in ALGORITHMS.values():
            return False
        return hashlib.new(algorithm, certificate, usedforsecurity=False).digest() == digest


@attrs.frozen
class Token:
    """A token. `at` is aware, in UTC; `digest` is of what was stamped; `certificates` are those it brings, in DER."""

    at: dt.datetime
    digest_algorithm: str
    digest: bytes
    serial: int
    policy: str
    certificates: tuple[bytes, ...] = attrs.field(repr=False)
    accuracy: dt.timedelta | None
    nonce: int | None
    signer: Signer
    content: bytes = attrs.field(repr=False)
    """The TSTInfo, which the signature is over."""
    bare: bytes = attrs.field(repr=False)
    """The TimeStampToken without certificates and without unsigned attributes, as a response that grants it."""


class Refused(ValueError):
    """The answer of an authority that grants no token; the text is what it says."""


class FormUnknown(ValueError):
    """A token in a form that the standard allows and that is not known here: nothing can be said of it."""


def read_token(response: bytes) -> Token:
    """Return the token that a TimeStampResp in DER grants. Raises ValueError, whose text says what is wrong.

    `Refused` is the ValueError of an answer that grants none, `FormUnknown` that of a token that may be sound all the
    same. Nothing is verified: neither signature nor trust.
    """
    if len(response) > MOST_BYTES:
        raise ValueError(f"larger than {MOST_BYTES} bytes")
    parts = der.inside(der.parse(response), der.SEQUENCE, "response", 1)
    _check_status(parts)
    kind, content = _exactly(parts[1], 2, "token")
    if der.oid(kind, "content type") != _SIGNED_DATA:
        raise ValueError("the token is no signed data")
    (signed,) = _exactly(content, 1, "signed data", tag=0xA0)
    return _token(signed)


def _check_status(parts: tuple[Node, ...]) -> None:
    status = der.inside(parts[0], der.SEQUENCE, "status", 1)
    number = der.integer(status[0], "status")
    if number not in GRANTED:
        raise Refused(f"refused with status {number}{_words(status)}")
    if len(parts) != 2:
        raise ValueError("a response that grants a token and has none")


def _words(status: tuple[Node, ...]) -> str:
    """Return what a refusal says in words: a list of UTF-8 texts, of which so much is shown."""
    if len(status) < 2 or status[1].tag != der.SEQUENCE:
        return ""
    said = "; ".join(node.body.decode("utf-8", "replace") for node in status[1].children()[:4])
    return f": {''.join(c if c.isprintable() else '?' for c in said[:300])}"


def _exactly(node: Node, count: int, what: str, *, tag: int = der.SEQUENCE) -> tuple[Node, ...]:
    parts = der.inside(node, tag, what)
    if len(parts) != count:
        raise ValueError(f"the {what} has {len(parts)} parts, not {count}")
    return parts


def _token(node: Node) -> Token:
    """Take SignedData (RFC 5652 §5.1) apart: version, digest algorithms, content, [certificates], [crls], signers."""
    parts = list(der.inside(node, der.SEQUENCE, "signed data", 4))
    version, algorithms, wrapped = parts[:3]
    if der.integer(version, "version") not in _VERSIONS:
        raise ValueError("signed data of an unknown version")
    der.expect(algorithms, der.SET, "set of digest algorithms")
    rest = parts[3:]
    certificates = rest.pop(0).children() if rest[0].tag == _CERTIFICATES else ()
    if rest and rest[0].tag == _REVOCATIONS:
        rest.pop(0)
    if len(rest) != 1:
        raise ValueError("the signed data has no one set of signers")
    (signer,) = _exactly(rest[0], 1, "set of signers", tag=der.SET)
    content = _content(wrapped)
    read, kept = _signer(signer)
    bare = der.encode(
        der.SEQUENCE, [version.whole, algorithms.whole, wrapped.whole, der.encode(der.SET, [kept])]
    )
    return _info(content, tuple(node.whole for node in certificates), read, _granted(bare))


def _granted(signed_data: bytes) -> bytes:
    """Return a response that grants this signed data: status, then ContentInfo."""
    oid = bytes.fromhex("06092a864886f70d010702")
    token = der.encode(der.SEQUENCE, [oid, der.encode(0xA0, [signed_data])])
    return der.encode(der.SEQUENCE, [bytes.fromhex("3003020100"), token])


def _content(node: Node) -> bytes:
    kind, wrapped = _exactly(node, 2, "content")
    if der.oid(kind, "content type") != _TST_INFO:
        raise ValueError("what is signed is no TSTInfo")
    (content,) = _exactly(wrapped, 1, "content", tag=0xA0)
    return der.octets(content, "TSTInfo")


def _info(content: bytes, certificates: tuple[bytes, ...], signer: Signer, bare: bytes) -> Token:
    """Take a TSTInfo apart: version, policy, imprint, serial, time, and what may follow."""
    parts = der.inside(der.parse(content), der.SEQUENCE, "TSTInfo", 5)
    if der.integer(parts[0], "version") != 1:
        raise ValueError("a TSTInfo of another version than 1")
    algorithm, digest = _exactly(parts[2], 2, "imprint")
    accuracy, nonce = _optional(parts[5:])
    return Token(
        at=der.instant(parts[4], "time"),
        digest_algorithm=_algorithm(algorithm),
        digest=der.octets(digest, "digest"),
        serial=der.integer(parts[3], "serial number"),
        policy=der.oid(parts[1], "policy"),
        certificates=certificates,
        accuracy=accuracy,
        nonce=nonce,
        signer=signer,
        content=content,
        bare=bare,
    )


def _optional(nodes: tuple[Node, ...]) -> tuple[dt.timedelta | None, int | None]:
    """Read what may follow the time: accuracy, ordering, nonce, name, extensions; each once, in this order."""
    order = (der.SEQUENCE, der.BOOLEAN, der.INTEGER, _TSA, _EXTENSIONS)
    if any(node.tag not in order for node in nodes):
        raise ValueError("the TSTInfo has a part that is unknown")
    places = [order.index(node.tag) for node in nodes]
    if places != sorted(set(places)):
        raise ValueError("the TSTInfo has a part twice or in the wrong place")
    by_tag = {node.tag: node for node in nodes}
    if _EXTENSIONS in by_tag and any(_is_critical(each) for each in by_tag[_EXTENSIONS].children()):
        raise FormUnknown("the TSTInfo has a critical extension that is unknown")
    nonce = by_tag.get(der.INTEGER)
    accuracy = by_tag.get(der.SEQUENCE)
    return (
        None if accuracy is None else _accuracy(accuracy),
        None if nonce is None else der.integer(nonce, "nonce"),
    )


def _is_critical(extension: Node) -> bool:
    return any(node.tag == der.BOOLEAN and node.body != b"\0" for node in extension.children())


def _accuracy(node: Node) -> dt.timedelta:
    """Return an Accuracy: seconds, [0] milliseconds, [1] microseconds."""
    units = {der.INTEGER: "seconds", 0x80: "milliseconds", 0x81: "microseconds"}
    given: dict[str, int] = {}
    for part in node.children():
        if part.tag not in units or units[part.tag] in given or not 1 <= len(part.body) <= 4:
            raise ValueError("the accuracy cannot be read")
        given[units[part.tag]] = int.from_bytes(part.body, signed=True)
    if any(value < 0 for value in given.values()):
        raise ValueError("the accuracy is negative")
    return dt.timedelta(**given)


def _algorithm(node: Node) -> str:
    """Return the plain name of a digest algorithm, or its identifier where it is unknown."""
    parts = der.inside(node, der.SEQUENCE, "digest algorithm", 1)
    identifier = der.oid(parts[0], "digest algorithm")
    if len(parts) > 2 or (len(parts) == 2 and parts[1].whole != b"\x05\x00"):
        raise ValueError("a digest algorithm with parameters")
    return ALGORITHMS.get(identifier, identifier)


def _signer(node: Node) -> tuple[Signer, bytes]:
    """Take a SignerInfo (RFC 5652 §5.3) apart. Return it, and its bytes without what no signature covers."""
    parts = list(der.inside(node, der.SEQUENCE, "signer", 6))
    if parts[-1].tag == _UNSIGNED:
        parts.pop()
    if len(parts) != 6:
        raise ValueError("the signer has a part too many or too few")
    version, named, algorithm, attributes, signature_algorithm, signature = parts
    if der.integer(version, "version") != _BY_NAME and named.tag == der.SEQUENCE:
        raise ValueError("a signer of another version than 1")
    if named.tag == _BY_KEY:
        raise FormUnknown("the signer is named by its key, not by its certificate")
    issuer, serial = _exactly(named, 2, "name of the signer")
    signed = _attributes(attributes)
    digests = [signed[kind] for kind in _SIGNING_CERTIFICATE if kind in signed]
    if signed.get(_CONTENT_TYPE) is None or der.oid(signed[_CONTENT_TYPE], "content type") != _TST_INFO:
        raise ValueError("the signature is not over a TSTInfo")
    if _MESSAGE_DIGEST not in signed or not digests:
        raise ValueError("the signature does not cover the content, or not the signer's certificate")
    read = Signer(
        issuer=der.expect(issuer, der.SEQUENCE, "issuer").whole,
        serial=der.integer(serial, "serial number"),
        digest_algorithm=_algorithm(algorithm),
        signature_algorithm=der.expect(signature_algorithm, der.SEQUENCE, "signature algorithm").whole,
        signature=der.octets(signature, "signature"),
        signed=der.encode(der.SET, [attributes.body]),
        certificate_digest=_certificate_digest(signed),
        content_digest=der.octets(signed[_MESSAGE_DIGEST], "digest of the content"),
    )
    return read, der.encode(der.SEQUENCE, [part.whole for part in parts])


def _attributes(node: Node) -> dict[str, Node]:
    """Return the one value of each signed attribute by its type."""
    found: dict[str, Node] = {}
    for attribute in der.inside(node, _SIGNED, "set of signed attributes"):
        kind, values = _exactly(attribute, 2, "attribute")
        name = der.oid(kind, "attribute")
        if name in found:
            raise ValueError(f"the attribute {name} stands twice")
        found[name] = _exactly(values, 1, f"attribute {name}", tag=der.SET)[0] if name in _SINGLE else values
    return found


_SINGLE = {_CONTENT_TYPE, _MESSAGE_DIGEST, *_SIGNING_CERTIFICATE}


def _certificate_digest(signed: dict[str, Node]) -> tuple[str, bytes]:
    """Return what the signature says of the signer's certificate, the newer attribute before the older."""
    kind = max(name for name in _SIGNING_CERTIFICATE if name in signed)
    certificates = der.inside(signed[kind], der.SEQUENCE, "signing certificate", 1)
    first = der.inside(certificates[0], der.SEQUENCE, "list of certificates", 1)[0]
    parts = der.inside(first, der.SEQUENCE, "digest of a certificate", 1)
    if parts[0].tag == der.SEQUENCE:
        if len(parts) < 2:
            raise ValueError("the digest of the certificate is missing")
        return _algorithm(parts[0]), der.octets(parts[1], "digest of a certificate")
    return _SIGNING_CERTIFICATE[kind], der.octets(parts[0], "digest of a certificate")
