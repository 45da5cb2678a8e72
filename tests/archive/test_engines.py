"""Engines for deflate: which there are, how one is named, and that they read each other."""

from __future__ import annotations

import io
import itertools
import random
import sys
import zlib

import packages
import pytest
import warcs

import archive
from archive import engines
from archive.engines import Compression, compression, engine, installed
from archive.errors import UsageError

LEVELS = [Compression(each, level) for each in installed() for level in each.levels]
TEXT = b" ".join(b"%d bridges" % random.Random(7).randint(0, 999) for _ in range(20_000))
BLOCKS = (b"", b"x", TEXT, random.Random(8).randbytes(70_000), bytes(100_000))


@pytest.fixture
def without_the_fast(monkeypatch: pytest.MonkeyPatch):
    """As if neither isal nor zlib-ng were installed."""
    for name in ("isal", "isal.isal_zlib", "zlib_ng", "zlib_ng.zlib_ng"):
        monkeypatch.setitem(sys.modules, name, None)
    engines.installed.cache_clear()
    engines.inflating.cache_clear()
    yield
    engines.installed.cache_clear()
    engines.inflating.cache_clear()


@pytest.mark.parametrize("packing", LEVELS, ids=str)
def test_each_reads_what_each_writes(packing: Compression) -> None:
    """What one engine deflates every other inflates to the same bytes, and it deflates it to the same bytes again."""
    for block in BLOCKS:
        deflater, again = packing.deflater(), packing.deflater()
        packed = deflater.compress(block) + deflater.flush()
        assert packed == again.compress(block) + again.flush()
        for reading in installed():
            inflater = reading.module.decompressobj(engines.RAW)
            assert block == inflater.decompress(packed + b"behind")
            assert (True, b"behind") == (inflater.eof, inflater.unused_data)


@pytest.mark.parametrize("packing", LEVELS, ids=str)
def test_a_warc_of_any_engine_is_sound(packing: Compression) -> None:
    """What is said of records does not depend on the engine and the level they are written with."""
    data, _ = warcs.written(warcs.collection(), packing=packing)
    plain, _ = warcs.written(warcs.collection(), compress=False)

    assert warcs.codes(plain) == warcs.codes(data, canonical=True)


def test_the_fastest_comes_first() -> None:
    """By itself the fastest engine that is here is used, and zlib is always here."""
    assert "zlib" == installed()[-1].name
    assert Compression(installed()[0], installed()[0].level) == compression()
    assert "zlib" in engines.inflating().engine


@pytest.mark.usefixtures("without_the_fast")
def test_without_the_extra() -> None:
    """Where nothing else is installed, zlib does everything, and asking for another engine names the extra."""
    assert ["zlib"] == [each.name for each in installed()]
    assert ("zlib", zlib.crc32) == (engines.inflating().engine, engines.inflating().crc32)
    with pytest.raises(UsageError) as caught:
        compression("isal:2")
    assert "[fast]" in (caught.value.hint or "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gzip", "there is no engine"),
        ("zlib:x", "is no level"),
        ("zlib:-1", "is no level"),
        ("zlib:10", "has no level 10"),
        ("zlib:0", "has no level 0"),
        ("zlib:٣", "is no level"),
    ],
)
def test_names_that_are_none(text: str, message: str) -> None:
    """An engine or a level that does not exist is refused, and the message says which."""
    with pytest.raises(UsageError) as caught:
        compression(text)

    assert message in caught.value.message


def test_how_a_compression_is_written() -> None:
    """Engine, version and level are named, for the bytes depend on all three."""
    assert f"zlib {zlib.ZLIB_RUNTIME_VERSION} level 9" == str(compression("zlib:9"))
    assert 6 == compression("zlib").level


@pytest.mark.parametrize("name", [each.name for each in installed()])
def test_the_package_says_what_wrote_it(name: str, tmp_path) -> None:
    """The warcinfo record of a package names the engine and the level, and two builds are the same bytes."""
    made = []
    for number in range(2):
        path = tmp_path / f"{number}.wacz"
        with archive.PackageWriter(path, packing=compression(name)) as writer:
            packages.fill(writer, 2)
        made.append(path.read_bytes())
    assert made[0] == made[1]

    with archive.open(io.BytesIO(made[0])) as package:
        info = next(itertools.islice(package.records(), 1))
        block = b"".join(info.chunks()).decode()
    assert f"compression: {compression(name)}\r\n" in block
    assert "sound" == packages.verify(made[0]).verdict


def test_an_engine_by_name() -> None:
    """An engine is found by its name."""
    assert installed()[-1] == engine("zlib")
