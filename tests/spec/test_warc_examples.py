"""The examples of ISO 28500 Annex C, read as they are printed there, with blocks of the length they give."""

from __future__ import annotations

import base64
import hashlib

import pytest
import warcs

WARCINFO = (
    b"WARC/1.0\r\n"
    b"WARC-Type: warcinfo\r\n"
    b"WARC-Date: 2006-09-19T17:20:14Z\r\n"
    b"WARC-Record-ID: <urn:uuid:d7ae5c10-e6b3-4d27-967d-34780c58ba39>\r\n"
    b"Content-Type: application/warc-fields\r\n"
    b"Content-Length: 381\r\n"
)
REQUEST = (
    b"WARC/1.0\r\n"
    b"WARC-Type: request\r\n"
    b"WARC-Target-URI: http://www.archive.org/images/logoc.jpg\r\n"
    b"WARC-Warcinfo-ID: <urn:uuid:d7ae5c10-e6b3-4d27-967d-34780c58ba39>\r\n"
    b"WARC-Date: 2006-09-19T17:20:24Z\r\n"
    b"Content-Length: 236\r\n"
    b"WARC-Record-ID: <urn:uuid:4885803b-eebd-4b27-a090-144450c11594>\r\n"
    b"Content-Type: application/http;msgtype=request\r\n"
    b"WARC-Concurrent-To: <urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>\r\n"
)
RESPONSE = (
    b"WARC/1.0\r\n"
    b"WARC-Type: response\r\n"
    b"WARC-Target-URI: http://www.archive.org/images/logoc.jpg\r\n"
    b"WARC-Warcinfo-ID: <urn:uuid:d7ae5c10-e6b3-4d27-967d-34780c58ba39>\r\n"
    b"WARC-Date: 2006-09-19T17:20:24Z\r\n"
    b"WARC-Block-Digest: sha1:%s\r\n"
    b"WARC-Payload-Digest: sha1:%s\r\n"
    b"WARC-IP-Address: 207.241.233.58\r\n"
    b"WARC-Record-ID: <urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>\r\n"
    b"Content-Type: application/http;msgtype=response\r\n"
    b"WARC-Identified-Payload-Type: image/jpeg\r\n"
    b"Content-Length: 1902\r\n"
)
HTTP_HEAD = (
    b"HTTP/1.1 200 OK\r\n"
    b"Date: Tue, 19 Sep 2006 17:18:40 GMT\r\n"
    b"Server: Apache/2.0.54 (Ubuntu)\r\n"
    b"Last-Modified: Mon, 16 Jun 2003 22:28:51 GMT\r\n"
    b'ETag: "3e45-67e-2ed02ec0"\r\n'
    b"Accept-Ranges: bytes\r\n"
    b"Content-Length: 1662\r\n"
    b"Connection: close\r\n"
    b"Content-Type: image/jpeg\r\n"
    b"\r\n"
)
RESOURCE = (
    b"WARC/1.0\r\n"
    b"WARC-Type: resource\r\n"
    b"WARC-Target-URI: file://var/www/htdoc/images/logoc.jpg\r\n"
    b"WARC-Date: 2006-09-30T16:40:32Z\r\n"
    b"WARC-Record-ID: <urn:uuid:23200706-de3e-3c61-a131-g65d7fd80cc1>\r\n"
    b"Content-Type: image/jpeg\r\n"
    b"Content-Length: 1662\r\n"
)
METADATA = (
    b"WARC/1.0\r\n"
    b"WARC-Type: metadata\r\n"
    b"WARC-Target-URI: http://www.archive.org/images/logoc.jpg\r\n"
    b"WARC-Date: 2006-09-19T17:20:24Z\r\n"
    b"WARC-Record-ID: <urn:uuid:16da6da0-bcdc-49c3-927e-57494593b943>\r\n"
    b"WARC-Concurrent-To: <urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>\r\n"
    b"Content-Type: application/warc-fields\r\n"
    b"Content-Length: 59\r\n"
)
REVISIT = (
    b"WARC/1.0\r\n"
    b"WARC-Type: revisit\r\n"
    b"WARC-Target-URI: http://www.archive.org/images/logoc.jpg\r\n"
    b"WARC-Date: 2007-03-06T00:43:35Z\r\n"
    b"WARC-Profile: http://netpreserve.org/warc/1.0/server-not-modified\r\n"
    b"WARC-Record-ID: <urn:uuid:16da6da0-bcdc-49c3-927e-57494593bbbb>\r\n"
    b"WARC-Refers-To: <urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>\r\n"
    b"Content-Type: message/http\r\n"
    b"Content-Length: 226\r\n"
)
CONVERSION = (
    b"WARC/1.0\r\n"
    b"WARC-Type: conversion\r\n"
    b"WARC-Target-URI: http://www.archive.org/images/logoc.jpg\r\n"
    b"WARC-Date: 2016-09-19T19:00:40Z\r\n"
    b"WARC-Record-ID: <urn:uuid:16da6da0-bcdc-49c3-927e-57494593dddd>\r\n"
    b"WARC-Refers-To: <urn:uuid:92283950-ef2f-4d72-b224-f54c6ec90bb0>\r\n"
    b"Content-Type: image/neoimg\r\n"
    b"Content-Length: 934\r\n"
)
CONTINUATION = (
    b"WARC/1.0\r\n"
    b"WARC-Type: continuation\r\n"
    b"WARC-Target-URI: http://www.archive.org/images/logoc.jpg\r\n"
    b"WARC-Date: 2006-09-19T17:20:24Z\r\n"
    b"WARC-Record-ID: <urn:uuid:70653950-a77f-b212-e434-7a7c6ec909ef>\r\n"
    b"WARC-Segment-Origin-ID: <urn:uuid:39509228-ae2f-11b2-763a-aa4c6ec90bb0>\r\n"
    b"WARC-Segment-Number: 2\r\n"
    b"WARC-Segment-Total-Length: 1902\r\n"
    b"WARC-Identified-Payload-Type: image/jpeg\r\n"
    b"Content-Length: 302\r\n"
)


def base32(data: bytes) -> bytes:
    """Return a SHA-1 as the examples spell it."""
    return base64.b32encode(hashlib.sha1(data).digest())


class TestExamples:
    """ISO 28500 Annex C: one record of each type."""

    @pytest.mark.parametrize(
        ("head", "block"),
        [
            (WARCINFO, b"software: Heritrix 1.12.0\r\n".ljust(381, b" ")),
            (REQUEST, b"GET /images/logoc.jpg HTTP/1.0\r\nHost: www.archive.org\r\n\r\n".ljust(236, b" ")),
            (RESOURCE, bytes(1662)),
            (METADATA, b"via: http://www.archive.org/\r\nhopsFromSeed: E\r\n".ljust(59, b" ")),
            (REVISIT, b"HTTP/1.x 304 Not Modified\r\n\r\n".ljust(226, b" ")),
            (CONVERSION, bytes(934)),
            (CONTINUATION, bytes(302)),
        ],
    )
    def test_read(self, head: bytes, block: bytes) -> None:
        """An example is a record of the length it says, and lacks nothing but a digest of the block."""
        data = head + b"\r\n" + block + b"\r\n\r\n"
        assert {"warc.digest-absent": 1} == warcs.codes(data)
        assert (0, 1) == warcs.coverage(data)["records"]

    def test_response(self) -> None:
        """The response, with the digests that it announces made for its block, is wholly checked."""
        body = bytes(range(256)) * 6 + bytes(126)
        block = HTTP_HEAD + body
        head = RESPONSE.replace(b"1902", b"%d" % len(block)) % (base32(block), base32(body))
        data = head + b"\r\n" + block + b"\r\n\r\n"
        assert {} == warcs.codes(data)
        assert {"records": (1, 1), "bytes": (len(block), len(block))} == warcs.coverage(data)


class TestGrammar:
    """ISO 28500 §4: what a record is made of."""

    def test_names_without_case_in_any_order_and_folded(self) -> None:
        """Field names have no case, fields no order, and a value may go on in the next line."""
        block = b"x"
        data = (
            b"WARC/1.1\r\ncontent-length: 1\r\nCONTENT-TYPE:text/plain\r\nwarc-type:\tresource\r\n"
            b"Warc-Record-Id: <urn:x:1>\r\nwarc-date:\r\n 2016-09-18T18:02:00Z\r\nWARC-Target-URI: urn:x:2\r\n"
            b"warc-block-digest: " + warcs.sha256(block).encode() + b"\r\n\r\nx\r\n\r\n"
        )
        assert {} == warcs.codes(data)

    @pytest.mark.parametrize("end", [b"", b"\r\n", b"\r\n\r", b"\n\n", b"\r\n\r\n\r\n", b"x\r\n\r\n"])
    def test_end_of_a_record(self, end: bytes) -> None:
        """A record ends in CR LF CR LF and in nothing else, and the next one is found all the same."""
        data = warcs.record(end=end) + warcs.record(number=2)
        assert 1 == warcs.failures(data)["warc.record-end"]
        assert (2, 2) == warcs.coverage(data)["records"]

    def test_at_least_one_record(self) -> None:
        """Unknown types are passed over, and are records all the same (§5.5)."""
        assert {"warc.type-unknown": 1} == warcs.codes(warcs.record({"WARC-Type": "screenshot"}))
