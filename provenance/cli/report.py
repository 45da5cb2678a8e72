"""Make a page to look at from a package: its articles, evidence, quotations and the verdict of a fresh verification."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.findings import EXIT_CODES
from provenance.cli.output import Output
from provenance.contract import report_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `report` takes."""
    parser.add_argument("package", metavar="PACKAGE", help=".wacz, .warc or .warc.gz")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="REPORT.html", help="the page to make")
    parser.add_argument("--force", action="store_true", help="replace the page if it exists")


def run(args: argparse.Namespace, output: Output) -> int:
    """Verify the package, read it, and write the page. The exit status is that of the verification."""
    from provenance.reports.dossier import view_of, write_whole
    from provenance.reports.page import render_page

    write_whole.refuse_existing(args.output, overwrite=args.force)
    view = view_of(args.package, reporter=output.reporter())
    write_whole(args.output, render_page(view), overwrite=args.force)
    output.summary(report_json(view.report) | {"report": str(args.output)}, f"report: {args.output}")
    return EXIT_CODES[view.report.verdict]
