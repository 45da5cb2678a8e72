"""Outlets: a printed name, a registrable domain and a registry id are three different things."""

from __future__ import annotations

from enum import StrEnum

from archive.values import frozen


class Role(StrEnum):
    """What an outlet has to do with an article; decided from the page, not from what the outlet is."""

    PUBLISHER = "publisher"
    """It published its own report."""
    AGENCY = "agency"
    """Its report is printed: by itself, or by the publisher under its name."""
    REPUBLISHER = "republisher"
    """It shows what another outlet published."""
    CONTRIBUTOR = "contributor"
    """It contributed to the report."""


@frozen
class Outlet:
    """Who published: `name` as printed (or the registry's name for the domain), `domain`, `id` in our registry."""

    name: str
    domain: str | None = None
    id: str | None = None


@frozen
class Participant:
    """An outlet and what it has to do with an article."""

    outlet: Outlet
    role: Role


@frozen
class Dateline:
    """The place a report was filed from and, where it is printed, the date it was filed."""

    place: str | None
    date: str | None = None
