"""Arguments that several verbs take: inputs, and what is known of where they came from."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from archive.errors import InputError, Location, UsageError
from provenance.inputs import Expander, json_lines

INPUT = "text, page, WARC or WACZ (also .gz), folder, seed list, URL, or - for standard input"


def add_inputs(parser: argparse.ArgumentParser, *, nargs: str = "*") -> None:
    """Declare INPUT and the options that go with it."""
    parser.add_argument("inputs", nargs=nargs, metavar="INPUT", help=INPUT)
    parser.add_argument("--url", help="the URL the one input was captured from")
    parser.add_argument(
        "--inputs", dest="list", metavar="FILE.jsonl", help='more inputs, one {"input": …, "url": …} a line'
    )
    parser.add_argument("--texts", type=Path, metavar="DIR", help="where the texts of a seed list lie")


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
