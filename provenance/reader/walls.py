"""Pages that stand in place of an article: checks for robots, logins, requests for consent, notices that nothing was found.

A wall is told by two signs of different kinds that agree (what its title or heading says as a whole, a sentence that only
walls say, the scripts it is made of), and only where the page shows little else and states no date of publication.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from archive import lazily
from archive.findings import Finding, found
from provenance.model.article import Article
from provenance.model.evidence import Layer
from provenance.reader.blocks import Page, attributes_of
from provenance.reader.dom import text_of
from provenance.reader.identity import fold
from provenance.reader.wall_signs import ALL, Kind, Signs

LONGEST = max(signs.longest for signs in ALL)
"""Characters a page shows at most that can be a wall: nothing at all is asked of a longer one."""
_SHORT = 1500
"""Characters up to which a page is looked at whose title and headings say nothing."""
_BARE = 400
"""Characters a page shows at most of which a sign of one kind is enough: there is nothing else on it."""
_NOTHING = 20
"""Characters of a block that says nothing: the name of the site, a number."""
_PARAGRAPH, _PROSE = 160, 400
"""Bytes from which a block without links is a paragraph, and those of all paragraphs a wall has beside its own words."""
_OWN = (330, 1200)
"""Bytes up to which a paragraph with a wall's words is the wall's, and those of all its paragraphs: reports say more."""
_OWN_OF_CONSENT = (2500, 2500)
"""The same of requests for consent, which are long-winded."""
_NAME = 120
"""Characters of a title or heading that can be a wall's."""
_SITE = 30
"""Characters of a title that is the site's name and no headline."""
_HEADINGS = ("h1", "h2", "h3")
_HEADINGS_READ = 3
_SEPARATOR = lazily.compile(r"\s+[|–—·•/»«-]+\s+|:\s+|\|")
_STATED = (Layer.JSON_LD, Layer.META, Layer.MICRODATA)


@attrs.frozen
class _Shown:
    """What a page shows, folded: its title and the parts of it, its headings, and its blocks, the longer ones apart."""

    titles: tuple[str, ...]
    main: tuple[str, ...]
    """Its `<h1>`s."""
    headings: tuple[str, ...]
    blocks: tuple[str, ...]
    """Also what is written on buttons, and on a page that shows little what it says without scripts."""
    paragraphs: tuple[tuple[str, int], ...]
    length: int

    @property
    def has_own_title(self) -> bool:
        """Say whether the title is longer than a site's name: then it may be an article's headline."""
        return bool(self.titles) and len(self.titles[0]) > _SITE and not self.titles[0].startswith("http")

    def says(self, phrases: tuple[str, ...]) -> list[str]:
        """Return which of the phrases the page says."""
        text = "\n".join(self.blocks)
        return [phrase for phrase in phrases if phrase in text]

    def prose(self, signs: Signs) -> int:
        """Return how many bytes of paragraphs are not the wall's own words: of very many, all."""
        longest, allowed = _OWN_OF_CONSENT if signs.kind is Kind.CONSENT else _OWN
        whole = sum(size for _, size in self.paragraphs)
        if whole > allowed:
            return whole
        own = (*signs.phrases, *signs.topics)
        return sum(
            size
            for text, size in self.paragraphs
            if size > longest or not any(words in text for words in own)
        )


def find_wall(article: Article, page: Page, markup: bytes) -> Finding | None:
    """Return the finding for a page that is a wall. `article` is what was read of it, `markup` the page in UTF-8.

    Most pages show too much to be one, and are asked nothing; of the rest most have a title that no wall has.
    """
    if len(page.characters) > LONGEST:
        return None
    names = tuple(_names(page))
    if len(page.characters) > _SHORT and not any(name in signs.names for name in names for signs in ALL):
        return None
    if _states_an_article(article):
        return None
    shown = _shown(page)
    for signs in ALL:
        if len(page.characters) <= signs.longest and shown.prose(signs) <= _PROSE:
            told = _told(signs, shown, page, markup)
            if told:
                return found("page.wall", f"{signs.kind} stands in place of an article", actual=told)
    return None


def _states_an_article(article: Article) -> bool:
    """Say whether the page's structured data give a day of publication: then its head is an article's own."""
    field = article.fields.published
    return any(evidence.layer in _STATED for evidence in (*field.evidence, *field.conflicts))


def _names(page: Page) -> Iterator[str]:
    yield from _titles(page)
    yield from _heads(page, _HEADINGS)


def _titles(page: Page) -> Iterator[str]:
    """Yield the title and the parts that separators divide it into, folded."""
    title = next((text_of(node) for node in page.dom.iter("title")), "").strip()
    if title:
        yield fold(title[:_NAME])
    if len(title) <= _NAME:
        yield from (fold(part) for part in _SEPARATOR.split(title) if part)


def _heads(page: Page, tags: tuple[str, ...]) -> Iterator[str]:
    read = 0
    for block in page.blocks:
        if block.tag in tags and block.end - block.start <= _NAME:
            yield fold(page.characters[block.start : block.end])
            read += 1
            if read == _HEADINGS_READ:
                return


def _shown(page: Page) -> _Shown:
    blocks, paragraphs = [], []
    for block in page.blocks:
        text = page.characters[block.start : block.end]
        folded = fold(text)
        blocks.append(folded)
        size = len(text.encode()) - 2 * block.linked
        if size >= _PARAGRAPH:
            paragraphs.append((folded, size))
    blocks += [
        fold(f"{text_of(node)} {node.get('value') or ''}") for node in page.dom.iter("button", "input")
    ]
    if len(page.characters) <= _BARE:
        blocks += [fold(text_of(node)) for node in page.dom.iter("noscript")]
    return _Shown(
        tuple(_titles(page)),
        tuple(_heads(page, ("h1",))),
        tuple(_heads(page, _HEADINGS)),
        tuple(blocks),
        tuple(paragraphs),
        len(page.characters),
    )


def _told(signs: Signs, shown: _Shown, page: Page, markup: bytes) -> str | None:
    """Return by what a page is told to be a wall of one kind, or None where its signs are too few."""
    if signs.kind is Kind.SCRIPT:
        return _asks_for_scripts(signs, shown, page)
    if signs.field is not None and not _has_field(page, signs.field):
        return None
    name = _name(signs, shown)
    if name is None and shown.length > _SHORT:
        return None
    said = shown.says(signs.phrases)
    if name is not None and said:
        return f"{name}: {said[0]}"
    marker = _marker(signs, page, markup)
    if marker is not None and (name is not None or said or _is_bare(shown, page)):
        return ": ".join((*([name] if name else said[:1]), marker))
    return _told_by_itself(signs, shown, name, said)


def _told_by_itself(signs: Signs, shown: _Shown, name: str | None, said: list[str]) -> str | None:
    """Return by what a page is told whose signs are of one kind: its title, with nothing below; two sentences at its top."""
    if name is not None and signs.kind is Kind.ROBOT_CHECK and name in shown.titles:
        return name if all(len(text) <= _NOTHING or text in signs.names for text in shown.blocks) else None
    if name is not None and signs.kind is Kind.NOT_FOUND and shown.length <= _BARE:
        both = any(t in signs.names for t in shown.titles) and any(h in signs.names for h in shown.headings)
        return name if both else None
    if signs.kind is Kind.ROBOT_CHECK and len(said) > 1 and not shown.has_own_title:
        return next((words for words in said for top in shown.blocks[:2] if top.startswith(words)), None)
    return None


def _asks_for_scripts(signs: Signs, shown: _Shown, page: Page) -> str | None:
    """Return what a page says that asks for JavaScript and shows nothing else: no headline, nobody's text."""
    if shown.has_own_title or _describes_itself(page) or any(h not in signs.names for h in shown.headings):
        return None
    asking = [words for words in shown.says(signs.phrases) for text in shown.blocks if text.startswith(words)]
    about_comments = any("comment" in text for text in shown.blocks)
    return asking[0] if asking and not about_comments and not shown.paragraphs else None


def _name(signs: Signs, shown: _Shown) -> str | None:
    """Return what the title or a heading says that a wall of this kind says.

    Banners and forms beside an article have headings too: they count where title and `<h1>` say nothing else.
    """
    for title in shown.titles:
        if title in signs.names:
            return title
    if signs.kind is not Kind.NOT_FOUND and (
        shown.has_own_title or any(head not in signs.names for head in shown.main)
    ):
        return None
    return next((head for head in shown.main or shown.headings if head in signs.names), None)


def _marker(signs: Signs, page: Page, markup: bytes) -> str | None:
    body = next((container for container in page.containers[:3] if container.name == "body"), None)
    if signs.classes and body is not None:
        names = attributes_of(body.tag).get("class", "").lower().split()
        return next((name for name in names if name in signs.classes), None)
    return next((marker.decode() for marker in signs.markers if marker in markup), None)


def _has_field(page: Page, kind: str) -> bool:
    return any((node.get("type") or "").lower() == kind for node in page.dom.having("type"))


def _is_bare(shown: _Shown, page: Page) -> bool:
    """Say whether there is nothing that an article could have: hardly a word, no headline anywhere."""
    return shown.length <= _BARE and not (shown.has_own_title or shown.main or _describes_itself(page))


def _describes_itself(page: Page) -> bool:
    """Say whether the page has a title for those who share it: an article's head, though its text is not there."""
    return any((node.get("property") or "").lower() == "og:title" for node in page.dom.iter("meta"))
