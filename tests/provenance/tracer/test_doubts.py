"""Doubts, weighed by hand: in a body of 4,094 words one that stands once carries 12 bits, a row of them loses 4.8.

The gate is 12 + 8 = 20 bits; of a quotation of which the share w stands there, 55 (3/4 - w) bits more are asked for.
"""

from __future__ import annotations

import pytest

from provenance.corpus.texts import with_quotations
from provenance.model.quotation import Quotation, QuotationKind, quote_at
from provenance.model.trace import Query, Severity, Source, SpeakerAgreement, Trace, Verdict
from provenance.tracer.verdicts import trace_all

WORDS_OF_THE_BODY = 4094
OFTEN = 256
"""How often "then" stands in the body: it carries 12 - 8 = 4 bits."""


def traced(statement: str, exact: str, *, published: str = "2031-05-01", **more: str) -> Trace:
    """Trace words in a body in which Dana Orlov makes a statement of words that stand nowhere else, but for "then"."""
    said = f"“{statement},” Dana Orlov said.\n\n"
    held = len(said.split()) + OFTEN - statement.count("then")
    filler = " ".join(["then"] * (held - len(said.split())))
    filler += ".\n\n" + " ".join(f"w{n}" for n in range(WORDS_OF_THE_BODY - held))
    text = said + filler
    source = Source(id="s", characters=text, input="s", span=(0, len(text)), published=published)
    (outcome,) = trace_all([Query(exact=exact, id="q", **more)], [source], enrich=with_quotations)  # type: ignore[arg-type]
    return outcome


def is_accused(outcome: Trace) -> bool:
    """Say whether a trace calls words altered."""
    return outcome.verdict.severity in (Severity.ALTERED, Severity.DISTORTED)


FIVE, FIVE_ALTERED = "amber birch cedar dogwood elder", "amber birch cedar dogwood other"
"""Four words that stand there carry 48 - 4.8 = 43.2 of 60 bits: w is .72, and 21.65 are asked for."""
FOUR, FOUR_ALTERED = "amber birch cedar dogwood", "amber birch cedar other"
"""Three carry 36 - 4.8 = 31.2 of 48: w is .65, and 25.5 are asked for."""
THREE, THREE_ALTERED = "amber birch cedar", "amber birch other"
"""Two carry 24 - 4.8 = 19.2: less than the gate."""


class TestSpeakers:
    """Another speaker raises the gate by 24 bits."""

    def test_another_speaker_may_have_said_the_same_in_other_words(self) -> None:
        """43.2 bits are enough for what nobody or Orlov is named for (21.65), and too little for Brandt's (45.65)."""
        assert is_accused(traced(FIVE, FIVE_ALTERED))
        assert is_accused(traced(FIVE, FIVE_ALTERED, speaker="Dana Orlov"))
        assert not is_accused(traced(FIVE, FIVE_ALTERED, speaker="Ilse Brandt"))

    def test_half_a_name_is_nobody_else(self) -> None:
        """A family name or a role tells no other person."""
        assert is_accused(traced(FIVE, FIVE_ALTERED, speaker="Brandt"))
        assert is_accused(traced(FIVE, FIVE_ALTERED, speaker="the minister"))

    def test_more_words_outweigh_the_other_name(self) -> None:
        """Five words that stand there carry 60 - 4.8 = 55.2 of 72 bits: more than 44, whoever is named for them."""
        assert is_accused(traced(f"{FIVE} fir", f"{FIVE} other", speaker="Ilse Brandt"))


class TestDates:
    """Some days between quotation and source raise the gate by 10 bits, a year by 20."""

    @pytest.mark.parametrize(
        ("quoted_at", "accused"), [("2031-05-02", True), ("2031-05-15", True), ("2031-05-16", False)]
    )
    def test_two_weeks(self, quoted_at: str, accused: bool) -> None:
        """31.2 bits are more than 25.5, and fewer than the 35.5 that are asked for after fourteen days."""
        assert is_accused(traced(FOUR, FOUR_ALTERED, quoted_at=quoted_at)) is accused

    @pytest.mark.parametrize(("quoted_at", "accused"), [("2032-04-30", True), ("2032-05-03", False)])
    def test_a_year(self, quoted_at: str, accused: bool) -> None:
        """Forty bits less 4.8 of 52 ask for 24.0: with ten more they are enough, with twenty more they are not."""
        outcome = traced("amber birch cedar then elder", "amber birch cedar then other", quoted_at=quoted_at)
        assert is_accused(outcome) is accused


class TestGate:
    """What is below the gate is never called altered, and what could not pass it is too short to decide."""

    def test_the_gate(self) -> None:
        """19.2 bits accuse nobody, 31.2 do."""
        assert not is_accused(traced(THREE, THREE_ALTERED))
        assert is_accused(traced(FOUR, FOUR_ALTERED))

    def test_too_short_to_decide(self) -> None:
        """Of three other words, two rows of 12 - 4.8 would be left after a change of the middle one: nothing to go by."""
        outcome = traced(FOUR, "quite other words")
        assert outcome.verdict is Verdict.UNCHECKED
        assert outcome.reason is not None
        assert outcome.reason.startswith("too short to decide")

    def test_long_enough_to_decide(self) -> None:
        """Of seven words at least 72 - 9.6 bits are left after any change: that none stands there says something."""
        outcome = traced(FOUR, "seven other words of which none stands")
        assert outcome.verdict is Verdict.UNTRACED_OUT

    def test_a_missing_source_is_named_also_for_few_words(self) -> None:
        """Where the source is named, its absence is what there is to say, with the day by which it was out."""
        outcome = traced(FOUR, "quite other words", cited="Norda", quoted_at="2031-05-06T10:00")
        assert (outcome.verdict, outcome.missing) == (Verdict.UNTRACED_OUT, "Norda")
        assert "Norda, published by 2031-05-06, is named" in (outcome.reason or "")

    def test_a_phrase_of_a_long_quotation_is_no_version_of_it(self) -> None:
        """Of twenty words five stand in the cited source: 55.2 of 240 bits, less than a quarter, are another statement."""
        others = " ".join(f"x{n}" for n in range(15))
        assert traced(FIVE, f"{FIVE} {others}", cited="s").verdict is Verdict.UNTRACED_IN
        fewer = " ".join(f"x{n}" for n in range(12))
        assert is_accused(traced(FIVE, f"{FIVE} {fewer}", cited="s"))


class TestMisattributed:
    """Only words that are beyond chance are taken from another's mouth."""

    def test_common_words_belong_to_nobody(self) -> None:
        """“amber then then” carries 12 + 4 + 4 bits, the gate: words of one bit less are said by many."""
        named = traced("amber then then", "amber then then", speaker="Ilse Brandt")
        assert (named.verdict, named.speaker_status) == (Verdict.MISATTRIBUTED, SpeakerAgreement.DIFFERENT)
        common = traced("then then then then", "then then then then", speaker="Ilse Brandt")
        assert common.verdict is not Verdict.MISATTRIBUTED


class TestHeadlines:
    """A headline may trim a quotation of its own article, however few words it has."""

    ARTICLE = (
        "‘{}’\n\n“We shall open the old harbour again in June,” she said. They open the new quay on Friday.\n"
    )

    def traced(self, words: str) -> Trace:
        """Trace a quotation in the headline of an article in the article."""
        text = self.ARTICLE.format(words)
        start = text.index("We shall")
        source = Source(
            id="a.txt#0",
            characters=text,
            input="a.txt",
            span=(0, len(text)),
            quoted=((start, text.index(",” she")),),
        )
        first = text.index(words)
        span = (first, first + len(words))
        headline = Quotation(segments=(span,), kind=QuotationKind.HEADLINE, **quote_at(text, *span))  # type: ignore[arg-type]
        (outcome,) = trace_all(
            [Query(words, "q", "a.txt", None, 0, *span, headline, within="a.txt#0")], [source]
        )
        return outcome

    def test_a_headline_trims(self) -> None:
        """All words of the headline stand in one quotation of the body, in order."""
        outcome = self.traced("open the harbour again in June")
        assert (outcome.verdict, outcome.relation) == (Verdict.OMISSION, "self")

    def test_a_headline_with_another_word_does_not_trim(self) -> None:
        """One word that does not stand there, and too little evidence for a change: nothing is said."""
        assert self.traced("open the quay again in June").passage is None

    def test_a_headline_does_not_trim_what_nobody_says(self) -> None:
        """What the article tells itself is not what its headline quotes."""
        assert self.traced("open the quay on Friday").passage is None


class TestParts:
    """A source that quotes less, or has less than half, accuses nobody."""

    LONG = "amber birch cedar dogwood elder fir hazel ivy"

    def test_a_source_may_quote_only_the_end_or_the_beginning(self) -> None:
        """Three words more before or behind what the source has in its own marks may have been said all the same."""
        for exact in (f"three more words {self.LONG}", f"{self.LONG} three more words"):
            outcome = traced(self.LONG, exact)
            assert outcome.verdict is Verdict.UNTRACED_OUT
            assert "a part of these words is quoted elsewhere, unchanged" in (outcome.reason or "")

    def test_two_words_more_may_turn_it(self) -> None:
        """A denial put before what was said is one, though the source's own marks begin there."""
        assert traced(self.LONG, f"Do not {self.LONG}").verdict is Verdict.NEGATION

    def test_a_change_within_is_one_though_the_source_quotes_less(self) -> None:
        """Another word in the middle is not excused by words that the source does not have at the end."""
        changed = self.LONG.replace("dogwood", "other")
        assert is_accused(traced(self.LONG, f"{changed} three more words"))

    def test_words_put_in_within_are_a_change(self) -> None:
        """Three words in the middle stand at no end."""
        assert is_accused(traced(self.LONG, self.LONG.replace("elder", "elder three more words")))

    def test_less_than_half_of_the_words_with_another_number(self) -> None:
        """Eight of nineteen words stand there beside another number: it may replace none. Of fifteen, it does."""
        statement = "amber birch cedar dogwood elder fir 40 hazel ivy"
        changed = statement.replace("40", "50")
        others = [f"x{n}" for n in range(10)]
        assert traced(statement, f"{changed} {' '.join(others)}").verdict is Verdict.UNTRACED_OUT
        assert traced(statement, f"{changed} {' '.join(others[:6])}").verdict is Verdict.NUMBER

    def test_less_than_half_of_the_words_without_a_distortion(self) -> None:
        """The same beside another word is another wording of what is there."""
        statement = "amber birch cedar dogwood elder fir grape hazel ivy"
        others = " ".join(f"x{n}" for n in range(10))
        assert (
            traced(statement, f"{statement.replace('grape', 'other')} {others}").verdict is Verdict.PARAPHRASE
        )


def test_a_year_is_no_day() -> None:
    """Where only the year is known of either side, nothing is known of the days between."""
    assert is_accused(traced(FOUR, FOUR_ALTERED, published="2031", quoted_at="2031-12-30"))
    assert is_accused(traced(FOUR, FOUR_ALTERED, published="2031-05-01", quoted_at="2031"))
