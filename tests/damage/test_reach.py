"""How far the checks reached, and which spot they name: counts and places that are worked out by hand."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile

import packages
import pytest
from damage import forge
from damage.forge import DIGEST, MANIFEST, PAGES, WARC

import archive
from archive.checks import Policy, check_all
from archive.checks.fixity import check_fixity
from archive.errors import LimitExceeded, Location
from archive.findings import Count, Report, Status, Verdict
from archive.limits import Limits

GOOD = packages.build()
PARTS = forge.members(GOOD)
ROWS = json.loads(PARTS[MANIFEST])["resources"]


def restated(rows: list[object], **manifest: object) -> dict[str, bytes]:
    """Return the members under a manifest with these rows, and its digest made right."""
    parts = dict(PARTS)
    forge.set_manifest(parts, {**json.loads(parts[MANIFEST]), **manifest, "resources": rows})
    forge.redigest(parts)
    return parts


def verified(parts: dict[str, bytes], *, limits: Limits | None = None) -> Report:
    """Return the report on a package of these members, in canonical form."""
    with archive.open(io.BytesIO(forge.pack(parts)), name="x.wacz", limits=limits or Limits()) as package:
        return Report.of("x.wacz", check_all(package))


def places(report: Report, code: str) -> list[Location]:
    """Return where a code was found, without the name of the package."""
    return [
        Location(None, f.where.member, f.where.offset_bytes, f.where.record, f.where.field)
        for f in report.findings
        if f.code == code
    ]


def unreadable(package: bytes, *names: str) -> bytes:
    """Return the package with these members said to be encrypted, which nobody here can read."""
    raw = bytearray(package)
    for name in names:
        local, listed = raw.index(name.encode()) - 30, raw.rindex(name.encode()) - 46
        raw[local + 6] |= 1
        raw[listed + 8] |= 1
    return bytes(raw)


class TestMembers:
    """Members count as checked where they were compared with a digest."""

    def test_all(self) -> None:
        """Of a whole package every member is checked, the manifest and its digest with it."""
        assert Count(len(PARTS), len(PARTS)) == verified(PARTS).coverage["members"]

    @pytest.mark.parametrize(
        "row",
        [
            {**ROWS[0], "hash": "md5:" + "0" * 32},
            {**ROWS[0], "bytes": None},
            {**ROWS[0], "path": "archive/gone.warc.gz"},
        ],
    )
    def test_a_row_that_vouches_for_nothing(self, row: dict[str, object]) -> None:
        """A member whose row has a weak hash, no size or another name was not compared, and is not counted."""
        assert Count(len(PARTS) - 1, len(PARTS)) == verified(restated([row, *ROWS[1:]])).coverage["members"]

    def test_one_that_cannot_be_read(self) -> None:
        """A member that cannot be read was not compared, whatever its row says."""
        report = packages.verify(unreadable(GOOD, PAGES))

        assert Count(len(PARTS) - 1, len(PARTS)) == report.coverage["members"]

    def test_no_manifest(self) -> None:
        """Without a manifest that can be read no member counts as checked."""
        assert Count(0, len(PARTS)) == verified({**PARTS, MANIFEST: b"{"}).coverage["members"]
        gone = {name: data for name, data in PARTS.items() if name != MANIFEST}
        assert Count(0, len(gone)) == verified(gone).coverage["members"]


class TestRows:
    """The rows of the manifest, one by one."""

    def test_a_fault_does_not_hide_the_next(self) -> None:
        """Behind a row that stands twice, and one that is none, the further rows are looked at."""
        wrong = {**ROWS[-1], "bytes": ROWS[-1]["bytes"] + 1}
        report = verified(restated([ROWS[0], ROWS[0], "no row", *ROWS[1:-1], wrong]))

        assert {"wacz.listed-twice": 1, "wacz.resource-broken": 1, "wacz.size-mismatch": 1} == packages.codes(
            report
        )
        assert [Location(member=MANIFEST, field="resources/1")] == places(report, "wacz.listed-twice")
        assert [Location(member=MANIFEST, field="resources/2")] == places(report, "wacz.resource-broken")
        assert [Location(member=ROWS[-1]["path"])] == places(report, "wacz.size-mismatch")

    def test_more_rows_than_members_may_be(self) -> None:
        """As many rows as members are allowed are gone through; one more stops the check, in the list of rows."""
        allowed = len(PARTS)
        full = [*ROWS, *[ROWS[0]] * (allowed - len(ROWS))]
        limits = Limits(members=allowed)

        assert [] == places(verified(restated(full), limits=limits), "check.stopped")
        report = verified(restated([*full, ROWS[0]]), limits=limits)
        assert [Location(member=MANIFEST, field="resources")] == places(report, "check.stopped")
        assert Verdict.SOUND is not report.verdict

    def test_what_the_limit_says(self) -> None:
        """The limit that stopped it is named, with what it allows and what was there."""
        limits = Limits(members=len(PARTS))
        data = forge.pack(restated(ROWS * 9))
        with (
            archive.open(io.BytesIO(data), name="x.wacz", limits=limits) as package,
            pytest.raises(LimitExceeded) as stopped,
        ):
            tuple(check_fixity(package, Policy()))

        assert ("members", len(PARTS), len(ROWS) * 9) == (
            stopped.value.limit,
            stopped.value.allowed,
            stopped.value.seen,
        )


class TestHashes:
    """The digest of a row, in the spellings that manifests have."""

    @pytest.mark.parametrize("label", ["sha256", "SHA-256", "sha-384", "sha512", "SHA512"])
    def test_spellings(self, label: str) -> None:
        """A strong digest is compared in any spelling of its name, and in either case of its digits."""
        algorithm = label.lower().replace("-", "")

        def stated(data: bytes) -> list[object]:
            value = f"{label}:{hashlib.new(algorithm, data).hexdigest().upper()}"
            return [{**row, "hash": value} if row["path"] == WARC else row for row in ROWS]

        assert {} == packages.codes(verified(restated(stated(PARTS[WARC]))))
        assert {"wacz.hash-mismatch": 1} == packages.codes(verified(restated(stated(b"x"))))

    def test_both_sides(self) -> None:
        """A digest that differs is told with the one that is stated, and the one that the member has, in its algorithm."""
        stated, right = "sha512:" + "0" * 128, "sha512:" + hashlib.sha512(PARTS[WARC]).hexdigest()
        rows = [{**row, "hash": stated} if row["path"] == WARC else row for row in ROWS]
        wrong = next(f for f in verified(restated(rows)).findings if f.code == "wacz.hash-mismatch")

        assert (stated, right) == (wrong.expected, wrong.actual)

    @pytest.mark.parametrize(("behind", "times"), [(0, 2), (9, 2), (65536, 2), (9, 1)])
    def test_doubled_piece_by_piece(self, behind: int, times: int) -> None:
        """Js-wacz feeds every 64 KiB twice: of a longer member the hash is that of its doubled pieces, and of none other."""
        data = bytes(65536) + b"x" * behind
        pieces = [data[:65536], data[65536:]] if times == 2 else [data]
        value = "sha256:" + hashlib.sha256(b"".join(piece * 2 for piece in pieces)).hexdigest()
        row = {"name": "x", "path": "provenance/x", "hash": value, "bytes": len(data)}
        parts = restated([*ROWS, row])
        last = {name: parts.pop(name) for name in (MANIFEST, DIGEST)}
        report = verified({**parts, "provenance/x": data, **last})
        code = "wacz.hash-doubled" if times == 2 else "wacz.hash-mismatch"

        assert {code: 1} == packages.codes(report)

    @pytest.mark.parametrize("hashing", [None, "sha256", "md5"])
    @pytest.mark.parametrize("right", [True, False])
    def test_rows_of_the_first_version(self, hashing: str | None, right: bool) -> None:
        """WACZ 1.0.0 has hash and size under `stats`, its algorithm under `hashing`, which is MD5 where it is not said."""
        rows = []
        for row in ROWS:
            data = PARTS[row["path"]] if right else b"x" + PARTS[row["path"]][1:]
            value = hashlib.new(hashing or "md5", data).hexdigest()
            said = {"hashing": hashing} if hashing else {}
            rows.append({"path": row["path"], "stats": {"hash": value, "bytes": len(data)}, **said})
        report = verified(restated(rows))
        code = "wacz.hash-mismatch" if hashing == "sha256" else "wacz.hash-weak"

        assert ({} if right and hashing == "sha256" else {code: len(ROWS)}) == packages.codes(report)
        if hashing is None:
            weak = next(f for f in report.findings if f.code == code)
            data = PARTS[ROWS[0]["path"]] if right else b"x" + PARTS[ROWS[0]["path"]][1:]
            assert ("sha256", f"md5:{hashlib.md5(data).hexdigest()}") == (weak.expected, weak.actual)

    def test_a_size_of_the_first_version(self) -> None:
        """The size that WACZ 1.0.0 has under `stats` is compared."""
        stats = {"hash": ROWS[0]["hash"].rpartition(":")[2], "bytes": ROWS[0]["bytes"] + 1}
        row = {"path": ROWS[0]["path"], "hashing": "sha256", "stats": stats}
        report = verified(restated([row, *ROWS[1:]]))

        assert {"wacz.size-mismatch": 1} == packages.codes(report)

    def test_statistics_beside_a_hash(self) -> None:
        """A row that has a hash of its own is taken by it, whatever else it says under `stats`."""
        row = {**ROWS[0], "hashing": "md5", "stats": {"hash": "0", "bytes": 0}}

        assert {} == packages.codes(verified(restated([row, *ROWS[1:]])))


class TestManifestDigest:
    """The digest of the manifest, in a member of its own."""

    @pytest.mark.parametrize(
        ("software", "status"), [("source-provenance/1.0", Status.FAILED), ("other", Status.WARNED)]
    )
    def test_none(self, software: str, status: Status) -> None:
        """That it is missing is a fault of ours, and a warning of others, who may leave it out."""
        parts = restated(ROWS, software=software)
        del parts[DIGEST]

        assert [status] == [f.status for f in verified(parts).findings if f.code == "wacz.digest-missing"]

    @pytest.mark.parametrize(
        ("form", "canonical"),
        [
            ('{{\n  "path": "{}",\n  "hash": "{}"\n}}\n', True),
            ('{{\n  "path": "{}",\n  "hash": "{}"\n}}', False),
            ('{{\n  "hash": "{1}",\n  "path": "{0}"\n}}\n', False),
        ],
    )
    def test_its_form(self, form: str, canonical: bool) -> None:
        """Ours is written in one way: path, then hash, two spaces in front, a line end behind."""
        parts = {**PARTS, DIGEST: form.format(MANIFEST, forge.sha256(PARTS[MANIFEST])).encode()}

        assert ({} if canonical else {"wacz.not-canonical": 1}) == packages.codes(verified(parts))

    def test_its_hash_in_capitals(self) -> None:
        """A hash in capitals is the same hash, and another form of ours."""
        value = forge.sha256(PARTS[MANIFEST]).upper()
        parts = {**PARTS, DIGEST: json.dumps({"path": MANIFEST, "hash": value}, indent=2).encode() + b"\n"}

        assert {"wacz.not-canonical": 1} == packages.codes(verified(parts))


class TestBytes:
    """The bytes of the container: what was not read is not counted."""

    def test_all(self) -> None:
        """Every byte of a whole package is accounted for."""
        assert Count(len(GOOD), len(GOOD)) == packages.verify(GOOD).coverage["bytes"]

    def test_members_that_cannot_be_read(self) -> None:
        """Of two members that cannot be read all bytes are left out, and a damage behind them is found all the same."""
        names = [PAGES, "provenance/articles.jsonl"]
        at = GOOD.index(PARTS[MANIFEST])
        damaged = bytearray(unreadable(GOOD, *names))
        damaged[at + 30] ^= 1
        report = packages.verify(bytes(damaged))

        left_out = sum(len(PARTS[name]) for name in names)
        assert Count(len(GOOD) - left_out, len(GOOD)) == report.coverage["bytes"]
        assert [MANIFEST] == [where.member for where in places(report, "zip.member-damaged")]


class TestCanonicalForm:
    """Where the ZIP first differs from the one that its members make."""

    @staticmethod
    def offsets(package: bytes) -> dict[str, int]:
        """Return where each member begins, as the standard library reads it."""
        with zipfile.ZipFile(io.BytesIO(package)) as opened:
            return {info.filename: info.header_offset for info in opened.infolist()}

    def test_another_order(self) -> None:
        """Members in another order are told at the first that stands behind one of a later folder."""
        package = forge.pack({PAGES: PARTS[PAGES], **PARTS})
        assert [Location(member=WARC, offset_bytes=self.offsets(package)[WARC])] == places(
            packages.verify(package), "zip.not-canonical"
        )

    def test_a_deflated_member(self) -> None:
        """A member that is not stored as it is is told, by its name and where it begins."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as writer:
            for name, data in PARTS.items():
                info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
                writer.writestr(info, data, zipfile.ZIP_DEFLATED if name == WARC else zipfile.ZIP_STORED)
        (where,) = places(packages.verify(packed.getvalue()), "zip.not-canonical")

        assert where.member in PARTS
        assert self.offsets(packed.getvalue())[where.member or ""] == where.offset_bytes

    def test_a_name_beyond_ascii(self) -> None:
        """A member under a name beyond ASCII is not in canonical form, and is told where it begins."""
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as writer:
            for name, data in PARTS.items():
                spelled = "provenance/\u00e4.jsonl" if name == "provenance/articles.jsonl" else name
                writer.writestr(zipfile.ZipInfo(spelled, (1980, 1, 1, 0, 0, 0)), data)
        at = self.offsets(packed.getvalue())["provenance/\u00e4.jsonl"]
        package = forge.pack(PARTS)[:at] + packed.getvalue()[at:]

        assert Location(member="provenance/\u00e4.jsonl", offset_bytes=at) in places(
            packages.verify(package), "zip.not-canonical"
        )

    def test_something_behind_the_manifest(self) -> None:
        """Where manifest and digest are not the last, that is told where the members end."""
        package = forge.pack({name: data for name, data in PARTS.items() if name != DIGEST})
        end = package.index(b"PK\x01\x02")

        assert Location(offset_bytes=end) in places(packages.verify(package), "zip.not-canonical")

    @pytest.mark.parametrize("ahead", [4, 12, 40])
    def test_a_byte_of_the_directory(self, ahead: int) -> None:
        """A byte of the directory that its members do not make so is told by its place."""
        at = GOOD.index(b"PK\x01\x02") + ahead
        package = bytearray(GOOD)
        package[at] ^= 1

        assert [Location(offset_bytes=at)] == places(packages.verify(bytes(package)), "zip.not-canonical")

    def test_a_longer_directory(self) -> None:
        """Of a directory that only goes on further the place is where it should end."""
        package = GOOD[:-2] + struct.pack("<H", 0) + b"x"

        assert [Location(offset_bytes=len(GOOD))] == places(packages.verify(package), "zip.not-canonical")
