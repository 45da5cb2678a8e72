"""Making what stands under `signedData`: the signature over the manifest's digest, and the time-stamp over that."""

from __future__ import annotations

import base64
from collections.abc import Callable

from archive.errors import SigningError, TrustError
from archive.signing import pem
from archive.signing.certificates import load, ordered
from archive.signing.keys import Key
from archive.signing.signed import VERSION, Form
from archive.signing.token import Token, read_token
from archive.signing.trust import Roots

NONE = Roots()
Stamp = Callable[[bytes], bytes]
"""Takes a message and returns the token over it: a whole TimeStampResp in DER."""


def check_ready(key: Key, *, created: str | None, stamped: bool) -> None:
    """Refuse, before any work is done, what could not be signed in the end. Raises SigningError."""
    if created is None:
        hint = "build it anew with --created-at now: the signature is over a manifest that says when"
        raise SigningError("a package that does not say when it was made cannot be signed", hint=hint)
    if key.form is Form.DOMAIN and not key.chain:
        hint = "give its chain: --certificate CHAIN.pem; or sign with a key on P-384, which needs none"
        raise SigningError(
            "a key on P-256 signs for a host, and goes with that host's certificate", hint=hint
        )
    if key.form is Form.DOMAIN and not stamped:
        hint = "name a time-stamping authority: --timestamp URL"
        raise SigningError("a signature for a host needs a time-stamp: certificates run out", hint=hint)


def signed_data(
    key: Key,
    digest: str,
    *,
    created: str,
    software: str,
    stamp: Stamp | None = None,
    timestamp_roots: Roots = NONE,
) -> dict[str, str]:
    """Return the signature over a manifest's labelled digest, in the form that goes with the key.

    `created` and `software` are those of the manifest. Of a host's signature, `stamp` gets the token over its base64
    text, and `timestamp_roots` complete the chain that the token brings. Raises SigningError.
    """
    check_ready(key, created=created, stamped=stamp is not None)
    signature = base64.b64encode(key.sign(digest.encode("ascii"))).decode("ascii")
    made = {
        "hash": digest,
        "created": created,
        "software": software,
        "version": VERSION,
        "signature": signature,
    }
    if key.form is Form.ANONYMOUS:
        return {**made, "publicKey": base64.b64encode(key.public).decode("ascii")}
    assert stamp is not None
    token = _token(key, stamp(signature.encode("ascii")))
    return {
        **made,
        "domain": key.domain,
        "domainCert": pem.written(key.chain),
        # without the certificates, which stand below: inside the token nothing would cover them
        "timeSignature": base64.b64encode(token.bare).decode("ascii"),
        "timestampCert": pem.written(_token_chain(token, timestamp_roots)),
    }


def _token(key: Key, response: bytes) -> Token:
    """Return the token that came, and refuse one that comes too late, or too early, for the key's certificate."""
    try:
        token, leaf = read_token(response), load(key.chain[0])
    except (ValueError, TrustError) as error:
        raise SigningError(f"the time-stamp cannot be used: {error}") from None
    if not leaf.not_valid_before_utc <= token.at <= leaf.not_valid_after_utc:
        ends = f"{leaf.not_valid_before_utc:%Y-%m-%d} to {leaf.not_valid_after_utc:%Y-%m-%d}"
        raise SigningError(
            f"the certificate is valid from {ends}, and now it is {token.at:%Y-%m-%d %H:%M} UTC"
        )
    return token


def _token_chain(token: Token, roots: Roots) -> list[bytes]:
    """Return the chain of who made the token, its own certificate first. Raises SigningError where there is none."""
    try:
        chain = ordered([*token.certificates, *roots.certificates])
    except TrustError as error:
        raise SigningError(f"the time-stamp cannot be used: {error.message}") from None
    if not chain:
        hint = "name the root of its certificate in a trust file: timestamp-roots"
        raise SigningError("the time-stamp brings no certificate of who made it", hint=hint)
    return chain
