"""What still names something that is withheld: its address, its id, its digest or its headline, in what would stay."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Sequence

import attrs

from archive.digest import hasher, read_label, spell
from archive.warc.record import Placed
from provenance.choosing import Source

_LEAST_CHARACTERS = 16
"""Of a headline: a shorter one may stand anywhere."""
_OVERLAP_BYTES = 1 << 14
_END = rb"(?![\w%~/-]|[.?&=][\w%])"
"""Behind an address: what follows must not make it another one."""
_CAPTURES = ("response", "resource", "revisit")
_ALGORITHMS = ("sha1", "sha256", "sha512", "md5")


@attrs.frozen
class Needle:
    """What is looked for, and what it is called. Of an address, what follows counts too."""

    what: str
    literal: bytes
    is_address: bool = False

    def stands_in(self, window: bytes) -> bool:
        """Say whether it does."""
        if self.literal not in window:
            return False
        return not self.is_address or bool(re.search(re.escape(self.literal) + rb"/?" + _END, window))


class Mentions:
    """What must not be said. `seen` says what of it stands in some bytes."""

    def __init__(self, withheld: Iterable[Placed], sources: Iterable[Source]) -> None:
        self._needles = tuple(dict.fromkeys(_needles(tuple(withheld), tuple(sources))))

    def seen(self, chunks: Iterable[bytes]) -> frozenset[str]:
        """Return what stands in the bytes, also where it lies across two chunks."""
        what, tail = set[str](), b""
        for chunk in chunks:
            window = tail + chunk
            what |= {each.what for each in self._needles if each.stands_in(window)}
            tail = window[-_OVERLAP_BYTES:]
        return frozenset(what)


def _needles(withheld: Sequence[Placed], sources: Sequence[Source]) -> Iterator[Needle]:
    for placed in withheld:
        if identity := placed.record_id.strip("<>").rpartition(":")[2]:
            yield Needle("the id", identity.encode())
        if page := placed.header.get("WARC-Page-ID"):
            yield Needle("the page id", page.encode("utf-8", "surrogateescape"))
        if placed.type in _CAPTURES:
            yield from _addresses(placed.target_uri)
            yield from _digests(placed)
    for source in sources:
        for told in source.articles:
            yield from _addresses(told.original_url)
            if told.headline and len(told.headline) >= _LEAST_CHARACTERS:
                yield from (Needle("the headline", form) for form in _spellings(told.headline))


def _addresses(address: str | None) -> Iterator[Needle]:
    """Yield the address without its scheme: a link may give another one, or none."""
    plain = (address or "").strip("<>").partition("#")[0]
    scheme, mark, rest = plain.partition("//")
    if mark and scheme in ("http:", "https:"):
        plain = rest.removeprefix("www.").removesuffix("/")
    if plain:
        yield from (Needle("the address", form, is_address=True) for form in _spellings(plain))


def _spellings(text: str) -> set[bytes]:
    """Return a text as it may stand in a page, in JSON, and in a header."""
    escaped = json.dumps(text)[1:-1]
    forms = {
        text,
        html.escape(text),
        html.escape(text, quote=False),
        escaped,
        json.dumps(text, ensure_ascii=False)[1:-1],
    }
    return {form.encode("utf-8", "surrogatepass") for form in forms}


def _digests(placed: Placed) -> Iterator[Needle]:
    """Yield the digests of payload and block, as far as they tell something: those of nothing at all are everywhere."""
    nothing = {spell(name, hasher(name).digest()) for name in _ALGORITHMS}
    for text in (placed.header.get("WARC-Payload-Digest"), placed.payload_digest, placed.block_digest):
        label = read_label(text or "")
        if text and (
            label is None or label.value is None or spell(label.algorithm, label.value) not in nothing
        ):
            yield Needle("the digest", text.rpartition(":")[2].encode("utf-8", "surrogateescape"))
