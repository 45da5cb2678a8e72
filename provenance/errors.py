"""What stops us on this storey. Everything here descends from `archive.errors.Error`."""

from __future__ import annotations

from typing import ClassVar

from archive.errors import InputError, UsageError


class NotAText(InputError):
    """The bytes are no text, no page and no archive: there is nothing in them that could be read."""

    code: ClassVar[str] = "not-a-text"


class NotFound(UsageError):
    """An input that is not there."""

    code: ClassVar[str] = "not-found"


class SeedListError(InputError):
    """A seed list that is no TOML, or that says something a seed list cannot say."""

    code: ClassVar[str] = "seed-list"


class CaptureError(InputError):
    """A URL that did not answer, or that may not be asked."""

    code: ClassVar[str] = "capture"


class CorpusDamaged(InputError):
    """A corpus index whose files do not fit one another, or that another definition made. It can be made anew."""

    code: ClassVar[str] = "corpus-damaged"
