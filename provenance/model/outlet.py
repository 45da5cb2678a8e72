"""Outlets: a printed name, a registrable domain and a registry id are three different things."""

from __future__ import annotations

import attrs


@attrs.frozen
class Outlet:
    """Who published: `name` as printed (or the registry's name for the domain), `domain`, `id` in our registry."""

    name: str
    domain: str | None = None
    id: str | None = None


@attrs.frozen
class Dateline:
    """The place a report was filed from and, where it is printed, the date it was filed."""

    place: str | None
    date: str | None = None
