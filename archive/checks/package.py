"""Is everything there that a package must have, under a manifest that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from archive import lazily
from archive.checks.pages import check_pages
from archive.checks.policy import Outcome, Policy
from archive.errors import Location
from archive.findings import Count, Covered, Finding, Status, found
from archive.wacz.datapackage import PATH, is_collection, software_of
from archive.wacz.member import MemberDamaged
from archive.wacz.package import INDEX_SUFFIXES, WARC_SUFFIXES, Kind, Package
from archive.wacz.pages import PATH as PAGES_PATH
from archive.wacz.pages import is_instant
from archive.wacz.zipentry import STORED

KNOWN = {
    ("data-package", "1.0.0"),
    ("data-package", "1.1.0"),
    ("data-package", "1.1.1"),
    ("wacz", None),
    ("wacz", "1.2.0"),
}
"""Profile and wacz_version of the versions that are read. WACZ 1.2.0 says `wacz` and gives no version."""
_LISTLESS = lazily.compile(r"py-wacz\b", re.IGNORECASE)
"""The writer that leaves the page list out where it was not told to look for pages. Its own validator forgives it, and the
processing model of the standard loads the list "if any", though the standard asks for it."""
_GZIP = b"\x1f\x8b"
_ALLOWED = {"archive/": WARC_SUFFIXES, "indexes/": (*INDEX_SUFFIXES, ".idx"), "pages/": (".jsonl",)}


def check_package(package: Package, policy: Policy) -> Iterator[Outcome]:
    """Yield what a package lacks or has too much (WACZ 1.1.1 §4–§6).

    1. A manifest that can be read, each key once, of a known version.
    2. At least one WARC, one index, and the page list.
    3. Nothing foreign in the three folders, nothing compressed twice.
    4. Pages that are captured, and captures of pages that are listed.
    """
    if package.kind is not Kind.WACZ:
        return
    if is_collection(package.datapackage):
        yield found("wacz.collection", "the packages in this collection were not looked at")
        yield Covered("members", Count(0, 1))
        return
    yield from _check_manifest(package)
    listless = Status.WARNED if _LISTLESS.match(software_of(package.datapackage)) else None
    for code, present, what, status in (
        ("wacz.archive-missing", package.warc_names, "no WARC in archive/", None),
        ("wacz.index-missing", package.index_names, "no index in indexes/", None),
        ("wacz.pages-missing", PAGES_PATH in package.entries, f"no {PAGES_PATH}", listless),
    ):
        if not present:
            yield found(code, f"the package has {what}", status=status)
    yield from _check_members(package, strict=policy.demands_canonical(package))
    yield from check_pages(package, policy)


def _check_manifest(package: Package) -> Iterator[Finding]:
    where = Location(member=PATH)
    if PATH not in package.entries:
        yield found("wacz.manifest-missing", "the package has no manifest", where=where)
        return
    manifest = package.manifest
    if (
        manifest is None
        or not isinstance(manifest.value, dict)
        or not isinstance(manifest.value.get("resources"), list)
    ):
        yield found(
            "wacz.manifest-broken", "the manifest is no JSON object with a list of resources", where=where
        )
        return
    for key in manifest.repeated:
        place_of = where.within(field=key)
        yield found("wacz.key-repeated", f"{key!r} stands more than once in an object", where=place_of)
    version = manifest.value.get("profile"), manifest.value.get("wacz_version")
    if not all(part is None or isinstance(part, str) for part in version) or version not in KNOWN:
        message = f"the package is of an unknown version: profile {version[0]!r}, wacz_version {version[1]!r}"
        status = Status.FAILED if version == ("data-package", None) else None  # §5.4: it MUST be there
        yield found("wacz.version-unknown", message, where=where, status=status)
    yield from _check_statements(manifest.value)


def _check_statements(manifest: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what the manifest states and cannot mean: dates that are none, a home page without its parts."""
    home = manifest.get("home")
    dates = {name: manifest.get(name) for name in ("created", "modified", "mainPageDate")}
    if isinstance(home, Mapping) and isinstance(home.get("url"), str) and home.get("ts") is not None:
        dates["home/ts"] = home["ts"]
    elif home is not None:
        where = Location(member=PATH, field="home")
        yield found("wacz.home-broken", "the home page lacks its url or its ts", where=where)
    for name, value in dates.items():
        if value is not None and not is_instant(value):
            where = Location(member=PATH, field=name)
            yield found("wacz.date-broken", "the date is not one of RFC 3339", where=where, actual=value)


def _check_members(package: Package, *, strict: bool) -> Iterator[Finding]:
    for name in package.warc_names:
        yield from _check_warc_name(package, name, strict=strict)
    for name, entry in package.entries.items():
        where = Location(member=name)
        folder = next((folder for folder in _ALLOWED if name.startswith(folder)), None)
        if folder and not name.endswith(_ALLOWED[folder]):
            yield found("wacz.member-misplaced", f"{name!r} does not belong in {folder}", where=where)
        if entry.method != STORED and (folder == "archive/" or name.endswith(".gz")):
            twice = "a second time " if name.endswith(".gz") else ""
            message = f"{name!r} is compressed {twice}and cannot be read from in part"
            status = None if twice else Status.WARNED  # §4 forbids the one, and says `should` of the other
            yield found("wacz.recompressed", message, where=where, status=status)


def _check_warc_name(package: Package, name: str, *, strict: bool) -> Iterator[Finding]:
    """Yield where a WARC's name says that it is gzipped and it is not, or the other way round."""
    if not package.entries[name].readable:
        return
    try:
        with package.open_member(name, check=False) as stream:
            start = stream.read(len(_GZIP))
    except MemberDamaged:
        return  # said by the checks of the container
    is_gzip = start == _GZIP
    if start and is_gzip != name.endswith(".gz"):
        status = None if strict else Status.WARNED  # a gzipped `.warc` is what valid packages of py-wacz have
        message = f"{name!r} is {'gzipped' if is_gzip else 'not gzipped'}, which its name does not say"
        yield found("wacz.warc-name", message, where=Location(member=name), status=status)
