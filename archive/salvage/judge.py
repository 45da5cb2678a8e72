"""What can be said for a record of a broken file: is it as it was written, and what speaks against it.

A record is kept where its frame is whole and something vouches for it: the CRC-32 of the gzip member that holds it and
nothing else, or its block digest. Where nothing does (a plain file, no digest) it is kept as long as nothing speaks
against it. What a record was written with (a field that the standard does not know, a digest by other rules) is no
damage: where the gzip member vouches for every byte, it is kept as it was, and the fault is told.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from archive.findings import Finding, Status
from archive.salvage.loss import Fate

_BROKEN = frozenset(
    {
        "gzip.damaged",
        "gzip.crc",
        "gzip.length",
        "gzip.cut",
        "gzip.limit-exceeded",
        "warc.header-cut",
        "warc.record-cut",
        "warc.content-length",
        "warc.limit-exceeded",
    }
)
"""Codes after which nobody knows what the record was."""
_MISFRAMED = "warc.record-end"
_UNENDED = frozenset(
    {_MISFRAMED, "warc.header-cut", "warc.record-cut", "warc.content-length", "warc.limit-exceeded"}
)
"""Codes after which the end of a plain record is not where its header says: it may have swallowed others."""
_MISMATCH = "warc.digest-mismatch"


@attrs.frozen
class Judged:
    """The judgement: `fate` None is an intact record; `reason` and `message` are those of the worst finding."""

    fate: Fate | None
    reason: str = ""
    message: str = ""
    unended: bool = False
    """Whether it is not known where the record ends."""


def judge(findings: Iterable[Finding], *, offset_bytes: int, own_member: bool, digest_right: bool) -> Judged:
    """Judge a record by what was found about it. `own_member`: a gzip member holds it and nothing else.

    `digest_right`: it has a block digest, and the block is the one.
    """
    against = [each for each in findings if each.where.offset_bytes in (None, offset_bytes)]
    unended = any(each.code in _UNENDED for each in against)
    broken = next((each for each in against if each.code in _BROKEN), None)
    if broken is not None:
        return Judged(Fate.ASIDE, broken.code, broken.message, unended)
    failed = [each for each in against if each.status is Status.FAILED and each.code != "warc.bytes-skipped"]
    if not failed:
        return Judged(None)
    worst = next((each for each in failed if each.code == _MISMATCH), failed[0])
    vouched = own_member or digest_right
    if (
        worst.code == _MISFRAMED
    ):  # too few or too many line ends are no damage; anything else may be a wrong length
        vouched = digest_right or not str(worst.actual).strip("\r\n")
    return Judged(Fate.AS_IT_WAS if vouched else Fate.ASIDE, worst.code, worst.message, unended)
