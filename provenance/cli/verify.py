"""Verify packages and WARCs: container, fixity, index, manifest, and what was read from them, all derived again."""

from __future__ import annotations

import argparse
import gc

from archive.errors import Error
from archive.findings import EXIT_CODES, Report, Verdict, worst
from provenance.cli import recording
from provenance.cli.arguments import add_jobs
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.contract import finding_json, report_json
from provenance.progress import Reporter
from provenance.reports.unproven import told_json
from provenance.verifier import REQUIREMENTS, headers_from, trusted, verify

_MOST_AUTHORITIES = 100
_COLLECTED_AFTER = 200_000
"""Values in memory before cycles are looked for: what is kept of records has none, and there may be a million."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `verify` takes."""
    parser.add_argument(
        "packages",
        nargs="+",
        metavar="PACKAGE",
        help=".wacz, .warc or .warc.gz, ours or anybody's; a path or an address (https://, s3://, …)",
    )
    add_vouching(parser)
    parser.add_argument(
        "--offline", action="store_true", help="leave the network alone: refuse packages that lie on a server"
    )
    add_jobs(parser)
    recording.add_record(parser, "this verification, with what was checked and found,")


def add_vouching(parser: argparse.ArgumentParser) -> None:
    """Declare who must vouch for what is verified."""
    parser.add_argument(
        "--require",
        action="append",
        default=[],
        choices=sorted(REQUIREMENTS),
        help="fail what does not have this (may be repeated)",
    )
    parser.add_argument(
        "--signer",
        action="append",
        default=[],
        metavar="NAME",
        help="who must have signed it: a host, or a key by its fingerprint (may be repeated; one of them is enough)",
    )
    parser.add_argument(
        "--trust", metavar="FILE.toml", help="whom to believe: signers and roots (docs/format/trust.md)"
    )
    parser.add_argument(
        "--timestamps",
        type=_authorities,
        metavar="K",
        help="so many authorities must vouch for the time, each under a root of its own (implies --require timestamp)",
    )
    parser.add_argument(
        "--bitcoin-headers",
        metavar="FILE",
        help="headers of blocks from a node you trust, a height and 160 hex digits a line: for OpenTimestamps",
    )


def _authorities(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= _MOST_AUTHORITIES):
        raise argparse.ArgumentTypeError(f"not a number from 1 to {_MOST_AUTHORITIES}: {text[:20]!r}")
    return int(text)


def run(args: argparse.Namespace, output: Output) -> int:
    """Verify every package and return the worst verdict as exit status."""
    reporter = output.reporter()
    verdicts: list[Verdict] = []
    failures: list[Error] = []
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_AFTER, *before[1:])
    try:
        _verify_all(args, output, reporter, verdicts, failures)
    finally:
        gc.set_threshold(*before)
    output.close()
    output.flush()
    return worst_status(failures, EXIT_CODES[worst(verdicts)])


def _verify_all(
    args: argparse.Namespace,
    output: Output,
    reporter: Reporter,
    verdicts: list[Verdict],
    failures: list[Error],
) -> None:
    trust = trusted(args.trust, args.signer)
    headers = headers_from(args.bitcoin_headers) if args.bitcoin_headers else None
    for name in args.packages:
        seen = recording.seen(args, name)
        report = verify(
            name,
            require=args.require,
            trust=trust,
            timestamps=args.timestamps,
            bitcoin_headers=headers,
            offline=args.offline,
            reporter=reporter,
            jobs=args.jobs,
        )
        recorded = recording.verified(args, seen, report)
        verdicts.append(report.verdict)
        for finding in report.findings:
            output.answer("finding", finding_json(finding), "")
        words = "" if output.json else _words(report) + recorded.words(args.record)
        output.answer("summary", report_json(report) | told_json(report) | recorded.json(args.record), words)
        if recorded.failed is not None:
            failures.append(recorded.failed)
            output.refused(name, recorded.failed)


def _words(report: Report) -> str:
    from provenance.reports.words import report_words

    return report_words(report)
