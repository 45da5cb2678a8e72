"""A JSON line is one line, for every reader of lines."""

from __future__ import annotations

import json

from provenance.contract import line


def test_line_is_one_line() -> None:
    """Characters at which some programs break lines are escaped, and come back as they were."""
    text = "a\x85b\u2028c\u2029d\x0be\x1cf\ng"

    written = line("article", {"text": text})

    assert written.splitlines() == [written]
    assert json.loads(written)["text"] == text
