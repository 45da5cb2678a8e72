"""Measure how building, verifying and tracing grow with the number of documents: CPU seconds a document at 1×, 4×, 16×."""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SIZES = (50, 200, 800)
WORST_GROWTH = 1.5
"""How much dearer a document may be in a collection sixteen times as large."""
WORDS = [
    "harbour",
    "barrier",
    "minister",
    "flood",
    "gate",
    "council",
    "ferry",
    "engine",
    "winter",
    "report",
    "street",
]


def documents(count: int) -> Iterator[str]:
    """Yield invented articles of some 2,500 characters; every second one quotes the one before it."""
    random.seed(count)
    quoted = ""
    for number in range(count):
        said = " ".join(random.choices(WORDS, k=12)) + f" {number}"
        words = [f"{' '.join(random.choices(WORDS, k=40))}.\n\n" for _ in range(8)]
        quotes = [f"“{said},” the master said.\n\n"] + (
            [f"“{quoted},” the council wrote.\n\n"] if quoted else []
        )
        yield f"Report number {number} from the coast\n\nMarch {number % 28 + 1}, 2024\n\n{''.join(words + quotes)}"
        quoted = said


def cpu_seconds(*arguments: str) -> float:
    """Return the CPU seconds of one command, user and system together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "provenance", *arguments]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print a row a size; return 1 where a document in the largest collection is too dear."""
    costs: dict[str, list[float]] = {"build": [], "verify": [], "trace": []}
    start = cpu_seconds("--version")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder, package = Path(name) / "texts", Path(name) / "a.wacz"
            folder.mkdir()
            for number, text in enumerate(documents(size)):
                (folder / f"{number:05}.txt").write_text(text)
            costs["build"].append(cpu_seconds("build", str(folder), "-o", str(package), "--quiet") - start)
            costs["verify"].append(cpu_seconds("verify", str(package), "--json") - start)
            costs["trace"].append(cpu_seconds("trace", str(folder), "--json") - start)
    worst = 0.0
    for verb, seconds in costs.items():
        each = [1000 * cost / size for cost, size in zip(seconds, SIZES, strict=True)]
        worst = max(worst, each[-1] / each[1])
        figures = ", ".join(f"{size}: {cost:.2f} ms" for size, cost in zip(SIZES, each, strict=True))
        print(f"{verb}, CPU a document of a collection of {figures}")
    return int(worst > WORST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
