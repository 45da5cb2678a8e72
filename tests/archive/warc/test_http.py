"""HTTP blocks taken apart, and their codings undone."""

from __future__ import annotations

import gzip
import zlib

import pytest
import warcs

from archive.findings import Status
from archive.limits import Limits
from archive.warc.codings import Dechunker
from archive.warc.http import dechunk, decode_body, entity_of, parse_head, split
from archive.warc.record import Header

GZIP = "Content-Encoding: gzip\r\n"


def message(body: bytes, fields: str = "") -> bytes:
    """Return a response with these header lines."""
    return f"HTTP/1.1 200 OK\r\n{fields}\r\n".encode() + body


class TestHead:
    """The head as it stands."""

    def test_parts(self) -> None:
        """Start line, fields and body are the bytes of the block."""
        block = b'HTTP/1.0 404 Not Found\r\nServer:x\r\nContent-Type: Text/HTML; Charset="UTF-8"\r\n\r\nbody\r\n\r\n'
        parts = split(block)
        assert b"HTTP/1.0 404 Not Found" == parts.head.start_line
        assert ((b"Server", b"x"), (b"Content-Type", b'Text/HTML; Charset="UTF-8"')) == parts.head.fields
        assert (404, "text/html", "utf-8") == (parts.head.status, parts.head.media_type, parts.head.charset)
        assert block == parts.head.raw + parts.body

    @pytest.mark.parametrize(
        ("block", "body"),
        [
            (b"HTTP/1.1 200 OK\nA: b\n\nx\r\n\r\ny", b"x\r\n\r\ny"),
            (b"HTTP/1.1 200 OK\r\n\r\n", b""),
            (b"HTTP/1.1 200 OK\r\nA: b\r\n", b""),
            (b"", b""),
            (b"HTTP/1.1 200\r\nA: b\n\r\nx", b"x"),
        ],
    )
    def test_where_the_body_begins(self, block: bytes, body: bytes) -> None:
        """The body begins behind the first empty line, whatever the line ends are; without one it is all head."""
        assert body == split(block).body

    def test_odd_lines(self) -> None:
        """Folded lines are joined, lines without a colon passed over, bytes kept."""
        head = parse_head(b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\njunk\r\nN: caf\xe9\r\n: v\r\n\r\n")
        assert ((b"A", b"b c"), (b"N", b"caf\xe9")) == head.fields
        assert "café" == head.get("n")

    @pytest.mark.parametrize("line", [b"HTTP/1.1 2000 OK", b"HTTP/1.1", b"200 OK", b"GET / HTTP/1.1", b""])
    def test_no_status(self, line: bytes) -> None:
        """A status that the line does not give is not made up."""
        assert parse_head(line + b"\r\n\r\n").status is None

    @pytest.mark.parametrize("value", ["html", "text/", "text html/x", ""])
    def test_no_media_type(self, value: str) -> None:
        """A media type that is none is not repaired."""
        assert split(message(b"", f"Content-Type: {value}\r\n")).head.media_type is None


class TestChunks:
    """RFC 9112 §7.1."""

    @pytest.mark.parametrize(
        ("body", "payload"),
        [
            (b"4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", b"Wikipedia"),
            (b"4;ext=1\r\nWiki\r\n0\r\nTrailer: x\r\n\r\n", b"Wiki"),
            (b"0004 \r\nWiki\r\n0\r\n\r\n", b"Wiki"),
            (b"4\nWiki\n0\n\n", b"Wiki"),
            (b"a\r\nWiki", b"Wiki"),
            (b"4\r\nWiki\r\n", b"Wiki"),
            (b"0\r\n\r\n", b""),
            (b"Wiki", None),
            (b"4\r\nWikipedia\r\n0\r\n\r\n", None),
            (b"-4\r\nWiki\r\n", None),
            (b"4" * 20 + b"\r\nWiki", None),
        ],
    )
    def test_dechunk(self, body: bytes, payload: bytes | None) -> None:
        """Chunks give their payload, a cut body as far as it goes, and anything else nothing."""
        assert payload == dechunk(body)

    def test_in_any_pieces(self) -> None:
        """The payload is the same in whatever pieces the body comes."""
        body = b"4\r\nWiki\r\n5;a=b\r\npedia\r\n0\r\n\r\n"
        for size in range(1, len(body) + 1):
            dechunker = Dechunker()
            pieces = [dechunker.feed(body[at : at + size]) for at in range(0, len(body), size)]
            assert (b"Wikipedia", False) == (b"".join(pieces), dechunker.broken)


class TestContentCodings:
    """RFC 9110 §8.4: what can be undone is undone, what cannot be stays as it is and is told."""

    @pytest.mark.parametrize(
        ("body", "fields", "undone"),
        [
            (gzip.compress(b"text"), GZIP, ("gzip",)),
            (gzip.compress(b"te") + gzip.compress(b"xt"), GZIP, ("gzip",)),
            (gzip.compress(b"text") + b"\0\0", GZIP, ("gzip",)),
            (zlib.compress(b"text"), "Content-Encoding: deflate\r\n", ("deflate",)),
            (zlib.compress(b"text")[2:-4], "Content-Encoding: deflate\r\n", ("deflate",)),
            (gzip.compress(gzip.compress(b"text")), "Content-Encoding: gzip, GZIP\r\n", ("gzip", "gzip")),
            (b"text", "Content-Encoding: identity\r\n", ()),
            (b"2\r\nte\r\n2\r\nxt\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n", ("chunked",)),
            (b"text", "Transfer-Encoding: chunked\r\n", ()),
        ],
    )
    def test_undone(self, body: bytes, fields: str, undone: tuple[str, ...]) -> None:
        """Each coding gives the same text."""
        decoded = decode_body(split(message(body, fields)))
        assert (b"text", undone, ()) == (decoded.data, decoded.undone, decoded.findings)

    @pytest.mark.parametrize(
        ("body", "fields", "code"),
        [
            (b"plain", GZIP, "http.coding-damaged"),
            (gzip.compress(b"text")[:-9], GZIP, "http.coding-damaged"),
            (b"x", "Content-Encoding: compress\r\n", "http.coding-unknown"),
            (b"x", "Content-Encoding: " + "gzip," * 9 + "gzip\r\n", "http.limit-exceeded"),
        ],
    )
    def test_left_as_it_is(self, body: bytes, fields: str, code: str) -> None:
        """What cannot be decoded is left, and the finding says why."""
        decoded = decode_body(split(message(body, fields)))
        assert (body, [code]) == (decoded.data, [finding.code for finding in decoded.findings])

    def test_brotli(self) -> None:
        """Br is decoded where a decoder is installed."""
        brotli = pytest.importorskip("brotli", reason="no brotli is installed")
        body = brotli.compress(b"text" * 1000)
        fields = "Content-Encoding: br\r\n"
        decoded = decode_body(split(message(body, fields)))
        if not hasattr(brotli.Decompressor, "can_accept_more_data"):
            pytest.skip("the installed brotli cannot be told to stop")
        assert b"text" * 1000 == decoded.data
        assert "http.coding-damaged" == decode_body(split(message(body[:-5], fields))).findings[0].code

    def test_bomb(self) -> None:
        """A body that inflates beyond the limit is not inflated."""
        limits = Limits(inflate_ratio_from_bytes=100_000)
        body = gzip.compress(bytes(10_000_000))
        decoded = decode_body(split(message(body, GZIP)), limits=limits)
        assert body == decoded.data
        assert [("http.limit-exceeded", Status.WARNED)] == [
            (finding.code, finding.status) for finding in decoded.findings
        ]


class TestEntity:
    """What a record holds, ready to be read."""

    def test_of_a_response(self) -> None:
        """The body of an HTTP message is decoded; type, charset and status are what its head says."""
        header = Header("WARC/1.1", (("WARC-Type", "response"), ("Content-Type", "application/http")))
        block = message(gzip.compress(warcs.HTML), GZIP + "Content-Type: text/html;charset=UTF-8\r\n")
        entity = entity_of(header, block)
        assert (warcs.HTML, "text/html", "utf-8", 200) == (
            entity.body,
            entity.media_type,
            entity.charset,
            entity.status,
        )

    def test_of_a_resource(self) -> None:
        """A resource is its block, even where it looks like HTTP."""
        header = Header(
            "WARC/1.1", (("WARC-Type", "resource"), ("Content-Type", "text/plain; charset=koi8-r"))
        )
        entity = entity_of(header, warcs.HTTP)
        assert (warcs.HTTP, "text/plain", "koi8-r", None) == (
            entity.body,
            entity.media_type,
            entity.charset,
            entity.status,
        )
