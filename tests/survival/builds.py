"""Small builds that tell what they have acknowledged: of records alone, or with everything a build does."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

import archive
from archive.errors import OutputExists
from archive.journal.log import read
from archive.wacz.output import journal_path, unfinished_path
from archive.wacz.pages import Page
from archive.warc.record import NewRecord
from provenance.builder import Builder

NAME = "x.wacz"
DATE = "2026-01-01T00:00:00Z"
INPUTS = 4
TEXTS = tuple(f"The bridge opened, part {n}.\n\n“It stands,” said Ana Holt.\n".encode() for n in range(3))
Ack = Callable[[str], None]


def nobody(_: str) -> None:
    """Is told what was acknowledged, and does nothing."""


def write_few(folder: Path, *, resume: bool = False, ack: Ack = nobody) -> Path:
    """Build a package of a few records."""
    return write_records(folder, resume=resume, ack=ack, inputs=2)


def write_records(folder: Path, *, resume: bool = False, ack: Ack = nobody, inputs: int = INPUTS) -> Path:
    """Build a package of some records in two WARCs, acknowledged two by two."""
    path = folder / NAME
    with archive.PackageWriter(path, survive=True, resume=resume, warc_bytes=2000) as writer:
        for number in range(inputs):
            for part in range(2):
                text = f"{number}.{part} ".encode() * 40
                writer.write(NewRecord("resource", DATE, text, f"urn:x:{number}:{part}", "text/plain"))
            url = f"https://daily.example/{number}"
            writer.write(NewRecord("resource", DATE, b"page", url, "text/html"))
            writer.add_page(Page(url, DATE, "A page"))
            writer.commit({"input": str(number)})
            ack(str(number))
        writer.add_member("provenance/notes.txt", b"nothing of note\n")
    return path


def build_texts(folder: Path, *, resume: bool = False, ack: Ack = nobody) -> Path:
    """Build a package of texts, with everything that is read from them."""
    path = folder / NAME
    with Builder(path, survive=True, resume=resume, created_at=DATE) as building:
        for number, text in enumerate(TEXTS):
            building.add(text, name=str(number))
            ack(str(number))
    return path


def finished(folder: Path, build: Callable[..., Path]) -> bytes:
    """Go on with a build, or see that it had ended, and return the package."""
    with contextlib.suppress(OutputExists):
        build(folder, resume=True)
    return (folder / NAME).read_bytes()


def promised(folder: Path) -> set[str]:
    """Return the inputs that an unfinished build has acknowledged, as far as its records are there."""
    path = folder / NAME
    size = unfinished_path(path).stat().st_size if unfinished_path(path).exists() else 0
    names = set()
    for row in read(journal_path(path)):
        if "at" in row and row["at"] + row["length"] > size:
            break
        if "input" in row:
            names.add(row["input"])
    return names
