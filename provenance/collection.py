"""What is known of how a collection was made: what its collector states, and what its records show.

The Berkeley Protocol on Digital Open Source Investigations asks of every collected item who collected it, what for and
how, its address, its hash, its time, and which conversions it went through. Three of these only a person can state; the
rest is derived from the records. Nothing is filled in: what nobody stated and no record shows is `missing`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from archive import lazily
from archive.errors import Error, Location, UsageError
from archive.jsontext import parse as parse_json
from archive.wacz.package import Package
from archive.warc.record import Placed
from provenance import records

MEMBER = "provenance/collection.jsonld"
"""The member of a package that holds the statements. Other tools do not take `.jsonld` for a table."""
FORM = "source-provenance-collection/1"
_MOST_CHARACTERS = 4000
_CONTROL = lazily.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_PICTURES = (
    "urn:fullpage:",
    "urn:fullPage:",
    "urn:screenshot:",
    "urn:view:",
    "screenshot:",
    "urn:thumbnail:",
)
"""How the addresses of page images begin, by the conventions of browser-based crawlers."""


@attrs.frozen
class Statement:
    """What a collector states of a collection, in words. None where nothing was stated."""

    collector: str | None = None
    organization: str | None = None
    contact: str | None = None
    purpose: str | None = None
    method: str | None = None
    case: str | None = None
    notes: str | None = None

    @property
    def empty(self) -> bool:
        """True where nothing is stated."""
        return not any(attrs.astuple(self))


FIELDS = tuple(field.name for field in attrs.fields(Statement))


def statement_of(values: Mapping[str, Any]) -> Statement:
    """Return the statement that these values make. Raises ValueError for what no statement says."""
    unknown = sorted(set(values) - set(FIELDS))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(FIELDS)}")
    kept = {name: value for name, value in values.items() if value is not None}
    for name, value in kept.items():
        if not isinstance(value, str) or not value.strip():
            raise ValueError(f"{name} is no text")
        if len(value) > _MOST_CHARACTERS or _CONTROL.search(value):
            raise ValueError(f"{name} is longer than {_MOST_CHARACTERS} characters or has control characters")
    return Statement(**{name: value.strip() for name, value in kept.items()})


def load(path: Path | None, given: Mapping[str, str | None]) -> Statement:
    """Return what a TOML file states and what is given beside it, which goes before. Raises UsageError."""
    import tomllib

    body: dict[str, Any] = {}
    where = Location(package=str(path)) if path else Location()
    try:
        if path is not None:
            body = tomllib.loads(path.read_text(encoding="utf-8"))
        return statement_of({**body, **{name: value for name, value in given.items() if value is not None}})
    except OSError as error:
        raise UsageError(f"cannot be read: {error.strerror or error}", where) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"not a TOML file: {error}", where) from error
    except ValueError as error:
        raise UsageError(f"not a statement about a collection: {error}", where) from error


def member_of(statements: Iterable[Statement]) -> bytes:
    """Return the member that holds these statements; what was not stated stands there as null."""
    body = {"form": FORM, "statements": [attrs.asdict(statement) for statement in statements]}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def statements_in(data: bytes) -> tuple[Statement, ...]:
    """Return the statements that a member holds. Raises ValueError where it is none of this form."""
    body = parse_json(data)
    if body.repeated or not isinstance(body.value, Mapping) or body.value.get("form") != FORM:
        raise ValueError(f"not an object of the form {FORM}")
    rows = body.value.get("statements")
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise ValueError("the statements are no list of objects")
    statements = tuple(statement_of(row) for row in rows)
    if member_of(statements) != data:
        raise ValueError("the statements are not in the form in which they are written")
    return statements


def of(package: Package) -> tuple[Statement, ...]:
    """Return what a package states; nothing where it states nothing, or nothing that can be read."""
    if MEMBER not in package.entries or not package.entries[MEMBER].readable:
        return ()
    try:
        return statements_in(package.read_member(MEMBER))
    except (Error, ValueError):
        return ()


def joined(packages: Iterable[Package]) -> tuple[Statement, ...]:
    """Return what several packages state, each once; nothing where none states anything.

    A package that states nothing has an empty statement among them: what another one states is not about its documents.
    """
    told = dict.fromkeys(each for package in packages for each in of(package) or (Statement(),))
    return tuple(told) if any(not each.empty for each in told) else ()


def facts_of(placed: Iterable[Placed]) -> dict[str, Any]:
    """Return what the records show of how they were collected, as counts and dates: JSON."""
    types, addresses = Counter[str](), Counter[str]()
    facts = Counter[str]()
    first = last = None
    for record in placed:
        kind = record.type
        types[kind or "?"] += 1
        if kind == "conversion":
            facts["conversions_of_nothing"] += not record.header.get("WARC-Refers-To")
        if kind not in ("response", "resource"):
            continue
        if date := record.date:
            first, last = min(first or date, date), max(last or date, date)
        if (record.target_uri or "").startswith(_PICTURES):
            facts["page_images"] += 1
            continue
        addresses[_stated_by(record, kind)] += 1
        if kind == "response":
            facts["pages" if (record.media_type or "").endswith(("html", "xhtml+xml")) else "media"] += 1
    return {
        "types": dict(sorted(types.items())),
        "addresses": dict(sorted(addresses.items())),
        "first_date": first,
        "last_date": last,
        **{name: facts[name] for name in ("pages", "media", "page_images", "conversions_of_nothing")},
    }


def _stated_by(record: Placed, kind: str) -> str:
    """Return whose word a record's address is: the capture's own, or as our resource records say; else `unknown`."""
    if kind == "response":
        return "capture"
    stated = record.header.get(records.STATED_BY)
    return stated if stated in ("archivist", "document", "nobody") else "unknown"


@attrs.frozen
class Row:
    """One question of the checklist: `status` is stated, recorded, partly or missing; `says` the answer in words."""

    field: str
    status: str
    says: str


STATED, RECORDED, PARTLY, MISSING = "stated", "recorded", "partly", "missing"


def checklist(facts: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the checklist of a package from what its verification learnt; empty where nothing was learnt."""
    collected = facts.get("collected")
    if not isinstance(collected, Mapping):
        return ()
    statements = [Statement(**each) for each in facts.get("collection", ())]
    return (*_stated(statements), *_recorded(collected, facts))


def _stated(statements: Iterable[Statement]) -> Iterator[Row]:
    told = tuple(statements)
    for name in ("collector", "purpose", "method"):
        values = [value for each in told if (value := getattr(each, name))]
        says = "; ".join(dict.fromkeys(values)) or "nobody stated it"
        status = MISSING if not values else STATED if len(values) == len(told) else PARTLY
        yield Row(name, status, says)


def _recorded(collected: Mapping[str, Any], facts: Mapping[str, Any]) -> Iterator[Row]:
    addresses: Mapping[str, int] = collected["addresses"]
    documents = sum(addresses.values())
    unknown = addresses.get("nobody", 0)
    yield Row(
        "address",
        _status(documents - unknown, documents),
        f"{documents - unknown} of {_counted(documents, 'document')}: {addresses.get('capture', 0)} were captured there,"
        f" of {documents - addresses.get('capture', 0) - unknown} it is somebody's statement",
    )
    captured = addresses.get("capture", 0)
    timed = RECORDED if documents and captured == documents else PARTLY if documents else MISSING
    dates = [collected.get("first_date"), collected.get("last_date")]
    yield Row(
        "time",
        timed,
        f"{captured} of {_counted(documents, 'document')} were captured when their date says; that of the others is the"
        f" date of a file or somebody's statement (from {dates[0]} to {dates[1]})",
    )
    records_checked = facts.get("hashed", (0, 0))
    yield Row(
        "hash",
        _status(*records_checked),
        f"{records_checked[0]} of {_counted(records_checked[1], 'record')} agree with a digest",
    )
    pages = int(collected["pages"])
    yield Row(
        "source", RECORDED if pages else MISSING, f"{_counted(pages, 'page')} as received, headers and all"
    )
    images = int(collected["page_images"])
    yield Row(
        "page image",
        RECORDED if images else MISSING,
        f"{_counted(images, 'picture')} of pages as a browser showed them",
    )
    media = int(collected["media"])
    yield Row("media", RECORDED if media else MISSING, f"{_counted(media, 'further file')} as received")
    converted, nameless = collected["types"].get("conversion", 0), int(collected["conversions_of_nothing"])
    yield Row(
        "conversions",
        _status(converted - nameless, converted) if converted else RECORDED,
        f"{_counted(converted, 'conversion')}; {converted - nameless} with the name of the record it was made from",
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _status(count: int, of: int) -> str:
    return MISSING if not count else RECORDED if count >= of else PARTLY
