"""The sort-friendly form of a URL (SURT) by which a CDXJ index is looked up, as cdxj-indexer 1.5 makes it."""

from __future__ import annotations

import contextlib
import functools
import re
import socket
from urllib.parse import quote_from_bytes, unquote_to_bytes

import attrs

from archive import lazily

_LINE_SPACE = bytes.maketrans(b"", b""), b"\n\r\t"
_SCHEME = lazily.compile(rb"[a-zA-Z][a-zA-Z0-9+.-]*:")
_REPEATED_SCHEME = lazily.compile(rb"(?:https?://)*(https?://)")
_PARTS = lazily.compile(
    rb"(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?://([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?", re.DOTALL
)
_WWW = lazily.compile(rb"www[0-9]*\.")
_NUMERIC_HOST = lazily.compile(rb"[1-9][0-9]*(?:\.[0-9]+){0,3}|0[0-7]*(?:\.[0-7]+){0,3}")
_ESCAPED = lazily.compile(rb"%[0-9a-fA-F]{2}")
_SAFE = bytes(c for c in range(0x21, 0x7F) if c not in b"#%" and not bytes([c]).isalnum())
"""Everything printable except `#` and `%` stays as it is."""
_DEFAULT_PORTS = {b"http": 80, b"https": 443}
_ROUNDS = 8
"""Rounds of unescaping before the linear algorithm takes over from the fast one."""

_ASPX_SESSIONS = (
    lazily.compile(rb"(.*/)\((?:[a-z]\([0-9a-z]{24}\))+\)/([^?]+\.aspx.*)", re.IGNORECASE),
    lazily.compile(rb"(.*/)\([0-9a-z]{24}\)/([^?]+\.aspx.*)", re.IGNORECASE),
)
_QUERY_SESSIONS = tuple(
    lazily.compile(rb"(.*)" + parameter + rb"(?:&(.*))?", re.IGNORECASE)
    for parameter in (
        rb"jsessionid=[0-9a-z]{32}",
        rb"phpsessid=[0-9a-z]{32}",
        rb"sid=[0-9a-z]{32}",
        rb"aspsessionid[a-z]{8}=[a-z]{24}",
        rb"cfid=[^&]+&cftoken=[^&]+",
    )
)
"""Session ids that crawlers leave out of a key, in the order in which they are taken out."""


@attrs.frozen
class _Url:
    scheme: bytes
    host: bytes | None
    port: int | None
    path: bytes | None
    query: bytes | None


@functools.lru_cache(maxsize=64)  # index checks ask for one URL several times in a row
def surt(url: str) -> str:
    """Return the SURT of `url` without its scheme: `com,example)/path?query`.

    An empty URL is `-`; one that cannot be taken apart (say, a port that is no number) is returned as it
    stands, which is what cdxj-indexer writes for it.
    """
    if not url:
        return "-"
    if url.startswith("filedesc"):
        return url
    try:
        return _join(_canonical(_split(url.encode("utf-8")))).decode("utf-8")
    except ValueError:
        return url


def _split(raw: bytes) -> _Url:
    """Take a URL apart the way crawlers do: forgiving about schemes, slashes and white space."""
    raw = raw.strip().translate(*_LINE_SPACE)
    if raw and not _SCHEME.match(raw):
        raw = b"http://" + raw
    raw = _REPEATED_SCHEME.sub(rb"\1", raw, count=1) if _REPEATED_SCHEME.match(raw) else raw
    parts = _PARTS.fullmatch(raw)
    if parts is None or not parts[1]:
        raise ValueError("not a URL")
    host, port = _authority(parts[2] or b"")
    path = parts[3] or None
    if parts[1].startswith(b"http") and host is None and path is not None:
        host, _, rest = path.lstrip(b"/").partition(b"/")
        path = b"/" + rest
    return _Url(parts[1], host, port, path, parts[4] or None)


def _authority(authority: bytes) -> tuple[bytes | None, int | None]:
    """Return host and port of `user@host:port`. Raises ValueError when the port is no number up to 65535."""
    hostport = authority.rstrip(b":").rpartition(b"@")[2]
    before, bracket, bracketed = hostport.partition(b"[")
    if bracket:
        host, _, rest = bracketed.partition(b"]")
        port = rest.partition(b":")[2]
    else:
        host, _, port = before.partition(b":")
    if port and not (port.isdigit() and len(port) <= 4300 and int(port) <= 65535):
        raise ValueError("not a port")
    name, percent, zone = host.partition(b"%")
    return (name.lower() + percent + zone) or None, int(port or b"0") or None


def _canonical(url: _Url) -> _Url:
    """Return the URL with everything taken out that does not tell two pages apart."""
    host = _host(url.host) if url.host else url.host
    path = _unescape(url.path) if url.path else url.path
    if host:
        path = _normal_path(path)
        if url.scheme != b"dns":
            host = _WWW.sub(b"", host, count=1) if _WWW.match(host) else host
    port = None if url.port == _DEFAULT_PORTS.get(url.scheme.lower(), 0) else url.port
    return _Url(url.scheme, host, port, _path(_escape(path or b"")), _query(url.query) if url.query else None)


def _host(host: bytes) -> bytes:
    host = _unescape(host)
    if not host.isascii():
        with contextlib.suppress(UnicodeError):  # a name that cannot be registered is kept, escaped
            host = host.decode("utf-8", "ignore").encode("idna")
    host = host.replace(b"..", b".").strip(b".")
    return _address(host) or _escape(host.lower()).lower()


def _address(host: bytes) -> bytes | None:
    """Return the dotted form of an IPv4 address in any numeric form, or None. Asks no resolver."""
    if host.isdigit():
        return socket.inet_ntoa((int(host) & 0xFFFFFFFF).to_bytes(4, "big")).encode()
    if not _NUMERIC_HOST.fullmatch(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host.decode())).encode()
    except OSError:
        return None


def _normal_path(path: bytes | None) -> bytes:
    """Resolve `.` and `..`, drop empty segments, keep a trailing slash."""
    kept: list[bytes] = []
    for segment in (path or b"/").split(b"/")[1:]:
        if segment == b"..":
            if kept:
                kept.pop()
            else:
                kept.append(segment)
        elif segment != b".":
            kept.append(segment)
    if not kept:
        return b"/"
    return b"/" + b"".join(segment + b"/" for segment in kept[:-1] if segment) + kept[-1]


def _path(path: bytes) -> bytes | None:
    path = path.lower()
    if b".aspx" in path:
        for session in _ASPX_SESSIONS:
            if parts := session.fullmatch(path):
                path = parts[1] + parts[2]
    if path.endswith(b"/") and len(path) > 1:
        path = path[:-1]
    return path or None


def _query(query: bytes) -> bytes | None:
    query = _escape(_unescape(query))
    for session in _QUERY_SESSIONS:
        if parts := session.fullmatch(query):
            query = parts[1] + (parts[2] or b"")
    pairs = sorted(tuple(pair.split(b"=", 1)) for pair in query.lower().split(b"&"))
    return b"&".join(b"=".join(pair) for pair in pairs) or None


def _join(url: _Url) -> bytes:
    if url.host:
        port = b":%d" % url.port if url.port is not None else b""
        start = b",".join(reversed(url.host.split(b"."))) + port + b")"
    else:
        start = url.scheme + b":"
    query = b"" if url.query is None else b"?" + url.query
    return start + (url.path or (b"/" if query else b"")) + query


def _escape(raw: bytes) -> bytes:
    return quote_from_bytes(raw, safe=_SAFE).encode("ascii")


def _unescape(raw: bytes) -> bytes:
    """Take out percent escapes until none is left, however deeply they are nested."""
    for _ in range(_ROUNDS):
        plain = unquote_to_bytes(raw)
        if plain == raw:
            return raw
        raw = plain
    return _unescape_nested(raw)


def _unescape_nested(raw: bytes) -> bytes:
    """Do the same in one pass. No escape overlaps another, so the order of rewriting does not matter."""
    done = bytearray()
    for byte in raw:
        done.append(byte)
        while len(done) >= 3 and done[-3] == 0x25 and _ESCAPED.fullmatch(done[-3:]):
            done[-3:] = bytes([int(done[-2:], 16)])
    return bytes(done)
