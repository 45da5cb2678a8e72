"""Speech in a source: where sentences end, and where its own quotation marks open and close."""

from __future__ import annotations

from collections.abc import Iterator

from archive import lazily

_MARKS = '"“”„‟«»‹›「」『』＂'
_ABBREVIATED = (
    "Mr Ms Mrs Dr Sen Rep Gov Gen St Jr vs Prof Rev Lt Col Capt Sgt Jan Feb Mar Apr Aug Sep Sept Oct Nov Dec"
)
"""Words whose point ends no sentence."""
_SENTENCE_END = lazily.compile(
    "".join(rf"(?<!\b{word})" for word in _ABBREVIATED.split()) + r"(?<!\b[A-Za-z])"
    rf"[.!?][)\]{_MARKS}'’]*(?=\s+[{_MARKS}'‘(\[]*(?:[^\W\d_a-zа-яё]|\d)|\s*\Z)|[.!?][)\]{_MARKS}'’]*\s*\n|\n\s*\n|[。！？]"
)
_MARK = lazily.compile(f"[{_MARKS}]|``|''|(?<!\\w)‘(?=\\w)|(?<=[\\w.,!?…])’(?!\\w)")
_CLAUSE_END = lazily.compile(r"[,;:.!?—–()\n。、，；]|\s-+\s")
_CLOSES = lazily.compile(rf"\A[\s.,!?;:…—–-]*(?:[{_MARKS}’]|'')")
_OPENS = lazily.compile(rf"(?:[{_MARKS}‘]|``)[\s….—–\[(-]*\Z")
_LEADS = lazily.compile(rf"[:,]\s*(?:[{_MARKS}‘]|``)[\s….\[(-]*\Z")


def ends_sentence(between: str) -> bool:
    """Say whether a sentence ends in the characters between two words."""
    return _SENTENCE_END.search(between) is not None


def sentence_ends(text: str) -> int:
    """Count the sentences that end within a text."""
    return sum(1 for _ in _SENTENCE_END.finditer(text))


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each sentence of `text[start:end]` stands, marks and spaces at its end included."""
    for found in _SENTENCE_END.finditer(text, start, end):
        yield (start, found.end())
        start = found.end()
    yield (start, end)


def holds_mark(between: str) -> bool:
    """Say whether quoted speech begins or ends in the characters between two words."""
    return _MARK.search(between) is not None


def ends_clause(between: str) -> bool:
    """Say whether a clause ends in the characters between two words."""
    return _CLAUSE_END.search(between) is not None


def narrator_between(between: str) -> str | None:
    """Return what a narrator says between two parts of quoted speech, or None where anything else stands between them.

    `between` runs from the last word of one part to the first word of the next.
    """
    close, open_ = _CLOSES.search(between), _OPENS.search(between)
    if close is None or open_ is None or close.end() > open_.start():
        return None
    narrator = between[close.end() : open_.start()]
    return None if _MARK.search(narrator) else narrator


def leads_in(between: str) -> bool:
    """Say whether the speech that follows was announced: "She answered: “"."""
    return _LEADS.search(between) is not None


def parts_of(narrator: str) -> list[str]:
    """Return the sentences of a narrator."""
    return [part for part in _SENTENCE_END.split(narrator) if part.strip()]
