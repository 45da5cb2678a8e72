"""The index in memory: every place of a row of words, and the stretches that share words, as a plain search finds them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from provenance.model.trace import Source
from provenance.tracer.align import Block, align
from provenance.tracer.fold import fold_quotation
from provenance.tracer.lexicons import LANGUAGES, language_of, lexicon
from provenance.tracer.memory import MemoryCandidates
from provenance.tracer.numbers import numbers_in

few_words = st.lists(st.sampled_from(["a", "b", "ab", "ba"]), max_size=30)


def source(text: str, id: str = "s", **more: object) -> Source:  # noqa: A002
    """Return a source that holds a text."""
    return Source(**{"id": id, "characters": text, "input": id, "span": (0, len(text)), **more})  # type: ignore[arg-type]


@given(st.lists(few_words, min_size=1, max_size=4), few_words.filter(bool).map(lambda words: words[:4]))
def test_every_place_is_found_once(texts: list[list[str]], words: list[str]) -> None:
    """The places of words are those where they stand in a row, overlapping ones too, and never across two sources."""
    body = MemoryCandidates(source(" ".join(text), str(n)) for n, text in enumerate(texts))
    expected = [
        (n, i, i + len(words))
        for n, text in enumerate(texts)
        for i in range(len(text) - len(words) + 1)
        if text[i : i + len(words)] == words
    ]
    assert [(r.document, r.first, r.last) for r in body.exact(words, 1000)] == expected


@given(st.lists(few_words, min_size=1, max_size=4))
def test_a_body_counts_its_words(texts: list[list[str]]) -> None:
    """The body knows how many words it holds, a rarer word carries more bits, an unknown one as many as the rarest."""
    body = MemoryCandidates(source(" ".join(text), str(n)) for n, text in enumerate(texts))
    assert (body.size, len(body)) == (sum(map(len, texts)), len(texts))
    counts = {word: sum(text.count(word) for text in texts) for word in ("a", "b", "ab", "ba")}
    for word, count in counts.items():
        for other, more in counts.items():
            assert count >= more or body.bits(word) >= body.bits(other)
    assert body.bits("never") >= max(map(body.bits, counts))


def test_a_span_of_a_larger_text_keeps_its_offsets() -> None:
    """A source that is a part of a document finds nothing outside its part, and places are those of the document."""
    text = "the gate is shut. the gate is shut. the gate is shut."
    body = MemoryCandidates([source(text, span=(18, 35))])
    (region,) = body.exact(("gate", "is", "shut"), 10)
    words = body.folded(0)
    assert text[words.starts[region.first] : words.ends[region.last - 1]] == "gate is shut"
    assert words.starts[region.first] == 22


def test_a_wording_that_stands_everywhere_is_kept_up_to_a_limit() -> None:
    """Words in very many places are found as often as was asked for."""
    body = MemoryCandidates([source("so it goes " * 50)])
    assert len(body.exact(("so", "it", "goes"), 20)) == 20


def test_a_changed_quotation_leads_to_its_stretch() -> None:
    """Of many sources, the one that shares the rare words comes first, also at the edge between two."""
    texts = [f"word{n} and more of it, {'and so on ' * 9}" for n in range(40)]
    texts[20] = "The heron stood in the reeds of the old canal."
    body = MemoryCandidates(source(text, str(n)) for n, text in enumerate(texts))
    best = body.near(fold_quotation("a heron stands in the reeds by the canal"), 3)
    assert 20 in [region.document for region in best]
    assert body.near(fold_quotation("zebra crossing"), 3) == []


class TestAlignment:
    """Which words stand where."""

    def blocks(self, quoted: str, original: str) -> list[Block]:
        """Align two rows of words that all weigh alike."""
        return align(quoted.split(), original.split(), lambda _: 10.0)

    def test_the_same_words_are_one_block(self) -> None:
        """A row that stands there whole is one block at its place."""
        assert self.blocks("c d e", "a b c d e f") == [Block(0, 2, 3)]

    def test_a_word_left_out_parts_two_blocks(self) -> None:
        """Two blocks, with the gap on the source's side."""
        assert self.blocks("a b d e", "a b c d e") == [Block(0, 0, 2), Block(2, 3, 2)]

    def test_a_word_that_could_stand_twice_stands_beside_its_neighbours(self) -> None:
        """Of two places of "the", the one before "cat" is taken."""
        assert self.blocks("the cat sat", "the dog and the cat sat") == [Block(0, 3, 3)]

    def test_a_chance_word_far_away_is_given_up(self) -> None:
        """A single word far before the rest does not stretch the passage."""
        assert self.blocks("a x y z", "a " + "q " * 60 + "x y z") == [Block(1, 61, 3)]

    def test_long_texts_are_cut_at_anchors(self) -> None:
        """Thousands of words align as few do: one word left out, one replaced."""
        words = [f"w{n}" for n in range(4000)]
        quoted = [*words[:1000], *words[1001:2500], "other", *words[2501:]]
        found = align(quoted, words, lambda _: 10.0)
        assert found == [Block(0, 0, 1000), Block(1000, 1001, 1499), Block(2500, 2501, 1499)]


class TestNumbers:
    """What words count."""

    def numbers(self, text: str, language: str = "en") -> list[str]:
        """Return what a text counts."""
        words = lexicon(language)
        return numbers_in(fold_quotation(text), words.values, words.units)

    def test_the_same_number_in_other_forms(self) -> None:
        """Figures, words, scales, groups and units mean the same in every form."""
        for forms in (
            ("2.6million", "2.6 million", "2,600,000"),
            ("10 000", "10,000", "ten thousand"),
            ("10%", "10 percent", "ten percent"),
            ("two hundred", "200"),
        ):
            assert len({tuple(self.numbers(form)) for form in forms}) == 1, forms
        assert self.numbers("2,6 Mio.", "de") == self.numbers("2.6 million")

    def test_other_numbers_differ(self) -> None:
        """A zero more, another scale and another unit are other numbers."""
        assert self.numbers("40 trucks") != self.numbers("400 trucks")
        assert self.numbers("2 million") != self.numbers("2 billion")
        assert self.numbers("5 km") != self.numbers("5 miles")


class TestLexicons:
    """Words that turn a statement, by language."""

    def test_every_language_is_whole(self) -> None:
        """Each language has words of every kind, and negations that negate."""
        for language in LANGUAGES:
            words = lexicon(language)
            assert all(
                (words.function, words.negators, words.closers.rows, words.heads, words.values, words.units)
            )
            assert all(map(words.negates, words.negators))
        assert lexicon("en").negates("don't")
        assert not lexicon("en").negates("note")

    def test_a_language_is_told_by_its_function_words(self) -> None:
        """Sentences of each language are told apart; of words nobody knows, the default is taken."""
        for language, sentence in {
            "en": "the ships will not come to the harbour", "de": "die Schiffe werden nicht in den Hafen kommen",
            "fr": "les bateaux ne sont pas dans le port", "es": "los barcos no van a entrar en el puerto",
            "it": "le navi non sono ancora nel porto della città", "pt": "os navios não estão no porto da cidade",
            "ru": "корабли не были в порту и это все что мы знаем",
        }.items():  # fmt: skip
            assert language_of(fold_quotation(sentence)) == language
        assert language_of(("xyzzy",)) == "en"
