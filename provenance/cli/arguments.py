"""Arguments that several verbs take: inputs, and what is known of where they came from."""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
from pathlib import Path
from typing import Any

from archive import lazily
from archive.errors import InputError, Location, UsageError
from provenance.inputs import Expander, json_lines

_SIZE = lazily.compile(r"([0-9]{1,15})\s*([KMGT]?)(?:I?B)?", re.ASCII)
INPUT = "text, page, WARC or WACZ (also .gz), folder, seed list, URL, or - for standard input"


def add_inputs(parser: argparse.ArgumentParser, *, nargs: str = "*") -> None:
    """Declare INPUT and the options that go with it."""
    parser.add_argument("inputs", nargs=nargs, metavar="INPUT", help=INPUT)
    parser.add_argument("--url", help="the URL the one input was captured from")
    parser.add_argument(
        "--inputs", dest="list", metavar="FILE.jsonl", help='more inputs, one {"input": …, "url": …} a line'
    )
    parser.add_argument("--texts", type=Path, metavar="DIR", help="where the texts of a seed list lie")


def add_accept_weak(parser: argparse.ArgumentParser) -> None:
    """Declare --accept-weak, for the verbs that only look: a package holds no guesses."""
    parser.add_argument(
        "--accept-weak",
        action="store_true",
        help="where a page states no date, give the best guess (tier E: one in two is right; tier F: hardly any)",
    )


def size_bytes(text: str) -> int:
    """Return the number of bytes that a size means: digits, then perhaps K, M, G or T (of 1024). Raises UsageError."""
    parts = _SIZE.fullmatch(text.strip().upper())
    if parts is None or not int(parts[1]):
        raise UsageError(f"this is no size: {text!r}", hint="write it as 500M, 1G or a number of bytes")
    return int(parts[1]) << 10 * " KMGT".index(parts[2] or " ")


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """Declare `--jobs`."""
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=1,
        metavar="N",
        help="processes that inflate and hash large archives (1; 0: one a processor); the answer is the same",
    )


def _jobs(text: str) -> int:
    if not re.fullmatch("[0-9]{1,3}", text):
        raise argparse.ArgumentTypeError(f"not a number of processes: {text!r}")
    return int(text) or os.cpu_count() or 1


def expander(args: argparse.Namespace) -> tuple[Expander, list[str]]:
    """Return the expander for parsed arguments, and the arguments to expand. Raises UsageError."""
    arguments: list[str] = list(args.inputs)
    urls: dict[str, str] = {}
    if args.list:
        for row in json_lines(args.list):
            arguments.append(_string(row, "input", args.list))
            if row.get("url") is not None:
                urls[arguments[-1]] = _string(row, "url", args.list)
    if args.url:
        if len(arguments) != 1:
            raise UsageError("--url goes with one input only", hint="for more, use --inputs FILE.jsonl")
        if not args.url.startswith(("http://", "https://")):
            raise UsageError(f"--url is no http or https address: {args.url}")
        urls[arguments[0]] = args.url
    if not arguments:
        raise UsageError("no input is named", hint="name a file, a folder, a URL, or - for standard input")
    return Expander(urls, args.texts), arguments


def _string(row: dict[str, Any], key: str, path: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise InputError(f"a line has no string {key!r}", Location(package=path))
    return value


def instant(text: str | None) -> str | None:
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
        raise UsageError(
            f"--created-at is no time: {text!r}", hint="write it as 2016-09-18T18:02:00Z, or 'now'"
        ) from error
    if moment.tzinfo is None:
        raise UsageError("--created-at needs a zone", hint="end it with Z for UTC")
    try:
        return _written(moment.astimezone(dt.UTC))
    except OverflowError as error:
        raise UsageError(f"--created-at: {error}") from error


def _written(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
