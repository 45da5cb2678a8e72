"""How much of anything we are willing to read: every byte that comes from outside is hostile."""

from __future__ import annotations

from archive.values import frozen

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB


@frozen
class Limits:
    """Upper bounds, each named as in the error that reports it. Sizes in bytes unless the name says otherwise."""

    header_bytes: int = 64 * KIB
    header_fields: int = 500
    record_bytes: int = 2 * GIB
    broken_records: int = 10_000
    """Records of one file whose length is not known or too large; behind so many the rest of the file is left out."""
    inflate_ratio: int = 200
    """Allowed growth of one gzip member once it has given more than `inflate_ratio_from_bytes`."""
    inflate_ratio_from_bytes: int = 10 * MIB
    members: int = 100_000
    findings: int = 1000
    """Findings of one kind about one WARC, or about all records together, that are told one by one; the rest is counted."""
    manifest_bytes: int = 64 * MIB
    json_depth: int = 64
    lines_a_record: int = 4
    """How many lines an index may have for each record, on average, beyond the first thousand."""
    document_bytes: int = 256 * MIB
    """A document to be read as an article; larger ones are archived and not read."""
    html_bytes: int = 20 * MIB
    html_depth: int = 512
    remote_seconds: int = 60
    """How long one answer of a server may take, in all; and how long it may be silent."""
    remote_redirects: int = 5
    remote_whole_bytes: int = 1 * GIB
    """What is fetched whole from a server that knows no range requests."""


DEFAULT = Limits()
