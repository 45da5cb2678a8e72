"""Verdicts: each that can be given so far fires, and stays away where it must."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from provenance.model.quotation import Quotation, QuotationKind, quote_at
from provenance.model.trace import Query, Relation, Source, Trace, Verdict
from provenance.tracer.verdicts import trace_all

STATEMENT = (
    "The minister said: “We shall not close the harbour before June.” Nobody asked when it would open again."
)


def source(text: str = STATEMENT, *, id: str = "a", **more: object) -> Source:  # noqa: A002
    """Return a source that holds a text."""
    return Source(id=id, characters=text, input=f"{id}.txt", span=(0, len(text)), **more)  # type: ignore[arg-type]


def traced(exact: str, *sources: Source, **more: object) -> Trace:
    """Trace words that were typed in."""
    return trace(Query(exact=exact, id="q", **more), sources or (source(),))  # type: ignore[arg-type]


def trace(query: Query, sources: Iterable[Source]) -> Trace:
    """Trace one quotation."""
    (outcome,) = trace_all([query], sources)
    return outcome


def quoted(
    text: str, words: str, kind: QuotationKind = QuotationKind.DIRECT, *, via: str | None = None
) -> Query:
    """Return the quotation of some words in the text of a.txt."""
    start = text.index(words)
    place = quote_at(text, start, start + len(words))
    quotation = Quotation(segments=((start, start + len(words)),), kind=kind, via=via, **place)  # type: ignore[arg-type]
    return Query(words, "q", "a.txt", None, 0, start, start + len(words), quotation)


class TestVerdicts:
    """One quotation at a time."""

    def test_the_same_letters_are_verbatim(self) -> None:
        """Words that stand in a source letter for letter are VERBATIM, and the passage is just them."""
        outcome = traced("We shall not close the harbour before June.")
        assert (outcome.verdict, outcome.passage and outcome.passage.exact) == (
            Verdict.VERBATIM,
            "We shall not close the harbour before June",
        )

    def test_other_typography_is_normalised(self) -> None:
        """The same words in other marks and case are NORMALISED: faithful, and not called verbatim."""
        text = source("He said it’s “the end of the pier” and left.")
        outcome = traced('It\'s "the end of the Pier"', text)
        assert outcome.verdict is Verdict.NORMALISED
        assert outcome.passage is not None
        assert outcome.passage.exact == "it’s “the end of the pier"

    def test_a_comma_inside_the_marks_does_not_matter(self) -> None:
        """The comma before "he said" belongs to the quoting text."""
        assert traced("We shall not close the harbour before June,").verdict is Verdict.VERBATIM

    def test_half_a_word_is_not_found(self) -> None:
        """Words match whole: "our before June" does not stand in "harbour before June"."""
        assert traced("our before June").passage is None

    def test_too_few_words_are_unchecked(self) -> None:
        """One word stands anywhere by chance, and so do two common ones: too short to decide."""
        assert traced("harbour").verdict is Verdict.UNCHECKED
        assert traced("of the", source("of the of the " * 40)).verdict is Verdict.UNCHECKED
        assert traced("close the harbour").verdict is not Verdict.UNCHECKED

    def test_a_named_source_that_is_not_here_is_missing(self) -> None:
        """Where the article says whom it took the words from, that source is named as missing."""
        text = "“The pier is closed for good,” he told Norda."
        outcome = trace(quoted(text, "The pier is closed for good,", via="Norda"), [source(text)])
        assert (outcome.verdict, outcome.missing) == (Verdict.UNTRACED_OUT, "Norda")

    def test_a_cited_source_that_lacks_the_words_says_so(self) -> None:
        """Where the cited source is at hand and does not hold the words, they are not in it."""
        assert traced("The pier is closed for good", cited="a").verdict is Verdict.UNTRACED_IN
        assert traced("The pier is closed for good", cited="b").verdict is Verdict.UNTRACED_OUT
        assert traced("close the harbour before June", cited="a").verdict is Verdict.TRUNCATED
        assert traced("it would open again", cited="a").verdict is Verdict.PARTIAL


class TestRelations:
    """Where a passage stands decides what it is worth."""

    def test_a_quotation_is_no_source_of_itself(self) -> None:
        """The place where the quotation stands is not where its words come from."""
        outcome = trace(quoted(STATEMENT, "We shall not close the harbour before June."), [source()])

        assert outcome.verdict is Verdict.UNTRACED_OUT

    def test_the_same_article_corroborates_nothing(self) -> None:
        """Words repeated in their own article are found there, with the relation that says so."""
        text = "Harbour ‘open to all the ships’\n\nHe said: “open to all the ships”, twice."
        outcome = trace(quoted(text, "open to all the ships"), [source(text)])
        assert outcome.relation is Relation.SELF
        assert outcome.passage is not None
        assert outcome.passage.start > text.index("He said")

    def test_the_same_text_elsewhere_corroborates_nothing(self) -> None:
        """A copy of the article in another place is the same article: its words are no second source."""
        query = attrs.evolve(
            quoted(STATEMENT, "We shall not close the harbour before June."), text_digest="sha256:1"
        )
        copy = attrs.evolve(source(id="copy"), text_digest="sha256:1")
        assert trace(query, [copy]).verdict is Verdict.UNTRACED_OUT
        other = attrs.evolve(copy, text_digest="sha256:2")
        assert trace(query, [other]).relation is Relation.PRIMARY

    def test_another_articles_own_words_come_first(self) -> None:
        """A passage in another source's own words is preferred to one inside its quotation."""
        second = source("X wrote “the tide is out today” again.", id="b", quoted=((9, 30),))
        first = source("And the tide is out today, we see.", id="c")
        outcome = traced("the tide is out today", second, first)
        assert outcome.relation is Relation.PRIMARY
        assert [p.source.id for p in (outcome.passage, *outcome.candidates) if p] == ["c", "b"]

    def test_words_inside_another_quotation_are_second_hand(self) -> None:
        """A passage inside another article's quotation is SECONDARY."""
        text = "X wrote “the tide is out today” again."
        start = text.index("the tide")
        other = source(text, id="b", quoted=((start, start + len("the tide is out today")),))
        assert traced("the tide is out today", other).relation is Relation.SECONDARY

    def test_words_that_only_begin_in_a_quotation_are_the_articles_own(self) -> None:
        """A passage that runs on behind the quotation it begins in is no quotation of it."""
        text = "X wrote “the tide” is out today again."
        start = text.index("the tide")
        other = source(text, id="b", quoted=((start, start + len("the tide")),))
        assert traced("is out today again", other).relation is Relation.PRIMARY
        assert traced("the tide” is out today", other).relation is Relation.PRIMARY

    def test_the_earliest_source_comes_first(self) -> None:
        """Among equal passages the earliest dated is shown, the others are kept as candidates."""
        late = source(id="late", published="2024-03-05")
        early = source(id="early", published="2024-03-04T10:00")
        undated = source(id="undated")
        outcome = traced("We shall not close the harbour", late, undated, early)
        assert [p.source.id for p in (outcome.passage, *outcome.candidates) if p] == [
            "early",
            "late",
            "undated",
        ]

    def test_a_short_headline_quotation_is_traced_in_its_own_article_only(self) -> None:
        """Two words in a headline are traced to the article's own quotation, and nowhere else."""
        text = "‘Cruel, foolish’ plan\n\nShe called it a “cruel, foolish plan” on Friday."
        start = text.index("cruel, foolish plan")
        mine = source(text, quoted=((start, start + len("cruel, foolish plan")),))
        other = source("A cruel, foolish thing.", id="b")
        query = quoted(text, "Cruel, foolish", QuotationKind.HEADLINE)
        assert trace(query, [other]).verdict is Verdict.UNCHECKED
        assert trace(query, [other, mine]).relation is Relation.SELF

    def test_scare_quotes_are_left_out(self) -> None:
        """What quotes nobody is not traced."""
        text = "The ‘old harbour crowd’ met again."
        queries = [quoted(text, "old harbour crowd", QuotationKind.SCARE)]
        assert list(trace_all(queries, [source(text)])) == []

    def test_two_sources_with_one_id(self) -> None:
        """Sources of two corpora may share an id: each passage is read in its own text."""
        first = attrs.evolve(source("Another text altogether, and not a short one.", id="x"), input="one")
        second = attrs.evolve(source(id="x"), input="two")
        outcome = traced("close the harbour before June", first, second)
        assert (outcome.verdict, outcome.passage and outcome.passage.source.input) == (
            Verdict.TRUNCATED,
            "two",
        )
        assert [a.original for a in outcome.alterations] == ["We shall not"]
