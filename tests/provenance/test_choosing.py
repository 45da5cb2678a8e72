"""Which article is meant: by number, record id, address or headline; what is ambiguous is listed."""

from __future__ import annotations

import io

import harbour
import pytest

import archive
from archive.errors import UsageError
from provenance.choosing import Source, articles_in, choose, choose_all, sources


@pytest.fixture(scope="module")
def known() -> tuple[Source, ...]:
    """Return the documents of the package."""
    with archive.open(io.BytesIO(harbour.package()), name="a.wacz") as package:
        return sources(package)


def test_all_documents(known: tuple[Source, ...]) -> None:
    """Documents are there in their order with text, articles and numbers; derived records and descriptions are none."""
    assert [harbour.FERRY_URL, harbour.SKIPPER_URL, harbour.BREAKWATER_URL] == [
        s.placed.target_uri for s in known
    ]
    assert [1, 2, 3] == [told.number for source in known for told in source.articles]
    assert all(source.text is not None and source.metadata is not None for source in known)


@pytest.mark.parametrize(
    "wanted",
    [
        "2",
        harbour.SKIPPER_URL,
        harbour.SKIPPER_URL + "#top",
        "Skipper praised by the coastguard",
        "  skipper   PRAISED by the Coastguard ",
        "praised by",
    ],
)
def test_one_article(known: tuple[Source, ...], wanted: str) -> None:
    """An article answers to its number, its address, its headline in any case, and to a part of that."""
    chosen = choose(known, wanted)

    assert (harbour.SKIPPER_URL, 0) == (chosen.source.placed.target_uri, chosen.part)


def test_by_its_record(known: tuple[Source, ...]) -> None:
    """A document answers to the id of its record, in both spellings, and an article to that with its part."""
    own = known[1].placed.record_id
    for wanted in (own, own.strip("<>"), f"{own}#0", f"{own.strip('<>')}#0"):
        assert known[1] is choose(known, wanted).source
    with pytest.raises(UsageError, match="nothing in the package"):
        choose(known, f"{own}#1")


@pytest.mark.parametrize(
    "wanted", ["4", "0", "-1", "", "Nowhere", "https://bay.example/", "urn:uuid:0", "<", "#", "²"]
)
def test_nothing_answers(known: tuple[Source, ...], wanted: str) -> None:
    """What is not there is refused, with the ways to name an article."""
    with pytest.raises(UsageError, match="nothing in the package") as refused:
        choose(known, wanted)

    assert "record id" in (refused.value.hint or "")


def test_several_answer(known: tuple[Source, ...]) -> None:
    """Where several articles answer they are listed with number, record, headline and address, and none is taken."""
    with pytest.raises(UsageError, match="3 articles answer to 'e'") as refused:
        choose(known, "e")
    hint = refused.value.hint or ""
    for source in known:
        assert source.placed.record_id in hint
        assert source.articles[0].headline in hint
    assert ["1:", "2:", "3:"] == [word for word in hint.split() if word in ("1:", "2:", "3:")]
    assert 3 == len(choose_all(known, "e"))


def test_a_part(known: tuple[Source, ...]) -> None:
    """A part narrows what was named, and is refused where the document has none of that number."""
    assert 0 == choose(known, "2", part=0).part
    with pytest.raises(UsageError, match="no article of the number 3"):
        choose(known, "2", part=3)


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"[]",
        b"{",
        b'{"articles": [1]}',
        b'{"articles": 1}',
        b'{"articles": [{"part": 0}]}',
        b"[" * 9999,
        b"\xff",
    ],
)
def test_articles_that_cannot_be_read(block: bytes) -> None:
    """A block that is no metadata record of ours tells of no article, and nothing escapes."""
    assert () == tuple(articles_in(block))
