"""Going on with a build that was stopped: what it said of each input, and what it had captured."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from archive.errors import Error, Location, ResumeRefused
from archive.limits import Limits
from archive.wacz.writer import PackageWriter
from archive.warc.record import Header, NewRecord
from provenance.contract import error_json
from provenance.corpus.reading import Copied, given_of, is_own_warcinfo
from provenance.inputs import AddressGiven, Refused
from provenance.records import is_derived

_SPOOL_BYTES = 16 << 20
_WRITTEN_ANEW = {
    "warc-type",
    "warc-record-id",
    "warc-date",
    "warc-target-uri",
    "warc-block-digest",
    "warc-payload-digest",
    "content-type",
    "content-length",
}


@attrs.frozen
class Done:
    """What an earlier run says of an input: why it was refused, if it was, and whether there are records of it."""

    refused: Error | None
    has_records: bool


def note(name: str, refused: Iterable[Refused]) -> Mapping[str, Any]:
    """Return what is written down of an input that is done."""
    errors = [error_json(each.error) for each in refused]
    return {"input": name, "refused": errors[-1] if errors else None}


def done(package: PackageWriter, name: str) -> Done | None:
    """Return what an earlier run says of the input that is next, or None where it did not get that far.

    Raises ResumeRefused where another input stood at this place.
    """
    if not package.replaying:
        return None
    there = package.ledger.note()
    if there is None:
        return None
    if there.get("input") != name:
        raise ResumeRefused(
            f"the unfinished build cannot be gone on with: it has {there.get('input')} where {name} is given now",
            hint="give the same inputs in the same order (more may follow), or start over with --force",
        )
    refused = there.get("refused")
    has_records = next(package.ledger.records(), None) is not None
    return Done(_error_from(refused) if isinstance(refused, Mapping) else None, has_records)


def captured(package: PackageWriter, item: AddressGiven, limits: Limits) -> Iterator[Copied]:
    """Yield what an earlier run captured of an address, as it was then; what was derived from it is derived again."""
    for record in package.ledger.records():
        with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as block:
            for chunk in record.chunks():
                block.write(chunk)
            block.seek(0)
            if is_derived(record.header) or is_own_warcinfo(record.header, block):
                continue
            data = block.read()
        is_answer = record.header.get("WARC-Type") == "response"
        given = given_of(item.name, record.header, data, limits) if is_answer else None
        yield Copied(_as_written(record.header, data), given)


def _as_written(header: Header, block: bytes) -> NewRecord:
    """Return the record that gives this header again."""
    kept = header.get("WARC-Type") == "revisit"
    return NewRecord(
        type=header.get("WARC-Type") or "",
        date=header.get("WARC-Date") or "",
        block=block,
        target_uri=header.get("WARC-Target-URI"),
        content_type=header.get("Content-Type"),
        record_id=header.get("WARC-Record-ID"),
        fields=tuple(
            (name, value)
            for name, value in header.fields
            if name.lower() not in _WRITTEN_ANEW or (kept and name.lower() == "warc-payload-digest")
        ),
    )


def _error_from(body: Mapping[str, Any]) -> Error:
    """Return the error that was written down, as its own kind where that is known."""
    kinds = {kind.code: kind for kind in _kinds(Error)}
    kind = kinds.get(str(body.get("code")), Error)
    return kind(str(body.get("message")), Location(**(body.get("where") or {})), body.get("hint"))


def _kinds(kind: type[Error]) -> Iterator[type[Error]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)
