"""Is what was left of a package as it was in the original, and what is not here of it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeGuard

from archive.checks.policy import Outcome, Policy
from archive.checks.statements import check_vouching, differs
from archive.checks.tree import tree_of
from archive.errors import Location
from archive.findings import Count, Covered, Finding, found
from archive.jsontext import parse as parse_json
from archive.wacz.committed import stated_in
from archive.wacz.datapackage import DIGEST_PATH, PATH, is_ours, resources_of
from archive.wacz.package import Kind, Package
from archive.wacz.pages import PATH as PAGES
from archive.wacz.pages import Page, is_instant, parse_page
from archive.wacz.tree import KEY as TREE
from archive.wacz.tree import SALT_FIELD, Stated
from archive.wacz.withheld import (
    KEY,
    ORIGINAL,
    ROWS,
    OutOfOrder,
    Withheld,
    read_withheld,
    root_over,
    says_withheld,
)
from archive.warc.record import Placed

_MAIN_PAGE = ("mainPageUrl", "mainPageURL", "mainPageDate")
_OWN = {"profile", "wacz_version", "created", "software", KEY, TREE, "resources", *_MAIN_PAGE}
"""What a new manifest says of itself. All else is as in the original: other words would pass for words that were signed."""
_DERIVED = ("archive/", "indexes/", "pages/", "provenance/articles.jsonl", "provenance/traces.jsonl")
"""Members that are other ones without the withheld records, and which are derived again."""


def check_withheld(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield where a package with withheld records is not its original without them.

    1. What it says of its original can be read, and its rows stand in the original's order.
    2. The original's manifest is the one whose digest, signature and time-stamps are here.
    3. The records that are here are those of the kept rows, no more and no fewer.
    4. They and the leaves of the withheld ones lead to the root in the original's manifest.
    5. The further members are as in the original, and the new manifest says of itself what the original's said.
    6. Say what is withheld, and whether it could be guessed.
    """
    if package.kind is not Kind.WACZ or not says_withheld(package):
        return
    try:
        withheld = read_withheld(package)
        stated = stated_in(withheld.original, package) if withheld is not None else None
    except OutOfOrder as error:
        yield found("withheld.order-broken", str(error), where=Location(member=ROWS))
        return
    except ValueError as error:
        message = f"what the package says of its original cannot be read: {error}"
        yield found("withheld.broken", message, where=Location(member=PATH, field=KEY))
        return
    if withheld is None or stated is None:
        where = Location(member=PATH, field=KEY)
        yield found("withheld.form-unknown", "records were withheld in a form unknown here", where=where)
        yield Covered("records", Count(0, 1))
        return
    yield from _check_original(package, withheld, policy)
    yield from _check_records(package, withheld, stated, policy)
    yield from _check_rest(package, withheld)
    yield from _say(package, withheld, stated)


def _check_original(package: Package, withheld: Withheld, policy: Policy) -> Iterator[Outcome]:
    where = Location(member=ORIGINAL)
    if reason := differs(withheld.original, package.limits):
        yield found("withheld.original-differs", f"of the original, {reason}", where=where)
    yield from check_vouching(withheld.original, policy, where, _placed(package))


def _check_records(package: Package, withheld: Withheld, stated: Stated, policy: Policy) -> Iterator[Finding]:
    """Compare the records with the rows, then the root that they lead to."""
    contents, where = tree_of(package, policy).contents, Location(member=ROWS)
    if len(withheld.rows) != stated.records:
        message = f"the original had {stated.records} records, and there are {len(withheld.rows)} rows"
        expected, actual = stated.records, len(withheld.rows)
        yield found("withheld.count-differs", message, where=where, expected=expected, actual=actual)
        return
    kept = [row for _, row in withheld.kept]
    if len(contents) != len(kept):
        code = "withheld.record-added" if len(contents) > len(kept) else "withheld.record-missing"
        message = f"{len(kept)} records of the original are stated to be here, and {len(contents)} are"
        yield found(code, message, where=where, expected=len(kept), actual=len(contents))
        return
    if [row.member for row in kept] != [content.member for content in contents]:
        message = "a record does not lie in the WARC that it lay in"
        yield found("withheld.member-moved", message, where=where)
        return
    actual_root = root_over(withheld.leaves(contents))
    if actual_root != stated.root:
        message = "what is here and what is withheld do not make up the original"
        yield found("withheld.root-differs", message, where=where, expected=stated.root, actual=actual_root)


def _check_rest(package: Package, withheld: Withheld) -> Iterator[Finding]:
    """Compare everything but the records with what the original's manifest says of it."""
    original = parse_json(withheld.original.manifest, limits=package.limits).value
    here = package.datapackage or {}
    if is_ours(original) != package.ours:
        yield _other_words("software")
    for key in sorted({"title", "description", *here} - _OWN):
        if original.get(key) != here.get(key):
            yield _other_words(key)
    yield from _check_own(package, original, here)
    listed = {
        row["path"]: row.get("hash")
        for row in resources_of(original)
        if isinstance(row, Mapping) and isinstance(row.get("path"), str)
    }
    for name in (*package.entries, *(name for name in listed if name not in package.entries)):
        if name in (PATH, DIGEST_PATH, ROWS, ORIGINAL) or _is_derived(name):
            continue
        yield from _check_member(package, name, listed.get(name), withheld.members)


def _check_own(package: Package, original: Mapping[str, Any], here: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare what a new manifest says of itself with what can be so: made after the original, of a page that is here."""
    before, after = original.get("created"), here.get("created")
    if _is_second(before) and _is_second(after) and after < before:
        message, where = (
            "it says that it was made before the original",
            Location(member=PATH, field="created"),
        )
        yield found("withheld.manifest-differs", message, where=where, expected=before, actual=after)
    main = {key: here[key] for key in _MAIN_PAGE if key in here}
    if main and not any(main == _as_main(page) for page in _pages(package)):
        message, where = "the main page is none of the page list", Location(member=PATH, field=_MAIN_PAGE[0])
        yield found("withheld.manifest-differs", message, where=where, actual=main)


def _is_second(text: object) -> TypeGuard[str]:
    """Say whether a date is written as our manifests write it, so that the order of two is that of their texts."""
    return isinstance(text, str) and is_instant(text) and len(text) == len("2016-09-18T18:02:00Z")


def _as_main(page: Page) -> dict[str, str]:
    """Return how a manifest names a page as its main one."""
    return dict(zip(_MAIN_PAGE, (page.url, page.url, page.ts), strict=True))


def _pages(package: Package) -> Iterator[Page]:
    """Yield the pages of the page list that can be read."""
    if PAGES not in package.entries or not package.entries[PAGES].readable:
        return
    for _, raw in package.lines(PAGES):
        with contextlib.suppress(ValueError):
            yield parse_page(raw, limits=package.limits)


def _is_derived(name: str) -> bool:
    """Say whether a member is another one where records are left out, and is derived again."""
    return name.startswith(_DERIVED) and (not name.startswith("pages/") or name == PAGES)


def _other_words(key: str) -> Finding:
    message = f"the manifest says another {key[:100]!r} than the original's"
    return found("withheld.manifest-differs", message, where=Location(member=PATH, field=key[:100]))


def _check_member(package: Package, name: str, stated: object, left_out: Sequence[str]) -> Iterator[Finding]:
    where = Location(member=name)
    if name not in package.entries:
        if name in left_out:
            yield found("withheld.member", f"{name!r} was withheld as a whole", where=where)
        else:
            message = f"{name!r} was in the original, and nothing says that it was withheld"
            yield found("withheld.member-differs", message, where=where)
    elif stated is None:
        yield found("withheld.member-differs", f"{name!r} was not in the original", where=where)
    elif package.entries[name].readable and package.measure(name).digest != stated:
        message, actual = f"{name!r} is not as in the original", package.measure(name).digest
        yield found("withheld.member-differs", message, where=where, expected=stated, actual=actual)


def _say(package: Package, withheld: Withheld, stated: Stated) -> Iterator[Finding]:
    hidden, where = withheld.indexes, Location(member=ROWS)
    message = (
        f"{len(hidden)} of {stated.records} records are withheld ({_places(hidden)});"
        f" the other {stated.records - len(hidden)} are compared with the original's root, header and block;"
        " of the withheld ones nothing is known but that they were there"
    )
    reasons = "; ".join(withheld.reasons)
    yield found(
        "withheld.records", message + (f". Reason given: {reasons}" if reasons else ""), where=where,
        expected=stated.records, actual=stated.records - len(hidden),
    )  # fmt: skip
    placed = [
        each for name in package.warc_names for each in package.survey(name, canonical=package.ours).placed
    ]
    if hidden and not all(each.header.get(SALT_FIELD) for each in placed):
        message = "the records have no salts of their own: a guess at what is withheld could be tested"
        yield found("withheld.guessable", message, where=where)


def _placed(package: Package) -> tuple[Placed, ...]:
    surveys = (package.survey(name, canonical=package.ours) for name in package.warc_names)
    return tuple(each for survey in surveys for each in survey.placed)


def _places(indexes: Sequence[int], most: int = 8) -> str:
    """Return places in the tree as runs: `3, 5-9`."""
    runs = list[list[int]]()
    for index in indexes:
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
    words = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:most]]
    more = f" and {len(runs) - most} further runs" if len(runs) > most else ""
    return f"places {', '.join(words)}{more}" if words else "none"
