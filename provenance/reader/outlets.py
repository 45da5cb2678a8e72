"""The registry of outlets, and what a name or a domain says about an outlet."""

from __future__ import annotations

import json
import pkgutil
import re
from enum import StrEnum
from functools import cache
from typing import Any

from archive import lazily
from archive.values import frozen
from provenance.model.outlet import Outlet
from provenance.reader.urls import host, is_archive, registrable_domain, unwrap
from provenance.reader.words import word_set

_WORDS = word_set(
    "times post news herald tribune journal gazette telegraph guardian press agency observer chronicle standard "
    "independent mail express star radio tv wire online monitor courier dispatch examiner inquirer bulletin mirror "
    "reporter review magazine weekly daily globe sentinel register republic zeitung tagblatt blatt rundschau echo "
    "argus advertiser broadcasting network television newspaper correspondent pravda gazeta vestnik novosti"
)
_DOMAIN = lazily.compile(
    r"(?:[a-z0-9-]+\.){1,3}(?:com|org|net|info|news|co\.uk|ru|de|fr|io|ua|in|eu|tv)", re.IGNORECASE
)
_LONGEST = 60
_SHORT = 4
"""Letters up to which a name may be a common word or a given name in other letter case: `Mia`, `CP`, `Time`."""


class Kind(StrEnum):
    """What an outlet is."""

    NEWSPAPER = "newspaper"
    MAGAZINE = "magazine"
    BROADCASTER = "broadcaster"
    AGENCY = "agency"
    ONLINE = "online"
    GOVERNMENT = "government"
    NGO = "ngo"
    AGGREGATOR = "aggregator"


@frozen
class FormerName:
    """A name an outlet had until a year, a month or a day (`2014`, `2020-01`)."""

    name: str
    until: str


@frozen
class KnownOutlet:
    """One outlet of the registry; what each part means stands at the head of `outlets.toml`."""

    id: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    kind: Kind
    country: str
    shared: tuple[str, ...] = ()
    old_domains: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    was: tuple[FormerName, ...] = ()
    is_state: bool = False

    @property
    def name(self) -> str:
        """The name that is shown where none is printed."""
        return (self.names or self.shared)[0]

    @property
    def domain(self) -> str | None:
        """The domain it uses, where it has one of its own."""
        return self.domains[0] if self.domains else None


@cache
def _table() -> dict[str, Any]:
    """Return the compact form of the registry, which `docs/registry.py` makes: a tenth of the time of reading TOML."""
    packed = pkgutil.get_data("provenance.reader", "outlets.json")
    assert packed is not None
    table: dict[str, Any] = json.loads(packed)
    table["shared"] = frozenset(table["shared"])
    return table


@cache
def _outlet(id_: str) -> KnownOutlet:
    row = _table()["outlets"][id_]
    return KnownOutlet(
        id_,
        tuple(row["names"]),
        tuple(row["domains"]),
        Kind(row["kind"]),
        row["country"],
        tuple(row.get("shared", ())),
        tuple(row.get("old_domains", ())),
        tuple(row.get("hosts", ())),
        tuple(FormerName(former["name"], former["until"]) for former in row.get("was", ())),
        row.get("state", False),
    )


@cache
def registry() -> tuple[KnownOutlet, ...]:
    """Return the registry that comes with the package."""
    return tuple(map(_outlet, _table()["outlets"]))


def registered(id_: str) -> KnownOutlet | None:
    """Return the registry's outlet of that id."""
    return _outlet(id_) if id_ in _table()["outlets"] else None


def domains() -> dict[str, str]:
    """Return every domain that the registry knows, with the id of its outlet."""
    known: dict[str, str] = _table()["domains"]
    return known


def fold_name(name: str) -> str:
    """Return a name as names are compared: without case, punctuation and the leading article."""
    return _plain(name).removeprefix("the ")


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


def key_of(name: str) -> str:
    """Return what a name is looked up by: a short one as it is written, a longer one without case and punctuation."""
    name = name.strip()
    if len(name) <= _SHORT and name.isalnum():
        return f"={name}"
    return _plain(name)


def known_outlet(name: str) -> KnownOutlet | None:
    """Return the registry's outlet of that printed name; None for a name that several outlets bear."""
    names, key = _table()["names"], key_of(name)
    id_ = names.get(key) or (names.get(key_of(name[4:])) if key.startswith("the ") else None)
    return _outlet(id_) if id_ else None


def is_name_of_outlet(name: str) -> bool:
    """Say whether one outlet of the registry, or several, bear the name."""
    return known_outlet(name) is not None or key_of(name) in _table()["shared"]


def is_agency(name: str) -> bool:
    """Say whether the registry knows the name as that of a news agency."""
    known = known_outlet(name)
    return known is not None and known.kind is Kind.AGENCY


def outlet_named(name: str) -> Outlet:
    """Return the outlet of a printed name; domain and id are filled in where the registry knows it."""
    known = known_outlet(name)
    if known is not None:
        return Outlet(name, known.domain, known.id)
    return Outlet(name, name.lower() if _DOMAIN.fullmatch(name) else None)


def outlet_at(url: str) -> Outlet | None:
    """Return the outlet whose domain `url` is in; a domain that the registry does not know is its own name.

    The address of an archived copy is that of the page inside; where it does not show that, it names no outlet.
    """
    address = unwrap(url)
    if is_archive(address):
        return None
    known = _known_domain(address)
    if known is not None:
        outlet = _outlet(known[0])
        return Outlet(outlet.name, known[1], outlet.id)
    domain = registrable_domain(address)
    return Outlet(domain, domain) if domain else None


def _known_domain(url: str) -> tuple[str, str] | None:
    """Return the id of the outlet that a host is in, and its domain; asked first, for the suffix list is slow to load."""
    table = _table()
    labels = (host(url) or "").removesuffix(".").split(".")
    parents = [".".join(labels[i:]) for i in range(len(labels))]
    at = next((parent for parent in parents if parent in table["hosts"] or parent in table["domains"]), None)
    if at is None:
        return None
    if at in table["hosts"]:
        id_, domain = table["hosts"][at]
        return id_, domain
    return table["domains"][at], at


def looks_like_outlet(name: str) -> bool:
    """Say whether a short line or a piece of a byline is the name of an outlet: known, a domain, or with its words."""
    if not name or len(name) > _LONGEST or name[-1] in ".?!:," or "\n" in name:
        return False
    if known_outlet(name) or _DOMAIN.fullmatch(name):
        return True
    words = name.split()
    proper = all(
        word[0].isupper() or word.lower() in ("of", "the", "and", "&", "de", "des") for word in words
    )
    return proper and 1 < len(words) <= 5 and any(word.lower().strip("’'") in _WORDS for word in words)


def same_outlet(one: Outlet, other: Outlet) -> bool:
    """Say whether two readings name the same outlet: by id, by domain, else by name.

    A name that several outlets bear agrees with each of them.
    """
    if one.id and other.id:
        return one.id == other.id
    if one.domain and one.domain == other.domain:
        return True
    return fold_name(one.name) == fold_name(other.name) or _bears(one, other) or _bears(other, one)


def _bears(known: Outlet, named: Outlet) -> bool:
    """Say whether an outlet of the registry bears the name that the other reading prints, alone or with others."""
    if known.id is None or named.id is not None or named.domain is not None:
        return False
    return key_of(named.name) in map(key_of, _outlet(known.id).shared)


def most_telling(outlets: list[Outlet] | tuple[Outlet, ...]) -> Outlet:
    """Join agreeing readings: the name of the best one, domain and id from whichever gives them."""
    domain = next((o.domain for o in outlets if o.domain), None)
    return Outlet(outlets[0].name, domain, next((o.id for o in outlets if o.id), None))
