"""Sign a package: anonymously, or for a host with its certificate and a time-stamp."""

from __future__ import annotations

import argparse
from pathlib import Path

from provenance.cli import recording
from provenance.cli.keys import add_key, given_key, given_trust
from provenance.cli.output import Output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `sign` takes."""
    parser.add_argument("package", type=Path, metavar="PACKAGE.wacz", help="the package to sign")
    add_key(parser, "--key", required=True)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="SIGNED.wacz",
        help="write the signed package there (else in its place)",
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="replace what is at the output, and a signature that is there already",
    )
    recording.add_record(parser, "that the package was signed")


def run(args: argparse.Namespace, output: Output) -> int:
    """Sign the package and say whose signature it is."""
    from provenance.signing import sign_package, stamping

    key, before = given_key(args), recording.source(args, args.package)
    made = sign_package(
        args.package,
        key,
        output=args.output,
        overwrite=args.force,
        again=args.force,
        stamp=stamping(args.timestamp) if args.timestamp else None,
        trust=given_trust(args),
    )
    where = args.output or args.package
    recording.made(args, "signed", where, before)
    who = f"for {key.domain}, " if key.domain else ""
    output.summary(
        {
            "package": str(where),
            "manifest_digest": made["hash"],
            "form": str(key.form),
            "fingerprint": key.fingerprint,
            "domain": key.domain or None,
        },
        f"{where}: signed {who}by the key {key.fingerprint}",
    )
    return 0
