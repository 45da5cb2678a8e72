"""What holds of every signature: less is never better, no byte of it is free, and nothing that stands there breaks us."""

from __future__ import annotations

import json
from typing import Any

import authorities
import pytest
import signers
import tsa
from authorities import DOMAIN, host, intermediate, issue
from damage import forge
from damage.forge import DIGEST
from hypothesis import given, settings
from hypothesis import strategies as st
from signers import signed, trust, verify, with_signature

from archive.findings import Report, Status, Verdict
from archive.signing import pem
from archive.signing.keys import key_of

NAMED = trust(DOMAIN, signers.anonymous().fingerprint)
ORDER = list(Verdict)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)


def _attacker() -> signers.Parts:
    return signed(signers.key(host(intermediate(), "attacker.example")), signers.altered())


def _unknown_time() -> signers.Parts:
    parts = signers.unsigned()
    value = signers.stated(parts, signers.newsroom(), by=tsa.second())
    return with_signature(parts, {**value, "timestampCert": tsa.second().pem})


PACKAGES = {
    "by the newsroom": lambda: signed(signers.newsroom()),
    "anonymously": lambda: signed(signers.anonymous()),
    "by an attacker": _attacker,
    "by a fresh key": lambda: signed(key_of(authorities.anonymous()), signers.altered()),
    "by an authority unknown": lambda: signed(signers.key(host(issue("Nobody's Root")))),
    "at a time unknown": _unknown_time,
    "over something else": lambda: with_signature(
        signers.altered(), signers.stated(signers.unsigned(), signers.newsroom())
    ),
}
MADE = {name: make() for name, make in PACKAGES.items()}


def demanding(parts: signers.Parts, *, named: bool) -> Verdict:
    """Return the verdict of somebody who requires a signature, as the verifier makes it of coverage and findings."""
    report = verify(parts, NAMED if named else trust(), required=True)
    missing = not report.coverage["signatures"].present
    return Verdict.UNSOUND if missing and report.verdict in ORDER[:2] else report.verdict


def value_of(parts: signers.Parts) -> dict[str, Any]:
    """Return what is signed."""
    value: dict[str, Any] = json.loads(parts[DIGEST])["signedData"]
    return value


@given(st.sampled_from(sorted(MADE)), st.data(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_less_is_never_better(name: str, data: st.DataObject, named: bool) -> None:
    """Whatever is taken from a signature, or the signature itself: who requires one gets no better verdict."""
    parts = MADE[name]
    value = value_of(parts)
    gone = data.draw(st.sets(st.sampled_from([*value, "certificates", "signedData"]), min_size=1))
    less: Any = {key: part for key, part in value.items() if key not in gone}
    chain = pem.blocks(value["domainCert"]) if "domainCert" in value else ()
    if "certificates" in gone and chain and "domainCert" in less:
        kept = data.draw(st.lists(st.sampled_from(chain), min_size=1, max_size=len(chain) - 1, unique=True))
        less["domainCert"] = pem.written(kept)
    before = demanding(parts, named=named)
    after = demanding(with_signature(parts, None if "signedData" in gone else less), named=named)

    assert ORDER.index(after) >= ORDER.index(before)


@pytest.mark.parametrize("name", sorted(MADE))
def test_who_is_named_decides(name: str) -> None:
    """Sound is only what the named signers signed; what others signed anew never is, named or merely required."""
    expected = Verdict.SOUND if name in ("by the newsroom", "anonymously") else None
    verdict = demanding(MADE[name], named=True)

    assert verdict is expected or (expected is None and verdict is not Verdict.SOUND)
    assert demanding(MADE[name], named=False) is not Verdict.SOUND


def _told(report: Report, plain: Report) -> bool:
    """Say whether anything but the parts that the change cannot touch is told otherwise than of the whole package."""
    return report.verdict is not Verdict.SOUND or {
        (each.code, each.message) for each in report.findings if each.status is not Status.NOT_CHECKED
    } != {(each.code, each.message) for each in plain.findings}


@given(st.sampled_from(["by the newsroom", "anonymously"]), st.integers(min_value=0), st.integers(0, 7))
@settings(max_examples=150, deadline=None)
def test_no_bit_is_free(name: str, place: int, bit: int) -> None:
    """A bit of the member that holds the signature is another, and the CRC is put right: it is told."""
    parts = MADE[name]
    raw = bytearray(parts[DIGEST])
    raw[place % len(raw)] ^= 1 << bit
    report = verify({**parts, DIGEST: bytes(raw)}, NAMED)

    assert _told(report, verify(parts, NAMED)), raw[place % len(raw) - 30 : place % len(raw) + 30]


@given(st.sampled_from(["by the newsroom", "anonymously"]), st.data())
@settings(max_examples=80, deadline=None)
def test_anything_may_stand_there(name: str, data: st.DataObject) -> None:
    """Whatever stands in the fields of a signature is reported on; it never counts where a part of it was replaced."""
    value = value_of(MADE[name])
    key = data.draw(st.sampled_from([*value, "crossSignedCert", "x"]))
    other = data.draw(JSON.filter(lambda part: part != value.get(key)))
    report = verify(with_signature(MADE[name], {**value, key: other}), NAMED)

    assert key in ("crossSignedCert", "x") or report.verdict is not Verdict.SOUND or "software" == key


@given(st.binary(max_size=200), st.sampled_from(["domainCert", "crossSignedCert", "timestampCert"]))
@settings(max_examples=60, deadline=None)
def test_no_certificate_breaks_us(der: bytes, key: str) -> None:
    """Any bytes may stand where a certificate is to be, alone or in front of a chain that is right."""
    value = value_of(MADE["by the newsroom"])
    for chain in ((der,), (der, *pem.blocks(value["domainCert"]))):
        other = with_signature(MADE["by the newsroom"], {**value, key: pem.written(chain)})
        assert Verdict.SOUND is not verify(other, NAMED).verdict


@given(st.integers(min_value=0), st.integers(0, 7), st.integers(0, 2))
@settings(max_examples=120, deadline=None)
def test_no_bit_of_a_certificate_is_free(place: int, bit: int, number: int) -> None:
    """A bit of any certificate of the chain is another: the package is refused."""
    value = value_of(MADE["by the newsroom"])
    chain = list(pem.blocks(value["domainCert"]))
    raw = bytearray(chain[number])
    raw[place % len(raw)] ^= 1 << bit
    chain[number] = bytes(raw)
    parts = with_signature(MADE["by the newsroom"], {**value, "domainCert": pem.written(chain)})

    assert Verdict.UNSOUND is verify(parts, NAMED).verdict


def test_the_forger_of_every_depth() -> None:
    """Whatever a forger without the key puts right around an altered record, a named signer is never verified."""
    parts = dict(MADE["by the newsroom"])
    records = forge.records(parts)
    parts[forge.WARC] = b"".join(records[:-1])
    for depth in forge.Depth:
        other = forge.members(forge.rebuild(parts, depth))
        kept = with_signature(other, value_of(MADE["by the newsroom"]))
        for package in (other, kept):
            assert Verdict.SOUND is not demanding(package, named=True)
