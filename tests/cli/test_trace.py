"""`provenance trace`: quotations of inputs, words typed in, words from a file, against any sources."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cli.command import run

WIRE = "Harbour closes\n\nThe minister said: “We shall not reopen the harbour before the first of June.”\n"
STORY = "Row over harbour\n\n“We shall not reopen the harbour before the first of June,” the minister said, and left.\n"


@pytest.fixture
def texts(tmp_path: Path) -> tuple[Path, Path]:
    """Return a wire report and a story that quotes the same words."""
    (tmp_path / "wire.txt").write_text(WIRE)
    (tmp_path / "story.txt").write_text(STORY)
    return tmp_path / "wire.txt", tmp_path / "story.txt"


class TestTrace:
    """What is traced, and in what."""

    def test_inputs_are_sources_of_one_another(self, texts: tuple[Path, Path]) -> None:
        """Each of two texts holds the other's quotation, second-hand; the places are exact."""
        ran = run("trace", *texts, "--json")
        wire, story = ran.of("trace")
        assert (wire["verdict"], wire["severity"], wire["relation"]) == ("VERBATIM", "faithful", "secondary")
        passage = wire["passage"]
        assert passage["input"] == str(texts[1])
        assert STORY[passage["start"] : passage["end"]] == passage["exact"]
        assert story["passage"]["input"] == str(texts[0])
        assert (ran.status, ran.last["quotations"], ran.last["sources"]) == (0, 2, 2)

    def test_keys_of_the_contract(self, texts: tuple[Path, Path]) -> None:
        """A `trace` line has every key of the contract."""
        (line, _) = run("trace", *texts, "--json").of("trace")
        assert {
            "type", "v", "quotation", "verdict", "severity", "passage", "alterations", "speaker_status", "chain",
            "who_first", "missing", "evidence", "candidates",
        } <= set(line)  # fmt: skip
        assert set(line["quotation"]) == {"id", "input", "part", "start", "end", "exact"}
        assert {"id", "input", "record", "original_url", "published", "start", "end", "exact"} <= set(
            line["passage"]
        )

    def test_words_typed_in(self, texts: tuple[Path, Path]) -> None:
        """--quote traces words, found in a text that is only a source, and a few words that are nowhere."""
        ran = run(
            "trace",
            "--quote",
            "We shall not reopen the harbour before the first of June",
            "--quote",
            "close it for good",
            "--against",
            texts[0],
            "--json",
        )
        assert [line["verdict"] for line in ran.of("trace")] == ["VERBATIM", "UNCHECKED"]
        assert ran.last["sources"] == 1

    def test_words_from_a_file_against_a_corpus(self, tmp_path: Path) -> None:
        """--quotes against a .jsonl of texts: the cited source decides between not found there and not there."""
        corpus = tmp_path / "corpus.jsonl"
        rows = [
            {
                "id": "w1",
                "text": WIRE,
                "published": "2024-03-04",
                "outlet": "Norda",
                "original_url": "https://n.example/1",
            },
            {"id": "w2", "text": "Nothing of the kind.", "title": "Another"},
        ]
        corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
        quotes = tmp_path / "quotes.jsonl"
        asked = [
            {"id": "a", "exact": "not reopen the harbour before the first of June"},
            {"id": "b", "exact": "we shall reopen the harbour at once", "cited": "w2"},
            {"id": "c", "exact": "we shall reopen the harbour at once", "cited": "elsewhere"},
        ]
        quotes.write_text("".join(json.dumps(row) + "\n" for row in asked))
        lines = run("trace", "--quotes", quotes, "--against", corpus, "--json").of("trace")
        assert [(line["quotation"]["id"], line["verdict"]) for line in lines] == [
            ("a", "VERBATIM"), ("b", "UNTRACED_IN"), ("c", "UNTRACED_OUT"),
        ]  # fmt: skip
        assert (lines[0]["passage"]["id"], lines[0]["passage"]["published"]) == ("w1", "2024-03-04")
        assert lines[2]["missing"] == "elsewhere"

    def test_a_package_is_a_source(self, texts: tuple[Path, Path], tmp_path: Path) -> None:
        """A package may stand behind --against; the passage names the record it stands in."""
        assert run("build", texts[0], "-o", tmp_path / "a.wacz").status == 0
        (line,) = run("trace", texts[1], "--against", tmp_path / "a.wacz", "--json").of("trace")
        assert line["verdict"] == "VERBATIM"
        assert line["passage"]["record"].startswith("<urn:uuid:")

    def test_words_for_people(self, texts: tuple[Path, Path]) -> None:
        """Without --json the passage is printed under the quotation."""
        ran = run("trace", *texts)
        assert "verbatim" in ran.out
        assert "2 quotations in 2 sources: 2 faithful" in ran.err


class TestLines:
    """What a line of --quotes may say beside its words."""

    ROWS = (
        {
            "id": "a",
            "text": "Mara Orlov said: “The quay at Karsk stays open through the winter for every boat.” The ministry had"
            " met in the morning. Nobody came late to it.",
            "published": "2031-05-03",
            "outlet": "Norda",
        },
        {
            "id": "b",
            "text": "It is late in Orsk, and the wind blows from the lake over all of its empty streets. “The quay at"
            " Karsk stays open through the winter for every boat,” Mara Orlov told Norda.",
            "published": "2031-05-05",
            "outlet": "Meridian",
        },
    )

    def lines(self, tmp_path: Path, *asked: dict[str, str]) -> list[dict[str, object]]:
        """Trace lines against both texts."""
        corpus, quotes = tmp_path / "c.jsonl", tmp_path / "q.jsonl"
        corpus.write_text("".join(json.dumps(row) + "\n" for row in self.ROWS))
        quotes.write_text("".join(json.dumps({"id": str(n), **row}) + "\n" for n, row in enumerate(asked)))
        return run("trace", "--quotes", quotes, "--against", corpus, "--json").of("trace")

    def test_speaker(self, tmp_path: Path) -> None:
        """Words in the mouth of somebody whom no source names for them are MISATTRIBUTED; the right name is `same`."""
        words = "The quay at Karsk stays open through the winter for every boat"
        right, wrong, none = self.lines(
            tmp_path,
            {"exact": words, "speaker": "Mara Orlov"},
            {"exact": words, "speaker": "Ilse Brandt"},
            {"exact": words},
        )
        assert (right["verdict"], right["speaker_status"]) == ("VERBATIM", "same")
        assert (wrong["verdict"], wrong["speaker_status"]) == ("MISATTRIBUTED", "different")
        assert (none["verdict"], none["speaker_status"]) == ("VERBATIM", "undetermined")

    def test_in(self, tmp_path: Path) -> None:
        """The text a quotation stands in is no source of it."""
        words = "The quay at Karsk stays open through the winter for every boat"
        (line,) = self.lines(tmp_path, {"exact": words, "in": "b"})
        assert line["passage"]["id"] == "a"
        assert line["relation"] == "secondary"

    def test_chain(self, tmp_path: Path) -> None:
        """The chain leads from the later report to the earlier, which was first."""
        (line,) = self.lines(tmp_path, {"exact": "stays open through the winter for every boat"})
        assert [link["id"] for link in line["chain"]] == ["b", "a"]
        assert line["who_first"]["outlet"] == "Norda"

    def test_quoted_at(self, tmp_path: Path) -> None:
        """What was published after the quotation is not what the quotation altered."""
        words = "The quay at Karsk stays open through the summer for every boat"
        later, earlier = self.lines(
            tmp_path, {"exact": words, "quoted_at": "2031-05-06"}, {"exact": words, "quoted_at": "2031-05-01"}
        )
        assert (later["verdict"], earlier["verdict"]) == ("SUBSTITUTION", "UNTRACED_OUT")

    def test_cited(self, tmp_path: Path) -> None:
        """Where the cited source is at hand, the passage is looked for there first."""
        words = "The quay at Karsk stays open through the winter for every boat"
        (line,) = self.lines(tmp_path, {"exact": words, "cited": "b"})
        assert line["passage"]["id"] == "b"

    def test_reports_that_name_each_other_make_a_circle(self, tmp_path: Path) -> None:
        """`trace.circular`: two outlets that each name the other for the words are told, and verify tells it too."""
        for name, told in (("TASS", "Reuters"), ("Reuters", "TASS")):
            words = f"KARSK — “The old quay at Karsk will be closed to every boat for good,” the mayor told {told}.\n"
            (tmp_path / f"{name}.txt").write_text(f"{name}\n\nThe quay is closed\n\n5 May 2031\n\n{words}")
        both = tmp_path / "TASS.txt", tmp_path / "Reuters.txt"
        codes = [finding["code"] for finding in run("trace", *both, "--json").of("finding")]
        assert codes == ["trace.circular", "trace.circular"]
        assert run("build", *both, "-o", tmp_path / "a.wacz").status == 0
        verified = run("verify", tmp_path / "a.wacz", "--json")
        circles = [f["message"] for f in verified.of("finding") if f["code"] == "trace.circular"]
        assert circles == [
            "cited in a circle: TASS → Reuters → TASS",
            "cited in a circle: Reuters → TASS → Reuters",
        ]

    def test_reports_that_name_nobody_make_no_circle(self, tmp_path: Path) -> None:
        """A report alone is no circle: there is no trace.circular."""
        words = "“The old quay at Karsk will be closed to every boat for good,” the mayor told {}.\n"
        for name, told in (("norda", "Meridian"), ("meridian", "Norda")):
            text = f"{name.title()}\n\nThe quay\n\n5 May 2031\n\n" + words.format(told)
            (tmp_path / f"{name}.txt").write_text(text)
        assert [] == run("trace", tmp_path / "norda.txt", "--json").of("finding")


class TestBad:
    """What cannot be traced is said."""

    def test_a_corpus_line_without_text(self, tmp_path: Path) -> None:
        """A corpus whose line has no text is refused, not skipped: a missing source would make "not found" a lie."""
        (tmp_path / "c.jsonl").write_text('{"id": "a"}\n')
        ran = run("trace", "--quote", "three words here", "--against", tmp_path / "c.jsonl", "--json")
        assert (ran.status, ran.last["type"], ran.last["code"]) == (3, "error", "input")

    def test_a_quotes_line_without_words(self, tmp_path: Path, texts: tuple[Path, Path]) -> None:
        """A line of --quotes that has no words is refused by its key."""
        (tmp_path / "q.jsonl").write_text('{"id": "a"}\n')
        ran = run("trace", "--quotes", tmp_path / "q.jsonl", "--against", texts[0], "--json")
        assert ran.status == 3
        assert "'exact'" in ran.last["message"]

    def test_quote_and_quotes_exclude_each_other(self) -> None:
        """Words and a file of words together are misuse."""
        assert run("trace", "--quote", "a b c", "--quotes", "x.jsonl").status == 2

    def test_a_missing_source_is_said_and_the_rest_done(
        self, texts: tuple[Path, Path], tmp_path: Path
    ) -> None:
        """A source that is not there is named; what could be traced is."""
        ran = run("trace", texts[0], "--against", tmp_path / "no.txt", "--json")
        assert (ran.status, ran.last["refused"]) == (2, 1)
        assert len(ran.of("trace")) == 1
