"""Comparing archives: every difference is named with its place, and nothing else is."""

from __future__ import annotations

import gzip
import io
from collections import Counter

import packages
from damage import forge
from damage.forge import INDEX, PAGES, WARC

from archive.copies.comparing import Comparison
from archive.findings import Finding, Status
from archive.wacz.reader import open_package

WHOLE = packages.build()


def compare(first: bytes, second: bytes, *names: str) -> tuple[Comparison, list[Finding]]:
    """Return a comparison that was run, and what it found."""
    one, other = names or ("a.wacz", "b.wacz")
    with (
        open_package(io.BytesIO(first), name=one) as mine,
        open_package(io.BytesIO(second), name=other) as theirs,
    ):
        comparison = Comparison(mine, theirs)
        return comparison, list(comparison.findings())


def codes(findings: list[Finding]) -> Counter[str]:
    """Count findings by code."""
    return Counter(finding.code for finding in findings)


def forged(edit, *repairs) -> bytes:
    """Return the package with its members edited, and what is around them repaired."""
    parts = forge.members(WHOLE)
    edit(parts)
    for repair in repairs:
        repair(parts)
    return forge.pack(parts)


def with_record(number: int, old: bytes, new: bytes):
    """Return an edit of one record; its length stays."""

    def edit(parts: dict[str, bytes]) -> None:
        packed = forge.records(parts)
        record = gzip.decompress(packed[number])
        assert old in record
        packed[number] = forge.repack(record.replace(old, new))
        parts[WARC] = b"".join(packed)

    return edit


ALL_REPAIRED = (forge.reindex, forge.reroot, forge.rehash, forge.redigest)


class TestSame:
    """What is the same."""

    def test_the_same_bytes(self):
        """Two files of the same bytes are the same, record for record and member for member."""
        comparison, findings = compare(WHOLE, WHOLE)

        assert findings == []
        assert (comparison.same, comparison.identical) == (True, True)
        assert comparison.records["same"] == 6
        assert comparison.members["same"] == 7

    def test_a_warc_in_two_compressions(self):
        """A WARC compressed otherwise holds the same records: that is a note, and they are the same."""
        parts = forge.members(WHOLE)
        plain = b"".join(gzip.decompress(record) for record in forge.records(parts))
        comparison, findings = compare(parts[WARC], plain, "a.warc.gz", "a.warc")

        assert codes(findings) == {"compare.stored-differs": 1}
        assert (comparison.same, comparison.identical, comparison.records["same"]) == (True, False, 6)

    def test_a_package_and_its_warc(self):
        """A WARC taken out of a package has the same records as the package; members are not compared."""
        comparison, findings = compare(WHOLE, forge.members(WHOLE)[WARC], "a.wacz", "a.warc.gz")

        assert codes(findings) == {"compare.stored-differs": 1}
        assert (comparison.same, comparison.records["same"]) == (True, 6)
        assert not comparison.members

    def test_the_same_damage_in_both(self):
        """Copies with the same damage are the same; that they are damaged is a note."""
        damaged = forged(with_record(3, b"The bridge", b"The bribes"))
        comparison, findings = compare(damaged, damaged)

        assert [(f.code, f.status) for f in findings] == [("compare.record-damaged", Status.NOTE)]
        assert comparison.same

    def test_another_container(self):
        """The same members in another ZIP are the same; the container is a note."""
        other = forge.raw_zip(
            [(name.encode(), data) for name, data in forge.members(WHOLE).items()], mode=0o100644
        )
        comparison, findings = compare(WHOLE, other)

        assert codes(findings) == {"compare.container-differs": 1}
        assert comparison.same


class TestRecords:
    """Records that differ."""

    def test_an_altered_date(self):
        """A date rewritten with everything around it repaired: the field is named with both values."""
        other = forged(
            with_record(3, b"Date: 2026-01-01T00:00:00Z", b"Date: 2025-01-01T00:00:00Z"), *ALL_REPAIRED
        )
        comparison, findings = compare(WHOLE, other)
        (record,) = [f for f in findings if f.code == "compare.record-differs"]

        assert record.where.field == "WARC-Date"
        assert (record.expected, record.actual) == ("2026-01-01T00:00:00Z", "2025-01-01T00:00:00Z")
        assert (comparison.records["same"], comparison.records["differing"]) == (5, 1)
        assert not comparison.same

    def test_an_altered_block(self):
        """A word changed, with digests repaired: the first differing byte of the block is named."""

        def edit(parts: dict[str, bytes]) -> None:
            packed = forge.records(parts)
            head, _, rest = gzip.decompress(packed[3]).partition(b"\r\n\r\n")
            block = rest[:-4].replace(b"opened", b"closed")
            old = forge.sha256(rest[:-4]).encode()
            packed[3] = forge.repack(
                head.replace(old, forge.sha256(block).encode()) + b"\r\n\r\n" + block + b"\r\n\r\n"
            )
            parts[WARC] = b"".join(packed)

        _, findings = compare(WHOLE, forged(edit, *ALL_REPAIRED))
        told = {f.where.field: f for f in findings if f.code == "compare.record-differs"}

        assert set(told) == {"WARC-Block-Digest", "WARC-Payload-Digest", "block"}
        assert "first at byte 11" in told["block"].message  # "The bridge " is eleven bytes long

    def test_a_damaged_copy_is_told_from_a_whole_one(self):
        """Where one copy contradicts its own digest and the other does not, it is said which is which."""
        damaged = forged(with_record(3, b"The bridge", b"The bribes"))
        _, findings = compare(WHOLE, damaged)
        (record,) = [f for f in findings if f.code == "compare.record-damaged"]

        assert record.where.package == "b.wacz"
        assert "the record in a.wacz agrees with its own digests" in record.message
        assert "compare.record-differs" not in codes(findings)

    def test_a_broken_gzip_member(self):
        """A record that cannot be inflated is damaged in that copy, at its place."""
        place = WHOLE.index(forge.records(forge.members(WHOLE))[3]) + 30
        damaged = WHOLE[:place] + bytes([WHOLE[place] ^ 255]) + WHOLE[place + 1 :]
        comparison, findings = compare(damaged, WHOLE)

        assert {f.where.package for f in findings if f.code == "compare.record-damaged"} == {"a.wacz"}
        assert comparison.records["same"] == 5

    def test_a_record_that_one_lacks(self):
        """A record that was left out of one copy is found in the other, with its name."""

        def edit(parts: dict[str, bytes]) -> None:
            packed = forge.records(parts)
            parts[WARC] = b"".join(packed[:3] + packed[4:])

        comparison, findings = compare(WHOLE, forged(edit, *ALL_REPAIRED))
        (record,) = [f for f in findings if f.code == "compare.record-only"]

        assert record.where.package == "a.wacz"
        assert "resource urn:x-text:1" in record.message
        assert (comparison.records["only_first"], comparison.records["only_second"]) == (1, 0)

    def test_another_order(self):
        """Records in another order are the same records, and the order is told."""

        def edit(parts: dict[str, bytes]) -> None:
            packed = forge.records(parts)
            packed[3], packed[4] = packed[4], packed[3]
            parts[WARC] = b"".join(packed)

        comparison, findings = compare(WHOLE, forged(edit, *ALL_REPAIRED))

        assert codes(findings)["compare.order-differs"] == 1
        assert comparison.records["same"] == 6

    def test_another_id_is_the_same_capture(self):
        """A record of another id is paired with the one of its type, address and date."""
        first = gzip.decompress(forge.records(forge.members(WHOLE))[3])
        record_id = first.partition(b"WARC-Record-ID: ")[2].partition(b"\r\n")[0]
        other = forged(
            with_record(3, record_id, b"<urn:uuid:00000000-0000-4000-8000-000000000000>"), *ALL_REPAIRED
        )
        _, findings = compare(WHOLE, other)

        assert [f.where.field for f in findings if f.code == "compare.record-differs"] == ["WARC-Record-ID"]


class TestMembers:
    """Members and manifests that differ."""

    def test_a_member_of_one_alone(self):
        """A member that one lacks is named, with the package that has it."""
        with_more = forged(lambda parts: parts.update({"provenance/note.txt": b"x"}))
        comparison, findings = compare(WHOLE, with_more)
        (member,) = [f for f in findings if f.code == "compare.member-only"]

        assert (member.where.package, member.where.member) == ("b.wacz", "provenance/note.txt")
        assert comparison.members["only_second"] == 1

    def test_which_is_vouched_for(self):
        """Of two page lists it is said which one its own manifest vouches for, and where they differ first."""
        altered = forged(lambda parts: parts.update({PAGES: parts[PAGES].replace(b"Part 1", b"Part 7")}))
        _, findings = compare(WHOLE, altered)
        (member,) = [f for f in findings if f.code == "compare.member-differs"]

        assert member.where.offset_bytes == forge.members(WHOLE)[PAGES].index(b"Part 1") + 5
        assert "only that of a.wacz is the one its manifest vouches for" in member.message

    def test_the_manifest_by_key(self):
        """Manifests are compared key by key, their resources by path."""
        altered = forged(lambda parts: parts.update({INDEX: parts[INDEX] + b""}))
        assert compare(WHOLE, altered)[0].same
        titled = packages.build().replace(b'"Bridges"', b'"Ridges!"')
        _, findings = compare(WHOLE, titled)

        assert {f.where.field for f in findings if f.code == "compare.manifest-differs"} == {
            "title",
            "metadata",
        }
