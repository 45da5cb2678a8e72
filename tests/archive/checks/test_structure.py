"""What records say of one another: ids, references and dates, each with its place and its gravity."""

from __future__ import annotations

import io
from typing import Any

import pytest
import warcs

import archive
from archive.checks import Policy, check_all
from archive.errors import Location
from archive.findings import Finding, Status

INFO, PAGE, PART = (warcs.ID % number for number in (1, 2, 3))
FAILED, WARNED = Status.FAILED, Status.WARNED


def record(number: int, block: bytes = warcs.HTML, more: bytes = b"", **fields: str | None) -> bytes:
    """Return a record; `warcinfo_id` stands for WARC-Warcinfo-ID, and so on."""
    named = {
        "WARC-" + "-".join("ID" if part == "id" else part.title() for part in name.split("_")): value
        for name, value in fields.items()
    }
    return warcs.record(named, block, number=number, more=more)


def told(*records: bytes, strict: bool = True) -> list[Finding]:
    """Return what the records contradict one another in."""
    with archive.open(io.BytesIO(b"".join(records)), name="x.warc") as package:
        found: list[Any] = list(check_all(package, Policy(canonical=strict)))
    codes = ("structure.id", "structure.ref", "structure.dates", "structure.revisit", "check.")
    return [each for each in found if isinstance(each, Finding) and each.code.startswith(codes)]


class TestIds:
    """ISO 28500 §5.2: an id stands for one record."""

    @pytest.mark.parametrize(("strict", "status"), [(True, FAILED), (False, WARNED)])
    def test_its_gravity(self, strict: bool, status: Status) -> None:
        """A second record of one id is a fault where the canonical form is demanded, and a warning elsewhere."""
        first = record(2)
        (repeated,) = told(first, record(2), strict=strict)

        assert ("structure.id-repeated", status) == (repeated.code, repeated.status)
        assert Location(None, "x.warc", len(first), PAGE) == repeated.where

    @pytest.mark.parametrize(
        ("second", "same"),
        [
            (record(2), True),
            (record(2, b"other"), False),
            (record(2, date="2016-09-19T00:00:00Z"), False),
            (record(2, type="metadata"), False),
        ],
    )
    def test_twice_or_another(self, second: bytes, same: bool) -> None:
        """The same record twice is told apart from another block, date or type under one id."""
        (repeated,) = told(record(2), second)

        assert same is repeated.message.startswith("this record is here twice")
        assert same is not repeated.message.startswith("another record has this id too")
        assert repeated.message.endswith("x.warc, byte 0")

    def test_what_an_ambiguous_id_means(self) -> None:
        """A reference to an id that two records have is not held against either of them."""
        page = record(2, warcinfo_id=INFO)

        assert ["structure.reference-wrong"] == [each.code for each in told(record(1), page)]
        assert ["structure.id-repeated"] == [each.code for each in told(record(1), record(1), page)]

    def test_no_id(self) -> None:
        """Records without an id are not of one id."""
        assert [] == told(record(1, record_id=None), record(1, record_id=None))


class TestReferences:
    """ISO 28500 §5.7, §5.11, §5.16: a reference leads to a record of the kind that is meant, or out of the archive."""

    @pytest.mark.parametrize(
        ("field", "kind", "status"),
        [
            ("warcinfo_id", "warcinfo", None),
            ("warcinfo_id", "WarcInfo", None),
            ("warcinfo_id", "metadata", FAILED),
            ("concurrent_to", "resource", None),
            ("concurrent_to", "metadata", None),
            ("concurrent_to", "warcinfo", WARNED),
            ("concurrent_to", "conversion", WARNED),
            ("concurrent_to", "Continuation", WARNED),
            ("refers_to", "resource", None),
            ("refers_to", "warcinfo", None),
        ],
    )
    def test_kinds(self, field: str, kind: str, status: Status | None) -> None:
        """A record of the wrong kind is told with its kind, in the field that names it."""
        first = record(1, type=kind)
        found = told(first, record(2, type="metadata", **{field: INFO}))
        name = {"warcinfo_id": "WARC-Warcinfo-ID", "concurrent_to": "WARC-Concurrent-To"}.get(field)

        assert ([] if status is None else [("structure.reference-wrong", status, kind)]) == [
            (each.code, each.status, each.actual) for each in found
        ]
        assert [Location(None, "x.warc", len(first), PAGE, name)] * len(found) == [
            each.where for each in found
        ]

    @pytest.mark.parametrize(
        ("field", "status"), [("refers_to", FAILED), ("concurrent_to", WARNED), ("warcinfo_id", FAILED)]
    )
    def test_itself(self, field: str, status: Status) -> None:
        """A record that names itself is told: a fault where it could only mean another one."""
        assert [("structure.reference-wrong", status)] == [
            (each.code, each.status) for each in told(record(2, type="metadata", **{field: PAGE}))
        ]

    def test_nothing(self) -> None:
        """A reference out of the archive is told with the id that it gives."""
        (missing,) = told(record(2, concurrent_to=PART))

        assert ("structure.reference-missing", WARNED, PART) == (missing.code, missing.status, missing.actual)
        assert Location(None, "x.warc", 0, PAGE, "WARC-Concurrent-To") == missing.where

    def test_without_brackets(self) -> None:
        """An id without its angle brackets is the same id."""
        assert [] == told(record(1, type="warcinfo"), record(2, warcinfo_id=INFO.strip("<>")))

    def test_a_field_that_says_revisit(self) -> None:
        """A record is a revisit by its type, and not because some other field says so."""
        profile = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
        way = {"refers_to": INFO, "profile": profile, "payload_digest": warcs.sha256(b"x")}
        first = record(1, payload_digest=warcs.sha256(warcs.HTML))

        assert [] == told(first, record(2, more=b"X-Kind: revisit\r\n", **way))


class TestDates:
    """ISO 28500 §5.4: the records of one capture event have one date."""

    @pytest.mark.parametrize(
        ("other", "same"),
        [
            ("2016-09-18T18:02:00Z", True),
            ("2016-09-18T18:02:00.0Z", True),
            ("2016-09-18T18:02:00.000000Z", True),
            ("2016-09-18t18:02:00z", True),
            ("2016-09-18T18:02:00+00:00", True),
            ("2016-09-18T18:02:00.1Z", False),
            ("2016-09-18T18:02:01Z", False),
            ("2016-09-18T18:02:10Z", False),
        ],
    )
    def test_two(self, other: str, same: bool) -> None:
        """Two spellings of one instant are one date; another instant is told, with both."""
        first = record(1, date=other)
        found = told(first, record(2, concurrent_to=INFO))

        assert same is (found == [])
        for each in found:
            assert ("structure.dates-differ", other, warcs.DATE) == (each.code, each.expected, each.actual)
            assert Location(None, "x.warc", len(first), PAGE, "WARC-Date") == each.where

    def test_fractions(self) -> None:
        """Fractions are of one instant but for the zeros at their end."""
        left = record(1, date="2016-09-18T18:02:00.10Z")

        assert [] == told(left, record(2, date="2016-09-18T18:02:00.1Z", concurrent_to=INFO))
        assert [] != told(left, record(2, date="2016-09-18T18:02:00.01Z", concurrent_to=INFO))
