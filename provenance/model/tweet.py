"""References from an article to posts: an id only where the page gives one."""

from __future__ import annotations

from enum import StrEnum

from archive.values import frozen
from provenance.model.dates import Date


class TweetKind(StrEnum):
    """How an article refers to a post."""

    EMBED = "embed"
    LINK = "link"
    SELF = "self"
    SHARE = "share"
    SCRIPT = "script"
    FLATTENED = "flattened"
    """The words of an embed that lost its markup: no id, recognised by the residue it left."""


@frozen
class TweetReference:
    """One reference to a post. `posted_at` is computed from the id (UTC); `printed_date` is what the page prints.

    `network` is `twitter`, `mastodon`, `bluesky`, `telegram`, `facebook`, `instagram`, `tiktok`, `youtube`, `reddit`,
    `threads` or `vk`. `span` is the place of the post's words in the canonical text; `rules` says how it was recognised.
    `media` are the addresses of its pictures (`pic.twitter.com/…`), `short_links` its `t.co` links: neither names a post.
    """

    kind: TweetKind
    network: str = "twitter"
    id: str | None = None
    url: str | None = None
    handle: str | None = None
    author: str | None = None
    posted_at: str | None = None
    printed_date: Date | None = None
    text: str = ""
    span: tuple[int, int] | None = None
    rules: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    short_links: tuple[str, ...] = ()
