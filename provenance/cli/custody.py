"""Keep a custody log: who did what with which package and when; nothing in it can be changed, cut or forked unseen."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from provenance.cli.keys import add_passphrase
from provenance.cli.output import Output
from provenance.cli.recording import add_actor

WHAT = {
    "log": "show the events of a log",
    "append": "append an event",
    "checkpoint": "sign how many lines the log has and the root over them, for others to keep",
    "check": "check a log: its lines, the checkpoints that others keep, the packages it is about",
    "prove": "prove to somebody who has a checkpoint and not the log that a line is in it, or that it only grew",
    "check-proof": "check such a proof",
    "key": "make the key that signs checkpoints, or show its public part",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `custody` takes: an action, each with arguments of its own."""
    actions = parser.add_subparsers(
        dest="action", required=True, metavar="ACTION", help=f"one of {', '.join(WHAT)}"
    )
    for name, add in _ARGUMENTS.items():
        action = actions.add_parser(name, help=WHAT[name], description=WHAT[name], allow_abbrev=False)
        add(action)
        action.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="answer in JSON lines"
        )
        action.add_argument(
            "--quiet", action="store_true", default=argparse.SUPPRESS, help="no closing words on stderr"
        )


def run(args: argparse.Namespace, output: Output) -> int:
    """Do what the action says, and return its exit status."""
    if args.action in ("log", "append"):
        from provenance.cli import custody_events as actions
    elif args.action in ("check", "check-proof"):
        from provenance.cli import custody_checks as actions  # type: ignore[no-redef]
    else:
        from provenance.cli import custody_heads as actions  # type: ignore[no-redef]
    action: Callable[[argparse.Namespace, Output], int] = getattr(actions, args.action.replace("-", "_"))
    status = action(args, output)
    output.flush()
    return status


def _log_arguments(parser: argparse.ArgumentParser) -> None:
    _log(parser)
    parser.add_argument(
        "--subject", type=Path, metavar="PACKAGE", help="only the events that are about these very bytes"
    )


def _append_arguments(parser: argparse.ArgumentParser) -> None:
    _log(parser, "the log; it is begun where there is none")
    parser.add_argument("--event", required=True, metavar="EVENT", help="what happened: one of a closed list")
    parser.add_argument("--subject", metavar="PACKAGE", help="the package that it is about")
    parser.add_argument(
        "--digest", metavar="sha256:…", help="the digest of the whole package, where it is not at hand"
    )
    parser.add_argument(
        "--from",
        dest="sources",
        action="append",
        default=[],
        metavar="PACKAGE",
        help="what the package was made from (may be repeated)",
    )
    add_actor(parser)
    parser.add_argument("--reason", metavar="TEXT", help="why, for whom, under what order")
    parser.add_argument(
        "--time",
        metavar="TIME",
        help="the line's time (else the clock's), as 2026-01-31T23:59:59Z; before that of the last line, checks warn",
    )
    parser.add_argument(
        "--origin", metavar="NAME", help="the log's own name, as it is begun: newsroom.example/custody"
    )


def _checkpoint_arguments(parser: argparse.ArgumentParser) -> None:
    _log(parser)
    parser.add_argument(
        "--key", required=True, type=Path, metavar="FILE", help="the Ed25519 key to sign with"
    )
    add_passphrase(parser)
    parser.add_argument("--origin", metavar="NAME", help="the log's name, where its first line gives none")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to write it (LOG.checkpoint)"
    )


def _check_arguments(parser: argparse.ArgumentParser) -> None:
    _log(parser)
    _held(parser)
    parser.add_argument(
        "--subject",
        action="append",
        default=[],
        metavar="PACKAGE",
        help="a package that must be as the log saw it (may be repeated)",
    )


def _prove_arguments(parser: argparse.ArgumentParser) -> None:
    _log(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--line", type=int, metavar="N", help="prove that line N (from 0) is in the log")
    what.add_argument(
        "--since", type=Path, metavar="CHECKPOINT", help="prove that the log went on from this checkpoint"
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="the signed checkpoint to prove it by (LOG.checkpoint)",
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="FILE", help="where to write the proof (else stdout)"
    )


def _check_proof_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("proof", type=Path, metavar="PROOF", help="the proof")
    _held(parser)
    parser.add_argument(
        "--subject", metavar="PACKAGE", help="the package that the line must be about, byte for byte"
    )


def _key_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", choices=("new", "show"), metavar="new|show", help="make a key, or show one that is there"
    )
    parser.add_argument("key", type=Path, metavar="FILE", help="the key's file: PEM, for its owner alone")
    parser.add_argument(
        "--name", metavar="NAME", help="under which name to show it: that of the log, or of a witness"
    )
    add_passphrase(parser)


def _log(parser: argparse.ArgumentParser, text: str = "the log") -> None:
    parser.add_argument("log", type=Path, metavar="LOG", help=text)


def _held(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--checkpoint",
        dest="checkpoints",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a checkpoint that somebody else kept (may be repeated)",
    )
    parser.add_argument(
        "--key",
        dest="keys",
        action="append",
        default=[],
        metavar="NAME+HASH+KEY",
        help="the key that signs checkpoints, or a witness's; or a file with one a line (may be repeated)",
    )
    parser.add_argument(
        "--trust", type=Path, metavar="FILE.toml", help="a trust file, whose log keys are believed"
    )


_ARGUMENTS: dict[str, Callable[[argparse.ArgumentParser], None]] = {
    "log": _log_arguments,
    "append": _append_arguments,
    "checkpoint": _checkpoint_arguments,
    "check": _check_arguments,
    "prove": _prove_arguments,
    "check-proof": _check_proof_arguments,
    "key": _key_arguments,
}
