"""Trace quotations: find where their words stand in the inputs and in other sources."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from archive.errors import Error
from archive.findings import Finding
from provenance.cli.arguments import add_accept_weak, add_inputs, expander
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.contract import finding_json, trace_json
from provenance.corpus.body import Body, Held, candidates_of
from provenance.corpus.reading import opened, readings
from provenance.corpus.texts import queries_of, source_of, with_quotations
from provenance.inputs import Expander, Input, Noticed, Refused, is_corpus, json_lines
from provenance.model.trace import Query, Severity, Source, Trace
from provenance.progress import Reporter
from provenance.reports.visible import plural
from provenance.tracer.chains import circle_of
from provenance.tracer.verdicts import trace_all

UNSOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `trace` takes."""
    add_inputs(parser)
    add_accept_weak(parser)
    words = parser.add_mutually_exclusive_group()
    words.add_argument("--quote", action="append", metavar="TEXT", help="trace these words (may be repeated)")
    words.add_argument("--quotes", metavar="FILE.jsonl", help='trace these, one {"id": …, "exact": …} a line')
    parser.add_argument(
        "--against",
        nargs="+",
        action="extend",
        default=[],
        metavar="SOURCE",
        help="look here too: anything INPUT may be, a .jsonl of texts, or a corpus made by `provenance index`",
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Trace the quotations of the inputs, or the given words, in the inputs and in the other sources."""
    gathering = _Gathering(output, output.reporter(), accept_weak=args.accept_weak)
    queries = list(_queries(args))
    body, others = Body(), Body()
    if args.inputs or args.list or not (queries and args.against):
        expand, arguments = expander(args)
        gathering.gather(expand.expand(arguments), body)
    others.corpora += [opened(name) for name in args.against if is_corpus(Path(name))]
    gathering.gather(Expander(texts=args.texts).expand(_documents(args.against)), others)
    sources = candidates_of(body, others, sources=_texts(args.against))
    traces = trace_all(queries or body.queries(), sources, enrich=with_quotations)
    severities = _answer(traces, output)
    output.summary(_counts(severities, len(sources), gathering), _words(severities, len(sources)))
    accused = severities[Severity.ALTERED] + severities[Severity.DISTORTED]
    return worst_status(gathering.refused, UNSOUND if accused else 0)


class _Gathering:
    """Reads inputs into bodies of sources and keeps what was refused."""

    def __init__(self, output: Output, reporter: Reporter, *, accept_weak: bool) -> None:
        self.refused: list[Error] = []
        self._output = output
        self._accept_weak = accept_weak
        self._reporter = reporter
        reporter.stage("reading")

    def gather(self, items: Iterable[Input], body: Body) -> None:
        for item in readings(items, accept_weak=self._accept_weak):
            if isinstance(item, Refused):
                self.refused.append(item.error)
                self._output.refused(item.name, item.error)
            elif isinstance(item, Noticed):
                body_json = {"input": item.name, **finding_json(item.finding)}
                self._output.answer(
                    "finding", body_json, _finding_words(item.finding.within(package=item.name))
                )
            elif item.document is not None:
                body.add(Held(item.given.name, item.given.record, item.document))
                self._reporter.advance(1, item.given.name)


def _queries(args: argparse.Namespace) -> Iterator[Query]:
    """Yield the words named on the command line or in a file."""
    for number, exact in enumerate(args.quote or ()):
        yield Query(exact=exact, id=str(number))
    if args.quotes:
        yield from queries_of(json_lines(args.quotes), args.quotes)


def _documents(against: Iterable[str]) -> Iterator[str]:
    return (name for name in against if not name.endswith(".jsonl") and not is_corpus(Path(name)))


def _texts(against: Iterable[str]) -> Iterator[Source]:
    """Yield the texts of text corpora."""
    for path in against:
        if path.endswith(".jsonl"):
            yield from (source_of(row, path) for row in json_lines(path))


def _answer(traces: Iterable[Trace], output: Output) -> dict[Severity, int]:
    severities = dict.fromkeys(Severity, 0)
    for trace in traces:
        severities[trace.verdict.severity] += 1
        if output.json:
            output.answer("trace", trace_json(trace), "")
        else:
            output.answer("trace", {}, _trace_words(trace))
        for finding in circle_of(trace):
            output.answer("finding", finding_json(finding), "" if output.json else _finding_words(finding))
    return severities


def _trace_words(trace: Trace) -> str:
    from provenance.reports.words import trace_words

    return trace_words(trace)


def _finding_words(finding: Finding) -> str:
    from provenance.reports.words import finding_words

    return finding_words(finding)


def _counts(severities: dict[Severity, int], sources: int, gathering: _Gathering) -> dict[str, object]:
    return {
        "quotations": sum(severities.values()),
        "sources": sources,
        "severities": {str(k): n for k, n in severities.items()},
        "refused": len(gathering.refused),
    }


def _words(severities: dict[Severity, int], sources: int) -> str:
    parts = [f"{n} {severity}" for severity, n in severities.items() if n]
    quotations = plural(sum(severities.values()), "quotation")
    return f"{quotations} in {plural(sources, 'source')}: {', '.join(parts) or 'none'}"
