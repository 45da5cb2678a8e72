"""Bytes altered, cut, dropped, added: what a package says after each damage, with nothing re-fixed or everything."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Callable

import attrs
import packages
import pytest
from damage import forge
from damage.forge import DIGEST, INDEX, MANIFEST, PAGES, WARC, Depth

from archive.findings import Count, Verdict

Parts = dict[str, bytes]
GOOD = packages.build()
PARTS = forge.members(GOOD)
RECORDS = forge.records(PARTS)
HASH = {"wacz.hash-mismatch": 1}
ROOT = {"tree.root-differs": 1}
COUNT = {"tree.count-differs": 1}
SIZE = {"wacz.size-mismatch": 1}


def found(package: bytes) -> dict[str, int]:
    """Return how often each code is found in a package that must not be called sound."""
    report = packages.verify(package)
    assert report.verdict is Verdict.UNSOUND
    return dict(packages.codes(report))


def in_record(number: int, offset_bytes: int) -> int:
    """Return where in the package a byte of a record lies; negative offsets count from the record's end."""
    member = next(laid for laid in forge.laid(GOOD) if laid.name == WARC)
    start = member.offset_bytes + 30 + len(WARC) + sum(map(len, RECORDS[:number]))
    return start + offset_bytes % len(RECORDS[number])


def flipped(offset_bytes: int) -> bytes:
    """Return the package with one bit of one byte turned over."""
    return GOOD[:offset_bytes] + bytes([GOOD[offset_bytes] ^ 1]) + GOOD[offset_bytes + 1 :]


def altered(number: int, old: bytes, new: bytes) -> bytes:
    """Return the WARC with one record's bytes altered, compressed as our writer would."""
    record = gzip.decompress(RECORDS[number])
    assert old in record
    return b"".join((*RECORDS[:number], forge.repack(record.replace(old, new)), *RECORDS[number + 1 :]))


def test_the_good_package_is_sound() -> None:
    """Nothing is found in a package that nobody touched, but that it is not signed."""
    report = packages.verify(GOOD)

    assert Verdict.SOUND is report.verdict
    assert Counter({"signature.absent": 1}) == packages.codes(report, notes=True)
    assert all(count.whole for count in report.coverage.values())


@pytest.mark.parametrize(
    ("offset_bytes", "expected"),
    [
        pytest.param(
            len(RECORDS[1]) // 2, {"gzip.crc": 1, "warc.digest-mismatch": 1, **ROOT}, id="01-mid-record"
        ),
        pytest.param(4, {"gzip.not-canonical": 1}, id="02-mtime"),
        pytest.param(-8, {"gzip.crc": 1}, id="03-crc"),
        pytest.param(-4, {"gzip.length": 1}, id="04-isize"),
        pytest.param(9, {"gzip.not-canonical": 1}, id="05-os-byte"),
    ],
)
def test_bit_flip_in_a_record(offset_bytes: int, expected: dict[str, int]) -> None:
    """A bit turned over in a record is found by the ZIP, by the manifest, and by the record's own frame."""
    assert {"zip.member-damaged": 1, **HASH, **expected} == found(flipped(in_record(1, offset_bytes)))


@pytest.mark.parametrize(
    ("warc", "expected"),
    [
        pytest.param(
            PARTS[WARC][:-20],
            {**SIZE, **COUNT, "gzip.cut": 1, "warc.header-cut": 1, "index.no-record": 1},
            id="07-tail-cut",
        ),
        pytest.param(
            b"".join(RECORDS[:-1]), {**SIZE, **COUNT, "index.no-record": 1}, id="08-last-record-dropped"
        ),
        pytest.param(
            PARTS[WARC] + b"garbage",
            {**SIZE, "gzip.trailing-bytes": 1, "warc.bytes-skipped": 1},
            id="09-garbage-appended",
        ),
        pytest.param(
            PARTS[WARC] + RECORDS[-1],
            {**SIZE, **COUNT, "structure.id-repeated": 1, "index.record-missing": 1},
            id="10-record-duplicated",
        ),
        pytest.param(
            RECORDS[0] + gzip.compress(gzip.decompress(RECORDS[1]), 6, mtime=1) + b"".join(RECORDS[2:]),
            {"gzip.not-canonical": 1},
            id="12-recompressed",
        ),
        pytest.param(b"", {**SIZE, **COUNT, "wacz.warc-unreadable": 1, "index.no-record": 4}, id="emptied"),
    ],
)
def test_records_gone_or_added(warc: bytes, expected: dict[str, int]) -> None:
    """A WARC that was cut, shortened, lengthened or recompressed is found by the manifest and by its contents."""
    assert {**HASH, **expected} == found(forge.pack({**PARTS, WARC: warc}))


def test_swapped_records() -> None:
    """11: two records in each other's place are found by the index, whose lines point at the other or at nothing."""
    warc = RECORDS[0] + RECORDS[3] + RECORDS[2] + RECORDS[1] + b"".join(RECORDS[4:])

    assert {"wacz.hash-mismatch", "index.no-record", "index.record-missing"} <= set(
        found(forge.pack({**PARTS, WARC: warc}))
    )


@pytest.mark.parametrize(
    ("depth", "expected"),
    [
        (Depth.MANIFEST, {"wacz.digest-mismatch": 1, "warc.digest-mismatch": 2, **ROOT}),
        (Depth.DIGEST, {"warc.digest-mismatch": 2, **ROOT}),
        (Depth.TREE, {"warc.digest-mismatch": 2}),
    ],
)
def test_payload_altered(depth: Depth, expected: dict[str, int]) -> None:
    """13: an altered word is found by the record's own digests, however much around it is re-fixed."""
    assert expected == found(forge.rebuild({**PARTS, WARC: altered(1, b"opened", b"closed")}, depth))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b"2026-01-01T00", b"2025-01-01T00", id="24-date"),
        pytest.param(b"daily.example", b"other.example", id="26-address"),
    ],
)
def test_header_rewritten(old: bytes, new: bytes) -> None:
    """24, 26: another date or address in a record's header, which no digest of WARC covers, differs from the root.

    Whoever makes a new root too still has the page list against him.
    """
    forged = {**PARTS, WARC: altered(1, old, new)}

    unlisted = {"page.not-indexed": 1}
    assert {**unlisted, **ROOT, "wacz.digest-mismatch": 1} == found(forge.rebuild(forged, Depth.MANIFEST))
    assert {**unlisted, **ROOT} == found(forge.rebuild(forged, Depth.DIGEST))
    assert unlisted == found(forge.rebuild(forged, Depth.TREE))


def test_page_record_dropped() -> None:
    """27: a captured page that is dropped, index and hashes re-fixed, is still in the page list."""
    forged = {**PARTS, WARC: RECORDS[0] + b"".join(RECORDS[2:])}

    assert {"page.not-indexed": 1, **COUNT} == found(forge.rebuild(forged, Depth.DIGEST))
    assert {"page.not-indexed": 1} == found(forge.rebuild(forged, Depth.TREE))


def test_digests_stripped() -> None:
    """29: a record whose digests were taken out is not checked, so the package is not sound, though nothing is false."""
    record = gzip.decompress(RECORDS[1])
    lines = [part for part in record.split(b"\r\n") if b"-Digest:" not in part]
    warc = RECORDS[0] + forge.repack(b"\r\n".join(lines)) + b"".join(RECORDS[2:])
    report = packages.verify(forge.rebuild({**PARTS, WARC: warc}, Depth.TREE))

    assert Verdict.UNDECIDED is report.verdict
    assert {"warc.digest-absent"} == set(packages.codes(report))
    assert ("records",) == report.unchecked


def test_shared_record_id() -> None:
    """30: two records with one id are found, since whatever refers to it can mean either."""
    ids = [
        record.partition(b"WARC-Record-ID: ")[2].partition(b"\r\n")[0]
        for record in map(gzip.decompress, RECORDS)
    ]
    forged = {**PARTS, WARC: altered(2, ids[2], ids[1])}

    assert {"structure.id-repeated": 1} == found(forge.rebuild(forged, Depth.TREE))


@pytest.mark.parametrize(
    ("number", "name"), [(1, b"WARC-Concurrent-To"), (4, b"WARC-Refers-To"), (1, b"WARC-Warcinfo-ID")]
)
def test_reference_to_nothing(number: int, name: bytes) -> None:
    """31: a reference to a record that is not in the archive is told, and may be right, so it is a warning."""
    field = name + b": <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
    forged = {**PARTS, WARC: altered(number, b"WARC-Type:", field + b"WARC-Type:")}
    report = packages.verify(forge.rebuild(forged, Depth.TREE))

    assert Verdict.SOUND is report.verdict
    assert Counter({"structure.reference-missing": 1}) == packages.codes(report)


def test_member_that_cannot_be_read() -> None:
    """A bit that makes a member look encrypted leaves its bytes unread: neither they nor their hash were checked."""
    at = GOOD.rindex(WARC.encode()) - 38
    report = packages.verify(GOOD[:at] + bytes([GOOD[at] | 1]) + GOOD[at + 1 :])

    assert Verdict.UNSOUND is report.verdict
    assert {"zip.encrypted", "zip.local-differs", "wacz.hash-mismatch"} <= set(packages.codes(report))
    assert (len(GOOD) - len(PARTS[WARC]), len(GOOD)) == attrs.astuple(report.coverage["bytes"])
    assert (0, 1) == attrs.astuple(report.coverage["records"])


def test_member_missing() -> None:
    """50: a member that is listed and not there is found, and so is everything that pointed into it."""
    without = {name: data for name, data in PARTS.items() if name != WARC}

    assert {
        "wacz.member-missing": 1,
        "wacz.archive-missing": 1,
        "index.no-record": 4,
        **COUNT,
    } == found(forge.pack(without))


@pytest.mark.parametrize("name", ["provenance/zzz.bin", "provenance/zzz", f"shadow/{WARC}"])
def test_member_unlisted(name: str) -> None:
    """51-53: a member that the manifest does not list is found, with or without an extension, however deep."""
    last = {MANIFEST: PARTS[MANIFEST], DIGEST: PARTS[DIGEST]}
    others = {key: data for key, data in PARTS.items() if key not in last}

    assert {"wacz.member-unlisted": 1} == found(forge.pack({**others, name: b"x", **last}))


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        pytest.param("bytes", 1, "wacz.size-mismatch", id="54-size"),
        pytest.param("hash", "md5:" + 32 * "0", "wacz.hash-weak", id="55-md5"),
        pytest.param("hash", "sha1:" + 40 * "0", "wacz.hash-weak", id="55-sha1"),
        pytest.param("hash", "sha256:" + 64 * "0", "wacz.hash-mismatch", id="hash"),
        pytest.param("hash", None, "wacz.resource-broken", id="no-hash"),
        pytest.param("bytes", "7", "wacz.resource-broken", id="size-as-text"),
    ],
)
def test_manifest_row_altered(key: str, value: object, expected: str) -> None:
    """54, 55: a row with another size, another digest, a weak one or none at all vouches for nothing."""
    manifest = json.loads(PARTS[MANIFEST])
    manifest["resources"][3][key] = value
    parts = dict(PARTS)
    forge.set_manifest(parts, manifest)
    forge.redigest(parts)

    assert {expected: 1} == found(forge.pack(parts))


def test_row_twice() -> None:
    """A member that two rows are about is found: readers differ on which they believe."""
    manifest = json.loads(PARTS[MANIFEST])
    manifest["resources"].append(manifest["resources"][3])
    parts = dict(PARTS)
    forge.set_manifest(parts, manifest)
    forge.redigest(parts)

    assert {"wacz.listed-twice": 1} == found(forge.pack(parts))


def test_key_twice_in_the_manifest() -> None:
    """57: a key that stands twice in the manifest is found, though every hash is right."""
    parts = {**PARTS, MANIFEST: PARTS[MANIFEST].replace(b'"title"', b'"title": "Other",\n  "title"', 1)}
    forge.redigest(parts)

    assert {"wacz.key-repeated": 1} == found(forge.pack(parts))


def test_manifest_edited() -> None:
    """58: a manifest with another creation date has not the digest that is given."""
    parts = {**PARTS, MANIFEST: PARTS[MANIFEST].replace(b"2026-01-02", b"2025-01-02")}

    assert {"wacz.digest-mismatch": 1} == found(forge.pack(parts))


@pytest.mark.parametrize(
    ("digest", "expected"),
    [
        pytest.param(b"{}", "wacz.digest-broken", id="no-hash"),
        pytest.param(b"[", "wacz.digest-broken", id="no-json"),
        pytest.param(
            PARTS[DIGEST].replace(MANIFEST.encode(), b"other.json"), "wacz.digest-mismatch", id="other-path"
        ),
        pytest.param(PARTS[DIGEST].replace(b"  ", b"   "), "wacz.not-canonical", id="other-spaces"),
        pytest.param(PARTS[DIGEST].replace(b"}", b', "x": 1}'), "wacz.not-canonical", id="other-key-form"),
    ],
)
def test_manifest_digest_rewritten(digest: bytes, expected: str) -> None:
    """The digest of the manifest, which nothing else vouches for, is found to be rewritten in any way."""
    assert {expected: 1} == found(forge.pack({**PARTS, DIGEST: digest}))


def test_manifest_digest_removed() -> None:
    """23: our packages have a digest of the manifest; one without it is not sound."""
    without = {name: data for name, data in PARTS.items() if name != DIGEST}

    assert {"zip.not-canonical": 1, "wacz.digest-missing": 1} == found(forge.pack(without))


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{", b'{"resources": {}}', b"[" * 100_000, b"\xff"])
def test_manifest_broken(manifest: bytes) -> None:
    """A manifest that is no object with a list of resources leaves every member unlisted."""
    codes = found(forge.pack({**PARTS, MANIFEST: manifest}))

    assert 1 == codes["wacz.manifest-broken"]
    assert "wacz.digest-mismatch" in codes


def test_manifest_missing() -> None:
    """Without a manifest nothing vouches for any member."""
    codes = found(forge.pack({name: data for name, data in PARTS.items() if name != MANIFEST}))

    assert 1 == codes["wacz.manifest-missing"]
    assert len(PARTS) - 2 == codes["wacz.member-unlisted"]


@pytest.mark.parametrize(("name", "code"), [(INDEX, "wacz.index-missing"), (PAGES, "wacz.pages-missing")])
def test_required_member_removed_and_unlisted(name: str, code: str) -> None:
    """46: an index or page list that was removed and taken out of the manifest is missed all the same."""
    without = {key: data for key, data in PARTS.items() if key != name}

    assert 1 == found(_rehashed(without))[code]


def _rehashed(parts: Parts) -> bytes:
    parts = dict(parts)
    forge.rehash(parts)
    forge.redigest(parts)
    return forge.pack(parts)


def test_version_unknown() -> None:
    """A version that was never published is told, and read as the one that is."""
    report = packages.verify(_with_manifest(lambda manifest: manifest.update(wacz_version="9.9.9")))

    assert Counter({"wacz.version-unknown": 1}) == packages.codes(report)


@pytest.mark.parametrize("version", ["1.0.0", "1.1.1"])
def test_version_known(version: str) -> None:
    """The published versions are read without a word."""
    report = packages.verify(_with_manifest(lambda manifest: manifest.update(wacz_version=version)))

    assert Counter() == packages.codes(report)


def test_main_page_unlisted() -> None:
    """A main page that is not in the page list is told."""
    report = packages.verify(
        _with_manifest(lambda manifest: manifest.update(mainPageUrl="https://gone.example/"))
    )

    assert Counter({"page.main-unlisted": 1}) == packages.codes(report)


def test_doubled_hash() -> None:
    """The hash that js-wacz writes by mistake is recognised, and the bytes behind it count as checked."""
    data = PARTS[WARC]
    doubled = "sha256:" + hashlib.sha256(data + data).hexdigest()
    report = packages.verify(_with_manifest(lambda manifest: manifest["resources"][0].update(hash=doubled)))

    assert Counter({"wacz.hash-doubled": 1}) == packages.codes(report)
    assert Verdict.SOUND is report.verdict


def _with_manifest(edit: Callable[[dict], object]) -> bytes:
    parts, manifest = dict(PARTS), json.loads(PARTS[MANIFEST])
    edit(manifest)
    forge.set_manifest(parts, manifest)
    forge.redigest(parts)
    return forge.pack(parts)


def test_what_was_compared_was_checked() -> None:
    """A member whose digest differs was checked; one with no row, or none that can be compared, was not."""
    size, count = len(PARTS), "members"
    altered_pages = {**PARTS, PAGES: PARTS[PAGES].replace(b"Part 0", b"Part X")}
    assert Count(size, size) == packages.verify(forge.pack(altered_pages)).coverage[count]
    for change in ({"hash": "md5:" + "0" * 32}, {"hash": None}, {"path": ["pages"]}, {"path": None}):
        manifest = json.loads(PARTS[MANIFEST])
        manifest["resources"][0].update(change)
        parts = dict(PARTS)
        forge.set_manifest(parts, manifest)
        forge.redigest(parts)
        assert Count(size - 1, size) == packages.verify(forge.pack(parts)).coverage[count]


def test_a_member_named_like_nothing() -> None:
    """A row without a path vouches for no member, not even for one that is called `None`."""
    parts = {**PARTS, "None": b"x"}
    manifest = json.loads(PARTS[MANIFEST])
    manifest["resources"].append({"path": None, "hash": forge.sha256(b"x"), "bytes": 1})
    forge.set_manifest(parts, manifest)
    forge.redigest(parts)

    assert 1 == packages.codes(packages.verify(forge.pack(parts)))["wacz.member-unlisted"]


@pytest.mark.parametrize(
    ("value", "expected", "verdict"),
    [
        pytest.param(None, {"tree.absent": 1}, Verdict.UNSOUND, id="taken-out"),
        pytest.param([], {"tree.broken": 1}, Verdict.UNSOUND, id="no-object"),
        pytest.param({"form": "x/2"}, {"tree.form-unknown": 1}, Verdict.UNDECIDED, id="of-another-form"),
        pytest.param({"root": "sha256:0"}, ROOT, Verdict.UNSOUND, id="another-root"),
        pytest.param({"records": 5}, COUNT, Verdict.UNSOUND, id="one-too-few"),
        pytest.param({"records": "6"}, {"tree.broken": 1}, Verdict.UNSOUND, id="text-for-a-number"),
    ],
)
def test_root_altered(value: object, expected: dict[str, int], verdict: Verdict) -> None:
    """A root that was taken out of our manifest, broken or altered never leaves the package sound (laws 2 and 3).

    Where the package says that somebody else wrote it, nothing is asked but what stands there in our form.
    """
    key = "provenance:records"

    def edit(manifest: dict) -> None:
        before = manifest.pop(key)
        own = {**before, **value} if isinstance(value, dict) else value
        manifest.update({} if own is None else {key: own})

    report = packages.verify(_with_manifest(edit))
    foreign = packages.verify(
        _with_manifest(lambda manifest: (edit(manifest), manifest.update(software="x")))
    )

    assert expected == dict(packages.codes(report))
    assert verdict is report.verdict
    assert (expected if expected in (ROOT, COUNT) else {}) == dict(packages.codes(foreign))
