"""What stands around an article and within its container, and is not of its body: carousels, calls, lists of references."""

from __future__ import annotations

import pytest

from provenance.reader import read

PROSE = (
    "The harbour wall of Ostermoor gave way in the night to Monday, and the council met at six in the morning to vote "
    "on the money for a new one, which the port had asked for since the last flood but one."
)
LAST = "The port opens again in spring, says Ada Holm, who has sat in the council since the last flood."
SOURCES = (
    "<ul><li>Holm, A. (2020): Walls of the north. Ostermoor.</li><li>Port authority (2021): Report.</li></ul>"
)


def body_of(inner: str) -> list[str]:
    """Return the texts of the body of a page whose article holds three paragraphs and what is given."""
    paragraphs = f"<p>{PROSE}</p>" * 3
    data = f"<!doctype html><html lang='en'><h1>Harbour wall falls</h1><article>{paragraphs}{inner}</article></html>"
    (article,) = read(data.encode(), name="x.html").articles
    return [article.text.characters[start:end] for start, end in article.body][3:]


@pytest.mark.parametrize("name", ["carousel", "post-banner", "cta", "author-box author", "swiper"])
def test_margins_are_left_out(name: str) -> None:
    """A short element that bears such a name stands beside the article; with another name it is of the article."""
    aside = "<p>Built to last a lifetime: walls by the mason.</p>"
    assert body_of(f"<div class='{name}'>{aside}</div><p>{LAST}</p>") == [LAST]
    assert len(body_of(f"<div class='passage'>{aside}</div><p>{LAST}</p>")) == 2


@pytest.mark.parametrize("name", ["author", "banner", "cta", "swiper"])
def test_a_name_does_not_take_the_article_away(name: str) -> None:
    """An element with such a name that holds a good part of the text is of the article all the same."""
    assert body_of(f"<div class='{name}'><p>{PROSE}</p></div><p>{LAST}</p>") == [PROSE, LAST]


@pytest.mark.parametrize(
    "heading", ["References", "REFERENCES:", "Literaturverzeichnis", "Références", "参考文献"]
)
def test_references_end_the_body(heading: str) -> None:
    """A list of references at the end is not of the body, in whatever language it is headed."""
    assert body_of(f"<p>{LAST}</p><h2>{heading}</h2>{SOURCES}<h3>Further</h3><p>A note on the list.</p>") == [
        LAST
    ]


@pytest.mark.parametrize(
    ("inner", "kept"),
    [
        (f"<h2>References to the wall in songs</h2><p>{LAST}</p>", 2),
        (f"<h2>References</h2>{SOURCES}<h2>What comes next</h2><p>{LAST}</p>", 5),
        (f"<p>References</p><p>{LAST}</p>", 2),
    ],
)
def test_other_headings_do_not(inner: str, kept: int) -> None:
    """A heading that says more, one that another section follows, and a paragraph of that word end nothing."""
    assert len(body_of(inner)) == kept
