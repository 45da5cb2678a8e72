"""The command line: one file a verb. Answers go to stdout, progress and the closing words to stderr."""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
import threading
from collections.abc import Sequence

_GENERATION = 50_000
"""Objects between two collections: a page makes some thousands, and nearly all of them go without a collection."""
VERBS = {
    "build": "archive texts, pages, archives and URLs into one package, with what they say and quote",
    "verify": "check that a package or WARC is whole, untouched, and says what its bytes say",
    "sign": "sign a package: anonymously, or for a host with its certificate and a time-stamp",
    "stamp": "have others vouch that a package exists now: time-stamping authorities, OpenTimestamps",
    "key": "make a key to sign packages with, or show whose it is",
    "show": "show the articles of an input: outlet, date, address, tweets, quotations, each with its evidence",
    "trace": "find where quotations come from, in the inputs and in other sources",
    "index": "file sources in a corpus, to trace quotations in them in milliseconds",
    "selftest": "change your own quotations in many ways and say what the tracer would miss, and whom it would accuse",
    "report": "make a page to look at from a package",
    "merge": "join packages and WARCs into one package: every record as it stands, each once",
    "compare": "say record by record what two packages or WARCs have in common, and where they differ",
    "repair": "put a sound archive together from copies that are damaged in different places",
    "bag": "export packages as a BagIt bag, for archives that ask for one",
    "prove": "prove that one article is in a package, to somebody who has nothing but the proof",
    "check-proof": "check such a proof: record, root, manifest, and who vouches for them",
    "withhold": "take documents out of a package, so that the rest is still proven to be what was signed",
    "salvage": "rescue every intact record of a broken WARC or WACZ, and list what was lost",
    "custody": "keep a log of who did what with which package, which cannot be changed, cut or forked unseen",
    "explain": "explain a finding code",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; what it prints is for people, or JSON lines with --json."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    gc.set_threshold(_GENERATION)  # before anything is imported: what an import makes stays
    try:
        return _main(argv)
    except BrokenPipeError:
        # Whoever read our answer has gone; nothing more can be said, and saying so would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141  # as a shell says it of SIGPIPE: what was not said is no "sound"
    except KeyboardInterrupt:  # before the verb runs: while it is loaded
        from provenance.cli import output, run

        return run.interrupted(output.Output(json="--json" in argv))


def _main(argv: list[str]) -> int:
    from provenance.cli import run

    if not argv or argv[0] in ("-h", "--help"):
        return run.print_help(VERBS)
    if argv[0] == "--version":
        return run.print_version()
    if argv[0] not in VERBS:
        return run.unknown_verb(argv[0], VERBS)
    if threading.current_thread() is threading.main_thread():
        # Being told to end is an interrupt like Ctrl-C: what was begun is cleared away.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
    verb = importlib.import_module(f"provenance.cli.{argv[0].replace('-', '_')}")
    return run.run(verb, argv[0], argv[1:])
