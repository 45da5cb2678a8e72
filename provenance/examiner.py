"""The story of checking a proof, by somebody who has nothing else.

1. Read it. What is no proof is `unreadable`.
2. Follow the ways to the root, the root to the manifest, the manifest to its digest (archive.checks.proofs).
3. Compare records that lie beside the proof.
4. Check signature and time-stamps over that digest, and the dates of the records against them.
5. See that each record is what it is there for, read the document again, and compare.
6. Say what was required and is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import attrs

import archive
import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.checks import Policy
from archive.checks.proofs import (
    DIGEST,
    Expected,
    Shown,
    check_content,
    check_proof,
    content_covered,
    shown,
)
from archive.checks.statements import check_vouching
from archive.digest import digest
from archive.disk import open_regular
from archive.errors import InputError, Location, Unreadable
from archive.findings import Finding, Report, found
from archive.limits import DEFAULT, Limits
from archive.wacz.prooffile import ProofFile, read_proof
from archive.warc.header import parse as parse_header
from archive.warc.record import Header, Placed
from provenance import records
from provenance.choosing import Told, articles_in
from provenance.corpus.reading import given_of, read_given
from provenance.derived import Derived, compare_records
from provenance.prover import ARTICLES, SOURCE, TEXT
from provenance.verifier import (
    REQUIREMENTS,
    Outcome,
    missing,
    policy_of,
    required,
    trusted,
)

if TYPE_CHECKING:
    from archive.signing.bitcoin import Headers
    from archive.signing.trust import Trust

_ROLES = ((SOURCE,), (SOURCE, TEXT, ARTICLES))


@attrs.frozen
class Checked:
    """What checking a proof found, and what it is a proof of, as far as that is known."""

    report: Report
    records: tuple[tuple[str, Header], ...] = ()
    """The headers of the records, by what they are there for; only those that are what was proven."""
    articles: tuple[Told, ...] = ()
    """The articles that are meant."""


def check(
    path: Path,
    files: Sequence[Path] = (),
    *,
    expected: Expected | None = None,
    require: Iterable[str] = (),
    signer: str | Iterable[str] = (),
    trust: Trust | str | Path | None = None,
    timestamps: int | None = None,
    bitcoin_headers: Headers | None = None,
    limits: Limits = DEFAULT,
) -> Checked:
    """Check a proof, with records that lie beside it in `files`. What is wrong with it is in the report.

    Who must vouch for it is said as for `verify`. Nothing here needs the network.
    """
    trust = trusted(trust, signer)
    require = required(require, trust, timestamps)
    policy = policy_of(require, trust, timestamps, bitcoin_headers, limits=limits)
    aspects = frozenset(REQUIREMENTS[name] for name in require)
    name = str(path)
    try:
        with open_regular(path) as file:
            proof = read_proof(file, name, limits=policy.limits)  # 1
        checking = _Checking(proof, policy)
        report = Report.of(name, checking.outcomes(files, expected or Expected()), required=aspects)
    except InputError as error:
        return Checked(Report(name, stopped_by=error.within(package=name)))
    except OSError as error:
        unread = Unreadable(f"cannot be read: {error.strerror or error}", Location(name))
        return Checked(Report(name, stopped_by=unread))
    report = report.also(missing(report, require))  # 6
    return Checked(report, checking.headers(), checking.told)


class _Checking:
    """One proof being checked: what was shown of each of its records."""

    def __init__(self, proof: ProofFile, policy: Policy) -> None:
        self._proof, self._policy = proof, policy
        self._shown: dict[int, Shown] = {}
        self.told: tuple[Told, ...] = ()

    def outcomes(self, files: Sequence[Path], expected: Expected) -> Iterator[Outcome]:
        """Yield everything that is found."""
        yield from check_proof(self._proof, expected, self._policy)  # 2
        for number, record in enumerate(self._proof.records):
            if record.header is not None and record.block is not None:
                self._show(number, Shown(record.header, digest(record.block), record.block))
        for file in files:  # 3
            yield from self._look_in(file)
        for number, record in enumerate(self._proof.records):
            if number not in self._shown and record.header is None:
                message = f"of the {record.role} there are digests only"
                yield found("proof.content-not-given", message, where=_at(number))
        yield content_covered(number in self._shown for number in range(len(self._proof.records)))
        placed = tuple(self._placed(number) for number in sorted(self._shown))
        yield from check_vouching(self._proof.statement, self._policy, DIGEST, placed)  # 4
        yield from self._check_roles()  # 5

    def _show(self, number: int, given: Shown) -> None:
        """Remember a record that is the one that is proven; any other one tells nothing."""
        if not any(check_content(self._proof.records[number], given, _at(number))):
            self._shown[number] = given

    def _look_in(self, file: Path) -> Iterator[Finding]:
        """Look for proven records among those of a file."""
        by_header = {
            record.proof.content.header_digest: number for number, record in enumerate(self._proof.records)
        }
        seen = False
        keep_bytes = self._policy.limits.document_bytes if len(self._proof.records) > 1 else 0
        with archive.open(file, limits=self._policy.limits) as package:
            for record in package.records():
                number = by_header.get(digest(record.header.raw))
                if number is None:
                    continue
                given = shown(record, keep_bytes)  # read again where there is a text to compare
                differences = tuple(check_content(self._proof.records[number], given, _at(number)))
                yield from (difference.within(member=file.name) for difference in differences)
                self._show(number, given)
                seen = True
        if not seen:
            message = f"{file.name!r} holds no record whose header the proof is about"
            yield found("proof.record-not-here", message, where=Location(member=file.name))

    def headers(self) -> tuple[tuple[str, Header], ...]:
        """Return the headers of the records that are what was proven."""
        return tuple(
            (self._proof.records[number].role, _header(given, self._policy.limits))
            for number, given in sorted(self._shown.items())
        )

    def _check_roles(self) -> Iterator[Outcome]:
        roles = tuple(record.role for record in self._proof.records)
        if roles not in _ROLES or (self._proof.part is not None and len(roles) == 1):
            message = "the records are not a document, with its text and articles or without"
            yield found("proof.role-differs", message, where=Location(field="records"), actual=list(roles))
            return
        placed = {number: self._placed(number) for number in self._shown}
        for number, each in placed.items():
            if not _is_role(roles[number], each, placed.get(0)):
                message = f"the header of the record is not that of the {roles[number]}"
                yield found("proof.role-differs", message, where=_at(number), actual=each.type)
                return
        yield from self._check_part()
        if len(roles) > 1 and len(placed) == len(roles):
            yield from self._read_again([placed[number] for number in range(len(roles))])

    def _placed(self, number: int) -> Placed:
        """Return a record as the verifier knows it."""
        given, stated = self._shown[number], self._proof.records[number].proof.content
        header = _header(given, self._policy.limits)
        size_bytes = len(given.block) if given.block is not None else 0
        return Placed(stated.member, 0, 0, header, size_bytes, given.block_digest)

    def _check_part(self) -> Iterator[Finding]:
        given = self._shown.get(2)
        if given is None or given.block is None:
            return
        told = tuple(articles_in(given.block))
        self.told = tuple(each for each in told if self._proof.part in (None, each.part))
        if self._proof.part is not None and not self.told:
            message = f"the document has no article of the number {self._proof.part}"
            yield found("proof.part-missing", message, where=Location(field="part"), actual=self._proof.part)

    def _read_again(self, placed: list[Placed]) -> Iterator[Outcome]:
        """Read the document again, and compare with its text and articles as `verify` does."""
        given, limits = self._shown[0], self._policy.limits
        held = given_of("", placed[0].header, given.block, limits) if given.block is not None else None
        reading = read_given(held) if held is not None else None
        if held is None or reading is None or reading.document is None:
            message = "there is a text, and the document cannot be read as one"
            yield found("article.without-source", message, where=_at(0))
            return
        derived = Derived.of(placed[1:])
        yield from compare_records(placed[0], reading.document, digest(held.data), derived)


def _at(number: int) -> Location:
    return Location(field=f"records/{number}")


def _header(given: Shown, limits: Limits) -> Header:
    return parse_header(given.header, limits, Location())[0]


def _is_role(role: str, placed: Placed, source: Placed | None) -> bool:
    """Say whether a record's header is that of the role; of derived records, whether it is the source's own."""
    if role == SOURCE:
        return not records.is_derived(placed.header)
    if not (records.is_text(placed.header) if role == TEXT else records.is_metadata(placed.header)):
        return False
    return source is None or placed.header.get("WARC-Refers-To") == source.record_id
