"""Members that are lost in every copy, made again from the records: the manifest's digest proves that they are the same."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import BinaryIO, cast

import attrs

from archive.cdxj import SORT_IN_MEMORY, line, sort
from archive.copies.authority import fits
from archive.copies.recovering import Recovered, Wanted
from archive.copies.rows import read_range, sha256_of
from archive.wacz.package import Package
from archive.wacz.reader import open_package
from archive.wacz.zipnum import block_list, write_blocks
from archive.wacz.zipwriter import ZipWriter
from archive.warc.record import Placed

Derive = Callable[[Package, str], Iterable[bytes] | None]
"""Returns what a member of a package must hold as its records are, or None where it is none that is derived."""
INDEX, BLOCKS = "indexes/index.cdx.gz", "indexes/index.idx"


def derived(
    recovered: Sequence[Recovered], lost: Sequence[Wanted], derive: Derive, files: ExitStack
) -> Iterator[tuple[Wanted, Recovered | None]]:
    """Yield each lost member, made again where that gives what the manifest vouches for.

    Only where every WARC was recovered: what is derived is derived from all records. `files` closes what was made.
    """
    if any(wanted.is_warc for wanted in lost):
        yield from ((wanted, None) for wanted in lost)
        return
    with _of_records(recovered) as package:
        for wanted in lost:
            yield wanted, _made(package, wanted, derive, files)


@contextmanager
def _of_records(recovered: Sequence[Recovered]) -> Iterator[Package]:
    """Open a package that has the recovered WARCs, and nothing that says what else it should have."""
    with tempfile.TemporaryFile() as file:
        writer = ZipWriter(cast("BinaryIO", file))
        for member in recovered:
            if member.wanted.is_warc:
                with writer.member(member.wanted.path) as sink:
                    for chunk in member.chunks():
                        sink.write(chunk)
        writer.finish()
        with open_package(cast("BinaryIO", file), name="records.wacz") as package:
            yield package


def _made(package: Package, wanted: Wanted, derive: Derive, files: ExitStack) -> Recovered | None:
    ways: list[Iterable[bytes] | None] = [*_indexes(package, wanted.path), derive(package, wanted.path)]
    for chunks in ways:
        if chunks is None:
            continue
        file = files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - read when the package is written
        file.writelines(chunks)
        if fits(sha256_of(read_range(file, 0, wanted.size_bytes + 1)), wanted.hash):
            return Recovered(wanted, -1, stream=cast("BinaryIO", file))
    return None


def _indexes(package: Package, name: str) -> Iterator[Iterable[bytes]]:
    """Yield the index, or its list of blocks, in both forms that there are: a salted package has the ids of records too."""
    if name not in (INDEX, BLOCKS):
        return
    for with_ids in (False, True):
        packed = io.BytesIO()
        blocks = write_blocks(
            sort(_lines(package, with_ids=with_ids), in_memory=SORT_IN_MEMORY), packed.write
        )
        listed = block_list(blocks)
        yield (packed.getvalue(),) if name == INDEX else (listed,)


def _lines(package: Package, *, with_ids: bool) -> Iterator[bytes]:
    for name in package.warc_names:
        for placed in package.survey(name).placed:
            if (entry := _line(placed, with_ids=with_ids)) is not None:
                yield entry


def _line(placed: Placed, *, with_ids: bool) -> bytes | None:
    entry = line(placed)
    if entry is None or not with_ids:
        return None if entry is None else bytes(entry)
    return bytes(attrs.evolve(entry, fields={**entry.fields, "recordId": placed.record_id}))
