"""Restoring a package from copies: byte for byte as it was, or nothing, and the reason why."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import Counter
from pathlib import Path

import packages
import pytest
from damage import forge
from damage.forge import DIGEST, INDEX, MANIFEST, WARC

from archive.copies.bare import restore_warc
from archive.copies.restoring import Restored, restore
from archive.errors import OutputExists
from archive.wacz.reader import open_package

WHOLE = packages.build(4)
PARTS = forge.members(WHOLE)
PLACES = {member.name: member.offset_bytes + 30 + len(member.name) for member in forge.laid(WHOLE)}
RECORDS = forge.records(PARTS)
STARTS = [PLACES[WARC] + sum(map(len, RECORDS[:number])) for number in range(len(RECORDS))]


def flipped(data: bytes, *places: int, length: int = 1) -> bytes:
    """Return data with every bit flipped in some stretches."""
    damaged = bytearray(data)
    for place in places:
        for at in range(place, place + length):
            damaged[at] ^= 0xFF
    return bytes(damaged)


def restored(tmp_path: Path, *copies: bytes, name: str = "out.wacz") -> tuple[Restored, bytes | None]:
    """Restore from copies; return what it came to, and what was written."""
    opened = [open_package(io.BytesIO(data), name=f"copy{n}.wacz") for n, data in enumerate(copies)]
    outcome = restore(opened, tmp_path / name)
    assert outcome.written == (tmp_path / name).exists()
    return outcome, (tmp_path / name).read_bytes() if outcome.written else None


def codes(outcome: Restored) -> Counter[str]:
    """Count findings by code."""
    return Counter(finding.code for finding in outcome.findings)


class TestRestored:
    """What comes back byte for byte."""

    def test_whole_copies(self, tmp_path: Path):
        """Of two whole copies the same file is made, and nothing is said."""
        assert restored(tmp_path, WHOLE, WHOLE) == (
            Restored((), written=True, manifest_digest=forge.sha256(PARTS[MANIFEST]), size_bytes=len(WHOLE)),
            WHOLE,
        )

    def test_records_damaged_in_different_places(self, tmp_path: Path):
        """A record damaged in the first copy is taken from the second, and named; the second's damage is none of it."""
        outcome, data = restored(tmp_path, flipped(WHOLE, STARTS[2] + 40), flipped(WHOLE, STARTS[5] + 40))
        (taken,) = outcome.findings

        assert data == WHOLE
        assert (taken.code, taken.actual) == ("repair.record-taken", "copy1.wacz")
        assert taken.where.offset_bytes == STARTS[2] - PLACES[WARC]
        assert "https://daily.example/1" in taken.message

    def test_one_record_damaged_in_different_bytes(self, tmp_path: Path):
        """A record that no copy has whole is put together from its sound bytes, and the CRC proves it."""
        outcome, data = restored(tmp_path, flipped(WHOLE, STARTS[2] + 40), flipped(WHOLE, STARTS[2] + 90))

        assert data == WHOLE
        assert codes(outcome) == {"repair.bytes-joined": 1}

    def test_three_copies(self, tmp_path: Path):
        """What is damaged in two copies is taken from the third."""
        damaged = [flipped(WHOLE, STARTS[1] + 50, STARTS[3] + 50), flipped(WHOLE, STARTS[1] + 50)]
        outcome, data = restored(tmp_path, *damaged, flipped(WHOLE, STARTS[4] + 9))

        assert data == WHOLE
        assert [f.actual for f in outcome.findings] == ["copy2.wacz", "copy1.wacz"]

    @pytest.mark.parametrize(
        "name", [INDEX, "pages/pages.jsonl", "provenance/articles.jsonl", MANIFEST, DIGEST]
    )
    def test_a_member_of_another_copy(self, tmp_path: Path, name: str):
        """A member damaged in the first copy is taken whole from the second."""
        outcome, data = restored(tmp_path, flipped(WHOLE, PLACES[name] + 7, length=9), WHOLE)

        assert data == WHOLE
        assert [(f.code, f.where.member) for f in outcome.findings] == [("repair.member-taken", name)]

    @pytest.mark.parametrize("name", [INDEX, MANIFEST, DIGEST])
    def test_a_member_damaged_in_different_bytes(self, tmp_path: Path, name: str):
        """A member that no copy has whole is put together, and its digest proves it."""
        outcome, data = restored(
            tmp_path, flipped(WHOLE, PLACES[name] + 12), flipped(WHOLE, PLACES[name] + 70)
        )

        assert data == WHOLE
        assert codes(outcome) == {"repair.bytes-joined": 1}

    def test_headers_and_directory(self, tmp_path: Path):
        """The container of ours is written anew, so damage of it in every copy does no harm."""
        end = WHOLE.rindex(b"PK\x05\x06")
        heads = [place - 10 for place in PLACES.values()]
        outcome, data = restored(tmp_path, flipped(WHOLE, end, end + 9), flipped(WHOLE, *heads))

        assert data == WHOLE
        assert codes(outcome) == {}

    @pytest.mark.parametrize("options", [{}, {"salt_key": b"0123456789abcdef"}, {"warc_bytes": 900}])
    @pytest.mark.parametrize("name", [INDEX, "indexes/index.idx"])
    def test_an_index_lost_everywhere(self, tmp_path: Path, name: str, options: dict):
        """An index is made again from the records, and has the digest that the manifest gives."""
        whole = packages.build(4, **options)
        place = next(m.offset_bytes for m in forge.laid(whole) if m.name == name) + 30 + len(name)
        outcome, data = restored(tmp_path, *[flipped(whole, place + 50, length=20)] * 2)

        assert data == whole
        assert codes(outcome) == {"repair.member-derived": 1}

    def test_a_cut_copy(self, tmp_path: Path):
        """A copy that was cut off gives what it has, though its ZIP has no directory any more."""
        outcome, data = restored(tmp_path, WHOLE[: STARTS[6]], flipped(WHOLE, STARTS[2] + 30))

        assert data == WHOLE
        assert codes(outcome)["repair.record-taken"] == len(RECORDS) - 6

    def test_bytes_that_came_in(self, tmp_path: Path):
        """A copy in which bytes were inserted or lost is shifted, and still gives its records."""
        inserted = WHOLE[: STARTS[2] + 9] + b"xyz" + WHOLE[STARTS[2] + 9 :]
        lost = WHOLE[: STARTS[2] + 9] + WHOLE[STARTS[2] + 14 :]
        other = flipped(WHOLE, STARTS[3] + 40, STARTS[5] + 40)

        assert restored(tmp_path, inserted, other, name="a.wacz")[1] == WHOLE
        assert restored(tmp_path, lost, other, name="b.wacz")[1] == WHOLE

    def test_somebody_elses_package(self, tmp_path: Path):
        """A package in another container is restored into the container of a copy in which that is whole."""
        parts = dict(PARTS)
        manifest = parts[MANIFEST].replace(b'"source-provenance"', b'"some-other-tool"')
        parts |= {MANIFEST: manifest}
        forge.redigest(parts)
        whole = forge.raw_zip([(name.encode(), data) for name, data in parts.items()], mode=0o100644)
        start = whole.index(RECORDS[0])
        one = flipped(whole, start + 90, whole.index(parts[INDEX]) + 30)
        other = flipped(whole, start + len(b"".join(RECORDS[:3])) + 40)
        outcome, data = restored(tmp_path, one, other)

        assert data == whole
        assert codes(outcome) == {"repair.record-taken": 1, "repair.member-taken": 1}


class TestRefused:
    """What is not restored, and never guessed."""

    def test_the_same_record_in_every_copy(self, tmp_path: Path):
        """A record damaged in the same bytes of every copy is lost, and named; nothing is written."""
        outcome, _ = restored(
            tmp_path, flipped(WHOLE, STARTS[2] + 40, STARTS[3] + 1), flipped(WHOLE, STARTS[2] + 40)
        )
        (lost,) = outcome.findings

        assert lost.code == "repair.record-lost"
        assert lost.where.offset_bytes == STARTS[2] - PLACES[WARC]
        assert "https://daily.example/1" in lost.message
        assert not outcome.conflict

    def test_a_member_in_every_copy(self, tmp_path: Path):
        """A table that is damaged in the same bytes everywhere is lost, where nothing makes it again."""
        damaged = flipped(WHOLE, PLACES["provenance/articles.jsonl"] + 2, length=3)
        outcome, _ = restored(tmp_path, damaged, flipped(damaged, STARTS[1] + 30))

        assert codes(outcome)["repair.member-lost"] == 1

    def test_the_manifest_in_every_copy(self, tmp_path: Path):
        """Without any manifest that a digest vouches for, nothing is restored."""
        damaged = flipped(WHOLE, PLACES[MANIFEST] + 50)

        assert codes(restored(tmp_path, damaged, damaged)[0]) == {"repair.manifest-lost": 1}

    def test_two_packages(self, tmp_path: Path):
        """Two packages that are both sound are no copies of each other: which is meant is not guessed."""
        outcome, _ = restored(tmp_path, WHOLE, packages.build(3))

        assert codes(outcome) == {"repair.manifest-conflict": 1}
        assert outcome.conflict

    def test_a_whole_digest_of_a_damaged_manifest_is_heard(self, tmp_path: Path):
        """Where a copy's manifest is damaged, and the digest of it is whole, no other manifest takes its place."""
        mute = flipped(WHOLE, PLACES[MANIFEST] + 50, *(start + 30 for start in STARTS))

        outcome, data = restored(tmp_path, mute, packages.build(3))
        assert (codes(outcome), data) == ({"repair.manifest-conflict": 1}, None)
        assert restored(tmp_path, mute, WHOLE, name="whole.wacz")[1] == WHOLE

    def test_a_forgery_is_not_taken_for_the_original(self, tmp_path: Path):
        """A copy rewritten with everything repaired does not replace what a damaged one still says otherwise."""
        parts = forge.members(WHOLE)
        records = list(RECORDS)
        records[2] = forge.repack(gzip.decompress(records[2]).replace(b"daily.example/1", b"later.example/1"))
        parts[WARC] = b"".join(records)
        for repair in (forge.reindex, forge.reroot, forge.rehash, forge.redigest):
            repair(parts)
        outcome, _ = restored(tmp_path, flipped(WHOLE, PLACES[DIGEST] + 40), forge.pack(parts))

        assert codes(outcome)["repair.record-conflict"] == 1
        assert outcome.conflict

    def test_an_altered_record_under_the_old_manifest(self, tmp_path: Path):
        """A record altered with its digests repaired is refuted by the manifest of the same copy, and not taken."""
        records = list(RECORDS)
        altered = gzip.decompress(records[2]).replace(b"daily.example/1", b"later.example/1")
        records[2] = forge.repack(altered)
        forged = forge.pack({**PARTS, WARC: b"".join(records)})
        outcome, data = restored(tmp_path, forged, flipped(WHOLE, STARTS[5] + 40))

        assert data == WHOLE
        assert codes(outcome) == {"repair.record-taken": 1, "repair.record-refuted": 1}

    @pytest.mark.parametrize("forged_first", [True, False])
    def test_many_altered_records_under_the_old_manifest(self, tmp_path: Path, forged_first: bool):
        """However many records somebody altered under the old manifest, they are refuted, in whichever copy they are."""
        whole = packages.build(12)
        parts = forge.members(whole)
        records = forge.records(parts)
        start = whole.index(records[0])
        altered = [
            forge.repack(gzip.decompress(each).replace(b"WARC/1.1", b"WARC/1.0")) for each in records[1:]
        ]
        forged = forge.pack({**parts, WARC: records[0] + b"".join(altered)})
        copies = [forged, flipped(whole, start + 40)]
        outcome, data = restored(tmp_path, *(copies if forged_first else copies[::-1]))

        assert data == whole
        assert codes(outcome)["repair.record-refuted"] == len(altered)

    def test_a_container_of_somebody_else(self, tmp_path: Path):
        """The ZIP of another program cannot be made anew: where it is damaged everywhere, that is said."""
        parts = dict(PARTS)
        parts[MANIFEST] = parts[MANIFEST].replace(b'"source-provenance"', b'"some-other-tool"')
        forge.redigest(parts)
        whole = forge.raw_zip([(name.encode(), data) for name, data in parts.items()], mode=0o100644)
        place = whole.index(WARC.encode()) + 1
        outcome, _ = restored(tmp_path, flipped(whole, place), flipped(whole, place))

        assert codes(outcome) == {"repair.container-lost": 1}

    def test_an_output_is_not_replaced(self, tmp_path: Path):
        """A file that is there is kept, unless it is to be replaced."""
        (tmp_path / "out.wacz").write_bytes(b"mine")
        with pytest.raises(OutputExists), open_package(io.BytesIO(WHOLE), name="a") as package:
            restore([package, package], tmp_path / "out.wacz")
        assert (tmp_path / "out.wacz").read_bytes() == b"mine"


class TestSignatures:
    """The file that holds the manifest's digest, and whoever vouches for it."""

    def test_another_signature(self, tmp_path: Path):
        """Where copies are signed otherwise, the first one's is kept, and that is told."""
        signed = PARTS[DIGEST].replace(b"\n}\n", b',\n  "signedData": {}\n}\n')
        outcome, data = restored(tmp_path, forge.pack({**PARTS, DIGEST: signed}), WHOLE)

        assert codes(outcome) == {"repair.digest-differs": 1}
        assert data is not None
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            assert package.read(DIGEST) == signed


class TestWarcs:
    """WARCs by themselves."""

    def restored(
        self, tmp_path: Path, *copies: bytes, suffix: str = ".warc.gz"
    ) -> tuple[Restored, bytes | None]:
        """Restore a WARC from copies."""
        path = tmp_path / f"out{suffix}"
        opened = [open_package(io.BytesIO(data), name=f"copy{n}{suffix}") for n, data in enumerate(copies)]
        outcome = restore_warc(opened, path)
        return outcome, path.read_bytes() if outcome.written else None

    @pytest.mark.parametrize("packed", [True, False])
    def test_restored(self, tmp_path: Path, packed: bool):
        """A WARC, compressed or not, is put together from its sound records; that nothing vouches for all is told."""
        records = RECORDS if packed else [gzip.decompress(record) for record in RECORDS]
        whole, suffix = b"".join(records), ".warc.gz" if packed else ".warc"
        starts = [len(b"".join(records[:number])) for number in range(len(records))]
        behind = [start + len(record) - 9 for start, record in zip(starts, records, strict=True)]
        outcome, data = self.restored(
            tmp_path, flipped(whole, behind[2], behind[4]), flipped(whole, behind[3]), suffix=suffix
        )

        assert data == whole
        assert codes(outcome) == {"repair.record-taken": 2, "repair.records-unvouched": 1}

    def test_cut_and_shifted(self, tmp_path: Path):
        """A WARC that was cut and one in which bytes are missing give the whole together."""
        whole = PARTS[WARC]
        end = len(b"".join(RECORDS[:4])) + 20
        hole = len(b"".join(RECORDS[:2])) + 20

        assert self.restored(tmp_path, whole[:end], whole[:hole] + whole[hole + 5 :])[1] == whole

    def test_lost(self, tmp_path: Path):
        """A record that is damaged in both is lost; nothing is written."""
        damaged = flipped(PARTS[WARC], len(RECORDS[0]) + 40)
        outcome, data = self.restored(tmp_path, damaged, damaged)

        assert (data, codes(outcome)) == (None, {"repair.record-lost": 1})

    def test_conflict(self, tmp_path: Path):
        """Two records of one place that are both sound are a conflict, and neither is chosen."""
        records = list(RECORDS)
        records[2] = forge.repack(gzip.decompress(records[2]).replace(b"daily.example/1", b"later.example/1"))
        outcome, data = self.restored(tmp_path, PARTS[WARC], b"".join(records))

        assert (data, codes(outcome)) == (None, {"repair.record-conflict": 1})
        assert outcome.conflict
