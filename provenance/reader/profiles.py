"""Which marks open and close a quotation, by language, and what a document's own use of them says."""

from __future__ import annotations

import re
from collections.abc import Mapping

from archive.values import frozen

_USUAL: Mapping[str, str] = {
    "“": '”"',
    "„": '“”"',
    "«": "»",
    "‹": "›",
    "「": "」",
    "『": "』",
    "〝": "〟〞",
    "《": "》",
    "〈": "〉",
    "‚": "‘’",
    "‟": "”",
    '"': '"”',
    "``": "''",
    "''": "''\"",
    "‘": "’'",
}
"""What closes each mark where a document does not say otherwise."""
_TURNED: Mapping[str, tuple[str, str]] = {"»": ("»", "«"), "›": ("›", "‹"), "”": ("”", "”"), "’": ("’", "’")}
"""Marks that open in some languages: with which mark, and with which other closing one."""
TURNED_LANGUAGES = {"da": "»›", "no": "", "sv": "”»’", "fi": "”»’", "is": "", "hu": "»", "sl": "»", "hr": "»"}
"""Languages in which a mark that closes elsewhere opens: `»…«` in Danish, `”…”` and `»…»` in Swedish and Finnish."""
LOW = frozenset(
    {
        "de",
        "cs",
        "sk",
        "sl",
        "is",
        "lt",
        "lv",
        "et",
        "bg",
        "sr",
        "hr",
        "mk",
        "ka",
        "lb",
        "hu",
        "pl",
        "ro",
        "nl",
        "da",
    }
)
"""Languages that open with `„`; most close it with `“`, Hungarian, Polish and Romanian with `”`."""
DASHES = frozenset(
    {
        "ru",
        "uk",
        "be",
        "bg",
        "sr",
        "mk",
        "es",
        "fr",
        "pt",
        "it",
        "pl",
        "ro",
        "hu",
        "tr",
        "sv",
        "da",
        "no",
        "fi",
        "el",
        "cs",
        "lt",
    }
)
"""Languages that set dialogue off with a dash at the head of a paragraph."""
WORKS = frozenset({"《", "〈", "『"})
"""Marks that in Chinese and Japanese stand around titles, or inside other marks."""

_BEFORE_OPENING = r"(?:\A|[\s(\[—–\-:>])"
_AFTER_CLOSING = r"(?=\Z|[\s)\].,;:!?…—–\-<])"


@frozen
class Profile:
    """A document's marks. `closers` says for each mark that can open which ones close it; `alike` open and close."""

    closers: Mapping[str, str]
    alike: frozenset[str]

    def closes(self, mark: str, opened: str) -> bool:
        """Say whether a mark closes a quotation that another one opened."""
        return (
            mark in self.closers.get(opened, "")
            if len(mark) == 1
            else mark == "''" and opened in ("``", "''")
        )


USUAL = Profile(_USUAL, frozenset({'"', "''"}))
"""The profile of a document without marks that open in one language and close in another."""


def profile_of(characters: str, language: str | None = None) -> Profile:
    """Return the marks of a document by its own vote; where it is too close to call, by its language.

    Linear: a few counts of the text.
    """
    doubtful = [mark for mark in "»›”" if mark in characters]
    if not doubtful and "“" not in characters:
        return USUAL
    closers = dict(_USUAL)
    alike = set(USUAL.alike)
    base = (language or "").split("-", maxsplit=1)[0]
    if "“" in characters and "„" in characters and _closes_only(characters, "“"):
        del closers["“"]
    for mark in doubtful:
        same, other = _TURNED[mark]
        if _opens(characters, mark, base):
            if mark != "”":
                partner = "«" if mark == "»" else "‹"
                closers[mark] = same if partner not in characters else other
                closers.pop(partner, None)
            else:
                closers[mark] = same
            if closers[mark] == mark:
                alike.add(mark)
    return Profile(closers, frozenset(alike))


def _opens(characters: str, mark: str, language: str) -> bool:
    """Say whether a mark that usually closes opens here: more often than not it stands where only an opening one does."""
    partner = {"»": "«", "›": "‹", "”": "“"}[mark]
    if mark == "”" and (partner in characters or "„" in characters):
        return False
    opening = len(re.findall(rf"{_BEFORE_OPENING}{mark}(?=\w)", characters))
    closing = len(re.findall(rf"[^\s(]{mark}{_AFTER_CLOSING}", characters))
    first, second = characters.find(partner), characters.find(mark)
    if mark == "”" or partner not in characters:
        return (opening > 0 and opening * 3 >= closing) or mark in TURNED_LANGUAGES.get(language, "")
    turned = len(re.findall(rf"[^\s(]{partner}{_AFTER_CLOSING}", characters))
    if opening + turned == 0 and closing == 0:
        return mark in TURNED_LANGUAGES.get(language, "") and second < first
    return opening + turned > closing + len(re.findall(rf"{_BEFORE_OPENING}{partner}(?=\w)", characters))


def _closes_only(characters: str, mark: str) -> bool:
    """Say whether a mark closes more often than it opens."""
    opening = len(re.findall(rf"{_BEFORE_OPENING}{mark}(?=\w)", characters))
    return opening * 2 < characters.count(mark)
