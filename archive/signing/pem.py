"""PEM (RFC 7468), read strictly and without any library: blocks of one kind to their bytes, and back."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable

from archive import lazily

CERTIFICATE = "CERTIFICATE"
MOST_BLOCKS = 16
"""Certificates in one chain or file; public chains have two to four."""
MOST_BYTES = 1 << 17
"""Of PEM text in one place."""
_BLOCK = lazily.compile(r"-----BEGIN ([A-Z0-9 ]{1,40})-----\s([A-Za-z0-9+/=\s]*)-----END \1-----")
_LINE = 64


def blocks(text: str, kind: str = CERTIFICATE) -> tuple[bytes, ...]:
    """Return the bytes of every block, in order. Raises ValueError where there is anything but blocks of that kind."""
    if len(text) > MOST_BYTES:
        raise ValueError(f"more than {MOST_BYTES} characters of PEM")
    found, position = [], 0
    for block in _BLOCK.finditer(text):
        if text[position : block.start()].strip() or block[1] != kind:
            raise ValueError(f"something else than PEM blocks of kind {kind}")
        found.append(_decoded(block[2]))
        position = block.end()
    if text[position:].strip() or not found:
        raise ValueError(f"no whole PEM block of kind {kind}")
    if len(found) > MOST_BLOCKS:
        raise ValueError(f"more than {MOST_BLOCKS} PEM blocks")
    return tuple(found)


def _decoded(body: str) -> bytes:
    try:
        return base64.b64decode("".join(body.split()), validate=True)
    except binascii.Error as error:
        raise ValueError(f"a PEM block that is no base64: {error}") from None


def written(ders: Iterable[bytes], kind: str = CERTIFICATE) -> str:
    """Return blocks with a blank line between them: some clients split a chain there."""
    return "\n".join(_block(der, kind) for der in ders)


def _block(der: bytes, kind: str) -> str:
    body = base64.b64encode(der).decode("ascii")
    lines = [body[start : start + _LINE] for start in range(0, len(body), _LINE)]
    return "\n".join((f"-----BEGIN {kind}-----", *lines, f"-----END {kind}-----", ""))
