"""Quotations from pairs of marks: what each pair is for, its selectors, and who is said to speak."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import attrs

from archive import lazily
from provenance.model.quotation import NOT_SPEECH, Quotation, QuotationKind, Span, quote_at
from provenance.reader.dialogue import dialogue_pairs
from provenance.reader.languages import language_of
from provenance.reader.lexicon import Lexicon, lexicon_of
from provenance.reader.marks import MAX_PAIRS, Pair, pair_marks
from provenance.reader.profiles import WORKS
from provenance.reader.speakers import attribute
from provenance.reader.words import word_set

LIMIT_REACHED = "limit-reached"
"""Note on the last quotation that was read of a text with more marks than are read."""

SCARE_WORDS = 3
"""A quotation of so few words that nobody is said to have spoken is taken for a word held at arm's length."""
_REACH = 200
_SAMPLE = 3_000
_INTERRUPTION = 160
_INTERRUPTION_WORDS = 16
"""The most characters and words of an attribution that stands between two parts of one sentence."""
_WORD = lazily.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WORK = lazily.compile(
    r"\b(?:film|movie|book|novel|song|single|album|play|series|show|programme|program|documentary|poem|magazine|painting|opera"
    r"|entitled|titled|called|named|headlined|dubbed|column|essay|paper|report)s?,?\s*\Z",
    re.IGNORECASE,
)
_SPEECH_LEAD = (":", ",", "—", "–")
_SENTENCE_START = lazily.compile(r"(?:\A|[.!?…][\"'”’)]*)\s*\Z")
_POSTED = lazily.compile(
    r"(?:re)?(?:tweet(?:ed|s|ing)|twitter(?:te|t|ten)|tuit(?:eó|ea|ou)|twitta(?:to)?)\b|\w+\s(?:\w+\s){0,2}(?:on|via|auf|sur|en|su|no)\sTwitter\b",
    re.IGNORECASE,
)
_SMALL = word_set("a an the of in on at for to and or with from by is as")


def find_quotations(
    characters: str,
    paragraphs: Sequence[Span],
    *,
    headline: Span | None = None,
    tweets: Sequence[Span] = (),
    language: str | None = None,
) -> tuple[Quotation, ...]:
    """Return the quotations in the given paragraphs (spans of `characters`, in order), the headline's among them.

    Marks inside `tweets` are the posts' own and are left out. Words in single marks inside a quotation are kept,
    with `nested_in`, where somebody is said to have spoken them; else they belong to the quotation around them.
    `language` decides where the document's own marks do not, and which verbs are looked for; None for unknown.
    """
    own = paragraphs
    if tweets:
        own = [p for p in own if not any(t[0] < p[1] and p[0] < t[1] for t in _near(tweets, p))]
    language = language or (language_of(characters[own[0][0] : own[0][0] + _SAMPLE]) if own else None)
    lexicon = lexicon_of(language)
    pairs = pair_marks(characters, own, language=language)
    spoken = dialogue_pairs(characters, own, lexicon, language)
    if spoken:
        pairs = tuple(sorted((*pairs, *spoken), key=lambda pair: pair.opened))
    quotations = _with_speakers(characters, own, _objects(characters, pairs, lexicon), language, headline)
    if len(pairs) >= MAX_PAIRS and quotations:
        quotations[-1] = attrs.evolve(quotations[-1], notes=(*quotations[-1].notes, LIMIT_REACHED))
    return tuple(quotations)


def _objects(characters: str, pairs: Sequence[Pair], lexicon: Lexicon) -> list[tuple[Quotation, Pair]]:
    """Return a quotation for each pair that stands for itself; one that an attribution interrupts is one."""
    made: list[tuple[Quotation, Pair]] = []
    place: dict[int, int] = {}
    for index, pair in enumerate(pairs):
        nested = pair.parent is not None
        if nested and not (pair.parent in place and _is_nested_speech(characters, pair, lexicon)):
            continue
        if made and not nested and pair.mark != "—" and _goes_on(characters, made[-1][1], pair, lexicon):
            first, head = made.pop()
            pair = attrs.evolve(  # noqa: PLW2901 (the two pairs are one from here on)
                head,
                closed=pair.closed,
                end=pair.end,
                segments=(*first.segments, *pair.segments),
                notes=(*head.notes, *pair.notes),
            )
        place[index] = len(made)
        quotation = Quotation(
            **quote_at(characters, pair.start, pair.end),  # type: ignore[arg-type]
            segments=pair.segments,
            kind=QuotationKind.DIRECT,
            nested_in=place[pair.parent] if pair.parent is not None else None,
            notes=pair.notes,
        )
        made.append((quotation, pair))
    return made


def _goes_on(characters: str, first: Pair, second: Pair, lexicon: Lexicon) -> bool:
    """Say whether the second pair goes on with the first one's sentence: `“…,” she said, “and …”`."""
    between = characters[first.closed + 1 : second.opened]
    if (
        first.parent is not None
        or first.mark != second.mark
        or not 3 < len(between) < _INTERRUPTION
        or "\n\n" in between
    ):
        return False
    if characters[first.end - 1] not in ",—–-" and between[0] != ",":
        return False
    if not between.rstrip().endswith((",", "—", "–")) or not characters[second.start].islower():
        return False
    words = _WORD.findall(between)
    return len(words) <= _INTERRUPTION_WORDS and any(
        lexicon.classes.get(word.lower()) == "V" for word in words
    )


def _with_speakers(
    characters: str,
    own: Sequence[Span],
    made: Sequence[tuple[Quotation, Pair]],
    language: str | None,
    headline: Span | None,
) -> list[Quotation]:
    """Attribute the quotations, and say of each what it is: whether anybody speaks is part of that."""
    works = [_is_work(characters, pair) for _, pair in made]
    spoken = attribute(
        characters,
        own,
        [quotation for quotation, _ in made],
        language=language,
        silent=frozenset(number for number, work in enumerate(works) if work),
    )
    done = []
    for said, (quotation, pair), work in zip(spoken, made, works, strict=True):
        paragraph = own[pair.paragraph]
        before = own[pair.paragraph - 1] if pair.paragraph else None
        spoke = said.speaker is not None
        kind = (
            QuotationKind.TITLE
            if work
            else _kind(characters, pair, paragraph, before, headline, spoken=spoke)
        )
        if kind is not QuotationKind.HEADLINE and _is_posted(characters, said.cue):
            kind = QuotationKind.TWEET
        reason = None if spoke else kind.value if kind in NOT_SPEECH else "nobody-named"
        done.append(
            Quotation(  # written out: attrs.evolve takes five times as long, and this is done for every quotation
                quotation.exact,
                quotation.start,
                quotation.end,
                quotation.prefix,
                quotation.suffix,
                quotation.segments,
                kind,
                quotation.nested_in,
                said.speaker,
                said.carriers[0] if said.carriers else None,
                said.cue,
                reason,
                carriers=said.carriers,
                notes=quotation.notes,
            )
        )
    return done


def is_too_many(quotations: Sequence[Quotation]) -> bool:
    """Say whether reading stopped at the limit."""
    return bool(quotations) and LIMIT_REACHED in quotations[-1].notes


def _near(tweets: Sequence[Span], paragraph: Span) -> Sequence[Span]:
    """Return the posts that can touch a paragraph: those around its place in the ordered list."""
    at = bisect_left(tweets, paragraph)
    return tweets[max(0, at - 1) : at + 2]


def _is_nested_speech(characters: str, pair: Pair, lexicon: Lexicon) -> bool:
    """Say whether a quotation inside another is speech: behind a colon, or a verb of saying and a comma."""
    lead = characters[max(0, pair.opened - 40) : pair.opened].rstrip()
    if lead.endswith(":"):
        return True
    words = _WORD.findall(lead)[-4:]
    return lead.endswith(",") and any(lexicon.classes.get(word.lower()) in ("V", "G", "b") for word in words)


def _is_work(characters: str, pair: Pair) -> bool:
    """Say whether the marks stand around the title of a work: behind a word for one, in capitals as titles are."""
    if pair.mark in WORKS:
        return pair.mark != "『"
    words = characters[pair.start : min(pair.end, pair.start + 200)].rstrip(",").split()
    if not _is_title(words):
        return False
    work = _WORK.search(characters[max(0, pair.opened - 40) : pair.opened])
    return work is not None and not ("," in work[0] and characters[pair.end - 1] == ",")


def _kind(
    characters: str, pair: Pair, paragraph: Span, before: Span | None, headline: Span | None, *, spoken: bool
) -> QuotationKind:
    """Return what a quotation is, by the first rule that holds.

    1. `headline`: it stands in the headline.
    2. `tweet`: somebody is said to have tweeted it, or to have written it on Twitter (decided by the caller).
    3. `direct`: it is set off by dashes, or an attribution interrupts it, or it runs over paragraphs.
    4. `block`: it fills its paragraph, and the one before ends in a colon or it is long; else `direct`.
    5. `title`: capitals on all words but the small ones, and nobody is said to speak.
    6. `scare`: a few words, and nobody is said to speak.
    7. `direct`: a whole sentence with its stop, at the sentence's start or behind a colon or comma; else `partial`.
    """
    if headline and headline[0] <= pair.opened < headline[1]:
        return QuotationKind.HEADLINE
    if pair.mark == "—" or len(pair.segments) > 1:
        return QuotationKind.DIRECT
    lead = characters[max(paragraph[0], pair.opened - _REACH) : pair.opened]
    if not lead.strip() and not characters[pair.closed + 1 : paragraph[1]].strip(" .,"):
        led_in = before is not None and characters[before[1] - 1] == ":"
        return QuotationKind.BLOCK if led_in or pair.end - pair.start > 2 * _REACH else QuotationKind.DIRECT
    words = characters[pair.start : min(pair.end, pair.start + 400)].split()
    if not spoken and len(words) > 1 and _is_title(words):
        return QuotationKind.TITLE
    if not spoken and len(words) <= SCARE_WORDS and not _starts_sentence(lead):
        return QuotationKind.SCARE
    after = characters[pair.closed + 1 : min(paragraph[1], pair.closed + 4)]
    whole = words[0][0].isupper() or words[0][0] in "[(0123456789…¿¡"
    ends = characters[pair.end - 1] in ".,!?…—–。！？" or after[:1] in (",", ".")
    if whole and ends and (lead.rstrip().endswith(_SPEECH_LEAD) or _starts_sentence(lead)):
        return QuotationKind.DIRECT
    return QuotationKind.PARTIAL


def _is_posted(characters: str, cue: Span | None) -> bool:
    """Say whether words were posted: by their verb, or by what is said of the place right behind it."""
    return cue is not None and _POSTED.match(characters, cue[0], cue[1] + _REACH // 5) is not None


def _starts_sentence(lead: str) -> bool:
    return _SENTENCE_START.search(lead[-12:] if len(lead) > 12 else lead) is not None


def _is_title(words: Sequence[str]) -> bool:
    heavy = [word for word in words if word.lower() not in _SMALL]
    return (
        bool(heavy)
        and len(words) <= 10
        and all(word[0].isupper() for word in heavy)
        and words[-1][-1] not in ".!,"
    )
