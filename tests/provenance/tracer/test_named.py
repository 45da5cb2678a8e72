"""Names and days: who is named for words on both sides, how far apart they were published, and what that asks for."""

from __future__ import annotations

import attrs
import pytest

from provenance.model.quotation import Quotation, QuotationKind, Speaker, SpeakerStatus, quote_at
from provenance.model.trace import Passage, Query, Source, SpeakerAgreement
from provenance.tracer.doubts import doubt, is_later
from provenance.tracer.speakers import agreement, claimed_speaker, names, speaker_in

WORDS = "the ferries stay in the old harbour"
TEXT = f"Dana Orlov opened the fair. {'All was quiet there. ' * 80}“{WORDS},” she said. {'Bread was cheap. ' * 100}The end."
START = TEXT.index(WORDS)


def quotation(
    name: str | None,
    *,
    surface: str = "She",
    status: SpeakerStatus = SpeakerStatus.NAMED,
    text: str = TEXT,
    nested_in: int | None = None,
    via: str | None = None,
) -> Quotation:
    """Return the quotation of WORDS in a text, by a speaker."""
    start = text.index(WORDS)
    place = quote_at(text, start, start + len(WORDS))
    who = Speaker(surface=surface, span=(0, 0), status=status, name=name)
    span = (start, start + len(WORDS))
    return Quotation(
        segments=(span,), kind=QuotationKind.DIRECT, speaker=who, nested_in=nested_in, via=via, **place
    )  # type: ignore[arg-type]


def passage(of: Quotation | None, published: str | None = None) -> Passage:
    """Return the place of WORDS in TEXT, whose source reads it as a quotation."""
    source = Source(
        id="s", characters=TEXT, input="s", span=(0, len(TEXT)), published=published,
        quotations=(of,) if of else (),
        quoted=((START, START + len(WORDS)),),
    )  # fmt: skip
    return Passage(source, START, START + len(WORDS))


def query(speaker: str | None = None, **more: object) -> Query:
    """Return a query for WORDS."""
    return Query(exact=WORDS, id="q", speaker=speaker, **more)  # type: ignore[arg-type]


class TestAgreement:
    """Only two full names of which neither is near the other's words differ."""

    def test_two_full_names_differ(self) -> None:
        """Ilse Brandt's words are Marc Aubel's in the source, which names nobody else around."""
        found = passage(quotation("Marc Aubel"))
        assert agreement(query("Ilse Brandt"), found) is SpeakerAgreement.DIFFERENT

    def test_a_shared_part_is_the_same_name(self) -> None:
        """The family name is enough, with accents or without, and in either half of a double name."""
        for claimed, found in (
            ("Marc Aubel", "Aubel"),
            ("Ana Müller", "Dr. Anja Muller"),
            ("Ilse Brandt-Kern", "Ilsa Kern"),
            ("Marc Aubel's", "Aubel"),
            ("Marc Aubel’s", "Aubel"),
        ):
            assert agreement(query(claimed), passage(quotation(found))) is SpeakerAgreement.SAME

    def test_half_a_name_on_either_side_is_undetermined(self) -> None:
        """A family name alone may be anybody's."""
        for claimed, found in (("Brandt", "Marc Aubel"), ("Ilse Brandt", "Aubel")):
            assert agreement(query(claimed), passage(quotation(found))) is SpeakerAgreement.UNDETERMINED

    def test_no_name_is_undetermined(self) -> None:
        """Who is named on one side only cannot differ."""
        assert agreement(query(), passage(quotation("Marc Aubel"))) is SpeakerAgreement.UNDETERMINED
        assert agreement(query("Ilse Brandt"), passage(None)) is SpeakerAgreement.UNDETERMINED

    def test_a_pronoun_that_was_resolved_accuses_nobody(self) -> None:
        """What the source leaves to its reader is no plain statement of who spoke."""
        found = passage(quotation("Marc Aubel", status=SpeakerStatus.PRONOUN))
        assert agreement(query("Ilse Brandt"), found) is SpeakerAgreement.UNDETERMINED

    def test_words_taken_from_a_third_accuse_nobody(self) -> None:
        """Where the source has the words from an agency, it may be that one's mistake."""
        found = passage(quotation("Marc Aubel", via="Norda"))
        assert agreement(query("Ilse Brandt"), found) is SpeakerAgreement.UNDETERMINED

    def test_words_within_words_are_nested(self) -> None:
        """One who reads out what another wrote is named beside the words too, on either side."""
        inner = passage(quotation("Marc Aubel", nested_in=0))
        assert agreement(query("Ilse Brandt"), inner) is SpeakerAgreement.NESTED
        mine = query("Ilse Brandt", quotation=quotation(None, nested_in=0))
        assert agreement(mine, passage(quotation("Marc Aubel"))) is SpeakerAgreement.NESTED
        mine = query("Ilse Brandt", quotation=quotation(None))
        assert agreement(mine, passage(quotation("Marc Aubel"))) is SpeakerAgreement.DIFFERENT

    def test_a_name_near_the_words_may_be_their_speakers(self) -> None:
        """Within 1,200 characters of the passage the other name leaves it undetermined; farther off it does not."""
        assert START > 1200 + len("Dana Orlov")
        assert agreement(query("Dana Orlov"), passage(quotation("Marc Aubel"))) is SpeakerAgreement.DIFFERENT
        near = passage(quotation("Marc Aubel"))
        text = TEXT.replace("All was quiet there. “", "So Dana Orlov told us. “")
        start = text.index(WORDS)
        moved = attrs.evolve(near.source, characters=text)
        near = attrs.evolve(near, source=moved, start=start, end=start + len(WORDS))
        moved_quotation = quotation("Marc Aubel", text=text)
        near = attrs.evolve(
            near,
            source=attrs.evolve(moved, quotations=(moved_quotation,), quoted=((start, start + len(WORDS)),)),
        )
        assert agreement(query("Dana Orlov"), near) is SpeakerAgreement.UNDETERMINED

    def test_the_other_name_beside_the_quotation_leaves_it_undetermined(self) -> None:
        """An article that names both has told them apart itself, or not."""
        text = f"Marc Aubel smiled. “{WORDS},” Ilse Brandt said."
        mine = query("Ilse Brandt", quotation=quotation("Ilse Brandt", text=text))
        assert agreement(mine, passage(quotation("Marc Aubel"))) is SpeakerAgreement.UNDETERMINED


class TestNames:
    """The parts of a name."""

    @pytest.mark.parametrize(
        ("text", "parts"),
        [
            ("Ilse Brandt", {"ilse", "brandt"}),
            ("Ilse Brandt-Kern's", {"ilse", "brandt", "kern"}),
            ("Karl von Bo", {"karl", "bo"}),
            ("J. De La Cruz", {"cruz"}),
            ("the minister", set()),
        ],
    )
    def test_capitalised_words_but_small_ones(self, text: str, parts: set[str]) -> None:
        """Single letters and small words ("de", "von") name nobody; two letters do."""
        assert names(text) == parts

    def test_who_is_claimed(self) -> None:
        """What was asked comes first, then what the article names: the full name before what stands there."""
        assert claimed_speaker(query("Ilse Brandt", quotation=quotation("Marc Aubel"))) == "Ilse Brandt"
        assert claimed_speaker(query(quotation=quotation("Marc Aubel"))) == "Marc Aubel"
        assert claimed_speaker(query(quotation=quotation(None))) == "She"
        assert claimed_speaker(query()) is None
        assert speaker_in(passage(quotation("Marc Aubel"))) == "Marc Aubel"
        assert speaker_in(passage(quotation(None))) == "She"
        assert speaker_in(passage(None)) is None


class TestDays:
    """How far apart two days are."""

    @pytest.mark.parametrize(
        ("quoted_at", "published", "bits"),
        [
            ("2031-05-15", "2031-05-01", 0),
            ("2031-05-16", "2031-05-01", 10),
            ("2032-05-01", "2031-05-01", 10),
            ("2032-05-02", "2031-05-01", 20),
            ("2031-05-01", "2032-05-02", 0),
            ("2031-05", "2031-01-01", 0),
            (None, "2031-05-01", 0),
            ("2031-05-16", None, 0),
        ],
    )
    def test_days_apart_ask_for_more(self, quoted_at: str | None, published: str | None, bits: int) -> None:
        """More than 14 days ask for 10 bits, more than 366 for 20; what was published afterwards is no question of doubt."""
        assert doubt(query(quoted_at=quoted_at), passage(None, published)) == bits

    @pytest.mark.parametrize(
        ("claimed", "found", "bits"),
        [
            ("Ilse Brandt", "Marc Aubel", 34),
            ("Ilse Brandt", "Aubel", 10),
            ("Brandt", "Marc Aubel", 10),
            ("Ilse Brandt", "Ilse Aubel", 10),
            (None, "Marc Aubel", 10),
        ],
    )
    def test_another_speaker_asks_for_more(self, claimed: str | None, found: str, bits: int) -> None:
        """Two full names without a common part ask for 24 bits, beside what the days ask for."""
        place = passage(quotation(found), "2031-05-01")
        assert doubt(query(claimed, quoted_at="2031-06-01"), place) == bits

    @pytest.mark.parametrize(
        ("quoted_at", "published", "later"),
        [
            ("2031-05-01", "2031-05-01", False),
            ("2031-05-01", "2031-05-02", True),
            ("2031-05-02", "2031-05-01", False),
            (None, "2031-05-01", False),
            ("2031-05-01", None, False),
        ],
    )
    def test_the_next_day_is_later(self, quoted_at: str | None, published: str | None, later: bool) -> None:
        """One day makes a passage later; the same day, or none, does not."""
        assert is_later(passage(None, published), query(quoted_at=quoted_at)) is later
