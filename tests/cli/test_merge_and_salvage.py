"""Transcripts of `merge`, `salvage` and the options of `build` that shape the records."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import packages
import pytest
import warcs
from cli.command import run
from interop.served import served

import archive
from archive.digest import digest
from archive.warc.record import NewRecord

TEXTS = [
    "A bridge opened\n\nThe bridge opened on Sunday. “It stands,” said Ana Holt.\n",
    "The bridge again\n\nNobody fell. “It stands,” said Ana Holt, an engineer.\n",
    "Rain\n\nIt rained. “We are wet,” the mayor said.\n",
]


@pytest.fixture
def made(tmp_path: Path) -> list[Path]:
    """Return two packages that have one document in common."""
    for number, text in enumerate(TEXTS):
        (tmp_path / f"{number}.txt").write_text(text)
    for name, numbers in (("a", (0, 1)), ("b", (1, 2))):
        ran = run("build", *(tmp_path / f"{n}.txt" for n in numbers), "-o", tmp_path / f"{name}.wacz")
        assert ran.status == 0
    return [tmp_path / "a.wacz", tmp_path / "b.wacz"]


def ids(path: Path) -> list[str | None]:
    """Return the ids of all records but the first, which speaks of the file."""
    with archive.open(path) as package:
        return [record.header.get("WARC-Record-ID") for record in package.records()][1:]


class TestMerge:
    """`provenance merge`."""

    def test_two_packages_of_ours(self, made: list[Path], tmp_path: Path) -> None:
        """All documents are there once with their ids, articles traced over both; the result is sound."""
        ran = run("merge", *made, "-o", tmp_path / "c.wacz", "--json")

        assert (0, 3) == (ran.status, ran.last["doubled"])
        assert list(dict.fromkeys(ids(made[0]) + ids(made[1]))) == ids(tmp_path / "c.wacz")
        report = run("verify", tmp_path / "c.wacz", "--json")
        assert ("sound", 0) == (report.last["verdict"], report.status)
        traces = run("show", tmp_path / "c.wacz", "--json").of("article")
        assert 3 == len(traces)

    def test_what_the_originals_said_is_kept(self, made: list[Path], tmp_path: Path) -> None:
        """Digest, size and manifest of each original stand in the result, and of those of an original that was merged."""
        run("merge", *made, "-o", tmp_path / "c.wacz")
        run("merge", tmp_path / "c.wacz", made[0], "-o", tmp_path / "d.wacz")
        with archive.open(tmp_path / "d.wacz") as package:
            rows = [json.loads(raw) for _, raw in package.lines("provenance/originals.jsonl")]

        assert ["a.wacz", "b.wacz", "c.wacz", "a.wacz"] == [row["name"] for row in rows]
        assert digest(made[1].read_bytes()) == rows[1]["digest"]
        with archive.open(made[1]) as package:
            assert package.read_member("datapackage.json").decode() == rows[1]["manifest"]

    def test_the_order_of_doing_it_again_is_the_same(self, made: list[Path], tmp_path: Path) -> None:
        """The same packages give the same bytes."""
        for name in "cd":
            run("merge", *made, "-o", tmp_path / f"{name}.wacz")

        assert (tmp_path / "c.wacz").read_bytes() == (tmp_path / "d.wacz").read_bytes()

    def test_with_others(self, made: list[Path], tmp_path: Path) -> None:
        """A WARC of somebody else joins with its records as they stand; documents in it get text and articles."""
        (tmp_path / "x.warc.gz").write_bytes(warcs.members([warcs.response()]))
        ran = run("merge", made[0], tmp_path / "x.warc.gz", "-o", tmp_path / "c.wacz", "--json")

        assert 0 == ran.status
        assert "sound" == run("verify", tmp_path / "c.wacz", "--json").last["verdict"]
        assert warcs.ID % 1 in ids(tmp_path / "c.wacz")
        assert 3 == len(run("show", tmp_path / "c.wacz", "--json").of("article"))

    def test_an_id_of_two_records(self, tmp_path: Path) -> None:
        """`merge.id-conflict`: the first is taken, the second left out and named; a sound pair gives none."""
        for name, block in (("a", b"one"), ("b", b"two")):
            (tmp_path / f"{name}.warc.gz").write_bytes(warcs.members([warcs.record(block=block)]))
        ran = run(
            "merge", tmp_path / "a.warc.gz", tmp_path / "b.warc.gz", "-o", tmp_path / "c.wacz", "--json"
        )

        assert (1, ["merge.id-conflict"]) == (ran.status, [line["code"] for line in ran.of("finding")])
        assert str(tmp_path / "b.warc.gz") == ran.of("finding")[0]["where"]["package"]
        again = run("merge", tmp_path / "a.warc.gz", "-o", tmp_path / "d.wacz", "--json")
        assert (0, []) == (again.status, again.of("finding"))

    def test_a_damaged_record(self, tmp_path: Path) -> None:
        """`merge.record-left-out`: what is cut off is not taken over."""
        stored = warcs.members([warcs.record(number=1), warcs.record(number=2)])
        (tmp_path / "a.warc.gz").write_bytes(stored[:-20])
        ran = run("merge", tmp_path / "a.warc.gz", "-o", tmp_path / "c.wacz", "--json")

        assert (1, {"merge.record-left-out"}) == (ran.status, {line["code"] for line in ran.of("finding")})
        assert [warcs.ID % 1] == ids(tmp_path / "c.wacz")

    def test_pages_of_one_id(self, tmp_path: Path) -> None:
        """`merge.page-conflict`: two different pages with one id are both listed."""
        from archive.wacz.pages import Page

        for number in (1, 2):
            with archive.PackageWriter(tmp_path / f"{number}.wacz", software="other/1") as writer:
                writer.write(packages.response(number, page=False))
                writer.add_page(
                    Page(packages.URL.format(number), packages.DATE.format(number), "P", id="same")
                )
        ran = run("merge", tmp_path / "1.wacz", tmp_path / "2.wacz", "-o", tmp_path / "c.wacz", "--json")

        assert ["merge.page-conflict"] == [line["code"] for line in ran.of("finding")]
        assert (0, 2) == (ran.status, ran.last["pages"])

    def test_a_package_on_a_server(self, made: list[Path], tmp_path: Path) -> None:
        """A package is merged from an address as from a path."""
        with served({"/b.wacz": made[1].read_bytes()}) as address:
            ran = run("merge", made[0], f"{address}/b.wacz", "-o", tmp_path / "m.wacz", "--json")

        run("merge", *made, "-o", tmp_path / "n.wacz")
        assert 0 == ran.status
        assert ids(tmp_path / "n.wacz") == ids(tmp_path / "m.wacz")

    def test_it_does_not_replace_an_original(self, made: list[Path]) -> None:
        """An original as output is misuse, also with --force."""
        before = made[0].read_bytes()

        assert 2 == run("merge", *made, "-o", made[0], "--force").status
        assert before == made[0].read_bytes()


class TestDedup:
    """`--dedup`."""

    def test_a_payload_twice(self, tmp_path: Path) -> None:
        """`input.payload-kept-once`: the second capture is a revisit; without --dedup both stay as they are."""
        stored = [
            warcs.response(number=n, fields={"WARC-Target-URI": f"https://daily.example/{n}"}) for n in (1, 2)
        ]
        (tmp_path / "x.warc.gz").write_bytes(warcs.members(stored))
        for verb in ("build", "merge"):
            ran = run(verb, tmp_path / "x.warc.gz", "-o", tmp_path / f"{verb}.wacz", "--dedup", "--json")
            assert ["input.payload-kept-once"] == [
                line["code"] for line in ran.of("finding") if line["status"] == "note"
            ]
            with archive.open(tmp_path / f"{verb}.wacz") as package:
                kinds = [record.header.get("WARC-Type") for record in package.records()]
            assert (1, 1) == (kinds.count("response"), kinds.count("revisit"))
            assert "unsound" != run("verify", tmp_path / f"{verb}.wacz", "--json").last["verdict"]
        plain = run("build", tmp_path / "x.warc.gz", "-o", tmp_path / "plain.wacz", "--json")
        assert "input.payload-kept-once" not in {line["code"] for line in plain.of("finding")}

    def test_split(self, made: list[Path], tmp_path: Path) -> None:
        """--max-warc-size splits the records; a size that is none is misuse."""
        ran = run("build", tmp_path / "0.txt", "-o", tmp_path / "s.wacz", "--max-warc-size", "2K", "--json")
        assert 0 == ran.status
        with archive.open(tmp_path / "s.wacz") as package:
            assert len(package.warc_names) > 1
        assert "sound" == run("verify", tmp_path / "s.wacz", "--json").last["verdict"]
        for size in ("0", "x", "1Q", "-1", "1.5G"):
            assert (
                2
                == run(
                    "build", tmp_path / "0.txt", "-o", tmp_path / "t.wacz", f"--max-warc-size={size}"
                ).status
            )


class TestSalvage:
    """`provenance salvage`."""

    @pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.99])
    def test_a_package_that_is_cut(self, made: list[Path], tmp_path: Path, share: float) -> None:
        """Every record in front of the cut is in the result, which is whole; what was cut is told."""
        data = made[0].read_bytes()
        at = int(len(data) * share)
        (tmp_path / "broken.wacz").write_bytes(data[:at])
        with archive.open(made[0]) as package:
            (warc,) = (each for each in package.members if each.name.startswith("archive/"))
            ends = {
                placed.record_id: warc.offset_bytes + placed.offset_bytes + placed.length_bytes
                for placed in package.survey(warc.name).placed
            }
        expected = {record_id for record_id, end in ends.items() if end <= at}
        ran = run("salvage", tmp_path / "broken.wacz", "-o", tmp_path / "r.wacz", "--json")

        assert expected <= set(ids(tmp_path / "r.wacz"))
        assert len(expected) == ran.last["kept"]
        assert ran.status == (1 if len(expected) < len(ends) else 0)
        report = packages.verify((tmp_path / "r.wacz").read_bytes())
        assert "sound" == report.verdict

    def test_a_sound_package(self, made: list[Path], tmp_path: Path) -> None:
        """Of a sound package nothing is lost, and nothing is told."""
        ran = run("salvage", made[0], "-o", tmp_path / "r.wacz", "--json")

        assert (0, []) == (ran.status, ran.of("loss"))
        assert ids(made[0]) == ids(tmp_path / "r.wacz")[1:]
        assert "sound" == run("verify", tmp_path / "r.wacz", "--json").last["verdict"]

    def test_a_compressed_member_of_a_broken_zip(self, tmp_path: Path) -> None:
        """The records of a member that is deflated are rescued too, where the ZIP has bytes that belong to nothing."""
        path = tmp_path / "broken.wacz"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            made.writestr("archive/data.warc", b"".join(warcs.record(number=n) for n in (1, 2, 3)))
        path.write_bytes(path.read_bytes() + b"junk")

        assert 3 == run("salvage", path, "-o", tmp_path / "r.wacz", "--json").last["kept"]

    def test_a_warc_in_a_record_of_a_broken_zip(self, tmp_path: Path) -> None:
        """What is compressed inside a record is a part of it: its records are none of the package."""
        path, inner = tmp_path / "broken.wacz", gzip.compress(warcs.record(number=9), mtime=0)
        with zipfile.ZipFile(path, "w") as made:
            made.writestr("archive/data.warc", warcs.record(number=1) + warcs.record(None, inner, number=2))
        path.write_bytes(path.read_bytes() + b"junk")
        ran = run("salvage", path, "-o", tmp_path / "r.wacz", "--json")

        assert 2 == ran.last["kept"]
        assert [warcs.ID % 1, warcs.ID % 2] == ids(tmp_path / "r.wacz")[-2:]

    def test_a_flipped_bit_in_a_member(self, made: list[Path], tmp_path: Path) -> None:
        """The record it lies in is told with its place, what it was, why, and where what can be read of it lies."""
        data = bytearray(made[0].read_bytes())
        with archive.open(made[0]) as package:
            (warc,) = (each for each in package.members if each.name.startswith("archive/"))
            placed = package.survey(warc.name).placed[1]
        data[warc.offset_bytes + placed.offset_bytes + placed.length_bytes - 6] ^= 1  # in its CRC-32
        (tmp_path / "broken.wacz").write_bytes(bytes(data))
        ran = run("salvage", tmp_path / "broken.wacz", "-o", tmp_path / "r.wacz", "--json")

        (loss,) = ran.of("loss")
        assert ("aside", "gzip.crc", placed.record_id) == (loss["fate"], loss["reason"], loss["record"])
        assert (placed.offset_bytes, placed.length_bytes) == (loss["offset_bytes"], loss["length_bytes"])
        assert loss["kept_as"] in ids(tmp_path / "r.wacz")
        assert placed.record_id not in ids(tmp_path / "r.wacz")
        with archive.open(tmp_path / "r.wacz") as package:
            (row,) = (json.loads(raw) for _, raw in package.lines("provenance/salvage.jsonl"))
        assert {key: loss[key] for key in row} == row

    def test_a_bare_warc(self, tmp_path: Path) -> None:
        """A WARC becomes a WARC where that is asked for."""
        stored = warcs.members([warcs.record(number=n) for n in range(1, 5)])
        (tmp_path / "x.warc.gz").write_bytes(b"junk" + stored[:-9])
        ran = run("salvage", tmp_path / "x.warc.gz", "-o", tmp_path / "r.warc.gz", "--json")

        assert (1, 3) == (ran.status, ran.last["kept"])
        assert "sound" == run("verify", tmp_path / "r.warc.gz", "--json").last["verdict"]

    def test_records_without_an_id(self, tmp_path: Path) -> None:
        """Records that have no id are no others under the same id: each is kept as it was, the same one once."""
        records = [warcs.record({"WARC-Record-ID": None}, b"%d" % n) for n in (1, 2, 2)]
        (tmp_path / "x.warc.gz").write_bytes(b"".join(map(gzip.compress, records)))
        ran = run("salvage", tmp_path / "x.warc.gz", "-o", tmp_path / "r.warc.gz", "--json")

        assert 2 == ran.last["kept"]
        assert ["as-it-was", "as-it-was", "doubled"] == [
            row["fate"] for row in ran.lines if row["type"] == "loss"
        ]

    @pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04 nothing", bytes(5000)])
    def test_nothing_to_rescue(self, tmp_path: Path, data: bytes) -> None:
        """Where no record can be read that is said, and no file appears."""
        (tmp_path / "x.warc.gz").write_bytes(data)
        ran = run("salvage", tmp_path / "x.warc.gz", "-o", tmp_path / "r.wacz", "--json")

        assert (3, "error") == (ran.status, ran.last["type"])
        assert ["x.warc.gz"] == [path.name for path in tmp_path.iterdir()]

    def test_an_unfinished_build(self, tmp_path: Path) -> None:
        """What a killed build left is rescued too, without its journal."""
        with archive.PackageWriter(tmp_path / "x.wacz", survive=True) as writer:
            for number in range(3):
                writer.write(
                    NewRecord("resource", packages.CREATED, b"x" * 99, f"urn:x:{number}", "text/plain")
                )
            writer.commit({"input": "x"})
            left = (tmp_path / "x.wacz.unfinished").read_bytes()
        (tmp_path / "left.wacz").write_bytes(left)

        assert 4 == run("salvage", tmp_path / "left.wacz", "-o", tmp_path / "r.wacz", "--json").last["kept"]
