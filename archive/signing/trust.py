"""Whom and what a verification believes: signers, roots of certificates and of time-stamps, keys of logs."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs

from archive import lazily
from archive.errors import Location, UsageError
from archive.signing import pem

_FINGERPRINT = lazily.compile(r"sha256:[0-9a-f]{64}")
_COLONS = lazily.compile(r"(?:[0-9a-f]{2}:){31}[0-9a-f]{2}")
_HEX = lazily.compile(r"[0-9a-f]{64}")
_DOMAIN = lazily.compile(r"(?=.{1,253}\Z)(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+")
_KEYS = {"signers", "domain-roots", "timestamp-roots", "log-keys", "timestamps", "public-roots"}
_MOST_BYTES = 1 << 20
_ROOTS_FILE = "roots.pem"
_PUBLIC_DOMAIN_ROOTS = frozenset(
    (
        # ISRG Root X1 as DST Root CA X3 signed it, and DST Root CA X3 itself: the ends of Let's Encrypt's chains to 2024
        "sha256:6d99fb265eb1c5b3744765fcbc648f3cd8e1bffafdc4c2f99b9d47cf7ff1c24f",
        # ISRG Root X1 and X2, where a chain brings them along
        "sha256:96bcec06264976f37460779acf28c5a7cfe8a3c0aae11a8ffcee05c0bddf08c6",
        "sha256:69729b8e15a86efc177a57afb7171dfc64add28c2fca8cf1507e34453ccb1470",
    )
)
_PUBLIC_TIMESTAMP_ROOTS = frozenset(
    (
        # freetsa.org Root CA
        "sha256:a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc",
        # DigiCert Trusted Root G4, and as DigiCert Assured ID Root CA signed it
        "sha256:552f7bdcf1a7af9e6ce672017f4f12abf77240c78e761ac203d1d9d20ac89988",
        "sha256:33846b545a49c9be4903c60e01713c1bd4e4ef31ea65cd95d69e62794f30b941",
    )
)


def fingerprint(der: bytes) -> str:
    """Return `sha256:` and the hexadecimal SHA-256 of a certificate or of a public key (SubjectPublicKeyInfo), in DER."""
    return f"sha256:{hashlib.sha256(der).hexdigest()}"


@attrs.frozen
class Roots:
    """Certificates that are believed without anybody vouching for them: in DER, or named by their fingerprints."""

    certificates: tuple[bytes, ...] = ()
    fingerprints: frozenset[str] = frozenset()

    def among(self, offered: Iterable[bytes]) -> tuple[bytes, ...]:
        """Return what to begin a path with, in DER: the certificates, and those of the offered that are named here."""
        named = (der for der in offered if fingerprint(der) in self.fingerprints)
        return tuple(dict.fromkeys((*self.certificates, *named)))

    def __add__(self, other: Roots) -> Roots:
        certificates = tuple(dict.fromkeys((*self.certificates, *other.certificates)))
        return Roots(certificates, self.fingerprints | other.fingerprints)


@attrs.frozen
class Trust:
    """What the caller believes. `signers` are names of hosts and fingerprints of keys or leaf certificates.

    Where there are signers, a package must be signed by one of them. `timestamps` is how many time-stamps, by different
    authorities, there must be at least where timestamps are required. `log_keys` are C2SP verifier keys.
    """

    signers: tuple[str, ...] = ()
    domain_roots: Roots = Roots()
    timestamp_roots: Roots = Roots()
    log_keys: tuple[str, ...] = ()
    timestamps: int = 1

    def naming(self, signers: Iterable[str]) -> Trust:
        """Return the same trust with further signers. Raises UsageError for what names nobody."""
        named = tuple(dict.fromkeys((*self.signers, *map(signer_name, signers))))
        return attrs.evolve(self, signers=named)


def signer_name(text: str) -> str:
    """Return how a signer is named: a host in lower case, or `sha256:` and 64 digits. Raises UsageError."""
    name = text.strip().lower().rstrip(".")
    if _COLONS.fullmatch(name):
        name = name.replace(":", "")
    if _HEX.fullmatch(name):
        name = f"sha256:{name}"
    if _FINGERPRINT.fullmatch(name) or _DOMAIN.fullmatch(name):
        return name
    hint = "name a host as news.example, or a key by its fingerprint as `provenance key show` prints it"
    raise UsageError(f"this names no signer: {text[:200]!r}", hint=hint)


@functools.cache
def public_trust() -> Trust:
    """Return the trust in public authorities that comes with this software: no signer is named in it."""
    ders = pem.blocks(Path(__file__).with_name(_ROOTS_FILE).read_text("ascii"))
    return Trust(
        domain_roots=Roots(ders, _PUBLIC_DOMAIN_ROOTS),
        timestamp_roots=Roots(fingerprints=_PUBLIC_TIMESTAMP_ROOTS),
    )


def load_trust(path: str | Path) -> Trust:
    """Return what a trust file says (docs/format/trust.md). Raises UsageError, which names the key at fault.

    Files that it names lie beside it, unless their path is absolute.
    """
    import tomllib

    path = Path(path)
    try:
        value = tomllib.loads(_read(path).decode("utf-8"))
    except ValueError as error:  # TOMLDecodeError and UnicodeDecodeError are such
        raise UsageError(f"the trust file cannot be read: {error}", Location(str(path))) from None
    return _trust(value, path)


def _trust(value: Mapping[str, Any], path: Path) -> Trust:
    if unknown := sorted(set(value) - _KEYS):
        raise _wrong(path, unknown[0], f"there is no such key; there are {', '.join(sorted(_KEYS))}")
    timestamps, public = value.get("timestamps", 1), value.get("public-roots", True)
    if type(timestamps) is not int or not 1 <= timestamps <= 100:
        raise _wrong(path, "timestamps", "a number from 1 to 100 is wanted")
    if type(public) is not bool:
        raise _wrong(path, "public-roots", "true or false is wanted")
    known = public_trust() if public else Trust()
    return Trust(
        signers=tuple(dict.fromkeys(map(signer_name, _strings(value, "signers", path)))),
        domain_roots=_roots(value, "domain-roots", path) + known.domain_roots,
        timestamp_roots=_roots(value, "timestamp-roots", path) + known.timestamp_roots,
        log_keys=_strings(value, "log-keys", path),
        timestamps=timestamps,
    )


def _roots(value: Mapping[str, Any], key: str, path: Path) -> Roots:
    certificates, fingerprints = list[bytes](), set[str]()
    for name in _strings(value, key, path):
        if _FINGERPRINT.fullmatch(name):
            fingerprints.add(name)
            continue
        try:
            certificates += pem.blocks(_read(path.parent / name).decode("ascii"))
        except ValueError as error:
            raise _wrong(path, key, f"{name}: {error}") from None
    return Roots(tuple(certificates), frozenset(fingerprints))


def _strings(value: Mapping[str, Any], key: str, path: Path) -> tuple[str, ...]:
    rows = value.get(key, [])
    if not isinstance(rows, list) or not all(isinstance(row, str) for row in rows):
        raise _wrong(path, key, "a list of strings is wanted")
    return tuple(rows)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", Location(str(path))) from None
    if len(data) > _MOST_BYTES:
        raise UsageError(f"has more than {_MOST_BYTES} bytes", Location(str(path)))
    return data


def _wrong(path: Path, key: str, message: str) -> UsageError:
    return UsageError(f"{key}: {message}", Location(str(path), field=key))
