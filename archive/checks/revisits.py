"""Revisits and what they are a revisit of: the record they name, by its id, its address and date, or its payload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from archive.digest import Label, read_label
from archive.errors import Location
from archive.findings import Finding, found
from archive.warc.record import Placed

_ORIGINAL = ("response", "resource")
_URI, _DATE = "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"


@attrs.frozen
class Captures:
    """The captures of an archive by address and date, and by the payload digest that their header gives."""

    by_address: Mapping[tuple[str, str], Placed]
    by_payload: Mapping[Label, Placed]

    @classmethod
    def of(cls, records: Iterable[Placed]) -> Captures:
        """Sort the captures of these records. Where there are no revisits nothing is sorted: nobody would ask."""
        kept = list(records)
        by_address, by_payload = dict[tuple[str, str], Placed](), dict[Label, Placed]()
        if any(placed.type.lower() == "revisit" for placed in kept):
            for placed in kept:
                if placed.type.lower() in _ORIGINAL:
                    by_address.setdefault((_address(placed.target_uri), placed.date), placed)
                    if (claim := claim_of(placed)) is not None:
                        by_payload.setdefault(claim, placed)
        return cls(by_address, by_payload)


def claim_of(placed: Placed) -> Label | None:
    """Return the payload digest that a header gives, where it can be read."""
    label = read_label(placed.header.get("WARC-Payload-Digest") or "")
    return label if label is not None and label.value is not None else None


def check_revisit(revisit: Placed, known: Mapping[str, Placed], captures: Captures) -> Iterator[Finding]:
    """Find where a revisit and the record that it refers to say different things, and revisits of nothing here."""
    named = known.get((revisit.header.get("WARC-Refers-To") or "").removeprefix("<").removesuffix(">"))
    address, date = revisit.header.get(_URI), revisit.header.get(_DATE)
    found_by_date = captures.by_address.get((_address(address or revisit.target_uri), date or ""))
    original, claim = named or found_by_date, claim_of(revisit)
    if original is not None:
        yield from _same_payload(revisit, original, claim)
    if named is not None:
        yield from _same_reference(revisit, named)
    elif original is None and revisit.header.get("WARC-Refers-To") is None:
        if date is not None and (claim is None or claim not in captures.by_payload):
            message = "the capture that this is a revisit of is not in this archive"
            yield found(
                "structure.reference-missing",
                message,
                where=_at(revisit, _DATE),
                actual=f"{date} {address or ''}",
            )


def _same_payload(revisit: Placed, original: Placed, claim: Label | None) -> Iterator[Finding]:
    """Compare the two headers' digests where both are of one algorithm: each was compared with its bytes elsewhere."""
    theirs = claim_of(original)
    if claim is None or theirs is None or claim.algorithm != theirs.algorithm or claim == theirs:
        return
    identical = "identical-payload-digest" in (revisit.header.get("WARC-Profile") or "")
    if identical and original.type.lower() in (*_ORIGINAL, "revisit"):
        yield found(
            "structure.revisit-differs",
            "the record that this is a revisit of has another payload",
            where=_at(revisit, "WARC-Payload-Digest"),
            expected=original.header.get("WARC-Payload-Digest"),
            actual=revisit.header.get("WARC-Payload-Digest"),
        )


def _same_reference(revisit: Placed, named: Placed) -> Iterator[Finding]:
    for field, actual in ((_URI, named.target_uri or ""), (_DATE, named.date)):
        stated = revisit.header.get(field)
        if stated is not None and _address(stated) != _address(actual):
            message = f"{field} is not that of the record that WARC-Refers-To names"
            yield found(
                "structure.revisit-reference",
                message,
                where=_at(revisit, field),
                expected=actual,
                actual=stated,
            )


def _address(value: str | None) -> str:
    return (value or "").removeprefix("<").removesuffix(">")


def _at(placed: Placed, field: str) -> Location:
    return Location(None, placed.member, placed.offset_bytes, placed.record_id or None, field)
