"""The page as a tree: the one file that knows which parser is used."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from itertools import accumulate, islice, repeat
from operator import contains
from typing import Any, Protocol, cast

import attrs

from archive import lazily
from archive.limits import DEFAULT, Limits


class Node(Protocol):
    """An element of a page, as the ElementTree interface has it. The `tag` of a comment is no string."""

    @property
    def tag(self) -> Any:
        """The element's name."""

    @property
    def text(self) -> str | None:
        """The characters before the first child."""

    @property
    def tail(self) -> str | None:
        """The characters behind the element, up to its next sibling."""

    @property
    def attrib(self) -> Mapping[str, str]:
        """The attributes by name."""

    def get(self, name: str, default: str = ...) -> str | None:
        """Return an attribute's value, or the default."""

    def iter(self, *tags: str) -> Iterator[Node]:
        """Yield the element and those below it that have one of these names, in document order."""

    def itertext(self) -> Iterator[str]:
        """Yield all characters below the element, piece by piece."""

    def getparent(self) -> Node | None:
        """Return the element above, or None at the root."""

    def __iter__(self) -> Iterator[Node]: ...
    def __len__(self) -> int: ...


@attrs.frozen(eq=False, slots=False)
class Dom:
    """A parsed page. `lost` is True where the parser gave up before the end and text is missing."""

    root: Node | None
    lost: bool = False
    _steps: dict[Node, dict[Node, str]] = attrs.field(factory=dict, repr=False)
    _having: dict[str, list[Node]] = attrs.field(factory=dict, repr=False)

    @cached_property
    def pieces(self) -> list[bytes]:
        """The tree written again, divided before each tag: piece n is the n-th tag without its `<`, and the text behind it.

        It is well formed: `<` and `>` stand nowhere but around tags, and there are no comments. It is UTF-8, half as
        long as its characters are. Most questions to a tree are cheaper asked of this than of its nodes.
        """
        pieces = self._written().split(b"<")
        if all(
            map(contains, islice(pieces, 1, None), repeat(ord(">")))
        ):  # of a number bytes are asked faster
            return pieces
        whole = _ODD_TAG.sub(lambda tag: b"<" + tag[0][1:].replace(b"<", b"_"), b"<".join(pieces))
        return whole.split(b"<")  # a name held one, which no XML allows

    def _written(self) -> bytes:
        if self.root is None:
            return b""
        from lxml import etree

        written: bytes = etree.tostring(self.root, encoding="utf-8", xml_declaration=False, with_tail=False)  # type: ignore[call-overload]
        return _COMMENT.sub(b"", written) if b"<!--" in written else written

    @cached_property
    def markup(self) -> bytes:
        """The written tree in one."""
        return b"<".join(self.pieces)

    @cached_property
    def _starts(self) -> list[int]:
        """Where each piece begins in `markup`."""
        return list(accumulate([len(piece) + 1 for piece in self.pieces], initial=0))

    @cached_property
    def element_numbers(self) -> list[int]:
        """Of each piece the number, in `nodes`, of the last element that was begun up to there."""
        return list(accumulate([not piece.startswith(b"/") for piece in self.pieces[1:]], initial=-1))

    @cached_property
    def nodes(self) -> list[Node]:
        """All elements, in document order: the n-th one is the n-th start tag of `markup`."""
        return [] if self.root is None else list(self.root.iter("*"))

    @cached_property
    def numbers(self) -> dict[Node, int]:
        """The number of each element in `nodes`."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def _by_tag(self) -> dict[str, list[Node]]:
        kept: dict[str, list[Node]] = {tag: [] for tag in _OFTEN_ASKED}
        if self.root is not None:
            for node in self.root.iter(*_OFTEN_ASKED):
                kept[node.tag].append(node)
        return kept

    @cached_property
    def links(self) -> list[tuple[Node, str]]:
        """Every `<a>` that leads somewhere, with its address as it is written; in document order."""
        return [(node, href) for node in self._by_tag["a"] if (href := node.get("href"))]

    def iter(self, *tags: str) -> Iterator[Node]:
        """Yield the elements of these tags, in document order."""
        if len(tags) == 1 and tags[0] in _OFTEN_ASKED:
            return iter(self._by_tag[tags[0]])
        return iter(()) if self.root is None else self.root.iter(*tags)

    def having(self, attribute: str) -> list[Node]:
        """Return the elements that carry the attribute, in document order."""
        known = self._having.get(attribute)
        if known is None:
            known = [self.nodes[number] for number in self.tags_holding(f' {attribute}="')]
            self._having[attribute] = known
        return known

    def attributes_holding(self, *words: str) -> list[tuple[Node, str, str]]:
        """Return `(element, attribute, value)` of every attribute whose value or name holds one of the words."""
        found = []
        for number in self.tags_holding(*words):
            node = self.nodes[number]
            for name, value in node.attrib.items():
                if any(word in value or word in name for word in words):
                    found.append((node, name, value))
        return found

    def tags_holding(self, *words: str) -> Iterator[int]:
        """Yield the number of each element in whose start tag one of the words stands as it is written, in order."""
        last = 0
        for at in _places(self.markup, words):
            number = bisect_right(self._starts, at) - 1
            piece = self.pieces[number]
            is_new = number > last and not piece.startswith(b"/")
            if is_new and at - self._starts[number] < piece.index(b">"):
                last = number
                yield self.element_numbers[number]

    def comments(self) -> list[Node]:
        """Return the comments before the page's content: around the root and in front of the head and body."""
        return cast("list[Node]", self._ask("/comment() | /html/comment() | /html/head/comment()"))

    def _ask(self, question: str) -> list[Any]:
        return [] if self.root is None else list(_xpath(question)(self.root))

    def path(self, node: Node) -> str:
        """Return the XPath of an element or comment, every step numbered: `/html[1]/body[1]/p[3]`.

        The children of each parent are counted once, so that the paths of a whole page cost linear time.
        """
        steps: list[str] = []
        current: Node | None = node
        while current is not None:
            parent = current.getparent()
            steps.append(_root_step(current) if parent is None else self._children(parent)[current])
            current = parent
        return "/" + "/".join(reversed(steps))

    def _children(self, parent: Node) -> dict[Node, str]:
        known = self._steps.get(parent)
        if known is None:
            known = self._steps[parent] = _numbered(parent)
        return known


def _root_step(node: Node) -> str:
    if isinstance(node.tag, str):
        return f"{node.tag}[1]"
    before = getattr(node, "itersiblings", None)
    return (
        f"comment()[{1 + sum(not isinstance(n.tag, str) for n in before(preceding=True))}]" if before else ""
    )


def _numbered(children: Iterable[Node]) -> dict[Node, str]:
    counts: dict[str, int] = {}
    steps: dict[Node, str] = {}
    elements = 0
    for child in children:
        tag = child.tag if isinstance(child.tag, str) else "comment()"
        counts[tag] = counts.get(tag, 0) + 1
        elements += tag != "comment()"
        plain = tag == "comment()" or tag.replace("-", "").replace("_", "").isalnum()
        steps[child] = f"{tag}[{counts[tag]}]" if plain else f"*[{elements}]"
    return steps


def text_of(node: Node) -> str:
    """Return the string value of a node: all text in it (or the text of a comment), letter for letter."""
    return "".join(node.itertext()) if isinstance(node.tag, str) else node.text or ""


def parse(page: bytes | str, *, limits: Limits = DEFAULT) -> Dom:
    """Parse a page, its characters or these as UTF-8, in one pass, forgiving everything. Never raises for bad markup.

    The parser stops at 2048 levels (at 256 where `limits.html_depth` is lower) and then drops what follows. Comments
    are kept only where a saving program may have written one.
    """
    from lxml import etree

    data = page if isinstance(page, bytes) else page.encode("utf-8", errors="replace")
    comments = _SAVED.search(data, 0, _SAVED_WITHIN) is not None
    parser = _parser(huge=limits.html_depth > 256, comments=comments)
    try:
        root = etree.fromstring(data, parser) if data else None
    except etree.XMLSyntaxError:  # nothing in it that could be an element
        return Dom(None)
    last = parser.error_log.last_error
    return Dom(cast("Node | None", root), last is not None and last.type_name == "ERR_RESOURCE_LIMIT")


_COMMENT = lazily.compile(rb"<!--.*?-->", re.DOTALL)
_ODD_TAG = lazily.compile(rb"<[^<>]*<[^>]*>")
_SAVED = lazily.compile(rb"<!--\s*(?:saved from|page saved)", re.IGNORECASE)
_SAVED_WITHIN = 20_000
"""Bytes within which a saving program writes where a copy was taken."""


@cache
def _parser(*, huge: bool, comments: bool) -> Any:
    from lxml import etree

    return etree.HTMLParser(encoding="utf-8", huge_tree=huge, remove_pis=True, remove_comments=not comments)


def _places(markup: bytes, words: Iterable[str]) -> list[int]:
    """Return where the words stand, in order: searching for each alone is many times faster than for all at once."""
    places: list[int] = []
    for word in (word.encode() for word in words):
        at = markup.find(word)
        while at >= 0:
            places.append(at)
            at = markup.find(word, at + 1)
    return sorted(places)


_OFTEN_ASKED = ("a", "meta", "link", "title", "h1", "time", "script", "blockquote")
"""Tags that are looked for on every page: all of them in one walk."""


@cache
def _xpath(question: str) -> Any:
    from lxml import etree

    return etree.XPath(question)
