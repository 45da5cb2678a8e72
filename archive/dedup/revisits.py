"""A capture whose payload was kept already, as a `revisit` of it (WARC 1.1 §6.7.2)."""

from __future__ import annotations

import attrs

from archive.digest import read_label
from archive.warc.http import head_end
from archive.warc.measure import Measure
from archive.warc.record import Header, NewRecord, Placed

PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_HEAD_BYTES = 64 * 1024
_CHUNK_BYTES = 1 << 18
_NOT_KEPT = ("warc-page-id", "warc-payload-digest", "warc-truncated", "original-block-digest")
"""Fields of the capture (or how they end) that a revisit does not have: it is no page of its own, says these itself,
and its block is not the one that an older digest is of."""


@attrs.frozen
class _First:
    """The capture that holds a payload."""

    record_id: str
    target_uri: str
    date: str


class Deduplicator:
    """Knows the payloads written so far, by digest. Only `response` records of HTTP are looked at."""

    def __init__(self) -> None:
        self._firsts: dict[bytes, _First] = {}

    def revisit(self, record: NewRecord) -> NewRecord | None:
        """Return the record that stands for this capture, or None where its payload is new, or empty, or none.

        The block of the revisit is the HTTP head of this capture, byte for byte. The record's block is left as it was.
        """
        if record.type != "response" or not record.target_uri or not self._firsts:
            return None
        digest, head = _payload(record)
        first = self._firsts.get(_key(digest)) if digest else None
        if first is None or digest is None:
            return None
        fields = tuple((name, value) for name, value in record.fields if not name.lower().endswith(_NOT_KEPT))
        return attrs.evolve(
            record,
            type="revisit",
            block=head,
            fields=(
                ("WARC-Profile", PROFILE),
                ("WARC-Payload-Digest", digest),
                ("WARC-Refers-To", first.record_id),
                ("WARC-Refers-To-Target-URI", first.target_uri),
                ("WARC-Refers-To-Date", first.date),
                ("WARC-Truncated", "length"),
                *fields,
            ),
        )

    def remember(self, placed: Placed) -> None:
        """Note a record that was written, so that later captures can refer to it."""
        if placed.type == "response" and placed.payload_digest and placed.target_uri:
            first = _First(placed.record_id, placed.target_uri, placed.date)
            self._firsts.setdefault(_key(placed.payload_digest), first)


def _payload(record: NewRecord) -> tuple[str | None, bytes]:
    """Return the digest of the payload (None where there is none, or an empty one) and the HTTP head."""
    fields = [("WARC-Type", record.type), ("Content-Type", record.content_type or "")]
    measure, early = Measure(Header("WARC/1.1", tuple(fields))), b""
    block = record.block
    start = 0 if isinstance(block, bytes) else block.tell()
    chunks = [block] if isinstance(block, bytes) else iter(lambda: block.read(_CHUNK_BYTES), b"")
    for chunk in chunks:
        measure.update(chunk)
        if len(early) < _HEAD_BYTES:
            early += chunk[:_HEAD_BYTES]
    if not isinstance(block, bytes):
        block.seek(start)
    end, measured = head_end(early), measure.finish()
    if end is None or not measured.payload_bytes:
        return None, b""
    return measured.payload_digest, early[:end]


def _key(digest: str) -> bytes:
    label = read_label(digest)
    return label.value if label is not None and label.value is not None else digest.encode()
