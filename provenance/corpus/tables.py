"""Tables: something known of every UTF-16 unit as one byte, worked out for the 256 around it when one is first seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_UNITS = 0x10000
_PAGE_BITS = 8
_UNKNOWN = b"\0"


class Table:
    """The byte of each unit, as `byte_of` gives it: never 0. Working all of them out would take a third of a second."""

    def __init__(self, byte_of: Callable[[int], int]) -> None:
        self._byte_of = byte_of
        self._bytes = np.zeros(_UNITS, np.uint8)
        self._ascii: bytes | None = None

    def translate(self, text: str) -> bytes:
        """Return the byte of each UTF-16 unit of a text."""
        if text.isascii():
            if self._ascii is None:
                self._learn(0)
                self._ascii = self._bytes[: 1 << _PAGE_BITS].tobytes()
            return text.encode("ascii").translate(self._ascii)
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
        found = self._bytes.take(units).tobytes()
        if _UNKNOWN in found:
            self._learn_all(units)
            found = self._bytes.take(units).tobytes()
        return found

    def _learn_all(self, units: NDArray[Any]) -> None:
        unknown = units[self._bytes.take(units) == 0]
        for page in np.unique(unknown >> _PAGE_BITS).tolist():
            self._learn(page)

    def _learn(self, page: int) -> None:
        first, last = page << _PAGE_BITS, (page + 1) << _PAGE_BITS
        self._bytes[first:last] = [self._byte_of(unit) for unit in range(first, last)]
