"""Keys: words as numbers, and runs of two to four of them as the keys under which an index files its places.

A key only picks candidates; what is said of a quotation is always read from the text itself, so two different words that
share a number cost time and never correctness. Every index and every query use this one definition, named by RULE.

A text is spread first, so that a character is a letter and scripts without spaces have them; then each UTF-16 unit
becomes one byte in one pass (letters and digits folded by width, ligature, accent and case, everything else a space), and
words are told apart and hashed by whole arrays at once.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import attrs
import numpy as np

from archive import lazily
from provenance.corpus.tables import Table
from provenance.tracer.fold import SINGLES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.uint64]
    Places = NDArray[np.int64]

RULE = "keys/2"
"""The name of this definition. An index made by another one is made anew, never searched."""

_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe00-\ufe0f"
_ACCENTS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06ed"
)
_MARK = lazily.compile(f"[{_UNSEEN}{_ACCENTS}]")
_HYPHEN = lazily.compile(rf"(?<=[^\W_ʼ])[-\u2010]\r?\n[ \t]*+(?=[^\W\d_ʼA-Z{SINGLES}])")
_SINGLE = lazily.compile(f"[{SINGLES}]")
_BEFORE_SINGLE = f"(?<=[^\\s{SINGLES}])(?=[{SINGLES}])"
_APOSTROPHE = "ʼ"
"""The one apostrophe that is a letter to Unicode."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SPACE = 0x20
_TO_SPREAD = b"\x01"
"""Stands for a unit that has to be spread."""
_UNITS = 0x10000
_HALVES_OF_SINGLES = range(0xD840, 0xD8C0)
"""First units of ideographs beyond the basic plane."""
_MARGIN = b" " * 8
FACTOR = 0x9E3779B97F4A7C15
TAIL = 0xC2B2AE3D27D4EB4F
MIX = 0xFF51AFD7ED558CCD
_SHIFT = np.uint64(32)


@attrs.frozen(eq=False)
class Words:
    """The words of folded text: `starts[i]` and `lengths[i]` in units, `numbers[i]` the hash of the i-th word."""

    starts: Places
    lengths: Places
    numbers: Numbers

    def __len__(self) -> int:
        return len(self.numbers)


def folded(text: str) -> bytes:
    """Return one byte for each UTF-16 unit of a spread text: a letter's or digit's folded value, or a space.

    Letters beyond the basic plane are passed over, like pictures: what stands around them is found.
    """
    data = _bytes_of(text)
    if _is_spread(text, data):
        return data
    return _bytes_of(_spread(text)).replace(_TO_SPREAD, b" ")


def _is_spread(text: str, data: bytes) -> bool:
    """Say whether each letter of a text is one character: no ligatures, accents of their own, words broken by a hyphen."""
    broken = "-\n" in text or ("\r" in text and "-\r" in text)
    return _TO_SPREAD not in data and not broken and "\u2010" not in text


def _spread(text: str) -> str:
    return _unequal().sub(_equal, text)


def _bytes_of(text: str) -> bytes:
    return _table().translate(text)


def _equal(odd: re.Match[str]) -> str:
    if not odd[0]:
        return " "
    if _SINGLE.match(odd[0]):
        return _spelt(ord(odd[0]))
    return "" if odd[0][0] in "-\u2010" else _MARK.sub("", _plain(odd[0]))


def _spelt(code_point: int) -> str:
    """Return a code point that is a word of its own as four letters and a space: no other is spelt so."""
    letters = ""
    for _ in range(4):
        code_point, letter = divmod(code_point, len(_LETTERS))
        letters += _LETTERS[letter]
    return letters + " "


def _plain(letters: str) -> str:
    """Return letters without width, ligature, case and accents."""
    compatible = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", letters).casefold())
    return _bare(compatible) if len(compatible) == 1 else compatible


def _bare(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", letter)
    return decomposed[:1] if all(map(_MARK.match, decomposed[1:])) else letter


def words(folded_text: bytes) -> Words:
    """Return the words of folded text. Time grows with its length."""
    padded = b"".join((_MARGIN, folded_text, _MARGIN))
    inside = np.frombuffer(padded, np.uint8) != _SPACE
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    edges += 1
    starts, ends = np.ascontiguousarray(edges.reshape(-1, 2).T)
    lengths = ends - starts
    numbers = _hashed(padded, starts, ends, lengths)
    starts -= len(_MARGIN)
    return Words(starts, lengths, numbers)


def _hashed(padded: bytes, starts: Places, ends: Places, lengths: Places) -> Numbers:
    """Hash each word from its first eight bytes, its last eight and its length.

    Words that agree in all three are rare, and telling them apart is the text's business.
    """
    eights: Numbers = np.ndarray((len(padded) - 7,), np.dtype("<u8"), padded, 0, (1,))
    numbers = eights.take(starts)
    numbers &= _masks().take(lengths, mode="clip")
    numbers *= np.uint64(FACTOR)
    numbers ^= numbers >> np.uint64(29)
    long = (lengths > 8).nonzero()[0]
    numbers[long] ^= eights[ends[long] - 8] * np.uint64(TAIL)
    numbers ^= lengths.view(np.uint64)
    return mixed(numbers)


def starts_of(text: str) -> Places:
    """Return at which code points of a text its words begin."""
    data = np.frombuffer(b"".join((b" ", folded(text))), np.uint8)
    inside = data != _SPACE
    return code_points(text, np.flatnonzero(inside[1:] & ~inside[:-1]))


def mixed(numbers: Numbers) -> Numbers:
    """Spread numbers over all their bits, in place (the finalizer of MurmurHash3)."""
    numbers ^= numbers >> np.uint64(33)
    numbers *= np.uint64(MIX)
    numbers ^= numbers >> np.uint64(33)
    return numbers


def code_points(text: str, units: Places) -> Places:
    """Return at which code points of a text these UTF-16 units of its spread form stand."""
    if _is_spread(text, _bytes_of(text)):
        return _of_units(text, units)
    return _before_spreading(text, _of_units(_spread(text), units))


def _of_units(text: str, units: Places) -> Places:
    """Return which code points stand at these units: others only beyond the basic plane."""
    if text.isascii():
        return units
    widths = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
    if len(widths) == len(text):
        return units
    second = (widths & 0xFC00) == 0xDC00
    before = np.concatenate((np.zeros(1, np.int64), np.cumsum(second)))
    moved: Places = units - before[units]
    return moved


def _before_spreading(text: str, places: Places) -> Places:
    """Return where characters of a spread text stood before; one that was taken out of another stands where that began."""
    ends, shifts = [0], [0]
    grown = 0
    for cluster in _unequal().finditer(text):
        equal = _equal(cluster)
        grown += len(equal) - len(cluster[0])
        ends.append(cluster.end() + grown)
        shifts.append(grown)
    which = np.searchsorted(np.array(ends), places, side="right") - 1
    moved: Places = places - np.array(shifts)[which]
    return moved


@cache
def _masks() -> Numbers:
    return np.array([(1 << (8 * length)) - 1 for length in range(8)] + [2**64 - 1], np.uint64)


@cache
def _unequal() -> re.Pattern[str]:
    """Find what is not one letter a character: letters that fold to several, accents beside their letter, the unseen."""
    several = "".join(
        re.escape(letter)
        for letter in map(chr, range(0x80, _UNITS))
        if letter.isalnum() and len(_plain(letter)) > 1
    )
    return re.compile(f"{_BEFORE_SINGLE}|[{_UNSEEN}{_ACCENTS}]+|[{SINGLES}]|[{several}]|{_HYPHEN.pattern}")


@cache
def _table() -> Table:
    """Return the folded byte of every UTF-16 unit. Some share one; their neighbours tell them apart."""
    return Table(_byte_of)


def _byte_of(unit: int) -> int:
    if 0xD800 <= unit < 0xE000:  # half of a letter beyond the basic plane, or of a picture
        return _TO_SPREAD[0] if unit in _HALVES_OF_SINGLES else _SPACE
    letter = chr(unit)
    if _SINGLE.match(letter) or _MARK.match(letter):
        return _TO_SPREAD[0]
    return _folded_byte(_plain(letter)) if letter.isalnum() and letter != _APOSTROPHE else _SPACE


def _folded_byte(letters: str) -> int:
    if len(letters) > 1:
        return _TO_SPREAD[0]
    byte = (ord(letters) ^ ord(letters) >> 8) & 0xFF if ord(letters) > 0xFF else ord(letters)
    return byte if byte not in (0, _SPACE, _TO_SPREAD[0]) else 0x21


@attrs.frozen(eq=False)
class Keys:
    """Under what each word of a text is filed: its bucket, by the word and the next; its tag, by those and two more."""

    buckets: NDArray[np.uint16]
    tags: NDArray[np.uint16]


BUCKET_BITS = 16
"""Bits of a bucket: a hash of two words in a row."""
_TAG_OF = {2: 0xF000, 3: 0xFFC0, 4: 0xFFFF}
"""Which bits of a tag two, three and four words in a row decide: four of the two words' hash, six of each further word."""


def keys(numbers: Numbers, lasts: Places) -> Keys:
    """Return the key of each word of some texts in a row. `lasts` are the last words of each: no key reaches further."""
    second, third, fourth = (_following(numbers, lasts, distance) for distance in (1, 2, 3))
    second += numbers * np.uint64(3)
    pair = mixed(second)
    tags = _part(pair, 2) & np.uint16(0xF000)
    third >>= np.uint64(40)
    tags |= _part(third, 0) & np.uint16(0x0FC0)
    tags |= _part(fourth, 3) & np.uint16(0x003F)
    return Keys(_part(pair, 3).copy(), tags)


def _part(numbers: Numbers, part: int) -> NDArray[np.uint16]:
    """Return 16 bits of each number: those from bit 16 times `part` on."""
    return numbers.astype("<u8", copy=False).view("<u2")[part::4]


def _following(numbers: Numbers, lasts: Places, distance: int) -> Numbers:
    """Return for each word the one that stands so far behind it in its text, or 0."""
    moved = np.zeros_like(numbers)
    moved[:-distance] = numbers[distance:]
    for back in range(distance):
        moved[np.maximum(lasts - back, 0)] = 0
    return moved


def tag_mask(known: int) -> int:
    """Return which bits of a tag are decided by so many words in a row (two to four)."""
    return _TAG_OF[known]
