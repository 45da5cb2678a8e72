"""Check a proof that `prove` made: its records, their ways to the root, the manifest, and who vouches for that."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from archive.checks.proofs import Expected
from archive.digest import digest
from archive.errors import Location, Unreadable, UsageError
from archive.findings import EXIT_CODES, Verdict
from archive.limits import DEFAULT
from provenance.cli.output import Output
from provenance.cli.verify import add_vouching
from provenance.contract import finding_json, report_json
from provenance.examiner import Checked, check
from provenance.reports.unproven import told_json
from provenance.reports.visible import one_line
from provenance.verifier import headers_from


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what `check-proof` takes."""
    parser.add_argument("proof", type=Path, metavar="PROOF.json", help="the proof")
    parser.add_argument(
        "files",
        nargs="*",
        default=[],
        type=Path,
        metavar="RECORDS",
        help="WARCs with the proven records, where the proof has only digests",
    )
    parser.add_argument(
        "--root", metavar="sha256:HEX", help="the root over the records, known by another way"
    )
    parser.add_argument(
        "--manifest",
        metavar="FILE",
        help="the package's datapackage.json, or its digest as sha256:HEX, known by another way",
    )
    add_vouching(parser)


def run(args: argparse.Namespace, output: Output) -> int:
    """Check the proof and return the verdict as exit status."""
    expected = Expected(
        _labelled(args.root, "--root") if args.root else None,
        _manifest_digest(args.manifest) if args.manifest else None,
    )
    checked = check(
        args.proof,
        args.files,
        expected=expected,
        require=args.require,
        signer=args.signer,
        trust=args.trust,
        timestamps=args.timestamps,
        bitcoin_headers=headers_from(args.bitcoin_headers) if args.bitcoin_headers else None,
    )
    report = checked.report
    for finding in report.findings:
        output.answer("finding", finding_json(finding), "")
    if report.verdict in (Verdict.SOUND, Verdict.UNDECIDED):  # of any other proof nothing is proven
        body = {"records": _records(checked), "articles": _articles(checked)}
        output.answer("proven", body, _proven_words(checked))
    output.answer("summary", report_json(report) | told_json(report), "" if output.json else _words(checked))
    output.flush()
    return EXIT_CODES[report.verdict]


def _words(checked: Checked) -> str:
    from provenance.reports.words import report_words

    return report_words(checked.report)


def _records(checked: Checked) -> list[dict[str, str | None]]:
    names = {
        "record": "WARC-Record-ID",
        "type": "WARC-Type",
        "target_uri": "WARC-Target-URI",
        "date": "WARC-Date",
    }
    return [
        {"role": role, **{key: header.get(name) for key, name in names.items()}}
        for role, header in checked.records
    ]


def _articles(checked: Checked) -> list[dict[str, object]]:
    return [
        {"part": told.part, "headline": told.headline, "original_url": told.original_url}
        for told in checked.articles
    ]


def _proven_words(checked: Checked) -> str:
    """Return what is proven."""
    rows = [
        one_line(f"{row['role']}: {row['type']} {row['record']} {row['target_uri']} {row['date']}")
        for row in _records(checked)
    ]
    rows += [
        one_line(f"article {told.part}: {told.headline or '(no headline stated)'}")
        for told in checked.articles
    ]
    return "\n".join(["in the package:", *(f"  {row}" for row in rows)]) if rows else ""


def _labelled(text: str, option: str) -> str:
    if not re.fullmatch("sha256:[0-9a-f]{64}", text):
        raise UsageError(f"{option} is no sha256: and 64 hexadecimal digits: {text!r}")
    return text


def _manifest_digest(text: str) -> str:
    """Return the digest of the manifest that is named: by its digest, or as a file."""
    if text.startswith("sha256:"):
        return _labelled(text, "--manifest")
    where = Location(package=text)
    try:
        with Path(text).open("rb") as file:
            data = file.read(DEFAULT.manifest_bytes + 1)
    except OSError as error:
        raise Unreadable(f"the manifest cannot be read: {error.strerror or error}", where) from error
    if len(data) > DEFAULT.manifest_bytes:
        raise UsageError("this is no manifest: it is too large", where)
    return digest(data)
