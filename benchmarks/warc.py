"""CPU time of verifying, writing, indexing and packing a WARC, beside other people's tools on the same bytes in the same run.

`python benchmarks/warc.py --megabytes 200 --strict` makes pages (benchmarks/making/pages.py), and prints a row a figure.
Every job is a process of its own; its seconds are user and system together, the least of a few runs taken in turns, so
that a busy machine slows all alike. A ratio above 1 says that we are faster. The rows named `floor` say what the same
bytes cost if they are only inflated (or deflated), summed and hashed by bare calls: nobody who checks as much is faster.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
STDLIB = "import sys; sys.modules['isal'] = sys.modules['zlib_ng'] = None\n"
"""Put in front of a job that shall not find the fast engines."""

VERIFY = "from provenance.cli import main; import sys; sys.exit(main(['verify', sys.argv[1], '--json']))"
INDEX = """
import sys
from archive.indexing import index_of
with open(sys.argv[1], "rb") as file:
    sys.stdout.buffer.writelines(index_of(file, member=sys.argv[1].rpartition("/")[2]))
"""
WRITE = """
import struct, sys
from archive.engines import compression
from archive.warc.record import NewRecord
from archive.warc.writer import WarcWriter
from benchmarks.making.exchange import exchanges
with open(sys.argv[2], "wb") as out:
    writer = WarcWriter(out, member="made.warc.gz", packing=compression(sys.argv[3]))
    for url, block, _, _ in exchanges(sys.argv[1]):
        writer.write(NewRecord("response", "2016-09-18T18:02:00Z", block, url, "application/http;msgtype=response"))
"""
WRITE_WARCIO = """
import io, sys
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter
from benchmarks.making.exchange import exchanges
with open(sys.argv[2], "wb") as out:
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    for url, _, fields, body in exchanges(sys.argv[1]):
        head = StatusAndHeaders("200 OK", fields, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(
            url, "response", payload=io.BytesIO(body), length=len(body), http_headers=head,
            warc_headers_dict={"WARC-Date": "2016-09-18T18:02:00Z"}))
"""
PACK = """
import archive, sys
from archive.engines import compression
from archive.warc.reader import read_records
from archive.warc.record import NewRecord
own = {"warc-type", "warc-record-id", "warc-date", "warc-target-uri", "warc-block-digest", "warc-payload-digest",
       "content-type", "content-length"}
with open(sys.argv[1], "rb") as file, archive.PackageWriter(sys.argv[2], overwrite=True, packing=compression(sys.argv[3])) as package:
    for record in read_records(file):
        get = record.header.get
        fields = tuple(field for field in record.header.fields if field[0].lower() not in own)
        block = b"".join(record.chunks())
        package.write(NewRecord(get("WARC-Type"), get("WARC-Date"), block, get("WARC-Target-URI"), get("Content-Type"),
                                get("WARC-Record-ID"), fields))
"""
FLOOR_READ = """
import hashlib, sys, zlib
from archive.engines import inflating
way, data, at = inflating(), open(sys.argv[1], "rb").read(), 0
while at < len(data):
    z = way.inflater()
    behind = data.find(b"\\x1f\\x8b\\x08\\0", at + 10)
    plain = z.decompress(data[at + 10 : behind if behind > 0 else len(data)])
    at = behind if behind > 0 else len(data)
    way.crc32(plain, 0), hashlib.sha1(plain).digest(), hashlib.sha1(plain).digest()
"""
FLOOR_WRITE = """
import hashlib, sys
from archive.engines import compression, inflating
from benchmarks.making.exchange import exchanges
packing, crc32 = compression(sys.argv[3]), inflating().crc32
with open(sys.argv[2], "wb") as out:
    for _, block, _, body in exchanges(sys.argv[1]):
        hashlib.sha256(block).digest(), hashlib.sha256(body).digest(), crc32(block, 0)
        z = packing.deflater()
        out.write(z.compress(block) + z.flush())
"""
READ_ONLY = (
    "from benchmarks.making.exchange import exchanges; import sys; [0 for _ in exchanges(sys.argv[1])]"
)


class Cost:
    """What a job took: CPU seconds, the least of all runs, and the most memory, in MB."""

    def __init__(self) -> None:
        self.seconds, self.megabytes = float("inf"), 0.0

    def run(self, command: Iterable[str | Path]) -> None:
        """Run a command, and take what it costs."""
        null = os.open(os.devnull, os.O_RDWR)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        given = [str(part) for part in command]
        moves = [(os.POSIX_SPAWN_DUP2, null, number) for number in (1, 2)]
        child = os.posix_spawn(given[0], given, environment, file_actions=moves)
        os.close(null)
        _, status, usage = os.wait4(child, 0)
        if os.waitstatus_to_exitcode(status) != 0:
            raise SystemExit(f"{' '.join(given)[:200]} failed")
        self.seconds = min(self.seconds, usage.ru_utime + usage.ru_stime)
        self.megabytes = max(self.megabytes, usage.ru_maxrss / 1024)


def costs(jobs: dict[str, list[str | Path]], runs: int) -> dict[str, Cost]:
    """Return what each job costs, run in turns; a job whose program is not installed is left out."""
    here = {name: job for name, job in jobs.items() if Path(job[0]).exists()}
    taken = {name: Cost() for name in here}
    for _ in range(runs):
        for name, job in here.items():
            taken[name].run(job)
    return taken


def ours(code: str, *arguments: str | Path, stdlib: bool = False) -> list[str | Path]:
    """Return the command that runs code of ours, with or without the fast engines."""
    return [sys.executable, "-c", (STDLIB if stdlib else "") + code, *arguments]


class Table:
    """Rows of figures, and whether a promised ratio was missed."""

    def __init__(self) -> None:
        self.missed = False

    def add(self, taken: dict[str, Cost], peer: str, promised: dict[str, float], size: float) -> None:
        """Print a row a job, with its ratio to the peer."""
        base = taken.get(peer)
        for name, cost in taken.items():
            ratio = base.seconds / cost.seconds if base else float("nan")
            least = promised.get(name)
            short = least is not None and base is not None and ratio < least
            self.missed |= short
            bar = "" if least is None else f"  (wanted {least:.1f}{', missed' if short else ''})"
            print(
                f"{name:44} {cost.seconds:7.2f} s {size / cost.seconds:7.0f} MB/s {cost.megabytes:6.0f} MB"
                f" {ratio:6.2f} x {peer}{bar}"
            )


def reading(table: Table, archive: Path, size: float, runs: int) -> None:
    """Measure what reads a WARC."""
    verify = {
        "warcio check": [BIN / "warcio", "check", archive],
        "fastwarc check": [BIN / "fastwarc", "check", "-q", "-p", archive],
        "verify, zlib": ours(VERIFY, archive, stdlib=True),
        "verify, [fast]": ours(VERIFY, archive),
        "floor of verifying, zlib": ours(FLOOR_READ, archive, stdlib=True),
        "floor of verifying, [fast]": ours(FLOOR_READ, archive),
    }
    table.add(costs(verify, runs), "warcio check", {"verify, zlib": 2, "verify, [fast]": 3}, size)
    index = {
        "cdxj-indexer": [BIN / "cdxj-indexer", "-s", archive],
        "index, zlib": ours(INDEX, archive, stdlib=True),
        "index, [fast]": ours(INDEX, archive),
    }
    table.add(costs(index, runs), "cdxj-indexer", {"index, [fast]": 2}, size)
    out = archive.with_suffix(".wacz")
    pack = {
        "wacz create": [BIN / "wacz", "create", "-o", out, archive],
        "package, zlib:6": ours(PACK, archive, out, "zlib", stdlib=True),
        "package, [fast]": ours(PACK, archive, out, ""),
    }
    table.add(costs(pack, runs), "wacz create", {"package, [fast]": 2}, size)


def writing(table: Table, pages: Path, folder: Path, size: float, runs: int) -> None:
    """Measure what writes a WARC. What reading the pages costs is left out of every row."""
    kinds = ("zlib:9", "zlib:6", "zlib-ng:6", "isal:3", "isal:2")
    jobs: dict[str, list[str | Path]] = {
        "(read the pages)": ours(READ_ONLY, pages),
        "warcio": ours(WRITE_WARCIO, pages, folder / "warcio"),
    }
    for kind in kinds:
        jobs[f"write, {kind}"] = ours(WRITE, pages, folder / kind, kind)
    jobs["floor of writing, zlib:6"] = ours(FLOOR_WRITE, pages, folder / "floor", "zlib:6", stdlib=True)
    jobs["floor of writing, isal:2"] = ours(FLOOR_WRITE, pages, folder / "floor", "isal:2")
    taken = costs(jobs, runs)
    apart = taken.pop("(read the pages)").seconds
    for cost in taken.values():
        cost.seconds -= apart
    table.add(taken, "warcio", {"write, zlib:6": 1.4, "write, isal:2": 5}, size)
    theirs = (folder / "warcio").stat().st_size
    shares = [f"{kind} {(folder / kind).stat().st_size / theirs - 1:+.1%}" for kind in kinds]
    print(f"size against warcio's (zlib, level 9): {', '.join(shares)}")


def growing(pages: Path, folder: Path, size: float) -> None:
    """Measure how verifying grows with the file, and that memory does not."""
    base = Cost()
    base.run(ours("import provenance.cli.verify, provenance.cli.output", pages))
    for times in (1, 4, 16):
        part, cost = folder / "part.warc.gz", Cost()
        Cost().run(ours(WRITE, f"{pages}:{size * times / 16:.3f}", part, "zlib:1"))
        cost.run(ours(VERIFY, part))
        each = 1000 * (cost.seconds - base.seconds) / (size / 16 * times)
        print(
            f"verify {size / 16 * times:6.0f} MB: {each:.2f} ms of CPU a MB, {cost.megabytes:.0f} MB of memory"
        )


def main() -> int:
    """Measure, print, and return 1 where `--strict` is given and a promised ratio was missed."""
    sys.path.insert(0, str(ROOT))
    from benchmarks.making.exchange import make

    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=20, help="of pages to make (20)")
    parser.add_argument("--kilobytes", type=float, default=157, help="of a page in the mean (157)")
    parser.add_argument("--runs", type=int, default=3, help="of each job, of which the least counts (3)")
    parser.add_argument("--strict", action="store_true", help="fail where a promised ratio is missed")
    args = parser.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pages = folder / "pages"
        count, size = make(pages, args.megabytes, args.kilobytes)
        print(f"{count} responses, {size:.0f} MB, {1000 * size / count:.0f} kB a page")
        writing(table, pages, folder, size, args.runs)
        archive = folder / "made.warc.gz"
        Cost().run(ours(WRITE_WARCIO, pages, archive))
        reading(table, archive, size, args.runs)
        growing(pages, folder, size)
    return int(args.strict and table.missed)


if __name__ == "__main__":
    sys.exit(main())
