"""The registry of outlets: three hundred and more, consistent, and looked up by name, by domain and by host."""

from __future__ import annotations

import re
from collections import Counter

import pytest
import registry as compact

from provenance.model.dates import Date
from provenance.model.outlet import Outlet
from provenance.reader.hosts import registrable_domain
from provenance.reader.outlets import (
    Kind,
    is_agency,
    is_name_of_outlet,
    key_of,
    known_outlet,
    outlet_at,
    outlet_named,
    registry,
    same_outlet,
)


def test_every_domain_is_registrable() -> None:
    """Looking a host up in the registry first gives what asking the suffix list first would give."""
    domains = [domain for entry in registry() for domain in (*entry.domains, *entry.old_domains)]
    assert [registrable_domain(f"https://www.{domain}/x") for domain in domains] == domains


def test_hosts_lie_in_domains_of_others() -> None:
    """A host of its own lies below a registrable domain that no outlet of the registry has, but for bodies of the Union."""
    domains = {domain for entry in registry() for domain in entry.domains} - {"europa.eu"}
    hosts = [host for entry in registry() for host in entry.hosts]
    assert hosts
    assert all(registrable_domain(f"https://{host}/") not in {None, host, *domains} for host in hosts)


def test_no_domain_and_no_name_is_given_twice() -> None:
    """An id, a domain, a host and a name belong to one outlet; names of several are marked as shared, and nobody's own."""
    domains = Counter(d for e in registry() for d in (*e.domains, *e.old_domains, *e.hosts))
    names = Counter(
        key for e in registry() for key in {key_of(n) for n in (*e.names, *(w.name for w in e.was))}
    )
    shared = {key_of(name) for entry in registry() for name in entry.shared}
    assert [d for d, count in domains.items() if count > 1] == []
    assert [n for n, count in names.items() if count > 1] == []
    assert shared & set(names) == set()


def test_state_outlets_are_those_a_state_runs() -> None:
    """Public broadcasters, foundations and agencies that the law keeps apart from the government bear no flag."""
    flagged = {entry.id for entry in registry() if entry.is_state}
    assert {"tass", "xinhua", "irna", "voa"} <= flagged
    assert not flagged & {
        "bbc",
        "deutsche-welle",
        "rferl",
        "rfa",
        "radio-farda",
        "france-24",
        "pap",
        "hina",
        "al-jazeera",
    }


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.hurriyetdailynews.com/x", "Hürriyet Daily News"),
        ("https://www.sabah.com.tr/x", "Sabah"),
        ("https://www.dailysabah.com/x", "Daily Sabah"),
        ("https://www.trtworld.com/x", "TRT World"),
        ("https://n1info.hr/x", "N1"),
        ("https://www.ecb.europa.eu/x", "European Union"),
        ("https://www.europarl.europa.eu/x", "European Parliament"),
        ("https://www.pbs.org/wgbh/frontline/x", "PBS"),
    ],
)
def test_a_domain_shows_a_name_that_is_true_of_all_of_it(url: str, name: str) -> None:
    """An address alone names no part, sister paper or neighbour of whoever it belongs to."""
    outlet = outlet_at(url)
    assert outlet is not None
    assert outlet.name == name


def test_the_registry_is_wide() -> None:
    """It has more than three hundred outlets of more than sixty countries, of every kind, agencies among them."""
    assert len(registry()) >= 300
    assert len({entry.country for entry in registry()}) >= 60
    assert {entry.kind for entry in registry()} == set(Kind)
    assert sum(entry.kind is Kind.AGENCY for entry in registry()) >= 60


def test_rows_are_well_formed() -> None:
    """Ids are lower case, countries two capitals, every outlet has a name and an address, and a former name its date."""
    for entry in registry():
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", entry.id)
        assert re.fullmatch(r"[A-Z]{2}", entry.country)
        assert entry.names or entry.shared
        assert entry.domains or entry.hosts
        assert all(Date.parse(former.until).year > 1900 for former in entry.was)


def test_the_compact_form_is_up_to_date() -> None:
    """What the reader loads is what `docs/registry.py` makes of `outlets.toml`."""
    assert compact.PACKED.read_text(encoding="utf-8") == compact.packed()


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.theguardian.com/world/1", "theguardian.com"),
        ("https://theguardian.com.evil.example.net/1", "example.net"),
        ("https://nottheguardian.com/1", "nottheguardian.com"),
    ],
)
def test_only_the_end_of_a_host_counts(url: str, domain: str) -> None:
    """A host that merely begins with an outlet's domain, or ends in its letters, is another outlet's."""
    outlet = outlet_at(url)
    assert outlet is not None
    assert outlet.domain == domain


@pytest.mark.parametrize(
    ("url", "id_"),
    [
        ("https://tass.ru/politika/1", "tass"),
        ("http://itar-tass.com/x", "tass"),
        ("https://abcnews.go.com/x", "abc-news-us"),
        ("https://www.espn.go.com/x", None),
        ("https://echo.msk.ru/news/1", "echo-of-moscow"),
        ("https://web.archive.org/web/2016/http://www.rian.ru/x", "ria-novosti"),
        ("https://news.yahoo.com/x", "yahoo-news"),
        ("https://finance.yahoo.com/x", None),
    ],
)
def test_addresses_lead_to_outlets(url: str, id_: str | None) -> None:
    """Present and former domains, hosts in others' domains and archived copies lead to the outlet; neighbours do not."""
    outlet = outlet_at(url)
    assert outlet is not None
    assert outlet.id == id_


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("ТАСС", "tass"),
        ("ИТАР-ТАСС", "tass"),
        ("the BBC", "bbc"),
        ("新华社", "xinhua"),
        ("الجزيرة", None),
        ("الجزيرة نت", "al-jazeera"),
        ("20 minutes", None),
        ("Foreign Affairs", None),
        ("Foreign policy", None),
        ("The Daily Telegraph", None),
        ("Daily Mirror", None),
        ("العربية", None),
        ("Гордон", None),
        ("Дождь", None),
        ("Τα νέα", None),
        ("El mundo", None),
        ("朝日新聞", "asahi"),
        ("The Manchester Guardian", "guardian"),
        ("The Hill", "the-hill"),
        ("Hill", None),
        ("Sun", None),
        ("ABC News", None),
        ("AP", "ap"),
        ("ap", None),
        ("Mia", None),
        ("Ostermoor Echo", None),
    ],
)
def test_names_lead_to_outlets(name: str, id_: str | None) -> None:
    """Names in every script, and former ones, lead to the outlet; shared, short and foreign words do not."""
    known = known_outlet(name)
    assert (known.id if known else None) == id_


def test_shared_names_are_names_of_outlets_and_agree_with_each() -> None:
    """A name that several outlets bear tells none of them, and contradicts none of them."""
    assert is_name_of_outlet("ABC News")
    assert outlet_named("ABC News") == Outlet("ABC News")
    for url in ("https://abcnews.go.com/x", "https://www.abc.net.au/news/x"):
        outlet = outlet_at(url)
        assert outlet is not None
        assert same_outlet(outlet, Outlet("ABC News"))
    assert not same_outlet(outlet_at("https://www.bbc.com/x") or Outlet(""), Outlet("ABC News"))


def test_agencies_are_told_from_papers() -> None:
    """An agency is one by its kind in the registry."""
    assert is_agency("Reuters")
    assert is_agency("РИА Новости")
    assert not is_agency("The Guardian")
    assert not is_agency("Ostermoor Echo")
