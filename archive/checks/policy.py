"""What a verification demands, apart from what is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from archive.findings import Covered, Finding
from archive.limits import DEFAULT, Limits
from archive.wacz.reader import Package


@attrs.frozen
class Policy:
    """What a verification demands.

    `canonical`: whether the one canonical form is demanded. None: of packages that say this software wrote them.
    """

    limits: Limits = DEFAULT
    canonical: bool | None = None

    def demands_canonical(self, package: Package) -> bool:
        """Say whether this package must be in canonical form."""
        return package.ours if self.canonical is None else self.canonical


Outcome = Finding | Covered
Check = Callable[[Package, Policy], Iterator[Outcome]]
