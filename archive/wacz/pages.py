"""The page list of a package: `pages/pages.jsonl`, one page a line behind a header line (WACZ 1.1.1 §5.2.2)."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Iterable

import attrs

from archive import lazily
from archive.jsontext import parse as parse_json
from archive.limits import DEFAULT, Limits

PATH = "pages/pages.jsonl"
FORMAT = "json-pages-1.0"
_INSTANT = lazily.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-5][0-9]|60)(?:\.[0-9]+)?"
    r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
)


@attrs.frozen
class Page:
    """A way into the package: what to open (`url`), as captured when (`ts`, RFC 3339), and what to call it.

    Without an `id` one is derived from URL and time, so that the same page gets the same id.
    """

    url: str
    ts: str
    title: str
    id: str = attrs.field(default=attrs.Factory(lambda page: page_id(page.url, page.ts), takes_self=True))


def page_id(url: str, ts: str) -> str:
    """Return the id that a page gets where none is given; a WARC-Page-ID field may name it before."""
    seed = f"{ts} {url}".encode("utf-8", "surrogatepass").hex()
    return uuid.uuid5(uuid.NAMESPACE_URL, seed).hex


def page_list(pages: Iterable[Page], *, title: str = "Pages") -> bytes:
    """Return the text of the list. All rows have the same keys: other tools read it as a table."""
    rows: list[dict[str, str]] = [{"format": FORMAT, "id": "pages", "title": title}]
    rows += [{"id": page.id, "url": page.url, "ts": page.ts, "title": page.title} for page in pages]
    return "".join(json.dumps(row) + "\n" for row in rows).encode("ascii")


def parse_page(raw: bytes, *, limits: Limits = DEFAULT) -> Page:
    """Return the page that a line names. Raises ValueError, whose text says what is wrong."""
    parsed = parse_json(raw, limits=limits)
    row = parsed.value
    if not isinstance(row, dict) or parsed.repeated:
        raise ValueError("not a JSON object with each key once")
    url, ts, title = row.get("url"), row.get("ts"), row.get("title") or ""
    if not (isinstance(url, str) and url and isinstance(ts, str | int) and ts):
        raise ValueError("a page needs url and ts")
    known = row.get("id") or row.get("page_id")
    return Page(url, str(ts), str(title), **({"id": str(known)} if known else {}))


def is_instant(value: object) -> bool:
    """Say whether a value is a date and time as in RFC 3339 §5.6: with seconds and a time zone, and a day that there is."""
    if not isinstance(value, str) or not (parts := _INSTANT.fullmatch(value)):
        return False
    try:
        year, month, day, hour, minute = map(int, parts.groups()[:5])
        dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)
    except ValueError:
        return False
    return True


def is_header(raw: bytes, *, limits: Limits = DEFAULT) -> bool:
    """Say whether a line is the header of a page list."""
    try:
        row = parse_json(raw, limits=limits).value
    except ValueError:
        return False
    return isinstance(row, dict) and str(row.get("format", "")).startswith("json-pages-")
