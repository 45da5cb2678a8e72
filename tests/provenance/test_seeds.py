"""Seed lists: what they may say, how they are refused, and where a document contradicts one."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import provenance.codes  # noqa: F401 (registers the codes)
from archive.digest import digest
from provenance import seeds
from provenance.errors import SeedListError
from provenance.model.article import Article, Document, Fields
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer, Place, Tier
from provenance.model.outlet import Outlet
from provenance.model.quotation import Quotation, QuotationKind, quote_at
from provenance.model.text import Text
from provenance.model.tweet import TweetKind, TweetReference

WORDS = "Harbour shut\n\n“We are going home,” said the master."
TEXT = Text(WORDS)


def stated(value: object) -> Field[object]:
    """Return a field that holds a value."""
    return Field(value, Tier.C, (Evidence(value, "r", Layer.MASTHEAD, "raw", Place(start=0, end=3)),))


def document(**fields: object) -> Document:
    """Return a document with one article and one quotation."""
    start = WORDS.index("We are")
    place = quote_at(WORDS, start, start + len("We are going home,"))
    quotation = Quotation(segments=(), kind=QuotationKind.DIRECT, **place)  # type: ignore[arg-type]
    stated_fields = Fields(**{name: stated(value) for name, value in fields.items()})  # type: ignore[arg-type]
    article = Article(TEXT, (0, len(WORDS)), fields=stated_fields, quotations=(quotation,))
    return Document(TEXT, "text/plain", (article,))


def contradicted(expected: seeds.Expected, **fields: object) -> list[str | None]:
    """Return the names of the values that are contradicted."""
    seed = seeds.Seed("a.txt", articles=(expected,))
    return [finding.where.field for finding in seeds.contradictions(seed, document(**fields))]


def write(folder: Path, text: str) -> Path:
    """Write a seed list."""
    path = folder / "list.toml"
    path.write_text(text, encoding="utf-8")
    return path


class TestContradictions:
    """`seed.contradicts` fires where both say something, and something else."""

    def test_another_outlet_contradicts(self) -> None:
        """Two names for the outlet are a contradiction, the same name in other case is none."""
        expected = seeds.Expected(outlet="The Norda Post")
        assert contradicted(expected, outlet=Outlet("The Ledger")) == ["outlet"]
        assert contradicted(expected, outlet=Outlet("the norda post")) == []

    def test_silence_contradicts_nothing(self) -> None:
        """What only one of the two says is no contradiction."""
        assert contradicted(seeds.Expected(outlet="The Ledger")) == []
        assert contradicted(seeds.Expected(), outlet=Outlet("The Ledger")) == []

    def test_a_more_precise_date_contradicts_nothing(self) -> None:
        """A day and a minute of that day agree; another day does not."""
        expected = seeds.Expected(published="2024-03-04")
        assert contradicted(expected, published=Date.parse("2024-03-04T18:02")) == []
        assert contradicted(expected, published=Date.parse("2024-03-05")) == ["published"]

    def test_a_quotation_that_is_not_found_contradicts(self) -> None:
        """A stated quotation must be read at its place, with the words the list vouches for."""
        start = WORDS.index("We are")
        span = (start, start + len("We are going home,"))
        right = seeds.Marked(span, digest(b"We are going home,"))
        assert contradicted(seeds.Expected(quotations=(right,))) == []
        assert contradicted(seeds.Expected(quotations=(attrs.evolve(right, span=(0, 7)),))) == ["quotations"]
        for other in ((0, 7), (start, span[1] + 1), (start, span[1] - 1)):
            assert contradicted(seeds.Expected(quotations=(seeds.Marked(other),))) == ["quotations"]

    def test_white_space_at_the_ends_says_nothing(self) -> None:
        """A place that is stated with the blank behind the words is the same place."""
        tweet = TweetReference(TweetKind.FLATTENED, span=(0, len("Harbour shut")))
        article = attrs.evolve(document().articles[0], tweets=(tweet,))
        read = attrs.evolve(document(), articles=(article,))
        stated = seeds.Expected(tweets=(seeds.Marked((0, len("Harbour shut\n"))),))
        assert list(seeds.contradictions(seeds.Seed("a.txt", articles=(stated,)), read)) == []

    def test_another_place_of_the_article_contradicts(self) -> None:
        """An article that is read at other characters than the list states is another article."""
        assert contradicted(seeds.Expected(span=(0, len(WORDS)))) == []
        assert contradicted(seeds.Expected(span=(1, len(WORDS)))) == ["span"]

    def test_another_number_of_articles_contradicts(self) -> None:
        """Where the list counts two articles and the document has one, nothing else is compared."""
        seed = seeds.Seed("a.txt", articles=(seeds.Expected(), seeds.Expected()))
        (finding,) = seeds.contradictions(seed, document())
        assert (finding.expected, finding.actual) == (2, 1)


class TestLoading:
    """A seed list is read strictly: what it cannot mean is named."""

    def test_the_sample_list_is_read(self, project: Path) -> None:
        """The list in this project names six documents, and where they lie."""
        listed = seeds.load(project / "seeds" / "samples.toml")
        assert len(listed.seeds) == 6
        assert listed.folder == project / "seeds" / "samples"

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[[document", "not a TOML file"),
            ("x = [" + "[" * 100_000, "not a TOML file"),
            ("[collection]\ntitle = 'x'", "names no [[document]]"),
            ("[[document]]\nfile = 'a.txt'\ncolour = 'red'", "unknown key 'colour'"),
            ("[[document]]\nfile = '../a.txt'", "inside the folder"),
            ("[[document]]\nfile = '/etc/passwd'", "inside the folder"),
            ("[[document]]\nfile = 'a'\n[[document.article]]\npublished = '4.3.2024'", "4.3.2024"),
            ("[[document]]\nfile = 'a'\n[[document.article]]\nspan = [9, 3]", "a span is"),
            ("[[document]]\nfile = 'a'\n[[document.article]]\nspan = [1]", "not a seed list"),
            ("[[document]]\nfile = 'a'\ncaptured_at = 2016-09-18T18:02:00", "captured_at must be"),
            ("[[document]]\nfile = 'a'\ncaptured_at = 2016-09-18", "captured_at must be"),
            ("[[document]]\nfile = 'a'\ncaptured_at = 'yesterday'", "captured_at must be"),
            ("[[document]]\nfile = 7", "not a seed list"),
            ("document = 7", "not a seed list"),
            ("[[document]]\nurl = 'x'", "'file'"),
        ],
    )
    def test_what_a_list_cannot_say_is_named(self, tmp_path: Path, text: str, says: str) -> None:
        """A mistake in a list stops it with words that name the mistake."""
        with pytest.raises(SeedListError) as refused:
            seeds.load(write(tmp_path, text))
        assert says in str(refused.value)

    def test_bytes_that_are_no_text_are_refused(self, tmp_path: Path) -> None:
        """A list that is not UTF-8 is refused with words."""
        path = tmp_path / "list.toml"
        path.write_bytes(b"\xff\xfe\x00")
        with pytest.raises(SeedListError):
            seeds.load(path)

    def test_the_address_is_the_archivists_word(self) -> None:
        """A stated URL is the address; else the original URL of an only article; of several articles none is."""
        one, two = (
            seeds.Expected(original_url="https://a.example/1"),
            seeds.Expected(original_url="https://a.example/2"),
        )
        assert seeds.Seed("a", url="https://b.example/", articles=(one,)).address == "https://b.example/"
        assert seeds.Seed("a", articles=(one,)).address == "https://a.example/1"
        assert seeds.Seed("a", articles=(one, two)).address is None
