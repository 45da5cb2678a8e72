"""Checking a corpus: every file against the digest it was written with, and the files against one another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.digest import digest_of
from archive.errors import Error, Location
from archive.findings import Count, Covered, Finding, found
from provenance.corpus.index import Described, describe, filed_inputs
from provenance.corpus.mapped import Segment
from provenance.corpus.segment import FILES
from provenance.inputs import CORPUS

_CHUNK_BYTES = 1 << 20
_OWN = (CORPUS, ".lock")


def check_corpus(folder: Path) -> Iterator[Finding | Covered]:
    """Yield what is wrong with a corpus, and what was checked of it. Raises InputError where it is none."""
    described = describe(folder)
    yield from _check_inputs(folder, described)
    for name, about in described.segments.items():
        yield from _check_segment(folder, name, about)
    yield from _check_unlisted(folder, described)


def _check_inputs(folder: Path, described: Described) -> Iterator[Finding | Covered]:
    try:
        filed_inputs(folder, described)
    except Error as error:
        yield found("corpus.digest-mismatch", error.message, where=Location(member=described.inputs_file))
    yield Covered("members", Count(1, 1))


def _check_segment(folder: Path, name: str, about: dict[str, Any]) -> Iterator[Finding | Covered]:
    sound = True
    for file in FILES:
        where = Location(member=f"{name}/{file}")
        try:
            actual, length_bytes = digest_of(_chunks(folder / name / file))
        except OSError as error:
            sound = False
            yield found("corpus.file-missing", error.strerror or str(error), where=where)
            continue
        yield Covered("members", Count(1, 1))
        yield Covered("bytes", Count(length_bytes, length_bytes))
        expected = about["files"].get(file) if isinstance(about.get("files"), dict) else None
        if actual != expected:
            sound = False
            message = "the bytes are not those that were indexed"
            yield found("corpus.digest-mismatch", message, where=where, expected=expected, actual=actual)
    if sound:
        yield from _check_reading(folder, name, about)


def _check_reading(folder: Path, name: str, about: dict[str, Any]) -> Iterator[Finding]:
    """Read every source of a segment whose files are as they were written."""
    try:
        segment = Segment(folder / name, about)
        for number in range(segment.sources):
            segment.about(number)
            segment.text(number)
    except Error as error:
        yield found("corpus.files-disagree", error.message, where=Location(member=name))
    except (KeyError, TypeError, ValueError):
        message = "what the corpus says of the segment cannot be read"
        yield found("corpus.files-disagree", message, where=Location(member=name))


def _check_unlisted(folder: Path, described: Described) -> Iterator[Finding]:
    named = {*_OWN, described.inputs_file, *described.segments}
    named |= {f"{name}/{file}" for name in described.segments for file in FILES}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name not in named:
            yield found("corpus.file-unlisted", "the corpus does not name it", where=Location(member=name))


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
