"""Versions of the same bytes, each damaged elsewhere, put together; something from outside has to prove the outcome."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product

_MOST_TRIES = 1024
_MOST_BYTES = 1 << 30
"""Bytes that are looked at in all tries together."""
_NEARNESS = (64, 8, 0)
"""Differing bytes that are so near to each other count as one damage; tried from coarse to fine."""

Span = tuple[int, int]


def splice(versions: Sequence[bytes], proves: Callable[[bytes], bool]) -> bytes | None:
    """Return the mixture of versions, all of one length, that `proves` accepts; None where none does.

    Where all versions agree there is nothing to choose. Each stretch in which they differ is taken from one of them;
    there are at most 1,024 tries, and fewer of what is large.
    """
    versions = tuple(dict.fromkeys(versions))
    if not versions or len({len(version) for version in versions}) != 1:
        return None
    tries = min(_MOST_TRIES, _MOST_BYTES // max(1, len(versions[0])))
    single = _differing(versions)
    for nearness in _NEARNESS:
        spans = _joined(single, nearness)
        if len(versions) ** len(spans) > tries:
            continue
        for choice in product(range(len(versions)), repeat=len(spans)):
            mixed = bytearray(versions[0])
            for (begin, end), chosen in zip(spans, choice, strict=True):
                mixed[begin:end] = versions[chosen][begin:end]
            if proves(bytes(mixed)):
                return bytes(mixed)
    return None


def _differing(versions: Sequence[bytes]) -> list[Span]:
    """Return the stretches of bytes in which not all versions agree."""
    spans = list[Span]()
    for version in versions[1:]:
        spans += _between(versions[0], version, 0, len(version))
    return _joined(sorted(spans), 0)


def _between(one: bytes, other: bytes, begin: int, end: int) -> Iterator[Span]:
    """Yield the bytes that differ, by halving what is not the same: cheap where little differs."""
    waiting = [(begin, end)]
    while waiting:
        begin, end = waiting.pop()
        if one[begin:end] == other[begin:end]:
            continue
        if end - begin == 1:
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
