"""Trace quotations: find where their words stand in the inputs and in other sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from typing import Any

from archive.errors import Error, InputError, Location
from provenance.cli.arguments import add_inputs, expander, json_lines
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.contract import finding_json, trace_json
from provenance.corpus.body import Body, Held
from provenance.corpus.reading import readings
from provenance.inputs import Expander, Input, Noticed, Refused
from provenance.model.trace import Query, Severity, Source, Trace
from provenance.progress import Reporter
from provenance.reports.words import finding_words, trace_words
from provenance.tracer.verdicts import trace_all

UNSOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `trace` takes."""
    add_inputs(parser)
    words = parser.add_mutually_exclusive_group()
    words.add_argument("--quote", action="append", metavar="TEXT", help="trace these words (may be repeated)")
    words.add_argument("--quotes", metavar="FILE.jsonl", help='trace these, one {"id": …, "exact": …} a line')
    parser.add_argument(
        "--against",
        nargs="+",
        action="extend",
        default=[],
        metavar="SOURCE",
        help="look here too: anything INPUT may be, or a .jsonl of texts",
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Trace the quotations of the inputs, or the given words, in the inputs and in the other sources."""
    gathering = _Gathering(output, output.reporter())
    queries = list(_queries(args))
    body, others = Body(), Body()
    if args.inputs or args.list or not (queries and args.against):
        expand, arguments = expander(args)
        gathering.gather(expand.expand(arguments), body)
    gathering.gather(Expander(texts=args.texts).expand(_documents(args.against)), others)
    sources = [*body.sources(), *others.sources(), *_texts(args.against)]
    traces = trace_all(queries or body.queries(), sources)
    severities = _answer(traces, output)
    output.summary(_counts(severities, len(sources), gathering), _words(severities, len(sources)))
    accused = severities[Severity.ALTERED] + severities[Severity.DISTORTED]
    return worst_status(gathering.refused, UNSOUND if accused else 0)


class _Gathering:
    """Reads inputs into bodies of sources and keeps what was refused."""

    def __init__(self, output: Output, reporter: Reporter) -> None:
        self.refused: list[Error] = []
        self._output = output
        self._reporter = reporter
        reporter.stage("reading")

    def gather(self, items: Iterable[Input], body: Body) -> None:
        for item in readings(items):
            if isinstance(item, Refused):
                self.refused.append(item.error)
                self._output.refused(item.name, item.error)
            elif isinstance(item, Noticed):
                body_json = {"input": item.name, **finding_json(item.finding)}
                self._output.answer(
                    "finding", body_json, finding_words(item.finding.within(package=item.name))
                )
            elif item.document is not None:
                body.add(Held(item.given.name, item.given.record, item.document))
                self._reporter.advance(1, item.given.name)


def _queries(args: argparse.Namespace) -> Iterator[Query]:
    """Yield the words named on the command line or in a file."""
    for number, exact in enumerate(args.quote or ()):
        yield Query(exact=exact, id=str(number))
    if args.quotes:
        for row in json_lines(args.quotes):
            try:
                yield _query(row)
            except KeyError as error:
                raise InputError(f"a line has no {error}", Location(package=args.quotes)) from error


def _query(row: dict[str, Any]) -> Query:
    """Return what a line asks. Raises KeyError for a line without words or id."""
    return Query(
        exact=str(row["exact"]),
        id=str(row["id"]),
        cited=_text(row.get("cited")),
        speaker=_text(row.get("speaker")),
        quoted_at=_text(row.get("quoted_at")),
        within=_text(row.get("in")),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _documents(against: Iterable[str]) -> Iterator[str]:
    return (name for name in against if not name.endswith(".jsonl"))


def _texts(against: Iterable[str]) -> Iterator[Source]:
    """Yield the texts of a text corpus: one `{"id", "text", …}` a line."""
    for path in against:
        if not path.endswith(".jsonl"):
            continue
        for row in json_lines(path):
            if not isinstance(row.get("text"), str) or "id" not in row:
                raise InputError('a line has no "id" or no string "text"', Location(package=path))
            yield Source(
                id=str(row["id"]),
                characters=row["text"],
                input=path,
                span=(0, len(row["text"])),
                record=None,
                part=0,
                original_url=row.get("original_url"),
                published=_text(row.get("published")),
                outlet=row.get("outlet"),
                title=row.get("title"),
            )


def _answer(traces: Iterable[Trace], output: Output) -> dict[Severity, int]:
    severities = dict.fromkeys(Severity, 0)
    for trace in traces:
        severities[trace.verdict.severity] += 1
        if output.json:
            output.answer("trace", trace_json(trace), "")
        else:
            output.answer("trace", {}, trace_words(trace))
    return severities


def _counts(severities: dict[Severity, int], sources: int, gathering: _Gathering) -> dict[str, object]:
    return {
        "quotations": sum(severities.values()),
        "sources": sources,
        "severities": {str(k): n for k, n in severities.items()},
        "refused": len(gathering.refused),
    }


def _words(severities: dict[Severity, int], sources: int) -> str:
    parts = [f"{n} {severity}" for severity, n in severities.items() if n]
    return f"{sum(severities.values())} quotations in {sources} sources: {', '.join(parts) or 'none'}"
