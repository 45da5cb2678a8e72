"""Which addresses may be asked: public ones, spelled plainly, checked as numbers and not as names."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit

import attrs

from archive import lazily
from archive.errors import Location
from provenance.errors import CaptureError

Resolver = Callable[[str, int], Sequence[str]]
"""A host and a port to IP addresses, best first. Raises OSError."""

_NUMERIC = lazily.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE | re.ASCII)
_CONTROL = lazily.compile(r"[\x00-\x20\x7f\\]")
_PATH_SAFE = "/:@!$&'()*+,;=~-._%?[]"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HINT = "Only public http and https addresses are captured."


@attrs.frozen
class Target:
    """An address taken apart: what to connect to and what to ask for."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The Host header's value (RFC 9110 §7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return host if self.port == usual else f"{host}:{self.port}"


def target_of(url: str) -> Target:
    """Take an address apart. Raises CaptureError for anything but a plain http(s) address without userinfo."""
    refuse = _refuser(url)
    if _CONTROL.search(url) or len(url) > 8000:
        raise refuse("the address holds white space, control characters or a backslash, or is too long")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise refuse(f"the address cannot be read: {error}") from error
    if parts.scheme not in ("http", "https"):
        raise refuse("the address is neither http nor https")
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise refuse("the address holds a user name")
    if port == 0:
        raise refuse("the address names port 0")
    path = quote(parts.path or "/", safe=_PATH_SAFE) + (
        f"?{quote(parts.query, safe=_PATH_SAFE)}" if parts.query else ""
    )
    return Target(
        url,
        parts.scheme,
        _host(parts.hostname or "", refuse),
        port or (443 if parts.scheme == "https" else 80),
        path,
    )


def _refuser(url: str) -> Callable[[str], CaptureError]:
    return lambda message: CaptureError(f"not captured: {message}", Location(field=url[:300]), _HINT)


def _host(host: str, refuse: Callable[[str], CaptureError]) -> str:
    """Return the host in ASCII. A number in any spelling but the plain one is refused, since others read it otherwise."""
    if not host:
        raise refuse("the address names no host")
    if ":" in host:
        return host.split("%", maxsplit=1)[0]
    try:
        name = host.encode("idna").decode("ascii").lower().rstrip(".")
    except UnicodeError as error:
        raise refuse("the host's name cannot be written in ASCII") from error
    if not name or _NUMERIC.fullmatch(name.rsplit(".", 1)[-1]):
        try:
            return str(ipaddress.IPv4Address(name if name == host else ""))
        except ValueError as error:
            raise refuse("the host is a number in an unusual spelling") from error
    return name


def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the host's addresses, once."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(answer[4][0]) for answer in answers))


def checked_addresses(target: Target, resolver: Resolver, *, allow_private: bool) -> Sequence[str]:
    """Resolve a target and return its addresses. Raises CaptureError where there is none, or one that is not public."""
    refuse = _refuser(target.url)
    try:
        found = [target.host] if _is_ip(target.host) else list(resolver(target.host, target.port))
    except (OSError, UnicodeError) as error:
        raise refuse(f"the host has no address ({error})") from error
    if not found:
        raise refuse("the host has no address")
    private = [address for address in found if not is_public(address)]
    if private and not allow_private:
        raise refuse(f"the host is at {private[0]}, which is not a public address")
    return found


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def is_public(address: str) -> bool:
    """Say whether an IP address is one of the public Internet, also inside IPv6 forms that carry an IPv4 address."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    carried = [ip]
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if ip in _NAT64 or int(ip) >> 32 == 0:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        carried = [part for part in inner if part is not None] or [ip]
    return all(part.is_global and not part.is_multicast and not part.is_reserved for part in carried)
