"""Several articles on one page: a live blog's updates and articles printed one after the other, each with its own values."""

from __future__ import annotations

from archive.findings import Finding
from provenance.model.article import Article
from provenance.reader.blocks import Page
from provenance.reader.jsonld import Graph


def split(article: Article, page: Page, graph: Graph) -> tuple[tuple[Article, ...], tuple[Finding, ...]]:  # noqa: ARG001
    """Return the articles that a page, read as one article, holds, and what is to be said of the page."""
    return (article,), ()
