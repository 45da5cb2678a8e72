"""Passages: where the words of quotations stand in a body of sources.

One pass over each source finds the places of all quotations at once, with the automaton of Aho and Corasick (1975) over
folded words: time grows with the sources, the quotations and the places found, and nothing is multiplied.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping

from provenance.model.trace import Passage, Source
from provenance.tracer.fold import fold

Words = tuple[str, ...]
MOST_PASSAGES = 200
"""Places that are kept of one wording; words that stand in more places than this tell nothing of where they came from."""


def find(patterns: Iterable[Words], sources: Iterable[Source]) -> Mapping[Words, list[Passage]]:
    """Return the places of each wording in the sources, by order of sources. Sources are gone through once."""
    wanted = [pattern for pattern in dict.fromkeys(patterns) if pattern]
    found: dict[Words, list[Passage]] = {pattern: [] for pattern in wanted}
    if not wanted:
        return found
    automaton = _Automaton(wanted)
    for source in sources:
        for pattern, start, end in automaton.places(source):
            passages = found[pattern]
            if len(passages) < MOST_PASSAGES:
                passages.append(Passage(source, start, end))
    return found


class _Automaton:
    """Finds any of many wordings in one pass. State 0 is the start; each state is a beginning of some wording."""

    def __init__(self, patterns: Iterable[Words]) -> None:
        self._next: list[dict[str, int]] = [{}]
        self._whole: list[Words | None] = [None]
        self._longest = 0
        for pattern in patterns:
            self._whole[self._state_of(pattern)] = pattern
        self._fallback = [0] * len(self._next)
        """Of each state, the longest shorter beginning that its words end with."""
        self._report = [0] * len(self._next)
        """Of each state, the nearest state down the fallbacks at which a wording is whole."""
        self._link()

    def _state_of(self, pattern: Words) -> int:
        self._longest = max(self._longest, len(pattern))
        state = 0
        for word in pattern:
            following = self._next[state].get(word)
            if following is None:
                following = len(self._next)
                self._next[state][word] = following
                self._next.append({})
                self._whole.append(None)
            state = following
        return state

    def _link(self) -> None:
        waiting = deque(self._next[0].values())
        while waiting:
            state = waiting.popleft()
            for word, following in self._next[state].items():
                shorter = self._step(self._fallback[state], word)
                self._fallback[following] = shorter
                self._report[following] = shorter if self._whole[shorter] else self._report[shorter]
                waiting.append(following)

    def _step(self, state: int, word: str) -> int:
        while state and word not in self._next[state]:
            state = self._fallback[state]
        return self._next[state].get(word, 0)

    def places(self, source: Source) -> Iterable[tuple[Words, int, int]]:
        """Yield each wording found in a source, with the characters at which it stands."""
        starts: deque[int] = deque(maxlen=self._longest)
        state = 0
        for word, start, end in fold(source.characters, *source.span):
            starts.append(start)
            state = self._step(state, word)
            whole = state if self._whole[state] else self._report[state]
            while whole:
                pattern = self._whole[whole]
                assert pattern is not None, "a reported state is a whole wording"
                yield pattern, starts[-len(pattern)], end
                whole = self._report[whole]
