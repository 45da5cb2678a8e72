"""One pass over a WARC file: every record in its place, every digest recomputed, everything wrong found.

1. Tell what the file is; ARC and drafts of WARC go through `archive.warc.foreign`.
2. Read record by record (`archive.warc.reader`), hashing each block as it goes by.
3. Look at the fields (`archive.warc.rules`), compare the digests, place the record.
4. At the end say how much was compared with a digest, of how much there is.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import BinaryIO

from archive.digest import WEAK, Label, read_label, spell
from archive.errors import Location
from archive.findings import Count, Covered, Finding, Status, found
from archive.limits import DEFAULT, Limits
from archive.warc import codes as codes
from archive.warc.foreign import ARC
from archive.warc.measure import Measure, Measured, place
from archive.warc.reader import Record, read_records
from archive.warc.record import Header, Placed
from archive.warc.rules import check
from archive.warc.rules.message import OPENING_BYTES, check_message
from archive.warc.rules.writers import digests_nothing, explain

_NO_HEADER = Header("", ())


def survey(
    file: BinaryIO,
    *,
    member: str,
    limits: Limits = DEFAULT,
    canonical: bool = False,
    own_digests: bool = False,
    part: tuple[int, int] | None = None,
    tally: Tally | None = None,
) -> Iterator[Placed | Finding | Covered]:
    """Survey a WARC file in one pass and bounded memory. `member` is its name, for the places of what is found.

    Yields each record in its place (those whose length is known), findings, and at the end two `Covered`:
    `records`, where a record counts as checked when its whole block was compared with a digest; and `bytes`, which
    counts the bytes of blocks (compared with a digest, of all there are) and those that belong to no record. Header
    fields are covered by no digest of WARC: altering them is only seen from outside (index, package, signature).

    The digests of a placed record are of the algorithms that its header names, of our own where it names none or a weak
    one, and always of our own with `own_digests`. `canonical` demands that every gzip member is framed as `WarcWriter`
    frames it. Raises NotAnArchive where nothing is a record, and Unreadable where the file cannot be read. `part` is the
    start and the length in bytes of a part of a seekable file, to survey nothing else; `tally` is what counts, for who
    wants to join several counts.
    """
    tally, header = Tally() if tally is None else tally, _NO_HEADER
    for event in read_records(file, limits=limits, canonical=canonical, part=part):
        if isinstance(event, Finding):
            tally.count(event)
            (finding,) = explain((event,), header)
            yield finding.within(member=member)
        else:
            header = event.header
            outcomes = list(survey_record(event, member, tally, limits, own_digests=own_digests))
            findings = [outcome for outcome in outcomes if isinstance(outcome, Finding)]
            yield from (finding.within(member=member) for finding in explain(findings, header))
            yield from (outcome for outcome in outcomes if isinstance(outcome, Placed))
    yield from tally.covered()


class Tally:
    """How much there is, and how much of it was compared with a digest."""

    def __init__(self) -> None:
        self.records = [0, 0]
        self.bytes = [0, 0]
        self.unsure = False
        """Whether something was found that says of itself that it was not checked."""

    def count(self, finding: Finding) -> None:
        """Count bytes that belong to no record as present, and remember that something was left unchecked."""
        self.unsure = self.unsure or finding.status is Status.NOT_CHECKED
        if finding.code == "warc.bytes-skipped":
            self.bytes[1] += finding.actual

    def add(self, checked_bytes: int, block_bytes: int, *, unsure: bool = False) -> None:
        """Count a record. It is checked where all of its block was compared, and there is a digest of it.

        `unsure`: not even then, for something else about it was not checked.
        """
        whole = checked_bytes >= block_bytes and checked_bytes >= 0 and not unsure
        self.records[0] += whole
        self.records[1] += 1
        self.bytes[0] += max(0, checked_bytes)
        self.bytes[1] += block_bytes

    def join(self, other: Tally) -> None:
        """Add what was counted in another part of the same file."""
        self.records = [mine + theirs for mine, theirs in zip(self.records, other.records, strict=True)]
        self.bytes = [mine + theirs for mine, theirs in zip(self.bytes, other.bytes, strict=True)]
        self.unsure = self.unsure or other.unsure

    def covered(self) -> Iterator[Covered]:
        """Say how far the survey reached. What was left unchecked outside of records keeps them from being whole."""
        records, octets = Count(*self.records), Count(*self.bytes)
        if self.unsure and records.whole and octets.whole:
            records += Count(0, 1)
        yield Covered("records", records)
        yield Covered("bytes", octets)


def survey_record(
    record: Record, member: str, tally: Tally, limits: Limits, *, own_digests: bool = False
) -> Iterator[Placed | Finding]:
    """Survey one record and count it: its fields, its digests, its place. Reads it to the end."""
    header, where = record.header, record.where
    # an ARC's one line has none of the fields that ISO 28500 asks for
    findings = [] if header.version == ARC else list(check(header, record.block_bytes, where))
    yield from findings
    block_claim, payload_claim = _claim(header, "WARC-Block-Digest"), _claim(header, "WARC-Payload-Digest")
    if record.block_bytes and digests_nothing(header):
        block_claim = None
    measure = Measure(
        header,
        block_claim=block_claim,
        payload_claim=payload_claim,
        block_bytes=record.block_bytes,
        own_digests=own_digests,
        limits=limits,
    )
    opening = b""
    while chunk := record.read():
        opening = opening or chunk[:OPENING_BYTES]
        measure.update(chunk)
    record.finish()
    if record.block_bytes is None or any(
        finding.code == "gzip.limit-exceeded" for finding in record.findings
    ):
        tally.add(-1, 0)
        return
    measured = measure.finish()
    yield from check_message(header, measured.head, measured.block_bytes, opening, where)
    checked_bytes = yield from _digests(block_claim, payload_claim, measured, where)
    findings += record.findings
    unsure = any(finding.status is Status.NOT_CHECKED for finding in findings)
    tally.add(checked_bytes, measured.block_bytes, unsure=unsure)
    yield place(member, record.offset_bytes, record.length_bytes or 0, header, measured)


def _claim(header: Header, name: str) -> Label | None:
    """Return what the header says of a digest, where it can be compared; what cannot be read is found by the rules."""
    label = read_label(header.get(name) or "")
    return label if label is not None and label.value is not None else None


def _digests(
    block_claim: Label | None, payload_claim: Label | None, measured: Measured, where: Location
) -> Generator[Finding, None, int]:
    """Compare the digests. Return how many bytes of the block were compared; -1 where there is no digest at all."""
    checked_bytes = -1
    if block_claim is not None:
        if not _agrees(block_claim, measured.block):
            yield from _compared(block_claim, {"block": measured.block}, "WARC-Block-Digest", where)
        checked_bytes = measured.block_bytes
    if payload_claim is not None and not measured.payload:
        at = where.within(field="WARC-Payload-Digest")
        yield found(
            "warc.payload-elsewhere", "the payload digest is about another record or the whole", where=at
        )
    elif payload_claim is not None:
        if not _agrees(payload_claim, measured.payload[measured.reading or "block"]):
            yield from _compared(payload_claim, measured.payload, "WARC-Payload-Digest", where)
        checked_bytes = max(checked_bytes, measured.payload_bytes)
    if block_claim is None and (checked_bytes < 0 or measured.reading != "block"):
        at = where.within(field="WARC-Block-Digest")
        yield found("warc.digest-absent", "nothing says what the block was when it was written", where=at)
        return min(checked_bytes, measured.block_bytes - 1)
    return checked_bytes


def _agrees(claim: Label, digests: dict[str, bytes]) -> bool:
    return digests[claim.algorithm] == claim.value and claim.algorithm not in WEAK


def _compared(
    claim: Label, readings: dict[str, dict[str, bytes]], field: str, where: Location
) -> Iterator[Finding]:
    """Compare a digest with every reading of the bytes; say which agreed where it is not the one that is meant."""
    assert claim.value is not None
    meant = "de-chunked" if "de-chunked" in readings else next(iter(readings))
    if readings[meant][claim.algorithm] == claim.value and claim.algorithm not in WEAK:
        return
    at = where.within(field=field)
    agreed = [reading for reading, digests in readings.items() if digests[claim.algorithm] == claim.value]
    if not agreed:
        tried = ", ".join(readings)
        actual = {
            reading: spell(claim.algorithm, digests[claim.algorithm]) for reading, digests in readings.items()
        }
        yield found(
            "warc.digest-mismatch",
            f"the bytes are not those of the digest (tried: {tried})",
            where=at,
            expected=spell(claim.algorithm, claim.value),
            actual=actual if len(actual) > 1 else next(iter(actual.values())),
        )
    elif claim.algorithm in WEAK:
        yield found("warc.digest-weak", f"the digest is right, but {claim.algorithm} proves little", where=at)
    if agreed and meant not in agreed:
        yield found(
            "warc.payload-digest-form",
            f"the digest is over the {agreed[0]} reading",
            where=at,
            actual=agreed[0],
        )
