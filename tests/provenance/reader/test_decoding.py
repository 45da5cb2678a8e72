"""Bytes to characters: what was assumed is said, and places lead back to the bytes."""

from __future__ import annotations

import pytest

from archive.errors import LimitExceeded
from archive.limits import Limits
from provenance.errors import NotAText
from provenance.reader import is_html, read
from provenance.reader.decode import decode

WORDS = "Мэр города сказал, что паром будет ходить всю зиму, и ушёл. «Мы подождём», добавила она. " * 4
FRENCH = "Le maire a déclaré que le bac circulerait tout l’hiver, même s’il gèle : « C’est promis. » " * 4


def codes(data: bytes, **declared: str) -> list[str]:
    """Return the codes of what decoding finds."""
    return [f.code for f in decode(data, **declared)[1]]


def test_utf8_says_nothing():
    """UTF-8 with or without a byte order mark is read without a finding."""
    assert codes(WORDS.encode()) == codes(WORDS.encode("utf-8-sig")) == []
    assert decode(WORDS.encode("utf-8-sig"))[0].bom_bytes == 3


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        (WORDS, "cp1251", None),
        (FRENCH, "cp1252", None),
        (WORDS, "utf-16", None),
        (FRENCH, "utf-16-le", None),
        (FRENCH, "utf-16-be", None),
        (WORDS.replace("«", "").replace("»", ""), "koi8-r", "koi8-r"),
        (FRENCH.replace("’", "'"), "latin-1", "iso-8859-1"),
    ],
)
def test_other_encodings_are_read_and_said(text, encoding, declared):
    """Declared or detected, the characters are right, the assumption is a finding, and places lead to bytes."""
    data = text.encode(encoding)
    decoded, findings = decode(data, charset=declared)
    assert decoded.characters == text
    assert [f.code for f in findings] == ["text.not-utf8"]
    start = text.index("добав" if "добав" in text else "promis")
    low, high = decoded.byte_range(start, start + 5)
    assert data[low:high].decode(decoded.encoding) == text[start : start + 5]


def test_a_wrong_declaration_does_not_hide_utf8():
    """A charset nobody knows is left aside."""
    assert decode(FRENCH.encode(), charset="x-nobody")[0].characters == FRENCH
    assert codes(FRENCH.encode(), charset="x-nobody") == []


def test_damaged_bytes_are_counted_and_have_no_range():
    """A few broken bytes do not change the encoding: they are counted, with the first one's place."""
    decoded, findings = decode(FRENCH.encode() + b"\xff\xfe end")
    assert [f.code for f in findings] == ["text.undecodable-bytes"]
    assert findings[0].where.offset_bytes == len(FRENCH.encode())
    assert decoded.byte_range(0, 3) is None


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, b"%PDF-1.7\n...", b"\x89PNG\r\n\x1a\n" + b"\0" * 64]
)
def test_binary_is_refused(data):
    """What is no text is not read."""
    with pytest.raises(NotAText, match=r"text\.binary"):
        read(data, name="a.txt")
    read(b"A bell\x07 in a line of text.", name="a.txt")


def test_nothing_is_said_to_be_nothing():
    """An empty document has no article and a finding."""
    for data in (b"", b" \r\n\t "):
        document = read(data)
        assert (document.articles, [f.code for f in document.findings]) == ((), ["text.empty"])


def test_limits_are_errors():
    """A document over the limit is not read."""
    with pytest.raises(LimitExceeded):
        read(b"x" * 11, limits=Limits(document_bytes=10))


def test_crlf_is_kept():
    """Offsets are those of the file as it stands."""
    (article,) = read("Karsk closes its bridge\r\n\r\nHe said: “Go.” They went on.\r\n".encode()).articles
    assert article.quotations[0].start == len("Karsk closes its bridge\r\n\r\nHe said: “")
    assert article.text.characters.count("\r\n") == 3


def test_pages_are_told_from_texts():
    """By type, then by name, then by how the bytes begin."""
    assert is_html(b"x", media_type="text/html; charset=utf-8")
    assert not is_html(b"<html>", media_type="text/plain")
    assert is_html(b"x", name="a.xhtml")
    assert not is_html(b"<html>", name="a.txt")
    assert is_html(b" \n<!-- c --><!DOCTYPE html><p>x")
    assert not is_html(b"A < b")


def test_too_many_marks_are_said(monkeypatch):
    """Reading stops at the limit and says so; below it nothing is said."""
    monkeypatch.setattr("provenance.reader.marks.MAX_PAIRS", 3)
    monkeypatch.setattr("provenance.reader.quotes.MAX_PAIRS", 3)
    text = "He said “a b” and “c d” and “e f” and “g h” to them."
    assert [f.code for f in read(text.encode()).articles[0].findings] == ["quotation.too-many"]
    assert read("He said “a b” to them.".encode()).articles[0].findings == ()
    nested = "He said “a ‘b c’ d” and “e f” and “g h” to them."
    (article,) = read(nested.encode()).articles
    assert ([f.code for f in article.findings], len(article.quotations)) == (["quotation.too-many"], 2)
