"""JSON in the one form of RFC 8785, of what has one form everywhere: strings, whole numbers, null, lists, objects.

Fractions, true and false are left out: nothing in a custody log needs them, and fractions are where writers differ.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

SAFE = (1 << 53) - 1
"""The largest number that every reader of JSON takes exactly (RFC 8785 §3.2.2.3, RFC 7493 §2.2)."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Escapes just what RFC 8785 §3.2.2.2 escapes, in the same way. Keys are sorted by code points, see `_check_keys`."""


def canonical(value: Any) -> bytes:
    """Return the bytes of a value, without a line end. Raises ValueError for what has no place here."""
    _check(value)
    return _ENCODER.encode(value).encode(
        "utf-8"
    )  # a lone surrogate is a UnicodeEncodeError, which is a ValueError


def _check(value: Any) -> None:
    if isinstance(value, str) or value is None:
        return
    if type(value) is int:
        if abs(value) > SAFE:
            raise ValueError(f"the number {value} is larger than every reader takes exactly")
    elif isinstance(value, Mapping):
        _check_keys(value)
        for part in value.values():
            _check(part)
    elif isinstance(value, list | tuple):
        for part in value:
            _check(part)
    else:
        raise ValueError(f"{type(value).__name__} has no place in a custody log")


def _check_keys(value: Mapping[Any, Any]) -> None:
    """Refuse keys outside ASCII: RFC 8785 §3.2.3 sorts by UTF-16 units, and only there is that the order of code points."""
    for key in value:
        if not isinstance(key, str) or not key.isascii():
            raise ValueError(f"a key outside ASCII: {str(key)[:40]!r}")
