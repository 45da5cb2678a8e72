"""Damages of a WARC as a table: a name, what is done, and the codes that are found then: these and no others.

What concerns fields and several records is in `warc_rule_damages`. The sound file itself has the notes of `SOUND`;
they are left out of what is expected, and held against a file that nobody touched by a test of their own.
"""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable

import attrs
from damage.warc_made import (
    CRLF,
    HEAD,
    HTML,
    RESPONSE,
    Change,
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
    sha256,
)

Codes = dict[str, int]


@attrs.frozen
class Damage:
    """One damage: `data` is the damaged file, `codes` what has to be found in it."""

    name: str
    data: Callable[[], bytes]
    codes: Codes


def compressed(name: str, change: Change, *codes: str) -> Damage:
    """Return a damage of the file with a gzip member a record. A code is named as often as it has to be found."""
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


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
_BODY = b"4\r\nabcd\r\n0\r\n\r\n"
_FIXED = ("Content-Length", "WARC-Block-Digest")
_ALL_FIXED = (*_FIXED, "WARC-Payload-Digest")

SYNTAX = (
    compressed("version-unknown", frame("response", version=b"WARC/2.0"), "warc.version"),
    compressed("version-three-parts", frame("response", version=b"WARC/1.1.0"), "warc.version"),
    _plain("version-overwritten", frame("metadata", version=b"WXRC/1.1"), "warc.bytes-skipped"),
    compressed("line-without-colon", again("resource", b"no colon"), "warc.header-line"),
    compressed("line-without-name", again("resource", b": a"), "warc.header-line"),
    compressed("name-with-space", again("resource", b"X Name: a"), "warc.header-line"),
    compressed("control-in-value", again("resource", b"X-Name: a\x01"), "warc.header-line"),
    compressed("null-in-value", again("resource", b"X-Name: a\x00b"), "warc.header-line"),
    compressed("latin-1-in-value", again("resource", b"X-Name: caf\xe9"), "warc.header-encoding"),
    compressed("bare-line-feeds", frame("resource", line_end=b"\n"), "warc.line-ends"),
    compressed("500-fields", again("resource", CRLF.join([b"X: y"] * 600)), "warc.limit-exceeded"),
    compressed(
        "length-missing", drop("metadata", "Content-Length"), "warc.content-length", "warc.bytes-skipped"
    ),
    compressed(
        "length-negative",
        put("metadata", "Content-Length", "-1"),
        "warc.content-length",
        "warc.bytes-skipped",
    ),
    compressed(
        "length-words",
        put("metadata", "Content-Length", "abc"),
        "warc.content-length",
        "warc.bytes-skipped",
    ),
    compressed(
        "length-hex", put("metadata", "Content-Length", "0xA"), "warc.content-length", "warc.bytes-skipped"
    ),
    compressed(
        "length-underscore",
        put("metadata", "Content-Length", "1_0"),
        "warc.content-length",
        "warc.bytes-skipped",
    ),
    compressed(
        "length-plus", put("metadata", "Content-Length", "+8"), "warc.content-length", "warc.bytes-skipped"
    ),
    compressed(
        "length-wide", put("metadata", "Content-Length", "８"), "warc.content-length", "warc.bytes-skipped"
    ),
    compressed(
        "length-empty", put("metadata", "Content-Length", ""), "warc.content-length", "warc.bytes-skipped"
    ),
    compressed(
        "lengths-differ",
        again("metadata", b"content-length: 9"),
        "warc.content-length",
        "warc.field-repeated",
        "warc.bytes-skipped",
    ),
    compressed("lengths-alike", again("metadata", b"content-length: 8"), "warc.field-repeated"),
    compressed(
        "length-huge",
        put("metadata", "Content-Length", "9" * 18),
        "warc.limit-exceeded",
        "warc.bytes-skipped",
    ),
    compressed(
        "length-one-less",
        put("resource", "Content-Length", "9"),
        "warc.digest-mismatch",
        "warc.record-end",
        "warc.bytes-skipped",
    ),
    compressed(
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
    compressed("end-of-one-line", frame("resource", end=CRLF), "warc.record-end"),
    compressed("end-absent", frame("resource", end=b""), "warc.record-end"),
    compressed("end-of-line-feeds", frame("resource", end=b"\n\n"), "warc.record-end"),
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

DIGESTS = (
    compressed("block-altered", _flipped("resource", 3), "warc.digest-mismatch"),
    compressed("block-longer", block("resource", b"plain text."), "warc.digest-mismatch"),
    compressed(
        "body-altered", block("response", HEAD + HTML.upper()), "warc.digest-mismatch", "warc.digest-mismatch"
    ),
    compressed(
        "http-status-altered",
        block("response", HEAD.replace(b"200", b"404") + HTML),
        "warc.digest-mismatch",
    ),
    compressed(
        "body-altered-block-fixed",
        block("response", HEAD + HTML.upper(), fixed=_FIXED),
        "warc.digest-mismatch",
    ),
    compressed(
        "body-altered-all-fixed",
        block("response", HEAD + HTML.upper(), fixed=_ALL_FIXED),
        "structure.revisit-differs",
    ),
    compressed(
        "payload-digest-altered",
        put("response", "WARC-Payload-Digest", sha256(b"?")),
        "warc.digest-mismatch",
        "structure.revisit-differs",
    ),
    compressed("block-digest-removed", drop("resource", "WARC-Block-Digest"), "warc.digest-absent"),
    compressed(
        "digest-cut",
        put("resource", "WARC-Block-Digest", sha256(b"")[:-1]),
        "warc.digest-syntax",
        "warc.digest-absent",
    ),
    compressed(
        "digest-without-label",
        put("resource", "WARC-Block-Digest", "0" * 64),
        "warc.digest-syntax",
        "warc.digest-absent",
    ),
    compressed(
        "digest-unknown",
        put("resource", "WARC-Block-Digest", "xxh3:99aa06d3"),
        "warc.digest-algorithm",
        "warc.digest-absent",
    ),
    compressed(
        "digest-weak",
        put("resource", "WARC-Block-Digest", "md5:" + hashlib.md5(b"plain text").hexdigest()),
        "warc.digest-weak",
    ),
    compressed(
        "payload-digest-of-the-chunks",
        both(
            block("response", _CHUNKED + _BODY, fixed=_ALL_FIXED),
            put("revisit", "WARC-Payload-Digest", sha256(_BODY)),
        ),
        "warc.payload-digest-form",
    ),
    compressed(
        "response-without-http",
        block("response", HTML, fixed=_FIXED),
        "http.head-unreadable",
        "warc.digest-mismatch",
    ),
    compressed(
        "msgtype-of-neither",
        put("response", "Content-Type", "application/http; msgtype=custom"),
        "http.msgtype",
    ),
    compressed("msgtype-of-the-other", put("request", "Content-Type", RESPONSE), "http.msgtype"),
    compressed(
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
    _raw(
        "member-flags", lambda: packed(_nothing)[:3] + b"\x20" + packed(_nothing)[4:], "gzip.reserved-flags"
    ),
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


DAMAGES = SYNTAX + DIGESTS + FRAMES

SOUND = {"warc.payload-elsewhere": 1}
