"""Strategies: articles of every shape, for the laws about their forms."""

from __future__ import annotations

from hypothesis import strategies as st

import provenance.codes  # noqa: F401 (registers the codes)
from archive.errors import Location
from archive.findings import CODES, Finding, found
from provenance.model.article import Article, Document, Fields
from provenance.model.dates import Date
from provenance.model.evidence import Evidence, Field, Layer, Place, Tier
from provenance.model.outlet import Dateline, Outlet
from provenance.model.quotation import Quotation, QuotationKind, Speaker, SpeakerStatus
from provenance.model.text import Text
from provenance.model.tweet import TweetKind, TweetReference

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
spans = st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda pair: (min(pair), max(pair)))
numbers = st.integers(0, 99)


def dates() -> st.SearchStrategy[Date]:
    """Return dates of every precision."""
    return st.sampled_from(
        [
            "2016",
            "2016-09",
            "2016-09-18",
            "2016-09-18T18:02",
            "2016-09-18T18:02:09",
            "2016-09-18T18:02:09+03:00",
        ]
    ).map(Date.parse)


def fields(values: st.SearchStrategy[object]) -> st.SearchStrategy[Field[object]]:
    """Return fields of some kind of value, absent ones among them."""
    evidence = st.builds(
        Evidence,
        value=values,
        rule=words,
        layer=st.sampled_from(Layer),
        raw=words,
        place=st.builds(Place, start=numbers, end=numbers, xpath=st.none() | words),
    )
    some = st.builds(
        Field,
        value=values,
        tier=st.sampled_from(Tier),
        evidence=st.lists(evidence, min_size=1, max_size=2).map(tuple),
        conflicts=st.lists(evidence, max_size=2).map(tuple),
    )
    return st.just(Field()) | some


def _speakers() -> st.SearchStrategy[Speaker]:
    return st.builds(
        Speaker,
        surface=words,
        span=spans,
        status=st.sampled_from(SpeakerStatus),
        name=st.none() | words,
        role=st.none() | words,
        resolved_from=st.lists(words, max_size=2).map(tuple),
    )


def _quotations() -> st.SearchStrategy[Quotation]:
    return st.builds(
        Quotation,
        exact=words,
        start=numbers,
        end=numbers,
        prefix=words,
        suffix=words,
        segments=st.lists(spans, max_size=3).map(tuple),
        kind=st.sampled_from(QuotationKind),
        nested_in=st.none() | numbers,
        speaker=st.none() | _speakers(),
        via=st.none() | words,
        cue=st.none() | spans,
        unattributed=st.none() | words,
        cited=st.none() | words,
        notes=st.lists(words, max_size=2).map(tuple),
    )


def _tweets() -> st.SearchStrategy[TweetReference]:
    return st.builds(
        TweetReference,
        kind=st.sampled_from(TweetKind),
        id=st.none() | words,
        printed_date=st.none() | dates(),
        text=words,
        span=st.none() | spans,
        rules=st.lists(words, max_size=2).map(tuple),
    )


def _findings() -> st.SearchStrategy[Finding]:
    places = st.builds(Location, field=st.none() | words, start=st.none() | numbers)
    return st.builds(found, st.sampled_from([code.name for code in CODES]), words, where=places)


def articles(text: Text) -> st.SearchStrategy[Article]:
    """Return articles in a text, with every kind of value in them."""
    strings, names = words, st.lists(words, max_size=2).map(tuple)
    return st.builds(
        Article,
        text=st.just(text),
        span=spans,
        part=numbers,
        fields=st.builds(
            Fields,
            headline=fields(strings),
            outlet=fields(st.builds(Outlet, name=words, domain=st.none() | words, id=st.none() | words)),
            authors=fields(names),
            published=fields(dates()),
            modified=fields(dates()),
            dateline=fields(st.builds(Dateline, place=st.none() | words, date=st.none() | words)),
            original_url=fields(strings),
            agencies=fields(names),
        ),
        body=st.lists(spans, max_size=2).map(tuple),
        tweets=st.lists(_tweets(), max_size=2).map(tuple),
        quotations=st.lists(_quotations(), max_size=2).map(tuple),
        findings=st.lists(_findings(), max_size=1).map(tuple),
    )


def documents() -> st.SearchStrategy[Document]:
    """Return documents with up to two articles."""
    return words.map(Text).flatmap(
        lambda text: st.builds(
            Document,
            text=st.just(text),
            media_type=st.sampled_from(["text/plain", "text/html"]),
            articles=st.lists(articles(text), max_size=2).map(tuple),
            address=fields(words),
        )
    )
