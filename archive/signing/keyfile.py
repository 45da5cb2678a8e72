"""Files that hold private keys: for their owner alone, written once, read with a limit; nothing secret in any message."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from archive.errors import Location, OutputExists, SigningError

_MOST_BYTES = 1 << 20
_FOREIGN = 0o077
"""Permissions of a key's file that let anybody but its owner at it."""


def create(path: Path, data: bytes) -> None:
    """Write a new file that only its owner can read.

    Raises OutputExists where there is a file, SigningError where it cannot be written.
    """
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


def read(path: Path, *, private: bool = True) -> bytes:
    """Return the bytes of a small file; if it is private, others must have no permission for it. Raises SigningError."""
    where = Location(str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if private and os.name == "posix" and stat.S_IMODE(mode) & _FOREIGN:
                hint = f"chmod 600 {path}; and if others may have read it, make another key"
                raise SigningError("the key's file can be read or written by others", where, hint)
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise SigningError(f"cannot be read: {error.strerror or error}", where) from None
    if len(data) > _MOST_BYTES:
        raise SigningError("this is too large to be a key", where)
    return data


def to_pem(private: Any, passphrase: bytes | None) -> bytes:
    """Return a private key as PKCS#8 in PEM, encrypted where there is a passphrase."""
    written: bytes = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption(passphrase))
    return written


def from_pem(data: bytes, passphrase: bytes | None, path: Path) -> Any:
    """Return the private key in PEM of a file. Raises SigningError."""
    try:
        return load_pem_private_key(data, passphrase)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise unreadable(path, passphrase) from None  # the library's words may hold a part of what is secret


def encryption(passphrase: bytes | None) -> KeySerializationEncryption:
    """Return how a key is written with this passphrase, or without any."""
    return BestAvailableEncryption(passphrase) if passphrase else NoEncryption()


def unreadable(path: Path, passphrase: bytes | None) -> SigningError:
    """Return what is raised for a key that cannot be read with this passphrase, or without any."""
    if passphrase is None:
        hint = "if it needs a passphrase: --passphrase-file FILE, or the variable PROVENANCE_PASSPHRASE"
    else:
        hint = "is the passphrase the right one, and is one needed?"
    return SigningError("the key cannot be read", Location(str(path)), hint)
