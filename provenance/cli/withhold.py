"""Withhold documents: a new package without them, of which everything else is still proven to be what was signed."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.findings import Finding
from archive.warc.record import Placed
from provenance.cli import recording
from provenance.cli.arguments import instant
from provenance.cli.output import Output
from provenance.contract import finding_json
from provenance.reports.visible import one_line, plural
from provenance.withholder import Choice, Made, withhold


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `withhold` takes."""
    parser.add_argument("package", metavar="PACKAGE", help="a sound package of ours; it stays as it is")
    parser.add_argument(
        "articles",
        nargs="+",
        metavar="ARTICLE",
        help="URL, record id, headline, or number as `show PACKAGE` lists them; the whole document goes, with its capture",
    )
    parser.add_argument(
        "-o", "--output", required=True, type=Path, metavar="NEW.wacz", help="the package to make"
    )
    parser.add_argument(
        "--reason", required=True, help="why, as it will stand in the new package for everybody to read"
    )
    parser.add_argument(
        "--all", action="store_true", help="where several documents answer to one name, withhold all of them"
    )
    parser.add_argument(
        "--without",
        action="append",
        default=[],
        metavar="MEMBER",
        help="withhold a further member too (may be repeated)",
    )
    parser.add_argument(
        "--even-so",
        action="store_true",
        help="write the package even where something in it names what is withheld",
    )
    parser.add_argument(
        "--created-at",
        metavar="TIME",
        help="when the new package was made, as for `build` (else SOURCE_DATE_EPOCH, else not stated)",
    )
    parser.add_argument("--force", action="store_true", help="replace the new package if it exists")
    recording.add_record(parser, "that documents were withheld, from which package and why,")


def run(args: argparse.Namespace, output: Output) -> int:
    """Write the new package, and say what of the withheld records is told all the same."""
    choice = Choice(
        tuple(args.articles), args.reason, every=args.all, members=tuple(args.without), even_so=args.even_so
    )

    def tell(finding: Finding) -> None:
        output.answer("finding", finding_json(finding), "" if output.json else _words(finding))

    made = withhold(
        args.package,
        args.output,
        choice,
        created=instant(args.created_at),
        overwrite=args.force,
        tell=tell,
        reporter=output.reporter(),
    )
    recording.made(args, "withheld", made.package, [args.package], args.reason)
    for placed in made.gone:
        output.answer("withheld", _record(placed), _record_words(placed))
    output.summary(_summary(args.package, made), _closing(made))
    return 0


def _record(placed: Placed) -> dict[str, str | None]:
    """Return a withheld record as whoever withholds it sees it; none of it stands in the new package."""
    return {
        "record": placed.record_id,
        "record_type": placed.type,
        "target_uri": placed.target_uri,
        "date": placed.date,
    }


def _record_words(placed: Placed) -> str:
    return one_line(f"withheld: {placed.type} {placed.record_id} {placed.target_uri or ''} {placed.date}")


def _summary(package: str, made: Made) -> dict[str, object]:
    return {
        "package": str(made.package),
        "original": package,
        "manifest_digest": made.manifest_digest,
        "original_manifest_digest": made.original_digest,
        "root": made.root,
        "records": made.of_records,
        "kept": made.kept,
        "withheld": made.withheld,
        "documents": len(made.documents),
        "bytes": made.size_bytes,
    }


def _words(finding: Finding) -> str:
    from provenance.reports.words import finding_words

    return finding_words(finding)


def _closing(made: Made) -> str:
    withheld = f"{plural(made.withheld, 'record')} of {plural(len(made.documents), 'document')} withheld"
    return (
        f"{made.package}: {withheld}, {made.kept} of {made.of_records} kept as they were\n"
        f"  original's manifest {made.original_digest}\n"
        "  sizes, the number of records and their order are still told; see docs/format/withholding.md"
    )
