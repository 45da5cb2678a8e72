"""`provenance build` and `provenance verify`: what they print, what they leave behind, how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from cli.command import run

WORDS = "Ferry returns to port\n\nThe master said: “We turned back before the second wave came in.”\n"


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a short text with one quotation."""
    path = tmp_path / "ferry.txt"
    path.write_text(WORDS, encoding="utf-8")
    os.utime(path, (0, 1_700_000_000))
    return path


class TestBuild:
    """A package appears whole or not at all."""

    def test_the_summary_counts(self, text: Path, tmp_path: Path) -> None:
        """The last line has what the contract says, and the counts are those of the package."""
        ran = run("build", text, "-o", tmp_path / "a.wacz", "--json")
        package = tmp_path / "a.wacz"
        assert ran.status == 0
        assert ran.last["type"] == "summary"
        assert (ran.last["package"], ran.last["bytes"]) == (str(package), package.stat().st_size)
        # warcinfo, the document, its text, its articles
        assert (ran.last["records"], ran.last["articles"], ran.last["quotations"], ran.last["tweets"]) == (
            4,
            1,
            1,
            0,
        )
        with zipfile.ZipFile(package) as archive:
            stated = json.loads(archive.read("datapackage-digest.json"))["hash"]
        assert ran.last["manifest_digest"] == stated

    def test_the_same_input_gives_the_same_bytes(self, text: Path, tmp_path: Path) -> None:
        """Two builds of the same input are byte-identical."""
        for name in ("a.wacz", "b.wacz"):
            assert run("build", text, "-o", tmp_path / name).status == 0
        assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()

    def test_the_package_knows_nothing_of_the_folder(self, text: Path, tmp_path: Path) -> None:
        """The same document from another folder gives the same package: no path of the maker's machine is in it."""
        other = tmp_path / "elsewhere" / "ferry.txt"
        other.parent.mkdir()
        other.write_bytes(text.read_bytes())
        os.utime(other, (0, 1_700_000_000))
        run("build", text, "-o", tmp_path / "a.wacz")
        run("build", other, "-o", tmp_path / "b.wacz")
        assert (tmp_path / "a.wacz").read_bytes() == (tmp_path / "b.wacz").read_bytes()

    def test_an_output_that_exists_is_kept(self, text: Path, tmp_path: Path) -> None:
        """Without --force an existing file is left as it is, and the command is misuse."""
        package = tmp_path / "a.wacz"
        package.write_bytes(b"precious")
        ran = run("build", text, "-o", package, "--json")
        assert (ran.status, ran.last["code"]) == (2, "output-exists")
        assert package.read_bytes() == b"precious"
        assert run("build", text, "-o", package, "--force").status == 0

    def test_the_others_are_still_done(self, text: Path, tmp_path: Path) -> None:
        """A missing and a broken input are refused by name; the good one is packed."""
        (tmp_path / "bad.wacz").write_bytes(b"no zip")
        ran = run(
            "build", tmp_path / "no.txt", tmp_path / "bad.wacz", text, "-o", tmp_path / "a.wacz", "--json"
        )
        assert [line["code"] for line in ran.of("error")] == ["not-found", "not-an-archive"]
        assert (ran.status, ran.last["articles"], ran.last["refused"]) == (3, 1, 2)
        assert run("verify", tmp_path / "a.wacz").status == 0

    def test_only_unreadable_input_is_unreadable(self, tmp_path: Path) -> None:
        """Where all that was given is unreadable, the status says so, as it does for `show`."""
        (tmp_path / "bad.wacz").write_bytes(b"no zip")
        ran = run("build", tmp_path / "bad.wacz", "-o", tmp_path / "a.wacz", "--json")
        assert (ran.status, ran.last["code"]) == (3, "not-an-archive")

    def test_a_time_that_no_calendar_has_is_misuse(self, text: Path, tmp_path: Path) -> None:
        """A time before the first year, once it is in UTC, is misuse."""
        assert (
            run("build", text, "-o", tmp_path / "a.wacz", "--created-at", "0001-01-01T00:00:00+05:00").status
            == 2
        )

    def test_nothing_readable_leaves_nothing_behind(self, tmp_path: Path) -> None:
        """Where no input can be read there is no package, not even half of one."""
        ran = run("build", tmp_path / "no.txt", "-o", tmp_path / "a.wacz", "--json")
        assert ran.status == 2
        assert ran.last["type"] == "error"
        assert list(tmp_path.iterdir()) == []

    def test_the_same_document_twice_is_kept_once(self, text: Path, tmp_path: Path) -> None:
        """`input.duplicate`: the second one is said to be the first."""
        ran = run("build", text, text, "-o", tmp_path / "a.wacz", "--json")
        assert [line["code"] for line in ran.of("finding")] == ["input.duplicate"]
        assert ran.last["records"] == 4
        again = run("build", text, "-o", tmp_path / "b.wacz", "--json")
        assert again.of("finding") == []

    def test_two_addresses_are_two_documents(self, text: Path, tmp_path: Path) -> None:
        """The same bytes captured from two addresses are two documents."""
        other = tmp_path / "copy.txt"
        other.write_bytes(text.read_bytes())
        listed = tmp_path / "list.jsonl"
        rows = [
            {"input": str(text), "url": "https://a.example/1"},
            {"input": str(other), "url": "https://b.example/1"},
        ]
        listed.write_text("".join(json.dumps(row) + "\n" for row in rows))
        ran = run("build", "--inputs", listed, "-o", tmp_path / "a.wacz", "--json")
        assert ran.of("finding") == []
        assert ran.last["records"] == 7

    def test_no_space_leaves_nothing_behind(self, text: Path) -> None:
        """A disk that is full ends the build with a clear message and no file."""
        ran = run("build", text, "-o", "/dev/full/a.wacz", "--json")
        assert (ran.status, ran.last["code"]) == (2, "output")

    def test_being_told_to_end_leaves_nothing_behind(self, project: Path, tmp_path: Path) -> None:
        """A build that is terminated in the middle clears away what it began, and says that it was interrupted."""
        (tmp_path / "out").mkdir()
        command = [sys.executable, "-m", "provenance", "build", "-", "-o", str(tmp_path / "out" / "a.wacz")]
        running = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=project,
            env={**os.environ, "PYTHONPATH": "."},
        )
        while running.poll() is None and not list((tmp_path / "out").iterdir()):
            time.sleep(0.01)
        running.terminate()
        _, said = running.communicate()
        assert (running.returncode, said) == (130, b"provenance: interrupted\n")
        assert list((tmp_path / "out").iterdir()) == []

    def test_a_missing_folder_is_said(self, text: Path, tmp_path: Path) -> None:
        """An output in a folder that is not there is an error with words."""
        ran = run("build", text, "-o", tmp_path / "no" / "a.wacz", "--json")
        assert (ran.status, ran.last["code"]) == (2, "output")

    @pytest.mark.parametrize("name", ["", ".", "..", "/"])
    def test_an_output_without_a_name_is_said(self, text: Path, name: str) -> None:
        """An output that names no file is an error with words, and no mistake of the program."""
        ran = run("build", text, "-o", name, "--json")
        assert (ran.status, ran.last["code"]) == (2, "output")

    def test_the_date_of_the_package_is_given_or_not_stated(
        self, text: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """--created-at, or SOURCE_DATE_EPOCH, dates the package; without them it states no date of its making."""
        stated = {}
        monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
        for name, more in {
            "none": [],
            "given": ["--created-at", "2024-03-04T12:00:00+02:00"],
            "epoch": [],
        }.items():
            if name == "epoch":
                monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
            run("build", text, "-o", tmp_path / f"{name}.wacz", *more)
            with zipfile.ZipFile(tmp_path / f"{name}.wacz") as archive:
                stated[name] = json.loads(archive.read("datapackage.json")).get("created")
        assert stated == {"none": None, "given": "2024-03-04T10:00:00Z", "epoch": "2023-11-14T22:13:20Z"}
        assert (
            run("build", text, "-o", tmp_path / "x.wacz", "--created-at", "2024-03-04T12:00:00").status == 2
        )

    def test_a_document_that_contradicts_its_list_is_said(self, text: Path, tmp_path: Path) -> None:
        """`seed.contradicts`: the list has another outlet's date; the package is built all the same."""
        listed = tmp_path / "list.toml"
        listed.write_text(
            "[collection]\ntitle = 'Ferries'\ntexts = '.'\n[[document]]\nfile = 'ferry.txt'\n"
            "[[document.article]]\nheadline = [0, 5]\n"
        )
        ran = run("build", listed, "-o", tmp_path / "a.wacz", "--texts", tmp_path, "--json")
        assert [line["code"] for line in ran.of("finding")] == ["seed.contradicts"]
        assert ran.status == 0

    def test_another_digest_fails_the_build(self, text: Path, tmp_path: Path) -> None:
        """`seed.digest-mismatch`: what is not the listed document is left out, and the build ends with 1."""
        listed = tmp_path / "list.toml"
        listed.write_text(
            f"[[document]]\nfile = 'ferry.txt'\ndigest = 'sha256:{'0' * 64}'\n[[document]]\nfile = 'other.txt'\n"
        )
        (tmp_path / "other.txt").write_text("Nothing much.\n")
        ran = run("build", listed, "-o", tmp_path / "a.wacz", "--texts", tmp_path, "--json")
        assert [line["code"] for line in ran.of("finding")] == ["seed.digest-mismatch"]
        assert (ran.status, ran.last["documents"]) == (1, 1)


class TestArchives:
    """What comes in an archive is copied as it is."""

    @pytest.fixture
    def package(self, text: Path, tmp_path: Path) -> Path:
        """Return a package of one document."""
        package = tmp_path / "first.wacz"
        assert run("build", text, "-o", package, "--created-at", "2024-03-04T10:00:00Z").status == 0
        return package

    def test_a_package_built_from_a_package_holds_the_same_document(
        self, package: Path, tmp_path: Path
    ) -> None:
        """The document's record keeps its id and its bytes; text and articles are derived again, and it is sound."""
        assert run("build", package, "-o", tmp_path / "second.wacz").status == 0
        assert run("verify", tmp_path / "second.wacz").status == 0
        shown = [run("show", p, "--json").of("article")[0] for p in (package, tmp_path / "second.wacz")]
        assert shown[0]["record"] == shown[1]["record"]
        assert shown[0]["text_digest"] == shown[1]["text_digest"]

    def test_a_record_that_no_warc_may_hold_is_left_out(self, tmp_path: Path) -> None:
        """`input.record-left-out`: a record with a date that is none is named; the record after it is kept."""
        record = (
            "WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{n}>\r\n"
            "WARC-Date: {date}\r\nWARC-Target-URI: https://a.example/{n}\r\nContent-Type: text/plain\r\n"
            "Content-Length: 5\r\n\r\nwords\r\n\r\n"
        )
        good, bad = record.format(n=1, date="2024-03-04T10:00:00Z"), record.format(n=2, date="yesterday")
        (tmp_path / "odd.warc").write_text(bad + good, newline="")
        ran = run("build", tmp_path / "odd.warc", "-o", tmp_path / "a.wacz", "--json")
        assert "input.record-left-out" in [line["code"] for line in ran.of("finding")]
        assert (ran.status, ran.last["documents"]) == (1, 1)
        (tmp_path / "good.warc").write_text(good, newline="")
        again = run("build", tmp_path / "good.warc", "-o", tmp_path / "b.wacz", "--json")
        assert "input.record-left-out" not in [line["code"] for line in again.of("finding")]
        assert again.status == 0

    def test_a_damaged_record_does_not_become_sound_by_copying(self, package: Path, tmp_path: Path) -> None:
        """A record whose digest does not fit is found at the build, and its old digest stays beside the new one."""
        with zipfile.ZipFile(package) as archive:
            warc = bytearray(__import__("gzip").decompress(archive.read("archive/data.warc.gz")))
        at = warc.index(b"second wave")
        warc[at : at + 6] = b"SECOND"
        (tmp_path / "bad.warc").write_bytes(warc)
        ran = run("build", tmp_path / "bad.warc", "-o", tmp_path / "copy.wacz", "--json")
        assert ran.status == 1
        assert "warc.digest-mismatch" in [line["code"] for line in ran.of("finding")]
        with zipfile.ZipFile(tmp_path / "copy.wacz") as archive:
            copied = __import__("gzip").decompress(archive.read("archive/data.warc.gz"))
        assert b"Provenance-Original-Block-Digest: sha256:" in copied
        again = run("verify", tmp_path / "copy.wacz", "--json")
        assert again.status == 1
        assert "record.original-digest-differs" in [line["code"] for line in again.of("finding")]

    def test_a_sound_record_stays_sound_by_copying(self, package: Path, tmp_path: Path) -> None:
        """The digest that a sound record came with fits its bytes in the copy too."""
        with zipfile.ZipFile(package) as archive:
            (tmp_path / "good.warc.gz").write_bytes(archive.read("archive/data.warc.gz"))
        assert run("build", tmp_path / "good.warc.gz", "-o", tmp_path / "copy.wacz").status == 0
        assert run("verify", tmp_path / "copy.wacz").status == 0

    def test_a_forged_package_does_not_become_sound_in_silence(self, package: Path, tmp_path: Path) -> None:
        """Building from a package whose manifest does not fit its members fails, whatever the records say."""
        with zipfile.ZipFile(package) as source, zipfile.ZipFile(tmp_path / "forged.wacz", "w") as target:
            for name in source.namelist():
                data = source.read(name)
                target.writestr(name, data.replace(b"wave", b"cave") if name.endswith("jsonl") else data)
        ran = run("build", tmp_path / "forged.wacz", "-o", tmp_path / "copy.wacz", "--json")
        assert ran.status == 1
        assert "wacz.hash-mismatch" in [line["code"] for line in ran.of("finding")]


class TestVerify:
    """`provenance verify` from the outside."""

    @pytest.fixture
    def package(self, text: Path, tmp_path: Path) -> Path:
        """Return a package of one document."""
        package = tmp_path / "a.wacz"
        assert run("build", text, "-o", package).status == 0
        return package

    def test_a_sound_package(self, package: Path) -> None:
        """A package as it was built is sound, and everything in it was checked; it is said to be unsigned."""
        ran = run("verify", package, "--json")
        assert (ran.status, ran.last["verdict"]) == (0, "sound")
        counts = {name: (c["checked"], c["present"]) for name, c in ran.last["coverage"].items()}
        assert counts["quotations"] == (1, 1)
        assert counts["bytes"] == (package.stat().st_size, package.stat().st_size)
        assert counts["signatures"] == (0, 0)
        assert [line["code"] for line in ran.of("finding")] == ["signature.absent"]

    def test_a_required_signature_that_is_not_there_fails(self, package: Path) -> None:
        """`verify.requirement-missing`: --require signature makes an unsigned package unsound."""
        ran = run("verify", package, "--require", "signature", "--json")
        assert (ran.status, ran.last["verdict"]) == (1, "unsound")
        assert "verify.requirement-missing" in [line["code"] for line in ran.of("finding")]

    def test_a_flipped_bit_is_unsound(self, package: Path) -> None:
        """A bit flipped in the middle is found, with the finding's code, place and clause as JSON."""
        data = bytearray(package.read_bytes())
        data[len(data) // 3] ^= 1
        package.write_bytes(data)
        ran = run("verify", package, "--json")
        assert (ran.status, ran.last["verdict"]) == (1, "unsound")
        failed = [line for line in ran.of("finding") if line["status"] == "failed"]
        assert failed
        assert all(line["where"]["package"] == str(package) for line in failed)

    def test_the_worst_verdict_is_the_status(self, package: Path, tmp_path: Path) -> None:
        """All packages are gone through; one that cannot be read makes the status 3."""
        (tmp_path / "bad.wacz").write_bytes(b"no zip")
        ran = run("verify", tmp_path / "bad.wacz", package, tmp_path / "missing.wacz", "--json")
        assert [line["verdict"] for line in ran.of("summary")] == ["unreadable", "sound", "unreadable"]
        assert ran.status == 3

    def test_a_cut_warc_is_unsound(self, package: Path, tmp_path: Path) -> None:
        """A WARC cut in the middle of a record is unsound, not unreadable: what is there is still checked."""
        with zipfile.ZipFile(package) as archive:
            warc = archive.read("archive/data.warc.gz")
        (tmp_path / "cut.warc.gz").write_bytes(warc[: len(warc) * 2 // 3])
        assert run("verify", tmp_path / "cut.warc.gz").status == 1
        (tmp_path / "whole.warc.gz").write_bytes(warc)
        assert run("verify", tmp_path / "whole.warc.gz").status == 0

    def test_words_say_what_is_not_proven(self, package: Path) -> None:
        """The words end with what no verification of bytes can show."""
        ran = run("verify", package)
        assert "unsigned" in ran.out
        assert "not proven" in ran.out


class TestReport:
    """`provenance report`."""

    def test_a_page_is_made(self, text: Path, tmp_path: Path) -> None:
        """The page appears whole, holds the quotation, and the status is the verdict's."""
        run("build", text, "-o", tmp_path / "a.wacz")
        ran = run("report", tmp_path / "a.wacz", "-o", tmp_path / "a.html", "--json")
        assert (ran.status, ran.last["verdict"], ran.last["report"]) == (0, "sound", str(tmp_path / "a.html"))
        assert "We turned back before the second wave came in" in (tmp_path / "a.html").read_text()
        assert run("report", tmp_path / "a.wacz", "-o", tmp_path / "a.html").status == 2

    def test_the_page_cannot_replace_the_package(self, text: Path, tmp_path: Path) -> None:
        """The output cannot be the input, --force or not."""
        run("build", text, "-o", tmp_path / "a.wacz")
        assert run("report", tmp_path / "a.wacz", "-o", tmp_path / "a.wacz", "--force").status == 2
        assert run("verify", tmp_path / "a.wacz").status == 0

    def test_an_unreadable_package_has_a_page_too(self, tmp_path: Path) -> None:
        """Of what cannot be read the page says just that."""
        (tmp_path / "bad.wacz").write_bytes(b"no zip")
        ran = run("report", tmp_path / "bad.wacz", "-o", tmp_path / "bad.html")
        assert ran.status == 3
        assert "unreadable" in (tmp_path / "bad.html").read_text()


def test_a_report_names_a_source_without_outlet_by_its_headline(tmp_path: Path) -> None:
    """Where the outlet of a source is not stated, the page names its headline, and not a number of its own."""
    said = "“We have no choice but to raise the fares this spring, because fuel costs have doubled,”"
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text(f"Ferry fare rises in Halden Bay\n\nMarch 4, 2024\n\n{said} said Marta Kole.\n")
    second.write_text(
        f"Fares up once more\n\nMarch 5, 2024\n\nMarta Kole said: {said.replace('no choice', 'a choice')} It rained.\n"
    )
    assert run("build", first, second, "-o", tmp_path / "a.wacz").status == 0
    assert run("report", tmp_path / "a.wacz", "-o", tmp_path / "a.html").status == 0

    page = (tmp_path / "a.html").read_text(encoding="utf-8")

    assert "First at hand:</b> Ferry fare rises in Halden Bay, 2024-03-04" in page
    assert "<figcaption>Ferry fare rises in Halden Bay, 2024-03-04" in page


def test_nothing_to_build_keeps_the_hint_of_what_was_refused(tmp_path: Path) -> None:
    """Where no input could be read, it is said what to do about the first, and that nothing is built."""
    ran = run("build", tmp_path / "absent.txt", "-o", tmp_path / "a.wacz")

    assert ran.status == 2
    assert "look whether the name is right" in ran.err
    assert "nothing to build" in ran.err
    assert not (tmp_path / "a.wacz").exists()
