"""WARCs put together from their copies, with nothing but the records' own digests to say what is right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from archive.copies import codes as codes
from archive.copies.chaining import Fork, Link, Piece, Stored, chain, content
from archive.copies.recovering import found_lost, told_of_pieces
from archive.copies.restoring import Restored
from archive.errors import Location
from archive.findings import Finding, found
from archive.wacz.output import Output
from archive.wacz.package import Package


def restore_warc(copies: Sequence[Package], path: Path, *, overwrite: bool = False) -> Restored:
    """Write the WARC whose copies these are to `path`, or say why it cannot be done; then nothing is written.

    Raises OutputError as a writer does.
    """
    (name,) = copies[0].warc_names
    versions = _versions(copies, [package.warc_names[0] for package in copies])
    links = chain(versions, None, limits=copies[0].limits)
    findings = [*_against(links, name, copies)]
    if findings:
        return Restored(tuple(findings))
    pieces = tuple(_settled(links))
    names = ["", *(package.name for package in copies[1:])]
    findings += told_of_pieces(pieces, name, names)
    findings.append(found("repair.records-unvouched", "no digest is over all records of a WARC"))
    with Output(path, overwrite=overwrite) as output:
        for chunk in content(pieces, versions):
            output.write(chunk)
        size_bytes = output.tell()
        output.publish()
    return Restored(tuple(findings), written=True, size_bytes=size_bytes)


def lost_everywhere(copies: Sequence[Package]) -> Iterator[Finding]:
    """Yield the records of packages that are sound in no copy, and those that are sound in two and differ."""
    for name in dict.fromkeys(name for package in copies for name in package.warc_names):
        having = [package for package in copies if name in package.entries and package.entries[name].readable]
        versions = _versions(having, [name] * len(having))
        if versions:
            yield from _against(chain(versions, None, limits=copies[0].limits), name, having)


def _versions(copies: Sequence[Package], names: Sequence[str]) -> tuple[Stored, ...]:
    sizes = {package.size_bytes for package in copies}
    return tuple(
        Stored.of(
            package.open_member(name, check=False),
            name,
            slack=(package.size_bytes - other for other in sizes),
            limits=package.limits,
        )
        for package, name in zip(copies, names, strict=True)
    )


def _against(links: Sequence[Link], name: str, copies: Sequence[Package]) -> Iterator[Finding]:
    for link in links:
        if isinstance(link, Fork) and _differ(link):
            yield _conflict(link, name, copies)
        elif isinstance(link, Piece) and link.lost:
            yield found_lost(name, link, copies)


def _differ(fork: Fork) -> bool:
    """Say whether records at one place are different ones, and not one that is only compressed otherwise."""
    return len({piece.row.content for piece in fork.pieces if piece.row is not None}) > 1


def _settled(links: Sequence[Link]) -> Iterator[Piece]:
    for link in links:
        yield link.pieces[0] if isinstance(link, Fork) else link


def _conflict(fork: Fork, name: str, copies: Sequence[Package]) -> Finding:
    row = fork.pieces[0].row
    names = " and ".join(copies[piece.copy].name for piece in fork.pieces)
    where = Location(
        member=name, offset_bytes=fork.pieces[0].offset_bytes, record=row.record_id if row else None
    )
    message = f"{names} have different records here, and each is sound in itself"
    return found("repair.record-conflict", message, where=where)
