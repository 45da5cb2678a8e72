"""Inputs: what an argument can be, and that one bad input never stops the others."""

from __future__ import annotations

import gzip
import io
import os
from pathlib import Path

import pytest

import provenance.codes  # noqa: F401 (registers the codes)
from archive.digest import digest
from archive.limits import Limits
from archive.wacz.output import journal_path, unfinished_path
from provenance.inputs import AddressGiven, ArchiveGiven, Expander, Given, Input, Noticed, Refused


def expand(*arguments: Path | str, **options: object) -> list[Input]:
    """Expand arguments with the given options."""
    return list(Expander(**options).expand(map(str, arguments)))  # type: ignore[arg-type]


class TestFiles:
    """Single files."""

    def test_a_text_is_its_bytes_and_its_time(self, tmp_path: Path) -> None:
        """A file gives its bytes, its media type, and its modification time in UTC."""
        path = tmp_path / "a.txt"
        path.write_bytes(b"words")
        os.utime(path, (0, 1_474_221_720))
        assert expand(path) == [
            Given(str(path), b"words", media_type="text/plain", captured_at="2016-09-18T18:02:00Z")
        ]

    def test_a_gzipped_page_is_a_page(self, tmp_path: Path) -> None:
        """`.html.gz` is inflated and read as a page."""
        path = tmp_path / "a.html.gz"
        path.write_bytes(gzip.compress(b"<p>words"))
        (item,) = expand(path)
        assert isinstance(item, Given)
        assert (item.data, item.media_type) == (b"<p>words", "text/html")

    def test_a_damaged_gzip_is_refused(self, tmp_path: Path) -> None:
        """A cut gzip file is refused with words, not half read."""
        path = tmp_path / "a.txt.gz"
        path.write_bytes(gzip.compress(b"words" * 1000)[:-9])
        (item,) = expand(path)
        assert isinstance(item, Refused)
        assert item.error.code == "input"

    def test_an_endless_gzip_is_refused(self, tmp_path: Path) -> None:
        """A gzip bomb stops at the size a document may have."""
        path = tmp_path / "a.txt.gz"
        path.write_bytes(gzip.compress(bytes(1_000_000)))
        (item,) = expand(path, limits=Limits(document_bytes=1000))
        assert isinstance(item, Refused)
        assert item.error.code == "limit-exceeded"

    def test_archives_are_known_by_name_or_bytes(self, tmp_path: Path) -> None:
        """A WARC or WACZ is known by its name, and under any name by its first bytes."""
        for name, data in {
            "a.wacz": b"",
            "b.warc": b"",
            "c.warc.gz": b"",
            "d.dat": b"WARC/1.1\r\n",
            "e.gz": gzip.compress(b"WARC/1.0\r\n"),
            "f.zip": b"PK\x03\x04",
        }.items():
            (tmp_path / name).write_bytes(data)
        assert [type(item) for item in expand(tmp_path)] == [ArchiveGiven] * 6

    def test_what_is_not_there_is_refused_and_the_rest_done(self, tmp_path: Path) -> None:
        """A missing file is refused by name; the file after it is read."""
        path = tmp_path / "a.txt"
        path.write_bytes(b"words")
        refused, given = expand(tmp_path / "no.txt", path)
        assert isinstance(refused, Refused)
        assert refused.error.code == "not-found"
        assert isinstance(given, Given)

    def test_a_url_is_for_capturing(self) -> None:
        """An http or https URL is not looked for among the files."""
        assert expand("https://a.example/1") == [AddressGiven("https://a.example/1")]

    @pytest.mark.parametrize(
        "address",
        ["https://a.example/x.wacz", "http://a.example/X.WARC.GZ?token=1#top", "s3://bucket/a.warc"],
    )
    def test_an_archive_elsewhere(self, address: str) -> None:
        """An address whose path is named like an archive is an archive there, not a page to be captured."""
        assert expand(address) == [ArchiveGiven(address, address)]

    @pytest.mark.parametrize("address", ["s3://bucket/a.html", "memory://x"])
    def test_only_archives_lie_elsewhere(self, address: str) -> None:
        """Nothing but archives is read from where fsspec leads; the error says so."""
        (refused,) = expand(address)

        assert isinstance(refused, Refused)
        assert "only archives" in refused.error.message

    def test_standard_input_is_a_document(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """`-` reads standard input, and --url says where it was captured."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"words")))
        assert expand("-", urls={"-": "https://a.example/"}) == [
            Given("-", b"words", url="https://a.example/")
        ]


class TestFolders:
    """Folders are gone through in order."""

    def test_files_come_in_order_and_hidden_ones_stay_out(self, tmp_path: Path) -> None:
        """Files come sorted, folder by folder, without dot files."""
        for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(b"x")
        assert [Path(item.name).name for item in expand(tmp_path)] == ["a.txt", "b.txt", "c.txt"]

    def test_a_folder_that_is_a_link_to_itself_is_refused(self, tmp_path: Path) -> None:
        """A link that leads to itself is refused with words."""
        loop = tmp_path / "loop"
        loop.symlink_to(loop)
        (item,) = expand(loop)
        assert isinstance(item, Refused)

    def test_a_folder_may_be_deep(self, tmp_path: Path) -> None:
        """Folders within folders are gone through, however deep they are."""
        deep = tmp_path
        for _ in range(150):
            deep = deep / "d"
            deep.mkdir()
        (deep / "a.txt").write_bytes(b"x")
        assert [Path(item.name).name for item in expand(tmp_path)] == ["a.txt"]

    def test_files_come_before_the_folders_below(self, tmp_path: Path) -> None:
        """The files of a folder come first, then each folder below it, by name."""
        for name in ("b/1.txt", "a/2.txt", "c.txt"):
            (tmp_path / name).parent.mkdir(exist_ok=True)
            (tmp_path / name).write_bytes(b"x")
        assert [Path(item.name).name for item in expand(tmp_path)] == ["c.txt", "2.txt", "1.txt"]

    def test_a_link_inside_a_folder_is_noticed(self, tmp_path: Path) -> None:
        """A linked folder is not followed round in circles, and this is said."""
        (tmp_path / "again").symlink_to(tmp_path)
        (item,) = expand(tmp_path)
        assert isinstance(item, Noticed)
        assert item.finding.code == "input.link-skipped"

    def test_the_output_is_no_input_of_itself(self, tmp_path: Path) -> None:
        """What is being made is left out of the folder it lies in, in each form it has, and this is said."""
        output, other = tmp_path / "out.wacz", tmp_path / "other" / "out.wacz"
        other.parent.mkdir()
        for path in (output, unfinished_path(output), journal_path(output), other, tmp_path / "a.txt"):
            path.write_bytes(b"PK\x03\x04")
        inputs = list(Expander(output=output).expand([str(tmp_path)]))
        skipped = [
            item.name
            for item in inputs
            if isinstance(item, Noticed) and item.finding.code == "input.output-skipped"
        ]
        assert [str(output), str(unfinished_path(output)), str(journal_path(output))] == skipped
        assert [str(tmp_path / "a.txt"), str(other)] == [
            item.name for item in inputs if not isinstance(item, Noticed)
        ]

    def test_an_output_elsewhere_is_not_noticed(self, tmp_path: Path) -> None:
        """Without the output among them, every file of a folder is an input."""
        (tmp_path / "a.wacz").write_bytes(b"PK")
        (item,) = Expander(output=tmp_path / "b.wacz").expand([str(tmp_path)])
        assert isinstance(item, ArchiveGiven)

    def test_no_link_no_notice(self, tmp_path: Path) -> None:
        """A folder without links has nothing to say about them."""
        (tmp_path / "sub").mkdir()
        assert expand(tmp_path) == []


class TestSeedLists:
    """A seed list stands for its documents."""

    @pytest.fixture
    def seed_list(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Return a list of one document, whose text lies in texts/."""
        monkeypatch.delenv("PROVENANCE_SEED_TEXTS", raising=False)
        (tmp_path / "texts").mkdir()
        (tmp_path / "texts" / "a.txt").write_bytes(b"words")
        path = tmp_path / "list.toml"
        path.write_text(
            f"[collection]\ntexts = 'texts'\n[[document]]\nfile = 'a.txt'\ndigest = '{digest(b'words')}'\n"
            "url = 'https://a.example/1'\ncaptured_at = 2016-09-18T18:02:00Z\n"
        )
        return path

    def test_the_list_says_address_and_time(self, seed_list: Path) -> None:
        """A document takes its address and its time of capture from the list."""
        (item,) = expand(seed_list)
        assert isinstance(item, Given)
        assert (item.url, item.captured_at) == ("https://a.example/1", "2016-09-18T18:02:00Z")

    def test_an_absent_document_is_skipped_with_the_reason(self, seed_list: Path) -> None:
        """`seed.absent`: the file is not in the folder."""
        (item,) = expand(seed_list, texts=seed_list.parent)
        assert isinstance(item, Noticed)
        assert item.finding.code == "seed.absent"

    def test_another_digest_is_another_document(self, seed_list: Path) -> None:
        """`seed.digest-mismatch`: the bytes are not those the list vouches for, and are left out."""
        (seed_list.parent / "texts" / "a.txt").write_bytes(b"other words")
        (item,) = expand(seed_list)
        assert isinstance(item, Noticed)
        assert (item.finding.code, item.finding.status) == ("seed.digest-mismatch", "failed")
