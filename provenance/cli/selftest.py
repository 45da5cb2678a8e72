"""Test the tracer on your own material: faithful quotations are changed in many ways, and traced again."""

from __future__ import annotations

import argparse
from random import Random

from archive.errors import UsageError
from provenance.cli.output import Output
from provenance.corpus.body import candidates_of
from provenance.corpus.reading import gather
from provenance.model.trace import Severity
from provenance.selftest.material import materials
from provenance.selftest.table import Row, Trial, rows, trials

UNDECIDED = 4
QUOTATIONS = 100
_LINE = "{:44} {:8} {:>9} {:>9} {:>9} {:>9} {:>10} {:>9} {:>9}"


def _answer_case(case: Trial, output: Output) -> None:
    """Say what was missed, or who was accused."""
    trace = case.trace
    body = {
        "operator": case.operator.name,
        "expected": str(case.operator.expected),
        "exact": trace.query.exact,
        "original": case.original,
        "verdict": str(trace.verdict),
        "reason": trace.reason,
    }
    what = "missed" if case.is_missed else "accused wrongly"
    output.answer("case", body, f"{what} ({case.operator.name}): {trace.verdict}: {trace.query.exact}")


def _answer_row(row: Row, output: Output) -> None:
    """Say what became of one kind of change."""
    operator = row.operator
    body = {
        "operator": operator.name,
        "expected": str(operator.expected),
        "tested": row.tested,
        "severities": {str(severity): count for severity, count in row.severities.items()},
        "missed": row.missed,
        "accused": row.accused,
    }
    cells = (operator.name, str(operator.expected), *row.severities.values(), row.missed, row.accused)
    output.answer("row", body, _LINE.format(*cells))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `selftest` takes."""
    parser.add_argument(
        "material", metavar="PACKAGE|CORPUS", nargs="+", help="a package, a corpus, or any INPUT"
    )
    parser.add_argument(
        "--seed", type=int, default=0, help="changes the chance by which words are struck (0)"
    )
    parser.add_argument(
        "--most",
        type=int,
        default=QUOTATIONS,
        metavar="N",
        help=f"quotations that are changed ({QUOTATIONS})",
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Print what the tracer would miss and whom it would accuse. The exit status says only whether anything was tested."""
    if args.most < 1:
        raise UsageError("--most is at least 1")
    reporter = output.reporter()
    reporter.stage("reading")
    body = gather(args.material)
    found, own = materials(body, args.most, Random(args.seed))  # noqa: S311 (chance, no secret)
    reporter.stage("changing and tracing")
    tests = []
    for each in trials(found, candidates_of(body), args.seed):
        tests.append(each)
        reporter.advance(1, each.operator.name)
        if each.is_missed or each.is_accused:
            _answer_case(each, output)
    table = rows(tests)
    if table and not output.json:
        output.answer(
            "row", {}, _LINE.format("", "", *(str(severity) for severity in Severity), "missed", "accused")
        )
    for row in table:
        _answer_row(row, output)
    missed, accused = sum(row.missed for row in table), sum(row.accused for row in table)
    summary = {
        "quotations": len(found),
        "own": own,
        "tested": len(tests),
        "missed": missed,
        "accused": accused,
        "seed": args.seed,
    }
    words = f"{len(found)} quotations ({own} of your own, the rest sentences of the sources), {len(tests)} changes: "
    output.summary(
        summary, words + f"{missed} missed, {accused} accused wrongly" if tests else "nothing to test"
    )
    return 0 if tests else UNDECIDED
