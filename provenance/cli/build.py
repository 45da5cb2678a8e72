"""Build a package: the inputs' bytes, what they say, and where their quotations come from."""

from __future__ import annotations

import argparse
import datetime as dt
import os
from pathlib import Path

from archive.engines import compression
from archive.errors import UsageError
from provenance.builder import Builder, Built
from provenance.cli.arguments import add_inputs, expander
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.contract import finding_json
from provenance.reports.words import build_words, finding_words
from provenance.seeds import SeedList, load

UNSOUND = 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `build` takes."""
    add_inputs(parser)
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="PACKAGE.wacz", help="the package to make"
    )
    parser.add_argument("--force", action="store_true", help="replace the package if it exists")
    parser.add_argument("--title", help="the collection's title")
    parser.add_argument("--description", help="what the collection is")
    parser.add_argument(
        "--created-at",
        metavar="TIME",
        help="when the package was made, as 2016-09-18T18:02:00Z or 'now' (else SOURCE_DATE_EPOCH, else not stated)",
    )
    parser.add_argument(
        "--compression",
        metavar="ENGINE[:LEVEL]",
        help="zlib, zlib-ng or isal and its level, as the package names it (the fastest installed); decides the bytes",
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Build the package and say what went into it."""
    expand, arguments = expander(args)
    listed = _only_seed_list(arguments)
    builder = Builder(
        args.output,
        overwrite=args.force,
        title=args.title or (listed.title if listed else None),
        description=args.description or (listed.description if listed else None),
        created_at=_instant(args.created_at),
        packing=compression(args.compression),
        reporter=output.reporter(),
    )
    with builder:
        for item in expand.expand(arguments):
            builder.add_input(item)
    built = builder.built
    assert built is not None, "a builder that was left without an error has built"
    return _answer(built, output)


def _answer(built: Built, output: Output) -> int:
    output.close()
    for refused in built.refused:
        output.refused(refused.name, refused.error)
    for finding in built.findings:
        output.answer("finding", finding_json(finding), finding_words(finding))
    output.summary(
        {
            "package": str(built.package),
            "manifest_digest": built.manifest_digest,
            "records": built.records,
            "documents": built.documents,
            "articles": built.articles,
            "quotations": built.quotations,
            "tweets": built.tweets,
            "bytes": built.size_bytes,
            "refused": len(built.refused),
        },
        build_words(
            str(built.package),
            manifest_digest=built.manifest_digest,
            records=built.records,
            articles=built.articles,
            quotations=built.quotations,
            tweets=built.tweets,
            size_bytes=built.size_bytes,
        ),
    )
    failed = any(finding.status == "failed" for finding in built.findings)
    return worst_status((refused.error for refused in built.refused), UNSOUND if failed else 0)


def _only_seed_list(arguments: list[str]) -> SeedList | None:
    """Return the seed list that the package is all about, to name it after; None where there is more, or none."""
    if len(arguments) != 1 or not arguments[0].endswith(".toml") or not Path(arguments[0]).is_file():
        return None
    return load(Path(arguments[0]))


def _instant(text: str | None) -> str | None:
    """Return the time a package is dated with, as WACZ writes it. Raises UsageError."""
    if text == "now":
        return _written(dt.datetime.now(dt.UTC))
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is None:
            return None
        if not (epoch.isdecimal() and epoch.isascii() and len(epoch) <= 11):
            raise UsageError(f"SOURCE_DATE_EPOCH is no number of seconds: {epoch!r}")
        return _written(dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC))
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"--created-at: {error}") from error
    if moment.tzinfo is None:
        raise UsageError("--created-at needs a zone", hint="end it with Z for UTC")
    try:
        return _written(moment.astimezone(dt.UTC))
    except OverflowError as error:
        raise UsageError(f"--created-at: {error}") from error


def _written(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
