"""The language of a text, by its commonest words; none where the words don't say it clearly."""

from __future__ import annotations

from collections import Counter
from functools import cache

from archive import lazily

SAMPLE = 20_000
"""Characters that are looked at, where the first few do not already say it clearly."""
_FIRST = 2_400
_PLAIN_ENOUGH = 24
_PLAIN_MARGIN = 3.0
_ENOUGH = 8
_MARGIN = 1.5
_WORD = lazily.compile(r"[^\W\d_]+")

_WORDS = {
    "en": "the of and to in that is was for on with as it by at from his are have has he they said which be an not but",
    "de": "der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat sie",
    "fr": "le la les des et du une que est dans pour qui par sur pas au plus avec ce sont il elle ont été aux cette",
    "es": "el la los las de que y en un una por con para del se su al lo como más pero sus ha este fue",
    "it": "il di che la per un del non della con sono una dei nel alla è gli più anche al ha da si le",
    "pt": "o a os as de que e em um uma para com não do da dos no na por mais se ao foi como são",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als door bij naar maar",
    "ru": "и в не на что с по как это из у за от для его он но к было также о все после года",
    "uk": "і в не на що з як це до за у від його але та про після року також є",
    "pl": "w i na z do nie że się jest to o jak po przez dla od za ale są był",
}


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for language, words in _WORDS.items():
        for word in words.split():
            table.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in table.items()}


def language_of(sample: str) -> str | None:
    """Return the language tag of a text, or None where too few of its words tell, or no language leads clearly."""
    if len(sample) > _FIRST:
        plain = _vote(sample[:_FIRST].lower().split(), _PLAIN_ENOUGH, _PLAIN_MARGIN)
        if plain is not None:
            return plain
    return _vote(_WORD.findall(sample[:SAMPLE].lower()), _ENOUGH, _MARGIN)


def _vote(words: list[str], enough: int, margin: float) -> str | None:
    """Return the language of most of the words, where it has enough of them and leads by the margin."""
    votes: Counter[str] = Counter()
    table = _languages_of()
    for word, count in Counter(filter(table.__contains__, words)).items():
        for language in table[word]:
            votes[language] += count
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < enough:
        return None
    return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= margin * ranked[1][1] else None
