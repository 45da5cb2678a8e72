"""The Ed25519 keys that sign checkpoints: in files that only their owner can read, PKCS#8 in PEM.

What is secret in a key is in no message and in no `repr`. This module needs the library `cryptography`.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NoReturn

import attrs
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from archive.errors import Location, OutputExists, SigningError

_MOST_BYTES = 1 << 16
_FOREIGN = 0o077
"""Permissions of a key's file that let anybody but its owner at it."""


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
    encryption = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    data = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:
        hint = "choose another name: a key is never overwritten"
        raise OutputExists("there is a file of this name", Location(str(path)), hint) from None
    except OSError as error:
        message = f"the key cannot be written: {error.strerror or error}"
        raise SigningError(message, Location(str(path))) from None
    return _key(private)


def load_key(path: Path, *, passphrase: bytes | None = None) -> LogKey:
    """Return the key in a file. Raises SigningError where it is open to others, is no Ed25519 key, or cannot be read."""
    data, where = _read(path), Location(str(path))
    try:
        private = load_pem_private_key(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        if passphrase is None:
            hint = "if it needs a passphrase: --passphrase-file FILE, or the variable PROVENANCE_PASSPHRASE"
        else:
            hint = "is the passphrase the right one, and is one needed?"
        # the library's words may hold a part of what is secret
        raise SigningError("the key cannot be read", where, hint) from None
    if not isinstance(private, Ed25519PrivateKey):
        hint = "make one: provenance custody key new FILE.pem"
        raise SigningError("checkpoints are signed with an Ed25519 key, and this is another one", where, hint)
    return _key(private)


def _key(private: Ed25519PrivateKey) -> LogKey:
    return LogKey(private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw), private)


def _read(path: Path) -> bytes:
    where = Location(str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if os.name == "posix" and stat.S_IMODE(mode) & _FOREIGN:
                hint = f"chmod 600 {path}; and if others may have read it, make another key"
                raise SigningError("the key's file can be read or written by others", where, hint)
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise SigningError(f"cannot be read: {error.strerror or error}", where) from None
    if len(data) > _MOST_BYTES:
        raise SigningError("this is too large to be a key", where)
    return data
