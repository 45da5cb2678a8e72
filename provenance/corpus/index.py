"""A corpus: a folder of segments that grows by appending, and the one file that says which of them count.

`corpus.json` names the segments, the digest of each of their files, and from which input each source came; it appears by
rename when everything it names lies on the disk, so a run that is stopped leaves the corpus as it was. A segment that it
does not name is rubbish, and the next run removes it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

import attrs

from archive.digest import digest
from archive.errors import Location, UsageError
from archive.jsontext import parse
from provenance.corpus.keys import RULE
from provenance.corpus.mapped import Segment
from provenance.corpus.segment import MOST_WORDS, VERSION, Document, SegmentWriter
from provenance.errors import CorpusDamaged
from provenance.inputs import CORPUS, is_corpus

_FORMAT = "source-provenance corpus"
_MOST_SEGMENTS = 8
"""Segments after which the smallest are put together: every question is asked of each."""
_SEGMENT = "segment-"
_INPUTS = "inputs-"
_UNFINISHED = ".unfinished"


@attrs.frozen
class Filed:
    """An input as it was filed: its fingerprint, and where its sources lie (numbers `[first, last)` of a segment)."""

    fingerprint: str
    segment: str
    first: int
    last: int


@attrs.define
class Described:
    """What `corpus.json` says: segments in order, with what their writers said of them and the sources gone since."""

    segments: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    serial: int = 0
    inputs_file: str | None = None
    inputs_digest: str | None = None


def describe(folder: Path) -> Described:
    """Read what a corpus says of itself. Raises CorpusDamaged, or UsageError where another definition made it."""
    where = Location(package=str(folder / CORPUS))
    try:
        said = parse(_bytes(folder / CORPUS)).value
        if said["format"] != _FORMAT:
            raise CorpusDamaged("this is no corpus of ours", where)
        if (said["version"], said["rule"]) != (VERSION, RULE):
            message = f"made by another definition ({said['rule']}, version {said['version']}; here {RULE}, {VERSION})"
            raise UsageError(message, where, hint="make the index anew from its inputs, in another folder")
        segments = {_named(name, _SEGMENT): dict(about) for name, about in said["segments"].items()}
        inputs = said["inputs"]
        return Described(
            segments, int(said["serial"]), _named(inputs["file"], _INPUTS), str(inputs["digest"])
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CorpusDamaged("does not say what a corpus must say of itself", where) from error


def filed_inputs(folder: Path, described: Described) -> dict[str, Filed]:
    """Read which inputs a corpus holds, by name. Raises CorpusDamaged."""
    if described.inputs_file is None:
        return {}
    path = folder / described.inputs_file
    data = _bytes(path)
    if digest(data) != described.inputs_digest:
        raise CorpusDamaged("was changed since it was written", Location(package=str(path)))
    filed: dict[str, Filed] = {}
    try:
        for row in data.splitlines():
            name, fingerprint, segment, first, last = parse(row).value
            filed[name] = Filed(fingerprint, segment, first, last)
    except (TypeError, ValueError) as error:
        raise CorpusDamaged("a line cannot be read", Location(package=str(path))) from error
    return filed


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CorpusDamaged(f"cannot be read: {error.strerror}", Location(package=str(path))) from error


def _named(name: str, beginning: str) -> str:
    """Refuse a name that leads out of the corpus."""
    if not name.startswith(beginning) or not name.removeprefix(beginning).removesuffix(".jsonl").isdecimal():
        raise ValueError(name)
    return name


class IndexWriter:
    """Adds inputs to a corpus, one after another. Nothing counts before `close`; use it in a `with` block.

    Raises UsageError where another run is writing the same corpus, or where the folder is something else.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        _prepare(folder)
        self._lock = _Lock(folder)
        self.described = describe(folder) if is_corpus(folder) else Described()
        self.inputs = filed_inputs(folder, self.described)
        self._remove_rubbish()
        self._writer: SegmentWriter | None = None
        self._name = ""
        self._changed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.close()
        finally:
            if self._writer is not None:
                self._writer.abandon()
            self._remove_rubbish()
            self._lock.release()

    def is_filed(self, name: str, fingerprint: str) -> bool:
        """Say whether an input was filed with this fingerprint: then it need not be read."""
        filed = self.inputs.get(name)
        return filed is not None and filed.fingerprint == fingerprint

    def add(self, name: str, fingerprint: str, documents: Iterator[Document]) -> int:
        """File the sources of an input; those it had before no longer count. Return how many there are."""
        writer = self._writing()
        first = len(writer)
        for document in documents:
            writer.add(document)
        self.inputs[name] = Filed(fingerprint, self._name, first, len(writer))
        self._changed = True
        added = len(writer) - first
        if writer.words >= MOST_WORDS:
            self._finish()
        return added

    def doubt(self, name: str) -> None:
        """Say that an input could not be read whole: what was read counts, and the next run reads it again."""
        self.inputs[name] = attrs.evolve(self.inputs[name], fingerprint="")

    def _writing(self) -> SegmentWriter:
        if self._writer is None:
            self.described.serial += 1
            self._name = f"{_SEGMENT}{self.described.serial:05}"
            path = self._folder / (self._name + _UNFINISHED)
            path.mkdir()
            self._writer = SegmentWriter(path)
        return self._writer

    def _finish(self) -> None:
        """End the segment that is being written."""
        if self._writer is None:
            return
        unfinished = self._folder / (self._name + _UNFINISHED)
        self.described.segments[self._name] = self._writer.close()
        for path in unfinished.iterdir():
            _sync(path)
        _sync(unfinished)
        unfinished.rename(self._folder / self._name)
        self._writer = None

    def close(self) -> None:
        """Put together what has become many small segments, and say from now on that the corpus holds all this."""
        self._finish()
        if not self._changed:
            return
        self._drop_dead()
        if len(self.described.segments) > _MOST_SEGMENTS:
            self._put_together()
        self._say()

    def _live(self) -> dict[str, list[tuple[str, Filed]]]:
        live: dict[str, list[tuple[str, Filed]]] = {name: [] for name in self.described.segments}
        for name, filed in self.inputs.items():
            if filed.segment:
                live[filed.segment].append((name, filed))
        return live

    def _drop_dead(self) -> None:
        """Leave out segments of which nothing counts any more. An input without sources needs none."""
        for name, filed in self._live().items():
            if not any(f.last > f.first for _, f in filed):
                del self.described.segments[name]
                for input_name, f in filed:
                    self.inputs[input_name] = Filed(f.fingerprint, "", 0, 0)

    def _put_together(self) -> None:
        """Write the smallest segments again as one: each question is asked of every segment."""
        by_size = sorted(self.described.segments.items(), key=lambda pair: (int(pair[1]["words"]), pair[0]))
        chosen, words = [], 0
        for name, about in by_size:
            words += int(about["words"])
            if words > MOST_WORDS:
                break
            chosen.append(name)
        if len(chosen) < 2:
            return
        live = self._live()
        for name in sorted(chosen):
            segment = Segment(self._folder / name, self.described.segments[name])
            for input_name, filed in sorted(live[name], key=lambda pair: pair[1].first):
                self.add(input_name, filed.fingerprint, documents_of(segment, filed.first, filed.last))
        self._finish()
        for name in chosen:
            del self.described.segments[name]

    def _say(self) -> None:
        """Write what the corpus holds, all of it or nothing: the file that counts appears last, by rename."""
        for name, filed in self._live().items():
            ranges = sorted((f.first, f.last) for _, f in filed if f.last > f.first)
            self.described.segments[name]["live"] = _joined(ranges)
        rows = (
            json.dumps([name, f.fingerprint, f.segment, f.first, f.last], ensure_ascii=False)
            for name, f in sorted(self.inputs.items())
        )
        data = "".join(f"{row}\n" for row in rows).encode("utf-8", "surrogateescape")
        self.described.serial += 1
        file = f"{_INPUTS}{self.described.serial:05}.jsonl"
        _write(self._folder / file, data)
        said = {
            "format": _FORMAT,
            "version": VERSION,
            "rule": RULE,
            "serial": self.described.serial,
            "inputs": {"file": file, "digest": digest(data), "count": len(self.inputs)},
            "segments": self.described.segments,
        }
        path = self._folder / (CORPUS + _UNFINISHED)
        _write(path, (json.dumps(said, indent=1) + "\n").encode())
        path.replace(self._folder / CORPUS)
        _sync(self._folder)

    def _remove_rubbish(self) -> None:
        """Remove what an interrupted run left, and what was replaced."""
        described = describe(self._folder) if is_corpus(self._folder) else Described()
        for path in self._folder.iterdir():
            if path.is_symlink() or path.name in described.segments or path.name == described.inputs_file:
                continue
            if path.name.startswith(_SEGMENT) and path.is_dir():
                shutil.rmtree(path)
            elif path.name.startswith((_INPUTS, CORPUS + _UNFINISHED)):
                path.unlink()


def _joined(ranges: list[tuple[int, int]]) -> list[list[int]]:
    """Put ranges that touch together. Ranges come in order."""
    joined: list[list[int]] = []
    for first, last in ranges:
        if joined and joined[-1][1] == first:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    return joined


def documents_of(segment: Segment, first: int, last: int) -> Iterator[Document]:
    """Yield sources `[first, last)` of a segment as they were filed. Articles of one page share their text."""
    text, number = "", -1
    for source in range(first, last):
        if segment.text_number(source) != number:
            text, number = segment.text(source), segment.text_number(source)
        about = segment.about(source)
        yield Document(str(about["id"]), text, segment.span(source), about)


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = not is_corpus(folder) and any(
            not p.name.startswith((_SEGMENT, ".")) for p in folder.iterdir()
        )
    except OSError as error:
        raise UsageError(
            f"no folder can be made there: {error.strerror}", Location(package=str(folder))
        ) from error
    if strange:
        raise UsageError(
            "the folder holds other things", Location(package=str(folder)), hint="name an empty one"
        )


class _Lock:
    """One writer a corpus. The system takes the lock back when a process ends, however it ends."""

    def __init__(self, folder: Path) -> None:
        import fcntl

        self._file = (folder / ".lock").open("wb")
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            message = "another run is writing this corpus"
            raise UsageError(
                message, Location(package=str(folder)), hint="wait until it has ended"
            ) from error

    def release(self) -> None:
        self._file.close()


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
