"""Words as letters, each by the part it plays in a sentence.

N name  S possessive  w other word  # number  D determiner  P pronoun  I preposition  O of  C and  T that, while  W who
A has, will  E is, was  R adverb  d time  V verb of saying  b its base form  G its -ing form  M weaker verb of saying  v verb
g other -ing form  K according to
Q quotation  . sentence end  ! quotation that ended in ! or ?  , ; : - ( ) themselves
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from provenance.model.quotation import Span
from provenance.reader.lexicon import Lexicon
from provenance.reader.patterns import DEPENDENT, DEPENDENT_GENITIVE

GAP = 1_500
"""Characters between two quotations that are read; of more, only what stands near either of them."""
_ABBREVIATED = (
    "Mr|Mrs|Ms|Dr|Sen|Sens|Gov|Rep|Reps|Gen|Col|Maj|Capt|Lt|Sgt|Adm|Rev|Prof|St|Jr|Sr|Inc|Corp|Co|Ltd|vs|No|Jan|Feb|Aug|Sept|Oct"
    "|Nov|Dec|Hon|Mme|Sra?|Herr|bzw|Nr|им|г|ул"
)
_TOKEN = (
    r"[a-z]++(?=[ ,])"  # the usual word, told without asking for all that others can be
    rf"|[^\W\d_]\.(?:[^\W\d_]\.)+|\b[DRI]-[A-Z][\w.]*(?<=[\w.])|\b(?:{_ABBREVIATED}|[^\W\d_a-z])\.(?=\s)|\$?\d[\d.,:]*(?<![.,:])\w*%?"
    r"|-(?:t-)?(?:ils?|elles?|on)\b"
    r"|@?[^\W\d_]\w*(?:[-.’'&/](?!(?:t-)?(?:il|elle|on)s?\b)(?=\w)\w+)*(?:[’'](?![’'\w]))?|--+|\.{3}|[.!?;:,()\[\]—–―…-]|\n{2,}"
)
_MARKS = {
    ",": ",", ";": ";", ":": ":", "(": "(", ")": ")", "[": "(", "]": ")", "—": "-", "–": "-", "―": "-", ".": ".", "!": ".",
    "?": ".", "…": ";", "...": ";", "-": "-", "--": "-", "---": "-",
}  # fmt: skip


MOST_KNOWN = 20_000
"""Words whose letters are kept; then it begins anew."""
_LONGEST_KNOWN = 40


def _token_of(lexicon: Lexicon) -> re.Pattern[str]:
    """Return what a word is. The first letter of a phrase stands by itself: by it most words are told to be none."""
    phrases = "".join(
        rf"[{phrase[0]}{phrase[0].upper()}](?<!\w.)(?i:{phrase[1:]})\b|".replace(" ", r"[ \xa0]")
        for phrase in lexicon.according
    )
    elided = rf"\b(?i:{'|'.join(lexicon.elisions)})[’'](?=\w)|" if lexicon.elisions else ""
    return re.compile(phrases + elided + _TOKEN)


def known_of(lexicon: Lexicon) -> Known:
    """Return the letters of a language's words; what was met before is told at once."""
    known = _KNOWN.get(lexicon.language)
    if known is None or len(known) > MOST_KNOWN:
        known = _KNOWN[lexicon.language] = Known(lexicon)
    return known


_KNOWN: dict[str, Known] = {}
"""By language. A word's letter hangs on the word and its language alone: nothing of one text gets into another."""


class Known(dict[str, str]):
    """The letter of each word that was met, by itself; filled as words are met."""

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__(lexicon.classes)
        self.lexicon = lexicon
        self.token = _token_of(lexicon)
        self.dependent = DEPENDENT_GENITIVE if lexicon.genitive else DEPENDENT
        self.update(_MARKS)
        for phrase in lexicon.according:
            self.update({phrase: "K", phrase.capitalize(): "K"})

    def __missing__(self, word: str) -> str:
        letter = self._letter(word)
        if len(word) <= _LONGEST_KNOWN:
            self[word] = letter
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
        if mark and classes.get(head, "w") in ("PTWRDAE" if tail else "PTWRDAEOI"):
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
        if "-" in low:
            return "w"
        if low.endswith("ly") and len(low) > 4:
            return "R"
        return "v" if low.endswith("ed") else "g" if low.endswith("ing") else "w"


class Lettered:
    """A stretch of text as letters, with the quotations that stand in it."""

    def __init__(
        self,
        characters: str,
        span: Span,
        quotations: Iterable[tuple[int, Span]],
        known: Known,
    ) -> None:
        self.known = known
        self.lexicon = known.lexicon
        self.characters = characters
        self.words: list[str] = []
        """What each letter stands for; nothing for a quotation."""
        self._set: dict[int, tuple[Span, int]] = {}
        """The place of what is no word, and where the words behind it are looked for."""
        self.place: dict[int, int] = {}
        """Where in the letters each quotation stands, by its number: its last part."""
        self.places: dict[int, list[int]] = {}
        """Where all its parts stand."""
        self._start = position = span[0]
        letters: list[str] = []
        for number, (start, end) in quotations:
            if start > position:
                self._read(position, start, letters)
            self.places.setdefault(number, []).append(len(letters))
            self.place[number] = len(letters)
            position = max(position, end)
            self._put("Q", (start, end), position, letters)
            self._end(start, end, span[1], position, letters)
        if span[1] > position:
            self._read(position, span[1], letters)
        self.letters = "".join(letters)

    @cached_property
    def tokens(self) -> list[Span]:
        """The place in the text of each letter. Between two words stands nothing that a word could begin with."""
        find, at = self.characters.find, self._start
        places: list[Span] = []
        for word in self.words:
            if word:
                start = find(word, at)
                at = start + len(word)
                places.append((start, at))
            else:
                place, at = self._set[len(places)]
                places.append(place)
        return places

    def _put(self, letter: str, place: Span, onwards: int, letters: list[str]) -> None:
        self._set[len(letters)] = (place, onwards)
        letters.append(letter)
        self.words.append("")

    def _read(self, start: int, end: int, letters: list[str]) -> None:
        if end - start > GAP:
            middle = start + GAP // 2
            self._words(start, middle, letters)
            start = end - GAP // 2
            self._put(".", (middle, middle), start, letters)
        self._words(start, end, letters)

    def _words(self, start: int, end: int, letters: list[str]) -> None:
        """Read words: each by itself first, then those that their neighbours make something else."""
        words = self.known.token.findall(self.characters, start, end)
        if not words:
            return
        read = list(map(self.known.__getitem__, words))
        joined = (letters[-1] if letters else ".") + "".join(read)
        for place in self.known.dependent.finditer(joined):
            at = place.start() - 1
            previous = joined[at] if at == 0 else read[at - 1]
            if at < 0:
                continue
            read[at] = self._in_place(read[at], words, at, previous, read[at - 2] if at > 1 else ".")
        letters += read
        self.words += words

    def _in_place(self, letter: str, words: list[str], at: int, previous: str, before: str) -> str:
        """Return the letter of the word at a place, which its neighbours decide. `before` is the letter two to the left."""
        word, lexicon = words[at], self.lexicon
        if letter == "D":
            whose = words[at - 1].lower() if at and word == lexicon.genitive else ""
            return "O" if whose in lexicon.offices or whose in lexicon.bodies else letter
        if words[at + 1 : at + 2] == [lexicon.turned.get(word)]:
            return "V"
        if previous == ",":
            return "M" if at > 1 and word in lexicon.trailing else letter
        if previous == "P":
            return "V" if word in lexicon.also_verbs else letter
        if letter == "N":
            verb = lexicon.classes.get(word.lower(), "")
            return verb if verb in ("G", "V", "v") else "N"
        if previous in "gO":
            return "w" if letter == "b" or word in lexicon.nominal else letter
        if previous not in "DSw#N":
            return letter
        if previous == "N":
            noun = (letter in "GMg") or (letter == "V" and before in "#OD")
            return "w" if noun and word in lexicon.nominal else letter
        if previous == "D" and letter == "V" and at and words[at - 1].lower() in lexicon.pronominal:
            return letter
        return self._behind_noun(letter, word, previous)

    def _behind_noun(self, letter: str, word: str, previous: str) -> str:
        if word.endswith("ing"):
            return "w" if letter in "GMg" else letter
        if previous in "DS":
            return "w"
        return "w" if word in self.lexicon.nominal or (letter == "M" and word.endswith("s")) else letter

    def _end(self, start: int, end: int, stop: int, onwards: int, letters: list[str]) -> None:
        """After a quotation that ends its own sentence, write so: `.`, or `!` where a verb may still follow."""
        inside = self.characters[start:end].rstrip(" \t\n\xa0”\"»’'“)")[-1:]
        if inside not in (".", "!", "?", "…", "。"):
            return
        after = self.characters[end : min(stop, end + 12)].lstrip(" \xa0”\"»’'“.")
        if after[:1].islower():
            return
        self._put("." if inside in ".。" else "!", (end, end), onwards, letters)
