"""Damages of a WARC as a table: a name, what is done, and the codes that are found then: these and no others.

The sound file itself has the notes of `SOUND`; they are left out of what is expected, and held against a file that
nobody touched by a test of their own.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable

import attrs
from damage.warc_made import (
    CRLF,
    DATE,
    HEAD,
    HTML,
    IDENTICAL,
    LATER,
    RESPONSE,
    Change,
    Made,
    Records,
    again,
    block,
    both,
    drop,
    frame,
    good,
    packed,
    plain,
    put,
    record_id,
    remove,
    sha256,
)

Codes = dict[str, int]


@attrs.frozen
class Damage:
    """One damage: `data` is the damaged file, `codes` what has to be found in it."""

    name: str
    data: Callable[[], bytes]
    codes: Codes


def _fields(name: str, change: Change, *codes: str) -> Damage:
    return Damage(name, lambda: packed(change), Counter(codes))


def _plain(name: str, change: Change, *codes: str) -> Damage:
    return Damage(name, lambda: plain(change), Counter(codes))


def _raw(name: str, data: Callable[[], bytes], *codes: str) -> Damage:
    return Damage(name, data, Counter(codes))


def _nothing(records: Records) -> None:
    """Change nothing."""


def _members() -> list[bytes]:
    return [gzip.compress(bytes(made), mtime=0) for made in good().values()]


def _in_member(number: int, at: int, value: int | None = None) -> Callable[[], bytes]:
    """Return the packed file with a byte of one member turned over, or replaced."""

    def data() -> bytes:
        members = _members()
        member = bytearray(members[number])
        member[at] = member[at] ^ 1 if value is None else value
        members[number] = bytes(member)
        return b"".join(members)

    return data


def _flipped(name: str, at: int) -> Change:
    """Turn a bit of a record's block over."""

    def change(records: Records) -> None:
        made = records[name]
        made.block = made.block[:at] + bytes([made.block[at] ^ 1]) + made.block[at + 1 :]

    return change


def _double(name: str, **fields: str) -> Change:
    """Put a record in a second time, with some fields changed."""

    def change(records: Records) -> None:
        made = records[name]
        records[name + "-2"] = Made(
            made.fields | {f.replace("_", "-"): v for f, v in fields.items()}, made.block
        )

    return change


def _first(name: str) -> Change:
    """Put a record in front of all."""

    def change(records: Records) -> None:
        rest = dict(records)
        records.clear()
        records[name] = rest.pop(name)
        records.update(rest)

    return change


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_BODY = b"4\r\nabcd\r\n0\r\n\r\n"
_FIXED = ("Content-Length", "WARC-Block-Digest")
_ALL_FIXED = (*_FIXED, "WARC-Payload-Digest")

SYNTAX = (
    _fields("version-unknown", frame("response", version=b"WARC/2.0"), "warc.version"),
    _fields("version-three-parts", frame("response", version=b"WARC/1.1.0"), "warc.version"),
    _plain("version-overwritten", frame("metadata", version=b"WXRC/1.1"), "warc.bytes-skipped"),
    _fields("line-without-colon", again("resource", b"no colon"), "warc.header-line"),
    _fields("line-without-name", again("resource", b": a"), "warc.header-line"),
    _fields("name-with-space", again("resource", b"X Name: a"), "warc.header-line"),
    _fields("control-in-value", again("resource", b"X-Name: a\x01"), "warc.header-line"),
    _fields("null-in-value", again("resource", b"X-Name: a\x00b"), "warc.header-line"),
    _fields("latin-1-in-value", again("resource", b"X-Name: caf\xe9"), "warc.header-encoding"),
    _fields("bare-line-feeds", frame("resource", line_end=b"\n"), "warc.line-ends"),
    _fields("500-fields", again("resource", CRLF.join([b"X: y"] * 600)), "warc.limit-exceeded"),
    _fields(
        "length-missing", drop("metadata", "Content-Length"), "warc.content-length", "warc.bytes-skipped"
    ),
    _fields(
        "length-negative",
        put("metadata", "Content-Length", "-1"),
        "warc.content-length",
        "warc.bytes-skipped",
    ),
    _fields(
        "length-words",
        put("metadata", "Content-Length", "abc"),
        "warc.content-length",
        "warc.bytes-skipped",
    ),
    _fields(
        "length-hex", put("metadata", "Content-Length", "0xA"), "warc.content-length", "warc.bytes-skipped"
    ),
    _fields(
        "length-underscore",
        put("metadata", "Content-Length", "1_0"),
        "warc.content-length",
        "warc.bytes-skipped",
    ),
    _fields(
        "length-plus", put("metadata", "Content-Length", "+8"), "warc.content-length", "warc.bytes-skipped"
    ),
    _fields(
        "length-wide", put("metadata", "Content-Length", "８"), "warc.content-length", "warc.bytes-skipped"
    ),
    _fields(
        "length-empty", put("metadata", "Content-Length", ""), "warc.content-length", "warc.bytes-skipped"
    ),
    _fields(
        "lengths-differ",
        again("metadata", b"content-length: 9"),
        "warc.content-length",
        "warc.field-repeated",
        "warc.bytes-skipped",
    ),
    _fields("lengths-alike", again("metadata", b"content-length: 8"), "warc.field-repeated"),
    _fields(
        "length-huge",
        put("metadata", "Content-Length", "9" * 18),
        "warc.limit-exceeded",
        "warc.bytes-skipped",
    ),
    _fields(
        "length-one-less",
        put("resource", "Content-Length", "9"),
        "warc.digest-mismatch",
        "warc.record-end",
        "warc.bytes-skipped",
    ),
    _fields(
        "length-one-more",
        put("resource", "Content-Length", "11"),
        "warc.digest-mismatch",
        "warc.record-end",
    ),
    _plain(
        "length-swallows-a-record",
        put("metadata", "Content-Length", "300"),
        "warc.digest-mismatch",
        "warc.record-end",
    ),
    _fields("end-of-one-line", frame("resource", end=CRLF), "warc.record-end"),
    _fields("end-absent", frame("resource", end=b""), "warc.record-end"),
    _fields("end-of-line-feeds", frame("resource", end=b"\n\n"), "warc.record-end"),
    _plain("end-too-long", frame("resource", end=CRLF * 3), "warc.record-end"),
    _plain("end-with-junk", frame("resource", end=CRLF * 2 + b"junk"), "warc.bytes-skipped"),
    _raw("junk-before", lambda: b"junk" + plain(_nothing), "warc.bytes-skipped"),
    _raw("junk-behind", lambda: plain(_nothing) + b"junk", "warc.bytes-skipped"),
    _raw("zeros-behind", lambda: plain(_nothing) + bytes(512), "warc.bytes-skipped"),
    _raw("cut-in-the-end", lambda: plain(_nothing)[:-2], "warc.record-end"),
    _raw(
        "cut-in-a-block",
        lambda: plain(_nothing)[:-6],
        "warc.record-cut",
        "warc.digest-mismatch",
        "structure.segments-differ",
    ),
    _raw(
        "cut-in-a-digest",
        lambda: plain(_nothing)[:-60],
        "warc.header-cut",
        "warc.digest-syntax",
        "structure.segment-missing",
    ),
)

FIELDS = (
    *(
        _fields(f"no-{field.lower()}-on-{name}", drop(name, field), "warc.field-missing")
        for name, field in (
            ("metadata", "WARC-Date"),
            ("metadata", "WARC-Record-ID"),
            ("metadata", "WARC-Type"),
            ("request", "WARC-Target-URI"),
            ("resource", "WARC-Target-URI"),
            ("conversion", "WARC-Target-URI"),
            ("revisit", "WARC-Profile"),
            ("revisit", "WARC-Payload-Digest"),
        )
    ),
    _fields(
        "continuation-without-number",
        drop("second", "WARC-Segment-Number"),
        "warc.field-missing",
        "structure.segment-missing",
    ),
    _fields(
        "continuation-of-nothing",
        drop("second", "WARC-Segment-Origin-ID"),
        "warc.field-missing",
        "structure.segment-missing",
        "structure.segment-missing",
    ),
    _fields("empty-date", put("metadata", "WARC-Date", ""), "warc.field-missing"),
    *(
        _fields(
            f"two-{line.partition(b':')[0].decode().lower()}", again("resource", line), "warc.field-repeated"
        )
        for line in (
            b"warc-date: 2016-09-18T18:02:00Z",
            b"WARC-Record-ID: <urn:x:other>",
            b"warc-target-uri: urn:x:1",
            b"content-type: text/html",
            b"WARC-Truncated: length\r\nWARC-Truncated: time",
            b"WARC-IP-Address: 192.0.2.1\r\nWARC-IP-Address: 192.0.2.2",
        )
    ),
    *(
        _fields(f"{field.lower()}-on-{name}", put(name, field, value), "warc.field-forbidden")
        for name, field, value in (
            ("info", "WARC-Target-URI", "urn:x:1"),
            ("info", "WARC-Warcinfo-ID", record_id("info")),
            ("info", "WARC-IP-Address", "192.0.2.1"),
            ("info", "WARC-Payload-Digest", sha256(b"")),
            ("conversion", "WARC-IP-Address", "192.0.2.1"),
            ("conversion", "WARC-Concurrent-To", record_id("response")),
            ("response", "WARC-Filename", "a.warc"),
            ("response", "WARC-Refers-To", record_id("request")),
            ("response", "WARC-Refers-To-Date", DATE),
            ("response", "WARC-Profile", IDENTICAL),
            ("response", "WARC-Segment-Origin-ID", record_id("first")),
            ("response", "WARC-Segment-Total-Length", "9"),
            ("metadata", "WARC-Payload-Digest", sha256(b"")),
            ("metadata", "WARC-Identified-Payload-Type", "text/plain"),
        )
    ),
    *(
        _fields(f"date-{value or 'none'}", put("metadata", "WARC-Date", value), "warc.date")
        for value in (
            "2016-13-01T00:00:00Z",
            "2016-02-30T00:00:00Z",
            "2016-09-18T24:02:00Z",
            "2016-09-18T18:02:00",
            "2016-09-18T18:02:00+02:00",
            "2016-09-18T18:02:00.1234567890Z",
            "2016-09-18 18:02:00Z",
            "20160918180200",
            "Sun, 18 Sep 2016",
        )
    ),
    _fields(
        "fraction-in-1.0",
        both(frame("metadata", version=b"WARC/1.0"), put("metadata", "WARC-Date", "2016-09-18T18:02:00.5Z")),
        "warc.date",
    ),
    _fields("id-with-space", put("metadata", "WARC-Record-ID", "<urn:x: 1>"), "warc.field-value"),
    _fields("id-without-scheme", put("metadata", "WARC-Record-ID", "<metadata>"), "warc.field-value"),
    _fields(
        "id-without-brackets", put("metadata", "WARC-Record-ID", "urn:x-made:metadata"), "warc.field-value"
    ),
    _fields("address-relative", put("resource", "WARC-Target-URI", "/world/1"), "warc.target-uri"),
    _fields("address-in-brackets", put("resource", "WARC-Target-URI", "<urn:x:1>"), "warc.target-uri"),
    _fields("address-with-space", put("resource", "WARC-Target-URI", "urn:x:1 2"), "warc.target-uri"),
    _fields("address-in-cyrillic", put("resource", "WARC-Target-URI", "urn:x:новости"), "warc.target-uri"),
    _fields("ip-of-five-parts", put("response", "WARC-IP-Address", "192.0.2.1.5"), "warc.field-value"),
    _fields("ip-a-name", put("response", "WARC-IP-Address", "daily.example"), "warc.field-value"),
    _fields("reason-of-two-words", put("response", "WARC-Truncated", "too long"), "warc.field-value"),
    _fields("media-type-of-one-part", put("resource", "Content-Type", "text"), "warc.content-type"),
    _fields("media-type-absent", drop("resource", "Content-Type"), "warc.content-type"),
    _fields("warcinfo-of-another-type", put("info", "Content-Type", "text/plain"), "warc.warcinfo-type"),
    _fields("type-unknown", put("resource", "WARC-Type", "screenshot"), "warc.type-unknown"),
    _fields("profile-unknown", put("revisit", "WARC-Profile", "urn:x:own"), "warc.profile-unknown"),
    _fields("revisit-not-truncated", drop("revisit", "WARC-Truncated"), "warc.revisit-untruncated"),
    _fields(
        "revisit-of-nothing-named",
        both(drop("revisit", "WARC-Refers-To"), drop("revisit", "WARC-Refers-To-Date")),
        "warc.revisit-unreferred",
    ),
    _fields("segment-2-of-a-resource", put("resource", "WARC-Segment-Number", "2"), "warc.segment-number"),
    _fields("segment-zero", put("resource", "WARC-Segment-Number", "0"), "warc.segment-number"),
    _fields("segment-one-is-no-number", put("resource", "WARC-Segment-Number", "one"), "warc.field-value"),
)

DIGESTS = (
    _fields("block-altered", _flipped("resource", 3), "warc.digest-mismatch"),
    _fields("block-longer", block("resource", b"plain text."), "warc.digest-mismatch"),
    _fields(
        "body-altered", block("response", HEAD + HTML.upper()), "warc.digest-mismatch", "warc.digest-mismatch"
    ),
    _fields(
        "http-status-altered",
        block("response", HEAD.replace(b"200", b"404") + HTML),
        "warc.digest-mismatch",
    ),
    _fields(
        "body-altered-block-fixed",
        block("response", HEAD + HTML.upper(), fixed=_FIXED),
        "warc.digest-mismatch",
    ),
    _fields(
        "body-altered-all-fixed",
        block("response", HEAD + HTML.upper(), fixed=_ALL_FIXED),
        "structure.revisit-differs",
    ),
    _fields(
        "payload-digest-altered",
        put("response", "WARC-Payload-Digest", sha256(b"?")),
        "warc.digest-mismatch",
        "structure.revisit-differs",
    ),
    _fields("block-digest-removed", drop("resource", "WARC-Block-Digest"), "warc.digest-absent"),
    _fields(
        "digest-cut",
        put("resource", "WARC-Block-Digest", sha256(b"")[:-1]),
        "warc.digest-syntax",
        "warc.digest-absent",
    ),
    _fields(
        "digest-without-label",
        put("resource", "WARC-Block-Digest", "0" * 64),
        "warc.digest-syntax",
        "warc.digest-absent",
    ),
    _fields(
        "digest-unknown",
        put("resource", "WARC-Block-Digest", "xxh3:99aa06d3"),
        "warc.digest-algorithm",
        "warc.digest-absent",
    ),
    _fields(
        "digest-weak",
        put("resource", "WARC-Block-Digest", "md5:" + hashlib.md5(b"plain text").hexdigest()),
        "warc.digest-weak",
    ),
    _fields(
        "payload-digest-of-the-chunks",
        both(
            block("response", _CHUNKED + _BODY, fixed=_ALL_FIXED),
            put("revisit", "WARC-Payload-Digest", sha256(_BODY)),
        ),
        "warc.payload-digest-form",
    ),
    _fields(
        "response-without-http",
        block("response", HTML, fixed=_FIXED),
        "http.head-unreadable",
        "warc.digest-mismatch",
    ),
    _fields(
        "msgtype-of-neither",
        put("response", "Content-Type", "application/http; msgtype=custom"),
        "http.msgtype",
    ),
    _fields("msgtype-of-the-other", put("request", "Content-Type", RESPONSE), "http.msgtype"),
    _fields(
        "http-head-in-a-resource",
        both(
            put("resource", "WARC-Target-URI", "https://daily.example/a"),
            block("resource", HEAD + HTML, fixed=_FIXED),
        ),
        "http.head-in-resource",
    ),
)

FRAMES = (
    _raw("member-crc", _in_member(2, -8), "gzip.crc"),
    _raw("member-length", _in_member(2, -4), "gzip.length"),
    _raw("member-magic", _in_member(3, 1), "gzip.trailing-bytes", "warc.bytes-skipped"),
    _raw("member-method", _in_member(3, 2), "gzip.trailing-bytes", "warc.bytes-skipped"),
    _raw(
        "cut-in-a-member",
        lambda: b"".join((*_members()[:8], gzip.compress(_last(), 0)))[: -8 - 2 - len(CRLF * 2)],
        "gzip.cut",
        "warc.record-cut",
        "warc.digest-mismatch",
        "structure.segments-differ",
    ),
    _raw("cut-in-a-trailer", lambda: packed(_nothing)[:-3], "gzip.cut"),
    _raw(
        "junk-behind-the-members",
        lambda: packed(_nothing) + b"junk",
        "gzip.trailing-bytes",
        "warc.bytes-skipped",
    ),
    _raw(
        "zeros-behind-the-members",
        lambda: packed(_nothing) + bytes(512),
        "gzip.trailing-bytes",
        "warc.bytes-skipped",
    ),
    _raw(
        "junk-between-members",
        lambda: b"junk".join((b"".join(_members()[:4]), b"".join(_members()[4:]))),
        "gzip.trailing-bytes",
        "warc.bytes-skipped",
    ),
    _raw("one-member-for-all", lambda: gzip.compress(plain(_nothing), mtime=0), "gzip.several-records"),
    _raw(
        "two-members-for-one",
        lambda: b"".join(
            (*_members()[:8], *(gzip.compress(part) for part in (_last()[:100], _last()[100:]))),
        ),
        "gzip.record-split",
    ),
)


def _last() -> bytes:
    return bytes(good()["second"])


STRUCTURE = (
    _fields(
        "id-of-another", put("resource", "WARC-Record-ID", record_id("metadata")), "structure.id-repeated"
    ),
    _fields("record-twice", _double("resource"), "structure.id-repeated"),
    _fields("response-removed", remove("response"), *["structure.reference-missing"] * 4),
    _fields(
        "warcinfo-removed", remove("info"), *["structure.reference-missing"] * 8, "structure.warcinfo-absent"
    ),
    _fields("warcinfo-not-first", _first("resource"), "structure.warcinfo-absent"),
    _fields(
        "response-of-another-date",
        put("response", "WARC-Date", LATER),
        "structure.dates-differ",
        "structure.revisit-reference",
    ),
    _fields(
        "response-of-another-outlet",
        put("response", "WARC-Target-URI", "https://other.example/"),
        "structure.revisit-reference",
    ),
    _fields(
        "warcinfo-is-a-resource",
        put("metadata", "WARC-Warcinfo-ID", record_id("resource")),
        "structure.reference-wrong",
    ),
    _fields(
        "metadata-about-itself",
        put("metadata", "WARC-Refers-To", record_id("metadata")),
        "structure.reference-wrong",
    ),
    _fields(
        "request-with-the-warcinfo",
        put("request", "WARC-Concurrent-To", record_id("info")),
        "structure.reference-wrong",
    ),
    _fields(
        "refers-to-nothing",
        put("conversion", "WARC-Refers-To", "<urn:x:none>"),
        "structure.reference-missing",
    ),
    _fields(
        "revisit-of-another-payload",
        put("revisit", "WARC-Payload-Digest", sha256(b"?")),
        "structure.revisit-differs",
    ),
    _fields(
        "revisit-by-date-of-another-payload",
        both(drop("revisit", "WARC-Refers-To"), put("revisit", "WARC-Payload-Digest", sha256(b"?"))),
        "structure.revisit-differs",
    ),
    _fields(
        "revisit-by-date-of-nothing-here",
        both(
            drop("revisit", "WARC-Refers-To"),
            put("revisit", "WARC-Refers-To-Date", LATER),
            put("revisit", "WARC-Payload-Digest", sha256(b"?")),
        ),
        "structure.reference-missing",
    ),
    _fields("segment-missing", remove("second"), "structure.segment-missing"),
    _fields("segment-of-nothing", remove("first"), "structure.segment-missing"),
    _fields("segment-gap", put("second", "WARC-Segment-Number", "3"), "structure.segment-missing"),
    _fields(
        "segment-twice",
        _double("second", WARC_Record_ID="<urn:x:third>"),
        "structure.segments-differ",
        "structure.segments-differ",
    ),
    _fields(
        "segments-too-short", put("second", "WARC-Segment-Total-Length", "16"), "structure.segments-differ"
    ),
    _fields(
        "segments-without-total", drop("second", "WARC-Segment-Total-Length"), "structure.segment-missing"
    ),
    _fields(
        "segment-of-another-address",
        put("second", "WARC-Target-URI", "urn:x:3"),
        "structure.segments-differ",
    ),
    _fields("segment-one-not-marked", drop("first", "WARC-Segment-Number"), "structure.segments-differ"),
)

DAMAGES = SYNTAX + FIELDS + DIGESTS + FRAMES + STRUCTURE
SOUND: Codes = {"warc.payload-elsewhere": 1}
