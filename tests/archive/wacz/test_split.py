"""Records split over several WARCs: none larger than asked for, numbered, and everything about them right."""

from __future__ import annotations

import os
from pathlib import Path

import packages

import archive
from archive.warc.record import NewRecord

DATE = "2026-01-01T00:00:00Z"
MOST = 40_000


def test_no_warc_is_larger_than_asked_for(tmp_path: Path) -> None:
    """Of incompressible records, each WARC stays below the size; the index leads to each record in its file."""
    with archive.PackageWriter(tmp_path / "x.wacz", warc_bytes=MOST) as writer:
        for number in range(40):
            writer.write(NewRecord("resource", DATE, os.urandom(5000), f"urn:x:{number}", "image/png"))
    with archive.open(tmp_path / "x.wacz") as package:
        warcs = {m.name: m.size_bytes for m in package.members if m.name.startswith("archive/")}
        files = {line.fields["filename"] for line in package.index_lines()}

    assert [f"archive/data-{number:05}.warc.gz" for number in range(1, len(warcs) + 1)] == list(warcs)
    assert 6 <= len(warcs) <= 8
    assert max(warcs.values()) <= MOST
    assert {name.removeprefix("archive/") for name in warcs} == files
    assert "sound" == packages.verify((tmp_path / "x.wacz").read_bytes()).verdict


def test_a_record_that_is_larger_has_a_warc_of_its_own(tmp_path: Path) -> None:
    """A record cannot be split: it stands alone behind its warcinfo."""
    with archive.PackageWriter(tmp_path / "x.wacz", warc_bytes=MOST) as writer:
        for size in (100, 3 * MOST, 100):
            writer.write(NewRecord("resource", DATE, os.urandom(size), f"urn:x:{size}", "image/png"))
    with archive.open(tmp_path / "x.wacz") as package:
        counts = [len(package.survey(name).placed) for name in package.warc_names]

    assert [2, 2, 2] == counts


def test_one_name_where_no_size_is_asked_for(tmp_path: Path) -> None:
    """Without a size there is one WARC, with the name it always had."""
    with archive.PackageWriter(tmp_path / "x.wacz") as writer:
        writer.write(NewRecord("resource", DATE, b"x", "urn:x", "text/plain"))
    with archive.open(tmp_path / "x.wacz") as package:
        assert ("archive/data.warc.gz",) == package.warc_names
