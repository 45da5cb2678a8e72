"""Checkpoints that somebody holds, held against a log and against each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from archive.custody import checkpoint as checkpoints
from archive.custody.checkpoint import Checkpoint
from archive.custody.ed25519 import NotInstalled
from archive.custody.note import Checked, Standing, Type, VerifierKey, Verify, check
from archive.errors import Location
from archive.findings import Count, Covered, Finding, Status, found

Outcome = Finding | Covered


@attrs.frozen
class Held:
    """A checkpoint as somebody gave it: where it lies, what it is (None: nothing that can be read), who signed it."""

    name: str
    checkpoint: Checkpoint | None
    signatures: tuple[Checked, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def verified(self) -> bool:
        """True where a key that was named signed it, and none of those did so wrongly."""
        standings = {each.standing for each in self.signatures}
        return Standing.VERIFIED in standings and Standing.WRONG not in standings

    @property
    def forged(self) -> bool:
        """True where it claims a key that did not sign it: then nothing that it says is heard."""
        return any(each.standing is Standing.WRONG for each in self.signatures)


def hold(name: str, raw: bytes, keys: Sequence[VerifierKey], verify: Verify) -> Held:
    """Read a checkpoint and look at its signatures. A log's key vouches for the log of its own name, a witness's for any."""
    where = Location(member=name)
    try:
        checkpoint = checkpoints.parse(raw)
    except ValueError as error:
        message = f"this is no checkpoint that can be read: {error}"
        return Held(name, None, findings=(found("custody.checkpoint-unreadable", message, where=where),))
    try:
        signatures = tuple(
            _for_this_log(each, checkpoint.origin) for each in check(checkpoint.note, keys, verify)
        )
    except NotInstalled:
        message = "the signatures were not checked: that needs the extra `sign`"
        finding = found("custody.signature-not-checked", message, where=where)
        return Held(name, checkpoint, findings=(finding,))
    return Held(name, checkpoint, signatures, tuple(_signers(signatures, where, named=bool(keys))))


def _for_this_log(checked: Checked, origin: str) -> Checked:
    """Return a signature as it counts: one that holds and is by the key of a log of another name vouches for nothing."""
    foreign = checked.type is Type.ED25519 and checked.signature.name != origin
    if checked.standing is Standing.VERIFIED and foreign:
        return attrs.evolve(checked, standing=Standing.UNKNOWN)
    return checked


def _signers(signatures: Iterable[Checked], where: Location, *, named: bool) -> Iterator[Finding]:
    wrong = [each.signature.name for each in signatures if each.standing is Standing.WRONG]
    for name in wrong:
        message = f"it claims to be signed by {name}, and is not"
        yield found("custody.signature-wrong", message, where=attrs.evolve(where, field=name))
    if wrong or any(each.standing is Standing.VERIFIED for each in signatures):
        return
    names = sorted({each.signature.name for each in signatures})
    if named:
        message, status = "none of the keys that were named has signed it", Status.FAILED
    else:
        message, status = "no key was named, so nobody is known to have signed it", Status.NOT_CHECKED
    yield found("custody.signer-unknown", message, where=where, status=status, actual=", ".join(names)[:500])


def compare(
    held: Sequence[Held], size: int, roots: Mapping[int, bytes], origin: str | None
) -> Iterator[Outcome]:
    """Yield what each checkpoint says of a log of `size` lines, whose `roots` are those at the checkpoints' sizes."""
    usable = [each for each in held if each.checkpoint is not None and not each.forged]
    forked = set(_forked(usable, size, roots))
    for each in held:
        yield from each.findings
        yield Covered("checkpoints", Count(int(each.verified and not _is_of_another(each, origin)), 1))
    for each in usable:
        if each.name not in forked:
            yield from _compare(each, size, roots, origin)
    for name in sorted(forked):
        yield found(
            "custody.fork",
            "two checkpoints of this name cannot both be of one log that only grew",
            where=Location(member=name),
        )


def _compare(held: Held, size: int, roots: Mapping[int, bytes], origin: str | None) -> Iterator[Finding]:
    head, where = held.checkpoint, Location(member=held.name)
    assert head is not None
    if _is_of_another(held, origin):
        message = "this is a checkpoint of a log of another name"
        yield found("custody.other-log", message, where=where, expected=origin, actual=head.origin)
    elif head.size > size:
        message = f"the checkpoint was made of {head.size} lines, and here are {size}"
        yield found("custody.tail-missing", message, where=where, expected=head.size, actual=size)
    elif roots[head.size] != head.root:
        message = f"the first {head.size} lines are not those that the checkpoint was made of"
        doubt = "" if held.verified else "; who made the checkpoint is not known here"
        yield found(
            "custody.checkpoint-differs",
            message + doubt,
            where=where,
            expected=head.root.hex(),
            actual=roots[head.size].hex(),
        )


def _is_of_another(held: Held, origin: str | None) -> bool:
    return held.checkpoint is not None and origin is not None and held.checkpoint.origin != origin


def _forked(held: Sequence[Held], size: int, roots: Mapping[int, bytes]) -> Iterator[str]:
    """Yield the checkpoints that another one of the same log contradicts.

    Two of one size and with two roots do; and so does one that differs from this log where a larger one does not. One by
    a signer who is known is contradicted by such a one only: anybody could make the other.
    """
    heads = [(each, each.checkpoint) for each in held if each.checkpoint is not None]
    for each, head in heads:
        for by, other in heads:
            if other.origin != head.origin or by.verified < each.verified:
                continue
            twin = other.size == head.size and other.root != head.root
            below = head.size < other.size <= size and roots[head.size] != head.root
            if twin or (below and roots[other.size] == other.root):
                yield each.name
                break
