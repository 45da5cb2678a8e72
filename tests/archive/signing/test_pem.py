"""PEM: whole blocks of one kind, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.signing import pem


@given(st.lists(st.binary(min_size=1, max_size=300), min_size=1, max_size=5))
def test_what_is_written_is_read(ders: list[bytes]) -> None:
    """Blocks that were written are read back, with a blank line between any two."""
    text = pem.written(ders)

    assert tuple(ders) == pem.blocks(text)
    assert len(ders) == len(text.split("\n\n"))
    assert max(map(len, text.splitlines())) <= 64


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "-----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END RSA KEY-----",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\nAAA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nA§AA\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\nand more",
        "a bag of attributes\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
        pem.written([b"x"] * (pem.MOST_BLOCKS + 1)),
        " " * (pem.MOST_BYTES + 1),
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    """What is no whole block, of another kind, has something around it or is too much: ValueError says so."""
    with pytest.raises(ValueError, match=r"PEM"):
        pem.blocks(text)


def test_line_ends_of_others() -> None:
    """Blocks with the line ends of other systems, or without a blank line between them, are the same blocks."""
    text = pem.written([b"one", b"two"])

    assert (
        (b"one", b"two") == pem.blocks(text.replace("\n", "\r\n")) == pem.blocks(text.replace("\n\n", "\n"))
    )
