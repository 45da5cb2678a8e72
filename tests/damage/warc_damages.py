"""Damages of a WARC as a table: a name, what is done, and the codes that are found then: these and no others.

The sound file itself has the notes of `SOUND`; they are left out of what is expected, and held against a file that
nobody touched by a test of their own.
"""

from __future__ import annotations

import gzip
import hashlib
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


def _fields(name: str, change: Change, **codes: int) -> Damage:
    return Damage(name, lambda: packed(change), _named(codes))


def _plain(name: str, change: Change, **codes: int) -> Damage:
    return Damage(name, lambda: plain(change), _named(codes))


def _raw(name: str, data: Callable[[], bytes], **codes: int) -> Damage:
    return Damage(name, data, _named(codes))


def _named(codes: Codes) -> Codes:
    """Turn `warc__field_missing` into `warc.field-missing`."""
    return {code.replace("__", ".").replace("_", "-"): count for code, count in codes.items()}


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
    _fields("version-unknown", frame("response", version=b"WARC/2.0"), warc__version=1),
    _fields("version-three-parts", frame("response", version=b"WARC/1.1.0"), warc__version=1),
    _plain("version-overwritten", frame("metadata", version=b"WXRC/1.1"), warc__bytes_skipped=1),
    _fields("line-without-colon", again("resource", b"no colon"), warc__header_line=1),
    _fields("line-without-name", again("resource", b": a"), warc__header_line=1),
    _fields("name-with-space", again("resource", b"X Name: a"), warc__header_line=1),
    _fields("control-in-value", again("resource", b"X-Name: a\x01"), warc__header_line=1),
    _fields("null-in-value", again("resource", b"X-Name: a\x00b"), warc__header_line=1),
    _fields("latin-1-in-value", again("resource", b"X-Name: caf\xe9"), warc__header_encoding=1),
    _fields("bare-line-feeds", frame("resource", line_end=b"\n"), warc__line_ends=1),
    _fields("500-fields", again("resource", CRLF.join([b"X: y"] * 600)), warc__limit_exceeded=1),
    _fields(
        "length-missing", drop("metadata", "Content-Length"), warc__content_length=1, warc__bytes_skipped=1
    ),
    _fields(
        "length-negative",
        put("metadata", "Content-Length", "-1"),
        warc__content_length=1,
        warc__bytes_skipped=1,
    ),
    _fields(
        "length-words",
        put("metadata", "Content-Length", "abc"),
        warc__content_length=1,
        warc__bytes_skipped=1,
    ),
    _fields(
        "length-hex", put("metadata", "Content-Length", "0xA"), warc__content_length=1, warc__bytes_skipped=1
    ),
    _fields(
        "length-underscore",
        put("metadata", "Content-Length", "1_0"),
        warc__content_length=1,
        warc__bytes_skipped=1,
    ),
    _fields(
        "length-plus", put("metadata", "Content-Length", "+8"), warc__content_length=1, warc__bytes_skipped=1
    ),
    _fields(
        "length-wide", put("metadata", "Content-Length", "８"), warc__content_length=1, warc__bytes_skipped=1
    ),
    _fields(
        "length-empty", put("metadata", "Content-Length", ""), warc__content_length=1, warc__bytes_skipped=1
    ),
    _fields(
        "lengths-differ",
        again("metadata", b"content-length: 9"),
        warc__content_length=1,
        warc__field_repeated=1,
        warc__bytes_skipped=1,
    ),
    _fields("lengths-alike", again("metadata", b"content-length: 8"), warc__field_repeated=1),
    _fields(
        "length-huge",
        put("metadata", "Content-Length", "9" * 18),
        warc__limit_exceeded=1,
        warc__bytes_skipped=1,
    ),
    _fields(
        "length-one-less",
        put("resource", "Content-Length", "9"),
        warc__digest_mismatch=1,
        warc__record_end=1,
        warc__bytes_skipped=1,
    ),
    _fields(
        "length-one-more",
        put("resource", "Content-Length", "11"),
        warc__digest_mismatch=1,
        warc__record_end=1,
    ),
    _plain(
        "length-swallows-a-record",
        put("metadata", "Content-Length", "300"),
        warc__digest_mismatch=1,
        warc__record_end=1,
    ),
    _fields("end-of-one-line", frame("resource", end=CRLF), warc__record_end=1),
    _fields("end-absent", frame("resource", end=b""), warc__record_end=1),
    _fields("end-of-line-feeds", frame("resource", end=b"\n\n"), warc__record_end=1),
    _plain("end-too-long", frame("resource", end=CRLF * 3), warc__record_end=1),
    _plain("end-with-junk", frame("resource", end=CRLF * 2 + b"junk"), warc__bytes_skipped=1),
    _raw("junk-before", lambda: b"junk" + plain(_nothing), warc__bytes_skipped=1),
    _raw("junk-behind", lambda: plain(_nothing) + b"junk", warc__bytes_skipped=1),
    _raw("zeros-behind", lambda: plain(_nothing) + bytes(512), warc__bytes_skipped=1),
    _raw("cut-in-the-end", lambda: plain(_nothing)[:-2], warc__record_end=1),
    _raw(
        "cut-in-a-block",
        lambda: plain(_nothing)[:-6],
        warc__record_cut=1,
        warc__digest_mismatch=1,
        structure__segments_differ=1,
    ),
    _raw(
        "cut-in-a-digest",
        lambda: plain(_nothing)[:-60],
        warc__header_cut=1,
        warc__digest_syntax=1,
        structure__segment_missing=1,
    ),
)

FIELDS = (
    *(
        _fields(f"no-{field.lower()}-on-{name}", drop(name, field), warc__field_missing=1)
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
        warc__field_missing=1,
        structure__segment_missing=1,
    ),
    _fields(
        "continuation-of-nothing",
        drop("second", "WARC-Segment-Origin-ID"),
        warc__field_missing=1,
        structure__segment_missing=2,
    ),
    _fields("empty-date", put("metadata", "WARC-Date", ""), warc__field_missing=1),
    *(
        _fields(
            f"two-{line.partition(b':')[0].decode().lower()}", again("resource", line), warc__field_repeated=1
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
        _fields(f"{field.lower()}-on-{name}", put(name, field, value), warc__field_forbidden=1)
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
        _fields(f"date-{value or 'none'}", put("metadata", "WARC-Date", value), warc__date=1)
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
        warc__date=1,
    ),
    _fields("id-with-space", put("metadata", "WARC-Record-ID", "<urn:x: 1>"), warc__field_value=1),
    _fields("id-without-scheme", put("metadata", "WARC-Record-ID", "<metadata>"), warc__field_value=1),
    _fields(
        "id-without-brackets", put("metadata", "WARC-Record-ID", "urn:x-made:metadata"), warc__field_value=1
    ),
    _fields("address-relative", put("resource", "WARC-Target-URI", "/world/1"), warc__target_uri=1),
    _fields("address-in-brackets", put("resource", "WARC-Target-URI", "<urn:x:1>"), warc__target_uri=1),
    _fields("address-with-space", put("resource", "WARC-Target-URI", "urn:x:1 2"), warc__target_uri=1),
    _fields("address-in-cyrillic", put("resource", "WARC-Target-URI", "urn:x:новости"), warc__target_uri=1),
    _fields("ip-of-five-parts", put("response", "WARC-IP-Address", "192.0.2.1.5"), warc__field_value=1),
    _fields("ip-a-name", put("response", "WARC-IP-Address", "daily.example"), warc__field_value=1),
    _fields("reason-of-two-words", put("response", "WARC-Truncated", "too long"), warc__field_value=1),
    _fields("media-type-of-one-part", put("resource", "Content-Type", "text"), warc__content_type=1),
    _fields("media-type-absent", drop("resource", "Content-Type"), warc__content_type=1),
    _fields("warcinfo-of-another-type", put("info", "Content-Type", "text/plain"), warc__warcinfo_type=1),
    _fields("type-unknown", put("resource", "WARC-Type", "screenshot"), warc__type_unknown=1),
    _fields("profile-unknown", put("revisit", "WARC-Profile", "urn:x:own"), warc__profile_unknown=1),
    _fields("revisit-not-truncated", drop("revisit", "WARC-Truncated"), warc__revisit_untruncated=1),
    _fields(
        "revisit-of-nothing-named",
        both(drop("revisit", "WARC-Refers-To"), drop("revisit", "WARC-Refers-To-Date")),
        warc__revisit_unreferred=1,
    ),
    _fields("segment-2-of-a-resource", put("resource", "WARC-Segment-Number", "2"), warc__segment_number=1),
    _fields("segment-zero", put("resource", "WARC-Segment-Number", "0"), warc__segment_number=1),
    _fields("segment-one-is-no-number", put("resource", "WARC-Segment-Number", "one"), warc__field_value=1),
)

DIGESTS = (
    _fields("block-altered", _flipped("resource", 3), warc__digest_mismatch=1),
    _fields("block-longer", block("resource", b"plain text."), warc__digest_mismatch=1),
    _fields("body-altered", block("response", HEAD + HTML.upper()), warc__digest_mismatch=2),
    _fields(
        "http-status-altered",
        block("response", HEAD.replace(b"200", b"404") + HTML),
        warc__digest_mismatch=1,
    ),
    _fields(
        "body-altered-block-fixed",
        block("response", HEAD + HTML.upper(), fixed=_FIXED),
        warc__digest_mismatch=1,
    ),
    _fields(
        "body-altered-all-fixed",
        block("response", HEAD + HTML.upper(), fixed=_ALL_FIXED),
        structure__revisit_differs=1,
    ),
    _fields(
        "payload-digest-altered",
        put("response", "WARC-Payload-Digest", sha256(b"?")),
        warc__digest_mismatch=1,
        structure__revisit_differs=1,
    ),
    _fields("block-digest-removed", drop("resource", "WARC-Block-Digest"), warc__digest_absent=1),
    _fields(
        "digest-cut",
        put("resource", "WARC-Block-Digest", sha256(b"")[:-1]),
        warc__digest_syntax=1,
        warc__digest_absent=1,
    ),
    _fields(
        "digest-without-label",
        put("resource", "WARC-Block-Digest", "0" * 64),
        warc__digest_syntax=1,
        warc__digest_absent=1,
    ),
    _fields(
        "digest-unknown",
        put("resource", "WARC-Block-Digest", "xxh3:99aa06d3"),
        warc__digest_algorithm=1,
        warc__digest_absent=1,
    ),
    _fields(
        "digest-weak",
        put("resource", "WARC-Block-Digest", "md5:" + hashlib.md5(b"plain text").hexdigest()),
        warc__digest_weak=1,
    ),
    _fields(
        "payload-digest-of-the-chunks",
        both(
            block("response", _CHUNKED + _BODY, fixed=_ALL_FIXED),
            put("revisit", "WARC-Payload-Digest", sha256(_BODY)),
        ),
        warc__payload_digest_form=1,
    ),
    _fields(
        "response-without-http",
        block("response", HTML, fixed=_FIXED),
        http__head_unreadable=1,
        warc__digest_mismatch=1,
    ),
    _fields(
        "msgtype-of-neither",
        put("response", "Content-Type", "application/http; msgtype=custom"),
        http__msgtype=1,
    ),
    _fields("msgtype-of-the-other", put("request", "Content-Type", RESPONSE), http__msgtype=1),
    _fields(
        "http-head-in-a-resource",
        both(
            put("resource", "WARC-Target-URI", "https://daily.example/a"),
            block("resource", HEAD + HTML, fixed=_FIXED),
        ),
        http__head_in_resource=1,
    ),
)

FRAMES = (
    _raw("member-crc", _in_member(2, -8), gzip__crc=1),
    _raw("member-length", _in_member(2, -4), gzip__length=1),
    _raw("member-magic", _in_member(3, 1), gzip__trailing_bytes=1, warc__bytes_skipped=1),
    _raw("member-method", _in_member(3, 2), gzip__trailing_bytes=1, warc__bytes_skipped=1),
    _raw(
        "cut-in-a-member",
        lambda: b"".join((*_members()[:8], gzip.compress(_last(), 0)))[: -8 - 2 - len(CRLF * 2)],
        gzip__cut=1,
        warc__record_cut=1,
        warc__digest_mismatch=1,
        structure__segments_differ=1,
    ),
    _raw("cut-in-a-trailer", lambda: packed(_nothing)[:-3], gzip__cut=1),
    _raw(
        "junk-behind-the-members",
        lambda: packed(_nothing) + b"junk",
        gzip__trailing_bytes=1,
        warc__bytes_skipped=1,
    ),
    _raw(
        "zeros-behind-the-members",
        lambda: packed(_nothing) + bytes(512),
        gzip__trailing_bytes=1,
        warc__bytes_skipped=1,
    ),
    _raw(
        "junk-between-members",
        lambda: b"junk".join((b"".join(_members()[:4]), b"".join(_members()[4:]))),
        gzip__trailing_bytes=1,
        warc__bytes_skipped=1,
    ),
    _raw("one-member-for-all", lambda: gzip.compress(plain(_nothing), mtime=0), gzip__several_records=1),
    _raw(
        "two-members-for-one",
        lambda: b"".join(
            (*_members()[:8], *(gzip.compress(part) for part in (_last()[:100], _last()[100:]))),
        ),
        gzip__record_split=1,
    ),
)


def _last() -> bytes:
    return bytes(good()["second"])


STRUCTURE = (
    _fields(
        "id-of-another", put("resource", "WARC-Record-ID", record_id("metadata")), structure__id_repeated=1
    ),
    _fields("record-twice", _double("resource"), structure__id_repeated=1),
    _fields("response-removed", remove("response"), structure__reference_missing=4),
    _fields("warcinfo-removed", remove("info"), structure__reference_missing=8, structure__warcinfo_absent=1),
    _fields("warcinfo-not-first", _first("resource"), structure__warcinfo_absent=1),
    _fields(
        "response-of-another-date",
        put("response", "WARC-Date", LATER),
        structure__dates_differ=1,
        structure__revisit_reference=1,
    ),
    _fields(
        "response-of-another-outlet",
        put("response", "WARC-Target-URI", "https://other.example/"),
        structure__revisit_reference=1,
    ),
    _fields(
        "warcinfo-is-a-resource",
        put("metadata", "WARC-Warcinfo-ID", record_id("resource")),
        structure__reference_wrong=1,
    ),
    _fields(
        "metadata-about-itself",
        put("metadata", "WARC-Refers-To", record_id("metadata")),
        structure__reference_wrong=1,
    ),
    _fields(
        "request-with-the-warcinfo",
        put("request", "WARC-Concurrent-To", record_id("info")),
        structure__reference_wrong=1,
    ),
    _fields(
        "refers-to-nothing",
        put("conversion", "WARC-Refers-To", "<urn:x:none>"),
        structure__reference_missing=1,
    ),
    _fields(
        "revisit-of-another-payload",
        put("revisit", "WARC-Payload-Digest", sha256(b"?")),
        structure__revisit_differs=1,
    ),
    _fields(
        "revisit-by-date-of-another-payload",
        both(drop("revisit", "WARC-Refers-To"), put("revisit", "WARC-Payload-Digest", sha256(b"?"))),
        structure__revisit_differs=1,
    ),
    _fields(
        "revisit-by-date-of-nothing-here",
        both(
            drop("revisit", "WARC-Refers-To"),
            put("revisit", "WARC-Refers-To-Date", LATER),
            put("revisit", "WARC-Payload-Digest", sha256(b"?")),
        ),
        structure__reference_missing=1,
    ),
    _fields("segment-missing", remove("second"), structure__segment_missing=1),
    _fields("segment-of-nothing", remove("first"), structure__segment_missing=1),
    _fields("segment-gap", put("second", "WARC-Segment-Number", "3"), structure__segment_missing=1),
    _fields("segment-twice", _double("second", WARC_Record_ID="<urn:x:third>"), structure__segments_differ=2),
    _fields(
        "segments-too-short", put("second", "WARC-Segment-Total-Length", "16"), structure__segments_differ=1
    ),
    _fields(
        "segments-without-total", drop("second", "WARC-Segment-Total-Length"), structure__segment_missing=1
    ),
    _fields(
        "segment-of-another-address",
        put("second", "WARC-Target-URI", "urn:x:3"),
        structure__segments_differ=1,
    ),
    _fields("segment-one-not-marked", drop("first", "WARC-Segment-Number"), structure__segments_differ=1),
)

DAMAGES = SYNTAX + FIELDS + DIGESTS + FRAMES + STRUCTURE
SOUND: Codes = {"warc.payload-elsewhere": 1}
