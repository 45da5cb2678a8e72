"""Text: characters that know their bytes."""

from __future__ import annotations

from functools import cached_property
from itertools import accumulate

import attrs

from archive.digest import digest

_STEP = 4096
"""Characters between two known byte offsets: a place costs one short encode, not the whole prefix."""


@attrs.frozen(slots=False)
class Text:
    """A document's canonical text, and where each of its characters lies in the bytes it was decoded from.

    Offsets are Unicode code points, `[start, end)`. `encoding` is the codec of the source bytes, `bom_bytes` the
    length of the byte order mark in front of them. `exact` is False where undecodable bytes were replaced, or where
    the text was derived from markup: then characters have no byte range of their own and `byte_range` says None.
    """

    characters: str
    encoding: str = "utf-8"
    bom_bytes: int = 0
    exact: bool = True

    def __len__(self) -> int:
        return len(self.characters)

    def __getitem__(self, span: tuple[int, int]) -> str:
        return self.characters[span[0] : span[1]]

    @cached_property
    def digest(self) -> str:
        """Labelled digest of the text as UTF-8, which is how a package stores it."""
        return digest(self.to_bytes())

    def to_bytes(self) -> bytes:
        """Return the text as a package stores it: UTF-8, no byte order mark. Lone surrogates become `?`."""
        return self.characters.encode("utf-8", errors="replace")

    @cached_property
    def _steps(self) -> tuple[int, ...]:
        pieces = (self.characters[i : i + _STEP] for i in range(0, len(self.characters), _STEP))
        return tuple(accumulate((len(p.encode(self.encoding)) for p in pieces), initial=self.bom_bytes))

    def byte_offset(self, position: int) -> int:
        """Return the offset in the source bytes at which the character at `position` starts."""
        step, rest = divmod(position, _STEP)
        if step >= len(self._steps):
            return self._steps[-1]
        return self._steps[step] + len(self.characters[position - rest : position].encode(self.encoding))

    def byte_range(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the range of source bytes of the characters `[start, end)`, or None where the text has none."""
        return (self.byte_offset(start), self.byte_offset(end)) if self.exact else None
