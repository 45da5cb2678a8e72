"""What is not proven is worked out from what is there, and said in every report."""

from __future__ import annotations

from archive.errors import NotAnArchive
from archive.findings import Count, Finding, Level, Report, Status
from provenance.reports.unproven import not_proven, told_json
from provenance.reports.words import report_words

UNSIGNED = {"signatures": Count(0, 0), "records": Count(3, 3)}
SIGNED = {"signatures": Count(0, 1), "records": Count(3, 3)}
COLLECTED = {
    "types": {"conversion": 2, "resource": 2},
    "addresses": {"archivist": 1, "capture": 1},
    "first_date": "2031-05-01T00:00:00Z",
    "last_date": "2031-05-02T00:00:00Z",
    "pages": 1,
    "media": 0,
    "page_images": 0,
    "conversions_of_nothing": 0,
}


def told(*findings: Finding, coverage: dict[str, Count] = UNSIGNED, **facts: object) -> str:
    """Return what is not proven as one text."""
    return "\n".join(not_proven(Report("a.wacz", findings, coverage, facts=facts)))


def note(code: str, message: str) -> Finding:
    """Return a note."""
    return Finding(code, Status.NOTE, Level.AUTHENTICITY, message)


def test_unsigned() -> None:
    """Of an unsigned package it is not proven by whom, nor when."""
    text = told()

    assert "as recorded by whoever made the package" in text
    assert "By whom: that the package is the one first made" in text
    assert "nobody else vouches for the time" in text
    assert "custody log" in text


def test_signed_by_somebody_known() -> None:
    """A signature by somebody who was named answers by whom, and is told with what was recorded."""
    text = told(note("signature.verified", "signed by 'newsroom.example'"), coverage=SIGNED)

    assert "as recorded by whoever made the package, which is signed by 'newsroom.example'" in text
    assert "By whom" not in text


def test_signed_by_somebody_unknown() -> None:
    """A right signature by somebody whom nobody named leaves open by whom; one that was not checked leaves more open."""
    unknown = told(
        note("signature.signer-unknown", "signed by someone unknown: the key sha256:ab"), coverage=SIGNED
    )

    assert "By whom: it is signed by someone unknown: the key sha256:ab" in unknown
    assert "was not established" in told(coverage=SIGNED)


def test_stamped() -> None:
    """A proof of time says since when it existed, and not how long before."""
    text = told(note("time.stamped", "the manifest existed at 2031-05-03 00:00:00 UTC, says Test TSA"))

    assert (
        "the manifest existed at 2031-05-03 00:00:00 UTC, says Test TSA; how long before that, is not" in text
    )
    assert "nobody else vouches for the time" not in text


def test_what_records_show() -> None:
    """Dates, addresses that somebody states, conversions and the collector who is named are told as what they are."""
    text = told(collected=COLLECTED, collection=[{"collector": "Ilse Brandt"}])

    assert "it names Ilse Brandt; nobody vouches for that" in text
    assert "dated 2031-05-01T00:00:00Z to 2031-05-02T00:00:00Z" in text
    assert "That 1 of 2 documents were at the address they have" in text
    assert "2 records were made by a program" in text


def test_captured_and_not_converted() -> None:
    """Where all was captured and nothing converted, neither is told as open."""
    collected = {**COLLECTED, "types": {"response": 2}, "addresses": {"capture": 2}}
    text = told(collected=collected)

    assert "at the address" not in text
    assert "converted" not in text


def test_unreadable() -> None:
    """Of what could not be read nothing is proven, and that is all that is said."""
    assert not_proven(Report("a", stopped_by=NotAnArchive("no ZIP"))) == (
        "Anything: the package could not be read.",
    )


def test_never_more_than_a_screen() -> None:
    """With everything open it fits a screen: two dozen lines of ninety characters."""
    report = Report(
        "a", (), SIGNED, facts={"collected": COLLECTED, "collection": [{"collector": "Ilse Brandt"}]}
    )
    words = report_words(report)

    assert len(words[words.index("not proven") :].splitlines()) <= 24
    assert told_json(report)["not_proven"] == list(not_proven(report))
