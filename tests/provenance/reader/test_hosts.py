"""Hosts, wrapped addresses and tracking parameters: what an address is, and what it only looks like."""

from __future__ import annotations

import pkgutil

import pytest

from provenance.reader import hosts, tracking, wrappings
from provenance.reader import read as read_document

PROSE = "The council of Ostermoor voted on Tuesday to repair the old harbour wall before the winter storms arrive."
KNOWN = ("tass.com", "theguardian.com", "bloomberg.com")


def codes_of(url: str) -> list[str]:
    """Return the codes about addresses of an article captured from this one."""
    page = f"<html><head><title>Wall</title></head><body><article><h1>Wall</h1><p>{PROSE}</p></article></body></html>"
    (article,) = read_document(page.encode(), url=url, name="x.html").articles
    return sorted({f.code for f in article.findings if f.code.startswith("url.")})


def test_plain_suffixes_have_no_rules_below_them() -> None:
    """Of every suffix that is answered without the list, the list's ICANN part has that one rule and none below it."""
    snapshot = (pkgutil.get_data("tldextract", ".tld_set_snapshot") or b"").decode()
    rules = [
        line.strip()
        for line in snapshot.partition("===BEGIN PRIVATE")[0].splitlines()
        if line.strip() and line[:2] != "//"
    ]
    assert len(rules) > 5000
    below = {s: [r for r in rules if r == s or r.endswith(f".{s}")] for s in hosts.PLAIN_SUFFIXES}
    assert {s: found for s, found in below.items() if found != [s]} == {}


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.theguardian.com/x", "theguardian.com"),
        ("https://news.bbc.co.uk/x", "bbc.co.uk"),
        ("https://co.uk/x", None),
        ("https://com/x", None),
        ("https://a.b.city.kawasaki.jp/", "city.kawasaki.jp"),
        ("https://127.0.0.1/x", None),
        ("https://localhost/x", None),
        ("https://blog.example.com.au/", "example.com.au"),
        ("no address", None),
    ],
)
def test_registrable_domains(url: str, domain: str | None) -> None:
    """The registrable domain is the suffix list's, whichever way it was found."""
    assert hosts.registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("xn--80ak6aa92e.com", "аррӏе.com"),
        ("xn--e1aybc.xn--p1ai", "тест.рф"),
        ("xn--mnchen-3ya.de", "münchen.de"),
        ("a.b", "a.b"),
    ],
)
def test_both_forms_of_a_name(written: str, shown: str) -> None:
    """An internationalised name is shown in its script and written in the form that is asked for (RFC 3492)."""
    assert hosts.shown(written) == shown
    assert hosts.written(shown) == written


@pytest.mark.parametrize("broken", ["xn--", "xn--\x00", "xn--99999999999", "xn--é"])
def test_broken_punycode_stays_as_it_is(broken: str) -> None:
    """A label that is no punycode is shown as it stands, or as what it decodes to, without an error."""
    assert isinstance(hosts.shown(broken), str)


@pytest.mark.parametrize(
    ("name", "mixed"), [("tаss.com", True), ("münchen.de", False), ("тасс.рф", False), ("東京news.jp", False)]
)
def test_mixed_scripts(name: str, mixed: bool) -> None:
    """Latin with Cyrillic is mixed; accents, one script, and Japanese with Latin are not."""
    assert hosts.mixes_scripts(name) is mixed


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("tаss.com", "tass.com"),
        ("www.tаss.com", "tass.com"),
        ("thegu4rdian.com", None),
        ("bloornberg.com", "bloomberg.com"),
        ("b1oomberg.com", "bloomberg.com"),
        ("tass.com", None),
        ("en.tass.com", None),
        ("tass.com.example", None),
        ("тасс.рф", None),
        ("münchen.de", None),
    ],
)
def test_look_alikes(name: str, like: str | None) -> None:
    """A host is the look-alike of a known domain that it is drawn like, and not in."""
    assert hosts.looks_like(name, KNOWN) == like


@pytest.mark.parametrize(
    ("url", "codes"),
    [
        (
            "https://tаss.com/world/900573",
            ["url.internationalised", "url.mixed-scripts", "url.resembles-known-domain"],
        ),
        (
            "https://xn--tss-6cd.com/world/900573",
            ["url.internationalised", "url.mixed-scripts", "url.resembles-known-domain"],
        ),
        ("https://theguard1an.com/world/900573", []),
        ("https://b1oomberg.com/world/900573", ["url.resembles-known-domain"]),
        ("https://münchen.de/rathaus/900573", ["url.internationalised"]),
        ("https://tass.com/world/900573", []),
        ("https://paper.example/world/900573", []),
    ],
)
def test_hosts_are_flagged(url: str, codes: list[str]) -> None:
    """Look-alikes and mixed scripts are warned of, other scripts are noted, and plain hosts raise nothing."""
    assert codes_of(url) == codes


PAGE = "https://paper.example/2016/10/20/wall"


@pytest.mark.parametrize(
    "wrapped",
    [
        f"https://web.archive.org/web/20161020120000/{PAGE}",
        f"https://web.archive.org/web/20161020120000id_/{PAGE}",
        f"http://web.archive.org/web/2016/{PAGE.replace('//', '/')}",
        f"https://archive.ph/2016.10.20-120000/{PAGE}",
        f"https://archive.is/newest/{PAGE}",
        f"https://archive.today/o/AbCdE/{PAGE}",
        f"https://arquivo.pt/wayback/20161020120000/{PAGE}",
        f"https://wayback.archive-it.org/1234/20161020120000/{PAGE}",
        f"https://webarchive.nationalarchives.gov.uk/ukgwa/20161020120000/{PAGE}",
        "https://webcache.googleusercontent.com/search?q=cache:AbCdEfGhIjK:https://paper.example/2016/10/20/wall+wall&hl=en",
        "https://www.google.com/amp/s/paper.example/2016/10/20/wall",
        "https://paper-example.cdn.ampproject.org/c/s/paper.example/2016/10/20/wall",
        "https://paper-example.translate.goog/2016/10/20/wall?_x_tr_sl=de",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fpaper.example%2F2016%2F10%2F20%2Fwall&h=AT0",
        "https://www.google.com/url?q=https://paper.example/2016/10/20/wall&sa=U",
        "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example%2F2016%2F10%2F20%2Fwall&data=1",
        f"https://web.archive.org/web/2016/https://archive.ph/2016/{PAGE}",
        PAGE,
    ],
)
def test_wrapped_addresses(wrapped: str) -> None:
    """An address in an archive, a cache, a translation or a redirector is the page's own, however deep."""
    assert wrappings.unwrap(wrapped) == PAGE


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.ph/AbCdE",
        "https://perma.cc/AB12-CD34",
        "https://www.google.com/search?q=https://paper.example/x",
        "https://paper.example/share?u=https://other.example/x",
        "https://webarchive.example/2016/https://paper.example/x",
    ],
)
def test_other_addresses_stay(url: str) -> None:
    """A short archive address, a search, and a page that merely names another in its address stay as they are."""
    assert wrappings.unwrap(url) == url


@pytest.mark.parametrize(
    ("query", "left"),
    [
        ("utm_source=x&id=5&utm_medium=y", "id=5"),
        ("fbclid=abc", ""),
        ("q=a%20b&gclid=1", "q=a%20b"),
        ("a=1&a=2&b", "a=1&a=2&b"),
        ("UTM_Source=x&page=2", "page=2"),
        ("reference=7&smid=tw", "reference=7"),
    ],
)
def test_tracking_parameters(query: str, left: str) -> None:
    """Parameters that tell how somebody came are left out; all others stay as written, in order."""
    assert tracking.stripped(query) == left


@pytest.mark.parametrize("name", ["cln.se", "clw.com", "vvp.pl", "1tv.az"])
def test_few_letters_make_no_imitation(name: str) -> None:
    """An honest domain of two or three letters that happens to be drawn like a known one is not called a look-alike."""
    assert hosts.looks_like(name, ["dn.se", "dw.com", "wp.pl", "ltv.az"]) is None
