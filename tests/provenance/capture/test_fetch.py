"""A capture keeps what went over the socket, stops at its limits, and asks public addresses only."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from archive.errors import LimitExceeded
from provenance.capture.exchange import CaptureLimits
from provenance.capture.http import fetch
from provenance.capture.records import records
from provenance.errors import CaptureError

pytest.importorskip("h11", reason="the extra `capture` is not installed")

PAGE = b"<p>The river rose by two metres.</p>"
WHOLE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE


@contextmanager
def serving(answer: Callable[[socket.socket, bytes], None]) -> Iterator[tuple[str, list[bytes]]]:
    """Serve on a free port of the loopback address; yields the address and the requests that came."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(10)
    requests: list[bytes] = []

    def run() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                try:
                    request = connection.recv(65536)
                    requests.append(request)
                    answer(connection, request)
                except OSError:
                    continue

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", requests
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=10)


def saying(response: bytes) -> Callable[[socket.socket, bytes], None]:
    """Answer every request with these bytes, then hang up."""
    return lambda connection, request: connection.sendall(response)


def test_bytes_are_kept_verbatim():
    """Request and response are exactly what went over the socket."""
    with serving(saying(WHOLE)) as (address, requests):
        exchange = fetch(f"{address}/river", allow_private=True)
    assert exchange.response == WHOLE
    assert exchange.request == requests[0]
    assert exchange.request.startswith(b"GET /river HTTP/1.1\r\nHost: 127.0.0.1:")
    assert (exchange.status, exchange.ip, exchange.truncated) == (200, "127.0.0.1", None)
    assert exchange.header("Content-Type") == "text/html"


def test_chunks_stay_chunks():
    """A chunked response is kept with its chunk lines and trailers, and its end is known without hanging up."""
    body = b"5\r\nhello\r\n0\r\nX-Seen: yes\r\n\r\n"
    response = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body

    def answer(connection: socket.socket, request: bytes) -> None:
        connection.sendall(response + b"what comes after the message")
        time.sleep(0.05)

    with serving(answer) as (address, _):
        exchange = fetch(address, allow_private=True)
    assert exchange.response == response


def test_compressed_stays_compressed():
    """A gzip body is not inflated."""
    packed = gzip.compress(PAGE)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed)
    with serving(saying(head + packed)) as (address, _):
        assert fetch(address, allow_private=True).response == head + packed


def test_interim_response_is_left_out():
    """An early hint before the response is no part of it."""
    with serving(saying(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + WHOLE)) as (address, _):
        assert fetch(address, allow_private=True).response == WHOLE


def test_body_until_hang_up():
    """Without a length the message ends when the server hangs up, and is whole."""
    response = b"HTTP/1.0 200 OK\r\n\r\n" + PAGE
    with serving(saying(response)) as (address, _):
        exchange = fetch(address, allow_private=True)
    assert (exchange.response, exchange.truncated) == (response, None)


def test_cut_body_says_so():
    """A connection that breaks in the body leaves a truncated response, not a whole one."""
    with serving(saying(WHOLE[:-10])) as (address, _):
        exchange = fetch(address, allow_private=True)
    assert (exchange.response, exchange.truncated) == (WHOLE[:-10], "disconnect")


def test_hang_up_before_the_head_is_an_error():
    """A server that says nothing was not captured."""
    with serving(lambda connection, request: None) as (address, _), pytest.raises(CaptureError, match="HTTP"):
        fetch(address, allow_private=True)


def test_what_is_not_http_is_an_error():
    """Another protocol's greeting is no response."""
    with serving(saying(b"220 mail.example ESMTP\r\n")) as (address, _), pytest.raises(CaptureError):
        fetch(address, allow_private=True)


def test_redirects_are_exchanges_of_their_own():
    """Each hop is kept with its own bytes; the last one is the result."""

    def answer(connection: socket.socket, request: bytes) -> None:
        if request.startswith(b"GET /old"):
            connection.sendall(b"HTTP/1.1 302 Found\r\nLocation: /new#part\r\nContent-Length: 0\r\n\r\n")
        else:
            connection.sendall(WHOLE)

    with serving(answer) as (address, _):
        exchange = fetch(f"{address}/old", allow_private=True)
    assert exchange.url == f"{address}/new"
    assert [(hop.url, hop.status) for hop in exchange.redirects] == [(f"{address}/old", 302)]


def test_redirects_without_end_stop():
    """A circle of redirects ends at the limit, by name."""
    circle = saying(b"HTTP/1.1 301 Moved\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")
    with serving(circle) as (address, requests), pytest.raises(LimitExceeded) as stopped:
        fetch(address, allow_private=True, limits=CaptureLimits(redirects=3))
    assert (stopped.value.limit, stopped.value.allowed, len(requests)) == ("redirects", 3, 4)


def test_redirect_to_no_address_is_refused():
    """What a redirect gives can be no address at all: that stops the capture by name, and is no mistake of ours."""
    with (
        serving(saying(b"HTTP/1.1 302 Found\r\nLocation: http://[\r\nContent-Length: 0\r\n\r\n")) as (
            address,
            _,
        ),
        pytest.raises(CaptureError, match="leads to no address"),
    ):
        fetch(address, allow_private=True)


def test_redirect_to_a_private_address_is_refused():
    """The second hop is checked as the first: a public page cannot send us inside."""
    with serving(saying(b"HTTP/1.1 302 Found\r\nLocation: http://inside.example/\r\n\r\n")) as (
        address,
        requests,
    ):
        port = int(address.rsplit(":", 1)[1])
        names = {"public.example": ["93.184.216.34"], "inside.example": ["10.0.0.7"]}
        with pytest.raises(CaptureError, match=r"10\.0\.0\.7"):
            fetch(
                f"http://public.example:{port}/",
                resolver=lambda host, port: names[host],
                connect=lambda ip, port, timeout: socket.create_connection(("127.0.0.1", port), timeout),
            )
    assert len(requests) == 1


def test_connects_to_the_address_that_was_checked():
    """The name is resolved once, and the connection goes to that very address: a second answer cannot be slipped in."""
    asked, connected = [], []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["93.184.216.34"] if len(asked) == 1 else ["127.0.0.1"]

    with serving(saying(WHOLE)) as (address, _):
        port = int(address.rsplit(":", 1)[1])

        def connect(ip: str, port: int, timeout: float) -> socket.socket:
            connected.append(ip)
            return socket.create_connection(("127.0.0.1", port), timeout)

        exchange = fetch(f"http://rebinding.example:{port}/", resolver=resolver, connect=connect)
    assert (asked, connected, exchange.ip) == (["rebinding.example"], ["93.184.216.34"], "93.184.216.34")


def test_slow_head_is_a_limit():
    """A server that sends its head byte by byte is given up after the whole time, not after each byte."""

    def drip(connection: socket.socket, request: bytes) -> None:
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 200:
            connection.sendall(bytes((byte,)))
            time.sleep(0.02)

    with serving(drip) as (address, _), pytest.raises(LimitExceeded) as stopped:
        fetch(address, allow_private=True, limits=CaptureLimits(total_ms=200, idle_ms=150))
    assert stopped.value.limit == "total_ms"


def test_silent_body_is_cut_by_time():
    """A body that stops coming is kept as far as it came."""

    def stall(connection: socket.socket, request: bytes) -> None:
        connection.sendall(WHOLE[:-5])
        time.sleep(0.4)

    with serving(stall) as (address, _):
        exchange = fetch(address, allow_private=True, limits=CaptureLimits(idle_ms=100))
    assert (exchange.response, exchange.truncated) == (WHOLE[:-5], "time")


def test_large_body_is_cut_by_length():
    """No more than the limit is read, to the byte."""
    with serving(saying(WHOLE)) as (address, _):
        exchange = fetch(address, allow_private=True, limits=CaptureLimits(response_bytes=len(WHOLE) - 1))
    assert (exchange.response, exchange.truncated) == (WHOLE[:-1], "length")


@pytest.mark.parametrize("bomb", [b"X-A: b\r\n" * 2000, b"X-A: " + b"b" * 9000 + b"\r\n"])
def test_header_bomb_is_a_limit(bomb):
    """A head that does not end within its bytes, in many fields or in one, is an error by name."""
    with (
        serving(saying(b"HTTP/1.1 200 OK\r\n" + bomb)) as (address, _),
        pytest.raises(LimitExceeded) as stopped,
    ):
        fetch(address, allow_private=True, limits=CaptureLimits(header_bytes=4096))
    assert (stopped.value.limit, stopped.value.allowed) == ("header_bytes", 4096)


def test_many_short_fields_are_counted():
    """A head within its bytes but with too many fields is refused for their number."""
    head = b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 60 + b"\r\n"
    with serving(saying(head)) as (address, _), pytest.raises(LimitExceeded) as stopped:
        fetch(address, allow_private=True, limits=CaptureLimits(header_fields=50))
    assert (stopped.value.limit, stopped.value.seen) == ("header_fields", 60)


def test_nobody_there_is_an_error():
    """A closed port is a capture error, not an exception of the socket."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(CaptureError, match="no connection"):
        fetch(f"http://127.0.0.1:{port}/", allow_private=True)


def test_plain_answer_to_tls_is_an_error():
    """A server that cannot speak TLS is a capture error."""
    with serving(saying(WHOLE)) as (address, _), pytest.raises(CaptureError, match="secure"):
        fetch(address.replace("http:", "https:"), allow_private=True)


def test_reporter_hears_of_bytes():
    """Progress is told as it comes."""
    heard: list[int] = []
    with serving(saying(WHOLE)) as (address, _):
        fetch(address, allow_private=True, reporter=lambda url, count: heard.append(count))
    assert max(heard) == len(WHOLE)


class TestRecords:
    """ISO 28500: request and response of one exchange, bound to each other."""

    def test_pair_is_bound(self):
        """Same date, same address; the request names its response as concurrent."""
        with serving(saying(WHOLE)) as (address, _):
            exchange = fetch(f"{address}/river", allow_private=True)
        response, request = records(exchange)
        assert (response.type, request.type) == ("response", "request")
        assert (response.block, request.block) == (exchange.response, exchange.request)
        assert response.date == request.date == exchange.started_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert dict(request.fields)["WARC-Concurrent-To"] == response.record_id
        assert dict(response.fields) == {"WARC-IP-Address": "127.0.0.1"}
        assert response.content_type == "application/http; msgtype=response"

    def test_same_exchange_same_records(self):
        """Ids follow from the content: two runs over one exchange give equal records."""
        with serving(saying(WHOLE)) as (address, _):
            exchange = fetch(address, allow_private=True)
        assert list(records(exchange)) == list(records(exchange))

    def test_truncation_is_recorded(self):
        """A cut response says why; its request does not."""
        with serving(saying(WHOLE[:-1])) as (address, _):
            response, request = records(fetch(address, allow_private=True))
        assert dict(response.fields)["WARC-Truncated"] == "disconnect"
        assert "WARC-Truncated" not in dict(request.fields)

    def test_hops_come_first(self):
        """Every redirect gives a pair of its own, in the order in which they happened."""

        def answer(connection: socket.socket, request: bytes) -> None:
            moved = b"HTTP/1.1 301 Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
            connection.sendall(moved if b"GET /a" in request else WHOLE)

        with serving(answer) as (address, _):
            made = list(records(fetch(f"{address}/a", allow_private=True)))
        assert [r.target_uri for r in made] == [f"{address}/a"] * 2 + [f"{address}/b"] * 2
        assert len({r.record_id for r in made}) == 4
