"""Build a package: the inputs' bytes, what they say, and where their quotations come from."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import attrs

from archive.engines import compression
from archive.errors import Error, OutputBusy, OutputUnfinished, UsageError
from archive.wacz.ledger import begun
from archive.wacz.output import promises, unfinished_path
from archive.wacz.saltkey import read_salt_key
from provenance.builder import Builder, Built
from provenance.cli import recording
from provenance.cli.arguments import add_inputs, expander, instant, size_bytes
from provenance.cli.keys import add_key, given_key, given_trust, refuse_without_key
from provenance.cli.output import Output
from provenance.cli.run import INTERRUPTED, worst_status
from provenance.cli.stamp import tell
from provenance.collection import load as load_about
from provenance.contract import finding_json
from provenance.progress import Reporter
from provenance.reports.words import build_words, finding_words
from provenance.seeds import SeedList, load

UNSOUND = 1
_ABOUT = {
    "collector": "who collected it, as the package is to name them",
    "purpose": "what it was collected for",
    "method": "how it was found and collected",
}
"""What is stated of a collection by options of its own, which go before --about."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `build` takes."""
    add_inputs(parser)
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="PACKAGE.wacz", help="the package to make"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace the package, or an unfinished build of it, if there is one",
    )
    parser.add_argument(
        "--resume", action="store_true", help="go on with a build that was stopped, if there is one"
    )
    parser.add_argument(
        "--max-warc-size",
        metavar="SIZE",
        help="split the records into WARCs of this size at most, as 500M or 1G",
    )
    parser.add_argument(
        "--dedup",
        action="store_true",
        help="keep a payload once; later captures of it become revisit records",
    )
    parser.add_argument("--title", help="the collection's title")
    parser.add_argument("--description", help="what the collection is")
    parser.add_argument(
        "--about",
        type=Path,
        metavar="FILE.toml",
        help="who collected it, what for, how (docs/format/collection.md)",
    )
    for name, what in _ABOUT.items():
        parser.add_argument(f"--{name}", metavar="TEXT", help=what)
    parser.add_argument(
        "--created-at",
        metavar="TIME",
        help="when the package was made, as 2016-09-18T18:02:00Z or 'now' (else SOURCE_DATE_EPOCH, else not stated)",
    )
    recording.add_record(parser, "that the package was built")
    add_key(parser, "--sign")
    parser.add_argument(
        "--tsa",
        action="append",
        default=[],
        metavar="URL",
        help="a time-stamping authority to vouch that the package exists when it is finished (may be repeated)",
    )
    parser.add_argument(
        "--salt-key",
        type=Path,
        metavar="FILE",
        help="a secret (mode 0600, 16 random bytes or more) that lets records be withheld later without a way to guess them",
    )
    parser.add_argument(
        "--compression",
        metavar="ENGINE[:LEVEL]",
        help="zlib, zlib-ng or isal and its level, as the package names it (the fastest installed); decides the bytes",
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Build the package and say what went into it."""
    refuse_without_key(args)
    expand, arguments = expander(args)
    listed = _only_seed_list(arguments)
    try:
        with _builder(args, listed, output.reporter()) as builder:
            if args.key:
                builder.sign(given_key(args), timestamp=args.timestamp, trust=given_trust(args))
            for authority in args.tsa:
                builder.timestamp(authority, trust=given_trust(args))
            for item in attrs.evolve(expand, output=args.output).expand(arguments):
                builder.add_input(item)
    except Error as error:
        raise _told_how_to_go_on(error, args.output) from error
    except KeyboardInterrupt:
        output.stopped(_told_how_to_go_on(Error("interrupted"), args.output))
        return INTERRUPTED
    built = builder.built
    assert built is not None, "a builder that was left without an error has built"
    if builder.stamps:
        tell(str(built.package), builder.stamps, output)
    recording.made(args, "built", built.package)
    return _answer(built, output)


def _builder(args: argparse.Namespace, listed: SeedList | None, reporter: Reporter) -> Builder:
    return Builder(
        args.output,
        overwrite=args.force,
        dedup=args.dedup,
        survive=True,
        resume=args.resume,
        warc_bytes=size_bytes(args.max_warc_size) if args.max_warc_size else None,
        title=args.title or (listed.title if listed else None),
        description=args.description or (listed.description if listed else None),
        created_at=_created_at(args),
        about=load_about(args.about, {name: getattr(args, name) for name in _ABOUT}),
        packing=compression(args.compression),
        salt_key=read_salt_key(args.salt_key) if args.salt_key else None,
        reporter=reporter,
    )


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


def _told_how_to_go_on(error: Error, path: Path) -> Error:
    """Return the error with what to do, where the inputs that are done are kept."""
    if isinstance(error, OutputUnfinished):
        return attrs.evolve(error, hint="go on with it: --resume; or start over: --force")
    if isinstance(error, OutputBusy | UsageError) or not promises(path):
        return error
    kept = f"the inputs that are done are kept in {unfinished_path(path)}: the same command with --resume goes on"
    return attrs.evolve(error, hint=f"{error.hint}; {kept}" if error.hint else kept)


def _created_at(args: argparse.Namespace) -> str | None:
    """Return the time the package is dated with; a build that is gone on with was made when it was begun.

    One that is signed is dated, with now where nothing else is said: a signature is over a manifest that says when.
    """
    asked = args.created_at or ("now" if args.key and "SOURCE_DATE_EPOCH" not in os.environ else None)
    earlier = begun(args.output) if args.resume and asked == "now" else None
    return earlier["created"] if earlier and earlier.get("created") else instant(asked)


def _only_seed_list(arguments: list[str]) -> SeedList | None:
    """Return the seed list that the package is all about, to name it after; None where there is more, or none."""
    if len(arguments) != 1 or not arguments[0].endswith(".toml") or not Path(arguments[0]).is_file():
        return None
    return load(Path(arguments[0]))
