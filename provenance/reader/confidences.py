"""How often a value of a field and tier was right on annotated pages: the table that `benchmarks/calibrate.py` makes."""

from __future__ import annotations

import json
import pkgutil
from functools import cache

from archive.values import frozen
from provenance.model.evidence import Tier

LEAST = 10
"""Values a row must rest on: a share of fewer says nothing."""


@frozen
class Confidence:
    """The share of values that were right, among `n`; those on pages that state no value count as wrong."""

    share: float
    n: int


@cache
def table() -> dict[tuple[str, str], Confidence]:
    """Return the shipped table, by field and tier."""
    text = pkgutil.get_data("provenance.reader", "confidences.json")
    assert text is not None, "the table is part of the package"
    rows = json.loads(text)["field"]
    return {
        (field, tier): Confidence(row["share"], row["n"])
        for field, tiers in rows.items()
        for tier, row in tiers.items()
    }


def confidence(field: str, tier: Tier | None) -> float | None:
    """Return the measured share for a field's tier, or None where there is no value or too little was measured."""
    row = table().get((field, str(tier))) if tier is not None else None
    return row.share if row is not None and row.n >= LEAST else None
