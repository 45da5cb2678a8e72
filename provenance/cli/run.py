"""What every verb shares: its parser, its errors, its exit status."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn, Protocol

from archive.errors import Error, LimitExceeded, OutputError, SigningError, UsageError
from provenance.cli.output import Output
from provenance.version import VERSION

SOUND, USAGE, UNREADABLE, INTERRUPTED = 0, 2, 3, 130
INTERNAL = 70
"""A mistake of ours (EX_SOFTWARE of sysexits.h): no verdict, and none of the statuses that stand for one."""


class Verb(Protocol):
    """A module that is a verb."""

    __doc__: str | None

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare what the verb takes."""

    def run(self, args: argparse.Namespace, output: Output) -> int:
        """Do it and return the exit status."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(message, hint=f"see {self.prog} --help")


def run(verb: Verb, name: str, arguments: Sequence[str]) -> int:
    """Parse a verb's arguments and run it; whatever stops it becomes words (or a JSON line) and an exit status."""
    output = Output(json="--json" in arguments)
    try:
        args = _parser(verb, name).parse_args(arguments)
        gc.freeze()  # what was imported stays; looking it through again and again would only cost time
        output = Output(json=args.json, quiet=args.quiet)
        return verb.run(args, output)
    except Error as error:
        output.stopped(error)
        return status_of(error)
    except KeyboardInterrupt:
        return interrupted(output)
    except BrokenPipeError:
        raise
    except MemoryError:
        output.stopped(LimitExceeded("out of memory", hint="give fewer or smaller inputs at a time"))
        return UNREADABLE
    except Exception as mistake:
        if os.environ.get("PROVENANCE_DEBUG"):
            raise
        output.stopped(_internal(mistake))
        return INTERNAL
    finally:
        output.close()


def interrupted(output: Output) -> int:
    """Say that the run was interrupted and return the status that shells know."""
    output.stopped(Error("interrupted"))
    return INTERRUPTED


def _internal(mistake: Exception) -> Error:
    return Error(
        f"a mistake of this program: {type(mistake).__name__}: {mistake}",
        hint="nothing was concluded about the input; please report it, with the trace that PROVENANCE_DEBUG=1 gives",
    )


def status_of(error: Error) -> int:
    """Return the exit status an error stands for."""
    return USAGE if isinstance(error, UsageError | OutputError | SigningError) else UNREADABLE


def worst_status(errors: Iterable[Error], otherwise: int = SOUND) -> int:
    """Return the status for a run that went on past errors: unreadable before usage before the rest."""
    statuses = {status_of(error) for error in errors}
    return max(statuses) if statuses else otherwise


def print_help(verbs: Mapping[str, str]) -> int:
    """Print the verbs."""
    width = max(map(len, verbs))
    lines = [f"  {verb:{width}}  {what}" for verb, what in verbs.items()]
    print(
        "usage: provenance VERB ... [--json]",
        "",
        "Who published this, when, at what address; which tweets does it lean on; are its quotations",
        "what was really said; and is the archived copy untouched?",
        "",
        *lines,
        "",
        "provenance VERB --help says what a verb takes.",
        "Exit status: 0 sound, 1 unsound, 2 usage, 3 unreadable, 4 undecided, 130 interrupted;",
        "70 a mistake of this program, 141 nobody read the answer (no verdict in both cases).",
        sep="\n",
    )
    return SOUND


def print_version() -> int:
    """Print the version."""
    print(f"source-provenance {VERSION}")
    return SOUND


def unknown_verb(name: str, verbs: Mapping[str, str]) -> int:
    """Say that there is no such verb."""
    import difflib

    close = difflib.get_close_matches(name, verbs, 1)
    hint = f" Did you mean {close[0]!r}?" if close else f" There are: {', '.join(verbs)}."
    print(f"provenance: no verb {name!r}.{hint}", file=sys.stderr)
    return USAGE


def _parser(verb: Verb, name: str) -> argparse.ArgumentParser:
    parser = _Parser(prog=f"provenance {name}", description=verb.__doc__, allow_abbrev=False)
    verb.add_arguments(parser)
    parser.add_argument("--json", action="store_true", help="answer in JSON lines")
    parser.add_argument("--quiet", action="store_true", help="no progress and no closing words on stderr")
    return parser
