"""Candidates become a field: the best supported value, its tier, all evidence for it and everything against it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from provenance.model.evidence import Evidence, Field, Layer, tier_of

T = TypeVar("T")

LAYER_ORDER = (
    Layer.HUMAN,
    Layer.MASTHEAD,
    Layer.JSON_LD,
    Layer.META,
    Layer.MICRODATA,
    Layer.BYLINE,
    Layer.DATELINE,
    Layer.DOM,
    Layer.FOOTER,
    Layer.BODY,
    Layer.URL,
    Layer.HTTP_HEADER,
    Layer.TWEET,
    Layer.INHERITED,
)
"""Whose word counts where the numbers of supporters are equal: the nearest to the article's own voice first."""


def decide(
    candidates: Iterable[Evidence[T]],
    *,
    same: Callable[[T, T], bool] = lambda a, b: a == b,
    refine: Callable[[Sequence[T]], T] = lambda values: values[0],
    order: Sequence[Layer] = LAYER_ORDER,
) -> Field[T]:
    """Return the field that the candidates support.

    Candidates are grouped by `same` (in order, each joins the first group whose first value it agrees with). The
    group with the most kinds of source wins, then the one whose best layer comes first in `order`; an archivist's
    statement always wins. `refine` picks the value from the agreeing ones (say, the most precise date).
    """
    ranked = sorted(candidates, key=lambda evidence: order.index(evidence.layer))
    groups: list[list[Evidence[T]]] = []
    for evidence in ranked:
        for group in groups:
            if same(group[0].value, evidence.value):
                group.append(evidence)
                break
        else:
            groups.append([evidence])
    if not groups:
        return Field()
    best = max(groups, key=lambda group: (group[0].layer is Layer.HUMAN, len({e.layer for e in group})))
    against = tuple(evidence for group in groups if group is not best for evidence in group)
    value = refine([evidence.value for evidence in best])
    return Field(value, tier_of(best, against), tuple(best), against)
