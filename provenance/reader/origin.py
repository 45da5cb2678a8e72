"""Where an article was published first: what the page says of its own address, and notes that name another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import parse_qs, urlsplit

from archive import lazily
from provenance.model.evidence import Evidence, Field, Layer, tier_of
from provenance.model.quotation import Span
from provenance.reader import identity, syndication
from provenance.reader.blocks import Block
from provenance.reader.dom import Node
from provenance.reader.fields import decide
from provenance.reader.hosts import is_public_name, registrable_domain
from provenance.reader.metadata import Source
from provenance.reader.urls import could_be_article, host

ORDER = (
    Layer.HUMAN, Layer.FOOTER, Layer.META, Layer.JSON_LD, Layer.MICRODATA, Layer.DOM, Layer.URL, Layer.MASTHEAD,
    Layer.BYLINE, Layer.DATELINE, Layer.BODY, Layer.HTTP_HEADER, Layer.TWEET, Layer.INHERITED,
)  # fmt: skip
"""For addresses: the canonical link and og:url are right more often than structured data (94.8, 94.9 and 92.9 of 100)."""
_SHARERS = {
    "facebook.com": ("u", "href"),
    "twitter.com": ("url", "original_referer"),
    "x.com": ("url",),
    "linkedin.com": ("url",),
    "reddit.com": ("url",),
    "pinterest.com": ("url",),
    "vk.com": ("url",),
    "tumblr.com": ("url", "canonicalUrl"),
    "telegram.me": ("url",),
    "t.me": ("url",),
    "getpocket.com": ("url",),
    "flipboard.com": ("url",),
    "xing.com": ("url",),
    "bsky.app": ("url",),
}
"""Hosts of buttons that share a page, and the parameters that hold its address."""
_LABELS = 4
"""Labels of a host that are looked at: those of a button's site and some in front."""
_LINKS_READ = 3000
_LINKS_TO_SITE = 5
_ROOT = lazily.compile(r"https?://[^/\s]+", re.IGNORECASE)
_NOTE_BLOCKS = 6
"""Blocks at the head and at the foot of the article in which a note can stand."""


def original_url(source: Source, body: Sequence[Block], given: str | None) -> Field[str]:
    """Decide the original URL of a page. A note that names another site's article outweighs what the page says of itself.

    What the page says of its own address is then kept among the conflicts; without such a note it is the original.
    """
    own = identity.most_specific(
        e for e in (*identity.originals(source, given), *further(source, given)) if _is_public(e.value)
    )
    noted = list(notes(source, body, given))
    noted = _elsewhere(noted, own, given) if noted else []
    if not noted:
        return decide(own, same=identity.same_url, order=ORDER)
    first = noted[0].value
    support = [e for e in (*noted, *own) if identity.same_url(e.value, first)]
    against = [e for e in (*noted, *own) if not identity.same_url(e.value, first)]
    return Field(first, tier_of(support, against), tuple(support), tuple(against))


def _is_public(url: str) -> bool:
    return is_public_name(host(url))


def further(source: Source, given: str | None) -> Iterator[Evidence[str]]:
    """Yield what a page says of its address beside its metadata: its oEmbed and feed links, its buttons for sharing."""
    for node in islice(source.dom.iter("link"), _LINKS_READ):
        href, kind = node.get("href") or "", (node.get("rel") or "").lower()
        if "alternate" in kind:
            yield from _alternate(source, node, href, given)
        elif "canonical" in kind and given is None and href.startswith("/") and href[1:2] not in ("", "/"):
            yield from _relative(source, node, href)
    yield from _shared(source, given)


def _relative(source: Source, node: Node, href: str) -> Iterator[Evidence[str]]:
    """Yield a canonical path with the site the page lies in: that of its `<base>`, or of its icon and most of its links."""
    base = _site(source)
    value = identity.clean_url(href, base) if base else None
    if value is not None:
        yield Evidence(value, "meta.canonical.relative", Layer.META, href, source.at(node, "href"))


def _site(source: Source) -> str | None:
    """Return the address of the site whose icon the page shows, where most of its links lead there too; else None."""
    bases = [node.get("href") or "" for node in islice(source.dom.iter("base"), 1)]
    icons = [
        node.get("href") or ""
        for node in islice(source.dom.iter("link"), _LINKS_READ)
        if "icon" in (node.get("rel") or "").lower()
    ]
    linked = (_ROOT.match(n.get("href") or "") for n in islice(source.dom.iter("a", "link"), _LINKS_READ))
    sites = Counter(root[0].lower() for root in linked if root is not None)
    commonest = next((site for site, count in sites.most_common(1) if count >= _LINKS_TO_SITE), None)
    shown = next((root[0].lower() for icon in icons if (root := _ROOT.match(icon))), None)
    named = next((root[0] for base in bases if (root := _ROOT.match(base))), None)
    return named or (shown if shown is not None and shown == commonest else None)


def _alternate(source: Source, node: Node, href: str, given: str | None) -> Iterator[Evidence[str]]:
    kind = (node.get("type") or "").lower()
    if "oembed" in kind:
        named = parse_qs(_query(href), max_num_fields=50).get("url", [])
        raw, rule = (named[0] if named else ""), "meta.oembed"
    elif "rss" in kind and href.endswith("/feed/") and not href.endswith("/comments/feed/"):
        raw, rule = href.removesuffix("feed/"), "meta.comments-feed"
        if len(urlsplit(raw).path.strip("/")) < 2:  # the feed of the whole site
            return
    else:
        return
    value = identity.clean_url(raw, given)
    if value is not None and could_be_article(value):
        yield Evidence(value, rule, Layer.META, href, source.at(node, "href"))


def _query(url: str) -> str:
    try:
        return urlsplit(url).query[:8000]
    except ValueError:
        return ""


def _shared(source: Source, given: str | None) -> Iterator[Evidence[str]]:
    """Yield the address that the buttons for sharing hold, where all of them hold one."""
    first: Evidence[str] | None = None
    for node, href in source.dom.links[:_LINKS_READ]:
        if "http" not in href[8:]:
            continue
        value = _address_shared(href, given)
        if value is None:
            continue
        if first is not None and not identity.same_url(first.value, value):
            return
        first = first or Evidence(value, "dom.share", Layer.DOM, href, source.at(node, "href"))
    if first is not None:
        yield first


def _address_shared(href: str, given: str | None) -> str | None:
    name = host(href) or ""
    labels = name.split(".")
    sites = (".".join(labels[first:]) for first in range(max(0, len(labels) - _LABELS), len(labels)))
    parameters = next((_SHARERS[site] for site in sites if site in _SHARERS), ())
    if not parameters or "/status" in href.partition("?")[0]:
        return None
    query = parse_qs(_query(href), max_num_fields=50)
    raw = next((query[parameter][0] for parameter in parameters if parameter in query), "")
    value = identity.clean_url(raw, given) if raw.startswith("http") else None
    return value if value is not None and could_be_article(value) else None


def notes(source: Source, body: Sequence[Block], given: str | None) -> Iterator[Evidence[str]]:
    """Yield the addresses that notes of syndication link or print at the head or the foot of the article."""
    for block in _edges(source, body):
        note = syndication.read_note(source.page.characters, block.start, block.end)
        if note is None:
            continue
        for link in islice(source.page.node(block).iter("a"), 20):
            raw = link.get("href") or ""
            value = identity.clean_url(raw, given)
            place = source.page.span_of(link)
            after = place is None or place[0] >= note.start()
            if value is not None and after and could_be_article(value):
                yield Evidence(value, "dom.syndication-note", Layer.FOOTER, raw, source.at(link, "href"))
                break


def _edges(source: Source, body: Sequence[Block]) -> list[Block]:
    """Return the blocks in which a note can stand: the first and last of the article, and those right below it."""
    if not body:
        return []
    below: Span = (body[-1].end, body[-1].end + 1500)
    after = [b for b in source.page.blocks if below[0] <= b.start < below[1]][:_NOTE_BLOCKS]
    ends = [*body[:_NOTE_BLOCKS], *body[-_NOTE_BLOCKS:], *after]
    return list(dict.fromkeys(ends))


def _elsewhere(
    noted: Iterable[Evidence[str]], own: Iterable[Evidence[str]], given: str | None
) -> list[Evidence[str]]:
    """Return the notes that name another site than the page's own."""
    mine = {registrable_domain(e.value) for e in own if e.layer is not Layer.FOOTER}
    if given is not None:
        mine.add(registrable_domain(given))
    return [evidence for evidence in noted if registrable_domain(evidence.value) not in mine]
