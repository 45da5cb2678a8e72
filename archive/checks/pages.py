"""Do page list and records agree: every page is captured, every capture of a page is listed, every line can be read."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from archive.cdxj import timestamp
from archive.checks.policy import Policy
from archive.checks.records import most_lines, place, surveyed
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.wacz.datapackage import PATH
from archive.wacz.package import Package
from archive.wacz.pages import Page, is_header, is_instant, parse_page


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
    for entry in itertools.islice(package.index_lines(), most_lines(package, policy)):
        if not waiting:
            break
        waiting.pop(_key(entry.fields.get("url", ""), entry.timestamp, strict=strict), None)
    for unmet in waiting.values():
        for where, page in unmet:
            message = f"no capture in the index stands for the page {page.url!r}"
            yield found("page.not-indexed", message, where=where, status=None if strict else Status.WARNED)
    yield from _check_listed(package, policy, {page.id for _, page in pages}, strict=strict)
    yield from _check_ids(pages, strict=strict)
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
            page = parse_page(raw, limits=package.limits)
        except ValueError as error:
            yield found("page.broken", f"the page cannot be read: {error}", where=where)
            continue
        pages.append((where, page))
        if not is_instant(page.ts):
            message = f"the date of the page {page.url!r} is not one of RFC 3339"
            yield found("page.date-broken", message, where=where, actual=page.ts)
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


def _check_ids(pages: list[tuple[Location, Page]], *, strict: bool) -> Iterator[Finding]:
    """Yield ids that stand for two different pages of our list; ids of others are not always meant to tell pages apart."""
    known = dict[str, Page]()
    for where, page in pages:
        if known.setdefault(page.id, page) != page:
            status = Status.FAILED if strict else None
            message = f"the id of the page {page.url!r} is that of {known[page.id].url!r} too"
            yield found("page.id-repeated", message, where=where, actual=page.id, status=status)


def _check_main(package: Package, urls: set[str]) -> Iterator[Finding]:
    """Yield where the page to open first, in the spelling of whatever version, is none of the list."""
    manifest = package.datapackage or {}
    home = manifest.get("home")
    stated = {name: manifest.get(name) for name in ("mainPageUrl", "mainPageURL")}
    stated["home"] = home.get("url") if isinstance(home, Mapping) else None
    for name, url in stated.items():
        if isinstance(url, str) and url not in urls:
            where = Location(member=PATH, field=name)
            yield found("page.main-unlisted", f"the main page {url!r} is not in the page list", where=where)
            return
