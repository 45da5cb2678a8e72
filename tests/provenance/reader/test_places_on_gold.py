"""Evidence on real pages: every place leads to the raw value, letter for letter."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from provenance.model.article import Article
from provenance.model.evidence import Evidence
from provenance.reader.charset import decode_page
from provenance.reader.dom import Dom, text_of
from provenance.reader.html import read_html, read_tree
from provenance.reader.jsonld import load, scripts

PAGES = 40


def evidence_of(article: Article) -> list[Evidence[Any]]:
    """Return all evidence of all fields, conflicts too."""
    return [evidence for _, field in article.fields for evidence in (*field.evidence, *field.conflicts)]


def standing(evidence: Evidence[Any], dom: Dom, text: str) -> str | None:
    """Return what stands at the place of a piece of evidence; None for places outside the page."""
    place = evidence.place
    if place.pointer is not None:
        assert place.script is not None
        value = load(list(scripts(dom))[place.script])
        for escaped in place.pointer.split("/")[1:]:
            step = escaped.replace("~1", "/").replace("~0", "~")
            value = value[int(step)] if isinstance(value, list) else value[step]
        return str(value)
    if place.xpath is not None:
        assert dom.root is not None
        (node,) = dom.root.xpath(place.xpath)  # type: ignore[attr-defined]
        whole = str(node.get(place.attribute)) if place.attribute else text_of(node)
        return whole if place.start is None else whole[place.start : place.end]
    return None if place.start is None else text[place.start : place.end]


def test_every_place_resolves(gold: Path) -> None:
    """On real pages, all evidence stands where it says it stands."""
    wrong = []
    for path in sorted((gold / "pages").glob("*.html.gz"))[:PAGES]:
        data = gzip.decompress(path.read_bytes())
        dom, _ = read_tree(decode_page(data).characters)
        document = read_html(data)
        for article in document.articles:
            for evidence in evidence_of(article):
                there = standing(evidence, dom, document.text.characters)
                if there is not None and there != evidence.raw:
                    wrong.append((path.name, evidence.rule, json.dumps(evidence.raw)[:60]))
    assert wrong == []
