"""Repair a package or WARC from other copies of it: byte for byte as it was written, wherever each piece is sound."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.findings import EXIT_CODES
from provenance.cli.compare import ARCHIVE
from provenance.cli.output import Output
from provenance.cli.recording import actor_of, add_record
from provenance.contract import finding_json
from provenance.repairer import Outcome, Repaired, repair
from provenance.reports.visible import one_line
from provenance.reports.words import finding_words

UNSOUND = 1
_MOST_TOLD = 50
"""Pieces that a line of a custody log names one by one; how many there were stands beside them."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `repair` takes."""
    parser.add_argument("damaged", metavar="DAMAGED", help=ARCHIVE)
    parser.add_argument(
        "--from",
        dest="copies",
        action="extend",
        nargs="+",
        required=True,
        metavar="COPY",
        help="another copy of it, damaged elsewhere or not at all (may be repeated)",
    )
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="REPAIRED", help="the sound one to make"
    )
    parser.add_argument("--force", action="store_true", help="replace the result if it exists")
    add_record(parser, "the repair, with what was taken from where,")


def run(args: argparse.Namespace, output: Output) -> int:
    """Repair, and name every piece that another copy gave. The exit status is 1 where it is not as it was written."""
    repaired = repair(
        args.damaged, args.copies, args.output, overwrite=args.force, reporter=output.reporter()
    )
    output.close()
    if args.record is not None and repaired.outcome is not Outcome.REFUSED:
        _record(args, repaired)
    for finding in repaired.findings:
        output.answer("finding", finding_json(finding), finding_words(finding))
    output.summary(_summary(args, repaired), _words(repaired))
    if repaired.outcome is not Outcome.RESTORED or repaired.report is None:
        return UNSOUND
    return EXIT_CODES[repaired.report.verdict]


def _record(args: argparse.Namespace, repaired: Repaired) -> None:
    """Append the repair to a custody log: the copies it was made from, and every piece that came from another one."""
    from archive.custody.events import EventKind
    from provenance.cli.custody_writing import record

    taken = [
        {"code": finding.code, "member": finding.where.member, "record": finding.where.record}
        for finding in repaired.findings[:_MOST_TOLD]
    ]
    details = {"outcome": str(repaired.outcome), "pieces": len(repaired.findings), "told": taken}
    sources = [args.damaged, *args.copies]
    record(
        args.record, EventKind.REPAIRED, args.output, actor=actor_of(args), sources=sources, details=details
    )


def _summary(args: argparse.Namespace, repaired: Repaired) -> dict[str, object]:
    written = repaired.outcome is not Outcome.REFUSED
    return {
        "input": args.damaged,
        "copies": args.copies,
        "output": str(repaired.path) if written else None,
        "outcome": str(repaired.outcome),
        "manifest_digest": repaired.manifest_digest,
        "verdict": str(repaired.report.verdict) if repaired.report else None,
        "bytes": repaired.size_bytes or None,
    }


def _words(repaired: Repaired) -> str:
    path = one_line(str(repaired.path))
    if repaired.outcome is Outcome.REFUSED:
        return f"{path}: not written; nothing that is lost or contradicted was guessed"
    verdict = repaired.report.verdict if repaired.report else "not verified"
    if repaired.outcome is Outcome.REBUILT:
        return f"{path}: a new package of all records ({verdict}); it is not the one that was damaged"
    proof = f"; its manifest is {repaired.manifest_digest}" if repaired.manifest_digest else ""
    return f"{path}: as it was written ({verdict}){proof}"
