"""What a capture is: the bytes that were sent, the bytes that came back, when, from which address."""

from __future__ import annotations

import datetime as dt

import attrs

from archive.limits import KIB, MIB


@attrs.frozen
class CaptureLimits:
    """Upper bounds of one capture, each named as in the error that reports it."""

    response_bytes: int = 100 * MIB
    header_bytes: int = 64 * KIB
    header_fields: int = 500
    idle_ms: int = 20_000
    """Longest silence of a server."""
    total_ms: int = 120_000
    """Longest time for one exchange, redirects counted apart."""
    redirects: int = 10


@attrs.frozen
class Exchange:
    """One request and its response, byte for byte as they went over the socket (inside TLS where there is TLS).

    `redirects` are the exchanges that led here, in order; they have none of their own. `truncated` is the reason in
    the words of WARC 1.1 §5.13 (`length`, `time`, `disconnect`) where the response is not whole.
    """

    url: str
    request: bytes
    response: bytes
    started_at: dt.datetime
    ip: str
    status: int
    fields: tuple[tuple[str, str], ...] = ()
    """The response's header fields, names in lower case."""
    redirects: tuple[Exchange, ...] = ()
    truncated: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first value of a response header field, or None."""
        return next((value for field, value in self.fields if field == name.lower()), None)

    @property
    def location(self) -> str | None:
        """Where the response sends us, as it stands there, if it is a redirect."""
        return self.header("location") if self.status in (301, 302, 303, 307, 308) else None
