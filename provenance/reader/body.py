"""Which blocks are the article itself: semantic containers first, then where the text lies without links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.blocks import Block, Container, Page

_NOT_ARTICLE = frozenset({"nav", "footer", "aside", "form", "menu", "dialog", "legend", "fieldset"})
_ROLES = frozenset(
    str.split("navigation complementary banner contentinfo search dialog alertdialog menu tablist")
)
_BESIDE = frozenset(
    str.split(
        "comment comments disqus respond replies related sidebar newsletter cookie cookies consent gdpr breadcrumb "
        "breadcrumbs footer menu navbar navigation nav recommend recommended recommendations recommends popular trending "
        "most-read mostread more-from more-on also-like outbrain taboola pagination pager relatedposts popup modal"
    )
)
_MAYBE_BESIDE = frozenset(
    str.split(
        "share sharing sharedaddy social promo promos promotion promotions promoted subscribe subscription subscriptions "
        "signup sign-up widget widgets advert adverts advertisement advertisements advertising ad ads sponsor sponsors "
        "sponsored read-more readmore tag tags taglist bio authorbox author-box about-author byline meta paywall "
        "copyright disclaimer toolbar skip-link reader-text sr-only visually-hidden"
    )
)
"""Names that also stand on articles' own containers: they count where little text is inside."""
_WORD = lazily.compile(r"[a-z0-9]+", re.ASCII)
_MINIMUM = 25
"""Characters below which a block says nothing about where the article is."""
_STAYS = 0.85
"""Share of a container's text that a child must hold for the article to be looked for inside it."""


def body_of(page: Page, *, leave_out: Set[int] = frozenset()) -> tuple[Block, ...]:
    """Return the blocks of the article, in order. `leave_out` are blocks known to be something else (by number)."""
    if not page.blocks:
        return ()
    beside = _beside(page)
    totals = _totals(page, beside)
    root = _narrow(page, totals, _semantic(page, totals))
    if any(_around(page, root, beside)):
        beside = _beside(page, root)
    return _choose(page, root, beside, leave_out)


def spans(blocks: Sequence[Block]) -> tuple[Span, ...]:
    """Return the blocks' places in the canonical text."""
    return tuple((block.start, block.end) for block in blocks)


def _score(tag: str, length: int, linked: int) -> int:
    """Return what a block says of where the article is. A heading says nothing, nor does what is very short."""
    return 0 if length < _MINIMUM or tag in _HEADINGS else max(0, length - 3 * linked)


def _totals(page: Page, beside: list[bool]) -> list[int]:
    """Sum the scores of each container's blocks, its children's included (parents come before children)."""
    containers = page.containers
    totals = [0] * len(containers)
    for tag, start, end, linked, number in page.blocks:
        if not beside[number]:
            totals[number] += _score(tag, end - start, linked)
    for number in range(len(totals) - 1, 0, -1):
        if totals[number] and containers[number].parent >= 0:
            totals[containers[number].parent] += totals[number]
    return totals


def _beside(page: Page, root: int = -1) -> list[bool]:
    """Say of each container whether it, or one around it, stands beside the article. What holds `root` never does."""
    holds_root = set(_chain(page, root))
    whole = sum(block.end - block.start for block in page.blocks)
    flags: list[bool] = []
    for number, container in enumerate(page.containers):
        parent = container.parent
        if number in holds_root:
            flags.append(False)
        elif parent >= 0 and flags[parent]:
            flags.append(True)
        else:
            flags.append(_is_told_beside(page, container, whole))
    return flags


def _is_told_beside(page: Page, container: Container, whole: int) -> bool:
    """Say whether a container's own tag tells that it stands beside the article. `whole` is the length of all blocks."""
    tag = container.tag
    if container.first >= container.last or (" " not in tag and tag not in _NOT_ARTICLE):
        return False  # it holds nothing, or says nothing of itself
    allowed = _judged(tag)[0]
    return allowed > 0 and _length(page, container) <= allowed * whole


def _chain(page: Page, number: int) -> Iterator[int]:
    """Yield a container's number and those of the containers around it."""
    while number >= 0:
        yield number
        number = page.containers[number].parent


def _around(page: Page, root: int, beside: list[bool]) -> Iterator[bool]:
    """Yield of each container that holds the article whether it was taken to stand beside it."""
    return (beside[number] for number in _chain(page, root))


def _length(page: Page, container: Container) -> int:
    return page.blocks[container.last - 1].end - page.blocks[container.first].start


def _judged(tag: str) -> tuple[float, float]:
    """Return, of a start tag, `(allowed share, weight)`: see `_allowed_share` and `_weight`."""
    return _judge_once(tag) if len(tag) < _SHORT_TAG else _judge(tag)


_SHORT_TAG = 400
"""Tags up to this length are remembered: a page, and the next page of its site, has few different ones."""


def _judge(tag: str) -> tuple[float, float]:
    name, _, rest = tag.partition(" ")
    attributes: dict[str, str] = dict(_ASKED.findall(f" {rest}")) if rest else {}
    return _allowed_share(name, attributes), _weight(name, attributes)


_ASKED = lazily.compile(r' (class|id|role|itemprop)="([^"]*)"')
_judge_once = lru_cache(maxsize=4096)(_judge)


def _allowed_share(name: str, attributes: dict[str, str]) -> float:
    """Return up to which share of the page's text an element of this kind is taken to stand beside the article."""
    if name in _NEVER_BESIDE:
        return 0.0
    if name in _NOT_ARTICLE or attributes.get("role", "").lower() in _ROLES:
        return 0.5
    names = f"{attributes.get('class', '')} {attributes.get('id', '')}"
    if len(names) <= 1:
        return 0.0
    words = _WORD.findall(names[:_NAMES_READ].lower())
    said = set(words)
    if not said.isdisjoint(_FIRST_OF_TWO):
        said.update(map("-".join, pairwise(words)))
    if not said.isdisjoint(_BESIDE) or any(w.startswith("recirc") for w in words):
        return 0.5
    return 0.0 if said.isdisjoint(_MAYBE_BESIDE) else 0.1


_FIRST_OF_TWO = frozenset(name.partition("-")[0] for name in _BESIDE | _MAYBE_BESIDE if "-" in name)


_NAMES_READ = 2000
"""Characters of class and id that are looked at."""
_NEVER_BESIDE = frozenset({"html", "body", "main", "article", "p"})


def _semantic(page: Page, totals: list[int]) -> int:
    """Return the best container that says it is the article, or the root."""
    best, best_share = 0, 0.0
    for number, total in enumerate(totals):
        if total and (weight := _judged(page.containers[number].tag)[1]):
            share = total * weight / max(1, totals[0])
            if share > best_share:
                best, best_share = number, share
    return best if best_share >= 0.4 else 0


def _weight(name: str, attributes: dict[str, str]) -> float:
    """Return how strongly an element says that it is the article."""
    if "articleBody" in attributes.get("itemprop", ""):
        return 2.0
    if name == "article":
        return 1.2
    return 1.0 if name == "main" or attributes.get("role") in ("main", "article") else 0.0


def _narrow(page: Page, totals: list[int], root: int) -> int:
    """Go down while one child holds nearly all the text."""
    children: dict[int, int] = {}
    largest: dict[int, int] = {}
    for number, (container, total) in enumerate(zip(page.containers, totals, strict=True)):
        if total and total > largest.get(container.parent, 0):
            children[container.parent], largest[container.parent] = number, total
    while (child := children.get(root)) is not None and totals[child] > _STAYS * totals[root] > 0:
        if page.containers[child].name in _ONE_OF_MANY:
            break
        root = child
    return root


_ONE_OF_MANY = frozenset({"ul", "ol", "li", "p", "table", "tbody", "tr", "blockquote"})


def _choose(page: Page, root: int, beside: list[bool], leave_out: Set[int]) -> tuple[Block, ...]:
    container = page.containers[root]
    kept = [
        page.blocks[number]
        for number in range(container.first, container.last)
        if number not in leave_out
        and not beside[page.blocks[number].container]
        and not _mostly_link(page.blocks[number])
    ]
    while kept and kept[-1].tag in _HEADINGS:
        kept.pop()
    return tuple(kept)


def _mostly_link(block: Block) -> bool:
    length = block.end - block.start
    return block.linked > (0.8 if block.tag in ("p", "li", *_HEADINGS) else 0.5) * length


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
