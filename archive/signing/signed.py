"""What stands under `signedData` (WACZ Signing and Verification 0.1.0), read and not yet believed; nothing is computed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import attrs

from archive.errors import TrustError
from archive.signing import pem

VERSION = "0.1.0"
_CHARACTERS = {
    "hash": 200,
    "created": 64,
    "software": 1000,
    "version": 64,
    "signature": 1000,
    "publicKey": 4000,
    "domain": 253,
    "domainCert": pem.MOST_BYTES,
    "timeSignature": 1 << 20,
    "timestampCert": pem.MOST_BYTES,
    "crossSignedCert": pem.MOST_BYTES,
}
"""Every property that either form has, and the most characters that it may have here."""
_COMMON = {"hash", "created", "software", "version", "signature"}


class Form(StrEnum):
    """Who is named in a signature: the holder of a host's certificate, or only a key."""

    DOMAIN = "domain"
    ANONYMOUS = "anonymous"


_NEEDED = {
    Form.DOMAIN: ("domain", "domainCert", "timeSignature", "timestampCert"),
    Form.ANONYMOUS: ("publicKey",),
}
_ALLOWED = {
    Form.DOMAIN: _COMMON | {*_NEEDED[Form.DOMAIN], "crossSignedCert"},
    Form.ANONYMOUS: _COMMON | {"publicKey"},
}


@attrs.frozen
class Signed:
    """A signature as it is stated. Certificates are in DER, leaf first; what the form does not have is empty."""

    form: Form
    hash: str
    created: str | None
    software: str | None
    version: str | None
    signature: bytes
    signature_text: str
    """The signature in base64: this text is what the time-stamp is over."""
    public_key: bytes = b""
    domain: str = ""
    chain: tuple[bytes, ...] = ()
    cross_signed: tuple[bytes, ...] = ()
    token: bytes = b""
    token_chain: tuple[bytes, ...] = ()
    unlisted: tuple[str, ...] = ()
    """Names of properties that the form does not have."""


def read_signed(value: object) -> Signed:
    """Return what is stated. Raises TrustError (`signature.malformed`, `signature.incomplete`) where it has no form."""
    if not isinstance(value, Mapping):
        raise _malformed("it is no JSON object")
    stated = {name: part for name, part in value.items() if part is not None}
    _check_sizes(stated)
    form = _form(stated)
    for name in ("hash", "signature", *_NEEDED[form]):
        if not stated.get(name):
            message = f"a signature of the {form} form has a {name}, and this one has none"
            raise TrustError(message, finding="signature.incomplete")
    return Signed(
        form=form,
        hash=stated["hash"],
        created=stated.get("created"),
        software=stated.get("software"),
        version=stated.get("version"),
        signature=_base64(stated, "signature"),
        signature_text=stated["signature"],
        public_key=_base64(stated, "publicKey"),
        domain=stated.get("domain", ""),
        chain=_chain(stated, "domainCert"),
        cross_signed=_chain(stated, "crossSignedCert"),
        token=_base64(stated, "timeSignature"),
        token_chain=_chain(stated, "timestampCert"),
        unlisted=tuple(sorted(set(stated) - _ALLOWED[form])),
    )


def rewritten(signed: Signed, manifest: Mapping[str, Any]) -> dict[str, object]:
    """Return what this software writes for a signature: no byte of what says the same can then be another."""
    common = {
        "hash": signed.hash,
        "created": manifest.get("created"),
        "software": manifest.get("software"),
        "version": VERSION,
        "signature": _text(signed.signature),
    }
    if signed.form is Form.ANONYMOUS:
        return {**common, "publicKey": _text(signed.public_key)}
    return {
        **common,
        "domain": signed.domain,
        "domainCert": pem.written(signed.chain),
        "timeSignature": _text(signed.token),
        "timestampCert": pem.written(signed.token_chain),
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _check_sizes(stated: Mapping[str, Any]) -> None:
    for name, allowed in _CHARACTERS.items():
        part = stated.get(name, "")
        if not isinstance(part, str):
            raise _malformed(f"its {name} is no string")
        if len(part) > allowed:
            raise _malformed(f"its {name} has {len(part)} characters; {allowed} are read")


def _form(stated: Mapping[str, Any]) -> Form:
    named = [form for form in Form if any(name in stated for name in _NEEDED[form])]
    if len(named) == 2:
        raise _malformed("it names a key and a certificate: whose signature it is depends on the reader")
    if not named:
        message = "it names neither a key nor a certificate"
        raise TrustError(f"the signature proves nothing: {message}", finding="signature.incomplete")
    return named[0]


def _base64(stated: Mapping[str, Any], name: str) -> bytes:
    try:
        return base64.b64decode(stated.get(name, ""), validate=True)
    except ValueError as error:  # binascii.Error, and what is not ASCII
        raise _malformed(f"its {name} is no base64: {error}") from None


def _chain(stated: Mapping[str, Any], name: str) -> tuple[bytes, ...]:
    if name not in stated:
        return ()
    try:
        return pem.blocks(stated[name])
    except ValueError as error:
        raise _malformed(f"its {name} is no chain of certificates: {error}") from None


def _malformed(message: str) -> TrustError:
    return TrustError(f"the signature cannot be read: {message}", finding="signature.malformed")
