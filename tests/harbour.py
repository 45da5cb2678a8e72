"""A small package of invented reports for tests of proofs and of withholding, and what is said of it by hand."""

from __future__ import annotations

import functools
import json
import tempfile
from pathlib import Path
from typing import Any

import provenance
from archive.engines import compression
from provenance.prover import prove
from provenance.withholder import Choice, withhold

KEY = bytes(range(32))
FERRY = (
    "Ferry returns to harbour after storm\n\nThe Harbour Post\n\nBy Ann Lee\n\n3 March 2024\n\n"
    "The master said: “We turned back before the second wave came in, and nobody was hurt.”\n"
)
SKIPPER = (
    "Skipper praised by the coastguard\n\nThe Bay Gazette\n\n4 March 2024\n\n"
    "He told us: “We turned back before the second wave came in”, and left.\n"
)
BREAKWATER = (
    "Council votes for a new breakwater\n\nThe Bay Gazette\n\n5 March 2024\n\n"
    "“The breakwater will stand by May,” the mayor said on Tuesday.\n"
)
FERRY_URL = "https://harbour.example/ferry"
SKIPPER_URL = "https://bay.example/skipper"
BREAKWATER_URL = "https://bay.example/breakwater"
REPORTS = ((FERRY, FERRY_URL), (SKIPPER, SKIPPER_URL), (BREAKWATER, BREAKWATER_URL))
NOTES = "provenance/notes.txt"
INFO, FERRY_AT, SKIPPER_AT, BREAKWATER_AT = 0, 1, 4, 7
"""Places of the warcinfo and of the three documents; each is followed by its text and its articles."""


def build(
    path: Path,
    *reports: tuple[str, str],
    salt_key: bytes | None = KEY,
    notes: bytes = b"",
    **options: Any,
) -> Path:
    """Build a package of reports, three if none are given, dated so that its bytes depend on them alone."""
    with provenance.build(
        path,
        created_at="2024-03-06T10:00:00Z",
        salt_key=salt_key,
        title="Harbour",
        packing=compression("zlib"),
        **options,
    ) as building:
        for text, url in reports or REPORTS:
            building.add(text.encode(), original_url=url)
        if notes:
            building._package.add_member(NOTES, notes)
    return path


@functools.cache
def package(*, salted: bool = True, notes: bytes = b"") -> bytes:
    """Return the package of three reports."""
    with tempfile.TemporaryDirectory() as folder:
        made = build(Path(folder, "a.wacz"), salt_key=KEY if salted else None, notes=notes)
        return made.read_bytes()


@functools.cache
def withheld(*wanted: str, salted: bool = True, notes: bytes = b"", members: tuple[str, ...] = ()) -> bytes:
    """Return the package without a report: the one of the skipper, if none is named."""
    with tempfile.TemporaryDirectory() as folder:
        whole, left = Path(folder, "a.wacz"), Path(folder, "b.wacz")
        whole.write_bytes(package(salted=salted, notes=notes))
        choice = Choice(wanted or (SKIPPER_URL,), "to protect a source", members=members, even_so=True)
        withhold(whole, left, choice)
        return left.read_bytes()


@functools.cache
def proof(wanted: str = SKIPPER_URL, *, content: bool = True, of: bytes = b"") -> bytes:
    """Return the proof of one report, out of the whole package if none is given."""
    with tempfile.TemporaryDirectory() as folder:
        path, made = Path(folder, "a.wacz"), Path(folder, "proof.json")
        path.write_bytes(of or package())
        prove(path, wanted, made, with_content=content)
        return made.read_bytes()


def dumps(value: object) -> bytes:
    """Return a proof as it is spelled."""
    return (json.dumps(value, indent=1) + "\n").encode("ascii")
