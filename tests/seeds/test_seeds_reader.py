"""The five seed documents, read and compared with their hand-made annotation, value by value."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from provenance.model.article import Article, Document
from provenance.reader import read

SEEDS = os.environ.get("PROVENANCE_SEED_TEXTS")
pytestmark = pytest.mark.skipif(not SEEDS, reason="PROVENANCE_SEED_TEXTS names no folder with the seed texts")

GOLD = json.loads((Path(SEEDS) / "gold.json").read_text(encoding="utf-8"))["documents"] if SEEDS else []
ARTICLES = [(d["file"], number) for d in GOLD for number in range(len(d["articles"]))]


@cache
def document(file: str) -> Document:
    """Return a seed document, read."""
    return read((Path(SEEDS or ".") / file).read_bytes(), name=file)


def gold(file: str) -> dict:
    """Return the annotation of a document."""
    return next(d for d in GOLD if d["file"] == file)


def gold_article(file: str, number: int) -> dict:
    """Return the annotation of one article."""
    return gold(file)["articles"][number]


def overlap(x: tuple[int, int], y: tuple[int, int]) -> float:
    """Return the common part of two spans as a share of what they span together."""
    common = max(0, min(x[1], y[1]) - max(x[0], y[0]))
    return common / (max(x[1], y[1]) - min(x[0], y[0]))


def article(file: str, number: int) -> Article:
    """Return the article that was read at the annotated place."""
    best = max(document(file).articles, key=lambda a: overlap(a.span, gold_article(file, number)["span"]))
    assert overlap(best.span, gold_article(file, number)["span"]) >= 0.8
    return best


def norm(value: str | None) -> str:
    """Return a value as values are compared."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", value or "").casefold()).strip()


@pytest.mark.parametrize("file", [d["file"] for d in GOLD])
def test_documents_are_split_into_their_articles(file):
    """Each document has as many articles as the annotation, at the same places."""
    assert len(document(file).articles) == len(gold(file)["articles"])
    for number in range(len(gold(file)["articles"])):
        assert article(file, number).part == number


@pytest.mark.parametrize(("file", "number"), ARTICLES)
def test_values_are_those_of_the_annotation(file, number):
    """Outlet, date, headline, authors, address and dateline of every article; absent where the document gives none."""
    found, expected = article(file, number), gold_article(file, number)
    outlet, dateline, published = found.outlet, found.dateline, found.published
    headline = expected["headline"] and found.text[tuple(expected["headline"])]
    assert norm(outlet.name if outlet else None) == norm(expected["outlet"])
    assert (str(published) if published else None) == expected["published"]
    assert norm(found.headline) == norm(headline)
    assert sorted(map(norm, found.authors or ())) == sorted(map(norm, expected["byline"]))
    assert found.original_url == expected["url"]
    assert norm(dateline.place if dateline else None) == norm(expected["dateline"])
    assert sorted(found.agencies or ()) == sorted(expected.get("agencies", []))


@pytest.mark.parametrize(("file", "number"), ARTICLES)
def test_quotations_are_those_of_the_annotation(file, number):
    """Every annotated quotation is found, at exact offsets, and no other."""
    found = list(article(file, number).quotations)
    for expected in gold_article(file, number)["quotations"]:
        hit = next((q for q in found if overlap(q.span, expected["span"]) >= 0.9), None)
        assert hit is not None, expected
        assert hit.exact == article(file, number).text[hit.span]
        found.remove(hit)
    assert found == []


@pytest.mark.parametrize(("file", "number"), ARTICLES)
def test_flattened_posts_are_those_of_the_annotation(file, number):
    """Every flattened post is found, none is invented, and none is given an id."""
    found = list(article(file, number).tweets)
    for expected in gold_article(file, number)["tweets"]:
        hit = max(found, key=lambda t: overlap(t.span, expected["span"]), default=None)
        assert hit is not None, expected
        assert overlap(hit.span, expected["span"]) >= 0.8
        assert (hit.id, hit.author) == (None, expected["author"])
        found.remove(hit)
    assert found == []


def test_the_page_keeps_its_own_date_beside_its_articles():
    """The aggregator's day is kept as another role than the articles' own days."""
    for d in GOLD:
        if "page" in d:
            for found in document(d["file"]).articles:
                assert str(found.reposted) == d["page"]["published"]
                assert str(found.published) != d["page"]["published"]


def test_findings_are_just_those_that_the_texts_bear():
    """The address made from another headline, and the spokesman of two ministries; no weekday is called wrong."""
    codes = {(d["file"][:3], number): [f.code for f in article(d["file"], number).findings]
             for d in GOLD for number in range(len(d["articles"]))}  # fmt: skip
    assert {key for key, found in codes.items() if found} == {("002", 0), ("004", 0)}
    assert codes["002", 0] == ["speaker.role-conflict"]
    assert codes["004", 0] == ["url.slug-differs-from-headline"]


def test_a_day_that_two_kinds_of_source_give_is_of_the_best_tier():
    """Header line and path of the address, or header line and dateline, make tier A together."""
    tiers = {
        d["file"][:3]: article(d["file"], 0).fields.published.tier
        for d in GOLD
        if d["articles"][0]["published"]
    }
    assert {key for key, tier in tiers.items() if tier == "A"} == {"001", "002", "004"}
