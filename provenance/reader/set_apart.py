"""Quotations that a page sets apart by markup: `blockquote`, pull quotes, and where in the page a quotation stands."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import attrs

from archive import lazily
from provenance.model.quotation import Quotation, QuotationKind, Span, Speaker, SpeakerStatus, quote_at

_PULL = lazily.compile(r"pull-?_?quote", re.IGNORECASE)
_MOST = 500
"""Block quotations that are read of a page."""
_SIGNED = lazily.compile(r"(?:\A|\n|(?<=[.!?”\"’]))\s*(?:—|–|―|--)\s?(?P<who>[^\W\d_][^\n—–]{1,60})\Z")
_LEADING, _CLOSING = "“\"„«‘'» \n", "”\"“»’'« \n"


@attrs.frozen
class SetApart:
    """A stretch of the page that an element sets apart. `note` says which kind of element; `cited` its `cite` address."""

    span: Span
    blocks: tuple[Span, ...]
    note: str
    cited: str | None = None


@attrs.frozen
class Element:
    """A block element: its name, class and `cite` address, and the number of its parent (-1 for none)."""

    name: str
    classes: str
    cite: str
    parent: int


def set_apart(blocks: Sequence[tuple[int, int, int]], elements: Sequence[Element]) -> list[SetApart]:
    """Return the block quotations, pull quotes and captions among an article's blocks, in order.

    A block is its place and the number of its element; a parent's number is smaller than its child's. Linear.
    """
    owner: list[int] = []
    for number, element in enumerate(elements):
        apart = _note(element) is not None
        owner.append(number if apart else owner[element.parent] if 0 <= element.parent < number else -1)
    groups: dict[int, list[Span]] = {}
    for start, end, number in blocks:
        at = owner[number] if 0 <= number < len(owner) else -1
        if at >= 0 and (at in groups or len(groups) < _MOST):
            groups.setdefault(at, []).append((start, end))
    return [
        SetApart((spans[0][0], spans[-1][1]), tuple(spans), _note(elements[at]) or "", _address(elements[at]))
        for at, spans in groups.items()
    ]


def _note(element: Element) -> str | None:
    if _PULL.search(element.classes):
        return "pull-quote"
    return {"blockquote": "blockquote", "figcaption": "caption"}.get(element.name)


def _address(element: Element) -> str | None:
    cite = element.cite.strip()
    return cite if cite.startswith(("http://", "https://")) else None


def with_markup(
    characters: str, found: Sequence[Quotation], apart: Sequence[SetApart]
) -> tuple[Quotation, ...]:
    """Return the quotations with what the markup says of them, and those that only the markup sets apart.

    Words in marks inside a block quotation that fill it are the same quotation; a block quotation without marks is one
    of its own, of kind `block`. A caption's quotations are noted as such.
    """
    noted = list(found)
    added: list[Quotation] = []
    starts = [quotation.start for quotation in noted]
    for each in apart:
        first, last = bisect_left(starts, each.span[0]), bisect_right(starts, each.span[1])
        inside = [n for n in range(first, last) if noted[n].end <= each.span[1]]
        if each.note == "caption" or any(_fills(characters, noted[n].span, each.span) for n in inside):
            for number in inside:
                quotation = noted[number]
                noted[number] = attrs.evolve(quotation, notes=(*quotation.notes, each.note), cited=each.cited)
        elif each.note == "blockquote" and (whole := _whole(characters, each)) is not None:
            added.append(whole)
    return _in_order(noted, added)


def _fills(characters: str, span: Span, outer: Span) -> bool:
    """Say whether a quotation is all there is between two places, but for its marks and a signature."""
    rest = characters[outer[0] : span[0]].strip(_LEADING) + _SIGNED.sub(
        "", characters[span[1] : outer[1]]
    ).strip(_CLOSING + ".,")
    return len(rest) < (span[1] - span[0]) // 4


def _whole(characters: str, each: SetApart) -> Quotation | None:
    """Return a block quotation that has no marks around it, without its signature."""
    blocks = list(each.blocks)
    speaker = None
    last = blocks[-1]
    signed = _SIGNED.search(characters[slice(*last)])
    if signed is not None:
        who, start = signed["who"].rstrip(), last[0] + signed.start("who")
        speaker = Speaker(
            who, (start, start + len(who)), SpeakerStatus.NAMED, who.split(",", maxsplit=1)[0].strip()
        )
        end = last[0] + len(signed.string[: signed.start()].rstrip())
        blocks[-1:] = [(last[0], end)] if end > last[0] else []
    if not blocks:
        return None
    start, end = blocks[0][0], blocks[-1][1]
    return Quotation(
        **quote_at(characters, start, end),  # type: ignore[arg-type]
        segments=tuple(blocks),
        kind=QuotationKind.BLOCK,
        speaker=speaker,
        unattributed=None if speaker else "nobody-named",
        cited=each.cited,
        notes=(each.note,),
    )


def _in_order(noted: list[Quotation], added: list[Quotation]) -> tuple[Quotation, ...]:
    """Return the quotations by their places; those inside a block quotation that was added stand in it."""
    if not added:
        return tuple(noted)
    numbered = [(q, n) for n, q in enumerate(noted)] + [(q, None) for q in added]
    ordered = sorted(numbered, key=lambda pair: (pair[0].start, -pair[0].end))
    place = {number: at for at, (_, number) in enumerate(ordered) if number is not None}
    outers = [(at, q) for at, (q, number) in enumerate(ordered) if number is None]
    done = []
    cursor = 0
    for quotation, number in ordered:
        nested = place[quotation.nested_in] if quotation.nested_in is not None else None
        if number is not None and nested is None:
            while cursor + 1 < len(outers) and outers[cursor + 1][1].start <= quotation.start:
                cursor += 1
            at, outer = outers[cursor]
            nested = at if outer.start <= quotation.start and quotation.end <= outer.end else None
        done.append(attrs.evolve(quotation, nested_in=nested))
    return tuple(done)
