"""The story of a proof.

1. Open the package, and see that its records are those that its manifest vouches for.
2. Choose the article that is meant.
3. For the document, its text and what its articles say: header, block and way to the root.
4. Write them with the manifest and the digest of it, with signature and time-stamps: nothing else is needed.

How it is checked is told in `provenance.examiner`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

import archive
import provenance.codes  # noqa: F401 (registers the codes that are found here)
from archive.checks.statements import differs
from archive.digest import digest
from archive.disk import is_same
from archive.errors import InputError, Location, UsageError
from archive.limits import DEFAULT, Limits
from archive.wacz.committed import Committed, committed
from archive.wacz.output import Output
from archive.wacz.package import Package
from archive.wacz.prooffile import MOST_CONTENT_BYTES, ToProve, pieces
from archive.warc.reader import read_at
from archive.warc.record import Placed
from provenance.choosing import Chosen, choose, sources

SOURCE, TEXT, ARTICLES = "source", "text", "articles"
"""What the records of a proof are there for: the document, the text read from it, what its articles say."""


@attrs.frozen
class Made:
    """A proof that was written: of what, against which root, and how large it is."""

    chosen: Chosen
    root: str
    manifest_digest: str
    records: int
    of_records: int
    size_bytes: int


def prove(
    source: str | Path,
    wanted: str,
    path: Path,
    *,
    part: int | None = None,
    with_content: bool = True,
    records_to: Path | None = None,
    overwrite: bool = False,
    limits: Limits = DEFAULT,
) -> Made:
    """Write the proof of one article of a package.

    Without content the proof has digests only; `records_to` takes the records themselves, as a WARC. Raises UsageError
    where no article, or more than one, answers to `wanted`, or a result would replace the package or the other result;
    InputError where nothing vouches for the records.
    """
    _check_apart(source, path, records_to)
    with archive.open(source, limits=limits) as package:
        vouched = committed(package)  # 1
        if reason := differs(vouched.statement, limits):
            raise InputError(reason, Location(package=package.name), "see `provenance verify`")
        chosen = choose(sources(package), wanted, part=part)  # 2
        wants = _wanted(package, vouched, chosen, with_content=with_content)  # 3
        size_bytes = _write(path, pieces(chosen.part, vouched.statement, wants), overwrite=overwrite)  # 4
        if records_to is not None:
            _write(records_to, _stored(package, chosen), overwrite=overwrite)
    manifest_digest = digest(vouched.statement.manifest)
    return Made(chosen, vouched.stated.root, manifest_digest, len(wants), len(vouched.leaves), size_bytes)


def _check_apart(source: str | Path, path: Path, records_to: Path | None) -> None:
    """Refuse to write over what is read, or over what was just written."""
    if any(is_same(each, source) for each in (path, records_to) if each is not None):
        raise UsageError("the result would replace the package", hint="give it another name with -o")
    if records_to is not None and (is_same(path, records_to) or path.absolute() == records_to.absolute()):
        raise UsageError("proof and records would be one file", hint="give the records a name of their own")


def _roles(chosen: Chosen) -> tuple[tuple[str, Placed], ...]:
    source = chosen.source
    if source.text is None or source.metadata is None:
        return ((SOURCE, source.placed),)
    return (SOURCE, source.placed), (TEXT, source.text), (ARTICLES, source.metadata)


def _wanted(
    package: Package, vouched: Committed, chosen: Chosen, *, with_content: bool
) -> tuple[ToProve, ...]:
    place = {(each.member, each.offset_bytes): number for number, each in enumerate(vouched.placed)}
    roles = _roles(chosen)
    if with_content and sum(placed.block_bytes for _, placed in roles) > MOST_CONTENT_BYTES:
        message = "the records are too large to stand in a proof"
        hint = "prove them with --without-content, and give the records beside it with --records FILE.warc.gz"
        raise UsageError(message, Location(package.name, record=chosen.source.placed.record_id), hint)
    return tuple(
        ToProve(
            role,
            vouched.prove(place[placed.member, placed.offset_bytes]),
            _raw_header(package, placed),
            _Chunks(package, placed) if with_content else None,
        )
        for role, placed in roles
    )


@attrs.frozen
class _Chunks:
    """The block of a record, read when it is asked for."""

    package: Package
    placed: Placed

    def __call__(self) -> Iterator[bytes]:
        with self.package.open_member(self.placed.member, check=False) as stream:
            yield from read_at(
                stream, self.placed.offset_bytes, self.placed.length_bytes, limits=self.package.limits
            ).chunks()


def _raw_header(package: Package, placed: Placed) -> bytes:
    with package.open_member(placed.member, check=False) as stream:
        return read_at(stream, placed.offset_bytes, placed.length_bytes, limits=package.limits).header.raw


def _stored(package: Package, chosen: Chosen) -> Iterator[bytes]:
    """Yield the records as they are stored, one behind the other: a WARC."""
    for _, placed in _roles(chosen):
        with package.open_member(placed.member, check=False) as stream:
            stream.seek(placed.offset_bytes)
            left = placed.length_bytes
            while left and (chunk := stream.read(min(left, 1 << 18))):
                left -= len(chunk)
                yield chunk


def _write(path: Path, chunks: Iterable[bytes], *, overwrite: bool) -> int:
    output = Output(path, overwrite=overwrite)
    try:
        for chunk in chunks:
            output.write(chunk)
        size_bytes = output.tell()
        output.publish()
    finally:
        output.discard()
    return size_bytes
