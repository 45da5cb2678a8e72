"""What the command line says of the sample documents, against what was written into them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
SAMPLES = ROOT / "seeds" / "samples"
FAITHFUL = [
    ("gate-pictures.txt", "opened the inner gates at four in the morning", "norda-wire.txt"),
    ("unlabelled.txt", "It wasn’t a drill – and it wasn’t a surprise,", "norda-wire.txt"),
    ("letter-page.html", "The lower town is safe for the night.", "barrier-live.txt"),
    ("digest-page.txt", "tested twice in ten years", "letter-page.html"),
]


def lines(verb: str, kind: str) -> list[dict[str, Any]]:
    """Return the lines of a kind that a verb says of all samples."""
    command = [sys.executable, "-m", "provenance", verb, *map(str, sorted(SAMPLES.iterdir())), "--json"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, encoding="utf-8")
    assert run.returncode in (0, 1), run.stderr
    return [line for line in map(json.loads, run.stdout.splitlines()) if line["type"] == kind]


@pytest.fixture(scope="module")
def traces() -> list[dict[str, Any]]:
    """Return the traces of all quotations of the samples among the samples."""
    return lines("trace", "trace")


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    """Return all articles of the samples."""
    return lines("show", "article")


def trace_of(traces: list[dict[str, Any]], name: str, words: str) -> dict[str, Any]:
    """Return the one trace of a quotation by the document it stands in and its words."""
    (trace,) = (
        trace
        for trace in traces
        if Path(trace["quotation"]["input"]).name == name and trace["quotation"]["exact"] == words
    )
    return trace


def test_each_document_gives_its_articles(articles: list[dict[str, Any]]) -> None:
    """The live blog has two articles, the digest four, every other document one."""
    names = [Path(article["input"]).name for article in articles]

    assert dict.fromkeys(names, 1) | {"barrier-live.txt": 2, "digest-page.txt": 4} == {
        n: names.count(n) for n in names
    }
    assert 6 == len(set(names))


@pytest.mark.parametrize(("name", "words", "source"), FAITHFUL)
def test_faithful_quotations(traces: list[dict[str, Any]], name: str, words: str, source: str) -> None:
    """A quotation whose words stand in another sample is faithful, and its passage is there."""
    trace = trace_of(traces, name, words)

    assert "faithful" == trace["severity"]
    assert source == Path(trace["passage"]["input"]).name


def test_an_altered_quotation_is_not_faithful(traces: list[dict[str, Any]]) -> None:
    """A quotation from which four words were taken without a sign is never called faithful."""
    words = "Nobody was told before the sirens, and that is the one thing we will not repeat."

    assert "faithful" != trace_of(traces, "digest-page.txt", words)["severity"]


def test_a_quotation_without_a_source_is_unverified(traces: list[dict[str, Any]]) -> None:
    """Words that stand in no other sample stay unverified."""
    words = "I have gone down to those hinges every autumn for sixteen years, and every autumn I have written the same page,"

    assert "unverified" == trace_of(traces, "unlabelled.txt", words)["severity"]


def test_nothing_is_made_up(articles: list[dict[str, Any]]) -> None:
    """The unlabelled text has no headline, outlet, date, author or address."""
    (article,) = (article for article in articles if Path(article["input"]).name == "unlabelled.txt")

    assert {None} == {
        article[key]["value"] for key in ("headline", "outlet", "published", "authors", "original_url")
    }


def test_embedded_and_linked_tweets_have_their_ids(articles: list[dict[str, Any]]) -> None:
    """The page's two embeds and its link are references with ids, and the embeds' times are those of the ids."""
    (article,) = (article for article in articles if Path(article["input"]).name == "letter-page.html")
    tweets = {tweet["id"]: tweet for tweet in article["tweets"]}

    assert {
        "1764709442564915200": "embed",
        "1764623750527320064": "embed",
        "1764126571755077709": "link",
    } == {number: tweet["kind"] for number, tweet in tweets.items()}
    assert tweets["1764709442564915200"]["posted_at"].startswith("2024-03-04T17:48:12")
