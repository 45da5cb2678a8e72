"""Signed notes, as C2SP signed-note has them: a text, and lines by those who vouch for it.

Two kinds of signature are made or checked, both with Ed25519: that of a note (type 0x01), and that of a witness (type
0x04, C2SP tlog-cosignature), who says when a checkpoint was seen and that it went on from those seen before. Lines of
other kinds and of other people are kept as they are.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from enum import IntEnum, StrEnum
from typing import Protocol

import attrs

from archive import lazily

NOTE_BYTES = 1 << 20
"""The largest note that is read."""
SIGNATURES = 128
"""The most signature lines that are read; C2SP asks for 16 at least."""
_DASH = "\u2014 "
_CONTROLS = lazily.compile(r"[\x00-\x09\x0b-\x1f]")
_SPACES = lazily.compile(r"[\s+]")
_HASH = lazily.compile(r"[0-9a-f]{8}")
_STAMP_BYTES = 8
_SIGNATURE_BYTES = 64
_KEY_BYTES = 32


class Type(IntEnum):
    """The kinds of signature that are known here, by the byte that C2SP gives them."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


class Standing(StrEnum):
    """What is known of a signature line."""

    VERIFIED = "verified"
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """By a key that was not named. It vouches for nothing, and accuses nobody."""


class Verify(Protocol):
    """What checks a signature."""

    def __call__(self, key: bytes, signature: bytes, message: bytes, /) -> bool:
        """Say whether 64 bytes are the signature of a message by the key of these 32 bytes."""


@attrs.frozen
class VerifierKey:
    """A public key under a name, as C2SP writes it: `name+hash+key`, the hash in hex, the key in base 64 behind its type.

    Raises ValueError for a name that C2SP does not let a key have.
    """

    name: str
    type: Type
    key: bytes

    def __attrs_post_init__(self) -> None:
        if not is_key_name(self.name):
            raise ValueError("the name of a log or key has no spaces, no plus and nothing invisible in it")

    @property
    def id(self) -> bytes:
        """The four bytes that stand before each signature by this key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.type]) + self.key).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{_encode(bytes([self.type]) + self.key)}"


@attrs.frozen
class Signature:
    """A signature line: who it says it is by, the key's id (four bytes), and the signature behind that."""

    name: str
    key_id: bytes
    data: bytes

    def __str__(self) -> str:
        return f"{_DASH}{self.name} {_encode(self.key_id + self.data)}\n"


@attrs.frozen
class Checked:
    """A signature line and what is known of it: the kind of the key, where it is known, and when a witness saw the text."""

    signature: Signature
    standing: Standing
    type: Type | None = None
    at: dt.datetime | None = None


@attrs.frozen
class Note:
    """A text, which ends with a line end, and the lines of those who signed it."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        return f"{self.text}\n{''.join(map(str, self.signatures))}"


def is_key_name(name: str) -> bool:
    """Say whether C2SP lets a key be named so: no spaces, no plus, nothing that cannot be seen."""
    return bool(name) and not _SPACES.search(name) and not _CONTROLS.search(name) and name.isprintable()


def read_key(text: str) -> VerifierKey:
    """Return the key that `name+hash+key` writes. Raises ValueError, which says what is wrong."""
    name, _, rest = text.strip().partition("+")
    stated, plus, encoded = rest.partition("+")
    if not plus or not is_key_name(name) or not _HASH.fullmatch(stated):
        raise ValueError("a verifier key is written as name+hash+key")
    data = _decode(encoded)
    if not data or data[0] not in list(Type):
        raise ValueError("of this kind of key nothing is known here: Ed25519 keys and those of witnesses are")
    if len(data) != 1 + _KEY_BYTES:
        raise ValueError(f"a key of {len(data) - 1} bytes, where {_KEY_BYTES} are right")
    key = VerifierKey(name, Type(data[0]), data[1:])
    if key.id.hex() != stated:
        raise ValueError(f"the key's hash is {key.id.hex()}, and not {stated}: it was miscopied, or altered")
    return key


def parse(raw: bytes) -> Note:
    """Return a note. Raises ValueError, which says what is wrong. Nothing is known of it before `check`."""
    if len(raw) > NOTE_BYTES:
        raise ValueError(f"longer than {NOTE_BYTES} bytes")
    text = raw.decode("utf-8")
    if _CONTROLS.search(text):
        raise ValueError("a control character")
    above, blank, below = text.rpartition("\n\n")
    if not blank or not below.endswith("\n"):
        raise ValueError("no signature lines behind an empty line")
    lines = below[:-1].split("\n")
    if len(lines) > SIGNATURES:
        raise ValueError(f"more than {SIGNATURES} signature lines")
    return Note(above + "\n", tuple(map(_signature, lines)))


def check(note: Note, keys: Iterable[VerifierKey], verify: Verify) -> tuple[Checked, ...]:
    """Return what is known of each signature of a note, going by these keys."""
    known = {(key.name, key.id): key for key in keys}
    return tuple(
        _check(note.text, signature, known.get((signature.name, signature.key_id)), verify)
        for signature in note.signatures
    )


def sign(text: str, name: str, key: bytes, signer: Callable[[bytes], bytes]) -> Signature:
    """Return a signature line over a text by the holder of a key: `key` is its public part, 32 bytes."""
    return Signature(name, VerifierKey(name, Type.ED25519, key).id, signer(text.encode()))


def cosigned_message(text: str, seconds: int) -> bytes:
    """Return what a witness signs who saw a text so many seconds after 1970 began (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def _check(text: str, signature: Signature, key: VerifierKey | None, verify: Verify) -> Checked:
    if key is None:
        return Checked(signature, Standing.UNKNOWN)
    if key.type is Type.ED25519:
        holds = _holds(key, signature.data, text.encode(), verify)
        return Checked(signature, Standing.VERIFIED if holds else Standing.WRONG, key.type)
    seconds = int.from_bytes(signature.data[:_STAMP_BYTES], "big")
    if not _holds(key, signature.data[_STAMP_BYTES:], cosigned_message(text, seconds), verify):
        return Checked(signature, Standing.WRONG, key.type)
    return Checked(signature, Standing.VERIFIED, key.type, _instant(seconds))


def _holds(key: VerifierKey, signature: bytes, message: bytes, verify: Verify) -> bool:
    return len(signature) == _SIGNATURE_BYTES and verify(key.key, signature, message)


def _instant(seconds: int) -> dt.datetime | None:
    try:
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _signature(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_key_name(name):
        raise ValueError("a signature line is not written as a dash, a name and a signature")
    data = _decode(encoded)
    if len(data) < 5:
        raise ValueError("a signature of no bytes")
    return Signature(name, data[:4], data[4:])


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str) -> bytes:
    """Return what base 64 spells; only the one right spelling is taken. Raises ValueError."""
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        raise ValueError("no base 64") from None
    if _encode(data) != text:
        raise ValueError("no base 64 as everybody writes it")
    return data
