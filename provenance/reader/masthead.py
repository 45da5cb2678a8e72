"""The shapes of the lines above an article: bylines, outlets, addresses, repost stamps, headlines."""

from __future__ import annotations

import re

from archive import lazily
from archive.values import frozen
from provenance.model.quotation import Span
from provenance.reader.dates import Printed, find_date
from provenance.reader.outlets import known_outlet, looks_like_outlet
from provenance.reader.urls import URL, trim_url
from provenance.reader.words import word_set

HEADLINE_LENGTH = 250
_LABEL = lazily.compile(
    r"(?:for (?:immediate )?release|embargoed (?:until|till|for))\b.{0,60}\Z"
    r"|(?:press release|news release|media advisory|breaking(?: news)?)\W*\Z"
    r"|(?:from|to|cc|bcc|date|sent|reply-to|message-id|mime-version|content-type|received|return-path|x-[\w-]+):"
    r"|(?:original|source)(?: (?:url|link|address))?:"
    r"|\d{1,5}[a-z]?,? (?:[A-Z][\w.’'-]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Square|Boulevard|Blvd|Drive|Place|Way|Court)\b\W*\Z",
    re.IGNORECASE,
)
"""Lines above a text that are never its title: release notes, the head of a letter, an address."""
_SUBJECT = lazily.compile(r"subject:\s*(?=\S)", re.IGNORECASE)
_REPOST = lazily.compile(
    r"(?P<names>[^\n]{2,120}?)\s[–—-]\s(?P<stamp>\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d)?)?)\Z"
)
_REFERENCE = lazily.compile(r"\((?:[^()]{1,60},\s)?(?P<date>[^()]{6,40})\)\.?\Z")
_HEADING = lazily.compile(r"#{1,6}\s+")
_EMPHASIS = lazily.compile(r"(\*\*|__|\*)(?P<inner>.+)\1\Z")
_RULE_LINE = lazily.compile(r"[-*_=~•#· ]{3,}\Z")
_BY = lazily.compile(r"(?:by|par|von|por|автор):?\s+", re.IGNORECASE)
_NAME_OUTLET = lazily.compile(r"(?P<names>[^/|]{3,60}?)\s?(?P<mark>[/|])\s?(?P<outlet>[^/|]{2,50})\Z")
_DASH_NAME = lazily.compile(r"(?:[—–―]|--)\s?(?P<names>[^,.;:!?]{4,60}\Z)")
_NAMES_SPLIT = lazily.compile(r",\sand\s|\sand\s|\s&\s|,\s|;\s|\sund\s|\set\s|\sy\s")
_IN_PLACE = lazily.compile(r"\s(?:in|for|at|with|of)\s(?=[A-Z])")
_PARTICLES = word_set("de da di del der den des du el al bin ibn la le van von ter ten y e dos af av zu")
_NO_NAME = word_set(
    "the a an in on at for of to and or with from by staff report reports reporter reporters writer editor editors "
    "correspondent our agencies agency news desk team press admin administrator web online special image images "
    "photo photos view twitter read more how why what when who this that his her its their new first last no not is "
    "are was"
)
_TITLES = lazily.compile(
    r"(?:staff|senior|special|our|chief|foreign|web)?\s?(?:writer|reporter|correspondent|editor|staff)s?",
    re.IGNORECASE,
)
_OFFICES = frozenset({"reporter", "correspondent", "writer", "editor", "columnist"})


@frozen
class Byline:
    """Who wrote it and for whom: places of the names and of the outlet."""

    rule: str
    names: tuple[Span, ...]
    outlet: Span | None = None


@frozen
class Repost:
    """An aggregator's stamp: the outlets it credits and when it took the text."""

    names: Span
    stamp: Printed


def read_byline(characters: str, start: int, end: int) -> Byline | None:
    """Return the byline that the whole line is: `By X and Y`, `X / Outlet`, `— X`, or None."""
    if end - start > 120:
        return None
    by = _BY.match(characters, start, end)
    if by:
        return _names_then_outlet("byline.by", characters, by.end(), end)
    dash = _DASH_NAME.match(characters, start, end)
    if dash:
        return _names_then_outlet("byline.dash", characters, dash.start("names"), end)
    pair = _NAME_OUTLET.match(characters, start, end)
    names = _names(characters, *pair.span("names")) if pair else ()
    if pair and names and is_outlet_side(pair["outlet"]):
        return Byline("byline.name-slash-outlet", names, pair.span("outlet"))
    if pair and names and pair["outlet"].isalpha() and pair["outlet"][0].isupper():
        return Byline(
            "byline.name-slash", names
        )  # one word that nobody knows: the person is named, an outlet is not
    return None


def is_outlet_side(name: str) -> bool:
    """Say whether what stands after the stroke of a byline is an outlet: known, a domain, or with an outlet's words."""
    words = name.split()
    titled = len(words) == 2 and words[0] == "The" and words[1][0].isupper() and words[1].isalpha()
    return looks_like_outlet(name) or titled


def _names_then_outlet(rule: str, characters: str, start: int, end: int) -> Byline | None:
    pair = _NAME_OUTLET.match(characters, start, end)
    outlet = pair.span("outlet") if pair and is_outlet_side(pair["outlet"]) else None
    stop = pair.end("names") if pair and outlet else end
    place = _IN_PLACE.search(characters, start, stop)
    if place and outlet is None and looks_like_outlet(characters[place.end() : stop]):
        outlet = (place.end(), stop)
    names: list[Span] = []
    doubtful = False
    for piece in _pieces(characters, start, place.start() if place else stop):
        text = characters[slice(*piece)]
        if is_person(text):
            names.append(piece)
        elif _is_somebody(text):
            doubtful = True
        elif looks_like_outlet(text) and outlet is None:
            outlet = piece
        elif not _TITLES.fullmatch(text):
            return None
    is_byline = bool(names) or (rule == "byline.by" and (outlet is not None or doubtful))
    return Byline(rule, tuple(names), outlet) if is_byline else None


def _is_somebody(name: str) -> bool:
    """Say whether a name that nobody knows as an outlet's ends like an office or a surname: "Dana Reporter"."""
    return (
        looks_like_outlet(name)
        and name.rsplit(maxsplit=1)[-1].lower() in _OFFICES
        and not known_outlet(name)
        and not name.startswith("The ")
    )


def _names(characters: str, start: int, end: int) -> tuple[Span, ...]:
    pieces = _pieces(characters, start, end)
    return tuple(pieces) if all(is_person(characters[slice(*piece)]) for piece in pieces) else ()


def _pieces(characters: str, start: int, end: int) -> list[Span]:
    pieces, position = [], start
    for split in _NAMES_SPLIT.finditer(characters, start, end):
        pieces.append((position, split.start()))
        position = split.end()
    pieces.append((position, end))
    return [(a, a + len(characters[a:b].rstrip())) for a, b in pieces if characters[a:b].strip()]


def is_person(name: str) -> bool:
    """Say whether a short text is a person's name as bylines print it: two to five proper words, none an outlet's."""
    words = name.split()
    if not 2 <= len(words) <= 5 or len(name) > 50 or known_outlet(name) or looks_like_outlet(name):
        return False
    proper = [w for w in words if w.lower() not in _PARTICLES]
    return len(proper) >= 2 and all(
        w[0].isupper() and all(c.isalpha() or c in ".’'-" for c in w) and w.lower().strip(".") not in _NO_NAME
        for w in proper
    )


def read_repost(characters: str, start: int, end: int) -> Repost | None:
    """Return the aggregator's stamp that the whole line is (`A & B – 2016-10-29 23:40:23`), or None."""
    stamped = end - start <= 160 and characters[end - 1 : end].isdecimal()
    match = _REPOST.match(characters, start, end) if stamped else None
    stamp = find_date(characters, *match.span("stamp")) if match else None
    return Repost(match.span("names"), stamp) if match and stamp else None


def read_url_line(characters: str, start: int, end: int) -> Span | None:
    """Return the place of the address that the whole line is, bare or in angle brackets, or None."""
    match = URL.search(characters, start, end) if characters.find("://", start, end) >= 0 else None
    if match is None or characters[start : match.start()] not in ("", "<", "["):
        return None
    stop = match.start() + len(trim_url(match[0]))
    return (match.start(), stop) if characters[stop:end].strip(" >]./") == "" else None


def is_reference(characters: str, start: int, end: int) -> bool:
    """Say whether a line only points to another report: its last words are a date in parentheses."""
    if end - start > 300 or ")" not in characters[max(start, end - 2) : end]:
        return False
    match = _REFERENCE.search(characters, max(start, end - 110), end)
    if match is None:
        return False
    return find_date(characters, *match.span("date")) is not None and match.start() > start


def is_rule(characters: str, start: int, end: int) -> bool:
    """Say whether a line is only drawn: `---`, `* * *`."""
    return end - start <= 100 and _RULE_LINE.match(characters, start, end) is not None


def bare(characters: str, start: int, end: int) -> tuple[Span, str]:
    """Return the place of a line's words inside its markdown, and which markdown that was: `heading`, `emphasis`, ``."""
    if not characters.startswith(("#", "*", "_"), start):
        return (start, end), ""
    heading = _HEADING.match(characters, start, end)
    if heading:
        return (heading.end(), end), "heading"
    emphasis = _EMPHASIS.match(characters, start, end)
    return (emphasis.span("inner"), "emphasis") if emphasis else ((start, end), "")


def is_label(characters: str, start: int, end: int) -> bool:
    """Say whether a line belongs to a form rather than to a text: a release note, a line of a letter's head."""
    return end - start <= HEADLINE_LENGTH and _LABEL.match(characters, start, end) is not None


def without_subject(characters: str, start: int, end: int) -> Span:
    """Return the place of a headline's words behind a letter's `Subject:`."""
    label = _SUBJECT.match(characters, start, end)
    return (label.end(), end) if label else (start, end)


def is_headline(characters: str, start: int, end: int) -> bool:
    """Say whether a line can be a headline: short, with letters, not ending as a sentence or a lead-in does."""
    if not 3 <= end - start <= HEADLINE_LENGTH:
        return False
    last = characters[end - 1]
    inner = characters[end - 2] if last in "\"”’'»)" else last
    if last in ".:;,…→" or inner in ".:;,":
        return False
    return any(c.isalpha() for c in characters[start:end]) and not characters[start].islower()
