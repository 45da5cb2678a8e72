"""What a collector states, what records show, and that nothing is filled in between."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from cli.command import run

import archive
import provenance
from archive.errors import UsageError
from archive.findings import Status
from archive.warc.record import NewRecord
from provenance import collection
from provenance.collection import MEMBER, Statement, checklist, load, member_of, statement_of, statements_in
from provenance.merger import merge
from tests.provenance.insider import rewrite

TEXT = (
    "The Halvern Courier\n\nFerry turns back\n\n“We turned back before the second wave,” Ilse Brandt said.\n"
)
STATED = Statement(collector="Ilse Brandt", purpose="inquiry into the flood")


def built(folder: Path, name: str = "made.wacz", **options) -> Path:
    """Build a package of one text."""
    with provenance.build(folder / name, **options) as package:
        package.add(TEXT.encode(), name="ferry.txt", captured_at="2031-05-01T00:00:00Z")
    return folder / name


def rows(path: Path) -> dict[str, str]:
    """Return the checklist of a package: status by field."""
    return {row.field: row.status for row in checklist(provenance.verify(path).facts)}


class TestStatements:
    """What is stated, written and read."""

    def test_there_and_back(self):
        """A statement is read back as it was written; what was not stated stands there as null."""
        data = member_of((STATED,))

        assert statements_in(data) == (STATED,)
        assert json.loads(data)["statements"][0]["method"] is None

    @pytest.mark.parametrize(
        "values",
        [
            {"collector": ""},
            {"collector": "  "},
            {"collector": 7},
            {"author": "x"},
            {"notes": "x\x00"},
            {"case": "x" * 4001},
        ],
    )
    def test_no_statement(self, values: dict):
        """What is empty, no text, unknown, too long or has control characters is no statement."""
        with pytest.raises(ValueError, match=r"\w"):
            statement_of(values)

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"[]",
            b'{"form": "x"}',
            member_of((STATED,)).replace(b"flood", b"\\u0066lood"),
            member_of((STATED,)).replace(b'"form"', b'"form": 1, "form"'),
            member_of((STATED,)).replace(b'"purpose"', b'"reason"'),
        ],
    )
    def test_no_member(self, data: bytes):
        """A member that this software would not write is none: there is one way to say a thing."""
        with pytest.raises(ValueError, match=r"\w"):
            statements_in(data)

    def test_from_a_file_and_beside_it(self, tmp_path: Path):
        """What is given beside a file goes before what stands in it; the rest is from the file."""
        path = tmp_path / "about.toml"
        path.write_text('collector = "Nobody"\npurpose = "inquiry into the flood"\n', encoding="utf-8")

        assert load(path, {"collector": "Ilse Brandt", "method": None}) == STATED
        assert load(None, {"collector": None}).empty

    @pytest.mark.parametrize("text", ["collector = ", "reason = 'x'", "collector = 1"])
    def test_a_bad_file(self, tmp_path: Path, text: str):
        """A file that is no TOML, or says what no statement says, is refused with its name."""
        path = tmp_path / "about.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UsageError) as raised:
            load(path, {})
        assert raised.value.where.package == str(path)
        with pytest.raises(UsageError):
            load(tmp_path / "absent.toml", {})


class TestPackages:
    """Statements in packages."""

    def test_in_a_package(self, tmp_path: Path):
        """A statement given at the build is in the package, under the manifest, and the package is sound."""
        report = provenance.verify(built(tmp_path, about=STATED))

        assert report.verdict == "sound"
        assert report.facts["collection"] == [collection.attrs.asdict(STATED)]

    def test_nothing_stated(self, tmp_path: Path):
        """Where nothing was stated there is no member, and the checklist says what is missing."""
        path = built(tmp_path, about=Statement())
        with archive.open(path) as package:
            assert MEMBER not in package.entries
        told = rows(path)
        assert (told["collector"], told["purpose"], told["method"]) == ("missing",) * 3

    def test_broken(self, tmp_path: Path):
        """A member that cannot be read is found, though everything else agrees; one that can is not."""
        path = built(tmp_path, about=STATED)
        bad = rewrite(
            path, tmp_path / "bad.wacz", edit=lambda name, data: data[:-2] if name == MEMBER else data
        )
        found = [f.code for f in provenance.verify(bad).findings if f.status is Status.FAILED]

        assert found == ["collection.broken"]
        assert "collection.broken" not in [f.code for f in provenance.verify(path).findings]

    def test_merged(self, tmp_path: Path):
        """A merged package has the statements of all originals, each once; a question that one left open is `partly`."""
        other = Statement(collector="Tomas Wexley")
        paths = [built(tmp_path, f"{n}.wacz", about=each) for n, each in enumerate((STATED, other, STATED))]
        merge(paths, tmp_path / "merged.wacz")
        report = provenance.verify(tmp_path / "merged.wacz")
        told = {row.field: row for row in checklist(report.facts)}

        assert report.verdict == "sound"
        assert (told["collector"].status, told["collector"].says) == ("stated", "Ilse Brandt; Tomas Wexley")
        assert told["purpose"].status == "partly"

    def test_merged_with_one_that_states_nothing(self, tmp_path: Path):
        """What one original states is not said of another that states nothing; where none states anything, nothing is."""
        silent, stated = built(tmp_path, "silent.wacz"), built(tmp_path, "stated.wacz", about=STATED)
        merge([silent, stated], tmp_path / "merged.wacz")
        merge([silent, silent], tmp_path / "nothing.wacz")

        told = {row.field: row for row in checklist(provenance.verify(tmp_path / "merged.wacz").facts)}
        assert (told["collector"].status, told["collector"].says) == ("partly", "Ilse Brandt")
        with zipfile.ZipFile(tmp_path / "nothing.wacz") as package:
            assert MEMBER not in package.namelist()


class TestRecorded:
    """What the records show."""

    def test_a_text(self, tmp_path: Path):
        """A text given as a file has a hash and a conversion, no address, and nothing was captured."""
        told = rows(built(tmp_path))

        assert told["hash"] == told["conversions"] == "recorded"
        assert told["address"] == told["source"] == told["page image"] == told["media"] == "missing"
        assert told["time"] == "partly"

    def test_a_capture(self, tmp_path: Path):
        """A captured page has its address, its time and its source; a picture of it and its media count as well."""
        http = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\n\r\n%s"
        kind = "application/http;msgtype=response"
        date = "2031-05-01T00:00:00Z"
        with archive.PackageWriter(tmp_path / "made.wacz", software="other") as writer:
            writer.write(
                NewRecord("response", date, http % (b"text/html", b"<p>x"), "https://a.example/", kind)
            )
            writer.write(
                NewRecord("response", date, http % (b"image/png", b"x"), "https://a.example/x.png", kind)
            )
            writer.write(NewRecord("resource", date, b"x", "urn:view:https://a.example/", "image/png"))
        told = rows(tmp_path / "made.wacz")

        assert {told[name] for name in ("address", "time", "source", "page image", "media", "hash")} == {
            "recorded"
        }

    def test_a_conversion_of_nothing(self):
        """A conversion that names no original is documented in part only."""
        with archive.open(io.BytesIO(_warc("conversion", "conversion"))) as package:
            placed = package.survey(package.warc_names[0]).placed
        facts = {"collected": collection.facts_of(placed)}

        assert {row.field: row.status for row in checklist(facts)}["conversions"] == "missing"

    def test_nothing_is_known(self):
        """Of a package that could not be read there is no checklist."""
        assert checklist({}) == ()


def _warc(*types: str) -> bytes:
    from archive.warc.writer import WarcWriter

    out = io.BytesIO()
    writer = WarcWriter(out, member="x.warc", compress=False)
    for number, kind in enumerate(types):
        record = NewRecord(kind, "2031-05-01T00:00:00Z", b"x%d" % number, f"urn:x:{number}", "text/plain")
        writer.write(record)
    return out.getvalue()


def test_on_the_command_line(tmp_path: Path) -> None:
    """Options state what a file does not; the words and the summary of `verify` have the checklist."""
    (tmp_path / "ferry.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "about.toml").write_text('purpose = "inquiry into the flood"\n', encoding="utf-8")
    options = ("--about", tmp_path / "about.toml", "--collector", "Ilse Brandt")
    assert run("build", tmp_path / "ferry.txt", "-o", tmp_path / "a.wacz", *options).status == 0
    ran = run("verify", tmp_path / "a.wacz", "--json")
    told = {row["field"]: row for row in ran.last["checklist"]}

    assert told["collector"] == {"field": "collector", "status": "stated", "says": "Ilse Brandt"}
    assert told["method"]["status"] == "missing"
    assert "nobody stated it" in run("verify", tmp_path / "a.wacz").out
    assert run("build", tmp_path / "ferry.txt", "-o", tmp_path / "b.wacz", "--collector", " ").status == 2
