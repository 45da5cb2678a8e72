"""Posts of other networks than Twitter on a page: embeds, players and links, each with the id that its address gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from itertools import islice

import attrs

from archive import lazily
from provenance.model.dates import Date
from provenance.model.quotation import Span
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reader import dates
from provenance.reader.blocks import Page
from provenance.reader.dom import Node, text_of
from provenance.reader.networks import SIGNS, PostAddress, addresses_in, made_at
from provenance.reader.tweet_text import unescape

_QUOTE_CLASS = lazily.compile(
    r"(?:^|\s)(?:(?P<instagram>instagram-media)|(?P<tiktok>tiktok-embed)|(?P<bluesky>bluesky-embed)|(?P<mastodon>mastodon-embed)"
    r"|(?P<reddit>reddit-(?:embed-bq|card))|(?P<threads>text-post-media)|(?P<facebook>fb-xfbml-parse-ignore))(?=$|\s)"
)
_QUOTE_ADDRESS = (
    "data-instgrm-permalink",
    "cite",
    "data-bluesky-uri",
    "data-embed-url",
    "data-text-post-permalink",
)
_TAGS_WITH_ID = {
    "amp-instagram": ("instagram", "data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-youtube": ("youtube", "data-videoid", "https://www.youtube.com/watch?v={}"),
    "lite-youtube": ("youtube", "videoid", "https://www.youtube.com/watch?v={}"),
    "amp-tiktok": ("tiktok", "data-src", None),
}
_TAGS = (*_TAGS_WITH_ID, "amp-facebook", "amp-reddit", "amp-iframe", "iframe", "embed", "object", "video")
_ADDRESS_NAMES = (
    "src",
    "data-src",
    "data-href",
    "data-lazy-src",
    "data-url",
    "data",
    "data-original-src",
    "cite",
)
_DIV_ADDRESS = (
    "data-embed-url",
    "data-href",
    "data-oembed",
    "data-oembed-url",
    "data-permalink",
    "data-src",
    "data-url",
)
_CODE = lazily.compile(r"[\w-]{5,40}", re.ASCII)
_TELEGRAM = lazily.compile(r"[A-Za-z]\w{2,40}/\d{1,12}", re.ASCII)
_SIGNATURE = lazily.compile(r"\((?:@|u/)(?P<handle>[\w.-]{2,60})\)")
_SHARING = lazily.compile(
    r"/shar|/intent/|api\.whatsapp|mailto:|/dialog/|plugins/(?:like|follow|page|share)", re.IGNORECASE
)
_READ = 3000
_INSIDE = 200


@attrs.frozen
class Posts:
    """The references to posts of a page, and the spans that their words take in its text."""

    references: tuple[TweetReference, ...] = ()
    spans: tuple[Span, ...] = ()


def could_hold(source: bytes) -> bool:
    """Say whether a page's source holds what every address of a post of these networks holds."""
    return any(map(source.__contains__, _SIGNS))


_SIGNS = tuple(sign.encode() for sign in SIGNS)


def find_posts(page: Page) -> Posts:
    """Return every reference to a post of another network: embeds first, then links that lead to a post."""
    quotes: list[tuple[Node, str]] = []
    references: list[TweetReference] = []
    for node in islice(page.dom.iter("blockquote"), _READ):
        kind = _QUOTE_CLASS.search(node.get("class") or "")
        if kind is not None:
            quotes.append((node, kind.lastgroup or ""))
    for node in _players(page):
        references += _in_script(node) if node.tag == "script" else _in_tag(node)
    quoted = (_quoted(page, node, network) for node, network in quotes)
    references = [*(reference for reference in quoted if reference is not None), *references]
    references += _in_divs(page)
    inside = {link for node, _ in quotes for link in islice(node.iter("a"), _INSIDE)}
    references += _in_links(page, inside)
    spans = tuple(span for node, _ in quotes if (span := page.span_of(node)) is not None)
    return Posts(_once(references), spans)


def _players(page: Page) -> Iterator[Node]:
    """Yield the frames, players and AMP elements of a page, and its scripts where one embeds a post."""
    scripts = ("script",) if b"data-telegram-post" in page.dom.markup else ()
    return islice(page.dom.iter(*scripts, *_TAGS), _READ)


def _made(address: PostAddress, kind: TweetKind, rule: str) -> TweetReference:
    return TweetReference(
        kind,
        address.network,
        address.id,
        address.url,
        address.handle,
        posted_at=_stamp(address.network, address.id),
        rules=(rule,),
    )


def _stamp(network: str, id_: str) -> str | None:
    moment = made_at(network, id_)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z" if moment else None


def _quoted(page: Page, node: Node, network: str) -> TweetReference | None:
    """Read an embed's blockquote: its address stands in an attribute of its own, else in its last link."""
    stated = [node.get(name) or "" for name in _QUOTE_ADDRESS]
    links = [link.get("href") or "" for link in islice(node.iter("a"), _INSIDE)]
    found = (address for raw in (*stated, *reversed(links)) for address in addresses_in(unescape(raw)))
    address = next((a for a in found if a.network == network), None)
    span = page.span_of(node)
    whole = page.characters[slice(*span)] if span else text_of(node)
    if address is None and not whole.strip():
        return None
    signed = _SIGNATURE.search(whole[-300:])
    words = _words(page, node)
    reference = (
        _made(address, TweetKind.EMBED, f"embed.{network}")
        if address is not None
        else TweetReference(TweetKind.EMBED, network, rules=(f"embed.{network}",))
    )
    return attrs.evolve(
        reference,
        handle=reference.handle or (signed["handle"] if signed else None),
        printed_date=_printed(node),
        text=page.characters[slice(*words)] if words else "",
        span=words,
    )


def _words(page: Page, node: Node) -> Span | None:
    spans = [span for p in islice(node.iter("p"), _INSIDE) if (span := page.span_of(p)) is not None]
    return (spans[0][0], spans[-1][1]) if spans else page.span_of(node)


def _printed(node: Node) -> Date | None:
    links = list(islice(node.iter("a", "time"), _INSIDE))
    text = text_of(links[-1])[:200] if links else ""
    printed = dates.find_date(text, 0, len(text))
    return printed.date if printed is not None else None


def _in_tag(node: Node) -> Iterator[TweetReference]:
    """Read a frame, a player or an AMP element: the id in an attribute of its own, else its address."""
    form = _TAGS_WITH_ID.get(str(node.tag))
    if form is not None and _CODE.fullmatch(node.get(form[1]) or ""):
        network, name, url = form
        id_ = node.get(name) or ""
        address = PostAddress(network, id_, url.format(id_) if url else "", None, 0, 0)
        reference = _made(address, TweetKind.EMBED, f"{node.tag}.{name}")
        yield attrs.evolve(reference, url=address.url or None)
        return
    for name in _ADDRESS_NAMES:
        yield from _in_value(node, name, TweetKind.EMBED)


def _in_value(node: Node, name: str, kind: TweetKind) -> Iterator[TweetReference]:
    raw = node.get(name)
    if not raw or not any(map(raw.__contains__, SIGNS)):
        return
    text = unescape(raw)
    if _SHARING.search(text):
        return
    for address in islice(addresses_in(text), _INSIDE):
        yield _made(address, kind, f"{node.tag}.{name}")


def _in_script(node: Node) -> Iterator[TweetReference]:
    """Read the script that a Telegram post is embedded with."""
    raw = node.get("data-telegram-post") or ""
    if _TELEGRAM.fullmatch(raw):
        address = PostAddress("telegram", raw, f"https://t.me/{raw}", raw.partition("/")[0], 0, 0)
        yield _made(address, TweetKind.EMBED, "script.data-telegram-post")


def _in_divs(page: Page) -> Iterator[TweetReference]:
    for name in _DIV_ADDRESS:
        for node in islice(page.dom.having(name), _READ):
            if node.tag not in (*_TAGS, "a", "blockquote"):
                yield from _in_value(node, name, TweetKind.EMBED)


def _in_links(page: Page, inside: Set[Node]) -> Iterator[TweetReference]:
    """Yield the posts to which links lead, but for those inside embeds."""
    links = page.dom.links[: _READ * 3]
    shown = "\n".join([href for _, href in links])
    signs = [sign for sign in SIGNS if sign in shown]
    leading = [node for node, href in links if any(map(href.__contains__, signs))] if signs else []
    for node in leading:
        if node in inside:
            continue
        for reference in _in_value(node, "href", TweetKind.LINK):
            yield attrs.evolve(reference, span=page.span_of(node))


def _once(references: list[TweetReference]) -> tuple[TweetReference, ...]:
    """Keep one reference for each post and kind; the fullest."""
    best: dict[tuple[str, str, TweetKind], TweetReference] = {}
    for number, reference in enumerate(references):
        key = (reference.network, reference.id or f"none-{number}", reference.kind)
        known = best.get(key)
        if known is None or (not known.text and reference.text):
            best[key] = reference
    embedded = {(network, id_) for network, id_, kind in best if kind is TweetKind.EMBED}
    return tuple(
        r
        for (network, id_, kind), r in best.items()
        if kind is TweetKind.EMBED or (network, id_) not in embedded
    )
