"""Signed packages for tests: made by the code under test, or part by part, with anything in them wrong."""

from __future__ import annotations

import base64
import datetime as dt
import functools
import json
from typing import Any

import authorities
import packages
import tsa
from authorities import Holder
from damage import forge
from damage.forge import DIGEST, MANIFEST

from archive.checks import Policy
from archive.findings import Report, Status
from archive.signing.keys import Key, key_of
from archive.signing.sealing import signed_data
from archive.signing.trust import Roots, Trust

SOFTWARE = "source-provenance"
AT = dt.datetime(2026, 1, 2, 3, 4, 9, tzinfo=dt.UTC)
"""When packages are stamped: four seconds after they say that they were made."""
Parts = dict[str, bytes]


@functools.cache
def anonymous() -> Key:
    """Return a key that signs without a certificate."""
    return key_of(authorities.anonymous())


@functools.cache
def newsroom() -> Key:
    """Return the key of the newsroom, with its certificate."""
    return key(authorities.newsroom())


def key(holder: Holder) -> Key:
    """Return the key of the holder of a certificate."""
    return key_of(holder.key, holder.chain)


@functools.cache
def _unsigned() -> Parts:
    return forge.members(packages.build())


def unsigned() -> Parts:
    """Return the members of a sound package that nobody signed."""
    return dict(_unsigned())


def stated(
    parts: Parts, signer: Key, *, at: dt.datetime = AT, by: Holder | None = None, **stamp: Any
) -> dict[str, Any]:
    """Return what is under `signedData` when a signer has signed these members; `by` and `stamp` make the token."""
    manifest = json.loads(parts[MANIFEST])
    return signed_data(
        signer,
        forge.sha256(parts[MANIFEST]),
        created=manifest["created"],
        software=manifest["software"],
        stamp=lambda message: tsa.token(message, at=at, signer=by or tsa.tsa(), **stamp),
        timestamp_roots=Roots((tsa.root().der,)),
    )


def with_signature(parts: Parts, signed: object) -> Parts:
    """Return the members with this under `signedData`."""
    value = {"path": MANIFEST, "hash": forge.sha256(parts[MANIFEST]), "signedData": signed}
    return {**parts, DIGEST: (json.dumps(value, indent=2) + "\n").encode()}


def signed(signer: Key, parts: Parts | None = None, **options: Any) -> Parts:
    """Return the members of a package that a signer has signed."""
    parts = unsigned() if parts is None else parts
    return with_signature(parts, stated(parts, signer, **options))


def changed(signer: Key, **fields: Any) -> Parts:
    """Return the members of a signed package, some fields of whose signature are others; None takes a field away."""
    parts = unsigned()
    value = {**stated(parts, signer), **fields}
    return with_signature(parts, {name: part for name, part in value.items() if part is not None})


def altered(parts: Parts | None = None) -> Parts:
    """Return the members of a package whose text was altered by somebody who put everything right but a signature."""
    parts = unsigned() if parts is None else dict(parts)
    manifest = json.loads(parts[MANIFEST])
    forge.set_manifest(parts, {**manifest, "title": "Bridges, as the forger tells it"})
    return parts


def trust(*names: str, **options: Any) -> Trust:
    """Return the trust of the tests: in these signers, the test root and the root of the test time-stamps."""
    return authorities.trust(*names, timestamp_roots=Roots((tsa.root().der,)), **options)


def verify(parts: Parts, trusted: Trust | None = None, *, required: bool | None = None) -> Report:
    """Return the report on these members; where signers are named, a signature is required unless told otherwise."""
    trusted = trust() if trusted is None else trusted
    needs = bool(trusted.signers) if required is None else required
    policy = Policy(trust=trusted)
    return packages.verify(forge.pack(parts), policy=policy, required={"signatures"} if needs else ())


def codes(report: Report, *statuses: Status) -> list[str]:
    """Return the codes about signatures that were found with one of these statuses (by themselves: failed)."""
    wanted = statuses or (Status.FAILED,)
    return [each.code for each in report.findings if each.status in wanted and each.level == "authenticity"]


def flipped(text: str) -> str:
    """Return base64 of bytes of which one bit is another."""
    data = bytearray(base64.b64decode(text))
    data[-1] ^= 1
    return base64.b64encode(data).decode()
