"""Names in bylines: what surrounds a name is cut off, and what is no name is left out."""

from __future__ import annotations

import html
import re

from archive import lazily

_ENTITY = lazily.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});", re.ASCII)
_SPACES = lazily.compile(r"\s+")
_NOT_A_NAME = lazily.compile(
    r"https?:|www\.|@|\.(?:com|org|net)\b|^(?:admin|administrator|webmaster|root|user\d*|author|editor|null|undefined|none|staff|"
    r"anonymous|guest|contributor|unknown|redaktion|redaction|about|twitter|facebook|linkedin|instagram|email|website|share|follow|"
    r"home|blog|news|comments?|published|updated|posted|written|reviewed|edited|read|more|by|in|on)$"
    r"|^\W*$|\b(?:comments?|min(?:utes?)? read|read more|view all|all posts|more posts|posts by|follow|subscribe|share|"
    r"updated|published|posted|click|about the|see (?:all|more)|contact|privacy|copyright|ago|reviewed|verified)\b",
    re.IGNORECASE,
)
_BY = lazily.compile(
    r"^\W*(?:(?:(?:guest |blog )?(?:post(?:ed)?|written|reported|words|stor(?:y|ies)|interview(?:ed)?|guide|review|article|"
    r"text|published|created|authored|compiled|analysis|opinion|column|essay|report|recommended|contributed|submitted|"
    r"shared) )?by"
    r"|von|por|par|di|door|af|av|text|författare|autor(?:in)?|auteur|written|authors?|writers?|words|автор|текст|作者|文)\s*:?\s+"
    r"|^\W*by(?=[A-Z])|^[作撰]者\s*[:：]?\s*",
    re.IGNORECASE,
)
_AFTER_NAME = lazily.compile(
    r"\s+(?:[-–—|•·]\s.*|\(.*|(?:senior|staff|chief|deputy|former|contributing|managing|associate|assistant|lead|executive|guest|"
    r"freelance|editor|reporter|writer|correspondent|journalist|founder|co-founder|author|contributor|columnist|ceo|head|director|"
    r"published|updated|posted|on|in|for|is|at)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_DEGREES = (
    r"(?:Ph\.?\s?D|M\.?D|MBA|MSc|M\.?A|B\.?A|RDN?|RN|CPA|CFP|JD|Esq|MPH|DDS|PsyD|MS|BSc|LCSW|DO|DVM|E-RYT \d+)"
    r"\.?(?=$|[\s,;|)])"
)
_AND = lazily.compile(r"\s*(?:;|,(?!\s*" + _DEGREES + r")|\||\n|\band\b|\bund\b|\bet\b|\by\b|&|\s/\s|•|·)\s*")
_OFFICES = lazily.compile(
    r"\b(?:editors?|writers?|reporters?|correspondents?|columnists?|journalists?|contributors?|president|directors?|managers?|"
    r"officer|experts?|specialist|consultant|founder|co-founder|ceo|cto|cmo|head of|producer|analyst|strategist|lead|"
    r"professor|fellow|advisor|engineer|intern|coordinator|media|marketing|news|strategy|desk)\b",
    re.IGNORECASE,
)
_JOINED = lazily.compile(r"[\s,]*\n\s*(?:and|&|und|et|y|,|with)\s*(?=\n|\s)[\s\n]*|,\s*\n\s*", re.IGNORECASE)
_OTHERS = lazily.compile(
    r"\b(?:(?:medically |fact[- ]?|expert )?(?:reviewed|edited|checked|verified|approved|translated|illustrated)|photos?|"
    r"photographs?|photography|illustrations?|pictures?|images?) by\b",
    re.IGNORECASE,
)
"""What leads in people who did not write it."""
_DATE = lazily.compile(
    r"\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\b(?:19|20)\d\d\b|\d+\s*(?:min|hour|day|week|month|year)",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    str.split(
        "de da di do del der den des du el al bin ibn la le van von ter ten y e dos das af av zu of the i"
    )
)
_HANDLE = lazily.compile(r"[a-z0-9_.-]{2,30}|\S*\d\S*|\S*[_.]\S+")


def tidy(text: str) -> str:
    """Return the text on one line, without white space around it."""
    return _SPACES.sub(" ", text).strip()


def unescaped(text: str) -> str:
    """Return the text with its HTML entities read, as often as they were escaped (at most thrice)."""
    for _ in range(3):
        if "&" not in text:
            break
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    return text


def names_of(raw: str) -> tuple[str, ...] | None:
    """Return the people that a byline in metadata names: `By A and B` gives both. What is no name gives None."""
    text = _BY.sub("", tidy(unescaped(raw)))
    pieces = (_without_office(piece) for piece in _AND.split(text))
    return _best_of([name for name in pieces if is_name(name)]) or None


def _best_of(names: list[str]) -> tuple[str, ...]:
    """Leave out what is no proper name (an office, a house) where another piece of the same byline is one."""
    proper = [name for name in names if is_proper(name) and not _OFFICES.search(name)]
    return tuple(dict.fromkeys(proper or names))


def turned(raw: str) -> str:
    """Return `Family, Given`, as indexes write names, in the order they are spoken."""
    family, comma, given = raw.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and given.strip() and "," not in given else raw


def bylined(text: str, *, strict: bool) -> tuple[str, ...]:
    """Return the names in the words of a byline element; `strict` asks for names of at least two capitalised words.

    Pieces of the element are apart by line breaks; the first that names somebody counts (others are offices, dates).
    """
    for line in _JOINED.sub(" and ", _OTHERS.split(text, maxsplit=1)[0]).split("\n"):
        words = tidy(line)
        by = _BY.match(words)
        if not words or (_DATE.search(words) and not by):
            continue
        names: list[str] = []
        for piece in _AND.split(words[by.end() :] if by else words):
            name = _without_office(piece)
            if (
                not is_name(name)
                or _OFFICES.search(name)
                or not (is_proper(name) or (not strict and len(name.split()) <= 3))
            ):
                break
            names.append(name)
        if names:
            return _best_of(names)
    return ()


def bylined_line(text: str) -> tuple[str, ...]:
    """Return the names in a printed line that begins with `By` or `Written by`; none where a sentence follows."""
    by = _BY.match(text)
    if by is None or text[-1] in ".!?:" or len(text) > 120:
        return ()
    return bylined(text, strict=True)


def _without_office(name: str) -> str:
    """Cut off what follows a name of two words or more: an office, a house, a date."""
    words = name.strip(" ,.:–—-\t⋅·•|/*†")
    after = _AFTER_NAME.search(words)
    if after is not None and len(words[: after.start()].split()) >= 2:
        return words[: after.start()].strip(" ,:–—-")
    return words


def is_name(name: str) -> bool:
    """Say whether a piece of a byline can be a name at all."""
    return (
        1 < len(name) <= 60
        and len(name.split()) <= 6
        and any(map(str.isalpha, name))
        and not _NOT_A_NAME.search(name)
    )


def is_proper(name: str) -> bool:
    """Say whether a name is of two to five words that names are made of."""
    words = name.split(",", 1)[0].split()
    if not 2 <= len(words) <= 5 or any(map(str.isdigit, name)):
        return False
    return all(word[0].isupper() or not word[0].isascii() or word.lower() in _PARTICLES for word in words)


def is_handle(name: str) -> bool:
    """Say whether a name is what somebody signs in with rather than what he is called."""
    return " " not in name and _HANDLE.fullmatch(name) is not None
