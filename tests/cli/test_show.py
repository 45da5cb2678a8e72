"""`provenance show`: articles with their evidence, in words and as JSON lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from cli.command import Ran, run

KEYS = {
    "type", "v", "input", "record", "part", "span", "headline", "outlet", "authors", "published", "modified",
    "dateline", "original_url", "language", "agencies", "text", "text_digest", "body", "tweets", "quotations",
    "findings",
}  # fmt: skip


@pytest.fixture(scope="module")
def shown(project: Path) -> Ran:
    """Return what `show` says of the sample documents."""
    return run("show", project / "seeds" / "samples", "--json")


class TestJson:
    """The form that other programs rely on (the contract)."""

    def test_every_article_has_every_key(self, shown: Ran) -> None:
        """An `article` line has all keys of the contract, whatever the document says."""
        assert [KEYS - set(line) for line in shown.of("article")] == [set()] * 10

    def test_a_field_has_value_tier_evidence_conflicts(self, shown: Ran) -> None:
        """A field that is not given is null with a null tier; one that is given has evidence."""
        for line in shown.of("article"):
            for name in ("headline", "outlet", "authors", "published", "original_url"):
                field = line[name]
                assert (field["value"] is None) == (field["tier"] is None)
                assert field["value"] is None or field["evidence"]

    def test_evidence_of_a_text_stands_at_its_place(self, shown: Ran) -> None:
        """In plain text, what a piece of evidence calls raw is what stands at its place."""
        checked = 0
        for line in shown.of("article"):
            for name in ("headline", "outlet", "authors", "published", "dateline"):
                for evidence in line[name]["evidence"] if line["input"].endswith(".txt") else ():
                    place = evidence["place"]
                    if "start" in place and evidence["layer"] not in ("url", "inherited"):
                        assert line["text"][place["start"] : place["end"]] == evidence["raw"]
                        checked += 1
        assert checked > 10

    def test_quotations_are_the_words_at_their_place(self, shown: Ran) -> None:
        """`exact` is the text between `start` and `end`."""
        for line in shown.of("article"):
            for quotation in line["quotations"]:
                assert line["text"][quotation["start"] : quotation["end"]] == quotation["exact"]

    def test_published_has_just_the_precision_that_is_known(self, shown: Ran) -> None:
        """A minute stays a minute, a day a day, and no zone is made up."""
        published = {Path(a["input"]).name: a["published"] for a in shown.of("article")}
        assert published["norda-wire.txt"]["value"] == "2024-03-03T18:40"
        assert (published["norda-wire.txt"]["precision"], published["norda-wire.txt"]["zone"]) == (
            "minute",
            "unknown",
        )
        assert published["gate-pictures.txt"]["value"] == "2024-03-06"
        assert published["unlabelled.txt"] == {
            "value": None, "tier": None, "evidence": [], "conflicts": [], "precision": None, "zone": None,
            "confidence": None,
        }  # fmt: skip

    def test_the_last_line_is_the_summary(self, shown: Ran) -> None:
        """The last line sums up, and every line carries the version of the form."""
        assert shown.last == {"type": "summary", "v": 1, "documents": 6, "articles": 10, "refused": 0}
        assert {line["v"] for line in shown.lines} == {1}
        assert (shown.status, shown.err) == (0, "")


class TestInputs:
    """What `show` can be given."""

    def test_words_for_people(self, project: Path) -> None:
        """Without --json the answer is words: headline, outlet, what is not stated."""
        shown = run("show", project / "seeds" / "samples" / "unlabelled.txt")
        assert "(no headline stated)" in shown.out
        assert "1 article in 1 document; 0 inputs refused" in shown.err

    def test_a_gzipped_text_and_a_seed_list(self, project: Path, tmp_path: Path) -> None:
        """A `.txt.gz` and a seed list are read as the texts they stand for."""
        text = (project / "seeds" / "samples" / "norda-wire.txt").read_bytes()
        (tmp_path / "wire.txt.gz").write_bytes(gzip.compress(text))
        (one,) = run("show", tmp_path / "wire.txt.gz", "--json").of("article")
        listed = run("show", project / "seeds" / "samples.toml", "--json").of("article")
        (same,) = [line for line in listed if line["input"].endswith("norda-wire.txt")]
        assert (one["text"], one["headline"]) == (same["text"], same["headline"])
        assert len(listed) == 10

    def test_a_package_shows_what_its_documents_show(self, project: Path, tmp_path: Path) -> None:
        """The articles of a package are those of the documents it was built from, with the records' ids."""
        package = tmp_path / "samples.wacz"
        assert run("build", project / "seeds" / "samples", "-o", package).status == 0
        kept = run("show", package, "--json").of("article")
        fresh = run("show", project / "seeds" / "samples", "--json").of("article")
        skip = ("input", "record")
        assert [{k: v for k, v in line.items() if k not in skip} for line in kept] == [
            {k: v for k, v in line.items() if k not in skip} for line in fresh
        ]
        assert all(line["record"].startswith("<urn:uuid:") for line in kept)

    def test_urls_come_from_a_list(self, project: Path, tmp_path: Path) -> None:
        """--inputs names inputs with the address each was captured from; --url does so for one."""
        page = project / "seeds" / "samples" / "letter-page.html"
        listed = tmp_path / "list.jsonl"
        listed.write_text(json.dumps({"input": str(page), "url": "https://www.example.org/a/1"}) + "\n")
        (line,) = run("show", "--inputs", listed, "--json").of("article")
        (same,) = run("show", page, "--url", "https://www.example.org/a/1", "--json").of("article")
        assert line == same

    def test_url_goes_with_one_input(self, project: Path) -> None:
        """--url for two inputs is misuse: which of them?"""
        samples = project / "seeds" / "samples"
        ran = run(
            "show",
            samples / "norda-wire.txt",
            samples / "unlabelled.txt",
            "--url",
            "https://x.example",
            "--json",
        )
        assert (ran.status, ran.last["type"], ran.last["code"]) == (2, "error", "usage")


class TestBadInputs:
    """Bad input: a clear message, the others still done."""

    @pytest.mark.parametrize(
        ("name", "data", "code"),
        [
            (
                "latin.txt",
                "Der Bürgermeister sagte: „Wir gehen nach Hause, und zwar für immer.“".encode("cp1252"),
                "text.not-utf8",
            ),
            ("empty.txt", b"", "text.empty"),
            ("binary.txt", bytes(range(256)) * 40, "text.binary"),
            ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "input.not-read"),
        ],
    )
    def test_odd_texts_are_findings(self, tmp_path: Path, name: str, data: bytes, code: str) -> None:
        """A text in another encoding, an empty one and a binary one are said to be so; nothing fails."""
        (tmp_path / name).write_bytes(data)
        (tmp_path / "good.txt").write_text("He said: “All is well on the island.”\n")
        ran = run("show", tmp_path / name, tmp_path / "good.txt", "--json")
        codes = [line["code"] for line in ran.of("finding")]
        assert code in codes
        assert Path(ran.of("article")[-1]["input"]).name == "good.txt"
        assert ran.status == 0

    @pytest.mark.parametrize(
        ("name", "data"),
        [("bad.wacz", b"not a zip at all"), ("bad.warc", b"no record here"), ("bad.warc.gz", b"\x1f\x8b")],
    )
    def test_what_is_no_archive_is_refused(self, tmp_path: Path, name: str, data: bytes) -> None:
        """A file that is called an archive and is none is refused by name, and the rest is done."""
        (tmp_path / name).write_bytes(data)
        (tmp_path / "good.txt").write_text("He said: “All is well on the island.”\n")
        ran = run("show", tmp_path / name, tmp_path / "good.txt", "--json")
        (refused,) = ran.of("error")
        assert (refused["code"], refused["input"]) == ("not-an-archive", str(tmp_path / name))
        assert len(ran.of("article")) == 1
        assert (ran.status, ran.last["refused"]) == (3, 1)

    def test_a_missing_file_is_misuse(self, tmp_path: Path) -> None:
        """A file that is not there exits 2 and is named."""
        ran = run("show", tmp_path / "no.txt", "--json")
        assert (ran.status, ran.of("error")[0]["code"]) == (2, "not-found")

    def test_a_list_that_is_no_json_is_refused_with_its_line(self, tmp_path: Path) -> None:
        """A broken line of --inputs is named by its number."""
        (tmp_path / "list.jsonl").write_text('{"input": "a"}\n{"input"\n')
        ran = run("show", "--inputs", tmp_path / "list.jsonl", "--json")
        assert ran.status == 3
        assert "line 2" in ran.last["message"]

    def test_nothing_named_is_misuse(self) -> None:
        """Without an input there is nothing to do, and the answer is an error line."""
        ran = run("show", "--json")
        assert (ran.status, ran.last["type"]) == (2, "error")
