"""Archives that lie elsewhere: http and https by range requests, every other address through fsspec."""

from __future__ import annotations

from typing import BinaryIO

from archive import lazily
from archive.errors import InputError, Location, Unreadable, UsageError
from archive.limits import DEFAULT, Limits

__all__ = ["is_address", "open_remote"]

_ADDRESS = lazily.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::|://)")
"""A scheme has two characters or more: one is a drive of Windows."""


def is_address(source: str) -> bool:
    """Say whether a source is an address (`https://…`, `s3://…`) and no path."""
    return _ADDRESS.match(source) is not None


def open_remote(address: str, *, limits: Limits = DEFAULT) -> BinaryIO:
    """Open what lies at an address as a seekable file that fetches only what is read.

    Raises Unreadable (RemoteUnreadable, RemoteChanged for http) where it cannot be had, LimitExceeded where a server
    is too slow or sends too much, UsageError where fsspec, which every scheme but http and https needs, is missing.
    """
    if address.lower().startswith(("http://", "https://")):
        from archive.remote.ranges import open_ranges

        return open_ranges(address, limits=limits)
    return _open_elsewhere(address)


def _open_elsewhere(address: str) -> BinaryIO:
    try:
        import fsspec
    except ImportError as error:
        raise UsageError(
            "reading from this kind of address needs the extra `remote`",
            Location(package=address),
            "install it: pip install 'source-provenance[remote]'",
        ) from error
    try:
        file: BinaryIO = fsspec.open(address, "rb").open()
    except (
        OSError,
        ValueError,
        ImportError,
    ) as error:  # ImportError: the scheme's own library is not installed
        message = f"cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise Unreadable(message, Location(package=address)) from error
    if not file.seekable():
        file.close()
        raise InputError("what lies there can only be read from the front", Location(package=address))
    return file
