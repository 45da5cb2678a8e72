"""The clauses of ISO 28500 on header fields as a table: which field where, how often, and of which form.

The numbers of clauses are those of the edition of 2017 (WARC/1.1) and, where it has the field, of 2009 (WARC/1.0).
Drafts of WARC are held against 2009. What the standard says of records beyond their fields is in `clauses.py`.
"""

from __future__ import annotations

import attrs

from archive.findings import Status
from archive.warc.rules import forms
from archive.warc.rules.forms import Form

TYPES = frozenset(
    {"warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation"}
)
NOWHERE: frozenset[str] = frozenset()
_CAPTURED = TYPES - {"warcinfo", "conversion", "continuation"}
_WITH_PAYLOAD = TYPES - {"warcinfo", "metadata"}
_OF_REVISITS = frozenset({"revisit"})
_OF_CONTINUATIONS = frozenset({"continuation"})
_WITH_TARGET = TYPES - {"warcinfo", "metadata"}


@attrs.frozen
class Field:
    """What the standard says of one field. `clause` is that of 2017; `older` that of 2009, None: not in that edition.

    `needed` are the types that must have it, `types` those that may. `misplaced` is how grave it is elsewhere: warned
    of where writers in wide use break the rule and the record means the same without the field.
    """

    name: str
    clause: str
    older: str | None
    form: Form
    needed: frozenset[str] = NOWHERE
    types: frozenset[str] = TYPES
    misplaced: Status = Status.FAILED
    once: bool = True
    older_form: Form | None = None

    def clause_of(self, *, older: bool) -> str:
        """Return the clause as a finding names it."""
        return f"ISO 28500:2009 §{self.older}" if older and self.older else f"ISO 28500:2017 §{self.clause}"


FIELDS = (
    Field("WARC-Type", "5.5", "5.5", forms.KIND, TYPES),
    Field("WARC-Record-ID", "5.2", "5.2", forms.RECORD_ID, TYPES),
    Field("WARC-Date", "5.4", "5.4", forms.DATE, TYPES, older_form=forms.OLDER_DATE),
    Field(
        "Content-Length", "5.3", "5.3", forms.FREE
    ),  # the reader cannot go on without it, and finds it wrong first
    Field("Content-Type", "5.6", "5.6", forms.MEDIA_TYPE),
    Field("WARC-Concurrent-To", "5.7", "5.7", forms.RECORD_ID, types=_CAPTURED, once=False),
    Field("WARC-Block-Digest", "5.8", "5.8", forms.DIGEST),
    Field("WARC-Payload-Digest", "5.9", "5.9", forms.DIGEST, types=_WITH_PAYLOAD, misplaced=Status.WARNED),
    Field("WARC-IP-Address", "5.10", "5.10", forms.ADDRESS, types=_CAPTURED),
    Field(
        "WARC-Refers-To",
        "5.11",
        "5.11",
        forms.RECORD_ID,
        types=frozenset({"metadata", "revisit", "conversion"}),
    ),
    Field("WARC-Refers-To-Target-URI", "5.12", None, forms.URI, types=_OF_REVISITS, misplaced=Status.WARNED),
    Field("WARC-Refers-To-Date", "5.13", None, forms.DATE, types=_OF_REVISITS, misplaced=Status.WARNED),
    Field("WARC-Target-URI", "5.14", "5.12", forms.URI, _WITH_TARGET, TYPES - {"warcinfo"}),
    Field("WARC-Truncated", "5.15", "5.13", forms.REASON),
    Field("WARC-Warcinfo-ID", "5.16", "5.14", forms.RECORD_ID, types=TYPES - {"warcinfo"}),
    Field("WARC-Filename", "5.17", "5.15", forms.FREE, types=frozenset({"warcinfo"})),
    Field("WARC-Profile", "5.18", "5.16", forms.PROFILE, _OF_REVISITS, _OF_REVISITS, misplaced=Status.WARNED),
    Field(
        "WARC-Identified-Payload-Type",
        "5.19",
        "5.17",
        forms.MEDIA_TYPE,
        types=_WITH_PAYLOAD,
        misplaced=Status.WARNED,
    ),
    Field("WARC-Segment-Number", "5.20", "5.18", forms.NUMBER, _OF_CONTINUATIONS),
    Field("WARC-Segment-Origin-ID", "5.21", "5.19", forms.RECORD_ID, _OF_CONTINUATIONS, _OF_CONTINUATIONS),
    Field("WARC-Segment-Total-Length", "5.22", "5.20", forms.NUMBER, types=_OF_CONTINUATIONS),
)
"""Every field that the standard defines. Fields it does not know are to be ignored (§5.1)."""

BY_NAME = {field.name.lower(): field for field in FIELDS}
