"""A newsroom in memory: outlets that publish, wires that get quoted, spliced and altered, with the truth known.

Everything is invented. Statements are made, outlets print them among prose of their own; each quotation that is made of
them keeps the verdict that is true of it. `perturbations` changes the words; nothing here knows what the tracer knows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import attrs
from perturbations import Case, Text, cases

from provenance.model.trace import Query, Source

SPEAKERS = ("Dana Orlov", "Ilse Brandt", "Tomas Wexley", "Mirela Sandu", "Jonas Achterberg", "Pilar Quintero")
STATEMENTS = (
    "We will not reopen the northern crossing before the harvest, unless the council guarantees forty trucks a day.",
    "The people of Karsk have waited long enough for a doctor, and they have waited with more patience than I ever had.",
    "Every second lamp on the harbour road was broken in March, and nobody from the works department came to look at it.",
    "I signed the contract for 1,250 new meters in good faith, but the cellar where they lie is under water since May.",
    "Our school has eleven classrooms and nine stoves, and when the wind comes from the lake the children write in gloves.",
    "If the ferry company keeps its word, the islanders can sell their apples in the city by the end of September.",
    "The figures in this report are wrong, the map is older than my daughter, and the bridge on page 12 was never built.",
    "There is a great deal of money in the flood fund, although very little of it has reached the villages below the dam.",
    "My grandfather planted these poplars along the canal, and I shall stand in front of them with a broom if I have to.",
    "Bread and timber come first for the valley, while the theatre can wait another winter for its new roof and curtains.",
    "We counted 340 swans on the reservoir this morning, which is more than in any winter since the pumping station closed.",
    "Nobody asked the farmers of the upper valley whether they wanted a road, and nobody told them what it would cost.",
    "The night train to Orsk was cancelled without a word, so the whole choir slept on benches and sang at six o'clock.",
    "It was a clerk who found the missing ledgers, and she found them behind the radiator in the mayor's own anteroom.",
    "The orchard inspectors came twice, measured the same three rows of trees, and went home satisfied with themselves.",
    "A museum that is closed on Sundays is a storehouse, and a storehouse does not need a director with a motor car.",
)
_TRADES = [
    "mill",
    "dyke",
    "foundry",
    "tannery",
    "brewery",
    "library",
    "orchard",
    "quarry",
    "observatory",
    "chapel",
    "granary",
    "arsenal",
    "cannery",
    "nursery",
]
_VERBS = [
    "repaired",
    "painted",
    "flooded",
    "surveyed",
    "auctioned",
    "extended",
    "fenced",
    "photographed",
    "insured",
    "catalogued",
]
_PLACES = [
    "Karsk",
    "Orsk",
    "Halvern",
    "Vellin",
    "Tarrow",
    "Menzel",
    "Odrava",
    "Skerry",
    "Lunde",
    "Brix",
]


@attrs.frozen
class Report:
    """What an outlet published: its text, and where the statements stand in it."""

    id: str
    outlet: str
    published: str
    text: str

    def source(self) -> Source:
        """Return the report as a source."""
        return Source(
            id=self.id, characters=self.text, input=self.id, span=(0, len(self.text)), published=self.published,
            outlet=self.outlet,
        )  # fmt: skip


class Newsroom:
    """Outlets over some days. The same seed gives the same reports."""

    def __init__(self, seed: int = 1, reports: int = 24) -> None:
        self._random = random.Random(seed)
        self.reports = [self._report(number) for number in range(reports)]

    def _report(self, number: int) -> Report:
        said = [STATEMENTS[(number * 2 + i) % len(STATEMENTS)] for i in range(2)]
        blocks = [self._prose(5)]
        for i, statement in enumerate(said):
            blocks.append(f"“{statement}” {SPEAKERS[(number + i) % len(SPEAKERS)]} said. {self._prose(3)}")
        outlet = f"The {_PLACES[number % len(_PLACES)]} Post"
        return Report(f"r{number}", outlet, f"2031-05-{number % 28 + 1:02}", "\n\n".join(blocks))

    def _prose(self, sentences: int) -> str:
        pick = self._random.choice
        return " ".join(
            f"In {pick(_PLACES)} the {pick(_TRADES)} was {pick(_VERBS)} by {self._random.randrange(3, 90)} people"
            f" from {pick(_PLACES)} near the {pick(_TRADES)}."
            for _ in range(sentences)
        )

    def sources(self) -> list[Source]:
        """Return every report as a source."""
        return [report.source() for report in self.reports]

    def cases(self, each: int, seed: int = 1) -> list[Case]:
        """Return perturbed quotations of the reports with their truth, none of words that no report holds."""
        return list(cases(self.texts(), each=each, seed=seed))

    def texts(self) -> list[Text]:
        """Return the reports as texts to make cases of."""
        return [Text(report.id, report.text, report.published) for report in self.reports]


def queries(made: Sequence[Case]) -> Iterator[Query]:
    """Yield cases as queries."""
    return (Query(exact=case.exact, id=case.id, cited=case.cited) for case in made)
