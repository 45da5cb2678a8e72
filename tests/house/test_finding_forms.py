"""The table of what each finding has to say: whole, and able to fail."""

from __future__ import annotations

import finding_forms
import pytest

import archive.checks  # noqa: F401 (registers the codes)
from archive.errors import Location
from archive.findings import CODES, found

ROOMS = (
    "proof.",
    "signature.",
    "time.",
    "withheld.",
    "check.",
    "gzip.",
    "http.",
    "index.",
    "page.",
    "structure.",
    "tree.",
    "wacz.",
    "warc.",
    "zip.",
)
WHOLE = found(
    "warc.date",
    "the date is no date",
    where=Location("a.warc", "a.warc", 7, "<urn:uuid:1>", "WARC-Date"),
    actual="soon",
)


def test_every_code_of_the_archive_has_a_form() -> None:
    """The table names every code about the bytes of an archive that this storey registers, and no other code."""
    from archive.checks import codes as checks
    from archive.warc import codes as warc

    assert checks
    assert warc
    registered = {code.name for code in CODES if code.name.startswith(ROOMS)}
    ours = {name for name in registered if name in finding_forms.FORMS}
    assert sorted(finding_forms.FORMS) == sorted(ours)
    assert set() == {name for name in registered - ours if not name.startswith("page.")}


def test_a_whole_finding() -> None:
    """A finding that says where it is and what it found there is held to be whole."""
    finding_forms.hold([WHOLE])


@pytest.mark.parametrize(
    "changed",
    [
        {"where": Location("a.warc", None, 7, None, "WARC-Date")},
        {"where": Location("a.warc", "a.warc", None, None, "WARC-Date")},
        {"where": Location("a.warc", "a.warc", 7, "<urn:uuid:1>")},
        {"where": Location("a.warc", "a.warc", 7, None, "warc-date")},
        {"actual": None},
        {"expected": "then"},
        {"message": " "},
    ],
)
def test_what_is_missing(changed: dict[str, object]) -> None:
    """A finding without its member, its offset, its field as the standard spells it, its value or its words is not."""
    import attrs

    with pytest.raises(AssertionError):
        finding_forms.hold([attrs.evolve(WHOLE, **changed)])
