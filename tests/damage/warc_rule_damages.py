"""More damages of a WARC as a table: what its fields say, and what its records say of one another."""

from __future__ import annotations

from damage.warc_damages import compressed
from damage.warc_made import (
    DATE,
    IDENTICAL,
    LATER,
    Change,
    Made,
    Records,
    again,
    both,
    drop,
    frame,
    put,
    record_id,
    remove,
    sha256,
)


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


FIELDS = (
    *(
        compressed(f"no-{field.lower()}-on-{name}", drop(name, field), "warc.field-missing")
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
    compressed(
        "continuation-without-number",
        drop("second", "WARC-Segment-Number"),
        "warc.field-missing",
        "structure.segment-missing",
    ),
    compressed(
        "continuation-of-nothing",
        drop("second", "WARC-Segment-Origin-ID"),
        "warc.field-missing",
        "structure.segment-missing",
        "structure.segment-missing",
    ),
    compressed("empty-date", put("metadata", "WARC-Date", ""), "warc.field-missing"),
    *(
        compressed(
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
        compressed(f"{field.lower()}-on-{name}", put(name, field, value), "warc.field-forbidden")
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
        compressed(f"date-{value or 'none'}", put("metadata", "WARC-Date", value), "warc.date")
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
    compressed(
        "fraction-in-1.0",
        both(frame("metadata", version=b"WARC/1.0"), put("metadata", "WARC-Date", "2016-09-18T18:02:00.5Z")),
        "warc.date",
    ),
    compressed("id-with-space", put("metadata", "WARC-Record-ID", "<urn:x: 1>"), "warc.field-value"),
    compressed("id-without-scheme", put("metadata", "WARC-Record-ID", "<metadata>"), "warc.field-value"),
    compressed(
        "id-without-brackets", put("metadata", "WARC-Record-ID", "urn:x-made:metadata"), "warc.field-value"
    ),
    compressed("address-relative", put("resource", "WARC-Target-URI", "/world/1"), "warc.target-uri"),
    compressed("address-in-brackets", put("resource", "WARC-Target-URI", "<urn:x:1>"), "warc.target-uri"),
    compressed("address-with-space", put("resource", "WARC-Target-URI", "urn:x:1 2"), "warc.target-uri"),
    compressed("address-in-cyrillic", put("resource", "WARC-Target-URI", "urn:x:новости"), "warc.target-uri"),
    compressed("ip-of-five-parts", put("response", "WARC-IP-Address", "192.0.2.1.5"), "warc.field-value"),
    compressed("ip-a-name", put("response", "WARC-IP-Address", "daily.example"), "warc.field-value"),
    compressed("reason-of-two-words", put("response", "WARC-Truncated", "too long"), "warc.field-value"),
    compressed("media-type-of-one-part", put("resource", "Content-Type", "text"), "warc.content-type"),
    compressed("media-type-absent", drop("resource", "Content-Type"), "warc.content-type"),
    compressed("warcinfo-of-another-type", put("info", "Content-Type", "text/plain"), "warc.warcinfo-type"),
    compressed("type-unknown", put("resource", "WARC-Type", "screenshot"), "warc.type-unknown"),
    compressed("profile-unknown", put("revisit", "WARC-Profile", "urn:x:own"), "warc.profile-unknown"),
    compressed("revisit-not-truncated", drop("revisit", "WARC-Truncated"), "warc.revisit-untruncated"),
    compressed(
        "revisit-of-nothing-named",
        both(drop("revisit", "WARC-Refers-To"), drop("revisit", "WARC-Refers-To-Date")),
        "warc.revisit-unreferred",
    ),
    compressed("segment-2-of-a-resource", put("resource", "WARC-Segment-Number", "2"), "warc.segment-number"),
    compressed("segment-zero", put("resource", "WARC-Segment-Number", "0"), "warc.segment-number"),
    compressed("segment-one-is-no-number", put("resource", "WARC-Segment-Number", "one"), "warc.field-value"),
)

STRUCTURE = (
    compressed(
        "id-of-another", put("resource", "WARC-Record-ID", record_id("metadata")), "structure.id-repeated"
    ),
    compressed("record-twice", _double("resource"), "structure.id-repeated"),
    compressed("response-removed", remove("response"), *["structure.reference-missing"] * 4),
    compressed(
        "warcinfo-removed", remove("info"), *["structure.reference-missing"] * 8, "structure.warcinfo-absent"
    ),
    compressed("warcinfo-not-first", _first("resource"), "structure.warcinfo-absent"),
    compressed(
        "response-of-another-date",
        put("response", "WARC-Date", LATER),
        "structure.dates-differ",
        "structure.revisit-reference",
    ),
    compressed(
        "response-of-another-outlet",
        put("response", "WARC-Target-URI", "https://other.example/"),
        "structure.revisit-reference",
    ),
    compressed(
        "warcinfo-is-a-resource",
        put("metadata", "WARC-Warcinfo-ID", record_id("resource")),
        "structure.reference-wrong",
    ),
    compressed(
        "metadata-about-itself",
        put("metadata", "WARC-Refers-To", record_id("metadata")),
        "structure.reference-wrong",
    ),
    compressed(
        "request-with-the-warcinfo",
        put("request", "WARC-Concurrent-To", record_id("info")),
        "structure.reference-wrong",
    ),
    compressed(
        "refers-to-nothing",
        put("conversion", "WARC-Refers-To", "<urn:x:none>"),
        "structure.reference-missing",
    ),
    compressed(
        "revisit-of-another-payload",
        put("revisit", "WARC-Payload-Digest", sha256(b"?")),
        "structure.revisit-differs",
    ),
    compressed(
        "revisit-by-date-of-another-payload",
        both(drop("revisit", "WARC-Refers-To"), put("revisit", "WARC-Payload-Digest", sha256(b"?"))),
        "structure.revisit-differs",
    ),
    compressed(
        "revisit-by-date-of-nothing-here",
        both(
            drop("revisit", "WARC-Refers-To"),
            put("revisit", "WARC-Refers-To-Date", LATER),
            put("revisit", "WARC-Payload-Digest", sha256(b"?")),
        ),
        "structure.reference-missing",
    ),
    compressed("segment-missing", remove("second"), "structure.segment-missing"),
    compressed("segment-of-nothing", remove("first"), "structure.segment-missing"),
    compressed("segment-gap", put("second", "WARC-Segment-Number", "3"), "structure.segment-missing"),
    compressed(
        "segment-twice",
        _double("second", WARC_Record_ID="<urn:x:third>"),
        "structure.segments-differ",
        "structure.segments-differ",
    ),
    compressed(
        "segments-too-short", put("second", "WARC-Segment-Total-Length", "16"), "structure.segments-differ"
    ),
    compressed(
        "segments-without-total", drop("second", "WARC-Segment-Total-Length"), "structure.segment-missing"
    ),
    compressed(
        "segment-of-another-address",
        put("second", "WARC-Target-URI", "urn:x:3"),
        "structure.segments-differ",
    ),
    compressed("segment-one-not-marked", drop("first", "WARC-Segment-Number"), "structure.segments-differ"),
)

DAMAGES = FIELDS + STRUCTURE
