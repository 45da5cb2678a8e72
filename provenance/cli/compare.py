"""Compare two packages or WARCs, record by record: what is the same, what is in one only, what differs and where."""

from __future__ import annotations

import argparse
from contextlib import ExitStack

import provenance.codes  # noqa: F401 (registers every code)
from archive.copies.comparing import Comparison
from archive.wacz.reader import open_package
from provenance.cli.output import Output
from provenance.contract import finding_json
from provenance.reports.visible import one_line
from provenance.reports.words import finding_words

SAME, DIFFERING = 0, 1
ARCHIVE = ".wacz, .warc or .warc.gz, ours or anybody's; a path or an address (https://, s3://, …)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `compare` takes."""
    parser.add_argument("first", metavar="A", help=ARCHIVE)
    parser.add_argument("second", metavar="B", help="the other one")


def run(args: argparse.Namespace, output: Output) -> int:
    """Compare the two and say what differs. The exit status is 0 where nothing does, and 1 where something does."""
    with ExitStack() as stack:
        first, second = (stack.enter_context(open_package(name)) for name in (args.first, args.second))
        comparison = Comparison(first, second)
        for finding in comparison.findings():
            output.answer("finding", finding_json(finding), finding_words(finding))
    output.summary(_summary(args, comparison), _words(args, comparison))
    return SAME if comparison.same else DIFFERING


def _summary(args: argparse.Namespace, comparison: Comparison) -> dict[str, object]:
    records, members = comparison.records, comparison.members
    return {
        "first": args.first,
        "second": args.second,
        "same": comparison.same,
        "identical": comparison.identical,
        "records": {
            key: records[key]
            for key in ("same", "only_first", "only_second", "differing", "damaged_first", "damaged_second")
        }
        | {"unreadable_places": [records["lost_first"], records["lost_second"]]},
        "members": {key: members[key] for key in ("same", "only_first", "only_second", "differing")},
    }


def _words(args: argparse.Namespace, comparison: Comparison) -> str:
    records, members = comparison.records, comparison.members
    head = (
        "the same byte for byte" if comparison.identical else "the same" if comparison.same else "differing"
    )
    told = [
        f"{head}: {one_line(args.first)} and {one_line(args.second)}",
        f"  records: {records['same']} the same, {records['differing']} differing,"
        f" {records['only_first']} only in the first, {records['only_second']} only in the second;"
        f" contradicting themselves: {records['damaged_first']} and {records['damaged_second']}",
    ]
    if members:
        told.append(
            f"  members: {members['same']} the same, {members['differing']} differing,"
            f" {members['only_first']} only in the first, {members['only_second']} only in the second"
        )
    return "\n".join(told)
