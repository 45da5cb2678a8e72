"""Ask a time-stamping authority: a query sent by POST, and the answer to it, within bounds of size and time."""

from __future__ import annotations

import http.client
import time
from urllib.parse import urlsplit

from archive.errors import Location
from provenance.errors import CaptureError
from provenance.version import VERSION

MOST_BYTES = 1 << 18
"""Of an answer; a token with its certificates has some kilobytes."""
_SECONDS = 30
_CHUNK_BYTES = 1 << 14
_FIELDS = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
    "User-Agent": f"source-provenance/{VERSION}",
    "Connection": "close",
}


def post_query(url: str, query: bytes) -> bytes:
    """Return the body of the answer to a query (RFC 3161 §3.4). No redirect is followed. Raises CaptureError."""
    where = Location(field=url[:300])
    try:
        connection, path = _connection(url)
    except ValueError as error:
        raise CaptureError(f"no http or https address: {error}", where) from None
    try:
        connection.request("POST", path, query, _FIELDS)
        answer = connection.getresponse()
        body = _read(answer, where)
    except (OSError, http.client.HTTPException) as error:
        raise CaptureError(f"the authority does not answer: {error}", where) from error
    finally:
        connection.close()
    if answer.status != http.client.OK:
        raise CaptureError(f"the authority answers with status {answer.status}", where)
    return body


def _connection(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    if parts.scheme not in kinds or not parts.hostname or "@" in parts.netloc:
        raise ValueError(url[:300])
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return kinds[parts.scheme](parts.hostname, parts.port, timeout=_SECONDS), path


def _read(answer: http.client.HTTPResponse, where: Location) -> bytes:
    """Return the body. Raises CaptureError where it is too large, or comes too slowly."""
    body, end = bytearray(), time.monotonic() + _SECONDS
    while chunk := answer.read(_CHUNK_BYTES):
        body += chunk
        if len(body) > MOST_BYTES or time.monotonic() > end:
            raise CaptureError("the authority's answer is too large, or too slow", where)
    return bytes(body)
