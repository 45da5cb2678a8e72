"""Prove one article of a package: its records and their ways to the root, for somebody who has nothing else."""

from __future__ import annotations

import argparse
from pathlib import Path

from provenance.cli.output import Output
from provenance.prover import prove
from provenance.reports.visible import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `prove` takes."""
    parser.add_argument("package", metavar="PACKAGE", help="a package of ours, by path or address")
    parser.add_argument(
        "article",
        metavar="ARTICLE",
        help="its URL, record id (with #part), headline, or number as `show PACKAGE` lists them, from 1",
    )
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="PROOF.json", help="where to write the proof"
    )
    parser.add_argument(
        "--part", type=int, metavar="N", help="of a document with several articles, the one of this part"
    )
    parser.add_argument(
        "--without-content",
        action="store_true",
        help="digests in place of the records: who checks the proof must have them",
    )
    parser.add_argument(
        "--records",
        type=Path,
        metavar="FILE.warc.gz",
        help="write the proven records into a WARC of their own, too",
    )
    parser.add_argument("--force", action="store_true", help="replace the proof if it exists")


def run(args: argparse.Namespace, output: Output) -> int:
    """Write the proof and say what it is a proof of."""
    made = prove(
        args.package,
        args.article,
        args.output,
        part=args.part,
        with_content=not args.without_content,
        records_to=args.records,
        overwrite=args.force,
    )
    placed = made.chosen.source.placed
    output.summary(
        {
            "proof": str(args.output),
            "package": args.package,
            "record": placed.record_id,
            "part": made.chosen.part,
            "target_uri": placed.target_uri,
            "manifest_digest": made.manifest_digest,
            "root": made.root,
            "records": made.records,
            "of_records": made.of_records,
            "bytes": made.size_bytes,
        },
        f"{args.output}: {made.records} of {made.of_records} records proven: {one_line(str(made.chosen))}\n"
        f"  root {made.root}\n  manifest {made.manifest_digest}",
    )
    return 0
