"""Which article of a package is meant: by its number, its record, its address or its headline."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from archive.errors import Error, Location, UsageError
from archive.wacz.package import Package
from archive.warc.reader import read_at
from archive.warc.record import Placed
from provenance import records

_LISTED = 10


@attrs.frozen
class Told:
    """An article as the records tell it. `number` counts all articles of the package from 1, as `show` lists them."""

    number: int
    part: int
    headline: str | None
    original_url: str | None


@attrs.frozen
class Source:
    """A record that is no derived one, and the text and articles that were derived from it."""

    placed: Placed
    text: Placed | None = None
    metadata: Placed | None = None
    articles: tuple[Told, ...] = ()


@attrs.frozen
class Chosen:
    """A document, and which of its articles is meant: None for all of it."""

    source: Source
    part: int | None

    def __str__(self) -> str:
        placed = self.source.placed
        told = [each for each in self.source.articles if self.part in (None, each.part)]
        name = placed.record_id if self.part is None else f"{placed.record_id}#{self.part}"
        number = f"{told[0].number}: " if len(told) == 1 else ""
        headline = next((f"“{each.headline[:80]}” " for each in told if each.headline), "")
        return f"{number}{name} {headline}{placed.target_uri or ''} {placed.date}"


def sources(package: Package, limits_bytes: int = 64 << 20) -> tuple[Source, ...]:
    """Return the records of a package that are not derived, in order, with what was derived from each."""
    placed = [
        each for name in package.warc_names for each in package.survey(name, canonical=package.ours).placed
    ]
    texts, metadata = dict[str, Placed](), dict[str, Placed]()
    for each in placed:
        source = each.header.get("WARC-Refers-To") or ""
        if records.is_text(each.header):
            texts.setdefault(source, each)
        elif records.is_metadata(each.header):
            metadata.setdefault(source, each)
    found, number = list[Source](), 0
    for each in placed:
        if records.is_derived(each.header) or each.type == "warcinfo":
            continue
        said = metadata.get(each.record_id)
        articles = tuple(_told(package, said, number, limits_bytes)) if said is not None else ()
        number += len(articles)
        found.append(Source(each, texts.get(each.record_id), said, articles))
    return tuple(found)


def _told(package: Package, placed: Placed, number: int, limit: int) -> Iterator[Told]:
    """Yield the articles that a metadata record tells of."""
    for article in articles_in(_block(package, placed, limit)):
        number += 1
        yield attrs.evolve(article, number=number)


def articles_in(block: bytes) -> Iterator[Told]:
    """Yield the articles that the block of a metadata record tells of, numbered 0; none where it cannot be read."""
    try:
        rows = json.loads(block)["articles"]
        told = [Told(0, row["part"], _value(row, "headline"), _value(row, "original_url")) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError):
        return
    yield from told


def _value(row: Mapping[str, Any], name: str) -> str | None:
    value = row[name]["value"]
    return value if isinstance(value, str) else None


def _block(package: Package, placed: Placed, limit: int) -> bytes:
    if placed.block_bytes > limit:
        return b""
    with package.open_member(placed.member, check=False) as stream:
        try:
            record = read_at(stream, placed.offset_bytes, placed.length_bytes, limits=package.limits)
            return b"".join(record.chunks())
        except Error:
            return b""


def choose_all(known: Sequence[Source], wanted: str) -> tuple[Chosen, ...]:
    """Return every document that answers to a number, a record id (with `#part`), an address or a headline.

    They are tried in this order, and the first that anything answers to decides; of headlines first the whole, then a part.
    """
    for rule in (_by_number, _by_record, _by_address, _by_headline, _by_part_of_headline):
        if chosen := tuple(dict.fromkeys(rule(known, wanted.strip()))):
            whole = {id(each.source) for each in chosen if each.part is None}
            return tuple(each for each in chosen if each.part is None or id(each.source) not in whole)
    raise UsageError(
        f"nothing in the package answers to {wanted!r}",
        hint="name an article by its URL, its record id, its headline, or its number as `provenance show` lists them",
    )


def choose(known: Sequence[Source], wanted: str, *, part: int | None = None) -> Chosen:
    """Return the one document that is meant. Raises UsageError where none is, or more than one, and says which."""
    chosen = choose_all(known, wanted)
    if part is not None:
        chosen = tuple(narrowed for each in chosen for narrowed in _narrowed(each, part))
    if len(chosen) == 1:
        return chosen[0]
    if not chosen:
        raise UsageError(f"{wanted!r} has no article of the number {part}")
    listed = "; ".join(map(str, chosen[:_LISTED]))
    more = f"; and {len(chosen) - _LISTED} more" if len(chosen) > _LISTED else ""
    raise UsageError(
        f"{len(chosen)} articles answer to {wanted!r}", Location(), f"name one of: {listed}{more}"
    )


def _narrowed(chosen: Chosen, part: int) -> Iterator[Chosen]:
    if chosen.part in (None, part) and any(told.part == part for told in chosen.source.articles):
        yield Chosen(chosen.source, part)


def _whole(source: Source) -> Chosen:
    return Chosen(source, source.articles[0].part if len(source.articles) == 1 else None)


def _by_number(known: Sequence[Source], wanted: str) -> Iterator[Chosen]:
    if wanted.isascii() and wanted.isdecimal() and len(wanted) <= 12:
        yield from _articles(known, lambda told: told.number == int(wanted))


def _by_record(known: Sequence[Source], wanted: str) -> Iterator[Chosen]:
    name, mark, part = wanted.rpartition("#")
    for source in known:
        own = source.placed.record_id
        if _bare(wanted) == _bare(own):
            yield _whole(source)
        elif mark and part.isascii() and part.isdecimal() and _bare(name) == _bare(own):
            yield from _narrowed(Chosen(source, None), int(part))


def _by_address(known: Sequence[Source], wanted: str) -> Iterator[Chosen]:
    address = wanted.partition("#")[0]
    for source in known:
        if (source.placed.target_uri or "").partition("#")[0] == address:
            yield _whole(source)
    yield from _articles(known, lambda told: (told.original_url or "").partition("#")[0] == address)


def _by_headline(known: Sequence[Source], wanted: str) -> Iterator[Chosen]:
    yield from _articles(known, lambda told: _folded(told.headline or "") == _folded(wanted))


def _by_part_of_headline(known: Sequence[Source], wanted: str) -> Iterator[Chosen]:
    if _folded(wanted):
        yield from _articles(known, lambda told: _folded(wanted) in _folded(told.headline or ""))


def _articles(known: Sequence[Source], is_meant: Callable[[Told], bool]) -> Iterator[Chosen]:
    for source in known:
        for told in source.articles:
            if is_meant(told):
                yield Chosen(source, told.part)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _bare(record_id: str) -> str:
    return record_id.removeprefix("<").removesuffix(">")
