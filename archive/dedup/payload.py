"""The payload of a capture, wherever it lies: in its own block, or in that of the record that it revisits."""

from __future__ import annotations

from archive.errors import Error, Location, UsageError
from archive.limits import DEFAULT, Limits
from archive.wacz.package import Package
from archive.warc.http import Entity, entity_of
from archive.warc.reader import read_at
from archive.warc.record import Header, Placed


def entity_in(package: Package, placed: Placed, *, limits: Limits = DEFAULT) -> Entity:
    """Return what was captured, without transfer and content codings. A revisit gives that of the record it refers to.

    Raises UsageError where a revisit leads to no record of this package, WarcSyntaxError where no record lies there.
    """
    holder = placed if placed.type != "revisit" else original_of(package, placed, limits=limits)
    if holder is None:
        where = Location(package.name, placed.member, placed.offset_bytes, placed.record_id)
        raise UsageError("the record that this one revisits is not here", where)
    header, block = _read(package, holder, limits)
    return entity_of(header, block, limits=limits)


def original_of(package: Package, revisit: Placed, *, limits: Limits = DEFAULT) -> Placed | None:
    """Return the record that a revisit refers to, by its id or else by address and date; None where it is not here.

    It is the one only where it states the payload digest that the revisit states.
    """
    try:
        header, _ = _read(package, revisit, limits)
    except Error:
        return None
    wanted_id = header.get("WARC-Refers-To")
    wanted = header.get("WARC-Refers-To-Target-URI"), header.get("WARC-Refers-To-Date")
    digest = header.get("WARC-Payload-Digest")
    holders = [
        placed
        for name in package.warc_names
        for placed in package.survey(name).placed
        if placed.type in ("response", "resource")
        and digest in (placed.header.get("WARC-Payload-Digest"), None)
    ]
    by_id = [placed for placed in holders if wanted_id and placed.record_id == wanted_id]
    by_address = [placed for placed in holders if all(wanted) and (placed.target_uri, placed.date) == wanted]
    return next(iter(by_id + by_address), None)


def _read(package: Package, placed: Placed, limits: Limits) -> tuple[Header, bytes]:
    with package.open_member(placed.member, check=False) as stream:
        record = read_at(stream, placed.offset_bytes, placed.length_bytes, limits=limits)
        return record.header, b"".join(record.chunks())
