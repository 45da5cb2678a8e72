"""Laws of the JSON forms: what was written is read back as it was."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from provenance import records
from provenance.contract import article_from, article_json, line
from provenance.model.article import Article, Document
from provenance.model.text import Text
from tests.provenance.strategies import articles, documents

TEXT = Text("The quick brown fox jumps over the lazy dog. " * 3)


@given(articles(TEXT))
def test_an_article_survives_its_json(article: Article) -> None:
    """from(to(article)) == article, through real JSON text."""
    body = json.loads(line("article", article_json(article)))
    assert article_from(body, TEXT) == article


@given(documents(), st.uuids())
def test_a_document_survives_its_record(document: Document, uuid: object) -> None:
    """The JSON-LD of a document, with the text beside it, gives the same document again."""
    record = records.metadata(
        document,
        source_id=f"<urn:uuid:{uuid}>",
        source_digest="sha256:00",
        text_id=f"<urn:uuid:{uuid}>",
        uri="urn:x:1",
        date="2016-09-18T18:02:00Z",
    )
    assert isinstance(record.block, bytes)
    assert records.document_from(json.loads(record.block), document.text.characters) == document


@given(documents())
def test_a_quotation_is_bound_to_its_text(document: Document) -> None:
    """Every annotation names the digest of the text it selects from; another text is refused."""
    body = records.document_json(
        document, source_id="<a>", source_digest="sha256:00", text_id="<b>", uri="urn:x:1"
    )
    targets = [q["target"] for article in body["articles"] for q in article["quotations"]]
    assert {target["digest"] for target in targets} <= {document.text.digest}
    try:
        records.document_from(body, document.text.characters + "!")
    except ValueError as error:
        refused = "not the one" in str(error)
    assert refused
