"""Time-stamps of RFC 3161: asking an authority for a token, reading it, and finding out whether it can be relied on.

What a token is checked for, in this order; the first that fails is what `TrustError.finding` names:

1. It is DER, granted, and one signature over one TSTInfo (§2.4.2).
2. It is about the message: the imprint, in an algorithm that nobody can make collide.
3. The certificate that the signature names by digest is at hand (RFC 2634 §5.4, RFC 5035 §3).
4. That certificate is for time-stamping and nothing else, and says so critically (§2.3).
5. The signature verifies with its key.
6. A path leads to a root that the caller trusts, and every certificate on it was valid at the token's time.
7. rfc3161-client, given the same path and nothing else, agrees.

The certificates that a token brings are candidates for the path, never trusted. Revocation is not looked up: a token
cannot prove that its certificate was not withdrawn, and asking would need the network.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from archive.errors import Location, SigningError, TrustError
from archive.signing import der
from archive.signing.token import FormUnknown, Refused, Token, read_token

if TYPE_CHECKING:
    from cryptography import x509

__all__ = [
    "Refused",
    "Stamped",
    "Token",
    "check_digest",
    "check_token",
    "distinct",
    "query",
    "read_token",
    "request_over",
    "request_token",
]

Post = Callable[[str, bytes], bytes]
"""Sends bytes to an address and returns the body of the answer. Raises archive.errors.Error."""
STRONG = frozenset({"sha256", "sha384", "sha512"})
_SHA256_OID = bytes.fromhex("0609608648016503040201")
_NONCE_BITS = 64
HINT = "install it: pip install 'source-provenance[sign]'"


@attrs.frozen
class Stamped:
    """A token that was checked. `at` is aware, in UTC, and right to `accuracy` (zero where the token states none).

    `authority` is how the signer's certificate names it; `fingerprint` is the SHA-256 of that certificate in hex.
    `bearers` are digests of the names and keys of all who are on the path from it to the root that was trusted.
    """

    at: dt.datetime
    authority: str
    fingerprint: str
    bearers: frozenset[str]
    accuracy: dt.timedelta = dt.timedelta()


def distinct(stamps: Sequence[Stamped]) -> int:
    """Return how many authorities at least these tokens are of: the most of which no two share a name or key on their paths.

    One authority can lead to two roots, where one root has signed the other. A further token never makes it fewer.
    """
    return _apart(list(dict.fromkeys(stamp.bearers for stamp in stamps)))


def _apart(paths: Sequence[frozenset[str]]) -> int:
    """Return the size of the largest choice of paths that have nobody in common."""
    if not paths:
        return 0
    first, *rest = paths
    strangers = [path for path in rest if not first & path]
    with_first = 1 + _apart(strangers)
    return with_first if len(strangers) == len(rest) else max(with_first, _apart(rest))


def request_token(url: str, message: bytes, *, post: Post) -> bytes:
    """Ask an authority for a token over the SHA-256 of `message` and return its answer, as `request_over` does."""
    return request_over(url, hashlib.sha256(message).digest(), post=post)


def request_over(url: str, digest: bytes, *, post: Post) -> bytes:
    """Ask an authority for a token over a SHA-256 digest and return its answer: a whole TimeStampResp in DER.

    The request has a nonce and asks for the certificate. Raises SigningError where the authority refuses, or answers
    something malformed, about other data, or without the nonce; what `post` raises goes through. Whether the
    authority can be relied on is `check_token`'s question.
    """
    nonce = secrets.randbits(_NONCE_BITS)
    response = post(url, query(digest, nonce))
    where = Location(field=url[:300])
    try:
        token = read_token(response)
    except Refused as error:
        raise SigningError(f"the time-stamping authority {error}", where) from error
    except ValueError as error:
        message = f"the time-stamping authority's answer cannot be used: {error}"
        raise SigningError(message, where) from error
    if (token.digest_algorithm, token.digest) != ("sha256", digest):
        raise SigningError("the time-stamping authority stamped something else than it was given", where)
    if token.nonce != nonce:
        message = "the time-stamping authority's answer is not to this request: the nonce differs"
        raise SigningError(message, where)
    return response


def query(digest: bytes, nonce: int) -> bytes:
    """Return a TimeStampReq (RFC 3161 §2.4.1) over a SHA-256 digest, which asks for the certificate."""
    sha256 = der.encode(der.SEQUENCE, [_SHA256_OID, b"\x05\x00"])
    imprint = der.encode(der.SEQUENCE, [sha256, der.encode(der.OCTET_STRING, [digest])])
    number = der.encode(der.INTEGER, [nonce.to_bytes(nonce.bit_length() // 8 + 1)])
    return der.encode(der.SEQUENCE, [b"\x02\x01\x01", imprint, number, b"\x01\x01\xff"])


def check_token(
    response: bytes, message: bytes, roots: Sequence[bytes], extra: Sequence[bytes] = ()
) -> Stamped:
    """Return what a token proves of `message`. Raises TrustError, whose `finding` is one of archive.signing.timecodes.

    `roots` are the certificates that are trusted, in DER; `extra` are further candidates for the path, such as those
    beside the token. SigningError says that the extra `sign` is not installed.
    """
    token = _readable(response)
    algorithm = token.digest_algorithm
    if algorithm not in STRONG:
        raise TrustError(f"the token is over a digest in {algorithm}", finding="time.weak")
    return _checked(token, hashlib.new(algorithm, message).digest(), roots, extra)


def check_digest(response: bytes, digest: bytes, roots: Sequence[bytes]) -> Stamped:
    """Return what a token proves of something that has this SHA-256. Raises as `check_token` does."""
    token = _readable(response)
    if token.digest_algorithm != "sha256":
        message = f"the token is over a digest in {token.digest_algorithm}"
        raise TrustError(message, finding="time.other-content")
    return _checked(token, digest, roots)


def _checked(token: Token, digest: bytes, roots: Sequence[bytes], extra: Sequence[bytes] = ()) -> Stamped:
    if not hmac.compare_digest(digest, token.digest):
        raise TrustError("the token is over something else than this", finding="time.other-content")
    client = _client()
    from archive.signing import authority

    path = authority.path_of(token, roots, extra)
    authority.second_opinion(client, token, digest, path)
    return _stamped(token, path)


def _stamped(token: Token, path: Sequence[x509.Certificate]) -> Stamped:
    from archive.signing import authority

    signer = path[0]
    return Stamped(
        at=token.at,
        authority=authority.name_of(signer),
        fingerprint=authority.fingerprint(signer),
        bearers=authority.bearers(path),
        accuracy=token.accuracy or dt.timedelta(),
    )


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        raise SigningError("time-stamps need the extra `sign`", hint=HINT) from error
    return rfc3161_client


def _readable(response: bytes) -> Token:
    try:
        return read_token(response)
    except FormUnknown as error:
        raise TrustError(
            f"the token is of a form unknown here: {error}", finding="time.form-unknown"
        ) from error
    except ValueError as error:
        raise TrustError(f"the token cannot be read: {error}", finding="time.token-broken") from error
