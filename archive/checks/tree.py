"""Are the records, headers and all, those that the manifest's root commits to."""

from __future__ import annotations

from collections.abc import Iterator

from archive.checks.policy import Outcome, Policy
from archive.errors import Location
from archive.findings import Count, Covered, found
from archive.wacz.datapackage import PATH
from archive.wacz.package import Kind, Package
from archive.wacz.tree import KEY, RecordTree, Stated, read_statement


def check_tree(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield where the records differ from the root over them in the manifest.

    1. Our own packages have a root; of other packages nothing is asked, but a root that is there is checked.
    2. There are as many records as it says.
    3. The records, taken in order with header and block, give that root.
    """
    if package.kind is not Kind.WACZ:
        return
    manifest, where = package.datapackage or {}, Location(member=PATH, field=KEY)
    strict = policy.demands_canonical(package)
    if KEY not in manifest:
        if package.datapackage is not None and strict:
            yield found("tree.absent", "the manifest has no root over the records", where=where)
        return
    try:
        stated = read_statement(manifest[KEY])
    except ValueError as error:
        if strict:  # somebody else may mean something else by this key
            message = f"what the manifest says of the records is broken: {error}"
            yield found("tree.broken", message, where=where)
        return
    if stated is not None:
        yield from _compare(stated, tree_of(package, policy), where)
    elif strict:
        yield found("tree.form-unknown", "the root over the records is of a form unknown here", where=where)
        yield Covered("records", Count(0, 1))


def tree_of(package: Package, policy: Policy | None = None) -> RecordTree:
    """Return the tree over the records of a package as they are now."""
    canonical = (policy or Policy()).demands_canonical(package)
    surveys = (package.survey(name, canonical=canonical) for name in package.warc_names)
    return RecordTree.of(row for survey in surveys for row in survey.contents)


def _compare(stated: Stated, tree: RecordTree, where: Location) -> Iterator[Outcome]:
    expected, actual = stated.records, len(tree.contents)
    if expected != actual:
        message = f"the package was made of {expected} records, and {actual} are here"
        yield found("tree.count-differs", message, where=where, expected=expected, actual=actual)
    elif stated.root != tree.root:
        message = "headers, blocks or order of the records are not those that were written"
        yield found("tree.root-differs", message, where=where, expected=stated.root, actual=tree.root)
