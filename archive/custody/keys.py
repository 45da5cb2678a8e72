"""The Ed25519 keys that sign checkpoints: in files that only their owner can read, PKCS#8 in PEM.

What is secret in a key is in no message and in no `repr`. This module needs the library `cryptography`.
"""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import attrs
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from archive.errors import Location, SigningError
from archive.signing import keyfile


@attrs.frozen
class LogKey:
    """A key that signs checkpoints. `public` is its public part, 32 bytes."""

    public: bytes
    _private: Ed25519PrivateKey = attrs.field(repr=False, eq=False)

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message, 64 bytes (RFC 8032)."""
        return self._private.sign(message)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a private key is not pickled")


def new_key(path: Path, *, passphrase: bytes | None = None) -> LogKey:
    """Make a key, write it to a new file that only its owner can read, and return it.

    Raises OutputExists where there is a file, SigningError where it cannot be written.
    """
    private = Ed25519PrivateKey.generate()
    keyfile.create(path, keyfile.to_pem(private, passphrase))
    return _key(private)


def load_key(path: Path, *, passphrase: bytes | None = None) -> LogKey:
    """Return the key in a file. Raises SigningError where it is open to others, is no Ed25519 key, or cannot be read."""
    private, where = keyfile.from_pem(keyfile.read(path), passphrase, path), Location(str(path))
    if not isinstance(private, Ed25519PrivateKey):
        hint = "make one: provenance custody key new FILE.pem"
        raise SigningError("checkpoints are signed with an Ed25519 key, and this is another one", where, hint)
    return _key(private)


def _key(private: Ed25519PrivateKey) -> LogKey:
    return LogKey(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), private)
