"""Peers: what others offer for finding quotations, each behind the same two doors: `build` and `find`.

Those that can only find unchanged words are asked for just that; none of them says what was changed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path

MOST_SCANNED = 1_000
"""Documents that are scanned for one quotation by what has no index; the time is scaled to all of them."""


class Fts5:
    """SQLite FTS5, contentless, asked for the phrase."""

    module = "sqlite3"
    scale = 1.0

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Take the texts in."""
        self._base = sqlite3.connect(folder / "fts.db")
        self._base.execute("create virtual table t using fts5(body, content='', tokenize='unicode61')")
        self._base.executemany("insert into t(rowid, body) values (?, ?)", enumerate(texts, 1))
        self._base.commit()

    def find(self, words: str) -> bool:
        """Say whether words were found."""
        phrase = '"' + words.replace('"', " ") + '"'
        return bool(self._base.execute("select rowid from t where t match ? limit 200", (phrase,)).fetchall())


class Tantivy:
    """tantivy, asked for the phrase."""

    module = "tantivy"
    scale = 1.0

    def build(self, texts: Iterable[str], folder: Path) -> None:
        """Take the texts in."""
        import tantivy

        schema = tantivy.SchemaBuilder().add_text_field("body", stored=False).build()
        (folder / "tantivy").mkdir()
        self._index = tantivy.Index(schema, path=str(folder / "tantivy"))
        writer = self._index.writer(heap_size=128_000_000, num_threads=1)
        for text in texts:
            writer.add_document(tantivy.Document(body=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, words: str) -> bool:
        """Say whether words were found."""
        bare = "".join(c if c.isalnum() else " " for c in words)
        query = self._index.parse_query(f'"{bare}"', ["body"])
        return bool(self._searcher.search(query, 200).hits)


class _Scanned:
    """What looks through every text: through the first thousand here."""

    def build(self, texts: Iterable[str], _: Path) -> None:
        """Take the texts in."""
        self._texts: list[str] = []
        total = 0
        for text in texts:
            total += 1
            if len(self._texts) < MOST_SCANNED:
                self._texts.append(text.casefold())
        self.scale = total / len(self._texts)


class Rapidfuzz(_Scanned):
    """rapidfuzz partial_ratio over all texts, .80 and more."""

    module = "rapidfuzz"

    def find(self, words: str) -> bool:
        """Say whether words were found."""
        from rapidfuzz import fuzz, process

        asked = words.casefold()
        return any(
            score >= 80
            for _, score, _ in process.extract_iter(
                asked, self._texts, scorer=fuzz.partial_ratio, score_cutoff=80
            )
        )


class Edlib(_Scanned):
    """edlib, infix alignment, over all texts."""

    module = "edlib"

    def find(self, words: str) -> bool:
        """Say whether words were found."""
        import edlib

        asked = words.casefold()
        most = max(1, len(asked) // 5)
        return any(edlib.align(asked, text, mode="HW", k=most)["editDistance"] >= 0 for text in self._texts)


class AhoCorasick:
    """ahocorasick_rs: all quotations at once, in one pass over the texts; unchanged words only."""

    module = "ahocorasick_rs"

    def find_all(self, texts: Iterable[str], quotations: Sequence[str]) -> int:
        """Return how many quotations were found."""
        import ahocorasick_rs

        automaton = ahocorasick_rs.AhoCorasick([each.casefold() for each in quotations])
        found: set[int] = set()
        for text in texts:
            found.update(
                number
                for number, _, _ in automaton.find_matches_as_indexes(text.casefold(), overlapping=True)
            )
        return len(found)


ONE_BY_ONE = {
    "SQLite FTS5 phrase": Fts5,
    "tantivy phrase": Tantivy,
    "rapidfuzz partial_ratio": Rapidfuzz,
    "edlib HW": Edlib,
}
