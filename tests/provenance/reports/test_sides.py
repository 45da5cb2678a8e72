"""A quotation beside its passage, and the picture of a chain."""

from __future__ import annotations

import attrs

from provenance.model.trace import Link, Passage, Query, Relation, Source, Trace, Verdict
from provenance.reports.sides import MOST_POINTS, sides_of, timeline_of
from provenance.reports.words import trace_words
from provenance.tracer.verdicts import trace_all

TEXT = "The mayor said: “We will not sell the old quay before June, unless the council agrees.” Nobody asked more."


def traced(exact: str) -> Trace:
    """Trace words in one text."""
    source = Source(id="s", characters=TEXT, input="s", span=(0, len(TEXT)))
    (outcome,) = trace_all([Query(exact=exact, id="q")], [source])
    return outcome


def link(name: str, published: str | None, copies: int = 0) -> Link:
    """Return a place of some words in an outlet."""
    source = Source(id=name, characters="words", input=name, span=(0, 5), published=published, outlet=name)
    return Link(Passage(source, 0, 5), Relation.SECONDARY, copies=tuple("c" * copies))


def chain(*links: Link, first: Link | None = None) -> Trace:
    """Return a trace with a chain, the latest place first."""
    return Trace(Query("words", "q"), Verdict.VERBATIM, links[0].passage, chain=links, first=first)


class TestSides:
    """Both sides, cut at the edits."""

    def test_edits_are_cut_out_on_both_sides(self) -> None:
        """The pieces of each side, put together, are that side, and just the changed words are marked."""
        exact = "We will sell the new quay before June, unless the council agrees"
        sides = sides_of(traced(exact))
        assert sides is not None
        assert "".join(piece.text for piece in sides.quoted) == exact
        assert "".join(piece.text for piece in sides.original) in TEXT
        assert [(p.text, str(p.kind)) for p in sides.quoted if p.kind] == [("new", "substitution")]
        assert [(p.text, str(p.kind)) for p in sides.original if p.kind] == [
            ("not", "negation"),
            ("old", "substitution"),
        ]

    def test_what_was_cut_off_stands_beside_the_passage(self) -> None:
        """The condition behind a truncated quotation is shown, and marked."""
        sides = sides_of(traced("We will not sell the old quay before June"))
        assert sides is not None
        assert sides.original[-1].text == "unless the council agrees"

    def test_the_same_words_need_no_sides(self) -> None:
        """Words that were not changed are not shown twice."""
        assert sides_of(traced("unless the council agrees")) is None


class TestTimeline:
    """The places of words over time."""

    def test_places_stand_from_left_to_right_by_date(self) -> None:
        """The earliest is at the left and on top, the first at hand is marked, copies are counted."""
        first = link("Norda", "2031-05-03", copies=2)
        picture = timeline_of(
            chain(link("Tide", "2031-05-13"), link("Meridian", "2031-05-08"), first, first=first)
        )
        assert picture is not None
        assert [point.outlet for point in picture.points] == ["Norda", "Meridian", "Tide"]
        assert [point.first for point in picture.points] == [True, False, False]
        assert picture.points[0].copies == 2
        left, middle, right = (point.x for point in picture.points)
        assert middle - left == right - middle

    def test_one_place_is_no_way(self) -> None:
        """A single dated place is not drawn, and undated ones are not."""
        assert timeline_of(chain(link("Norda", "2031-05-03"))) is None
        assert timeline_of(chain(link("Norda", "2031-05-03"), link("Tide", None))) is None

    def test_many_places_are_counted(self) -> None:
        """Of very many places some are drawn, and how many are not is said."""
        picture = timeline_of(chain(*(link(str(n), f"2031-05-{30 - n}") for n in range(20))))
        assert picture is not None
        assert (len(picture.points), picture.hidden) == (MOST_POINTS, 20 - MOST_POINTS)

    def test_the_way_in_words(self) -> None:
        """The terminal tells each place, who was first, what is missing and who cites whom."""
        first = link("Norda", "2031-05-03", copies=1)
        trace = attrs.evolve(
            chain(link("Tide", None), first, first=first), missing="Agency", circular=("A", "B")
        )
        words = trace_words(trace)
        for told in (
            "undated, Tide", "2031-05-03, Norda, 1 copy", "first at hand: Norda", "missing on the way: Agency", "A → B → A",
        ):  # fmt: skip
            assert told in words
        assert "first at hand" not in trace_words(chain(link("Tide", None)))
