"""People across articles: one person under several names, and offices that contradict each other."""

from __future__ import annotations

import pytest

from archive.findings import Status
from provenance.corpus.people import People, conflicts_of
from provenance.model.article import Article
from provenance.reader import read
from provenance.reader.names import same_person
from provenance.reader.roles import contradict, offices_given


def article(text: str) -> Article:
    """Return the one article of a text."""
    (made,) = read(text.encode(), name="a.txt").articles
    return made


def story(said: str, date: str = "May 28, 2018") -> Article:
    """Return an article of a page of its own with a date."""
    return article(
        "The Ferry Stops in Karsk\nBy Petra Holm / The Karsk Echo\n\n"
        f"KARSK ({date}) — The ferry stopped on Monday, and nobody knows why.\n\n{said}\n"
    )


FOREIGN = "“It sails,” Karsk Foreign Ministry spokesman Igor Velm said."
DEFENCE = "“It sails,” Karsk Defense Ministry spokesman Igor Velm said."


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Igor Konashenkov", "Игорь Конашенков"),
        ("Sergei Lavrov", "Sergey Lavrov"),
        ("Sergei Lavrov", "Serguei LAVROV"),
        ("François Hollande", "Francois Hollande"),
        ("I. Velm", "Igor Velm"),
        ("Igor P. Velm", "Igor Velm"),
        ("Dmitry Peskov", "Dmitri Peskov"),
        ("Yulia Orlova", "Юлия Орлова"),
        ("Mikhail Khodov", "Michail Chodov".replace("ch", "kh").replace("Ch", "Kh")),
        ("Ursula von der Velm", "Ursula Velm"),
    ],
)
def test_one_person_under_two_names(one, other):
    """Accents, initials, particles and the choices of a transliteration make no other person."""
    assert same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Igor Velm", "Irina Velm"),
        ("Igor Velm", "Velm"),
        ("Igor Velm", "Igor Holm"),
        ("Velm", ""),
        ("J. Velm", "Igor Velm"),
        ("Juan Velm", "Jan Velm"),
    ],
)
def test_two_persons(one, other):
    """Other first names or surnames are other people, and a surname alone is nobody in particular."""
    assert not same_person(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Russian Foreign Ministry spokesman", "defense ministry spokesman"),
        ("Foreign Minister", "the defence minister"),
        ("the French president", "the German president"),
        ("Russian foreign minister", "Syrian foreign minister"),
        ("Foreign Ministry spokeswoman", "Interior Ministry spokesperson"),
    ],
)
def test_offices_that_contradict(one, other):
    """The same office in two ministries or of two countries."""
    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Foreign Ministry spokesman", "the former defense ministry spokesman"),
        ("Foreign Ministry spokesman", "then-Defense Ministry spokesman"),
        ("Foreign Minister", "ex-minister for defense"),
        ("Foreign Ministry spokesman", "the spokesman"),
        ("Foreign Ministry spokesman", "defense minister"),
        ("Foreign Ministry spokesman", "foreign and defense ministry spokesman"),
        ("the president", "the French president"),
        ("spokesman", "a captain"),
        ("Russian Foreign Ministry spokesman", "foreign ministry spokesman"),
        ("presidential spokesman", "Kremlin spokesman"),
        ("the Russian spokesman", "the US spokesman"),
        ("external affairs minister", "foreign minister"),
    ],
)
def test_offices_that_do_not(one, other):
    """What is past, vaguer, another office, both at once, or the same in other words, contradicts nothing."""
    assert not contradict(one, other)


def test_an_article_that_contradicts_itself():
    """One story with two ministries for its spokesman: a finding with both places."""
    made = article(
        "KARSK, May 28. — The ferry stopped, Karsk Foreign Ministry Spokesman Igor Velm said on Monday in the harbour.\n\n"
        "“It sails again soon,” the Karsk defense ministry spokesman said."
    )
    (finding,) = [f for f in made.findings if f.code == "speaker.role-conflict"]
    assert finding.actual == "the Karsk defense ministry spokesman"
    assert "Foreign Ministry" in finding.expected
    assert made.text[finding.where.start, finding.where.end] == "the Karsk defense ministry spokesman"
    assert finding.status is Status.WARNED


@pytest.mark.parametrize(
    "second",
    [
        "“It sails again soon,” the spokesman said.",
        "“It sails again soon,” said Velm, a former Defense Ministry spokesman.",
        "“It sails again soon,” said Karsk Defense Ministry spokesman Jan Holm.",
        "“It sails again soon,” said Karsk Defense Ministry spokesman Jan Velm.",
        "“It sails again soon,” said Karsk Defense Ministry spokeswoman Irina Velm.",
        "“It sails again soon,” said the late Defense Ministry spokesman Igor Velm.",
        "“It sails again soon,” said Igor Velm, previously a Defense Ministry spokesman.",
        "“It sails again soon,” said Igor Velm, who has met the Defense Ministry spokesman.",
        "“It sails again soon,” said then-Defense Ministry spokesman Igor Velm.",
        "“It sails again soon,” said the spokesman, Igor Velm.",
        "“It sails again soon,” said Igor Velm, the Foreign Ministry spokesman.",
        "The Defense Ministry spokesman, Jan Holm, met Igor Velm. “It sails again soon,” Velm said.",
        "“It sails again soon,” said a Defense Ministry spokesman who met Igor Velm.",
    ],
)
def test_an_article_that_does_not(second):
    """A vaguer word, a former office, or another person's office is no contradiction."""
    made = article(
        f"The ferry stopped, Karsk Foreign Ministry Spokesman Igor Velm said on Monday in the harbour.\n\n{second}"
    )
    assert [f for f in made.findings if f.code == "speaker.role-conflict"] == []


def test_two_articles_that_contradict_each_other():
    """The finding stands at the later one and names the earlier."""
    (finding,) = conflicts_of([("a.txt", None, story(FOREIGN)), ("b.txt", None, story(DEFENCE))])
    assert finding.code == "speaker.role-conflict"
    assert (finding.where.package, finding.status) == ("b.txt", Status.WARNED)
    assert "a.txt" in finding.message


def test_years_lie_between():
    """Who held one office in 2012 may hold another in 2018."""
    assert (
        conflicts_of([("a.txt", None, story(FOREIGN, "May 28, 2012")), ("b.txt", None, story(DEFENCE))]) == ()
    )


def test_an_unknown_date_makes_it_a_note():
    """Where one article has no date, the two may be of other times, and that is said."""
    undated = article(f"The ferry stopped in Karsk on Monday, and the town waits for news.\n\n{DEFENCE}")
    (finding,) = conflicts_of([("a.txt", None, story(FOREIGN)), ("b.txt", None, undated)])
    assert finding.status is Status.NOTE
    assert "another time" in finding.message


def test_people_are_gathered_under_their_longest_name():
    """Names and offices of one person from several articles are one person's."""
    people = People()
    people.add(story(FOREIGN), input="a.txt")
    people.add(story("“It sails,” Karsk Foreign Ministry spokesman I. Velm said."), input="b.txt")
    (person,) = [each for each in people if "Velm" in each.name]
    assert person.name == "Igor Velm"
    assert sorted(person.names) == ["I. Velm", "Igor Velm"]


def test_offices_stand_where_they_say():
    """Each office is in the text at its place."""
    made = story(FOREIGN)
    given = list(offices_given(made))
    assert given
    assert all(each.role in made.text[each.place] for each in given)
