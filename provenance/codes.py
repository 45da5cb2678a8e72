"""The finding codes of this storey, and all others: importing this module registers every code there is."""

from __future__ import annotations

import archive.checks.codes
import archive.wacz.codes
import archive.warc.codes
import provenance.reader.codes  # noqa: F401
from archive.findings import CODES, Code, Level, Status
