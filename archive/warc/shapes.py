"""Headers as writers repeat them: one compiled pattern tells that nothing is odd about a header of a known shape.

A writer gives all records of a type the same fields in the same order. Such a shape is learned from headers that were
read in full, and made into a pattern of the forms that the table of rules asks for. What it matches has no finding
about its fields; what it does not match is read in full, and only then judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from archive.limits import Limits
from archive.warc.header import sound
from archive.warc.http import Payload, payload_of
from archive.warc.record import Header
from archive.warc.rules import forms
from archive.warc.rules.message import msgtype
from archive.warc.rules.plan import plan_of
from archive.warc.rules.table import BY_NAME

Keep = Callable[[tuple[str, ...]], tuple[tuple[str, int], ...] | None]
"""Tells which fields of a shape to keep, and under which names; None where that depends on the values."""

_LEARNED_AFTER = 8
"""How often a shape must be seen before it is worth a pattern: making one costs as much as reading 100 headers."""
_SHAPES = 64
"""How many patterns are made at most: a hostile file can have as many shapes as it has records."""
_SEEN = 1024
_ASKS_MORE = ("revisit", "warcinfo", "continuation", "")
_HTTP_KINDS = ("response", "request")
_ANY = r"|[^\x00-\x20\x7f][^\x00-\x08\x0a-\x1f\x7f]*+(?<![ \t])"
"""A value without white space around it."""


class Shape:
    """A header's shape. `pattern` matches version line and field lines; `groups` are those of the values in order."""

    __slots__ = ("groups", "is_http", "kept", "kind", "match", "names", "payload", "places", "version")

    def __init__(self, header: Header, pattern: re.Pattern[str], groups: Sequence[int]) -> None:
        self.match = pattern.fullmatch
        self.version, self.groups = header.version, tuple(groups)
        self.names = tuple(name for name, _ in header.fields)
        self.kind = header.get("WARC-Type") or ""
        self.payload, self.is_http = payload_of(header)
        self.kept: tuple[tuple[str, int], ...] | None = None
        """Under which name to keep which value, where only some are kept."""
        lower = [name.lower() for name in self.names]
        self.places = tuple(lower.index(name) if name in lower else -1 for name in _WANTED)


_WANTED = (
    "content-length",
    "content-type",
    "warc-record-id",
    "warc-block-digest",
    "warc-payload-digest",
)
"""The fields whose places a shape knows, in this order; -1 where it has none of that name."""


class Shapes:
    """The shapes of one file. They are learned as they come; the one that followed the last time is tried first."""

    def __init__(self, limits: Limits, keep: Keep | None = None) -> None:
        self._limits, self._keep = limits, keep
        self._known: dict[tuple[object, ...], Shape | None] = {}
        self._seen: dict[tuple[object, ...], int] = {}
        self._after: dict[Shape | None, Shape] = {}
        self._last: Shape | None = None

    def read(self, raw: bytes) -> tuple[Shape, tuple[str, ...]] | None:
        """Return the shape of a header and its values in order; None where it has to be read in full."""
        try:
            text = raw.decode()
        except UnicodeDecodeError:
            return None
        shape = self._after.get(self._last)
        lines = shape.match(text) if shape is not None else None
        if lines is None:
            shape = self._look_up(raw)
            lines = shape.match(text) if shape is not None else None
            if lines is None:
                return None
            assert shape is not None
            self._after[self._last] = shape
        assert shape is not None
        self._last = shape
        return shape, lines.group(*shape.groups)

    def _look_up(self, raw: bytes) -> Shape | None:
        """Return the shape of a header, which is made where it was seen often enough."""
        header = sound(raw, self._limits)
        if header is None:
            return None
        kind = header.get("WARC-Type")
        media = header.get("Content-Type") if kind in _HTTP_KINDS else None
        key = (header.version, kind, media, *[name for name, _ in header.fields])
        if key in self._known:
            return self._known[key]
        count = self._seen[key] = self._seen.get(key, 0) + 1
        if len(self._seen) > _SEEN:
            self._seen.clear()
        if count < _LEARNED_AFTER or len(self._known) >= _SHAPES:
            return None
        shape = self._known[key] = _shape(header)
        if shape is not None and self._keep is not None:
            shape.kept = self._keep(shape.names)
        return shape


def _shape(header: Header) -> Shape | None:
    """Return the shape of a header; None for one of which the rules ask more than field by field."""
    plan = plan_of(header)
    kind, media = header.get("WARC-Type"), header.get("Content-Type")
    if kind in _ASKS_MORE or kind != plan.kind or not plan.passes(header, 0):
        return None
    if header.version not in ("WARC/1.0", "WARC/1.1"):
        return None
    if kind in _HTTP_KINDS and msgtype(media) not in (None, kind):
        return None
    shape = Shape(header, *_pattern(header, older=plan.older))
    sound_length = shape.names.count("Content-Length") == 1
    unclear = shape.is_http and shape.payload is not Payload.HTTP
    return shape if sound_length and not unclear and len(shape.names) > 1 else None


def _pattern(header: Header, *, older: bool) -> tuple[re.Pattern[str], list[int]]:
    parts, groups, group = [re.escape(header.version), "\r\n"], list[int](), 1
    fixed = ("warc-type", "content-type") if header.get("WARC-Type") in _HTTP_KINDS else ("warc-type",)
    for name, value in header.fields:
        lower = name.lower()
        form = re.escape(value) if lower in fixed else _form(lower, older=older)
        parts.append(f"{re.escape(name)}: ?(?a:({form}))\r\n")
        groups.append(group)
        group += 1 + re.compile(form).groups
    return re.compile("".join(parts)), groups


def _form(lower: str, *, older: bool) -> str:
    """Return a pattern of the values of a field that are right for certain."""
    field = BY_NAME.get(lower)
    if lower == "content-length":
        return forms.NUMBER.quick.pattern
    form = forms.FREE if field is None else (field.older_form or field.form) if older else field.form
    if form is forms.FREE:
        return _ANY if field is None else _ANY[1:]
    return form.quick.pattern
