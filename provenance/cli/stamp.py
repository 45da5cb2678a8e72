"""Stamp a package: have others vouch that it exists now, and ask later for what they promised."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import Error, UsageError
from provenance.cli import recording
from provenance.cli.output import Output
from provenance.cli.run import worst_status
from provenance.reports.visible import one_line, plural

if TYPE_CHECKING:
    from archive.wacz.stamping import Asked, Made, Stamping


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `stamp` takes."""
    parser.add_argument(
        "packages", nargs="+", type=Path, metavar="PACKAGE.wacz", help="the packages to stamp"
    )
    parser.add_argument(
        "--tsa",
        action="append",
        default=[],
        metavar="URL",
        help="a time-stamping authority (RFC 3161) to ask for a token (may be repeated)",
    )
    parser.add_argument(
        "--ots",
        action="store_true",
        help="hand a digest to calendars of OpenTimestamps: a promise of a proof by Bitcoin, hours later",
    )
    parser.add_argument(
        "--calendar",
        action="append",
        default=[],
        metavar="URL",
        help="the calendar to hand it to, or to ask later (may be repeated; the public ones where none is named)",
    )
    parser.add_argument(
        "--upgrade", action="store_true", help="ask the calendars in the package for what they promised"
    )
    parser.add_argument(
        "--trust", metavar="FILE.toml", help="whose authorities to believe (docs/format/trust.md)"
    )
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="STAMPED.wacz",
        help="write the stamped package there (else in its place)",
    )
    parser.add_argument("--force", action="store_true", help="replace what is at the output")
    recording.add_record(parser, "that the packages were stamped")


def run(args: argparse.Namespace, output: Output) -> int:
    """Stamp every package, or ask after it; the status is that of the worst that went wrong."""
    stamping = _asked_for(args)
    if args.output and len(args.packages) > 1:
        raise UsageError("--output goes with one package only")
    errors: list[Error] = []
    done = 0
    for package in args.packages:
        try:
            done += (
                _upgrade(package, args, output) if args.upgrade else _stamp(package, args, stamping, output)
            )
        except Error as error:
            errors.append(error.within(package=str(package)))
            output.refused(str(package), errors[-1])
    count = {"packages": len(args.packages), "refused": len(errors), "proofs": done}
    told = f"{plural(done, 'proof')} completed" if args.upgrade else f"{plural(done, 'proof')} of time added"
    output.summary(count, told)
    return worst_status(errors)


def _asked_for(args: argparse.Namespace) -> Stamping:
    """Return what is asked for. Raises UsageError where it is nothing, or two things at once."""
    from archive.signing.calendars import POOLS
    from archive.signing.trust import load_trust, public_trust
    from archive.wacz.stamping import Stamping

    wants_promise = args.ots or (args.calendar and not args.upgrade)
    if args.upgrade and (args.tsa or args.ots):
        raise UsageError("--upgrade asks for what was promised, and stamps nothing anew")
    if not (args.upgrade or args.tsa or wants_promise):
        raise UsageError(
            "nobody is named who could vouch", hint="name an authority with --tsa URL, or give --ots"
        )
    trust = load_trust(args.trust) if args.trust else public_trust()
    calendars = tuple(args.calendar) or POOLS if wants_promise else ()
    return Stamping(tuple(args.tsa), calendars, trust)


def _stamp(package: Path, args: argparse.Namespace, stamping: Stamping, output: Output) -> int:
    from archive.wacz.stamping import stamp
    from provenance.capture.posting import ask_calendar, post_query

    into, before = args.output or package, recording.source(args, package)
    made = stamp(package, into, stamping, post=post_query, ask=ask_calendar, overwrite=args.force)
    recording.made(args, "timestamped", into, before)
    tell(str(into), made, output)
    return len(made)


def tell(package: str, made: Iterable[Made], output: Output) -> None:
    """Say what proofs were put into a package."""
    for each in made:
        output.answer("stamp", {"package": package, **_json(each)}, _words(package, each))


def _json(made: Made) -> dict[str, str | None]:
    """Return what is told of a proof: `at` and `authority` are null where nothing is proven yet, and `why` says why."""
    stamped = made.stamped
    return {
        "kind": str(made.row.kind),
        "source": made.source,
        "at": stamped.at.isoformat() if stamped else None,
        "authority": stamped.authority if stamped else None,
        "why": made.why or None,
    }


def _words(package: str, made: Made) -> str:
    """Return the same in words."""
    stamped = made.stamped
    said = f"{stamped.at:%Y-%m-%d %H:%M:%S} UTC, says {stamped.authority}" if stamped else made.why
    return one_line(f"{package}: {made.row.kind}: {said} ({made.source})")


def _upgrade(package: Path, args: argparse.Namespace, output: Output) -> int:
    from archive.wacz.stamping import upgrade
    from provenance.capture.posting import ask_calendar

    into, before = args.output or package, recording.source(args, package)
    asked = upgrade(package, into, args.calendar, ask=ask_calendar, overwrite=args.force)
    if asked.complete:
        recording.made(args, "timestamped", into, before)
    body = {
        "package": str(into),
        "pending": asked.pending,
        "blocks": list(asked.complete),
        "refused": [error.message for error in asked.refused],
        "not_asked": list(asked.foreign),
    }
    output.answer("upgrade", body, _upgrade_words(str(into), asked))
    return asked.kept


def _upgrade_words(package: str, asked: Asked) -> str:
    lines = [f"{package}: {asked.kept} promises kept, {asked.pending} pending"]
    if asked.complete:
        lines.append(f"  in Bitcoin block {', '.join(map(str, asked.complete))}")
    lines += [f"  {error}" for error in asked.refused]
    lines += [f"  not asked, since nobody named it: {address} (--calendar)" for address in asked.foreign]
    return "\n".join(map(one_line, lines))
