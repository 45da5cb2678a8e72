"""DER, read strictly: one spelling for every value."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.signing import der


class TestStrict:
    """X.690 §10: what another spelling of a value is."""

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            ("", "cut off in a tag"),
            ("30", "cut off in a tag"),
            ("3001", "cut off in a value"),
            ("300000", "1 bytes behind the end"),
            ("3080", "indefinite"),
            ("308100", "longer than need be"),
            ("30820001", "longer than need be"),
            ("3082", "indefinite, too large or cut off"),
            ("30850000000000", "too large"),
            ("1f0100", "several bytes"),
        ],
    )
    def test_a_value_has_one_spelling(self, data: str, says: str) -> None:
        """Long lengths in short places, indefinite ones, missing and further bytes are refused."""
        with pytest.raises(ValueError, match=says):
            der.parse(bytes.fromhex(data))

    def test_a_long_length(self) -> None:
        """128 bytes and 256 bytes have lengths of two and three bytes."""
        for size, head in ((127, "047f"), (128, "048180"), (255, "0481ff"), (256, "04820100")):
            written = der.encode(der.OCTET_STRING, [bytes(size)])
            assert bytes.fromhex(head) == written[: len(head) // 2]
            assert bytes(size) == der.parse(written).body

    def test_a_simple_value_has_nothing_inside(self) -> None:
        """An octet string is not looked into."""
        with pytest.raises(ValueError, match="simple value"):
            der.parse(b"\x04\x02\x04\x00").children()

    @given(st.recursive(st.binary(max_size=5), lambda inner: st.lists(inner, max_size=4)))
    def test_what_is_written_is_read(self, value: object) -> None:
        """Nested values come back as they were written, down to the last byte."""
        written = _written(value)

        assert value == _read(der.parse(written))
        assert written == der.parse(written).whole


def _written(value: object) -> bytes:
    if isinstance(value, bytes):
        return der.encode(der.OCTET_STRING, [value])
    assert isinstance(value, list)
    return der.encode(der.SEQUENCE, [_written(each) for each in value])


def _read(node: der.Node) -> object:
    return node.body if node.tag == der.OCTET_STRING else [_read(each) for each in node.children()]


class TestValues:
    """The kinds of values that tokens are made of."""

    @pytest.mark.parametrize(
        ("data", "value"),
        [("020100", 0), ("02017f", 127), ("02020080", 128), ("0201ff", -1), ("0202ff7f", -129)],
    )
    def test_numbers(self, data: str, value: int) -> None:
        """Numbers are signed, highest byte first."""
        assert value == der.integer(der.parse(bytes.fromhex(data)), "number")

    @pytest.mark.parametrize("data", ["0200", "0202007f", "0202ff80", "0241" + "01" * 65, "040101"])
    def test_numbers_that_are_none(self, data: str) -> None:
        """Empty, longer than need be, enormous, or of another kind."""
        with pytest.raises(ValueError, match="number"):
            der.integer(der.parse(bytes.fromhex(data)), "number")

    @pytest.mark.parametrize(
        ("data", "value"),
        [
            ("06092a864886f70d010702", "1.2.840.113549.1.7.2"),
            ("060388372a", "2.999.42"),
            ("06012a", "1.2"),
            ("060127", "0.39"),
        ],
    )
    def test_identifiers(self, data: str, value: str) -> None:
        """Object identifiers are told in dots; X.690 §8.19 has the second as its example's kin."""
        assert value == der.oid(der.parse(bytes.fromhex(data)), "identifier")

    @pytest.mark.parametrize("data", ["0600", "060180", "0602802a", "0641" + "01" * 65, "0402012a"])
    def test_identifiers_that_are_none(self, data: str) -> None:
        """Empty, cut off, longer than need be, enormous, or of another kind."""
        with pytest.raises(ValueError, match="identifier"):
            der.oid(der.parse(bytes.fromhex(data)), "identifier")

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            (b"20260301120000Z", dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)),
            (b"20260301120000.5Z", dt.datetime(2026, 3, 1, 12, 0, 0, 500_000, tzinfo=dt.UTC)),
            (b"20260301120000.000001Z", dt.datetime(2026, 3, 1, 12, 0, 0, 1, tzinfo=dt.UTC)),
            (b"20260301120000.123456789Z", dt.datetime(2026, 3, 1, 12, 0, 0, 123_456, tzinfo=dt.UTC)),
        ],
    )
    def test_times(self, text: bytes, value: dt.datetime) -> None:
        """Times are in UTC, with a fraction where there is one (RFC 3161 §2.4.2)."""
        assert value == der.instant(der.parse(der.encode(der.TIME, [text])), "time")

    @pytest.mark.parametrize(
        "text",
        [
            b"20260301120000",
            b"20260301120000+0100",
            b"20260301120000.50Z",
            b"20260301120000.Z",
            b"20260230120000Z",
            b"20260301240000Z",
            b"202603011200Z",
            b"00000301120000Z",
            b"\xb2\xb2\xb2\xb20301120000Z",
        ],
    )
    def test_times_that_are_none(self, text: bytes) -> None:
        """Local times, zones, needless zeros, missing seconds, and days that there are not."""
        with pytest.raises(ValueError, match="time"):
            der.instant(der.parse(der.encode(der.TIME, [text])), "time")
