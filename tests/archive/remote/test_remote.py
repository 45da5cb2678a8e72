"""Archives on a server: only what is needed is fetched, and whatever the server does, the error says so."""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import packages
import pytest
from damage import forge

import archive
from archive.errors import InputError, LimitExceeded, Unreadable, UsageError
from archive.findings import Report, Verdict
from archive.limits import Limits
from archive.remote import is_address, open_remote
from archive.remote.connection import place_of
from archive.remote.errors import RemoteChanged, RemoteUnreadable
from archive.warc.record import NewRecord

GOOD = packages.build()


class Served:
    """What a server has, and how it misbehaves: `answer` may replace the usual answer to a request."""

    def __init__(self, data: bytes) -> None:
        self.data, self.etag = data, '"one"'
        self.sent_bytes = self.requests = 0
        self.answer: Callable[[Handler, int, int], bool] | None = None
        self.url = ""


class Handler(BaseHTTPRequestHandler):
    """Answers range requests as RFC 9110 asks, counting what it sends."""

    protocol_version = "HTTP/1.1"
    served: Served

    def handle(self) -> None:
        """Answer until the other side has gone, in whatever way."""
        with contextlib.suppress(ConnectionError):
            super().handle()

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        served = self.served
        served.requests += 1
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        start, end = (int(asked[1]), min(int(asked[2]), len(served.data) - 1)) if asked else (0, 0)
        if served.answer is not None and served.answer(self, start, end):
            return
        if self.headers.get("If-Range", served.etag) != served.etag:
            self.reply(200, served.data)
        elif not served.data:
            self.reply(416, b"", {"Content-Range": "bytes */0"})
        else:
            self.partly(start, end, served.data[start : end + 1])

    def partly(self, start: int, end: int, body: bytes, **fields: str) -> None:
        """Answer with a part."""
        told = f"bytes {start}-{end}/{len(self.served.data)}"
        self.reply(206, body, {"Content-Range": told, "ETag": self.served.etag, **fields})

    def reply(self, status: int, body: bytes, fields: dict[str, str] | None = None) -> None:
        """Answer with these bytes."""
        self.send_response(status)
        own = {name.replace("_", "-"): value for name, value in (fields or {}).items()}
        for name, value in {"Content-Length": str(len(body)), **own}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.served.sent_bytes += len(body)


@pytest.fixture
def served() -> Iterator[Served]:
    """Serve the small package on the loopback address."""
    holder = Served(GOOD)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"served": holder}))
    server.daemon_threads = True
    holder.url = f"http://127.0.0.1:{server.server_port}/x.wacz"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield holder
    server.shutdown()
    server.server_close()
    thread.join()


def large(tmp_path) -> bytes:
    """Return a package of some megabytes."""
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        for number in range(3):
            noise = b"".join(hashlib.sha256(b"%d %d" % (number, n)).digest() for n in range(40_000))
            writer.write(
                NewRecord("resource", packages.DATE.format(0), noise, f"urn:x:{number}", "image/png")
            )
    return (tmp_path / "x.wacz").read_bytes()


def test_a_package_on_a_server(served: Served) -> None:
    """A package on a server is verified as one that is here."""
    with archive.open(served.url) as package:
        report = Report.of(served.url, archive_checks(package))

    assert Verdict.SOUND is report.verdict
    assert report.coverage == packages.verify(GOOD).coverage


def archive_checks(package):
    """Return what the checks find."""
    from archive.checks import check_all

    return list(check_all(package))


def test_only_what_is_needed(served: Served, tmp_path) -> None:
    """Manifest and index of a large package are had for a small part of its bytes, and few requests."""
    served.data = large(tmp_path)
    with archive.open(served.url) as package:
        assert package.datapackage["profile"] == "data-package"
        assert 3 == len(list(package.index_lines()))

    assert len(served.data) > 3_500_000
    assert served.sent_bytes < 300_000
    assert served.requests < 6


def test_all_of_it_in_few_requests(served: Served, tmp_path) -> None:
    """Reading a file from front to back fetches every byte once, in stretches that grow."""
    served.data = large(tmp_path)
    with open_remote(served.url) as file:
        data = b"".join(iter(lambda: file.read(10_000), b""))
        assert (served.requests, served.sent_bytes) == (file.requests, file.fetched_bytes)

    assert data == served.data
    assert len(data) == served.sent_bytes
    assert served.requests <= 7


def test_any_stretch(served: Served) -> None:
    """Whatever is read wherever, the bytes are those of the file."""
    served.data = bytes(range(256)) * 2000
    with open_remote(served.url) as file:
        assert (True, True, False) == (file.readable(), file.seekable(), file.writable())
        for start, length in (
            (0, 5),
            (511_990, 100),
            (100_000, 200_000),
            (70_000, 3),
            (512_000, 5),
            (600_000, 1),
        ):
            assert start == file.seek(start)
            assert served.data[start : start + length] == file.read(length)
        assert 511_999 == file.seek(-1, io.SEEK_END)
        buffer = bytearray(10)
        assert (1, 512_000) == (file.readinto(buffer), file.tell())
        file.seek(-3, io.SEEK_CUR)
        assert served.data[-3:] == file.read()


def test_an_empty_file(served: Served) -> None:
    """A file of no bytes is no archive, and no error of the server's."""
    served.data = b""

    assert b"" == open_remote(served.url).read()


def test_a_server_without_ranges(served: Served) -> None:
    """A server that sends the whole file is read all the same, up to the limit that the error names."""
    served.answer = lambda handler, *_: handler.reply(200, served.data) is None
    with archive.open(served.url) as package:
        assert Verdict.SOUND is Report.of("x", archive_checks(package)).verdict
    assert 1 == served.requests
    for chunked in (False, True):
        if chunked:
            served.answer = in_chunks
        with pytest.raises(LimitExceeded) as caught:
            archive.open(served.url, limits=Limits(remote_whole_bytes=1000))
        assert "remote_whole_bytes" == caught.value.limit


def in_chunks(handler: Handler, *_: int) -> bool:
    """Answer with the whole file without saying how long it is."""
    handler.send_response(200)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.wfile.write(handler.served.data)
    return True


def test_the_whole_file_cut_short(served: Served) -> None:
    """A whole file that ends before its announced length is not read as a shorter one."""

    def cut(handler: Handler, *_: int) -> bool:
        handler.reply(200, served.data[:-10], {"Content-Length": str(len(served.data))})
        handler.close_connection = True
        return True

    served.answer = cut
    with pytest.raises(RemoteUnreadable):
        open_remote(served.url)


LIES: dict[str, Callable[[Handler, int, int], object]] = {
    "another stretch": lambda h, s, e: h.partly(s + 1, e + 1, h.served.data[s + 1 : e + 2]),
    "a shorter stretch": lambda h, s, e: h.partly(s, e - 1, h.served.data[s:e]),
    "no word of what it sends": lambda h, s, e: h.reply(206, h.served.data[s : e + 1]),
    "nonsense of what it sends": lambda h, s, e: h.reply(206, b"x", {"Content-Range": "bytes 1-x/y"}),
    "an encoded stretch": lambda h, s, e: h.partly(s, e, h.served.data[s : e + 1], Content_Encoding="gzip"),
    "another length": lambda h, s, e: h.partly(s, e, h.served.data[s : e + 9]),
    "more than it announces": lambda h, s, e: h.partly(s, e, h.served.data[s : e + 9], Connection="close"),
    "not found": lambda h, s, e: h.reply(404, b"gone"),
    "an error": lambda h, s, e: h.reply(500, b""),
    "no HTTP": lambda h, s, e: h.wfile.write(b"hello\r\n\r\n"),
    "a status that is none": lambda h, s, e: h.wfile.write(b"HTTP/1.1 abc\r\n\r\n"),
    "too many fields": lambda h, s, e: h.partly(s, e, b"", **{f"x{n}": "1" for n in range(200)}),
    "too long a field": lambda h, s, e: h.partly(s, e, b"", x="1" * 70_000),
}


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize("name", LIES)
def test_a_server_that_lies(served: Served, name: str, later: bool) -> None:
    """Whatever a server answers instead of the bytes asked for, at once or later on, is an error that names it."""
    served.data = bytes(300_000)

    def lie(handler: Handler, start: int, end: int) -> bool:
        if later and served.requests == 1:
            return False
        LIES[name](handler, start, end)
        handler.close_connection = True
        return True

    served.answer = lie
    with pytest.raises(RemoteUnreadable):
        read_at(served.url, 200_000)


@pytest.mark.parametrize("name", ["etag", "etag without ranges", "length"])
def test_a_file_that_changes(served: Served, name: str) -> None:
    """A file that is another one at the second request is not read on: its parts do not belong together."""
    served.data = bytes(300_000)
    with open_remote(served.url) as file:
        if name == "length":
            served.data += b"x"
        elif name == "etag":
            served.etag = '"two"'
        else:
            served.etag = 'W/"two"'
            served.answer = lambda h, s, e: h.partly(s, e, served.data[s : e + 1]) is None
        file.seek(200_000)
        with pytest.raises(RemoteChanged):
            file.read(10)


def test_a_change_leaves_the_package_undecided(served: Served, tmp_path) -> None:
    """A package that changes while it is verified is not sound: what could not be read was not checked."""
    served.data = large(tmp_path)
    with archive.open(served.url) as package:
        served.etag = '"two"'
        report = Report.of("x", archive_checks(package))

    assert Verdict.UNDECIDED is report.verdict
    assert {"check.stopped"} <= set(packages.codes(report))


@pytest.mark.parametrize("validator", ['W/"weak"', ""])
def test_a_weak_validator(served: Served, validator: str) -> None:
    """A weak validator, or none, is never asked to guard a range (RFC 9110 §13.1.5); the file is read all the same."""
    served.data, served.etag = bytes(300_000), validator

    def check(handler: Handler, start: int, end: int) -> bool:
        assert handler.headers.get("If-Range") is None
        return False

    served.answer = check
    with open_remote(served.url) as file:
        assert bytes(300_000) == file.read()


def test_a_connection_that_breaks_off(served: Served) -> None:
    """A connection that breaks in the middle of a stretch is opened again; one that always does is an error."""
    served.data, broken = bytes(300_000), []

    def break_off(handler: Handler, start: int, end: int) -> bool:
        if served.requests == 1 or (broken and broken[0] == "once"):
            return False
        broken.append("once")
        handler.partly(start, end, served.data[start:end], Content_Length=str(end + 1 - start))
        handler.close_connection = True
        return True

    served.answer = break_off
    with open_remote(served.url) as file:
        assert served.data == file.read()
        file.seek(0)
    served.requests, served.answer = 0, lambda h, s, e: bool(broken.clear()) or break_off(h, s, e)
    with pytest.raises(RemoteUnreadable):
        read_at(served.url, 200_000)


def read_at(url: str, position: int) -> bytes:
    """Open a file on a server and read some bytes of it."""
    with open_remote(url) as file:
        file.seek(position)
        return file.read(1000)


def redirect(location: str, status: int = 302) -> Callable[[Handler, int, int], bool]:
    """Return an answer that leads elsewhere, unless the request is for /here."""

    def answer(handler: Handler, *_: int) -> bool:
        if handler.path == "/here":
            return False
        handler.reply(status, b"", {"Location": location} if location else {})
        return True

    return answer


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect(served: Served, status: int) -> None:
    """A redirect is followed, and its end is asked from then on."""
    served.data = bytes(200_000)
    served.answer = redirect("/here", status)
    with open_remote(served.url) as file:
        assert bytes(200_000) == file.read()
        assert served.requests == file.requests + 1


@pytest.mark.parametrize("location", ["", "ftp://127.0.0.1/", "http://user@127.0.0.1/", "http://["])
def test_a_redirect_to_nowhere(served: Served, location: str) -> None:
    """A redirect without an aim, or to what may not be asked, is an error."""
    served.answer = redirect(location)
    with pytest.raises(RemoteUnreadable):
        open_remote(served.url)


def test_a_redirect_without_end(served: Served) -> None:
    """Redirects end at the limit, which the error names."""
    served.answer = redirect("/there")
    with pytest.raises(LimitExceeded) as caught:
        open_remote(served.url)
    assert "remote_redirects" == caught.value.limit


def test_a_redirect_inwards(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """A public server cannot send us to an address inside; a name is looked up once, and that address is asked."""
    looked_up = []

    def resolver(host: str, port: int, *_: object, **options: object) -> list:
        looked_up.append(host)
        public = host == "public.example"
        ip = "93.184.216.34" if public else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    port = int(served.url.split(":")[2].split("/")[0])
    asked = []

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        asked.append(address[0])
        made = socket.socket()
        made.settimeout(timeout)
        made.connect(("127.0.0.1", port))
        return made

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    monkeypatch.setattr(socket, "create_connection", connect)
    served.data = bytes(300_000)
    with open_remote(f"http://public.example:{port}/here") as file:
        file.read()
    assert {"public.example"} == set(looked_up)
    assert {"93.184.216.34"} == set(asked)
    served.answer = redirect("http://inside.example/")
    with pytest.raises(RemoteUnreadable, match="not public"):
        open_remote(f"http://public.example:{port}/")


def test_a_downgrade() -> None:
    """A redirect from https to http is not followed."""
    from archive.remote.connection import Connection

    connection = Connection("https://127.0.0.1/", Limits())
    with pytest.raises(RemoteUnreadable, match="https to http"):
        connection._follow("http://127.0.0.1/")


def test_a_slow_server(served: Served) -> None:
    """A server that is silent, or drips, is given up at the limit that the error names."""
    let_go = threading.Event()

    def silent(handler: Handler, *_: int) -> bool:
        handler.close_connection = True
        return let_go.wait(20)

    def drip(handler: Handler, start: int, end: int) -> bool:
        handler.close_connection = True
        handler.partly(start, end, b"", Content_Length=str(end + 1 - start))
        while not let_go.wait(0.1):
            try:
                handler.wfile.write(b"x")
            except OSError:
                break
        return True

    for answer in (silent, drip):
        served.answer = answer
        with pytest.raises(LimitExceeded) as caught:
            open_remote(served.url, limits=Limits(remote_seconds=1))
        assert "remote_seconds" == caught.value.limit
    let_go.set()


@pytest.mark.parametrize(
    "url",
    [
        "http://user:secret@127.0.0.1/x.wacz",
        "http:///x.wacz",
        "http://127.0.0.1:port/x.wacz",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/é",
        "http://" + "a" * 300 + ".invalid/",
        "http://127.0.0.1:1/x.wacz",
    ],
)
def test_addresses_that_cannot_be_asked(url: str) -> None:
    """What is no plain address, or leads to no server, is an error of ours."""
    with pytest.raises(RemoteUnreadable):
        archive.open(url)


def test_the_query_is_sent() -> None:
    """A query belongs to what is asked for; a fragment does not."""
    assert "/x.wacz?a=b" == place_of("http://127.0.0.1/x.wacz?a=b#c").path


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://a.example/x.wacz", True),
        ("s3://bucket/x.wacz", True),
        ("memory://x", True),
        ("zip::s3://bucket/x", True),
        ("C://x.wacz", False),
        ("x.wacz", False),
        ("/a/b:c", False),
        ("", False),
    ],
)
def test_what_an_address_is(source: str, expected: bool) -> None:
    """An address has a scheme of more than one letter."""
    assert expected is is_address(source)


def test_what_fsspec_knows() -> None:
    """An address of any file system that fsspec knows is read through it."""
    fsspec = pytest.importorskip("fsspec")
    with fsspec.open("memory://made/x.wacz", "wb") as file:
        file.write(GOOD)
    with archive.open("memory://made/x.wacz") as package:
        assert Verdict.SOUND is Report.of("x", archive_checks(package)).verdict
    for address in ("memory://made/none.wacz", "nosuchscheme://x/y.wacz"):
        with pytest.raises(Unreadable):
            archive.open(address)


def test_without_fsspec(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where fsspec is not installed, the error says how to get it; http needs it not."""
    monkeypatch.setitem(__import__("sys").modules, "fsspec", None)
    with pytest.raises(UsageError) as caught:
        archive.open("s3://bucket/x.wacz")
    assert "source-provenance[remote]" in (caught.value.hint or "")


def test_what_can_only_be_read_from_the_front(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that cannot jump about in a file is told."""

    class Stream(io.BytesIO):
        def seekable(self) -> bool:
            return False

    class Opener:
        def open(self) -> io.BytesIO:
            return Stream()

    fsspec = pytest.importorskip("fsspec")
    monkeypatch.setattr(fsspec, "open", lambda *_: Opener())
    with pytest.raises(InputError, match="from the front"):
        archive.open("tape://x.wacz")


def test_a_warc_on_a_server(served: Served) -> None:
    """A bare WARC on a server is read like a package."""
    served.data = forge.members(GOOD)[forge.WARC]
    with archive.open(served.url.replace("x.wacz", "x.warc.gz")) as package:
        assert 6 == len(list(package.records()))
