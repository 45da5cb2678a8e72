"""What vouches for the records of a package: a manifest, its root over the records, and the leaf and salt of each.

Of a package from which records were withheld that is the original's manifest, so that what is proven out of it is
proven against what was signed first.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from archive.errors import InputError, Location
from archive.merkle import inclusion_proof
from archive.wacz.datapackage import DIGEST_PATH, PATH
from archive.wacz.package import Package
from archive.wacz.tree import KEY, Content, Proof, RecordTree, Stated, read_statement
from archive.wacz.withheld import Row, Statement, Withheld, read_withheld, root_over, says_withheld
from archive.warc.record import Placed

_VERIFY = "see `provenance verify`"


@attrs.frozen
class Committed:
    """The records of a package, in order, under the root that vouches for them."""

    statement: Statement
    stated: Stated
    leaves: tuple[bytes, ...]
    placed: tuple[Placed, ...]
    """The records that are here."""
    contents: tuple[Content, ...]
    rows: tuple[Row, ...]
    """Of each record of the original, in the order of its tree, what may be said of it."""
    indexes: tuple[int, ...]
    """Of each record that is here, its place in the tree."""
    withheld: Withheld | None = None

    def prove(self, record: int) -> Proof:
        """Return the proof that a record (its place among those here, from 0) is under the root."""
        index = self.indexes[record]
        row = self.rows[index]
        assert row.salt is not None
        content = attrs.evolve(self.contents[record], member=row.member, number=row.number)
        return Proof(index, len(self.leaves), row.salt, content, inclusion_proof(self.leaves, index))


def committed(package: Package) -> Committed:
    """Return what vouches for a package's records, having looked that it does.

    Raises InputError where there is no root over the records, or it is not the root of these records.
    """
    surveys = [package.survey(name, canonical=package.ours) for name in package.warc_names]
    placed = tuple(each for survey in surveys for each in survey.placed)
    contents = tuple(row for survey in surveys for row in survey.contents)
    where = Location(package=package.name)
    try:
        made = _of_original(package, placed, contents) or _of_whole(package, placed, contents)
    except ValueError as error:
        message = f"nothing vouches for the records: {error}"
        raise InputError(message, where, _VERIFY) from error
    if len(made.leaves) != made.stated.records or root_over(made.leaves) != made.stated.root:
        message = "the records are not those that the manifest vouches for"
        raise InputError(message, where, _VERIFY)
    return made


def _of_original(
    package: Package, placed: tuple[Placed, ...], contents: tuple[Content, ...]
) -> Committed | None:
    if not says_withheld(package):
        return None
    withheld = read_withheld(package)
    if withheld is None:
        raise ValueError("records were withheld in a form unknown here")
    stated = stated_in(withheld.original, package)
    indexes = tuple(index for index, _ in withheld.kept)
    leaves = withheld.leaves(contents)
    return Committed(withheld.original, stated, leaves, placed, contents, withheld.rows, indexes, withheld)


def _of_whole(package: Package, placed: tuple[Placed, ...], contents: tuple[Content, ...]) -> Committed:
    if PATH not in package.entries or DIGEST_PATH not in package.entries:
        raise ValueError("there is no manifest, or no digest of it")
    statement = Statement(package.read_member(PATH), package.read_member(DIGEST_PATH))
    stated = stated_in(statement, package)
    tree = RecordTree.of(contents)
    rows = _rows(tree.salts, contents)
    return Committed(statement, stated, tree.leaves, placed, contents, rows, tuple(range(len(contents))))


def _rows(salts: Sequence[bytes], contents: Sequence[Content]) -> tuple[Row, ...]:
    pairs = zip(salts, contents, strict=True)
    return tuple(Row(salt=salt, member=content.member, number=content.number) for salt, content in pairs)


def stated_in(statement: Statement, package: Package | None = None) -> Stated:
    """Return what a manifest says of the records. Raises ValueError where it says nothing that can be read."""
    from archive.jsontext import parse as parse_json
    from archive.limits import DEFAULT

    parsed = parse_json(statement.manifest, limits=package.limits if package is not None else DEFAULT)
    if not isinstance(parsed.value, dict) or parsed.repeated:
        raise ValueError("the manifest is no JSON object with each key once")
    stated = read_statement(parsed.value.get(KEY))
    if stated is None:
        raise ValueError("the root over the records is of a form unknown here")
    return stated
