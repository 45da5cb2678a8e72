"""The documents made from the code, and the outputs shown in the README, are what the code makes of them now."""

from __future__ import annotations

import generate
import outputs


def test_documents_are_up_to_date() -> None:
    """Finding pages, the page of commands and the README's outputs are up to date."""
    assert [] == list(generate.differences())


def test_output_blocks_are_filled_anew() -> None:
    """A block that shows something else than its code prints is replaced, and the text around it stays."""
    text = "before\n```python\nprint('sha256:' + 64 * 'a', 2 * 3)\n```\n<!-- output: python -->\n```text\nold\n```\nafter\n"

    assert text.replace("old", "sha256:… 6") == outputs.filled(text)
