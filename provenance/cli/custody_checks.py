"""Checking a custody log against what others keep of it, and proofs that were made from one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import archive.custody.codes  # noqa: F401 (registers the codes that are found here)
from archive.custody import proof as proofs
from archive.custody.checkpoint import read_checkpoint
from archive.custody.checks import Checked, check_log
from archive.custody.ed25519 import verify
from archive.custody.events import Line, read_line
from archive.custody.heads import Held, hold
from archive.custody.note import VerifierKey, read_key
from archive.custody.subjects import Search
from archive.errors import InputError, Location, UsageError
from archive.findings import EXIT_CODES, Count, Covered, Finding, Report, found
from provenance.cli.custody_events import event_json, subject_of_package
from provenance.cli.output import Output
from provenance.contract import error_json, finding_json
from provenance.reports import custody as words

_KEYS_BYTES = 1 << 20


def check(args: argparse.Namespace, output: Output) -> int:
    """Check a log, and return its verdict as exit status."""
    keys = _keys(args)
    held = [hold(str(path), read_checkpoint(path), keys, verify) for path in args.checkpoints]
    searches = [Search(name, subject_of_package(name)) for name in args.subject]
    checked = check_log(args.log, held=held, keys=keys, searches=searches)
    _tell(output, checked.report, held, checked)
    return EXIT_CODES[checked.report.verdict]


def check_proof(args: argparse.Namespace, output: Output) -> int:
    """Check a proof, and return its verdict as exit status."""
    keys = _keys(args)
    try:
        proof = proofs.parse(read_checkpoint(args.proof))
    except ValueError as error:
        raise InputError(f"this is no proof: {error}", Location(str(args.proof))) from error
    head = hold(str(args.proof), str(proof.checkpoint).encode(), keys, verify)
    held = [hold(str(path), read_checkpoint(path), keys, verify) for path in args.checkpoints]
    if isinstance(proof, proofs.Inclusion):
        outcomes, line = _inclusion(proof, args.subject)
    else:
        outcomes, line = list(_growth(proof, held, head)), None
    for each in (head, *held):
        outcomes += [Covered("checkpoints", Count(int(each.verified), 1)), *each.findings]
    report = Report.of(str(args.proof), outcomes)
    _tell(output, report, [head, *held], None if line is None else Checked(report, last=line))
    if line is not None and not output.json:
        output.answer("event", {}, words.event_words(line))
    return EXIT_CODES[report.verdict]


def _inclusion(proof: proofs.Inclusion, package: str | None) -> tuple[list[Finding | Covered], Line | None]:
    outcomes: list[Finding | Covered] = [Covered("events", Count(1, 1))]
    if not proof.holds:
        message = f"the line does not lead to the root of the checkpoint, as line {proof.index}"
        outcomes.append(found("custody.proof-wrong", message))
        return outcomes, None
    try:
        line = read_line(proof.line)
    except ValueError as error:
        outcomes.append(found("custody.line-unreadable", f"the line cannot be read: {error}"))
        return outcomes, None
    if line.seq != proof.index:
        message = f"line {proof.index} of the log gives itself the number {line.seq}"
        outcomes.append(found("custody.sequence-wrong", message, expected=proof.index, actual=line.seq))
    if package is not None:
        search = Search(package, subject_of_package(package))
        search.see(line)
        outcomes += search.findings()
    return outcomes, line


def _growth(proof: proofs.Growth, held: Sequence[Held], head: Held) -> Iterator[Finding | Covered]:
    olds = [each for each in held if each.checkpoint is not None and each.checkpoint.size == proof.earlier]
    if not olds:
        hint = f"give it with --checkpoint: it is of {proof.earlier} lines"
        raise UsageError("the proof goes on from a checkpoint that is not given", hint=hint)
    for old in olds:
        assert old.checkpoint is not None
        assert head.checkpoint is not None
        yield Covered("events", Count(proof.earlier, proof.earlier))
        if old.checkpoint.origin != head.checkpoint.origin:
            message = "this is a checkpoint of a log of another name"
            yield found("custody.other-log", message, where=Location(member=old.name))
            yield Covered("events", Count(0, 1))
        elif not proof.holds(old.checkpoint):
            message = "the hashes do not lead from the earlier checkpoint to the later one"
            yield found("custody.proof-wrong", message, where=Location(member=old.name))


def _keys(args: argparse.Namespace) -> list[VerifierKey]:
    """Return the keys that are named: one by one, in files, and in a trust file. Raises UsageError."""
    given = [key for text in args.keys for key in _keys_of(text)]
    if args.trust is not None:
        from archive.signing.trust import load_trust

        given += [_key_of(text, str(args.trust)) for text in load_trust(args.trust).log_keys]
    return given


def _keys_of(text: str) -> Iterator[VerifierKey]:
    path = Path(text)
    if "+" in text and not path.is_file():
        yield _key_of(text, "--key")
        return
    try:
        with path.open("rb") as file:
            lines = file.read(_KEYS_BYTES).decode("utf-8").splitlines()
    except (OSError, ValueError) as error:
        hint = "write it as name+hash+key, or name a file that holds such keys, one a line"
        raise UsageError(f"--key: neither a key nor a file of keys: {text[:200]!r}", hint=hint) from error
    for line in lines:
        if line.strip() and not line.startswith("#"):
            yield _key_of(line, text)


def _key_of(text: str, where: str) -> VerifierKey:
    try:
        return read_key(text)
    except ValueError as error:
        raise UsageError(f"{where}: {error}", hint="keys are written as name+hash+key") from error


def _tell(output: Output, report: Report, held: Sequence[Held], checked: Checked | None) -> None:
    for finding in report.findings:
        output.answer("finding", finding_json(finding), "")
    for each in held:
        output.answer("checkpoint", checkpoint_json(each), "")
    output.answer(
        "summary",
        summary_json(report, checked),
        "" if output.json else words.check_words(report, held, checked),
    )


def checkpoint_json(held: Held) -> dict[str, Any]:
    """Return a checkpoint and what is known of those who signed it."""
    head = held.checkpoint
    return {
        "file": held.name,
        "origin": head and head.origin,
        "size": head and head.size,
        "root": head and head.root.hex(),
        "verified": held.verified,
        "signatures": [
            {
                "name": each.signature.name,
                "key_id": each.signature.key_id.hex(),
                "standing": str(each.standing),
                "at": each.at and each.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
            for each in held.signatures
        ],
    }


def summary_json(report: Report, checked: Checked | None) -> dict[str, Any]:
    """Return the summary of a check: the verdict, how much was checked, and the log's size, root and last line."""
    body: dict[str, Any] = {
        "log": report.package,
        "verdict": str(report.verdict),
        "coverage": {
            aspect: {"checked": count.checked, "present": count.present}
            for aspect, count in report.coverage.items()
            if aspect in ("events", "checkpoints", "subjects")
        },
        "unchecked": list(report.unchecked),
    }
    if checked is not None:
        body |= {"events": checked.size, "root": checked.root.hex() or None, "origin": checked.origin}
        body["last"] = event_json(checked.last) if checked.last else None
        body["subjects"] = {name: [event_json(line) for line in lines] for name, lines in checked.known}
    return body | ({"error": error_json(report.stopped_by)} if report.stopped_by else {})
