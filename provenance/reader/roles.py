"""The offices that an article gives to people, and when two of them cannot both be right."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from archive import lazily
from archive.errors import Location
from archive.findings import Finding, Status, found
from archive.values import frozen
from provenance.model.article import Article
from provenance.model.quotation import Span, Speaker
from provenance.reader.names import same_person
from provenance.reader.words import word_set

FIELDS = {
    word: field
    for field, words in {
        "foreign": "foreign external exterior außenminister außenministerin auswärtiges мид",
        "defence": "defense defence military verteidigungsminister verteidigungsministerin минобороны",
        "interior": "interior home innenminister innenministerin мвд",
        "finance": "finance treasury finanzminister finanzministerin минфин",
        "justice": "justice justizminister justizministerin минюст",
        "health": "health gesundheitsminister gesundheitsministerin минздрав",
        "education": "education",
        "economy": "economy economic economics wirtschaftsminister",
        "energy": "energy",
        "transport": "transport transportation",
        "agriculture": "agriculture agricultural",
        "culture": "culture cultural",
        "labour": "labor labour",
        "environment": "environment environmental",
        "emergencies": "emergency emergencies",
        "information": "information",
        "trade": "trade commerce",
    }.items()
    for word in words.split()
}
"""What a ministry is for, by the words that say so."""
COUNTRIES = {
    word: country
    for country, words in {
        "ru": "russian russia",
        "us": "u.s. us american",
        "uk": "british uk",
        "fr": "french",
        "de": "german",
        "sy": "syrian",
        "ir": "iranian",
        "iq": "iraqi",
        "tr": "turkish",
        "ua": "ukrainian",
        "cn": "chinese",
        "il": "israeli",
        "eg": "egyptian",
        "sa": "saudi",
        "it": "italian",
        "es": "spanish",
        "pl": "polish",
        "jp": "japanese",
        "in": "indian",
        "pk": "pakistani",
        "by": "belarusian",
        "ge": "georgian",
        "jo": "jordanian",
        "lb": "lebanese",
        "qa": "qatari",
        "ca": "canadian",
        "au": "australian",
        "nl": "dutch",
        "se": "swedish",
        "no": "norwegian",
        "dk": "danish",
        "fi": "finnish",
        "at": "austrian",
        "ch": "swiss",
        "hu": "hungarian",
        "gr": "greek",
        "mx": "mexican",
        "br": "brazilian",
        "ar": "argentine",
        "kr": "south-korean",
    }.items()
    for word in words.split()
}
"""Countries by the adjective that stands before an office."""
_OFFICES = {
    "spokesman": "spokesman",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
    "minister": "minister",
    "president": "president",
    "chancellor": "chancellor",
    "premier": "premier",
}
_STEMS = (
    "inister",
    "resident",
    "hancellor",
    "remier",
    "pokes",
    "INISTER",
    "RESIDENT",
    "HANCELLOR",
    "REMIER",
    "POKES",
)
"""The offices without their first letters, in small letters and in capitals: without one of them no office is named."""
_PAST = word_set(
    "former ex ex-minister ex-president then then-minister previously late ousted outgoing former- "
    "designate elect incoming onetime one-time"
)
_RANKS = r"(?:(?:General|Gen\.|Major|Maj\.|Colonel|Col\.|Lieutenant|Lt\.|Major-General|Mr\.?|Dr\.)\s){0,2}"
_NAME = r"[A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ]\.)?(?:\s(?:al|bin|de|van|von)\s|\s|-)[A-ZÀ-Þ][\w’'-]+"
_INITIALS = "".join(sorted({letter for office in _OFFICES for letter in (office[0], office[0].upper())}))
_ANY_OFFICE = "|".join(f"(?<=[{office[0]}{office[0].upper()}])(?i:{office[1:]})" for office in _OFFICES)
_INTRODUCED = lazily.compile(rf"[{_INITIALS}](?<!\w.)(?:{_ANY_OFFICE})\s{_RANKS}(?P<name>{_NAME})")
"""An office right before a name. Its first letter stands by itself: by that nearly all places are passed over at once."""
_WORD = lazily.compile(r"[^\W_][\w.’'-]*")
_REACH = 80
_LONGEST_ROLE = 7


@frozen
class Given:
    """An office given to a person: the name, the words of the office, and where they stand."""

    name: str
    role: str
    place: Span


def offices_given(article: Article) -> Iterator[Given]:
    """Yield the offices that an article gives to people by name: where they are quoted, and where they are introduced."""
    for quotation in article.quotations:
        speaker = quotation.speaker
        if speaker is not None and speaker.name and speaker.role and _is_given_here(speaker):
            yield Given(speaker.name, speaker.role, speaker.span)
    yield from _introduced(article.text.characters, article.body)


@lru_cache(maxsize=1)
def _introduced(characters: str, body: tuple[Span, ...]) -> tuple[Given, ...]:
    """Return the offices that stand right before a name. Asked twice of each article: by itself, and for its people."""
    introduced: list[Given] = []
    stems = [stem for stem in _STEMS if stem in characters]
    for start, end in body if stems else ():
        stand = [at for stem in stems if (at := characters.find(stem, start + 1, end)) > start]
        if not stand:
            continue  # the usual case, told many times faster than by the form
        for office in _INTRODUCED.finditer(characters, min(stand) - 1, end):
            role_start = _role_start(characters, max(start, office.start() - _REACH), office.start())
            role = characters[role_start : office.start("name")].strip()
            introduced.append(Given(office["name"], role, (role_start, office.end())))
    return tuple(introduced)


def _is_given_here(speaker: Speaker) -> bool:
    """Say whether the words at a speaker's place give the office; a pronoun and a turn that goes on only carry it."""
    return speaker.status in ("named", "described") and speaker.resolved_from[-1:] != ("continued",)


def _role_start(characters: str, floor: int, office: int) -> int:
    """Return where the words that belong to an office begin: what it is for, its country, its kind of house."""
    start = office
    for word in reversed(list(_WORD.finditer(characters, floor, office))):
        low = word[0].lower()
        belongs = low in FIELDS or low in COUNTRIES or low in _PAST or low in _HOUSES
        if not belongs or characters[word.end() : start].strip():
            break
        start = word.start()
    return start


_HOUSES = word_set("ministry department office and affairs of the deputy prime vice chief")


def contradict(one: str, other: str) -> bool:
    """Say whether two offices cannot both be held: the same office in two ministries, or of two countries.

    Of an office that is called former, or that names no ministry and no country, nothing is said.
    """
    first, second = _read(one), _read(other)
    if first is None or second is None or first.office != second.office:
        return False
    if first.fields and second.fields and not first.fields & second.fields:
        return True
    return bool(
        first.fields == second.fields
        and first.countries
        and second.countries
        and not first.countries & second.countries
        and not first.vague
        and not second.vague
    )


@frozen
class _Role:
    office: str
    fields: frozenset[str]
    countries: frozenset[str]
    vague: bool


def _read(role: str) -> _Role | None:
    words = [word.lower().rstrip("’'") for word in _WORD.findall(role)]
    if (
        not words
        or len(words) > 2 * _LONGEST_ROLE
        or any(word in _PAST or word.startswith(("ex-", "then-")) for word in words)
    ):
        return None
    offices = [_OFFICES[word] for word in words if word in _OFFICES]
    if not offices:
        return None
    fields = frozenset(FIELDS[word] for word in words if word in FIELDS)
    countries = frozenset(COUNTRIES[word] for word in words if word in COUNTRIES)
    return _Role(
        offices[-1],
        fields,
        countries,
        vague=len(countries) > 1 or (offices[-1] == "spokesman" and not fields),
    )


def role_findings(article: Article) -> tuple[Finding, ...]:
    """Return the people to whom one article gives two offices that contradict each other; one finding a person."""
    seen: list[Given] = []
    accused: list[str] = []
    findings = []
    for given in sorted(offices_given(article), key=lambda each: each.place):
        if any(same_person(given.name, name) for name in accused):
            continue
        for before in seen:
            if same_person(before.name, given.name) and contradict(before.role, given.role):
                accused.append(given.name)
                findings.append(conflict(before, given, Location(start=given.place[0], end=given.place[1])))
                break
        if len(seen) < _MOST:
            seen.append(given)
    return tuple(findings)


_MOST = 200
"""Offices of one article that are compared; a text that gives more is a list, no article."""


def conflict(
    one: Given, other: Given, where: Location, *, elsewhere: str = "", status: Status | None = None
) -> Finding:
    """Return the finding that two offices of one person contradict each other, with both places."""
    return found(
        "speaker.role-conflict",
        f"{other.name} is “{other.role}” here and “{one.role}” {elsewhere or 'there'} "
        f"(characters {one.place[0]}-{one.place[1]})",
        where=where,
        expected=one.role,
        actual=other.role,
        status=status,
    )
