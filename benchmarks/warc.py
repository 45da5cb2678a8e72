"""CPU time of writing and surveying a WARC, beside warcio on the same records in the same run: `python -m benchmarks.warc`.

About 50 MB of pages are made here, from a fixed seed. Ratios are of CPU seconds, the least of three runs each, taken
in turns, so that a busy machine slows both alike; above 1 we are faster.
"""

from __future__ import annotations

import contextlib
import io
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.findings import Covered
from archive.warc.record import NewRecord
from archive.warc.survey import survey
from archive.warc.writer import WarcWriter

MEGABYTES = 50
RUNS = 3
DATE = "2016-09-18T18:02:00Z"
HEAD = (
    b"HTTP/1.1 200 OK\r\nServer: example\r\nContent-Type: text/html; charset=utf-8\r\n"
    b"Cache-Control: max-age=60\r\nContent-Length: %d\r\n\r\n"
)


def pages() -> list[bytes]:
    """Return pages of 5 to 120 kB of words in mark-up, of about the redundancy of real ones."""
    chance = random.Random(2016)
    letters = "eeeeetttaaaooiinnsshhrrdlcumwfgypbvkjxqz"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 11))) for _ in range(6000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    made, total = [], 0
    while total < MEGABYTES * 1_000_000:
        count = int(chance.lognormvariate(1.2, 0.8)) + 2
        paragraphs = (
            f'<p class="article-{chance.randint(1, 9999)}">{" ".join(chance.choices(words, weights, k=240))}</p>\n'
            for _ in range(count * 4)
        )
        page = (
            "<!doctype html><html><head><title>A page</title></head><body>\n" + "".join(paragraphs)
        ).encode()
        made.append(page)
        total += len(page)
    return made


def our_writer(bodies: list[bytes], level: int) -> bytes:
    """Write the pages with our writer: sha256 twice, level as given."""
    file = io.BytesIO()
    writer = WarcWriter(file, member="bench.warc.gz", level=level)
    for number, body in enumerate(bodies):
        writer.write(
            NewRecord(
                "response",
                DATE,
                HEAD % len(body) + body,
                target_uri=f"https://daily.example/{number}",
                content_type="application/http;msgtype=response",
            )
        )
    return file.getvalue()


def warcio_writer(bodies: list[bytes]) -> bytes:
    """Write the pages with warcio as it is: sha1 twice, level 9."""
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="1.1")
    for number, body in enumerate(bodies):
        fields = [line.split(": ", 1) for line in (HEAD % len(body)).decode().split("\r\n")[1:-2]]
        head = StatusAndHeaders("200 OK", [(name, value) for name, value in fields], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                f"https://daily.example/{number}",
                "response",
                payload=io.BytesIO(body),
                length=len(body),
                http_headers=head,
                warc_headers_dict={"WARC-Date": DATE},
            )
        )
    return file.getvalue()


def our_survey(data: bytes, *, canonical: bool = False) -> int:
    """Survey the file; return how many records were checked."""
    outcomes = survey(io.BytesIO(data), member="bench.warc.gz", canonical=canonical)
    covered = {item.aspect: item.count for item in outcomes if isinstance(item, Covered)}
    return covered["records"].checked


def warcio_check(data: bytes) -> int:
    """Run what `warcio check` runs, in this process; return its exit status."""
    with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stdout(io.StringIO()):
        path = Path(folder) / "bench.warc.gz"
        path.write_bytes(data)

        class Command:
            """The command line that the checker reads."""

            verbose = False
            inputs = (str(path),)

        checker = Checker(Command())
        checker.process_all()
        return int(checker.exit_value)


def least(*jobs: Callable[[], object]) -> Iterator[float]:
    """Return the least CPU seconds of each job, run in turns."""
    seconds = [[0.0] * RUNS for _ in jobs]
    for run in range(RUNS):
        for number, job in enumerate(jobs):
            begin = time.process_time()
            job()
            seconds[number][run] = time.process_time() - begin
    return map(min, seconds)


def main() -> None:
    """Measure, and print a table."""
    bodies = pages()
    size = sum(map(len, bodies)) / 1e6
    ours, theirs = our_writer(bodies, 6), warcio_writer(bodies)
    assert our_survey(ours, canonical=True) == our_survey(theirs) == len(bodies)
    assert warcio_check(ours) == 0
    write_theirs, write_ours, write_ours_9 = least(
        lambda: warcio_writer(bodies), lambda: our_writer(bodies, 6), lambda: our_writer(bodies, 9)
    )
    check_theirs, check_ours, check_canonical, check_foreign = least(
        lambda: warcio_check(ours),
        lambda: our_survey(ours),
        lambda: our_survey(ours, canonical=True),
        lambda: our_survey(theirs),
    )
    rows = [
        ("write: warcio, level 9, sha1", write_theirs, write_theirs),
        ("write: ours, level 6, sha256", write_ours, write_theirs),
        ("write: ours, level 9, sha256", write_ours_9, write_theirs),
        ("check: warcio check, our file", check_theirs, check_theirs),
        ("check: our survey, our file", check_ours, check_theirs),
        ("check: our survey, canonical", check_canonical, check_theirs),
        ("check: our survey, warcio's file", check_foreign, check_theirs),
    ]
    print(
        f"{len(bodies)} responses, {size:.0f} MB; ours {len(ours) / 1e6:.1f} MB, warcio's {len(theirs) / 1e6:.1f} MB"
    )
    print(f"{'':34} {'CPU s':>7} {'MB/s':>7} {'x warcio':>9}")
    for name, seconds, reference in rows:
        print(f"{name:34} {seconds:7.2f} {size / seconds:7.0f} {reference / seconds:9.2f}")


if __name__ == "__main__":
    main()
