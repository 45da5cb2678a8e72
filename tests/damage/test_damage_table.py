"""Damages of a package, each at every depth to which a forger may repair what is around it: exactly these codes.

A row says what is done to the members, and what is found when nothing else is repaired (RAW), when the index is derived
anew (INDEX), when the manifest is hashed anew (MANIFEST), its digest too (DIGEST), and the root over the records too
(TREE). Numbers in the names are those of the catalogue that the damages were collected in. What the TREE column leaves
empty is found by nothing inside a package: by a signature, or by a digest of the manifest that is held elsewhere.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from enum import Enum

import packages
import pytest
from damage import forge
from damage.forge import BLOCKS, DIGEST, INDEX, MANIFEST, PAGES, WARC

from archive.findings import Status, Verdict

Parts = dict[str, bytes]
Damage = Callable[[Parts], None]
PARTS = forge.members(packages.build())
RECORDS = [gzip.decompress(record) for record in forge.records(PARTS)]
LINES = forge.lines_of(PARTS)
INFO, PAGE, OTHER_PAGE, TEXT, CONVERSION, ARTICLE = range(6)
"""The records of the package, in their order."""


class Depth(Enum):
    """What is repaired: each depth includes those before it."""

    RAW = ()
    INDEX = (forge.reindex,)
    MANIFEST = (forge.reindex, forge.rehash)
    DIGEST = (forge.reindex, forge.rehash, forge.redigest)
    TREE = (forge.reindex, forge.reroot, forge.rehash, forge.redigest)


HASH, STALE = "wacz.hash-mismatch", "wacz.digest-mismatch"
ROOT, COUNT = "tree.root-differs", "tree.count-differs"
UNFINDABLE = "page.not-indexed"


def altered(number: int, old: bytes, new: bytes, *, all_digests: bool = False) -> Damage:
    """Return a damage that alters one record, as a WARC tool would write it again; with its digests made right or not."""

    def damage(parts: Parts) -> None:
        records = list(RECORDS)
        assert old in records[number]
        record = records[number].replace(old, new)
        records[number] = redigested(record) if all_digests else record
        parts[WARC] = b"".join(map(forge.repack, records))

    return damage


def redigested(record: bytes) -> bytes:
    """Return a record with length and digests of its block as it is now."""
    head, _, rest = record.partition(b"\r\n\r\n")
    block = rest[:-4]
    payload = block.partition(b"\r\n\r\n")[2] if b"application/http" in head else block
    values = {b"Content-Length": b"%d" % len(block)}
    values |= {
        b"WARC-Block-Digest": forge.sha256(block).encode(),
        b"WARC-Payload-Digest": forge.sha256(payload).encode(),
    }
    for name, value in values.items():
        head = re.sub(rb"(?m)^" + name + rb": .*?(?=\r|$)", name + b": " + value, head)
    return head + b"\r\n\r\n" + rest


def arranged(*numbers: int) -> Damage:
    """Return a damage that leaves these records in this order."""

    def damage(parts: Parts) -> None:
        parts[WARC] = b"".join(forge.repack(RECORDS[number]) for number in numbers)

    return damage


def added(record: bytes, at: int = 6) -> Damage:
    """Return a damage that puts a record in between."""

    def damage(parts: Parts) -> None:
        parts[WARC] = b"".join(map(forge.repack, [*RECORDS[:at], record, *RECORDS[at:]]))

    return damage


def fake(number: int = TEXT) -> bytes:
    """Return a record that was never written: of its own id, with right digests."""
    text = RECORDS[number].replace(b"The bridge", b"The bribes")
    return redigested(re.sub(rb"urn:uuid:[0-9a-f]{8}", b"urn:uuid:00000000", text))


def replaced(name: str, old: bytes, new: bytes) -> Damage:
    """Return a damage that replaces something once in a member."""

    def damage(parts: Parts) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new, 1)

    return damage


def without(name: str) -> Damage:
    """Return a damage that takes a member out."""
    return lambda parts: parts.pop(name) and None


def with_member(name: str, data: bytes = b"x") -> Damage:
    """Return a damage that puts a member in, in front of the manifest."""

    def damage(parts: Parts) -> None:
        last = {key: parts.pop(key) for key in (MANIFEST, DIGEST)}
        parts.update({name: data, **last})

    return damage


def listed(edit: Callable[[list[bytes]], list[bytes]]) -> Damage:
    """Return a damage that edits the lines of the index and gives it a block list that fits."""
    return lambda parts: forge.set_index(parts, edit(list(LINES)))


def field(number: int, name: str, value: object) -> Callable[[list[bytes]], list[bytes]]:
    """Return an edit that sets one field of one line."""

    def edit(lines: list[bytes]) -> list[bytes]:
        key, when, text = lines[number].split(b" ", 2)
        values = {**json.loads(text), name: value}
        lines[number] = b" ".join((key, when, json.dumps(values).encode())) + b"\n"
        return lines

    return edit


def stated(edit: Callable[[dict], object]) -> Damage:
    """Return a damage that edits the manifest."""

    def damage(parts: Parts) -> None:
        manifest = json.loads(parts[MANIFEST])
        edit(manifest)
        forge.set_manifest(parts, manifest)

    return damage


def at_every_depth(
    raw: set[str] | None, index: set[str], found: set[str], tree: set[str]
) -> dict[Depth, set[str]]:
    """Return what is found at each depth of a damage of the records, `found` being what the DIGEST depth leaves."""
    columns = {Depth.INDEX: index, Depth.MANIFEST: {STALE, *found}, Depth.DIGEST: found, Depth.TREE: tree}
    return columns if raw is None else {Depth.RAW: raw, **columns}


UUID = RECORDS[TEXT].partition(b"urn:uuid:")[2][:36]
OTHER_UUID = RECORDS[CONVERSION].partition(b"urn:uuid:")[2][:36]
PAYLOAD_DIGEST = RECORDS[PAGE].partition(b"WARC-Payload-Digest: sha256:")[2][:64]
NOWHERE = b"WARC-Concurrent-To: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\nWARC-Type:"

RECORD_DAMAGES: dict[str, tuple[Damage, dict[Depth, set[str]]]] = {
    "13 a word altered, its digests stale": (
        altered(PAGE, b"opened", b"closed"),
        at_every_depth(
            None,
            {HASH, "warc.digest-mismatch", ROOT},
            {"warc.digest-mismatch", ROOT},
            {"warc.digest-mismatch"},
        ),
    ),
    "20 a word altered, its digests right": (
        altered(PAGE, b"opened", b"closed", all_digests=True),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "20b a text altered, its digests right": (
        altered(TEXT, b"opened", b"closed", all_digests=True),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "24 the date of a page": (
        altered(PAGE, b"2026-01-01T00", b"2025-01-01T00"),
        at_every_depth(None, {HASH, UNFINDABLE, ROOT}, {UNFINDABLE, ROOT}, {UNFINDABLE}),
    ),
    "24b the date of a text": (
        altered(TEXT, b"2026-01-01T00", b"2025-01-01T00"),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "26 the address of a page": (
        altered(PAGE, b"daily.example", b"other.example"),
        at_every_depth(None, {HASH, UNFINDABLE, ROOT}, {UNFINDABLE, ROOT}, {UNFINDABLE}),
    ),
    "26b the address of a text": (
        altered(TEXT, b"urn:x-text:1", b"urn:x-text:9"),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "the media type in a header": (
        altered(TEXT, b"text/plain", b"text/xhtml"),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "a field put into a header": (
        altered(TEXT, b"WARC-Type:", b"Collected-By: nobody\r\nWARC-Type:"),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "the case of a field's name": (
        altered(CONVERSION, b"WARC-Target-URI", b"Warc-Target-URI"),
        at_every_depth({HASH, ROOT, "index.no-record", "index.record-missing"}, {HASH, ROOT}, {ROOT}, set()),
    ),
    "the page that a record belongs to": (
        altered(PAGE, b"WARC-Page-ID: ", b"WARC-Page-ID: 0"),
        at_every_depth(None, {HASH, "page.unlisted", ROOT}, {"page.unlisted", ROOT}, {"page.unlisted"}),
    ),
    "the id of a record": (
        altered(TEXT, UUID, UUID[:-4] + b"0000"),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "27 a page dropped": (
        arranged(INFO, OTHER_PAGE, TEXT, CONVERSION, ARTICLE),
        at_every_depth(None, {HASH, UNFINDABLE, COUNT}, {UNFINDABLE, COUNT}, {UNFINDABLE}),
    ),
    "27b a text dropped": (
        arranged(INFO, PAGE, OTHER_PAGE, CONVERSION, ARTICLE),
        at_every_depth(None, {HASH, COUNT}, {COUNT}, set()),
    ),
    "08 the last record dropped": (
        arranged(INFO, PAGE, OTHER_PAGE, TEXT, CONVERSION),
        at_every_depth({HASH, COUNT, "index.no-record"}, {HASH, COUNT}, {COUNT}, set()),
    ),
    "the description of the WARC dropped": (
        arranged(PAGE, OTHER_PAGE, TEXT, CONVERSION, ARTICLE),
        at_every_depth(None, {HASH, COUNT}, {COUNT}, set()),
    ),
    "11 two records swapped": (
        arranged(INFO, OTHER_PAGE, PAGE, TEXT, CONVERSION, ARTICLE),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "28 a record put in": (added(fake()), at_every_depth(None, {HASH, COUNT}, {COUNT}, set())),
    "28b a record put in front": (added(fake(), 0), at_every_depth(None, {HASH, COUNT}, {COUNT}, set())),
    "28c a record replaced by another": (
        lambda parts: parts.update(
            {WARC: b"".join(map(forge.repack, [*RECORDS[:TEXT], fake(), *RECORDS[TEXT + 1 :]]))}
        ),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "10 a record doubled": (
        added(RECORDS[TEXT]),
        at_every_depth(
            {HASH, COUNT, "structure.id-repeated", "index.record-missing"},
            {HASH, COUNT, "structure.id-repeated"},
            {COUNT, "structure.id-repeated"},
            {"structure.id-repeated"},
        ),
    ),
    "30 two records of one id": (
        altered(CONVERSION, OTHER_UUID, UUID),
        at_every_depth(
            None,
            {HASH, ROOT, "structure.id-repeated"},
            {ROOT, "structure.id-repeated"},
            {"structure.id-repeated"},
        ),
    ),
    "31 a reference to nothing": (
        altered(PAGE, b"WARC-Type:", NOWHERE),
        at_every_depth(
            None,
            {HASH, ROOT, "structure.reference-missing"},
            {ROOT, "structure.reference-missing"},
            {"structure.reference-missing"},
        ),
    ),
    "32 the HTTP status": (
        altered(PAGE, b"200 OK", b"451 No", all_digests=True),
        at_every_depth(None, {HASH, ROOT}, {ROOT}, set()),
    ),
    "33 the payload digest": (
        altered(PAGE, PAYLOAD_DIGEST, PAYLOAD_DIGEST[::-1]),
        at_every_depth(
            None,
            {HASH, ROOT, "warc.digest-mismatch"},
            {ROOT, "warc.digest-mismatch"},
            {"warc.digest-mismatch"},
        ),
    ),
    "12 a record compressed again": (
        lambda parts: parts.update({WARC: b"".join([gz(RECORDS[0]), *map(forge.repack, RECORDS[1:])])}),
        at_every_depth(
            None,
            {HASH, "gzip.not-canonical"},
            {"gzip.not-canonical"},
            {"gzip.not-canonical"},
        ),
    ),
}


def gz(record: bytes) -> bytes:
    """Return a gzip member with a date in it."""
    return gzip.compress(record, mtime=1)


INDEX_DAMAGES: dict[str, tuple[Damage, set[str]]] = {
    "40 an offset of another record": (
        listed(field(0, "offset", json.loads(LINES[1].split(b" ", 2)[2])["offset"])),
        {"index.differs", "index.record-missing"},
    ),
    "40b an offset of nothing": (
        listed(field(0, "offset", "1")),
        {"index.no-record", "index.record-missing"},
    ),
    "40c an offset below nothing": (
        listed(field(0, "offset", "-1")),
        {"index.no-record", "index.record-missing"},
    ),
    "40d an offset that is no number": (
        listed(field(0, "offset", "x")),
        {"index.no-record", "index.record-missing"},
    ),
    "a length of less": (listed(field(0, "length", "10")), {"index.differs"}),
    "a file that is not there": (
        listed(field(0, "filename", "x.warc.gz")),
        {"index.no-record", "index.record-missing"},
    ),
    "a file outside": (listed(field(0, "filename", "../data.warc.gz")), set()),
    "another address": (listed(field(0, "url", "https://other.example/")), {"index.differs", UNFINDABLE}),
    "another status": (listed(field(0, "status", "404")), {"index.differs"}),
    "another type": (listed(field(0, "mime", "image/png")), {"index.differs"}),
    "43 another digest": (listed(field(0, "digest", "sha256:" + "0" * 64)), {"index.differs"}),
    "43b no digest": (listed(field(0, "digest", None)), {"index.differs"}),
    "43c another digest of the stored record": (
        listed(field(0, "recordDigest", "sha256:0")),
        {"index.differs"},
    ),
    "another time": (
        listed(lambda lines: [lines[0].replace(b" 2026", b" 2025", 1), *lines[1:]]),
        {"index.differs", UNFINDABLE},
    ),
    "another key": (
        listed(lambda lines: [lines[0].replace(b")/0", b")/!", 1), *lines[1:]]),
        {"index.differs"},
    ),
    "41 the line of a page gone": (listed(lambda lines: lines[1:]), {"index.record-missing", UNFINDABLE}),
    "41b the line of a text gone": (listed(lambda lines: [*lines[:2], *lines[3:]]), {"index.record-missing"}),
    "41c all lines gone": (listed(lambda _: []), {"index.record-missing", UNFINDABLE}),
    "42 a phantom": (
        listed(lambda lines: sorted([*field(0, "offset", "7")(list(lines)), lines[0]])),
        {"index.no-record"},
    ),
    "44 out of order": (listed(lambda lines: lines[::-1]), {"index.unsorted"}),
    "a line doubled": (listed(lambda lines: [lines[0], *lines]), {"index.line-repeated"}),
    "a line cut": (
        lambda parts: with_index(parts, b"".join([LINES[0][:-20] + b"\n", *LINES[1:]])),
        {"index.line-broken", "index.record-missing", UNFINDABLE},
    ),
    "45 the digest of a block": (replaced(BLOCKS, b"sha256:", b"sha256:0"), {"index.block-differs"}),
    "45b the length of a block": (replaced(BLOCKS, b'"length": ', b'"length": 1'), {"index.block-differs"}),
    "45c the key of a block": (replaced(BLOCKS, b"example,", b"exampla,"), {"index.block-differs"}),
    "45d the list of another index": (
        replaced(BLOCKS, b'"index.cdx', b'"other.cdx'),
        {"index.block-differs"},
    ),
    "45e the list of blocks gone": (without(BLOCKS), {"index.blocks-unlisted"}),
    "46 the index gone": (without(INDEX), {"wacz.index-missing", UNFINDABLE}),
    "the index cut": (
        lambda parts: parts.update({INDEX: parts[INDEX][:-9]}),
        {"index.damaged", "index.block-differs"},
    ),
    "something behind the index": (
        lambda parts: parts.update({INDEX: parts[INDEX] + b"x"}),
        {"index.damaged", "index.block-differs"},
    ),
    "47 a title": (replaced(PAGES, b"Part 0", b"Part X"), set()),
    "47b a page gone": (replaced(PAGES, PARTS[PAGES].splitlines(keepends=True)[2], b""), {"page.unlisted"}),
    "47c a page of another time": (
        replaced(PAGES, b"2026-01-01T00:00:01Z", b"2026-01-01T00:00:09Z"),
        {UNFINDABLE},
    ),
    "47d a page of another address": (replaced(PAGES, b"example/1", b"example/7"), {UNFINDABLE}),
    "47e a page of another id": (replaced(PAGES, b'{"id": "', b'{"id": "0'), {"page.unlisted"}),
    "47f a page that never was": (
        lambda parts: parts.update(
            {PAGES: parts[PAGES] + b'{"url": "https://a.example/", "ts": "2026-01-01T00:00:00Z"}\n'}
        ),
        {UNFINDABLE},
    ),
    "47g a page that cannot be read": (
        lambda parts: parts.update({PAGES: parts[PAGES] + b"{\n"}),
        {"page.broken"},
    ),
    "47h a page without a day": (
        lambda parts: parts.update({PAGES: parts[PAGES].replace(b"00:00:01Z", b"00:61:01Z")}),
        {"page.date-broken", UNFINDABLE},
    ),
    "47i the list without its header": (
        lambda parts: parts.update({PAGES: parts[PAGES].split(b"\n", 1)[1]}),
        {"page.header-missing"},
    ),
    "47j the list gone": (without(PAGES), {"wacz.pages-missing", "page.unlisted", "page.main-unlisted"}),
    "52 a file without an extension": (with_member("provenance/zzz"), set()),
    "a file in archive": (with_member("archive/notes.txt"), {"zip.not-canonical", "wacz.member-misplaced"}),
    "a WARC that nobody listed": (
        with_member("archive/zzz.warc.gz", forge.repack(fake())),
        {"zip.not-canonical", COUNT, "index.record-missing"},
    ),
    "a WARC of nothing": (
        with_member("archive/zzz.warc.gz", b""),
        {"zip.not-canonical", "wacz.warc-unreadable"},
    ),
    "the WARC gone": (without(WARC), {"wacz.archive-missing", "index.no-record", COUNT}),
    "the WARC under another name": (
        lambda parts: rename(parts, WARC, "archive/other.warc.gz"),
        {"index.no-record", "index.record-missing", ROOT},
    ),
    "the WARC unpacked": (
        lambda parts: parts.update({WARC: gzip.decompress(parts[WARC])}),
        {"wacz.warc-name", "index.no-record", "index.record-missing"},
    ),
}


def rename(parts: Parts, old: str, new: str) -> None:
    """Give a member another name in its place."""
    renamed = {new if name == old else name: data for name, data in parts.items()}
    parts.clear()
    parts.update(renamed)


def with_index(parts: Parts, text: bytes) -> None:
    """Put a text into the index whatever it is, with a block list that fits it."""
    packed = forge.repack(text)
    key = text.partition(b" {")[0].decode()
    row = {"offset": 0, "length": len(packed), "digest": forge.sha256(packed)}
    first = parts[BLOCKS].split(b"\n", 1)[0]
    parts[INDEX], parts[BLOCKS] = packed, first + b"\n" + f"{key} {json.dumps(row)}\n".encode()


MANIFEST_DAMAGES: dict[str, tuple[Damage, set[str]]] = {
    "54 a size": (stated(lambda m: m["resources"][0].update(bytes=1)), {"wacz.size-mismatch"}),
    "55 a weak digest": (
        stated(lambda m: m["resources"][0].update(hash="md5:" + "0" * 32)),
        {"wacz.hash-weak"},
    ),
    "another digest": (stated(lambda m: m["resources"][0].update(hash="sha256:" + "0" * 64)), {HASH}),
    "no digest": (stated(lambda m: m["resources"][0].pop("hash")), {"wacz.resource-broken"}),
    "a row gone": (stated(lambda m: m["resources"].pop()), {"wacz.member-unlisted"}),
    "a row twice": (stated(lambda m: m["resources"].append(m["resources"][0])), {"wacz.listed-twice"}),
    "a row of nothing": (
        stated(lambda m: m["resources"].append({"path": "a/b", "hash": "sha256:0", "bytes": 1})),
        {"wacz.member-missing"},
    ),
    "a path that leads out": (
        stated(lambda m: m["resources"][0].update(path="../" + WARC)),
        {"wacz.member-missing", "wacz.member-unlisted"},
    ),
    "no rows": (stated(lambda m: m.pop("resources")), {"wacz.manifest-broken", "wacz.member-unlisted"}),
    "57 a key twice": (replaced(MANIFEST, b'"title"', b'"title": "X",\n  "title"'), {"wacz.key-repeated"}),
    "58 created earlier": (stated(lambda m: m.update(created="2001-01-01T00:00:00Z")), set()),
    "created never": (stated(lambda m: m.update(created="2026-13-01T00:00:00Z")), {"wacz.date-broken"}),
    "another version": (stated(lambda m: m.update(wacz_version="9")), {"wacz.version-unknown"}),
    "another main page": (
        stated(lambda m: m.update(mainPageUrl="https://a.example/")),
        {"page.main-unlisted"},
    ),
    "the root gone": (stated(lambda m: m.pop("provenance:records")), {"tree.absent"}),
    "another root": (stated(lambda m: m["provenance:records"].update(root="sha256:0")), {ROOT}),
    "another count": (stated(lambda m: m["provenance:records"].update(records=7)), {COUNT}),
    "a broken root": (stated(lambda m: m.update({"provenance:records": 7})), {"tree.broken"}),
    "a root of the future": (
        stated(lambda m: m["provenance:records"].update(form="x")),
        {"tree.form-unknown"},
    ),
    "a collection": (stated(lambda m: m.update(profile="multi-wacz")), {"wacz.collection"}),
}

DIGEST_DAMAGES: dict[str, tuple[Damage, set[str]]] = {
    "23 gone": (without(DIGEST), {"wacz.digest-missing", "zip.not-canonical"}),
    "of something else": (replaced(DIGEST, b"sha256:", b"sha256:0"), {STALE}),
    "of another file": (replaced(DIGEST, b"datapackage.json", b"data.json"), {STALE}),
    "broken": (lambda parts: parts.update({DIGEST: b"{"}), {"wacz.digest-broken"}),
    "a key twice": (replaced(DIGEST, b'"path"', b'"path": "x", "path"'), {"wacz.digest-broken"}),
    "spaced otherwise": (replaced(DIGEST, b"  ", b" "), {"wacz.not-canonical"}),
    "a further key": (replaced(DIGEST, b"{", b'{"x": 1,'), {"wacz.not-canonical"}),
    "signed for another package": (
        replaced(
            DIGEST,
            b"\n}",
            b',\n  "signedData": {\n    "hash": "sha256:0",\n    "created": "2026-01-02T03:04:05Z"\n  }\n}',
        ),
        {"signature.other-content", "signature.incomplete"},
    ),
}


def found(parts: Parts) -> set[str]:
    """Return the codes found in a package of these members.

    Whether another size is found beside another digest is up to the compressor, so it is left out then.
    """
    report = packages.verify(forge.pack(parts))
    codes = set(packages.codes(report))
    failed = any(finding.status is Status.FAILED for finding in report.findings)
    assert failed == (report.verdict is Verdict.UNSOUND)
    return codes - {"wacz.size-mismatch"} if HASH in codes else codes


def repaired(damage: Damage, steps: tuple[Callable[[Parts], None], ...]) -> set[str]:
    """Return what is found of a damage behind these repairs."""
    parts = dict(PARTS)
    damage(parts)
    for step in steps:
        step(parts)
    return found(parts)


def cases() -> Iterator[object]:
    """Give each damage of the records at each depth of its row."""
    for name, (damage, columns) in RECORD_DAMAGES.items():
        for depth, expected in columns.items():
            yield pytest.param(damage, depth, expected, id=f"{name}-{depth.name}")


def test_no_damage() -> None:
    """Repairing what is not damaged changes nothing, at no depth: the forger's tools are right."""
    for depth in Depth:
        assert set() == repaired(lambda _: None, depth.value)


@pytest.mark.parametrize(("damage", "depth", "expected"), list(cases()))
def test_records(damage: Damage, depth: Depth, expected: set[str]) -> None:
    """A damage of the records is found by exactly these codes, however much around it is repaired."""
    assert expected == repaired(damage, depth.value)


@pytest.mark.parametrize("depth", ["none", "manifest", "digest"])
@pytest.mark.parametrize("name", INDEX_DAMAGES)
def test_derived(name: str, depth: str) -> None:
    """A damage of what is derived from the records is found by the manifest, and if that is hashed anew by the records."""
    damage, expected = INDEX_DAMAGES[name]
    steps: dict[str, tuple[Callable[[Parts], None], ...]] = {
        "none": (),
        "manifest": (forge.rehash,),
        "digest": (forge.rehash, forge.redigest),
    }
    actual = repaired(damage, steps[depth])

    if depth == "none":
        assert expected <= actual
        assert actual - expected <= {
            HASH,
            "wacz.size-mismatch",
            "wacz.member-missing",
            "wacz.member-unlisted",
        }
        assert actual - expected
    else:
        assert (expected if depth == "digest" else {STALE, *expected}) == actual


@pytest.mark.parametrize("fixed", [False, True])
@pytest.mark.parametrize("name", MANIFEST_DAMAGES)
def test_manifest(name: str, fixed: bool) -> None:
    """A damage of the manifest is found by its digest, and if that is made anew by what the manifest is about."""
    damage, expected = MANIFEST_DAMAGES[name]
    stale = set() if fixed or name == "a collection" else {STALE}

    assert stale | expected == repaired(damage, (forge.redigest,) if fixed else ())


@pytest.mark.parametrize("name", DIGEST_DAMAGES)
def test_digest(name: str) -> None:
    """A damage of the manifest's digest, for which nothing else vouches, is found by its form."""
    damage, expected = DIGEST_DAMAGES[name]

    assert expected == repaired(damage, ())


def test_there_are_enough() -> None:
    """The table is as large as is promised: sixty damages and more, a hundred and fifty cases and more."""
    damages = [RECORD_DAMAGES, INDEX_DAMAGES, MANIFEST_DAMAGES, DIGEST_DAMAGES]

    assert sum(map(len, damages)) >= 60
    assert (
        len(list(cases())) + 3 * len(INDEX_DAMAGES) + 2 * len(MANIFEST_DAMAGES) + len(DIGEST_DAMAGES) >= 150
    )
