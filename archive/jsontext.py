"""JSON from outside: UTF-8, no NaN, bounded depth, and every repeated key told."""

from __future__ import annotations

import json
import re
from typing import Any

import attrs

from archive import lazily
from archive.limits import DEFAULT, Limits

_STRING = lazily.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKET = lazily.compile(r"[\[{\]}]")


@attrs.frozen
class Parsed:
    """A JSON value and the keys that stand more than once in one of its objects (RFC 8259 §4: should be unique)."""

    value: Any
    repeated: tuple[str, ...] = ()


def parse(raw: bytes, *, limits: Limits = DEFAULT) -> Parsed:
    """Return the value written in `raw`. Raises ValueError, whose text says what is wrong.

    Of a repeated key the last value counts, as in every common reader; the key is named in `repeated`.
    """
    text = raw.decode("utf-8")
    _check_depth(text, limits.json_depth)
    repeated: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        value = dict(pairs)
        if len(value) < len(pairs):
            seen: set[str] = set()
            repeated.extend(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        return value

    value = json.loads(text, object_pairs_hook=unique, parse_constant=_refuse)
    return Parsed(value, tuple(repeated))


def _check_depth(text: str, allowed: int) -> None:
    """Refuse nesting beyond the limit before the parser recurses into it."""
    if text.count("{") + text.count("[") <= allowed:
        return
    depth = 0
    for bracket in _BRACKET.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        if depth > allowed:
            raise ValueError(f"nested more than {allowed} deep")


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is no JSON")
