"""A segment opened: its files mapped into memory, asked where runs of words stand and what its sources are."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from archive.errors import Location
from provenance.corpus.keys import BUCKET_BITS, tag_mask
from provenance.corpus.segment import FILES, id_hash
from provenance.errors import CorpusDamaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

_BUCKETS = 1 << BUCKET_BITS
_WHOLE_TAG = 0xFFFF
_ARRAYS = (".u2", ".u4", ".u8")


class Segment:
    """One segment. Opening it reads nothing but sizes; what is asked for is paged in. Raises CorpusDamaged."""

    def __init__(self, folder: Path, described: dict[str, Any]) -> None:
        self._folder = folder
        arrays = {name: _mapped(folder / name) for name in FILES}
        self._buckets, self._tags, self._places = arrays["buckets.u4"], arrays["tags.u2"], arrays["places.u4"]
        self._counts, self._first_words = arrays["counts.u4"], arrays["words.u4"]
        self._texts, self._text_starts = arrays["texts.utf8"], arrays["texts.u8"]
        self._about, self._about_starts = arrays["about.jsonl"], arrays["about.u8"]
        self._ids, self._id_numbers = arrays["ids.u8"], arrays["id_numbers.u4"]
        self._text_of, self._spans = arrays["text_of.u4"], arrays["spans.u4"]
        self.words = int(described["words"])
        self.sources = int(described["sources"])
        self._sampled = int(described["sampled"])
        self._check()

    def _check(self) -> None:
        """See that the files fit one another, so that no lookup reaches beyond one of them."""
        words, sources = self.words, self.sources
        fits = (
            len(self._buckets) == _BUCKETS + 1
            and int(self._buckets[0]) == 0
            and int(self._buckets[-1]) == words == len(self._tags) == len(self._places)
            and len(self._first_words) == len(self._about_starts) == sources + 1
            and len(self._ids) == len(self._id_numbers) == len(self._text_of) == sources
            and len(self._spans) == 2 * sources
            and len(self._text_starts) >= 1
            and int(self._text_starts[-1]) == len(self._texts)
            and int(self._about_starts[-1]) == len(self._about)
            and len(self._counts).bit_count() == 1
        )
        if not fits:
            raise CorpusDamaged(f"the files of {self._folder.name} do not fit one another")

    def in_buckets(self, buckets: Sequence[int]) -> list[int]:
        """Return how many places buckets hold: an upper bound of what a key in each can find."""
        at = np.array(buckets, np.intp)
        sizes: list[int] = (self._buckets[at + 1].astype(np.int64) - self._buckets[at]).tolist()
        return sizes

    def places(self, bucket: int, tag: int, known: int) -> NDArray[np.int64]:
        """Return the words of the segment at which a key stands, in order. Of the run, `known` words (2-4) are given."""
        first, last = int(self._buckets[bucket]), int(self._buckets[bucket + 1])
        tags, mask = self._tags[first:last], tag_mask(known)
        same = tags == tag if mask == _WHOLE_TAG else (tags & mask) == tag & mask
        found: NDArray[np.int64] = self._places[first:last][same.nonzero()[0]].astype(np.int64)
        return found

    def sources_of(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return in which source each of these words stands."""
        return np.searchsorted(self._first_words, places, side="right") - 1

    def first_word(self, source: int) -> int:
        """Return which word of the segment a source begins with."""
        return int(self._first_words[source])

    def count(self, numbers: Sequence[int]) -> float:
        """Return how often the rarest of these words stands in the segment, about."""
        if not numbers or not self._sampled:
            return 0.0
        shift = 65 - len(self._counts).bit_length()
        return min(int(self._counts[number >> shift]) for number in numbers) * self.words / self._sampled

    def text_number(self, source: int) -> int:
        """Return the number of the text that a source stands in."""
        return int(self._text_of[source])

    def text(self, source: int) -> str:
        """Return the text that a source stands in. Raises CorpusDamaged."""
        number = self.text_number(source)
        if number + 1 >= len(self._text_starts):
            raise CorpusDamaged(f"source {source} of {self._folder.name} has no text")
        return _decoded(self._texts, self._text_starts, number, self._folder)

    def span(self, source: int) -> tuple[int, int]:
        """Return the code points of its text that a source takes up."""
        start, end = self._spans[2 * source : 2 * source + 2]
        return int(start), int(end)

    def part(self, source: int) -> str:
        """Return the characters of a source. Raises CorpusDamaged."""
        start, end = self.span(source)
        return self.text(source)[start:end]

    def about(self, source: int) -> dict[str, Any]:
        """Return what is known of a source. Raises CorpusDamaged."""
        try:
            known = json.loads(_decoded(self._about, self._about_starts, source, self._folder))
        except (ValueError, RecursionError):
            known = None
        if not isinstance(known, dict):
            raise CorpusDamaged(f"what {self._folder.name} says of source {source} cannot be read")
        return known

    def numbers_of(self, source_id: str) -> list[int]:
        """Return the sources whose id may be this one, in order."""
        sought = np.frombuffer(id_hash(source_id), "<u8")[0]
        low, high = np.searchsorted(self._ids, sought, "left"), np.searchsorted(self._ids, sought, "right")
        return sorted(int(n) for n in self._id_numbers[low:high] if int(n) < self.sources)


def _mapped(path: Path) -> NDArray[Any]:
    """Map a file of a segment as the array its ending names; every other file is bytes."""
    dtype = np.dtype(f"<{path.suffix[1:]}" if path.suffix in _ARRAYS else "u1")
    try:
        length_bytes = path.stat().st_size
        if length_bytes % dtype.itemsize:
            raise CorpusDamaged(f"{path.name} ends in the middle of a number", Location(package=str(path)))
        return np.asarray(np.memmap(path, dtype, "r")) if length_bytes else np.zeros(0, dtype)
    except OSError as error:
        reason = error.strerror or str(error)
        raise CorpusDamaged(f"cannot be read: {reason}", Location(package=str(path))) from error


def _decoded(data: NDArray[Any], starts: NDArray[Any], number: int, folder: Path) -> str:
    first, last = int(starts[number]), int(starts[number + 1])
    if not 0 <= first <= last <= len(data):
        raise CorpusDamaged(f"the files of {folder.name} do not fit one another")
    try:
        return data[first:last].tobytes().decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise CorpusDamaged(f"a text of {folder.name} is no UTF-8") from error
