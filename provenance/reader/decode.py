"""Bytes to characters that know their bytes: byte order mark, declared charset, UTF-8, then detection."""

from __future__ import annotations

import codecs

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from provenance.errors import NotAText
from provenance.model.text import Text
from provenance.reader import codes as codes

SAMPLE_BYTES = 64 * 1024
"""How much of a document of unknown encoding is looked at."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EXACT = lazily.compile(
    r"utf-8|utf-16-[bl]e|utf-32-[bl]e|ascii|latin-1|iso8859-\d+|cp\d{3,4}|koi8-[rut]|mac-\w+"
)
"""Codecs in which every character has its own bytes, whatever stands before it: only these give byte ranges."""
_CONTROL = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\x08"))
_BINARY_SHARE = 0.02
_SLIPS = 3
_MAGIC = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"\x28\xb5\x2f\xfd",
    b"\xfd7zXZ\x00",
)


def decode(data: bytes, *, charset: str | None = None) -> tuple[Text, tuple[Finding, ...]]:
    """Return the text of `data` and what was found on the way.

    `charset` is what the transport or the caller declared. Raises NotAText for bytes that are no text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, len(mark), "byte order mark")
    wide = _utf16_without_mark(data[:SAMPLE_BYTES])
    _refuse_binary(data[:SAMPLE_BYTES], wide)
    declared = _known(charset)
    if declared and declared != "utf-8" and _strictly(data, declared):
        return _decoded(data, declared, 0, "declared")
    if _strictly(data, "utf-8") and not wide:
        return Text(data.decode("utf-8")), _empty(data)
    if wide:
        return _decoded(data, wide, 0, "every other byte is zero")
    if _nearly_utf8(data):
        return _decoded(data, "utf-8", 0, "all but a few bytes are UTF-8")
    encoding, reason = _detected(data[:SAMPLE_BYTES])
    return _decoded(data, encoding, 0, reason)


def refuse_coded(data: bytes) -> None:
    """Raise NotAText for a page that is still in its content coding, or is no page: compressed, or with no markup."""
    sample = data[:SAMPLE_BYTES]
    if sample.startswith(_MAGIC) or b"<" not in sample:
        _refuse_binary(sample, _utf16_without_mark(sample))


def _decoded(data: bytes, encoding: str, bom_bytes: int, reason: str) -> tuple[Text, tuple[Finding, ...]]:
    findings: list[Finding] = []
    if encoding != "utf-8":
        message = f"read as {encoding} ({reason})"
        findings.append(found("text.not-utf8", message, expected="utf-8", actual=encoding))
    body = data[bom_bytes:]
    exact = bool(_EXACT.fullmatch(encoding))
    try:
        characters = body.decode(encoding)
    except UnicodeDecodeError as error:
        characters = body.decode(encoding, errors="replace")
        exact = False
        findings.append(_undecodable(body, characters, error, encoding, bom_bytes))
    if not characters.strip():
        findings.append(found("text.empty", "the document has no text"))
    return Text(characters, encoding, bom_bytes, exact), tuple(findings)


def _undecodable(
    body: bytes, characters: str, error: UnicodeDecodeError, encoding: str, bom_bytes: int
) -> Finding:
    own = body.count("\ufffd".encode(encoding)) if encoding.startswith("utf") else 0
    count = max(1, characters.count("\ufffd") - own)
    return found(
        "text.undecodable-bytes",
        f"{count} place(s) are not {encoding}, the first at byte {error.start + bom_bytes}",
        where=Location(offset_bytes=error.start + bom_bytes),
        expected=encoding,
        actual=body[error.start : error.start + 4].hex(),
    )


def _empty(data: bytes) -> tuple[Finding, ...]:
    return () if data.strip() else (found("text.empty", "the document has no text"),)


def _known(charset: str | None) -> str | None:
    """Return the codec's own name; None for a charset nobody knows or that is no text encoding."""
    try:
        info = codecs.lookup(charset.strip().strip("\"'")) if charset else None
    except (LookupError, ValueError):
        return None
    if info is None or not getattr(info, "_is_text_encoding", True):
        return None
    return "utf-8" if info.name in ("ascii", "utf-8-sig") else info.name


def _strictly(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _nearly_utf8(data: bytes) -> bool:
    """Say whether a document is UTF-8 but for a little damage: at least nine of ten high bytes belong to characters."""
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    kept = len(data.decode("utf-8", errors="ignore").encode("utf-8"))
    return high - (len(data) - kept) >= 0.9 * high


def _utf16_without_mark(sample: bytes) -> str | None:
    even, odd = sample[0::2], sample[1::2]
    if len(odd) < 4:
        return None
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros.count(0) > 0.4 * len(zeros) and others.count(0) < 0.02 * len(others):
            narrow = sample.decode(encoding, errors="ignore").encode("latin-1", errors="ignore")
            return None if _controls(narrow) else encoding
    return None


def _controls(sample: bytes) -> bool:
    """Say whether there are more control bytes than slips of a text editor leave."""
    count = len(sample) - len(sample.translate(None, _CONTROL))
    return count > max(_SLIPS, _BINARY_SHARE * len(sample))


def _refuse_binary(sample: bytes, wide: str | None) -> None:
    if wide is None and (sample.startswith(_MAGIC) or _controls(sample)):
        raise NotAText(
            "the bytes are no text (text.binary)",
            hint="give the page or the text itself; a PDF or an office file has to be converted first",
        )


def _detected(sample: bytes) -> tuple[str, str]:
    """Return the most plausible legacy encoding of a sample and why it was taken."""
    if _mostly_cyrillic(sample):
        return "cp1251", "its letters are Cyrillic in windows-1251"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, steps=5, chunk_size=512).best()
    name = _known(best.encoding) if best else None
    western = ("ascii", "utf-8", "latin-1", "iso8859-1", "cp1250", "cp1252")
    if name is None or name in western or not _strictly(sample[:-4], name) or _letters_western(sample):
        return "cp1252", "nothing tells against windows-1252"
    return name, "detected by its letters"


def _mostly_cyrillic(sample: bytes) -> bool:
    """Say whether the high bytes are letters of windows-1251 in running words, and mostly lower case."""
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    lower = len(sample) - len(sample.translate(None, bytes(range(0xE0, 0x100))))
    letters = len(sample) - len(sample.translate(None, bytes((*range(0x41, 0x5B), *range(0x61, 0x7B)))))
    return high > 20 and high > letters and lower > 0.7 * high


def _letters_western(sample: bytes) -> bool:
    """Say whether high bytes are as rare as accents and typographic marks are in western languages."""
    high = len(sample) - len(sample.translate(None, bytes(range(0x80, 0x100))))
    letters = len(sample) - len(sample.translate(None, bytes((*range(0x41, 0x5B), *range(0x61, 0x7B)))))
    return high < 0.15 * letters
