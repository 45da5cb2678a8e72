"""The CDXJ index: one line a capture, sorted by bytes, as cdxj-indexer 1.5 writes it (CDXJ 0.1.0)."""

from __future__ import annotations

import heapq
import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import BinaryIO
from urllib.parse import unquote

import attrs

from archive import lazily
from archive.jsontext import parse as parse_json
from archive.limits import DEFAULT, MIB, Limits
from archive.surt import surt
from archive.warc.record import Placed

INDEXED = ("response", "revisit", "resource", "metadata")
"""Record types that an index lists. `resource` and `metadata` of type application/warc-fields are left out."""
SORT_IN_MEMORY = 100_000
"""Lines held in memory before a sorted run goes to a temporary file."""
SORT_BYTES = 64 * MIB
"""Bytes of lines held in memory before a sorted run goes to a temporary file."""
_MERGED_AT_ONCE = 64

_PARAMETERS = lazily.compile(r"[;\s]")
_FRACTION = lazily.compile(r"\.[0-9]+")
_NOT_DIGIT = lazily.compile(r"[^0-9]")
_WWW = lazily.compile(r",www[0-9]*$")
_SLASHES = lazily.compile(r"/+")
_UNKNOWN = "00000101000000"
_WITH_MILLISECONDS = 17


@attrs.frozen
class Line:
    """One capture: where to look (`key`), when (`timestamp`, 14 digits, UTC), and what and where it is."""

    key: str
    timestamp: str
    fields: Mapping[str, str]
    repeated: tuple[str, ...] = ()
    """Keys that stood more than once in the line as read."""

    def __bytes__(self) -> bytes:
        text = f"{self.key} {self.timestamp} {json.dumps(dict(self.fields))}\n"
        return text.encode("utf-8", "surrogateescape")


def line(placed: Placed, *, of_any_type: bool = False) -> Line | None:
    """Return the index line of a record, or None where an index does not list it.

    The digest is the record's own WARC-Payload-Digest as it stands (its truth is the survey's business); a record
    without one is listed by what was computed: the digest of its payload or else of its block.
    `of_any_type` gives the line that an index of all records would have.
    """
    if not (indexed(placed) or (of_any_type and placed.target_uri and placed.date)):
        return None
    url = target(placed)
    fields = {
        "url": url,
        "mime": _mime(placed),
        "status": None if placed.http_status is None else str(placed.http_status),
        "digest": placed.header.get("WARC-Payload-Digest") or placed.payload_digest or placed.block_digest,
        "length": str(placed.length_bytes),
        "offset": str(placed.offset_bytes),
        "filename": placed.member.rpartition("/")[2],
    }
    return Line(surt(url), timestamp(placed.date), {k: v for k, v in fields.items() if v is not None})


def indexed(placed: Placed) -> bool:
    """Say whether an index lists this record."""
    if placed.type not in INDEXED or not placed.target_uri or not placed.date:
        return False
    plain = placed.type in ("response", "revisit")
    return plain or placed.header.get("Content-Type") != "application/warc-fields"


def target(placed: Placed) -> str:
    """Return the record's URL as an index gives it: without the brackets of wget 1.19, spaces escaped."""
    url = placed.target_uri or ""
    if url.startswith("<") and url.endswith(">"):
        url = url[1:-1]
    return url.replace(" ", "%20")


def timestamp(date: str) -> str:
    """Return the 14 digits of a W3CDTF date. What a coarser date leaves out becomes its first instant."""
    digits = _NOT_DIGIT.sub("", _FRACTION.sub("", date))[:14]
    return digits + _UNKNOWN[len(digits) :]


def is_time_of(stated: str, date: str) -> bool:
    """Say whether an index's timestamp is that of a record's date: 14 digits, or 17 with milliseconds (CDXJ 0.1.0 §4)."""
    fraction = _FRACTION.search(date)
    milliseconds = (fraction[0][1:4] if fraction else "").ljust(3, "0")
    return stated in (timestamp(date), timestamp(date) + milliseconds)


def is_key_of(stated: str, url: str) -> bool:
    """Say whether a key is that of a URL under the rules of any known writer: ours, the standard's, warcio.js'.

    They agree on the host, with or without its `www`, and differ in whether path and query are escaped, lose their last
    slash, or are sorted. What is left out of both sides here cannot make one page pass for another host's.
    """
    return stated == surt(url) or _loose(stated) in (_loose(surt(url)), _loose(url))


def host_of_key(key: str) -> str:
    """Return the part of a key that names the host, without `www`; of a key without one the scheme."""
    host, bracket, _ = key.partition(")")
    return _WWW.sub("", host.lower()) if bracket else key.partition(":")[0].lower()


def _loose(key: str) -> tuple[str, str, tuple[str, ...]]:
    path, _, query = key.partition(")")[2].partition("?")
    if not key.partition(")")[1]:
        return "", unquote(key).lower(), ()
    return host_of_key(key), _slashes(unquote(path)), tuple(sorted(unquote(query).lower().split("&")))


def _slashes(path: str) -> str:
    return _SLASHES.sub("/", path.lower()).rstrip("/")


def _mime(placed: Placed) -> str | None:
    if placed.type == "revisit":
        return "warc/revisit"
    if placed.type == "response":
        return placed.media_type if target(placed).startswith(("http:", "https:")) else None
    value = placed.header.get("Content-Type")
    return _PARAMETERS.split(value, maxsplit=1)[0] if value else value


def parse(raw: bytes, *, limits: Limits = DEFAULT) -> Line:
    """Return the line written in `raw`. Raises ValueError, whose text says what is wrong.

    Numbers written as numbers (as wabac does) are read as their digits; other values must be strings.
    """
    key, gap, rest = raw.partition(b" ")
    when, other_gap, fields = rest.partition(b" ")
    if not (key and gap and other_gap):
        raise ValueError("not a key, a timestamp and a JSON object")
    if not (len(when) <= 14 or len(when) == _WITH_MILLISECONDS) or not when.isdigit():
        raise ValueError("the timestamp is not 14 digits, or 17 with milliseconds")
    parsed = parse_json(fields, limits=limits)
    if not isinstance(parsed.value, dict):
        raise ValueError("the fields are no JSON object")  # noqa: TRY004 - the text is at fault, not the caller
    values = {name: _string(value) for name, value in parsed.value.items()}
    return Line(key.decode("utf-8", "surrogateescape"), when.decode(), values, parsed.repeated)


def _string(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def sort(
    lines: Iterable[bytes], *, in_memory: int = SORT_IN_MEMORY, bytes_in_memory: int = SORT_BYTES
) -> Iterator[bytes]:
    """Yield the lines in the order of their bytes, each once.

    Runs of `in_memory` lines, or of `bytes_in_memory`, go to temporary files, so memory is bounded however many lines
    there are and however long they are; the last run stays in memory.
    """
    with ExitStack() as stack:
        runs: list[Iterable[bytes]] = []
        for run, is_full in _runs(lines, in_memory, bytes_in_memory):
            run.sort()
            runs.append(_stored(run, stack) if is_full else run)
            if len(runs) == _MERGED_AT_ONCE:
                runs = [_stored(heapq.merge(*runs), stack)]
        for text, _ in itertools.groupby(heapq.merge(*runs)):
            yield text


def _runs(lines: Iterable[bytes], most: int, most_bytes: int) -> Iterator[tuple[list[bytes], bool]]:
    """Yield the lines in runs that fit into memory, and whether a run is as full as it may be."""
    run, size_bytes = list[bytes](), 0
    for text in lines:
        run.append(text)
        size_bytes += len(text)
        if len(run) >= most or size_bytes >= most_bytes:
            yield run, True
            run, size_bytes = [], 0
    if run:
        yield run, False


def _stored(run: Iterable[bytes], stack: ExitStack) -> BinaryIO:
    """Return a nameless temporary file that holds the run, ready to be read."""
    file = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115 - closed by the stack
    file.writelines(run)
    file.seek(0)
    return file
