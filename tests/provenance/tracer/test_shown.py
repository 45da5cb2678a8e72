"""Shown: which place of several is shown for words that stand there, and what is shown of a cut."""

from __future__ import annotations

import pytest

from provenance.model.quotation import Quotation, QuotationKind, quote_at
from provenance.model.trace import Query, Relation, Source, Trace, Verdict
from provenance.tracer.verdicts import trace_all


def source(id: str, text: str, published: str | None = None, **more: object) -> Source:  # noqa: A002
    """Return a source that holds a text."""
    return Source(id=id, characters=text, input=id, span=(0, len(text)), published=published, **more)  # type: ignore[arg-type]


def traced(exact: str, *sources: Source, **more: object) -> Trace:
    """Trace words in sources."""
    (outcome,) = trace_all([Query(exact=exact, id="q", **more)], sources)  # type: ignore[arg-type]
    return outcome


BOUND = "Nobody came. We shall reopen the old harbour in the north unless the owners of the quay object to it. She left."
FREE = "Nobody went. We shall reopen the old harbour in the north. He stayed until the evening."
WORDS = "We shall reopen the old harbour in the north"


class TestWhichPlace:
    """Of several places the one that is fair to the quotation."""

    def test_a_place_where_nothing_was_cut_off_goes_first(self) -> None:
        """The earlier source bounds the words, the later one does not: they may have been taken from there."""
        outcome = traced(WORDS, source("a", BOUND, "2031-01-01"), source("b", FREE, "2031-02-01"))
        assert (outcome.verdict, outcome.passage and outcome.passage.source.id) == (Verdict.VERBATIM, "b")
        assert outcome.alterations == ()
        assert [place.source.id for place in outcome.candidates] == ["a"]

    def test_where_all_bound_them_they_were_cut(self) -> None:
        """With the bounded source alone, the words are TRUNCATED, with what bounds them."""
        outcome = traced(WORDS, source("a", BOUND), cited="a")
        assert outcome.verdict is Verdict.TRUNCATED
        assert [a.original for a in outcome.alterations] == ["unless the owners of the quay object to it"]

    def test_the_earliest_is_shown(self) -> None:
        """Of places alike, the one published first; one without a date comes last."""
        later, early = f"{FREE} Later.", f"{FREE} Early."
        outcome = traced(
            WORDS, source("c", FREE), source("b", later, "2031-02-01"), source("a", early, "2031-01-01")
        )
        assert outcome.passage is not None
        assert [outcome.passage.source.id, *(p.source.id for p in outcome.candidates)] == ["a", "b", "c"]

    def test_the_same_letters_are_shown_first(self) -> None:
        """A later source with just these letters goes before an earlier one in other type."""
        outcome = traced(
            WORDS, source("a", FREE.upper(), "2031-01-01"), source("b", FREE + " Later.", "2031-02-01")
        )
        assert (outcome.verdict, outcome.passage and outcome.passage.source.id) == (Verdict.VERBATIM, "b")

    def test_a_headline_is_shown_in_its_own_article(self) -> None:
        """What a headline quotes is looked for in the article's own quotations, before any other source."""
        text = f"“{WORDS}”: mayor\n\n“{WORDS},” she said."
        span = (1, 1 + len(WORDS))
        body = (text.rindex(WORDS), text.rindex(WORDS) + len(WORDS))
        headline = Quotation(segments=(span,), kind=QuotationKind.HEADLINE, **quote_at(text, *span))  # type: ignore[arg-type]
        own = source("a", text, quoted=(body,))
        asked = Query(WORDS, "q", "a", None, 0, *span, headline, within="a")
        (outcome,) = trace_all([asked], [own, source("b", FREE, "2031-01-01")])
        assert (outcome.relation, outcome.passage and outcome.passage.start) == (Relation.SELF, body[0])
        direct = Query(WORDS, "q", "a", None, 0, *span, None, within="a")
        (outcome,) = trace_all([direct], [own, source("b", FREE, "2031-01-01")])
        assert outcome.relation is Relation.PRIMARY

    def test_evidence_names_what_was_found(self) -> None:
        """All words stand there, and what they carry is named twice: as bits and as their mass."""
        evidence = dict(traced(WORDS, source("a", FREE)).evidence)
        assert evidence.keys() == {"coverage", "bits", "idf_mass"}
        assert evidence["coverage"] == 1.0
        assert evidence["bits"] == evidence["idf_mass"] == round(evidence["bits"], 1) > 10


class TestParts:
    """A piece of a sentence is PARTIAL up to eight words."""

    @pytest.mark.parametrize(
        ("exact", "verdict"),
        [
            ("shall reopen the old harbour in the north", Verdict.PARTIAL),
            ("shall reopen the old harbour in the north of", Verdict.VERBATIM),
        ],
    )
    def test_eight_words_are_a_part(self, exact: str, verdict: Verdict) -> None:
        """Eight words are a piece, nine are most of a sentence."""
        text = "Nobody came. We shall reopen the old harbour in the north of the bay soon. She left."
        assert traced(exact, source("a", text), cited="a").verdict is verdict


class TestCuts:
    """What is shown of a cut."""

    def test_a_cut_behind_stands_at_the_end_of_the_quotation(self) -> None:
        """It lies behind the last word there, and from the next word of the source to the end of the sentence."""
        (cut,) = traced(WORDS, source("a", BOUND), cited="a").alterations
        assert cut.quotation == (len(WORDS), len(WORDS))
        assert (cut.quoted, BOUND[slice(*cut.passage)]) == ("", "unless the owners of the quay object to it")

    def test_a_cut_before_stands_at_the_beginning(self) -> None:
        """It lies before the first word, and from the beginning of the clause in the source."""
        text = (
            "Nobody came. All day long, she denied that the harbour had been reopened in the north. She left."
        )
        exact = "the harbour had been reopened in the north"
        (cut,) = traced(exact, source("a", text), cited="a").alterations
        assert cut.quotation == (0, 0)
        assert text[slice(*cut.passage)] == "she denied that"

    def test_no_more_than_twelve_words_are_shown(self) -> None:
        """A long rest is shown by its first twelve words, a long beginning by its last twelve."""
        numbers = "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 a11 a12 a13 a14"
        behind = f"Nobody came. We shall reopen the old harbour in the north unless {numbers}. She left."
        (cut,) = traced(WORDS, source("a", behind), cited="a").alterations
        assert cut.original == f"unless {numbers[: numbers.index(' a12')]}"
        before = f"Nobody came. {numbers} never reopen the old harbour in the north. She left."
        (cut,) = traced("reopen the old harbour in the north", source("a", before), cited="a").alterations
        assert cut.original == f"{numbers[numbers.index('a4') :]} never"

    def test_an_article_that_tells_what_was_cut_off_cut_nothing(self) -> None:
        """Where the words around the quotation say that it was denied, or bounded, nothing was kept silent."""
        text = (
            "Nobody came. All day long, she denied that the harbour had been reopened in the north. She left."
        )
        words = "the harbour had been reopened in the north"

        def verdict(article: str) -> Verdict:
            start = article.index(words)
            span = (start, start + len(words))
            quotation = Quotation(segments=(span,), kind=QuotationKind.DIRECT, **quote_at(article, *span))  # type: ignore[arg-type]
            query = Query(words, "q", "b", None, 0, *span, quotation, cited="a")
            (outcome,) = trace_all([query], [source("a", text)])
            return outcome.verdict

        assert verdict(f"The mayor denied that “{words},” they say.") is Verdict.PARTIAL
        assert verdict(f"The mayor denied one two three four “{words},” they say.") is Verdict.PARTIAL
        assert (
            verdict(f"The mayor denied one two three four five six “{words},” they say.") is Verdict.TRUNCATED
        )
        assert verdict(f"The mayor said that “{words},” they say.") is Verdict.TRUNCATED


class TestMarks:
    """What a mark may hide."""

    @pytest.mark.parametrize(
        ("number", "verdict"), [("both", Verdict.MARKED), ("two", Verdict.ELLIPSIS_HIDES), ("7", Verdict.ELLIPSIS_HIDES)]
    )  # fmt: skip
    def test_a_number_from_two_on_is_hidden(self, number: str, verdict: Verdict) -> None:
        """An ellipsis that stands for a number hides it; other small words it may stand for."""
        text = f"Nobody came. We shall reopen {number} quays and the old harbour in the north. She left."
        exact = "We shall reopen … the old harbour in the north"
        assert traced(exact, source("a", text), cited="a").verdict is verdict

    @pytest.mark.parametrize(("before", "after"), [("…", ""), ("", "…")])
    def test_a_lettered_word_beside_an_ellipsis_is_one_word(self, before: str, after: str) -> None:
        """A word with letters in brackets stands for the word next to the rest; the ellipsis for the others."""
        text = "Nobody came. We shall reopen bright painted quays and the old harbour in the north. She left."
        word = "quay[side]" if before else "[B]rightly"
        exact = f"We shall reopen {before} {word} {after} and the old harbour in the north"
        outcome = traced(" ".join(exact.split()), source("a", text), cited="a")
        assert outcome.verdict is Verdict.MARKED
        first = "bright painted" if before else "bright"
        second = "quays" if before else "painted quays"
        assert [a.original for a in outcome.alterations] == [first, second]
