"""Measure tracing in a corpus beside what others offer: CPU time on one core, at sizes ten times apart.

Every method runs in a process of its own on documents that are made here, the same in every run. The figures of methods
that look through every text are scaled from the first thousand.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from tracing.documents import Asked, Newspapers, quotations  # noqa: E402 (below the path)
from tracing.peers import ONE_BY_ONE, AhoCorasick  # noqa: E402 (below the path)

OURS, AHO = "provenance corpus", "ahocorasick_rs, all at once"
SIZES = (300, 3_000)
QUESTIONS = 400
FEW = {"rapidfuzz partial_ratio": 6, "edlib HW": 4}
BARS = {
    "p99 ms": 10.0,
    "batch/s": 2_000.0,
    "verbatim": 0.999,
    "altered 8+": 0.95,
    "slope p50": 0.5,
    "index B/B": 1.4,
}


def cpu() -> float:
    """Return the CPU seconds of this process."""
    return time.process_time()


def measure_ours(papers: Newspapers, count: int, asked: Sequence[Asked], folder: Path) -> dict[str, float]:
    """Return the figures of a corpus: building, one question after another, and all in a batch."""
    from provenance.corpus.index import IndexWriter
    from provenance.corpus.indexed import IndexedCandidates
    from provenance.corpus.segment import Document
    from provenance.model.trace import Query
    from provenance.tracer.verdicts import trace_all

    spent, text_bytes = 0.0, 0

    def timed() -> Iterator[Document]:
        nonlocal spent, text_bytes
        for number in range(count):
            before = cpu()
            text = papers.document(number)
            text_bytes += len(text)
            spent += cpu() - before
            yield Document(f"d{number}", text, (0, len(text)), {"id": f"d{number}", "input": "made"})

    before = cpu()
    with IndexWriter(folder / "corpus") as writer:
        writer.add("made", "1", timed())
    building = cpu() - before - spent
    files = sum(file.stat().st_size for file in (folder / "corpus").rglob("*") if file.is_file())
    peak_building = peak_mb()
    body = IndexedCandidates(folder / "corpus")
    queries = [Query(exact=each.exact, id=str(number)) for number, each in enumerate(asked)]
    list(trace_all(queries[:5], body))
    each_ms, traces = [], []
    for query in queries:
        before = cpu()
        traces += trace_all([query], body)
        each_ms.append((cpu() - before) * 1e3)
    body = IndexedCandidates(folder / "corpus")
    before = cpu()
    list(trace_all(queries, body))
    batch = cpu() - before
    return {
        "build MB/s": text_bytes / 1e6 / building,
        "index B/B": files / text_bytes - 1,
        **times(each_ms),
        "batch/s": len(queries) / batch,
        "peak MB": peak_building,
        **recall(asked, traces),
    }


def recall(asked: Sequence[Asked], traces: Sequence[object]) -> dict[str, float]:
    """Return the share of quotations of each kind that were found where they stand (absent ones: that were accused).

    Of fewer than eight altered words it is right, too, to say that they are too short to decide.
    """
    found: dict[str, list[bool]] = {"verbatim": [], "altered 8+": [], "altered 4-7": [], "absent accused": []}
    for each, trace in zip(asked, traces, strict=True):
        passage = trace.passage  # type: ignore[attr-defined]
        there = passage is not None and each.original in passage.source.characters
        if each.kind == "verbatim":
            found["verbatim"].append(there and trace.verdict.severity in ("faithful", "distorted"))  # type: ignore[attr-defined]
        elif each.kind == "altered":
            undecided = each.words < 8 and trace.verdict == "UNCHECKED"  # type: ignore[attr-defined]
            found["altered 8+" if each.words >= 8 else "altered 4-7"].append(there or undecided)
        else:
            found["absent accused"].append(trace.verdict.severity in ("altered", "distorted"))  # type: ignore[attr-defined]
    return {kind: sum(said) / len(said) for kind, said in found.items() if said}


def times(each_ms: Sequence[float]) -> dict[str, float]:
    """Return the median and the 99th percentile."""
    ordered = sorted(each_ms)
    return {
        "p50 ms": ordered[len(ordered) // 2],
        "p99 ms": ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))],
    }


def measure_peer(
    name: str, papers: Newspapers, count: int, asked: Sequence[Asked], folder: Path
) -> dict[str, float]:
    """Return the figures of another method. Making the documents is not counted."""
    texts = list(papers.documents(count))
    text_bytes = sum(map(len, texts))
    if name == AHO:
        before = cpu()
        found = AhoCorasick().find_all(texts, [each.exact for each in asked])
        return {"batch/s": len(asked) / (cpu() - before), "peak MB": peak_mb(), "found": found / len(asked)}
    peer = ONE_BY_ONE[name]()
    before = cpu()
    peer.build(texts, folder)
    building = cpu() - before
    files = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    each_ms, found = [], 0
    for each in asked[: FEW.get(name, len(asked))]:
        before = cpu()
        found += peer.find(each.exact)
        each_ms.append((cpu() - before) * 1e3 * peer.scale)
    figures = {
        **times(each_ms),
        "batch/s": 1e3 * len(each_ms) / sum(each_ms),
        "peak MB": peak_mb(),
        "found": found / len(each_ms),
    }
    return (
        {"build MB/s": text_bytes / 1e6 / building, "index B/B": files / text_bytes, **figures}
        if files
        else figures
    )


def peak_mb() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measured(name: str, count: int, questions: int) -> dict[str, float]:
    """Return the figures of one method at one size, measured in a process of its own."""
    command = [
        sys.executable,
        __file__,
        "--method",
        name,
        "--sizes",
        str(count),
        "--questions",
        str(questions),
    ]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    figures: dict[str, float] = json.loads(ran.stdout)
    return figures


def run_one(name: str, count: int, questions: int) -> None:
    """Measure one method and print its figures as JSON."""
    papers = Newspapers()
    asked = quotations(papers, count, questions)
    with tempfile.TemporaryDirectory() as folder:
        measure = measure_ours if name == OURS else None
        figures = (
            measure(papers, count, asked, Path(folder))
            if measure
            else measure_peer(name, papers, count, asked, Path(folder))
        )
    print(json.dumps(figures))


def slopes(sizes: Sequence[int], figures: Sequence[dict[str, float]]) -> dict[str, float]:
    """Return how the figures grow: the exponent between the first and the last size."""
    if len(sizes) < 2:
        return {}
    apart = math.log(sizes[-1] / sizes[0])
    keys = [key for key in ("p50 ms", "p99 ms", "peak MB") if key in figures[0]]
    return {f"slope {key.split()[0]}": math.log(figures[-1][key] / figures[0][key]) / apart for key in keys}


def missed(figures: dict[str, float]) -> list[str]:
    """Return which bars figures miss."""
    at_most = ("p99 ms", "slope p50", "index B/B")
    return [
        f"{name} {figures[name]:.3f} (bar {bar})"
        for name, bar in BARS.items()
        if name in figures and (figures[name] > bar if name in at_most else figures[name] < bar)
    ]


def main() -> int:
    """Print a line a method and size; return 1 where the corpus misses a bar."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--sizes", type=int, nargs="+", default=list(SIZES), help="documents; bars are those of 100000"
    )
    parser.add_argument("--questions", type=int, default=QUESTIONS, help="quotations that are asked for")
    parser.add_argument("--method", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.method:
        run_one(args.method, args.sizes[0], args.questions)
        return 0
    short: list[str] = []
    for name, module in (
        (OURS, "numpy"),
        *((n, p.module) for n, p in ONE_BY_ONE.items()),
        (AHO, AhoCorasick.module),
    ):
        if importlib.util.find_spec(module) is None:
            print(f"{name}: {module} is not installed")
            continue
        figures = [measured(name, count, args.questions) for count in args.sizes]
        for count, each in zip(args.sizes, figures, strict=True):
            print(
                f"{name}, {count} documents: "
                + ", ".join(f"{key} {value:.4g}" for key, value in each.items())
            )
        grown = slopes(args.sizes, figures)
        print(f"{name}, growth: " + ", ".join(f"{key} {value:.2f}" for key, value in grown.items()))
        if name == OURS:
            short = missed(figures[-1] | grown)
    for each in short:
        print(f"{OURS}: {each}   <-- missed")
    return int(bool(short))


if __name__ == "__main__":
    sys.exit(main())
