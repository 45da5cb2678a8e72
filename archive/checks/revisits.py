"""Revisits and what they are a revisit of: the record they name, by its id, its address and date, or its payload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import attrs

from archive.digest import Label, read_label
from archive.errors import Location
from archive.findings import Finding, found
from archive.warc.record import Placed

_ORIGINAL = ("response", "resource")
_COMPARED = (*_ORIGINAL, "revisit")
_URI, _DATE = "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"


@attrs.frozen
class Captures:
    """The captures of an archive by address and date, and the payload digests that their headers give."""

    by_address: Mapping[tuple[str, str], list[Placed]]
    claims: frozenset[Label]

    @classmethod
    def of(cls, records: Iterable[Placed]) -> Captures:
        """Sort the captures of these records."""
        by_address, claims = dict[tuple[str, str], list[Placed]](), set[Label]()
        for placed in records:
            if placed.type.lower() in _ORIGINAL:
                by_address.setdefault((_address(placed.target_uri), placed.date), []).append(placed)
                if (claim := claim_of(placed)) is not None:
                    claims.add(claim)
        return cls(by_address, frozenset(claims))


def claim_of(placed: Placed) -> Label | None:
    """Return the payload digest that a header gives, where it can be read."""
    label = read_label(placed.header.get("WARC-Payload-Digest") or "")
    return label if label is not None and label.value is not None else None


def check_revisit(revisit: Placed, named: Placed | None, captures: Captures) -> Iterator[Finding]:
    """Find where a revisit and the record that it refers to say different things, and revisits of nothing here.

    `named` is the record with the id that it gives. Several captures may have one address and date: only where all
    of them have another payload does the revisit differ.
    """
    address, date = revisit.header.get(_URI), revisit.header.get(_DATE)
    dated = captures.by_address.get((_address(address or revisit.target_uri), date or ""), [])
    originals, claim = [named] if named is not None else dated, claim_of(revisit)
    if claim is not None and originals:
        yield from _same_payload(revisit, originals, claim)
    if named is not None:
        yield from _same_reference(revisit, named)
    elif not dated and date and not revisit.header.get("WARC-Refers-To") and claim not in captures.claims:
        message, actual = (
            "the capture that this is a revisit of is not in this archive",
            f"{date} {address or ''}",
        )
        yield found("structure.reference-missing", message, where=_at(revisit, _DATE), actual=actual)


def _same_payload(revisit: Placed, originals: list[Placed], claim: Label) -> Iterator[Finding]:
    """Compare the headers' digests where they are of one algorithm: each was compared with its own bytes elsewhere."""
    claims = [claim_of(original) for original in originals]
    identical = "identical-payload-digest" in (revisit.header.get("WARC-Profile") or "")
    if not identical or any(theirs is None or theirs.algorithm != claim.algorithm for theirs in claims):
        return
    if claim not in claims and all(original.type.lower() in _COMPARED for original in originals):
        yield found(
            "structure.revisit-differs",
            "the record that this is a revisit of has another payload",
            where=_at(revisit, "WARC-Payload-Digest"),
            expected=originals[0].header.get("WARC-Payload-Digest"),
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
