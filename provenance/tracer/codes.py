"""The finding codes of the tracer."""

from __future__ import annotations

from archive.findings import CODES, Code, Level, Status

CODES.register(
    (
        Code(
            "trace.other-rules",
            Level.TRACE,
            Status.NOT_CHECKED,
            "Traced by other rules",
            "The traces in the package were made by other rules of comparison than those of the version that verifies."
            " They may be right; they were not compared.",
            "Verify with the version that built the package, or trace again: `provenance trace PACKAGE` gives what the"
            " documents support by the rules of today.",
        ),
        Code(
            "trace.circular",
            Level.TRACE,
            Status.WARNED,
            "Sources cite each other for the same words",
            "An article names an outlet as where it has the words from, and the report of that outlet, directly or over"
            " others, names the article's own outlet. None of them is a source of the words: together they only show"
            " that the words went round.",
            "Look for a source outside the circle: a recording, a transcript, the speaker's own page. Until then treat"
            " the quotation as unverified.",
        ),
    )
)
