"""An insider: somebody who writes a package of ours anew with our own tools, everything re-fixed, but something changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import archive
from archive.wacz.pages import Page
from archive.wacz.writer import PackageWriter
from archive.warc.record import NewRecord

Change = Callable[[NewRecord], NewRecord | None]
Edit = Callable[[str, bytes], bytes | None]

_DERIVED = {
    "warc-type", "warc-record-id", "warc-date", "warc-target-uri", "content-type", "content-length",
    "warc-block-digest", "warc-payload-digest",
}  # fmt: skip


def rewrite(
    package: Path,
    output: Path,
    *,
    change: Change = lambda record: record,
    edit: Edit = lambda name, data: data,
    further: Change = lambda record: None,
    turn: Callable[[Page], Page] = lambda page: page,
    software: str | None = None,
) -> Path:
    """Write a package anew. `change` alters a record or leaves it out, `edit` a member of provenance/.

    `turn` alters a page; `further` makes a record that is put behind another one; `software` is who the package says
    wrote it.
    """
    with archive.open(package) as source:
        software = software or (source.datapackage or {})["software"]
        with PackageWriter(output, software=software) as target:
            for record in source.records():
                old = _new_record(record.header, b"".join(record.chunks()))
                for new in (change(old), further(old)):
                    if new is not None and new.type != "warcinfo":
                        target.write(new)
            for page in source.pages():
                target.add_page(turn(page))
            for name in source.entries:
                if name.startswith("provenance/"):
                    data = edit(name, source.read_member(name))
                    if data is not None:
                        target.add_member(name, data)
    return output


def _new_record(header: archive.warc.record.Header, block: bytes) -> NewRecord:
    return NewRecord(
        type=header.get("WARC-Type") or "",
        date=header.get("WARC-Date") or "",
        block=block,
        target_uri=header.get("WARC-Target-URI"),
        content_type=header.get("Content-Type"),
        record_id=header.get("WARC-Record-ID"),
        fields=tuple((name, value) for name, value in header.fields if name.lower() not in _DERIVED),
    )
