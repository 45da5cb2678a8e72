"""Index lines: what is indexed, what a line says, and what cannot be read."""

from __future__ import annotations

import pytest

from archive import cdxj
from archive.warc.record import Header, Placed

HTTP = {"media_type": "text/html", "http_status": 200}


def placed(
    kind: str, *fields: tuple[str, str], url: str = "https://daily.example/a b", **options: object
) -> Placed:
    """Return a record of 90 bytes at byte 120."""
    usual = (("WARC-Type", kind), ("WARC-Date", "2016-09-18T18:02:03.5Z"), ("WARC-Target-URI", url))
    header = Header("WARC/1.1", (*usual, *fields))
    return Placed("archive/data.warc.gz", 120, 90, header, 5, "sha256:block", "sha256:payload", **options)


def test_a_response() -> None:
    """A line has the key, 14 digits, and the fields of cdxj-indexer in its order, all as strings."""
    line = cdxj.line(placed("response", ("WARC-Payload-Digest", "sha1:ABC"), **HTTP))

    expected = (
        b'example,daily)/a%20b 20160918180203 {"url": "https://daily.example/a%20b", "mime": "text/html",'
        b' "status": "200", "digest": "sha1:ABC", "length": "90", "offset": "120", "filename": "data.warc.gz"}\n'
    )
    assert expected == bytes(line)


def test_a_line_comes_back() -> None:
    """A line is read as it was written."""
    line = cdxj.line(placed("response", **HTTP))

    assert line == cdxj.parse(bytes(line).rstrip())


@pytest.mark.parametrize(
    ("kind", "fields", "mime"),
    [
        ("revisit", (), "warc/revisit"),
        ("resource", (("Content-Type", "text/plain; charset=utf-8"),), "text/plain"),
        ("metadata", (("Content-Type", "application/ld+json"),), "application/ld+json"),
        ("resource", (), None),
    ],
)
def test_types_that_are_indexed(kind: str, fields: tuple[tuple[str, str], ...], mime: str | None) -> None:
    """Revisits, resources and metadata have lines; their type is the block's, that of a revisit is fixed."""
    line = cdxj.line(placed(kind, *fields))

    assert mime == line.fields.get("mime")


@pytest.mark.parametrize("kind", ["warcinfo", "request", "conversion", "continuation", "unknown"])
def test_types_that_are_not_indexed(kind: str) -> None:
    """Other types have no line."""
    assert cdxj.line(placed(kind)) is None


def test_warc_fields_are_not_indexed() -> None:
    """Metadata in the form of WARC fields is about a capture, not a capture."""
    assert cdxj.line(placed("metadata", ("Content-Type", "application/warc-fields"))) is None


def test_without_a_digest() -> None:
    """A record whose header gives no payload digest is listed by what was computed."""
    assert "sha256:payload" == cdxj.line(placed("response", **HTTP)).fields["digest"]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2016-09-18T18:02:03Z", "20160918180203"),
        ("2016-09-18T18:02:03.123456789Z", "20160918180203"),
        ("2016-09-18T18:02Z", "20160918180200"),
        ("2016-09-18", "20160918000000"),
        ("2016-09", "20160901000000"),
        ("2016", "20160101000000"),
    ],
)
def test_timestamp(date: str, expected: str) -> None:
    """A date of any precision has 14 digits, the first instant of what it leaves open."""
    assert expected == cdxj.timestamp(date)


def test_brackets_of_wget() -> None:
    """A URL in angle brackets, as wget 1.19 writes it, is indexed without them."""
    assert "http://a.example/" == cdxj.target(placed("response", url="<http://a.example/>"))


@pytest.mark.parametrize(
    "raw", [b"", b"a", b"a 2016", b"a 2016 x", b"a x {}", b"a 201609181802031 {}", b"a 2016 []"]
)
def test_what_is_no_line(raw: bytes) -> None:
    """A line that is none is refused with a reason."""
    with pytest.raises(ValueError, match=r"\w"):
        cdxj.parse(raw)


def test_numbers_are_read_as_strings() -> None:
    """An index that gives numbers as numbers reads like one that gives strings."""
    line = cdxj.parse(b'a)/ 2016 {"offset": 7, "status": "200", "x": null}')

    assert {"offset": "7", "status": "200", "x": "null"} == line.fields


def test_sort_takes_out_repetitions() -> None:
    """Equal lines are written once, in the order of their bytes."""
    assert [b"a\n", b"b\n"] == list(cdxj.sort([b"b\n", b"a\n", b"b\n"]))


def test_sort_merges_many_runs() -> None:
    """More runs than are merged at once give the same order."""
    lines = [b"%05d\n" % (number * 7919 % 1000) for number in range(1000)]

    assert sorted(lines) == list(cdxj.sort(lines, in_memory=3))
