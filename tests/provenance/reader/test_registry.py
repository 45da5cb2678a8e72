"""The registry of outlets: its domains are what the suffix list would call registrable."""

from __future__ import annotations

import pytest

from provenance.reader.outlets import outlet_at, registry
from provenance.reader.urls import registrable_domain


def test_every_domain_is_registrable() -> None:
    """Looking a host up in the registry first gives what asking the suffix list first would give."""
    domains = [domain for entry in registry() for domain in entry.domains]
    assert [registrable_domain(f"https://www.{domain}/x") for domain in domains] == domains


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
