"""Regular expressions that are compiled when they are first used: most runs need few of the many there are."""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast


class Lazy:
    """Stands for a compiled pattern. The first use of a method compiles it and keeps the method: the next costs nothing."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.source = source
        self.asked = flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # a copy or a pickle asks what this is, and is no use of the pattern
            raise AttributeError(name)
        known = self.__dict__
        if "_compiled" not in known:
            known["_compiled"] = re.compile(self.source, self.asked)
        attribute = known[name] = getattr(known["_compiled"], name)
        return attribute


def compile(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:  # noqa: A001 (it stands where re.compile stood)
    """Return what is used as `re.compile(source, flags)` would be. Raises `re.error` when first used, not here."""
    return cast("re.Pattern[AnyStr]", Lazy(source, flags))
