"""Ask a service that vouches for times: a query sent, or an answer got, within bounds of size and time; no redirects."""

from __future__ import annotations

import http.client

import attrs

from archive.errors import Error, Location
from archive.limits import DEFAULT, Limits
from archive.remote.connection import Answer, Connection
from provenance.errors import CaptureError
from provenance.version import VERSION

MOST_BYTES = 1 << 18
"""Of an answer; a token with its certificates has some kilobytes."""
_OK, _NOT_FOUND = 200, 404


def post_query(url: str, query: bytes) -> bytes:
    """Return a time-stamping authority's answer to a query (RFC 3161 §3.4). Raises CaptureError."""
    fields = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
    return _asked(url, query, fields, "the authority")


def ask_calendar(url: str, digest: bytes | None) -> bytes:
    """Return a calendar's answer to a digest of OpenTimestamps, or what it holds at the address. Raises CaptureError."""
    fields = {"Accept": "application/vnd.opentimestamps.v1"}
    if digest is not None:
        fields["Content-Type"] = "application/octet-stream"
    return _asked(url, digest, fields, "the calendar")


def _asked(url: str, body: bytes | None, fields: dict[str, str], who: str, limits: Limits = DEFAULT) -> bytes:
    """Ask, at the addresses that the host's name is looked up to once; of a redirect only where it leads is told."""
    where = Location(field=url[:300])
    stated = {"User-Agent": f"source-provenance/{VERSION}", "Connection": "close", **fields}
    try:
        connection = Connection(url, attrs.evolve(limits, remote_redirects=0))
        try:
            answer = connection.ask(stated, body)
            if answer.status != _OK:
                raise _refusal(answer, who, where)
            return _body(answer, who, where)
        finally:
            connection.close()
    except CaptureError:
        raise
    except Error as error:
        raise CaptureError(f"{who} does not answer: {error.message}", where) from error
    except (OSError, http.client.HTTPException) as error:  # while the body is read
        raise CaptureError(f"{who} breaks off: {error}", where) from error


def _refusal(answer: Answer, who: str, where: Location) -> CaptureError:
    message = f"{who} answers with status {answer.status}"
    if leads_to := answer.field("Location"):
        return CaptureError(f"{message}, and with another address", where, f"that is: {leads_to[:300]}")
    return CaptureError(message + (": it holds nothing there" if answer.status == _NOT_FOUND else ""), where)


def _body(answer: Answer, who: str, where: Location) -> bytes:
    parts, size_bytes = list[bytes](), 0
    while part := answer.read():
        parts.append(part)
        size_bytes += len(part)
        if size_bytes > MOST_BYTES:
            raise CaptureError(f"{who} answers with more than {MOST_BYTES} bytes", where)
    announced = answer.field("Content-Length")
    if announced and announced != str(size_bytes):
        raise CaptureError(f"{who} breaks off after {size_bytes} of {announced[:20]} bytes", where)
    return b"".join(parts)
