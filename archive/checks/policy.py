"""What a verification demands, apart from what is so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import attrs

from archive.findings import Covered, Finding
from archive.limits import DEFAULT, Limits
from archive.wacz.package import Package

if TYPE_CHECKING:
    from archive.signing.bitcoin import Headers
    from archive.signing.trust import Trust


@attrs.frozen
class Policy:
    """What a verification demands.

    `canonical`: whether the one canonical form is demanded. None: of packages that say this software wrote them.
    `trust`: whom and what to believe; None: the public authorities, and nobody in particular. `offline`: whether the
    network is left alone; what could only be learnt there is then said to be unchecked. `timestamps`: how many
    authorities must vouch for the time; 0 where nobody asked. `blocks`: headers of Bitcoin blocks, by height.
    """

    limits: Limits = DEFAULT
    canonical: bool | None = None
    trust: Trust | None = None
    offline: bool = True
    timestamps: int = 0
    blocks: Headers = attrs.field(factory=dict)

    @property
    def trusted(self) -> Trust:
        """Whom and what to believe."""
        from archive.signing.trust import public_trust  # most packages are neither signed nor stamped

        return public_trust() if self.trust is None else self.trust

    def demands_canonical(self, package: Package) -> bool:
        """Say whether this package must be in canonical form."""
        return package.ours if self.canonical is None else self.canonical


Outcome = Finding | Covered
Check = Callable[[Package, Policy], Iterator[Outcome]]
