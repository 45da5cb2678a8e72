"""`provenance index`, and what can be done with a corpus: trace against it, open it, verify it, and test on it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.command import run

import provenance

WIRE = "Harbour closes\n\nThe minister, Dana Orlov, said: “We shall not reopen the harbour before the first of June.”\n"
STORY = "Row over harbour\n\n“We shall not reopen the harbour before the first of June,” the minister said, and left.\n"
OTHER = "The pilots of Lindau met on Tuesday and agreed that nobody would work before the wages were paid in full."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a corpus of a text and of a text corpus."""
    (tmp_path / "wire.txt").write_text(WIRE)
    row = {"id": "pilots", "text": OTHER, "published": "2031-05-03"}
    (tmp_path / "more.jsonl").write_text(json.dumps(row) + "\n")
    ran = run("index", tmp_path / "wire.txt", tmp_path / "more.jsonl", "-o", tmp_path / "corpus", "--json")
    assert (ran.status, ran.last["sources"], ran.last["sources_held"]) == (0, 2, 2)
    return tmp_path / "corpus"


def test_what_did_not_change_is_passed_over(corpus: Path, tmp_path: Path) -> None:
    """A second run reads nothing that was filed and has not changed."""
    ran = run("index", tmp_path / "wire.txt", tmp_path / "more.jsonl", "-o", corpus, "--json")
    assert (ran.status, ran.last["inputs"], ran.last["unchanged"], ran.last["sources_held"]) == (0, 0, 2, 2)


def test_nothing_to_index(tmp_path: Path) -> None:
    """Where no input could be read, that is what is said, and not that a corpus is missing."""
    ran = run("index", tmp_path / "absent.txt", "-o", tmp_path / "corpus", "--json")

    assert ran.status == 2
    assert "absent.txt" in ran.err
    assert "corpus.json" not in ran.err
    assert {"refused": 1, "sources_held": 0}.items() <= ran.last.items()


def test_quotes_are_traced_in_a_corpus(corpus: Path, tmp_path: Path) -> None:
    """Words from a file are found in a corpus, with the quotation that they stand in and who speaks there."""
    quotes = tmp_path / "quotes.jsonl"
    rows = [
        {"id": "1", "exact": "nobody would work before the wages were paid"},
        {"id": "2", "exact": "We shall reopen the harbour before the first of June."},
        {
            "id": "3",
            "exact": "We shall not reopen the harbour before the first of June.",
            "speaker": "Dana Orlov",
        },
    ]
    quotes.write_text("".join(json.dumps(row) + "\n" for row in rows))
    ran = run("trace", "--quotes", quotes, "--against", corpus, "--json")
    first, second, third = ran.of("trace")
    assert (first["verdict"], first["passage"]["id"]) == ("PARTIAL", "pilots")
    assert first["passage"]["published"] == "2031-05-03"
    assert second["verdict"] == "NEGATION"
    assert (third["verdict"], third["relation"], third["speaker_status"]) == ("VERBATIM", "secondary", "same")
    assert (ran.status, ran.last["sources"]) == (1, 2)


def test_a_corpus_beside_other_inputs(corpus: Path, tmp_path: Path) -> None:
    """The quotations of an input are traced in a corpus and in texts at once."""
    (tmp_path / "story.txt").write_text(STORY)
    (tmp_path / "empty.txt").write_text("Nothing is quoted here, and nothing is said.\n")
    ran = run("trace", tmp_path / "story.txt", "--against", corpus, tmp_path / "empty.txt", "--json")
    (trace,) = ran.of("trace")
    assert trace["verdict"] == "VERBATIM"
    assert trace["passage"]["input"].endswith("wire.txt")
    assert ran.last["sources"] == 4


def test_an_opened_corpus_is_a_body_of_sources(corpus: Path, tmp_path: Path) -> None:
    """A corpus can be opened from Python, alone or beside a text, and articles traced against it."""
    (tmp_path / "story.txt").write_text(STORY)
    articles = provenance.read(tmp_path / "story.txt")
    for body in (provenance.open(corpus), provenance.open(corpus, OTHER.encode())):
        (trace,) = provenance.trace(articles, against=body)
        assert trace.verdict == "VERBATIM"
        assert trace.passage is not None
        assert trace.passage.quotation is not None


def test_a_corpus_is_no_input(corpus: Path) -> None:
    """Where articles are asked for, a corpus is refused in words that say what it is good for."""
    ran = run("show", corpus, "--json")
    assert ran.status == 3
    assert "--against" in ran.out
    assert run("report", corpus, "-o", corpus.parent / "page.html", "--json").status == 2


def test_what_a_corpus_says_can_be_verified(corpus: Path) -> None:
    """A corpus as it was written is sound; with a byte changed it is not."""
    assert run("verify", corpus).status == 0
    (corpus / "segment-00001" / "texts.utf8").write_bytes(b"x" * len((WIRE + OTHER).encode()))
    assert run("verify", corpus).status == 1
