"""The people of a collection: the same person under several names and offices, and offices that contradict each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

import attrs

from archive.errors import Location
from archive.findings import Finding, Status
from archive.values import frozen
from provenance.model.article import Article
from provenance.reader.names import same_person, surname
from provenance.reader.roles import Given, conflict, contradict, offices_given

SAME_TIME_DAYS = 183
"""Offices held within so many days of each other are held at the same time; people change them in years."""
MOST_MENTIONS = 64
"""Offices of one person that are kept; each is compared with every other."""


@frozen
class Mention:
    """An office that one article gives to a person. `input`, `record` and `part` say which article."""

    given: Given
    input: str
    record: str | None
    part: int
    published: dt.date | None


@attrs.define
class Person:
    """A person of the collection: the names and offices given, in the order they were met."""

    name: str
    """The longest form of the name that was met."""
    names: list[str] = attrs.field(factory=list)
    mentions: list[Mention] = attrs.field(factory=list)

    @property
    def roles(self) -> tuple[str, ...]:
        """The different offices, in the order they were met."""
        return tuple(dict.fromkeys(mention.given.role for mention in self.mentions))


class People:
    """Everybody to whom the articles added so far give an office. Memory grows with people, not with texts."""

    def __init__(self) -> None:
        self._by_surname: dict[str, list[Person]] = {}

    def __iter__(self) -> Iterator[Person]:
        return (person for people in self._by_surname.values() for person in people)

    def add(self, article: Article, *, input: str, record: str | None = None) -> None:  # noqa: A002 (the contract's word)
        """Add the people of an article."""
        published = article.published.day_date if article.published else None
        for given in offices_given(article):
            mention = Mention(given, input, record, article.part, published)
            person = self._person(given.name)
            if given.name not in person.names:
                person.names.append(given.name)
                person.name = max(person.names, key=len)
            if len(person.mentions) < MOST_MENTIONS and not _is_known(person, mention):
                person.mentions.append(mention)

    def _person(self, name: str) -> Person:
        people = self._by_surname.setdefault(surname(name), [])
        for person in people:
            if all(same_person(name, other) for other in person.names):
                return person
        people.append(Person(name))
        return people[-1]

    def conflicts(self) -> Iterator[Finding]:
        """Yield, of each person, the first two offices in different articles that contradict each other."""
        for person in self:
            pair = _first_conflict(person.mentions)
            if pair is not None:
                one, other = pair
                undated = one.published is None or other.published is None
                where = Location(
                    package=other.input,
                    record=other.record,
                    start=other.given.place[0],
                    end=other.given.place[1],
                )
                elsewhere = f"in {one.input}" + (", which may be of another time" if undated else "")
                yield conflict(
                    one.given,
                    other.given,
                    where,
                    elsewhere=elsewhere,
                    status=Status.NOTE if undated else None,
                )


def conflicts_of(articles: Iterable[tuple[str, str | None, Article]]) -> tuple[Finding, ...]:
    """Return the offices that contradict each other across articles, each given with its input and record."""
    people = People()
    for name, record, article in articles:
        people.add(article, input=name, record=record)
    return tuple(people.conflicts())


def _is_known(person: Person, mention: Mention) -> bool:
    """Say whether the same article, or another of the same day, gave the same office already."""
    return any(
        each.given.role.casefold() == mention.given.role.casefold() and each.published == mention.published
        for each in person.mentions
    )


def _first_conflict(mentions: list[Mention]) -> tuple[Mention, Mention] | None:
    for index, other in enumerate(mentions):
        for one in mentions[:index]:
            apart = (one.input, one.record, one.part) != (other.input, other.record, other.part)
            if apart and _same_time(one, other) and contradict(one.given.role, other.given.role):
                return one, other
    return None


def _same_time(one: Mention, other: Mention) -> bool:
    """Say whether two articles can speak of the same time: not where their dates are far apart."""
    if one.published is None or other.published is None:
        return True
    return abs((one.published - other.published).days) <= SAME_TIME_DAYS
