"""Merge packages: every record as it stands and each once, page lists and indexes joined, articles traced anew."""

from __future__ import annotations

import argparse
from pathlib import Path

from provenance.cli import recording
from provenance.cli.arguments import instant, size_bytes
from provenance.cli.output import Output
from provenance.contract import finding_json
from provenance.merger import merge
from provenance.reports.words import finding_words

SOUND, UNSOUND = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `merge` takes."""
    parser.add_argument(
        "packages",
        nargs="+",
        metavar="PACKAGE",
        help=".wacz, .warc or .warc.gz, ours or anybody's; a path or an address (https://, s3://, …)",
    )
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="MERGED.wacz", help="the package to make"
    )
    parser.add_argument("--force", action="store_true", help="replace the package if it exists")
    parser.add_argument("--title", help="the collection's title (else that of the packages, if they agree)")
    parser.add_argument(
        "--description", help="what the collection is (else that of the packages, if they agree)"
    )
    parser.add_argument("--created-at", metavar="TIME", help="when the package was made, as for build")
    parser.add_argument(
        "--dedup",
        action="store_true",
        help="keep a payload once; later captures of it become revisit records",
    )
    parser.add_argument(
        "--max-warc-size",
        metavar="SIZE",
        help="split the records into WARCs of this size at most, as 500M or 1G",
    )
    recording.add_record(parser, "that the package was merged, and from what,")


def run(args: argparse.Namespace, output: Output) -> int:
    """Merge the packages, and say what of them contradicts itself. The exit status is 1 where anything failed."""
    merged = merge(
        args.packages,
        args.output,
        overwrite=args.force,
        title=args.title,
        description=args.description,
        created=instant(args.created_at),
        dedup=args.dedup,
        warc_bytes=size_bytes(args.max_warc_size) if args.max_warc_size else None,
        reporter=output.reporter(),
    )
    recording.made(args, "merged", merged.package, args.packages)
    output.close()
    for finding in merged.findings:
        output.answer("finding", finding_json(finding), finding_words(finding))
    output.summary(
        {
            "package": str(merged.package),
            "manifest_digest": merged.manifest_digest,
            "records": merged.records,
            "doubled": merged.doubled,
            "pages": merged.pages,
            "bytes": merged.size_bytes,
        },
        f"{merged.package}: {merged.records} records, {merged.doubled} found twice and kept once,"
        f" {merged.pages} pages; {merged.manifest_digest}",
    )
    return UNSOUND if any(finding.status == "failed" for finding in merged.findings) else SOUND
