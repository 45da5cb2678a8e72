"""Perturbed quotations with known truth, made from any texts: one operator a kind of change.

The word lists here are this module's own and share nothing with the tracer's: a generator must not know what the checker
knows. Everything is drawn from a seeded generator, so the same texts give the same cases.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence

import attrs

Span = tuple[int, int]
_QUOTED = re.compile(r"“([^“”\n]{40,500})”|\"([^\"\n]{40,500})\"")
_SENTENCE = re.compile(r"[A-Z“\"][^.!?\n]{40,320}[.!?](?=\s|\Z)")
_WORD = re.compile(r"\w+(?:['’]\w+)*")
_FILLERS = [
    "frankly",
    "simply",
    "really",
    "certainly",
    "clearly",
    "truly",
    "actually",
    "basically",
    "broadly",
]
_SWAPS = {
    "big": "huge",
    "people": "folks",
    "country": "nation",
    "important": "crucial",
    "think": "believe",
    "want": "wish",
    "good": "fine",
    "great": "excellent",
    "make": "create",
    "help": "assist",
    "get": "obtain",
    "going": "headed",
    "job": "task",
    "work": "labor",
    "money": "cash",
    "need": "require",
    "support": "back",
    "problem": "issue",
    "lot": "bunch",
    "many": "numerous",
    "said": "stated",
    "says": "states",
    "told": "informed",
    "show": "reveal",
    "start": "begin",
    "end": "finish",
    "president": "leader",
    "campaign": "effort",
    "state": "region",
    "world": "globe",
    "women": "ladies",
    "men": "guys",
    "children": "kids",
    "house": "home",
    "plan": "scheme",
    "speech": "address",
    "very": "quite",
    "right": "correct",
    "thing": "matter",
    "things": "matters",
    "day": "morning",
    "time": "moment",
    "voters": "citizens",
    "party": "movement",
    "election": "ballot",
    "know": "understand",
    "look": "seem",
    "way": "manner",
    "also": "too",
    "because": "since",
    "should": "ought to",
    "when": "whenever",
    "has": "holds",
    "use": "employ",
    "keep": "retain",
    "find": "discover",
    "give": "hand",
    "take": "grab",
    "new": "fresh",
    "last": "previous",
    "years": "ages",
    "around": "about",
    "against": "versus",
    "before": "ahead of",
    "after": "following",
    "under": "beneath",
    "over": "above",
    "about": "regarding",
}
_NAMES = [
    "Markov",
    "Harlan",
    "Ostrander",
    "Pellew",
    "Quintrell",
    "Rosvold",
    "Savarkin",
    "Tremaine",
    "Wendish",
]
_TRIGGERS = re.compile(
    r"\b(?:not|never|no|nobody|none|without|unless|except|but|if|until|although|though|only|however|while|despite|"
    r"whether|nor|neither|nothing)\b|n['’]t\b|\d",
    re.IGNORECASE,
)
"""What makes hidden or cut words worth knowing, for choosing faithful cases."""
_LIMITS = re.compile(r",? \b(?:unless|but|except|if|until|although|though)\b")
_DENIALS = re.compile(r"\b(?:not|never) ")
_AUXILIARIES = re.compile(
    r"\b(is|are|was|were|will|would|can|could|should|has|have|had|does|do|did)\b(?! not|n['’]t)"
)


@attrs.frozen
class Text:
    """A text that is a source: its id, its characters and its day."""

    id: str
    characters: str
    published: str | None = None


@attrs.frozen
class Case:
    """A quotation, the verdict that is true of it, and where its words come from."""

    id: str
    exact: str
    verdict: str
    source: str | None
    span: Span | None
    cited: str | None = None

    def line(self) -> dict[str, object]:
        """Return the case as a line of --quotes with its truth."""
        return attrs.asdict(self)


Made = tuple[str, Span] | None
Operator = Callable[[random.Random, str, Span], Made]


def statements(text: str) -> list[Span]:
    """Return the spans of quotations and sentences that cases are made of."""
    quoted = [m.span(1) if m[1] else m.span(2) for m in _QUOTED.finditer(text)]
    inside = lambda m: any(s - 1 <= m.start() < e + 1 or m.start() <= s < m.end() for s, e in quoted)  # noqa: E731
    plain = [
        m.span() for m in _SENTENCE.finditer(text) if not inside(m) and '"' not in m[0] and "“" not in m[0]
    ]
    return [span for span in (*quoted, *plain) if len(_WORD.findall(text, *span)) >= 8]


def _words(text: str, span: Span) -> list[Span]:
    return [m.span() for m in _WORD.finditer(text, *span)]


def _without(text: str, span: Span, cut: Span, put: str = "") -> str:
    return re.sub(r"\s+", " ", text[span[0] : cut[0]] + put + text[cut[1] : span[1]]).strip()


def verbatim(rng: random.Random, text: str, span: Span) -> Made:
    """Change nothing."""
    return text[slice(*span)], span


def normalised(rng: random.Random, text: str, span: Span) -> Made:
    """Change typography: marks, dashes, spaces, case of the first letter, what stands at the end."""
    words = text[slice(*span)]
    tables = [{"’": "'", "“": '"', "”": '"', "—": "--", "–": "-"}, {"'": "’", " - ": " – ", "--": "—"}]
    for old, new in rng.choice(tables).items():
        words = words.replace(old, new)
    words = rng.choice(
        [
            words.replace(" ", "\u00a0", 2),
            words.replace("fi", "ﬁ"),
            words + ",",
            words.replace(" ", "\u2009 ", 1),
        ]
    )
    words = words[0].swapcase() + words[1:]
    return (words.rstrip(".") + rng.choice([",", ".", ""]), span) if words != text[slice(*span)] else None


def partial(rng: random.Random, text: str, span: Span) -> Made:
    """Take a few words out of the middle of a clause without anything that bounds it."""
    clauses = [
        (m.start(), m.end())
        for m in re.finditer(r"[^,;:.!?“”\"\n—–-]{12,}", text[: span[1]])
        if m.start() >= span[0]
    ]
    clauses = [c for c in clauses if not _TRIGGERS.search(text, *c)]
    if not clauses:
        return None
    clause = rng.choice(clauses)
    places = _words(text, clause)
    size = rng.choice([3, 4, 5, 6, 8])
    if len(places) < size:
        return None
    first = rng.randrange(len(places) - size + 1)
    cut = (places[first][0], places[first + size - 1][1])
    before, after = text[max(0, clause[0] - 25) : cut[0]], text[cut[1] : cut[1] + 25]
    return None if _TRIGGERS.search(before) or _TRIGGERS.search(after) else (text[slice(*cut)], cut)


def marked(rng: random.Random, text: str, span: Span) -> Made:
    """Leave out or explain something harmless, and mark it."""
    places = _words(text, span)
    kind = rng.choice(["ellipsis", "bracket", "letter", "sic"])
    at = rng.randrange(2, len(places) - 3)
    if kind == "ellipsis":
        size = rng.choice([1, 2, 4, 6])
        if at + size >= len(places) - 1:
            return None
        cut = (places[at][0], places[at + size - 1][1])
        if _TRIGGERS.search(text, *cut) or re.search(
            r"\b(?:two|three|four|five|six|ten|million|hundred)\b", text[slice(*cut)]
        ):
            return None
        return _without(text, span, cut, rng.choice(["...", "…", "[...]", ". . ."])), span
    if kind == "bracket":
        if _TRIGGERS.search(text, *places[at]):
            return None
        return _without(
            text, span, places[at], rng.choice(["[the matter]", "[it]", "[the delegation]"])
        ), span
    if kind == "letter":
        words = text[slice(*span)]
        return (f"[{words[0].swapcase()}]{words[1:]}", span) if words[0].isalpha() else None
    return _without(text, span, (places[at][1], places[at][1]), " [sic]"), span


def omission(rng: random.Random, text: str, span: Span) -> Made:
    """Leave some words out, unmarked."""
    places = _words(text, span)
    size = rng.choice([1, 2, 3])
    at = rng.randrange(1, len(places) - size - 1)
    cut = (places[at][0], places[at + size - 1][1])
    if _TRIGGERS.search(text, *cut) or re.search(r"[.!?“”\"]", text[slice(*cut)]):
        return None
    return _without(text, span, cut), span


def substitution(rng: random.Random, text: str, span: Span) -> Made:
    """Replace some words by others, or put some in."""
    places = [p for p in _words(text, span) if text[slice(*p)].lower() in _SWAPS]
    if not places or rng.random() < 0.25:
        place = rng.choice(_words(text, span)[1:-1])
        return _without(text, span, (place[0], place[0]), rng.choice(_FILLERS) + " "), span
    words = text[slice(*span)]
    for place in sorted(rng.sample(places, min(len(places), rng.choice([1, 1, 2]))), reverse=True):
        start, end = place[0] - span[0], place[1] - span[0]
        words = words[:start] + _SWAPS[words[start:end].lower()] + words[end:]
    return words, span


def paraphrase(rng: random.Random, text: str, span: Span) -> Made:
    """Say much in other words, and leave some out."""
    out, changed = [], 0
    places = _words(text, span)
    if len(places) < 12:
        return None
    for place in places:
        word = text[slice(*place)]
        if word.lower() in _SWAPS:
            out.append(_SWAPS[word.lower()])
            changed += 1
        elif rng.random() < 0.22:
            changed += 1
            if rng.random() < 0.5:
                out.append(rng.choice(_FILLERS))
        else:
            out.append(word)
    return (" ".join(out), span) if 0.28 <= changed / len(places) <= 0.6 else None


def ellipsis_hides(rng: random.Random, text: str, span: Span) -> Made:
    """Hide a denial, a condition or a figure under an ellipsis."""
    found = [m for m in _TRIGGERS.finditer(text, *span) if span[0] + 8 < m.start() and m.end() < span[1] - 15]
    places = _words(text, span)
    if not found:
        return None
    trigger = rng.choice(found)
    covered = next((i for i, p in enumerate(places) if p[0] <= trigger.start() < p[1]), None)
    if covered is None or not 2 <= covered < len(places) - 3:
        return None
    last = min(covered + rng.choice([0, 1, 2, 3]), len(places) - 3)
    return _without(
        text, span, (places[covered][0], places[last][1]), rng.choice(["…", "...", "[...]"])
    ), span


def negation(rng: random.Random, text: str, span: Span) -> Made:
    """Put a denial in, or take one out."""
    denials = [m for m in _DENIALS.finditer(text, *span) if m.start() > span[0]]
    if denials and rng.random() < 0.6:
        return _without(text, span, rng.choice(denials).span()), span
    places = [m for m in _AUXILIARIES.finditer(text, *span) if m.end() < span[1] - 8]
    if not places:
        return None
    end = rng.choice(places).end()
    return _without(text, span, (end, end), " not"), span


def number(rng: random.Random, text: str, span: Span) -> Made:
    """Change a figure."""
    figures = list(re.finditer(r"\b\d[\d,]*(?:\.\d+)?\b", text[span[0] : span[1]]))
    spelled = list(
        re.finditer(
            r"\b(?:two|three|four|five|six|seven|eight|nine|ten|million|billion|hundred|thousand)\b",
            text[span[0] : span[1]],
        )
    )
    if not figures and not spelled:
        return None
    place = rng.choice(figures or spelled)
    other = {"million": "billion", "billion": "million", "hundred": "thousand", "thousand": "hundred"}.get(
        place[0]
    )
    if other is None:
        other = (
            str(rng.randrange(11, 99))
            if not place[0].isdigit()
            else str(int(place[0]) + rng.randrange(1, 60))
        )
    return _without(text, span, (span[0] + place.start(), span[0] + place.end()), other), span


def name(rng: random.Random, text: str, span: Span) -> Made:
    """Put one name for another."""
    names = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", text[span[0] : span[1]]))
    if not names:
        return None
    place = rng.choice(names)
    return _without(text, span, (span[0] + place.start(), span[0] + place.end()), rng.choice(_NAMES)), span


def truncated(rng: random.Random, text: str, span: Span) -> Made:
    """End the words right before what bounds them."""
    limits = [m for m in _LIMITS.finditer(text, *span) if len(_words(text, (span[0], m.start()))) >= 6]
    if not limits:
        return None
    cut = (span[0], rng.choice(limits).start())
    return text[slice(*cut)], cut


def splice(rng: random.Random, text: str, span: Span) -> Made:
    """Make one quotation of two places far apart."""
    others = [s for s in statements(text) if s[0] > span[1] + 150]
    if not others:
        return None
    other = rng.choice(others)
    places, more = _words(text, span), _words(text, other)
    half, rest = len(places) * 2 // 3, len(more) // 2
    if half < 6 or len(more) - rest < 5:
        return None
    words = f"{text[span[0] : places[half][1]]} {text[more[rest][0] : other[1]]}"
    return words, (span[0], other[1]) if other[1] - span[0] < 3 * (span[1] - span[0]) else (
        span[0],
        places[half][1],
    )


def reordered(rng: random.Random, text: str, span: Span) -> Made:
    """Let two words or groups around an "and" change places."""
    pairs = list(
        re.finditer(r"\b([a-z]{4,}(?: [a-z]{3,})?) and ([a-z]{4,}(?: [a-z]{3,})?)\b", text[span[0] : span[1]])
    )
    if not pairs:
        return None
    pair = rng.choice(pairs)
    return _without(
        text, span, (span[0] + pair.start(), span[0] + pair.end()), f"{pair[2]} and {pair[1]}"
    ), span


OPERATORS: dict[str, Operator] = {
    "VERBATIM": verbatim,
    "NORMALISED": normalised,
    "PARTIAL": partial,
    "MARKED": marked,
    "OMISSION": omission,
    "SUBSTITUTION": substitution,
    "PARAPHRASE": paraphrase,
    "ELLIPSIS_HIDES": ellipsis_hides,
    "NEGATION": negation,
    "NUMBER": number,
    "NAME": name,
    "TRUNCATED": truncated,
    "SPLICE": splice,
    "ORDER": reordered,
}
_CALLED = {"ORDER": "SUBSTITUTION"}


def cases(texts: Sequence[Text], *, each: int, seed: int, left_out: Sequence[Text] = ()) -> Iterator[Case]:
    """Yield cases of every kind, and of words that no source holds (made of the texts left out)."""
    for kind, operator in OPERATORS.items():
        yield from _of_kind(kind, operator, texts, each, random.Random(f"{seed} {kind}"))
    rng = random.Random(f"{seed} none")
    for number_ in range(2 * each if left_out else 0):
        text = rng.choice(left_out)
        spans = statements(text.characters)
        if spans:
            exact = text.characters[slice(*rng.choice(spans))]
            yield Case(f"UNTRACED{number_}", exact, "UNTRACED_OUT", None, None)


def _of_kind(
    kind: str, operator: Operator, texts: Sequence[Text], each: int, rng: random.Random
) -> Iterator[Case]:
    made = 0
    for _ in range(60 * each):
        if made == each:
            return
        text = rng.choice(texts)
        spans = statements(text.characters)
        outcome = operator(rng, text.characters, rng.choice(spans)) if spans else None
        if outcome and (
            kind in ("VERBATIM", "NORMALISED", "PARTIAL", "TRUNCATED") or outcome[0] not in text.characters
        ):
            yield Case(f"{kind}{made}", outcome[0], _CALLED.get(kind, kind), text.id, outcome[1])
            made += 1
