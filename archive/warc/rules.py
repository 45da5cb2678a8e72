"""The clauses of ISO 28500 on header fields as tables: which field where, how often, and of which form."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Iterator
from datetime import datetime

from archive.digest import read_label
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.warc.header import TOKEN
from archive.warc.record import Header

TYPES = frozenset(
    {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}
)
_MANDATORY = ("WARC-Record-ID", "WARC-Date", "WARC-Type")
_MANDATORY_BY_TYPE = {
    "response": ("WARC-Target-URI",),
    "resource": ("WARC-Target-URI",),
    "request": ("WARC-Target-URI",),
    "revisit": ("WARC-Target-URI", "WARC-Profile"),
    "conversion": ("WARC-Target-URI",),
    "continuation": ("WARC-Target-URI", "WARC-Segment-Origin-ID", "WARC-Segment-Number"),
}
_ONLY_ON: dict[str, tuple[str, frozenset[str], str]] = {
    name.lower(): (name, *rule)
    for name, rule in {
        "WARC-Concurrent-To": (TYPES - {"warcinfo", "conversion", "continuation"}, "§5.7"),
        "WARC-IP-Address": (TYPES - {"warcinfo", "conversion", "continuation"}, "§5.10"),
        "WARC-Refers-To": (frozenset({"metadata", "revisit", "conversion"}), "§5.11"),
        "WARC-Refers-To-Target-URI": (frozenset({"revisit"}), "§5.12"),
        "WARC-Refers-To-Date": (frozenset({"revisit"}), "§5.13"),
        "WARC-Target-URI": (TYPES - {"warcinfo"}, "§5.14"),
        "WARC-Warcinfo-ID": (TYPES - {"warcinfo"}, "§5.16"),
        "WARC-Filename": (frozenset({"warcinfo"}), "§5.17"),
        "WARC-Segment-Origin-ID": (frozenset({"continuation"}), "§5.21"),
        "WARC-Segment-Total-Length": (frozenset({"continuation"}), "§5.22"),
        "WARC-Payload-Digest": (TYPES - {"warcinfo", "metadata"}, "§5.9"),
        "WARC-Profile": (frozenset({"revisit"}), "§5.18"),
    }.items()
}
"""Which field is for which types only, by lower-case name."""

_WARNED_ONLY = frozenset(
    {"WARC-Payload-Digest", "WARC-Profile", "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"}
)
"""Where writers in wide use break the rule, and the record means the same without the field: said, not condemned."""

_ONCE = frozenset(name.lower() for name in (*_MANDATORY, *_ONLY_ON, "content-length", "content-type"))
_ONCE |= {"warc-block-digest", "warc-truncated", "warc-identified-payload-type", "warc-segment-number"}
_ONCE -= {"warc-concurrent-to"}

_Fields = dict[str, list[str]]

_RECORD_ID = re.compile(r"<[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\x00-\x20\x7f]+>")
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\x00-\x20\x7f]*")
_DATE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?[Zz])?)?)?", re.ASCII
)
_MEDIA_TYPE = re.compile(rf"\s*{TOKEN.pattern}/{TOKEN.pattern}\s*(?:;.*)?")
_NUMBER = re.compile(r"[0-9]{1,18}")


def check(header: Header, block_bytes: int | None, where: Location) -> Iterator[Finding]:
    """Find where the fields of one record break a clause. `block_bytes` is None where the length is not known."""
    fields = header.by_name()
    kind = fields.get("warc-type", [""])[0].lower()
    yield from _missing(fields, kind, where)
    yield from _repeated(fields, where)
    yield from _misplaced(fields, kind, where)
    yield from _values(fields, where)
    yield from _segments(fields, kind, where)
    yield from _kinds(fields, kind, block_bytes, where)


def is_date(value: str) -> bool:
    """Say whether this is a W3CDTF date in UTC that the calendar has, at most to the nanosecond (ISO 28500 §5.4)."""
    parts = _DATE.fullmatch(value)
    if parts is None:
        return False
    year, month, day, hour, minute, second = (int(part) if part else None for part in parts.groups())
    second = 59 if second == 60 else second  # a leap second is on no datetime's clock
    try:
        datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0, second or 0)  # noqa: DTZ001 - only whether
    except ValueError:
        return False
    return True


def uri_problem(value: str) -> tuple[str, Status] | None:
    """Say what keeps this from being an absolute URI as ISO 28500 §5.14 wants it, and how grave that is."""
    inner, problem = value, None
    if value.startswith("<") and value.endswith(">"):
        inner, problem = value[1:-1], ("the address stands in angle brackets", Status.WARNED)
    if not _URI.fullmatch(inner):
        return "the address is not an absolute URI", Status.FAILED
    if not inner.isascii():
        return "the address has characters outside ASCII that are not escaped", Status.WARNED
    return problem


def _missing(fields: _Fields, kind: str, where: Location) -> Iterator[Finding]:
    for name in (*_MANDATORY, *_MANDATORY_BY_TYPE.get(kind, ())):
        if not fields.get(name.lower(), [""])[0]:
            yield found("warc.field-missing", f"{name} is missing", where=where.within(field=name))


def _repeated(fields: _Fields, where: Location) -> Iterator[Finding]:
    for name, values in fields.items():
        if len(values) > 1 and name in _ONCE:
            at, count = where.within(field=name), len(values)
            yield found(
                "warc.field-repeated", f"{name} is given {count} times", where=at, expected=1, actual=count
            )


def _misplaced(fields: _Fields, kind: str, where: Location) -> Iterator[Finding]:
    if kind not in TYPES:
        return
    for lower in fields.keys() & _ONLY_ON.keys():
        name, types, clause = _ONLY_ON[lower]
        if kind not in types:
            yield found(
                "warc.field-forbidden",
                f"{name} is not for records of type {kind}",
                where=where.within(field=name),
                status=Status.WARNED if name in _WARNED_ONLY else None,
                clause=f"ISO 28500:2017 {clause}",
            )


def _is_address(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def _is_record_id(value: str) -> bool:
    return _RECORD_ID.fullmatch(value) is not None


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _is_token(value: str) -> bool:
    return TOKEN.fullmatch(value) is not None


def _is_uri(value: str) -> bool:
    problem = uri_problem(value)
    return problem is None or problem[1] is not Status.FAILED


_FORMS: dict[str, tuple[str, str, Callable[[str], bool]]] = {
    name.lower(): (name, code, is_right)
    for name, code, is_right in (
        ("WARC-Type", "warc.field-value", _is_token),
        ("WARC-Record-ID", "warc.field-value", _is_record_id),
        ("WARC-Date", "warc.date", is_date),
        ("WARC-Refers-To-Date", "warc.date", is_date),
        ("WARC-Concurrent-To", "warc.field-value", _is_record_id),
        ("WARC-Refers-To", "warc.field-value", _is_record_id),
        ("WARC-Warcinfo-ID", "warc.field-value", _is_record_id),
        ("WARC-Segment-Origin-ID", "warc.field-value", _is_record_id),
        ("WARC-IP-Address", "warc.field-value", _is_address),
        ("WARC-Profile", "warc.field-value", _is_uri),
        ("WARC-Segment-Number", "warc.field-value", _is_number),
        ("WARC-Segment-Total-Length", "warc.field-value", _is_number),
        ("WARC-Truncated", "warc.field-value", _is_token),
    )
}


def _values(fields: _Fields, where: Location) -> Iterator[Finding]:
    for lower, (name, code, is_right) in _FORMS.items():
        for value in fields.get(lower, ()):
            if value and not is_right(value):
                at = where.within(field=name)
                yield found(code, f"{name} has a value it cannot have", where=at, actual=value[:200])
    for name in ("WARC-Target-URI", "WARC-Refers-To-Target-URI"):
        for value in fields.get(name.lower(), ()):
            yield from _uri(name, value, where)
    for name in ("WARC-Block-Digest", "WARC-Payload-Digest"):
        for value in fields.get(name.lower(), ()):
            yield from _digest(name, value, where)


def _uri(name: str, value: str, where: Location) -> Iterator[Finding]:
    problem = uri_problem(value) if value else None
    if problem:
        message, status = problem
        at = where.within(field=name)
        yield found("warc.target-uri", message, where=at, status=status, actual=value[:200])


def _digest(name: str, value: str, where: Location) -> Iterator[Finding]:
    label = read_label(value)
    if label is None or (label.known and label.value is None):
        at = where.within(field=name)
        yield found("warc.digest-syntax", f"{name} cannot be read", where=at, actual=value[:200])
    elif not label.known:
        at = where.within(field=name)
        message = f"{name} uses an unknown algorithm"
        yield found("warc.digest-algorithm", message, where=at, actual=label.algorithm[:40])


def _segments(fields: _Fields, kind: str, where: Location) -> Iterator[Finding]:
    number = fields.get("warc-segment-number", [""])[0]
    if not _is_number(number):
        return
    first = int(number) == 1
    if (kind == "continuation") == first or int(number) == 0:
        at = where.within(field="WARC-Segment-Number")
        message = "only the first segment has number 1, and only later ones are continuations"
        yield found("warc.field-value", message, where=at, actual=number, clause="ISO 28500:2017 §5.20")


def _kinds(fields: _Fields, kind: str, block_bytes: int | None, where: Location) -> Iterator[Finding]:
    if kind and kind not in TYPES and _is_token(kind):
        at = where.within(field="WARC-Type")
        yield found("warc.type-unknown", "the standard has no such record type", where=at, actual=kind[:80])
    content_type = fields.get("content-type", [""])[0]
    at = where.within(field="Content-Type")
    if content_type and not _MEDIA_TYPE.fullmatch(content_type):
        yield found("warc.content-type", "Content-Type is no media type", where=at, actual=content_type[:200])
    elif not content_type and block_bytes and kind != "continuation":
        yield found("warc.content-type", "the block has no Content-Type", where=at)
