"""Arguments that name a key: where it lies, and what goes with it."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import UsageError

if TYPE_CHECKING:
    from archive.signing.keys import Key
    from archive.signing.trust import Trust


def add_key(parser: argparse.ArgumentParser, name: str, *, required: bool = False) -> None:
    """Declare the option that names the key, and the options that go with it."""
    parser.add_argument(
        name,
        dest="key",
        type=Path,
        required=required,
        metavar="KEY",
        help="the key to sign with, as `provenance key new` makes it, or PKCS#12 (.p12)",
    )
    add_certificate(parser)
    parser.add_argument(
        "--timestamp", metavar="URL", help="the time-stamping authority that a signature for a host needs"
    )
    parser.add_argument(
        "--trust",
        metavar="FILE.toml",
        help="where the root of that authority is named, if its tokens do not bring it along",
    )


def add_certificate(parser: argparse.ArgumentParser) -> None:
    """Declare what goes with a key in a file."""
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="CHAIN.pem",
        help="the chain of the host's certificate, its own first, the root last",
    )
    add_passphrase(parser)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Declare where a passphrase is; never the passphrase itself, which other users of the machine would see."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help="whose first line is the key's passphrase (else the variable PROVENANCE_PASSPHRASE)",
    )


def given_key(args: argparse.Namespace) -> Key:
    """Return the key that the arguments name. Raises SigningError."""
    from provenance.signing import key_from, passphrase_from

    return key_from(args.key, certificate=args.certificate, passphrase=passphrase_from(args.passphrase_file))


def refuse_without_key(args: argparse.Namespace) -> None:
    """Raise UsageError where something is named that goes with a key, and no key: nothing would be signed."""
    idle = [
        name for name in ("certificate", "passphrase_file", "timestamp") if getattr(args, name) is not None
    ]
    if not args.key and idle:
        asked = f"--{idle[0].replace('_', '-')}"
        hint = "name the key: --sign KEY"
        if idle == ["timestamp"]:
            hint += "; or, for a time-stamp without a signature: --tsa URL"
        raise UsageError(f"{asked} goes with a key, and none is named", hint=hint)


def given_trust(args: argparse.Namespace) -> Trust | None:
    """Return what the trust file says that the arguments name; None where they name none. Raises UsageError."""
    from archive.signing.trust import load_trust

    return load_trust(args.trust) if args.trust else None
