"""What holds of every package: the same input gives the same bytes, what is written is read, less is never better."""

from __future__ import annotations

import io
import json
import tempfile
from pathlib import Path

import packages
import pytest
from damage import forge
from damage.forge import MANIFEST, WARC, Depth
from hypothesis import given, settings
from hypothesis import strategies as st

import archive
from archive import cdxj
from archive.findings import Verdict
from archive.wacz.pages import Page, page_list, parse_page
from archive.warc.record import NewRecord

GOOD = packages.build()
PARTS = forge.members(GOOD)
RECORDS = forge.records(PARTS)


def test_same_input_same_bytes() -> None:
    """Two packages of the same contents are the same file."""
    assert packages.build() == packages.build()


def test_other_input_other_bytes() -> None:
    """A package of other contents is another file."""
    assert packages.build(1) != packages.build(2)


def test_split_packages_are_sound() -> None:
    """A package whose records are spread over several WARCs is as sound, and holds the same captures."""
    split = packages.build(5, warc_bytes=1)
    with archive.open(io.BytesIO(split), name="x.wacz") as package:
        names, urls = package.warc_names, [line.fields["url"] for line in package.index_lines()]

    assert ("archive/data-00001.warc.gz", "archive/data-00002.warc.gz") == names[:2]
    assert 8 == len(names)
    assert [packages.URL.format(number) for number in range(5)] == urls[:5]
    assert Verdict.SOUND is packages.verify(split).verdict


@pytest.mark.parametrize("name", list(PARTS))
def test_no_member_can_go(name: str) -> None:
    """A package without any one of its members is not sound."""
    without = {key: data for key, data in PARTS.items() if key != name}

    assert packages.verify(forge.pack(without)).verdict is not Verdict.SOUND


@pytest.mark.parametrize("number", range(len(RECORDS)))
@pytest.mark.parametrize("depth", [Depth.CRC, Depth.INDEX])
def test_no_record_can_go(number: int, depth: Depth) -> None:
    """A package without any one of its records is not sound, also when the index is made to fit."""
    warc = b"".join(record for other, record in enumerate(RECORDS) if other != number)

    assert packages.verify(forge.rebuild({**PARTS, WARC: warc}, depth)).verdict is not Verdict.SOUND


@pytest.mark.parametrize("number", range(6))
def test_no_row_of_the_manifest_can_go(number: int) -> None:
    """A manifest without any one of its rows leaves a member that nothing vouches for, whatever else is re-hashed."""
    parts, manifest = dict(PARTS), json.loads(PARTS[MANIFEST])
    del manifest["resources"][number % len(manifest["resources"])]
    forge.set_manifest(parts, manifest)
    forge.redigest(parts)

    assert {"wacz.member-unlisted": 1} == dict(packages.codes(packages.verify(forge.pack(parts))))


@settings(max_examples=30)
@given(st.permutations(list(PARTS)))
def test_no_other_order(names: list[str]) -> None:
    """The members of our package stand in one order only."""
    report = packages.verify(forge.pack({name: PARTS[name] for name in names}))

    folders = [name.split("/")[0] for name in names]
    same = folders == [name.split("/")[0] for name in PARTS]
    assert same == (report.verdict is Verdict.SOUND)


TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20)


@given(st.lists(st.builds(Page, url=TEXT, ts=TEXT, title=TEXT), max_size=3))
def test_pages_come_back(pages: list[Page]) -> None:
    """A page list is read as it was written."""
    _, *rows = page_list(pages).splitlines()

    assert pages == [parse_page(row) for row in rows]


@given(
    st.lists(st.binary(min_size=1).filter(lambda line: b"\n" not in line)),
    st.integers(1, 5),
    st.integers(1, 30),
)
def test_sorting_in_runs(lines: list[bytes], in_memory: int, bytes_in_memory: int) -> None:
    """Sorting through temporary files gives what sorting in memory gives: each line once, in byte order."""
    ended = [line + b"\n" for line in lines]

    assert sorted(set(ended)) == list(cdxj.sort(ended, in_memory=in_memory))
    assert sorted(set(ended)) == list(cdxj.sort(ended, bytes_in_memory=bytes_in_memory))


@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b/c", "é", "x?q=1 2"]), st.binary(max_size=200)),
        min_size=1,
        max_size=4,
    )
)
def test_whatever_is_written_is_sound(documents: list[tuple[str, bytes]]) -> None:
    """A package of any documents is sound and gives back their bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.wacz")
        with archive.PackageWriter(path) as writer:
            for number, (name, block) in enumerate(documents):
                url = f"https://daily.example/{name}/{number}".replace(" ", "%20")
                writer.write(NewRecord("resource", "2026-01-01T00:00:00Z", block, url, "text/plain"))
        with archive.open(path) as package:
            blocks = [b"".join(record.chunks()) for record in package.records()]
        report = packages.verify(path.read_bytes())

    assert [block for _, block in documents] == blocks[1:]
    assert Verdict.SOUND is report.verdict
