"""Ask for an address and keep what went over the socket, byte for byte.

1. Take the address apart; refuse what is not plain http or https.
2. Resolve the host once, refuse addresses that are not public, connect to that very address.
3. Send the request; keep its bytes.
4. Read until the message ends, a limit is reached or the connection breaks; keep what was read.
5. Where the response redirects, do the same again, with the same checks, for the next address.
"""

from __future__ import annotations

import datetime as dt
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import attrs

from archive.errors import LimitExceeded, Location
from provenance.capture.addresses import Resolver, Target, checked_addresses, resolve, target_of
from provenance.capture.exchange import CaptureLimits, Exchange
from provenance.errors import CaptureError
from provenance.version import VERSION

if TYPE_CHECKING:
    import h11

Connect = Callable[[str, int, float], socket.socket]
"""An IP address, a port and a timeout in seconds to a connected socket. Raises OSError."""
Reporter = Callable[[str, int], None]
"""Called with the address and the bytes read so far."""

_CHUNK_BYTES = 64 * 1024
_FIELDS = (
    ("User-Agent", f"source-provenance/{VERSION}"),
    ("Accept", "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5"),
    ("Accept-Encoding", "gzip"),
    ("Connection", "close"),
)


def open_connection(ip: str, port: int, timeout: float) -> socket.socket:
    """Connect to an address. `timeout` is in seconds."""
    return socket.create_connection((ip, port), timeout=timeout)


def fetch(
    url: str,
    *,
    limits: CaptureLimits | None = None,
    resolver: Resolver = resolve,
    connect: Connect = open_connection,
    reporter: Reporter | None = None,
    allow_private: bool = False,
) -> Exchange:
    """Capture an address, redirects followed. The result is the last exchange, with those before it in `redirects`.

    Raises CaptureError for an address that may not be asked or does not answer in HTTP, and LimitExceeded for headers
    or redirects beyond the limits and for a server that is silent too long. A body that is cut short is kept, and
    `truncated` says why.
    """
    bounds = limits or CaptureLimits()
    asker = _Asker(_h11(), bounds, resolver, connect, reporter, allow_private)
    done: list[Exchange] = []
    here = url
    while True:
        exchange = asker.ask(here)
        if exchange.location is None:
            return attrs.evolve(exchange, redirects=tuple(done))
        done.append(exchange)
        here = _next_address(here, exchange.location)
        if len(done) > bounds.redirects:
            raise LimitExceeded(
                "too many redirects",
                Location(field=url[:300]),
                limit="redirects",
                allowed=bounds.redirects,
                seen=len(done),
            )


def _next_address(here: str, location: str) -> str:
    """Return where a redirect leads. Raises CaptureError for what is no address at all."""
    try:
        return urljoin(here, location).split("#")[0]
    except ValueError as error:
        message = f"not captured: the redirect leads to no address: {error}"
        raise CaptureError(message, Location(field=location[:300])) from error


def _h11() -> Any:
    try:
        import h11
    except ImportError as error:
        raise CaptureError(
            "capturing addresses needs the extra `capture`",
            hint="install it: pip install 'source-provenance[capture]'",
        ) from error
    return h11


@attrs.frozen
class _Asker:
    """Everything that is the same for every exchange of one capture."""

    h11: Any
    limits: CaptureLimits
    resolver: Resolver
    connect: Connect
    reporter: Reporter | None
    allow_private: bool

    def ask(self, url: str) -> Exchange:
        """Make one exchange, without following redirects."""
        target = target_of(url)
        addresses = checked_addresses(target, self.resolver, allow_private=self.allow_private)
        deadline = time.monotonic() + self.limits.total_ms / 1000
        started_at = dt.datetime.now(dt.UTC)
        connection, ip = self._connected(target, addresses)
        with connection:
            reading = _Reading(self, target, connection, deadline)
            request = reading.send()
            truncated = reading.receive()
        return Exchange(
            url,
            request,
            reading.message(),
            started_at,
            ip,
            reading.status,
            reading.fields,
            truncated=truncated,
        )

    def _connected(self, target: Target, addresses: Sequence[str]) -> tuple[socket.socket, str]:
        """Connect to the first of the checked addresses that answers; the name is not looked up again."""
        problem: OSError | None = None
        for ip in addresses[:4]:
            try:
                plain = self.connect(ip, target.port, self.limits.idle_ms / 1000)
            except OSError as error:
                problem = error
                continue
            return (_secured(plain, target) if target.scheme == "https" else plain), ip
        raise CaptureError(f"no connection: {problem}", Location(field=target.url[:300])) from problem


def _secured(plain: socket.socket, target: Target) -> socket.socket:
    """Wrap a connection in TLS, certificate checked against the system's trust and the host's name."""
    try:
        return ssl.create_default_context().wrap_socket(plain, server_hostname=target.host)
    except OSError as error:  # ssl.SSLError and broken connections alike
        plain.close()
        raise CaptureError(f"no secure connection: {error}", Location(field=target.url[:300])) from error


class _Reading:
    """One exchange under way: what was read, what of it is the response, and how far the message has come."""

    def __init__(self, asker: _Asker, target: Target, connection: socket.socket, deadline: float) -> None:
        self.h11 = asker.h11
        self.limits = asker.limits
        self.reporter = asker.reporter
        self.target = target
        self.connection = connection
        self.deadline = deadline
        self.protocol: h11.Connection = self.h11.Connection(
            our_role=self.h11.CLIENT, max_incomplete_event_size=self.limits.header_bytes
        )
        self.raw = bytearray()
        self.begins = 0
        self.ends: int | None = None
        self.status = 0
        self.fields: tuple[tuple[str, str], ...] = ()

    def send(self) -> bytes:
        """Send the request and return its bytes."""
        fields = [("Host", self.target.authority), *_FIELDS]
        head = self.h11.Request(method="GET", target=self.target.path, headers=fields)
        request = bytes(self.protocol.send(head) or b"") + bytes(
            self.protocol.send(self.h11.EndOfMessage()) or b""
        )
        try:
            self.connection.sendall(request)
        except OSError as error:
            raise self._broken(f"the request could not be sent: {error}") from error
        return request

    def message(self) -> bytes:
        """Return the bytes of the final response: no interim responses before it, nothing after its end."""
        return bytes(self.raw[self.begins : self.ends])

    def receive(self) -> str | None:
        """Read the response to its end and return None, or the reason for which it is cut short."""
        while True:
            try:
                if self._is_whole():
                    return None
            except self.h11.RemoteProtocolError as error:
                return self._not_http(error)
            reason = self._read_on()
            if reason is not None:
                return reason

    def _is_whole(self) -> bool:
        while True:
            event = self.protocol.next_event()
            if event is self.h11.NEED_DATA:
                return False
            if isinstance(event, self.h11.InformationalResponse):
                self.begins = self._consumed()
            elif isinstance(event, self.h11.Response):
                self._take_head(event)
            elif isinstance(event, (self.h11.EndOfMessage, self.h11.ConnectionClosed)):
                self.ends = self._consumed()
                return True

    def _consumed(self) -> int:
        return len(self.raw) - len(self.protocol.trailing_data[0])

    def _take_head(self, event: Any) -> None:
        if len(event.headers) > self.limits.header_fields:
            raise self._exceeded(
                "header_fields", len(event.headers), "the response has too many header fields"
            )
        self.status = event.status_code
        self.fields = tuple(
            (name.decode("latin-1"), value.decode("latin-1")) for name, value in event.headers
        )

    def _read_on(self) -> str | None:
        """Read once more from the socket; return why no more can be read, if so."""
        left = self.deadline - time.monotonic()
        room = self.limits.response_bytes - len(self.raw)
        if room <= 0:
            return self._cut("length", "response_bytes", len(self.raw))
        if left <= 0:
            return self._cut("time", "total_ms", self.limits.total_ms)
        self.connection.settimeout(min(left, self.limits.idle_ms / 1000))
        try:
            data = self.connection.recv(min(_CHUNK_BYTES, room))
        except TimeoutError:
            late = time.monotonic() >= self.deadline
            return self._cut("time", "total_ms" if late else "idle_ms", self.limits.idle_ms)
        except OSError as error:
            if not self.status:
                raise self._broken(f"the connection broke: {error}") from error
            return "disconnect"
        self.raw += data
        if self.reporter is not None:
            self.reporter(self.target.url, len(self.raw))
        self.protocol.receive_data(data)
        return None

    def _cut(self, reason: str, limit: str, seen: int) -> str:
        """Return the reason for a cut body; without a head there is nothing to keep, and the limit is an error."""
        if not self.status:
            raise self._exceeded(limit, seen, "the server did not give a whole response head")
        return reason

    def _not_http(self, error: Exception) -> str:
        """Return the reason for a body that ends too early; raise where not even the head is HTTP."""
        if self.status:
            return "disconnect"
        if getattr(error, "error_status_hint", 400) == 431:
            raise self._exceeded("header_bytes", len(self.raw), "the response head is too long") from error
        raise self._broken(f"the answer is not HTTP: {error}") from error

    def _exceeded(self, limit: str, seen: int, message: str) -> LimitExceeded:
        where = Location(field=self.target.url[:300])
        return LimitExceeded(message, where, limit=limit, allowed=getattr(self.limits, limit), seen=seen)

    def _broken(self, message: str) -> CaptureError:
        return CaptureError(message, Location(field=self.target.url[:300]))
