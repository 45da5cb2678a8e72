"""Proofs of time beside the manifest's digest: a list under `evidence`, which clients that do not know it leave alone.

Each is about the bytes of the manifest, `datapackage.json`, so that the digest that it is over stands above it as
`hash`, and the common tools check it with that file at hand. docs/format/time.md states the form.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

import attrs

from archive.wacz.datapackage import PATH

KEY = "evidence"
MOST_ROWS = 32
"""Proofs that are looked at."""
_MOST_CHARACTERS = 1 << 20


class Kind(StrEnum):
    """Of which kind a proof is."""

    RFC3161 = "rfc3161"
    OTS = "ots"


_KEYS = {Kind.RFC3161: "token", Kind.OTS: "proof"}


@attrs.frozen
class Row:
    """One proof: a whole TimeStampResp in DER, or a whole proof file of OpenTimestamps."""

    kind: Kind
    data: bytes

    def to_json(self) -> dict[str, str]:
        """Return the row as it is written."""
        text = base64.b64encode(self.data).decode("ascii")
        return {"type": self.kind, "over": PATH, _KEYS[self.kind]: text}


class UnknownRow(ValueError):
    """A row of a kind that is unknown here, or about something else than the manifest."""


def rows_of(value: object) -> tuple[object, ...]:
    """Return the rows under `evidence`, whatever they are. What is no list is one row, and of no known kind."""
    stated = value.get(KEY) if isinstance(value, Mapping) else None
    return () if stated is None else tuple(stated) if isinstance(stated, list) else (stated,)


def read_row(row: object) -> Row:
    """Return the proof that a row holds. Raises ValueError where it is broken, UnknownRow where it is none of ours."""
    if not isinstance(row, Mapping) or row.get("type") not in list(Kind) or row.get("over") != PATH:
        raise UnknownRow("a proof of a kind that is unknown here")
    kind = Kind(row["type"])
    text = row.get(_KEYS[kind])
    if not isinstance(text, str) or len(text) > _MOST_CHARACTERS:
        raise ValueError(f"its {_KEYS[kind]} is no text, or too long")
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError as error:  # binascii.Error, and what is not ASCII
        raise ValueError(f"its {_KEYS[kind]} is no base64: {error}") from error
    read = Row(kind, data)
    if row != read.to_json():
        raise ValueError("it is written in another way than it would be, or says more than it may")
    return read


def with_rows(value: Mapping[str, Any], rows: Iterable[Row]) -> dict[str, Any]:
    """Return what the member with the manifest's digest holds, with further proofs behind those that are there."""
    return {**value, KEY: [*rows_of(value), *(row.to_json() for row in rows)]}
