"""Export packages as a BagIt bag: a folder with their digests (sha256, sha512) and what the packages state of themselves."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.findings import EXIT_CODES, worst
from provenance.bagging import bag
from provenance.cli.output import Output
from provenance.cli.recording import actor_of, add_record
from provenance.reports.visible import one_line, plural


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `bag` takes."""
    parser.add_argument("packages", nargs="+", metavar="PACKAGE", help=".wacz, .warc or .warc.gz")
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="FOLDER", help="the bag to make; never replaced"
    )
    add_record(parser, "that these packages were exported")


def run(args: argparse.Namespace, output: Output) -> int:
    """Make the bag. The exit status is that of verifying what is in it."""
    bagged = bag(args.packages, args.output, reporter=output.reporter())
    output.close()
    if args.record is not None:
        _record(args)
    verdicts = {report.package: str(report.verdict) for report in bagged.reports}
    for name, verdict in verdicts.items():
        output.answer("bagged", {"package": name, "verdict": verdict}, f"{verdict}  {one_line(name)}")
    output.summary(
        {"bag": str(bagged.folder), "files": bagged.files, "bytes": bagged.size_bytes, "verdicts": verdicts},
        f"{one_line(str(bagged.folder))}: a bag of {plural(bagged.files, 'file')}, {plural(bagged.size_bytes, 'byte')}",
    )
    return EXIT_CODES[worst(report.verdict for report in bagged.reports)]


def _record(args: argparse.Namespace) -> None:
    from archive.custody.events import EventKind
    from provenance.cli.custody_writing import record

    for name in args.packages:
        details = {"bag": args.output.name}
        record(args.record, EventKind.EXPORTED, name, actor=actor_of(args), details=details)
