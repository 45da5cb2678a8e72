"""Who did not speak: sentences that deny, suppose or turn round that somebody said the words."""

from __future__ import annotations

import pytest

import provenance
from provenance.model.quotation import Speaker

_HEAD = (
    "Council meets in the old hall\n\nOSTERMOOR, 3 May 2019 — The council met in the old hall on Friday.\n\n"
)


def _speaker(sentence: str) -> Speaker | None:
    (article,) = provenance.read((_HEAD + sentence + "\n").encode(), media_type="text/plain")
    return article.quotations[-1].speaker


@pytest.mark.parametrize(
    "sentence",
    [
        "Pavel Orlov did not say “it was blown up.”",
        "Pavel Orlov didn’t say “it was blown up.”",
        "Pavel Orlov never once said “it was blown up.”",
        "Pavel Orlov has yet to say “it was blown up.”",
        "Pavel Orlov could say “it was blown up” and nobody would laugh.",
        "Pavel Orlov should have said “it was blown up.”",
        "Pavel Orlov wants to say “it was blown up.”",
        "Pavel Orlov was accused of saying “it was blown up.”",
        "Pavel Orlov is alleged to have said “it was blown up.”",
        "“The bridge was blown up,” Pavel Orlov never said.",
        "Neither Mark Webb nor Pavel Orlov said “it was blown up.”",
        "It is not true that Pavel Orlov said “it was blown up.”",
        "Mark Webb doubts that Pavel Orlov said “it was blown up.”",
        "Mark Webb rejected claims that he said “it was blown up.”",
        "Mark Webb denied that he had said “it was blown up.”",
        "Fake news sites claimed Pavel Orlov said “it was blown up.”",
        "If Pavel Orlov had said “it was blown up,” the court would have freed him.",
        "Pavel Orlov was told by Olga Sidorova: “Go home and wait for the call.”",
        "As Pavel Orlov spoke, “shame on you” was heard from the crowd.",
        "Pavel Orlov shared a post by Mark Webb that said “it was blown up.”",
        "Nobody said “it was blown up,” according to the minutes.",
    ],
)
def test_nobody_speaks_where_the_words_were_not_said(sentence: str) -> None:
    """A denied, supposed, passive or passed-on saying gives the quotation no speaker."""
    assert _speaker(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Pavel Orlov, who was not there, said “it was blown up.”", "Pavel Orlov"),
        ("Pavel Orlov was not there but said “it was blown up.”", "Pavel Orlov"),
        ("Pavel Orlov not only said “it was blown up” but named the day.", "Pavel Orlov"),
        ("Pavel Orlov was told to leave, but said “it was blown up.”", "Pavel Orlov"),
        ("Pavel Orlov did not attend the meeting, saying “it was blown up.”", "Pavel Orlov"),
        ("“It was blown up,” said Pavel Orlov, who was not there.", "Pavel Orlov"),
        ("Mark Webb quoted Pavel Orlov as saying “it was blown up.”", "Pavel Orlov"),
        ("“It was blown up,” Reuters quoted Pavel Orlov as saying.", "Pavel Orlov"),
    ],
)
def test_whoever_said_the_words_speaks(sentence: str, name: str) -> None:
    """A denial of something else, and a quoting voice in between, leave the speaker who said the words."""
    speaker = _speaker(sentence)
    assert speaker is not None
    assert speaker.name == name


@pytest.mark.parametrize("joint", ["and", "or"])
def test_two_names_are_one_speaker_of_both(joint: str) -> None:
    """Of two who speak together the second alone is never named, with the first as an office."""
    speaker = _speaker(f"Mark Webb {joint} Pavel Orlov said “it was blown up.”")
    assert speaker is not None
    assert (speaker.name, speaker.role) == (f"Mark Webb {joint} Pavel Orlov", None)


def test_he_is_not_two() -> None:
    """A pronoun of one person is not resolved to two."""
    speaker = _speaker("Mark Webb and Pavel Orlov met on Tuesday. He said “it was blown up.”")
    assert speaker is not None
    assert speaker.name is None


def test_a_banner_behind_somebody_is_not_somebody() -> None:
    """What stands behind a person speaks as a thing, not as that person."""
    speaker = _speaker("A banner behind Mark Webb read “No more lies.”")
    assert speaker is None or speaker.name is None


def test_an_aside_about_the_source_is_no_office() -> None:
    """`according to …` between commas is no role of the speaker."""
    speaker = _speaker("Pavel Orlov, according to Mark Webb, said “I saw nothing there.”")
    assert speaker is not None
    assert speaker.role is None


@pytest.mark.parametrize(
    ("sentence", "via"),
    [
        ("“We will act,” Dana Orlov told the United Nations.", None),
        ("“We will act,” Dana Orlov told NATO allies.", None),
        ("“We will act,” Dana Orlov said, according to PTI leaders.", None),
        ("According to Human Rights Watch, “two people died.”", None),
        ("The President of Ukraine reported: “Two people died.”", None),
        ("“We will act,” Dana Orlov told Reuters.", "Reuters"),
        ("“We will act,” Dana Orlov said, according to Interfax.", "Interfax"),
    ],
)
def test_only_those_who_carry_words_are_second_hand(sentence: str, via: str | None) -> None:
    """Words are taken from an agency or a newspaper; a body that is spoken to, or speaks itself, carries nobody's."""
    (article,) = provenance.read((_HEAD + sentence + "\n").encode(), media_type="text/plain")
    assert article.quotations[-1].via == via
