"""Make a page to look at from a package: its articles, evidence, quotations and the verdict of a fresh verification."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.errors import UsageError
from archive.findings import EXIT_CODES
from archive.wacz.output import Output as NewFile
from provenance.cli.output import Output
from provenance.contract import report_json
from provenance.inputs import is_corpus
from provenance.verifier import verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes."""
    parser.add_argument("package", metavar="PACKAGE", help=".wacz, .warc or .warc.gz")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="REPORT.html", help="the page to make"
    )
    parser.add_argument("--force", action="store_true", help="replace the page if it exists")


def run(args: argparse.Namespace, output: Output) -> int:
    """Verify the package, read it, and write the page. The exit status is that of the verification."""
    from provenance.reports.dossier import view_of
    from provenance.reports.page import render_page
    from provenance.reports.unproven import told_json

    given = Path(args.package)
    if is_corpus(given):
        raise UsageError("a corpus has no report", hint=f"check it with: provenance verify {args.package}")
    if given.exists() and args.output.exists() and args.output.samefile(given):
        raise UsageError("the page would replace the package", hint="give it another name with -o")
    with NewFile(args.output, overwrite=args.force) as page:
        reporter = output.reporter()
        report = verify(args.package, reporter=reporter)
        page.write(
            render_page(view_of(args.package, report, reporter=reporter)).encode("utf-8", errors="replace")
        )
        page.publish()
    words = f"{report.verdict}: {args.package}; the report is {args.output}"
    output.summary(report_json(report) | told_json(report) | {"report": str(args.output)}, words)
    return EXIT_CODES[report.verdict]
