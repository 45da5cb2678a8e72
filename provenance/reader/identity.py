"""Whose article this is and where it lives: candidates for headline, outlet, original URL and the page's own address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

from archive import lazily
from provenance.model.evidence import Evidence, Layer, Place
from provenance.model.outlet import Outlet
from provenance.reader import jsonld, outlets, tracking, urls
from provenance.reader.byline_names import tidy, unescaped
from provenance.reader.dom import Node, text_of
from provenance.reader.metadata import ADDRESSES, HEADLINES, OUTLETS, Source, strings
from provenance.reader.urls import is_archive, unwrap

_SUFFIX = lazily.compile(r"\s+[|–—\-·•:»«/~]+\s+|\s*[|»]\s*|:\s+")
_SAVED_FROM = lazily.compile(r"\s*saved from url=\((\d+)\)(\S+)")
_SINGLE_FILE = lazily.compile(r"\s*Page saved with SingleFile\s*\n\s*url:\s*(\S+)")
_SYSTEMS = frozenset(
    name.replace(",", " ")
    for name in str.split(
        "wordpress wordpress,com blogger blogspot wix wix,com squarespace joomla drupal weebly webflow typo3 shopify ghost "
        "my,blog my,site my,website my,wordpress,blog my,wordpress my,wordpress,website untitled site,title site,name "
        "website blog home homepage just,another,wordpress,site just,another,wordpress,weblog default,site wix,site"
    )
)
"""Names, folded, that a program gives a site until its owner gives one: they say nothing of who publishes."""
_UNFILLED = lazily.compile(r"\{\{|\}\}|\$\{|<%|%%|\[object|\A(?:undefined|null|none|nan)\Z", re.IGNORECASE)
"""A template's field that nothing was filled into."""
_LINKS_READ = 200
_LONGEST_TITLE = 1000
_JOINTS = 20
"""Places at which a title can be cut; what is longer is no title with a site's name."""


def fold(text: str) -> str:
    """Return a headline as headlines are compared: letters and digits only, without case."""
    return _fold_once(text) if len(text) < _SHORT else _fold(text)


def _fold(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold()).strip()


_SIGNS = lazily.compile(r"[\W_]+")
_SHORT = 500
_fold_once = lru_cache(maxsize=256)(_fold)
"""A page says its headline and its people many times."""


def headlines(source: Source, site_names: Iterable[str]) -> Iterator[Evidence[str]]:
    """Yield the candidates for the headline, site names cut off behind and in front."""
    names = frozenset(filter(None, map(_glue, site_names)))

    def read(raw: str) -> str | None:
        return strip_site(tidy(raw), names) or None

    said = list(strings(source, metas=HEADLINES, keys=("headline",), props=("headline",), read=read))
    title = next(iter(source.dom.iter("title")), None)
    raw = text_of(title) if title is not None else ""
    if title is not None and (named := read(raw)):
        said.append(Evidence(named, "meta.title", Layer.META, raw, source.at(title)))
    shown = _heading(source, {fold(evidence.value) for evidence in said})
    if shown is not None:
        raw = text_of(shown)
        yield Evidence(tidy(raw), "dom.h1", Layer.DOM, raw, source.at(shown))
    yield from said


def _heading(source: Source, known: set[str]) -> Node | None:
    """Return the `<h1>` that is the headline: one that metadata repeats, else the first that is no site's name."""
    shown = [node for node in source.dom.iter("h1") if len(tidy(text_of(node))) > 2][:20]
    for node in shown:
        if fold(text_of(node)) in known:
            return node
    longer = [node for node in shown if len(text_of(node).split()) > 2]
    return next(iter(longer or shown), None)


def strip_site(title: str, site_names: frozenset[str]) -> str:
    """Cut the site's name off the end or the front of a title, together with what joins it."""
    if len(title) > _LONGEST_TITLE:
        return title
    joints = list(_SUFFIX.finditer(title))[-_JOINTS:]
    for joint in joints:
        if _glue(title[joint.end() :]) in site_names:
            return title[: joint.start()].strip()
    for joint in reversed(joints):
        if _glue(title[: joint.start()]) in site_names:
            return title[joint.end() :].strip()
    tail = _glue(title[joints[-1].end() :]) if joints else ""
    if len(tail) > 2 and any(_abbreviates(tail, name) for name in site_names):
        return title[: joints[-1].start()].strip()
    return title


def _abbreviates(tail: str, name: str) -> bool:
    """Say whether the end of a title is the beginning of the site's name, or begins with it."""
    return len(name) > 3 and (tail.startswith(name) or name.startswith(tail))


def _glue(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold()).removeprefix("the")


def publishers(source: Source, url: str | None) -> Iterator[Evidence[Outlet]]:
    """Yield the candidates for the outlet: the publisher by name, the site's name, the domain of the address."""
    for node, script, pointer in source.graph.described:
        for given in jsonld.names_at(source.graph, node, "publisher", script, pointer):
            name = tidy(unescaped(given.raw))
            if outlets.fold_name(name) not in _SYSTEMS and not _UNFILLED.search(name):
                yield Evidence(
                    outlets.outlet_named(name), "json-ld.publisher", Layer.JSON_LD, given.raw, given.place
                )
    for name, element, content in source.meta(OUTLETS):
        title = tidy(unescaped(content))
        if (
            "://" not in content
            and len(content) <= 100
            and not _UNFILLED.search(title)
            and outlets.fold_name(title) not in _SYSTEMS
        ):
            place = source.at(element, "content")
            yield Evidence(outlets.outlet_named(title), f"meta.{name}", Layer.META, content, place)
    at = outlets.outlet_at(url) if url else None
    if at is not None and url is not None:
        host = urls.host(unwrap(url)) or ""
        yield Evidence(at, "url.domain", Layer.URL, host, Place(component="host"))


def same_publisher(one: Outlet, other: Outlet) -> bool:
    """Say whether two readings name one outlet. A bare domain contradicts no name that the registry does not know."""
    if outlets.same_outlet(one, other):
        return True
    bare, named = (one, other) if one.name == one.domain else (other, one)
    return (
        bare.name == bare.domain
        and bare.id is None
        and named.id is None
        and named.domain in (None, bare.domain)
    )


def best_named(readings: Sequence[Outlet]) -> Outlet:
    """Join agreeing readings, a printed name before a domain that stands for one."""
    return outlets.most_telling(sorted(readings, key=lambda outlet: outlet.name == outlet.domain))


def originals(source: Source, url: str | None) -> Iterator[Evidence[str]]:
    """Yield the candidates for the original URL: canonical link, og:url and its kin, JSON-LD, then the given address."""

    def read(raw: str) -> str | None:
        return clean_url(raw, url)

    for number, node in enumerate(source.dom.iter("link")):
        if number > _LINKS_READ:
            break
        raw = node.get("href") or ""
        if "canonical" in (node.get("rel") or "").lower().split() and (address := read(raw)):
            yield Evidence(address, "meta.canonical", Layer.META, raw, source.at(node, "href"))
    yield from strings(source, metas=ADDRESSES, keys=("url", "mainEntityOfPage"), props=(), read=read)
    if url is not None and (value := clean_url(unwrap(url), None)):
        yield Evidence(value, "url.given", Layer.URL, url, Place(component="url"))


def clean_url(raw: str, base: str | None) -> str | None:
    """Return an absolute http(s) URL without fragment and tracking parameters, or None for anything else."""
    try:
        address = unwrap(urljoin(base or "", raw.strip()))
        parts = urlsplit(address)
        if (
            is_archive(address)
            or parts.scheme not in ("http", "https")
            or not parts.hostname
            or len(raw) > 4000
            or " " in raw.strip()
        ):
            return None
    except ValueError:
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", tracking.stripped(parts.query), ""))


def same_url(one: str, other: str) -> bool:
    """Say whether two addresses are one page's: scheme, `www.` and `m.`, and a final slash left aside."""
    return one == other or _bare(one) == _bare(other)


def _bare(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    host = re.sub(r"^(?:www|m|mobile|amp)\.", "", parts.netloc.lower())
    return (host, parts.path.rstrip("/"), parts.query)


def most_specific(candidates: Iterable[Evidence[str]]) -> list[Evidence[str]]:
    """Leave out addresses that are only a home page, where others name a page."""
    known = list(candidates)
    pages = [
        evidence
        for evidence in known
        if len(urlsplit(evidence.value).path) > 1 or urlsplit(evidence.value).query
    ]
    return pages or known


def addresses(source: Source, url: str | None) -> Iterator[Evidence[str]]:
    """Yield what says where this copy was taken: the saving program's comment, the given address."""
    for node in source.dom.comments():
        raw = node.text or ""
        for form, rule, group in (
            (_SAVED_FROM, "comment.saved-from", 2),
            (_SINGLE_FILE, "comment.singlefile", 1),
        ):
            match = form.match(raw[:5000])
            if match is None:
                continue
            value = (
                match[2][: int(match[1])]
                if rule == "comment.saved-from" and int(match[1][:5]) > 0
                else match[group]
            )
            place = Place(
                xpath=source.dom.path(node), start=match.start(group), end=match.start(group) + len(value)
            )
            yield Evidence(value, rule, Layer.DOM, value, place)
    if url is not None:
        yield Evidence(url, "url.given", Layer.URL, url, Place(component="url"))
