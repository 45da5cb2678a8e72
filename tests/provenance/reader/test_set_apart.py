"""Quotations that a page's markup sets apart, on pages of our own."""

from __future__ import annotations

from provenance.model.quotation import Quotation, QuotationKind
from provenance.reader import read

LEAD = "<p>The ferry of Karsk stopped on Monday, and the harbour office gave no reason for several hours.</p>"
TAIL = (
    "<p>The town waits for news of the ferry, and nobody in the harbour office knows when it will come.</p>"
)


def quotations_of(middle: str) -> tuple[Quotation, ...]:
    """Return the quotations of a page with this in its middle."""
    page = (
        "<!doctype html><html lang='en'><head><title>The ferry stopped</title></head><body><article>"
        f"<h1>The ferry stopped</h1>{LEAD}{middle}{TAIL}</article></body></html>"
    )
    (article,) = read(page.encode(), name="a.html").articles
    for quotation in article.quotations:
        assert quotation.exact == article.text[quotation.span]
    return article.quotations


def test_a_blockquote_without_marks_is_a_block():
    """All its paragraphs are one quotation, from the address that it cites."""
    found = quotations_of(
        '<blockquote cite="https://karsk.example/a"><p>The engine failed twice in May this year.</p>'
        "<p>We will not sail with it before June.</p></blockquote>"
    )
    (quotation,) = found
    assert quotation.kind is QuotationKind.BLOCK
    assert len(quotation.segments) == 2
    assert quotation.cited == "https://karsk.example/a"
    assert quotation.notes == ("blockquote",)
    assert (quotation.speaker, quotation.unattributed) == (None, "nobody-named")


def test_a_signed_blockquote_has_its_speaker():
    """A name behind a dash at the end says who speaks, and is no part of the words."""
    (quotation,) = quotations_of(
        "<blockquote><p>The engine failed twice in May this year.</p><p>— Dana Orlov, captain</p></blockquote>"
    )
    assert quotation.exact == "The engine failed twice in May this year."
    assert quotation.speaker is not None
    assert quotation.speaker.name == "Dana Orlov"


def test_a_blockquote_in_marks_is_one_quotation():
    """Marks that fill a blockquote are the same quotation, which only is noted."""
    (quotation,) = quotations_of("<blockquote>“The engine failed twice in May this year.”</blockquote>")
    assert quotation.exact == "The engine failed twice in May this year."
    assert "blockquote" in quotation.notes


def test_marks_inside_a_blockquote_stand_in_it():
    """Marks around a few of its words are a quotation inside the block's."""
    outer, inner = quotations_of(
        "<blockquote>The harbour office told us the engine was “very old indeed” "
        "and that it failed twice in May, then again.</blockquote>"
    )
    assert (outer.kind, outer.nested_in, inner.nested_in) == (QuotationKind.BLOCK, None, 0)
    assert inner.exact == "very old indeed"


def test_an_address_that_is_none_is_not_cited():
    """Only http addresses are kept of `cite`."""
    (quotation,) = quotations_of(
        '<blockquote cite="javascript:x()">The engine failed twice in May this year, and again.</blockquote>'
    )
    assert quotation.cited is None


def test_q_is_shown_in_marks():
    """A `q` element is a quotation with the marks that a browser shows."""
    (quotation,) = quotations_of("<p>Dana Orlov said: <q>The engine failed twice in May.</q></p>")
    assert quotation.exact == "The engine failed twice in May."
    assert quotation.speaker is not None
    assert quotation.speaker.name == "Dana Orlov"


def test_a_caption_s_quotation_is_noted():
    """What is quoted under a picture says so."""
    found = quotations_of(
        "<figure><img src=a.png alt=''><figcaption>The quay on Monday. "
        "“The engine failed twice in May,” said Dana Orlov, the captain.</figcaption></figure>"
    )
    assert [q.notes for q in found] == [("caption",)]


def test_a_pull_quote_is_noted():
    """A pull quote repeats the article's words; it is known by its class."""
    found = quotations_of(
        '<blockquote class="pullquote">“The engine failed twice in May this year.”</blockquote>'
    )
    assert [q.notes for q in found] == [("pull-quote",)]
