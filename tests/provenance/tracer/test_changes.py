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


LATE = "“It’s late and they’re right to wait for the spring,” he said."
BRACKETED = [
    (Verdict.MARKED, LATE, "[It]’s late and [the farmers]’re right to wait"),
    (Verdict.MARKED, "Now he’ll wait for the last ferry home.", "Now [the minister]'ll wait for the last ferry home"),
    (Verdict.NEGATION, "It is likely that the gate reopens in June.", "It is [un]likely that the gate reopens in June"),
    (Verdict.NEGATION, "Now he’s waiting for the last ferry.", "Now [nobody]’s waiting for the last ferry"),
    (Verdict.NEGATION, "He wasn’t waiting for the last ferry.", "[Dana]’s waiting for the last ferry"),
    (Verdict.ELLIPSIS_HIDES, "They asked for 40 trucks of grain a day.", "They asked for [9]0 trucks of grain a day"),
]  # fmt: skip


@pytest.mark.parametrize(("verdict", "text", "exact"), BRACKETED)
def test_letters_in_brackets_are_a_mark_unless_they_turn_the_word(
    verdict: Verdict, text: str, exact: str
) -> None:
    """A bracket written on to a word clarifies it ("[The board]'s"), but may not negate it or put in another number."""
    outcome = traced(exact, text)
    assert outcome.verdict is verdict
    for alteration in outcome.alterations:
        assert exact[slice(*alteration.quotation)] == alteration.quoted
        assert text[slice(*alteration.passage)] == alteration.original


def test_a_word_that_both_sides_of_an_ellipsis_could_have_stands_behind_it() -> None:
    """“Free … of interest” leaves out "of conflicts": nothing is missing without a mark."""
    text = "They have nothing to hide and are free of financial conflicts of interest, she said."
    outcome = traced("they have nothing to hide and are free ... of interest", text)
    assert outcome.verdict is Verdict.MARKED
    assert kinds(outcome) == [("ellipsis", "...", "of financial conflicts")]


COUNTED = [
    (
        Verdict.NORMALISED,
        "He says the wall will cost $20 million a year.",
        "the wall will cost 20 million dollars a year",
    ),
    (
        Verdict.NORMALISED,
        "the wall will cost 20 million dollars a year.",
        "the wall will cost $20 million a year",
    ),
    (Verdict.NORMALISED, "A government for us, not just for the 1 percent!", "not just for the one percent"),
    (
        Verdict.NORMALISED,
        "We shall build it, yes, 100 percent, he says.",
        "We shall build it, yes, one hundred percent",
    ),
    (
        Verdict.NORMALISED,
        "There were 1 million people in the park.",
        "There were a million people in the park",
    ),
    (Verdict.NUMBER, "There was one soldier hurt in the park.", "There was two soldier hurt in the park"),
    (
        Verdict.NUMBER,
        "He says the wall will cost $20 million a year.",
        "the wall will cost 20 million euros a year",
    ),
    (
        Verdict.NUMBER,
        "The account was 45391488034364671 in Karsk.",
        "The account was 45391488034364672 in Karsk",
    ),
    (Verdict.NUMBER, "The phone was 0049301234567 in Karsk.", "The phone was 0049301234568 in Karsk"),
    (Verdict.NUMBER, f"The sum was {'9' * 400} in Karsk.", f"The sum was {'8' * 400} in Karsk"),
    (Verdict.NORMALISED, "The sum was 1,234,567,890,123 in Karsk.", "The sum was 1234567890123 in Karsk"),
    (Verdict.OMISSION, "There was one soldier hurt in the park.", "There was soldier hurt in the park"),
    (
        Verdict.SUBSTITUTION,
        "It was the first bomb to fall on the park.",
        "It was the one bomb to fall on the park",
    ),
]


@pytest.mark.parametrize(("verdict", "text", "exact"), COUNTED)
def test_amounts_are_compared_by_what_they_count(verdict: Verdict, text: str, exact: str) -> None:
    """A unit may stand on either side of its number, and "one" is 1 beside a number; another unit is another amount."""
    assert traced(exact, text, cited="s").verdict is verdict


BEYOND = [
    (Verdict.ELLIPSIS_HIDES, "Who wants to live at home at 29?", "Who wants to live at home at [42]?"),
    (
        Verdict.ELLIPSIS_HIDES,
        "In 29 houses of the street lived widows.",
        "[42] houses of the street lived widows",
    ),
    (
        Verdict.NEGATION,
        "They said the harbour has recovered. It hasn’t.",
        "They said the harbour has recovered. It [has].",
    ),
    (
        Verdict.NEGATION,
        "They will not reopen the harbour this year.",
        "[They will] reopen the harbour this year",
    ),
    (
        Verdict.ELLIPSIS_HIDES,
        "They counted nine boats at the quay today.",
        "They counted [many] boats at the quay today",
    ),
    (
        Verdict.MARKED,
        "They counted 9 boats at the quay today.",
        "They counted [nine] boats at the quay today",
    ),
    (
        Verdict.MARKED,
        "Never mind the rain, they reopen the harbour of the town today.",
        "[The men] reopen the harbour of the town today",
    ),
    (Verdict.MARKED, "They reopen the harbour today, not tomorrow.", "They reopen the harbour today [again]"),
]


@pytest.mark.parametrize(("verdict", "text", "exact"), BEYOND)
def test_brackets_at_either_end_may_not_stand_for_a_denial_or_another_number(
    verdict: Verdict, text: str, exact: str
) -> None:
    """What brackets at an end stand for lies beyond the words, within the clause: there a denial may be hidden."""
    outcome = traced(exact, text, cited="s")
    assert outcome.verdict is verdict
    for alteration in outcome.alterations:
        assert exact[slice(*alteration.quotation)] == alteration.quoted
        assert text[slice(*alteration.passage)] == alteration.original


BOUNDED = [
    (Verdict.TRUNCATED, "We will not sign the treaty without a promise.", "We will not sign the treaty"),
    (Verdict.TRUNCATED, "We will not open the harbour before June.", "We will not open the harbour"),
    (Verdict.TRUNCATED, "We use force against them only in need.", "We use force against them"),
    (
        Verdict.TRUNCATED,
        "It will stay shut until Nov. 8 but only if it rains.",
        "It will stay shut until Nov. 8",
    ),
    (Verdict.PARTIAL, "We had never seen such a storm before.", "never seen such a storm"),
    (Verdict.PARTIAL, "He left the harbour without a word.", "He left the harbour"),
    (Verdict.PARTIAL, "He could not say, but left the harbour before June.", "left the harbour"),
]


@pytest.mark.parametrize(("verdict", "text", "exact"), BOUNDED)
def test_what_bounds_a_denial_may_not_be_cut_off(verdict: Verdict, text: str, exact: str) -> None:
    """A denial with its "without" or "before" says under what condition: alone, the denial is another statement."""
    assert traced(exact, text, cited="s").verdict is verdict


def test_a_word_with_bracketed_letters_beside_an_ellipsis_has_its_own_place() -> None:
    """“[The man]’s … of it” marks both what stands for "he's" and what is left out behind it."""
    outcome = traced(
        "No, I meant [the man]'s ... of the movement",
        "“No, I meant he's the founder of the movement,” he said.",
    )
    assert outcome.verdict is Verdict.MARKED
    assert kinds(outcome) == [("bracket", "[the man]'s", "he's"), ("ellipsis", "...", "the founder")]


CUT = "The ferries of Karsk will sail again in the spring, unless the ice stays, the harbour master told the council."


def test_a_few_words_that_many_say_are_not_cut_short_in_a_source_that_nobody_named() -> None:
    """Four words that stand elsewhere with a limiter were not taken from there for certain: a lead, no accusation."""
    text = SOURCE + CUT
    few, many = "again in the spring", "The ferries of Karsk will sail again in the spring"
    assert traced(few, text, cited="s").verdict is Verdict.TRUNCATED
    lead = traced(few, text)
    assert (lead.verdict, len(lead.candidates)) == (Verdict.UNTRACED_OUT, 1)
    assert traced(many, text).verdict is Verdict.TRUNCATED


def test_what_was_published_later_does_not_show_that_words_were_cut_short() -> None:
    """A source of a later day may have lengthened the words itself."""
    exact = "The ferries of Karsk will sail again in the spring"
    assert traced(exact, SOURCE + CUT, quoted_at="2031-05-01").verdict is Verdict.UNTRACED_OUT
    assert traced(exact, SOURCE + CUT, quoted_at="2031-05-04").verdict is Verdict.TRUNCATED


def test_names_in_another_order_are_no_other_names() -> None:
    """Two names that both sides have were not put in each other's place."""
    text = "If you do not want Brandt or Orlov to be the mayor of Karsk, you had better vote for Ilmar, he told us."
    ordered = (
        "If you do not want Dana Orlov or Ilse Brandt to be the mayor of Karsk, you had better vote for Ilmar"
    )
    assert traced(ordered, text).verdict is Verdict.SUBSTITUTION
    assert traced(ordered.replace("Ilmar", "Tovar"), text).verdict is Verdict.NAME


def test_less_than_half_of_the_words_are_no_distortion() -> None:
    """Where most words are others, a number or a name among them replaces nothing."""
    text = "Orlov wants a special council to oversee the grain shipments through the northern harbour of Karsk in May."
    exact = (
        "It is time that 40 of us appoint a council for the grain shipments through the northern harbour of Varsk,"
        " where everybody knows that 12 ministers took what was not theirs to take"
    )
    assert traced(exact, text).verdict is Verdict.UNTRACED_OUT


def test_two_statements_of_one_article_are_no_change_of_one_another() -> None:
    """What one article quotes twice alike is a rendering only where nearly all words are the same, and never a splice."""
    told, thought = (
        "We just told them it was part of the fireworks",
        "The kids thought it was part of the fireworks",
    )
    won = "If we win big in the valley we are going to go marching into the town with a lot of momentum"
    go = "If we go marching into the town with a lot of momentum they will listen; if we win big in the valley we are glad"
    text = f"“{told}.” Orlov said. “{thought}.” Later: “{won}.” Brandt added: “{go}.” " + SOURCE
    spans = tuple((text.index(q), text.index(q) + len(q)) for q in (told, thought, won, go))
    source = Source(id="s", characters=text, input="s", span=(0, len(text)), quoted=spans)
    queries = [Query(exact=exact, id="q", within="s") for exact in (told, thought, won)]
    assert {trace.verdict for trace in trace_all(queries, [source])} == {Verdict.UNTRACED_OUT}
    again = Query(exact=won.replace("a lot of", "plenty of"), id="q", within="s")
    assert [trace.verdict for trace in trace_all([again], [source])] == [Verdict.SUBSTITUTION]


def test_what_was_cut_off_ends_where_the_speech_ends() -> None:
    """What is shown as cut off is what was said, not what the source's own narrator says behind it."""
    outcome = traced("We will not reopen the northern crossing before June")
    assert kinds(outcome) == [("truncation", "", "unless the council guarantees 40 trucks a day")]


def test_years_between_raise_the_bar_for_an_accusation() -> None:
    """Five words that somebody says years later were not cut short for certain."""
    exact = "sail again in the spring"
    assert traced(exact, SOURCE + CUT, quoted_at="2031-05-04").verdict is Verdict.TRUNCATED
    assert traced(exact, SOURCE + CUT, quoted_at="2035-05-04").verdict is Verdict.UNTRACED_OUT


def test_a_source_that_was_named_settles_among_many() -> None:
    """Common words that stand in many sources are ambiguous, unless one of them is cited."""
    words = "in the spring"
    texts = [f"{words} {i} in the spring it rains in the valley in the rain of the spring" for i in range(4)]
    sources = [Source(id=str(i), characters=t, input=str(i), span=(0, len(t))) for i, t in enumerate(texts)]
    (open_,) = trace_all([Query(exact=words, id="q")], sources)
    (cited,) = trace_all([Query(exact=words, id="q", cited="2")], sources)
    assert open_.verdict is Verdict.AMBIGUOUS
    assert cited.passage is not None
    assert cited.passage.source.id == "2"


def test_a_source_that_quotes_only_the_beginning_is_a_lead() -> None:
    """A report may quote only the beginning of what another quotes whole."""
    text = (
        SOURCE + "“The ferries of Karsk will sail again in the spring,” the harbour master told the council."
    )
    longer = (
        "The ferries of Karsk will sail again in the spring, and the fishermen will mend their nets ashore"
    )
    lead = traced(longer, text)
    assert (lead.verdict, len(lead.candidates)) == (Verdict.UNTRACED_OUT, 1)
    assert "quoted elsewhere" in lead.reason


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


def test_a_splice_is_seen_where_chance_words_stand_in_its_gap() -> None:
    """Words of the first part that stand by chance before the second ("bridge") do not hide where it comes from."""
    text = (
        "In May the bridge trust, after a long quarrel over its own statutes, agreed to sell the toll houses at public"
        " auction in autumn. Nobody heard of any doubt about its safety, and the town slept well. The engineers inspected"
        f" every cable of the old bridge before the spring floods.\n\n{' '.join(f'w{n}' for n in range(4000))}\n"
    )
    exact = "The engineers inspected every cable of the old bridge to sell the toll houses at public auction in autumn."
    outcome = traced(exact, text)
    assert outcome.verdict is Verdict.SPLICE
    assert ("splice", "The engineers inspected every cable of the old bridge") in {
        (a.kind.value, a.original) for a in outcome.alterations
    }


@pytest.mark.parametrize(
    ("text", "exact"),
    [
        ("500,000", "half a million"),
        ("250 million", "a quarter billion"),
        ("12", "a dozen"),
        ("24", "two dozen"),
        ("six", "half a dozen"),
        ("0.5", "one half"),
    ],
)
def test_dozens_and_halves_are_counted(text: str, exact: str) -> None:
    """What a number counts does not depend on the words for it."""
    frame = "The clerk of the harbour counted {} sacks of grain in the sheds behind the quay on Friday."
    assert traced(frame.format(exact), frame.format(text)).verdict is Verdict.NORMALISED


@pytest.mark.parametrize("number", ["three dozen", "two twelve", "half a hundred", "dozen", "a half"])
def test_other_dozens_are_another_number(number: str) -> None:
    """Three dozen are not 24, and "two twelve" is no 24 either."""
    frame = "The clerk of the harbour counted {} sacks of grain in the sheds behind the quay on Friday."
    assert traced(frame.format(number), frame.format("24")).verdict is Verdict.NUMBER


@pytest.mark.parametrize("apostrophe", ["'", "’", "\u02bc"])
def test_an_apostrophe_is_no_letter(apostrophe: str) -> None:
    """However it is written, an apostrophe joins a word that it stands in, and belongs to none at whose edge it stands."""
    text = f"{apostrophe}Tis the farmers{apostrophe} grain that wasn{apostrophe}t shipped to Karsk."
    outcome = traced("Tis the farmers grain that wasn't shipped to Karsk.", text)
    assert outcome.verdict in (Verdict.VERBATIM, Verdict.NORMALISED)


def test_clauses_in_another_order_are_evidence() -> None:
    """A wording that puts the end of the sentence first is close to it all the same, and the passage holds both parts."""
    text = (
        "Boatmen haggled at dawn. If the ferries are left behind at the southern quay, we shall truly lose the trade of"
        " the whole valley. Gulls wheeled above them.\n"
    )
    exact = "We must lose the trade of the valley, If our ferries get left behind at a southern quay"
    outcome = traced(exact, text, cited="s")
    assert outcome.passage is not None
    assert outcome.passage.exact.startswith("left behind at")
    assert outcome.passage.exact.endswith("the whole valley")
