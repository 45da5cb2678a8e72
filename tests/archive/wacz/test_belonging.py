"""Which records go with a record that is withheld."""

from __future__ import annotations

import pytest

from archive.wacz.belonging import belonging
from archive.warc.record import Header, Placed

PAGE, DATE, DIGEST = "https://daily.example/a", "2026-01-01T00:00:00Z", "sha256:" + "a" * 64


def placed(kind: str, own: str, *fields: tuple[str, str], uri: str = PAGE, date: str = DATE) -> Placed:
    """Return a record of some type, id, address and date."""
    header = (
        ("WARC-Type", kind),
        ("WARC-Record-ID", f"<urn:uuid:{own}>"),
        ("WARC-Target-URI", uri),
        ("WARC-Date", date),
    )
    return Placed("archive/data.warc.gz", 0, 1, Header("WARC/1.1", header + fields), 1, DIGEST)


INFO = placed("warcinfo", "info")
CAPTURE = placed("response", "page", ("WARC-Payload-Digest", DIGEST), ("WARC-Page-ID", "p1"))
OTHER = placed(
    "response", "other", ("WARC-Payload-Digest", "sha256:" + "b" * 64), uri="https://daily.example/b"
)
GOES = {
    "its text": placed("conversion", "x", ("WARC-Refers-To", "<urn:uuid:page>"), uri="urn:x"),
    "metadata about it": placed("metadata", "x", ("WARC-Refers-To", "urn:uuid:page"), uri="urn:x"),
    "its request": placed("request", "x", ("WARC-Concurrent-To", "<urn:uuid:page>"), uri="urn:x"),
    "a request of the same address and date": placed("request", "x"),
    "metadata of the same address and date": placed("metadata", "x"),
    "a revisit that names it": placed("revisit", "x", ("WARC-Refers-To", "<urn:uuid:page>"), uri="urn:x"),
    "a revisit of its address and date": placed(
        "revisit",
        "x",
        ("WARC-Refers-To-Target-URI", PAGE),
        ("WARC-Refers-To-Date", DATE),
        uri="urn:x",
        date="2027",
    ),
    "a revisit with its payload": placed(
        "revisit", "x", ("WARC-Payload-Digest", DIGEST), uri="urn:x", date="2027"
    ),
    "its next segment": placed(
        "continuation", "x", ("WARC-Segment-Origin-ID", "<urn:uuid:page>"), uri="urn:x"
    ),
    "an image of its page": placed("response", "x", ("WARC-Page-ID", "p1"), uri="urn:x"),
}
STAYS = {
    "the description of the file": INFO,
    "another page": OTHER,
    "another page at another date": placed("response", "x", date="2027"),
    "a request of another date": placed("request", "x", date="2027"),
    "the text of another page": placed("conversion", "x", ("WARC-Refers-To", "<urn:uuid:other>")),
    "a revisit of another page": placed(
        "revisit", "x", ("WARC-Refers-To", "<urn:uuid:other>"), uri="urn:x", date="2027"
    ),
}


@pytest.mark.parametrize("name", GOES)
def test_what_goes_with_a_record(name: str) -> None:
    """What would tell of a withheld record goes with it, wherever it stands."""
    assert (1, 3) == belonging([INFO, CAPTURE, OTHER, GOES[name]], [1])
    assert (0, 3) == belonging([GOES[name], INFO, OTHER, CAPTURE], [3])


@pytest.mark.parametrize("name", STAYS)
def test_what_stays(name: str) -> None:
    """What tells nothing of a withheld record stays."""
    assert (1,) == belonging([INFO, CAPTURE, OTHER, STAYS[name]], [1])


def test_what_brings_along_more() -> None:
    """What goes brings along what goes with it: the request of a revisit of a page, and metadata about that."""
    revisit = placed("revisit", "r", ("WARC-Refers-To", "<urn:uuid:page>"), uri="urn:x", date="2027")
    request = placed("request", "q", ("WARC-Concurrent-To", "<urn:uuid:r>"), uri="urn:y", date="2027")
    about = placed("metadata", "m", ("WARC-Refers-To", "<urn:uuid:q>"), uri="urn:z", date="2028")

    assert (1, 2, 3, 5) == belonging([INFO, about, request, revisit, OTHER, CAPTURE], [5])


def test_a_request_that_is_named() -> None:
    """A capture that names its request, as some writers have it, takes it along."""
    request = placed("request", "q", uri="urn:y", date="2027")
    capture = placed("response", "page", ("WARC-Concurrent-To", "<urn:uuid:q>"))

    assert (0, 1) == belonging([request, capture, OTHER], [1])


def test_a_text_does_not_take_its_document() -> None:
    """Withholding goes from a document to what was derived from it, never back."""
    assert (1,) == belonging([CAPTURE, GOES["its text"]], [1])


def test_a_million_that_name_one() -> None:
    """Many records that all name one another are gone through once."""
    chain = [
        placed("metadata", str(n), ("WARC-Refers-To", f"<urn:uuid:{n - 1}>"), date=str(n))
        for n in range(20_000)
    ]

    assert 20_000 == len(belonging(chain, [0]))


def test_the_description_of_a_file_stays() -> None:
    """A warcinfo stays, also where a capture names it as part of its event, and where it is chosen itself."""
    capture = placed("response", "page", ("WARC-Concurrent-To", "<urn:uuid:info>"))

    assert (1,) == belonging([INFO, capture], [1])
    assert () == belonging([INFO, capture], [0])
