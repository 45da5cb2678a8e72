"""Laws of the plain-text reader: evidence stands where it says, spans lie in the text, and nothing makes it fail."""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import Error
from provenance.errors import NotAText
from provenance.model.article import Document
from provenance.reader import read

PIECES = st.sampled_from(
    [
        "Bridge Shut To Lorries",
        "May 28, 2018",
        "KARSK (May 28, 2018) — Text of a paragraph that is a sentence and counts.",
        "Dana Orlov / The Karsk Echo",
        "By Dana Orlov",
        "View image on Twitter",
        "https://velm.example.org/2018/may/20/a-b-c-d",
        "Published in The Velm Post May 28, 2018 in Publication On the Water",
        "Original url:",
        "She said: “We ‘shall’ wait,” and left.",
        "BREAKING: ferry in E",
        "“Open",
        "’s",
        '"',
        "A & B – 2018-05-28 10:11:12",
        "\n",
        "\r\n",
        "# Heading",
        "**bold**",
        "He tweeted:",
        "— Velm (@velm) May 28, 2018",
        "Tuesday, May 28, 2018",
        "Reuters contributed to this report.",
        "–",
        "…",
        "\u2028",
        "\x85",
        "🛶",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=30), max_size=25).map("\n\n".join) | st.text(max_size=400)


def check(document: Document) -> None:
    """Assert what is true of every document that was read from plain text."""
    text, end = document.text, 0
    for article in document.articles:
        assert end <= article.span[0] < article.span[1] <= len(text)
        end = article.span[1]
        for _, field in article.fields:
            for evidence in (*field.evidence, *field.conflicts):
                if evidence.place.start is not None:
                    assert evidence.raw == text[evidence.place.start, evidence.place.end]
            assert (field.value is None) == (field.tier is None) == (not field.evidence)
        spans = [*article.body, *(t.span for t in article.tweets), *(q.span for q in article.quotations)]
        assert all(article.span[0] <= a < b <= article.span[1] for a, b in spans)
        for quotation in article.quotations:
            assert quotation.exact == text[quotation.span]
            assert quotation.segments[0][0] == quotation.start
            assert quotation.segments[-1][1] == quotation.end
            assert quotation.nested_in is None or quotation.nested_in < len(article.quotations)
        ordered = [t.span for t in article.tweets]
        assert all(a[1] <= b[0] for a, b in pairwise(ordered))
        assert all(t.id is None and t.text == text[t.span] for t in article.tweets)


@given(TEXTS)
@settings(deadline=None, max_examples=250)
def test_evidence_and_spans_are_in_the_text(text):
    """Raw evidence stands at its place, quotations are exact, articles and posts do not overlap."""
    data = text.encode("utf-8", errors="replace")
    try:
        check(read(data, name="a.txt"))
    except NotAText:
        assert any(ord(c) < 32 for c in text)


@given(TEXTS)
@settings(deadline=None, max_examples=50)
def test_the_same_bytes_give_the_same_document(text):
    """Reading twice gives equal values."""
    data = "".join(c for c in text if c >= " " or c == "\n").encode("utf-8", errors="replace")
    assert read(data, name="a.txt") == read(data, name="a.txt")


@given(
    st.binary(max_size=600), st.sampled_from([None, "utf-8", "cp1251", "utf-16", "idna", "rot13", "nobody\0"])
)
@settings(deadline=None, max_examples=250)
def test_any_bytes_are_read_or_refused(data, charset):
    """Arbitrary bytes raise nothing but our own errors."""
    with suppress(Error):
        check(read(data, charset=charset, name="a.txt"))


def work(text: str) -> int:
    """Return how many of our own lines of code are run to read a text: a count, not a time."""
    count = 0

    def trace(frame, event, argument):
        nonlocal count
        count += event == "line"
        return trace if "provenance" in frame.f_code.co_filename else None

    data = text.encode()
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        read(data, name="a.txt")
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        "“",
        "“‘",
        "’ ",
        "‘a ",
        "(",
        "a\n",
        "\n",
        " ",
        "Word ",
        "He said “a b,” she said. ",
        "View image on Twitter\n\nabc\n\n",
        "January 1, 2017 ",
        "“open\n\n",
        "Head\nThe Velm Post\n\nVELM (May 20, 2018) — " + "word " * 20 + ".\n\n",
    ],
)
def test_work_grows_with_the_text(unit):
    """Four times as much of anything costs at most about four times as many steps."""
    small, large = work(unit * 400), work(unit * 1600)
    assert large < 6 * small + 4000


@pytest.mark.parametrize(
    "unit", ["“", '"', "(", "[", "\n", "\n\n", "x", "1 ", "‘", "a’ ", "<", "—", "http://a.b/", "AB ", "Ab "]
)
def test_a_million_of_anything_is_read(unit):
    """A long run of one mark is read (or refused by a limit) without backtracking: this returns at all."""
    read((unit * 300_000).encode(), name="a.txt")


GOLD = os.environ.get("PROVENANCE_GOLD")


@pytest.mark.skipif(not GOLD, reason="PROVENANCE_GOLD names no folder with real pages")
def test_real_prose_is_one_article_without_posts():
    """The plain bodies of real pages are one article each, and no flattened post is seen in them."""
    for line in (Path(GOLD or ".") / "pages.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        document = read((page["body"] or "").encode(), name="a.txt")
        check(document)
        assert len(document.articles) == (1 if (page["body"] or "").strip() else 0), page["id"]
        assert [t for a in document.articles for t in a.tweets] == [], page["id"]
