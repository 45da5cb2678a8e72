"""What the standards ask of a package beyond its bytes: ours must have it, and of others nothing right is refused."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import packages
import pytest
from damage import forge
from damage.forge import INDEX, MANIFEST, PAGES, WARC

from archive.findings import Report, Status, Verdict
from archive.surt import surt

PARTS = forge.members(packages.build())
LINES = forge.lines_of(PARTS)
ROWS = [json.loads(row) for row in PARTS[PAGES].splitlines()]


def verified(parts: dict[str, bytes], **manifest: object) -> Report:
    """Return the report on these members under right hashes; keywords replace keys of the manifest, None takes them out."""
    parts = dict(parts)
    values = {**json.loads(parts[MANIFEST]), **manifest}
    forge.set_manifest(parts, {key: value for key, value in values.items() if value is not None})
    forge.rehash(parts)
    forge.redigest(parts)
    return packages.verify(forge.pack(parts))


def found(report: Report) -> dict[str, Status]:
    """Return the codes that were found, each with its status."""
    return {f.code: f.status for f in report.findings if f.status is not Status.NOTE}


def indexed(lines: list[bytes]) -> dict[str, bytes]:
    """Return the members with this index."""
    parts = dict(PARTS)
    forge.set_index(parts, lines)
    return parts


def edited(**fields: object) -> list[bytes]:
    """Return the index with `key`, `timestamp` or fields of its first line replaced."""
    key, when, tail = LINES[0].split(b" ", 2)
    key = str(fields.pop("key", key.decode())).encode()
    when = str(fields.pop("timestamp", when.decode())).encode()
    line = b" ".join((key, when, json.dumps({**json.loads(tail), **fields}).encode())) + b"\n"
    return sorted([line, *LINES[1:]])


class TestPages:
    """WACZ 1.1.1 §5.2.2: `pages/pages.jsonl` MUST be present, each line with a url and an RFC 3339 ts."""

    def test_no_list_of_py_wacz(self) -> None:
        """Py-wacz leaves the list out where it was not told to look for pages: a warning; of anybody else a fault."""
        parts = {name: data for name, data in PARTS.items() if name != PAGES}
        for software, status in (
            ("py-wacz 0.6.0", Status.WARNED),
            ("py-wacz", Status.WARNED),
            ("other 1.0", Status.FAILED),
            ("py-waczish 1", Status.FAILED),
            ("source-provenance/0.1.0", Status.FAILED),
        ):
            report = verified(parts, software=software, mainPageUrl=None, mainPageURL=None)
            assert status is found(report)["wacz.pages-missing"], software

    @pytest.mark.parametrize(
        ("ts", "right"),
        [
            ("2026-01-01T00:00:00Z", True),
            ("2026-01-01T00:00:00.123456Z", True),
            ("2026-01-01T01:00:00+01:00", True),
            ("2026-01-01t00:00:60z", True),
            ("2026-01-01", False),
            ("20260101000000", False),
            ("2026-02-30T00:00:00Z", False),
            ("2026-01-01T24:00:00Z", False),
            ("2026-01-01T00:00:00", False),
            (1767225600, False),
        ],
    )
    def test_dates(self, ts: object, right: bool) -> None:
        """The date of a page is one of RFC 3339, with a time zone, on a day that there is; else it is told."""
        rows = [ROWS[0], {**ROWS[1], "ts": ts}, ROWS[2]]
        pages = "".join(json.dumps(row) + "\n" for row in rows).encode()
        report = verified({**PARTS, PAGES: pages}, software="other")

        assert right is ("page.date-broken" not in found(report))
        assert Verdict.SOUND is report.verdict

    def test_two_pages_of_one_id(self) -> None:
        """An id that stands for two pages is a fault of ours, and a warning of others; a page listed twice is neither."""
        rows = [ROWS[0], ROWS[1], {**ROWS[2], "id": ROWS[1]["id"]}]
        pages = "".join(json.dumps(row) + "\n" for row in rows).encode()
        twice = PARTS[PAGES] + json.dumps(ROWS[1]).encode() + b"\n"

        assert Status.FAILED is found(verified({**PARTS, PAGES: pages}))["page.id-repeated"]
        assert Status.WARNED is found(verified({**PARTS, PAGES: pages}, software="other"))["page.id-repeated"]
        assert {} == found(verified({**PARTS, PAGES: twice}))

    def test_further_lists(self) -> None:
        """A page may stand in a further list, as crawlers write them, and the main page too."""
        first = json.dumps(ROWS[0]).encode() + b"\n" + json.dumps(ROWS[1]).encode() + b"\n"
        extra = json.dumps(ROWS[0]).encode() + b"\n" + json.dumps(ROWS[2]).encode() + b"\n"
        parts = {**PARTS, PAGES: first, "pages/extraPages.jsonl": extra}
        url = ROWS[2]["url"]

        assert {} == found(verified(parts, software="other", mainPageUrl=url, mainPageURL=url))


class TestManifest:
    """WACZ §5.4: what the manifest says of itself, at each version."""

    @pytest.mark.parametrize(
        "manifest",
        [
            {"profile": "wacz", "wacz_version": None},
            {"profile": "wacz", "wacz_version": None, "home": {"url": ROWS[1]["url"], "ts": ROWS[1]["ts"]}},
            {"wacz_version": "1.0.0"},
            {"wacz_version": "1.1.1", "modified": "2026-01-01T00:00:00+02:00"},
        ],
    )
    def test_versions(self, manifest: dict) -> None:
        """1.0.0, 1.1.1 and 1.2.0 are read, each with what it may have."""
        assert {} == found(verified(PARTS, software="other", **manifest))

    @pytest.mark.parametrize(
        ("manifest", "code"),
        [
            ({"wacz_version": "2.0.0"}, "wacz.version-unknown"),
            ({"profile": "wacz"}, "wacz.version-unknown"),
            ({"wacz_version": 1}, "wacz.version-unknown"),
            ({"home": {"url": "https://a.example/"}}, "wacz.home-broken"),
            ({"home": "https://a.example/"}, "wacz.home-broken"),
            ({"home": {"url": ROWS[1]["url"], "ts": "yesterday"}}, "wacz.date-broken"),
            ({"home": {"url": "https://a.example/", "ts": ROWS[1]["ts"]}}, "page.main-unlisted"),
            ({"created": "1 January 2026"}, "wacz.date-broken"),
            ({"modified": 7}, "wacz.date-broken"),
            ({"mainPageDate": "2026"}, "wacz.date-broken"),
            ({"mainPageURL": "https://gone.example/"}, "page.main-unlisted"),
        ],
    )
    def test_what_is_odd(self, manifest: dict, code: str) -> None:
        """What a manifest says that it cannot mean is a warning, of our packages and of others."""
        for software in ("other", "source-provenance"):
            report = verified(PARTS, software=software, **manifest)
            assert Status.WARNED is found(report)[code]
            assert Verdict.UNSOUND is not report.verdict
            (where,) = [each.where for each in report.findings if each.code == code]
            (key,) = {"home"} & set(manifest) or set(manifest)
            field = {"wacz.version-unknown": None, "wacz.date-broken": "home/ts" if key == "home" else key}
            assert (MANIFEST, field.get(code, key)) == (where.member, where.field)

    def test_no_version(self) -> None:
        """WACZ 1.1.1 §5.4: a manifest of its profile MUST say its version; whoever wrote it."""
        assert {"wacz.version-unknown": Status.FAILED} == found(
            verified(PARTS, software="x", wacz_version=None)
        )


class TestFolders:
    """WACZ §4: the folders are for WARCs, indexes and page lists, and what is compressed MUST NOT be so again."""

    @pytest.mark.parametrize("name", ["archive/x.txt", "indexes/x.json", "pages/x.csv"])
    def test_a_file_of_ones_own(self, name: str) -> None:
        """A file of one's own in a folder of the standard is a fault; beside the folders it is none."""
        report = verified({name: b"x", **PARTS}, software="x")

        assert {"wacz.member-misplaced": Status.FAILED} == found(report)
        assert {} == found(verified({"own/x.txt": b"x", **PARTS}, software="x"))

    @pytest.mark.parametrize(("name", "status"), [(WARC, Status.FAILED), ("archive/a.warc", Status.WARNED)])
    def test_compressed_again(self, name: str, status: Status) -> None:
        """A WARC that is gzipped and deflated again is a fault; of a plain one the standard only says `should`."""
        data = PARTS[WARC] if name == WARC else gzip.decompress(PARTS[WARC])
        parts = {
            (name if old == WARC else old): (data if old == WARC else value) for old, value in PARTS.items()
        }
        forge.set_manifest(parts, {**json.loads(parts[MANIFEST]), "software": "x"})
        forge.rehash(parts)
        forge.redigest(parts)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as writer:
            for member, value in parts.items():
                how = zipfile.ZIP_DEFLATED if member == name else zipfile.ZIP_STORED
                writer.writestr(member, value, how)

        assert status is found(packages.verify(packed.getvalue()))["wacz.recompressed"]


class TestWarcNames:
    """WACZ §5.1: a WARC that is gzipped is named `.warc.gz`, and only such a one."""

    @pytest.mark.parametrize(
        ("name", "data"),
        [("archive/x.warc", PARTS[WARC]), ("archive/x.warc.gz", gzip.decompress(PARTS[WARC]))],
    )
    def test_other_names(self, name: str, data: bytes) -> None:
        """Of others a name that does not fit is a warning (valid packages of py-wacz have it), of ours a fault."""
        parts = {
            (name if old == WARC else old): (data if old == WARC else value) for old, value in PARTS.items()
        }
        others = found(verified(parts, software="other"))

        assert Status.WARNED is others["wacz.warc-name"]
        assert Status.FAILED is found(verified(parts))["wacz.warc-name"]


class TestKeys:
    """CDXJ 0.1.0 §3: the searchable URL. Writers differ on path and query; a key of another host finds nothing."""

    URL = "https://www.Daily.example/A//b/?z=1&a=%41"

    @pytest.mark.parametrize(
        "key",
        [
            surt(URL),
            "example,daily)/a//b/?a=%41&z=1",
            "example,daily)/a//b/?z=1&a=%41",
            "example,daily,www)/a//b/?z=1&a=%41",
            "example,daily)/A/b?a=A&z=1",
        ],
    )
    def test_known_forms(self, key: str) -> None:
        """The keys that cdxj-indexer, warcio.js and the words of the standard give one URL all pass."""
        from archive.cdxj import is_key_of

        assert is_key_of(key, self.URL)

    def test_urns(self) -> None:
        """A URN is its own key, in whatever case."""
        from archive.cdxj import is_key_of

        assert is_key_of("urn:pageinfo:HTTPS://a.example/", "urn:pageinfo:https://a.example/")
        assert not is_key_of("urn:text:https://a.example/", "urn:pageinfo:https://a.example/")

    @pytest.mark.parametrize(
        ("key", "status"),
        [
            ("example,daily)/0/", None),
            ("example,daily,www)/0", None),
            ("example,daily)/elsewhere", Status.WARNED),
            ("example,other)/0", Status.FAILED),
            ("daily.example/0", Status.FAILED),
        ],
    )
    def test_keys_of_others(self, key: str, status: Status | None) -> None:
        """A key that another writer would write passes; of the right host is a warning; of another host is a fault."""
        others, ours = (
            found(verified(indexed(edited(key=key)), software=name))
            for name in ("other", "source-provenance")
        )

        assert status is others.get("index.differs")
        assert Status.FAILED is ours["index.differs"]

    @pytest.mark.parametrize(
        ("timestamp", "right"),
        [
            ("20260101000000", True),
            ("20260101000000000", True),
            ("20260101000000001", False),
            ("20260101000001", False),
        ],
    )
    def test_times_of_others(self, timestamp: str, right: bool) -> None:
        """The standard allows milliseconds behind the 14 digits; they must be those of the record."""
        report = verified(indexed(edited(timestamp=timestamp)), software="other")

        assert right is ("index.differs" not in found(report))


class TestLines:
    """An index that says the same twice, or in another order."""

    def test_a_doubled_line(self) -> None:
        """The same line twice in a row is a fault of ours and a warning of others."""
        from archive.wacz.zipnum import gzip_member

        parts = dict(PARTS)
        del parts[forge.BLOCKS]
        parts[INDEX] = gzip_member(b"".join([LINES[0], *LINES]))

        assert Status.WARNED is found(verified(parts, software="other"))["index.line-repeated"]
        assert Status.FAILED is found(verified(parts))["index.line-repeated"]
        assert "index.line-repeated" not in found(verified(PARTS))

    @pytest.mark.parametrize(
        ("software", "status"),
        [
            ("Scoop @ somewhere: 0.0.1", Status.WARNED),
            ("js-wacz 0.1.6", Status.WARNED),
            ("scooping 1", Status.FAILED),
            ("other", Status.FAILED),
        ],
    )
    def test_another_order(self, software: str, status: Status) -> None:
        """The order of an index is a MUST; of writers known to sort otherwise it is a warning, for the bytes are theirs."""
        report = verified(indexed([LINES[1], LINES[0], *LINES[2:]]), software=software)

        assert status is found(report)["index.unsorted"]

    def test_fields_of_others(self) -> None:
        """What an index adds of its own, numbers as numbers and fields nobody knows, is let be."""
        line = json.loads(LINES[0].split(b" ", 2)[2])
        own = {
            "offset": int(line["offset"]),
            "length": int(line["length"]),
            "status": 200,
            "x": {"y": [1]},
            "recordId": "7",
        }

        assert {} == found(verified(indexed(edited(**own)), software="other"))

    def test_the_id_of_a_record(self) -> None:
        """A line of ours that names its record names the right one."""
        assert {"index.differs": Status.FAILED} == found(verified(indexed(edited(recordId="<urn:uuid:7>"))))

    def test_what_nobody_looks_up(self) -> None:
        """Other writers leave records out of their indexes that have no address of the web; a page left out is a fault."""
        text = [line for line in LINES if b'urn:x-text:1"' not in line]
        page = [line for line in LINES if b"example/0" not in line]

        assert {"index.record-missing": Status.WARNED} == found(verified(indexed(text), software="other"))
        missing = found(verified(indexed(page), software="other", mainPageUrl=None, mainPageURL=None))
        assert Status.FAILED is missing["index.record-missing"]

    def test_a_list_of_blocks_about_another_index(self) -> None:
        """A list of blocks that names another index is found: programs would read that one by it."""
        listing = PARTS[forge.BLOCKS].replace(b'"index.cdx.gz"', b'"other.cdx.gz"')

        for software in ("other", "source-provenance"):
            report = verified({**PARTS, forge.BLOCKS: listing}, software=software)
            assert {"index.block-differs": Status.FAILED} == found(report)
