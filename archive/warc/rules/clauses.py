"""Every rule that this library checks a WARC for: the clause, its words, how binding it is, and what is found.

The fields' own rows are made from `table.FIELDS`. `ISO` is the edition of 2017; rows on compression name the RFC.
"""

from __future__ import annotations

from enum import StrEnum

import attrs

from archive.warc.rules.table import FIELDS, NOWHERE, TYPES, Field


class Binding(StrEnum):
    """How binding a rule is, in the words of the standard."""

    MUST = "shall"
    SHOULD = "should"
    INFO = "may"
    """Allowed; said because the reader wants to know."""


@attrs.frozen
class Rule:
    """One rule: where it stands, how binding it is, the code of the finding where it is broken, and what it says."""

    clause: str
    binding: Binding
    code: str
    says: str


_M, _S, _I = Binding.MUST, Binding.SHOULD, Binding.INFO
_BEYOND_FIELDS = (
    Rule("ISO §4", _M, "warc.version", "a record begins with a known version"),
    Rule("ISO §4", _M, "warc.header-cut", "a header ends with an empty line"),
    Rule(
        "ISO §4",
        _M,
        "warc.header-line",
        "a header line is a token, a colon and a value without control characters",
    ),
    Rule("ISO §4", _M, "warc.header-encoding", "a field's value is UTF-8"),
    Rule("ISO §4", _M, "warc.line-ends", "lines end in CR LF"),
    Rule("ISO §4", _M, "warc.record-end", "behind a block come CR LF CR LF, and then a record or nothing"),
    Rule("ISO §4", _M, "warc.bytes-skipped", "nothing stands between, before or behind records"),
    Rule("ISO §5.3", _M, "warc.content-length", "Content-Length is there once, in digits"),
    Rule("ISO §5.3", _M, "warc.record-cut", "a block has the length that its header gives"),
    Rule("ISO §5.1", _M, "warc.field-repeated", "no field but WARC-Concurrent-To stands twice"),
    Rule("ISO §5.5", _I, "warc.type-unknown", "other types than the eight are passed over"),
    Rule("ISO §5.6", _S, "warc.content-type", "a block that is not empty has a media type"),
    Rule("ISO §6.2", _S, "warc.warcinfo-type", "a warcinfo's block is application/warc-fields"),
    Rule("ISO §5.8", _M, "warc.digest-mismatch", "a block digest that is given is right"),
    Rule("ISO §5.9", _M, "warc.digest-mismatch", "a payload digest that is given is right"),
    Rule("ISO §5.9", _M, "warc.payload-digest-form", "it is over the entity body without transfer coding"),
    Rule(
        "ISO §5.9",
        _I,
        "warc.payload-elsewhere",
        "that of a revisit or a segment is about another record's bytes",
    ),
    Rule("ISO §5.8", _I, "warc.digest-absent", "a record may have a block digest"),
    Rule("ISO §5.8", _I, "warc.digest-algorithm", "no algorithm is recommended"),
    Rule("ISO §5.8", _I, "warc.digest-weak", "no algorithm is recommended"),
    Rule("ISO §6.7.1", _M, "warc.profile-unknown", "a block under an unknown profile is not interpreted"),
    Rule("ISO §6.7.2", _M, "warc.field-missing", "a revisit of an identical payload has its digest"),
    Rule("ISO §6.7.2", _M, "warc.revisit-untruncated", "one with a block says that it is truncated"),
    Rule("ISO §6.7.2", _S, "warc.revisit-unreferred", "a revisit says which record it refers to"),
    Rule(
        "ISO §7", _M, "warc.segment-number", "the first segment has number 1, and only later ones continue it"
    ),
    Rule("ISO §6.3.2", _S, "http.head-unreadable", "the block of a response to http is an HTTP response"),
    Rule("ISO §6.5.2", _S, "http.head-unreadable", "the block of a request over http is an HTTP request"),
    Rule("RFC 9112 §10.2", _M, "http.msgtype", "msgtype is request or response, and what the block is"),
    Rule("ISO §6.4.2", _M, "http.head-in-resource", "the block of an http resource is the entity body alone"),
    Rule("ISO §5.2", _M, "structure.id-repeated", "a record id stands for one record"),
    Rule("ISO §5.7", _I, "structure.reference-missing", "what a record refers to may lie in another archive"),
    Rule(
        "ISO §5.16", _M, "structure.reference-wrong", "what a record refers to is of the kind that is meant"
    ),
    Rule("ISO §5.4", _M, "structure.dates-differ", "the records of one capture event have one date"),
    Rule(
        "ISO §6.7.2",
        _M,
        "structure.revisit-differs",
        "a revisit's payload is that of the record it refers to",
    ),
    Rule(
        "ISO §6.7.2", _S, "structure.revisit-reference", "its references name that record's address and date"
    ),
    Rule(
        "ISO §7",
        _M,
        "structure.segments-differ",
        "segments follow without gap and make up the length they give",
    ),
    Rule("ISO §7", _I, "structure.segment-missing", "segments may lie in other files"),
    Rule("ISO §4", _S, "structure.warcinfo-absent", "a file begins with a warcinfo record"),
    Rule("RFC 1952 §2.3.1", _M, "gzip.crc", "a member has the CRC-32 of its content"),
    Rule("RFC 1952 §2.3.1", _M, "gzip.length", "a member has the length of its content"),
    Rule("RFC 1952 §2.3.1.2", _M, "gzip.reserved-flags", "the reserved flags of a member are zero"),
    Rule("RFC 1951 §3.2", _M, "gzip.damaged", "a member can be inflated"),
    Rule("RFC 1952 §2.2", _M, "gzip.cut", "a member is whole"),
    Rule("RFC 1952 §2.2", _M, "gzip.trailing-bytes", "a file is members and nothing else"),
    Rule("ISO Annex D.2", _S, "gzip.several-records", "a member holds one record"),
    Rule("ISO Annex D.2", _S, "gzip.record-split", "a record is one member"),
)


def _of(field: Field) -> list[Rule]:
    clause, rules = f"ISO §{field.clause}", []
    if field.needed is not NOWHERE:
        who = "every record" if field.needed == TYPES else ", ".join(sorted(field.needed))
        rules.append(Rule(clause, _M, "warc.field-missing", f"{field.name} is on {who}"))
    if field.types != TYPES:
        types = ", ".join(sorted(field.types))
        rules.append(Rule(clause, _M, "warc.field-forbidden", f"{field.name} is on {types} only"))
    if field.form.code != "warc.field-value" or field.name not in ("Content-Length", "WARC-Filename"):
        rules.append(Rule(clause, _M, field.form.code, f"{field.name} has the form of its kind"))
    return rules


RULES: tuple[Rule, ...] = (*_BEYOND_FIELDS, *(rule for field in FIELDS for rule in _of(field)))
"""All of them. A test holds that each code is registered, explained, and comes up in a test of damage."""
