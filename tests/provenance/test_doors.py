"""The five doors of the library, used as the README shows them."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

import provenance
from archive.errors import UsageError
from archive.findings import Verdict
from provenance.errors import NotAText, NotFound

WIRE = (
    "Harbour closes\n\nMarch 3, 2024, 18:40\n\nKESTRIN, March 3. /NORDA/. The gates are shut.\n\n"
    "The minister said: “We shall not reopen the harbour before the first of June.”\n"
)


class TestRead:
    """`provenance.read`."""

    def test_paths_bytes_and_files_alike(self, tmp_path: Path) -> None:
        """A path, bytes and an open file give the same articles."""
        path = tmp_path / "a.txt"
        path.write_text(WIRE)
        (article,) = provenance.read(path)
        assert article.outlet is not None
        assert article.outlet.name == "NORDA"
        assert (
            (article,)
            == provenance.read(str(path))
            == provenance.read(WIRE.encode())
            == provenance.read(io.BytesIO(WIRE.encode()))
        )

    def test_a_value_knows_where_it_was_found(self) -> None:
        """`article.evidence` gives the places; what is not stated has none and is None."""
        (article,) = provenance.read(WIRE.encode())
        (evidence,) = article.evidence["outlet"]
        assert WIRE[evidence.place.start : evidence.place.end] == "NORDA"
        assert (article.authors, article.evidence["authors"]) == (None, ())

    def test_what_cannot_be_read_raises(self, tmp_path: Path) -> None:
        """A missing file, binary bytes and a folder raise errors of ours."""
        with pytest.raises(NotFound):
            provenance.read(tmp_path / "no.txt")
        with pytest.raises(NotAText):
            provenance.read(bytes(range(256)) * 40)
        (tmp_path / "a.txt").write_text("a")
        (tmp_path / "b.txt").write_text("b")
        with pytest.raises(UsageError):
            provenance.read(tmp_path)


class TestTraceAndOpen:
    """`provenance.trace` and `provenance.open`."""

    def test_an_article_is_traced_in_a_body_of_sources(self, tmp_path: Path) -> None:
        """A quotation is found in a package that was opened as a body of sources."""
        with provenance.build(tmp_path / "a.wacz") as package:
            package.add(WIRE.encode(), original_url="https://norda.example/1")
        sources = provenance.open(tmp_path / "a.wacz")
        story = "A story\n\n“We shall not reopen the harbour before the first of June,” she said.\n"
        (trace,) = provenance.trace(provenance.read(story.encode()), against=sources)
        assert str(trace.verdict) == "VERBATIM"
        assert trace.quotation.exact == "We shall not reopen the harbour before the first of June,"
        assert trace.passage is not None
        assert trace.passage.source.outlet == "NORDA"

    def test_an_article_does_not_corroborate_itself(self, tmp_path: Path) -> None:
        """A package that holds the very article is no source of its quotations."""
        with provenance.build(tmp_path / "a.wacz") as package:
            package.add(WIRE.encode())
        (trace,) = provenance.trace(
            provenance.read(WIRE.encode()), against=provenance.open(tmp_path / "a.wacz")
        )
        assert str(trace.verdict) == "UNTRACED_OUT"

    def test_a_source_that_cannot_be_read_raises(self, tmp_path: Path) -> None:
        """A body of sources is whole or not at all."""
        with pytest.raises(NotFound):
            provenance.open(tmp_path / "no.wacz")


class _Page(BaseHTTPRequestHandler):
    """Serves one page."""

    def do_GET(self) -> None:
        """Answer with an article."""
        body = (
            '<!doctype html><html lang="en"><head><title>Harbour closes</title></head><body><article><h1>Harbour closes</h1>'
            "<p>The minister said: “We shall not reopen the harbour before the first of June.”</p></article></body></html>"
        ).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def page() -> Iterator[str]:
    """Return the address of a page on this machine."""
    server = HTTPServer(("127.0.0.1", 0), _Page)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/harbour"
    server.shutdown()
    thread.join()
    server.server_close()


class TestBuildAndVerify:
    """`provenance.build` and `provenance.verify`."""

    def test_a_package_of_everything(self, tmp_path: Path) -> None:
        """Paths, bytes, open files and an archive go into one package, which is sound."""
        (tmp_path / "a.txt").write_text(WIRE)
        with provenance.build(tmp_path / "first.wacz") as first:
            first.add(tmp_path / "a.txt")
        with provenance.build(tmp_path / "all.wacz", title="All") as package:
            package.add(tmp_path / "first.wacz")
            package.add(
                b"He said: \xe2\x80\x9cThis is another text altogether.\xe2\x80\x9d",
                captured_at="2024-03-04T10:00:00Z",
            )
            package.add(io.BytesIO(b"A third text."), name="third.txt")
            assert [str(trace.verdict) for trace in package.trace()] == ["UNTRACED_OUT", "UNCHECKED"]
        assert package.refused == []
        assert package.built is not None
        assert package.built.documents == 3
        report = provenance.verify(tmp_path / "all.wacz")
        assert report.verdict is Verdict.SOUND
        assert provenance.verify(tmp_path / "all.wacz", require={"signature"}).verdict is Verdict.UNSOUND

    def test_bytes_and_files_are_verified_too(self, tmp_path: Path) -> None:
        """A package may be given as a path, as bytes, or as an open file."""
        with provenance.build(tmp_path / "a.wacz") as package:
            package.add(WIRE.encode())
        data = (tmp_path / "a.wacz").read_bytes()
        assert provenance.verify(data).verdict is Verdict.SOUND
        assert provenance.verify(io.BytesIO(data)).verdict is Verdict.SOUND
        assert provenance.verify(data[:-9]).verdict is Verdict.UNSOUND
        with pytest.raises(UsageError):
            provenance.verify(data, require={"blessing"})

    def test_a_private_address_is_refused(self, page: str, tmp_path: Path) -> None:
        """A URL that leads into the own network is not captured, and the refusal says why."""
        with provenance.build(tmp_path / "a.wacz") as package:
            package.add(WIRE.encode())
            package.add_url(page)
        (refused,) = package.refused
        assert refused.error.code == "capture"

    def test_a_captured_page_is_kept_as_it_came(self, page: str, tmp_path: Path) -> None:
        """A page is kept as the exchange that brought it, is read, and can be verified again."""
        with provenance.build(tmp_path / "a.wacz", allow_private=True) as package:
            package.add_url(page)
        assert package.refused == []
        (article,) = provenance.open(tmp_path / "a.wacz")
        assert article.headline == "Harbour closes"
        assert len(article.quotations) == 1
        assert provenance.verify(tmp_path / "a.wacz").verdict is Verdict.SOUND


def test_what_is_required_may_be_one_word(tmp_path):
    """`verify` takes one requirement as a word, and how many authorities must vouch for the time."""
    with provenance.build(tmp_path / "a.wacz") as package:
        package.add(b"Ferry turns back\n\nNothing else is known.\n")

    for wanted in ({"require": "signature"}, {"require": ["signature"]}, {"timestamps": 1}):
        report = provenance.verify(tmp_path / "a.wacz", **wanted)
        assert "unsound" == report.verdict
        assert ["verify.requirement-missing"] == [f.code for f in report.findings if f.status == "failed"]
