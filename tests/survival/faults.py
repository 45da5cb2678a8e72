"""A disk that fails, or stops a program, at a chosen call; and one that remembers all calls, to lose power afterwards."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest

from archive import disk

CALLS = ("create", "write", "sync", "cut", "link", "rename", "remove", "sync_folder")


class Killed(BaseException):
    """The program ends here. Nothing that it calls afterwards reaches the disk any more."""


class Faults:
    """Counts the calls of `archive.disk`. At number `at` it does what `fault` says; None: nothing, it only counts."""

    def __init__(self, at: int | None = None, fault: BaseException | None = None) -> None:
        self.at, self.fault = at, fault
        self.made: list[str] = []
        self._dead = False

    @contextlib.contextmanager
    def installed(self) -> Iterator[Faults]:
        """Stand between the program and the disk, as long as the block lasts."""
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(disk, name, self._guarded(name, getattr(disk, name)))
            yield self

    def dying(self, call: Callable[[str], None]) -> Callable[[str], None]:
        """Return the call as one by which the program can be killed."""

        def told(what: str) -> None:
            try:
                call(what)
            except Killed:
                self._dead = True
                raise

        return told

    def _guarded(self, name: str, call: Any) -> Any:
        def guarded(*arguments: Any) -> Any:
            if self._dead:
                return len(arguments[1]) if name == "write" else None
            self.made.append(name)
            if self.fault is not None and len(self.made) - 1 == self.at:
                self._dead = isinstance(self.fault, Killed)
                if name == "write" and len(arguments[1]) > 1:  # a write that is stopped may have done a part
                    call(arguments[0], arguments[1][: len(arguments[1]) // 2])
                raise self.fault
            return call(*arguments)

        return guarded


@contextlib.contextmanager
def taking_little(most: int) -> Iterator[None]:
    """Let the disk take a few bytes at a time."""
    real = disk.write
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(disk, "write", lambda descriptor, data: real(descriptor, data[:most]))
        yield


@attrs.frozen
class Op:
    """One call: what was done to which file (a number for each file ever made) or to which names."""

    kind: str
    file: int = -1
    offset: int = 0
    data: bytes = b""
    name: str = ""
    other: str = ""

    @property
    def of_names(self) -> bool:
        """True where it changes the folder and not a file."""
        return self.kind in ("create", "link", "rename", "remove")


class Recorder:
    """Remembers every call of `archive.disk` in one folder, in order; `marks` says how far the program had come."""

    def __init__(self) -> None:
        self.ops: list[Op] = []
        self.marks: list[tuple[int, str]] = []
        self._files: dict[tuple[int, int], int] = {}

    def mark(self, what: str) -> None:
        """Remember that this was acknowledged before the next call."""
        self.marks.append((len(self.ops), what))

    @contextlib.contextmanager
    def installed(self) -> Iterator[Recorder]:
        """Listen, as long as the block lasts."""
        with pytest.MonkeyPatch.context() as patch:
            for name in CALLS:
                patch.setattr(disk, name, self._heard(name, getattr(disk, name)))
            yield self

    def _heard(self, name: str, call: Any) -> Any:
        def heard(*arguments: Any) -> Any:
            return getattr(self, "_" + name)(call, *arguments)

        return heard

    def _number(self, descriptor: int) -> int:
        of = os.fstat(descriptor)
        return self._files.setdefault((of.st_dev, of.st_ino), len(self._files))

    def _create(self, call: Any, path: Path) -> int:
        new = not path.exists()
        descriptor: int = call(path)
        if new:
            self.ops.append(Op("create", self._number(descriptor), name=path.name))
        return descriptor

    def _write(self, call: Any, descriptor: int, data: Any) -> int:
        offset = os.lseek(descriptor, 0, os.SEEK_CUR)
        count: int = call(descriptor, data)
        self.ops.append(Op("write", self._number(descriptor), offset, bytes(data[:count])))
        return count

    def _sync(self, call: Any, descriptor: int) -> None:
        call(descriptor)
        self.ops.append(Op("sync", self._number(descriptor)))

    def _cut(self, call: Any, descriptor: int, size: int) -> None:
        call(descriptor, size)
        self.ops.append(Op("cut", self._number(descriptor), size))

    def _link(self, call: Any, path: Path, name: Path) -> None:
        call(path, name)
        self.ops.append(Op("link", name=path.name, other=name.name))

    def _rename(self, call: Any, path: Path, name: Path) -> None:
        call(path, name)
        self.ops.append(Op("rename", name=path.name, other=name.name))

    def _remove(self, call: Any, path: Path) -> None:
        there = path.exists()
        call(path)
        if there:
            self.ops.append(Op("remove", name=path.name))

    def _sync_folder(self, call: Any, folder: Path) -> None:
        self.ops.append(Op("sync_folder"))


State = dict[str, tuple[int, bytes]]
"""What a disk holds after power came back: each name with its file's number and content."""


def states(ops: list[Op]) -> Iterator[State]:
    """Yield what the disk may hold when power is lost behind the last of these calls.

    What was synchronised is there. Of what was not: all, nothing, all but one, only one, or the last write by half.
    """
    loose = _loose(ops)
    choices = [set(loose), set[int]()]
    choices += [set(loose) - {each} for each in loose] + [{each} for each in loose]
    for choice in choices:
        yield _after([op for n, op in enumerate(ops) if n not in loose or n in choice])
    if loose and ops[loose[-1]].kind == "write":
        torn = attrs.evolve(ops[loose[-1]], data=ops[loose[-1]].data[: len(ops[loose[-1]].data) // 2])
        yield _after([*ops[: loose[-1]], torn, *ops[loose[-1] + 1 :]])


def _loose(ops: list[Op]) -> list[int]:
    """Return which calls nothing has made durable."""
    synced = {op.file: n for n, op in enumerate(ops) if op.kind == "sync"}
    folder = max((n for n, op in enumerate(ops) if op.kind == "sync_folder"), default=-1)
    return [
        n
        for n, op in enumerate(ops)
        if (op.of_names and n > folder) or (op.kind in ("write", "cut") and n > synced.get(op.file, -1))
    ]


def _after(ops: list[Op]) -> State:
    names: dict[str, int] = {}
    contents: dict[int, bytearray] = {}
    for op in ops:
        if op.kind == "create":
            names[op.name] = op.file
        elif op.kind == "write":
            held = contents.setdefault(op.file, bytearray())
            held.extend(bytes(max(0, op.offset - len(held))))
            held[op.offset : op.offset + len(op.data)] = op.data
        elif op.kind == "cut":
            held = contents.setdefault(op.file, bytearray())
            held.extend(bytes(max(0, op.offset - len(held))))
            del held[op.offset :]
        elif op.kind == "remove":
            names.pop(op.name, None)
        elif op.kind in ("link", "rename") and op.name in names:
            names[op.other] = names[op.name]
            if op.kind == "rename":
                del names[op.name]
    return {name: (file, bytes(contents.get(file, b""))) for name, file in names.items()}


def lay_out(state: State, folder: Path) -> None:
    """Put there what the disk holds; names of one file are links to it."""
    first: dict[int, Path] = {}
    for name, (file, content) in sorted(state.items()):
        if file in first:
            os.link(first[file], folder / name)
        else:
            first[file] = folder / name
            first[file].write_bytes(content)
