"""Versions of the same bytes, each damaged elsewhere, put together; something from outside has to prove the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

_MOST_TRIES = 1024
_MOST_BYTES = 1 << 30
"""Bytes that are looked at in all tries together."""
_BLOCK_BYTES = 64
"""Damages that are so near to each other count as one, at first: a sector, or a letter here and there."""
_FINE_BYTES = 1 << 12
"""Where no more bytes than this are in doubt, they are looked at byte by byte."""
_NEARNESS = (8, 0, -1)

Span = tuple[int, int]


def splice(versions: Sequence[bytes], proves: Callable[[bytes], bool]) -> bytes | None:
    """Return the mixture of versions that `proves` accepts; None where none does.

    Only versions of one length are mixed. Where all agree there is nothing to choose; each stretch in which they differ
    is taken from one of them. There are at most 1,024 tries at each grain, and fewer of what is large.
    """
    by_length: dict[int, list[bytes]] = {}
    for version in dict.fromkeys(versions):
        by_length.setdefault(len(version), []).append(version)
    mixed = (_spliced(alike, proves) for alike in by_length.values())
    return next((each for each in mixed if each is not None), None)


def _spliced(versions: Sequence[bytes], proves: Callable[[bytes], bool]) -> bytes | None:
    """Mix versions of one length: first whole sectors, then, if little is in doubt, byte by byte."""
    coarse = _joined(_differing(versions, [(0, len(versions[0]))], _BLOCK_BYTES), _BLOCK_BYTES)
    mixed = _tried(versions, coarse, proves)
    if mixed is not None or sum(end - begin for begin, end in coarse) > _FINE_BYTES:
        return mixed
    single = _differing(versions, coarse, 1)
    outcomes = (_tried(versions, _joined(single, nearness), proves) for nearness in _NEARNESS)
    return next((mixed for mixed in outcomes if mixed is not None), None)


def _tried(versions: Sequence[bytes], spans: Sequence[Span], proves: Callable[[bytes], bool]) -> bytes | None:
    """Return the mixture in which each stretch is of one version, that is proven; None also where there are too many."""
    tries = min(_MOST_TRIES, _MOST_BYTES // max(1, len(versions[0])))
    if len(versions) ** len(spans) > tries:
        return None
    for choice in product(range(len(versions)), repeat=len(spans)):
        mixed = bytearray(versions[0])
        for (begin, end), chosen in zip(spans, choice, strict=True):
            mixed[begin:end] = versions[chosen][begin:end]
        if proves(bytes(mixed)):
            return bytes(mixed)
    return None


def _differing(versions: Sequence[bytes], within: Sequence[Span], grain: int) -> list[Span]:
    """Return the stretches, down to `grain` bytes, in which not all versions agree."""
    spans = {
        span
        for version in versions[1:]
        for begin, end in within
        for span in _between(versions[0], version, begin, end, grain)
    }
    return sorted(spans)


def _between(one: bytes, other: bytes, begin: int, end: int, grain: int) -> Iterator[Span]:
    """Yield the bytes that differ, by halving what is not the same: cheap where little differs."""
    waiting = [(begin, end)]
    while waiting:
        begin, end = waiting.pop()
        if one[begin:end] == other[begin:end]:
            continue
        if end - begin <= grain:
            yield begin, end
            continue
        half = (begin + end) // 2
        waiting += [(half, end), (begin, half)]


def _joined(spans: Sequence[Span], nearness: int) -> list[Span]:
    """Return the stretches with those joined that are no more than so many bytes apart."""
    joined = list[Span]()
    for begin, end in spans:
        if joined and begin - joined[-1][1] <= nearness:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        else:
            joined.append((begin, end))
    return joined
