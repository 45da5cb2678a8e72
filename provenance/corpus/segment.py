"""A segment: some sources and an index of every word in them, as flat files that are mapped, never loaded.

The postings are one table filed by bucket: `places` says where a run of words begins (the number of its first word in the
segment), `tags` tells runs of one bucket apart, and `buckets` says where each bucket begins. A segment is written once and
never changed; docs/format/corpus.md describes the files.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import attrs
import numpy as np

from archive.digest import hasher, spell
from provenance.corpus.keys import BUCKET_BITS, RULE, Keys, folded, keys, words

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1
MOST_WORDS = 1 << 26
"""Words of a segment, about 400 MB of English: then the next one is begun."""
_BATCH_BYTES = 150_000
"""Folded text that is handled at once: few enough words for the processor's cache, enough to make up for each call."""
_BUFFER_BYTES = 1 << 18
_RUN_WORDS = 1 << 19
_BUCKETS = 1 << BUCKET_BITS
_RANGE = _BUCKETS >> 6
_COUNTERS = 1 << 20
_COUNTED = 1 << 22
"""Words after which only every eighth run is counted: enough to tell common from rare."""
_SAMPLE = 8
_HASHED_BYTES = 1 << 20
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

FILES = (
    "buckets.u4", "tags.u2", "places.u4", "counts.u4", "words.u4", "texts.u8", "about.u8", "ids.u8", "id_numbers.u4",
    "text_of.u4", "spans.u4", "texts.utf8", "about.jsonl",
)  # fmt: skip
"""The files of a segment. The ending says what a file is an array of: little-endian, unsigned, so many bytes each."""


@attrs.frozen
class Document:
    """A source as it is filed: its text (shared by the articles of one page), its span in it, and what is known of it."""

    id: str
    text: str
    span: tuple[int, int]
    about: dict[str, Any]


class SegmentWriter:
    """Writes one segment into a folder that exists and is empty. Memory stays flat: what is filed lies in a spool."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._spool: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (closed by `close`)
        self._runs: list[NDArray[np.uint32]] = []
        self._texts = (folder / "texts.utf8").open("wb", buffering=_BUFFER_BYTES)
        self._about = (folder / "about.jsonl").open("wb")
        self._text_starts, self._about_starts, self._first_words = [0], [0], [0]
        self._text_of: list[int] = []
        self._spans: list[int] = []
        self._ids: list[bytes] = []
        self._waiting: list[bytes] = []
        self._unwritten: list[bytes] = []
        self._waiting_bytes = 0
        self._keys: list[Keys] = []
        self._numbers: list[NDArray[np.uint64]] = []
        self._unfiled = 0
        self._counts = np.zeros(_COUNTERS, np.int64)
        self._sampled = 0
        self._last_text: str | None = None
        self.words = 0
        """Words filed so far; those of the last few documents may be missing."""

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def text_bytes(self) -> int:
        """Bytes of text filed so far."""
        return self._text_starts[-1]

    def add(self, document: Document) -> None:
        """File a source. Sources that share a text come one after another."""
        if document.text is not self._last_text:
            text = document.text.encode("utf-8", "surrogatepass")
            self._unwritten.append(text)
            self._text_starts.append(self._text_starts[-1] + len(text))
            self._last_text = document.text
        about = _json(document.about) + b"\n"
        self._about.write(about)
        self._about_starts.append(self._about_starts[-1] + len(about))
        self._text_of.append(len(self._text_starts) - 2)
        self._spans += document.span
        self._ids.append(id_hash(document.id))
        part = folded(document.text[slice(*document.span)])
        self._waiting.append(part)
        self._waiting_bytes += len(part)
        if self._waiting_bytes >= _BATCH_BYTES:
            self._file()

    def _file(self) -> None:
        """Write the documents that wait, and find their words and the keys of those."""
        self._texts.writelines(self._unwritten)
        found = words(b" ".join(self._waiting))
        ends = np.cumsum([len(part) + 1 for part in self._waiting])
        after = np.searchsorted(found.starts, ends)
        self._first_words += (after + self.words).tolist()
        if len(found):
            self._numbers.append(found.numbers)
            self._keys.append(keys(found.numbers, np.unique(after[after > 0]) - 1))
        self.words += len(found)
        self._unfiled += len(found)
        self._waiting, self._unwritten, self._waiting_bytes = [], [], 0
        if self._unfiled >= _RUN_WORDS:
            self._spill()

    def _count(self) -> None:
        if self._sampled < _COUNTED or len(self._runs) % _SAMPLE == 0:
            self._sampled += self._unfiled
            for numbers in self._numbers:
                np.add.at(self._counts, counter(numbers), 1)

    def _spill(self) -> None:
        """Sort what was filed by bucket, and put it into the spool as one run."""
        buckets = np.concatenate([k.buckets for k in self._keys])
        tags = np.concatenate([k.tags for k in self._keys])
        order = np.argsort(buckets, kind="stable")  # of 16 bits: a radix sort
        places = order.astype("<u4")
        places += np.uint32(self.words - len(buckets))
        self._spool.write(places.data)
        self._spool.write(tags.take(order).astype("<u2", copy=False).data)
        self._runs.append(np.bincount(buckets, minlength=1 << BUCKET_BITS).astype(np.uint32))
        self._count()
        self._keys, self._numbers, self._unfiled = [], [], 0

    def close(self) -> dict[str, Any]:
        """Write what is left and return what describes the segment, with the digest of each file."""
        if self._waiting:
            self._file()
        if self._keys:
            self._spill()
        self._spool.flush()
        self._texts.close()
        self._about.close()
        self._merge()
        hashes = np.frombuffer(b"".join(self._ids), "<u8")
        order = np.argsort(hashes, kind="stable")
        for name, values in (
            ("counts.u4", np.minimum(self._fewer_counts(), 2**32 - 1)),
            ("words.u4", self._first_words),
            ("texts.u8", self._text_starts),
            ("about.u8", self._about_starts),
            ("ids.u8", hashes[order]),
            ("id_numbers.u4", order),
            ("text_of.u4", self._text_of),
            ("spans.u4", self._spans),
        ):
            np.asarray(values).astype(f"<{name[-2:]}").tofile(self._folder / name)
        self._spool.close()
        return {
            "version": VERSION,
            "rule": RULE,
            "sources": len(self),
            "words": self.words,
            "text_bytes": self.text_bytes,
            "sampled": self._sampled,
            "files": {name: _digest(self._folder / name) for name in FILES},
        }

    def _fewer_counts(self) -> NDArray[np.int64]:
        """Return the counts, put together where there are far more counters than words."""
        counters = min(_COUNTERS, 1 << max(8, self.words.bit_length() - 2))
        fewer: NDArray[np.int64] = self._counts.reshape(counters, -1).sum(axis=1)
        return fewer

    def abandon(self) -> None:
        """Close what is open: the segment will not be finished."""
        for file in (self._texts, self._about, self._spool):
            file.close()

    def _merge(self) -> None:
        """Put all runs into one table: each bucket holds its part of every run, in the order of the runs.

        A range of buckets is put together at a time, small enough for the processor's cache.
        """
        in_bucket = np.array(self._runs, np.int64).reshape(-1, _BUCKETS)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(in_bucket.sum(axis=0))))
        starts.astype("<u4").tofile(self._folder / "buckets.u4")
        within = np.concatenate(
            (np.zeros((len(in_bucket), 1), np.int64), np.cumsum(in_bucket, axis=1)), axis=1
        )
        run_starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(in_bucket.sum(axis=1))))
        spool = np.memmap(self._spool, np.uint8, "r") if self.words else np.zeros(0, np.uint8)
        with (self._folder / "places.u4").open("wb") as places, (self._folder / "tags.u2").open("wb") as tags:
            for low in range(0, _BUCKETS, _RANGE):
                span = slice(low, low + _RANGE)
                size = int(starts[low + _RANGE] - starts[low])
                range_places, range_tags = np.empty(size, "<u4"), np.empty(size, "<u2")
                taken = starts[span] - starts[low]
                for run, counts in enumerate(in_bucket[:, span]):
                    first, last = int(within[run, low]), int(within[run, low + _RANGE])
                    base, length = 6 * int(run_starts[run]), int(run_starts[run + 1] - run_starts[run])
                    at = np.repeat(taken - (within[run, span] - first), counts)
                    at += np.arange(last - first)
                    range_places[at] = spool[base + 4 * first : base + 4 * last].view("<u4")
                    base += 4 * length
                    range_tags[at] = spool[base + 2 * first : base + 2 * last].view("<u2")
                    taken += counts
                range_places.tofile(places)
                range_tags.tofile(tags)


def counter(numbers: NDArray[np.uint64], counters: int = _COUNTERS) -> NDArray[np.int64]:
    """Return which of `counters` (a power of two) count these words. Rare words may share one: a little less rare."""
    return (numbers >> np.uint64(65 - counters.bit_length())).astype(np.int64)


def id_hash(source_id: str) -> bytes:
    """Return eight bytes that stand for the id of a source."""
    state = hasher("sha256")
    state.update(source_id.encode("utf-8", "surrogatepass"))
    return state.digest()[:8]


def _json(about: dict[str, Any]) -> bytes:
    return _ENCODER.encode(about).encode("utf-8", "surrogatepass")


def _digest(path: Path) -> str:
    state = hasher("sha256")
    with path.open("rb") as file:
        while chunk := file.read(_HASHED_BYTES):
            state.update(chunk)
    return spell("sha256", state.digest())
