"""Words as letters, each by the part it plays in a sentence.

N name  S possessive  w other word  # number  D determiner  P pronoun  I preposition  O of  C and  T that, while  W who
A has, will  E is, was  R adverb  d time  V verb of saying  b its base form  G its -ing form  M weaker verb of saying  v verb
g other -ing form  K according to
Q quotation  . sentence end  ! quotation that ended in ! or ?  , ; : - ( ) themselves
"""

from __future__ import annotations

import re
from functools import cache

from provenance.reader.lexicon import Lexicon

_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Rev|Prof|St|Jr|Sr|Inc|Corp|Co|Ltd|vs|No|Jan|Feb|Aug|Sept|Oct"
    "|Nov|Dec|Hon|Mme|Sra?|Herr|bzw|Nr|им|г|ул"
)
_TOKEN = (
    rf"(?:[^\W\d_]\.){{2,}}|\b[DRI]-[A-Z][\w.]*(?<=[\w.])|\b(?:{_ABBREVIATED}|[^\W\d_a-z])\.(?=\s)|\$?\d[\d.,:]*(?<![.,:])\w*%?"
    r"|-(?:t-)?(?:ils?|elles?|on)\b"
    r"|@?[^\W\d_]\w*(?:[-.’'&/](?!(?:t-)?(?:il|elle|on)s?\b)(?=\w)\w+)*(?:[’'](?![’'\w]))?|--+|\.{3}|[.!?;:,()\[\]—–―…-]|\n{2,}"
)
_MARKS = {
    ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "—": "-", "–": "-", "―": "-", ".": ".", "!": ".",
    "?": ".", "…": ";", "...": ";", "-": "-", "--": "-", "---": "-",
}  # fmt: skip


@cache
def _token_of(according: tuple[str, ...]) -> re.Pattern[str]:
    phrases = "|".join(phrase.replace(" ", r"[ \xa0]") for phrase in according)
    return re.compile(rf"\b(?i:{phrases})\b|{_TOKEN}" if phrases else _TOKEN)


class Known(dict[str, str]):
    """The letter of each word that was met, by itself; filled as words are met."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon.classes)
        self.lexicon = lexicon
        self.token = _token_of(lexicon.according)
        self.update(_MARKS)
        for phrase in lexicon.according:
            self.update({phrase: "K", phrase.capitalize(): "K"})

    def __missing__(self, word: str) -> str:
        letter = self[word] = self._letter(word)
        return letter

    def _letter(self, word: str) -> str:
        """Return the letter of a word that is not in the lexicon as it stands."""
        first, low = word[0], word.lower().replace("’", "'")
        classes = self.lexicon.classes
        known = classes.get(low)
        if known:
            return known if first == low[0] or known not in "wvMGVbA" else "N"
        if first.isdigit() or first == "$":
            return "#"
        if not (first.isalpha() or first == "@"):
            return "-" if first in "-—–―" else "."
        head, mark, tail = low.partition("'")
        if mark and classes.get(head, "w") in "PTWRDAE":
            return classes[head]
        if " " in word or "\xa0" in word:
            return "K"
        if mark and tail in ("s", ""):
            return "S"
        if first.isupper() or first == "@":
            return "N"
        return self._by_ending(low)

    def _by_ending(self, low: str) -> str:
        if self.lexicon.language != "en":
            return "w"
        if low.endswith("ly") and len(low) > 4:
            return "R"
        return "v" if low.endswith("ed") else "g" if low.endswith("ing") else "w"
