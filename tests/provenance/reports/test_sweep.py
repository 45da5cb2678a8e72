"""The sweep: pieces that tile a text, whatever the marks do."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from provenance.reports.sweep import Mark, paragraphs

TEXTS = st.text(alphabet="ab \n\r", max_size=40)
MARKS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40), st.sampled_from(["quotation", "tweet"])), max_size=12
)


def marks_of(triples: list[tuple[int, int, str]]) -> list[Mark]:
    """Return marks with the smaller number first."""
    return [Mark(min(a, b), max(a, b), kind, i) for i, (a, b, kind) in enumerate(triples)]


@given(text=TEXTS, triples=MARKS, cut=st.tuples(st.integers(0, 40), st.integers(0, 40)))
def test_pieces_tile_the_span(text, triples, cut):
    """Pieces tile the span, and no line end stands in a paragraph but at its end."""
    start, end = sorted(min(c, len(text)) for c in cut)
    found = paragraphs(text, (start, end), marks_of(triples))
    spans = [(piece.start, piece.end) for paragraph in found for piece in paragraph.pieces]
    assert "".join(text[s:e] for s, e in spans) == text[start:end]
    assert all(a[1] == b[0] for a, b in pairwise(spans))
    assert all("\n" not in text[p.start : p.end].rstrip("\r\n") for p in found)


@given(text=TEXTS, triples=MARKS)
def test_each_piece_knows_what_covers_it(text, triples):
    """The innermost mark of a piece is the one that starts last, and shortest, of those that cover it."""
    marks = [m for m in marks_of(triples) if m.start < len(text)]
    for paragraph in paragraphs(text, (0, len(text)), marks):
        for piece in paragraph.pieces:
            for kind, seen in (("quotation", piece.quotation), ("tweet", piece.tweet)):
                over = [m for m in marks if m.kind == kind and m.start <= piece.start and m.end >= piece.end]
                best = max(over, key=lambda m: (m.start, -min(m.end, len(text)), m.index), default=None)
                assert (seen.index if seen else None) == (best.index if best else None)


@given(text=TEXTS, triples=MARKS)
def test_each_mark_opens_once(text, triples):
    """Every mark that starts in the text opens in just one piece, which begins where the mark does."""
    marks = [m for m in marks_of(triples) if m.start < len(text)]
    opened = [
        (m.index, piece.start)
        for paragraph in paragraphs(text, (0, len(text)), marks)
        for piece in paragraph.pieces
        for m in piece.opens
    ]
    assert sorted(opened) == sorted((m.index, m.start) for m in marks)


def test_body_and_the_rest():
    """A paragraph is the article's own where a span of the body touches it; without a body all are."""
    text = "site\nbody one\nmore\nfoot\n"
    assert [p.own for p in paragraphs(text, (0, len(text)), (), ((5, 18),))] == [False, True, True, False]
    assert [p.own for p in paragraphs(text, (0, len(text)), ())] == [True] * 4
