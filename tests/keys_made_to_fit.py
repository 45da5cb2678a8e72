"""Working out a key by which a given signature is one of a given message: it needs no secret (SEC 1 §4.1.6)."""

from __future__ import annotations

import hashlib

import attrs
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

P = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
"""The curve P-256 (SEC 2 §2.4.2)."""
Point = tuple[int, int] | None


@attrs.frozen
class Holding:
    """What stands where a private key would: whoever works a public key out has no private one."""

    public: ec.EllipticCurvePublicKey

    def public_key(self) -> ec.EllipticCurvePublicKey:
        """Return the public key."""
        return self.public


def public_key(signature: bytes, message: bytes) -> ec.EllipticCurvePublicKey:
    """Return a key by which a signature (DER) is one of a message: Q = (sR - eG) / r."""
    r, s = decode_dss_signature(signature)
    e = int.from_bytes(hashlib.sha256(message).digest())
    y = pow((r**3 - 3 * r + B) % P, (P + 1) // 4, P)
    assert y * y % P == (r**3 - 3 * r + B) % P
    inverse = pow(r, -1, N)
    point = _add(_times(s * inverse % N, (r, y)), _times(-e * inverse % N, G))
    assert point is not None
    return ec.EllipticCurvePublicNumbers(*point, ec.SECP256R1()).public_key()


def _add(one: Point, other: Point) -> Point:
    if one is None or other is None:
        return one or other
    if one[0] == other[0]:
        if (one[1] + other[1]) % P == 0:
            return None
        slope = (3 * one[0] ** 2 - 3) * pow(2 * one[1], -1, P)
    else:
        slope = (other[1] - one[1]) * pow(other[0] - one[0], -1, P)
    x = (slope**2 - one[0] - other[0]) % P
    return x, (slope * (one[0] - x) - one[1]) % P


def _times(factor: int, point: Point) -> Point:
    total: Point = None
    while factor:
        if factor & 1:
            total = _add(total, point)
        point, factor = _add(point, point), factor >> 1
    return total
