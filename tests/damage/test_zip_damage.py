"""ZIPs that lie: names, headers, hidden bytes, cut ends. First of our own package, then of hand-made ones."""

from __future__ import annotations

import io
import struct
import zipfile

import packages
import pytest
from damage import forge
from damage.forge import WARC

from archive.errors import LimitExceeded, NotAnArchive
from archive.findings import Verdict
from archive.limits import Limits
from archive.wacz.zipdir import read_directory

GOOD = packages.build()
PARTS = forge.members(GOOD)


def found(package: bytes) -> dict[str, int]:
    """Return how often each code is found in a package of ours that must not be called sound."""
    report = packages.verify(package)
    assert report.verdict is Verdict.UNSOUND
    return dict(packages.codes(report))


def listed(package: bytes) -> dict[str, int]:
    """Return the codes that reading the directory alone gives."""
    counts: dict[str, int] = {}
    for finding in read_directory(io.BytesIO(package)).findings:
        counts[finding.code] = counts.get(finding.code, 0) + 1
    return counts


def shifted(package: bytes, by: int) -> bytes:
    """Return the package with `by` added to every offset in its directory and end record."""
    end = package.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", package, end + 16)[0]
    raw = bytearray(package)
    struct.pack_into("<L", raw, end + 16, start + by)
    position = start
    while raw[position : position + 4] == b"PK\x01\x02":
        name, extra, comment = struct.unpack_from("<3H", raw, position + 28)
        offset = struct.unpack_from("<L", raw, position + 42)[0]
        struct.pack_into("<L", raw, position + 42, offset + by)
        position += 46 + name + extra + comment
    return bytes(raw)


def test_our_directory() -> None:
    """Nothing is wrong with the directory that we write, and every byte of the file belongs to something."""
    directory = read_directory(io.BytesIO(GOOD))

    assert () == directory.findings
    assert 0 == directory.stray_bytes
    assert list(PARTS) == [entry.name for entry in directory.entries]


@pytest.mark.parametrize("fixed", [False, True])
def test_data_in_front(fixed: bool) -> None:
    """61: bytes in front of the ZIP are found, whether the offsets count them or not."""
    package = bytes(65536) + (shifted(GOOD, 65536) if fixed else GOOD)

    assert {"zip.leading-bytes": 1, "zip.not-canonical": 1} == found(package)


def test_data_behind() -> None:
    """Bytes behind the end of the ZIP are found."""
    assert {"zip.trailing-bytes": 1, "zip.not-canonical": 1} == found(GOOD + b"hidden")


def test_comment() -> None:
    """62: a comment is told; in our package it also breaks the canonical form."""
    package = GOOD[:-2] + b"\x05\x00hello"

    assert {"zip.comment": 1, "zip.not-canonical": 1} == found(package)


def test_bytes_between_members() -> None:
    """62: bytes hidden between the last member and the directory are found."""
    end = GOOD.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<L", GOOD, end + 16)[0]
    package = GOOD[:start] + b"hidden" + GOOD[start:end]
    package += GOOD[end : end + 16] + struct.pack("<L", start + 6) + GOOD[end + 20 :]

    assert {"zip.gap": 1, "zip.not-canonical": 1} == found(package)


def test_local_header_of_another_name() -> None:
    """60: a name that stands otherwise in front of the member than in the directory is found."""
    at = GOOD.index(WARC.encode())
    package = GOOD[:at] + b"X" + GOOD[at + 1 :]

    assert {"zip.local-differs": 1, "zip.not-canonical": 1} == found(package)


def test_deflated_members() -> None:
    """68: a WARC deflated in the ZIP is told of anyone's package, and is not our canonical form."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in PARTS.items():
            writer.writestr(name, data)

    assert {"zip.not-canonical": 1, "wacz.recompressed": 2} == found(packed.getvalue())


def test_other_writers_are_not_held_to_our_form() -> None:
    """A package by other software in another form of ZIP is sound; the form is noted."""
    parts = dict(PARTS)
    parts[forge.MANIFEST] = parts[forge.MANIFEST].replace(b"source-provenance", b"other software")
    forge.redigest(parts)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer:
        for name, data in parts.items():
            writer.writestr(name, data)
    report = packages.verify(packed.getvalue())

    assert Verdict.SOUND is report.verdict
    assert 1 == packages.codes(report, notes=True)["zip.not-canonical"]


def test_foreign_member_in_a_folder_of_the_standard() -> None:
    """A file that is no WARC in archive/ is told."""
    parts = {"archive/aaa.txt": b"x", **PARTS}
    forge.rehash(parts)
    forge.redigest(parts)
    report = packages.verify(forge.pack(parts))

    assert {"wacz.member-misplaced": 1} == dict(packages.codes(report))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param([b"a/b.txt", b"a/b.txt"], "zip.name-duplicate", id="59-duplicate"),
        pytest.param([b"../../evil.txt"], "zip.name-unsafe", id="63-zip-slip"),
        pytest.param([b"/etc/evil"], "zip.name-unsafe", id="64-absolute"),
        pytest.param([b"C:/evil"], "zip.name-unsafe", id="98-drive"),
        pytest.param([b"a\\b"], "zip.name-unsafe", id="98-backslash"),
        pytest.param([b"a\0b"], "zip.name-unsafe", id="98-nul"),
        pytest.param([b"a//b"], "zip.name-unsafe", id="empty-part"),
        pytest.param([b"a/./b"], "zip.name-unsafe", id="dot"),
        pytest.param([b""], "zip.name-unsafe", id="empty"),
        pytest.param([b"folder/"], "zip.name-unsafe", id="folder-with-data"),
        pytest.param([b"a/B.txt", b"A/b.txt"], "zip.name-collides", id="66-case"),
        pytest.param(["é".encode(), "e\u0301".encode()], "zip.name-collides", id="67-nfc"),
    ],
)
def test_names(names: list[bytes], expected: str) -> None:
    """59, 63, 64, 66, 67: names that stand twice, lead out, or are one on some systems, are found and not followed."""
    assert {expected: 1} == listed(forge.raw_zip([(name, b"data") for name in names]))


def test_harmless_names() -> None:
    """Ordinary names, folders and names in any script are left alone."""
    names = ["a/b.txt", "a/", "ä/日本.txt", "..a/b..", "a-b_c.d"]

    assert {} == listed(
        forge.raw_zip([(name.encode(), b"" if name.endswith("/") else b"x") for name in names])
    )


def test_link() -> None:
    """65: a member that is stored as a link is found."""
    assert {"zip.link": 1} == listed(forge.raw_zip([(b"a", b"/etc/passwd")], mode=0o120777))


def test_encrypted_and_unknown_method() -> None:
    """Members that are encrypted or packed in an unknown way are found and not read."""
    raw = bytearray(forge.raw_zip([(b"a", b"data")]))
    for at in (6, raw.index(b"PK\x01\x02") + 8):
        raw[at] |= 1
    assert {"zip.encrypted": 1} == listed(bytes(raw))
    raw = bytearray(forge.raw_zip([(b"a", b"data")]))
    for at in (8, raw.index(b"PK\x01\x02") + 10):
        raw[at] = 99
    assert {"zip.method": 1} == listed(bytes(raw))


def test_bomb() -> None:
    """A member that claims to grow beyond all reason is found by its claim; one that claims less is not."""
    package = forge.raw_zip([(b"a", bytes(20 << 20))], method=8)

    assert {"zip.ratio": 1} == listed(package)
    assert {} == listed(forge.raw_zip([(b"a", bytes(1 << 20))], method=8))


def test_overlapping_members() -> None:
    """109: two members that share their bytes, as in a quoted bomb, are found."""
    raw = bytearray(forge.raw_zip([(b"a", b"data"), (b"b", b"data")]))
    at = raw.rindex(b"PK\x01\x02") + 42
    struct.pack_into("<L", raw, at, 0)

    assert {"zip.overlap", "zip.gap", "zip.local-differs"} == set(listed(bytes(raw)))


@pytest.mark.parametrize("end", ["EOCD", "directory", "member"])
def test_cut(end: str) -> None:
    """A package that is cut is found to be, and the members that are whole are read all the same."""
    at = {"EOCD": GOOD.rindex(b"PK\x05\x06"), "directory": GOOD.index(b"PK\x01\x02") + 50, "member": 2000}[
        end
    ]
    report = packages.verify(GOOD[:at])

    assert Verdict.UNSOUND is report.verdict
    assert 1 == packages.codes(report)["zip.cut"]
    assert report.coverage["records"].checked


def test_directory_overwritten() -> None:
    """A directory that cannot be read is found; the members are found by what stands in front of each."""
    at = GOOD.index(b"PK\x01\x02", GOOD.index(b"PK\x01\x02") + 4)
    package = GOOD[:at] + b"XX" + GOOD[at + 2 :]
    directory = read_directory(io.BytesIO(package))

    assert ["zip.directory-broken"] == [finding.code for finding in directory.findings]
    assert list(PARTS) == [entry.name for entry in directory.entries]


def test_walking_finds_described_members() -> None:
    """Members whose sizes stand behind their data are found too when the end of the file is gone."""

    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def seek(self, *_: int) -> int:
            raise io.UnsupportedOperation

        def tell(self) -> int:
            raise io.UnsupportedOperation

    streamed = Unseekable()
    with zipfile.ZipFile(streamed, "w", zipfile.ZIP_DEFLATED) as writer:
        for name, data in PARTS.items():
            writer.writestr(name, data)
    package = streamed.getvalue()

    assert {} == listed(package)
    cut = read_directory(io.BytesIO(package[: package.index(b"PK\x01\x02")]))
    assert list(PARTS) == [entry.name for entry in cut.entries]
    assert [len(data) for data in PARTS.values()] == [entry.size_bytes for entry in cut.entries]


def test_zip64() -> None:
    """A ZIP in 64-bit form, as other writers make of a streamed member, is read without a word."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as writer, writer.open("a/b.txt", "w", force_zip64=True) as member:
        member.write(b"data")

    assert {} == listed(packed.getvalue())


def test_many_members() -> None:
    """More members than a ZIP could once hold are listed in 64-bit form; beyond the limit they are refused."""
    count = 65_600
    package = forge.pack({f"a/{number}": b"" for number in range(count)})
    directory = read_directory(io.BytesIO(package))

    assert (count, ()) == (len(directory.entries), directory.findings)
    with zipfile.ZipFile(io.BytesIO(package)) as other:
        assert count == len(other.namelist())
    with pytest.raises(LimitExceeded) as caught:
        read_directory(io.BytesIO(package), limits=Limits(members=1000))
    assert ("members", 1000, count) == (caught.value.limit, caught.value.allowed, caught.value.seen)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"hello", b"PK\x03\x04" + bytes(10)])
def test_nothing_to_read(data: bytes) -> None:
    """Bytes in which there is no member and no record are no archive."""
    assert isinstance(packages.verify(data).stopped_by, NotAnArchive)


def patched(raw: bytes, at: int, value: int, form: str = "<H") -> bytes:
    """Return the ZIP with a number in its end record replaced; `at` counts from the begin of that record."""
    changed = bytearray(raw)
    struct.pack_into(form, changed, raw.rindex(b"PK\x05\x06") + at, value)
    return bytes(changed)


@pytest.mark.parametrize(("at", "value"), [(4, 1), (6, 1), (8, 0)])
def test_several_disks(at: int, value: int) -> None:
    """An end record that speaks of further disks, or of other numbers of members here and in all, is found."""
    assert 1 == listed(patched(forge.raw_zip([(b"a", b"data")]), at, value))["zip.directory-broken"]


def in_64_bits(count: int, size: int, offset: int) -> bytes:
    """Return a ZIP of one member whose end stands in 64-bit form behind which the short form says these numbers."""
    raw = forge.raw_zip([(b"a", b"data")])
    end = raw.rindex(b"PK\x05\x06")
    directory = raw.index(b"PK\x01\x02")
    long = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, end - directory, directory)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return (
        raw[:end]
        + long
        + locator
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, size, offset, 0)
    )


def test_two_ends_that_differ() -> None:
    """Where the short end record says something else than the 64-bit one, programs see different ZIPs."""
    directory, full = in_64_bits(1, 0, 0).index(b"PK\x01\x02"), 0xFFFFFFFF

    assert {} == listed(in_64_bits(0xFFFF, full, full))
    assert {} == listed(in_64_bits(1, 47, directory))
    for numbers in ((2, full, full), (0xFFFF, 10, full), (0xFFFF, full, 0)):
        assert {"zip.directory-broken": 1} == listed(in_64_bits(*numbers))


def test_a_second_name() -> None:
    """A name in an extra field that differs from the member's is found: programs differ on which they show."""
    for other, expected in ((b"a", {}), (b"b", {"zip.local-differs": 1})):
        raw = forge.raw_zip([(b"a", b"data")])
        extra = struct.pack("<2HBL", 0x7075, 5 + len(other), 1, 0) + other
        at = raw.index(b"PK\x01\x02")
        central = bytearray(raw[at : at + 47])
        struct.pack_into("<H", central, 30, len(extra))
        end = patched(raw, 12, 47 + len(extra), "<L")[at + 47 :]
        assert expected == listed(raw[:at] + bytes(central) + extra + end)


def test_members_over_members_are_not_read() -> None:
    """What lies over another member is not read: thousands of names for one piece of data would be read for ever."""
    raw = bytearray(forge.raw_zip([(b"archive/a.warc", b"data"), (b"archive/b.warc", b"data")]))
    struct.pack_into("<L", raw, raw.rindex(b"PK\x01\x02") + 42, 0)
    first, second = read_directory(io.BytesIO(bytes(raw))).entries

    assert (True, False) == (first.readable, second.readable)
