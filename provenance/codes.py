"""The finding codes of this storey. Importing this module registers every code there is, the archive's too."""

from __future__ import annotations

from types import ModuleType

from archive.checks import codes as checks
from archive.copies import codes as copies
from archive.custody import codes as custody
from archive.merge import codes as merge
from archive.wacz import codes as wacz
from archive.warc import codes as warc
from provenance import own_codes
from provenance.reader import claim_codes as claims
from provenance.reader import codes as reader
from provenance.reader import html_codes as html
from provenance.tracer import codes as tracer

TABLES: tuple[ModuleType, ...] = (
    *(checks, wacz, warc, custody, merge, copies),
    *(reader, html, claims, own_codes, tracer),
)
"""The modules that register the codes of other rooms when they are imported."""
