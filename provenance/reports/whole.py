"""A file that appears whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from archive.errors import Location, OutputError, OutputExists


def refuse_existing(path: Path, *, overwrite: bool) -> None:
    """Raise OutputExists where the file is there and may not be replaced; asked before any work is done."""
    if path.exists() and not overwrite:
        raise OutputExists("exists already", Location(package=str(path)), "replace it with --force")


def write_whole(path: Path, text: str, *, overwrite: bool = False) -> None:
    """Write a text file beside its place and rename it there. Raises OutputExists or OutputError."""
    refuse_existing(path, overwrite=overwrite)
    try:
        descriptor, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)
        Path(beside).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(beside).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> OutputError:
    return OutputError(f"cannot be written: {error.strerror or error}", Location(package=str(path)))
