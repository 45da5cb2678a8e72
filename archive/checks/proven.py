"""What the proofs of time in a package prove, and which of its own dates contradict them. Imported where there are any."""

from __future__ import annotations

import base64
import datetime as dt
import functools
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from archive import lazily
from archive.checks.policy import Outcome, Policy
from archive.errors import Location, SigningError, TrustError
from archive.findings import Count, Covered, Finding, Status, found
from archive.signing import pem
from archive.signing.timestamp import Stamped, check_token, distinct, read_token
from archive.wacz.datapackage import DIGEST_PATH, PATH
from archive.wacz.evidence import KEY, MOST_ROWS, Kind, UnknownRow, read_row, rows_of
from archive.wacz.member import MemberDamaged
from archive.wacz.package import Package
from archive.warc.record import Placed

SKEW = dt.timedelta(minutes=10)
"""How much later than a token a date may be before that is a contradiction: clocks of capturing computers are not exact."""
_BY_SIGNATURE = "signedData/timeSignature"
_YEAR, _MONTH, _DAY, _MINUTE = 4, 7, 10, 17
_DATE = lazily.compile(
    r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?Z)?)?)?"
)


def check_proofs(package: Package, stated: Mapping[str, Any], policy: Policy) -> Iterator[Outcome]:
    """Yield what the proofs of time prove that stand beside the manifest's digest.

    1. The token over the signature, and each of the list of further proofs, which are over the manifest.
    2. What each that holds says of the time: after the package says it was made, after every record.
    3. So many authorities as are asked for.

    Proofs that were decided on count as checked, whichever way; a promise, or an authority that nobody knows, does not.
    """
    proofs = list(_proofs(stated, package))
    records = _Dated(package, policy)
    held, undecided = list[Stamped](), 0
    for proof in proofs:
        outcome = _judged(proof, policy)  # 1
        if isinstance(outcome, Stamped):
            held.append(outcome)
            yield from _consequences(package, records, proof, outcome)  # 2
        else:
            undecided += outcome.status is Status.NOT_CHECKED
            yield outcome
    yield Covered("timestamps", Count(len(proofs) - undecided, len(proofs)))
    yield from _enough(held, undecided, policy)  # 3


@attrs.frozen
class _Proof:
    """One proof as it stands: what it is over, and where. `problem` says why it cannot even be taken out."""

    kind: Kind
    data: bytes
    message: bytes
    where: Location
    extra: tuple[bytes, ...] = ()
    signed: Mapping[str, Any] | None = None
    """What stands around the signature that the token is over."""
    manifest_digest: str = ""
    problem: Finding | None = None


def _proofs(stated: Mapping[str, Any], package: Package) -> Iterator[_Proof]:
    signed = stated.get("signedData")
    if isinstance(signed, Mapping) and isinstance(signed.get("timeSignature"), str):
        digest = package.measure(PATH).digest if PATH in package.entries else ""
        yield _over_signature(signed, digest)
    rows = rows_of(stated)
    if not rows:
        return
    manifest = _manifest(package)
    for number, row in enumerate(rows[:MOST_ROWS]):
        yield _over_manifest(row, manifest, Location(member=DIGEST_PATH, field=f"{KEY}/{number}"))
    if len(rows) > MOST_ROWS:
        where = Location(member=DIGEST_PATH, field=KEY)
        message = f"of {len(rows)} proofs of time only {MOST_ROWS} are looked at"
        yield _unusable(where, "time.not-checked", message)


def _manifest(package: Package) -> bytes:
    """Return the bytes of the manifest; none where they cannot be read, which no proof is about."""
    entry = package.entries.get(PATH)
    if entry is None or not entry.readable:
        return b""
    try:
        return package.read_member(PATH)
    except MemberDamaged:
        return b""


def _over_signature(signed: Mapping[str, Any], manifest_digest: str) -> _Proof:
    where = Location(member=DIGEST_PATH, field=_BY_SIGNATURE)
    signature, certificates = signed.get("signature"), signed.get("timestampCert")
    try:
        data = base64.b64decode(signed["timeSignature"], validate=True)
        message = str(signature).encode("ascii")
        extra = pem.blocks(certificates) if isinstance(certificates, str) else ()
    except ValueError as error:
        return _unusable(where, "time.token-broken", f"the token cannot be read: {error}")
    return _Proof(Kind.RFC3161, data, message, where, extra, signed, manifest_digest)


def _over_manifest(row: object, manifest: bytes, where: Location) -> _Proof:
    try:
        read = read_row(row)
    except UnknownRow as error:
        return _unusable(where, "time.form-unknown", str(error))
    except ValueError as error:
        return _unusable(where, "time.token-broken", f"the proof cannot be read: {error}")
    return _Proof(read.kind, read.data, manifest, where)


def _unusable(where: Location, code: str, message: str) -> _Proof:
    return _Proof(Kind.RFC3161, b"", b"", where, problem=found(code, message, where=where))


def _judged(proof: _Proof, policy: Policy) -> Stamped | Finding:
    """Return what a proof proves, or what is found instead."""
    if proof.problem is not None:
        return proof.problem
    try:
        if proof.kind is Kind.OTS:
            from archive.signing.anchored import check_proof

            return check_proof(proof.data, proof.message, policy.blocks)
        return _check_token(proof, policy)
    except TrustError as error:
        hint = f"; {error.hint}" if error.hint else ""
        return found(error.finding, error.message + hint, where=proof.where)
    except SigningError as error:
        return found("time.not-checked", f"{error.message}; {error.hint}", where=proof.where)


def _check_token(proof: _Proof, policy: Policy) -> Stamped:
    """Check a token; of one over a signature, the certificate that is stated with it must be its signer's."""
    try:
        token = read_token(proof.data)
    except ValueError:
        return check_token(proof.data, proof.message, ())  # which says what is wrong
    roots = policy.trusted.timestamp_roots.among((*token.certificates, *proof.extra))
    exchanged = bool(proof.extra) and not token.signer.is_named_by(proof.extra[0])
    try:
        stamped = check_token(proof.data, proof.message, roots, proof.extra)
    except TrustError as error:
        if exchanged and error.finding == "time.root-unknown":
            raise _exchanged() from error
        raise
    if exchanged:
        raise _exchanged()
    if proof.signed is not None:
        _check_bound(proof, stamped, policy)
    return stamped


def _exchanged() -> TrustError:
    message = "the certificate that the package names for the token is not its signer's"
    return TrustError(message, finding="time.certificate-other")


def _check_bound(proof: _Proof, stamped: Stamped, policy: Policy) -> None:
    from archive.signing.binding import is_bound

    if not is_bound(proof.signed, proof.manifest_digest, stamped.at, policy.trusted):
        message = (
            f"the signature existed at {_spelled(stamped.at)}, says {stamped.authority}; that it was this package's then"
            " is not known"
        )
        raise TrustError(message, finding="time.signature-unbound")


def _consequences(package: Package, records: _Dated, proof: _Proof, stamped: Stamped) -> Iterator[Finding]:
    """Yield the time that is proven, and what in the package is dated later."""
    what = "the signature" if proof.where.field == _BY_SIGNATURE else "the manifest"
    message = f"{what} existed at {_spelled(stamped.at)}, says {stamped.authority}"
    yield found("time.stamped", message, where=proof.where, actual=stamped.at.isoformat())
    latest = stamped.at + stamped.accuracy + SKEW
    created = _instant((package.datapackage or {}).get("created"))
    if proof.where.field != _BY_SIGNATURE and created is not None and created > latest:
        text = "the package says it was made later than it was stamped"
        where = Location(member=PATH, field="created")
        yield found(
            "time.before-creation", text, where=where, expected=_spelled(stamped.at), actual=_spelled(created)
        )
    yield from _later_records(records, stamped, latest)


class _Dated:
    """The records of a package with the times they state, gone through once for all proofs, however many there are."""

    def __init__(self, package: Package, policy: Policy) -> None:
        self._package, self._canonical = package, policy.demands_canonical(package)

    @functools.cached_property
    def latest(self) -> tuple[dt.datetime, Placed] | None:
        """The record that is dated the latest."""
        return max(self._all(), key=lambda pair: pair[0], default=None)

    def count_after(self, limit: dt.datetime) -> int:
        """Return how many records are dated later."""
        return sum(at > limit for at, _ in self._all())

    def _all(self) -> Iterator[tuple[dt.datetime, Placed]]:
        for name in self._package.warc_names:
            for placed in self._package.survey(name, canonical=self._canonical).placed:
                if (at := _instant(placed.date)) is not None:
                    yield at, placed


def _later_records(records: _Dated, stamped: Stamped, limit: dt.datetime) -> Iterator[Finding]:
    """Yield the record that is dated the latest, if that is after the package existed, and how many others are."""
    if records.latest is None or records.latest[0] <= limit:
        return
    placed = records.latest[1]
    where = Location(
        member=placed.member, offset_bytes=placed.offset_bytes, record=placed.record_id, field="WARC-Date"
    )
    others = records.count_after(limit) - 1
    message = f"the record is dated later than the package was stamped{f', and {others} more are' if others else ''}"
    expected = _spelled(stamped.at)
    yield found("time.record-after-token", message, where=where, expected=expected, actual=placed.date)


def _enough(stamps: list[Stamped], undecided: int, policy: Policy) -> Iterator[Outcome]:
    """Yield where fewer authorities vouch than are asked for: for certain, or as far as could be checked."""
    wanted, counted = policy.timestamps, distinct(stamps)
    if counted >= wanted or wanted == 1:  # that there is one is for the coverage of timestamps to say
        return
    certain = counted + undecided < wanted
    message = f"{counted} of {wanted} authorities that are asked for vouch for the time"
    status = Status.FAILED if certain else Status.NOT_CHECKED
    yield found("time.too-few", message, status=status, expected=wanted, actual=counted)
    if not certain:
        yield Covered("authorities", Count(counted, wanted))


def _instant(text: object) -> dt.datetime | None:
    """Return the earliest instant that a date of W3CDTF or RFC 3339 can mean, in UTC; None for anything else."""
    if not isinstance(text, str):
        return None
    if _DATE.fullmatch(text):
        missing = {_YEAR: "-01-01T00:00:00Z", _MONTH: "-01T00:00:00Z", _DAY: "T00:00:00Z", _MINUTE: ""}
        text += missing.get(len(text), "")
    try:
        moment = dt.datetime.fromisoformat(text)
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _spelled(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S} UTC"
