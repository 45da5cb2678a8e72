"""Speech that is set off by dashes: a paragraph that begins with one, with the words of the narrator between dashes."""

from __future__ import annotations

from collections.abc import Sequence

from archive import lazily
from provenance.model.quotation import Span
from provenance.reader.lexicon import Lexicon
from provenance.reader.marks import Pair
from provenance.reader.profiles import DASHES

_TURN = lazily.compile(r"[—–―]\s?(?=[^\W\d_]|[¿¡«„“\"…])")
_DASH = lazily.compile(r"(?<=\s)[—–―](?=\s)|(?<=\s)[—–―](?=\w)|(?<=[\w.!?…,])[—–―](?=[\s.,;:]|\Z)")
_EDGE = " \t\xa0,—–―.;:"
_WORD = lazily.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 4_000
"""Characters of a paragraph of dialogue; a longer one is none."""


def dialogue_pairs(
    characters: str, paragraphs: Sequence[Span], lexicon: Lexicon, language: str | None
) -> list[Pair]:
    """Return the speech in paragraphs that begin with a dash, one object a paragraph, its parts as segments.

    Only in languages that write dialogue so, and only where a narrator's words (`— said she`) stand in the paragraph or
    in one beside it: a list of points begins with dashes too.
    """
    if (language or "").split("-", maxsplit=1)[0] not in DASHES:
        return []
    turns = {
        n: _read(characters, span, lexicon)
        for n, span in enumerate(paragraphs)
        if _TURN.match(characters, span[0])
    }
    told = {n for n, (_, narrated) in turns.items() if narrated}
    pairs = []
    for number, (segments, narrated) in turns.items():
        if segments and (narrated or number - 1 in told or number + 1 in told):
            start, end = segments[0][0], segments[-1][1]
            pairs.append(Pair(paragraphs[number][0], end, start, end, "—", number, tuple(segments)))
    return pairs


def _read(characters: str, span: Span, lexicon: Lexicon) -> tuple[list[Span], bool]:
    """Return the pieces of speech in a paragraph, and whether a narrator's words stand between or behind them."""
    turn = _TURN.match(characters, span[0])
    if (
        turn is None
        or span[1] - span[0] > _LONGEST
        or any(mark in characters[slice(*span)] for mark in '«“„"')
    ):
        return [], False
    cuts = [
        turn.end(),
        *(place for dash in _DASH.finditer(characters, turn.end(), span[1]) for place in dash.span()),
        span[1],
    ]
    segments, narrated = [], False
    for start, end in zip(cuts[::2], cuts[1::2], strict=True):
        if _is_told(characters[start:end], lexicon):
            narrated = True
            continue
        piece = _trimmed(characters, start, end)
        if piece[1] > piece[0]:
            segments.append(piece)
    return segments, narrated


def _is_told(piece: str, lexicon: Lexicon) -> bool:
    """Say whether a piece begins with a verb of saying, as a narrator's words do behind a dash."""
    words = [word[0] for word in zip(_WORD.findall(piece[:60]), range(3), strict=False)]
    return (
        bool(words)
        and words[0][0].islower()
        and any(lexicon.classes.get(word.lower()) == "V" for word in words)
    )


def _trimmed(characters: str, start: int, end: int) -> Span:
    while start < end and characters[start] in _EDGE:
        start += 1
    while end > start and characters[end - 1] in " \t\xa0\n,—–―":
        end -= 1
    return (start, end)
