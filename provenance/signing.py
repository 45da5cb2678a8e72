"""Signing packages: a key out of its file, a time-stamp over the network, and the signature into the package.

1. Take the key, and what goes with it, out of its file.
2. Look whether the package is sound: nobody is made to vouch for what is damaged.
3. Sign the manifest's digest; have the signature for a host stamped.
4. Write the package anew with it, the same bytes up to there (archive.wacz.attesting).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import archive
from archive.checks import Policy, check_all
from archive.errors import Location, SigningError, UsageError
from archive.findings import Report, Verdict
from archive.signing.trust import Trust, public_trust
from archive.wacz.attesting import attest, manifest_of
from archive.wacz.datapackage import SOFTWARE, is_ours, software_of

if TYPE_CHECKING:
    from archive.signing.keys import Key
    from archive.signing.sealing import Stamp

PASSPHRASE = "PROVENANCE_PASSPHRASE"  # noqa: S105 - the name of the variable that holds one
_PASSPHRASE_BYTES = 4096


def key_from(
    path: str | Path, *, certificate: str | Path | None = None, passphrase: bytes | None = None
) -> Key:
    """Return the key in a file, with the chain of its certificate where it goes with one. Raises SigningError."""
    keys = _keys()
    loaded: Key = keys.load_key(
        Path(path), certificate=Path(certificate) if certificate else None, passphrase=passphrase
    )
    return loaded


def make_key(path: str | Path, *, for_host: bool = False, passphrase: bytes | None = None) -> Key:
    """Make a key and write it to a new file that only its owner can read. Raises SigningError, OutputExists."""
    from archive.signing.signed import Form

    form = Form.DOMAIN if for_host else Form.ANONYMOUS
    made: Key = _keys().new_key(Path(path), form=form, passphrase=passphrase)
    return made


def passphrase_from(path: str | Path | None) -> bytes | None:
    """Return the passphrase in a file (its first line), or in the environment; None where there is none."""
    if path is None:
        stated = os.environ.get(PASSPHRASE)
        return stated.encode() if stated else None
    try:
        with Path(path).open("rb") as file:
            first = file.readline(_PASSPHRASE_BYTES).rstrip(b"\r\n")
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", Location(str(path))) from None
    if not first:
        raise UsageError(
            "the first line of the file is empty, and is to hold a passphrase", Location(str(path))
        )
    return first


def stamping(url: str) -> Stamp:
    """Return what asks the authority at an address for a token over a message."""
    from archive.signing.timestamp import request_token
    from provenance.capture.posting import post_query

    return lambda message: request_token(url, message, post=post_query)


def sign_package(
    source: str | Path,
    key: Key,
    *,
    output: str | Path | None = None,
    overwrite: bool = False,
    again: bool = False,
    stamp: Stamp | None = None,
    trust: Trust | None = None,
) -> dict[str, Any]:
    """Sign a package, in place or into another file, and return what stands under `signedData`.

    Raises SigningError for a package that is unsound or does not say when it was made, and for one that is signed
    already unless `again`; OutputExists.
    """
    from archive.signing.sealing import check_ready, signed_data

    path = Path(source)
    manifest = manifest_of(path)
    check_ready(key, created=manifest.get("created"), stamped=stamp is not None)
    _check_sound(path)  # 2
    made: dict[str, Any] = {}

    def change(value: dict[str, Any]) -> Mapping[str, Any]:
        if value.get("signedData") is not None and not again:
            hint = "to put another signature in its place: --force"
            raise SigningError("the package is signed already", Location(str(path)), hint)
        made.update(
            signed_data(  # 3
                key,
                value["hash"],
                created=manifest["created"],
                software=software_of(manifest) if is_ours(manifest) else SOFTWARE,
                stamp=stamp,
                timestamp_roots=(trust or public_trust()).timestamp_roots,
            )
        )
        return {**value, "signedData": made}

    attest(path, Path(output or source), change, overwrite=overwrite)  # 4
    return made


def _check_sound(path: Path) -> None:
    with archive.open(path) as package:
        report = Report.of(str(path), check_all(package, Policy(limits=package.limits)))
    failed = sorted({each.code for each in report.findings if each.status == "failed"})
    if report.verdict is Verdict.UNSOUND and not all(
        code.startswith(("signature.", "time.")) for code in failed
    ):
        hint = "provenance verify says what is wrong with it"
        raise SigningError(
            f"the package is unsound, and is not signed: {', '.join(failed)}", Location(str(path)), hint
        )


def _keys() -> Any:
    try:
        from archive.signing import keys
    except ImportError as error:
        hint = "install it: pip install 'source-provenance[sign]'"
        raise SigningError("keys need the extra `sign`", hint=hint) from error
    return keys
