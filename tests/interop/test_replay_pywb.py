"""pywb 2.10 serves the documents of a package over loopback, byte for byte and as pages to look at."""

from __future__ import annotations

import contextlib
import hashlib
import http.client
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from interop.packages_made import Made, foreign_environment, run, tool

import archive
from archive.dedup.revisits import Deduplicator
from archive.warc.record import NewRecord

START_SECONDS = 60
BODY = b"<!doctype html><p>The bridge opened.</p>"
REVISITED = [
    ("https://daily.example/1", "2026-01-01T00:00:00Z"),
    ("https://daily.example/2", "2026-02-01T00:00:00Z"),
]
Fetch = Callable[[str], tuple[http.client.HTTPResponse, bytes]]


@pytest.fixture(scope="module")
def pywb() -> str:
    """Return the folder with pywb's commands; it lives in an environment of its own."""
    folder = os.environ.get("PROVENANCE_PYWB")
    if not folder:
        pytest.skip("PROVENANCE_PYWB is not set: it names the folder of pywb's commands, see .ci/run")
    return folder


@pytest.fixture(scope="module")
def fetch(made: Made, pywb: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fetch]:
    """Let pywb unpack the package and serve it as the collection `news`; return what fetches a path of the server."""
    home = tmp_path_factory.mktemp("pywb")
    manager = tool("wb-manager", folder=pywb)
    commands = [["init", "news"], ["add", "--unpack-wacz", "news", made.path]]
    commands += [["init", "again"], ["add", "--unpack-wacz", "again", _captured_twice(home / "twice.wacz")]]
    for command in commands:
        done = run(manager, *command, cwd=home)
        assert 0 == done.returncode, done.stdout
    with _wayback(tool("wayback", folder=pywb), home) as port:
        yield lambda path: _get(port, path)


def _captured_twice(path: Path) -> Path:
    """Write a package of one page, captured from two addresses, the second time as a revisit of the first."""
    known = Deduplicator()
    with archive.PackageWriter(path) as writer:
        for url, date in REVISITED:
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-From: %s\r\n\r\n%s" % (
                date.encode(),
                BODY,
            )
            record = NewRecord("response", date, block, url, "application/http;msgtype=response")
            known.remember(writer.write(known.revisit(record) or record))
    return path


@contextlib.contextmanager
def _wayback(command: str, home: Path) -> Iterator[int]:
    """Run the server while the block lasts; the value is its port. Its process group ends with the block."""
    port = _free_port()
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [command, "-b", "127.0.0.1", "-p", str(port), "-t", "2"],
            cwd=home,
            env=foreign_environment(),
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        _await_answer(server, port, home / "log")
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait(timeout=10)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_answer(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError):
            _get(port, "/")
            return
        time.sleep(0.2)
    pytest.fail(f"pywb did not start: {log.read_text('utf-8', 'replace')[-2000:]}")


def _get(port: int, path: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    with contextlib.closing(connection):
        connection.request("GET", path)
        response = connection.getresponse()
        return response, response.read()


def _captured(fetch: Fetch, url: str) -> list[dict[str, str]]:
    _, body = fetch(f"/news/cdx?output=json&url={quote(url, safe='')}")
    return [json.loads(line) for line in body.splitlines()]


def test_the_originals_are_served_byte_for_byte(made: Made, fetch: Fetch) -> None:
    """Fetched as it is (`id_`), each document with an address has the bytes of the file that it was built from."""
    served = {}
    for original in made.originals:
        timestamp = _captured(fetch, original.url)[0]["timestamp"]
        response, body = fetch(f"/news/{timestamp}id_/{original.url}")
        served[original.url] = (response.status, body)

    assert {original.url: (200, original.data) for original in made.originals} == served


def test_the_pages_can_be_looked_at(made: Made, fetch: Fetch) -> None:
    """Fetched as a page (`mp_`), each has its media type, its time of capture and a passage of its text."""
    for original in made.originals:
        timestamp = _captured(fetch, original.url)[0]["timestamp"]
        response, body = fetch(f"/news/{timestamp}mp_/{original.url}")

        assert 200 == response.status
        assert original.media_type == response.headers.get_content_type()
        assert response.headers["Memento-Datetime"]
        assert original.passage in body.decode("utf-8")


def test_the_index_has_the_originals(made: Made, fetch: Fetch) -> None:
    """The CDX API knows one capture of each address, of the right type, digest and capture time."""
    for original in made.originals:
        (captured,) = _captured(fetch, original.url)

        (ours,) = [line for line in made.index_lines() if json.dumps(original.url) in line]
        assert original.url == captured["url"]
        assert original.media_type == captured["mime"]
        assert original.digest == captured["digest"]
        assert ours.split(" ")[:2] == [captured["urlkey"], captured["timestamp"]]


def test_a_document_without_an_address_is_served_by_its_name(made: Made, fetch: Fetch) -> None:
    """A text that states no address is found in the index by its `urn:`, and served with the bytes that it names."""
    urns = [line.split(" ")[0] for line in made.index_lines() if line.startswith("urn:sha256:")]
    assert made.documents - len(made.originals) == len(urns)

    for urn in urns:
        response, body = fetch(f"/news/2026id_/{urn}")
        digest = hashlib.sha256(body).hexdigest()
        assert (200, urn) == (response.status, f"urn:sha256:{digest}")


def test_what_is_not_in_the_package_is_not_served(fetch: Fetch) -> None:
    """An address that was never captured is not found, in the index as little as in the collection."""
    response, _ = fetch("/news/20240310120000id_/https://elsewhere.example/")

    assert 404 == response.status
    assert [] == _captured(fetch, "https://elsewhere.example/")


def test_a_revisit_is_served_with_the_payload_it_refers_to(fetch: Fetch) -> None:
    """A capture that was kept as a revisit has its own address, time and header, and the body of the first."""
    for url, date in REVISITED:
        timestamp = re.sub(r"\D", "", date)
        response, body = fetch(f"/again/{timestamp}id_/{url}")

        assert (200, BODY) == (response.status, body)
        assert date == (response.headers["X-From"] or response.headers["X-Archive-Orig-X-From"])
