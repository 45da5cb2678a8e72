"""Explain a finding code: what it means and what to do about it."""

from __future__ import annotations

import argparse
import difflib

import provenance.codes  # noqa: F401 (registers every code)
from archive.errors import UsageError
from archive.findings import CODES, Code
from provenance.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `explain` takes."""
    parser.add_argument(
        "code", nargs="*", metavar="CODE", help="a code such as warc.digest-mismatch; none: list all"
    )


def run(args: argparse.Namespace, output: Output) -> int:
    """Print the explanation of each code, or the list of codes."""
    unknown = [name for name in args.code if name not in CODES]
    if unknown:
        close = difflib.get_close_matches(unknown[0], [code.name for code in CODES], 3, 0.4)
        raise UsageError(
            f"no finding has the code {unknown[0]!r}",
            hint=f"close to it: {', '.join(close)}" if close else "`provenance explain` lists all codes",
        )
    codes = [CODES[name] for name in args.code]
    for code in codes or CODES:
        output.answer("code", _json(code), _words(code) if codes else f"{code.name:34} {code.title}")
    if output.json:
        output.summary({"codes": len(codes or list(CODES))}, "")
    output.flush()
    return 0


def _json(code: Code) -> dict[str, str | None]:
    return {
        "code": code.name,
        "level": str(code.level),
        "status": str(code.status),
        "title": code.title,
        "meaning": code.meaning,
        "remedy": code.remedy,
        "clause": code.clause,
    }


def _words(code: Code) -> str:
    import textwrap

    head = f"{code.name}: {code.title}"
    about = f"{code.level}, {code.status}" + (f", {code.clause}" if code.clause else "")
    body = [textwrap.fill(text, 88) for text in (code.meaning, f"What to do: {code.remedy}")]
    return "\n".join([head, about, "", *body, ""])
