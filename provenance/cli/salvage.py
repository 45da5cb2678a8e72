"""Salvage a broken WARC or WACZ: every intact record into a sound package, and a list of what was lost."""

from __future__ import annotations

import argparse
from pathlib import Path

from archive.salvage.loss import Loss
from archive.salvage.writing import Salvaged, salvage
from provenance.cli.output import Output
from provenance.records import SOFTWARE
from provenance.reports.visible import one_line

SOUND, UNSOUND = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `salvage` takes."""
    parser.add_argument(
        "broken", metavar="BROKEN", type=Path, help=".wacz, .warc or .warc.gz, ours or anybody's"
    )
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        type=Path,
        metavar="RESCUED",
        help="what to make of it: a .wacz or a .warc.gz",
    )
    parser.add_argument("--force", action="store_true", help="replace the result if it exists")


def run(args: argparse.Namespace, output: Output) -> int:
    """Rescue what is left, and list what is not. The exit status is 1 where anything was lost or put aside."""

    def tell(loss: Loss) -> None:
        output.answer("loss", loss.row(), _words(loss))

    made = salvage(
        args.broken, args.output, overwrite=args.force, software=f"salvage by {SOFTWARE}", tell=tell
    )
    output.summary(
        {
            "input": str(args.broken),
            "output": str(args.output),
            "kept": made.kept,
            "losses": made.losses,
            "lost_bytes": made.lost_bytes,
            "fates": made.by_fate,
            "bytes": made.size_bytes,
        },
        _closing(args.output, made),
    )
    return UNSOUND if made.by_fate["lost"] or made.by_fate["aside"] else SOUND


def _words(loss: Loss) -> str:
    what = " ".join(part for part in (loss.record_type, loss.target_uri, loss.date, loss.record) if part)
    place = f"{loss.member}, byte {loss.offset_bytes}, {loss.length_bytes} bytes"
    return one_line(f"{loss.fate}: {place}: {loss.message} [{loss.reason}]" + (f": {what}" if what else ""))


def _closing(path: Path, made: Salvaged) -> str:
    aside, lost = made.by_fate["aside"], made.by_fate["lost"]
    return (
        f"{path}: {made.kept} records rescued; {aside} damaged ones put aside, {lost} places lost,"
        f" {made.lost_bytes} bytes in all"
    )
