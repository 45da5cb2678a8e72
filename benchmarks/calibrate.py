"""Make the table of confidences from annotated pages: how often a value was right, by field and tier.

Run with PROVENANCE_GOLD set; `--write` replaces `provenance/reader/confidences.json`. Without `--write` the table is
only printed, beside the one that ships. Pages that state no value count as wrong where one is given.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import os
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
TABLE = ROOT / "provenance" / "reader" / "confidences.json"
Counts = dict[tuple[str, str], list[bool]]


def fold(text: str) -> str:
    """Return words as they are compared: letters and digits only, without case."""
    return re.sub(r"[\W_]+", " ", unicodedata.normalize("NFKC", text).casefold()).strip()


def people(names: Any) -> set[str]:
    """Return the names of a list or of a byline."""
    given = names if isinstance(names, (list, tuple)) else [names] if names else []
    return {
        fold(piece) for name in given for piece in re.split(r"\s*(?:;|,|\band\b|&)\s*", name) if fold(piece)
    }


def page(url: str) -> str:
    """Return an address without what does not tell pages apart."""
    parts = urlsplit(url)
    return (
        re.sub(r"^(www|m|mobile|amp)\.", "", parts.hostname or "") + unquote(parts.path).rstrip("/").lower()
    )


RIGHT: dict[str, tuple[str, Callable[[Any, Any], bool]]] = {
    "headline": ("title", lambda value, gold: fold(value) == fold(gold)),
    "published": ("published", lambda value, gold: str(value)[:10] == gold[:10]),
    "authors": ("author", lambda value, gold: people(value) == people(gold)),
    "original_url": ("url", lambda value, gold: page(value) == page(gold)),
}
"""By field of an article: the annotation's key, and when a value is right."""


def annotated(gold: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield each annotation with its page."""
    with (gold / "pages.jsonl").open(encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            with gzip.open(gold / "pages" / f"{row['id']}.html.gz") as compressed:
                yield row, compressed.read()


def measure(gold: Path) -> Counts:
    """Read every page and compare what it says with its annotation."""
    from provenance.reader import read

    counts: Counts = collections.defaultdict(list)
    for row, data in annotated(gold):
        articles = read(data, media_type="text/html", accept_weak=True).articles
        longest = max(articles, key=lambda a: sum(end - start for start, end in a.body), default=None)
        if longest is None:
            continue
        for field, (key, is_right) in RIGHT.items():
            found = getattr(longest.fields, field)
            known = row[key] or row.get("undated" if key == "published" else "authorless")
            if found.value is not None and found.tier is not None and known:
                counts[field, str(found.tier)].append(bool(row[key]) and is_right(found.value, row[key]))
    return counts


def written(counts: Counts, pages: int, date: str) -> str:
    """Return the table as JSON, a field and tier a line."""
    fields = []
    for field in RIGHT:
        rows = [
            f'      "{tier}": {{"share": {sum(right) / len(right):.3f}, "n": {len(right)}}}'
            for (name, tier), right in sorted(counts.items())
            if name == field
        ]
        fields.append(f'    "{field}": {{\n' + ",\n".join(rows) + "\n    }")
    head = (
        '{\n  "about": "How often a value was right on annotated pages, by field and tier. Made by benchmarks/calibrate.py.",'
        f'\n  "date": "{date}",\n  "pages": {pages},\n  "field": {{\n'
    )
    return head + ",\n".join(fields) + "\n  }\n}\n"


def main() -> int:
    """Print the table, or write it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", metavar="DATE", help="replace the shipped table, and note this date in it")
    args = parser.parse_args()
    gold = os.environ.get("PROVENANCE_GOLD")
    if not gold:
        print("skipped: PROVENANCE_GOLD names no folder with annotated pages")
        return 0
    counts = measure(Path(gold))
    pages = sum(1 for _ in (Path(gold) / "pages.jsonl").open(encoding="utf-8"))
    table = written(counts, pages, args.write or "unwritten")
    if args.write:
        TABLE.write_text(table, encoding="utf-8")
    print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
