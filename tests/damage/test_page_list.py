"""The page list, line by line: what each fault is told as, how gravely, and that it hides nothing behind it."""

from __future__ import annotations

import json
from typing import Any

import packages
import pytest
from damage import forge
from damage.forge import MANIFEST, PAGES

from archive.errors import Location
from archive.findings import Finding, Status
from archive.wacz.pages import page_id

PARTS = forge.members(packages.build())
HEADER, FIRST, SECOND = (json.loads(line) for line in PARTS[PAGES].splitlines())
FAILED, WARNED = Status.FAILED, Status.WARNED
OURS, OTHERS = "source-provenance/1.0", "other 1.0"


def told(rows: list[Any], *, software: str = OURS, parts: dict[str, bytes] | None = None) -> list[Finding]:
    """Return what is found of pages where these rows are the list; bytes stand for themselves."""
    lines = [row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows]
    parts = {**(parts or PARTS), PAGES: b"".join(lines)}
    forge.set_manifest(parts, {**json.loads(parts[MANIFEST]), "software": software})
    forge.rehash(parts)
    forge.redigest(parts)
    return [each for each in packages.verify(forge.pack(parts)).findings if each.code.startswith("page.")]


def at(*rows: Any) -> Location:
    """Return the place behind these rows."""
    offset_bytes = sum(len(json.dumps(row)) + 1 for row in rows)
    return Location("made.wacz", PAGES, offset_bytes)


def named(findings: list[Finding]) -> list[tuple[str, Status]]:
    """Return codes and statuses."""
    return [(each.code, each.status) for each in findings]


@pytest.mark.parametrize(("software", "status"), [(OURS, FAILED), (OTHERS, WARNED)])
class TestGravity:
    """What is a fault of ours is a warning of others, who need not list what they captured."""

    def test_a_page_that_was_not_captured(self, software: str, status: Status) -> None:
        """A page that no line of the index is about is told where it is listed."""
        gone = {"url": "https://daily.example/gone", "ts": packages.DATE.format(3)}
        (found,) = told([HEADER, FIRST, gone, SECOND], software=software)

        assert ("page.not-indexed", status, at(HEADER, FIRST)) == (found.code, found.status, found.where)

    def test_a_page_that_is_not_listed(self, software: str, status: Status) -> None:
        """The record of a page that is not listed is told, with the id that it gives."""
        (found,) = told([HEADER, FIRST], software=software)

        assert ("page.unlisted", status, SECOND["id"]) == (found.code, found.status, found.actual)
        assert ("archive/data.warc.gz", True) == (found.where.member, found.where.offset_bytes in places())

    def test_an_id_of_two_pages(self, software: str, status: Status) -> None:
        """The second page of an id is told where it stands, with the id."""
        rows = [HEADER, FIRST, SECOND, {**SECOND, "id": FIRST["id"]}]
        (found,) = told(rows, software=software)

        assert ("page.id-repeated", status, FIRST["id"]) == (found.code, found.status, found.actual)
        assert at(*rows[:3]) == found.where


def places() -> set[int]:
    """Return where the records of the pages begin."""
    ends, total = [], 0
    for record in forge.records(PARTS):
        ends.append(total)
        total += len(record)
    return set(ends[1:3])


class TestHeader:
    """WACZ §5.2.2: the list begins with a header."""

    def test_nothing_but_a_header(self) -> None:
        """A list of a header alone has one: only its pages are missed."""
        assert {("page.unlisted", FAILED)} == set(named(told([HEADER]))) - {("page.main-unlisted", WARNED)}

    def test_an_empty_list(self) -> None:
        """Of an empty list the place is the list itself."""
        found = told([])

        assert [Location("made.wacz", PAGES)] == [f.where for f in found if f.code == "page.header-missing"]

    def test_a_page_in_its_place(self) -> None:
        """Where a page stands in its place that is told, and the page is read."""
        found = told([FIRST, SECOND])

        assert [("page.header-missing", WARNED)] == named(found)
        assert [at()] == [each.where for each in found]


class TestLines:
    """A line that is wrong hides none of those behind it."""

    def test_broken(self) -> None:
        """Behind a line that cannot be read the pages are read on."""
        gone = {"url": "https://daily.example/gone", "ts": packages.DATE.format(3)}

        assert ["page.broken", "page.not-indexed"] == [
            each.code for each in told([HEADER, b"{\n", FIRST, SECOND, gone])
        ]

    def test_each_is_told(self) -> None:
        """Several pages that were not captured are told each, also two of one address and time."""
        gone = [{"url": f"https://daily.example/gone{n}", "ts": packages.DATE.format(3)} for n in (1, 2, 1)]

        assert [("page.not-indexed", FAILED)] * 3 == named(told([HEADER, FIRST, SECOND, *gone]))

    def test_a_date_that_is_none(self) -> None:
        """A date that is none is told with what stands there, where it stands."""
        found = told([HEADER, FIRST, {**SECOND, "ts": "yesterday"}], software=OTHERS)

        assert [("page.date-broken", WARNED, "yesterday", at(HEADER, FIRST))] == [
            (each.code, each.status, each.actual, each.where) for each in found
        ]


class TestAddresses:
    """What a page and its capture have in common."""

    @pytest.mark.parametrize(
        ("url", "captured"),
        [
            ("https://daily.example/0", True),
            ("https://daily.example/0#part", True),
            ("https://daily.example/0#part#two", True),
            ("https://daily.example/0?#part", False),
            ("https://daily.example/", False),
        ],
    )
    def test_fragments(self, url: str, captured: bool) -> None:
        """What stands behind the `#` is never sent to a server, so it is not part of what was captured."""
        found = [
            each for each in told([HEADER, {**FIRST, "url": url}, SECOND]) if each.code == "page.not-indexed"
        ]

        assert captured is (found == [])

    def test_spaces(self) -> None:
        """A space in an address is the `%20` under which it was captured."""
        assert [] == told(
            [HEADER, FIRST, SECOND, {"url": "https://daily.example/a b", "ts": FIRST["ts"]}], parts=SPACED
        )


SPACED = forge.members(packages.build())
_CAPTURED = forge.records(PARTS)[1]


def _spaced() -> None:
    """Put the capture of an address with a space into the package."""
    import gzip

    url, date = "https://daily.example/a%20b", FIRST["ts"]
    record = gzip.decompress(_CAPTURED).replace(b"https://daily.example/0", url.encode())
    record = record.replace(FIRST["id"].encode(), page_id("https://daily.example/a b", date).encode())
    record = record.replace(record.partition(b"urn:uuid:")[2][:8], b"00000000", 1)
    SPACED[forge.WARC] += forge.repack(record)
    forge.reindex(SPACED)
    forge.reroot(SPACED)


_spaced()
