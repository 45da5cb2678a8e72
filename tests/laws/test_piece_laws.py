"""Whatever pieces a file is read in, whoever inflates it and however many look at it: the same is found."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import warcs
from hypothesis import given, settings
from hypothesis import strategies as st

import archive
from archive.engines import RAW, Inflating, compression
from archive.errors import Error
from archive.findings import Covered
from archive.wacz import parallel
from archive.wacz.parallel import WorkerLost
from archive.warc import gzipped, measure, octets
from archive.warc.record import NewRecord
from archive.warc.survey import survey

CHANCE = random.Random(11)
LARGE = [
    NewRecord(
        "resource",
        "2024-03-04T10:00:00Z",
        CHANCE.randbytes(size) + b"words " * size,
        f"urn:x:{size}",
        "text/plain",
    )
    for size in (300, 2_000)
]
SOURCES = [
    b"".join(warcs.written([*warcs.collection(), *LARGE], packing=compression("zlib"))[:1]),
    b"".join(warcs.written([*warcs.collection(), *LARGE], compress=False)[:1]),
]
ZLIB = Inflating("zlib", lambda: zlib.decompressobj(RAW), (zlib.error,), zlib.crc32)


def found(data: bytes, *, canonical: bool = False) -> list[str]:
    """Return everything that a survey says of these bytes, or the error that it ends with."""
    try:
        return sorted(map(repr, survey(io.BytesIO(data), member="a.warc", canonical=canonical)))
    except Error as error:
        return [repr(error)]


@contextmanager
def pieces(size: int, whole: int) -> Iterator[None]:
    """Read and inflate in pieces of this size, and keep only blocks up to `whole` bytes in one piece."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(octets, "CHUNK", size)
        patch.setattr(gzipped, "_AHEAD", 1)
        patch.setattr(gzipped, "_PIECE", size)
        patch.setattr(gzipped, "_INFLATED", 3 * size)
        patch.setattr(measure, "WHOLE_BYTES", whole)
        yield


@given(
    st.integers(0, 1),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), max_size=3),
    st.integers(0, 1 << 20) | st.none(),
    st.sampled_from([7, 64, 1000, 20_000]),
    st.sampled_from([-1, 100, 1 << 20]),
    st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_pieces_make_no_difference(
    source: int,
    flips: list[tuple[int, int]],
    cut: int | None,
    size: int,
    whole: int,
    canonical: bool,
) -> None:
    """A sound, damaged or cut file gives the same records and findings in whatever pieces it is read."""
    damaged = bytearray(SOURCES[source])
    for place, value in flips:
        damaged[place % len(damaged)] = value
    damaged = damaged[: len(damaged) if cut is None else cut % len(damaged)]
    expected = found(bytes(damaged), canonical=canonical)

    with pieces(size, whole):
        assert expected == found(bytes(damaged), canonical=canonical)


@given(st.integers(0, 1 << 20), st.integers(1, 255))
@settings(max_examples=100, deadline=None)
def test_engines_make_no_difference(place: int, change: int) -> None:
    """A flipped byte is found in the same words whether zlib inflates or a faster engine."""
    damaged = bytearray(SOURCES[0])
    damaged[place % len(damaged)] ^= change
    expected = found(bytes(damaged))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gzipped, "inflating", lambda: ZLIB)
        assert expected == found(bytes(damaged))


class TestJobs:
    """Several processes say what one says."""

    @pytest.fixture
    @staticmethod
    def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
        """Give every process a few kilobytes at a time."""
        monkeypatch.setattr(parallel, "PART_BYTES", 4000)
        monkeypatch.setattr(parallel, "_SOUGHT_BYTES", 3000)

    @staticmethod
    def many() -> bytes:
        """Return a WARC of some forty kilobytes in many members."""
        records = [
            NewRecord("resource", "2024-03-04T10:00:00Z", CHANCE.randbytes(900), f"urn:x:{n}", "text/plain")
            for n in range(40)
        ]
        return b"".join(warcs.written(records)[:1])

    @staticmethod
    def surveyed(path: Path, jobs: int) -> object:
        """Return the survey of a file by so many processes."""
        with archive.open(path, jobs=jobs) as package:
            return package.survey(path.name)

    @pytest.mark.usefixtures("small_parts")
    @pytest.mark.parametrize("damage", ["none", "digest", "member", "cut"])
    def test_jobs_make_no_difference(self, tmp_path: Path, damage: str) -> None:
        """The same records, findings and coverage in the same order, of a sound file and of broken ones."""
        data = bytearray(self.many())
        if damage == "digest":
            last = warcs.record(block=b"something").replace(b"something", b"samething")
            data += warcs.members([last])
        elif damage == "member":
            data[len(data) // 2] ^= 0x55
        elif damage == "cut":
            del data[-500:]
        path = tmp_path / "many.warc.gz"
        path.write_bytes(data)

        assert self.surveyed(path, 1) == self.surveyed(path, 2)

    @pytest.mark.usefixtures("small_parts")
    def test_a_sound_file_is_really_parted(self, tmp_path: Path) -> None:
        """The parts of a sound file are taken as they come: it is not gone through once more by one process."""
        path = tmp_path / "many.warc.gz"
        path.write_bytes(self.many())
        with archive.open(path, jobs=2) as package:
            outcomes = package._in_parts(path.name, canonical=False)

        assert outcomes is not None
        assert 40 == sum(not isinstance(outcome, Covered) for outcome in outcomes)

    @pytest.mark.usefixtures("small_parts")
    def test_a_killed_process_is_named(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a process is ended from outside, the error says so; nothing is taken for checked."""
        import os
        from concurrent.futures import ProcessPoolExecutor

        class Killed(ProcessPoolExecutor):
            """Processes that are gone as soon as they are asked."""

            def submit(self, function, /, *arguments):
                return super().submit(os._exit, 9)

        monkeypatch.setattr("concurrent.futures.ProcessPoolExecutor", Killed)
        path = tmp_path / "many.warc.gz"
        path.write_bytes(self.many())

        with pytest.raises(WorkerLost) as caught:
            self.surveyed(path, 2)
        assert "ended" in caught.value.message
