"""Labelled digests: written as `sha256:<lower-case hex>`, as ISO 28500 §5.8 asks for a label and a value."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

ALGORITHM = "sha256"
"""What we write. What others wrote is read in every spelling by `archive.warc`."""


def digest(data: bytes) -> str:
    """Return the labelled digest of `data`."""
    return f"{ALGORITHM}:{hashlib.sha256(data).hexdigest()}"


def digest_of(chunks: Iterable[bytes]) -> tuple[str, int]:
    """Return the labelled digest of a stream of chunks and its length in bytes."""
    state, length_bytes = hashlib.sha256(), 0
    for chunk in chunks:
        state.update(chunk)
        length_bytes += len(chunk)
    return f"{ALGORITHM}:{state.hexdigest()}", length_bytes
