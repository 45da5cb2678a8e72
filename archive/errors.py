"""What stops us: one root, with fields instead of prose, and a place that grows outward as the error rises."""

from __future__ import annotations

from typing import Any, ClassVar, Self

import attrs

from archive.values import frozen


@frozen
class Location:
    """Where something is: characters < field < record < member < file. Unknown parts are None.

    `offset_bytes` counts bytes from the start of the member (or of the file where there is no member), in the
    stored form, i.e. before gzip members are inflated. `start` and `end` are Unicode code points.
    """

    package: str | None = None
    member: str | None = None
    offset_bytes: int | None = None
    record: str | None = None
    field: str | None = None
    start: int | None = None
    end: int | None = None

    def within(self, **outer: Any) -> Location:
        """Return this place with the given outer parts filled in where they are still unknown."""
        known = {
            name: value for name, value in outer.items() if value is not None and getattr(self, name) is None
        }
        if not known:
            return self
        get = known.get  # not attrs.evolve: a hostile file asks for this a million times
        return Location(
            get("package", self.package),
            get("member", self.member),
            get("offset_bytes", self.offset_bytes),
            get("record", self.record),
            get("field", self.field),
            get("start", self.start),
            get("end", self.end),
        )

    def __str__(self) -> str:
        parts = [self.package, self.member]
        if self.offset_bytes is not None:
            parts.append(f"byte {self.offset_bytes}")
        parts += [self.record, self.field]
        if self.start is not None:
            parts.append(f"characters {self.start}-{self.end}")
        return ", ".join(part for part in parts if part)


NOWHERE = Location()


@attrs.frozen
class Error(Exception):
    """Root of everything that stops us. `code` names the kind; `hint` says what the user can do.

    A kind without fields of its own takes everything from its root: making a class anew costs a millisecond of every run.
    """

    code: ClassVar[str] = "error"

    message: str
    where: Location = NOWHERE
    hint: str | None = None

    def within(self, **outer: Any) -> Self:
        """Return the same error with the outer parts of its place filled in."""
        return attrs.evolve(self, where=self.where.within(**outer))

    def __str__(self) -> str:
        place = str(self.where)
        return f"{self.message} ({place})" if place else self.message


class UsageError(Error):
    """The caller asked for something that cannot be meant (exit 2)."""

    code: ClassVar[str] = "usage"


class OutputExists(UsageError):
    """The output is already there and overwriting was not asked for."""

    code: ClassVar[str] = "output-exists"


class OutputUnfinished(OutputExists):
    """A build that was stopped has left what it did: it can be gone on with, or overwritten."""

    code: ClassVar[str] = "output-unfinished"


class ResumeRefused(UsageError):
    """What is given is not what the unfinished build was begun with, so that it cannot be gone on with."""

    code: ClassVar[str] = "resume-refused"


class InputError(Error):
    """The input cannot be read at all (exit 3). What can be read but is wrong is a Finding."""

    code: ClassVar[str] = "input"


class Unreadable(InputError):
    """The operating system would not give us the bytes."""

    code: ClassVar[str] = "unreadable"


class NotAnArchive(InputError):
    """The bytes are no WARC, ARC or WACZ."""

    code: ClassVar[str] = "not-an-archive"


class WarcSyntaxError(InputError):
    """Something that ISO 28500 does not allow: in a record to be written, or where a record was asked for.

    `where.field` names the header field, `where.offset_bytes` the place, as far as they are known.
    """

    code: ClassVar[str] = "warc-syntax"


@attrs.frozen
class Undecodable(InputError):
    """A coding that is damaged, or that we have no decoder for: `coding` is its name as it was declared."""

    code: ClassVar[str] = "undecodable"

    coding: str = ""


class OutputError(Error):
    """The output could not be written (disk full, no permission)."""

    code: ClassVar[str] = "output"


class OutputBusy(OutputError):
    """Another process is writing the same output."""

    code: ClassVar[str] = "output-busy"


@attrs.frozen
class LimitExceeded(InputError):
    """A limit was reached before the end: `seen` is more than `allowed`. See `archive.limits`."""

    code: ClassVar[str] = "limit-exceeded"

    limit: str = ""
    allowed: int = 0
    seen: int = 0


class SigningError(Error):
    """A key, a certificate or a time-stamping service refused."""

    code: ClassVar[str] = "signing"


@attrs.frozen
class TrustError(Error):
    """What should vouch for something does not. `finding` is the code of what is found, where a check asks."""

    code: ClassVar[str] = "trust"

    finding: str = ""
