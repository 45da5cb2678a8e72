"""What a verification does not prove, worked out from what is there and what is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from archive.findings import Count, Report
from provenance.collection import checklist
from provenance.reports.visible import plural

_VERIFIED = "signature.verified"
_STAMPED = "time.stamped"


def not_proven(report: Report) -> tuple[str, ...]:
    """Return what the verification does not prove, in sentences: never more than a screen.

    The first is always whose record this is, and that it is not the server's; what somebody vouches for is left out.
    """
    if report.stopped_by is not None:
        return ("Anything: the package could not be read.",)
    return (_served(report), *_who(report), *_when(report), *_from_where(report), *_CUSTODY, _TRUTH)


def told_json(report: Report) -> dict[str, Any]:
    """Return what a summary says beside the verdict: the checklist of the collection, and what is not proven."""
    rows = [attrs.asdict(row) for row in checklist(report.facts)]
    return {"checklist": rows, "not_proven": list(not_proven(report))}


_CUSTODY = ("Where the package has been since: that is for a custody log, which is kept outside of it.",)
_TRUTH = "That what an outlet wrote is true, or that a quotation that was not found is false."


def _served(report: Report) -> str:
    return (
        "That a server ever served these bytes to anybody else: they are as recorded by"
        f" {_recorder(report)}{_dates(report)}."
    )


def _recorder(report: Report) -> str:
    """Return who recorded it, with what that rests on."""
    signer = _message(report, _VERIFIED)
    if signer is not None:
        return f"whoever made the package, which is {signer}"
    named = [
        each.get("collector") for each in report.facts.get("collection", ()) if isinstance(each, Mapping)
    ]
    names = "; ".join(dict.fromkeys(name for name in named if name))
    return (
        f"whoever made the package (it names {names}; nobody vouches for that)"
        if names
        else "whoever made the package"
    )


def _dates(report: Report) -> str:
    collected = report.facts.get("collected") or {}
    first, last = collected.get("first_date"), collected.get("last_date")
    if not first:
        return ""
    return f", dated {first}" if first == last else f", dated {first} to {last}"


def _who(report: Report) -> Iterator[str]:
    """Yield what is open about who made the package."""
    if _message(report, _VERIFIED) is not None:
        return
    if not report.coverage.get("signatures", Count()).present:
        yield (
            "By whom: that the package is the one first made. One without a signature can be replaced whole, and no byte"
            " inside of it can betray that."
        )
        return
    unknown = _message(report, "signature.signer-unknown")
    yield (
        f"By whom: it is {unknown}. Name whom you expect with --signer."
        if unknown
        else "By whom: it is signed, and that this signature is right and whose it is was not established."
    )


def _when(report: Report) -> Iterator[str]:
    """Yield what is open about when it was made."""
    stamped = _message(report, _STAMPED)
    if stamped is None:
        yield "When: the dates are those of the machine that recorded it; nobody else vouches for the time."
    else:
        yield f"When it was recorded: {stamped}; how long before that, is not proven."


def _from_where(report: Report) -> Iterator[str]:
    """Yield what addresses and conversions rest on."""
    collected: Mapping[str, Any] = report.facts.get("collected") or {}
    addresses: Mapping[str, int] = collected.get("addresses") or {}
    stated = sum(addresses.get(who, 0) for who in ("archivist", "document"))
    if stated:
        of = sum(addresses.values())
        yield (
            f"That {stated} of {plural(of, 'document')} were at the address they have: they were given as files, and it is"
            " what the archivist or the document itself states."
        )
    converted = (collected.get("types") or {}).get("conversion", 0)
    if converted:
        made = plural(converted, "record was", "records were")
        yield f"That a converted text says all that its document shows: {made} made by a program."


def _message(report: Report, code: str) -> str | None:
    return next((finding.message for finding in report.findings if finding.code == code), None)
