"""Authorities for tests: roots, intermediates and domain certificates, sound ones and such as nobody should believe."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable
from typing import Any

import attrs
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from archive.signing import pem
from archive.signing.trust import Roots, Trust, fingerprint

DOMAIN = "newsroom.example"
BEGIN, END = dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2119, 1, 1, tzinfo=dt.UTC)
TLS = (ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH)
_USAGES = (
    "digital_signature",
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


@attrs.frozen
class Holder:
    """Somebody with a key and the certificate for it, and with the chain from that certificate to a root."""

    certificate: x509.Certificate
    key: Any = attrs.field(repr=False)
    chain: tuple[bytes, ...]
    """In DER, its own certificate first, the root last."""

    @property
    def der(self) -> bytes:
        """The certificate in DER."""
        return self.chain[0]

    @property
    def pem(self) -> str:
        """The chain in PEM."""
        return pem.written(self.chain)

    @property
    def key_pem(self) -> bytes:
        """The private key as PKCS#8 in PEM, not encrypted."""
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the public key."""
        return key_fingerprint(self.key)


def key_fingerprint(key: Any) -> str:
    """Return the fingerprint of the public half of a key."""
    spki = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return fingerprint(spki)


def issue(
    name: str,
    issuer: Holder | None = None,
    *,
    key: Any = None,
    ca: bool | None = None,
    domains: Iterable[str] = (),
    usages: Iterable[str] | None = None,
    extended: Iterable[x509.ObjectIdentifier] = (),
    critical_extended: bool = False,
    begin: dt.datetime = BEGIN,
    end: dt.datetime = END,
    path_length: int | None = None,
    issuer_name: str | None = None,
) -> Holder:
    """Return a new holder whose certificate the issuer (or, without one, itself) has signed.

    `ca` and `usages` are by themselves what the kind of certificate needs: that of an authority where it names no
    domains, that of a host where it does. `issuer_name` writes another name than the issuer's into it.
    """
    key = key or ec.generate_private_key(ec.SECP256R1())
    ca = not domains if ca is None else ca
    usages = (
        set(("key_cert_sign", "crl_sign") if ca else ("digital_signature",))
        if usages is None
        else set(usages)
    )
    issued_by = _name(issuer_name) if issuer_name else issuer.certificate.subject if issuer else _name(name)
    public = key.public_key()
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .issuer_name(issued_by)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(end)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=path_length), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.KeyUsage(**{usage: usage in usages for usage in _USAGES}), critical=True)
    )
    if issuer is not None:
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
        builder = builder.add_extension(identifier, critical=False)
    if names := [x509.DNSName(domain) for domain in domains]:
        builder = builder.add_extension(x509.SubjectAlternativeName(names), critical=False)
    if purposes := list(extended):
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=critical_extended)
    certificate = builder.sign(issuer.key if issuer else key, hashes.SHA256())
    der = certificate.public_bytes(serialization.Encoding.DER)
    return Holder(certificate, key, (der, *(issuer.chain if issuer else ())))


def host(issuer: Holder, domain: str = DOMAIN, **options: Any) -> Holder:
    """Return the holder of a domain's certificate."""
    options = {"domains": (domain,), "extended": TLS, **options}
    return issue(domain, issuer, **options)


@functools.cache
def root() -> Holder:
    """Return the root that the tests trust."""
    return issue("Test Root")


@functools.cache
def intermediate() -> Holder:
    """Return the authority below the root, which may issue for hosts and for nobody else."""
    return issue("Test Issuer", root(), path_length=0)


@functools.cache
def newsroom() -> Holder:
    """Return the holder of the newsroom's certificate."""
    return host(intermediate())


@functools.cache
def rogue() -> Holder:
    """Return a root that nobody trusts, under the name of the one that the tests trust."""
    return issue("Test Root")


def anonymous() -> Any:
    """Return a fresh key of the kind that signs without a certificate."""
    return ec.generate_private_key(ec.SECP384R1())


def trust(*signers: str, roots: Iterable[Holder] | None = None, **options: Any) -> Trust:
    """Return the trust in these signers, with the test root (or those given) for certificates."""
    known = (root(),) if roots is None else tuple(roots)
    return Trust(signers=signers, domain_roots=Roots(tuple(holder.der for holder in known)), **options)


def _name(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
