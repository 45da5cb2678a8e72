"""What other programs write on this machine: their files are not refused, and their known habits are named."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
from interop.served import served

from archive.findings import Report, Status, Verdict
from provenance.verifier import verify

FILES = {
    "/a.html": b"<!doctype html><title>A bridge opened</title><a href='b.html'>more</a>",
    "/b.html": b"<!doctype html><title>A bridge closed</title>",
}


def failures(report: Report) -> list[str]:
    """Return the codes of what fails."""
    return [finding.code for finding in report.findings if finding.status is Status.FAILED]


@pytest.fixture(scope="module")
def by_wget(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return the report on a small crawl by the wget of this machine."""
    wget = shutil.which("wget")
    if wget is None:
        pytest.skip("wget is not installed")
    folder = tmp_path_factory.mktemp("wget")
    with served(FILES) as address:
        command = [wget, "-q", "-r", "--warc-file=crawl", f"{address}/a.html"]
        subprocess.run(command, cwd=folder, check=False, timeout=60)
    return verify(str(folder / "crawl.warc.gz"))


class TestWget:
    """GNU wget, which since 1.19 puts addresses in angle brackets."""

    def test_not_refused(self, by_wget: Report) -> None:
        """Its file is sound: every record has its digest, and nothing fails."""
        assert [] == failures(by_wget)
        assert Verdict.SOUND is by_wget.verdict

    def test_named(self, by_wget: Report) -> None:
        """Where it writes brackets, each such address is put down to it."""
        odd = [finding for finding in by_wget.findings if finding.code == "warc.target-uri"]
        assert {"wget"} >= {finding.cause.writer if finding.cause else "" for finding in odd}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # warcio leaves its files open
class TestWarcio:
    """warcio, whose writer is in many crawlers."""

    @pytest.mark.parametrize("version", ["1.0", "1.1"])
    @pytest.mark.parametrize("gzip", [True, False])
    def test_not_refused(self, tmp_path: Path, version: str, gzip: bool) -> None:
        """Its records of every type it writes are sound or, where it gives no block digest, undecided."""
        warcio = pytest.importorskip("warcio.warcwriter")
        headers = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
        path = tmp_path / "made.warc"
        with path.open("wb") as file:
            writer = warcio.WARCWriter(file, gzip=gzip, warc_version=version)
            writer.write_record(writer.create_warcinfo_record("made.warc", {"software": "made"}))
            http = headers("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            page = writer.create_warc_record(
                "https://daily.example/", "response", payload=io.BytesIO(b"<p>text</p>"), http_headers=http
            )
            writer.write_record(page)
            digest, date = (
                page.rec_headers.get_header(f"WARC-{name}") for name in ("Payload-Digest", "Date")
            )
            writer.write_record(
                writer.create_revisit_record(
                    "https://daily.example/2", digest, "https://daily.example/", date, http_headers=http
                )
            )
            for kind in ("resource", "metadata", "conversion"):
                block = io.BytesIO(b"a: b\r\n")
                writer.write_record(
                    writer.create_warc_record("urn:x:1", kind, payload=block, warc_content_type="text/plain")
                )
        report = verify(str(path))
        assert [] == failures(report)
        assert report.verdict in (Verdict.SOUND, Verdict.UNDECIDED)
