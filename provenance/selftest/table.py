"""The table: every operator at every quotation, traced, and what the tracer said beside what it should have said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from random import Random

import attrs

from provenance.model.trace import Query, Severity, Trace
from provenance.selftest.operators import OPERATORS, Expected, Material, Operator
from provenance.tracer.candidates import Candidates
from provenance.tracer.fold import fold_quotation
from provenance.tracer.verdicts import trace_all

_HARMLESS = (Severity.FAITHFUL, Severity.MARKED)
_ACCUSING = (Severity.ALTERED, Severity.DISTORTED)


@attrs.frozen
class Trial:
    """One changed quotation: how it was changed, and what was said of it."""

    operator: Operator
    original: str
    trace: Trace

    @property
    def is_missed(self) -> bool:
        """Say whether a change, or words that stand nowhere, were let pass as faithful."""
        severity = self.trace.verdict.severity
        return self.operator.expected is not Expected.FAITHFUL and severity in _HARMLESS

    @property
    def is_accused(self) -> bool:
        """Say whether somebody was accused of a change that nobody made."""
        return self.operator.expected is not Expected.CHANGED and self.trace.verdict.severity in _ACCUSING


@attrs.frozen
class Row:
    """What was said of all quotations that were changed in one way."""

    operator: Operator
    severities: dict[Severity, int]
    missed: int
    accused: int

    @property
    def tested(self) -> int:
        """How many quotations could be changed so."""
        return sum(self.severities.values())


def trials(materials: Iterable[Material], candidates: Candidates, seed: int) -> Iterator[Trial]:
    """Change every quotation in every way that it allows, and trace it. The same seed makes the same changes."""
    for number, material in enumerate(materials):
        for operator in OPERATORS:
            make = Random(f"{seed}/{number}/{operator.name}")  # noqa: S311 (chance, no secret)
            changed = operator.change(material, make)
            if changed is None or _stands_there(changed, operator, candidates):
                continue
            query = Query(exact=changed, id=f"{number}.{operator.name}")
            for trace in trace_all([query], candidates):
                yield Trial(operator, " ".join(material.words), trace)


def _stands_there(changed: str, operator: Operator, candidates: Candidates) -> bool:
    """Say whether a change made words that somebody has said by chance."""
    return operator.expected is not Expected.FAITHFUL and bool(candidates.exact(fold_quotation(changed), 1))


def rows(tests: Sequence[Trial]) -> list[Row]:
    """Return a row for each operator that was tried."""
    made = []
    for operator in OPERATORS:
        mine = [each for each in tests if each.operator is operator]
        severities = {s: sum(each.trace.verdict.severity is s for each in mine) for s in Severity}
        if mine:
            made.append(
                Row(operator, severities, sum(t.is_missed for t in mine), sum(t.is_accused for t in mine))
            )
    return made
