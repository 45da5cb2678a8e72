"""A sound WARC of every record type, written by hand, and ways to damage it before it is put together."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable

import attrs

DATE, LATER = "2016-09-18T18:02:00Z", "2016-09-25T06:00:00Z"
URI = "https://daily.example/world/1"
HTML = b"<!doctype html><title>A bridge opened</title><p>The bridge opened on Sunday.</p>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
RESPONSE, REQUEST = "application/http;msgtype=response", "application/http;msgtype=request"
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
CRLF = b"\r\n"


def sha256(data: bytes) -> str:
    """Return a labelled digest, made without our code."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


@attrs.define
class Made:
    """A record before it is put together: fields by name, and everything around them that can be damaged."""

    fields: dict[str, str]
    block: bytes
    version: bytes = b"WARC/1.1"
    more: bytes = b""
    line_end: bytes = CRLF
    end: bytes = CRLF * 2

    def __bytes__(self) -> bytes:
        lines = [self.version, *(f"{name}: {value}".encode() for name, value in self.fields.items())]
        head = b"".join(line + self.line_end for line in lines) + self.more
        return head + self.line_end + self.block + self.end


Records = dict[str, Made]
Change = Callable[[Records], None]


def record_id(name: str) -> str:
    """Return the id of the record that is called so here."""
    return f"<urn:x-made:{name}>"


def _made(name: str, kind: str, block: bytes, media_type: str | None, **fields: str) -> Made:
    own = {"WARC-Type": kind, "WARC-Record-ID": record_id(name), "WARC-Date": DATE}
    own |= {field.replace("_", "-"): value for field, value in fields.items()}
    own |= {"WARC-Block-Digest": sha256(block)}
    own |= {"Content-Type": media_type} if media_type else {}
    return Made(own | {"Content-Length": str(len(block))}, block)


def good() -> Records:
    """Return the records of a sound WARC, by what they are called here, in their order."""
    request = b"GET /world/1 HTTP/1.1\r\nHost: daily.example\r\n\r\n"
    info = {"WARC_Warcinfo_ID": record_id("info")}
    page = {"WARC_Target_URI": URI, **info}
    return {
        "info": _made("info", "warcinfo", b"software: made/1\r\n", "application/warc-fields"),
        "request": _made(
            "request", "request", request, REQUEST, WARC_Concurrent_To=record_id("response"), **page
        ),
        "response": _made(
            "response", "response", HEAD + HTML, RESPONSE, WARC_Payload_Digest=sha256(HTML), **page
        ),
        "metadata": _made(
            "metadata",
            "metadata",
            b"via: x\r\n",
            "application/warc-fields",
            WARC_Refers_To=record_id("response"),
            **page,
        ),
        "resource": _made(
            "resource", "resource", b"plain text", "text/plain", WARC_Target_URI="urn:x:1", **info
        ),
        "revisit": _made(
            "revisit",
            "revisit",
            HEAD,
            RESPONSE,
            WARC_Payload_Digest=sha256(HTML),
            WARC_Profile=IDENTICAL,
            WARC_Refers_To=record_id("response"),
            WARC_Refers_To_Target_URI=URI,
            WARC_Refers_To_Date=DATE,
            WARC_Truncated="length",
            **page,
        ),
        "conversion": _made(
            "conversion",
            "conversion",
            b"A bridge opened",
            "text/plain",
            WARC_Refers_To=record_id("response"),
            **page,
        ),
        "first": _made(
            "first",
            "resource",
            b"0123456789",
            "text/plain",
            WARC_Target_URI="urn:x:2",
            WARC_Segment_Number="1",
            **info,
        ),
        "second": _made(
            "second",
            "continuation",
            b"abcde",
            None,
            WARC_Target_URI="urn:x:2",
            WARC_Segment_Number="2",
            WARC_Segment_Origin_ID=record_id("first"),
            WARC_Segment_Total_Length="15",
            **info,
        ),
    }


def plain(change: Change) -> bytes:
    """Return the WARC with a change, not compressed."""
    records = good()
    change(records)
    return b"".join(map(bytes, records.values()))


def packed(change: Change) -> bytes:
    """Return the WARC with a change, one gzip member a record."""
    records = good()
    change(records)
    return b"".join(gzip.compress(bytes(made), mtime=0) for made in records.values())


# The changes.


def put(name: str, field: str, value: str) -> Change:
    """Give a field of a record another value; or add the field."""

    def change(records: Records) -> None:
        records[name].fields[field] = value

    return change


def drop(name: str, field: str) -> Change:
    """Take a field away from a record."""

    def change(records: Records) -> None:
        del records[name].fields[field]

    return change


def again(name: str, line: bytes) -> Change:
    """Add a further header line to a record."""

    def change(records: Records) -> None:
        records[name].more += line + CRLF

    return change


def frame(name: str, **parts: bytes) -> Change:
    """Change what is around the fields of a record: `version`, `line_end`, `end`."""

    def change(records: Records) -> None:
        for part, value in parts.items():
            setattr(records[name], part, value)

    return change


def block(name: str, value: bytes, *, fixed: tuple[str, ...] = ("Content-Length",)) -> Change:
    """Give a record another block, with these fields made to fit it again."""

    def change(records: Records) -> None:
        made = records[name]
        made.block = value
        right = {
            "Content-Length": str(len(value)),
            "WARC-Block-Digest": sha256(value),
            "WARC-Payload-Digest": sha256(value.partition(CRLF * 2)[2]),
        }
        made.fields |= {field: right[field] for field in fixed}

    return change


def remove(name: str) -> Change:
    """Take a record away."""

    def change(records: Records) -> None:
        del records[name]

    return change


def both(*changes: Change) -> Change:
    """Do one change after the other."""

    def change(records: Records) -> None:
        for single in changes:
            single(records)

    return change
