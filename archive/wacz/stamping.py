"""Putting proofs of time into a package that is there, and asking later for what was promised."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from archive.digest import read_label
from archive.errors import Error, SigningError, TrustError
from archive.signing import calendars
from archive.signing.anchored import anchors
from archive.signing.calendars import Ask
from archive.signing.opentimestamps import read_proof, write_proof
from archive.signing.timestamp import Post, Stamped, check_digest, read_token, request_over
from archive.signing.trust import Trust
from archive.wacz.attesting import attest
from archive.wacz.evidence import KEY, Kind, Row, read_row, rows_of, with_rows

OPEN = frozenset({"time.root-unknown", "time.certificate-missing", "time.form-unknown"})
"""What may be found of a token that is put in all the same: somebody else may know its authority."""


@attrs.frozen
class Made:
    """One proof that was made. `stamped` is None where it is not known to prove anything, and `why` says so."""

    row: Row
    source: str
    stamped: Stamped | None
    why: str = ""


@attrs.frozen
class Stamping:
    """What is asked for: tokens of these authorities, a proof by these calendars, and how to ask them."""

    authorities: tuple[str, ...] = ()
    calendars: tuple[str, ...] = ()
    trust: Trust = attrs.field(factory=Trust)

    def proofs(self, digest: str, *, post: Post, ask: Ask) -> tuple[Made, ...]:
        """Return the proofs over a manifest, given its labelled digest. Raises SigningError and what asking raises.

        Every authority must answer: a package with fewer proofs than were asked for would look as if it had them.
        """
        label = read_label(digest)
        if label is None or label.algorithm != "sha256" or label.value is None:
            raise SigningError("only a manifest with a SHA-256 digest is stamped")
        made = [self._token(url, label.value, post) for url in self.authorities]
        if self.calendars:
            made.append(_promised(label.value, self.calendars, ask))
        return tuple(made)

    def _token(self, url: str, digest: bytes, post: Post) -> Made:
        response = request_over(url, digest, post=post)
        row = Row(Kind.RFC3161, response)
        try:
            roots = self.trust.timestamp_roots.among(read_token(response).certificates)
            return Made(row, url, check_digest(response, digest, roots))
        except TrustError as error:
            if error.finding not in OPEN:
                raise SigningError(
                    f"the authority's token cannot be relied on: {error.message}", hint=url
                ) from error
            return Made(row, url, None, error.message)
        except SigningError as error:  # without the extra nothing more can be said of it
            return Made(row, url, None, error.message)


def _promised(digest: bytes, addresses: Sequence[str], ask: Ask) -> Made:
    proof, refused = calendars.stamp(digest, addresses, ask=ask)
    why = "; ".join(("pending: in no block yet", *(str(error) for error in refused)))
    return Made(Row(Kind.OTS, write_proof(proof)), ", ".join(addresses), None, why)


def stamp(
    source: Path,
    output: Path,
    stamping: Stamping,
    *,
    post: Post,
    ask: Ask,
    overwrite: bool = False,
) -> tuple[Made, ...]:
    """Write a package with further proofs over its manifest, in place where `output` is `source`. Return the proofs."""
    made: list[Made] = []

    def change(value: dict[str, Any]) -> Mapping[str, Any]:
        made.extend(stamping.proofs(value["hash"], post=post, ask=ask))
        return with_rows(value, [each.row for each in made])

    attest(source, output, change, overwrite=overwrite)
    return tuple(made)


@attrs.frozen
class Asked:
    """What came of asking after the promises in a package. `complete` are the heights of the blocks, in order."""

    kept: int
    pending: int
    complete: tuple[int, ...]
    refused: tuple[Error, ...]
    foreign: tuple[str, ...]


class Unchanged(Exception):
    """Nothing came of asking, so that nothing is written."""


def upgrade(source: Path, output: Path, named: Sequence[str], *, ask: Ask, overwrite: bool = False) -> Asked:
    """Ask the calendars in a package for what they promised, and write the package with it, if there is anything."""
    asked: list[Asked] = []

    def change(value: dict[str, Any]) -> Mapping[str, Any]:
        rows = [_Upgraded.of(row, named, ask) for row in rows_of(value)]
        asked.append(_joined(rows))
        if not any(row.kept for row in rows):
            raise Unchanged
        return {**value, KEY: [row.row for row in rows]}

    with contextlib.suppress(Unchanged):
        attest(source, output, change, overwrite=overwrite)
    return asked[0]


@attrs.frozen
class _Upgraded:
    row: object
    kept: int = 0
    pending: int = 0
    heights: tuple[int, ...] = ()
    refused: tuple[Error, ...] = ()
    foreign: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: object, named: Sequence[str], ask: Ask) -> _Upgraded:
        """Ask after one row. What is no proof of ours stays as it is."""
        try:
            read = read_row(row)
            proof = read_proof(read.data) if read.kind is Kind.OTS else None
        except ValueError:
            return cls(row)
        if proof is None:
            return cls(row)
        done = calendars.upgrade(proof, named, ask=ask)
        heights = tuple(sorted({end.height for end in anchors(proof.tree)}))
        new = Row(Kind.OTS, write_proof(proof)).to_json() if done.kept else row
        pending = len(done.foreign) + done.asked - done.kept
        return cls(new, done.kept, pending, heights, done.refused, done.foreign)


def _joined(rows: Sequence[_Upgraded]) -> Asked:
    return Asked(
        sum(row.kept for row in rows),
        sum(row.pending for row in rows),
        tuple(sorted({height for row in rows for height in row.heights})),
        tuple(error for row in rows for error in row.refused),
        tuple(address for row in rows for address in row.foreign),
    )
