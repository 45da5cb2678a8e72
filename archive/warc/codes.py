"""What can be found in a WARC file: the codes `warc.*`, `gzip.*` and `http.*`, each with the page that explains it."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status
from archive.warc.rules.codes import HTTP, RULES

_ISO = "ISO 28500:2017"

GZIP = (
    Code(
        "gzip.damaged",
        Level.CONTAINER,
        Status.FAILED,
        "A gzip member cannot be inflated",
        "The compressed bytes of this place are not what was written: they were altered or damaged after writing. What"
        " the member held behind the damage cannot be read. Reading goes on at the next member that holds a record.",
        "Get another copy of the file. The other records of this file are not concerned.",
        "RFC 1951 §3.2",
    ),
    Code(
        "gzip.crc",
        Level.CONTAINER,
        Status.FAILED,
        "A gzip member fails its CRC-32",
        "The member inflates, but to other bytes than were compressed, or its check value was altered. Unless a"
        " WARC-Block-Digest says otherwise, the content of the record cannot be relied on.",
        "Get another copy of the file, or see whether the block digest of the same record is right.",
        "RFC 1952 §2.3.1",
    ),
    Code(
        "gzip.length",
        Level.CONTAINER,
        Status.FAILED,
        "A gzip member has another length than it says",
        "The member ends with the length of what it holds (ISIZE), and what it holds is longer or shorter.",
        "Get another copy of the file, or see whether the block digest of the same record is right.",
        "RFC 1952 §2.3.1",
    ),
    Code(
        "gzip.cut",
        Level.CONTAINER,
        Status.FAILED,
        "The file ends inside a gzip member",
        "The end of the file is missing: a download or a copy was broken off, or the writer crashed. The last record is"
        " incomplete, and records that came behind it may be missing as well.",
        "Get a complete copy of the file.",
        "RFC 1952 §2.2",
    ),
    Code(
        "gzip.reserved-flags",
        Level.CONTAINER,
        Status.FAILED,
        "The head of a gzip member has reserved flags",
        "Flags that the standard reserves are set in the head of the member. No writer sets them, so that the head was"
        " altered or damaged; programs that keep to the standard refuse the member. What it holds was read all the same.",
        "Get another copy of the file. Where the member's other checks hold, its content is not concerned.",
        "RFC 1952 §2.3.1.2",
    ),
    Code(
        "gzip.trailing-bytes",
        Level.CONTAINER,
        Status.FAILED,
        "Bytes that belong to no gzip member",
        "Between or behind the gzip members there are bytes that are not compressed data. They belong to no record and"
        " nothing vouches for them; programs differ on whether they see them.",
        "Find out where the bytes come from. Removing them changes no record.",
        "RFC 1952 §2.2",
    ),
    Code(
        "gzip.several-records",
        Level.CONTAINER,
        Status.FAILED,
        "Several records share a gzip member",
        "Records are compressed one by one, so that each can be looked up and read alone. Here several share one member:"
        " programs that read record by record see the first and not the others, or refuse the file, so different people"
        " are shown different things. The records themselves can be read, and were checked like any other.",
        "Inflate the file and compress it again record by record. The content need not be doubted for this.",
        f"{_ISO} Annex D.2",
    ),
    Code(
        "gzip.record-split",
        Level.CONTAINER,
        Status.WARNED,
        "A record runs over several gzip members",
        "Records are customarily compressed one by one. This one is spread over several members: it can be read, but"
        " many programs will not see the whole of it.",
        "Recompress the file record by record.",
        f"{_ISO} Annex D.2",
    ),
    Code(
        "gzip.not-canonical",
        Level.CONTAINER,
        Status.FAILED,
        "A gzip member is not as this library writes it",
        "The file is said to come from this library, which leaves no choice in the frame of a member: no time, no name,"
        " fixed flags, zero bits as padding. Something rewrote the member, even if the record in it is the same.",
        "Compare with another copy. A file from another program is not read with this demand.",
    ),
    Code(
        "gzip.limit-exceeded",
        Level.CONTAINER,
        Status.NOT_CHECKED,
        "A gzip member grows beyond the limit",
        "The member inflates to so many times its size that it may be meant to exhaust the reader. The rest of it was"
        " not read, so nothing can be said of the record in it.",
        "If the file is trusted, raise the limit `inflate_ratio`.",
    ),
)

SYNTAX = (
    Code(
        "warc.version",
        Level.CONTAINER,
        Status.FAILED,
        "The record has no known WARC version",
        "A record begins with `WARC/1.0` or `WARC/1.1`. This one says something else, so that its fields may not mean"
        " what they seem to mean. It was read as if it were WARC/1.1.",
        "Ask whoever wrote the file which program made it.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.header-cut",
        Level.CONTAINER,
        Status.FAILED,
        "The record header has no end",
        "A header ends with an empty line. The file (or the gzip member) ends before there is one: the record is broken"
        " off in its header, or the line was overwritten.",
        "Get a complete copy of the file.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.header-line",
        Level.CONTAINER,
        Status.FAILED,
        "A line of the record header is not a field",
        "A field is a name, a colon and a value without control characters. This line is something else, and programs"
        " differ on what they make of it. It was left out of the fields and kept in the raw header.",
        "See whether the file was damaged or edited by hand.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.header-encoding",
        Level.CONTAINER,
        Status.WARNED,
        "A field value is not UTF-8",
        "Field values are UTF-8. The bytes of this one are not, so what it says depends on who reads it. They are kept"
        " as they are.",
        "Treat the value as undetermined.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.line-ends",
        Level.CONTAINER,
        Status.FAILED,
        "The header lines do not end in CR LF",
        "The standard ends each line in CR LF. Bare line feeds appear when a file was edited, or moved in text mode; then"
        " lengths and digests are usually wrong too.",
        "Look for a copy that was not converted.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.content-length",
        Level.CONTAINER,
        Status.FAILED,
        "The length of the block is not known",
        "Content-Length has to be there once, as digits. It is missing, unreadable or given twice with different values,"
        " so nobody can say where the record ends. Its content was not read.",
        "Get another copy of the file.",
        f"{_ISO} §5.3",
    ),
    Code(
        "warc.record-cut",
        Level.CONTAINER,
        Status.FAILED,
        "The record is cut short",
        "The block ends before the length that the header gives: the file was broken off, or the length was altered."
        " What is there was read; the rest is missing.",
        "Get a complete copy of the file.",
        f"{_ISO} §5.3",
    ),
    Code(
        "warc.record-end",
        Level.CONTAINER,
        Status.FAILED,
        "The record does not end as it should",
        "Behind the block come CR LF CR LF and nothing else. Something else stands there: the length in the header is"
        " wrong, bytes were put in or taken out, or the writer was careless.",
        "If the block digest is right, the content is unharmed and only the frame is wrong.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.bytes-skipped",
        Level.CONTAINER,
        Status.FAILED,
        "Bytes that belong to no record",
        "Before, between or behind the records there are bytes that are part of none. They were skipped up to the next"
        " place where a record begins.",
        "Find out where the bytes come from: often the rest of a record that was broken off.",
        f"{_ISO} §4",
    ),
    Code(
        "warc.limit-exceeded",
        Level.CONTAINER,
        Status.NOT_CHECKED,
        "A record is larger than the limit",
        "The header or the block is larger than we are willing to read from a source that may be hostile. The record"
        " was passed over and nothing can be said of it.",
        "If the file is trusted, raise the limit that the finding names.",
    ),
    Code(
        "warc.read-by-warcio",
        Level.CONTAINER,
        Status.NOTE,
        "Read through another library",
        "The file is ARC or a draft version of WARC, which is read through warcio. Offsets, lengths and content are as"
        " that library gives them; the frame of the records was not checked.",
        "Convert the file to WARC/1.1 if its frame has to be checked.",
    ),
    Code(
        "warc.foreign-unreadable",
        Level.CONTAINER,
        Status.FAILED,
        "warcio could not read on",
        "The file is ARC or a draft version of WARC, which is read through warcio, and that library stopped with an"
        " error. The records behind this place were not read.",
        "Get another copy of the file, or look at the place with another program.",
    ),
)

DIGESTS = (
    Code(
        "warc.digest-absent",
        Level.FIXITY,
        Status.NOT_CHECKED,
        "The record has no block digest",
        "Nothing in the record says what its bytes were when it was written, so nothing can be said of whether they are"
        " still the same. A digest may also have been removed on purpose.",
        "See whether the package or another source has a digest of the file or of the record.",
        f"{_ISO} §5.8",
    ),
    Code(
        "warc.digest-mismatch",
        Level.FIXITY,
        Status.FAILED,
        "The bytes are not those of the digest",
        "The record gives a digest of its block or payload, and the bytes have another one: they were altered after the"
        " digest was made, or the writer computed it over other bytes. All readings in use were tried.",
        "Get another copy. If many records of one writer are concerned, suspect the writer before a forger.",
        f"{_ISO} §5.8, §5.9",
    ),
    Code(
        "warc.digest-syntax",
        Level.FIXITY,
        Status.FAILED,
        "The digest cannot be read",
        "A digest is an algorithm, a colon and a value. This value fits no encoding of the algorithm that it names, so"
        " it can match nothing.",
        "Treat the record as having no digest.",
        f"{_ISO} §5.8",
    ),
    Code(
        "warc.digest-algorithm",
        Level.FIXITY,
        Status.NOT_CHECKED,
        "The digest uses an unknown algorithm",
        "The digest names an algorithm that this library cannot compute, so the bytes were not compared.",
        "Check the digest with a program that knows the algorithm.",
        f"{_ISO} §5.8",
    ),
    Code(
        "warc.digest-weak",
        Level.FIXITY,
        Status.WARNED,
        "The digest is right, but proves little",
        "The bytes agree with an MD5 digest. That speaks against accidents; two documents with the same MD5 can be made"
        " at will, so it does not speak against a forger.",
        "Look for a stronger digest of the same file.",
        f"{_ISO} §5.8",
    ),
    Code(
        "warc.payload-digest-form",
        Level.FIXITY,
        Status.NOTE,
        "The payload digest is over another form of the payload",
        "The payload is the entity body without transfer coding. The digest of this record is right for the body with"
        " its chunk framing, or with its content coding removed: several writers do it so. The bytes are unharmed.",
        "Nothing has to be done. A program that compares digests of several writers has to know it.",
        f"{_ISO} §5.9",
    ),
    Code(
        "warc.payload-elsewhere",
        Level.FIXITY,
        Status.NOTE,
        "The payload is not in this record",
        "The payload digest of a revisit is about an earlier record, that of a segment about the whole. It says"
        " nothing of the bytes of this record, which have a digest of their own, so nothing of it is left unchecked.",
        "Check the record that it refers to.",
        f"{_ISO} §5.9",
    ),
)

CODES.register(GZIP + SYNTAX + RULES + DIGESTS + HTTP)
