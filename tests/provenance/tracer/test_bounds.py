"""Bounds: what a sentence goes on with behind a quotation, and what is said of languages without lists of words."""

from __future__ import annotations

import pytest

from provenance.model.trace import AlterationKind, Query, Source, Trace, Verdict
from provenance.tracer.lexicons import UNKNOWN, lexicon, written_in
from provenance.tracer.verdicts import trace_all

UNLISTED = "there are no lists of denials"


def traced(text: str, exact: str) -> Trace:
    """Trace words in a text that is named as their source."""
    source = Source(id="s", characters=text, input="s", span=(0, len(text)))
    (outcome,) = trace_all([Query(exact=exact, id="q", cited="s")], [source])
    return outcome


class TestWholeSentences:
    """A quotation that poses as a whole sentence, while its source goes on."""

    TEXT = "Nobody came. We shall reopen the old harbour{} The mayor left for her office in the evening."

    def verdict(self, rest: str, exact: str = "We shall reopen the old harbour.") -> Verdict:
        """Trace a sentence without what its source goes on with."""
        return traced(self.TEXT.format(rest), exact).verdict

    def test_a_condition_further_on_in_the_clause_was_cut_off(self) -> None:
        """The condition need not follow the last word: what lies between was cut off with it."""
        assert self.verdict(" in the north if the owners agree.") is Verdict.TRUNCATED
        assert self.verdict(" in the north of the bay.") is Verdict.PARTIAL

    def test_what_was_cut_off_is_shown_from_the_last_word_on(self) -> None:
        """The alteration holds all that the quotation leaves out, up to the end of the sentence."""
        outcome = traced(
            self.TEXT.format(" in the north if the owners agree."), "We shall reopen the old harbour."
        )
        assert [(a.kind, a.original) for a in outcome.alterations] == [
            (AlterationKind.TRUNCATION, "in the north if the owners agree")
        ]

    def test_another_clause_bounds_less(self) -> None:
        """Behind a comma another clause begins: that it begins with something else is no cut."""
        assert self.verdict(" in the north, and she asked if we agree.") is Verdict.PARTIAL

    def test_a_piece_is_no_sentence(self) -> None:
        """Without a full stop, or from the middle of a sentence, nothing poses as whole."""
        rest = " in the north if the owners agree."
        assert self.verdict(rest, "We shall reopen the old harbour") is Verdict.PARTIAL
        assert self.verdict(rest, "We shall reopen the old harbour…") is not Verdict.TRUNCATED
        assert self.verdict(rest, "reopen the old harbour.") is Verdict.PARTIAL

    def test_speech_begins_like_a_sentence(self) -> None:
        """What stands right behind an opening mark begins there."""
        text = "The mayor said “reopen the old harbour in the north if the owners agree” and left for her office."
        assert traced(text, "Reopen the old harbour.").verdict is Verdict.TRUNCATED

    @pytest.mark.parametrize("rest", [" as fast as if it burned.", " not only in May but in June."])
    def test_a_simile_and_a_list_bound_nothing(self, rest: str) -> None:
        """No condition lies in "as if", and "not only, but" takes nothing back."""
        assert self.verdict(rest) is Verdict.PARTIAL

    def test_a_list_ends_with_its_clause(self) -> None:
        """What a clause before says with "not only" is not about this one."""
        text = "Nobody came. Not only here, we shall reopen the old harbour in May but not in June. The mayor left."
        assert traced(text, "Not only here, we shall reopen the old harbour.").verdict is Verdict.TRUNCATED


class TestHeads:
    """What stands before a quotation and takes it back."""

    @pytest.mark.parametrize("head", ["It is not true that", "We are not sure", "There is no evidence that"])
    def test_a_denied_certainty_takes_back(self, head: str) -> None:
        """Words that were said not to be certain were not said."""
        text = f"Nobody came. {head} the old harbour reopens in the north. The mayor left for her office."
        assert traced(text, "the old harbour reopens in the north").verdict is Verdict.TRUNCATED

    def test_a_certainty_takes_nothing_back(self) -> None:
        """Said to be true, the words stand."""
        text = "Nobody came. It is true that the old harbour reopens in the north. The mayor left for her office."
        assert traced(text, "the old harbour reopens in the north").verdict is Verdict.PARTIAL


class TestStrayWords:
    """A word that stands far off by chance is no part of a passage."""

    def test_a_lone_word_far_off_makes_no_splice(self) -> None:
        """Two words that begin another sentence are not where "values will never" comes from."""
        text = (
            "Values will come in a good many kinds of units. Some of them are old and some will be new in this table. "
            "Values will need to be converted before plugging them into the equations. The rest is left to the reader."
        )
        outcome = traced(
            text, "Values will never need to be converted before plugging them into the equations."
        )
        assert outcome.verdict is Verdict.NEGATION
        assert outcome.passage is not None
        assert outcome.passage.exact.startswith("Values will need")


class TestPossessives:
    """A day or a year is one, whoever it belongs to."""

    def test_another_weekday_is_another_number(self) -> None:
        """What is "Friday's" names a day, as "Friday" does."""
        text = "The mayor answered all the questions of the board after Friday's debate about the harbour. She left."
        exact = text.removesuffix(" She left.")
        assert traced(text, exact.replace("Friday's", "Monday's")).verdict is Verdict.NUMBER
        assert traced(text, exact.replace("Friday's", "Friday’s")).verdict is Verdict.NORMALISED


POLISH = (
    "Burmistrz oświadczyła wieczorem, że stary port zostanie otwarty przed końcem czerwca, chyba że rada zmieni swoje "
    "zdanie. Mieszkańcy dzielnicy czekali na tę decyzję wystarczająco długo, dodała podczas spotkania z dziennikarzami. "
    "Nowa umowa obejmuje także magazyny, nabrzeże oraz drogę dojazdową."
)
ENGLISH = (
    "The mayor said in the evening that the old harbour would be opened before the end of June, unless the board "
    "changed its mind. The people of the quarter had waited for this decision long enough, she added at a meeting "
    "with the press. "
    "The new contract covers the stores, the quay and the road."
)


class TestLanguagesWithoutLists:
    """Texts in Latin letters of whose language there is no lexicon pass for no other language."""

    def test_a_language_without_a_lexicon_is_not_english(self) -> None:
        """Words of a sixth and more of which none is known are of no language that is."""
        assert written_in(POLISH.lower().split()) == UNKNOWN
        assert written_in(ENGLISH.lower().split()) == "en"

    def test_few_words_do_not_tell(self) -> None:
        """Of fewer words than a sentence or two nothing is said, and the default stands."""
        assert written_in(POLISH.lower().split()[:35]) == "en"
        assert written_in(POLISH.lower().split()[:36]) == UNKNOWN

    def test_a_denial_there_is_a_change_of_which_the_kind_is_not_known(self) -> None:
        """What was put in is seen; that it denies is not claimed, and the reason says what was not checked."""
        exact = "Mieszkańcy dzielnicy nie czekali na tę decyzję wystarczająco długo"
        outcome = traced(POLISH, exact)
        assert outcome.verdict is Verdict.SUBSTITUTION
        assert UNLISTED in (outcome.reason or "")

    def test_words_that_stand_there_say_that_cuts_were_not_looked_for(self) -> None:
        """The words are there; whether what bounds them was cut off is not known, and not passed over."""
        outcome = traced(POLISH, "stary port zostanie otwarty przed końcem czerwca")
        assert outcome.verdict is Verdict.PARTIAL
        assert UNLISTED in (outcome.reason or "")

    def test_what_a_mark_hides_there_is_unchecked(self) -> None:
        """An ellipsis may hide a denial that no list knows."""
        outcome = traced(
            POLISH, "Mieszkańcy dzielnicy czekali na tę decyzję … podczas spotkania z dziennikarzami"
        )
        assert outcome.verdict is Verdict.UNCHECKED

    def test_in_english_all_is_checked(self) -> None:
        """A reason has no such remark where the lists are at hand: also for words that show no language."""
        for exact in ("had waited for this decision long enough", "stores, quay", "new contract covers"):
            assert UNLISTED not in (traced(ENGLISH, exact).reason or "")
        denied = traced(ENGLISH, "The people of the quarter had not waited for this decision long enough")
        assert denied.verdict is Verdict.NEGATION

    def test_a_source_of_an_unknown_language_cannot_be_compared(self) -> None:
        """A quotation in English of a Polish source is in another language, not missing from it."""
        outcome = traced(POLISH, "The people of the quarter had waited for this decision long enough")
        assert outcome.verdict is Verdict.UNCHECKED
        assert "another language" in (outcome.reason or "")

    def test_three_words_of_a_language_show_it(self) -> None:
        """Three different function words show a language; one of them three times is chance."""
        english = lexicon("en")
        assert english.is_spoken(["the", "port", "of", "rada", "and", "zdanie"])
        assert not english.is_spoken(["i", "port", "i", "rada", "i", "zdanie"])
        assert not english.is_spoken(["the", "of", "and", *["port"] * 15])
        assert english.is_spoken(["the", "of", "and", *["port"] * 14])
