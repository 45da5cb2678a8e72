"""One server, asked over http or https at one address that was looked up once; redirects followed with care."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Mapping
from urllib.parse import urljoin, urlsplit

import attrs

from archive.errors import LimitExceeded, Location
from archive.limits import Limits
from archive.remote.errors import RemoteUnreadable

_CHUNK_BYTES = 1 << 16
_ATTEMPTS = 3
_AGAIN = (http.client.RemoteDisconnected, http.client.BadStatusLine, ConnectionError)
"""What a connection that was kept open and is gone by now looks like: then it is asked anew."""
_REDIRECTS = (301, 302, 303, 307, 308)


@attrs.frozen
class Place:
    """A URL taken apart, and the IP addresses that its host has, best first."""

    url: str
    scheme: str
    host: str
    port: int
    path: str
    ips: tuple[str, ...]

    @property
    def is_public(self) -> bool:
        """True where anybody could ask all of the addresses."""
        return all(ipaddress.ip_address(ip.partition("%")[0]).is_global for ip in self.ips)


def place_of(url: str) -> Place:
    """Take a URL apart and look its host up. Raises RemoteUnreadable for what cannot be asked."""
    where = Location(package=url)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise RemoteUnreadable(f"the address cannot be read: {error}", where) from error
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or "@" in parts.netloc:
        raise RemoteUnreadable("only http and https addresses without a user name are asked", where)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if not path.isascii() or any(c <= " " for c in path):
        raise RemoteUnreadable("the address has characters that must be escaped", where)
    port = port or {"http": 80, "https": 443}[parts.scheme.lower()]
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RemoteUnreadable(f"the host {parts.hostname!r} is not known", where) from error
    return Place(
        url, parts.scheme.lower(), parts.hostname, port, path, tuple(str(row[4][0]) for row in found)
    )


class Answer:
    """What a server answered: status and fields are there, the body is read in pieces until a deadline."""

    def __init__(self, response: http.client.HTTPResponse, url: str, deadline: float, limits: Limits) -> None:
        self._response, self.url, self._deadline, self._limits = response, url, deadline, limits
        self.status: int = response.status

    def field(self, name: str) -> str:
        """Return a header field, or an empty string."""
        return self._response.headers.get(name, "").strip()

    def read(self) -> bytes:
        """Return some bytes of the body; none at its end. Raises LimitExceeded when the time is up."""
        if time.monotonic() > self._deadline:
            raise too_slow(self.url, self._limits)
        try:
            data = self._response.read1(_CHUNK_BYTES)
        except TimeoutError as error:
            raise too_slow(self.url, self._limits) from error
        if not data:
            self._response.close()  # it does so itself only where no length was announced; then comes the next request
        return data


class Connection:
    """A connection that is kept open from one request to the next, always to the address looked up at first."""

    def __init__(self, url: str, limits: Limits) -> None:
        self._limits = limits
        self._place = place_of(url)
        self._may_be_private = not self._place.is_public
        self._open: http.client.HTTPConnection | None = None
        self._last: http.client.HTTPResponse | None = None

    @property
    def url(self) -> str:
        """Where the file lies, redirects followed."""
        return self._place.url

    def ask(self, fields: Mapping[str, str], body: bytes | None = None) -> Answer:
        """Ask for the file with these header fields and return the answer, redirects followed.

        With a body it is sent there (POST), and a redirect is an answer like others.

        Raises RemoteUnreadable where there is no answer in HTTP, LimitExceeded for too many redirects or too long a
        silence.
        """
        deadline = time.monotonic() + self._limits.remote_seconds
        for _ in range(self._limits.remote_redirects + 1):
            answer = self._answer(fields, deadline, body)
            if answer.status not in _REDIRECTS or body is not None:
                return answer
            self._follow(answer.field("Location"))
        raise LimitExceeded(
            "too many redirects",
            Location(package=self.url),
            limit="remote_redirects",
            allowed=self._limits.remote_redirects,
            seen=self._limits.remote_redirects + 1,
        )

    def close(self) -> None:
        """Close the connection. The next request opens another one to the same address."""
        if self._last is not None:  # it may hold the connection's socket
            self._last.close()
            self._last = None
        if self._open is not None:
            self._open.close()
            self._open = None

    def _answer(self, fields: Mapping[str, str], deadline: float, body: bytes | None = None) -> Answer:
        for attempt in range(_ATTEMPTS):
            try:
                connection = self._open = self._open or self._connect()
                method = "GET" if body is None else "POST"
                headers = {"Accept-Encoding": "identity", **fields}
                connection.request(method, self._place.path, body=body, headers=headers)
                self._last = connection.getresponse()
                return Answer(self._last, self.url, deadline, self._limits)
            except _AGAIN as error:
                self.close()
                if attempt == _ATTEMPTS - 1:
                    raise unreadable(self.url, error) from error
            except (OSError, http.client.HTTPException, ValueError) as error:
                self.close()
                raise unreadable(self.url, error, self._limits) from error
        raise AssertionError("unreachable")  # pragma: no cover - the loop returns or raises

    def _connect(self) -> http.client.HTTPConnection:
        """Return a connection to what was looked up at first; a name that changes its mind later changes nothing."""
        place, seconds = self._place, self._limits.remote_seconds
        plain = http.client.HTTPConnection(place.host, place.port, timeout=seconds)
        plain.sock = self._socket(place, seconds)
        if place.scheme == "https":
            plain.sock = ssl.create_default_context().wrap_socket(plain.sock, server_hostname=place.host)
            plain.default_port = 443  # so that Host does not name the usual port
        return plain

    def _socket(self, place: Place, seconds: int) -> socket.socket:
        """Connect to the first address that answers; later requests go there first."""
        for ip in place.ips:
            try:
                connected = socket.create_connection((ip, place.port), timeout=seconds)
            except OSError:
                if ip == place.ips[-1]:
                    raise
                continue
            rest = tuple(other for other in place.ips if other != ip)
            self._place = attrs.evolve(place, ips=(ip, *rest))
            return connected
        raise ConnectionError("the host has no address")

    def _follow(self, location: str) -> None:
        """Go where a redirect leads: not from https to http, and not from a public address to a private one."""
        here = self._place
        self.close()
        if not location:
            raise RemoteUnreadable("the server redirects to nowhere", Location(package=here.url))
        try:
            url = urljoin(here.url, location).partition("#")[0]
        except ValueError as error:
            raise RemoteUnreadable("the server redirects to nowhere", Location(package=here.url)) from error
        there = place_of(url)
        if here.scheme == "https" and there.scheme == "http":
            raise RemoteUnreadable("the server redirects from https to http", Location(package=here.url))
        if not self._may_be_private and not there.is_public:
            message = "the server redirects to an address that is not public"
            raise RemoteUnreadable(message, Location(package=here.url))
        self._place = there


def unreadable(url: str, error: Exception, limits: Limits | None = None) -> RemoteUnreadable | LimitExceeded:
    """Return the error that says why a server could not be read."""
    if isinstance(error, TimeoutError) and limits is not None:
        return too_slow(url, limits)
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return RemoteUnreadable(f"the server cannot be read: {reason}", Location(package=url))


def too_slow(url: str, limits: Limits) -> LimitExceeded:
    """Return the error that says that an answer took too long."""
    return LimitExceeded(
        f"the server took more than {limits.remote_seconds} s to answer one request",
        Location(package=url),
        "try again later, or fetch the file first",
        limit="remote_seconds",
        allowed=limits.remote_seconds,
        seen=limits.remote_seconds + 1,
    )
