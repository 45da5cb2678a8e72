"""A question put to a service by http or https, and its short answer."""

from __future__ import annotations

from archive.errors import LimitExceeded, Location
from archive.limits import DEFAULT, Limits
from archive.remote.connection import Connection
from archive.remote.errors import RemoteUnreadable

MOST_BYTES = 256 * 1024
"""Of an answer: a time-stamp has some kilobytes."""
_OK = 200


def post_query(url: str, body: bytes) -> bytes:
    """Send a request to a time-stamping authority (RFC 3161 §3.4) and return its answer."""
    return ask(url, body, sends="application/timestamp-query", accepts="application/timestamp-reply")


def ask_calendar(url: str, body: bytes | None) -> bytes:
    """Send a digest to a calendar of OpenTimestamps, or get what it holds of one."""
    return ask(
        url,
        body,
        sends="application/x-www-form-urlencoded",
        accepts="application/vnd.opentimestamps.v1",
    )


def ask(url: str, body: bytes | None, *, sends: str, accepts: str, limits: Limits = DEFAULT) -> bytes:
    """Send a body, or get what lies there without one, and return the answer: of 200, no redirect, not too long.

    Raises RemoteUnreadable and LimitExceeded, as everything that is asked of a server does (`archive.remote`).
    """
    connection = Connection(url, limits)
    fields = {"Accept": accepts, "Connection": "close"}
    try:
        answer = connection.ask(fields if body is None else {**fields, "Content-Type": sends}, body)
        if answer.status != _OK:
            message = f"the server answers with status {answer.status}"
            hint = f"it names another address: {answer.field('Location')[:300]}"
            raise RemoteUnreadable(
                message, Location(package=url), hint if 300 <= answer.status < 400 else None
            )
        parts, size_bytes = list[bytes](), 0
        while part := answer.read():
            size_bytes += len(part)
            if size_bytes > MOST_BYTES:
                raise _too_long(url, size_bytes)
            parts.append(part)
        return b"".join(parts)
    finally:
        connection.close()


def _too_long(url: str, seen: int) -> LimitExceeded:
    return LimitExceeded(
        "the answer is too long", Location(package=url), limit="answer_bytes", allowed=MOST_BYTES, seen=seen
    )
