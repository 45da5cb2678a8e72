"""Seed lists: what to archive, and what is known of it. The list holds facts, offsets and digests, never the text.

The format is described in seeds/README.md.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

import provenance.own_codes  # noqa: F401 (registers the codes that are found here)
from archive.digest import digest
from archive.errors import Location
from archive.findings import Finding, found
from archive.warc.rules import is_date
from provenance.errors import SeedListError
from provenance.model.article import Article, Document
from provenance.model.dates import Date

Span = tuple[int, int]


@attrs.frozen
class Marked:
    """A stretch of a document that is known to be a quotation or a tweet: its place and the digest of its words."""

    span: Span
    digest: str | None = None


@attrs.frozen
class Expected:
    """What a seed list says of one article. None where it says nothing."""

    span: Span | None = None
    headline: Span | None = None
    outlet: str | None = None
    authors: tuple[str, ...] | None = None
    published: str | None = None
    dateline: str | None = None
    original_url: str | None = None
    agencies: tuple[str, ...] | None = None
    quotations: tuple[Marked, ...] | None = None
    tweets: tuple[Marked, ...] | None = None


@attrs.frozen
class Seed:
    """One document of a seed list: where its text is, what it must be, and what is known of its articles."""

    file: str
    digest: str | None = None
    url: str | None = None
    captured_at: str | None = None
    articles: tuple[Expected, ...] = ()

    @property
    def address(self) -> str | None:
        """The URL the archivist files it under: where it was captured from, or its only article's original URL."""
        if self.url or len(self.articles) != 1:
            return self.url
        return self.articles[0].original_url


@attrs.frozen
class SeedList:
    """A collection's beginning. `folder` is where the texts lie, or None where they have to be named."""

    title: str | None
    description: str | None
    folder: Path | None
    seeds: tuple[Seed, ...]


def load(path: Path) -> SeedList:
    """Read a seed list. Raises SeedListError naming the key that is wrong, OSError where the file cannot be read."""
    where = Location(package=str(path))
    try:
        body = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SeedListError(f"not a TOML file: {error}", where) from error
    try:
        return _seed_list(body, path.parent)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise SeedListError(
            f"not a seed list: {error}", where, "see seeds/README.md for the format"
        ) from error


def contradictions(seed: Seed, document: Document) -> Iterator[Finding]:
    """Yield where a document says something else than its seed list; what only one of them says is no contradiction."""
    if seed.articles and len(seed.articles) != len(document.articles):
        yield _contradicts("number of articles", len(seed.articles), len(document.articles), None)
        return
    for expected, article in zip(seed.articles, document.articles, strict=False):
        yield from _article_contradictions(expected, article)


def _article_contradictions(expected: Expected, article: Article) -> Iterator[Finding]:
    text = article.text.characters
    values = _values(article)
    for name, said in _statements(expected, text).items():
        read = values[name]
        if said is not None and read is not None and not _agree(name, said, read):
            yield _contradicts(name, said, read, article)
    yield from _place_contradictions("quotations", expected.quotations, article)
    yield from _place_contradictions("tweets", expected.tweets, article)


def _place_contradictions(
    name: str, places: tuple[Marked, ...] | None, article: Article
) -> Iterator[Finding]:
    """Yield the stated places at which nothing was read. White space at the ends of a place says nothing."""
    text = article.text.characters
    there = {_trimmed(item.span, text) for item in getattr(article, name) if item.span}
    for place in places or ():
        start, end = place.span
        if place.digest and digest(text[start:end].encode("utf-8", errors="replace")) != place.digest:
            message = f"{name}: other words stand at characters {start}-{end} than the seed list vouches for"
        elif _trimmed(place.span, text) not in there:
            message = f"{name}: the seed list has one at characters {start}-{end}; none was read there"
        else:
            continue
        where = Location(field=name, start=start, end=end)
        yield found(
            "seed.contradicts", f"article {article.part + 1}: {message}", where=where, expected=[start, end]
        )


def _trimmed(span: Span, text: str) -> Span:
    start, end = span
    words = text[start:end]
    return (start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _statements(expected: Expected, text: str) -> dict[str, Any]:
    return {
        "span": list(expected.span) if expected.span else None,
        "headline": text[slice(*expected.headline)] if expected.headline else None,
        "outlet": expected.outlet,
        "authors": expected.authors,
        "published": expected.published,
        "dateline": expected.dateline,
        "original_url": expected.original_url,
        "agencies": expected.agencies,
    }


def _values(article: Article) -> dict[str, Any]:
    outlet, dateline, published = article.outlet, article.dateline, article.published
    return {
        "span": list(article.span),
        "headline": article.headline,
        "outlet": outlet.name if outlet else None,
        "authors": article.authors,
        "published": published,
        "dateline": dateline.place if dateline else None,
        "original_url": article.original_url,
        "agencies": article.agencies,
    }


def _agree(name: str, said: Any, read: Any) -> bool:
    if name == "span":
        return bool(said == read)
    if name == "published":
        return Date.parse(said).agrees_with(read)
    if isinstance(said, tuple):
        return sorted(map(str.casefold, said)) == sorted(map(str.casefold, read))
    return " ".join(said.split()).casefold() == " ".join(read.split()).casefold()


def _contradicts(name: str, said: Any, read: Any, article: Article | None) -> Finding:
    part = f"article {article.part + 1}: " if article else ""
    if isinstance(read, Date):
        read = str(read)
    return found(
        "seed.contradicts",
        f"{part}{name}: the seed list says {said!r}, the document {read!r}",
        where=Location(field=name, start=article.span[0], end=article.span[1])
        if article
        else Location(field=name),
        expected=said,
        actual=read,
    )


def _seed_list(body: Mapping[str, Any], base: Path) -> SeedList:
    _only(body, "collection", "document")
    collection = body.get("collection", {})
    _only(collection, "title", "description", "texts")
    texts = collection.get("texts")
    documents = body.get("document")
    if not documents:
        raise ValueError("it names no [[document]]")
    return SeedList(
        title=_string(collection, "title"),
        description=_string(collection, "description"),
        folder=None if texts is None else base / texts,
        seeds=tuple(_seed(document) for document in documents),
    )


def _seed(body: Mapping[str, Any]) -> Seed:
    _only(body, "file", "digest", "url", "captured_at", "article")
    file = body["file"]
    if Path(file).is_absolute() or ".." in Path(file).parts:
        raise ValueError(f"file must be a name inside the folder of texts: {file!r}")
    return Seed(
        file=file,
        digest=_string(body, "digest"),
        url=_string(body, "url"),
        captured_at=_instant(body.get("captured_at")),
        articles=tuple(_expected(article) for article in body.get("article", ())),
    )


def _expected(body: Mapping[str, Any]) -> Expected:
    _only(body, *(field.name for field in attrs.fields(Expected)))
    published = _string(body, "published")
    if published is not None:
        Date.parse(published)
    return Expected(
        span=_span(body.get("span")),
        headline=_span(body.get("headline")),
        outlet=_string(body, "outlet"),
        authors=_strings(body, "authors"),
        published=published,
        dateline=_string(body, "dateline"),
        original_url=_string(body, "original_url"),
        agencies=_strings(body, "agencies"),
        quotations=_marked(body, "quotations"),
        tweets=_marked(body, "tweets"),
    )


def _marked(body: Mapping[str, Any], key: str) -> tuple[Marked, ...] | None:
    if key not in body:
        return None
    places = []
    for place in body[key]:
        _only(place, "span", "digest")
        span = _span(place["span"])
        if span is None:
            raise ValueError(f"{key} needs a span")
        places.append(Marked(span, _string(place, "digest")))
    return tuple(places)


def _span(pair: Any) -> Span | None:
    if pair is None:
        return None
    start, end = pair
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start <= end):
        raise ValueError(f"a span is [start, end) in characters, not {pair!r}")
    return (start, end)


def _instant(value: Any) -> str | None:
    """Return a TOML time with its zone, or a W3CDTF string in UTC, as records write it."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    if value is not None and not (isinstance(value, str) and is_date(value)):
        raise ValueError(
            f"captured_at must be a time in UTC such as 2016-09-18T18:02:00Z, not {str(value)!r}"
        )
    return value


def _string(body: Mapping[str, Any], key: str) -> str | None:
    value = body.get(key)
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{key} must be a string, not {value!r}")
    return value


def _strings(body: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    if key not in body:
        return None
    if not all(isinstance(value, str) for value in body[key]):
        raise TypeError(f"{key} must be a list of strings")
    return tuple(body[key])


def _only(body: Mapping[str, Any], *keys: str) -> None:
    unknown = sorted(set(body) - set(keys))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known are {', '.join(keys)}")
