"""Ways of words: chains, copies, ties, circles and missing sources; and who is said to have spoken."""

from __future__ import annotations

from provenance.corpus.texts import with_quotations
from provenance.model.quotation import Quotation, QuotationKind, Speaker, SpeakerStatus, quote_at
from provenance.model.trace import Query, Source, SpeakerAgreement, Trace, Verdict
from provenance.tracer.speakers import names
from provenance.tracer.verdicts import trace_all

WORDS = "The quay at Karsk stays open through the winter for every boat"
FILLER = "In {0} the {0} of {0} had its own {0}, and the {0}s came and went as they do in {0} every {0}."


def report(
    name: str,
    date: str | None,
    *,
    filler: str | None = None,
    speaker: str | None = "Mara Orlov",
    via: str | None = None,
) -> Source:
    """Return a report of an outlet that quotes the words, with its own surroundings (or those of `filler`)."""
    lead = FILLER.format(filler or name.lower())
    text = f"{lead} “{WORDS},” {speaker or 'she'} said."
    start = text.index(WORDS)
    spoken = Speaker(speaker, (0, 0), SpeakerStatus.NAMED, name=speaker) if speaker else None
    quotation = Quotation(
        **quote_at(text, start, start + len(WORDS)),  # type: ignore[arg-type]
        segments=((start, start + len(WORDS)),),
        kind=QuotationKind.DIRECT,
        speaker=spoken,
        via=via,
    )
    return Source(
        id=name, characters=text, input=name, span=(0, len(text)), published=date, outlet=name, quoted=(quotation.span,),
        quotations=(quotation,), text_digest=name,
    )  # fmt: skip


def traced(*sources: Source, **more: object) -> Trace:
    """Trace the words in reports."""
    (outcome,) = trace_all([Query(exact=WORDS, id="q", **more)], sources)  # type: ignore[arg-type]
    return outcome


def quoting(source: Source, **more: object) -> Query:
    """Return the quotation of a report."""
    (quotation,) = source.quotations
    return Query(
        exact=WORDS, id="q", input=source.input, part=0, start=quotation.start, end=quotation.end, quotation=quotation,
        within=source.id, text_digest=source.text_digest, quoted_at=source.published, **more,  # type: ignore[arg-type]
    )  # fmt: skip


class TestChains:
    """From the quotation back to the earliest report at hand."""

    def test_the_earliest_dated_report_was_first(self) -> None:
        """The chain goes from the latest to the earliest; undated reports stand last-known and never first."""
        outcome = traced(
            report("Meridian", "2031-05-05"), report("Norda", "2031-05-03"), report("Tide", None)
        )
        assert ["Tide", "Meridian", "Norda"] == [link.passage.source.outlet for link in outcome.chain]
        assert outcome.first is not None
        assert outcome.first.passage.source.outlet == "Norda"

    def test_a_tie_names_nobody(self) -> None:
        """Two reports of one day, of which no hour is known, leave it open who was first; an hour decides."""
        assert traced(report("Meridian", "2031-05-03"), report("Norda", "2031-05-03")).first is None
        decided = traced(report("Meridian", "2031-05-03T11:00"), report("Norda", "2031-05-03T09:30"))
        assert decided.first is not None
        assert decided.first.passage.source.outlet == "Norda"

    def test_the_quoting_article_may_be_the_earliest(self) -> None:
        """Where the quotation's own article is older than every other report, no other is named as first."""
        own = report("Norda", "2031-05-01")
        (outcome,) = trace_all([quoting(own)], [own, report("Meridian", "2031-05-05")])
        assert outcome.first is None
        assert ["Meridian"] == [link.passage.source.outlet for link in outcome.chain]

    def test_copies_of_one_report_are_one_source(self) -> None:
        """A wire report in three outlets is one place with two copies; a report of its own is another."""
        wire = [
            report(name, f"2031-05-0{day}", filler="wire") for name, day in (("A", 3), ("B", 4), ("C", 4))
        ]
        outcome = traced(*wire, report("Meridian", "2031-05-06"))
        assert [("Meridian", ()), ("A", ("B", "C"))] == [
            (link.passage.source.outlet, link.copies) for link in outcome.chain
        ]

    def test_the_source_that_is_missing_is_named(self) -> None:
        """Where the earliest report took the words from an outlet that is not at hand, that outlet is missing."""
        outcome = traced(report("Meridian", "2031-05-05", via="Norda"))
        assert outcome.missing == "Norda"
        assert (
            traced(report("Meridian", "2031-05-05", via="Norda"), report("Norda", "2031-05-04")).missing
            is None
        )

    def test_sources_that_cite_each_other(self) -> None:
        """A names B, B names C, C names A: a circle (trace.circular); where C names nobody there is none."""
        own = report("A", "2031-05-05", via="B")
        others = [report("B", "2031-05-04", via="C"), report("C", "2031-05-03", via="A")]
        (outcome,) = trace_all([quoting(own)], [own, *others])
        assert outcome.circular == ("A", "B", "C")
        (straight,) = trace_all([quoting(own)], [own, others[0], report("C", "2031-05-03")])
        assert straight.circular == ()


class TestSpeakers:
    """Who is said to have spoken, on both sides."""

    def test_the_same_name_written_otherwise(self) -> None:
        """Accents, titles and initials make no other person."""
        for claimed in ("Mara Orlov", "Minister Orlov", "Márá Órlov", "M. Orlov"):
            outcome = traced(report("Norda", "2031-05-03"), speaker=claimed)
            assert (outcome.verdict, outcome.speaker_status) == (Verdict.VERBATIM, SpeakerAgreement.SAME)

    def test_another_full_name_is_a_misattribution(self) -> None:
        """Faithful words in another's mouth are MISATTRIBUTED, between two full names."""
        outcome = traced(report("Norda", "2031-05-03"), speaker="Ilse Brandt")
        assert (outcome.verdict, outcome.speaker_status) == (
            Verdict.MISATTRIBUTED,
            SpeakerAgreement.DIFFERENT,
        )

    def test_half_a_name_decides_nothing(self) -> None:
        """A role, a pronoun or one name is no identity, and neither is an unknown speaker."""
        for claimed in ("the minister", "he", "Brandt"):
            assert traced(report("Norda", "2031-05-03"), speaker=claimed).verdict is Verdict.VERBATIM
        assert (
            traced(report("Norda", "2031-05-03", speaker=None), speaker="Ilse Brandt").verdict
            is Verdict.VERBATIM
        )

    def test_a_name_nearby_leaves_it_open(self) -> None:
        """Where the other name stands near the words, one may be reading what the other wrote."""
        source = report("Norda", "2031-05-03", filler="Ilse Brandt")
        outcome = traced(source, speaker="Ilse Brandt")
        assert (outcome.verdict, outcome.speaker_status) == (Verdict.VERBATIM, SpeakerAgreement.UNDETERMINED)

    def test_words_within_words(self) -> None:
        """Words quoted within other words have two speakers."""
        source = report("Norda", "2031-05-03")
        nested = Source(
            **{
                **{
                    f: getattr(source, f)
                    for f in ("id", "characters", "input", "span", "quoted", "text_digest")
                },
                "quotations": tuple(_nested(q) for q in source.quotations),
            }
        )
        assert traced(nested, speaker="Ilse Brandt").speaker_status is SpeakerAgreement.NESTED

    def test_names_are_read_without_small_words(self) -> None:
        """A name is its capitalised parts, however it is spelled."""
        assert names("François de la Rüe’s") == {"francois", "rue"}
        assert names("the minister") == frozenset()


def _nested(quotation: Quotation) -> Quotation:
    import attrs

    return attrs.evolve(quotation, nested_in=0)


def test_quotations_of_a_text_are_read_around_a_passage() -> None:
    """A passage of a text corpus knows in whose quotation it stands; one outside of marks is the text's own."""
    text = f"{FILLER.format('orsk')}\n\n“{WORDS},” Mara Orlov said on Friday."
    source = Source(id="t", characters=text, input="t", span=(0, len(text)))
    (inside,) = trace_all([Query(exact=WORDS, id="q")], [source], enrich=with_quotations)
    assert (inside.relation, inside.passage and inside.passage.source.quoted != ()) == ("secondary", True)
    (outside,) = trace_all(
        [Query(exact="the orsks came and went as they do", id="q")], [source], enrich=with_quotations
    )
    assert outside.relation == "primary"
