"""How the bytes rest: WARC, CDXJ and WACZ, read strictly and written once. This storey knows no news.

The doors are `open` (any archive, by path or as a file) and `PackageWriter`; both are imported when first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.wacz.reader import open_package as open  # noqa: A004 - `archive.open`, as in `tarfile.open`
    from archive.wacz.writer import PackageWriter

__all__ = ["PackageWriter", "open"]


def __getattr__(name: str) -> Any:
    if name == "open":
        from archive.wacz.reader import open_package

        return open_package
    if name == "PackageWriter":
        from archive.wacz.writer import PackageWriter

        return PackageWriter
    raise AttributeError(name)
