"""The seed lists against the documents they describe: digests, places, calendars and clocks."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from archive.digest import digest
from provenance.model.dates import Date

SEEDS = Path(__file__).parent.parent.parent / "seeds"
SAMPLES = SEEDS / "samples"


def documents(name: str) -> list[dict[str, Any]]:
    """Return the documents of a seed list."""
    listed: list[dict[str, Any]] = tomllib.loads((SEEDS / name).read_text(encoding="utf-8"))["document"]
    return listed


def disagreements(seeds: list[dict[str, Any]], texts: Path) -> Iterator[str]:
    """Say where a list's digests and places are not those of the files."""
    for seed in seeds:
        data = (texts / seed["file"]).read_bytes()
        if digest(data) != seed["digest"]:
            yield f"{seed['file']}: another digest"
            continue
        for article in seed["article"]:
            for key in ("quotations", "tweets"):
                for place in article.get(key, ()):
                    start, end = place["span"]
                    if digest(data.decode()[start:end].encode()) != place["digest"]:
                        yield f"{seed['file']}: {key} at {start}"


def places(seed: dict[str, Any]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Give each place inside an article of a document, with the article's own."""
    for article in seed["article"]:
        inner = [place["span"] for key in ("quotations", "tweets") for place in article.get(key, ())]
        for span in (*inner, *([article["headline"]] if "headline" in article else [])):
            yield tuple(span), tuple(article["span"])


@pytest.mark.parametrize("name", ["samples.toml", "aleppo-2016.toml"])
def test_places_lie_in_their_article(name: str) -> None:
    """Headlines, quotations and tweets lie inside their article, and the articles follow one another."""
    for seed in documents(name):
        assert all(outer[0] <= inner[0] < inner[1] <= outer[1] for inner, outer in places(seed))
        spans = [article["span"] for article in seed["article"] if "span" in article]
        assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("name", ["samples.toml", "aleppo-2016.toml"])
def test_dates_are_in_the_calendar(name: str) -> None:
    """Every date of a list is one that the model can say."""
    stated = [
        article["published"]
        for seed in documents(name)
        for article in seed["article"]
        if "published" in article
    ]

    assert stated == [str(Date.parse(date)) for date in stated]


def test_the_list_of_samples_is_whole() -> None:
    """Each sample is listed, and each is what the list says of it."""
    seeds = documents("samples.toml")

    assert {path.name for path in SAMPLES.iterdir()} == {seed["file"] for seed in seeds}
    assert [] == list(disagreements(seeds, SAMPLES))


def test_a_changed_sample_is_seen(tmp_path: Path) -> None:
    """A document of other bytes, and a place with other words, are told from the right ones."""
    (tmp_path / "a.txt").write_text("He said “no” twice.", encoding="utf-8")
    right = {"span": [9, 11], "digest": digest(b"no")}
    wrong = {"span": [9, 12], "digest": digest(b"no")}
    seed = {"file": "a.txt", "digest": digest((tmp_path / "a.txt").read_bytes())}

    assert [] == list(disagreements([{**seed, "article": [{"quotations": [right]}]}], tmp_path))
    assert ["a.txt: quotations at 9"] == list(
        disagreements([{**seed, "article": [{"tweets": [], "quotations": [wrong]}]}], tmp_path)
    )
    assert ["a.txt: another digest"] == list(
        disagreements([{**seed, "digest": digest(b""), "article": []}], tmp_path)
    )


def test_the_real_documents_are_those_of_the_list(seed_texts: Path) -> None:
    """The five real documents have the listed digests, and the listed places hold the listed words."""
    assert [] == list(disagreements(documents("aleppo-2016.toml"), seed_texts))


def test_the_list_states_what_was_annotated(seed_texts: Path) -> None:
    """The list of the real documents and their annotation name the same articles, quotations and tweets."""
    annotated = json.loads((seed_texts / "gold.json").read_text(encoding="utf-8"))["documents"]
    wanted = [
        [_facts(article, "byline", "url") for article in document["articles"]] for document in annotated
    ]
    listed = [
        [_facts(article, "authors", "original_url") for article in seed["article"]]
        for seed in documents("aleppo-2016.toml")
    ]

    assert wanted == listed


def _facts(article: dict[str, Any], authors: str, url: str) -> dict[str, Any]:
    return {
        "span": article["span"],
        "headline": article.get("headline"),
        "outlet": article.get("outlet"),
        "authors": article.get(authors) or [],
        "published": article.get("published"),
        "dateline": article.get("dateline"),
        "url": article.get(url),
        "agencies": article.get("agencies") or [],
        "quotations": [place["span"] for place in article.get("quotations", ())],
        "tweets": [place["span"] for place in article.get("tweets", ())],
    }


def test_tweet_ids_of_the_samples_agree_with_the_printed_dates() -> None:
    """The embedded tweets were posted, by the clock in their ids, on the day that the page prints."""
    page = (SAMPLES / "letter-page.html").read_text(encoding="utf-8")
    embeds = re.findall(r"/status/(\d+)\?[^>]*>(\w+ \d+, \d+)</a></blockquote>", page)
    assert 2 == len(embeds)

    for number, printed in embeds:
        milliseconds = (int(number) >> 22) + 1_288_834_974_657
        posted = dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)
        assert printed == f"{posted:%B} {posted.day}, {posted.year}"


def test_weekdays_of_the_samples_agree_with_their_dates() -> None:
    """The agency report speaks of Sunday on a Sunday, the digest of Thursday and Friday on such days."""
    assert "Sunday" == f"{dt.date(2024, 3, 3):%A}"
    assert "Thursday" == f"{dt.date(2024, 3, 7):%A}"
    assert "Friday" == f"{dt.date(2024, 3, 8):%A}"
