"""What the standard asks of several fields of one record together: its type, segments, revisits, warcinfo."""

from __future__ import annotations

from collections.abc import Iterator

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from archive.warc.header import TOKEN
from archive.warc.rules.table import TYPES

_Fields = dict[str, list[str]]

_NUMBER = lazily.compile(r"[0-9]{1,18}")
_PROFILE = lazily.compile(
    r"<?https?://netpreserve\.org/warc/(?:1\.[01]|0\.1[78])/(?:revisit/)?"
    r"(?:(?P<identical>(?:uri-agnostic-)?identical-payload-digest)|server-not-modified)/?>?"
)
"""The profiles of §6.7, as the standard and its examples spell them; `uri-agnostic` is what came before WARC/1.1."""


def check_fields(fields: _Fields, block_bytes: int | None, where: Location) -> Iterator[Finding]:
    """Find where the fields of one record contradict one another."""
    kind = fields.get("warc-type", [""])[0].lower()
    if kind and kind not in TYPES and TOKEN.fullmatch(kind):
        at = where.within(field="WARC-Type")
        yield found("warc.type-unknown", "the standard has no such record type", where=at, actual=kind[:80])
    if kind == "revisit":
        yield from _revisit(fields, block_bytes, where)
    if kind == "warcinfo":
        yield from _warcinfo(fields, block_bytes, where)
    if "warc-segment-number" in fields:
        yield from _segment(kind, fields["warc-segment-number"][0], where)


def _segment(kind: str, number: str, where: Location) -> Iterator[Finding]:
    if not _NUMBER.fullmatch(number):
        return
    if (kind == "continuation") == (int(number) == 1) or int(number) == 0:
        at = where.within(field="WARC-Segment-Number")
        message = "only the first segment has number 1, and only later ones are continuations"
        yield found("warc.segment-number", message, where=at, actual=number)


def _warcinfo(fields: _Fields, block_bytes: int | None, where: Location) -> Iterator[Finding]:
    media_type = fields.get("content-type", [""])[0].partition(";")[0].strip().lower()
    if block_bytes and media_type and media_type != "application/warc-fields":
        at = where.within(field="Content-Type")
        message = "a warcinfo record is usually application/warc-fields"
        yield found("warc.warcinfo-type", message, where=at, actual=media_type[:80])


def _revisit(fields: _Fields, block_bytes: int | None, where: Location) -> Iterator[Finding]:
    given = fields.get("warc-profile", [""])[0]
    if not given:
        return
    profile = _PROFILE.fullmatch(given)
    if profile is None:
        at = where.within(field="WARC-Profile")
        yield found("warc.profile-unknown", "what the block means is not known", where=at, actual=given[:200])
        return
    if profile["identical"]:
        yield from _identical(fields, block_bytes, where)
    if "warc-refers-to" not in fields and "warc-refers-to-date" not in fields:
        at = where.within(field="WARC-Refers-To")
        yield found("warc.revisit-unreferred", "the revisit does not say of what", where=at)


def _identical(fields: _Fields, block_bytes: int | None, where: Location) -> Iterator[Finding]:
    if not fields.get("warc-payload-digest", [""])[0]:
        at = where.within(field="WARC-Payload-Digest")
        message = "a revisit of an identical payload has no digest of it"
        yield found("warc.field-missing", message, where=at, clause="ISO 28500:2017 §6.7.2")
    if block_bytes and fields.get("warc-truncated", [""])[0].lower() != "length":
        at = where.within(field="WARC-Truncated")
        yield found("warc.revisit-untruncated", "the payload was left out and nothing says so", where=at)
