"""Signing checkpoints of a custody log, and proving what is in it to people who have only those."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from archive.custody import checkpoint as checkpoints
from archive.custody import proof as proofs
from archive.custody.checkpoint import Checkpoint, read_checkpoint
from archive.custody.checks import Checked, check_log
from archive.custody.ed25519 import verify
from archive.custody.heads import hold
from archive.custody.note import Type, VerifierKey
from archive.custody.reading import read_log
from archive.errors import InputError, Location, UsageError
from archive.findings import Status
from archive.merkle import leaf_hash, root_of
from archive.wacz.output import Output as File
from provenance.cli.output import Output
from provenance.contract import finding_json
from provenance.reports.words import finding_words
from provenance.signing import passphrase_from

if TYPE_CHECKING:
    from archive.custody.keys import LogKey

SOUND, UNSOUND = 0, 1
_SUFFIX = ".checkpoint"


def checkpoint(args: argparse.Namespace, output: Output) -> int:
    """Sign a checkpoint. A log that contradicts itself, or the checkpoint signed before it, is not signed: exit status 1."""
    signer, target = _key(args), args.output or _beside(args.log)
    before = _earlier(target)
    checked = _consistent(args.log, target, before, output)
    if checked is None:
        return UNSOUND
    origin = _origin(args.origin, checked.origin, before)
    try:
        made = checkpoints.signed(origin, checked.size, checked.root, key=signer.public, sign=signer.sign)
    except ValueError as error:
        raise UsageError(f"--origin: {error}", hint="name the log as newsroom.example/custody") from error
    _write(target, str(made), overwrite=True)
    key = VerifierKey(origin, Type.ED25519, signer.public)
    body = {
        "checkpoint": str(target),
        "origin": origin,
        "size": made.size,
        "root": made.root.hex(),
        "key": str(key),
    }
    output.summary(body, f"{target}: {made.size} lines, to be checked with --key {key}")
    return SOUND


def prove(args: argparse.Namespace, output: Output) -> int:
    """Prove a line, or that the log went on from a checkpoint, by a later one."""
    head = _read(args.checkpoint or _beside(args.log))
    leaves, line = _leaves(args.log, head, args.line)
    if args.line is not None:
        proof: proofs.Inclusion | proofs.Growth = proofs.prove_line(line, leaves, args.line, head)
    else:
        before = _read(args.since)
        if before.size > head.size or (before.size and root_of(leaves[: before.size]) != before.root):
            raise InputError(
                "the log did not go on from this checkpoint",
                Location(str(args.since)),
                "see `provenance custody check`",
            )
        proof = proofs.prove_growth(leaves, before.size, head)
    if args.output is None:
        output.answer("proof", {"proof": str(proof)}, str(proof).removesuffix("\n"))
    else:
        _write(args.output, str(proof))
    output.summary(
        {"log": str(args.log), "size": head.size}, f"{args.log}: proven by a checkpoint of {head.size} lines"
    )
    return SOUND


def key(args: argparse.Namespace, output: Output) -> int:
    """Make a key, or show one: what others need of it, as C2SP writes it."""
    signer = _key(args) if args.what == "show" else _new(args)
    name = args.name or args.key.stem
    try:
        shown = str(VerifierKey(name, Type.ED25519, signer.public)) if args.name else ""
    except ValueError as error:
        raise UsageError(f"--name: {error}") from error
    body = {"file": str(args.key), "public": signer.public.hex(), "key": shown or None}
    output.answer("summary", body, shown or f"{signer.public.hex()}\n(with --name NAME: as --key takes it)")
    return SOUND


def _key(args: argparse.Namespace) -> LogKey:
    try:
        from archive.custody.keys import load_key
    except ImportError:
        raise _not_installed() from None
    return load_key(args.key, passphrase=passphrase_from(args.passphrase_file))


def _new(args: argparse.Namespace) -> LogKey:
    try:
        from archive.custody.keys import new_key
    except ImportError:
        raise _not_installed() from None
    return new_key(args.key, passphrase=passphrase_from(args.passphrase_file))


def _not_installed() -> UsageError:
    return UsageError("keys need the extra `sign`", hint="install it: pip install 'source-provenance[sign]'")


def _consistent(log: Path, target: Path, before: Checkpoint | None, output: Output) -> Checked | None:
    """Check a log against the checkpoint that lies where the next one is to lie; None where it fails, which is told."""
    held = [] if before is None else [hold(str(target), str(before).encode(), (), verify)]
    checked = check_log(log, held=held)
    if checked.report.stopped_by is not None:
        raise checked.report.stopped_by
    failed = [each for each in checked.report.findings if each.status is Status.FAILED]
    other = [each for each in checked.report.findings if each.code == "custody.other-log"]
    for finding in failed + other:
        output.answer("finding", finding_json(finding), finding_words(finding))
    if failed or other:
        output.summary(
            {"log": str(log), "signed": False}, f"{log}: not signed: it contradicts itself or {target}"
        )
        return None
    return checked


def _origin(named: str | None, own: str | None, before: Checkpoint | None) -> str:
    origin = own or (before.origin if before else None) or named
    if origin is None:
        hint = "name it once: --origin newsroom.example/custody"
        raise UsageError("the log has no name, and a checkpoint needs one", hint=hint)
    if named is not None and named != origin:
        raise UsageError(f"the log's name is {origin}", hint="a log keeps its name")
    return origin


def _earlier(path: Path) -> Checkpoint | None:
    return _read(path) if os.path.lexists(path) else None


def _read(path: Path) -> Checkpoint:
    try:
        return checkpoints.parse(read_checkpoint(path))
    except ValueError as error:
        raise InputError(f"this is no checkpoint: {error}", Location(str(path))) from error


def _leaves(log: Path, head: Checkpoint, number: int | None) -> tuple[list[bytes], bytes]:
    """Return the hashes of as many lines as a checkpoint has, and the line that is asked for. Raises InputError."""
    if number is not None and not 0 <= number < head.size:
        raise UsageError(f"the checkpoint has no line {number}", hint=f"it has {head.size} lines, from 0")
    leaves, wanted = list[bytes](), b""
    for read in read_log(log):
        if read.torn or len(leaves) == head.size:
            break
        leaves.append(leaf_hash(read.raw))
        wanted = read.raw if read.number == number else wanted
    if len(leaves) != head.size or root_of(leaves) != head.root:
        hint = "see `provenance custody check`"
        raise InputError("the log is not the one that the checkpoint was made of", Location(str(log)), hint)
    return leaves, wanted


def _beside(log: Path) -> Path:
    return Path(f"{log}{_SUFFIX}")


def _write(path: Path, text: str, *, overwrite: bool = False) -> None:
    with File(path, overwrite=overwrite) as file:
        file.write(text.encode())
        file.publish()
