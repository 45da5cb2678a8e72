"""Bytes of a page to characters: byte order mark, HTTP, meta, detection, in that order, and what spoke against it."""

from __future__ import annotations

import codecs
import re

import attrs

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from provenance.reader import html_codes  # noqa: F401 (registers the codes found here)

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = lazily.compile(rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML = lazily.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
_HEAD_BYTES = 16 * 1024
"""How far a declaration is looked for: more than the 1024 bytes of the standard, since pages put scripts first."""
_SAMPLE_BYTES = 64 * 1024
_WHATWG = {
    "iso8859-1": "cp1252", "latin-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift-jis": "cp932", "euc-kr": "cp949", "big5": "big5hkscs", "tis-620": "cp874",
    "utf-16": "utf-8", "utf-16-le": "utf-8", "utf-16-be": "utf-8",
}  # fmt: skip
"""What browsers read these labels as (WHATWG Encoding §4.2); a page whose meta could be read is not UTF-16."""


@attrs.frozen
class Decoded:
    """A page's characters, the codec they were read with, who named it, and what was odd."""

    characters: str
    encoding: str
    bom_bytes: int
    named_by: str
    """`bom`, `http`, `meta`, `utf-8` (nobody named it, and it is), or `detection`."""
    findings: tuple[Finding, ...] = ()


def decode_page(data: bytes, charset: str | None = None) -> Decoded:
    """Decode a page. `charset` is what HTTP says. Never raises: what cannot be decoded becomes U+FFFD and is said."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _read(data[len(bom) :], encoding, "bom", len(bom))
    declared = _declared(data)
    http = codec_of(charset)
    findings: list[Finding] = []
    if http and declared and http != declared:
        findings.append(
            found(
                "html.charset-disagrees",
                "HTTP and the page name different charsets",
                expected=http,
                actual=declared,
            )
        )
    named, by = (http, "http") if http else (declared, "meta")
    if named is None:
        return _undeclared(data)
    read = _read(data, named, by)
    return attrs.evolve(read, findings=(*findings, *read.findings))


def codec_of(label: str | None) -> str | None:
    """Return the codec that browsers use for a charset label, or None for a label that names none."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip("\"' \t").lower()).name.replace("_", "-")
    except (LookupError, ValueError, UnicodeError):
        return None
    return _WHATWG.get(name, name) if name not in _NOT_TEXT else None


_NOT_TEXT = frozenset(
    str.split(
        "base64 bz2 hex quopri rot-13 rot13 uu zlib idna punycode raw-unicode-escape unicode-escape undefined mbcs oem utf-7"
    )
)
"""Python's codecs that are no charsets of pages; UTF-7 is one that browsers refuse."""


def _declared(data: bytes) -> str | None:
    head = data[:_HEAD_BYTES]
    for form in (_META, _XML):
        match = form.search(head)
        codec = codec_of(match[1].decode("ascii", "replace")) if match else None
        if codec:
            return codec
    return None


def _undeclared(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", 0, "utf-8")
    except UnicodeDecodeError:
        encoding = _detect(data)
    read = _read(data, encoding, "detection")
    guess = found(
        "html.charset-guessed", "the page names no charset; it was read as the likeliest", actual=encoding
    )
    return attrs.evolve(read, findings=(guess, *read.findings))


def _detect(data: bytes) -> str:
    """Guess from the bytes around the first ones that are not ASCII."""
    from charset_normalizer import from_bytes

    first = next(re.finditer(rb"[\x80-\xff]", data)).start()
    start = max(0, first - _SAMPLE_BYTES // 4)
    best = from_bytes(data[start : start + _SAMPLE_BYTES]).best()
    return (codec_of(best.encoding) if best is not None else None) or "cp1252"


def _read(data: bytes, encoding: str, by: str, bom_bytes: int = 0) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, bom_bytes, by)
    except UnicodeDecodeError as error:
        where = Location(offset_bytes=bom_bytes + error.start)
    characters = data.decode(encoding, errors="replace")
    odd = found(
        "html.bytes-replaced",
        f"{characters.count(chr(0xFFFD))} places are not {encoding}",
        where=where,
        expected=encoding,
    )
    return Decoded(characters, encoding, bom_bytes, by, (odd,))
