"""Posts that lost their markup: paragraphs recognised by the residue that a flattened embed leaves. Never an id."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import attrs

from archive import lazily
from provenance.model.tweet import TweetKind, TweetReference
from provenance.reader.dates import find_date
from provenance.reader.layout import Layout
from provenance.reader.masthead import is_person

LONGEST = 300
"""Characters a post has at most (280 and an address)."""
_TELEGRAM = 140
"""The old length of a post: only within it are scraps of sentences a sign."""
_BARE_WORDS = 8
"""A line without a full stop must have so many words to be a post for standing beside one: shorter ones are headings."""

_LOST_MEDIA = lazily.compile(
    r"(?:view|see) (?:image|photo|video|images|photos|media|post) on (?:twitter|x)\W*\Z", re.IGNORECASE
)
_SIGNED = lazily.compile(
    r"(?:[—–―]|--|-)\s?(?P<author>[^\n()@]{1,60}?)\s\(@(?P<handle>\w{1,15})\)(?:\s+(?P<date>[^\n]{6,30}))?\Z"
)
_TWEETED = lazily.compile(
    r"\b(?:tweeted|(?:wrote|said|posted) on (?:twitter|x))\b[^.:\n]{0,40}:\Z", re.IGNORECASE
)
_LINKING = "of|in|to|from|by|with|near|at|for|and|the|southern|northern|eastern|western|against|on"
_HOLES = lazily.compile(
    rf"\s[‘’']s\s|\b(?:{_LINKING}) [.,;](?:\s|\Z)|\. \.(?:\s|\Z)"
    r"|\b(?:of|from|to|into) (?:has|have|been|was|were|is|are)\b"
    r"|\b(?:in|from|to) and (?:southern|northern|eastern|western|the)\b"
    r"|\b(?:in|of|from|to) [B-HJ-Z](?=\s[a-z]|\s?\.|\Z)"
)
_LABEL = lazily.compile(r"(?:[A-Z]{4,}(?: [A-Z]{2,}){0,2})\W{0,4}:\s")
_HANDLE = lazily.compile(r"(?<![\w.])@\w{2,15}\b")
_SHORTHAND = lazily.compile(
    r"\bw/o?\b|[a-z] & [a-z]|\b[Uu] (?=[a-z])|\b2b\b|\bpls\b|\bRT\b|(?<!\S)#\w|\+\d{2,}|\bpic\.twitter\.com/|\bt\.co/"
)
_CREDIT = lazily.compile(r"\b(?:photos?|pics?|images?|videos?|footage) (?:via|by|from|c/o)\b", re.IGNORECASE)
_FIRST_PERSON = lazily.compile(
    r"\bI(?:['’](?:m|ve|ll|d)|\s(?:am|was|have|saw|see|hear|heard|can|can't|can’t|could|just|still|don't|don’t))\b"
)
"""Who writes *I* outside quotation marks, in so few words: in a report only the writer of a post."""
_SIGNATURE = lazily.compile(r"[.!?]\s[–—-]\s(?P<author>[A-Z]\w+(?: [A-Z]\w+){0,2})\Z")
_ENDED = lazily.compile(r"[.!?…:;,][\"'”’»)\]]*\Z")
_SENTENCE_BREAK = lazily.compile(r"[.!?]\s+(?=[A-Z])")
_QUOTED = lazily.compile(r"[\"“„«‘']")


@attrs.define
class _Group:
    """Lines that belong together, and why they are taken for a post."""

    start: int
    end: int
    signs: list[str]
    marker_before: bool = False
    marker_after: bool = False
    cue_before: bool = False
    author: str | None = None
    handle: str | None = None
    date: str | None = None
    accepted: bool = False

    @property
    def is_cue(self) -> bool:
        """Say whether the group leads in what follows."""
        return "cue" in self.signs


def is_lost_media(characters: str, start: int, end: int) -> bool:
    """Say whether a line is what is left of a post's picture: `View image on Twitter`."""
    return end - start <= 40 and _LOST_MEDIA.match(characters, start, end) is not None


def find_tweets(
    layout: Layout, first: int, last: int, skip: Iterable[int] = ()
) -> tuple[TweetReference, ...]:
    """Return the flattened posts among the lines `[first, last)`, `skip` left out (headline, bylines, footers).

    A document without a lost picture, a signature `— Name (@handle)` or a lead-in `tweeted:` has none.
    """
    groups, gate = _groups(layout, first, last, frozenset(skip))
    if not gate:
        return ()
    for group in groups:
        group.signs += _signs(layout.characters, group)
    for group in groups:
        group.accepted = _stands_alone(layout.characters, group)
    _spread(layout.characters, groups)
    return tuple(_reference(layout.characters, group) for group in groups if group.accepted)


def _groups(layout: Layout, first: int, last: int, skip: frozenset[int]) -> tuple[list[_Group], bool]:
    """Divide the lines into groups at blank lines, markers and ends of sentences; say whether there is any residue."""
    groups: list[_Group] = []
    gate, marker, joined = False, False, False
    for index in range(first, last):
        line = layout.lines[index]
        if is_lost_media(layout.characters, line.start, line.end):
            if groups:
                groups[-1].marker_after = True
            gate, marker, joined = True, True, False
            continue
        if index in skip:
            marker, joined = False, False
            continue
        if joined and not line.gap and groups:
            groups[-1].end = line.end
        else:
            groups.append(_Group(line.start, line.end, [], marker_before=marker and bool(line.gap)))
        gate = _sign_off(layout.characters, groups) or gate
        marker, joined = False, not layout.is_sentence(index)
    return groups, gate


def _sign_off(characters: str, groups: list[_Group]) -> bool:
    """Read a signature or a lead-in at the end of the last group; say whether there was one."""
    group = groups[-1]
    start = max(group.start, group.end - 130)
    named = characters.find("(@", start, group.end) >= 0
    signed = _SIGNED.search(characters, start, group.end) if named else None
    if signed is not None:
        target = group
        if signed.start() == group.start:
            groups.pop()
            if not groups:  # a signature under nothing: the words it signed are not here
                return True
            target = groups[-1]
        else:
            group.end = group.start + len(characters[group.start : signed.start()].rstrip())
        target.signs.append("signature.handle")
        target.author, target.handle, target.date = signed["author"], signed["handle"], signed["date"]
        return True
    if characters[group.end - 1 : group.end] != ":":
        return False
    return _TWEETED.search(characters, max(group.start, group.end - 120), group.end) is not None


def _signs(characters: str, group: _Group) -> list[str]:
    """Return the residue in one group. `cue` says that it leads in what follows, and is no post itself."""
    end = group.end
    if end - group.start > LONGEST or _QUOTED.match(characters, group.start):
        return ["cue"] if characters[end - 1] == ":" else []
    tests = (
        ("hole", _HOLES.search(characters, group.start, end)),
        ("leading-colon", characters[group.start] == ":"),
        ("label", _LABEL.match(characters, group.start, end)),
        ("handle", _HANDLE.search(characters, group.start, end)),
        ("trailing-space", characters[end : end + 1] == "\xa0"),
        ("lower-case", characters[group.start].islower()),
        ("shorthand", _SHORTHAND.search(characters, group.start, end)),
        ("picture-credit", _CREDIT.search(characters, group.start, end)),
        ("signature", _SIGNATURE.search(characters, group.start, end)),
        (
            "first-person",
            end - group.start <= _TELEGRAM and _FIRST_PERSON.search(characters, group.start, end),
        ),
        ("no-full-stop", not _ENDED.search(characters, max(group.start, end - 8), end)),
        ("fragment", _has_fragment(characters, group)),
    )
    signs = [name for name, is_there in tests if is_there]
    if characters[end - 1] == ":" and "picture-credit" not in signs:
        return ["cue", "cue.tweeted"] if _TWEETED.search(characters, group.start, end) else ["cue"]
    return signs


def _has_fragment(characters: str, group: _Group) -> bool:
    """Say whether one of several sentences is a scrap of at most four words, as in telegrams."""
    if group.end - group.start > _TELEGRAM:
        return False
    sentences = _SENTENCE_BREAK.split(characters[group.start : group.end])
    return len(sentences) > 1 and len(sentences[-1].split()) <= 4


def _stands_alone(characters: str, group: _Group) -> bool:
    """Say whether a group is a post by itself: a strong sign, or two weak ones."""
    if group.is_cue or group.end - group.start > LONGEST or group.end <= group.start:
        return False
    strong = {"hole", "leading-colon", "label", "signature.handle"} & set(group.signs)
    weak = [sign for sign in group.signs if sign != "no-full-stop" or _could_be_post(characters, group)]
    return bool(strong) or len(weak) >= 2


def _could_be_post(characters: str, group: _Group) -> bool:
    """Say whether a line without a full stop is more than a heading: long, and not in Capitals Throughout."""
    words = characters[group.start : group.end].split()
    capitals = sum(word[0].isupper() for word in words)
    return len(words) >= _BARE_WORDS and capitals < 0.7 * len(words)


def _spread(characters: str, groups: Sequence[_Group]) -> None:
    """Accept groups with a weak sign that stand beside a lost picture, behind a lead-in, or next to a post."""
    for before, group in pairwise(groups):
        group.cue_before = before.is_cue
        if "cue.tweeted" in before.signs and _may_follow_cue(characters, group):
            group.accepted = True
            group.signs.append("after-tweeted")
            group.author = group.author or _subject(characters, before)
        elif before.is_cue and group.marker_before and _may_follow_cue(characters, group):
            group.accepted = True
    for group in groups:
        if (group.marker_before or group.marker_after or group.cue_before) and group.signs:
            group.accepted = group.accepted or _is_weakly(characters, group)
    for one, other in (*pairwise(groups), *pairwise(reversed(groups))):
        if one.accepted and not other.accepted and _is_weakly(characters, other):
            other.accepted = True
            other.signs.append("beside-a-post")


def _may_follow_cue(characters: str, group: _Group) -> bool:
    short = group.end - group.start <= LONGEST
    return short and not group.is_cue and not _QUOTED.match(characters, group.start)


def _is_weakly(characters: str, group: _Group) -> bool:
    if group.is_cue or group.end - group.start > LONGEST or not group.signs:
        return False
    return group.marker_before or group.signs != ["no-full-stop"] or _could_be_post(characters, group)


def _subject(characters: str, cue: _Group) -> str | None:
    """Return the one person that a lead-in names between its commas; None for none and for several."""
    lead = _TWEETED.sub("", characters[cue.start : cue.end]).strip(" ,")
    names = [piece for piece in lead.split(", ") if is_person(piece)]
    return names[0] if len(names) == 1 else None


def _reference(characters: str, group: _Group) -> TweetReference:
    signature = _SIGNATURE.search(characters, group.start, group.end) if "signature" in group.signs else None
    printed = find_date(group.date, 0, len(group.date)) if group.date else None
    rules = [f"residue.{sign}" for sign in dict.fromkeys(group.signs)]
    if group.marker_before or group.marker_after:
        rules.append("residue.lost-media")
    if group.cue_before:
        rules.append("residue.lead-in")
    return TweetReference(
        TweetKind.FLATTENED,
        handle=group.handle,
        author=group.author or (signature["author"] if signature else None),
        printed_date=printed.date if printed else None,
        text=characters[group.start : group.end],
        span=(group.start, group.end),
        rules=tuple(rules),
    )
