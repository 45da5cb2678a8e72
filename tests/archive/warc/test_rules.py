"""The table of rules: complete, explained, and cheap for what is sound."""

from __future__ import annotations

import pytest
import warcs
from damage import warc_damages, warc_rule_damages

from archive.checks.structurecodes import STRUCTURE
from archive.errors import NOWHERE
from archive.findings import CODES, Status
from archive.limits import DEFAULT
from archive.warc.codes import DIGESTS, GZIP, SYNTAX
from archive.warc.header import parse
from archive.warc.record import Header
from archive.warc.rules import check, is_date, uri_problem
from archive.warc.rules.clauses import RULES, Binding
from archive.warc.rules.codes import HTTP
from archive.warc.rules.codes import RULES as FIELD_CODES
from archive.warc.rules.forms import MEDIA_TYPE, RECORD_ID
from archive.warc.rules.plan import plan_of
from archive.warc.rules.table import FIELDS, TYPES

OUTSIDE = {
    "gzip.not-canonical",
    "gzip.limit-exceeded",
    "warc.limit-exceeded",
    "warc.read-by-warcio",
    "warc.foreign-unreadable",
    "http.coding-unknown",
    "http.coding-damaged",
    "http.limit-exceeded",
}
"""Codes that rest on no clause of ISO 28500: our own form, our limits, other formats, and the reading of bodies."""

OTHER_TESTS = {"gzip.damaged"}
"""Codes whose damage is made in tests/archive/warc/test_survey.py, where single bytes of a stream are overwritten."""


def header(**fields: str) -> Header:
    """Return the header of a sound resource with these fields changed, as the reader makes it."""
    record = warcs.record({name.replace("_", "-"): value for name, value in fields.items()})
    return parse(record.partition(b"\r\n\r\n")[0] + b"\r\n", DEFAULT, NOWHERE)[0]


class TestTable:
    """What the table says of itself."""

    def test_every_field_of_the_standard(self) -> None:
        """The table has the twenty-one fields that ISO 28500:2017 §4 lists, and nineteen of 2009."""
        assert 21 == len({field.name.lower() for field in FIELDS})
        assert 19 == len([field for field in FIELDS if field.older])

    def test_every_rule_is_explained(self) -> None:
        """Each rule has a clause, words, and a code that is registered."""
        assert [] == [rule for rule in RULES if rule.code not in CODES or not rule.clause or not rule.says]

    def test_every_code_rests_on_a_rule(self) -> None:
        """Each code of WARC, gzip, HTTP and structure rests on a rule, but for those that are about ourselves."""
        tables = (*GZIP, *SYNTAX, *FIELD_CODES, *DIGESTS, *HTTP, *STRUCTURE)
        assert OUTSIDE == {code.name for code in tables} - {rule.code for rule in RULES}

    def test_every_rule_is_tried(self) -> None:
        """Each rule's code comes up in a test of damage."""
        damages = warc_damages.DAMAGES + warc_rule_damages.DAMAGES
        tried = {code for damage in damages for code in damage.codes}
        told = {"warc.payload-elsewhere"}  # a note on what is sound
        assert OTHER_TESTS == {rule.code for rule in RULES} - tried - told

    def test_what_is_optional_is_never_a_failure(self) -> None:
        """What the standard only recommends or allows does not fail, but for records that share a gzip member."""
        optional = {rule.code for rule in RULES if rule.binding is not Binding.MUST}
        optional -= {rule.code for rule in RULES if rule.binding is Binding.MUST}
        failing = {code for code in optional if CODES[code].status is Status.FAILED}
        assert {"gzip.several-records"} == failing


class TestQuick:
    """A record about which nothing is odd passes at once, and only such a record."""

    @pytest.mark.parametrize("kind", sorted(TYPES - {"revisit", "continuation", "warcinfo"}))
    def test_passes(self, kind: str) -> None:
        """A usual record of each type passes."""
        usual = header(WARC_Type=kind)
        assert plan_of(usual).passes(usual, 80)
        assert [] == list(check(usual, 80, NOWHERE))

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("WARC-Date", "2016-02-29T00:00:00Z"),
            ("WARC-Date", "2016-01-31T23:59:60Z"),
            ("WARC-Date", "1996-12-30T00:00Z"),
            ("WARC-Target-URI", "URN:x"),
            ("WARC-Block-Digest", "SHA-1:" + "a" * 40),
            ("Content-Type", 'text/html ; charset="utf-8"; x=y'),
            ("Content-Type", "application/http;msgtype=response;"),
            ("WARC-Record-ID", "<uuid:ä>"),
            ("WARC-IP-Address", "::ffff:192.0.2.1"),
            ("WARC-Truncated", "a-reason-of-our-own"),
        ],
    )
    def test_what_does_not_pass_may_be_right(self, field: str, value: str) -> None:
        """What no pattern knows is looked at closely, and found right."""
        assert [] == list(check(header(**{field.replace("-", "_"): value}), 80, NOWHERE))

    def test_lower_case_names(self) -> None:
        """A header with its names in lower case passes too."""
        usual = header()
        lower = Header(usual.version, tuple((name.lower(), value) for name, value in usual.fields))
        assert plan_of(lower).passes(lower, 80)


class TestEditions:
    """WARC/1.0 and 1.1 are held against their own editions of the standard."""

    @pytest.mark.parametrize(
        ("version", "expected"), [("WARC/1.1", []), ("WARC/1.0", [("warc.date", Status.WARNED)])]
    )
    @pytest.mark.parametrize("date", ["2016-09-18", "2016-09-18T18:02:00.25Z"])
    def test_dates(self, version: str, expected: list[tuple[str, Status]], date: str) -> None:
        """Dates other than to the second came with WARC/1.1; before, they are warned of."""
        usual = header(WARC_Date=date)
        found = check(Header(version, usual.fields), 80, NOWHERE)
        assert expected == [(finding.code, finding.status) for finding in found]

    @pytest.mark.parametrize(
        ("version", "clause"), [("WARC/1.1", "ISO 28500:2017 §5.14"), ("WARC/1.0", "ISO 28500:2009 §5.12")]
    )
    def test_clauses(self, version: str, clause: str) -> None:
        """A finding names the clause of the edition that the record follows."""
        usual = header(WARC_Target_URI="no-scheme")
        (finding,) = check(Header(version, usual.fields), 80, NOWHERE)
        assert clause == finding.clause


class TestForms:
    """Values that are hard to judge."""

    @pytest.mark.parametrize(
        ("value", "status"),
        [
            ("https://daily.example/", None),
            ("dns:daily.example", None),
            ("urn:pageinfo:https://daily.example/", None),
            ("metadata://gnu.org/software/wget/warc/MANIFEST.txt", None),
            ("file:///a%20b", None),
            ("<https://daily.example/>", Status.WARNED),
            ("https://daily.example/a b", Status.WARNED),
            ("https://daily.example/é", Status.WARNED),
            ("https://daily.example/a|b{c}", Status.NOTE),
            ("https://daily.example/100%", Status.NOTE),
            ("https://daily.example/\x7f", Status.FAILED),
            ("https://daily.example/\udce9", Status.FAILED),
            ("//daily.example/", Status.FAILED),
            ("1http://daily.example/", Status.FAILED),
            ("<>", Status.FAILED),
        ],
    )
    def test_addresses(self, value: str, status: Status | None) -> None:
        """An address fails where it is open which is meant, and is told of where every reader takes it alike."""
        problem = uri_problem(value)
        assert status is (problem[1] if problem else None)

    @pytest.mark.parametrize("value", ["<urn:uuid:1>", "<https://daily.example/a#b>", "<uuid:x>"])
    def test_ids(self, value: str) -> None:
        """Any URI in angle brackets is an id; without them it is warned of, with other text around it fails."""
        bare, around = RECORD_ID.problem(value[1:-1]), RECORD_ID.problem(f"x{value}")
        assert RECORD_ID.problem(value) is None
        assert bare is not None
        assert Status.WARNED is bare[1]
        assert around is not None
        assert Status.FAILED is around[1]

    @pytest.mark.parametrize(
        "value", ["2016", "2016-09", "2016-09-18", "2016-09-18T18:02Z", "2016-12-31T23:59:60Z"]
    )
    def test_dates(self, value: str) -> None:
        """All granularities of W3CDTF are dates."""
        assert is_date(value)

    def test_hostile_media_type(self) -> None:
        """A media type that never ends costs its length, not the square of it: this would take hours otherwise."""
        for value in (
            "text/html" + "; " * 30_000 + "\x80",
            "text/html;" + " " * 60_000 + "(",
            "a/b" + ";x=" * 20_000,
        ):
            assert MEDIA_TYPE.problem(value) is not None
