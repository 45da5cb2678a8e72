"""Fuzzing what reads indexes and packages: whatever the bytes are, only our own errors come out, and never `sound`."""

from __future__ import annotations

import io
import json
import random

import packages
import pytest
from damage import forge
from damage.forge import MANIFEST, WARC
from hypothesis import example, given, settings
from hypothesis import strategies as st

from archive import cdxj
from archive.findings import Verdict
from archive.surt import surt
from archive.wacz.pages import parse_page
from archive.wacz.tree import Proof, read_statement
from archive.wacz.zipdir import read_directory
from archive.wacz.zipnum import parse_block, parse_meta

PARTS = forge.members(packages.build())
TINY = packages.tiny()
LINE = forge.lines_of(PARTS)[0]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        "url",
        "ts",
        "offset",
        "length",
        "filename",
        "digest",
        "form",
        "root",
        "path",
        "salt",
        "index",
        "records",
    ]
)


def mutated(data: bytes, seed: int) -> bytes:
    """Return the bytes with some pieces cut out, doubled, moved or overwritten."""
    generator, out = random.Random(seed), bytearray(data)
    for _ in range(generator.randint(1, 4)):
        start = generator.randrange(len(out) or 1)
        end = min(len(out), start + generator.choice((1, 2, 4, 30, 400)))
        piece = bytes(out[start:end])
        put = generator.choice(
            (b"", piece * 2, b"\xff" * len(piece), b"\0" * len(piece), generator.randbytes(4))
        )
        out[start:end] = put
    return bytes(out)


@given(st.binary(max_size=200) | st.binary(max_size=60).map(lambda tail: LINE[:40] + tail))
@example(b"a)/ 2026 " + b'{"a":' * 5000)
@example(b'a)/ 2026 {"offset": NaN}')
@example(b'a)/ 2026 {"offset": ' + b"9" * 5000 + b"}")
@example('a)/ ２０２６ {"url": "x"}'.encode())
def test_lines_of_text(data: bytes) -> None:
    """A line of an index, a page list or a list of blocks is read, or refused with a ValueError."""
    for parse in (cdxj.parse, parse_page, parse_block, parse_meta):
        try:
            parse(data)
        except ValueError:
            continue


@given(st.dictionaries(NAMES, JSON, max_size=6) | JSON)
def test_objects(value: object) -> None:
    """Whatever JSON stands in a line or under our key, it is read, or refused with a ValueError."""
    raw = json.dumps(value).encode()
    for parse in (cdxj.parse, parse_block):
        try:
            parse(b"a)/ 2026 " + raw)
        except ValueError:
            continue
    for read in (Proof.from_json, read_statement):
        for candidate in (
            value,
            {**value, "form": "source-provenance-record-proof/1"} if isinstance(value, dict) else 0,
        ):
            try:
                read(candidate)
            except ValueError:
                continue


@given(st.integers(0, 1 << 32))
@settings(max_examples=60)
def test_mutated_packages(seed: int) -> None:
    """A package with pieces cut, doubled or overwritten is never called sound, and nothing escapes."""
    data = mutated(TINY, seed)

    assert data == TINY or packages.verify(data).verdict is not Verdict.SOUND


@given(
    st.binary(max_size=300).map(lambda tail: TINY[-200:] + tail)
    | st.integers(0, 1 << 32).map(lambda n: mutated(TINY[-600:], n))
)
def test_ends_of_zips(data: bytes) -> None:
    """Whatever the end of a ZIP is, its directory is read with findings and without an error."""
    read_directory(io.BytesIO(data))


@given(st.sampled_from([name for name in PARTS if name != WARC]), st.integers(0, 1 << 32))
@settings(max_examples=60)
def test_mutated_members(name: str, seed: int) -> None:
    """A mutated index, page list or manifest under right hashes is reported on, and nothing escapes."""
    parts = {**PARTS, name: mutated(PARTS[name], seed)}
    if name != MANIFEST:
        forge.rehash(parts)
        forge.redigest(parts)

    packages.verify(forge.pack(parts))


@given(st.text(max_size=60) | st.text(st.sampled_from("ahtp:/?#[]@.%25&=wW0-()é"), max_size=40))
@example("http://[::1")
@example("http://a.example/%" + "25" * 2000)
def test_keys(url: str) -> None:
    """Every URL, and whatever is none, has a key without line ends; that key is known as its own in every reader's form."""
    key = surt(url)

    assert "\n" not in key
    assert cdxj.is_key_of(key, url)


@pytest.mark.parametrize("host", ["example,daily", "example,other"])
def test_hosts_of_keys(host: str) -> None:
    """The host of a key is the host of its URL, whatever follows it."""
    assert host == cdxj.host_of_key(f"{host},www2)/a)b")
