"""What a package says of records that were withheld from it: the original's manifest, and a row for each of its records.

Kept records are stated by their salt and the place that they had, withheld ones by their leaf alone, so that both lead
to the root in the original's manifest. docs/format/withholding.md states every format byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from archive.digest import ALGORITHM, spell
from archive.jsontext import parse as parse_json
from archive.merkle import root_of
from archive.wacz.lines import lines_of
from archive.wacz.member import MemberDamaged
from archive.wacz.package import Package
from archive.wacz.tree import Content, count_in, hash_of, leaf_of, line_in

KEY = "provenance:withheld"
"""Under this key the manifest says that records were withheld, and why."""
FORM = "source-provenance-withheld/1"
ROWS = "provenance/withheld.jsonl"
"""The member with a row for each record of the original, in the order of its tree."""
ORIGINAL = "provenance/original.jsonl"
"""The member that holds the original's manifest and the digest of that, with signature and tokens, as they stand."""
_KEYS = {"index", "member", "number", "salt", "leaf"}
_LINE_HEADERS = 8
"""A manifest in JSON is at most twice as long as a manifest may be; a line may have sixteen times a header's bytes."""


@attrs.frozen
class Row:
    """One record of the original: `leaf` alone where it is withheld; salt, member and number there where it is kept."""

    leaf: bytes | None = None
    salt: bytes | None = None
    member: str = ""
    number: int = 0

    @property
    def kept(self) -> bool:
        """Say whether the record is here."""
        return self.salt is not None

    def leaf_with(self, content: Content) -> bytes:
        """Return the leaf of a kept record with this header and block."""
        assert self.salt is not None
        return leaf_of(self.salt, attrs.evolve(content, member=self.member, number=self.number))


@attrs.frozen
class Statement:
    """A manifest and the digest of it, with signature and tokens, as the bytes that they are."""

    manifest: bytes
    digest: bytes


@attrs.frozen
class Withheld:
    """What a package says of its original. `reasons` are the words of whoever withheld, the latest last."""

    original: Statement
    rows: tuple[Row, ...]
    reasons: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    """Further members of the original that were withheld."""

    @property
    def indexes(self) -> tuple[int, ...]:
        """The places in the original's tree of what is withheld, from 0."""
        return tuple(index for index, row in enumerate(self.rows) if not row.kept)

    @property
    def kept(self) -> tuple[tuple[int, Row], ...]:
        """The kept rows with their places in the original's tree."""
        return tuple((index, row) for index, row in enumerate(self.rows) if row.kept)

    def leaves(self, contents: Sequence[Content]) -> tuple[bytes, ...]:
        """Return all leaves of the original's tree, those of kept records made anew from what is here.

        Raises ValueError where there are not as many records as kept rows.
        """
        here = iter(contents)
        made = tuple(row.leaf_with(_next(here)) if row.kept else row.leaf or b"" for row in self.rows)
        if next(here, None) is not None:
            raise ValueError("there are more records than rows of kept ones")
        return made

    def statement(self) -> dict[str, Any]:
        """Return what the manifest of the new package says."""
        return {
            "form": FORM,
            "records": len(self.rows),
            "withheld": len(self.indexes),
            "reasons": list(self.reasons),
            "members": list(self.members),
        }


def _next(here: Iterator[Content]) -> Content:
    for content in here:
        return content
    raise ValueError("there are fewer records than rows of kept ones")


def root_over(leaves: Sequence[bytes]) -> str:
    """Return the labelled root over leaves."""
    return spell(ALGORITHM, root_of(leaves))


def row_lines(rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield the lines of `ROWS`; all have the same keys, for other tools read the member as a table."""
    for index, row in enumerate(rows):
        line = {
            "index": index,
            "member": row.member if row.kept else None,
            "number": row.number if row.kept else None,
            "salt": row.salt.hex() if row.salt is not None else None,
            "leaf": row.leaf.hex() if row.leaf is not None else None,
        }
        yield (json.dumps(line) + "\n").encode("ascii")


def original_lines(original: Statement) -> Iterator[bytes]:
    """Yield the one line of `ORIGINAL`. Raises UnicodeDecodeError for a manifest that is no UTF-8."""
    text = {"manifest": original.manifest.decode(), "manifest_digest": original.digest.decode()}
    yield (json.dumps(text) + "\n").encode("ascii")


def says_withheld(package: Package) -> bool:
    """Say whether anything in a package says that records were withheld from it."""
    named = KEY in (package.datapackage or {})
    return named or ROWS in package.entries or ORIGINAL in package.entries


def read_withheld(package: Package) -> Withheld | None:
    """Return what a package says of its original, or None where it says so in a form unknown here.

    Raises ValueError, whose text says what is missing or cannot be read; LimitExceeded for a line that is too long.
    """
    stated = (package.datapackage or {}).get(KEY)
    if not isinstance(stated, Mapping) or not isinstance(stated.get("form"), str):
        raise ValueError("the manifest does not say in what form")  # noqa: TRY004 - the text is at fault
    if stated["form"] != FORM:
        return None
    texts = {name: _strings(stated, name) for name in ("reasons", "members")}
    original, rows = _read_original(package), tuple(_read_rows(package))
    withheld = Withheld(original, rows, texts["reasons"], texts["members"])
    if dict(stated) != withheld.statement():
        raise ValueError("the manifest counts other records than the rows")
    _check_order(rows)
    return withheld


def _strings(stated: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = stated.get(name)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ValueError(f"{name} is no list of texts")
    return tuple(values)


def _read_original(package: Package) -> Statement:
    rows = list(_objects(package, ORIGINAL, most=2))
    if len(rows) != 1 or set(rows[0]) != {"manifest", "manifest_digest"}:
        raise ValueError("the original's manifest and its digest are not here")
    texts = rows[0]["manifest"], rows[0]["manifest_digest"]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("the original's manifest is no text")
    return Statement(*(text.encode() for text in texts))


def _read_rows(package: Package) -> Iterator[Row]:
    for index, value in enumerate(_objects(package, ROWS, most=None)):
        if set(value) != _KEYS or value["index"] != index or type(value["index"]) is not int:
            raise ValueError(f"row {index} has other keys or another index")
        if value["leaf"] is not None:
            if any(value[name] is not None for name in ("member", "number", "salt")):
                raise ValueError(f"row {index} has a leaf and more")
            yield Row(leaf=hash_of(value["leaf"]))
        else:
            salt, member, number = hash_of(value["salt"]), line_in(value, "member"), count_in(value, "number")
            yield Row(salt=salt, member=member, number=number)


def _objects(package: Package, name: str, *, most: int | None) -> Iterator[dict[str, Any]]:
    entry = package.entries.get(name)
    if entry is None or not entry.readable:
        raise ValueError(f"{name} is not here")
    line_bytes = (
        package.limits.header_bytes if most is None else package.limits.manifest_bytes // _LINE_HEADERS
    )
    allowed = attrs.evolve(package.limits, header_bytes=line_bytes)
    with package.open_member(name, check=False) as stream:
        try:
            for number, (_, raw) in enumerate(lines_of(stream, packed=False, limits=allowed)):
                parsed = parse_json(raw, limits=package.limits)
                if not isinstance(parsed.value, dict) or parsed.repeated or number == most:
                    raise ValueError(f"{name}: line {number + 1} is not what stands there")
                yield parsed.value
        except MemberDamaged as error:
            raise ValueError(f"{name}: {error.message}") from None


def _check_order(rows: Sequence[Row]) -> None:
    """Refuse rows of kept records that do not stand in the order of the original's records."""
    seen, last = set[str](), ("", -1)
    for index, row in enumerate(rows):
        if not row.kept:
            continue
        is_new = row.member != last[0]
        if (is_new and row.member in seen) or (not is_new and row.number <= last[1]):
            raise OutOfOrder(f"row {index} stands out of the order of the original's records")
        seen.add(row.member)
        last = row.member, row.number


class OutOfOrder(ValueError):
    """The rows are in another order than the original's records can have been."""
