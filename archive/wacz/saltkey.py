"""The salt key of a package: a secret file that nobody else may read, and what may be kept of it."""

from __future__ import annotations

import hashlib
import hmac
import os
import stat
from pathlib import Path

from archive.errors import Location, Unreadable, UsageError

LEAST_BYTES = 16
_MOST_BYTES = 4096
_LEAST_DISTINCT = 8
"""A random key of 16 bytes has hardly ever fewer different ones; a row of zeros or of one letter has."""
_LABEL = b"source-provenance-salt-key/1"


def read_salt_key(path: Path) -> bytes:
    """Return the key that a file holds: all of its bytes, whatever they are.

    Raises Unreadable where the system will not give it, UsageError where it is no regular file, others than its owner
    may read it (mode 0600 is asked for), or it could be guessed: shorter than 16 bytes, or hardly two of them different.
    """
    where = Location(package=str(path))
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            if not stat.S_ISREG(mode):
                raise UsageError("the salt key is no regular file", where)
            if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
                raise UsageError(
                    "others can read the salt key", where, f"make it yours alone: chmod 600 {path}"
                )
            key = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise Unreadable(f"the salt key cannot be read: {error.strerror or error}", where) from error
    if not LEAST_BYTES <= len(key) <= _MOST_BYTES or len(set(key)) < _LEAST_DISTINCT:
        message = f"the salt key is no {LEAST_BYTES} to {_MOST_BYTES} random bytes"
        raise UsageError(message, where, "make one: head -c 32 /dev/urandom > salt.key; chmod 600 salt.key")
    return key


def trace_of(key: bytes | None) -> str | None:
    """Return by what an unfinished build knows its key again: an HMAC under it, which tells nothing of it."""
    return None if key is None else hmac.new(key, _LABEL, hashlib.sha256).hexdigest()
