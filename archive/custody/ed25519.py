"""Checking Ed25519 signatures (RFC 8032) with the library `cryptography`, where it is installed."""

from __future__ import annotations


class NotInstalled(Exception):
    """The library that knows signatures is not there."""


def verify(key: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether 64 bytes are the signature of a message by the key of these 32 bytes. Raises NotInstalled."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        raise NotInstalled from None
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):  # ValueError: bytes that are no key
        return False
    return True
