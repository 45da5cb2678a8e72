"""Make a key to sign packages with, or show whose it is: its fingerprint is what others name as --signer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from archive.errors import UsageError
from provenance.cli.keys import add_certificate, given_key
from provenance.cli.output import Output

if TYPE_CHECKING:
    from archive.signing.keys import Key


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `key` takes."""
    parser.add_argument("action", choices=("new", "show"), help="make a key, or show one that is there")
    parser.add_argument("key", type=Path, metavar="KEY", help="the key's file: PEM, or PKCS#12 (.p12, .pfx)")
    parser.add_argument(
        "--for-host",
        action="store_true",
        help="make a key on P-256, for which an authority is to issue a host's certificate (else anonymous, on P-384)",
    )
    add_certificate(parser)


def run(args: argparse.Namespace, output: Output) -> int:
    """Make the key, or read it, and say what is public about it."""
    key = given_key(args) if args.action == "show" else _made(args)
    output.answer("summary", _json(key, args.key), _words(key))
    output.flush()
    return 0


def _made(args: argparse.Namespace) -> Key:
    from provenance.signing import make_key, passphrase_from

    if args.certificate:
        raise UsageError(
            "a new key has no certificate yet", hint="have one issued for it, then sign with both"
        )
    return make_key(args.key, for_host=args.for_host, passphrase=passphrase_from(args.passphrase_file))


def _json(key: Key, path: Path) -> dict[str, str | int | None]:
    return {
        "file": str(path),
        "form": str(key.form),
        "fingerprint": key.fingerprint,
        "domain": key.domain or None,
        "certificates": len(key.chain),
    }


def _words(key: Key) -> str:
    signs = f"for {key.domain}" if key.domain else "anonymously"
    if key.form == "domain" and not key.chain:
        signs = "for a host, with the certificate that an authority issues for it"
    return f"{key.fingerprint}\nsigns {signs}"
