"""Private keys in files: made, read, and used to sign; what is secret in them is in no message and in no `repr`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

import attrs
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12

from archive.errors import Location, SigningError, TrustError
from archive.signing import keyfile, pem, signature
from archive.signing.certificates import check_links, hosts_of, load, ordered
from archive.signing.signed import Form
from archive.signing.trust import fingerprint

_PKCS12 = (".p12", ".pfx")


@attrs.frozen
class Key:
    """A private key that signs packages: with the chain of its certificate (DER, leaf first), or anonymously."""

    form: Form
    fingerprint: str
    """Of the public key: how a signer without a certificate is named."""
    chain: tuple[bytes, ...] = attrs.field(default=(), repr=lambda chain: f"<{len(chain)} certificates>")
    domain: str = ""
    _private: Any = attrs.field(default=None, repr=False, eq=False)

    @property
    def public(self) -> bytes:
        """The public key as SubjectPublicKeyInfo in DER."""
        return signature.spki(self._private.public_key())

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message, as packages carry it."""
        return signature.sign(self._private, self.form, message)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled")


def new_key(path: Path, *, form: Form = Form.ANONYMOUS, passphrase: bytes | None = None) -> Key:
    """Make a key, write it to a new file that only its owner can read, and return it.

    The file is PKCS#8 in PEM, or PKCS#12 where the name ends in .p12 or .pfx; that one needs a passphrase. Raises
    OutputExists where there is a file, SigningError where it cannot be written.
    """
    private = ec.generate_private_key(signature.CURVES[form]())
    data = _written(path, private, passphrase)
    keyfile.create(path, data)
    return _key(private, (), path)


def load_key(path: Path, *, certificate: Path | None = None, passphrase: bytes | None = None) -> Key:
    """Return the key in a file. A key on P-256 goes with a certificate: its chain in PEM, or in the same PKCS#12 file.

    Raises SigningError where the file is open to others, the passphrase is missing or wrong, or the key is of another
    kind than packages are signed with.
    """
    data = keyfile.read(path)
    if path.suffix.lower() in _PKCS12:
        private, chain = _pkcs12(data, passphrase, path)
    else:
        private, chain = keyfile.from_pem(data, passphrase, path), ()
    if certificate is not None:
        chain = _chain(certificate)
    return _key(private, chain, path)


def key_of(private: Any, chain: Sequence[bytes] = (), *, name: str = "key") -> Key:
    """Return the key for one that a program has in memory, with the chain of its certificate. Raises SigningError."""
    return _key(private, tuple(chain), Path(name))


def _key(private: Any, chain: tuple[bytes, ...], path: Path) -> Key:
    curve = private.curve.name if isinstance(private, ec.EllipticCurvePrivateKey) else type(private).__name__
    if not isinstance(private, ec.EllipticCurvePrivateKey) or curve not in signature.ORDERS:
        hint = "make one: provenance key new FILE.pem"
        message = "packages are signed with a key of ECDSA on P-256 or P-384, and this is another one"
        raise SigningError(message, Location(str(path)), hint)
    form = Form.DOMAIN if isinstance(private.curve, ec.SECP256R1) else Form.ANONYMOUS
    domain = _domain(private, chain, form, path) if chain else ""
    return Key(form, fingerprint(signature.spki(private.public_key())), chain, domain, private)


def _domain(private: Any, chain: Sequence[bytes], form: Form, path: Path) -> str:
    """Return the host that a certificate for this key names. Raises SigningError where it is not for this key."""
    where = Location(str(path))
    try:
        if form is not Form.DOMAIN:
            raise SigningError("a key that goes with a certificate is one on P-256", where)
        public = signature.leaf_key(chain[0])
        names = hosts_of(load(chain[0]))
    except TrustError as error:
        raise SigningError(error.message, where) from None
    if signature.spki(public) != signature.spki(private.public_key()):
        raise SigningError(
            "the certificate is for another key", where, "its chain begins with the host's own"
        )
    if not names:
        raise SigningError("the certificate names no host", where)
    return names[0]


def _pkcs12(data: bytes, passphrase: bytes | None, path: Path) -> tuple[Any, tuple[bytes, ...]]:
    try:
        private, own, others = pkcs12.load_key_and_certificates(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise keyfile.unreadable(path, passphrase) from None
    if own is None:
        return private, ()
    leaf, *above = (each.public_bytes(Encoding.DER) for each in (own, *others))
    return private, tuple(ordered([leaf, *above])) or (leaf,)  # a file of this kind has them in any order


def _chain(path: Path) -> tuple[bytes, ...]:
    try:
        chain = pem.blocks(keyfile.read(path, private=False).decode("ascii"))
        check_links([load(der) for der in chain])
    except (ValueError, TrustError) as error:
        message = f"this is no chain of certificates, the host's own first and the root last: {error}"
        raise SigningError(message, Location(str(path))) from None
    return chain


def _written(path: Path, private: Any, passphrase: bytes | None) -> bytes:
    if path.suffix.lower() in _PKCS12:
        if not passphrase:
            hint = "give one: --passphrase-file FILE, or the variable PROVENANCE_PASSPHRASE"
            raise SigningError("a key in PKCS#12 needs a passphrase", Location(str(path)), hint)
        return pkcs12.serialize_key_and_certificates(
            None, private, None, None, keyfile.encryption(passphrase)
        )
    return keyfile.to_pem(private, passphrase)
