"""Scripts of which there is no lexicon: words are found, changes are seen, and what cannot be judged is said."""

from __future__ import annotations

import pytest

from provenance.model.trace import Query, Severity, Source, Trace, Verdict
from provenance.tracer.fold import fold_quotation, spoken
from provenance.tracer.lexicons import LANGUAGES, UNKNOWN, language_of
from provenance.tracer.verdicts import trace_all

TEXTS = {
    "zh": "港务局长说：“我们六月以前不会重新开放北部渡口，因为南码头的粮食还没有运完。”没有人问起农民。",
    "ja": "港の局長は「北の渡し場は六月より前には再開しない、南の埠頭の穀物がまだ運ばれていないからだ」と述べた。",
    "ar": "قال مدير الميناء: «لن نعيد فتح المعبر الشمالي قبل شهر حزيران لأن حبوب الرصيف الجنوبي لم تنقل بعد إلى المدينة».",
}
SAID = {
    "zh": "我们六月以前不会重新开放北部渡口，因为南码头的粮食还没有运完",
    "ja": "北の渡し場は六月より前には再開しない、南の埠頭の穀物がまだ運ばれていないからだ",
    "ar": "لن نعيد فتح المعبر الشمالي قبل شهر حزيران لأن حبوب الرصيف الجنوبي لم تنقل بعد إلى المدينة",
}
CHANGED = {
    "zh": SAID["zh"].replace("北部", "东部"),
    "ja": SAID["ja"].replace("六月", "八月"),
    "ar": SAID["ar"].replace("الشمالي", "الشرقي"),
}
HIDDEN = {
    "zh": SAID["zh"].replace("不会", "…"),
    "ja": SAID["ja"].replace("より前には", "…"),
    "ar": SAID["ar"].replace("قبل شهر", "…"),
}


def traced(language: str, exact: str) -> Trace:
    """Trace words in the text of a language, which is named as their source."""
    text = TEXTS[language]
    source = Source(id="s", characters=text, input="s", span=(0, len(text)))
    (outcome,) = trace_all([Query(exact=exact, id="q", cited="s")], [source])
    return outcome


@pytest.mark.parametrize("language", TEXTS)
class TestScripts:
    """Chinese, Japanese and Arabic."""

    def test_the_same_words_are_found(self, language: str) -> None:
        """Words that stand there letter for letter are VERBATIM."""
        outcome = traced(language, SAID[language])
        assert outcome.verdict is Verdict.VERBATIM
        assert outcome.passage is not None
        assert outcome.passage.exact == SAID[language]

    def test_other_words_are_seen(self, language: str) -> None:
        """A word in the place of another is an alteration, at its place."""
        outcome = traced(language, CHANGED[language])
        assert outcome.verdict.severity in (Severity.ALTERED, Severity.DISTORTED)
        assert [a.original for a in outcome.alterations if a.original in TEXTS[language]]

    def test_what_a_mark_hides_cannot_be_judged(self, language: str) -> None:
        """Whether what is left out is a denial is not known in this language: UNCHECKED, with the place and the reason."""
        outcome = traced(language, HIDDEN[language])
        assert outcome.verdict is Verdict.UNCHECKED
        assert "no lists of denials" in (outcome.reason or "")
        assert outcome.candidates[0].source.id == "s"

    def test_the_language_is_unknown(self, language: str) -> None:
        """No lexicon is taken for it."""
        assert language not in LANGUAGES
        assert language_of(fold_quotation(SAID[language])) == UNKNOWN


def test_a_mark_that_hides_nothing_is_a_mark() -> None:
    """An ellipsis at the end, with nothing of the source behind it, hides nothing in any language."""
    assert traced("zh", SAID["zh"] + "…").verdict in (Verdict.VERBATIM, Verdict.NORMALISED, Verdict.MARKED)


def test_known_scripts_keep_their_default() -> None:
    """Words in Latin or Cyrillic letters of which no lexicon knows one, names and numbers, are taken for the default."""
    assert language_of(("orlov", "karsk", "2031")) == "en"
    assert language_of(("орлов", "карск"), default="ru") == "ru"


def test_a_code_point_is_half_a_word() -> None:
    """Four Chinese characters are two words, and five three; letters in a row are one."""
    assert [
        spoken(fold_quotation(text)) for text in ("北部渡口", "北部的渡口", "the northern ferry", "")
    ] == [2, 3, 3, 0]


def test_two_characters_are_too_short() -> None:
    """One Chinese word is as little as one English one."""
    source = Source(id="s", characters=TEXTS["zh"], input="s", span=(0, len(TEXTS["zh"])))
    (outcome,) = trace_all([Query(exact="重新", id="q")], [source])
    assert outcome.verdict is Verdict.UNCHECKED


def test_a_source_in_another_script_is_in_another_language() -> None:
    """English words that cite a Chinese source, or Chinese ones an English, cannot be compared with it: UNCHECKED."""
    english = (
        "The harbour master said that the northern ferry will not be opened again before the first of June."
    )
    for exact, text in ((english, TEXTS["zh"]), (SAID["zh"], english)):
        source = Source(id="s", characters=text, input="s", span=(0, len(text)))
        (outcome,) = trace_all([Query(exact=exact, id="q", cited="s")], [source])
        assert outcome.verdict is Verdict.UNCHECKED
        assert "in another language" in (outcome.reason or "")
