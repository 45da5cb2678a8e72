"""The canonical text of a page: what a browser would show, block by block, each block knowing its element."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Any, ClassVar, NamedTuple

import attrs

from archive import lazily
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

_WHITE = " \t\n\r\f"
_SPACE = lazily.compile(r"(?: [ \t\n\r\f]|[\t\n\r\f])[ \t\n\r\f]*")
"""White space that is not yet a single blank."""
_NO_DISPLAY = lazily.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ATTRIBUTE = lazily.compile(r' ([^\s="]+)="([^"]*)"')
_BREAK = b"\0"
"""Stands for `<br>` until white space is collapsed; the written tree holds no such character."""
_AT_BREAK = lazily.compile(r"[ \t\n\r\f]*\0[ \t\n\r\f]*")


class Block(NamedTuple):
    """A run of text between two block boundaries. `linked` counts its characters inside links."""

    tag: str
    start: int
    end: int
    linked: int
    container: int
    """Number of the block element it stands in, in `Page.containers`."""


class Container(NamedTuple):
    """A block element. `tag` is its start tag as written, without brackets; `parent` is its parent's number, the root's -1.

    Its blocks are `[first, last)`; `piece` counts the tags of the written tree up to its own.
    """

    tag: str
    parent: int
    first: int
    last: int
    piece: int

    @property
    def name(self) -> str:
        """The element's name."""
        return self.tag.partition(" ")[0]


_block: Callable[[tuple[str, int, int, int, int]], Block] = partial(tuple.__new__, Block)
_container: Callable[[list[Any]], Container] = partial(tuple.__new__, Container)
"""As `_make`, without looking whether all is there."""


@attrs.frozen(eq=False, slots=False)
class Page:
    """The canonical text of a page with its blocks and containers; both are in document order."""

    dom: Dom
    characters: str
    blocks: list[Block]
    containers: list[Container]
    pieces: list[bytes]
    """The written tree, divided before each tag: piece n is the n-th tag without its `<`, and the text behind it."""
    noted: list[tuple[int, int]]
    """Piece and container of each start tag that may name an author, as far as it is shown."""
    headings: list[int]
    """The piece of each `<h1>`."""
    language: str = ""

    def node(self, block: Block) -> Node:
        """Return the element that holds a block."""
        return self.element_of(block.container)

    def element_of(self, container: int) -> Node:
        """Return the element of a container, by the container's number."""
        return self.dom.nodes[self._elements[container]]

    def path(self, block: Block) -> str:
        """Return the XPath of the element that holds the block."""
        return self.dom.path(self.node(block))

    def span_of(self, node: Node) -> Span | None:
        """Return where the words of an element stand: a block element, or a link or `<time>` that is shown."""
        number = self.dom.numbers.get(node)
        if number is None:
            return None
        if node.tag in INLINE:
            return self.inline.get(number)
        container = self._by_element.get(number)
        inside = None if container is None else self.containers[container]
        if inside is None or inside.first >= inside.last:
            return None
        return (self.blocks[inside.first].start, self.blocks[inside.last - 1].end)

    @cached_property
    def inline(self) -> dict[int, Span]:
        """Where the words of each link and `<time>` stand that is shown, by the element's number."""
        from provenance.reader.inline import spans_of

        return spans_of(self)

    @cached_property
    def _elements(self) -> list[int]:
        """The number of each container's element."""
        numbers = self.dom.element_numbers
        return [numbers[container.piece] for container in self.containers]

    def element(self, piece: int) -> Node:
        """Return the element whose start tag is a piece."""
        return self.dom.nodes[self.dom.element_numbers[piece]]

    @cached_property
    def _by_element(self) -> dict[int, int]:
        return {element: container for container, element in enumerate(self._elements)}


def lay_out(dom: Dom, *, language: str = "") -> Page:
    """Walk the written page once and return its canonical text, white space collapsed as CSS Text §4.1 says."""
    writer = Writer(language)
    pieces = dom.pieces
    writer.read(pieces)
    containers = list(map(_container, writer.containers))
    text = SEPARATOR.join(writer.texts)
    return Page(dom, text, writer.blocks, containers, pieces, writer.noted, writer.headings, language)


_ASIDE = lazily.compile(
    r"related|recommend|popular|trending|copyright|site-footer|colophon"
    r"|(?:^|[\s_-])(?:today|todays-date|weather|clock|current-?date|date-?today)(?=$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = lazily.compile(r"author|byline|meta|entry|post", re.IGNORECASE)
_LEVELS_UP = 12


def stands_aside(page: Page, block: Block) -> bool:
    """Say whether a block stands in what surrounds an article: navigation, margins, the page's foot."""
    number = block.container
    for _ in range(_LEVELS_UP):
        container = page.containers[number]
        name = container.name
        if name in ("body", "main"):
            return False
        attributes = attributes_of(container.tag)
        marks = f"{attributes.get('class', '')} {attributes.get('id', '')}"
        if name in ("nav", "aside") or (name == "footer" and not _BYLINE.search(marks)):
            return True
        if _ASIDE.search(marks):
            return True
        number = container.parent
        if number < 0:
            break
    return False


def attributes_of(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag of the written tree."""
    attributes = dict(_ATTRIBUTE.findall(tag))
    if "&" in tag:
        return {name: unwritten(value) for name, value in attributes.items()}
    return attributes


def unwritten(text: str) -> str:
    """Return text of the written tree with the few references read that it uses."""
    if "&" not in text:
        return text
    for reference, character in _REFERENCES:
        text = text.replace(reference, character)
    return text


_REFERENCES = (
    ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#13;", "\r"), ("&#10;", "\n"), ("&#9;", "\t"),
    ("&#xFFFD;", "\ufffd"), ("&amp;", "&"),
)  # fmt: skip


def _hides(tag: str) -> bool:
    """Say whether an element's own attributes keep it from being shown."""
    if " hidden=" not in tag and " style=" not in tag:  # a class has such a word in its name
        return False
    attributes = attributes_of(tag)
    return "hidden" in attributes or _NO_DISPLAY.search(attributes.get("style", "")) is not None


def _is_blank(text: bytes) -> bool:
    """Say whether text is nothing but white space of those kinds that ASCII does not have."""
    return not 32 < text[0] < 128 and text.decode().isspace()


def behind_hidden(waiting: Iterator[tuple[int, bytes]]) -> bytes:
    """Go to the end tag of an element that was begun, and return the text behind it."""
    depth = 1
    for _, piece in waiting:
        tag, _, text = piece.partition(b">")
        if tag.startswith(b"/"):
            depth -= 1
            if not depth:
                return text
        elif not tag.endswith(b"/"):
            depth += 1
    return b""


class Writer:
    """The text as it grows. `pieces` is the block at hand; a container is open from its start tag to its end tag."""

    def __init__(self, language: str = "") -> None:
        self.quotes = [mark.encode() for mark in QUOTES.get(language.lower().split("-")[0], "“”‘’")]
        self.texts: list[str] = []
        self.blocks: list[Block] = []
        self.containers: list[list[Any]] = []
        self.noted: list[tuple[int, int]] = []
        self.headings: list[int] = []
        self.open: list[int] = [-1]
        self.pieces: list[bytes] = []
        self.start = self.links = self.linked = self.link_from = self.quoted = self.preformatted = 0

    def read(self, written: Sequence[bytes]) -> None:
        """Go through the tags, each with the text behind it. Tags of one spelling act alike, and are looked at once."""
        pieces, known = self.pieces, dict(self.actions)
        add, hide = pieces.append, known[b"script"]
        waiting = enumerate(written)
        for number, piece in waiting:
            tag, _, text = piece.partition(b">")
            action = known[tag] if tag in known else self.action_of(tag, number, known)
            if action is hide:
                text = behind_hidden(waiting)
            elif action is not None:
                action(self, tag, number)
            if text and (pieces or not (text.isspace() or _is_blank(text))):
                add(text)

    def action_of(self, tag: bytes, number: int, known: dict[bytes, Action | None]) -> Action | None:
        """Return what a tag with attributes does, and note it where it may name an author; all others are remembered."""
        name, _, attributes = tag.partition(b" ")
        rest = attributes.decode()  # in which words are found faster than in bytes
        if rest[-1:] == "/":
            name += b"/"
        elif ("none" in rest or "hidden" in rest) and _hides(f" {rest}"):
            name = b"script"  # which is never shown either
        elif "uthor" in rest or "yline" in rest or "osted" in rest or "ritten" in rest or "ontribut" in rest:
            self.noted.append((number, len(self.containers)))
            return known.get(name)
        action = known[tag] = known.get(name)
        return action

    def begin_block(self, tag: bytes, number: int) -> None:
        """Begin a container."""
        if self.pieces:
            self.flush()
        at = len(self.blocks)
        opened = self.open
        self.containers.append([tag.decode(), opened[-1], at, at, number])
        opened.append(len(self.containers) - 1)

    def end_block(self, _tag: bytes, _number: int) -> None:
        """End the container at hand."""
        if self.pieces:
            self.flush()
        self.containers[self.open.pop()][3] = len(self.blocks)

    def begin_heading(self, tag: bytes, number: int) -> None:
        """Begin an `<h1>`."""
        self.begin_block(tag, number)
        self.headings.append(number)

    def begin_preformatted(self, tag: bytes, number: int) -> None:
        """Begin a `<pre>`, whose white space stays."""
        self.begin_block(tag, number)
        self.preformatted += 1

    def end_preformatted(self, tag: bytes, number: int) -> None:
        """End a `<pre>`."""
        self.end_block(tag, number)
        self.preformatted -= 1

    def end_line(self, _tag: bytes, _number: int) -> None:
        """End the block at hand: an empty block element divides."""
        if self.pieces:
            self.flush()

    def break_line(self, _tag: bytes, _number: int) -> None:
        """`<br>` breaks the line."""
        self.pieces.append(_BREAK)

    def begin_quote(self, _tag: bytes, _number: int) -> None:
        """`<q>` shows a quotation mark."""
        self.pieces.append(self.quotes[0 if self.quoted % 2 == 0 else 2])
        self.quoted += 1

    def end_quote(self, _tag: bytes, _number: int) -> None:
        """End a `<q>`."""
        self.quoted -= 1
        self.pieces.append(self.quotes[1 if self.quoted % 2 == 0 else 3])

    def begin_link(self, _tag: bytes, _number: int) -> None:
        """Begin a link: what follows is counted."""
        self.links += 1
        self.link_from = len(self.pieces)

    def end_link(self, _tag: bytes, _number: int) -> None:
        """End a link."""
        self.links -= 1
        self._count_linked()

    def _count_linked(self) -> None:
        pieces, start = self.pieces, self.link_from
        count = len(pieces)
        if start < count:
            shown = pieces[start] if count == start + 1 else b"".join(pieces[start:])
            self.linked += len(" ".join(shown.decode().split()))
            self.link_from = count

    def hide(self, _tag: bytes, _number: int) -> None:
        """Nothing of this element is shown."""

    def flush(self) -> None:
        """End the block at hand, if it holds anything but white space."""
        if self.links:
            self._count_linked()
        pieces = self.pieces
        raw = (pieces[0] if len(pieces) == 1 else b"".join(pieces)).decode()
        pieces.clear()
        self.link_from = 0
        if not raw.isspace() and (text := self.collapsed(raw)):
            number = max(self.open[-1], 0)
            length = len(text)
            name = self.containers[number][0].partition(" ")[0]
            linked = self.linked and min(self.linked, length)
            self.blocks.append(_block((name, self.start, self.start + length, linked, number)))
            self.texts.append(text)
            self.start += length + len(SEPARATOR)
        self.linked = 0

    def collapsed(self, raw: str) -> str:
        """Return a block's text as it is shown: white space collapsed (no-break spaces stay), references read."""
        if self.preformatted:
            return unwritten(raw.replace("\0", "\n")).rstrip(" \t\n\r\f")
        if raw.isascii():
            text = " ".join(raw.split())
        else:
            text = raw.strip(_WHITE)
            if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
                text = _SPACE.sub(" ", text)
        if "\0" in text:
            text = _AT_BREAK.sub("\n", text).strip("\n")
        return unwritten(text) if "&" in text else text

    actions: ClassVar[Mapping[bytes, Action | None]] = {
        **dict.fromkeys((name.encode() for name in BLOCKS), begin_block),
        **dict.fromkeys((f"/{name}".encode() for name in BLOCKS), end_block),
        **dict.fromkeys((f"{name}/".encode() for name in BLOCKS), end_line),
        **dict.fromkeys((name.encode() for name in HIDDEN), hide),
        **dict.fromkeys((b"br", b"br/"), break_line),
        b"pre": begin_preformatted, b"/pre": end_preformatted, b"q": begin_quote, b"/q": end_quote,
        b"a": begin_link, b"/a": end_link, b"h1": begin_heading,
    }  # fmt: skip
    """What each tag of the written tree does that does more than stand around text."""


Action = Callable[["Writer", bytes, int], None]
"""What a tag does: given the tag as it is written, and its number."""
INLINE = frozenset({"a", "time"})
"""Inline elements whose places are kept."""
