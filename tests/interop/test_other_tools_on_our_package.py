"""What other people's tools say of a package that `provenance build` made, and of a damaged copy of it."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest
from interop.packages_made import (
    INDEX,
    WARC,
    Made,
    altered,
    records_of,
    repack,
    run,
    tool,
    write,
)

import provenance

MANIFEST, MANIFEST_DIGEST = "datapackage.json", "datapackage-digest.json"


@pytest.fixture
def warc(made: Made, tmp_path: Path) -> Path:
    """Return the WARC of the package, as a file of its own."""
    return made.unpack_warc(tmp_path)


@pytest.fixture
def damaged(made: Made, tmp_path: Path) -> Path:
    """Return a copy of the WARC with one byte of a document changed; its gzip checksums are right."""
    return write(tmp_path / "damaged.warc.gz", altered(made.member(WARC)))


class TestWarcio:
    """warcio 1.8: `index` and `check`, which exits 0 on much, so that its words are read as well."""

    def test_index_lists_every_record(self, made: Made, warc: Path) -> None:
        """`warcio index` finds the warcinfo record, then original, text and articles of each document, and nothing else."""
        listed = run(tool("warcio"), "index", "-f", "warc-type", warc)

        assert 0 == listed.returncode, listed.stdout
        types = [json.loads(line)["warc-type"] for line in listed.stdout.splitlines()]
        assert ["warcinfo", *["resource", "conversion", "metadata"] * made.documents] == types
        assert made.summary["records"] == len(types)

    def test_index_finds_what_our_index_names(self, made: Made, warc: Path) -> None:
        """Address and offset of each original and its articles are those in the package's own index."""
        listed = run(tool("warcio"), "index", "-f", "warc-type,warc-target-uri,offset", warc)

        rows = [json.loads(line) for line in listed.stdout.splitlines()]
        ours = [json.loads(line.split(" ", 2)[2]) for line in made.index_lines()]
        indexed = {
            (r["warc-target-uri"], r["offset"]) for r in rows if r["warc-type"] in ("resource", "metadata")
        }
        assert indexed == {(fields["url"], fields["offset"]) for fields in ours}

    def test_check_passes_every_record(self, made: Made, warc: Path) -> None:
        """`warcio check` computes the digests of every record and passes each."""
        checked = run(tool("warcio"), "check", "-v", warc)

        verdicts = [line.strip() for line in checked.stdout.splitlines() if "offset" not in line][1:]
        assert 0 == checked.returncode
        assert ["digest pass"] * made.summary["records"] == verdicts

    def test_check_sees_a_changed_byte(self, damaged: Path) -> None:
        """`warcio check` names the digest that fails on the damaged copy, and exits 1."""
        checked = run(tool("warcio"), "check", "-v", damaged)

        assert 1 == checked.returncode
        assert 1 == checked.stdout.count("block digest failed")


class TestFastwarc:
    """FastWARC 2.0: block digests. Its payload check fails every resource record, whoever wrote it."""

    def test_block_digests_are_right(self, made: Made, warc: Path, tmp_path: Path) -> None:
        """`fastwarc check` verifies every record."""
        checked = run(tool("fastwarc"), "check", "-q", "-o", tmp_path / "said", warc)

        verdicts = [line.split(": ")[-1] for line in (tmp_path / "said").read_text().splitlines()]
        assert 0 == checked.returncode, checked.stdout
        assert ["OK"] * made.summary["records"] == verdicts

    def test_a_changed_byte_is_seen(self, made: Made, damaged: Path, tmp_path: Path) -> None:
        """`fastwarc check` fails one record of the damaged copy, and exits 1."""
        checked = run(tool("fastwarc"), "check", "-q", "-o", tmp_path / "said", damaged)

        verdicts = [line.split(": ")[-1] for line in (tmp_path / "said").read_text().splitlines()]
        assert 1 == checked.returncode
        assert ["FAIL"] == [verdict for verdict in verdicts if verdict != "OK"]
        assert made.summary["records"] == len(verdicts)


class TestCdxjIndexer:
    """cdxj-indexer 1.5 writes the index that the package has, but for one digest that it makes up."""

    def test_the_lines_are_the_same(self, made: Made, warc: Path) -> None:
        """Each line is ours to the letter; where a record has no payload digest, it names the same block by SHA-1.

        A metadata record has none (WARC 1.1 §5.9 forbids it): cdxj-indexer then computes a SHA-1 of the block, ours
        is the SHA-256 that the record has for its block.
        """
        indexed = run(tool("cdxj-indexer"), "-s", warc)
        blocks = {_header(record, b"WARC-Block-Digest"): record for record in records_of(warc.read_bytes())}

        expected = [_by_sha1(line, blocks) for line in made.index_lines()]

        assert 0 == indexed.returncode
        assert expected == indexed.stdout.splitlines()

    def test_another_warc_has_other_lines(self, made: Made, tmp_path: Path) -> None:
        """Without its first record the WARC has another index: the lines depend on what is there."""
        whole = made.member(WARC)
        second = whole.index(b"\x1f\x8b\x08", 1)
        indexed = run(tool("cdxj-indexer"), "-s", write(tmp_path / "data.warc.gz", whole[second:]))

        theirs = indexed.stdout.splitlines()
        assert len(made.index_lines()) == len(theirs)
        assert set() == set(made.index_lines()) & set(theirs)


def _header(record: bytes, name: bytes) -> str:
    head = record.partition(b"\r\n\r\n")[0]
    values = [line.partition(b": ")[2] for line in head.split(b"\r\n") if line.startswith(name + b":")]
    return values[0].decode() if values else ""


def _by_sha1(line: str, blocks: dict[str, bytes]) -> str:
    """Return an index line with the digest that cdxj-indexer computes where the record has no payload digest."""
    digest = json.loads(line.split(" ", 2)[2])["digest"]
    record = blocks[digest]
    if _header(record, b"WARC-Payload-Digest"):
        return line
    assert "metadata" == _header(record, b"WARC-Type")
    block = record.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n\r\n")
    return line.replace(digest, "sha1:" + base64.b32encode(hashlib.sha1(block).digest()).decode())


class TestWacz:
    """py-wacz 0.6: `wacz validate`, and `wacz create` on our records."""

    def test_the_package_is_valid(self, made: Made) -> None:
        """`wacz validate` takes the package for version 1.1.1 and calls it valid."""
        said = run(tool("wacz"), "validate", "-f", made.path)

        assert 0 == said.returncode, said.stdout
        assert "Version detected as 1.1.1" in said.stdout
        assert "Validation succeeded, the passed WACZ is valid" in said.stdout

    @pytest.mark.parametrize("member", [WARC, INDEX, "pages/pages.jsonl", MANIFEST])
    def test_a_changed_member_is_not_valid(self, made: Made, member: str, tmp_path: Path) -> None:
        """`wacz validate` calls a package invalid in which a member has other bytes than were vouched for."""
        other = made.member(member).replace(b"a", b"b") + b"\n"
        path = repack(made.path, tmp_path / "changed.wacz", {member: other})

        said = run(tool("wacz"), "validate", "-f", path)

        assert 0 != said.returncode, said.stdout
        assert "is valid" not in said.stdout

    def test_a_package_that_it_makes_of_our_records_is_sound(self, made: Made, tmp_path: Path) -> None:
        """Our records and pages, packed by `wacz create`, are a sound package to us."""
        warc = made.unpack_warc(tmp_path)
        pages = write(tmp_path / "pages.jsonl", made.member("pages/pages.jsonl"))
        theirs = tmp_path / "theirs.wacz"
        created = run(tool("wacz"), "create", "-f", warc, "-p", pages, "-o", theirs)

        report = provenance.verify(theirs)

        assert 0 == created.returncode, created.stdout
        assert ("sound", made.summary["records"]) == (report.verdict, report.coverage["records"].checked)


class TestUnzip:
    """A stranger with `unzip` and `sha256sum` can check the digest that was printed or sent by another way."""

    def test_the_manifest_has_the_digest_that_build_printed(self, made: Made) -> None:
        """`unzip -p PACKAGE datapackage.json | sha256sum` gives the digest that build printed and the package holds."""
        script = '"$0" -p "$1" datapackage.json | "$2"'
        piped = run("sh", "-c", script, tool("unzip"), made.path, tool("sha256sum"))

        held = json.loads(made.member(MANIFEST_DIGEST))
        assert f"{made.summary['manifest_digest'].removeprefix('sha256:')}  -\n" == piped.stdout
        assert {"path": MANIFEST, "hash": made.summary["manifest_digest"]} == held

    def test_every_resource_has_the_digest_in_the_manifest(self, made: Made, tmp_path: Path) -> None:
        """`sha256sum --check` passes every member that the manifest lists, once `unzip` has taken it out."""
        manifest = json.loads(made.member(MANIFEST))
        sums = [f"{row['hash'].removeprefix('sha256:')}  {row['path']}\n" for row in manifest["resources"]]
        write(tmp_path / "sums", "".join(sums).encode())
        taken = run(tool("unzip"), "-q", made.path, cwd=tmp_path)

        checked = run(tool("sha256sum"), "--check", "--strict", "sums", cwd=tmp_path)

        assert (0, "") == (taken.returncode, taken.stdout)
        assert [f"{row['path']}: OK" for row in manifest["resources"]] == checked.stdout.splitlines()


class TestZip:
    """Packing the members anew with `zip` changes no member, but the file is no longer the one that was made."""

    @pytest.fixture
    def unpacked(self, made: Made, tmp_path: Path) -> Path:
        """Return a folder with the members of the package."""
        folder = tmp_path / "unpacked"
        run(tool("unzip"), "-q", made.path, "-d", folder)
        return folder

    def test_repacking_our_own_is_said_and_everything_else_holds(
        self, unpacked: Path, tmp_path: Path
    ) -> None:
        """A package that claims to be ours fails by its ZIP's form alone; every record, line and member is right."""
        repacked = _zipped(unpacked, tmp_path)

        report = provenance.verify(repacked)

        assert ["zip.not-canonical"] == [f.code for f in report.findings if f.status == "failed"]
        assert "unsound" == report.verdict
        assert [] == [name for name, count in report.coverage.items() if count.checked != count.present]

    def test_the_same_from_other_software_is_sound(self, unpacked: Path, tmp_path: Path) -> None:
        """Where the manifest names other software, the form of the ZIP is only noted."""
        manifest = (unpacked / MANIFEST).read_bytes().replace(b"source-provenance/", b"somebodys-archiver/")
        write(unpacked / MANIFEST, manifest)
        digest = {"path": MANIFEST, "hash": "sha256:" + hashlib.sha256(manifest).hexdigest()}
        write(unpacked / MANIFEST_DIGEST, json.dumps(digest).encode())

        report = provenance.verify(_zipped(unpacked, tmp_path))

        assert "sound" == report.verdict
        assert "note" == {f.code: f.status for f in report.findings}["zip.not-canonical"]


def _zipped(folder: Path, tmp_path: Path) -> Path:
    packed = run(tool("zip"), "-q", "-0", "-X", "-r", tmp_path / "zipped.wacz", ".", cwd=folder)
    assert 0 == packed.returncode, packed.stdout
    return tmp_path / "zipped.wacz"
