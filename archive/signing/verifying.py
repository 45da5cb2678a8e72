"""What a signature proves: whose key made it, for which host, when, and whether that is somebody the caller named.

1. The signature is one of the stated hash, by the stated key.
2. Of a host's: the time-stamp says when, from an authority that is trusted.
3. Of a host's: a path leads from its certificate to a root that is trusted, at that time; the certificate names the host.
4. The key or the host is one that the caller named.

That the stated hash is the manifest's, the manifest's that of every member, is for the checks of a package to say.
Imported only where there is a signature: it needs the extra `sign`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator

import attrs

from archive.errors import SigningError, TrustError
from archive.findings import Finding, found
from archive.signing import signature
from archive.signing.certificates import Path, hosts_of, is_whole, load, path_of
from archive.signing.signed import Form, Signed
from archive.signing.timestamp import check_token, read_token
from archive.signing.trust import Trust, fingerprint

APART = dt.timedelta(minutes=10)
"""How much later than the package its signature may be stamped (WACZ-auth, "Domain-Name Identity", step 6)."""
SKEW = dt.timedelta(minutes=1)
"""By how much two clocks may differ: of the machine that made the package, and of the authority."""
Found = Generator[Finding, None, bool]


@attrs.frozen
class _Stamped:
    """When a signature was made: `at` as the token states it, `trusted` where an authority that is trusted says so."""

    at: dt.datetime | None
    trusted: bool
    message: str = ""


def verify_signature(signed: Signed, trust: Trust) -> Found:
    """Yield what is wrong or notable with a signature; return whether it is by somebody whom the caller named."""
    try:
        verified = signature.verify(signed)  # 1
    except TrustError as error:
        yield _told(error)
        return False
    if not verified.usual_spelling:
        yield found(
            "signature.encoding", f"the signature is not written as those of the {signed.form} form are"
        )
    if signed.form is Form.ANONYMOUS:
        return (yield from _named(trust, {verified.key}, f"the key {verified.key}"))  # 4
    keys = {verified.key, fingerprint(signed.chain[0])}
    return (yield from _verify_host(signed, trust, keys, verified.key))


def _verify_host(signed: Signed, trust: Trust, keys: set[str], key: str) -> Found:
    stamped = _stamped(signed, trust)  # 2
    if not stamped.trusted:
        yield found("signature.time-unknown", f"when it was signed is not known: {stamped.message}")
    yield from _check_times(signed, stamped)
    try:
        path = _path(signed, trust, stamped)  # 3
    except TrustError as error:
        yield _told(error)
        return False
    if path is not None and not path.trusted:
        message = f"nothing is known of {path.authority!r}, which vouches for {signed.domain!r}"
        yield found("signature.authority-unknown", message)
    domain = signed.domain.lower()  # with a dot at its end it is no name of a certificate
    vouched = path is not None and path.trusted and stamped.trusted
    if not vouched and domain in trust.signers and not keys & set(trust.signers):
        return False  # it may be the one who was named: what was found already says why nobody can tell
    who = f"{domain!r}, as {path.authority!r} has it" if vouched and path else f"a key that claims {domain!r}"
    said = f"{who}, at {stamped.at:%Y-%m-%d %H:%M:%S} UTC ({key})" if stamped.at else f"{who} ({key})"
    return (yield from _named(trust, keys | ({domain} if vouched else set()), said))  # 4


def _named(trust: Trust, names: set[str], who: str) -> Found:
    """Say whether the signer, who has these names, is one whom the caller named."""
    if not trust.signers:
        yield found("signature.signer-unknown", f"signed by someone unknown: {who}")
        return False
    if names & set(trust.signers):
        yield found("signature.verified", f"signed by {who}")
        return True
    expected = ", ".join(trust.signers)
    yield found(
        "signature.other-signer", f"signed by {who}, and not by {expected}", expected=expected, actual=who
    )
    return False


def _stamped(signed: Signed, trust: Trust) -> _Stamped:
    at = None
    try:
        token = read_token(signed.token)
        at = token.at
        roots = trust.timestamp_roots.among((*signed.token_chain, *token.certificates))
        stamped = check_token(signed.token, signed.signature_text.encode("ascii"), roots, signed.token_chain)
        return _Stamped(stamped.at, trusted=True)
    except ValueError as error:
        return _Stamped(None, trusted=False, message=f"the time-stamp cannot be read: {error}")
    except (TrustError, SigningError) as error:
        return _Stamped(at, trusted=False, message=error.message)


def _check_times(signed: Signed, stamped: _Stamped) -> Generator[Finding, None, None]:
    created = instant(signed.created)
    if created is None or stamped.at is None:
        return
    if not -SKEW <= stamped.at - created <= APART:
        message = (
            f"made at {created:%Y-%m-%d %H:%M:%S} as it says, signed at {stamped.at:%Y-%m-%d %H:%M:%S} UTC"
        )
        at, stated = stamped.at.isoformat(), created.isoformat()
        yield found("signature.time-apart", message, expected=stated, actual=at)


def _path(signed: Signed, trust: Trust, stamped: _Stamped) -> Path | None:
    """Return how far the certificates lead at the time of the signature; None where no time is given at all.

    Raises TrustError. The second chain, where there is one, is for the same key, and counts where the first leads to
    an authority of which nothing is known.
    """
    at = stamped.at or instant(signed.created)
    if at is None:
        return None
    path = path_of(signed.chain, signed.domain, at, trust.domain_roots)
    if signed.cross_signed:
        _check_cross_signed(signed)
        if not path.trusted:
            return path_of(signed.cross_signed, signed.domain, at, trust.domain_roots)
    return path


def _check_cross_signed(signed: Signed) -> None:
    try:
        keys = [signature.spki(signature.leaf_key(chain[0])) for chain in (signed.chain, signed.cross_signed)]
    except TrustError as error:
        raise TrustError(error.message, finding="signature.cross-signed-differs") from None
    if keys[0] != keys[1]:
        message = "the second chain of certificates is for another key"
        raise TrustError(message, finding="signature.cross-signed-differs")


def is_canonical(signed: Signed, trust: Trust) -> bool:
    """Say whether a right signature has the lower of its two second numbers, and whole chains down to the last byte.

    The host is the first that the certificate names, letter by letter; the token is without certificates of its own.
    Each certificate of a chain, used for the path or not, is vouched for by the next, and the last by itself or by a
    root that is trusted; where no such root is known it may be left open.
    """
    try:
        chains = ((signed.chain, trust.domain_roots), (signed.token_chain, trust.timestamp_roots))
        whole = all(is_whole(chain, roots) for chain, roots in chains)
        named = not signed.chain or hosts_of(load(signed.chain[0]))[:1] == [signed.domain]
        return whole and named and _is_bare(signed.token) and signature.verify(signed).canonical
    except TrustError:
        return False


def _is_bare(token: bytes) -> bool:
    """Say whether a token is without certificates; of one that cannot be read, what proves time says what is wrong."""
    try:
        return not token or read_token(token).bare == token
    except ValueError:
        return True


def instant(text: str | None) -> dt.datetime | None:
    """Return the instant that an ISO 8601 text with a zone names, in UTC; None where it names none."""
    try:
        moment = dt.datetime.fromisoformat(text or "")
        return moment.astimezone(dt.UTC) if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _told(error: TrustError) -> Finding:
    return found(error.finding, error.message)
