"""What stands under `signedData`, read: a form, or a reason why it has none; never anything else."""

from __future__ import annotations

import functools
from typing import Any

import attrs
import pytest
import signers
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import TrustError
from archive.signing import signature
from archive.signing.signed import Form, Signed, read_signed, rewritten

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
KEYS = [
    "hash", "created", "software", "version", "signature", "publicKey", "domain", "domainCert", "timeSignature",
    "timestampCert", "crossSignedCert", "x",
]  # fmt: skip


@functools.cache
def value(form: Form) -> dict[str, Any]:
    """Return a right signature of a form."""
    signer = signers.newsroom() if form is Form.DOMAIN else signers.anonymous()
    return signers.stated(signers.unsigned(), signer)


@pytest.mark.parametrize("form", list(Form))
def test_ours(form: Form) -> None:
    """What we make is read, and is written again to the letter."""
    signed = read_signed(value(form))

    assert form is signed.form
    assert value(form) == rewritten(
        signed, {"created": signers.packages.CREATED, "software": signers.SOFTWARE}
    )
    assert list(value(form)) == list(rewritten(signed, {}))


@pytest.mark.parametrize("form", list(Form))
def test_nothing_is_null(form: Form) -> None:
    """A part that is null, as authsign writes it, is a part that is not there."""
    assert read_signed(value(form)) == read_signed({**value(form), "crossSignedCert": None, "x": None})


@given(JSON | st.dictionaries(st.sampled_from(KEYS), JSON, max_size=12))
@settings(max_examples=300)
def test_anything(stated: object) -> None:
    """Anything at all is read as a signature, or refused with a code that says why."""
    try:
        outcome: object = read_signed(stated)
    except TrustError as error:
        outcome = error.finding
    assert isinstance(outcome, Signed) or outcome in {"signature.malformed", "signature.incomplete"}


@given(st.sampled_from(list(Form)), st.binary(max_size=200), st.sampled_from(["signature", "public_key"]))
@settings(max_examples=200, deadline=None)
def test_any_bytes(form: Form, data: bytes, part: str) -> None:
    """Any bytes may stand for a signature or a key: they are wrong, or no key, and nothing else comes of it."""
    signed = attrs.evolve(read_signed(value(form)), **{part: data})
    if form is Form.DOMAIN and part == "public_key":
        return  # a host's key is in its certificate
    with pytest.raises(TrustError) as stopped:
        signature.verify(signed)
    assert stopped.value.finding in {"signature.wrong", "signature.key-unfit"}


@pytest.mark.parametrize("text", ["\udc80", "sha256:é", "x" * 100])
def test_any_text_for_a_hash(text: str) -> None:
    """Any text may stand for the hash that is signed."""
    with pytest.raises(TrustError, match="not one of this hash"):
        signature.verify(attrs.evolve(read_signed(value(Form.DOMAIN)), hash=text))
