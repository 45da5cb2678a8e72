"""RFC 8785, the JSON Canonicalization Scheme, as far as a custody log uses it."""

from __future__ import annotations

from typing import Any

import pytest

from archive.custody.canonical import canonical


class TestStrings:
    """RFC 8785 §3.2.2.2: the shortest escapes, lower-case hex, everything else as it is."""

    def test_the_example(self) -> None:
        """The string of the document's example is written as in its result (§3.2.4)."""
        text = "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"/"

        assert canonical(text) == bytes.fromhex("22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f22")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [("\b\t\n\f\r", r'"\b\t\n\f\r"'), ("\x00\x1f", r'"\u0000\u001f"'), ("\x7f\u2028/", '"\x7f\u2028/"')],
    )
    def test_escapes(self, text: str, expected: str) -> None:
        """Five control characters have letters, the rest of them four digits; nothing else is escaped."""
        assert canonical(text) == expected.encode()

    def test_no_lone_surrogates(self) -> None:
        """What is no Unicode text has no form."""
        with pytest.raises(ValueError, match="surrogates"):
            canonical("\udead")


class TestObjects:
    """RFC 8785 §3.2.3: keys in order, no spaces."""

    def test_order(self) -> None:
        """Keys are sorted at every depth, and lists keep their order."""
        assert (
            canonical({"b": [3, {"z": None, "a": ""}], "B": 1, "": 0})
            == b'{"":0,"B":1,"b":[3,{"a":"","z":null}]}'
        )

    def test_keys_are_ascii(self) -> None:
        """Where the orders of UTF-16 and of code points differ there is no key: both outside ASCII."""
        with pytest.raises(ValueError, match="ASCII"):
            canonical({"\ufb33": 1, "\U0001f600": 2})


class TestNumbers:
    """RFC 8785 §3.2.2.3: only what every reader takes exactly."""

    @pytest.mark.parametrize("number", [0, -1, 2**53 - 1, 1 - 2**53])
    def test_whole_numbers(self, number: int) -> None:
        """A whole number is its digits."""
        assert canonical(number) == str(number).encode()

    @pytest.mark.parametrize("value", [2**53, -(2**53), 1.0, float("nan"), True, b"x", {1: 2}, {"a": {2}}])
    def test_nothing_else(self, value: Any) -> None:
        """Larger numbers, fractions, truth values and everything else are refused."""
        with pytest.raises(ValueError):  # noqa: PT011 - each has words of its own
            canonical(value)
