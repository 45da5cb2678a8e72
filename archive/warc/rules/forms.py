"""The forms that values of header fields have: dates, URIs, ids, addresses, media types, digests, numbers.

A form is a function from a value to what is wrong with it: a sentence and how grave it is, or None. Each has a pattern
beside it that tells the usual right value at once, so that a sound record costs one pattern a field.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from datetime import datetime

import attrs

from archive import lazily
from archive.digest import read_label
from archive.findings import Status
from archive.warc.header import CONTROL, TOKEN

Problem = tuple[str, Status]
"""What is wrong with a value, and how grave it is."""

_DATE = lazily.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[Tt](\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?[Zz])?)?)?", re.ASCII
)
_QUICK_DATE = lazily.compile(
    r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?Z",
    re.ASCII,
)
_QUICK_OLDER_DATE = lazily.compile(
    r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII
)
_LEGAL = r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]++|%[0-9A-Fa-f]{2})"
_URI = lazily.compile(rf"[A-Za-z][A-Za-z0-9+.\-]*:{_LEGAL}*+")
_ID = lazily.compile(rf"<[A-Za-z][A-Za-z0-9+.\-]*:{_LEGAL}++>")
_UNDECODED = lazily.compile("[\udc80-\udcff]")
_SPACE = lazily.compile(r"\s")
_SCHEME = lazily.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_INNER_ID = lazily.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\x00-\x20\x7f]+")
_NUMBER = lazily.compile(r"[0-9]{1,18}")
_DIGEST = lazily.compile(r"sha1:[A-Z2-7]{32}|sha256:[0-9a-f]{64}")
_DOTTED_QUAD = lazily.compile(
    r"(?:25[0-5]|2[0-4]\d|[01]?\d?\d)(?:\.(?:25[0-5]|2[0-4]\d|[01]?\d?\d)){3}", re.ASCII
)
_NAME = rf"(?>{TOKEN.pattern})"
_PARAMETER = rf"""\s*+;\s*+(?:{_NAME}\s*+=\s*+(?:{_NAME}|"(?:[^"\\]|\\.)*+"))?+"""
_MEDIA_TYPE = lazily.compile(rf"\s*+{_NAME}/{_NAME}(?:{_PARAMETER})*+\s*+")
"""Never going back, so that a hostile value costs its length and not the square of it."""
_QUICK_MEDIA_TYPE = lazily.compile(r"[a-z]+/[a-z0-9+.\-]+(?:; ?[a-z]+=[A-Za-z0-9\-]+)?")
_NOTHING = lazily.compile(r"(?!)")
_ANYTHING = lazily.compile(r"(?s:.+)")


@attrs.frozen
class Form:
    """What a field's values look like: `problem` decides, `quick` matches values that are right for certain."""

    problem: Callable[[str], Problem | None]
    quick: re.Pattern[str] = _NOTHING
    code: str = "warc.field-value"


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


def uri_problem(value: str) -> Problem | None:
    """Say what keeps this from being an absolute URI as ISO 28500 §5.14 wants it, and how grave that is.

    Angle brackets are in the grammar of the standard of 2009, and its annotations ask readers to take them off; white
    space and unescaped letters are read by everybody and written by several. A control character or the lack of a
    scheme leaves open which address is meant.
    """
    if _URI.fullmatch(value):
        return None
    inner = value[1:-1] if value.startswith("<") and value.endswith(">") else value
    if not _SCHEME.match(inner) or CONTROL.search(inner):
        return "the address is not an absolute URI", Status.FAILED
    if _UNDECODED.search(inner):
        return "the address has bytes that are not UTF-8", Status.FAILED
    if inner is not value and _URI.fullmatch(inner):
        return "the address stands in angle brackets", Status.WARNED
    if _SPACE.search(inner):
        return "the address has white space in it", Status.WARNED
    if not inner.isascii():
        return "the address has characters outside ASCII that are not escaped", Status.WARNED
    return "the address has characters that ought to be escaped", Status.NOTE


def _date(value: str) -> Problem | None:
    if is_date(value) or (value.endswith("+00:00") and is_date(f"{value[:-6]}Z")):
        return None
    return "the date is no date of the calendar in UTC", Status.FAILED


def _older_date(value: str) -> Problem | None:
    if _date(value) is None and len(value) != len("2008-04-30T20:48:25Z"):
        return "WARC/1.0 has dates to the second only", Status.WARNED
    return _date(value)


def _record_id(value: str) -> Problem | None:
    if _INNER_ID.fullmatch(value):
        return "the id does not stand in angle brackets", Status.WARNED
    if value.startswith("<") and value.endswith(">") and _INNER_ID.fullmatch(value[1:-1]):
        return None
    return "the id is no URI", Status.FAILED


def _address(value: str) -> Problem | None:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        if not _DOTTED_QUAD.fullmatch(value):
            return "the address is no IP address", Status.FAILED
    return None


def _number(value: str) -> Problem | None:
    return None if _NUMBER.fullmatch(value) else ("the value is no number", Status.FAILED)


def _token(value: str) -> Problem | None:
    return None if TOKEN.fullmatch(value) else ("the value is no token", Status.FAILED)


def _media_type(value: str) -> Problem | None:
    return None if _MEDIA_TYPE.fullmatch(value) else ("the value is no media type", Status.WARNED)


def _digest(value: str) -> Problem | None:
    label = read_label(value)
    if label is None or (label.known and label.value is None):
        return "the digest cannot be read", Status.FAILED
    return None if label.known else ("the digest is of an unknown algorithm", Status.NOT_CHECKED)


def _free(value: str) -> Problem | None:  # noqa: ARG001 - any value will do
    return None


DATE = Form(_date, _QUICK_DATE, "warc.date")
OLDER_DATE = Form(_older_date, _QUICK_OLDER_DATE, "warc.date")
"""Dates of the standard of 2009: to the second, neither more nor less."""
URI = Form(uri_problem, _URI, "warc.target-uri")
PROFILE = Form(uri_problem, _URI)
RECORD_ID = Form(_record_id, _ID)
ADDRESS = Form(_address, _DOTTED_QUAD)
NUMBER = Form(_number, _NUMBER)
KIND = Form(_token, lazily.compile("[a-z]+"))
REASON = Form(_token, TOKEN)
MEDIA_TYPE = Form(_media_type, _QUICK_MEDIA_TYPE, "warc.content-type")
DIGEST = Form(_digest, _DIGEST, "warc.digest-syntax")
FREE = Form(_free, _ANYTHING)
