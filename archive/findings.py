"""What we came to find: findings with registered codes, coverage, and the verdict computed from both.

The three laws (see docs/decisions):

1. The verdict is computed from findings and coverage; nothing carries it in a boolean.
2. What was not checked is said, and is not success.
3. Taking something away never makes the verdict better.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import attrs

from archive.errors import NOWHERE, Error, Location
from archive.values import frozen


class Status(StrEnum):
    """What a finding means for the verdict."""

    FAILED = "failed"
    WARNED = "warned"
    NOTE = "note"
    NOT_CHECKED = "not-checked"


class Level(StrEnum):
    """Which promise a finding is about."""

    CONTAINER = "container"
    FIXITY = "fixity"
    COHERENCE = "coherence"
    AUTHENTICITY = "authenticity"
    TIME = "time"
    CUSTODY = "custody"
    TRACE = "trace"
    READING = "reading"


class Verdict(StrEnum):
    """What a verification concludes, from best to worst."""

    SOUND = "sound"
    UNDECIDED = "undecided"
    UNSOUND = "unsound"
    UNREADABLE = "unreadable"


@frozen
class Code:
    """One kind of finding: `room.what`, with the page that explains it. `clause` names the standard it rests on."""

    name: str
    level: Level
    status: Status
    title: str
    meaning: str
    remedy: str
    clause: str | None = None


class Registry:
    """All codes that can be found. A storey registers its table once; a code that is not in it cannot be found."""

    def __init__(self) -> None:
        self._codes: dict[str, Code] = {}

    def register(self, codes: Iterable[Code]) -> None:
        """Add a table of codes. A name that is already taken is a programming error."""
        for code in codes:
            if code.name in self._codes:
                raise ValueError(f"finding code registered twice: {code.name}")
            self._codes[code.name] = code

    def __getitem__(self, name: str) -> Code:
        return self._codes[name]

    def __contains__(self, name: object) -> bool:
        return name in self._codes

    def __iter__(self) -> Iterator[Code]:
        return iter(sorted(self._codes.values(), key=lambda code: code.name))


CODES = Registry()


@frozen
class Cause:
    """A known origin of a finding: `writer` is the program, `says` what it does.

    `plausible`: whether the bytes may be as they were captured all the same.
    """

    writer: str
    says: str
    plausible: bool


@frozen
class Finding:
    """One thing found. Made by `found`, which fills level, status and clause from the registered code."""

    code: str
    status: Status
    level: Level
    message: str
    where: Location = NOWHERE
    expected: Any = None
    actual: Any = None
    clause: str | None = None
    cause: Cause | None = None
    """The writer whose known mistake this is."""

    def within(self, **outer: Any) -> Finding:
        """Return the same finding with the outer parts of its place filled in."""
        where = self.where.within(**outer)
        if where is self.where:
            return self
        return Finding(
            self.code,
            self.status,
            self.level,
            self.message,
            where,
            self.expected,
            self.actual,
            self.clause,
            self.cause,
        )


def found(
    code: str,
    message: str,
    *,
    where: Location = NOWHERE,
    expected: Any = None,
    actual: Any = None,
    status: Status | None = None,
    clause: str | None = None,
) -> Finding:
    """Return a finding of a registered code. `status` and `clause` override what the code's table says."""
    kind = CODES[code]
    return Finding(
        code, status or kind.status, kind.level, message, where, expected, actual, clause or kind.clause
    )


@frozen
class Count:
    """How much of something was checked, of how much there is."""

    checked: int = 0
    present: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.checked + other.checked, self.present + other.present)

    @property
    def whole(self) -> bool:
        """True when everything present was checked."""
        return self.checked >= self.present


@frozen
class Covered:
    """What a check says of its own reach: one aspect (`bytes`, `records`, …) and how much of it was checked."""

    aspect: str
    count: Count


@frozen
class Fact:
    """What a check learnt on its way, for whoever tells of the package. It decides nothing; `value` is JSON."""

    name: str
    value: Any


ASPECTS = ("bytes", "records", "index_lines", "members", "signatures", "timestamps", "quotations")
"""Every report counts these, also where there is none: "0 of 0 signatures" is how "unsigned" is said."""

VOUCHING = frozenset({"signatures", "timestamps"})
"""Aspects that vouch for a package from outside. Left unchecked they count against it only where they are required:
otherwise taking the signature away would make the verdict better."""


@frozen
class Report:
    """The outcome of verifying one package."""

    package: str
    findings: tuple[Finding, ...] = ()
    coverage: Mapping[str, Count] = attrs.field(factory=dict)
    stopped_by: Error | None = None
    """What ended the run before anything could be read."""
    required: frozenset[str] = frozenset()
    """Aspects that somebody asked for."""
    facts: Mapping[str, Any] = attrs.field(factory=dict)
    """What was learnt on the way, by name."""

    @classmethod
    def of(
        cls, package: str, outcomes: Iterable[Finding | Covered | Fact], *, required: Iterable[str] = ()
    ) -> Report:
        """Sort the outcomes of checks into findings, coverage and facts. `required` are aspects that must be checked."""
        findings: list[Finding] = []
        facts: dict[str, Any] = {}
        coverage = dict.fromkeys(ASPECTS, Count())
        for outcome in outcomes:
            if isinstance(outcome, Covered):
                coverage[outcome.aspect] = coverage.get(outcome.aspect, Count()) + outcome.count
            elif isinstance(outcome, Fact):
                facts[outcome.name] = outcome.value
            else:
                findings.append(outcome.within(package=package))
        return cls(package, tuple(findings), coverage, required=frozenset(required), facts=facts)

    def also(self, findings: Iterable[Finding]) -> Report:
        """Return the report with further findings."""
        more = tuple(finding.within(package=self.package) for finding in findings)
        return attrs.evolve(self, findings=self.findings + more)

    @property
    def verdict(self) -> Verdict:
        """Compute the verdict: what failed, then what was left unchecked, decide it; nothing else does."""
        if self.stopped_by is not None:
            return Verdict.UNREADABLE
        if any(finding.status is Status.FAILED for finding in self.findings):
            return Verdict.UNSOUND
        if self.unchecked:
            return Verdict.UNDECIDED
        return Verdict.SOUND

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Name what keeps the verdict from being sound: the aspects that were only partly checked, or all of them.

        Of signatures and timestamps only the required ones, and of those one that was checked is enough: a further
        one that could not be checked must not make the verdict worse than if it were not there.
        """
        if not any(count.checked for count in self.coverage.values()):
            return ("anything",)
        settled = {
            aspect
            for aspect in VOUCHING
            if aspect not in self.required or self.coverage.get(aspect, Count()).checked
        }
        return tuple(
            aspect for aspect, count in self.coverage.items() if not count.whole and aspect not in settled
        )


EXIT_CODES = {Verdict.SOUND: 0, Verdict.UNSOUND: 1, Verdict.UNREADABLE: 3, Verdict.UNDECIDED: 4}
"""Exit status of a verification by its verdict (2 is usage, 130 interrupted)."""


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the worst of several verdicts; sound where there is none to be worse."""
    order = list(Verdict)
    return max(verdicts, key=order.index, default=Verdict.SOUND)
