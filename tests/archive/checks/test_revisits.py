"""Revisits, each with the record that it refers to: what is found, in which field, and both sides of it."""

from __future__ import annotations

import io

import pytest
import warcs

import archive
from archive.checks import check_all
from archive.errors import Location

IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
HEAD = b"HTTP/1.1 200 OK\r\n\r\n"
OURS, OTHER, THIRD = (warcs.sha256(data) for data in (warcs.HTML, b"other", b"third"))
SHA1 = "sha1:" + "A" * 32
ELSEWHERE, LATER = "https://daily.example/world/2", "2016-09-19T00:00:00Z"
ID, DIGEST = "WARC-Refers-To", "WARC-Payload-Digest"
URI, DATE = "WARC-Refers-To-Target-URI", "WARC-Refers-To-Date"
Fields = dict[str, str | None]

DIFFERS = ("structure.revisit-differs", DIGEST)
REFERENCE, MISSING = "structure.revisit-reference", "structure.reference-missing"


def told(revisit: Fields, *originals: bytes) -> list[tuple[str, str | None, object, object]]:
    """Return what is found of a revisit behind these records: code, field, what was expected and what is there."""
    own: Fields = {"WARC-Type": "revisit", "WARC-Profile": IDENTICAL, DIGEST: OURS, "WARC-Date": LATER}
    data = b"".join((*originals, warcs.response(HEAD, {**own, **revisit}, number=9)))
    with archive.open(io.BytesIO(data), name="x.warc") as package:
        return [
            (f.code, f.where.field, f.expected, f.actual)
            for f in check_all(package)
            if hasattr(f, "code") and f.code.startswith(("structure.re", "check."))
        ]


def original(digest: str | None = OURS, *, number: int = 1, **fields: str | None) -> bytes:
    """Return the capture of a page with this payload digest in its header, whatever its payload is."""
    named = {f"WARC-{name.replace('_', '-')}": value for name, value in fields.items()}
    return warcs.response(fields={DIGEST: digest, **named}, number=number)


BY_ID: Fields = {ID: warcs.ID % 1}
BY_PLACE: Fields = {URI: warcs.URI, DATE: warcs.DATE}


@pytest.mark.parametrize("way", [BY_ID, BY_PLACE, {**BY_ID, **BY_PLACE}, {DATE: warcs.DATE}])
class TestPayload:
    """ISO 28500 §6.7.2: a revisit of this profile has the payload of the record that it refers to, in any of three ways."""

    def test_the_same(self, way: Fields) -> None:
        """The payload digest of the original is right."""
        assert [] == told(way, original())

    def test_another(self, way: Fields) -> None:
        """Another one is found, with the original's as what was expected."""
        assert [(*DIFFERS, OURS, OTHER)] == told({**way, DIGEST: OTHER}, original())

    def test_another_profile(self, way: Fields) -> None:
        """A revisit that does not say that the payload is the same may have another one, or say nothing of it."""
        assert [] == told({**way, DIGEST: OTHER, "WARC-Profile": NOT_MODIFIED}, original())
        assert [] == told({**way, DIGEST: OTHER, "WARC-Profile": None}, original())

    @pytest.mark.parametrize("digest", [None, SHA1, "sha256:what", "none"])
    def test_what_cannot_be_compared(self, way: Fields, digest: str | None) -> None:
        """Digests of two algorithms, one that cannot be read and none at all contradict nothing, on either side."""
        assert [] == told({**way, DIGEST: OTHER}, original(digest))
        assert [] == told({**way, DIGEST: digest}, original())


def test_the_record_that_is_named_counts() -> None:
    """Where an id is given, that record's payload is compared, and its date, and not what lies at the stated date."""
    way = {ID: warcs.ID % 1, URI: warcs.URI, DATE: LATER}
    there = original(), original(OTHER, number=2, Date=LATER)

    assert [(REFERENCE, DATE, warcs.DATE, LATER)] == told(way, *there)
    assert [(*DIFFERS, OURS, OTHER), (REFERENCE, DATE, warcs.DATE, LATER)] == told(
        {**way, DIGEST: OTHER}, *there
    )


def test_its_place() -> None:
    """What is found is found at the revisit: its file, its offset, its id and the field."""
    first = original()
    own: Fields = {"WARC-Type": "revisit", "WARC-Profile": IDENTICAL, DIGEST: OTHER, **BY_ID}
    with archive.open(io.BytesIO(first + warcs.response(HEAD, own, number=9)), name="x.warc") as package:
        (found,) = [f for f in check_all(package) if getattr(f, "code", "") == DIFFERS[0]]

    assert Location(None, "x.warc", len(first), warcs.ID % 9, DIGEST) == getattr(found, "where", None)


def test_captures_of_one_moment() -> None:
    """Of several captures of one address and date one with the payload is enough; where all differ the first is told."""
    there = original(OTHER), original(number=2)

    assert [] == told(BY_PLACE, *there)
    assert [(*DIFFERS, OTHER, THIRD)] == told({**BY_PLACE, DIGEST: THIRD}, *there)


def test_a_revisit_of_no_capture() -> None:
    """A record that is no capture has no payload to be the same as; of one without an address that much is told."""
    metadata = original(OTHER, Type="metadata")
    info = original(OTHER, Type="warcinfo", Target_URI=None)

    assert [] == told(BY_ID, metadata)
    assert [(REFERENCE, URI, "", warcs.URI)] == told({**BY_ID, URI: warcs.URI}, info)


def test_a_revisit_of_a_revisit() -> None:
    """A revisit may refer to another one, whose payload is then the same."""
    other = original(OTHER, Type="revisit", Profile=IDENTICAL)

    assert [(*DIFFERS, OTHER, OURS)] == told(BY_ID, other)


def test_both_parts_of_a_reference() -> None:
    """Address and date that are not those of the record that is named are found, each with the right one."""
    way = {**BY_ID, URI: ELSEWHERE, DATE: LATER}

    assert [(REFERENCE, URI, warcs.URI, ELSEWHERE), (REFERENCE, DATE, warcs.DATE, LATER)] == told(
        way, original()
    )


def test_brackets() -> None:
    """An address in angle brackets, as WARC 1.0 has it, is the same address on either side."""
    bracketed = f"<{warcs.URI}>"

    assert [] == told({**BY_ID, URI: bracketed}, original())
    assert [] == told({**BY_PLACE, URI: bracketed}, original())
    assert [(*DIFFERS, OURS, OTHER)] == told({**BY_PLACE, DIGEST: OTHER}, original(Target_URI=bracketed))


class TestOfNothing:
    """A revisit whose original lies in another archive."""

    def test_the_capture_is_not_here(self) -> None:
        """It is told by the date that it refers to, with the address if one is given."""
        assert [(MISSING, DATE, None, f"{LATER} {ELSEWHERE}")] == told(
            {URI: ELSEWHERE, DATE: LATER, DIGEST: OTHER}, original()
        )
        assert [(MISSING, DATE, None, f"{LATER} ")] == told({DATE: LATER, DIGEST: OTHER}, original())

    @pytest.mark.parametrize("kind", ["response", "Resource"])
    def test_its_payload_is_here(self, kind: str) -> None:
        """Where a capture here has the payload, what it is a revisit of can be seen all the same."""
        assert [] == told({URI: ELSEWHERE, DATE: LATER}, original(Type=kind))
        assert [] != told({URI: ELSEWHERE, DATE: LATER}, original(Type="metadata"))

    def test_an_id_is_given(self) -> None:
        """Where an id is given, that is the reference that leads nowhere, and it is told once."""
        way = {ID: warcs.ID % 7, URI: ELSEWHERE, DATE: LATER, DIGEST: OTHER}

        assert [(MISSING, ID, None, warcs.ID % 7)] == told(way, original())

    def test_nothing_is_given(self) -> None:
        """A revisit that says neither id nor date refers to nothing that could be missed."""
        assert [] == told({DIGEST: OTHER}, original())
