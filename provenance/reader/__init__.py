"""Bytes to articles: every value with the evidence for it. Opens nothing; bytes in, values out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive import lazily
from archive.errors import LimitExceeded
from archive.limits import DEFAULT, Limits

if TYPE_CHECKING:
    from provenance.model.article import Document

__all__ = ["VERSION", "read"]

VERSION = "3"
"""Version of the reader's rules: other rules may read other values from the same bytes, so packages record it."""

_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml"})
_HTML_NAME = lazily.compile(r"\.(?:x?html?|xht)(?:\.gz)?$", re.IGNORECASE)
_HTML_START = lazily.compile(
    rb"(?:\xef\xbb\xbf)?(?:\s|<!--.{0,2000}?-->|<\?xml[^>]{0,200}>)*<(?:!doctype\s+html|html|head|body|meta|title|script|div|article)\b",
    re.IGNORECASE | re.DOTALL,
)


def read(
    data: bytes,
    *,
    url: str | None = None,
    media_type: str | None = None,
    charset: str | None = None,
    name: str | None = None,
    captured_at: str | None = None,
    limits: Limits = DEFAULT,
    accept_weak: bool = False,
) -> Document:
    """Read a document: what it says of its outlet, dates, authors and address, its posts and its quotations.

    `url` is what the bytes were captured from; `media_type` and `charset` are what the transport declared, `name`
    a file's name, `captured_at` (W3CDTF, UTC) the moment at which its record says the copy was made. `accept_weak`
    lets a guess (tier E or F) be the date of a page that states none.
    Raises NotAText for bytes that are no text, LimitExceeded for more than `limits.document_bytes`.
    """
    if len(data) > limits.document_bytes:
        raise LimitExceeded(
            "the document is too large to be read as an article",
            limit="document_bytes",
            allowed=limits.document_bytes,
            seen=len(data),
        )
    from provenance.reader.decode import decode, refuse_coded
    from provenance.reader.settle import settle

    if is_html(data, media_type=media_type, name=name):
        from provenance.reader.html import read_html

        refuse_coded(data)
        page = read_html(data, url=url, charset=charset, limits=limits, accept_weak=accept_weak)
        return settle(page, url=url, captured_at=captured_at)
    from provenance.reader.plain import read_plain

    text, findings = decode(data, charset=charset)
    return settle(read_plain(text, url=url, findings=findings), url=url, captured_at=captured_at)


def is_html(data: bytes, *, media_type: str | None = None, name: str | None = None) -> bool:
    """Say whether bytes are a page: by the declared type, else by the file's name, else by how they begin."""
    declared = (media_type or "").split(";")[0].strip().lower()
    if declared in _HTML_TYPES:
        return True
    if declared == "text/plain":
        return False
    if name and "." in name:
        if _HTML_NAME.search(name):
            return True
        if name.lower().endswith((".txt", ".md", ".text")):
            return False
    return _HTML_START.match(data[:4096]) is not None
