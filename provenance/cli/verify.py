"""Verify packages and WARCs: container, fixity, index, manifest, and what was read from them, all derived again."""

from __future__ import annotations

import argparse

from archive.findings import EXIT_CODES, Report, Verdict, worst
from provenance.cli.arguments import add_jobs
from provenance.cli.output import Output
from provenance.contract import finding_json, report_json
from provenance.verifier import REQUIREMENTS, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `verify` takes."""
    parser.add_argument(
        "packages",
        nargs="+",
        metavar="PACKAGE",
        help=".wacz, .warc or .warc.gz, ours or anybody's; a path or an address (https://, s3://, …)",
    )
    parser.add_argument(
        "--require",
        action="append",
        default=[],
        choices=sorted(REQUIREMENTS),
        help="fail a package that does not have this (may be repeated)",
    )
    add_jobs(parser)


def run(args: argparse.Namespace, output: Output) -> int:
    """Verify every package and return the worst verdict as exit status."""
    reporter = output.reporter()
    verdicts: list[Verdict] = []
    for name in args.packages:
        report = verify(name, require=args.require, reporter=reporter, jobs=args.jobs)
        verdicts.append(report.verdict)
        for finding in report.findings:
            output.answer("finding", finding_json(finding), "")
        output.answer("summary", report_json(report), "" if output.json else _words(report))
    output.close()
    output.flush()
    return EXIT_CODES[worst(verdicts)]


def _words(report: Report) -> str:
    from provenance.reports.words import report_words

    return report_words(report)
