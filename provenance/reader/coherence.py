"""What an article's own values say against each other: weekday against date, address against date and headline."""

from __future__ import annotations

import datetime as dt
import re

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, found
from provenance.model.article import Article
from provenance.model.dates import Date
from provenance.model.evidence import Field, Layer
from provenance.model.tweet import TweetKind
from provenance.reader import claim_codes as claim_codes
from provenance.reader import codes as codes
from provenance.reader import html_codes as html_codes
from provenance.reader.candidates import Candidates
from provenance.reader.dates import MONTH, WEEKDAYS, find_dates, find_month_day, weekday_number
from provenance.reader.hosts import is_under, looks_like, mixes_scripts, shown, written
from provenance.reader.outlets import domains
from provenance.reader.roles import role_findings
from provenance.reader.urls import host, path_date, slug_words
from provenance.reader.words import word_set

SLUG_WORDS = 4
"""A slug of fewer words says too little to be compared."""
SLUG_SHARE = 1 / 3
_SAME_DAY = 1
"""Days by which two dates may differ for the zones they were written in."""
_STOP = word_set(
    "the a an of in on at for to and or with from by is are as it its be that this after over says said will"
)
_NAMED = lazily.compile(
    rf"\b(?P<weekday>{'|'.join(WEEKDAYS)}),?\s(?:the\s)?(?P<date>{MONTH}\s\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s{MONTH})\b(?!,?\s\d)",
    re.IGNORECASE,
)
_LEAD = 3
_ABOVE = 300
"""Characters above the body in which its date is printed."""
_LIVE = lazily.compile(
    r"\blive\b|live-?(?:blog|ticker|updates)|\bticker\b|minute[ -]by[ -]minute|en[ -]direct|en[ -](?:vivo|directo)"
    r"|diretta|ao[ -]vivo|онлайн|хроника",
    re.IGNORECASE,
)


def article_findings(
    article: Article, candidates: Candidates, *, too_many: bool = False
) -> tuple[Finding, ...]:
    """Return what the article's values say against each other."""
    findings = [
        *_weekdays(article, candidates),
        *_url_date(article),
        *_slug(article),
        *role_findings(article),
        *_host(article.original_url),
        *_order(article.fields.published, article.fields.modified),
        *_later_posts(article),
    ]
    if too_many:
        findings.append(found("quotation.too-many", "quotations were read up to the limit"))
    return tuple(findings)


def _weekdays(article: Article, candidates: Candidates) -> list[Finding]:
    """Compare each weekday that is named with its date: in the head by the printed year, in the lead by the article's."""
    findings = [
        _weekday_finding(date, weekday, span)
        for date, weekday, span in candidates.weekdays
        if date.day_date and date.day_date.weekday() != weekday
    ]
    findings += _whole_dates(article, {span for _, _, span in candidates.weekdays})
    published = article.published
    if published is None or published.day_date is None:
        return findings
    characters = article.text.characters
    for start, end in article.body[:_LEAD]:
        for match in _NAMED.finditer(characters, start, min(end, start + 2000)):
            partial = find_month_day(characters, *match.span("date"))
            weekday = weekday_number(match["weekday"])
            if partial is None or weekday is None:
                continue
            near = [
                d for d in _around(published.day_date, partial.month, partial.day) if d.weekday() == weekday
            ]
            if not near:
                findings.append(
                    _weekday_finding(Date(published.year, partial.month, partial.day), weekday, match.span())
                )
    return findings


def _whole_dates(article: Article, known: set[tuple[int, int]]) -> list[Finding]:
    """Compare the weekdays that are printed with a whole date, in any language, right above the body and in its lead."""
    if not article.body:
        return []
    first = article.body[0][0]
    spans = [(max(article.span[0], first - _ABOVE), first), *article.body[:_LEAD]]
    return [
        _weekday_finding(printed.date, printed.weekday, (printed.start, printed.end))
        for start, end in spans
        for printed in find_dates(article.text.characters, start, min(end, start + 2000))
        if printed.weekday is not None
        and printed.date.day_date is not None
        and printed.date.day_date.weekday() != printed.weekday
        and (printed.start, printed.end) not in known
    ]


def _around(anchor: dt.date, month: int, day: int) -> list[dt.date]:
    """Return that day of the month in the year of `anchor` and the years before and after it, where within ten months."""
    days = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            date = dt.date(year, month, day)
        except ValueError:
            continue
        if abs((date - anchor).days) <= 300:
            days.append(date)
    return days


def _weekday_finding(date: Date, weekday: int, span: tuple[int, int]) -> Finding:
    day = date.day_date
    return found(
        "date.weekday-disagrees",
        f"{WEEKDAYS[weekday].capitalize()} is named with {date}",
        where=Location(start=span[0], end=span[1]),
        expected=WEEKDAYS[day.weekday()] if day else None,
        actual=WEEKDAYS[weekday],
    )


def _url_date(article: Article) -> list[Finding]:
    """Compare the day in the address with the day that is printed."""
    url = article.original_url
    in_path = path_date(url) if url else None
    printed = [
        evidence.value.day_date
        for evidence in (*article.fields.published.evidence, *article.fields.published.conflicts)
        if evidence.layer is not Layer.URL and evidence.value.day_date
    ]
    if in_path is None or not printed:
        return []
    day = in_path.date.day_date
    if day is None or any(abs((other - day).days) <= _SAME_DAY for other in printed):
        return []
    message = "the address names another day than the article prints"
    return [found("date.url-disagrees", message, expected=str(printed[0]), actual=str(day))]


def _slug(article: Article) -> list[Finding]:
    """Compare the words of the address with the words of the headline."""
    url, headline = article.original_url, article.headline
    if not url or not headline or (not headline.isascii() and not _is_latin(headline)):
        return []
    slug = {_stem(word) for word in slug_words(url) if word not in _STOP}
    words = {_stem(word) for word in re.findall(r"[^\W\d_]+", headline.lower()) if word not in _STOP}
    if len(slug) < SLUG_WORDS or not words or len(slug & words) >= SLUG_SHARE * min(len(slug), len(words)):
        return []
    message = "the address shares few words with the headline"
    return [found("url.slug-differs-from-headline", message, expected=headline, actual=url)]


def _stem(word: str) -> str:
    return word[:5]


def _is_latin(text: str) -> bool:
    return all(ord(c) < 0x250 or not c.isalpha() for c in text)


def _order(published: Field[Date], modified: Field[Date]) -> list[Finding]:
    """Compare the day of the last change with that of publication."""
    first, last = published.value, modified.value
    if first is None or last is None or first.day_date is None or last.day_date is None:
        return []
    if (first.day_date - last.day_date).days <= _SAME_DAY:
        return []
    message = f"changed on {last}, published on {first}"
    return [found("date.modified-before-published", message, expected=str(first), actual=str(last))]


def _later_posts(article: Article) -> list[Finding]:
    """Compare the moments in the ids of embedded posts with the last day that the article states."""
    stated = [
        date.day_date
        for date in (article.published, article.modified, article.reposted)
        if date and date.day_date
    ]
    if (
        not stated
        or not article.body
        or _LIVE.search(f"{article.headline or ''} {article.original_url or ''}")
    ):
        return []
    last, first, end = max(stated), article.body[0][0], article.body[-1][1]
    return [
        found(
            "tweet.later-than-article",
            f"post {tweet.id} was made on {tweet.posted_at[:10]}",
            where=Location(field="tweets", start=tweet.span[0], end=tweet.span[1]),
            expected=last.isoformat(),
            actual=tweet.posted_at[:10],
        )
        for tweet in article.tweets
        if tweet.kind is TweetKind.EMBED
        and tweet.posted_at is not None
        and tweet.span is not None
        and first <= tweet.span[0] < end
        and (dt.date.fromisoformat(tweet.posted_at[:10]) - last).days > _SAME_DAY
    ]


def _host(url: str | None) -> list[Finding]:
    """Say what the host of the address is drawn like: other scripts, and domains of the registry that it is not."""
    name = host(url) if url else None
    if not name:
        return []
    seen = shown(name)
    findings = []
    if not seen.isascii():
        message = f"{written(seen)} is shown as {seen}"
        findings.append(found("url.internationalised", message, expected=written(seen), actual=seen))
        if mixes_scripts(seen):
            findings.append(found("url.mixed-scripts", message, actual=written(seen)))
    known = domains()
    likeness = None if is_under(name, _parents(name, known)) else looks_like(seen, known)
    if likeness is not None:
        message = f"{seen} is not {likeness}"
        findings.append(found("url.resembles-known-domain", message, expected=likeness, actual=written(seen)))
    return findings


def _parents(name: str, known: dict[str, str]) -> list[str]:
    """Return the known domains that a host lies in."""
    labels = name.split(".")
    return [domain for i in range(len(labels)) if (domain := ".".join(labels[i:])) in known]


def capture_findings(article: Article, captured: dt.date) -> list[Finding]:
    """Compare the days that an article states with the day on which the copy was made."""
    return [
        found(
            "date.after-capture",
            f"{name} on {date}, captured on {captured}",
            expected=captured.isoformat(),
            actual=str(date),
        )
        for name, date in (("published", article.published), ("changed", article.modified))
        if date is not None and date.day_date is not None and (date.day_date - captured).days > _SAME_DAY
    ]
