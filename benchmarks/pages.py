"""Measure the reader on annotated pages against the field's tools: pages a CPU second, and growth with a page's size.

Run with PROVENANCE_GOLD set. Peers that are not installed are left out. Reading alone is measured (bytes to values, no
process start, no output), one pass each in turn over the same pages, CPU time of one process.
"""

from __future__ import annotations

import gzip
import importlib
import os
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
Tool = Callable[[bytes], object]
GROWTH = 2.5
"""Factor up to which twice the page may cost; linear is 2, quadratic 4."""


def ours(data: bytes) -> object:
    """Read a page with everything: text, fields with evidence, posts, quotations, speakers."""
    from provenance.reader import read

    return read(data, media_type="text/html")


def _lxml(data: bytes) -> object:
    from lxml import etree

    return etree.fromstring(data, etree.HTMLParser(encoding="utf-8"))


def _trafilatura(data: bytes) -> object:
    return importlib.import_module("trafilatura").bare_extraction(data, with_metadata=True)


def _htmldate(data: bytes) -> object:
    return importlib.import_module("htmldate").find_date(data.decode("utf-8", "replace"))


def _newspaper(data: bytes) -> object:
    article = importlib.import_module("newspaper").Article("https://www.example.org/")
    article.download(input_html=data.decode("utf-8", "replace"))
    article.parse()
    return article


def _readability(data: bytes) -> object:
    return importlib.import_module("readability").Document(data.decode("utf-8", "replace")).summary()


def _resiliparse(data: bytes) -> object:
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    return extract(data.decode("utf-8", "replace"), main_content=True)


TOOLS: dict[str, Tool] = {
    "provenance (all)": ours,
    "lxml, parse only": _lxml,
    "resiliparse, body": _resiliparse,
    "readability-lxml, body": _readability,
    "htmldate, date": _htmldate,
    "trafilatura, all": _trafilatura,
    "newspaper4k, all": _newspaper,
}


def rate(tool: Tool, pages: Sequence[bytes]) -> tuple[float, int]:
    """Return pages a CPU second, and how many pages the tool raised on. The first page is read twice, to load all."""
    failed = 0
    tool(pages[0])
    start = time.process_time()
    for data in pages:
        try:
            tool(data)
        except Exception:  # noqa: BLE001 (another library's: whatever it raises, the page counts as failed)
            failed += 1
    return len(pages) / (time.process_time() - start), failed


def grown(paragraphs: int) -> bytes:
    """Return a made page of so many paragraphs, with links, quotations and a menu."""
    said = "The council said <a href=/x>on Tuesday</a> that “the wall will be repaired”, Ida Brandt said."
    menu = "<li><a href=/m>m</a>" * paragraphs
    body = f"<div class=c><p>{said}</p></div>" * paragraphs
    return f"<html><body><nav><ul>{menu}</ul></nav><h1>Wall</h1>{body}</body>".encode()


def growth(sizes: Sequence[int] = (2_000, 4_000, 8_000, 16_000)) -> float:
    """Print what pages of growing size cost, and return the mean factor between one and the next, twice as large."""
    ours(grown(10))
    costs = []
    for size in sizes:
        data = grown(size)
        start = time.process_time()
        ours(data)
        costs.append(time.process_time() - start)
        print(f"{size:8} paragraphs {len(data) / 1e6:6.2f} MB {costs[-1]:8.3f} CPU s")
    return float((costs[-1] / costs[0]) ** (1 / (len(costs) - 1)))


def main() -> int:
    """Print a line a tool and a line a size; return 1 where the time grows faster than the page."""
    warnings.simplefilter("ignore")
    factor = growth()
    print(f"mean factor at twice the size: {factor:.2f} (at most {GROWTH})")
    gold = os.environ.get("PROVENANCE_GOLD")
    if not gold:
        print("the tools are not compared: PROVENANCE_GOLD names no folder with annotated pages")
        return int(factor > GROWTH)
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((Path(gold) / "pages").glob("*.html.gz"))]
    for name, tool in TOOLS.items():
        try:
            speed, failed = rate(tool, pages)
        except ImportError:
            print(f"{name:24} not installed")
            continue
        print(f"{name:24} {speed:8.1f} pages a CPU second" + (f"; raised on {failed}" if failed else ""))
    return int(factor > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
