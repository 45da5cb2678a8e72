"""Engines for deflate (RFC 1951): zlib, and the faster isal and zlib-ng wherever the extra `[fast]` is installed.

What a package's bytes are depends on the engine, its version and the level, so a writer says all three. What is found
in reading does not: only zlib and zlib-ng inflate, which refuse the same streams; isal lets some pass that they refuse.
"""

from __future__ import annotations

import functools
import importlib
import re
import zlib
from collections.abc import Callable
from typing import Any, Protocol

import attrs

from archive.errors import UsageError

RAW = -zlib.MAX_WBITS
"""Window bits of a stream without a frame of its own: the frame of a gzip member is read and written by us."""


class Inflater(Protocol):
    """What `zlib.decompressobj` gives (its type has no name at run time)."""

    @property
    def eof(self) -> bool:
        """True at the end of the stream."""

    @property
    def unused_data(self) -> bytes:
        """Return what was given behind the end of the stream."""

    @property
    def unconsumed_tail(self) -> bytes:
        """Return what was given and not yet inflated."""

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        """Inflate some more."""

    def copy(self) -> Inflater:
        """Return a second inflater in the same state."""


class Deflater(Protocol):
    """What `zlib.compressobj` gives."""

    def compress(self, data: bytes, /) -> bytes:
        """Deflate some more."""

    def flush(self, mode: int = zlib.Z_FINISH, /) -> bytes:
        """End the stream, or a part of it."""


@attrs.frozen
class Engine:
    """A way to deflate: `level` is the one for those who name none, `levels` those there are."""

    name: str
    version: str
    level: int
    levels: range
    module: Any = attrs.field(repr=False, eq=False)

    def deflater(self, level: int) -> Deflater:
        """Return a new raw stream in the making."""
        made: Deflater = self.module.compressobj(level, zlib.DEFLATED, RAW)
        return made


@attrs.frozen
class Compression:
    """An engine at a level: what writes a member. Written as `zlib 1.2.13 level 6`."""

    engine: Engine
    level: int

    def __str__(self) -> str:
        return f"{self.engine.name} {self.engine.version} level {self.level}"

    def at(self, level: int) -> Compression:
        """Return the same engine at another level. Raises UsageError for a level that it has not."""
        levels = self.engine.levels
        if level not in levels:
            hint = f"its levels are {levels[0]} to {levels[-1]}"
            raise UsageError(f"{self.engine.name} has no level {level}", hint=hint)
        return Compression(self.engine, level)

    def deflater(self) -> Deflater:
        """Return a new raw stream in the making."""
        return self.engine.deflater(self.level)


@attrs.frozen
class Inflating:
    """How to inflate: a maker of inflaters, the errors they raise on a broken stream, and the CRC-32 beside them."""

    engine: str
    inflater: Callable[[], Inflater]
    errors: tuple[type[Exception], ...]
    crc32: Callable[[bytes, int], int]


def _isal() -> Engine:
    package, module = importlib.import_module("isal"), importlib.import_module("isal.isal_zlib")
    return Engine("isal", str(package.ISAL_VERSION), 2, range(4), module)


def _zlib_ng() -> Engine:
    module = importlib.import_module("zlib_ng.zlib_ng")
    return Engine("zlib-ng", str(module.ZLIBNG_VERSION), 6, range(1, 10), module)


def _zlib() -> Engine:
    return Engine("zlib", zlib.ZLIB_RUNTIME_VERSION, 6, range(1, 10), zlib)


_MAKERS = {"isal": _isal, "zlib-ng": _zlib_ng, "zlib": _zlib}
"""All engines there may be, the fastest first."""


@functools.cache
def installed() -> tuple[Engine, ...]:
    """Return the engines that are here, the fastest first; zlib is always the last."""
    engines = []
    for make in _MAKERS.values():
        try:
            engines.append(make())
        except (ImportError, AttributeError):  # not installed, or a version that is too old
            continue
    return tuple(engines)


def engine(name: str) -> Engine:
    """Return the engine of this name. Raises UsageError where it is unknown or not installed."""
    for each in installed():
        if each.name == name:
            return each
    hint = "install source-provenance[fast]" if name in _MAKERS else f"there are {', '.join(_MAKERS)}"
    raise UsageError(f"there is no engine {name[:40]!r} here", hint=hint)


def compression(text: str | None = None) -> Compression:
    """Return the compression that is written `zlib:9` or `isal`; the fastest that is installed where it is None.

    Raises UsageError for an engine that is not here, and for a level that it has not.
    """
    name, _, level = (text or "").partition(":")
    chosen = engine(name) if text else installed()[0]
    if level and not re.fullmatch("[0-9]{1,2}", level):
        raise UsageError(f"{level[:40]!r} is no level", hint="write it like zlib:6")
    return Compression(chosen, chosen.level).at(int(level or chosen.level))


@functools.cache
def inflating() -> Inflating:
    """Return the fastest way to inflate that is as strict as zlib."""
    modules = {each.name: each.module for each in installed()}
    name = "zlib-ng" if "zlib-ng" in modules else "zlib"
    return Inflating(
        name,
        functools.partial(modules[name].decompressobj, RAW),
        (zlib.error, modules[name].error),
        installed()[0].module.crc32,
    )
