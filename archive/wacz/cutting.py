"""A package without some of its records: those that stay keep every byte as it is stored, also what compressed them.

1. Copy each WARC without the records that are left out.
2. Index, block list and page list of what stays.
3. Further members, the manifest with a root over what stays, and its digest.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

import attrs

from archive.cdxj import SORT_IN_MEMORY, line
from archive.cdxj import sort as sort_lines
from archive.errors import InputError, Location
from archive.limits import MIB
from archive.wacz.datapackage import (
    DIGEST_PATH,
    PATH,
    Description,
    Resource,
    manifest,
    manifest_digest,
)
from archive.wacz.output import Output
from archive.wacz.package import Package
from archive.wacz.pages import PATH as PAGES_PATH
from archive.wacz.pages import Page, page_list
from archive.wacz.tree import KEY, SALT_FIELD, Content, RecordTree
from archive.wacz.zipnum import block_list, iter_bytes, write_blocks
from archive.wacz.zipwriter import MemberSink, ZipWriter
from archive.warc.record import Placed

_SPOOL_BYTES = 1 * MIB


@attrs.frozen
class Cut:
    """What was written."""

    manifest_digest: str
    size_bytes: int
    records: int


@attrs.frozen
class Rest:
    """What stands beside the records of the new package. `own` holds further keys of its manifest."""

    description: Description
    pages: tuple[Page, ...]
    members: Mapping[str, Iterable[bytes]]
    own: Mapping[str, Any]


def cut(
    package: Package,
    path: Path,
    rest: Rest,
    keeps: Callable[[Content], bool],
    *,
    overwrite: bool = False,
    look: Callable[[Path], None] | None = None,
) -> Cut:
    """Write the records for which `keeps` says yes, as they are stored, into a new package.

    `look` may look at the new package, under the name that it has while it is unfinished, and refuse it by raising.
    Raises InputError where a record shares its gzip member with others, OutputError where the system refuses.
    """
    output = Output(path, overwrite=overwrite)
    try:
        made = _write(package, output, rest, keeps)
        output.flush()
        if look is not None:
            look(output.unfinished)
        output.publish()
    finally:
        output.discard()
    return made


def _write(package: Package, output: Output, rest: Rest, keeps: Callable[[Content], bool]) -> Cut:
    zipped = ZipWriter(cast("BinaryIO", output))
    contents = list[Content]()
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as lines:
        for name in package.warc_names:
            with zipped.member(name) as sink:
                for number, (placed, content) in enumerate(_kept(package, name, keeps)):
                    moved = _copy(package, placed, sink)
                    contents.append(attrs.evolve(content, number=number))
                    lines.write(_line(moved))
        lines.seek(0)
        with zipped.member("indexes/index.cdx.gz") as sink:
            blocks = write_blocks(sort_lines(iter(lines.readline, b""), in_memory=SORT_IN_MEMORY), sink.write)
    _put(zipped, "indexes/index.idx", [block_list(blocks)])
    _put(zipped, PAGES_PATH, [page_list(rest.pages)])
    for name, chunks in sorted(rest.members.items()):
        _put(zipped, name, chunks)
    resources = [Resource(sink.name, sink.digest, sink.size_bytes) for sink in zipped.sinks]
    own = {KEY: RecordTree.of(contents).statement(), **rest.own}
    digest = _put(zipped, PATH, [manifest(rest.description, resources, own=own)])
    _put(zipped, DIGEST_PATH, [manifest_digest(digest)])
    return Cut(digest, zipped.finish(), len(contents))


def _kept(package: Package, name: str, keeps: Callable[[Content], bool]) -> Iterator[tuple[Placed, Content]]:
    survey = package.survey(name, canonical=package.ours)
    for placed, content in zip(survey.placed, survey.contents, strict=True):
        if keeps(content):
            yield placed, content


def _copy(package: Package, placed: Placed, sink: MemberSink) -> Placed:
    """Copy a record's stored bytes and return it in its new place."""
    if not placed.length_bytes:
        where = Location(package.name, placed.member, placed.offset_bytes, placed.record_id)
        raise InputError("the record is not stored by itself", where, "see `provenance verify`")
    moved = attrs.evolve(placed, offset_bytes=sink.size_bytes)
    with package.open_member(placed.member, check=False) as stream:
        stream.seek(placed.offset_bytes)
        for chunk in iter_bytes(stream, placed.length_bytes):
            sink.write(chunk)
    return moved


def _line(placed: Placed) -> bytes:
    """Return a record's index line as it stood before: with the record's id where the record is salted."""
    made = line(placed)
    if made is None:
        return b""
    if placed.header.get(SALT_FIELD) is None:
        return bytes(made)
    return bytes(attrs.evolve(made, fields={**made.fields, "recordId": placed.record_id}))


def _put(zipped: ZipWriter, name: str, chunks: Iterable[bytes]) -> str:
    with zipped.member(name) as sink:
        for chunk in chunks:
            sink.write(chunk)
    return sink.digest
