"""What a line of the log says: an event, the package it is about, and how it hangs on the line before it."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from archive import lazily
from archive.custody.canonical import SAFE, canonical
from archive.jsontext import parse
from archive.limits import DEFAULT, Limits

V = 1
"""The form of a line. A line of another form is kept in the chain, and not read."""
BEGIN = b'{"'
"""With these bytes each line begins."""
LINE_BYTES = 1 << 16
"""The longest line that is written or read, without its line end."""
TEXT_CHARACTERS = 4000
"""The longest actor, reason or name."""
START = f"sha256:{hashlib.sha256(b'').hexdigest()}"
"""What the first line gives as the digest of the line before it: that of nothing."""

_DIGEST = lazily.compile(r"sha256:[0-9a-f]{64}")
_TIME = lazily.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SPACES = lazily.compile(r"\s")
_OWN = frozenset(
    {"v", "seq", "prev", "time", "event", "actor", "subject", "from", "tool", "reason", "origin"}
)


class EventKind(StrEnum):
    """What can happen to a package. The list is closed: what happened is told by one of these, the rest by the reason."""

    COLLECTED = "collected"
    IMPORTED = "imported"
    BUILT = "built"
    CONVERTED = "converted"
    MERGED = "merged"
    SIGNED = "signed"
    TIMESTAMPED = "timestamped"
    VERIFIED = "verified"
    ACCESSED = "accessed"
    ANALYSED = "analysed"
    EXPORTED = "exported"
    TRANSFERRED = "transferred"
    RECEIVED = "received"
    WITHHELD = "withheld"
    REPAIRED = "repaired"
    DELETED = "deleted"
    RECOVERED = "recovered"
    """Written by the log itself, about itself: a line that a crash had torn was set aside."""


@attrs.frozen
class Subject:
    """A package as the log knows it: the digest of the whole file, since nothing inside covers all of it.

    `digest` and `size_bytes` are None where the file could not be read, `manifest` (the digest of `datapackage.json`)
    where it has none. Digests are labelled, `sha256:…`. `name` is a name, never a path: paths tell of their machine.
    """

    name: str
    digest: str | None = None
    size_bytes: int | None = None
    manifest: str | None = None


@attrs.frozen
class Tool:
    """The program that did it, and its version."""

    name: str
    version: str


@attrs.frozen
class Event:
    """What happened. `at` is an aware time, kept to the second in UTC; `actor` and `reason` are None where nobody said.

    `sources` are the packages that a new one was made from. `details` holds more, by keys of its own: of a verification
    `checked`. `origin` names the log itself, and can stand in its first line only.
    """

    kind: EventKind
    at: dt.datetime
    subject: Subject | None = None
    actor: str | None = None
    reason: str | None = None
    tool: Tool | None = None
    sources: tuple[Subject, ...] = ()
    details: Mapping[str, Any] = attrs.field(factory=dict)
    origin: str | None = None


@attrs.frozen
class Line:
    """A line as it was read: what every line must say, its digest, and all it holds, in `body`."""

    seq: int
    prev: str
    digest: str
    time: str
    event: str
    body: Mapping[str, Any]

    @property
    def actor(self) -> str | None:
        """Who did it, or None."""
        actor = self.body["actor"]
        return actor if isinstance(actor, str) else None

    @property
    def known(self) -> bool:
        """True where the event is one of the closed list."""
        return self.event in _KINDS

    @property
    def subject(self) -> Mapping[str, Any] | None:
        """The package, as it is written, or None."""
        subject = self.body["subject"]
        return subject if isinstance(subject, dict) else None


class OtherForm(ValueError):
    """A line of a form that a later version may write: no damage, and not to be read here."""


def digest_of_line(raw: bytes) -> str:
    """Return the labelled digest of a line, given without its line end."""
    return f"sha256:{hashlib.sha256(raw).hexdigest()}"


def line_bytes(event: Event, *, seq: int, prev: str) -> bytes:
    """Return an event as a line, without its line end. Raises ValueError, which says what cannot be written."""
    if event.at.tzinfo is None:
        raise ValueError("a time without a zone")
    if event.origin is not None and (seq or not is_origin(event.origin)):
        raise ValueError("the log's name stands in its first line only, on one line of its own")
    if taken := sorted(_OWN & set(event.details)):
        raise ValueError(f"{taken[0]!r} is no detail")
    body = {
        "v": V,
        "seq": seq,
        "prev": prev,
        "time": event.at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "event": str(event.kind),
        "actor": _bounded(event.actor),
        "subject": event.subject and _subject(event.subject),
        "tool": event.tool and {"name": event.tool.name, "version": event.tool.version},
        "reason": _bounded(event.reason),
        **({"from": [_subject(source) for source in event.sources]} if event.sources else {}),
        **({"origin": event.origin} if event.origin is not None else {}),
        **event.details,
    }
    raw = canonical(body)
    if len(raw) > LINE_BYTES:
        raise ValueError(f"a line of {len(raw)} bytes, where {LINE_BYTES} are the most")
    read_line(raw)  # what we write, we can read
    return raw


def read_line(raw: bytes, *, limits: Limits = DEFAULT) -> Line:
    """Return what a line says, given without its line end. Raises ValueError, whose text says what is wrong with it.

    Raises OtherForm where it gives itself another form. A line must be in canonical form: then each line has one
    spelling, and no byte of it can be changed without changing what it says.
    """
    if len(raw) > LINE_BYTES:
        raise ValueError(f"longer than {LINE_BYTES} bytes")
    if not raw.startswith(BEGIN):  # which spares the parser a million lines that are none
        raise ValueError("no object")
    body = parse(raw, limits=limits).value
    if canonical(body) != raw:
        raise ValueError("not in the canonical form of RFC 8785")
    if type(body.get("v")) is int and body["v"] > V:
        raise OtherForm(f"of form {body['v']}, where {V} is known")
    _check_head(body)
    _check_rest(body)
    return Line(body["seq"], body["prev"], digest_of_line(raw), body["time"], body["event"], body)


def is_origin(text: str) -> bool:
    """Say whether a text can be the name of a log: as C2SP asks of origins, and the name of its key as well."""
    return (
        0 < len(text) <= TEXT_CHARACTERS
        and text.isprintable()
        and not _SPACES.search(text)
        and "+" not in text
    )


def time_of(text: str) -> dt.datetime:
    """Return the time that a line gives. Raises ValueError for what is none."""
    if not _TIME.fullmatch(text):
        raise ValueError("the time is not written as 2026-01-31T23:59:59Z")
    return dt.datetime.fromisoformat(text)


def _check_head(body: Mapping[str, Any]) -> None:
    if body.get("v") != V or type(body["v"]) is not int:
        raise ValueError("no form is given")
    if type(body.get("seq")) is not int or not 0 <= body["seq"] <= SAFE:
        raise ValueError("seq is no number")
    if not _is_digest(body.get("prev")):
        raise ValueError("prev is no digest")
    if not isinstance(body.get("event"), str) or not body["event"]:
        raise ValueError("no event is named")
    if not isinstance(body.get("time"), str):
        raise ValueError("no time is given")  # noqa: TRY004 - one error for hostile input
    time_of(body["time"])


def _check_rest(body: Mapping[str, Any]) -> None:
    for key in ("actor", "reason"):
        if key not in body or not (body[key] is None or isinstance(body[key], str)):
            raise ValueError(f"{key} is neither text nor null")
    for key in ("subject", "tool"):
        if key not in body or not (body[key] is None or isinstance(body[key], dict)):
            raise ValueError(f"{key} is neither an object nor null")
    sources = body.get("from", [])
    if not isinstance(sources, list):
        raise ValueError("from is no list")  # noqa: TRY004 - one error for hostile input
    for subject in [*([body["subject"]] if body["subject"] else []), *sources]:
        _check_subject(subject)
    if "origin" in body and (
        body["seq"] or not isinstance(body["origin"], str) or not is_origin(body["origin"])
    ):
        raise ValueError("origin is no name of a log, or not in the first line")


def _check_subject(subject: Any) -> None:
    if not isinstance(subject, dict) or not isinstance(subject.get("name"), str):
        raise ValueError("a subject without a name")  # noqa: TRY004 - one error for hostile input
    for key in ("digest", "manifest"):
        if key not in subject or not (subject[key] is None or _is_digest(subject[key])):
            raise ValueError(f"the {key} of a subject is no digest")
    size = subject.get("bytes", "")
    if not (size is None or (type(size) is int and size >= 0)):
        raise ValueError("the size of a subject is no number")


def _subject(subject: Subject) -> dict[str, Any]:
    return {
        "name": _bounded(subject.name),
        "digest": subject.digest,
        "bytes": subject.size_bytes,
        "manifest": subject.manifest,
    }


def _bounded(text: str | None) -> str | None:
    if text is not None and len(text) > TEXT_CHARACTERS:
        raise ValueError(f"a text of {len(text)} characters, where {TEXT_CHARACTERS} are the most")
    return text


def _is_digest(value: Any) -> bool:
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


_KINDS = frozenset(map(str, EventKind))
