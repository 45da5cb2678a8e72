"""Measure what was promised, in CPU seconds of a process of its own, and fail where a figure is missed."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "seeds" / "samples.toml"
TEXTS = os.environ.get("PROVENANCE_SEED_TEXTS")
ROUNDS = 5


def cpu_seconds(*arguments: str) -> float:
    """Return the CPU seconds of one run of Python with these arguments, user and system together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measured(*arguments: str) -> float:
    """Return the median over a few rounds; the first, which compiles and warms the disk, is left out."""
    return statistics.median([cpu_seconds(*arguments) for _ in range(ROUNDS + 1)][1:])


def build(seeds: Path) -> float:
    """Return the CPU seconds of building one seed list, the start of the interpreter included."""
    with tempfile.TemporaryDirectory() as folder:
        return measured(
            "-m", "provenance", "build", str(seeds), "-o", f"{folder}/bench.wacz", "--force", "--quiet"
        )


def main() -> int:
    """Print a line a figure; return 1 where one is above what was promised."""
    figures = [
        (
            "import provenance, above an empty run",
            measured("-c", "import provenance") - measured("-c", "pass"),
            0.15,
        )
    ]
    figures.append(("build the samples", build(SAMPLES), 1.0))
    if TEXTS:
        figures.append(("build the five seeds", build(ROOT / "seeds" / "aleppo-2016.toml"), 1.0))
    for name, seconds, allowed in figures:
        print(
            f"{name}: {seconds:.3f} s CPU of {allowed:.2f}{'' if seconds <= allowed else '   <-- too slow'}"
        )
    return int(any(seconds > allowed for _, seconds, allowed in figures))


if __name__ == "__main__":
    sys.exit(main())
