"""Is everything there that a package must have, under a manifest that can be read."""

from __future__ import annotations

from collections.abc import Iterator

from archive.cdxj import timestamp
from archive.checks.policy import Outcome, Policy
from archive.checks.records import place, surveyed
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.wacz.datapackage import PATH
from archive.wacz.pages import PATH as PAGES_PATH
from archive.wacz.pages import Page, is_header, parse_page
from archive.wacz.reader import INDEX_SUFFIXES, WARC_SUFFIXES, Kind, Package
from archive.wacz.zipentry import STORED

KNOWN = {
    ("data-package", "1.0.0"),
    ("data-package", "1.1.0"),
    ("data-package", "1.1.1"),
    ("wacz", None),
    ("wacz", "1.2.0"),
}
"""Profile and wacz_version of the versions that are read. WACZ 1.2.0 says `wacz` and gives no version."""
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
    yield from _check_manifest(package)
    for code, present, what in (
        ("wacz.archive-missing", package.warc_names, "no WARC in archive/"),
        ("wacz.index-missing", package.index_names, "no index in indexes/"),
        ("wacz.pages-missing", PAGES_PATH in package.entries, f"no {PAGES_PATH}"),
    ):
        if not present:
            yield found(code, f"the package has {what}")
    yield from _check_members(package)
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
        yield found("wacz.version-unknown", message, where=where)


def _check_members(package: Package) -> Iterator[Finding]:
    for name, entry in package.entries.items():
        where = Location(member=name)
        folder = next((folder for folder in _ALLOWED if name.startswith(folder)), None)
        if folder and not name.endswith(_ALLOWED[folder]):
            yield found("wacz.member-misplaced", f"{name!r} does not belong in {folder}", where=where)
        if entry.method != STORED and (folder == "archive/" or name.endswith(".gz")):
            message = f"{name!r} is compressed a second time and cannot be read from in part"
            yield found("wacz.recompressed", message, where=where)


def check_pages(package: Package, policy: Policy) -> Iterator[Finding]:
    """Yield pages that no record stands for, and records of pages that are not listed."""
    strict = policy.demands_canonical(package)
    pages = list[tuple[Location, Page]]()
    for name in package.page_lists:
        if package.entries[name].readable:
            yield from _read_pages(package, name, pages)
    waiting: dict[tuple[str, str], list[tuple[Location, Page]]] = {}
    for where, page in pages:
        waiting.setdefault(_key(page.url, timestamp(page.ts), strict=strict), []).append((where, page))
    for entry in package.index_lines():
        waiting.pop(_key(entry.fields.get("url", ""), entry.timestamp, strict=strict), None)
    for unmet in waiting.values():
        for where, page in unmet:
            message = f"no capture in the index stands for the page {page.url!r}"
            yield found("page.not-indexed", message, where=where, status=None if strict else Status.WARNED)
    yield from _check_listed(package, policy, {page.id for _, page in pages}, strict=strict)
    yield from _check_main(package, {page.url for _, page in pages})


def _read_pages(package: Package, name: str, pages: list[tuple[Location, Page]]) -> Iterator[Finding]:
    number = -1
    for number, (offset_bytes, raw) in enumerate(package.lines(name)):
        where = Location(member=name, offset_bytes=offset_bytes)
        if number == 0:
            if is_header(raw, limits=package.limits):
                continue
            yield found("page.header-missing", "the page list does not begin with its header", where=where)
        try:
            pages.append((where, parse_page(raw, limits=package.limits)))
        except ValueError as error:
            yield found("page.broken", f"the page cannot be read: {error}", where=where)
    if number < 0:
        yield found("page.header-missing", "the page list is empty", where=Location(member=name))


def _key(url: str, when: str, *, strict: bool) -> tuple[str, str]:
    """Return what a page and its capture have in common; other writers date a page some seconds off."""
    return url.partition("#")[0].replace(" ", "%20"), when if strict else ""


def _check_listed(package: Package, policy: Policy, ids: set[str], *, strict: bool) -> Iterator[Finding]:
    for name in package.warc_names:
        for placed in surveyed(package, name, policy):
            for page in placed.header.all("WARC-Page-ID"):
                if page not in ids:
                    message = "the record says it belongs to a page that is not listed"
                    where, status = place(placed), None if strict else Status.WARNED
                    yield found("page.unlisted", message, where=where, actual=page, status=status)


def _check_main(package: Package, urls: set[str]) -> Iterator[Finding]:
    manifest = package.datapackage or {}
    for key in ("mainPageUrl", "mainPageURL"):
        url = manifest.get(key)
        if isinstance(url, str) and url not in urls:
            where = Location(member=PATH, field=key)
            yield found("page.main-unlisted", f"the main page {url!r} is not in the page list", where=where)
            return
