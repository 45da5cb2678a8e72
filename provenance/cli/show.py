"""Show the articles of each input, every value with the evidence for it."""

from __future__ import annotations

import argparse

from archive.errors import Error
from archive.findings import Finding
from provenance.cli.arguments import add_accept_weak, add_inputs, expander
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.contract import article_line, finding_json
from provenance.corpus.people import People
from provenance.corpus.reading import Reading, readings
from provenance.inputs import Noticed, Refused
from provenance.model.article import Article
from provenance.reports.visible import plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `show` takes."""
    add_inputs(parser)
    add_accept_weak(parser)


def run(args: argparse.Namespace, output: Output) -> int:
    """Read every input and print its articles."""
    expand, arguments = expander(args)
    reporter = output.reporter()
    reporter.stage("reading")
    articles, documents = 0, 0
    refused: list[Error] = []
    people = People()
    for item in readings(expand.expand(arguments), accept_weak=args.accept_weak):
        if isinstance(item, Refused):
            refused.append(item.error)
            output.refused(item.name, item.error)
        elif isinstance(item, Noticed):
            _answer_finding(item.name, item.finding, output)
        else:
            documents += 1
            articles += _show(item, output, people)
            reporter.advance(1, item.given.name)
    for finding in people.conflicts():
        _answer_finding(finding.where.package or "", finding, output)
    body = {"documents": documents, "articles": articles, "refused": len(refused)}
    told = f"{plural(articles, 'article')} in {plural(documents, 'document')}"
    output.summary(body, f"{told}; {plural(len(refused), 'input')} refused")
    return worst_status(refused)


def _show(item: Reading, output: Output, people: People) -> int:
    """Print what was read of one document and return the number of its articles."""
    given = item.given
    for finding in item.findings:
        _answer_finding(given.name, finding, output)
    articles = item.document.articles if item.document else ()
    for article in articles:
        people.add(article, input=given.name, record=given.record)
        body = article_line(article, input=given.name, record=given.record)
        output.answer("article", body, "" if output.json else _words(article))
    return len(articles)


def _words(article: Article) -> str:
    from provenance.reports.words import article_words

    return article_words(article)


def _answer_finding(name: str, finding: Finding, output: Output) -> None:
    from provenance.reports.words import finding_words

    words = "" if output.json else finding_words(finding.within(package=name))
    output.answer("finding", {"input": name, **finding_json(finding)}, words)
