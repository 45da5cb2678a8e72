"""Labelled digests in every spelling that is in use."""

from __future__ import annotations

import base64
import hashlib

import pytest

from archive.digest import digest, digest_of, read_label, spell

SHA1 = hashlib.sha1(b"x").digest()
SHA256 = hashlib.sha256(b"x").digest()
BASE32 = base64.b32encode(SHA256).decode()


class TestWriting:
    """ISO 28500 §5.8: an algorithm, a colon, a value."""

    def test_known_value(self) -> None:
        """The digest of nothing is the one that FIPS 180-4 gives."""
        expected = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert expected == digest(b"")

    def test_stream(self) -> None:
        """A stream in pieces has the digest and the length of the whole."""
        assert (digest(b"abc"), 3) == digest_of(iter([b"a", b"bc"]))


@pytest.mark.parametrize(
    "text",
    [
        "sha256:" + SHA256.hex(),
        "sha256:" + SHA256.hex().upper(),
        "SHA-256:" + SHA256.hex(),
        "sha256:" + BASE32,
        "sha256:" + BASE32.lower().rstrip("="),
        "sha-256:" + base64.b64encode(SHA256).decode(),
        "sha256:" + base64.urlsafe_b64encode(SHA256).decode().rstrip("="),
    ],
)
def test_every_spelling_is_read(text: str) -> None:
    """Base 16, 32 and 64, in either case, with or without padding and hyphen, spell the same digest."""
    label = read_label(text)
    assert label is not None
    assert ("sha256", SHA256) == (label.algorithm, label.value)


@pytest.mark.parametrize("name", ["md5", "sha1", "sha512", "blake2b"])
def test_every_algorithm_in_use(name: str) -> None:
    """The algorithms that real archives use are read and spelled alike."""
    value = hashlib.new(name, b"x").digest()
    label = read_label(spell(name, value))
    assert label is not None
    assert value == label.value


def test_the_standards_own_example_is_too_short() -> None:
    """The example in ISO 28500 §5.8 has 24 characters of base 32, which are no SHA-1: it is read as unreadable."""
    label = read_label("sha1:AB2CD3EF4GH5IJ6KL7MN8OPQ")
    assert label is not None
    assert label.value is None


@pytest.mark.parametrize("text", ["", "sha256", ":abc", "e3b0c442"])
def test_no_label(text: str) -> None:
    """Without an algorithm and a colon there is no labelled digest."""
    assert read_label(text) is None


def test_unknown_algorithm() -> None:
    """An algorithm that we cannot compute is told apart from a value that cannot be read."""
    label = read_label("xxh3:99aa06d3014798d8")
    assert label is not None
    assert (False, None) == (label.known, label.value)


def test_binary_digits_and_other_scripts_are_no_encoding() -> None:
    """A value of the wrong length, or with characters outside ASCII, spells nothing."""
    for text in ("sha1:" + "0110" * 40, "sha1:" + "é" * 40, "sha1:" + "٣" * 40, "sha1:" + "1" * 32):
        label = read_label(text)
        assert label is not None
        assert label.value is None
