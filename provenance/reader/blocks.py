"""The canonical text of a page: what a browser would show, block by block, each block knowing its element."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from provenance.model.quotation import Span
from provenance.reader.dom import Dom, Node

HIDDEN = frozenset(
    str.split(
        "script style template head noscript svg math iframe object embed select option datalist textarea button input "
        "canvas video audio picture map img meta link title base"
    )
)
"""Elements whose text a browser does not show as text of the page."""
BLOCKS = frozenset(
    str.split(
        "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table caption "
        "tbody td tfoot th thead tr ul"
    )
)
SEPARATOR = "\n\n"
QUOTES = {
    "de": "„“‚‘", "cs": "„“‚‘", "sk": "„“‚‘", "fr": "«»«»", "it": "«»“”", "es": "«»“”", "ru": "«»„“", "uk": "«»„“",
    "pl": "„”«»", "sv": "””’’", "fi": "””’’", "nl": "‘’“”", "ja": "「」『』", "pt": "“”‘’",
}  # fmt: skip
"""What `<q>` shows, outside and nested, by language (CLDR delimiters); English marks for all others."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_NO_DISPLAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@attrs.frozen(eq=False)
class Block:
    """A run of text between two block boundaries. `linked` counts its characters inside links."""

    tag: str
    node: Node
    start: int
    end: int
    linked: int
    container: int
    """Number of the block element it stands in, in `Page.containers`."""


@attrs.frozen(eq=False)
class Container:
    """A block element. `parent` is its parent's number; the root's is -1. Its blocks are `[first, last)`."""

    node: Node
    parent: int
    first: int
    last: int


@attrs.frozen(eq=False)
class Page:
    """The canonical text of a page with its blocks, containers, and the spans of inline elements that matter."""

    dom: Dom
    characters: str
    blocks: tuple[Block, ...]
    containers: tuple[Container, ...]
    inline: dict[Node, Span]
    """Where the words of links and `<time>`s stand, for those that are shown."""

    def span_of(self, node: Node) -> Span | None:
        """Return where the words of an element stand, where it is a container or a noted inline element."""
        if node in self.inline:
            return self.inline[node]
        index = self._numbers().get(node)
        if index is None:
            return None
        inside = self.blocks[self.containers[index].first : self.containers[index].last]
        return (inside[0].start, inside[-1].end) if inside else None

    def _numbers(self) -> dict[Node, int]:
        if not self._by_node:
            self._by_node.update({container.node: n for n, container in enumerate(self.containers)})
        return self._by_node

    _by_node: dict[Node, int] = attrs.field(factory=dict, repr=False)

    def path(self, block: Block) -> str:
        """Return the XPath of the element that holds the block."""
        return self.dom.path(block.node)


def lay_out(dom: Dom, *, language: str = "") -> Page:
    """Walk the page once and return its canonical text. Iterative, so that depth costs no stack."""
    writer = _Writer(QUOTES.get(language.lower().split("-")[0], "“”‘’"))
    if dom.root is not None:
        for node, enters in _walk(dom.root):
            writer.enter(node) if enters else writer.leave(node)
    return writer.page(dom)


def _walk(root: Node) -> Iterator[tuple[Node, bool]]:
    """Yield every shown element on the way in and on the way out; what is hidden only on the way out."""
    stack: list[tuple[Node, Iterator[Node]]] = []
    if not _is_hidden(root):
        yield root, True
        stack.append((root, iter(root)))
    while stack:
        node, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield node, False
        elif _is_hidden(child):
            yield child, False
        elif len(child) or child.tag in BLOCKS:
            yield child, True
            stack.append((child, iter(child)))
        else:
            yield child, True
            yield child, False


def _is_hidden(node: Node) -> bool:
    if not isinstance(node.tag, str) or node.tag in HIDDEN:
        return True
    attributes = node.attrib
    if not len(attributes):
        return False
    style = attributes.get("style")
    return "hidden" in attributes or (style is not None and _NO_DISPLAY.search(style) is not None)


class _Writer:
    """The text as it grows. `pieces` is the block at hand, `length` its characters so far."""

    def __init__(self, quotes: str) -> None:
        self.quotes = quotes
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.inline: dict[Node, Span] = {}
        self.nodes: list[Node] = []
        self.parents: list[int] = []
        self.ranges: list[tuple[int, int]] = []
        self.open: list[int] = []
        self.pieces: list[str] = []
        self.opened: dict[Node, int] = {}
        self.length = self.linked = self.start = self.links = self.quoted = self.preformatted = 0
        self.spaced = True

    def enter(self, node: Node) -> None:
        """Begin an element: a container, a mark, or nothing special; then its own first text."""
        tag = node.tag
        if tag in BLOCKS:
            self.flush()
            self.nodes.append(node)
            self.parents.append(self.open[-1] if self.open else -1)
            self.ranges.append((len(self.blocks), len(self.blocks)))
            self.open.append(len(self.nodes) - 1)
            self.preformatted += tag == "pre"
        elif tag in _INLINE:
            self._enter_inline(node)
        if node.text:
            self.add(node.text)

    def _enter_inline(self, node: Node) -> None:
        if node.tag == "br":
            self._break()
        elif node.tag == "q":
            self.add(self.quotes[0 if self.quoted % 2 == 0 else 2])
            self.quoted += 1
        else:
            self.links += node.tag == "a"
            self.opened[node] = self.start + self.length

    def leave(self, node: Node) -> None:
        """End an element, then the text that follows it. Hidden elements are only left."""
        tag = node.tag
        if tag in BLOCKS:
            self._leave_block(node)
        elif tag == "q" and self.quoted:
            self.quoted -= 1
            self.add(self.quotes[1 if self.quoted % 2 == 0 else 3])
        elif node in self.opened:
            self.links -= tag == "a"
            self.inline[node] = (self.opened.pop(node), self.start + self.length)
        if node.tail:
            self.add(node.tail)

    def _leave_block(self, node: Node) -> None:
        if self.open and self.nodes[self.open[-1]] is node:
            self.flush()
            number = self.open.pop()
            self.ranges[number] = (self.ranges[number][0], len(self.blocks))
            self.preformatted -= node.tag == "pre"

    def add(self, text: str) -> None:
        """Add inline text, white space collapsed as CSS Text §4.1 says (no-break spaces stay)."""
        if not self.preformatted:
            text = _SPACE.sub(" ", text)
            if self.spaced and text.startswith(" "):
                text = text[1:]
        if text:
            self.pieces.append(text)
            self.length += len(text)
            if self.links:
                self.linked += len(text)
            self.spaced = text.endswith((" ", "\n"))

    def _break(self) -> None:
        if self.length and not self.preformatted:
            self.pieces.append("\n")
            self.length += 1
            self.spaced = True

    def flush(self) -> None:
        """End the block at hand, if it holds anything but white space."""
        text = "".join(self.pieces).rstrip(" \t\n\r\f") if self.pieces else ""
        if text:
            end = self.start + len(text)
            number = self.open[-1] if self.open else -1
            node = self.nodes[number]
            self.blocks.append(Block(node.tag, node, self.start, end, min(self.linked, len(text)), number))
            self.texts.append(text)
            self.start = end + len(SEPARATOR)
        self.pieces, self.length, self.linked, self.spaced = [], 0, 0, True

    def page(self, dom: Dom) -> Page:
        """Return what was written. Spans of inline elements are cut to the text that was kept."""
        characters = SEPARATOR.join(self.texts)
        ranges = zip(self.nodes, self.parents, self.ranges, strict=True)
        containers = tuple(Container(node, parent, first, last) for node, parent, (first, last) in ranges)
        inline = {node: _trim(characters, span) for node, span in self.inline.items()}
        return Page(dom, characters, tuple(self.blocks), containers, inline)


def _trim(characters: str, span: Span) -> Span:
    """Return the span without white space around it; never reversed, never outside the text."""
    text = characters[span[0] : span[1]]
    start = span[0] + len(text) - len(text.lstrip())
    return (min(start, len(characters)), min(start + len(text.strip()), len(characters)))


_INLINE = frozenset({"br", "q", "a", "time"})
