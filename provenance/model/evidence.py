"""A value with the evidence for it: what was read, by which rule, at which place, and everything against it."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Generic, TypeVar

from archive.values import frozen

T = TypeVar("T")


class Layer(StrEnum):
    """Where in a document or beside it evidence lies."""

    HTTP_HEADER = "http-header"
    URL = "url"
    JSON_LD = "json-ld"
    META = "meta"
    MICRODATA = "microdata"
    DOM = "dom"
    MASTHEAD = "masthead"
    DATELINE = "dateline"
    BYLINE = "byline"
    BODY = "body"
    FOOTER = "footer"
    TWEET = "tweet"
    INHERITED = "inherited"
    HUMAN = "human"


class Tier(StrEnum):
    """How well a value is supported. Tiers E to G are weak guesses and never become a value by themselves."""

    A = "A"
    """Two or more kinds of source agree, none disagrees."""
    B = "B"
    """Two or more kinds agree, a minority disagrees."""
    C = "C"
    """One kind of source says it."""
    D = "D"
    """One kind of source says it, another disagrees."""
    E = "E"
    F = "F"
    G = "G"


@frozen
class Place:
    """Where evidence was read. Just the parts that apply are set.

    `start`/`end`: characters of the canonical text (or of the attribute or node named by `xpath`).
    `xpath`, `attribute`: a node of the page. `pointer`, `script`: an RFC 6901 pointer into the n-th JSON-LD script.
    `component`: a part of a URL. `header`: an HTTP header field.
    """

    start: int | None = None
    end: int | None = None
    xpath: str | None = None
    attribute: str | None = None
    script: int | None = None
    pointer: str | None = None
    component: str | None = None
    header: str | None = None


@frozen
class Evidence(Generic[T]):
    """One reading of a value. `raw` is what stands at `place`, letter for letter; `value` is what the rule made of it."""

    value: T
    rule: str
    layer: Layer
    raw: str
    place: Place


@frozen
class Field(Generic[T]):
    """A value of an article, or None; all evidence that supports it and all that contradicts it are kept."""

    value: T | None = None
    tier: Tier | None = None
    evidence: tuple[Evidence[T], ...] = ()
    conflicts: tuple[Evidence[T], ...] = ()


def absent() -> Field[Any]:
    """Return the field that the document does not give."""
    return Field()


def tier_of(support: Iterable[Evidence[Any]], against: Iterable[Evidence[Any]]) -> Tier:
    """Compute the tier from agreement: kinds of source (layers) for the value and against it.

    An archivist's statement (layer human) outranks what the document says of itself.
    """
    for_it = {evidence.layer for evidence in support}
    if Layer.HUMAN in for_it:
        return Tier.A
    against_it = {evidence.layer for evidence in against} - for_it
    if len(for_it) > 1:
        return Tier.B if against_it else Tier.A
    return Tier.D if list(against) or against_it else Tier.C
