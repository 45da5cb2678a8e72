"""The registry of outlets, and what a name or a domain says about an outlet."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

import attrs

from provenance.model.outlet import Outlet
from provenance.reader.urls import host, is_archive, registrable_domain, unwrap
from provenance.reader.words import word_set

_WORDS = word_set(
    "times post news herald tribune journal gazette telegraph guardian press agency observer chronicle standard "
    "independent mail express star radio tv wire online monitor courier dispatch examiner inquirer bulletin mirror "
    "reporter review magazine weekly daily globe sentinel register republic zeitung tagblatt blatt rundschau echo "
    "argus advertiser broadcasting network television newspaper correspondent pravda gazeta vestnik novosti"
)
_DOMAIN = re.compile(
    r"(?:[a-z0-9-]+\.){1,3}(?:com|org|net|info|news|co\.uk|ru|de|fr|io|ua|in|eu|tv)", re.IGNORECASE
)
_LONGEST = 60


@attrs.frozen
class KnownOutlet:
    """One outlet of the registry. `role`: `publisher`, `agency` or `aggregator`."""

    id: str
    names: tuple[str, ...]
    domains: tuple[str, ...]
    role: str


@cache
def registry() -> tuple[KnownOutlet, ...]:
    """Return the registry that comes with the package."""
    table = tomllib.loads(files("provenance.reader").joinpath("outlets.toml").read_text(encoding="utf-8"))
    return tuple(
        KnownOutlet(id_, tuple(e["names"]), tuple(e["domains"]), e["role"])
        for id_, e in table["outlet"].items()
    )


@cache
def _by_name() -> dict[str, KnownOutlet]:
    return {fold_name(name): entry for entry in registry() for name in entry.names}


@cache
def _by_domain() -> dict[str, KnownOutlet]:
    return {domain: entry for entry in registry() for domain in entry.domains}


def fold_name(name: str) -> str:
    """Return a name as names are compared: without case, punctuation and the leading article."""
    folded = re.sub(r"[\W_]+", " ", name.casefold()).strip()
    return folded.removeprefix("the ")


def known_outlet(name: str) -> KnownOutlet | None:
    """Return the registry's outlet of that printed name."""
    return _by_name().get(fold_name(name))


def is_agency(name: str) -> bool:
    """Say whether the registry knows the name as that of a news agency."""
    entry = known_outlet(name)
    return entry is not None and entry.role == "agency"


def outlet_named(name: str) -> Outlet:
    """Return the outlet of a printed name; domain and id are filled in where the registry knows it."""
    entry = known_outlet(name)
    if entry is not None:
        return Outlet(name, entry.domains[0], entry.id)
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
        entry = _by_domain()[known]
        return Outlet(entry.names[0], known, entry.id)
    domain = registrable_domain(address)
    return Outlet(domain, domain) if domain else None


def _known_domain(url: str) -> str | None:
    """Return the domain of the registry that a host is in; asked first, for the suffix list is slow to load."""
    labels = (host(url) or "").split(".")
    parents = (".".join(labels[i:]) for i in range(len(labels)))
    return next((domain for domain in parents if domain in _by_domain()), None)


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
    """Say whether two readings name the same outlet: by id, by domain, else by name."""
    if one.id and other.id:
        return one.id == other.id
    if one.domain and one.domain == other.domain:
        return True
    return fold_name(one.name) == fold_name(other.name)


def most_telling(outlets: list[Outlet] | tuple[Outlet, ...]) -> Outlet:
    """Join agreeing readings: the name of the best one, domain and id from whichever gives them."""
    domain = next((o.domain for o in outlets if o.domain), None)
    return Outlet(outlets[0].name, domain, next((o.id for o in outlets if o.id), None))
