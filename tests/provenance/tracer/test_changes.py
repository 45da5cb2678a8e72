"""Changed words: every kind of alteration is named for what it is, at its place, and what only looks like one is not."""

from __future__ import annotations

import pytest

from provenance.model.trace import AlterationKind, Query, Severity, Source, Trace, Verdict
from provenance.tracer.verdicts import trace_all

SOURCE = (
    "KARSK, 3 May 2031. “We will not reopen the northern crossing before June, unless the council guarantees 40 trucks"
    " a day,” Minister Dana Orlov told reporters in Karsk on Tuesday. “The people of Karsk have waited long enough.”\n\n"
    "Orlov doubted that the ferries could carry the grain of the whole province to the coast in time. The ministry had"
    " counted 2.6 million sacks, it said, and expected half of them to rot.\n\n"
    "“Bread and timber come first,” Orlov said. Ilse Brandt answered: “Nobody asked the farmers of the upper valley"
    " about it.”\n"
)


def traced(exact: str, text: str = SOURCE, **more: str) -> Trace:
    """Trace words in one source."""
    source = Source(id="s", characters=text, input="s", span=(0, len(text)), published="2031-05-03")
    (outcome,) = trace_all([Query(exact=exact, id="q", **more)], [source])  # type: ignore[arg-type]
    return outcome


def kinds(outcome: Trace) -> list[tuple[str, str, str]]:
    """Return the alterations of a trace in words."""
    return [(a.kind.value, a.quoted, a.original) for a in outcome.alterations]


FAITHFUL = [
    (Verdict.VERBATIM, "The people of Karsk have waited long enough."),
    (Verdict.NORMALISED, "the people of Karsk have waited long enough,"),
    (Verdict.PARTIAL, "have waited long enough"),
    (
        Verdict.INTERRUPTED,
        "unless the council guarantees 40 trucks a day. The people of Karsk have waited long enough.",
    ),
    (Verdict.MARKED, "We will not reopen [it] before June, unless the council … 40 trucks a day"),
    (Verdict.MARKED, "[t]he people of Karsk have waited long enough [sic]"),
    (Verdict.NORMALISED, "counted 2.6million sacks, it said, and expected half of them to rot"),
]
ALTERED = [
    (Verdict.OMISSION, "We will not reopen the crossing before June, unless the council guarantees 40 trucks a day"),
    (Verdict.SUBSTITUTION, "The people of Karsk have waited quite long enough"),
    (Verdict.NEGATION, "We will reopen the northern crossing before June, unless the council guarantees 40 trucks"),
    (Verdict.NUMBER, "before June, unless the council guarantees 400 trucks a day"),
    (Verdict.NUMBER, "counted 2.6 billion sacks, it said, and expected half of them to rot"),
    (Verdict.NAME, "the people of Varsk have waited long enough"),
    (Verdict.TRUNCATED, "We will not reopen the northern crossing before June"),
    (Verdict.TRUNCATED, "the ferries could carry the grain of the whole province"),
    (Verdict.ELLIPSIS_HIDES, "We will … reopen the northern crossing before June, unless the council guarantees 40 trucks"),
    (Verdict.SPLICE, "We will not reopen the northern crossing to carry the grain of the whole province to the coast"),
    (Verdict.SPLICE, "Bread and timber come first. Nobody asked the farmers of the upper valley about it."),
    (Verdict.PARAPHRASE, "our ferries could maybe bring grain out of the whole province down to the coast, in time"),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "exact"), FAITHFUL)
def test_faithful_words_are_not_accused(verdict: Verdict, exact: str) -> None:
    """Words that were said, however they are set, and changes that are marked, accuse nobody."""
    outcome = traced(exact)
    assert verdict is outcome.verdict, kinds(outcome)


@pytest.mark.parametrize(("verdict", "exact"), ALTERED)
def test_altered_words_are_named(verdict: Verdict, exact: str) -> None:
    """Words that were changed get the verdict of the gravest change."""
    outcome = traced(exact)
    assert verdict is outcome.verdict, kinds(outcome)


@pytest.mark.parametrize(
    ("exact", "expected"),
    [
        (
            "We will not reopen the crossing before June, unless the council guarantees 40 trucks a day",
            [("omission", "", "northern")],
        ),
        ("before June, unless the council guarantees 400 trucks a day", [("number", "400", "40")]),
        ("the people of Varsk have waited long enough", [("name", "Varsk", "Karsk")]),
        (
            "We will … reopen the northern crossing before June, unless the council guarantees 40 trucks",
            [("ellipsis", "…", "not")],
        ),
    ],
)
def test_each_change_has_its_place(exact: str, expected: list[tuple[str, str, str]]) -> None:
    """An alteration holds the words of both sides, and they stand where it says."""
    outcome = traced(exact)
    assert sorted(expected) == sorted(kinds(outcome))
    for alteration in outcome.alterations:
        assert exact[slice(*alteration.quotation)] == alteration.quoted
        assert SOURCE[slice(*alteration.passage)] == alteration.original


def test_another_order_of_the_same_words() -> None:
    """Words that change places are told as that, and nothing else is."""
    outcome = traced("the people of Karsk have long waited enough")
    assert {"order"} == {alteration.kind.value for alteration in outcome.alterations}
    assert {"order"} != {
        a.kind.value for a in traced("the people of Karsk have often waited enough").alterations
    }


def test_what_was_cut_off_is_shown() -> None:
    """A truncation holds the words that bound the statement."""
    (alteration,) = traced("We will not reopen the northern crossing before June").alterations
    assert alteration.kind is AlterationKind.TRUNCATION
    assert alteration.original.startswith("unless the council guarantees 40 trucks")


@pytest.mark.parametrize(
    "exact",
    [
        "No comment from us at this time",
        "I never met the delegation of the council in all those years",
        "The northern lights were seen in Karsk before dawn by two fishermen",
    ],
)
def test_other_words_are_untraced(exact: str) -> None:
    """Words that no source has, or that share a phrase with one, accuse nobody."""
    assert traced(exact).verdict in (Verdict.UNTRACED_OUT, Verdict.UNCHECKED)
    assert traced(exact, cited="s").verdict is Verdict.UNTRACED_IN


def test_common_words_in_many_sources_are_ambiguous() -> None:
    """Few common words that stand in several unrelated sources are AMBIGUOUS; in a cited one they are found."""
    texts = [f"Word{n} of{n} " + "so it goes and " * 30 for n in range(4)]
    sources = [
        Source(id=str(n), characters=text, input=str(n), span=(0, len(text))) for n, text in enumerate(texts)
    ]
    (open_,) = trace_all([Query(exact="and so it", id="q")], sources)
    (cited,) = trace_all([Query(exact="and so it", id="q", cited="2")], sources)
    assert (open_.verdict, len(open_.candidates) > 2) == (Verdict.AMBIGUOUS, True)
    assert (cited.verdict, cited.passage and cited.passage.source.id) == (Verdict.PARTIAL, "2")


def test_a_source_that_quotes_less_accuses_nobody() -> None:
    """Where a source has a part of the words in its own marks, unchanged, the rest may have been said all the same."""
    words = (
        "The people of Karsk have waited long enough. They have waited through two winters without a doctor."
    )
    outcome = traced(words)
    assert outcome.verdict is Verdict.UNTRACED_OUT
    assert [c.exact for c in outcome.candidates] == ["The people of Karsk have waited long enough"]


DENIALS = (
    (
        "„{}“, sagte sie.",
        "Wir werden die nördliche Brücke im Juni nicht öffnen",
        "Wir werden die nördliche Brücke im Juni öffnen",
    ),
    (
        "« {} », dit-elle.",
        "Nous ne pouvons jamais ouvrir le pont avant juin",
        "Nous pouvons ouvrir le pont avant juin",
    ),
    (
        "«{}», dijo.",
        "No vamos a abrir el puente del norte en junio",
        "Ya vamos a abrir el puente del norte en junio",
    ),
    (
        "«{}», сказала она.",
        "Мы не откроем северный мост для грузовиков в июне",
        "Мы откроем северный мост для грузовиков в июне",
    ),
    (
        "“{}”, ha detto.",
        "Non apriremo mai il ponte per la gente a giugno",
        "Apriremo il ponte per la gente a giugno",
    ),
    (
        "“{}”, disse.",
        "Nós não vamos abrir a ponte do norte em junho",
        "Nós vamos abrir a ponte do norte em junho",
    ),
)


@pytest.mark.parametrize(("frame", "faithful", "denied"), DENIALS)
def test_denials_in_other_languages(frame: str, faithful: str, denied: str) -> None:
    """A denial taken away is seen in German, French, Spanish, Russian, Italian and Portuguese."""
    assert traced(faithful, frame.format(faithful)).verdict is Verdict.VERBATIM
    assert traced(denied, frame.format(faithful)).verdict in (Verdict.NEGATION, Verdict.TRUNCATED)


def test_renderings_in_one_article() -> None:
    """A headline that trims its body's quotation is seen, as one of its own article; prose that paraphrases it is not."""
    from provenance.corpus.body import Body, Held
    from provenance.reader import read

    text = (
        "Orlov: ‘Wait For The Ferries Of Spring’\n\nKARSK, 3 May 2031. Farmers protested.\n\n“You will wait for the slow"
        " ferries of early spring,” Orlov said.\n"
    )
    body = Body([Held("a.txt", None, read(text.encode(), name="a.txt"))])
    headline = next(t for t in body.traces() if t.query.exact.startswith("Wait"))
    assert (headline.verdict, headline.relation) == (Verdict.OMISSION, "self")


def test_two_statements_of_one_form_are_no_renderings() -> None:
    """Statements of one article that differ in a number, or a denial, are two statements; one of other words is one."""
    from provenance.corpus.body import Body, Held
    from provenance.reader import read

    text = (
        "Harbour\n\nKARSK, 3 May 2031.\n\nOrlov said: “The first of our old ferries carried 20 carts of grain to the"
        " coast.”\n\n"
        "Orlov said: “The first of our old ferries carried 90 carts of grain to the coast.”\n\nOrlov said: “The first of our"
        " old ships carried 90 carts of grain to the coast.”\n"
    )
    body = Body([Held("a.txt", None, read(text.encode(), name="a.txt"))])
    verdicts = [trace.verdict for trace in body.traces()]
    assert verdicts == [Verdict.UNTRACED_OUT, Verdict.SUBSTITUTION, Verdict.SUBSTITUTION]


GERMAN = (
    "KARSK. Die Ministerin hat sich am Freitag zu der Brücke geäußert. „Wir werden die Brücke in Karsk erst nach 40 Tagen"
    " wieder öffnen“, sagte Dana Orlov in Vellin. Das ist noch nicht alles."
)


def test_a_translation_is_named_and_not_compared() -> None:
    """Of a cited source in another language, the sentence with the same numbers and names is shown as the original."""
    outcome = traced("We will open the bridge in Karsk again after 40 days", GERMAN, cited="s")
    assert outcome.verdict is Verdict.TRANSLATION
    assert outcome.passage is not None
    assert "nach 40 Tagen" in outcome.passage.exact
    assert outcome.alterations == ()


@pytest.mark.parametrize(
    "exact",
    ["We will open the bridge in Karsk again after 50 days", "We will not open it at all and that is it"],
)
def test_another_language_decides_nothing_else(exact: str) -> None:
    """Other numbers, or none, are no translation of a sentence, and nothing can be said of the words: UNCHECKED."""
    assert traced(exact, GERMAN, cited="s").verdict is Verdict.UNCHECKED


def test_figures_in_odd_words_count() -> None:
    """Figures written into words that are no numbers, as in measures and versions, are numbers too when they change."""
    source = "The box of the new sensor measures 128x66x37mm and weighs very little, the maker said."
    assert (
        traced(
            "The box of the new sensor measures 128x66x37mm and weighs very little", source
        ).verdict.severity
        is Severity.FAITHFUL
    )
    assert (
        traced("The box of the new sensor measures 728x66x37mm and weighs very little", source).verdict
        is Verdict.NUMBER
    )


def test_brackets_stand_for_the_head_of_a_contraction() -> None:
    """A name in brackets with the rest of a contraction behind it stands for a whole word of the source: MARKED."""
    source = (
        "Given how close both harbours are, it's not hard to see why shareholders would prefer a single one."
    )
    exact = "Given how close both harbours are, [the merger]'s not hard to see why shareholders would prefer"
    assert traced(exact, source).verdict is Verdict.MARKED
    assert traced(exact.replace("not ", ""), source).verdict is Verdict.NEGATION
