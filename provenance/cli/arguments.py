"""Arguments that several verbs take: inputs, and what is known of where they came from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from archive.errors import InputError, LimitExceeded, Location, Unreadable, UsageError
from provenance.inputs import Expander

MOST_CHARACTERS = 16 * 1024 * 1024
"""Of one line of a list."""
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


def json_lines(path: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON lines file. Raises InputError naming the line that is none."""
    try:
        if not Path(path).is_file():
            raise InputError("no such file", Location(package=path))
        with Path(path).open(encoding="utf-8") as file:
            for number, text in enumerate(iter(lambda: file.readline(MOST_CHARACTERS), ""), 1):
                if len(text) == MOST_CHARACTERS:
                    raise LimitExceeded(
                        f"line {number} is too long",
                        Location(package=path),
                        limit="line",
                        allowed=MOST_CHARACTERS,
                    )
                if text.strip():
                    yield _object(text, path, number)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"cannot be read: {error}", Location(package=path)) from error


def _object(text: str, path: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise InputError(f"line {number} is not JSON: {error}", Location(package=path)) from error
    if not isinstance(row, dict):
        raise InputError(f"line {number} is not a JSON object", Location(package=path))
    return row


def _string(row: dict[str, Any], key: str, path: str) -> str:
    value = row.get(key)
    if not isinstance(value, str):
        raise InputError(f"a line has no string {key!r}", Location(package=path))
    return value
