"""Proofs for who has a checkpoint and not the log: of one line (C2SP tlog-proof), and of growth (C2SP tlog-witness).

A proof of one line carries the line itself as its extra data, so that proof, checkpoint key and a hash are all it takes. A
proof of growth is what a witness is sent: `old SIZE`, hashes, an empty line, the later checkpoint.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

import attrs

from archive import lazily, merkle
from archive.custody import checkpoint as checkpoints
from archive.custody.checkpoint import Checkpoint
from archive.custody.note import NOTE_BYTES

FORM = "c2sp.org/tlog-proof@v1"
_PROOF_BYTES = 2 * NOTE_BYTES
_NUMBER = lazily.compile(r"0|[1-9][0-9]{0,18}")


@attrs.frozen
class Inclusion:
    """That a line stands in a log: its number, the neighbours up to the root, and the checkpoint that gives the root."""

    line: bytes
    index: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    @property
    def holds(self) -> bool:
        """True where the line leads to the checkpoint's root. The checkpoint is worth what its signatures are."""
        leaf, head = merkle.leaf_hash(self.line), self.checkpoint
        return merkle.is_included(leaf, self.index, head.size, self.path, head.root)

    def __str__(self) -> str:
        extra = base64.b64encode(self.line).decode()
        return f"{FORM}\nextra {extra}\nindex {self.index}\n{_written(self.path)}\n{self.checkpoint}"


@attrs.frozen
class Growth:
    """That a log went on from an earlier size: the hashes between the two, and the later checkpoint."""

    earlier: int
    path: tuple[bytes, ...]
    checkpoint: Checkpoint

    def holds(self, before: Checkpoint) -> bool:
        """Say whether the log of the later checkpoint begins with that of the earlier one."""
        later = self.checkpoint
        return before.size == self.earlier and (
            before.size == 0
            or merkle.is_consistent(before.size, later.size, before.root, later.root, self.path)
        )

    def __str__(self) -> str:
        return f"old {self.earlier}\n{_written(self.path)}\n{self.checkpoint}"


def prove_line(line: bytes, leaves: Sequence[bytes], index: int, head: Checkpoint) -> Inclusion:
    """Return the proof of a line, given the hashes of as many leaves as the checkpoint has. Raises ValueError."""
    return Inclusion(line, index, merkle.inclusion_proof(leaves, index), head)


def prove_growth(leaves: Sequence[bytes], earlier: int, head: Checkpoint) -> Growth:
    """Return the proof that the log of a checkpoint began as it was when it had `earlier` lines. Raises ValueError."""
    return Growth(earlier, merkle.consistency_proof(leaves, earlier) if earlier else (), head)


def parse(raw: bytes) -> Inclusion | Growth:
    """Return a proof of either kind. Raises ValueError, which says what is wrong."""
    if len(raw) > _PROOF_BYTES:
        raise ValueError(f"longer than {_PROOF_BYTES} bytes")
    above, blank, below = raw.partition(b"\n\n")
    if not blank:
        raise ValueError("no checkpoint behind an empty line")
    head, (first, *rest) = checkpoints.parse(below), above.decode("ascii").split("\n")
    if first.startswith("old "):
        return Growth(_number(first.removeprefix("old ")), tuple(map(_hash, rest)), head)
    if first != FORM or len(rest) < 2 or not rest[0].startswith("extra ") or not rest[1].startswith("index "):
        raise ValueError("neither a proof of a line that carries the line, nor one of growth")
    line = base64.b64decode(rest[0].removeprefix("extra "), validate=True)
    return Inclusion(line, _number(rest[1].removeprefix("index ")), tuple(map(_hash, rest[2:])), head)


def _written(path: Sequence[bytes]) -> str:
    return "".join(f"{base64.b64encode(each).decode()}\n" for each in path)


def _number(text: str) -> int:
    if not _NUMBER.fullmatch(text):
        raise ValueError("no number where one is wanted")
    return int(text)


def _hash(text: str) -> bytes:
    value = base64.b64decode(text, validate=True)
    if len(value) != merkle.HASH_BYTES:
        raise ValueError("a hash of another length than that of SHA-256")
    return value
