"""References to tweets: every form in which pages embed, link or mention a post, and never an id the page does not hold."""

from __future__ import annotations

import datetime as dt
import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import attrs

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from provenance.model.quotation import Span
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reader import (
    html_codes,  # noqa: F401 (registers the codes found here)
    tweet_text,
)
from provenance.reader.blocks import Page
from provenance.reader.dom import Dom, Node, text_of
from provenance.reader.posts import Posts, could_hold, find_posts
from provenance.reader.tweet_text import (
    SIGNS,
    STATUS,
    Fragment,
    ids_in,
    unescape,
    with_short_links,
)

_EMBED_CLASS = lazily.compile(r"(?:^|\s)twitter-(?:tweet|video)(?=$|\s|-)")
_ID_NAME = lazily.compile(r"tweet[-_]?id$", re.IGNORECASE)
_NUMBER = lazily.compile(r"\d{2,19}", re.ASCII)
_WIDGET = lazily.compile(
    r"platform\.(?:twitter|x)\.com/embed/[^\s\"']*?[?&](?:id|tweetId)=(\d{2,19})(?!\d)", re.IGNORECASE
)
_INTENT = lazily.compile(
    r"(?:twitter|x)\.com/intent/[\w-]+/?\?[^\s\"']*?(?:in_reply_to|tweet_id)=(\d{2,19})(?!\d)", re.IGNORECASE
)
_SHARING = lazily.compile(
    r"(?:twitter|x)\.com/(?:intent/|share\b)|facebook\.com/(?:shar|dialog/)|api\.whatsapp\.com|//wa\.me|mailto:"
    r"|(?:t|telegram)\.me/share|linkedin\.com/shar|/pin/create|reddit\.com/submit|vk\.com/share|tumblr\.com/(?:share|widgets)",
    re.IGNORECASE,
)
_STEMS = ("tatus", "weet", "platform.")
"""What every attribute that refers to a tweet holds in its name or value, escaped or not."""
_REFERENCES = 5000
_QUOTES_READ = 2000
_LINKS_READ = 200
_LONGEST_EMBED = 5000
"""Characters up to which a blockquote without the class can be an embed by its signature."""
_RANK = {
    kind: rank
    for rank, kind in enumerate(
        (TweetKind.EMBED, TweetKind.SELF, TweetKind.LINK, TweetKind.SHARE, TweetKind.SCRIPT)
    )
}


@attrs.frozen
class Embeds:
    """The references of a page, the spans that embeds take in its text, and what was odd.

    `spans` are in order and do not overlap.
    """

    references: tuple[TweetReference, ...] = ()
    spans: tuple[Span, ...] = ()
    findings: tuple[Finding, ...] = ()

    def cover(self, position: int) -> bool:
        """Say whether a character of the text stands in an embed."""
        return _covered(self.spans, position)


def _covered(spans: Sequence[Span], position: int) -> bool:
    at = bisect_right(spans, (position, sys.maxsize)) - 1
    return at >= 0 and spans[at][0] <= position < spans[at][1]


def _disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


@attrs.frozen
class Mentions:
    """What a page's source says of the posts it could refer to: of tweets, and of posts elsewhere."""

    tweets: bool = True
    posts: bool = True


def find_tweets(page: Page, *, mentioned: Mentions) -> Embeds:
    """Return every reference to a post on the page, in the order of the text; what has no place there comes last.

    `mentioned` is what `could_refer` says of the page's source: most pages need not be searched at all.
    """
    others = find_posts(page) if mentioned.posts else Posts()
    if not mentioned.tweets:
        return Embeds(_in_order(others.references), _disjoint(others.spans))
    dom = page.dom
    quotes = [node for node in islice(dom.iter("blockquote"), _QUOTES_READ) if _is_embed(page, node)]
    inside = {link: node for node in quotes for link in islice(node.iter("a"), _LINKS_READ)}
    own = [span for node in quotes if (span := page.span_of(node)) is not None]
    spans = _disjoint([*own, *others.spans])
    references = [_quoted(page, node) for node in quotes]
    held = dom.attributes_holding(*_STEMS)
    for node, attribute, value in held:
        if node not in inside or not _is_own(inside[node], node):
            references += _in_attribute(page, node, attribute, value)
    references += _in_text(page, spans)
    references += _in_scripts(dom)
    kept = _in_order((*_once(references), *others.references))
    return Embeds(kept, spans, tuple(_disagreements(kept)))


def could_refer(source: bytes) -> Mentions:
    """Say what a page's source holds of what every reference to a tweet, or to a post elsewhere, holds."""
    tweets = any(map(source.__contains__, _HOSTS)) and any(
        _shows(source, word, form) for word, form in _SIGNS
    )
    return Mentions(tweets, could_hold(source))


def _shows(source: bytes, word: bytes, form: re.Pattern[bytes]) -> bool:
    """Say whether a form, which begins with the word, stands somewhere: a word is found faster than a form."""
    at = source.find(word)
    while at >= 0:
        if form.match(source, at):
            return True
        at = source.find(word, at + 1)
    return False


_SIGNS = tuple(
    (word, lazily.compile(word + rest))
    for word, rest in (
        (b"weet", rb"(?:[-_]?[iI][dD]|[\s\"'\\-]|Embed|\()"), (b"tatus", rb"(?:es)?[/\\%&]"), (b"twitter-video", b""),
        (b"in_reply_to", b""), (b"platform", rb"\.(?:twitter|x)\.com[\\/%2fF]{1,6}embed"),
    )
)  # fmt: skip
_HOSTS = (
    b"twitter", b"witter.com", b"tweet", b"Tweet", b"nitter", b"x.com", b"X.com", b"fixupx", b"xcancel",
)  # fmt: skip


def _is_embed(page: Page, node: Node) -> bool:
    if _EMBED_CLASS.search(node.get("class") or ""):
        return True
    span = page.span_of(node)
    if span is None or span[1] - span[0] > _LONGEST_EMBED or _own_link(node) is None:
        return False
    return tweet_text.SIGNATURE.search(page.characters, *span) is not None


def _own_link(node: Node) -> Node | None:
    """Return the last link of a blockquote that leads to a status: that is the tweet itself."""
    links = [link for link in islice(node.iter("a"), _LINKS_READ) if STATUS.search(link.get("href") or "")]
    return links[-1] if links else None


def _is_own(quote: Node, link: Node) -> bool:
    return _own_link(quote) is link


def _quoted(page: Page, node: Node) -> TweetReference:
    """Read an embed's blockquote: the last status link is its id, its paragraphs are its words."""
    link = _own_link(node)
    paragraphs = [p for p in islice(node.iter("p"), _LINKS_READ) if page.span_of(p) is not None]
    places = [span for p in paragraphs if (span := page.span_of(p)) is not None]
    span = (places[0][0], places[-1][1]) if places else None
    around = page.span_of(node)
    fragment = Fragment(
        text=page.characters[span[0] : span[1]] if span else "",
        whole=page.characters[slice(*around)] if around else text_of(node),
        href=(link.get("href") or "") if link is not None else "",
        link_text=text_of(link) if link is not None else "",
    )
    reference = tweet_text.reference_of(fragment, TweetKind.EMBED, "embed.blockquote")
    return attrs.evolve(reference, span=span)


def _in_attribute(page: Page, node: Node, attribute: str, value: str) -> Iterator[TweetReference]:
    """Read one attribute: an id by the attribute's name, a widget's address, a status address, or a whole embed."""
    rule = f"{node.tag}.{attribute}"
    if _ID_NAME.search(attribute) and _NUMBER.fullmatch(value.strip()):
        yield tweet_text.made(value.strip(), TweetKind.EMBED, rule)
        return
    text = unescape(value)
    if "twitter-tweet" in text and "<" in text:
        yield from tweet_text.fragments(text, TweetKind.EMBED, rule)
        return
    for match in _INTENT.finditer(text):
        yield tweet_text.made(match[1], TweetKind.SHARE, rule)
    if _SHARING.search(text):
        return
    for match in _WIDGET.finditer(text):
        yield tweet_text.made(match[1], TweetKind.EMBED, rule)
    for match in STATUS.finditer(text):
        reference = tweet_text.linked(match, _kind(node, attribute), rule)
        yield attrs.evolve(reference, span=page.span_of(node)) if node.tag == "a" else reference


def _kind(node: Node, attribute: str) -> TweetKind:
    if node.tag in ("link", "meta"):
        canonical = (
            "canonical" in (node.get("rel") or "") or (node.get("property") or node.get("name")) == "og:url"
        )
        return TweetKind.SELF if canonical else TweetKind.SCRIPT
    if node.tag == "a" and attribute == "href":
        return TweetKind.LINK
    return TweetKind.EMBED


def _in_text(page: Page, spans: Sequence[Span]) -> Iterator[TweetReference]:
    """Yield addresses of statuses that are printed in the text itself, outside embeds."""
    if "/status" not in page.characters:
        return
    for match in STATUS.finditer(page.characters):
        if not _covered(spans, match.start()):
            yield attrs.evolve(tweet_text.linked(match, TweetKind.LINK, "text.url"), span=match.span())


def _in_scripts(dom: Dom) -> Iterator[TweetReference]:
    for node in dom.iter("script", "noscript", "template", "textarea"):
        source = text_of(node)
        if "tatus" not in source and "weet" not in source:  # of which every sign holds one
            continue
        if not any(map(source.__contains__, SIGNS)):
            continue
        text = unescape(source)
        if "twitter-tweet" in text:
            yield from tweet_text.fragments(text, TweetKind.SCRIPT, f"{node.tag}.blockquote")
        for match in STATUS.finditer(text):
            yield tweet_text.linked(match, TweetKind.SCRIPT, f"{node.tag}.url")
        for number in ids_in(text):
            yield tweet_text.made(number, TweetKind.SCRIPT, f"{node.tag}.tweet-id")


def _once(references: list[TweetReference]) -> tuple[TweetReference, ...]:
    """Keep one reference for each id and kind, the fullest; drop weak kinds where a stronger one has the id."""
    best: dict[tuple[str, TweetKind], TweetReference] = {}
    for number, reference in enumerate(references):
        key = (reference.id or f"none-{number}", reference.kind)
        known = best.get(key)
        if known is None:
            best[key] = reference
        elif not known.text and reference.text:
            best[key] = attrs.evolve(reference, rules=(*known.rules, *reference.rules))
    strongest = _strongest(best)
    kept = [
        r
        for (id_, kind), r in best.items()
        if kind in (TweetKind.EMBED, TweetKind.LINK) or strongest[id_] == _RANK[kind]
    ]
    return tuple(kept)


def _in_order(references: tuple[TweetReference, ...]) -> tuple[TweetReference, ...]:
    """Return the references in the order of the text, those without a place there behind them."""
    ranked = sorted(references, key=lambda r: (r.span is None, r.span or (0, 0), _RANK[r.kind]))
    return tuple(map(with_short_links, ranked[:_REFERENCES]))


def _strongest(best: dict[tuple[str, TweetKind], TweetReference]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for id_, kind in best:
        ranks[id_] = min(ranks.get(id_, 99), _RANK[kind])
    return ranks


def _disagreements(references: tuple[TweetReference, ...]) -> Iterator[Finding]:
    for reference in references:
        posted = dt.date.fromisoformat(reference.posted_at[:10]) if reference.posted_at else None
        day = reference.printed_date.day_date if reference.printed_date else None
        if posted is None or day is None or abs((posted - day).days) <= 1:
            continue
        start, end = reference.span or (None, None)
        yield found(
            "tweet.printed-date-disagrees",
            f"post {reference.id} is printed with a date that its id does not bear out",
            where=Location(field="tweets", start=start, end=end),
            expected=posted.isoformat(),
            actual=str(reference.printed_date),
        )
