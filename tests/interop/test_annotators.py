"""Other people's anchoring finds our selectors in a page, and we find theirs."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from provenance.model.quotation import Quotation
from provenance.model.selectors import Found, anchor, select, selector_from, selector_json, utf16_span
from provenance.model.text import Text
from provenance.reader import read

PARAGRAPHS = (
    "The ferry 🛶 of Karsk stopped on Monday, and the harbour office gave no reason for several hours.",
    "“The engine failed twice in May, and we will not sail with it,” said Dana Orlov, the head of the harbour.",
    "The town waits. “It is a <em>bad</em> joke,” said Ilse Brandt. “It is a bad joke 🛶 and nobody laughs,” she added.",
    "The town waits. Orlov said: “The northern ferry would sail again before June if a new engine came in time.”",
)
HTML = (
    "<!doctype html><html lang=en><head><title>Ferry</title></head><body><main>"
    + "\n\n".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    + "</main></body></html>"
)


@pytest.fixture(scope="module")
def packages() -> Path:
    """Return the folder in which the npm packages are installed."""
    folder = os.environ.get("PROVENANCE_ANNOTATORS")
    if not folder:
        pytest.skip("PROVENANCE_ANNOTATORS is not set: it names a folder with the npm packages, see .ci/run")
    if shutil.which("node") is None:
        pytest.skip("node is not installed")
    return Path(folder)


@pytest.fixture(scope="module")
def page() -> tuple[Text, tuple[Quotation, ...]]:
    """Return the page's canonical text and its quotations."""
    (article,) = read(HTML.encode(), name="ferry.html").articles
    return article.text, article.quotations


@pytest.fixture(scope="module")
def outcome(packages: Path, page: tuple[Text, tuple[Quotation, ...]]) -> dict[str, Any]:
    """Return what the other tools found of our selectors, and how they describe the same spans."""
    text, quotations = page
    selectors = []
    for quotation in quotations:
        quote, position = selector_json(select(text, quotation.span), source="urn:x")["selector"]
        start, end = utf16_span(text.characters, (position["start"], position["end"]))
        words = {name: quote[name] for name in ("exact", "prefix", "suffix")}
        selectors.append({"quote": words, "position": {"start": start, "end": end}})
    spans = [[each["position"]["start"], each["position"]["end"]] for each in selectors]
    script = Path(__file__).with_name("annotators.mjs")
    ran = subprocess.run(
        ["node", str(script), str(packages)],
        input=json.dumps({"html": HTML, "selectors": selectors, "spans": spans}),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    read_back: dict[str, Any] = json.loads(ran.stdout)
    return read_back


def test_the_page_has_the_canonical_text(
    page: tuple[Text, tuple[Quotation, ...]], outcome: dict[str, Any]
) -> None:
    """The comparison is fair: where blocks stand apart in the source, a browser's text is ours."""
    assert outcome["text"] == page[0].characters
    assert len(page[1]) == 4


def test_they_find_ours(page: tuple[Text, tuple[Quotation, ...]], outcome: dict[str, Any]) -> None:
    """Each tool finds the words of each of our selectors, by words and by position."""
    for quotation, found in zip(page[1], outcome["found"], strict=True):
        assert found["dom_anchor_text_quote"] == quotation.exact
        assert found["dom_anchor_text_position"] == quotation.exact
        assert found["apache_annotator"] == [quotation.exact]
        start, end = utf16_span(page[0].characters, quotation.span)
        assert [start, end, 0] in found["approx_string_match"]


def test_we_find_theirs(page: tuple[Text, tuple[Quotation, ...]], outcome: dict[str, Any]) -> None:
    """What they describe is found where it stands, however much or little of the surroundings they give."""
    text, quotations = page
    for quotation, described in zip(quotations, outcome["described"], strict=True):
        for body in described.values():
            found = anchor(selector_from({"type": "TextQuoteSelector", **body}), text.characters)
            assert found is not None
            assert (found.start, found.end, found.how) == (*quotation.span, Found.MOVED)
