"""What can be found in the fields of a record and in its HTTP message: the codes of `RULES` and `HTTP`, each explained."""

from __future__ import annotations

from archive.findings import Code, Level, Status

_ISO = "ISO 28500:2017"

RULES = (
    Code(
        "warc.field-missing",
        Level.CONTAINER,
        Status.FAILED,
        "A mandatory field is missing",
        "The standard demands this field for records of this type, and it is not there or has no value. A field may"
        " have been removed on purpose.",
        "Find out which program wrote the record. What the missing field would say is not known.",
        f"{_ISO} §5",
    ),
    Code(
        "warc.field-repeated",
        Level.CONTAINER,
        Status.FAILED,
        "A field is given twice",
        "Apart from WARC-Concurrent-To a field may stand only once. Programs differ on which of the two they believe,"
        " which can be used to show different things to different people.",
        "Treat the value of the field as undetermined.",
        f"{_ISO} §5.1",
    ),
    Code(
        "warc.field-forbidden",
        Level.CONTAINER,
        Status.FAILED,
        "A field stands in a record of the wrong type",
        "The standard does not allow this field in records of this type. The record may have been re-labelled, or the"
        " writer has a mistake.",
        "Find out which program wrote the record.",
        f"{_ISO} §5",
    ),
    Code(
        "warc.field-value",
        Level.CONTAINER,
        Status.FAILED,
        "A field has a value it cannot have",
        "The value is not of the form that the standard gives for this field, so it says nothing that can be relied on.",
        "Treat the value of the field as unknown.",
        f"{_ISO} §5",
    ),
    Code(
        "warc.date",
        Level.CONTAINER,
        Status.FAILED,
        "The capture date is not a date",
        "WARC-Date is a date of the calendar as `2016-09-18T18:02:00Z`, in UTC, exact to what is known. This value is"
        " not, so when the record was captured is unknown.",
        "Treat the date of capture as unknown.",
        f"{_ISO} §5.4",
    ),
    Code(
        "warc.target-uri",
        Level.CONTAINER,
        Status.FAILED,
        "The address is not a URI",
        "WARC-Target-URI is an absolute URI with everything escaped that has to be. This value has control characters or no"
        " scheme, so which address is meant is left open. Angle brackets, white space and letters outside ASCII are only"
        " warned of: writers in wide use are known for them, and every reader takes them the same way.",
        "Treat the address as it stands; do not repair it silently.",
        f"{_ISO} §5.14",
    ),
    Code(
        "warc.content-type",
        Level.CONTAINER,
        Status.WARNED,
        "The type of the block is not given as it should be",
        "A record with content should say of which media type it is, and say it as `type/subtype`. Readers have to guess"
        " here, and may guess differently.",
        "Nothing has to be done; the content is unharmed.",
        f"{_ISO} §5.6",
    ),
    Code(
        "warc.type-unknown",
        Level.CONTAINER,
        Status.NOTE,
        "A record of a type that the standard does not have",
        "Records of unknown type are to be passed over. Its digest was checked like any other; what it means is unknown.",
        "Nothing has to be done.",
        f"{_ISO} §5.5",
    ),
    Code(
        "warc.segment-number",
        Level.CONTAINER,
        Status.FAILED,
        "A segment has a number it cannot have",
        "A record that was cut into segments begins with number 1 under its own type; every later segment is a"
        " continuation with a higher number. This record says otherwise, so what it is a part of cannot be told.",
        "Look for the other segments of the record, and for what the writer meant.",
        f"{_ISO} §7",
    ),
    Code(
        "warc.warcinfo-type",
        Level.CONTAINER,
        Status.WARNED,
        "The description of the file has an unusual type",
        "A warcinfo record describes the file, as application/warc-fields by recommendation. This one is of another type,"
        " so programs may not find out which software wrote the file, when and how.",
        "Nothing has to be done; the captures are not concerned.",
        f"{_ISO} §6.2",
    ),
    Code(
        "warc.profile-unknown",
        Level.CONTAINER,
        Status.NOTE,
        "A revisit of an unknown kind",
        "The profile says how a revisit is to be understood. This one is not in the standard, so what the block means is"
        " left open: it was compared with its digest and not interpreted.",
        "Ask whoever wrote the file what the profile stands for.",
        f"{_ISO} §6.7.1",
    ),
    Code(
        "warc.revisit-untruncated",
        Level.CONTAINER,
        Status.NOTE,
        "A revisit does not say that it is shortened",
        "A revisit leaves the payload out because it was archived before, and ought to say so with WARC-Truncated. Many"
        " writers leave the field away; what was left out is clear from the type of the record.",
        "Nothing has to be done.",
        f"{_ISO} §6.7.2",
    ),
    Code(
        "warc.revisit-unreferred",
        Level.CONTAINER,
        Status.NOTE,
        "A revisit does not say of what",
        "A revisit stands for a capture that was archived before, and ought to name it: by its id, or by its address and"
        " date. This one names none, so the capture can only be looked for by its digest.",
        "Look for a capture of the same address, or with the same payload digest.",
        f"{_ISO} §6.7.2",
    ),
)

HTTP = (
    Code(
        "http.head-unreadable",
        Level.READING,
        Status.WARNED,
        "The block is not an HTTP message",
        "The record says that it holds an HTTP message, and the block does not begin like one. Status, media type and"
        " body of the answer cannot be told.",
        "Read the block as it stands.",
        f"{_ISO} §6.3.2",
    ),
    Code(
        "http.coding-unknown",
        Level.READING,
        Status.NOTE,
        "The body has a coding that cannot be undone here",
        "The body is compressed in a way for which no decoder is installed. It was not read.",
        "For `br` install the package `brotli`.",
        "RFC 9110 §8.4",
    ),
    Code(
        "http.coding-damaged",
        Level.READING,
        Status.WARNED,
        "The body is not coded as it says",
        "The head names a coding and the body does not follow it to the end. What could be decoded was read, or the body"
        " was taken as it stands. Some crawlers store the decoded body and keep the old head.",
        "Look at the body before relying on it.",
        "RFC 9110 §8.4",
    ),
    Code(
        "http.limit-exceeded",
        Level.READING,
        Status.WARNED,
        "The body grows beyond the limit",
        "The body inflates to more than we are willing to read. It was not read, so no document was"
        " found in it. The bytes as they are stored are checked by their digest all the same.",
        "If the source is trusted, raise the limit that the finding names.",
    ),
    Code(
        "http.msgtype",
        Level.CONTAINER,
        Status.FAILED,
        "The media type says what the block is not",
        "`application/http` may say by `msgtype` whether the message is a request or a response. What it says here is"
        " neither, or is not what the block is: so either the media type or the block was put in the wrong place.",
        "Read the first line of the block: it tells which of the two it is. Compare with another copy.",
        "RFC 9112 §10.2",
    ),
    Code(
        "http.head-in-resource",
        Level.READING,
        Status.WARNED,
        "A resource begins like an HTTP message",
        "A `resource` record of an http address holds the document alone. This one begins like the answer of a server,"
        " so it ought to be a `response`, and readers will show the head of the answer as part of the document.",
        "Treat the head of the answer as no part of the document.",
        f"{_ISO} §6.4.2",
    ),
)
