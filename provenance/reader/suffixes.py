"""The Public Suffix List that comes with tldextract, read without importing the library (and the HTTP client it brings)."""

from __future__ import annotations

from functools import cache
from importlib.machinery import SourceFileLoader as FileLoader
from importlib.util import find_spec

_LIST = ".tld_set_snapshot"
_BEGIN, _END = "===BEGIN ICANN DOMAINS===", "===END ICANN DOMAINS==="


@cache
def rules() -> frozenset[str] | None:
    """Return the rules of the list's public part, or None where the library no longer keeps the list where it did."""
    spec = find_spec("tldextract")
    loader = spec.loader if spec is not None else None
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders or not isinstance(loader, FileLoader):
        return None
    try:
        text = loader.get_data(f"{folders[0]}/{_LIST}").decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    public = text.partition(_BEGIN)[2].partition(_END)[0]
    return frozenset(line for line in public.split("\n") if line and not line.startswith("//")) or None


def registrable(labels: list[str], known: frozenset[str]) -> str | None:
    """Return the domain of a host's labels that somebody registered: one label more than the longest rule that fits.

    The algorithm of publicsuffix.org, but for its rule `*`: under a suffix that nobody lists, nothing is registrable.
    """
    for at in range(len(labels)):
        suffix, parent = ".".join(labels[at:]), ".".join(labels[at + 1 :])
        if f"!{suffix}" in known:
            return suffix
        if suffix in known or (parent and f"*.{parent}" in known):
            return ".".join(labels[at - 1 :]) if at else None
    return None
