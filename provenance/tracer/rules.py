"""Rules: the name of everything that a trace depends on beside the words, so that traces made otherwise are told apart."""

from __future__ import annotations

from provenance.tracer import fold, lexicons

VERSION = "5"
"""Of alignment, edits, gates and verdicts."""
RULES = f"trace/{VERSION} fold/{fold.VERSION} lexicons/{lexicons.VERSION}"
"""What a recorded trace names as the rules it was made by."""
