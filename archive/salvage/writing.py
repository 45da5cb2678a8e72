"""Where a salvage ends: a package with index, pages and the list of losses, or a bare WARC."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO, Self, cast

import attrs

import archive
from archive.errors import InputError, Location, UsageError
from archive.limits import DEFAULT, Limits
from archive.salvage.loss import Fate, Loss
from archive.salvage.salvage import Salvage
from archive.wacz.output import Output
from archive.wacz.package import Package
from archive.wacz.reader import open_package
from archive.warc.record import NewRecord, Placed, Verbatim
from archive.warc.rules import is_date
from archive.warc.writer import WarcWriter, warcinfo

LOSSES = "provenance/salvage.jsonl"
"""The member of a salvaged package that lists what was lost, one loss a line."""
SOFTWARE = "salvage by source-provenance"
"""How a salvaged package says what wrote it: it is not claimed to be in our canonical form, nor to be complete."""
_SPOOL_BYTES = 1 << 20
WARC_SUFFIX, WACZ_SUFFIX = ".warc.gz", ".wacz"


@attrs.frozen
class Salvaged:
    """What a salvage made. `kept` counts records that are in the result as they were; `size_bytes` is its size."""

    kept: int
    losses: int
    lost_bytes: int
    by_fate: dict[str, int]
    size_bytes: int


def salvage(
    source: Path,
    path: Path,
    *,
    overwrite: bool = False,
    software: str = SOFTWARE,
    tell: Callable[[Loss], object] = str,
    limits: Limits = DEFAULT,
) -> Salvaged:
    """Rescue what is left of `source` into `path`, a `.wacz` or a `.warc.gz`, and tell every loss as it is found.

    Raises InputError where nothing can be rescued, UsageError for another suffix, OutputError as a writer does.
    """
    if not path.name.endswith((WARC_SUFFIX, WACZ_SUFFIX)):
        raise UsageError("a salvage ends in a .wacz or a .warc.gz", Location(package=str(path)))
    if path.exists() and source.exists() and path.samefile(source):
        raise UsageError("the result would replace what is broken", hint="give it another name with -o")
    with open_package(source, limits=limits) as package:
        dated = _modified(source)
        if path.name.endswith(WACZ_SUFFIX):
            return _into_package(package, path, overwrite, software, tell, dated, limits)
        with _BareWarc(path, overwrite=overwrite, software=software, dated=dated) as warc:
            run = Salvage(package, target=warc, dated=dated, limits=limits)
            losses = _run(run, tell)
            warc.publish()
            return _summary(run, losses, warc.size_bytes)


def _into_package(
    package: Package,
    path: Path,
    overwrite: bool,  # noqa: FBT001 - one step of the function above
    software: str,
    tell: Callable[[Loss], object],
    dated: str,
    limits: Limits,
) -> Salvaged:
    title, description = (_said(package, key) for key in ("title", "description"))
    with (
        tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as rows,
        archive.PackageWriter(
            path, overwrite=overwrite, title=title, description=description, software=software, dated=dated
        ) as writer,
    ):

        def listed(loss: Loss) -> None:
            rows.write((json.dumps(loss.row()) + "\n").encode("ascii"))
            tell(loss)

        run = Salvage(package, target=writer, dated=dated, limits=limits)
        losses = _run(run, listed)
        for page in run.pages():
            writer.add_page(page)
        if losses:
            rows.seek(0)
            writer.add_member(LOSSES, rows)
    return _summary(run, losses, writer.size_bytes)


def _run(run: Salvage, tell: Callable[[Loss], object]) -> Counter[Fate]:
    fates, lost = Counter[Fate](), 0
    for outcome in run.run():
        if isinstance(outcome, Loss):
            tell(outcome)
            fates[outcome.fate] += 1
            lost += outcome.length_bytes if outcome.fate in (Fate.LOST, Fate.ASIDE) else 0
    run.lost_bytes = lost
    if not run.kept and not fates[Fate.ASIDE]:
        raise InputError("nothing could be rescued: no record can be read in it")
    return fates


def _summary(run: Salvage, fates: Counter[Fate], size_bytes: int) -> Salvaged:
    by_fate = {str(fate): fates[fate] for fate in Fate}
    return Salvaged(run.kept, sum(fates.values()), run.lost_bytes, by_fate, size_bytes)


def _said(package: Package, key: str) -> str | None:
    value = (package.datapackage or {}).get(key)
    return value if isinstance(value, str) else None


def _modified(path: Path) -> str:
    """Return when the broken file was last changed: the latest that its records can be of."""
    moment = dt.datetime.fromtimestamp(int(path.stat().st_mtime), tz=dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


class _BareWarc(AbstractContextManager["_BareWarc"]):
    """A compressed WARC that appears when it is whole."""

    def __init__(self, path: Path, *, overwrite: bool, software: str, dated: str) -> None:
        self._output = Output(path, overwrite=overwrite)
        self._writer = WarcWriter(cast("BinaryIO", self._output), member=path.name)
        self._info = {"software": software, "format": "WARC File Format 1.1"}
        self._name, self._dated, self._begun = path.name, dated, False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._output.discard()

    @property
    def size_bytes(self) -> int:
        """How much was written."""
        return self._writer.offset_bytes

    def write(self, record: NewRecord | Verbatim) -> Placed:
        """Write a record behind the warcinfo of the file."""
        if not self._begun:
            self._begun = True
            date = record.date if is_date(record.date) else self._dated
            self._writer.write(warcinfo(self._info, filename=self._name, date=date))
        return self._writer.copy(record) if isinstance(record, Verbatim) else self._writer.write(record)

    def publish(self) -> None:
        """Give the file its name."""
        self._output.publish()
