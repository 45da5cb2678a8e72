"""What the standard says of the HTTP message in a block: whether it is one, and whether it is what it is called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from archive.warc.http import Head
from archive.warc.record import Header

OPENING_BYTES = 16
"""How much of a block has to be seen to tell whether it begins like the answer of a server."""

_STATUS_LINE = lazily.compile(rb"HTTP/\d(?:\.\d)? \d{3}[ \r\n]")
_MSGTYPE = lazily.compile(r""";\s*+msgtype\s*+=\s*+"?+([^\s";]*+)""", re.IGNORECASE)


def check_message(
    header: Header, head: Head | None, block_bytes: int, opening: bytes, where: Location
) -> Iterator[Finding]:
    """Find where a block is not the message that its record says it is. `opening` are its first bytes."""
    if head is None:
        if _STATUS_LINE.match(opening):
            yield from _resource(header, opening, where)
        return
    yield from _msgtype(header, head, block_bytes, where)
    if not block_bytes:
        return
    is_request = (header.get("WARC-Type") or "").lower() == "request"
    if not (head.is_request if is_request else head.is_response):
        shown, message = (
            head.start_line[:80].decode("latin-1"),
            "the block does not begin like an HTTP message",
        )
        yield found("http.head-unreadable", message, where=where, actual=shown)


def msgtype(content_type: str | None) -> str | None:
    """Return the msgtype that a Content-Type gives, in lower case, or None."""
    stated = _MSGTYPE.search(content_type or "")
    return None if stated is None else stated[1].lower()


def _resource(header: Header, opening: bytes, where: Location) -> Iterator[Finding]:
    """Find a resource of an http address that has the head of the answer in it."""
    address = (header.get("WARC-Target-URI") or "").lower().lstrip("<")
    kind = (header.get("WARC-Type") or "").lower()
    if kind == "resource" and address.startswith(("http:", "https:")):
        shown, message = opening.decode("latin-1"), "the resource begins like the answer of a server"
        yield found("http.head-in-resource", message, where=where, actual=shown)


def _msgtype(header: Header, head: Head, block_bytes: int, where: Location) -> Iterator[Finding]:
    """Find a msgtype that there is not, or that both the type of the record and the first line of its block belie.

    Where only one of the two belies it, it is the other that is odd: a known recorder writes requests with the first
    line of an answer.
    """
    value = msgtype(header.get("Content-Type"))
    if value is None:
        return
    at = where.within(field="Content-Type")
    meant = "request" if (header.get("WARC-Type") or "").lower() == "request" else "response"
    if value not in ("request", "response"):
        message = "msgtype is neither request nor response"
        yield found("http.msgtype", message, where=at, expected=meant, actual=value[:40])
    elif value != meant and block_bytes and (head.is_response if meant == "response" else head.is_request):
        message = f"msgtype says {value}, and the record and its block are a {meant}"
        yield found("http.msgtype", message, where=at, expected=meant, actual=value)
