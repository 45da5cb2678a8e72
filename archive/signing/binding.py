"""Whether a time-stamp over a signature says anything of what is signed.

For any signature that is there, and any message, a key can be worked out by which that signature is one of that message:
no secret is needed for it. So an old signature with its genuine old token can be put on a new package, under a key of
which nobody has heard. The token tells the age of the package only where that key was somebody's at that time: where an
authority that is trusted had certified it then, or where the caller names it.
"""

from __future__ import annotations

import datetime as dt

from archive.errors import TrustError
from archive.signing import signature
from archive.signing.certificates import path_of
from archive.signing.signed import Form, Signed, read_signed
from archive.signing.trust import Trust, fingerprint


def is_bound(stated: object, digest: str, at: dt.datetime, trust: Trust) -> bool:
    """Say whether what stands under `signedData` was a signature over this manifest's labelled digest at that time."""
    try:
        signed = read_signed(stated)
        key = signature.verify(signed).key
        if signed.hash != digest:
            return False
        if {key, *map(fingerprint, signed.chain[:1])} & set(trust.signers):
            return True
        return signed.form is Form.DOMAIN and _is_certified(signed, key, at, trust)
    except TrustError:
        return False


def _is_certified(signed: Signed, key: str, at: dt.datetime, trust: Trust) -> bool:
    """Say whether an authority that is trusted had certified the key at that time, by either of the two chains."""
    if path_of(signed.chain, signed.domain, at, trust.domain_roots).trusted:
        return True
    other = signed.cross_signed
    if not other or fingerprint(signature.spki(signature.leaf_key(other[0]))) != key:
        return False
    return path_of(other, signed.domain, at, trust.domain_roots).trusted
