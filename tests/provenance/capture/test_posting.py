"""Asking services that vouch for times: what is sent, and what is refused of what comes back."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
import tsa

from archive.limits import Limits
from provenance.capture import posting
from provenance.capture.posting import MOST_BYTES, ask_calendar, post_query
from provenance.errors import CaptureError


def answer(path: str, body: bytes) -> tuple[int, str, bytes]:
    """Answer with what was asked, or as the path says."""
    special = {"/gone": 404, "/moved": 302, "/broken": 500}
    size = MOST_BYTES + 1 if path == "/large" else MOST_BYTES if path == "/whole" else 0
    return special.get(path, 200), "text/plain", bytes(size) or path.encode() + b" " + body


@pytest.fixture
def address() -> Iterator[str]:
    """Serve the answers above."""
    with tsa.serving(answer) as served:
        yield served


def test_what_is_sent(address: str) -> None:
    """A query is sent with its path and its body, an answer is got without one."""
    assert b"/tsa?a=1 query" == post_query(f"{address}/tsa?a=1", b"query")
    assert b"/digest hash" == ask_calendar(f"{address}/digest", b"hash")
    assert b"/timestamp/00 " == ask_calendar(f"{address}/timestamp/00", None)


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/gone", "status 404"),
        ("/moved", "status 302"),
        ("/broken", "status 500"),
        ("/large", "more than"),
    ],
)
@pytest.mark.parametrize("ask", [post_query, ask_calendar])
def test_what_is_refused(address: str, path: str, says: str, ask: Callable[[str, bytes], bytes]) -> None:
    """Anything but 200 is refused, and so is an answer that is too long; no redirect of a query is followed."""
    with pytest.raises(CaptureError, match=says):
        ask(address + path, b"x")


def test_an_answer_as_long_as_may_be(address: str) -> None:
    """The limit is the most that may come, not the least that may not."""
    assert MOST_BYTES == len(post_query(f"{address}/whole", b"x"))


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://user@a.example/", "http://", "file:///etc/passwd", "x"]
)
def test_what_is_no_address(url: str) -> None:
    """Only http and https addresses without a user name are asked."""
    with pytest.raises(CaptureError, match="does not answer"):
        post_query(url, b"x")


def test_a_redirect_is_not_followed_without_a_body_either() -> None:
    """A calendar that sends elsewhere is not followed there."""
    with (
        _raw(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n") as url,
        pytest.raises(CaptureError, match="redirect"),
    ):
        ask_calendar(url, None)


def test_where_it_leads_is_told() -> None:
    """A service that moved says where to, and the user is told."""
    raw = b"HTTP/1.1 301 Moved\r\nLocation: https://b.example/\r\nContent-Length: 0\r\n\r\n"
    with _raw(raw) as url, pytest.raises(CaptureError) as caught:
        post_query(url, b"x")

    assert "that is: https://b.example/" == caught.value.hint


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"rubbish\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
    ],
)
def test_an_answer_that_is_none(raw: bytes) -> None:
    """A connection that is closed early, or speaks something else, is an error of ours, and no other."""
    with _raw(raw) as url, pytest.raises(CaptureError):
        post_query(url, b"x")


def test_a_limit_on_time() -> None:
    """A service that says nothing is given up."""
    with _raw(None) as url, pytest.raises(CaptureError, match="took more than 1 s"):
        posting._asked(url, b"x", {}, "the authority", Limits(remote_seconds=1))


class _raw:  # noqa: N801 - it reads as a function
    """A server that takes one request and answers with these bytes, or says nothing."""

    def __init__(self, answer: bytes | None) -> None:
        self.answer = answer
        self.server = socket.create_server(("127.0.0.1", 0))
        self.server.settimeout(10)
        self.open: list[socket.socket] = []
        self.thread = threading.Thread(target=self._serve)

    def _serve(self) -> None:
        for _ in range(3):  # a connection that is closed without an answer is tried again
            try:
                taken, _ = self.server.accept()
            except OSError:
                return
            self.open.append(taken)
            taken.recv(65536)
            if self.answer is not None:
                taken.sendall(self.answer)
                taken.close()

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.server.getsockname()[1]}/"

    def __exit__(self, *_: object) -> None:
        self.server.shutdown(socket.SHUT_RDWR)
        self.server.close()
        self.thread.join()
        for each in self.open:
            each.close()
