"""What was lost of a broken archive, and what became of it: one value a place."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from archive.warc.record import Header

_TEXT = 2000


class Fate(StrEnum):
    """What became of the bytes of a place."""

    LOST = "lost"
    """Nothing of them could be read as a record."""
    CONTAINER = "container"
    """They are those of a broken ZIP, and hold no records: its headers, or members that are made anew."""
    ASIDE = "aside"
    """What could be read is in the result as the block of a record of its own, which answers for no address."""
    AS_IT_WAS = "as-it-was"
    """The record is in the result byte for byte; the fault is one that it was written with."""
    REPAIRED = "repaired"
    """The record is in the result with another Content-Length, which its block digest proves."""
    DOUBLED = "doubled"
    """The same record, byte for byte, stood in the archive already."""


@attrs.frozen
class Loss:
    """A place in the broken archive that is not an intact record. Offsets are of the stored form, in `member`.

    `reason` is a finding code. What is known of the record stands as its header says it, which may be damaged too.
    `kept_as` is the id of the record in the result that holds what could be read.
    """

    member: str
    offset_bytes: int
    length_bytes: int
    reason: str
    message: str
    fate: Fate = Fate.LOST
    record: str = ""
    record_type: str = ""
    target_uri: str = ""
    date: str = ""
    kept_as: str = ""

    def row(self) -> dict[str, Any]:
        """Return the loss as a row of a table: all rows have the same keys."""
        return {name: str(value) if isinstance(value, Fate) else value for name, value in _items(self)}


def _items(loss: Loss) -> list[tuple[str, Any]]:
    return [(field.name, getattr(loss, field.name)) for field in attrs.fields(Loss)]


def said_by(header: Header | None) -> dict[str, str]:
    """Return what a header says of its record, for a loss; cut short where it is long."""
    if header is None:
        return {}
    names = {
        "record": "WARC-Record-ID",
        "record_type": "WARC-Type",
        "target_uri": "WARC-Target-URI",
        "date": "WARC-Date",
    }
    return {key: _shown(header.get(name) or "") for key, name in names.items()}


def _shown(text: str) -> str:
    return text[:_TEXT].encode("utf-8", "backslashreplace").decode()
