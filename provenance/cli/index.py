"""Index inputs into a corpus: a folder of sources in which quotations are traced in milliseconds."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.errors import Error
from provenance.cli.arguments import add_inputs, expander
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.contract import finding_json
from provenance.corpus.filing import FiledInput, file_inputs
from provenance.corpus.index import describe
from provenance.inputs import Noticed, Refused, is_corpus
from provenance.reports.visible import plural
from provenance.reports.words import finding_words


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `index` takes."""
    add_inputs(parser)
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="CORPUS", help="the corpus, new or not"
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Add inputs to a corpus; those it holds already, unchanged, are passed over."""
    expand, arguments = expander(args)
    reporter = output.reporter()
    reporter.stage("indexing")
    refused: list[Error] = []
    added = unchanged = sources = 0
    for filed in file_inputs(arguments, args.output, expander=expand):
        if isinstance(filed, Refused):
            refused.append(filed.error)
            output.refused(filed.name, filed.error)
        elif isinstance(filed, Noticed):
            words = finding_words(filed.finding.within(package=filed.name))
            output.answer("finding", {"input": filed.name, **finding_json(filed.finding)}, words)
        else:
            assert isinstance(filed, FiledInput)
            unchanged += filed.sources is None
            added += filed.sources is not None
            sources += filed.sources or 0
            reporter.advance(1, filed.name)
    held = list(describe(args.output).segments.values()) if is_corpus(args.output) else []
    totals = {
        "corpus": str(args.output),
        "inputs": added,
        "unchanged": unchanged,
        "refused": len(refused),
        "sources": sources,
        "sources_held": sum(last - first for about in held for first, last in about["live"]),
        "text_bytes": sum(about["text_bytes"] for about in held),
    }
    words = (
        f"{plural(sources, 'source')} of {plural(added, 'input')} indexed, {plural(unchanged, 'input')} unchanged;"
        f" {totals['sources_held']} held"
    )
    output.summary(totals, f"{args.output}: {words}")
    return worst_status(refused)
