"""Documents as records: the bytes, the text read from them, and what the articles say, bound to each other by id.

For each document a package holds three records (a captured page has its `response` in place of the `resource`):

1. `resource`: the bytes as they came.
2. `conversion`: the canonical text, UTF-8, to which all offsets refer.
3. `metadata`: the articles as JSON-LD, every quotation a Web Annotation whose target is the text of record 2.

Records 2 and 3 are derived: whoever has record 1 and the same reader derives the same bytes again.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import attrs

from archive.digest import digest
from archive.wacz.pages import Page, page_id
from archive.warc.record import Header, NewRecord, Placed
from provenance import reader
from provenance.contract import article_from, article_json, field_from, field_json, finding_from, finding_json
from provenance.model.article import Article, Document
from provenance.model.text import Text
from provenance.version import VERSION

PAGE_ID = "WARC-Page-ID"
"""Header field by which a record names its line in the page list (a convention of browser-based crawlers)."""
STATED_BY = "Provenance-Address-Stated-By"
"""Header field of our resource records: who says that the document has the address in WARC-Target-URI."""
READER = "Provenance-Reader"
"""Header field of our conversion records: the version of the reader's rules that made the text."""
_METADATA_URI = "urn:provenance:articles:"
JSON_LD = "application/ld+json"
PLAIN = "text/plain; charset=utf-8"
PROFILE = "urn:provenance:profile:articles:1"
SOFTWARE = f"source-provenance/{VERSION}"
CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {
        "schema": "https://schema.org/",
        "prov": "http://www.w3.org/ns/prov#",
        "NewsArticle": "schema:NewsArticle",
        "Quotation": "schema:Quotation",
        "SocialMediaPosting": "schema:SocialMediaPosting",
        "wasDerivedFrom": {"@id": "prov:wasDerivedFrom", "@type": "@id"},
    },
]
_SELECTED = ("exact", "start", "end", "prefix", "suffix")


@attrs.frozen
class Address:
    """The URI a document is filed under, and who stated it: `archivist`, `document`, or `nobody` (then it is a urn)."""

    uri: str
    stated_by: str


def address_of(data: bytes, document: Document | None, stated: str | None) -> Address:
    """Return where a document is filed: the archivist's statement, else the document's own, else a urn of its bytes.

    A document that holds several articles has no single original URL, so only its own address counts.
    """
    if stated:
        return Address(stated, "archivist")
    own = _own_address(document) if document else None
    if own:
        return Address(own, "document")
    return Address(f"urn:{digest(data)}", "nobody")


def _own_address(document: Document) -> str | None:
    if document.address.value:
        return document.address.value
    return document.articles[0].original_url if len(document.articles) == 1 else None


def resource(data: bytes, address: Address, *, date: str, content_type: str) -> NewRecord:
    """Return the record of a document's bytes."""
    return NewRecord(
        type="resource",
        date=date,
        block=data,
        target_uri=address.uri,
        content_type=content_type,
        fields=((STATED_BY, address.stated_by),),
    )


def of_page(record: NewRecord, *, salt_key: bytes | None = None) -> NewRecord:
    """Return a document's record with the id of the page it is, so that a page taken from the list can be missed.

    With a salt key nobody else can make the id: the list of pages is then no test of a guess at one of them.
    """
    uri = record.target_uri or ""
    named = any(name.lower() == PAGE_ID.lower() for name, _ in record.fields)
    if named or not uri.startswith(("http://", "https://")):
        return record
    own = page_id(uri, record.date)
    if salt_key is not None:
        own = hmac.new(salt_key, f"page {own}".encode(), hashlib.sha256).hexdigest()[: len(own)]
    return attrs.evolve(record, fields=(*record.fields, (PAGE_ID, own)))


def page_of(placed: Placed, document: Document) -> Page | None:
    """Return the line of the page list that a document's record is due, or None where it is no page."""
    named = placed.header.get(PAGE_ID)
    if named is None or placed.target_uri is None:
        return None
    headlines = [article.headline for article in document.articles if article.headline]
    title = headlines[0] if headlines else placed.target_uri
    return Page(url=placed.target_uri, ts=placed.date, title=title, id=named)


def conversion(document: Document, *, source_id: str, uri: str, date: str) -> NewRecord:
    """Return the record of a document's canonical text (ISO 28500 §6.8)."""
    return NewRecord(
        type="conversion",
        date=date,
        block=document.text.to_bytes(),
        target_uri=uri,
        content_type=PLAIN,
        fields=(("WARC-Refers-To", source_id), (READER, reader.VERSION)),
    )


def metadata(
    document: Document, *, source_id: str, source_digest: str, text_id: str, uri: str, date: str
) -> NewRecord:
    """Return the record of what a document's articles say (ISO 28500 §6.6), as JSON-LD bound to the text's digest."""
    body = document_json(document, source_id=source_id, source_digest=source_digest, text_id=text_id, uri=uri)
    return NewRecord(
        type="metadata",
        date=date,
        block=(json.dumps(body, ensure_ascii=False, separators=(",", ":")) + "\n").encode(
            "utf-8", errors="replace"
        ),
        target_uri=metadata_uri(source_digest),
        content_type=f'{JSON_LD}; profile="{PROFILE}"',
        fields=(("WARC-Refers-To", source_id),),
    )


def metadata_uri(source_digest: str) -> str:
    """Return the URI of a document's metadata record: its own, so that it never answers for the page's address."""
    return f"{_METADATA_URI}{source_digest}"


def is_metadata(header: Header) -> bool:
    """Say whether a record is one of our metadata records, by its type and the form of its URI."""
    uri = header.get("WARC-Target-URI") or ""
    return header.get("WARC-Type") == "metadata" and uri.startswith(_METADATA_URI)


def is_text(header: Header) -> bool:
    """Say whether a record is one of our canonical texts."""
    return header.get("WARC-Type") == "conversion" and header.get(READER) is not None


def is_derived(header: Header) -> bool:
    """Say whether a record is one that we derived from another: a canonical text, or what its articles say."""
    return is_text(header) or is_metadata(header)


def content_type(given: str | None, document: Document | None) -> str:
    """Return the Content-Type of a document's bytes: as given, else as read; the charset only where it is certain."""
    if document is None:
        return given or "application/octet-stream"
    certain = (
        document.media_type == "text/plain" and document.text.exact and document.text.encoding == "utf-8"
    )
    return document.media_type + ("; charset=utf-8" if certain else "")


def document_json(
    document: Document, *, source_id: str, source_digest: str, text_id: str, uri: str
) -> dict[str, Any]:
    """Return the JSON-LD of a document: its text by digest, its articles, quotations as Web Annotations."""
    text = {
        "id": _bare(text_id),
        "type": "Text",
        "format": "text/plain",
        "digest": document.text.digest,
        "characters": len(document.text),
        "wasDerivedFrom": _bare(source_id),
    }
    return {
        "@context": CONTEXT,
        "type": "Dataset",
        "generator": {"name": SOFTWARE, "reader": reader.VERSION},
        "source": {
            "id": _bare(source_id),
            "uri": uri,
            "digest": source_digest,
            "format": document.media_type,
        },
        "text": text,
        "encoding": {
            "name": document.text.encoding,
            "bom_bytes": document.text.bom_bytes,
            "exact": document.text.exact,
        },
        "address": field_json(document.address),
        "articles": [_article(article, text) for article in document.articles],
        "findings": [finding_json(finding) for finding in document.findings],
    }


def document_from(body: Mapping[str, Any], characters: str) -> Document:
    """Return the document that `document_json` described. Raises KeyError, TypeError or ValueError for anything else."""
    encoding = body["encoding"]
    text = Text(characters, encoding["name"], encoding["bom_bytes"], encoding["exact"])
    if text.digest != body["text"]["digest"]:
        raise ValueError("the text is not the one these articles were read from")
    return Document(
        text=text,
        media_type=body["source"]["format"],
        articles=tuple(_article_from(article, text) for article in body["articles"]),
        address=field_from(body["address"], str),
        findings=tuple(finding_from(finding) for finding in body["findings"]),
    )


def _article(article: Article, text: Mapping[str, Any]) -> dict[str, Any]:
    body = article_json(article)
    quotations = [_annotation(quotation, text) for quotation in body.pop("quotations")]
    tweets = [{"type": "SocialMediaPosting", **tweet} for tweet in body.pop("tweets")]
    return {"type": "NewsArticle", **body, "tweets": tweets, "quotations": quotations}


def _article_from(body: Mapping[str, Any], text: Text) -> Article:
    quotations = [_quotation(annotation) for annotation in body["quotations"]]
    tweets = [{k: v for k, v in tweet.items() if k != "type"} for tweet in body["tweets"]]
    return article_from({**body, "quotations": quotations, "tweets": tweets}, text)


def _annotation(quotation: Mapping[str, Any], text: Mapping[str, Any]) -> dict[str, Any]:
    """Return a quotation as a Web Annotation (W3C Web Annotation Data Model §4.2.4, §4.2.5)."""
    return {
        "type": "Annotation",
        "motivation": "identifying",
        "target": {
            "source": text["id"],
            "digest": text["digest"],
            "selector": [
                {"type": "TextQuoteSelector"} | {k: quotation[k] for k in ("exact", "prefix", "suffix")},
                {"type": "TextPositionSelector"} | {k: quotation[k] for k in ("start", "end")},
            ],
        },
        "body": {"type": "Quotation"} | {k: v for k, v in quotation.items() if k not in _SELECTED},
    }


def _quotation(annotation: Mapping[str, Any]) -> dict[str, Any]:
    quote, position = annotation["target"]["selector"]
    parts = quote | position | annotation["body"]
    return {k: v for k, v in parts.items() if k != "type"}


def _bare(record_id: str) -> str:
    return record_id.strip("<>")
