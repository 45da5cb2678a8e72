"""The shapes of the lines below an article: where it was published, its address, who contributed, what is nobody's."""

from __future__ import annotations

import re

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Span
from provenance.reader.dates import Printed, find_date
from provenance.reader.outlets import looks_like_outlet
from provenance.reader.syndication import LABEL, read_note
from provenance.reader.urls import URL, trim_url
from provenance.reader.words import word_set

_PUBLISHED_IN = lazily.compile(
    r"(?:First |Originally )?[Pp]ublished in (?P<outlet>[^\n]{2,60}?),?(?: on)? ?\Z"
)
_OPENING = 32
"""Characters in which a line must say that it was published."""
_SMALL = word_set("of the and & de des du la le et der die und y for")
_SERIES = lazily.compile(r",? in (?:(?:Publication|Section|Issue|Series|Column) )?(?P<series>[^\n]{2,80})\Z")
_ORIGINAL = lazily.compile(rf"(?:{LABEL.pattern})\s{{0,3}}[:：—–-]?\s{{0,3}}", re.IGNORECASE)
_CONTRIBUTED = lazily.compile(
    r"(?P<names>[^.\n]{2,200}?) (?:also )?contributed (?:(?:additional )?reporting )?to this "
    r"(?:report|article|story|piece)\W*\Z"
    r"|\W{0,3}(?:additional reporting|with (?:files|reporting|material|additional reporting|contributions?)) (?:by|from) "
    r"(?P<by>[^\n]{2,200}?)\W*\Z",
    re.IGNORECASE,
)
_OF_OTHERS = lazily.compile(r"\W{0,3}(?:additional|with) ")
_REPORTING = lazily.compile(r"\(?Reporting by (?P<names>[^;.()\n]{3,150})")
_NAMES_SPLIT = lazily.compile(r",\sand\s|\sand\s|\s&\s|,\s|;\s")
_BOILERPLATE = lazily.compile(
    r"\W*(?:(?:re)?(?:posted|published|printed|produced) (?:here )?"
    r""
    r"(?:in accordance with|for (?:the )?(?:readers|education|study|research|"
    r"non-?commercial|information|personal|fair)|(?:by|with) (?:kind |the )?permission)\b[^\n]{0,200}\Z"
    r"|in accordance with title 17|fair use notice|terms of (?:use|service)\b"
    r"|this (?:site|article|material) (?:may )?contains? copyrighted|(?:©|\(c\)|copyright) ?(?:\d{4}|by\b)"
    r"|subscribe to (?:our|the)|sign up (?:for|to) (?:our|the)|follow us on|share this (?:article|post|story|on)"
    r"|the views expressed in this|print this (?:page|article)|leave a (?:comment|reply)|[^.]{0,60}all rights reserved)",
    re.IGNORECASE,
)
_NAVIGATION = lazily.compile(
    r"\W*(?:the )?(?:previous|next|last|earlier) (?:post|article|update|entry|part|live)\b.{0,80}\b(?:here|found)\b"
    r"|\W*(?:click here|skip to (?:content|main))|\W*(?:advertisement|sponsored|home|menu|share|tweet|print|email)\W*\Z"
    r"|(?:read|see) (?:also|more)\b|related(?: \w+)?:?\Z",
    re.IGNORECASE,
)
_TEASER = lazily.compile(
    r"(?:read|see|find|continue|view) (?:more|reading|the rest|the full \w+)(?: \w+){0,5}\s?(?:→|»|>|…|\.\.\.|\])?\Z"
    r"|\[?…?read more\b.{0,20}\Z",
    re.IGNORECASE,
)
_QUOTED = lazily.compile(r"[“”\"„«»]")


@frozen
class PublishedIn:
    """`Published in OUTLET DATE in Publication SERIES`: where each of the three stands."""

    outlet: Span
    date: Printed
    series: Span | None


def read_published_in(characters: str, start: int, end: int) -> PublishedIn | None:
    """Return what the whole line says about where and when the text above was published, or None."""
    opens = end - start <= 240 and characters.find("ublished in ", start, start + _OPENING) >= 0
    date = find_date(characters, start, end) if opens else None
    if date is None:
        return None
    head = _PUBLISHED_IN.match(characters, start, date.start)
    series = _SERIES.match(characters, date.end, end)
    if head is None or not (series or date.end == end) or not _is_name(head["outlet"]):
        return None
    return PublishedIn(head.span("outlet"), date, series.span("series") if series else None)


def _is_name(outlet: str) -> bool:
    """Say whether a text is written as the names of outlets are: known, a domain, or in capitals but for small words."""
    words = outlet.split()
    named = bool(words) and outlet[0].isupper() and all(w[0].isupper() or w in _SMALL for w in words)
    return named or looks_like_outlet(outlet)


def is_original_label(characters: str, start: int, end: int) -> bool:
    """Say whether a line is `Original url:` or the like, with the address still to come."""
    return (
        end - start <= 60
        and characters[end - 1] in ":："
        and bool(_ORIGINAL.fullmatch(characters, start, end))
    )


def read_original(characters: str, start: int, end: int) -> Span | None:
    """Return the place of the address in a line like `Original url: https://…`, or None."""
    if end - start > 2100 or characters.find("://", start, end) < 0:
        return None
    label = _ORIGINAL.match(characters, start, min(end, start + 80))
    url = URL.search(characters, label.end(), end) if label else None
    if label is None or url is None or characters[label.end() : url.start()].strip(" <([") != "":
        url = _in_note(characters, start, end)
    if url is None:
        return None
    stop = url.start() + len(trim_url(url[0]))
    return (url.start(), stop) if characters[stop:end].strip(" >)].") == "" else None


def _in_note(characters: str, start: int, end: int) -> re.Match[str] | None:
    """Return the one address in a note that the text was published elsewhere first."""
    if characters.find("://", start, end) < 0:
        return None
    note = read_note(characters, start, end)
    return URL.search(characters, note.end(), end) if note is not None else None


def read_contributors(characters: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the places of the names in `A and B contributed to this report.`; none where the line is another."""
    line = characters[start:end].lower() if end - start <= 260 else ""
    thanks = "contributed" in line or _OF_OTHERS.match(line) is not None
    match = _CONTRIBUTED.match(characters, start, end) if thanks else None
    if match is None:
        return ()
    return _pieces(characters, *match.span("names" if match["names"] else "by"))


def read_reporters(characters: str, start: int, end: int) -> tuple[Span, ...]:
    """Return the places of the names in an agency's `Reporting by A and B; editing by C`."""
    opens = end - start <= 300 and characters.startswith(("Reporting by ", "(Reporting by "), start)
    match = _REPORTING.match(characters, start, end) if opens else None
    if match is None:
        return ()
    place = re.compile(r"\sin\s[A-Z]").search(characters, *match.span("names"))
    return _pieces(characters, match.start("names"), place.start() if place else match.end("names"))


def _pieces(characters: str, start: int, end: int) -> tuple[Span, ...]:
    pieces, position = [], start
    for split in _NAMES_SPLIT.finditer(characters, start, end):
        pieces.append((position, split.start()))
        position = split.end()
    return tuple((a, b) for a, b in (*pieces, (position, end)) if characters[a:b].strip())


def is_boilerplate(characters: str, start: int, end: int) -> bool:
    """Say whether a line is a site's own notice (fair use, copyright, subscription) and no part of an article."""
    if end - start > 600 or _BOILERPLATE.match(characters, start, end) is None:
        return False
    return _QUOTED.search(characters, start, end) is None


def is_navigation(characters: str, start: int, end: int) -> bool:
    """Say whether a line leads the reader elsewhere: to another post, to a menu."""
    if end - start > 160 or _NAVIGATION.match(characters, start, end) is None:
        return False
    return _QUOTED.search(characters, start, end) is None


def is_teaser(characters: str, start: int, end: int) -> bool:
    """Say whether a line is the residue of a cut: `Read more on the site →`."""
    return end - start <= 80 and _TEASER.match(characters, start, end) is not None
