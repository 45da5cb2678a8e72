"""Other people's tools read what we write, and we read what they write."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import warcs

from archive.findings import Finding, Status
from archive.warc.record import Placed


@pytest.fixture
def warc(tmp_path: Path) -> Path:
    """Return a compressed file of ours with a record of every type."""
    path = tmp_path / "data.warc.gz"
    path.write_bytes(warcs.written(warcs.collection())[0])
    return path


def command(name: str) -> str:
    """Return the path of a tool beside this interpreter or on the search path; skip where there is none."""
    path = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if path is None:
        pytest.skip(f"{name} is not installed")
    return path


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a tool."""
    return subprocess.run(arguments, capture_output=True, text=True, timeout=60, check=False)


UNCLOSED = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
"""warcio leaves the temporary files of its writer to the garbage collector."""


class TestWarcio:
    """warcio 1.8."""

    def test_index(self, warc: Path) -> None:
        """`warcio index` sees every record at the offset that we told."""
        placed = warcs.written(warcs.collection())[1]
        done = run(command("warcio"), "index", "-f", "offset", str(warc))
        assert 0 == done.returncode
        assert [f'{{"offset": "{place.offset_bytes}"}}' for place in placed] == done.stdout.split("\n")[:-1]

    def test_check(self, warc: Path) -> None:
        """`warcio check` finds nothing wrong, but that it takes a de-chunked payload digest for a wrong one."""
        plain = [new for new in warcs.collection() if b"chunked" not in bytes(new.block)]  # type: ignore[arg-type]
        warc.write_bytes(warcs.written(plain)[0])
        done = run(command("warcio"), "check", "-v", str(warc))
        assert (0, "") == (done.returncode, done.stderr)
        assert "failed" not in done.stdout

    def test_blocks(self, warc: Path) -> None:
        """Warcio reads every block byte for byte, with the fields that we wrote."""
        iterator = pytest.importorskip("warcio.archiveiterator").ArchiveIterator
        with warc.open("rb") as file:
            read = [
                (record.raw_stream.read(), record.rec_headers.headers)
                for record in iterator(file, no_record_parse=True)
            ]
        new, (_, placed) = warcs.collection(), warcs.written(warcs.collection())
        assert [record.block for record in new] == [block for block, _ in read]
        assert [list(place.header.fields) for place in placed] == [headers for _, headers in read]

    @UNCLOSED
    @pytest.mark.parametrize("version", ["1.0", "1.1"])
    @pytest.mark.parametrize("gzip", [True, False])
    def test_what_it_writes(self, version: str, gzip: bool) -> None:
        """What warcio writes is sound and wholly checked."""
        data = foreign(version, gzip=gzip)
        outcomes = warcs.surveyed(data)
        assert [] == [outcome for outcome in outcomes if isinstance(outcome, Finding)]
        assert [200, None] == [outcome.http_status for outcome in outcomes if isinstance(outcome, Placed)]
        checked, present = warcs.coverage(data)["records"]
        assert 2 == checked == present


class TestFastWarc:
    """FastWARC 2."""

    def test_block_digests(self, warc: Path) -> None:
        """FastWARC verifies the block digest of every record."""
        fastwarc = pytest.importorskip("fastwarc.warc")
        with warc.open("rb") as file:
            verified = [
                record.verify_block_digest()
                for record in fastwarc.ArchiveIterator(
                    file, parse_http=False, record_types=fastwarc.WarcRecordType.any_type
                )
            ]
        assert [True] * len(warcs.collection()) == verified

    def test_blocks(self, warc: Path) -> None:
        """FastWARC reads every block byte for byte."""
        fastwarc = pytest.importorskip("fastwarc.warc")
        with warc.open("rb") as file:
            blocks = [record.reader.read() for record in fastwarc.ArchiveIterator(file, parse_http=False)]
        assert [new.block for new in warcs.collection()] == blocks


def test_gzip_tool(warc: Path) -> None:
    """`gzip -t` finds nothing wrong with our members."""
    done = run(command("gzip"), "-t", str(warc))
    assert (0, "") == (done.returncode, done.stderr)


def foreign(version: str, *, gzip: bool) -> bytes:
    """Return a response and its request, written by warcio."""
    writer_module = pytest.importorskip("warcio.warcwriter")
    headers: Any = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    file = io.BytesIO()
    writer = writer_module.WARCWriter(file, gzip=gzip, warc_version=version)
    head = headers(
        "200 OK", [("Content-Type", "text/html"), ("Content-Length", str(len(warcs.HTML)))], "HTTP/1.1"
    )
    response = writer.create_warc_record(
        warcs.URI, "response", payload=io.BytesIO(warcs.HTML), http_headers=head
    )
    line = headers("GET /world/1 HTTP/1.1", [("Host", "daily.example")], is_http_request=True)
    request = writer.create_warc_record(warcs.URI, "request", http_headers=line)
    writer.write_request_response_pair(request, response)
    return file.getvalue()


@UNCLOSED
def test_a_damaged_foreign_file_is_found() -> None:
    """The same file, altered, fails: the check above can fail."""
    data = bytearray(foreign("1.1", gzip=False))
    data[data.index(b"bridge")] ^= 1
    assert any(
        outcome.status is Status.FAILED
        for outcome in warcs.surveyed(bytes(data))
        if isinstance(outcome, Finding)
    )
